//! The two streams: what was asked for goes to standard output, trouble to standard error.

use super::{Color, STATUS_TROUBLE};
use crate::config::{Config, LanguageChoice};
use crate::report::{Notice, NoticeKind, clean, text};
use crate::rules::{Language, RuleError};
use anstream::{AutoStream, ColorChoice};
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

/// Standard output and error with the colour asked for.
pub struct Output {
    out: AutoStream<io::StdoutLock<'static>>,
    // Not locked: the progress bar writes there, too.
    err: AutoStream<io::Stderr>,
    failed: bool,
    lost: bool,
}

impl Output {
    /// The streams of this process.
    pub fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self {
            out: AutoStream::new(io::stdout().lock(), choice),
            err: AutoStream::new(io::stderr(), choice),
            failed: false,
            lost: false,
        }
    }

    /// Write to standard output. A reader that went away is no error; a full disk is.
    pub fn print(&mut self, bytes: &[u8]) {
        if self.failed {
            return;
        }
        if let Err(error) = self.out.write_all(bytes).and_then(|()| self.out.flush()) {
            self.failed = true;
            if error.kind() != ErrorKind::BrokenPipe {
                self.lost = true;
                self.trouble(&format!("cannot write to standard output: {error}"));
            }
        }
    }

    /// Say what went wrong.
    pub fn trouble(&mut self, message: &str) {
        let _ = writeln!(self.err, "\x1b[1m\x1b[31merror\x1b[0m: {}", clean::prose(message));
    }

    /// Say what is worth knowing.
    pub fn note(&mut self, message: &str) {
        let _ = writeln!(self.err, "note: {}", clean::prose(message));
    }

    /// Say what went wrong in a configuration or rule file.
    pub fn rule_error(&mut self, error: &RuleError) {
        let _ = self.err.write_all(&text::render_error(error));
    }

    /// Say what could not be read.
    pub fn unreadable(&mut self, notices: &[Notice], language: Language) {
        for notice in notices.iter().filter(|n| n.kind == NoticeKind::Unreadable) {
            let path = notice.path.as_deref().map(|p| format!("{}: ", clean::line(p))).unwrap_or_default();
            let word = if language == Language::Zh { "错误" } else { "error" };
            let message = clean::prose(language.pick(&notice.message));
            let _ = writeln!(self.err, "\x1b[1m\x1b[31m{word}\x1b[0m: {path}{message}");
        }
    }

    /// True when nobody reads standard output any more.
    pub fn closed(&self) -> bool {
        self.failed
    }

    /// The exit status, given what the command came to.
    pub fn finish(mut self, status: u8) -> u8 {
        if self.lost {
            return STATUS_TROUBLE;
        }
        match self.out.flush() {
            Err(error) if error.kind() != ErrorKind::BrokenPipe && !self.failed => STATUS_TROUBLE,
            _ => status,
        }
    }
}

/// The working directory; without one, relative names are all there is.
pub fn cwd() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}

/// The language of the report: the command line's, else the configuration's, else the environment's.
pub fn language(named: Option<LanguageChoice>, config: &Config) -> Language {
    named.or(config.file.lang).unwrap_or_default().resolve(|name| std::env::var(name).ok())
}
