//! Lists of Latin names, with the marks of their affiliations.
//!
//! Linear: names are at most five words; look-ahead 12 bytes and one name.

use super::people::{MOST, Person, any_digit, marks};
use super::scan;
use crate::document::{Span, is_han};

/// The Latin names of a list at `base`, and whether it is complete. Reading stops at the first piece
/// that is no name; `None` when no name stands at the beginning.
pub fn latin(text: &str, base: usize) -> Option<(Vec<Person>, bool)> {
    let mut people: Vec<Person> = Vec::new();
    let mut complete = true;
    'pieces: for (start, end) in pieces(text) {
        let mut from = start;
        loop {
            if people.len() > MOST {
                return None;
            }
            let piece = &text[from..end];
            let lead = piece.len()
                - piece.trim_start_matches(|c: char| !c.is_alphabetic() && any_digit(c).is_none()).len();
            let piece = &piece[lead..];
            let start = from + lead;
            let lower = piece.trim().trim_end_matches('.').to_lowercase();
            if lower == "et al" {
                complete = false;
                break 'pieces;
            }
            let letters = piece.chars().next().is_some_and(char::is_alphabetic);
            if let Some(mark) = letter_mark(piece).filter(|_| !people.is_empty()) {
                if let Some(last) = people.last_mut() {
                    last.marks.push((mark, Span::new(base + start, base + start + 1)));
                    marks(&piece[1..], base + start + 1, last);
                }
                continue 'pieces;
            }
            if !letters || DEGREES.contains(&lower.replace('.', "").as_str()) {
                let next = next_name(text, start, end).filter(|_| !letters && !people.is_empty());
                let stop = next.unwrap_or(end);
                if let Some(last) = people.last_mut() {
                    marks(&text[start..stop], base + start, last);
                }
                if next.is_some() {
                    from = stop;
                    continue;
                }
                complete &= letters || piece.len() < 3 || !piece.contains(|c: char| c.is_alphabetic());
                continue 'pieces;
            }
            let printed = piece[..name_length(piece)].trim_end();
            let name = unlettered(printed);
            let words = name.split([' ', '\u{a0}']).filter(|w| !w.is_empty()).count();
            if name.is_empty() || words > 5 || !is_latin_name(name) {
                complete = false;
                break 'pieces;
            }
            let mut person = Person {
                span: Span::new(base + start, base + start + name.len()),
                name: name.to_owned(),
                marks: Vec::new(),
                starred: false,
            };
            for (at, c) in printed.char_indices().skip_while(|(at, _)| *at < name.len()) {
                if let Some(mark) = letter_value(c) {
                    person.marks.push((mark, Span::new(base + start + at, base + start + at + 1)));
                }
            }
            let rest_at = start + printed.len();
            let next = next_name(text, rest_at, end);
            let rest = &text[rest_at..next.unwrap_or(end)];
            marks(rest, base + rest_at, &mut person);
            person.marks.retain(|(number, _)| (1..100).contains(number) || *number > LETTERS);
            people.push(person);
            if let Some(next) = next {
                from = next;
                continue;
            }
            complete &= !rest.contains(|c: char| c.is_alphabetic()) || rest.contains(". ");
            let dot = rest.find(". ").or_else(|| rest.strip_suffix('.').map(str::len));
            if dot.is_some_and(|at| !rest[..at].contains(char::is_alphabetic)) {
                break 'pieces;
            }
            continue 'pieces;
        }
    }
    (!people.is_empty()).then_some((people, complete))
}

/// Letters that mark affiliations are numbers above this: a is 1,001.
pub const LETTERS: u32 = 1_000;

/// The number of a letter that marks an affiliation.
pub fn letter_value(c: char) -> Option<u32> {
    ('a'..='h').contains(&c).then(|| LETTERS + 1 + (c as u32 - 'a' as u32))
}

/// A piece that is one letter and signs: the `b,*` of `Ife Lund a,b,*`.
fn letter_mark(piece: &str) -> Option<u32> {
    let mut chars = piece.chars();
    let mark = chars.next().and_then(letter_value)?;
    chars.all(|c| matches!(c, '*' | '†' | '‡' | ' ' | '.' | '∗' | '#')).then_some(mark)
}

/// Where the next name begins when no comma parts it from the marks at `start`: `1 Tobias Greyling2`. It must
/// carry a mark itself or end the text, since an affiliation may follow the marks, too.
fn next_name(text: &str, start: usize, end: usize) -> Option<usize> {
    let head = scan::after(text, start, 12);
    let signs: usize = head
        .chars()
        .take_while(|c| any_digit(*c).is_some() || matches!(c, '*' | '†' | '‡' | '#' | '§' | '¶' | '△'))
        .map(char::len_utf8)
        .sum();
    let numbered = head[..signs].chars().any(|c| any_digit(c).is_some());
    let gap = if head[signs..].starts_with('\u{a0}') { 2 } else { 1 };
    if !numbered || !head[signs..].starts_with([' ', '\u{a0}']) || start + signs + gap > end {
        return None;
    }
    let from = start + signs + gap;
    let piece = &text[from..end];
    let name = unlettered(piece[..name_length(piece)].trim_end());
    let words = name.split([' ', '\u{a0}']).filter(|w| !w.is_empty()).count();
    let after = text[from + name.len()..].strip_prefix(',').unwrap_or(&text[from + name.len()..]);
    let marked = after.chars().next().is_none_or(|c| any_digit(c).is_some() || matches!(c, '*' | '†' | '‡'));
    (name.starts_with(char::is_uppercase) && (2..=5).contains(&words) && marked && is_latin_name(name))
        .then_some(from)
}

/// A name without the letters of its affiliations: `Maren Ostlund a`, `Ife Lund a b`.
fn unlettered(name: &str) -> &str {
    let mut kept = name;
    // the full stop of a list, not of an initial
    if let Some(head) = kept.strip_suffix('.')
        && head.rsplit([' ', '-', '.']).next().is_some_and(|word| word.chars().count() > 2)
    {
        kept = head;
    }
    while let Some((head, last)) = kept.rsplit_once([' ', '\u{a0}']) {
        let letter = last.len() == 1 && last.bytes().all(|b| (b'a'..=b'h').contains(&b));
        if !letter || !head.trim_end().contains([' ', '\u{a0}']) {
            break;
        }
        kept = head.trim_end();
    }
    kept
}

const DEGREES: &[&str] = &[
    "phd", "md", "msc", "bsc", "bds", "ma", "mph", "dds", "dvm", "frcs", "jr", "sr", "mbbs", "ms", "bs",
    "md phd",
];

/// Pieces of a Latin list: parted by commas, semicolons, `and`, `&`, `|`.
fn pieces(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        let length = match c {
            ',' | '，' | ';' | '；' | '、' | '&' | '|' | '\n' | '·' | '•' => c.len_utf8(),
            ' ' | '\u{a0}' if text[at + c.len_utf8()..].starts_with("and ") => c.len_utf8() + 4,
            _ => continue,
        };
        out.push((start, at));
        start = at + length;
        skip = start;
        if out.len() > MOST * 2 {
            break;
        }
    }
    out.push((start, text.len()));
    out
}

/// Bytes of the name at the start of a piece: letters, blanks, hyphens, apostrophes and full stops.
pub(super) fn name_length(piece: &str) -> usize {
    piece
        .char_indices()
        .find(|(_, c)| {
            let part = c.is_alphabetic() && !is_han(*c)
                || matches!(c, ' ' | '\u{a0}' | '-' | '‐' | '‑' | '–' | '\'' | '’' | '.' | '`' | '⁃');
            !part || any_digit(*c).is_some()
        })
        .map_or(piece.len(), |(at, _)| at)
}

/// Particles that may be lower case.
const PARTICLES: &[&str] =
    &["de", "van", "von", "der", "den", "la", "le", "da", "di", "del", "al", "bin", "el", "ter", "dos", "du"];

/// True for words that each look like part of a name: a capital first (or a particle), short.
pub(super) fn is_latin_name(name: &str) -> bool {
    let mut capital = false;
    for word in name.split([' ', '\u{a0}', '-', '.']).filter(|w| !w.is_empty()) {
        let first = word.chars().next().unwrap_or(' ');
        if first.is_uppercase() {
            capital = true;
        } else if !PARTICLES.contains(&word) && !name.contains(|c: char| c.is_uppercase()) {
            return false;
        }
        if word.chars().count() > 20 {
            return false;
        }
        let lower = word.to_lowercase();
        if ORGANISATION.contains(&lower.as_str()) {
            return false;
        }
    }
    capital
}

/// Words of institutions and headings, never of a personal name.
const ORGANISATION: &[&str] = &[
    "university",
    "hospital",
    "institute",
    "college",
    "department",
    "school",
    "centre",
    "center",
    "laboratory",
    "academy",
    "china",
    "province",
    "city",
    "abstract",
    "background",
    "objective",
    "of",
    "the",
    "for",
    "with",
    "in",
    "on",
    "journal",
    "medicine",
    "research",
    "received",
    "review",
    "article",
    "email",
    "mail",
    "corresponding",
    "author",
    "professor",
    "introduction",
    "references",
    "supported",
    "funding",
    "keywords",
    "key",
    "words",
    "copyright",
    "volume",
    "vol",
    "no",
];
