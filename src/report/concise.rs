//! One line per finding: `path:line:col: severity[CODE] message`.

use super::{Report, Worded, clean, summary};
use std::fmt::Write;

/// The whole report. Severity words stay English: editors match them.
pub fn render(report: &Report<'_>, quiet: bool) -> Vec<u8> {
    let mut out = String::new();
    for finding in report.findings {
        let Some(words) = Worded::new(finding, report.rules, report.language) else { continue };
        let start = finding.place.range.start;
        let _ = writeln!(
            out,
            "{}:{}:{}: {}[{}] {}",
            clean::line(&finding.place.path),
            start.line,
            start.column,
            finding.severity.word(),
            words.record.code,
            clean::prose(&words.message()),
        );
    }
    if !quiet {
        out.push_str(&summary::text(report));
    }
    out.into_bytes()
}
