//! Reports, drawn from findings and rule records only.

pub mod json;
pub mod references;

use crate::finding::{Finding, Related};
use crate::rules::{Language, Record, Rules, render};

/// A finding's words in one language.
pub struct Worded<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// Its rule's record.
    pub record: &'a Record,
    language: Language,
}

impl<'a> Worded<'a> {
    /// Words for a finding; `None` when its rule is unknown.
    pub fn new(finding: &'a Finding, rules: &'a Rules, language: Language) -> Option<Self> {
        let record = &rules.find(&finding.code)?.record;
        Some(Self { finding, record, language })
    }

    fn variant(&self) -> Option<&'a crate::rules::Variant> {
        self.record.variant.get(self.finding.variant?)
    }

    /// The message.
    pub fn message(&self) -> String {
        let words = self.variant().and_then(|v| v.message.as_ref()).unwrap_or(&self.record.message);
        render(self.language.pick(words), &[&self.finding.args], self.language)
    }

    /// The help, when there is one.
    pub fn help(&self) -> Option<String> {
        let words = self.variant().and_then(|v| v.help.as_ref()).or(self.record.help.as_ref())?;
        Some(render(self.language.pick(words), &[&self.finding.args], self.language))
    }

    /// The message of the fix.
    pub fn fix(&self) -> Option<String> {
        let words = self.variant().and_then(|v| v.fix.as_ref()).or(self.record.fix.as_ref())?;
        Some(render(self.language.pick(words), &[&self.finding.args], self.language))
    }

    /// The message of a related place.
    pub fn related(&self, related: &Related) -> String {
        let words =
            related.label.and_then(|label| self.record.labels.get(label)).or(self.record.related.as_ref());
        words.map_or_else(String::new, |words| {
            render(self.language.pick(words), &[&related.args, &self.finding.args], self.language)
        })
    }
}
