//! Lists of abbreviations, and the notes under tables and figures: `ROS: reactive oxygen species; …`.

use super::extract::{Found, Order};
use super::letters::align;
use super::shape::{looks_short, normal};
use super::tables::Tables;
use crate::document::{Span, is_han};
use crate::finding::Confidence;

/// Definitions of the form `SF: long form;` in a note.
pub fn glossary(text: &str, tables: &Tables, chinese: bool) -> Vec<Found> {
    let mut out = Vec::new();
    let mut doubtful = Vec::new();
    let mut from = 0;
    let dashed = is_dashed(text);
    // items that nothing parts: `ROS: reactive oxygen species LPS: lipopolysaccharide`
    let starts = run_on(text);
    if !starts.is_empty() {
        for (index, start) in starts.iter().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(text.len());
            let stop = text[*start..end].find(['；', ';', '。', '\n']).map_or(end, |at| start + at);
            match item(text, *start, text[..stop].trim_end().len(), tables, chinese, false) {
                Some((found, true)) => out.push(found),
                Some((found, false)) => doubtful.push(found),
                None => {}
            }
        }
        return vouch(out, doubtful, starts.len() == 1 && starts[0] == 0);
    }
    let ends = |c: char| matches!(c, ';' | '；' | '。' | '\n' | '\t');
    for (at, c) in text.char_indices().chain([(text.len(), ';')]) {
        let full_stop = c == '.' && text[at..].starts_with(". ");
        let ended = ends(c) || full_stop || dashed && c == ',';
        if !ended {
            continue;
        }
        match item(text, from, at, tables, chinese, dashed) {
            Some((found, true)) => out.push(found),
            Some((found, false)) => doubtful.push(found),
            None => {}
        }
        from = (at + c.len_utf8()).min(text.len());
    }
    vouch(out, doubtful, false)
}

/// In a list of abbreviations the others vouch for an item that its letters do not explain.
fn vouch(mut out: Vec<Found>, doubtful: Vec<Found>, alone: bool) -> Vec<Found> {
    if out.len() >= 2 && doubtful.len() <= out.len() || alone {
        out.extend(doubtful);
        out.sort_by_key(|found: &Found| found.span.start);
    }
    out
}

/// Where items of the form `SF: words` begin, when a text holds two or more of them or is one, with
/// neither semicolon nor full stop between them.
pub fn run_on(text: &str) -> Vec<usize> {
    const ONE: usize = 160;
    const MANY: usize = 2_000;
    let mut out = Vec::new();
    if text.len() > MANY {
        return out;
    }
    for (at, _) in text.match_indices(": ") {
        let start = text[..at].rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let word = text.get(start..at).unwrap_or("");
        let capitals = word.chars().filter(|c| c.is_ascii_uppercase()).count() >= 2 || word.len() <= 4;
        // the heads of a structured abstract look the same
        let head = word.len() >= 6 && word.bytes().all(|b| b.is_ascii_uppercase());
        if capitals && !head && looks_short(&normal(word)) {
            out.push(start);
        }
    }
    let one = out.len() == 1 && out[0] == 0 && text.len() <= ONE;
    if one || out.len() >= 2 && !text.contains("; ") { out } else { Vec::new() }
}

/// `SF - long form, SF - long form, …`
pub fn is_dashed(text: &str) -> bool {
    text.len() < 2_000 && text.matches(" - ").take(3).count() >= 3
}

/// One item, and whether it is a definition by itself.
fn item(
    text: &str,
    from: usize,
    to: usize,
    tables: &Tables,
    chinese: bool,
    dashed: bool,
) -> Option<(Found, bool)> {
    let piece = text.get(from..to)?;
    let marks = |c: char| matches!(c, ':' | '：' | '=' | '＝' | ',' | '，' | '—' | '–' | '为');
    let at = if dashed { piece.find(" - ").map(|at| at + 1)? } else { piece.find(marks)? };
    let mark = piece[at..].chars().next()?;
    let left = piece[..at].trim_end();
    let left = left.strip_suffix("(%)").unwrap_or(left).trim_end();
    let word = left
        .rfind(|c: char| c.is_whitespace() || is_han(c) || c == '：')
        .map_or(0, |i| i + left[i..].chars().next().map_or(1, char::len_utf8));
    let short = normal(&left[word..]);
    let short_span = Span::new(from + word, from + left.len());
    let rest = &piece[at + mark.len_utf8()..];
    let start = from + at + mark.len_utf8() + rest.len() - rest.trim_start().len();
    let long = rest.trim().trim_end_matches('.');
    if !looks_short(&short) || long.is_empty() || long.len() > 160 {
        return None;
    }
    let long_span = Span::new(start, start + long.len());
    let han = long.chars().filter(|c| is_han(*c)).count();
    let named = chinese
        && han >= 2
        && han * 3 >= long.chars().count()
        && matches!(mark, ':' | '：' | '=' | '＝' | '为');
    let spelled =
        han == 0 && align(&short, long, &tables.words, true).is_some_and(|fit| fit.cost <= 0.6 * fit.limit());
    let words =
        han == 0 && long.chars().filter(|c| c.is_ascii_lowercase()).count() >= 6 && long.contains([' ', '-']);
    let letter = |text: &str| text.chars().find(|c| c.is_alphabetic()).map(|c| c.to_ascii_lowercase());
    // a comma parts other things, too: there at least the first letter has to agree
    let vouched = words && (!matches!(mark, ',' | '，') || letter(&short) == letter(long));
    if !named && !spelled && !vouched {
        return None;
    }
    let found = Found {
        short,
        short_span,
        zh: named.then_some(long_span),
        en: (spelled || vouched && !named).then_some(long_span),
        span: Span::new(short_span.start, long_span.end),
        order: Order::ShortFirst,
        spelled,
        confidence: Confidence::Medium,
    };
    Some((found, named || spelled))
}
