//! The words after the findings: what could not be read or decided, and one line that accounts for all.

use super::{NoticeKind, Report, clean, text};
use crate::finding::Severity;
use crate::rules::Language;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// Notices that are no errors (those went to standard error), and the summary line.
pub fn text(report: &Report<'_>) -> String {
    let mut out = String::new();
    let language = report.language;
    for notice in report.notices.iter().filter(|n| n.kind != NoticeKind::Unreadable) {
        let word = if language == Language::Zh { "说明" } else { "note" };
        let code = notice.code.as_ref().map(|code| format!("[{code}]")).unwrap_or_default();
        let path = notice.path.as_ref().map(|p| format!("{}: ", clean::line(p))).unwrap_or_default();
        let _ = writeln!(out, "{word}{code}: {path}{}", clean::prose(language.pick(&notice.message)));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(&line(report));
    out.push('\n');
    out
}

/// The summary line.
pub fn line(report: &Report<'_>) -> String {
    match report.language {
        Language::En => english(report),
        Language::Zh => chinese(report),
    }
}

fn english(report: &Report<'_>) -> String {
    let s = &report.summary;
    let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let mut line = format!("{} read", count(s.files, "file"));
    if s.unreadable > 0 {
        let _ = write!(line, ", {} not read", s.unreadable);
    }
    let _ = match s.shown {
        0 => write!(line, ": nothing found"),
        n => write!(
            line,
            ": {} ({}, {}, {})",
            count(n, "finding"),
            count(s.errors, "error"),
            count(s.warnings, "warning"),
            count(s.infos, "info"),
        ),
    };
    for (n, what) in [
        (s.hidden, "hidden by severity or confidence"),
        (s.suppressed, "suppressed"),
        (s.baselined, "in the baseline"),
        (s.fixable, "with a fix"),
    ] {
        if n > 0 {
            let _ = write!(line, "; {n} {what}");
        }
    }
    line
}

fn chinese(report: &Report<'_>) -> String {
    let s = &report.summary;
    let mut line = format!("已读取 {} 个文件", s.files);
    if s.unreadable > 0 {
        let _ = write!(line, "，{} 个未能读取", s.unreadable);
    }
    let _ = match s.shown {
        0 => write!(line, "：未发现问题"),
        n => write!(line, "：共 {n} 处（错误 {}，警告 {}，提示 {}）", s.errors, s.warnings, s.infos),
    };
    for (n, what) in [
        (s.hidden, "处低于显示的严重程度或置信度"),
        (s.suppressed, "处已被忽略规则屏蔽"),
        (s.baselined, "处已列入基线"),
        (s.fixable, "处附有修改建议"),
    ] {
        if n > 0 {
            let _ = write!(line, "；{n} {what}");
        }
    }
    line
}

/// `--statistics`: how often each rule was reported, most frequent first.
pub fn statistics(report: &Report<'_>) -> String {
    let mut counts: BTreeMap<(Arc<str>, Severity), usize> = BTreeMap::new();
    for finding in report.findings {
        *counts.entry((finding.code.clone(), finding.severity)).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut out = String::new();
    for ((code, severity), n) in rows {
        let name = report.rules.find(&code).map_or("", |rule| rule.record.name.as_str());
        let _ =
            writeln!(out, "{n:>6}  {code:<8} {:<8} {name}", text::severity_word(severity, report.language));
    }
    out
}
