//! One JSON object per line: every finding, every notice, then the summary, told apart by `type`.

use super::{Report, Summary, json};
use serde::Serialize;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Finding(Box<json::JsonFinding<'a>>),
    Notice(json::JsonNotice<'a>),
    Summary(Summary),
}

/// The whole report.
pub fn render(report: &Report<'_>) -> Vec<u8> {
    let findings = json::findings(report).into_iter().map(|finding| Line::Finding(Box::new(finding)));
    let notices = report.notices.iter().map(|n| Line::Notice(json::notice(n, report.language)));
    let mut out = Vec::new();
    for line in findings.chain(notices).chain([Line::Summary(report.summary)]) {
        // Writing to memory cannot fail, and all of it has a JSON form.
        let _ = serde_json::to_writer(&mut out, &line);
        out.push(b'\n');
    }
    out
}
