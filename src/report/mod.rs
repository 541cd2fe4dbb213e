//! Reports, drawn from findings and rule records only.

pub mod abbreviations;
pub mod clean;
pub mod concise;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod jsonl;
pub mod markdown;
pub mod references;
pub mod sarif;
mod snippet;
pub mod summary;
pub mod text;
pub mod xml;

use crate::finding::{Finding, Localised, Related, Severity};
use crate::rules::{Language, Record, Rules, render};
use serde::Serialize;
use std::sync::Arc;

/// Everything one run has to say.
pub struct Report<'a> {
    /// Names of the documents read, in order.
    pub files: &'a [String],
    /// What is shown, in order.
    pub findings: &'a [Finding],
    /// What could not be read, was passed over, or could not be decided.
    pub notices: &'a [Notice],
    /// Counts.
    pub summary: Summary,
    /// The rules that ran, for their words.
    pub rules: &'a Rules,
    /// Language of the words.
    pub language: Language,
    /// The documents themselves, for the HTML report only: elsewhere empty.
    pub exhibits: &'a [html::Exhibit],
}

/// Forms of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: the place, marked in its line
    Text,
    /// One line per finding
    Concise,
    /// For programs
    Json,
    /// The same, one object per line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// GitHub annotations
    Github,
    /// GitLab code quality
    Gitlab,
    /// JUnit XML
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// A comment on a pull request
    Markdown,
    /// One page for a browser, to send to an author
    Html,
}

/// A report in a form; `quiet` leaves notes and summary out of the forms for people.
pub fn render_as(report: &Report<'_>, format: Format, quiet: bool) -> Vec<u8> {
    match format {
        Format::Text => text::render(report, quiet),
        Format::Concise => concise::render(report, quiet),
        Format::Json => json::render(report),
        Format::Jsonl => jsonl::render(report),
        Format::Sarif => sarif::render(report),
        Format::Github => github::render(report),
        Format::Gitlab => gitlab::render(report),
        Format::Junit => xml::junit(report),
        Format::Checkstyle => xml::checkstyle(report),
        Format::Markdown => markdown::render(report),
        Format::Html => html::render(report),
    }
}

/// Why a notice is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NoticeKind {
    /// Something named could not be read: exit status 2.
    Unreadable,
    /// A check could not decide about a document.
    Abstained,
    /// Something was passed over, and why.
    Skipped,
}

/// What is no finding and must still be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its kind.
    pub kind: NoticeKind,
    /// The file or folder.
    pub path: Option<String>,
    /// The rule, for abstentions.
    pub code: Option<Arc<str>>,
    /// The words.
    pub message: Localised,
}

impl Notice {
    /// A notice about a path.
    pub fn new(kind: NoticeKind, path: &str, en: impl Into<String>, zh: impl Into<String>) -> Self {
        let message = Localised { en: en.into(), zh: zh.into() };
        Self { kind, path: Some(path.to_owned()), code: None, message }
    }
}

/// Counts of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Summary {
    /// Documents read and checked.
    pub files: usize,
    /// Files and folders that could not be read.
    pub unreadable: usize,
    /// Findings shown.
    pub shown: usize,
    /// Findings below the severity or confidence asked for.
    pub hidden: usize,
    /// Findings silenced by suppressions.
    pub suppressed: usize,
    /// Findings known from the baseline.
    pub baselined: usize,
    /// Shown findings with a fix.
    pub fixable: usize,
    /// Shown errors.
    pub errors: usize,
    /// Shown warnings.
    pub warnings: usize,
    /// Shown infos.
    pub infos: usize,
}

impl Summary {
    /// Count what is shown.
    pub fn count(&mut self, findings: &[Finding]) {
        let of = |severity| findings.iter().filter(|f| f.severity == severity).count();
        self.shown = findings.len();
        self.errors = of(Severity::Error);
        self.warnings = of(Severity::Warning);
        self.infos = of(Severity::Info);
        self.fixable = findings.iter().filter(|f| f.fix.is_some()).count();
    }
}

/// A finding's words in one language.
pub struct Worded<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// Its rule's record.
    pub record: &'a Record,
    /// True for rules inside the binary.
    pub builtin: bool,
    language: Language,
}

impl<'a> Worded<'a> {
    /// Words for a finding; `None` when its rule is unknown.
    pub fn new(finding: &'a Finding, rules: &'a Rules, language: Language) -> Option<Self> {
        let rule = rules.of_code(&finding.code)?;
        Some(Self { finding, record: &rule.record, builtin: rule.builtin, language })
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
