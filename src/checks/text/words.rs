//! Words that lost their space, and words that kept a line-end hyphen.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::{Confidence, Safety, arg};
use crate::parse::text::words::Broken;
use crate::rules::{Options, Scope};

/// Most places named in one finding.
const RELATED: usize = 20;

/// `run-together-words`.
pub const RUN_TOGETHER: Kind = Kind {
    name: "run-together-words",
    scope: Scope::Document,
    fields: &["text", "right", "count"],
    variants: &[],
    build: |options: Options<'_>| {
        options.read::<NoOptions>().map(|_| Box::new(RunTogether) as Box<dyn Check>)
    },
};

/// `hyphenation-residue`.
pub const HYPHENATION: Kind = Kind {
    name: "hyphenation-residue",
    scope: Scope::Document,
    fields: &["text", "right"],
    variants: &[],
    build: |options: Options<'_>| {
        options.read::<NoOptions>().map(|_| Box::new(Hyphenation) as Box<dyn Check>)
    },
};

struct RunTogether;

impl Check for RunTogether {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let words = &cx.facts.text.words.run_together;
        let shown: Vec<&Broken> = words
            .iter()
            .filter(|word| word.confidence >= Confidence::Medium && !is_mended(cx, word.span))
            .collect();
        let Some(first) = shown.first() else { return };
        let confidence = shown.iter().map(|word| word.confidence).max().unwrap_or(first.confidence);
        let mut finding = cx
            .finding(first.span)
            .confidence(confidence)
            .arg("text", cx.slice(first.span))
            .arg("right", first.right.as_str())
            .arg("count", shown.len())
            .fix(cx.document, Safety::Unsafe, first.span, first.right.as_str());
        for word in shown.iter().skip(1).take(RELATED) {
            let args = vec![arg("text", cx.slice(word.span)), arg("right", word.right.as_str())];
            finding = finding.related(cx.place(word.span), args);
        }
        out.push(finding);
    }
}

/// True when the reader took a character out of the word within one line: what was lost may be a hyphen.
fn is_mended(cx: &Context<'_>, span: Span) -> bool {
    let place = cx.place(span);
    place.segments.windows(2).any(|pair| pair[0].end.line == pair[1].start.line)
}

struct Hyphenation;

impl Check for Hyphenation {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for word in &cx.facts.text.words.hyphenated {
            // A hyphen the reader kept at a line end is the reader's question, not the author's.
            if cx.document.to_source(word.span).len() > 1 {
                continue;
            }
            out.push(
                cx.finding(word.span)
                    .confidence(word.confidence)
                    .arg("text", cx.slice(word.span))
                    .arg("right", word.right.as_str())
                    .fix(cx.document, Safety::Unsafe, word.span, word.right.as_str()),
            );
        }
    }
}
