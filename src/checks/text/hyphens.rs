//! One name written with several dashes: `TNF–α` beside `TNF-α`.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Span, Zone};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::rules::{Options, Scope};
use memchr::memmem;
use std::collections::BTreeMap;

/// `mixed-hyphens`.
pub const KIND: Kind = Kind {
    name: "mixed-hyphens",
    scope: Scope::Document,
    fields: &["word", "other", "count"],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Hyphens) as Box<dyn Check>),
};

/// Dashes that stand for a hyphen in damaged or converted texts.
const DASHES: &[char] = &['‐', '‑', '–', '—', '−', '﹣', '－'];
/// Longest part of a name on one side of the dash, in characters.
const LONGEST: usize = 16;

struct Hyphens;

impl Check for Hyphens {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.document.text();
        let mut odd: BTreeMap<String, Vec<Span>> = BTreeMap::new();
        for block in cx.document.blocks() {
            if matches!(block.zone(), Zone::Code | Zone::References | Zone::Furniture | Zone::Front) {
                continue;
            }
            let own = cx.slice(block.span);
            if own.is_ascii() {
                continue;
            }
            for (at, dash) in own.char_indices().filter(|(_, c)| DASHES.contains(c)) {
                let Some((span, plain)) = name(own, at, dash) else { continue };
                let span = span.shift(block.span.start);
                if !cx.facts.masks.touches(span) {
                    odd.entry(plain).or_default().push(span);
                }
            }
        }
        // names that are written with a hyphen, too
        let mut mixed: Vec<(Span, Span, usize)> = Vec::new();
        for (plain, places) in &odd {
            let hyphen = memmem::find_iter(text.as_bytes(), plain.as_bytes())
                .take(50)
                .map(|at| Span::new(at, at + plain.len()))
                .find(|span| stands(text, *span) && !cx.facts.masks.touches(*span));
            if let (Some(hyphen), Some(first)) = (hyphen, places.first()) {
                mixed.push((*first, hyphen, places.len()));
            }
        }
        mixed.sort_by_key(|(first, _, _)| first.start);
        let Some((first, hyphen, _)) = mixed.first() else { return };
        let mut finding = cx
            .finding(*first)
            .confidence(Confidence::Medium)
            .arg("word", cx.slice(*first))
            .arg("other", cx.slice(*hyphen))
            .arg("count", mixed.iter().map(|(_, _, count)| count).sum::<usize>())
            .related(cx.place(*hyphen), vec![arg("word", cx.slice(*hyphen))]);
        for (place, _, _) in mixed.iter().skip(1).take(19) {
            finding = finding.related(cx.place(*place), vec![arg("word", cx.slice(*place))]);
        }
        out.push(finding);
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('α'..='ω').contains(&c)
}

/// The name around a dash, and how it is written with a hyphen: letters or digits touch it on both sides,
/// and the left side holds a letter (`1–2` is a range).
fn name(text: &str, at: usize, dash: char) -> Option<(Span, String)> {
    let left: usize =
        text[..at].chars().rev().take(LONGEST).take_while(|c| is_letter(*c)).map(char::len_utf8).sum();
    let rest = &text[at + dash.len_utf8()..];
    let right: usize = rest.chars().take(LONGEST).take_while(|c| is_letter(*c)).map(char::len_utf8).sum();
    let (head, tail) = (&text[at - left..at], &rest[..right]);
    let named = head.bytes().any(|b| b.is_ascii_alphabetic()) && !tail.is_empty();
    // Kaplan–Meier: two words of their own may be joined by a dash; names of substances hold capitals or digits
    let symbol = head.bytes().filter(u8::is_ascii_uppercase).count() >= 2
        || tail.chars().any(|c| c.is_ascii_digit() || !c.is_ascii());
    (named && symbol).then(|| (Span::new(at - left, at + dash.len_utf8() + right), format!("{head}-{tail}")))
}

/// No letter, digit or dash goes on.
fn stands(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    ![before, after].into_iter().flatten().any(|c| is_letter(c) || c == '-')
}
