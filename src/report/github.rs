//! GitHub workflow commands: annotations on a pull request.

use super::{NoticeKind, Report, Worded, clean};
use crate::finding::Severity;
use std::fmt::Write;

/// One command per finding; GitHub shows at most ten of each kind per step.
pub fn render(report: &Report<'_>) -> Vec<u8> {
    let mut out = String::new();
    for finding in report.findings {
        let Some(words) = Worded::new(finding, report.rules, report.language) else { continue };
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let (start, end) = (finding.place.range.start, finding.place.range.end);
        let _ = write!(out, "::{command} file={},line={}", property(&finding.place.path), start.line);
        // Columns count only within one line.
        if start.line == end.line {
            let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
        } else {
            let _ = write!(out, ",endLine={}", end.line);
        }
        let title = format!("{} {}", words.record.code, words.record.name);
        let message = clean::prose(&words.message()).into_owned();
        let message = match words.help() {
            Some(help) => format!("{message}\n{}", clean::prose(&help)),
            None => message,
        };
        let _ = writeln!(out, ",title={}::{}", property(&title), data(&message));
    }
    for notice in report.notices.iter().filter(|notice| notice.kind == NoticeKind::Unreadable) {
        let path = notice.path.as_deref().unwrap_or_default();
        let message = report.language.pick(&notice.message);
        let _ = writeln!(out, "::error file={}::{}", property(path), data(&clean::prose(message)));
    }
    out.into_bytes()
}

/// The text after `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value between `=` and `,`.
fn property(text: &str) -> String {
    data(&clean::line(text)).replace(':', "%3A").replace(',', "%2C")
}
