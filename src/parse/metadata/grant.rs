//! Grants: funder names with the numbers that follow them.
//!
//! Numbers are read in brackets after a name (`国家自然科学基金（81234567）`), after `No.` or 编号, and
//! bare after the name of a known funder. Look-ahead: the funding statement, at most 6,000 bytes.

use super::tables::Tables;
use crate::document::{Lang, Span, is_han};
use std::ops::Range;

/// One number with the name before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The number as printed.
    pub span: Span,
    /// Upper case, blanks removed.
    pub number: String,
    /// The funder or programme, as printed.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// Language of the statement.
    pub lang: Lang,
    /// True for the National Natural Science Foundation of China.
    pub nsfc: bool,
}

/// The grants of a funding statement that stands at `base`.
pub fn grants(text: &str, base: usize, lang: Lang, tables: &Tables) -> Vec<Grant> {
    let mut out = Vec::new();
    let mut name = (0, 0);
    let mut start = 0;
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        let width = c.len_utf8();
        match c {
            '(' | '（' | '[' | '［' | '〔' => {
                if depth == 0 && !bare(text, start, at, &mut name, base, tables, &mut out) {
                    let kept = kept_name(text, start, at);
                    if kept.1 > kept.0 {
                        name = kept;
                    }
                }
                depth += 1;
                start = at + width;
            }
            ')' | '）' | ']' | '］' | '〕' => {
                numbers(text, start..at, name, base, true, tables, &mut out);
                depth = depth.saturating_sub(1);
                start = at + width;
            }
            ';' | '；' | '。' | '、' | '，' | ',' | '“' | '”' | '"' | '\n' if depth == 0 => {
                if !bare(text, start, at, &mut name, base, tables, &mut out) {
                    let own = kept_name(text, start, at);
                    if own.1 > own.0 {
                        name = if matches!(c, ',' | '，' | '“' | '”' | '"') { own } else { (0, 0) };
                    }
                }
                start = at + width;
            }
            _ => {}
        }
    }
    if start < text.len() && depth == 0 {
        bare(text, start, text.len(), &mut name, base, tables, &mut out);
    }
    for grant in &mut out {
        grant.lang = lang;
    }
    out
}

/// Read the numbers of a piece outside brackets; false when it holds none.
fn bare(
    text: &str,
    start: usize,
    end: usize,
    name: &mut (usize, usize),
    base: usize,
    tables: &Tables,
    out: &mut Vec<Grant>,
) -> bool {
    let piece = &text[start..end];
    if !has_number(piece) {
        return false;
    }
    let own = kept_name(text, start, end);
    let named = split_name(text, start, end).unwrap_or(if own_is_number(piece) || name.1 > name.0 {
        *name
    } else {
        own
    });
    numbers(text, named.1.max(start)..end, named, base, false, tables, out);
    *name = named;
    true
}

/// The stretch without blanks, quotes and words that introduce a name.
fn kept_name(text: &str, start: usize, end: usize) -> (usize, usize) {
    let piece = &text[start..end];
    let trimmed =
        piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"' | ':' | '：' | '.'));
    let lead = piece.find(trimmed).unwrap_or(0);
    (start + lead, start + lead + trimmed.len())
}

/// Words between a name and its number, longer ones first.
const INTRODUCE: &[&str] = &[
    "grant numbers",
    "grant number",
    "grant nos",
    "grant no",
    "numbers",
    "number",
    "nos",
    "no",
    "grants",
    "grant",
    "项目编号",
    "批准号",
    "编号",
];

/// A name followed by its number in one piece: `国家自然科学基金 81234567`, `… Project, No. 12`.
fn split_name(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let piece = &text[start..end];
    let first = tokens(piece).find(|(a, b)| is_number(&piece[*a..*b]))?;
    let head =
        piece[..first.0].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '.' | '#'));
    let lower = head.to_ascii_lowercase();
    let word = INTRODUCE.iter().find(|word| lower.ends_with(**word));
    let head = &head[..head.len() - word.map_or(0, |word| word.len())];
    let kept = kept_name(text, start, start + head.len());
    (kept.1 > kept.0 && text[kept.0..kept.1].chars().count() >= 3).then_some(kept)
}

fn own_is_number(piece: &str) -> bool {
    let letters = piece.chars().filter(|c| is_han(*c)).count();
    letters == 0 && tokens(piece).all(|(a, b)| is_number(&piece[a..b]) || b - a <= 5)
}

fn has_number(piece: &str) -> bool {
    tokens(piece).any(|(a, b)| is_number(&piece[a..b]))
}

/// ASCII tokens: letters, digits, hyphens and slashes.
fn tokens(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '_' | '–');
    let mut at = 0;
    std::iter::from_fn(move || {
        let lead = text[at..].find(is_part)?;
        let start = at + lead;
        let length = text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
        at = start + length;
        let trimmed = text[start..at].trim_matches(['-', '/', '_', '–']);
        let inner = text[start..at].find(trimmed).unwrap_or(0);
        Some((start + inner, start + inner + trimmed.len()))
    })
}

/// True for what a grant number looks like: at least five characters, at least four of them digits,
/// no ordinary word, no date.
fn is_number(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let lower = token.bytes().filter(u8::is_ascii_lowercase).count();
    let year = token.len() == 4 || (token.len() == 9 && token.contains(['-', '–']) && digits == 8);
    (5..=32).contains(&token.len()) && digits >= 4 && lower <= 4 && !year
}

fn numbers(
    text: &str,
    range: Range<usize>,
    name: (usize, usize),
    base: usize,
    bracketed: bool,
    tables: &Tables,
    out: &mut Vec<Grant>,
) {
    let start = range.start;
    let piece = &text[range];
    let words = &text[name.0..name.1];
    let nsfc = tables.nsfc_names.iter().any(|n| words.contains(n.as_str()));
    if !bracketed && !nsfc && !piece.contains(['N', 'n', '号', '#']) && name.1 == name.0 {
        return;
    }
    for (a, b) in tokens(piece) {
        let token = &piece[a..b];
        if !is_number(token) {
            continue;
        }
        let span = Span::new(base + start + a, base + start + b);
        out.push(Grant {
            span,
            number: token.to_ascii_uppercase().replace('–', "-"),
            name: words.to_owned(),
            name_span: Span::new(base + name.0, base + name.1),
            lang: Lang::En,
            nsfc,
        });
    }
}

/// A programme's name without the words that say nothing about which one is meant.
pub fn core_name(name: &str, tables: &Tables) -> String {
    let mut words: Vec<&str> = tables.generic_funding.iter().map(String::as_str).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut out: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    for word in words {
        out = out.replace(word, "");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String, bool)> {
        let tables = Tables::load(&[]).unwrap();
        grants(text, 0, Lang::of(text), &tables).into_iter().map(|g| (g.number, g.name, g.nsfc)).collect()
    }

    #[test]
    fn numbers_go_with_the_name_before_them() {
        let t = |n: &str, w: &str, k| (n.to_owned(), w.to_owned(), k);
        assert_eq!(
            read("国家自然科学基金项目（81234567，81234568）；岚港市科技计划项目（LG2023-0117）"),
            [
                t("81234567", "国家自然科学基金项目", true),
                t("81234568", "国家自然科学基金项目", true),
                t("LG2023-0117", "岚港市科技计划项目", false)
            ]
        );
        assert_eq!(
            read("National Natural Science Foundation of China, No. 81234567 (to LH); Youth Project (to WX)"),
            [t("81234567", "National Natural Science Foundation of China", true)]
        );
        assert_eq!(read("国家自然科学基金 81234567"), [t("81234567", "国家自然科学基金", true)]);
        assert_eq!(
            read("本文接受了“市重大专项(甲类)(2020ZD001)”的资助"),
            [t("2020ZD001", "市重大专项", false)]
        );
        assert_eq!(read("2019年度, 2018-2020"), []);
    }
}
