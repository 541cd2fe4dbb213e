//! Splitting a bilingual entry: the Chinese half and the English half of one work.

use super::author;
use super::identifier::{HIDDEN, Identifiers};
use crate::document::is_han;
use std::ops::Range;

/// Fewest letters of a half.
const LEAST: usize = 24;

/// The halves of an entry's text: the second is `None` when it is in one language.
pub(super) fn split(text: &str) -> (Range<usize>, Option<Range<usize>>) {
    let whole = 0..text.len();
    if !text.chars().any(is_han) {
        return (whole, None);
    }
    let masked = Identifiers::read(text).mask(text);
    if let Some(range) = bracketed(&masked) {
        let before = text[..range.start].trim_end_matches(|c: char| c.is_whitespace() || "[［".contains(c));
        return (0..before.len(), Some(range));
    }
    if let Some(range) = rounded(&masked) {
        let before = text[..range.start].trim_end_matches(|c: char| c.is_whitespace() || "(（".contains(c));
        return (0..before.len(), Some(range));
    }
    let at = after_han(&masked).or_else(|| before_han(&masked));
    match at {
        Some(at) => (0..text[..at].trim_end().len(), Some(at..text.len())),
        None => (whole, None),
    }
}

fn han_count(text: &str) -> usize {
    text.chars().filter(|c| is_han(*c)).count()
}

fn latin_count(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_alphabetic).count()
}

fn has_digits(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() >= 4
}

/// `English half. [中文半条.]`
fn bracketed(text: &str) -> Option<Range<usize>> {
    let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || ".．。".contains(c));
    // 』 and 】 are ］ misread
    let inner = trimmed.strip_suffix([']', '］', '』', '」', '】'])?;
    let inner = inner.trim_end();
    let open = inner.char_indices().rev().find(|(at, c)| {
        matches!(c, '[' | '［') && inner[at + c.len_utf8()..].trim_start().chars().next().is_some_and(is_han)
    })?;
    let start = open.0 + open.1.len_utf8();
    let (head, tail) = (&inner[..open.0], &inner[start..]);
    let halves =
        latin_count(head) >= LEAST && han_count(head) < 4 && han_count(tail) >= 8 && has_digits(tail);
    halves.then_some(start..inner.len())
}

/// `中文半条. (English half.)`
fn rounded(text: &str) -> Option<Range<usize>> {
    let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || ".．。".contains(c));
    let inner = trimmed.strip_suffix([')', '）'])?;
    let halves = |start: &usize| {
        let (head, tail) = (&inner[..*start], &inner[*start..]);
        tail.starts_with(|c: char| c.is_ascii_uppercase())
            && latin_count(tail) >= LEAST
            && han_count(tail) == 0
            && has_digits(tail)
            && han_count(head) >= 8
            && has_digits(head)
            && !author::heads(tail).authors.is_empty()
    };
    let mut starts = inner.match_indices(['(', '（']).map(|(at, open)| at + open.len());
    Some(starts.find(halves)?..inner.len())
}

/// A Chinese half first: the English one begins at the first name after the last Han character.
fn after_han(text: &str) -> Option<usize> {
    let last = text.char_indices().rev().find(|(_, c)| is_han(*c)).map(|(at, c)| at + c.len_utf8())?;
    if han_count(&text[..last]) < 8 || latin_count(&text[last..]) < LEAST {
        return None;
    }
    let mut previous = ' ';
    for (at, c) in text[last..].char_indices().map(|(at, c)| (at + last, c)) {
        let fresh = !previous.is_alphabetic() && previous != HIDDEN && previous != '-';
        let before = std::mem::replace(&mut previous, c);
        if !c.is_ascii_uppercase() || !fresh || before == '(' || before == '（' {
            continue;
        }
        let (head, tail) = (&text[..at], &text[at..]);
        // the Chinese half must be finished: its numbers stand before the English half
        if !has_digits(&head[last.min(head.len())..]) && !head[last..].contains(HIDDEN) && !finished(head) {
            continue;
        }
        let name = !author::heads(tail).authors.is_empty();
        let title = tail.split([' ', ',']).next().is_some_and(|word| word.len() >= 2)
            && tail.chars().nth(1).is_some_and(|c| c.is_ascii_lowercase());
        if (name || title) && latin_count(tail) >= LEAST && han_count(tail) == 0 {
            return Some(at);
        }
    }
    None
}

/// A Chinese half ends here: a closing mark, or a year before it.
fn finished(head: &str) -> bool {
    head.trim_end().ends_with(['.', '．', '。', ']', '］'])
}

/// An English half first, the Chinese one without brackets.
fn before_han(text: &str) -> Option<usize> {
    let (first, _) = text.char_indices().find(|(_, c)| is_han(*c))?;
    let (head, tail) = text.split_at(first);
    let halves = latin_count(head) >= LEAST
        && has_digits(head)
        && finished(head)
        && han_count(tail) >= 8
        && has_digits(tail)
        && !author::heads(tail).authors.is_empty();
    halves.then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<&str> {
        let (first, second) = split(text);
        std::iter::once(first).chain(second).map(|range| &text[range]).collect()
    }

    #[test]
    fn halves() {
        let en = "Wang Y, Li E. A study of bone loss in mice[J]. Chin J Bone, 2019, 3(2): 1-5.";
        let zh = "王一,李二.小鼠骨丢失的实验研究[J].中国骨杂志,2019,3(2):1-5.";
        assert_eq!(show(&format!("{zh} {en}")), [zh, en]);
        assert_eq!(show(&format!("{zh}{en}")), [zh, en]);
        assert_eq!(show(&format!("{en} {zh}")), [en, zh]);
        assert_eq!(show(&format!("{en} [{zh}]")), [en, zh]);
        assert_eq!(show(&format!("{en} [{zh} 』")), [en, zh]);
        assert_eq!(show(&format!("{zh} ({en})")), [zh, en]);
        assert_eq!(show(&format!("{zh}（{en}）")), [zh, en]);
        assert_eq!(show(en), [en]);
        assert_eq!(show(zh), [zh]);
        let doi = "王一.骨与关节研究进展综述[J].骨杂志,2019,3(2):1-5.DOI:10.1000/j.cnki.Bone.2019.";
        assert_eq!(show(doi), [doi]);
    }
}
