//! Driving the real binary: scrubbed environment, a scratch folder of its own, killed after 30 seconds.

#![allow(dead_code)]

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Longest time any run may take.
const LIMIT: Duration = Duration::from_secs(30);

/// What a run gave.
#[derive(Debug)]
pub struct Ran {
    /// Exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
    /// How long it took.
    pub took: Duration,
}

impl Ran {
    /// The JSON on standard output.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("no JSON: {e}\n{}\n{}", self.out, self.err))
    }

    /// Codes of the findings in a JSON report.
    pub fn codes(&self) -> Vec<String> {
        let json = self.json();
        let findings = json["findings"].as_array().cloned().unwrap_or_default();
        findings.iter().map(|f| f["code"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Fails unless the exit status is this one.
    #[track_caller]
    pub fn exits(self, status: i32) -> Self {
        assert_eq!(self.status, status, "\nstdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }
}

/// A folder of its own for one test, that looks like the root of a repository.
pub struct Scratch {
    /// The folder.
    pub path: PathBuf,
}

impl Scratch {
    /// An empty folder.
    pub fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(path.join(".git")).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        Self { path }
    }

    /// Write a file, its folders with it.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        }
        std::fs::write(&path, content).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        self
    }

    /// Read a file.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Run exolint here.
    pub fn run<S: AsRef<OsStr>>(&self, args: &[S]) -> Ran {
        run_in(&self.path, args, b"", &[])
    }

    /// Run exolint here with standard input.
    pub fn run_with<S: AsRef<OsStr>>(&self, args: &[S], input: &[u8]) -> Ran {
        run_in(&self.path, args, input, &[])
    }

    /// Run exolint here with environment variables.
    pub fn run_env<S: AsRef<OsStr>>(&self, args: &[S], env: &[(&str, &str)]) -> Ran {
        run_in(&self.path, args, b"", env)
    }
}

/// Run exolint in the root of this repository.
pub fn run<S: AsRef<OsStr>>(args: &[S]) -> Ran {
    run_in(Path::new(env!("CARGO_MANIFEST_DIR")), args, b"", &[])
}

/// Run exolint in a folder.
pub fn run_in<S: AsRef<OsStr>>(folder: &Path, args: &[S], input: &[u8], env: &[(&str, &str)]) -> Ran {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_exolint"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .envs(env.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| panic!("cannot run exolint: {e}"));
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    std::thread::scope(|scope| {
        let input = scope.spawn(move || {
            // A program that does not read its input closes it.
            let _ = stdin.map(|mut stdin| stdin.write_all(input));
        });
        let out = scope.spawn(move || text(stdout));
        let err = scope.spawn(move || text(stderr));
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break status.code().unwrap_or(-1),
                Ok(None) if start.elapsed() > LIMIT => {
                    let _ = child.kill();
                    break -2;
                }
                Ok(None) => std::thread::sleep(Duration::from_millis(2)),
                Err(e) => panic!("{e}"),
            }
        };
        let took = start.elapsed();
        let _ = input.join();
        let (out, err) = (out.join().unwrap_or_default(), err.join().unwrap_or_default());
        assert!(status != -2, "killed after 30 seconds\n{err}");
        assert!(!err.contains("panicked"), "{err}");
        Ran { status, out, err, took }
    })
}

fn text(stream: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    if let Some(mut stream) = stream {
        let _ = stream.read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
