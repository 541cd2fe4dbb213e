//! Statements of contributions: which names they hold.

use super::people;
use super::tables::Tables;
use crate::document::{Lang, Span, is_han};

/// A statement of contributions.
#[derive(Debug, Clone)]
pub struct Contribution {
    /// Its label, or its first characters.
    pub label: Span,
    /// The statement.
    pub span: Span,
    /// Main language.
    pub lang: Lang,
    /// Names in it that are followed by what the person did, or stand in a row of names.
    pub people: Vec<Contributor>,
}

/// A name in a statement of contributions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contributor {
    /// Where.
    pub span: Span,
    /// As printed.
    pub name: String,
    /// True when a verb follows at once (`负责`), or the name stands before a colon.
    pub acts: bool,
    /// Index of the row of names it belongs to: names joined by 、 or 和.
    pub row: usize,
}

/// The Chinese names of a statement at `base`.
pub fn chinese(text: &str, base: usize, tables: &Tables) -> Vec<Contributor> {
    let mut out = Vec::new();
    let mut row = 0;
    let mut start = 0;
    // after 负责 the row goes on with what is done: 张某负责实验、文献检索
    let mut doing = false;
    let cut = |c: char| {
        matches!(
            c,
            '，' | ','
                | '、'
                | '；'
                | ';'
                | '。'
                | '：'
                | ':'
                | '('
                | '（'
                | ')'
                | '）'
                | ' '
                | '\n'
                | '\u{3000}'
                | '.'
        )
    };
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), '\n'))) {
        if at < text.len() && !cut(c) {
            continue;
        }
        let piece = &text[start..at];
        for (offset, part) in joined(piece) {
            if let Some((name, acts)) = name_in(part, c == '：' || c == ':', tables) {
                let from = base + start + offset;
                if doing && (name.chars().count() < 3 || !acts) {
                    continue;
                }
                doing |= acts && c != '：' && c != ':';
                out.push(Contributor {
                    span: Span::new(from, from + name.len()),
                    name: name.to_owned(),
                    acts,
                    row,
                });
            }
        }
        if !matches!(c, '、') {
            row += 1;
            doing = false;
        }
        start = at + c.len_utf8().min(text.len() - at);
    }
    out
}

/// Parts of a piece joined by 和, 与, 及.
fn joined(piece: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in piece.char_indices() {
        // 和 is a surname and a given name too: it joins only between two to four characters each
        if matches!(c, '和' | '与' | '及') && (2..=4).contains(&piece[start..at].chars().count()) {
            out.push((start, &piece[start..at]));
            start = at + c.len_utf8();
        }
    }
    out.push((start, &piece[start..]));
    out
}

/// A name at the start of a part, and whether its doing follows.
fn name_in<'a>(part: &'a str, before_colon: bool, tables: &Tables) -> Option<(&'a str, bool)> {
    let count = part.chars().take(5).take_while(|c| is_han(*c)).count();
    if count < 2 {
        return None;
    }
    let end = |n: usize| part.char_indices().nth(n).map_or(part.len(), |(at, _)| at);
    let whole = part.chars().count();
    if whole <= 4 && people::is_chinese_name(part, tables) && !is_word(part, tables) {
        return Some((part, before_colon));
    }
    // the longest name before a verb: 欧阳某某负责, 王某某负责, 王某负责
    (2..=4.min(whole)).rev().find_map(|n| {
        let (name, rest) = part.split_at(end(n));
        let verb = tables
            .contribution_verbs
            .iter()
            .any(|verb| verb.chars().count() > 1 && rest.starts_with(verb.as_str()));
        (verb && people::is_chinese_name(name, tables) && !is_word(name, tables)).then_some((name, true))
    })
}

/// True for a word that is no name: it holds a doing, or is a noun of statements.
fn is_word(text: &str, tables: &Tables) -> bool {
    if tables.contribution_nouns.iter().any(|noun| text == noun) {
        return true;
    }
    tables.contribution_verbs.iter().any(|verb| verb.chars().count() > 1 && text.contains(verb.as_str()))
}

/// Initials printed in a statement: `XY`, `X.Y.`, `X. Y.`, `X-Y.Z.`; two to four capitals.
pub fn printed_initials(text: &str, base: usize) -> Vec<(String, Span)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(step) = text[at..].find(|c: char| c.is_ascii_uppercase()) {
        let start = at + step;
        let mut letters = String::new();
        let mut end = start;
        for (offset, c) in text[start..].char_indices() {
            let word = text[start + offset + c.len_utf8()..].starts_with(char::is_lowercase);
            match c {
                // `I.L. All authors`: a word begins
                'A'..='Z' if word && !letters.is_empty() => break,
                'A'..='Z' => {
                    letters.push(c);
                    end = start + offset + 1;
                }
                '.' => end = start + offset + 1,
                '-' | '‐' | '‑' => {}
                ' ' if text[..start + offset].ends_with('.') && letters.len() < 3 => {}
                _ => break,
            }
            if letters.len() > 5 {
                break;
            }
        }
        let before = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        let after = text[end..].chars().next().is_some_and(char::is_alphanumeric);
        if (2..=4).contains(&letters.len()) && !before && !after {
            out.push((letters, Span::new(base + start, base + end)));
        }
        at = end.max(start + 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, bool)> {
        let tables = Tables::load(&[]).unwrap();
        chinese(text, 0, &tables).into_iter().map(|c| (c.name, c.acts)).collect()
    }

    #[test]
    fn names_stand_before_verbs_or_in_rows() {
        assert_eq!(
            read("程砚北负责构思总体框架，罗青岚、傅予安和邱闻溪负责文献整理；欧阳若川审校全文。"),
            [
                ("程砚北".to_owned(), true),
                ("罗青岚".to_owned(), false),
                ("傅予安".to_owned(), false),
                ("邱闻溪".to_owned(), true),
                ("欧阳若川".to_owned(), true)
            ]
        );
        assert!(read("全体作者都阅读并同意最终的文本。").is_empty());
        assert!(read("负责文献检索、数据分析，撰写论文。").iter().all(|(name, _)| name.is_empty()));
    }

    #[test]
    fn initials_are_read_with_and_without_stops() {
        assert_eq!(printed_initials("Y.B.C. and L.Q. wrote; DNA", 0)[0].0, "YBC");
        assert_eq!(printed_initials("writing, I.L. All authors agreed", 0)[0].0, "IL");
    }
}
