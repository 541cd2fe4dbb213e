//! `FILE.exolint.toml` beside a document: suppressions for texts that have no comments.

use super::{Cover, Suppression};
use crate::format;
use crate::rules::RuleError;
use crate::source::SourceSpan;
use serde::Deserialize;
use toml::Spanned;

/// What the name of a document is followed by.
pub const ENDING: &str = ".exolint.toml";

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    ignore: Vec<Table>,
}

/// `[[ignore]]`. As in a comment, a missing reason or rule is a finding, not the end of the run.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    code: Spanned<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    reason: Option<String>,
}

/// The suppressions of a sidecar, read from `text`, for the document of this name.
pub fn read(sidecar: &str, text: &str, document: &str) -> Result<Vec<Suppression>, RuleError> {
    let file: File = toml::from_str(text).map_err(|e| RuleError::from_toml(sidecar, text, &e))?;
    let source = format::read_text(sidecar, text);
    let suppression = |table: Table| {
        let span = table.code.span();
        let code = table.code.into_inner();
        let place = source
            .place_of_source(&[SourceSpan { source: 0, start: span.start, end: span.end }], code.clone());
        Suppression {
            cover: Cover::Document { path: document.to_owned(), text: table.text },
            codes: if code.trim().is_empty() { Vec::new() } else { vec![code] },
            reason: table.reason.filter(|reason| !reason.trim().is_empty()),
            place,
            delete: None,
            judged: true,
        }
    };
    Ok(file.ignore.into_iter().map(suppression).collect())
}
