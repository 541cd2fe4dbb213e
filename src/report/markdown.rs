//! Markdown for a comment on a pull request.

use super::{Report, Worded, clean, summary, text};
use crate::rules::Language;
use std::fmt::Write;

/// Most findings of one comment (GitHub takes 65,536 characters).
const MOST: usize = 200;

/// A table of findings and the summary.
pub fn render(report: &Report<'_>) -> Vec<u8> {
    let zh = report.language == Language::Zh;
    let mut out = format!("### exolint\n\n{}\n", escape(&summary::line(report)));
    if !report.findings.is_empty() {
        out.push_str(if zh {
            "\n| 位置 | 程度 | 规则 | 内容 |\n|---|---|---|---|\n"
        } else {
            "\n| place | severity | rule | finding |\n|---|---|---|---|\n"
        });
    }
    for finding in report.findings.iter().take(MOST) {
        let Some(words) = Worded::new(finding, report.rules, report.language) else { continue };
        let start = finding.place.range.start;
        let rule = match super::json::url(&words.record.code, words.builtin) {
            Some(url) => format!("[{}]({url})", words.record.code),
            None => words.record.code.clone(),
        };
        let _ = writeln!(
            out,
            "| {}:{}:{} | {} | {rule} | {} |",
            escape(&finding.place.path),
            start.line,
            start.column,
            text::severity_word(finding.severity, report.language),
            escape(&words.message()),
        );
    }
    if let Some(rest) = report.findings.len().checked_sub(MOST).filter(|&rest| rest > 0) {
        let _ = if zh {
            writeln!(out, "\n另有 {rest} 处未列出。")
        } else {
            writeln!(out, "\n{rest} more are not listed.")
        };
    }
    out.into_bytes()
}

/// Words of a document as words: no markup, no mention, no link of their own. Addresses and `@` are
/// broken by an empty comment, since GitHub links them whatever is escaped.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    for c in clean::prose(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '!' => {
                out.push('\\');
                out.push(c);
            }
            '@' | '#' => {
                out.push(c);
                out.push_str("<!-- -->");
            }
            '/' if before == ':' => out.push_str("<!-- -->/"),
            '.' if before == 'w' || before == 'W' => out.push_str("<!-- -->."),
            c => out.push(c),
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        assert_eq!(escape("a|b <c> @d"), "a\\|b &lt;c&gt; @<!-- -->d");
        assert_eq!(escape("https://x www.y.z"), "https:<!-- -->//x www<!-- -->.y.z");
        assert_eq!(escape("![p](q)"), "\\!\\[p\\](q)");
    }
}
