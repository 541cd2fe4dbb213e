//! The two XML forms: JUnit and Checkstyle.

use super::{NoticeKind, Report, Worded, clean};
use crate::finding::{Finding, Severity};
use std::collections::BTreeMap;
use std::fmt::Write;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// A text in XML. Control characters, which XML 1.0 does not allow at all, become visible.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in clean::prose(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Findings by file; every file read is there, those without findings, too.
fn by_file<'a>(report: &'a Report<'_>) -> BTreeMap<&'a str, Vec<&'a Finding>> {
    let mut files: BTreeMap<&str, Vec<&Finding>> =
        report.files.iter().map(|file| (file.as_str(), Vec::new())).collect();
    for finding in report.findings {
        files.entry(&finding.place.path).or_default().push(finding);
    }
    files
}

/// JUnit: a suite per file; errors and warnings are failures, infos pass with their words, what could
/// not be read is an error.
pub fn junit(report: &Report<'_>) -> Vec<u8> {
    let mut suites = String::new();
    let (mut tests, mut failures, mut errors) = (0, 0, 0);
    for (path, findings) in by_file(report) {
        let failing = findings.iter().filter(|f| f.severity >= Severity::Warning).count();
        let cases = findings.len().max(1);
        tests += cases;
        failures += failing;
        let path = escape(path);
        let _ = writeln!(
            suites,
            "  <testsuite name=\"{path}\" tests=\"{cases}\" failures=\"{failing}\" errors=\"0\" skipped=\"0\" time=\"0\">"
        );
        if findings.is_empty() {
            let _ = writeln!(suites, "    <testcase name=\"exolint\" classname=\"{path}\" time=\"0\"/>");
        }
        for finding in findings {
            case(&mut suites, finding, &path, report);
        }
        suites.push_str("  </testsuite>\n");
    }
    for notice in report.notices.iter().filter(|notice| notice.kind == NoticeKind::Unreadable) {
        let path = escape(notice.path.as_deref().unwrap_or_default());
        let message = escape(report.language.pick(&notice.message));
        tests += 1;
        errors += 1;
        let _ = writeln!(
            suites,
            "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\" time=\"0\">\n    \
             <testcase name=\"exolint\" classname=\"{path}\" time=\"0\">\n      \
             <error message=\"{message}\" type=\"unreadable\">{message}</error>\n    </testcase>\n  </testsuite>"
        );
    }
    format!(
        "{HEAD}<testsuites name=\"exolint\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" time=\"0\">\n{suites}</testsuites>\n"
    )
    .into_bytes()
}

fn case(out: &mut String, finding: &Finding, path: &str, report: &Report<'_>) {
    let Some(words) = Worded::new(finding, report.rules, report.language) else { return };
    let start = finding.place.range.start;
    let at = format!("{path}:{}:{}", start.line, start.column);
    let message = escape(&words.message());
    let help = words.help().map(|help| format!("\n{}", escape(&help))).unwrap_or_default();
    let _ = writeln!(
        out,
        "    <testcase name=\"{} {} at {}:{}\" classname=\"{path}\" time=\"0\">",
        words.record.code, words.record.name, start.line, start.column
    );
    let _ = if finding.severity >= Severity::Warning {
        let severity = finding.severity.word();
        writeln!(
            out,
            "      <failure message=\"{message}\" type=\"{severity}\">{at}: {message}{help}</failure>"
        )
    } else {
        writeln!(out, "      <system-out>{at}: {message}{help}</system-out>")
    };
    out.push_str("    </testcase>\n");
}

/// Checkstyle.
pub fn checkstyle(report: &Report<'_>) -> Vec<u8> {
    let mut out = format!("{HEAD}<checkstyle version=\"4.3\">\n");
    for (path, findings) in by_file(report) {
        let _ = writeln!(out, "  <file name=\"{}\">", escape(path));
        for finding in findings {
            let Some(words) = Worded::new(finding, report.rules, report.language) else { continue };
            let start = finding.place.range.start;
            let _ = writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"exolint.{}.{}\"/>",
                start.line,
                start.column,
                finding.severity.word(),
                escape(&words.message()),
                words.record.family().word(),
                words.record.code,
            );
        }
        out.push_str("  </file>\n");
    }
    out.push_str("</checkstyle>\n");
    out.into_bytes()
}
