//! The `exolint` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    exolint::cli::main()
}
