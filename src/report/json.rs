//! The JSON report.

use super::{Notice, Report, Worded};
use crate::finding::Finding;
use crate::rules::{Language, Rules};
use serde_json::{Value, json};

/// Version of the report's form; raised when a field changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;
/// Where the pages of the built-in rules stand.
const PAGES: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/rules/");

/// The whole report.
pub fn render(report: &Report<'_>) -> Vec<u8> {
    let findings: Vec<Value> =
        report.findings.iter().filter_map(|f| finding(f, report.rules, report.language)).collect();
    let notices: Vec<Value> = report.notices.iter().map(|n| notice(n, report.language)).collect();
    let value = json!({
        "schema_version": SCHEMA_VERSION,
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "findings": findings,
        "notices": notices,
        "summary": report.summary,
    });
    let mut out = serde_json::to_vec_pretty(&value).unwrap_or_default();
    out.push(b'\n');
    out
}

/// Address of a built-in rule's page.
pub fn url(code: &str, builtin: bool) -> Option<String> {
    builtin.then(|| format!("{PAGES}{code}.md"))
}

fn notice(notice: &Notice, language: Language) -> Value {
    let mut value = json!({
        "kind": notice.kind,
        "path": notice.path,
        "message": language.pick(&notice.message),
    });
    if let Some(code) = &notice.code {
        value["code"] = json!(&**code);
    }
    value
}

/// One finding as JSON.
pub fn finding(finding: &Finding, rules: &Rules, language: Language) -> Option<Value> {
    let words = Worded::new(finding, rules, language)?;
    let place = &finding.place;
    let mut value = json!({
        "code": words.record.code,
        "name": words.record.name,
        "family": words.record.family().word(),
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": words.message(),
        "help": words.help(),
        "url": url(&words.record.code, rules.find(&finding.code).is_some_and(|rule| rule.builtin)),
        "path": &*place.path,
        "text": place.text,
        "range": place.range,
        "related": finding.related.iter().map(|related| json!({
            "path": &*related.place.path,
            "range": related.place.range,
            "message": words.related(related),
        })).collect::<Vec<_>>(),
        "fix": finding.fix.as_ref().map(|fix| json!({
            "safety": fix.safety,
            "message": words.fix().unwrap_or_default(),
            "edits": fix.edits,
        })),
        "fingerprint": finding.fingerprint,
    });
    if place.segments.len() > 1 {
        value["segments"] = json!(place.segments);
    }
    Some(value)
}
