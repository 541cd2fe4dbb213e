//! Facts: what a document says, read once by nom parsers, one folder per family.
//!
//! Parsers are total (no input makes them panic) and linear (each has a stated look-ahead). Facts own
//! spans of the logical text and small normalised values; text is looked up in the document.

pub mod abbreviation;
pub mod citation;
pub mod evidence;
pub mod header;
pub mod mask;
pub mod metadata;
pub mod reference;
pub mod structure;
pub mod text;

use crate::document::{Document, Span};
use crate::finding::Confidence;
use crate::rules::RuleError;
use serde::Serialize;

/// A data file: path and text.
#[derive(Debug, Clone)]
pub struct DataFile {
    /// Path for messages.
    pub path: String,
    /// TOML text.
    pub text: String,
}

/// The tables parsers and checks read: built-in ones from `rules/`, extended by the user's.
#[derive(Debug, Default)]
pub struct Data {
    /// The abbreviation lexicon.
    pub abbreviation: abbreviation::Tables,
    /// Surnames, particles and other words of citation reading.
    pub citation: citation::Tables,
    /// Units, subjects, properties, reference ranges.
    pub evidence: evidence::Tables,
    /// Pinyin, funders, identifier shapes.
    pub metadata: metadata::Tables,
    /// Word lists of text damage.
    pub text: text::Tables,
    /// The user's list of retracted works; empty unless one was named.
    pub retractions: reference::Retractions,
}

impl Data {
    /// The built-in tables and the user's; each file goes to the families that know its tables.
    pub fn load(user: &[DataFile]) -> Result<Self, RuleError> {
        Ok(Self {
            abbreviation: abbreviation::Tables::load(user)?,
            citation: citation::Tables::load(user)?,
            evidence: evidence::Tables::load(user)?,
            metadata: metadata::Tables::load(user)?,
            text: text::Tables::load(user)?,
            retractions: reference::Retractions::default(),
        })
    }
}

/// Everything read from one document.
#[derive(Debug, Default)]
pub struct Facts {
    /// URLs, e-mail addresses, DOIs and inline code.
    pub masks: mask::Masks,
    /// The reference lists.
    pub references: reference::References,
    /// Citation markers, whole and damaged.
    pub citations: citation::Citations,
    /// Definitions and uses of short forms.
    pub abbreviations: abbreviation::Abbreviations,
    /// Quantities, statements, counts and test statistics.
    pub evidence: evidence::Evidence,
    /// People, identifiers, dates, keywords.
    pub metadata: metadata::Metadata,
    /// Headings, figures, tables.
    pub structure: structure::Structure,
    /// Brackets and other marks of damage.
    pub text: text::TextFacts,
}

/// Read all facts of a document.
pub fn parse(document: &Document, data: &Data) -> Facts {
    let masks = mask::parse(document);
    let references = reference::parse(document, data);
    let citations = citation::parse(document, data, &references, &masks);
    Facts {
        abbreviations: abbreviation::parse(document, data, &masks),
        evidence: evidence::parse(document, data, &masks),
        metadata: metadata::parse(document, data),
        structure: structure::parse(document, data),
        text: text::parse(document, data, &masks),
        masks,
        references,
        citations,
    }
}

/// One fact as `inspect` shows it.
#[derive(Debug, Clone, Serialize)]
pub struct Inspected {
    /// `citation`, `reference-entry`, `definition`, `quantity` …
    pub kind: &'static str,
    /// Where it stands in the logical text.
    #[serde(skip)]
    pub span: Span,
    /// Its normalised value, readable.
    pub value: String,
    /// How sure the parser is.
    pub confidence: Confidence,
}

impl Facts {
    /// All facts in order of place.
    pub fn inspect(&self) -> Vec<Inspected> {
        let mut out = Vec::new();
        self.references.inspect(&mut out);
        self.citations.inspect(&mut out);
        self.abbreviations.inspect(&mut out);
        self.evidence.inspect(&mut out);
        self.metadata.inspect(&mut out);
        self.structure.inspect(&mut out);
        self.text.inspect(&mut out);
        out.sort_by_key(|fact| (fact.span, fact.kind));
        out
    }
}
