//! `check --watch` and the progress bar, with the real binary.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod binary;

use binary::Scratch;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const GOOD: &str = "外泌体能够降低活性氧水平。\n";
const BAD: &str = "外泌体能够能够降低活性氧水平。\n";

/// A watching exolint; ended with the test, however that ends.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn new(dir: &Scratch, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_exolint"))
            .args(["check", "--watch", "--format", "concise", "--lang", "en", "--select", "TXT"])
            .args(args)
            .current_dir(&dir.path)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let streams: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        break;
                    }
                }
            });
        }
        Self { child, lines }
    }

    /// Lines up to the one that holds this; fails after 20 seconds.
    #[track_caller]
    fn until(&self, words: &str) -> String {
        let start = Instant::now();
        let mut seen = String::new();
        while start.elapsed() < Duration::from_secs(20) {
            if let Ok(line) = self.lines.recv_timeout(Duration::from_millis(200)) {
                seen.push_str(&line);
                seen.push('\n');
                if line.contains(words) {
                    return seen;
                }
            }
        }
        panic!("no `{words}` in 20 seconds:\n{seen}");
    }

    /// Two checks told apart: the file system's clock may be coarse.
    fn write(dir: &Scratch, name: &str, text: &str) {
        std::thread::sleep(Duration::from_millis(20));
        dir.write(name, text);
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_change_is_checked_again() {
    let dir = Scratch::new("watch");
    dir.write("a.txt", GOOD);
    let mut watching = Watching::new(&dir, &["--output", "markdown=report.md", "."]);
    let first = watching.until("waiting for changes");
    assert!(!first.contains("TXT003"), "{first}");
    Watching::write(&dir, "a.txt", BAD);
    watching.until("changed: a.txt");
    watching.until("a.txt:1:4: warning[TXT003]");
    watching.until("waiting for changes");
    // A new file, the configuration, a file beside the text: all count; the report written does not.
    Watching::write(&dir, "b.txt", BAD);
    watching.until("b.txt:1:4: warning[TXT003]");
    watching.until("waiting for changes");
    Watching::write(&dir, "exolint.toml", "exclude = [\"b.txt\"]\n");
    let out = watching.until("waiting for changes");
    assert!(out.contains("a.txt:1:4") && !out.contains("b.txt:1:4"), "{out}");
    Watching::write(&dir, "exolint.toml", "exlude = []\n");
    assert!(watching.until("waiting for changes").contains("exclude"));
    Watching::write(&dir, "exolint.toml", "");
    watching.until("b.txt:1:4: warning[TXT003]");
    watching.until("waiting for changes");
    Watching::write(&dir, "a.txt.exolint.toml", "[[ignore]]\ncode = \"TXT003\"\nreason = \"x\"\n");
    let out = watching.until("waiting for changes");
    assert!(!out.contains("a.txt:1:4") && out.contains("b.txt:1:4"), "{out}");
    std::fs::remove_file(dir.path.join("b.txt")).unwrap();
    assert!(watching.until("waiting for changes").contains("changed: b.txt"));
    // Nothing more to say, and still there, until it is ended.
    assert!(watching.lines.recv_timeout(Duration::from_millis(1500)).is_err());
    assert!(watching.child.try_wait().unwrap().is_none());
    assert!(dir.read("report.md").contains("exolint"));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it() {
    use std::os::unix::process::ExitStatusExt;
    let dir = Scratch::new("watch-end");
    dir.write("a.txt", GOOD);
    let mut watching = Watching::new(&dir, &["a.txt"]);
    watching.until("waiting for changes");
    let pid = watching.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(watching.child.wait().unwrap().signal(), Some(2));
}

#[test]
fn what_never_changes_is_not_watched() {
    let dir = Scratch::new("watch-stdin");
    let ran = dir.run(&["check", "--watch", "-"]).exits(2);
    assert!(ran.err.contains("standard input never changes"), "{}", ran.err);
    dir.run(&["check", "--watch", "--diff", "."]).exits(2);
}

/// The bar is drawn on a terminal alone, and only after two seconds. `script` gives the terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_progress_bar_on_a_terminal_and_nowhere_else() {
    if Command::new("script").arg("--version").stdout(Stdio::null()).status().is_err() {
        assert!(std::env::var_os("EXOLINT_REQUIRE_SHARED").is_none(), "`script` of util-linux is wanted");
        println!("skipped: no `script` here");
        return;
    }
    let dir = Scratch::new("progress");
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/01-tendon-exosomes.txt"))
        .unwrap();
    let (mut files, mut took) = (0, Duration::ZERO);
    // As many as it takes on this machine.
    while took < Duration::from_millis(3500) && files < 6_400 {
        let more = if files == 0 { 50 } else { files };
        for n in files..files + more {
            dir.write(&format!("t/{n}.txt"), &text);
        }
        files += more;
        let start = Instant::now();
        let ran = dir.run(&["check", "--format", "json", "--fail-on", "never", "t"]).exits(0);
        took = start.elapsed();
        assert_eq!(ran.err, "", "something was written to a pipe");
    }
    let on_a_terminal = |path: &str, more: &str| {
        let exolint = env!("CARGO_BIN_EXE_exolint");
        let command = format!("'{exolint}' check --format json --fail-on never {more} {path} >out.json");
        let out = Command::new("script")
            .args(["-qec", &command, "/dev/null"])
            .current_dir(&dir.path)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("TERM", "xterm")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    let drawn = on_a_terminal("t", "");
    assert!(drawn.contains(&format!("/{files}\x1b[K")) && drawn.contains('░'), "{took:?} {drawn:?}");
    assert!(drawn.ends_with("\r\x1b[K"), "the bar stays behind: {drawn:?}");
    assert!(dir.read("out.json").starts_with('{'));
    assert_eq!(on_a_terminal("t", "--quiet"), "");
    assert_eq!(on_a_terminal("t/0.txt", ""), "");
}
