//! Chinese names and institutions at the start of an entry.

use super::author::Heads;
use super::imprint;
use super::latin::{full, glued, vancouver};
use super::{Author, NameKind};
use crate::document::{Span, is_han};
use crate::finding::Confidence;
use nom::Parser;
use nom::branch::alt;

/// Words that make a Han name an institution.
const GROUPS: &[&str] = &[
    "学会",
    "分会",
    "委员会",
    "协会",
    "中心",
    "医院",
    "大学",
    "学院",
    "公司",
    "研究所",
    "研究院",
    "部",
    "局",
    "厅",
    "办公室",
    "学组",
    "工作组",
    "编写组",
    "协作组",
    "课题组",
    "专家组",
    "组织",
    "联盟",
    "基金会",
    "出版社",
    "编辑部",
    "网",
    "院",
    "会",
    "组",
    "署",
    "司",
    "社",
    "集团",
    "政府",
    "国务院",
    "实验室",
    "机构",
];

/// Reads Chinese names: pieces between commas until a closing mark.
pub(super) fn heads(text: &str) -> Heads {
    let mut out = Heads::default();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let stop = rest.find(|c: char| ".．。,，、;；:：(（[［&\u{1}“”\"".contains(c)).unwrap_or(rest.len());
        let piece = &rest[..stop];
        let sign = rest[stop..].chars().next();
        let lead = piece.len() - piece.trim_start().len();
        let name = piece.trim();
        let here = at + lead;
        at += stop;
        let (name, more) = strip_et_al(name);
        if !name.is_empty() {
            let after_group = out.authors.last().is_some_and(|a| a.kind == NameKind::Group);
            let read = han_piece(name, here, !out.authors.is_empty())
                .filter(|a| !after_group || a.kind == NameKind::Group);
            let Some(author) = read else {
                // an institution, a comma and a title; a year: 王某, 2015. 题名
                out.closed = after_group || !out.authors.is_empty() && imprint::year_follows(&text[here..]);
                // not a name: the list of names ended before, or there was none
                out.end = here;
                break;
            };
            out.authors.push(author);
        }
        if let Some(len) = more {
            let start = here + name.len() + text[here + name.len()..].find('等').unwrap_or(0);
            out.et_al = Some(Span::new(start, start + len));
        }
        let separator = matches!(sign, Some(',' | '，' | '、' | ';' | '；' | '&')) && more.is_none();
        out.end = at + sign.map_or(0, char::len_utf8);
        let initial = sign == Some('.') && name.len() == 1;
        let before_et_al = text[at..].trim_start_matches(|c: char| ".．, ，".contains(c)).starts_with('等')
            && more.is_none()
            && sign.is_some();
        if separator || initial || before_et_al {
            at = out.end;
            continue;
        }
        out.closed = matches!(sign, None | Some('.' | '．' | '。' | ':' | '：' | '(' | '（' | ',' | '，'))
            || more.is_some();
        if matches!(sign, Some('(' | '（')) {
            out.end = at;
            // `学会（2020）` is a year, `（第2版）` belongs to a title
            if imprint::year(text[at..].trim_start_matches(['(', '（', ' '])).is_err() {
                out.closed = false;
            }
        }
        if matches!(sign, Some('[' | '［' | '\u{1}' | '“' | '”' | '"')) {
            out.closed = false;
        }
        break;
    }
    if !out.closed && out.et_al.is_none() {
        return Heads::default();
    }
    out
}

/// The name without `等` or `等人` at its end, and the length of that mark.
fn strip_et_al(name: &str) -> (&str, Option<usize>) {
    for mark in ["等人", "等"] {
        if let Some(rest) = name.strip_suffix(mark) {
            return (rest.trim_end(), Some(mark.len()));
        }
    }
    (name, None)
}

fn han_piece(name: &str, at: usize, listed: bool) -> Option<Author> {
    let count = name.chars().filter(|c| is_han(*c)).count();
    let span = Span::new(at, at + name.len());
    let compact: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let author = |family: String, given: String, kind, confidence| {
        Some(Author { span, family, given, kind, confidence })
    };
    if count == 0 {
        // a Latin name among Chinese ones, or initials of a name cut at its full stop
        // one word among Chinese names, its parts run together
        if name.len() <= 16
            && name.bytes().all(|b| b.is_ascii_alphabetic())
            && name.starts_with(char::is_uppercase)
            && listed
        {
            return author(name.to_owned(), String::new(), NameKind::Latin, Confidence::Low);
        }
        let (rest, (family, given)) = alt((vancouver, |text| glued(text, false), full)).parse(name).ok()?;
        return (rest.trim().is_empty())
            .then(|| author(family.to_owned(), given.to_owned(), NameKind::Latin, Confidence::Medium))?;
    }
    if compact.starts_with(|c: char| c.is_ascii_digit()) || compact.contains(['|', '_', '《', '-', '/']) {
        return None;
    }
    let plain = compact.chars().all(|c| is_han(c) || c == '·' || c == '•');
    let group = GROUPS.iter().any(|word| compact.ends_with(word));
    match count {
        2..=3 if plain => author(compact, String::new(), NameKind::Han, Confidence::High),
        4 if plain && !group => {
            // two family names, or a short title
            author(compact, String::new(), NameKind::Han, Confidence::Medium)
        }
        5..=12 if plain && compact.contains(['·', '•']) => {
            author(compact, String::new(), NameKind::Han, Confidence::Medium)
        }
        _ if group && count <= 40 => author(compact, String::new(), NameKind::Group, Confidence::Medium),
        _ => None,
    }
}
