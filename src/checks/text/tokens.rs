//! Full-width characters, look-alikes and stray spaces inside a Latin token: one finding per spelling.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::engine::Sink;
use crate::finding::{Safety, arg};
use crate::parse::text::tokens::Token;
use crate::rules::{Options, Scope};
use std::collections::BTreeMap;

/// Most places named in one finding.
const RELATED: usize = 20;

/// `full-width-in-token`.
pub const FULL_WIDTH: Kind = Kind {
    name: "full-width-in-token",
    scope: Scope::Document,
    fields: &["token", "text", "right", "count"],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(FullWidth) as Box<dyn Check>),
};

/// `space-in-token`.
pub const SPACE: Kind = Kind {
    name: "space-in-token",
    scope: Scope::Document,
    fields: &["token", "text", "right", "count"],
    variants: &["word"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Space) as Box<dyn Check>),
};

/// `look-alike-in-token`.
pub const LOOK_ALIKE: Kind = Kind {
    name: "look-alike-in-token",
    scope: Scope::Document,
    fields: &["token", "text", "right", "count"],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(LookAlike) as Box<dyn Check>),
};

struct FullWidth;

impl Check for FullWidth {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        report(cx, &cx.facts.text.tokens.full_width, Safety::Safe, out);
    }
}

struct LookAlike;

impl Check for LookAlike {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        report(cx, &cx.facts.text.tokens.look_alike, Safety::Unsafe, out);
    }
}

struct Space;

impl Check for Space {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        report(cx, &cx.facts.text.tokens.spaced, Safety::Safe, out);
        words(cx, out);
    }
}

/// Words with a space inside, all in one finding: where there is one, there are more.
fn words(cx: &Context<'_>, out: &mut Sink) {
    let words = &cx.facts.text.words.spaced;
    let Some(first) = words.first() else { return };
    let text = cx.slice(first.span);
    let mut finding = cx
        .finding(first.span)
        .variant("word")
        .confidence(first.confidence)
        .arg("token", text)
        .arg("text", text)
        .arg("right", first.right.as_str())
        .arg("count", words.len())
        .fix(cx.document, Safety::Unsafe, first.span, first.right.as_str());
    for other in words.iter().skip(1).take(RELATED) {
        finding = finding.related(cx.place(other.span), vec![arg("token", cx.slice(other.span))]);
    }
    out.push(finding);
}

fn report(cx: &Context<'_>, tokens: &[Token], safety: Safety, out: &mut Sink) {
    let mut by_spelling: BTreeMap<&str, Vec<&Token>> = BTreeMap::new();
    for token in tokens {
        by_spelling.entry(cx.slice(token.whole)).or_default().push(token);
    }
    for (spelling, tokens) in by_spelling {
        let first = tokens[0];
        let (start, end) = (first.span.start - first.whole.start, first.span.end - first.whole.start);
        let right = format!("{}{}{}", &spelling[..start], first.right, &spelling[end..]);
        let mut finding = cx
            .finding(first.whole)
            .confidence(first.confidence)
            .arg("token", spelling)
            .arg("text", cx.slice(first.span))
            .arg("right", right)
            .arg("count", tokens.len())
            .fix(cx.document, safety, first.span, first.right.as_str());
        for other in tokens.iter().skip(1).take(RELATED) {
            finding = finding.related(cx.place(other.whole), vec![arg("token", spelling)]);
        }
        out.push(finding);
    }
}
