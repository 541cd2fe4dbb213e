//! SARIF 2.1.0, for code scanning.

use super::json::{JsonFinding, JsonRelated};
use super::{NoticeKind, Report, clean, json};
use crate::document::Range;
use crate::finding::Severity;
use crate::rules::Rule;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The whole report.
pub fn render(report: &Report<'_>) -> Vec<u8> {
    let findings = json::findings(report);
    let mut used: BTreeMap<&str, usize> = findings.iter().map(|finding| (finding.code, 0)).collect();
    for (index, (_, at)) in used.iter_mut().enumerate() {
        *at = index;
    }
    let rules: Vec<Value> = used
        .keys()
        .filter_map(|code| report.rules.of_code(code))
        .map(|rule| descriptor(rule, report))
        .collect();
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, used[finding.code])).collect();
    let notifications: Vec<Value> = report
        .notices
        .iter()
        .map(|notice| {
            let level = if notice.kind == NoticeKind::Unreadable { "error" } else { "note" };
            let mut value = json!({
                "level": level,
                "message": { "text": clean::prose(report.language.pick(&notice.message)) },
            });
            if let Some(path) = &notice.path {
                value["locations"] =
                    json!([{ "physicalLocation": { "artifactLocation": { "uri": uri(path) } } }]);
            }
            value
        })
        .collect();
    let value = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": report.summary.unreadable == 0,
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    });
    let mut out = serde_json::to_vec_pretty(&value).unwrap_or_default();
    out.push(b'\n');
    out
}

fn descriptor(rule: &Rule, report: &Report<'_>) -> Value {
    let record = &rule.record;
    let say = |words: Option<&crate::finding::Localised>| {
        words.map(|words| report.language.pick(words).trim().to_owned()).unwrap_or_default()
    };
    let about = say(record.about.as_ref());
    let mut value = json!({
        "id": record.code,
        "name": record.name,
        "shortDescription": { "text": record.name.replace('-', " ") },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": [record.family().word()] },
    });
    if !about.is_empty() {
        value["fullDescription"] = json!({ "text": about });
        value["help"] = json!({ "text": about });
    }
    if let Some(url) = json::url(&record.code, rule.builtin) {
        value["helpUri"] = json!(url);
    }
    value
}

fn result(finding: &JsonFinding<'_>, index: usize) -> Value {
    let mut text = clean::prose(&finding.message).into_owned();
    if let Some(help) = &finding.help {
        let _ = write!(text, "\n{}", clean::prose(help));
    }
    let mut value = json!({
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": physical(finding.path, &finding.range) }],
        "partialFingerprints": { "exolint/v1": finding.fingerprint },
        "properties": { "confidence": finding.confidence },
    });
    if !finding.related.is_empty() {
        value["relatedLocations"] =
            finding.related.iter().enumerate().map(|(id, r)| related(id, r)).collect();
    }
    if let Some(fix) = &finding.fix {
        let replacements: Vec<Value> = fix
            .edits
            .iter()
            .map(|edit| {
                json!({ "deletedRegion": region(&edit.range), "insertedContent": { "text": edit.replacement } })
            })
            .collect();
        let mut proposed = json!({
            "artifactChanges": [{
                "artifactLocation": { "uri": uri(finding.path) },
                "replacements": replacements,
            }],
        });
        if !fix.message.is_empty() {
            proposed["description"] = json!({ "text": clean::prose(&fix.message) });
        }
        value["fixes"] = json!([proposed]);
    }
    value
}

fn related(id: usize, related: &JsonRelated<'_>) -> Value {
    let mut value = json!({ "id": id + 1, "physicalLocation": physical(related.path, &related.range) });
    if !related.message.is_empty() {
        value["message"] = json!({ "text": clean::prose(&related.message) });
    }
    value
}

fn physical(path: &str, range: &Range) -> Value {
    json!({ "artifactLocation": { "uri": uri(path) }, "region": region(range) })
}

fn region(range: &Range) -> Value {
    json!({
        "startLine": range.start.line, "startColumn": range.start.column,
        "endLine": range.end.line, "endColumn": range.end.column,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A path as a relative reference (RFC 3986): everything but unreserved characters and `/` in percent
/// form, so that no name can be read as a scheme, query or second place.
pub fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
