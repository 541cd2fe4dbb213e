//! The reference lists of a document: found, cut into entries, each entry read into fields.

mod author;
mod cut;
mod entry;
mod fact;
mod half;
mod han;
mod identifier;
mod imprint;
mod label;
mod latin;
mod list;
pub mod normal;
mod retraction;
mod title;

pub(crate) use author::{clip, opens_dated};
pub use fact::{Author, Entry, Field, List, NameKind, Numbering, Pages, References, Style, Work, Year};

pub use retraction::{NoticeKind, RetractionError, RetractionNotice, Retractions};

use super::{Data, Inspected};
use crate::document::Document;
use crate::finding::Confidence;

impl References {
    /// Adds all facts for `inspect`.
    pub fn inspect(&self, out: &mut Vec<Inspected>) {
        let mut fact = |kind, span, value: String, confidence| {
            out.push(Inspected { kind, span, value, confidence });
        };
        for list in &self.lists {
            let value = format!("{} entries, {:?}", list.entries.len(), list.numbering);
            fact("reference-list", list.span, value, Confidence::High);
            for entry in &list.entries {
                let number = entry.number.map_or("-".to_owned(), |n| n.to_string());
                fact("reference-entry", entry.span, number, Confidence::High);
                for work in entry.works() {
                    for author in &work.authors {
                        let name = format!("{} | {}", author.family, author.given);
                        fact("reference-author", author.span, name, author.confidence);
                    }
                    let fields = [
                        ("reference-title", &work.title),
                        ("reference-container", &work.container),
                        ("reference-volume", &work.volume),
                        ("reference-issue", &work.issue),
                        ("reference-type", &work.type_code),
                        ("reference-publisher", &work.publisher),
                        ("reference-place", &work.place),
                        ("reference-edition", &work.edition),
                        ("reference-doi", &work.doi),
                        ("reference-pmid", &work.pmid),
                        ("reference-url", &work.url),
                    ];
                    for (kind, field) in fields {
                        if let Some(field) = field {
                            fact(kind, field.span, field.value.clone(), field.confidence);
                        }
                    }
                    if let Some(year) = &work.year {
                        let suffix = year.value.suffix.map_or(String::new(), String::from);
                        let value = format!("{}{suffix}", year.value.year);
                        fact("reference-year", year.span, value, year.confidence);
                    }
                    if let Some(pages) = &work.pages {
                        let last = pages.value.last.as_ref().map_or(String::new(), |last| format!("-{last}"));
                        fact(
                            "reference-pages",
                            pages.span,
                            format!("{}{last}", pages.value.first),
                            pages.confidence,
                        );
                    }
                }
            }
        }
    }
}

/// Read the facts of this family.
pub fn parse(document: &Document, _data: &Data) -> References {
    list::read(document)
}
