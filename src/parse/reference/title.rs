//! Title and container: what stands between the names and the numbers.

use super::identifier::HIDDEN;
use super::imprint::Imprint;
use super::normal::trim;
use crate::document::is_han;
use crate::finding::Confidence;
use std::ops::Range;

/// A stretch of an entry and how sure its borders are.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub range: Range<usize>,
    pub confidence: Confidence,
}

/// The parts in words.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    pub title: Option<Part>,
    pub container: Option<Part>,
    pub publisher: Option<Part>,
    pub place: Option<Part>,
    pub edition: Option<Part>,
}

fn part(range: Range<usize>, confidence: Confidence) -> Option<Part> {
    (range.start < range.end).then_some(Part { range, confidence })
}

/// The bytes of a stretch without marks around it: start and length.
pub(super) fn tidy(text: &str, range: Range<usize>) -> (usize, usize) {
    let Some(inner) = text.get(range.clone()) else { return (range.start, 0) };
    let (lead, len) = trim(inner);
    let kept = &inner[lead..lead + len];
    let quotes = |c: char| "“”\"‘’".contains(c);
    let unquoted = kept.trim_matches(quotes);
    // quotation marks go when they stand at both ends
    if kept.starts_with(quotes) && kept.ends_with(quotes) && !unquoted.contains(quotes) {
        let (inner_lead, inner_len) = trim(unquoted);
        let start = kept.len() - kept.trim_start_matches(quotes).len();
        return (range.start + lead + start + inner_lead, inner_len);
    }
    (range.start + lead, len)
}

/// An entry with a type code: title before it, source after it.
pub(super) fn with_code(
    text: &str,
    body: usize,
    code: &Range<usize>,
    imprint: &Imprint,
    value: &str,
) -> Parts {
    let mut out = Parts { title: part(body..code.start.max(body), Confidence::High), ..Parts::default() };
    let end = imprint.range.start.max(code.end);
    let after = &text[code.end..end];
    let double = after.trim_start().starts_with("//");
    let from = code.end + if double { after.find("//").map_or(0, |at| at + 2) } else { 0 };
    let kind = value.split('/').next().unwrap_or_default();
    if kind == "J" || kind == "N" {
        out.container = words(text, from..end, Confidence::High);
        return out;
    }
    let stretches = sentences(text, from..end);
    let mut rest = stretches.as_slice();
    if double {
        // `//编者. 论文集名. 出版地: …`; without editors the first stretch is the proceedings
        let names = rest.first().is_some_and(|r| {
            !super::author::heads(&text[r.start..r.end.saturating_add(1).min(text.len())]).authors.is_empty()
        });
        let skip = usize::from(names && rest.len() > 2);
        out.container = rest.get(skip).and_then(|r| words(text, r.clone(), Confidence::Medium));
        rest = rest.get(skip + 1..).unwrap_or_default();
    }
    // translators may stand before the edition
    if let Some(at) = rest.iter().take(3).position(|r| is_edition(&text[r.clone()])) {
        out.edition = words(text, rest[at].clone(), Confidence::High);
        rest = &rest[at + 1..];
    }
    if let Some(last) = rest.last() {
        (out.place, out.publisher) = place_and_publisher(text, last.clone());
    }
    out
}

/// `A survey of lakes, J. Lake Res.`: the last comma stands before the journal.
fn comma_before_journal(text: &str, range: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let whole = text.get(range.clone())?;
    let at = whole.trim_end_matches([' ', ',', '.']).rfind(", ")?;
    let journal = whole[at + 2..].trim();
    let fits = journal.starts_with(|c: char| c.is_uppercase()) && (2..=90).contains(&journal.len()) && at > 8;
    fits.then(|| (range.start..range.start + at, range.start + at + 2..range.end))
}

/// An entry without type code: the container is emphasised, or the last sentence before the numbers.
pub(super) fn without_code(
    text: &str,
    body: usize,
    imprint: &Imprint,
    emphasis: Option<Range<usize>>,
    dated: bool,
) -> Parts {
    let mut out = Parts::default();
    let end = imprint.range.start.max(body);
    if let Some(title) = quoted(text, body..end, imprint.worded) {
        out.container = words(text, title.end..end, Confidence::High);
        out.title = part(title, Confidence::High);
        return out;
    }
    if let Some(range) = emphasis.filter(|r| gap(text, r.end, end) && r.start > body + 4) {
        out.container = words(text, range.clone(), Confidence::High);
        out.title = part(body..range.start, Confidence::High);
        return out;
    }
    if imprint.between
        && let Some((title, journal)) = comma_before_journal(text, body..end)
    {
        out.container = words(text, journal, Confidence::Medium);
        out.title = part(title, Confidence::Medium);
        return out;
    }
    let numbered = imprint.volume.is_some() || imprint.pages.is_some();
    let stretches = sentences(text, body..end);
    let Some(last) = stretches.last() else { return out };
    if !numbered {
        // no journal is known: the first sentence is the title, the rest is left alone
        let sure = if stretches.len() > 1 || dated { Confidence::Medium } else { Confidence::Low };
        out.title = stretches.first().and_then(|r| part(r.clone(), sure));
        if stretches.len() > 1 {
            let (place, publisher) = place_and_publisher(text, last.clone());
            (out.place, out.publisher) = (place, publisher.filter(|_| !dated || stretches.len() == 2));
        }
        return out;
    }
    let mut first = stretches.len() - 1;
    // a journal's abbreviated words each end with a full stop: `Indian J. Anim. Reprod.`
    while first > 1 && abbreviated(&text[stretches[first - 1].clone()], &text[stretches[first].clone()]) {
        first -= 1;
    }
    if first == 0 {
        // title and journal in one sentence, or no journal
        out.title = part(stretches[0].clone(), Confidence::Low);
        return out;
    }
    let container = stretches[first].start..last.end;
    let press = text[container.clone()].trim_end().trim_end_matches([';', '；', ',']);
    if imprint.volume.is_none()
        && press.split_once(": ").is_some_and(|(place, name)| place.len() <= 40 && !name.is_empty())
    {
        // `New York: Wiley; 2008. p. 12-45`: a book
        (out.place, out.publisher) = place_and_publisher(text, container);
        out.title = part(stretches[0].clone(), Confidence::Medium);
        out.edition = stretches[1..first]
            .iter()
            .find(|r| is_edition(&text[(*r).clone()]))
            .and_then(|r| words(text, r.clone(), Confidence::High));
        return out;
    }
    let sure =
        if text[container.clone()].chars().count() <= 90 { Confidence::Medium } else { Confidence::Low };
    out.container = words(text, container, sure);
    out.title = part(stretches[0].start..stretches[first - 1].end, sure);
    out
}

/// True when the sentence before belongs to the same abbreviated journal name.
fn abbreviated(before: &str, after: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().collect();
    let capital = |w: &&str| w.starts_with(char::is_uppercase) || matches!(*w, "of" | "and" | "&" | "the");
    let short = words.last().is_some_and(|w| w.chars().count() <= 6);
    let single = words.len() == 1 && before.trim().chars().count() <= 5;
    let after_words = after.split_whitespace().count();
    words.len() <= 3 && words.iter().all(capital) && short && (single || after_words == 1)
}

/// A title in quotation marks, the marks included.
fn quoted(text: &str, range: Range<usize>, worded: bool) -> Option<Range<usize>> {
    let window = text.get(range.clone())?;
    // names that could not be read may stand before it
    let open = window.find(['“', '"']).filter(|open| *open < 600)?;
    let first = !window[..open].contains(|c: char| c.is_alphanumeric());
    if !first && !worded {
        return None;
    }
    let sign = window[open..].chars().next()?;
    let close = match sign {
        '“' => '”',
        '"' => '"',
        _ => return None,
    };
    let from = open + sign.len_utf8();
    let end = from + window[from..].rfind(close)? + close.len_utf8();
    Some(range.start + open..range.start + end)
}

/// True when only marks and white space stand between two places.
fn gap(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to.max(from))
        .is_some_and(|between| !between.chars().any(|c| c.is_alphanumeric() || c == HIDDEN))
}

/// A stretch that holds letters.
fn words(text: &str, range: Range<usize>, confidence: Confidence) -> Option<Part> {
    let held = text.get(range.clone())?;
    // identifiers and what stands after them are no words of the source
    let visible = held.find(HIDDEN).map_or(range.end, |at| range.start + at);
    text[range.start..visible]
        .chars()
        .any(char::is_alphabetic)
        .then_some(Part { range: range.start..visible, confidence })
}

/// Sentences of a stretch, without their full stops. A full stop ends one before a space or a capital,
/// not inside brackets, not after a single capital letter.
fn sentences(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let window = &text[range.clone()];
    let mut depth = 0usize;
    let mut start = 0;
    let mut previous = ' ';
    for (at, c) in window.char_indices() {
        match c {
            // a bracket that is not closed soon is damage
            '(' | '（' | '[' | '［' if closes(&window[at..]) => depth += 1,
            ')' | '）' | ']' | '］' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let next = window[at + c.len_utf8()..].chars().find(|c| !"*_".contains(*c));
        let full = matches!(c, '．' | '。' | '?' | '？' | '!')
            || (c == '.'
                && next.is_none_or(|n| n.is_whitespace() || n.is_uppercase() || is_han(n) || n == '“'));
        let decimal = c == '.' && previous.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit());
        let dotted = c == '.' && next.is_some_and(char::is_uppercase) && previous.is_uppercase();
        if full && depth == 0 && !decimal && !dotted {
            let keep = at + if matches!(c, '?' | '？' | '!') { c.len_utf8() } else { 0 };
            push(&mut out, window, start..keep, range.start);
            start = at + c.len_utf8();
        }
        if !c.is_whitespace() {
            previous = c;
        }
    }
    push(&mut out, window, start..window.len(), range.start);
    out
}

/// True when a bracket at the start of `text` is closed within 160 bytes.
fn closes(text: &str) -> bool {
    let window = super::author::clip(text, 160);
    window.contains(if text.starts_with(['(', '（']) { [')', '）'] } else { [']', '］'] })
}

fn push(out: &mut Vec<Range<usize>>, window: &str, range: Range<usize>, base: usize) {
    if window[range.clone()].chars().any(|c| c.is_alphanumeric() && c != HIDDEN) {
        out.push(base + range.start..base + range.end);
    }
}

/// `第2版`, `2nd ed`, `修订版`.
fn is_edition(text: &str) -> bool {
    let text = text.trim().trim_matches(['.', '．', ',']);
    let lower = text.to_ascii_lowercase();
    (text.ends_with('版') && text.chars().count() <= 8)
        || (text.len() <= 24
            && (lower.ends_with(" ed") || lower.ends_with("edition") || lower.ends_with(" ed.")))
}

/// `北京: 科学出版社`, `New York: Wiley`.
fn place_and_publisher(text: &str, range: Range<usize>) -> (Option<Part>, Option<Part>) {
    let window = &text[range.clone()];
    let sign = window.char_indices().find(|(_, c)| matches!(c, ':' | '：'));
    match sign {
        Some((at, c)) if window[..at].trim().chars().count() <= 40 => {
            let place = words(text, range.start..range.start + at, Confidence::Medium);
            (place, words(text, range.start + at + c.len_utf8()..range.end, Confidence::Medium))
        }
        _ => (None, words(text, range, Confidence::Low)),
    }
}
