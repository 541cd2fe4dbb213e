//! The form of a rule record.

use crate::finding::{Localised, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// One document.
    Document,
    /// All documents of the run.
    Corpus,
}

/// The family a rule belongs to, by the letters of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// `CIT`: citation markers.
    Citation,
    /// `REF`: the reference list.
    Reference,
    /// `ABB`: abbreviations.
    Abbreviation,
    /// `EVD`: quantities, counts, statistics.
    Evidence,
    /// `MET`: front matter and identifiers.
    Metadata,
    /// `STR`: structure.
    Structure,
    /// `TXT`: text damage, and rules of users.
    Text,
}

impl Family {
    /// All families.
    pub const ALL: [Self; 7] = [
        Self::Citation,
        Self::Reference,
        Self::Abbreviation,
        Self::Evidence,
        Self::Metadata,
        Self::Structure,
        Self::Text,
    ];

    /// The three letters of its codes.
    pub fn letters(self) -> &'static str {
        match self {
            Self::Citation => "CIT",
            Self::Reference => "REF",
            Self::Abbreviation => "ABB",
            Self::Evidence => "EVD",
            Self::Metadata => "MET",
            Self::Structure => "STR",
            Self::Text => "TXT",
        }
    }

    /// The family of a built-in code; users' codes have their own letters.
    pub fn of_code(code: &str) -> Option<Self> {
        let letters = code.trim_end_matches(|c: char| c.is_ascii_digit());
        Self::ALL.into_iter().find(|family| family.letters() == letters)
    }

    /// The word used in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Citation => "citation",
            Self::Reference => "reference",
            Self::Abbreviation => "abbreviation",
            Self::Evidence => "evidence",
            Self::Metadata => "metadata",
            Self::Structure => "structure",
            Self::Text => "text",
        }
    }
}

/// The words of a rule or of one of its variants.
pub type Words = Localised;

/// A declared variant: other words, or a lower severity, for a case the check tells apart.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Severity of the variant, not above the rule's.
    pub severity: Option<Severity>,
    /// Its message; the rule's when absent.
    pub message: Option<Words>,
    /// Its help; the rule's when absent.
    pub help: Option<Words>,
    /// Its fix message; the rule's when absent.
    pub fix: Option<Words>,
}

/// One text of a corpus case.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedText {
    /// File name, `a.txt`.
    pub name: String,
    /// Its text, `⟦…⟧` around a place that must be reported.
    pub text: String,
}

/// A flag or pass case.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The text of a document case.
    #[serde(default)]
    pub text: Option<String>,
    /// The texts of a corpus case.
    #[serde(default)]
    pub documents: Vec<NamedText>,
    /// `text` (default) or `markdown`.
    #[serde(default)]
    pub format: Option<String>,
    /// The variant that must be reported.
    #[serde(default)]
    pub variant: Option<String>,
    /// Replacement the fix must propose for the marked place.
    #[serde(default)]
    pub fix: Option<String>,
    /// Why the case is here.
    #[serde(default)]
    pub note: Option<String>,
}

/// A rule as written in TOML, without its options (the check types those).
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Stable code.
    pub code: String,
    /// Kebab-case name of the problem.
    pub name: String,
    /// Name of the check kind.
    pub check: String,
    /// Document or corpus.
    #[serde(default = "document_scope")]
    pub scope: Scope,
    /// The ceiling.
    #[serde(default = "warning")]
    pub severity: Severity,
    /// First version that has the rule.
    #[serde(default)]
    pub since: String,
    /// Profiles in which it runs; empty: always. Named profiles are opt-in.
    #[serde(default)]
    pub profiles: Vec<String>,
    /// The message.
    pub message: Words,
    /// What to do; reason and evidence.
    #[serde(default)]
    pub help: Option<Words>,
    /// Message of related places.
    #[serde(default)]
    pub related: Option<Words>,
    /// Messages of related places that need words of their own.
    #[serde(default)]
    pub labels: BTreeMap<String, Words>,
    /// Message of the fix.
    #[serde(default)]
    pub fix: Option<Words>,
    /// What it does, why it matters, what to do instead.
    #[serde(default)]
    pub about: Option<Words>,
    /// Variants by name.
    #[serde(default)]
    pub variant: BTreeMap<String, Variant>,
    /// Texts that must be reported.
    #[serde(default)]
    pub flag: Vec<Case>,
    /// Texts that must stay silent.
    #[serde(default)]
    pub pass: Vec<Case>,
}

impl Record {
    /// The family; users' own codes count as text.
    pub fn family(&self) -> Family {
        Family::of_code(&self.code).unwrap_or(Family::Text)
    }
}

fn document_scope() -> Scope {
    Scope::Document
}

fn warning() -> Severity {
    Severity::Warning
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn family_words_round_trip() {
        for family in Family::ALL {
            let json = serde_json::to_string(&family).unwrap();
            assert_eq!(json.trim_matches('"'), family.word());
            assert_eq!(serde_json::from_str::<Family>(&json).unwrap(), family);
            assert_eq!(Family::of_code(&format!("{}012", family.letters())), Some(family));
        }
    }
}
