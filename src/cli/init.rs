//! `exolint init`: a first configuration, and the pre-commit hook.

use super::STATUS_TROUBLE;
use super::output::Output;
use crate::config::FILE_NAME;
use crate::discover::{absolute, io_words};
use crate::report::clean;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

const TEMPLATE: &str = include_str!("init.toml");
/// Name of pre-commit's configuration.
const HOOKS: &str = ".pre-commit-config.yaml";
/// Two spaces deep, as a list under `repos:`.
const HOOK: &str = concat!(
    "  - repo: ",
    env!("CARGO_PKG_REPOSITORY"),
    "\n    rev: v",
    env!("CARGO_PKG_VERSION"),
    "\n    hooks:\n      - id: exolint\n"
);

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder that gets it
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Replace a configuration that is there
    #[arg(long)]
    force: bool,
    /// Leave pre-commit's configuration alone
    #[arg(long)]
    no_hook: bool,
}

/// Run the command.
pub fn run(args: &Args, output: &mut Output) -> u8 {
    if !write(&args.folder.join(FILE_NAME), TEMPLATE, args.force, output) {
        return STATUS_TROUBLE;
    }
    match repository(&args.folder).filter(|_| !args.no_hook) {
        Some(root) => hook(&root, output),
        None => 0,
    }
}

/// Write a file and say so; never over one that is there unless that is asked for.
fn write(path: &Path, text: &str, force: bool, output: &mut Output) -> bool {
    let mut options = std::fs::OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true);
    } else {
        // Never over a file that is there, even one made this very moment.
        options.create_new(true);
    }
    match options.open(path).and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => {
            output.print(format!("wrote {}\n", clean::line(&path.display().to_string())).as_bytes());
            true
        }
        Err(error) => {
            let message = match error.kind() {
                ErrorKind::AlreadyExists => "is there already; --force replaces it".to_owned(),
                _ => format!("cannot be written: {}", io_words(&error).0),
            };
            output.trouble(&format!("{}: {message}", path.display()));
            false
        }
    }
}

/// The root of the git repository a folder is in.
fn repository(folder: &Path) -> Option<PathBuf> {
    let folder = absolute(&super::output::cwd(), folder);
    folder.ancestors().find(|dir| dir.join(".git").exists()).map(Path::to_path_buf)
}

/// pre-commit's configuration: written where there is none. One that is there is its owner's: what is missing is
/// said.
fn hook(root: &Path, output: &mut Output) -> u8 {
    let (cwd, path) = (super::output::cwd(), root.join(HOOKS));
    let path = path.strip_prefix(cwd).unwrap_or(&path);
    match std::fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            if !write(path, &format!("repos:\n{HOOK}"), false, output) {
                return STATUS_TROUBLE;
            }
            output.print(b"now run: pre-commit install\n");
        }
        Ok(text) if text.contains("id: exolint") => {}
        _ => {
            let shown = path.display().to_string();
            let shown = clean::line(&shown);
            output.print(format!("{shown} is there already; add to its repos:\n\n{HOOK}").as_bytes());
        }
    }
    0
}
