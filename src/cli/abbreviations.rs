//! `exolint abbreviations`: the table of short forms of one text or many.

use super::output::{Output, cwd};
use super::{STATUS_NOTHING_READ, STATUS_TROUBLE};
use crate::discover::{self, Excludes};
use crate::document::Document;
use crate::parse::abbreviation::{self, Abbreviations};
use crate::parse::mask;
use crate::report::abbreviations as report;
use crate::report::{Notice, NoticeKind};
use crate::rules::{Language, Rules};
use rayon::prelude::*;
use std::path::PathBuf;

/// Arguments of `exolint abbreviations`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Form of the table
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Forms of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A table, one line per short form
    Text,
    /// One object per definition, and the uses of every short form
    Json,
}

/// A document with the short forms found in it.
pub type Text = (Document, Abbreviations);

/// Print the table.
pub fn run(args: &Args, output: &mut Output) -> u8 {
    let (texts, notices) = match read(&args.paths) {
        Ok(read) => read,
        Err(message) => {
            output.trouble(&message);
            return STATUS_TROUBLE;
        }
    };
    output.unreadable(&notices, Language::En);
    let table = report::table(&texts);
    let printed = match args.format {
        Format::Text => Ok(report::text(&table)),
        Format::Json => serde_json::to_string_pretty(&report::json(&texts, &table)).map(|text| text + "\n"),
    };
    match printed {
        Ok(text) => output.print(text.as_bytes()),
        Err(error) => {
            output.trouble(&error.to_string());
            return STATUS_TROUBLE;
        }
    }
    status(&texts, &notices)
}

/// 2 when something could not be read, 3 when nothing was.
pub fn status(texts: &[Text], notices: &[Notice]) -> u8 {
    if texts.is_empty() {
        return STATUS_NOTHING_READ;
    }
    let trouble = notices.iter().any(|notice| notice.kind == NoticeKind::Unreadable);
    if trouble { STATUS_TROUBLE } else { 0 }
}

/// Read files and folders and find their short forms; the order does not depend on threads.
pub fn read(paths: &[PathBuf]) -> Result<(Vec<Text>, Vec<Notice>), String> {
    let cwd = cwd();
    let none = Excludes::new(&cwd, std::iter::empty()).map_err(|(_, message)| message)?;
    let found = discover::discover(&cwd, paths, &none, false);
    let tables = &Rules::builtin().data;
    let read: Vec<Result<Text, Notice>> = found
        .files
        .par_iter()
        .map(|file| {
            let document = super::run::document(&file.name, std::fs::read(&file.path))?;
            let facts = abbreviation::parse(&document, tables, &mask::parse(&document));
            Ok((document, facts))
        })
        .collect();
    let mut notices = found.notices;
    let mut texts = Vec::new();
    for one in read {
        match one {
            Ok(text) => texts.push(text),
            Err(notice) => notices.push(notice),
        }
    }
    Ok((texts, notices))
}
