//! `exolint rules`: work on rule files.

use super::output::{Output, cwd};
use super::{ConfigArgs, STATUS_TROUBLE};
use crate::rules::{Rule, run_cases};
use rayon::prelude::*;
use std::fmt::Write;
use std::path::PathBuf;

/// The commands on rule files.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Run the flag and pass cases of rules, each with its rule alone
    Test(TestArgs),
}

/// Arguments of `rules test`.
#[derive(Debug, clap::Args)]
pub struct TestArgs {
    /// Rule files; without any, those of exolint.toml, or the built-in rules when it names none
    files: Vec<PathBuf>,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Run the command.
pub fn run(command: &Command, output: &mut Output) -> u8 {
    let Command::Test(args) = command;
    let cwd = cwd();
    let files: Vec<PathBuf> = args.files.iter().map(|file| cwd.join(file)).collect();
    let Some((_, loaded)) = args.config.load(&files, output) else { return STATUS_TROUBLE };
    let rules = &loaded.rules;
    let own = rules.rules.iter().any(|rule| !rule.builtin) || !loaded.broken.is_empty();
    let tested: Vec<&Rule> = rules.rules.iter().filter(|rule| !own || !rule.builtin).collect();
    let results: Vec<_> = tested
        .par_iter()
        .map(|rule| {
            let mut failures: Vec<String> = run_cases(rules, rule).iter().map(ToString::to_string).collect();
            let record = &rule.record;
            if record.flag.is_empty() || record.pass.is_empty() {
                failures.push(format!("{}: a rule needs at least one flag and one pass case", record.code));
            }
            failures
        })
        .collect();
    let cases: usize = tested.iter().map(|rule| rule.record.flag.len() + rule.record.pass.len()).sum();
    let failures: Vec<&String> = results.iter().flatten().collect();
    let mut out = String::new();
    for failure in &failures {
        let _ = writeln!(out, "{failure}");
    }
    let _ = writeln!(out, "{} rules, {cases} cases, {} failures", tested.len(), failures.len());
    output.print(out.as_bytes());
    match (loaded.broken.is_empty(), failures.is_empty()) {
        (false, _) => STATUS_TROUBLE,
        (true, false) => 1,
        (true, true) => 0,
    }
}
