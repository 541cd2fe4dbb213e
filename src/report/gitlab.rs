//! GitLab's code quality report.

use super::{Report, clean, json};
use crate::finding::Severity;
use serde_json::{Value, json};

/// The whole report.
pub fn render(report: &Report<'_>) -> Vec<u8> {
    let issues: Vec<Value> = json::findings(report)
        .iter()
        .map(|finding| {
            let severity = match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            };
            json!({
                "description": format!("{}: {}", finding.code, clean::prose(&finding.message)),
                "check_name": finding.name,
                "fingerprint": finding.fingerprint,
                "severity": severity,
                "location": {
                    "path": finding.path,
                    "lines": { "begin": finding.range.start.line, "end": finding.range.end.line },
                },
            })
        })
        .collect();
    let mut out = serde_json::to_vec_pretty(&issues).unwrap_or_default();
    out.push(b'\n');
    out
}
