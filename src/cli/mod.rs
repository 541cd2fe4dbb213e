//! The command line: one file per command.

mod abbreviations;
mod check;
mod completions;
mod fix;
mod init;
mod inspect;
mod lexicon;
mod output;
mod progress;
mod refs;
mod rule;
mod rules;
mod run;
pub mod schema;
mod watch;

use crate::config::{Config, Loaded};
use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Exit status when the usage or configuration is wrong or something named could not be read.
pub const STATUS_TROUBLE: u8 = 2;
/// Exit status when no document was read.
pub const STATUS_NOTHING_READ: u8 = 3;

/// A linter for review manuscripts, in Chinese and English.
#[derive(Debug, Parser)]
#[command(name = "exolint", version, about, max_term_width = 100)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// When to use colour.
    #[arg(long, global = true, value_enum, default_value = "auto")]
    pub color: Color,
}

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check texts and report what contradicts itself
    #[command(after_long_help = check::STATUS)]
    Check(Box<check::Args>),
    /// Show every block and fact read from a file: why something was, or was not, reported
    Inspect(inspect::Args),
    /// Print the reference lists of a text, entry by entry
    Refs(refs::RefsArgs),
    /// Print the short forms of texts: long forms, uses, spellings, first definition
    Abbreviations(abbreviations::Args),
    /// Work on the lexicon of short forms
    #[command(subcommand)]
    Lexicon(lexicon::Command),
    /// Explain a rule, or list all
    Rule(rule::Args),
    /// Work on rule files
    #[command(subcommand)]
    Rules(rules::Command),
    /// Write a first exolint.toml, and the pre-commit hook
    Init(init::Args),
    /// Print a JSON schema
    Schema(schema::Args),
    /// Print completions for a shell
    Completions(completions::Args),
}

/// Which configuration is used.
#[derive(Debug, clap::Args)]
pub struct ConfigArgs {
    /// Use this configuration file instead of the one found upwards
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub config: Option<PathBuf>,
    /// Use no configuration file
    #[arg(long)]
    pub isolated: bool,
}

impl ConfigArgs {
    /// The configuration and its rules; `None` after the trouble was told. Rule files that are broken are
    /// told too, and left out.
    fn load(&self, files: &[PathBuf], output: &mut output::Output) -> Option<(Config, Loaded)> {
        let found = Config::find(&output::cwd(), self.config.as_deref(), self.isolated)
            .and_then(|config| config.load_rules(files).map(|loaded| (config, loaded)));
        match found {
            Ok((config, loaded)) => {
                for error in &loaded.broken {
                    output.rule_error(error);
                }
                Some((config, loaded))
            }
            Err(error) => {
                output.rule_error(&error);
                None
            }
        }
    }
}

/// Forms of output of the commands that show what exolint knows or reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Run the command line.
pub fn main() -> ExitCode {
    let args = Args::parse();
    let mut output = output::Output::new(args.color);
    let status = match args.command {
        Command::Check(args) => check::run(&args, &mut output),
        Command::Inspect(args) => inspect::run(&args, &mut output),
        Command::Refs(args) => refs::run(&args, &mut output),
        Command::Abbreviations(args) => abbreviations::run(&args, &mut output),
        Command::Lexicon(command) => lexicon::run(&command, &mut output),
        Command::Rule(args) => rule::run(&args, &mut output),
        Command::Rules(command) => rules::run(&command, &mut output),
        Command::Init(args) => init::run(&args, &mut output),
        Command::Schema(args) => schema::run(&args, &mut output),
        Command::Completions(args) => completions::run(&args, &mut output),
    };
    ExitCode::from(output.finish(status))
}
