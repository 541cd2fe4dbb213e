//! `exolint refs`: the reference lists of a text, entry by entry.

use crate::parse;
use crate::report::references;
use crate::rules::Rules;
use crate::source::Source;
use crate::{document::Document, format};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Arguments of `exolint refs`.
#[derive(Debug, clap::Args)]
pub struct RefsArgs {
    /// The text to read
    file: PathBuf,
    /// How the entries are printed
    #[arg(long, value_enum, default_value = "json")]
    format: RefsFormat,
}

/// Forms of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum RefsFormat {
    /// Every field with its confidence and place
    Json,
    /// BibTeX; doubtful fields are named in a comment
    Bibtex,
    /// CSL-JSON, as reference managers read it
    CslJson,
}

/// Print the lists; 2 when the file cannot be read, 1 when it holds no reference list.
pub fn run(args: &RefsArgs, out: &mut dyn Write, errors: &mut dyn Write) -> ExitCode {
    let path = args.file.to_string_lossy();
    let bytes = match std::fs::read(&args.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            let _ = writeln!(errors, "exolint: {path}: {error}");
            return ExitCode::from(2);
        }
    };
    let document: Document = match Source::from_bytes(&path, bytes) {
        Ok(source) => format::read(source),
        Err(error) => {
            let _ = writeln!(errors, "exolint: {path}: {error}");
            return ExitCode::from(2);
        }
    };
    let facts = parse::parse(&document, &Rules::builtin().data);
    let lists = &facts.references;
    if lists.lists.is_empty() {
        let _ = writeln!(errors, "exolint: {path}: no reference list was found");
    }
    let printed = match args.format {
        RefsFormat::Json => serde_json::to_string_pretty(&references::json(&document, lists)),
        RefsFormat::CslJson => serde_json::to_string_pretty(&references::csl_json(&document, lists)),
        RefsFormat::Bibtex => Ok(references::bibtex(&document, lists)),
    };
    match printed {
        Ok(text) => {
            let _ = writeln!(out, "{}", text.trim_end());
        }
        Err(error) => {
            let _ = writeln!(errors, "exolint: {path}: {error}");
            return ExitCode::from(2);
        }
    }
    ExitCode::from(u8::from(lists.lists.is_empty()))
}
