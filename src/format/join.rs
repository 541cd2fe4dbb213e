//! How two printed lines become one: with a space, without one, with or without the hyphen.

use super::clean::is_soft_hyphen;
use super::prepared::Prepared;
use super::shape::{is_opener, is_wide};
use std::collections::HashMap;

/// What to put between two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// Nothing.
    Tight,
    /// A space.
    Space,
    /// The hyphen at the line end goes.
    DropHyphen,
    /// The hyphen stays, nothing follows.
    KeepHyphen,
}

/// How often a word broken at a line end stands unbroken elsewhere.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    joined: bool,
    hyphenated: bool,
}

/// Decides about hyphens with the document's own words as evidence.
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    words: HashMap<String, Evidence>,
}

/// Any character printed as a hyphen.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}') || is_soft_hyphen(c)
}

/// A character of a hyphenated word.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    !is_wide(c) && c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}

/// The word before the hyphen that ends `text` (inner hyphens included), and the hyphen.
fn left_part(text: &str) -> Option<(&str, char)> {
    let hyphen = text.chars().next_back().filter(|&c| is_hyphen(c))?;
    let head = text.strip_suffix(hyphen)?;
    let start = head
        .char_indices()
        .rev()
        .take(40)
        .take_while(|&(_, c)| is_word(c) || is_hyphen(c))
        .last()
        .map_or(head.len(), |(at, _)| at);
    let word = &head[start..];
    word.chars().next_back().filter(|&c| is_word(c)).map(|_| (word, hyphen))
}

/// The first word of `text`.
fn right_part(text: &str) -> &str {
    let end = text.char_indices().take(40).find(|&(_, c)| !is_word(c)).map_or(text.len(), |(at, _)| at);
    // a long unbroken text is cut, on a boundary
    let mut end = end.min(160);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn key(left: &str, right: &str, hyphen: bool) -> String {
    let mut key = String::with_capacity(left.len() + right.len() + 1);
    let tail = left.rsplit(is_hyphen).next().unwrap_or(left);
    key.extend(tail.chars().flat_map(char::to_lowercase));
    if hyphen {
        key.push('-');
    }
    key.extend(right.chars().flat_map(char::to_lowercase));
    key
}

impl Hyphens {
    /// Look for every word broken at a line end elsewhere in the text: one pass over its words.
    pub fn collect(prepared: &Prepared) -> Self {
        let mut words = HashMap::new();
        let broken = |index: usize| -> Option<(&str, &str)> {
            prepared.lines.get(index + 1)?;
            let (left, _) = left_part(prepared.line(index))?;
            let right = right_part(prepared.line(index + 1));
            (!right.is_empty()).then_some((left, right))
        };
        for index in 0..prepared.lines.len() {
            if let Some((left, right)) = broken(index) {
                words.entry(key(left, right, false)).or_insert_with(Evidence::default);
            }
        }
        if words.is_empty() {
            return Self { words };
        }
        // words are compared in pairs of parts: `a-b-c` speaks for `a-b` and `b-c`
        let (mut before, mut part) = (String::new(), String::new());
        for index in 0..prepared.lines.len() {
            for c in prepared.line(index).chars().chain(std::iter::once(' ')) {
                if is_word(c) && part.len() < 120 {
                    if c.is_ascii() {
                        part.push(c.to_ascii_lowercase());
                    } else {
                        part.extend(c.to_lowercase());
                    }
                    continue;
                }
                if part.is_empty() {
                    before.clear();
                    continue;
                }
                if !before.is_empty() {
                    before.push_str(&part);
                    if let Some(evidence) = words.get_mut(&before) {
                        evidence.hyphenated = true;
                    }
                } else if !is_hyphen(c)
                    && let Some(evidence) = words.get_mut(&part)
                {
                    evidence.joined = true;
                }
                before.clear();
                if is_hyphen(c) {
                    std::mem::swap(&mut before, &mut part);
                }
                part.clear();
            }
            before.clear();
        }
        Self { words }
    }

    /// How the line `before` and the line `after` it are joined.
    pub fn joint(&self, before: &str, after: &str) -> Joint {
        let Some(first) = after.chars().next() else { return Joint::Tight };
        if let Some((left, hyphen)) = left_part(before) {
            let right = right_part(after);
            if right.is_empty() {
                return if is_opener(first) || is_wide(first) { Joint::Tight } else { Joint::KeepHyphen };
            }
            if in_address(before) {
                return Joint::KeepHyphen;
            }
            if matches!(right, "and" | "or" | "to" | "bis" | "und") && !is_soft_hyphen(hyphen) {
                return Joint::Space;
            }
            return if self.keeps(left, hyphen, right) { Joint::KeepHyphen } else { Joint::DropHyphen };
        }
        let Some(last) = before.chars().next_back() else { return Joint::Tight };
        let tight = is_wide(first)
            || is_wide(last)
            || is_opener(last)
            || matches!(first, ')' | ']' | ',' | '.' | ';' | ':' | '%' | '/' | '?' | '!')
            || last == '/' && !before.ends_with(" /")
            || matches!(last, '–' | '~' | '^') && first.is_ascii_digit()
            || in_address(before) && ends_address_open(last);
        if tight { Joint::Tight } else { Joint::Space }
    }

    /// The same for a hyphen inside what was given as one line; the hyphen itself is in neither text.
    pub fn joint_inside(&self, before: &str, after: &str) -> Joint {
        let start =
            before.char_indices().rev().take(40).take_while(|&(_, c)| is_word(c) || is_hyphen(c)).last();
        let left = start.map_or("", |(at, _)| &before[at..]);
        let right = right_part(after);
        if left.is_empty() || right.is_empty() || self.keeps(left, '-', right) {
            Joint::KeepHyphen
        } else {
            Joint::DropHyphen
        }
    }

    fn keeps(&self, left: &str, hyphen: char, right: &str) -> bool {
        let evidence = self.words.get(&key(left, right, false)).copied().unwrap_or_default();
        if evidence.joined != evidence.hyphenated {
            return evidence.hyphenated;
        }
        if is_soft_hyphen(hyphen) {
            return false;
        }
        keeps_by_shape(left, right)
    }
}

/// True inside a URL, DOI or e-mail address that the line end broke.
fn in_address(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || is_wide(c)).next().unwrap_or_default();
    word.contains("://")
        || word.starts_with("www.")
        || word.starts_with("10.") && word.contains('/')
        || word.contains('@')
        || word.to_ascii_lowercase().starts_with("doi:10.")
}

fn ends_address_open(last: char) -> bool {
    matches!(last, '/' | '.' | '_' | '=' | '?' | '&' | '@' | '-' | ':')
}

/// Keep the hyphen of names and compounds: `miR-|92a`, `NF-|κB`, `IL-|6`, `p-|value`, `well-|known`.
fn keeps_by_shape(left: &str, right: &str) -> bool {
    let tail = left.rsplit(is_hyphen).next().unwrap_or(left);
    let inner = tail.len() < left.len();
    let Some(first) = right.chars().next() else { return false };
    if !first.is_lowercase() || !first.is_ascii() {
        return true;
    }
    if tail.chars().any(char::is_numeric) || tail.chars().count() == 1 || !tail.is_ascii() {
        return true;
    }
    let capitals = tail.chars().filter(|c| c.is_uppercase()).count();
    if capitals >= 2 || capitals == 1 && !tail.starts_with(char::is_uppercase) {
        return true;
    }
    let lower = tail.to_ascii_lowercase();
    if PREFIXES.contains(&lower.as_str()) {
        return true;
    }
    if SECONDS.contains(&right) {
        return true;
    }
    inner && tail.len() > 3 && right.len() > 3
}

/// First parts that keep their hyphen.
const PREFIXES: [&str; 30] = [
    "well", "self", "cross", "half", "high", "low", "long", "short", "left", "right", "single", "double",
    "two", "three", "four", "five", "full", "non", "meta", "dose", "time", "cell", "age", "sex", "evidence",
    "state", "wide", "large", "small", "follow",
];

/// Second parts that keep their hyphen.
const SECONDS: [&str; 44] = [
    "based",
    "derived",
    "related",
    "dependent",
    "like",
    "specific",
    "induced",
    "mediated",
    "free",
    "type",
    "associated",
    "term",
    "known",
    "control",
    "controlled",
    "treated",
    "positive",
    "negative",
    "deficient",
    "sensitive",
    "resistant",
    "rich",
    "binding",
    "scale",
    "effect",
    "wide",
    "linked",
    "driven",
    "independent",
    "fold",
    "old",
    "day",
    "year",
    "week",
    "up",
    "of",
    "in",
    "blind",
    "blinded",
    "throughput",
    "response",
    "quality",
    "analysis",
    "label",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn joint(text: &str, before: &str, after: &str) -> Joint {
        let prepared = crate::format::plain::prepare(text);
        Hyphens::collect(&prepared).joint(before, after)
    }

    #[test]
    fn words_lose_the_hyphen_and_names_keep_it() {
        for (before, after) in [
            ("the mes-", "enchymal cells"),
            ("（bone marrow mes⁃", "enchymal"),
            ("differ\u{ad}", "entiation"),
        ] {
            assert_eq!(joint("", before, after), Joint::DropHyphen, "{before}");
        }
        for (before, after) in [
            ("miR-", "92a-3p"),
            ("NF-", "κB"),
            ("hUC-", "MSCs"),
            ("IL-", "6"),
            ("well-", "known"),
            ("p-", "value"),
            ("MSC-", "derived"),
        ] {
            assert_eq!(joint("", before, after), Joint::KeepHyphen, "{before}");
        }
    }

    #[test]
    fn the_document_itself_is_evidence() {
        let broken = "loss of HU-\nVEC growth";
        assert_eq!(joint(&format!("{broken}\nmore HUVEC here"), "HU-", "VEC growth"), Joint::DropHyphen);
        assert_eq!(joint(broken, "HU-", "VEC growth"), Joint::KeepHyphen);
        let broken = "the anti-\nbody test";
        assert_eq!(joint(&format!("{broken}\nan anti-body"), "anti-", "body test"), Joint::KeepHyphen);
        assert_eq!(joint(broken, "anti-", "body test"), Joint::DropHyphen);
    }

    #[test]
    fn chinese_lines_join_without_a_space() {
        assert_eq!(joint("", "细胞外", "囊泡"), Joint::Tight);
        assert_eq!(joint("", "多种 MSCs", "的作用"), Joint::Tight);
        assert_eq!(joint("", "stem cell", "therapy"), Joint::Space);
        assert_eq!(joint("", "Distance-", "and character-based"), Joint::Space);
        assert_eq!(joint("", "https://example.org/a-", "b"), Joint::KeepHyphen);
    }
}
