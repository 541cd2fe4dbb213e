//! `exolint completions`.

use super::output::Output;
use clap::CommandFactory;

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// Run the command.
pub fn run(args: &Args, output: &mut Output) -> u8 {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut super::Args::command(), "exolint", &mut bytes);
    output.print(&bytes);
    0
}
