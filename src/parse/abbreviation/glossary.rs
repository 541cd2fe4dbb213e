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
    let mut from = 0;
    let dashed = is_dashed(text);
    let ends = |c: char| matches!(c, ';' | '；' | '。' | '\n' | '\t');
    for (at, c) in text.char_indices().chain([(text.len(), ';')]) {
        let full_stop = c == '.' && text[at..].starts_with(". ");
        let ended = ends(c) || full_stop || dashed && c == ',';
        if !ended {
            continue;
        }
        if let Some(found) = item(text, from, at, tables, chinese, dashed) {
            out.push(found);
        }
        from = (at + c.len_utf8()).min(text.len());
    }
    out
}

/// `SF - long form, SF - long form, …`
pub fn is_dashed(text: &str) -> bool {
    text.len() < 2_000 && text.matches(" - ").take(3).count() >= 3
}

fn item(text: &str, from: usize, to: usize, tables: &Tables, chinese: bool, dashed: bool) -> Option<Found> {
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
    if !named && !spelled {
        return None;
    }
    Some(Found {
        short,
        short_span,
        zh: named.then_some(long_span),
        en: spelled.then_some(long_span),
        span: Span::new(short_span.start, long_span.end),
        order: Order::ShortFirst,
        spelled,
        confidence: Confidence::Medium,
    })
}
