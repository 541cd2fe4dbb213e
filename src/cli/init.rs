//! `exolint init`: a first configuration.

use super::STATUS_TROUBLE;
use super::output::Output;
use crate::config::FILE_NAME;
use crate::discover::io_words;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

const TEMPLATE: &str = include_str!("init.toml");

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder that gets it
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Replace a configuration that is there
    #[arg(long)]
    force: bool,
}

/// Run the command.
pub fn run(args: &Args, output: &mut Output) -> u8 {
    let path = args.folder.join(FILE_NAME);
    let mut options = std::fs::OpenOptions::new();
    options.write(true);
    if args.force {
        options.create(true).truncate(true);
    } else {
        // Never over a file that is there, even one made this very moment.
        options.create_new(true);
    }
    let written = options.open(&path).and_then(|mut file| file.write_all(TEMPLATE.as_bytes()));
    match written {
        Ok(()) => {
            output.print(format!("wrote {}\n", path.display()).as_bytes());
            0
        }
        Err(error) => {
            let message = match error.kind() {
                ErrorKind::AlreadyExists => "is there already; --force replaces it".to_owned(),
                _ => format!("cannot be written: {}", io_words(&error).0),
            };
            output.trouble(&format!("{}: {message}", path.display()));
            STATUS_TROUBLE
        }
    }
}
