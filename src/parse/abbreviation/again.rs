//! A defined short form in brackets after other words than its own: `tumour neural factor (TNF)` where
//! the text has defined tumour necrosis factor. The letters no longer decide, the known long form does.

use super::extract::{Found, Order};
use super::lexicon::words;
use super::shape::{brackets, normal};
use crate::document::{Span, is_cjk_punctuation, is_han};
use crate::finding::Confidence;
use std::collections::HashMap;

/// English long forms of a document by short form, each as words.
pub type Known = HashMap<String, Vec<Vec<String>>>;

/// Words that start with the short form's first letter and end like a known long form.
pub fn again(text: &str, known: &Known) -> Vec<Found> {
    let mut out = Vec::new();
    for bracket in brackets(text).into_iter().filter(|bracket| !bracket.square) {
        let inner = &text[bracket.inner.range()];
        if inner.len() > 24 {
            continue;
        }
        let short = normal(inner);
        let Some(longs) = known.get(&short) else { continue };
        let Some(found) = longs.iter().find_map(|long| near(text, bracket.outer.start, &short, long)) else {
            continue;
        };
        let lead = inner.len() - inner.trim_start().len();
        let start = bracket.inner.start + lead;
        out.push(Found {
            short,
            short_span: Span::new(start, start + inner.trim().len()),
            zh: None,
            en: Some(found),
            span: Span::new(found.start, bracket.outer.end),
            order: Order::LongFirst,
            spelled: false,
            confidence: Confidence::Medium,
        });
    }
    out
}

/// The nearest stretch before `end` that begins with the short form's letter, has about as many words
/// as the known long form, and ends in its last word.
fn near(text: &str, end: usize, short: &str, long: &[String]) -> Option<Span> {
    let end = text[..end].trim_end().len();
    let last = long.last().filter(|_| long.len() >= 2)?;
    let letter = short.chars().next()?.to_ascii_lowercase();
    let mut at = end;
    for count in 1..=long.len() + 1 {
        let head = text[..at].trim_end();
        if count > 1
            && head.ends_with(|c: char| matches!(c, '.' | ';' | ',' | ')' | ':') || is_cjk_punctuation(c))
        {
            return None;
        }
        let start = head
            .char_indices()
            .rev()
            .take(40)
            .take_while(|(_, c)| !c.is_whitespace() && !is_han(*c) && !is_cjk_punctuation(*c))
            .last()
            .map(|(at, _)| at)?;
        // a bracket around it all: `sequence (Chronic DNA (cpDNA))`
        let opened = head[start..].starts_with(['(', '（']);
        let start =
            if opened { start + head[start..].chars().next().map_or(0, char::len_utf8) } else { start };
        let word = &head[start..];
        if count == 1 && !words(word).last().is_some_and(|word| alike(word, last)) {
            return None;
        }
        at = start;
        let fits = word.chars().next().is_some_and(|c| c.to_ascii_lowercase() == letter);
        if count >= 2 && fits && count + 2 >= long.len().min(4) {
            return Some(Span::new(start, end));
        }
        if opened {
            return None;
        }
    }
    None
}

/// Equal, or the same word with another ending.
fn alike(a: &str, b: &str) -> bool {
    let shared = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    a == b || shared >= 5 && shared + 4 >= a.len().max(b.len())
}
