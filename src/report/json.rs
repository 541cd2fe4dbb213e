//! The JSON report.

use super::Worded;
use crate::finding::Finding;
use crate::rules::{Language, Rules};
use serde_json::{Value, json};

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
