//! A progress bar on a terminal, for runs that take longer than two seconds.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Shorter runs show nothing.
const PATIENCE: Duration = Duration::from_secs(2);
/// Time between two looks at the count.
const STEP: Duration = Duration::from_millis(100);
/// Characters of the bar.
const WIDTH: usize = 30;

/// How far a run is.
#[derive(Default)]
pub struct Progress {
    done: AtomicUsize,
    over: AtomicBool,
}

impl Progress {
    /// One more text was read.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Do `work` and show how many of `total` texts are done. Nothing is ever written where standard error is no
    /// terminal; what was drawn is gone afterwards.
    pub fn show<T>(total: usize, wanted: bool, work: impl FnOnce(&Self) -> T) -> T {
        let progress = Self::default();
        let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
        if !wanted || dumb || !io::stderr().is_terminal() {
            return work(&progress);
        }
        std::thread::scope(|scope| {
            let drawing = scope.spawn(|| progress.draw(total));
            // Dropped when `work` is through, even by a panic: the scope waits for the thread.
            let over = Over(&progress);
            let result = work(&progress);
            drop(over);
            drawing.thread().unpark();
            let _ = drawing.join();
            result
        })
    }

    fn draw(&self, total: usize) {
        let start = Instant::now();
        let mut drawn = false;
        while !self.over.load(Ordering::Acquire) {
            if start.elapsed() >= PATIENCE {
                let done = self.done.load(Ordering::Relaxed).min(total);
                let full = WIDTH * done / total.max(1);
                let (bar, rest) = ("█".repeat(full), "░".repeat(WIDTH - full));
                drawn = true;
                let _ = write!(io::stderr(), "\r{bar}{rest} {done}/{total}\x1b[K");
            }
            std::thread::park_timeout(STEP);
        }
        if drawn {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

struct Over<'a>(&'a Progress);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.over.store(true, Ordering::Release);
    }
}
