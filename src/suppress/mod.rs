//! Suppressions: findings a person looked at and decided to keep, each with a reason.
//!
//! In Markdown a comment: `<!-- exolint-ignore[CIT003]: reason -->` for the next line with text (or its own,
//! when text stands beside it), `exolint-ignore-start[…]: reason` up to `exolint-ignore-end`, and
//! `exolint-ignore-file[…]: reason`. Elsewhere `[[ignore]]` tables, in `exolint.toml` or in a file beside the
//! document ([`sidecar`]).

pub mod sidecar;

use crate::document::{BlockKind, Document, Format, MarkKind, Place, Range as PlaceRange};
use crate::finding::{Edit, Finding, Fix, Safety};
use crate::rules::{Rule, Rules, nearest};
use crate::source::{Source, SourceSpan};
use globset::GlobMatcher;
use std::ops::{Range, RangeInclusive};

/// The rule that reports a suppression nothing needed.
pub const UNUSED: &str = "SUP001";
/// The rule that reports a suppression without a reason.
pub const NO_REASON: &str = "SUP002";
/// The rule that reports a suppression that names no rule.
pub const UNKNOWN: &str = "SUP003";

/// What a suppression covers.
#[derive(Debug, Clone)]
pub enum Cover {
    /// Lines of the file it stands in.
    Lines(RangeInclusive<usize>),
    /// The whole file it stands in.
    File,
    /// From a file beside a document: its findings that hold a text.
    Document {
        /// The document.
        path: String,
        /// Characters the finding must hold; any when `None`.
        text: Option<String>,
    },
    /// From the configuration: files by glob, and findings that hold a text.
    Config {
        /// Paths relative to the configuration; all when `None`.
        paths: Option<GlobMatcher>,
        /// Characters the finding must hold; any when `None`.
        text: Option<String>,
    },
}

/// One suppression.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// What it covers.
    pub cover: Cover,
    /// Codes or names of rules.
    pub codes: Vec<String>,
    /// Why; without one it does not count.
    pub reason: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// How it is taken away again.
    pub delete: Option<Edit>,
    /// True when the run covers all it means, so that it can be called unused.
    pub judged: bool,
}

/// What applying suppressions came to.
#[derive(Debug, Default)]
pub struct Applied {
    /// Findings that are left.
    pub kept: Vec<Finding>,
    /// How many were silenced.
    pub suppressed: usize,
    /// What is wrong with the suppressions themselves.
    pub problems: Vec<Finding>,
}

/// Take away the findings that suppressions cover, and report suppressions that are unused, give no
/// reason or name no rule. `runs` tells which rules ran over a path: for the others nobody knows whether a
/// suppression is needed. `root_path` gives a finding's path relative to the configuration.
pub fn apply(
    findings: Vec<Finding>,
    suppressions: &[Suppression],
    rules: &Rules,
    runs: &dyn Fn(&Rule, &str) -> bool,
    root_path: &dyn Fn(&str) -> String,
) -> Applied {
    let mut applied = Applied::default();
    let mut used: Vec<Vec<bool>> = suppressions.iter().map(|s| vec![false; s.codes.len()]).collect();
    for finding in findings {
        let mut covered = false;
        for (suppression, used) in suppressions.iter().zip(&mut used) {
            let named = suppression.codes.iter().position(|code| names(rules, code, &finding.code));
            if let Some(at) = named.filter(|_| suppression.covers(&finding, root_path)) {
                used[at] = true;
                covered = true;
            }
        }
        if covered { applied.suppressed += 1 } else { applied.kept.push(finding) }
    }
    let mut report = |code: &str, finding: Option<Finding>| {
        let Some((rule, mut finding)) = rules.of_code(code).zip(finding) else { return };
        if !runs(rule, &finding.place.path) {
            return;
        }
        finding.code = rule.code.clone();
        finding.severity = rule.severity;
        applied.problems.push(finding);
    };
    for (suppression, used) in suppressions.iter().zip(&used) {
        report(NO_REASON, suppression.without_reason());
        report(UNKNOWN, suppression.unknown(rules));
        report(UNUSED, suppression.unused(used, rules, runs));
    }
    applied
}

/// True when a code or name means the rule of `code`.
fn names(rules: &Rules, name: &str, code: &str) -> bool {
    name.eq_ignore_ascii_case(code) || rules.of_code(code).is_some_and(|rule| rule.record.name == name)
}

impl Suppression {
    fn covers(&self, finding: &Finding, root_path: &dyn Fn(&str) -> String) -> bool {
        if self.reason.is_none() {
            return false;
        }
        match &self.cover {
            Cover::Config { paths, text } => {
                let path = || root_path(&finding.place.path);
                paths.as_ref().is_none_or(|glob| glob.is_match(path()))
                    && text.as_ref().is_none_or(|text| finding.place.text.contains(text.as_str()))
            }
            Cover::Document { path, text } => {
                *finding.place.path == **path
                    && text.as_ref().is_none_or(|text| finding.place.text.contains(text.as_str()))
            }
            Cover::File => finding.place.path == self.place.path,
            Cover::Lines(lines) => {
                let range = finding.place.range;
                finding.place.path == self.place.path
                    && range.start.line <= *lines.end()
                    && *lines.start() <= range.end.line
            }
        }
    }

    fn without_reason(&self) -> Option<Finding> {
        let missing = self.reason.is_none() && !self.codes.is_empty();
        missing.then(|| Finding::at(self.place.clone()).arg("codes", self.codes.clone()))
    }

    fn unknown(&self, rules: &Rules) -> Option<Finding> {
        if self.codes.is_empty() {
            return Some(
                Finding::at(self.place.clone()).arg("name", "").arg("nearest", "").variant("no-rule"),
            );
        }
        let wrong = self.codes.iter().find(|code| rules.find(code).is_none())?;
        let codes = rules.rules.iter().map(|rule| rule.record.code.as_str());
        let near = nearest(&wrong.to_ascii_uppercase(), codes)
            .or_else(|| nearest(wrong, rules.rules.iter().map(|rule| rule.record.name.as_str())));
        let finding = Finding::at(self.place.clone()).arg("name", wrong.as_str());
        Some(match near {
            Some(near) => finding.arg("nearest", near).variant("nearest"),
            None => finding.arg("nearest", ""),
        })
    }

    fn unused(&self, used: &[bool], rules: &Rules, runs: &dyn Fn(&Rule, &str) -> bool) -> Option<Finding> {
        self.reason.as_ref().filter(|_| self.judged)?;
        let ran = |code: &String| rules.find(code).is_some_and(|rule| runs(rule, &self.place.path));
        let unused: Vec<String> = self
            .codes
            .iter()
            .zip(used)
            .filter(|(code, used)| !**used && ran(code))
            .map(|(c, _)| c.clone())
            .collect();
        if unused.is_empty() {
            return None;
        }
        let mut finding = Finding::at(self.place.clone()).arg("codes", unused.clone());
        if unused.len() == self.codes.len()
            && let Some(edit) = &self.delete
        {
            finding.fix = Some(Fix { safety: Safety::Safe, edits: vec![edit.clone()] });
        }
        Some(finding)
    }
}

/// The suppressions written in a document. Only Markdown has comments; those in code are examples.
pub fn read(document: &Document) -> Vec<Suppression> {
    let source = document.source();
    if document.format() != Format::Markdown || !source.text.contains("exolint-ignore") {
        return Vec::new();
    }
    let code = code_spans(document);
    let mut out: Vec<Suppression> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, _) in source.text.match_indices("<!--") {
        let Some(comment) = Comment::parse(&source.text, at) else { continue };
        if code.iter().any(|span| span.start <= at && at < span.end) {
            continue;
        }
        let line = source.position(at).line;
        let last = source.line_count();
        let cover = match comment.reach {
            "" => Cover::Lines(covered_line(source, &comment.bytes)),
            "-file" => Cover::File,
            "-start" => Cover::Lines(line..=last),
            "-end" => {
                if let Some(start) = open.pop()
                    && let Cover::Lines(lines) = &mut out[start].cover
                {
                    *lines = *lines.start()..=line;
                }
                continue;
            }
            _ => continue,
        };
        if comment.reach == "-start" {
            open.push(out.len());
        }
        let span = SourceSpan { source: 0, start: comment.bytes.start, end: comment.bytes.end };
        let place = document.place_of_source(&[span], source.text[comment.bytes.clone()].to_owned());
        let delete = Some(deletion(source, &comment.bytes));
        out.push(Suppression {
            cover,
            codes: comment.codes,
            reason: comment.reason,
            place,
            delete,
            judged: true,
        });
    }
    out
}

/// A comment that means us.
struct Comment<'a> {
    bytes: Range<usize>,
    reach: &'a str,
    codes: Vec<String>,
    reason: Option<String>,
}

impl<'a> Comment<'a> {
    /// `<!-- exolint-ignore-REACH[CODES]: REASON -->` at a byte. A comment is read up to 2,000 bytes.
    fn parse(text: &'a str, at: usize) -> Option<Self> {
        let body = text[at..].strip_prefix("<!--")?.trim_start().strip_prefix("exolint-ignore")?;
        let start = text.len() - body.len();
        let stop = (start + 2_000).min(text.len());
        let window = text.get(start..stop).unwrap_or(&text[start..]);
        let close = window.find("-->")?;
        let inner = &text[start..start + close];
        let (reach, rest) = inner.split_at(inner.find(['[', ':', ' ', '\n']).unwrap_or(inner.len()));
        let (codes, rest) = match rest.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((codes, rest)) => (codes, rest),
            None => ("", rest),
        };
        let codes =
            codes.split(',').map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect();
        let reason =
            rest.trim_start().strip_prefix([':', '：']).map(str::trim).filter(|reason| !reason.is_empty());
        Some(Self { bytes: at..start + close + 3, reach, codes, reason: reason.map(str::to_owned) })
    }
}

/// Its own line when text stands beside the comment, else the next line with text.
fn covered_line(source: &Source, bytes: &Range<usize>) -> RangeInclusive<usize> {
    let (first, last) = (source.position(bytes.start).line, source.position(bytes.end).line);
    let before = &source.text[source.line_range(first).start..bytes.start];
    let end = source.line_range(last).end.max(bytes.end);
    let after = &source.text[bytes.end..end];
    if !before.trim().is_empty() || !after.trim().is_empty() {
        return first..=last;
    }
    let text = |line: usize| source.text[source.line_range(line)].trim();
    // Comments one under the other all mean the text below them.
    let next = (last + 1..=source.line_count())
        .find(|&line| !text(line).is_empty() && !text(line).starts_with("<!-- exolint-ignore"));
    let next = next.unwrap_or(last);
    next..=next
}

/// Deletes the comment; its line with it when nothing else stands there.
fn deletion(source: &Source, bytes: &Range<usize>) -> Edit {
    let lines = source.position(bytes.start).line..=source.position(bytes.end).line;
    let (start, end) =
        (source.line_range(*lines.start()).start, source.line_range(*lines.end()).end.max(bytes.end));
    let alone =
        source.text[start..bytes.start].trim().is_empty() && source.text[bytes.end..end].trim().is_empty();
    let (start, end) = if alone {
        let rest = &source.text[end..];
        let newline = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
        (start, end + newline)
    } else {
        (bytes.start, bytes.end)
    };
    let range = PlaceRange { start: source.position(start), end: source.position(end) };
    Edit { range, replacement: String::new() }
}

/// Source bytes of code blocks and inline code.
fn code_spans(document: &Document) -> Vec<SourceSpan> {
    let blocks =
        document.blocks().iter().filter(|block| block.kind == BlockKind::Code).map(|block| block.span);
    let marks = document.marks().iter().filter(|mark| mark.kind == MarkKind::Code).map(|mark| mark.span);
    blocks.chain(marks).flat_map(|span| document.to_source(span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::read_text;

    #[test]
    fn comments_are_read_with_reach_codes_and_reason() {
        let text = "<!-- exolint-ignore-file[TXT001, CIT003]: 已与作者确认 -->\n\n<!--exolint-ignore[TXT003]-->\n\n能够能够。\n\n行内<!-- exolint-ignore[TXT003]: x -->能够能够。\n\n`<!-- exolint-ignore[TXT003]: an example -->`\n";
        let all = read(&read_text("a.md", text));
        assert_eq!(all.len(), 3, "{all:#?}");
        assert_eq!(all[0].codes, ["TXT001", "CIT003"]);
        assert_eq!(all[0].reason.as_deref(), Some("已与作者确认"));
        assert!(matches!(&all[1].cover, Cover::Lines(lines) if *lines == (5..=5)), "{:?}", all[1].cover);
        assert_eq!(all[1].reason, None);
        assert!(matches!(&all[2].cover, Cover::Lines(lines) if *lines == (7..=7)), "{:?}", all[2].cover);
        assert!(read(&read_text("a.txt", text)).is_empty());
    }

    #[test]
    fn ranges_end_where_they_are_ended() {
        let text = "<!-- exolint-ignore-start[TXT003]: table -->\n\na\n\n<!-- exolint-ignore-end -->\n\nb\n";
        let all = read(&read_text("a.md", text));
        assert!(matches!(&all[0].cover, Cover::Lines(lines) if *lines == (1..=5)), "{:?}", all[0].cover);
    }
}
