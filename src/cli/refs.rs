//! `exolint refs`: the reference lists of a text, entry by entry.

use super::STATUS_TROUBLE;
use super::output::Output;
use crate::discover::display_name;
use crate::parse;
use crate::parse::reference::Retractions;
use crate::report::references;
use crate::rules::{Language, Rules};
use std::path::PathBuf;

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
pub fn run(args: &RefsArgs, output: &mut Output) -> u8 {
    let path = display_name(&args.file);
    let document = match super::run::document(&path, std::fs::read(&args.file)) {
        Ok(document) => document,
        Err(notice) => {
            output.unreadable(&[notice], Language::En);
            return STATUS_TROUBLE;
        }
    };
    let facts = parse::parse(&document, &Rules::builtin().data);
    let lists = &facts.references;
    if lists.lists.is_empty() {
        output.trouble(&format!("{path}: no reference list was found"));
    }
    let printed = match args.format {
        RefsFormat::Json => serde_json::to_string_pretty(&references::json(&document, lists)),
        RefsFormat::CslJson => serde_json::to_string_pretty(&references::csl_json(&document, lists)),
        RefsFormat::Bibtex => Ok(references::bibtex(&document, lists)),
    };
    match printed {
        Ok(text) => output.print(format!("{}\n", text.trim_end()).as_bytes()),
        Err(error) => {
            output.trouble(&format!("{path}: {error}"));
            return STATUS_TROUBLE;
        }
    }
    u8::from(lists.lists.is_empty())
}

/// Reads the user's list of retracted works; the error is a message for people.
pub fn retractions(path: &std::path::Path) -> Result<Retractions, String> {
    let shown = path.display();
    let file = std::fs::File::open(path).map_err(|error| format!("{shown}: {error}"))?;
    let list = Retractions::read(std::io::BufReader::with_capacity(1 << 16, file))
        .map_err(|error| format!("{shown}: {error}"))?;
    if list.is_empty() {
        return Err(format!(
            "{shown}: none of the {} rows names a work by DOI or PubMed number",
            list.skipped
        ));
    }
    Ok(list)
}
