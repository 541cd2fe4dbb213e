//! Checks: facts in, findings out. One file per rule or small group of kin.
//!
//! A check is a value built once from a record's options. It is pure and shared between threads.

pub mod abbreviation;
pub mod citation;
pub mod evidence;
pub mod generic;
pub mod metadata;
pub mod reference;
pub mod structure;
pub mod suppression;
pub mod text;

use crate::document::{BlockKind, Document, Lang, Place, Span};
use crate::engine::{Entry, Sink};
use crate::finding::Finding;
use crate::parse::{Data, Facts};
use crate::rules::{Options, Scope};
use std::sync::Arc;

/// What a check sees of one document.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The text.
    pub document: &'a Document,
    /// What the parsers found in it.
    pub facts: &'a Facts,
    /// Lexicon, units and other tables.
    pub data: &'a Data,
    /// True when the user declared a corpus (`[corpus] include`).
    pub corpus_declared: bool,
}

impl Context<'_> {
    /// The place of a logical span.
    pub fn place(&self, span: Span) -> Place {
        self.document.place(span)
    }

    /// A finding whose primary place is `span`.
    pub fn finding(&self, span: Span) -> Finding {
        Finding::at(self.document.place(span))
    }

    /// The logical text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.document.slice(span)
    }

    /// True for a text with the marks of a paper: an abstract, keywords, an affiliation, a reference list or
    /// citations. Chinese prose always counts; an English guide to a program follows other habits.
    pub fn is_manuscript(&self) -> bool {
        let paper = |kind: BlockKind| {
            matches!(
                kind,
                BlockKind::Abstract
                    | BlockKind::Keywords
                    | BlockKind::Affiliation
                    | BlockKind::Reference
                    | BlockKind::ReferenceHeading
            )
        };
        self.document.lang() == Lang::Zh
            || self.facts.citations.markers.len() >= 3
            || self.document.blocks().iter().any(|block| paper(block.kind))
    }
}

/// What a corpus check sees.
#[derive(Clone, Copy)]
pub struct CorpusContext<'a> {
    /// This rule's entries of all documents, sorted by key, value and place.
    pub entries: &'a [&'a Entry],
    /// Tables.
    pub data: &'a Data,
    /// True when the user declared a corpus; else the documents of the run may be unrelated.
    pub corpus_declared: bool,
}

/// One rule's code.
pub trait Check: Send + Sync {
    /// Findings in one document.
    fn document(&self, _cx: &Context<'_>, _out: &mut Sink) {}

    /// What a corpus rule needs to know of one document.
    fn summarise(&self, _cx: &Context<'_>, _out: &mut Vec<Entry>) {}

    /// Findings across documents.
    fn corpus(&self, _cx: &CorpusContext<'_>, _out: &mut Sink) {}
}

/// A check that rules can name.
pub struct Kind {
    /// The name used in `check = "…"`.
    pub name: &'static str,
    /// Where it runs.
    pub scope: Scope,
    /// Placeholders its messages may use.
    pub fields: &'static [&'static str],
    /// Variants it tells apart.
    pub variants: &'static [&'static str],
    /// Makes the check from the record's options.
    pub build: fn(Options<'_>) -> Result<Box<dyn Check>, toml::de::Error>,
}

/// For checks without options: refuses any.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoOptions {}

/// All kinds, family by family.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    [
        citation::KINDS,
        reference::KINDS,
        abbreviation::KINDS,
        evidence::KINDS,
        metadata::KINDS,
        structure::KINDS,
        text::KINDS,
        generic::KINDS,
        suppression::KINDS,
    ]
    .into_iter()
    .flatten()
}

/// The kind of a name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    kinds().find(|kind| kind.name == name)
}

/// An entry of a document's summary; `code` is set by the engine.
pub fn entry(cx: &Context<'_>, span: Span, key: impl Into<String>, value: impl Into<String>) -> Entry {
    Entry { code: Arc::from(""), key: key.into(), value: value.into(), place: cx.document.place(span) }
}
