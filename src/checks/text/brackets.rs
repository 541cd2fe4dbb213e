//! Bracket pairs of two widths, and brackets without a partner: one finding per document each.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Place, Span};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::rules::{Options, Scope};

/// Most places named in one finding.
const RELATED: usize = 20;
/// A pair over more source lines than this is shown by its closing bracket.
const LINES: usize = 2;

/// `mixed-bracket-pair`.
pub const MIXED: Kind = Kind {
    name: "mixed-bracket-pair",
    scope: Scope::Document,
    fields: &["text", "count"],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Mixed) as Box<dyn Check>),
};

/// `unbalanced-bracket`.
pub const UNBALANCED: Kind = Kind {
    name: "unbalanced-bracket",
    scope: Scope::Document,
    fields: &["text", "count"],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Unbalanced) as Box<dyn Check>),
};

struct Mixed;

impl Check for Mixed {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let pairs = cx.facts.text.brackets.pairs.iter().filter(|pair| pair.open_width != pair.close_width);
        let places: Vec<Place> = pairs
            .map(|pair| {
                let whole = cx.place(Span::new(pair.open.start, pair.close.end));
                let long = whole.range.end.line - whole.range.start.line > LINES;
                if long { cx.place(pair.close) } else { whole }
            })
            .collect();
        group(places, Confidence::High, out);
    }
}

struct Unbalanced;

impl Check for Unbalanced {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let places = cx.facts.text.brackets.alone.iter().map(|span| cx.place(*span)).collect();
        group(places, Confidence::Medium, out);
    }
}

/// One finding for all places; the first is primary.
fn group(places: Vec<Place>, confidence: Confidence, out: &mut Sink) {
    let count = places.len();
    let mut places = places.into_iter();
    let Some(first) = places.next() else { return };
    let text = first.text.clone();
    let mut finding =
        crate::finding::Finding::at(first).confidence(confidence).arg("text", text).arg("count", count);
    for place in places.take(RELATED) {
        let text = place.text.clone();
        finding = finding.related(place, vec![arg("text", text)]);
    }
    out.push(finding);
}
