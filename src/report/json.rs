//! The JSON report, and the form of a finding that other formats for programs share.

use super::{Notice, NoticeKind, Report, Summary, Worded};
use crate::document::Range;
use crate::finding::{Confidence, Edit, Finding, Safety, Severity};
use crate::rules::{Language, Rules};
use schemars::JsonSchema;
use serde::Serialize;

/// Version of the report's form; raised when a field changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;
/// Where the pages of the built-in rules stand.
const PAGES: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/rules/");

/// The whole report.
#[derive(Serialize, JsonSchema)]
pub struct Whole<'a> {
    /// Raised when a field changes its meaning or goes away.
    schema_version: u32,
    /// Who wrote the report.
    tool: Tool,
    /// Exactly what is shown.
    findings: Vec<JsonFinding<'a>>,
    /// What could not be read or decided.
    notices: Vec<JsonNotice<'a>>,
    /// Counts.
    summary: Summary,
}

/// Who wrote the report.
#[derive(Serialize, JsonSchema)]
pub struct Tool {
    /// Name of the program.
    name: &'static str,
    /// Its version.
    version: &'static str,
}

/// This program.
pub const TOOL: Tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };

/// A finding in words of one language.
#[derive(Serialize, JsonSchema)]
pub struct JsonFinding<'a> {
    /// Code of the rule.
    pub code: &'a str,
    /// Name of the rule.
    pub name: &'a str,
    /// Family of the rule.
    #[schemars(with = "crate::rules::Family")]
    pub family: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// How sure the check is.
    pub confidence: Confidence,
    /// The message.
    pub message: String,
    /// Reason and request.
    pub help: Option<String>,
    /// The rule's page.
    pub url: Option<String>,
    /// The file.
    pub path: &'a str,
    /// The characters in question, as read.
    pub text: &'a str,
    /// Where they stand.
    pub range: Range,
    /// The unbroken stretches, when there are several.
    #[serde(skip_serializing_if = "<[Range]>::is_empty")]
    pub segments: &'a [Range],
    /// Other places.
    pub related: Vec<JsonRelated<'a>>,
    /// A proposed change.
    pub fix: Option<JsonFix<'a>>,
    /// The same for the same finding in the next run.
    pub fingerprint: &'a str,
}

/// Another place of a finding.
#[derive(Serialize, JsonSchema)]
pub struct JsonRelated<'a> {
    /// The file.
    pub path: &'a str,
    /// Where.
    pub range: Range,
    /// What is there.
    pub message: String,
}

/// A proposed change.
#[derive(Serialize, JsonSchema)]
pub struct JsonFix<'a> {
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// What it does.
    pub message: String,
    /// Replacements.
    pub edits: &'a [Edit],
}

/// What is no finding and must still be said.
#[derive(Serialize, JsonSchema)]
pub struct JsonNotice<'a> {
    /// Why it is there.
    kind: NoticeKind,
    /// The file.
    path: Option<&'a str>,
    /// The rule it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    /// What is to be known.
    message: &'a str,
}

/// The whole report.
pub fn render(report: &Report<'_>) -> Vec<u8> {
    let whole = Whole {
        schema_version: SCHEMA_VERSION,
        tool: TOOL,
        findings: findings(report),
        notices: report.notices.iter().map(|n| notice(n, report.language)).collect(),
        summary: report.summary,
    };
    let mut out = serde_json::to_vec_pretty(&whole).unwrap_or_default();
    out.push(b'\n');
    out
}

/// All findings of a report.
pub fn findings<'a>(report: &Report<'a>) -> Vec<JsonFinding<'a>> {
    report.findings.iter().filter_map(|f| finding(f, report.rules, report.language)).collect()
}

/// Address of a built-in rule's page.
pub fn url(code: &str, builtin: bool) -> Option<String> {
    builtin.then(|| format!("{PAGES}{code}.md"))
}

/// One notice.
pub fn notice(notice: &Notice, language: Language) -> JsonNotice<'_> {
    JsonNotice {
        kind: notice.kind,
        path: notice.path.as_deref(),
        code: notice.code.as_deref(),
        message: language.pick(&notice.message),
    }
}

/// One finding; `None` when its rule is unknown.
pub fn finding<'a>(finding: &'a Finding, rules: &'a Rules, language: Language) -> Option<JsonFinding<'a>> {
    let words = Worded::new(finding, rules, language)?;
    let place = &finding.place;
    let related = finding.related.iter().map(|related| JsonRelated {
        path: &related.place.path,
        range: related.place.range,
        message: words.related(related),
    });
    let fix = finding.fix.as_ref().map(|fix| JsonFix {
        safety: fix.safety,
        message: words.fix().unwrap_or_default(),
        edits: &fix.edits,
    });
    Some(JsonFinding {
        code: &words.record.code,
        name: &words.record.name,
        family: words.record.family().word(),
        severity: finding.severity,
        confidence: finding.confidence,
        message: words.message(),
        help: words.help(),
        url: url(&words.record.code, words.builtin),
        path: &place.path,
        text: &place.text,
        range: place.range,
        segments: if place.segments.len() > 1 { &place.segments } else { &[] },
        related: related.collect(),
        fix,
        fingerprint: &finding.fingerprint,
    })
}
