//! The command line.

mod refs;

use crate::engine::{self, Selection, Summary};
use crate::rules::{Language, Rules};
use crate::{format, policy, report, source::Source};
use clap::Parser;
use std::io::Write;
use std::process::ExitCode;

#[derive(Parser)]
#[command(version, about)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Check texts
    Check {
        paths: Vec<std::path::PathBuf>,
        #[arg(long, default_value = "concise")]
        format: String,
        #[arg(long)]
        isolated: bool,
        #[arg(long, value_enum, default_value = "en")]
        lang: Language,
        #[arg(long, value_delimiter = ',')]
        select: Vec<String>,
    },
    /// Print the reference list, entry by entry
    Refs(refs::RefsArgs),
    /// Show what was read
    Inspect { path: std::path::PathBuf },
}

/// Run the command line.
pub fn main() -> ExitCode {
    let rules = Rules::builtin();
    let mut out = std::io::stdout().lock();
    match Args::parse().command {
        Command::Check { paths, format, isolated: _, lang, select } => {
            let selection = Selection { select, ..Selection::default() };
            let mut findings = Vec::new();
            let mut summary = Summary::default();
            for entry in paths.iter().flat_map(|p| walkdir::WalkDir::new(p).sort_by_file_name()).flatten() {
                if !entry.file_type().is_file() {
                    continue;
                }
                let Ok(bytes) = std::fs::read(entry.path()) else { continue };
                let Ok(source) = Source::from_bytes(&entry.path().to_string_lossy(), bytes) else { continue };
                let analysis = engine::analyse(&format::read(source), rules, &selection);
                findings.extend(analysis.findings);
                summary.merge(analysis.summary);
            }
            findings.extend(engine::corpus(&summary, rules, &selection));
            engine::sort(&mut findings);
            policy::fingerprint(&mut findings);
            findings.retain(|finding| policy::Threshold::default().shows(finding));
            if format == "json" {
                let list: Vec<_> =
                    findings.iter().filter_map(|f| report::json::finding(f, rules, lang)).collect();
                let report = serde_json::json!({ "schema_version": 1, "findings": list });
                let _ = serde_json::to_writer_pretty(&mut out, &report);
            } else {
                for finding in &findings {
                    let Some(words) = report::Worded::new(finding, rules, lang) else { continue };
                    let place = &finding.place;
                    let start = place.range.start;
                    let _ = writeln!(
                        out,
                        "{}:{}:{}: {:?}/{:?}[{}] {} | {}",
                        place.path,
                        start.line,
                        start.column,
                        finding.severity,
                        finding.confidence,
                        finding.code,
                        words.message(),
                        place.text
                    );
                }
            }
            ExitCode::from(u8::from(!findings.is_empty()))
        }
        Command::Refs(args) => refs::run(&args, &mut out, &mut std::io::stderr().lock()),
        Command::Inspect { path } => {
            let Ok(bytes) = std::fs::read(&path) else { return ExitCode::from(2) };
            let Ok(source) = Source::from_bytes(&path.to_string_lossy(), bytes) else {
                return ExitCode::from(2);
            };
            let document = format::read(source);
            let facts = crate::parse::parse(&document, &rules.data);
            for block in document.blocks() {
                let at = document.place(block.span).range.start;
                let _ = writeln!(
                    out,
                    "{}:{} {:?} {:?} {}",
                    at.line,
                    at.column,
                    block.kind,
                    block.lang,
                    document.slice(block.span)
                );
            }
            for fact in facts.inspect() {
                let at = document.place(fact.span).range.start;
                let _ = writeln!(
                    out,
                    "{}:{} {} {} ({:?})",
                    at.line, at.column, fact.kind, fact.value, fact.confidence
                );
            }
            ExitCode::SUCCESS
        }
    }
}
