//! A broken rule or configuration file, with the place to look at.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Why a TOML file was refused.
#[derive(Debug, Clone)]
pub struct RuleError {
    /// The file.
    pub path: Arc<str>,
    /// Its text, for the caret.
    pub text: Arc<str>,
    /// Where in the text.
    pub span: Option<Range<usize>>,
    /// What is wrong.
    pub message: String,
    /// A way out: usually the nearest known key.
    pub hint: Option<String>,
}

impl RuleError {
    /// An error at a span of a file.
    pub fn new(path: &str, text: &str, span: Option<Range<usize>>, message: impl Into<String>) -> Self {
        Self { path: Arc::from(path), text: Arc::from(text), span, message: message.into(), hint: None }
    }

    /// With a way out.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// From the TOML parser; an unknown key gets the nearest known one as a hint.
    pub fn from_toml(path: &str, text: &str, error: &toml::de::Error) -> Self {
        let message = error.message().to_owned();
        let hint = nearest_in(&message);
        Self { path: Arc::from(path), text: Arc::from(text), span: error.span(), message, hint }
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " ({hint})")?;
        }
        Ok(())
    }
}

impl std::error::Error for RuleError {}

/// `did you mean …` from serde's "unknown field `x`, expected one of `a`, `b`".
fn nearest_in(message: &str) -> Option<String> {
    let mut names = message.split('`').skip(1).step_by(2);
    let wrong = names.next().filter(|_| message.starts_with("unknown"))?;
    nearest(wrong, names).map(|name| format!("did you mean `{name}`?"))
}

/// The most similar of some names, when it is similar enough to be meant.
pub fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|name| (strsim::jaro_winkler(wrong, name), name))
        .filter(|(score, _)| *score > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
