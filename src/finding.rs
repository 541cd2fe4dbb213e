//! What a check reports: one cause, one primary place, typed arguments, never prose.

use crate::document::{Document, Place, Range, Span};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// How much a finding matters. The order is info < warning < error.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    clap::ValueEnum,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look.
    Info,
    /// Probably wrong.
    Warning,
    /// Contradicts itself or a certain fact.
    Error,
}

impl Severity {
    /// The word used in JSON, on the command line and in one-line reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How sure the check is. The order is low < medium < high.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    clap::ValueEnum,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A hint; not shown by default.
    Low,
    /// More likely right than wrong.
    Medium,
    /// Sure.
    High,
}

/// A word that reads differently in the two languages (from rule data, not from a document).
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Localised {
    /// English.
    #[serde(default)]
    pub en: String,
    /// Chinese.
    #[serde(default)]
    pub zh: String,
}

/// The value of a message's placeholder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arg {
    /// Words of the document or of a rule's data.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A word in both languages.
    Localised(Localised),
    /// A list, joined as the language asks.
    List(Vec<String>),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}
impl From<Localised> for Arg {
    fn from(words: Localised) -> Self {
        Self::Localised(words)
    }
}
impl From<Vec<String>> for Arg {
    fn from(list: Vec<String>) -> Self {
        Self::List(list)
    }
}

/// Named arguments of a message.
pub type Args = Vec<(Cow<'static, str>, Arg)>;

/// Another place that belongs to the finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// Which of the record's `labels` describes it; the record's `related` text when `None`.
    pub label: Option<&'static str>,
    /// Arguments of its message, before those of the finding.
    pub args: Args,
}

/// Whether a fix may be applied without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Cannot change which source is cited or what is claimed.
    Safe,
    /// A likely reading that a person must confirm.
    Unsafe,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Edit {
    /// The characters replaced.
    pub range: Range,
    /// What stands there afterwards.
    pub replacement: String,
}

/// A proposed change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Safe or not.
    pub safety: Safety,
    /// One edit.
    pub edits: Vec<Edit>,
}

/// What a check found. Words come from the rule's record when it is reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Code of the rule (`CIT001`); set by the engine.
    pub code: Arc<str>,
    /// A declared variant of the rule with its own words or lower severity.
    pub variant: Option<&'static str>,
    /// The severity a check asks for; never above the rule's.
    pub severity: Severity,
    /// How sure the check is.
    pub confidence: Confidence,
    /// The one primary place.
    pub place: Place,
    /// Arguments of the message.
    pub args: Args,
    /// Other places.
    pub related: Vec<Related>,
    /// A proposed change.
    pub fix: Option<Fix>,
    /// For corpus findings: the canonical key the fingerprint is made of.
    pub key: Option<String>,
    /// Set by the engine; see [`crate::policy`].
    pub fingerprint: String,
}

impl Finding {
    /// A finding at `place`, of the rule's own severity and high confidence.
    pub fn at(place: Place) -> Self {
        Self {
            code: Arc::from(""),
            variant: None,
            severity: Severity::Error,
            confidence: Confidence::High,
            place,
            args: Vec::new(),
            related: Vec::new(),
            fix: None,
            key: None,
            fingerprint: String::new(),
        }
    }

    /// Use the words (and severity, if lower) of a declared variant.
    #[must_use]
    pub fn variant(mut self, name: &'static str) -> Self {
        self.variant = Some(name);
        self
    }

    /// State how sure the check is.
    #[must_use]
    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    /// Set a placeholder of the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// Add a related place, described by the record's `related` text.
    #[must_use]
    pub fn related(mut self, place: Place, args: Args) -> Self {
        self.related.push(Related { place, label: None, args });
        self
    }

    /// Add a related place, described by one of the record's `labels`.
    #[must_use]
    pub fn labelled(mut self, place: Place, label: &'static str, args: Args) -> Self {
        self.related.push(Related { place, label: Some(label), args });
        self
    }

    /// Propose to replace `span` by `replacement`; left out when the span is not one verbatim
    /// stretch of the source (writing it back would not give the author's other bytes).
    #[must_use]
    pub fn fix(
        mut self,
        document: &Document,
        safety: Safety,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        if let Some(range) = document.editable(span) {
            let edits = vec![Edit { range, replacement: replacement.into() }];
            self.fix = Some(Fix { safety, edits });
        }
        self
    }

    /// The canonical key of a corpus finding (subject, property, short form).
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }
}

/// One named argument, for the lists that related places take.
pub fn arg(name: &'static str, value: impl Into<Arg>) -> (Cow<'static, str>, Arg) {
    (Cow::Borrowed(name), value.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn names_of_severity_and_confidence_round_trip() {
        for severity in Severity::value_variants() {
            let word = serde_json::to_string(severity).unwrap();
            assert_eq!(serde_json::from_str::<Severity>(&word).unwrap(), *severity);
            assert_eq!(Severity::from_str(word.trim_matches('"'), false).as_ref(), Ok(severity));
        }
        for confidence in Confidence::value_variants() {
            let word = serde_json::to_string(confidence).unwrap();
            assert_eq!(serde_json::from_str::<Confidence>(&word).unwrap(), *confidence);
        }
    }
}
