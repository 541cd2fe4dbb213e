//! The names before a year: `Smith, Jones, & Lee`, `van der Berg et al.`, `张三，李四`, `王五等`.
//!
//! Two ways lead there: the head of a part in brackets (`see Smith and Lee, 2019`), read whole, and
//! running text before `(2019)`, read backwards. Both look at no more than the text they are given.

use super::han;
use super::tables::Tables;
use crate::document::{Span, is_han};
use crate::parse::metadata;

/// What a run of names is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamesKind {
    /// Two names or more, or one with `et al.` or 等.
    Several,
    /// One name: it may be a place or a thing as well.
    Single,
    /// An institution, or an acronym.
    Group,
}

/// Names as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The names in order, without initials of their own.
    pub spans: Vec<Span>,
    /// True when `et al.` or 等 follows.
    pub more: bool,
    /// What they are.
    pub kind: NamesKind,
}

/// Most names read.
const MOST: usize = 12;

/// Reads the names of a part in brackets; `head` ends where the year begins.
pub fn bracketed(head: &str, tables: &Tables, people: &metadata::Tables) -> Option<Names> {
    let edge = |c: char| {
        c.is_whitespace() || matches!(c, ',' | '，' | '、' | '(' | '（' | ':' | '_' | '*' | '\u{feff}')
    };
    let head = head.trim_end_matches(edge);
    let (head, more) = et_al(head);
    let head = head.trim_end_matches(edge);
    // `data from: Smith`
    let from =
        head.rfind([':', '：']).map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
    let mut spans: Vec<Span> = Vec::new();
    let mut group = false;
    for piece in pieces(head, from) {
        let text = &head[piece.range()];
        if initials(text) {
            continue;
        }
        let first = spans.is_empty();
        if text.chars().any(is_han) {
            let (start, person) = han::piece(text, first, people);
            let name = Span::new(piece.start + start, piece.end);
            group |= !person;
            if name.is_empty() || !person && (!first || !han::institution(&text[start..])) {
                return None;
            }
            spans.push(name);
        } else {
            let (start, end, organised) = latin_piece(text, first, tables)?;
            group |= organised;
            spans.push(Span::new(piece.start + start, piece.start + end));
        }
        if spans.len() > MOST {
            return None;
        }
    }
    let last = spans.last()?;
    let text = &head[last.range()];
    if tables.no_names.contains(&text.to_lowercase()) && spans.len() == 1 {
        return None;
    }
    let kind = match (group, spans.len(), more) {
        (true, _, _) => NamesKind::Group,
        (_, 1, false) => NamesKind::Single,
        _ => NamesKind::Several,
    };
    Some(Names { spans, more, kind })
}

/// Reads backwards from the end of running text before `(2019)`. `knows` tells the names of the list:
/// it finds the beginning of a Chinese name, which nothing else marks.
pub fn running(
    head: &str,
    whole: bool,
    tables: &Tables,
    people: &metadata::Tables,
    knows: &dyn Fn(&str) -> bool,
) -> Option<Names> {
    let head = head.trim_end_matches([' ', '\u{a0}', '_', '*', '^']);
    let (rest, more) = et_al(head);
    let rest = rest.trim_end_matches([' ', ',', '，', '_', '*', '\u{a0}', '\u{feff}']);
    let mut spans: Vec<Span> = Vec::new();
    let mut end = rest.len();
    loop {
        let text = &rest[..end];
        let name = if text.ends_with(is_han) {
            han::running(text, more || !spans.is_empty(), tables, people, knows)
        } else {
            // `Moor’s (2019) study`
            let plain = ["’s", "'s"].iter().find_map(|own| text.strip_suffix(own)).unwrap_or(text);
            super::author::latin_name(plain, whole, tables).filter(|span| !initials(&text[span.range()]))
        };
        let Some(name) = name else { break };
        spans.insert(0, name);
        if spans.len() > MOST {
            return None;
        }
        let before = rest[..name.start].trim_end_matches([' ', '\u{a0}']);
        let Some(next) = joined(before, spans.len(), more) else { break };
        end = next;
    }
    let first = &rest[spans.first()?.range()];
    let last_word = first.rsplit([' ', '\u{a0}']).next().unwrap_or(first).to_lowercase();
    if tables.no_names.contains(&last_word) || tables.no_names.contains(&first.to_lowercase()) {
        return None;
    }
    let group = organisation(first, tables) && spans.len() == 1;
    let kind = match (group, spans.len(), more) {
        (true, _, _) => NamesKind::Group,
        (_, 1, false) => NamesKind::Single,
        _ => NamesKind::Several,
    };
    Some(Names { spans, more, kind })
}

/// Where the name before ends, when a joint leads to it: `and`, `&`, 和, 与, 、; a comma only inside a
/// list that `and` has closed.
fn joined(before: &str, read: usize, more: bool) -> Option<usize> {
    for word in ["and", "&", "＆", "und", "和", "与", "及"] {
        if let Some(first) = before.strip_suffix(word) {
            let spaced = !word.is_ascii() || word == "&" || first.ends_with([' ', '\u{a0}']);
            let first = first.trim_end_matches([' ', '\u{a0}', ',', '，']);
            let ends = first.ends_with(|c: char| c.is_alphabetic() || c == '.');
            return (spaced && ends && read == 1).then_some(first.len());
        }
    }
    let stop =
        if read > 1 || more { before.strip_suffix([',', '，', '、']) } else { before.strip_suffix('、') };
    // `In mice, Smith et al.`: one name before a comma may be anything
    let stop = stop.filter(|_| read > 1 || before.ends_with('、'))?;
    let stop = stop.trim_end_matches([' ', '\u{a0}']);
    stop.ends_with(char::is_alphabetic).then_some(stop.len())
}

/// Cuts `et al.`, 等 and kin off the end.
fn et_al(head: &str) -> (&str, bool) {
    const WORDS: [&str; 16] = [
        "et al.",
        "et al",
        "et. al.",
        "et.al.",
        "et.al",
        "etal.",
        "etal",
        "et al .",
        "等人",
        "等学者",
        "等研究者",
        "等",
        "and colleagues",
        "and coworkers",
        "and co-workers",
        "and others",
    ];
    let head = head.trim_end_matches(['*', '_', ' ', '\u{a0}', '\u{feff}', ',', '，']);
    for word in WORDS {
        if let Some(rest) = head.strip_suffix(word) {
            let cut = rest.trim_end_matches(['*', '_', ' ', '\u{a0}', '\u{feff}', ',', '，', '-']);
            // `Wang et al` has a space; glued words (`Metal`) are told by the letters left
            let glued = word.is_ascii()
                && cut.len() == rest.len()
                && rest.ends_with(|c: char| c.is_ascii_alphabetic());
            let named =
                rest.len() > 2 || rest.len() == 2 && word == "etal." && rest.starts_with(char::is_uppercase);
            if glued && !(word.starts_with("etal") && named) {
                continue;
            }
            return (cut, true);
        }
    }
    (head, false)
}

/// The pieces between separators.
fn pieces(head: &str, from: usize) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = from;
    let mut skip = from;
    let mut push = |from: usize, to: usize| {
        let text = &head[from..to];
        let lead = text.len() - text.trim_start_matches(blank).len();
        let span = Span::new(from + lead, from + lead + text[lead..].trim_end_matches(blank).len());
        if !span.is_empty() {
            out.push(span);
        }
    };
    for (at, c) in head.char_indices().filter(|(at, _)| *at >= from) {
        if at < skip {
            continue;
        }
        let length = if matches!(c, ',' | '，' | '、' | '&' | '＆' | ';' | '；') {
            c.len_utf8()
        } else if c == ' ' {
            let rest = &head[at..];
            [" and ", " und ", " y ", " et "]
                .iter()
                .find(|word| rest.starts_with(**word))
                .map_or(0, |w| w.len())
        } else if matches!(c, '和' | '与' | '及') {
            // 和 may be part of a name: both sides must be long enough
            let left = head[start..at].trim().chars().count();
            let right = head[at + c.len_utf8()..].trim_start().chars().take_while(|c| is_han(*c)).count();
            let latin = head[at + c.len_utf8()..].trim_start().starts_with(|c: char| c.is_ascii_uppercase());
            if left >= 2 && (right >= 2 || latin) { c.len_utf8() } else { 0 }
        } else {
            0
        };
        if length > 0 {
            push(start, at);
            start = at + length;
            skip = start;
        }
    }
    push(start.min(head.len()), head.len());
    out
}

pub(super) fn blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | '\u{feff}' | '\u{ad}')
}

/// `J. A.`, `JR`, `M.-K.`, `Jr.`
fn initials(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let jr = matches!(text.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "jr");
    let plain = text.chars().all(|c| c.is_uppercase() || matches!(c, '.' | ' ' | '-' | '‐'));
    jr || plain && (letters <= 2 || text.contains('.') && letters <= 4) && letters > 0
}

/// A Latin name: where it begins and ends in its piece, and whether it is an institution's. `None`
/// when the piece is no name.
fn latin_piece(text: &str, first: bool, tables: &Tables) -> Option<(usize, usize, bool)> {
    let words: Vec<(usize, &str)> = words(text);
    let mut from = words.len();
    while let Some((_, word)) = from.checked_sub(1).and_then(|at| words.get(at)) {
        if !name_word(word, tables) || tables.openings.contains(*word) && words.len() > 1 {
            break;
        }
        from -= 1;
    }
    let named = &words[from..];
    let lead = from.checked_sub(1).map(|at| words[at].1);
    // `Ministry of Health`: small words inside an institution
    let organised = organisation(text, tables);
    if organised {
        return Some((0, text.len(), true));
    }
    let led = lead.is_none_or(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        first && (tables.leads.contains(&word.to_lowercase()) || tables.openings.contains(word))
    });
    let long = named.iter().any(|(_, w)| w.chars().filter(|c| c.is_alphabetic()).count() > 1 && !initials(w));
    if !led || named.is_empty() || named.len() > 5 || !long {
        return None;
    }
    let capital = named.iter().any(|(_, w)| w.chars().next().is_some_and(char::is_uppercase));
    let mut kept = named;
    // initials around the name are not part of it
    while kept.len() > 1 && initials(kept[kept.len() - 1].1) {
        kept = &kept[..kept.len() - 1];
    }
    while kept.len() > 1 && initials(kept[0].1) {
        kept = &kept[1..];
    }
    let (start, end) = (kept.first()?.0, kept.last().map(|(at, w)| at + w.len())?);
    let name = text[start..end].trim_end_matches(['.', '\'', '’']);
    capital.then_some((start, start + name.len(), false))
}

fn words(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if blank(c) && c != '\u{ad}' {
            if let Some(from) = start.take() {
                out.push((from, &text[from..at]));
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    out
}

fn name_word(word: &str, tables: &Tables) -> bool {
    let letter = |c: char| {
        c.is_alphabetic() && c < '\u{250}' && !is_han(c)
            || matches!(c, '-' | '‐' | '‑' | '–' | '\'' | '’' | '‘' | '`' | '.' | '\u{ad}')
            || ('\u{300}'..='\u{36f}').contains(&c)
    };
    let upper = word.chars().next().is_some_and(char::is_uppercase)
        || word.chars().nth(1).is_some_and(|c| matches!(c, '\'' | '’'))
            && word.chars().nth(2).is_some_and(char::is_uppercase);
    word.chars().all(letter) && (upper || tables.particles.contains(word))
}

/// True for words of institutions and for acronyms.
fn organisation(text: &str, tables: &Tables) -> bool {
    let mut words = text.split([' ', '\u{a0}']).filter(|word| !word.is_empty());
    let listed =
        text.split(|c: char| !c.is_alphanumeric()).any(|word| tables.groups.contains(&word.to_lowercase()));
    let one = words.next().unwrap_or("");
    let letters = one.chars().filter(|c| c.is_alphabetic()).count();
    let acronym = words.next().is_none()
        && (2..=6).contains(&letters)
        && one.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '/' | '&'));
    listed || acronym
}

#[cfg(test)]
mod tests;
