//! Two ways of citing in one document: numbers, and author and year.

use super::RELATED;
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Span, Zone};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::citation::{Dated, Link, Marker, NamesKind, Scheme};
use crate::rules::Scope;
use std::collections::HashSet;

/// `mixed-citation-schemes`.
pub const MIXED: Kind = Kind {
    name: "mixed-citation-schemes",
    scope: Scope::Document,
    fields: &["usual", "usual_count", "marker", "count"],
    variants: &["few"],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(Mixed))
    },
};

/// Fewest markers that make a habit.
const HABIT: usize = 4;
/// Fewest works cited in the other way that are more than a slip.
const SECOND: usize = 3;

struct Mixed;

impl Check for Mixed {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let citations = &cx.facts.citations;
        match citations.scheme {
            Scheme::Bracket | Scheme::Superscript | Scheme::Footnote => numbers_first(cx, out),
            Scheme::AuthorYear => authors_first(cx, out),
            _ => {}
        }
    }
}

/// A document that cites by numbers, with citations by author and year among them.
fn numbers_first(cx: &Context<'_>, out: &mut Sink) {
    let citations = &cx.facts.citations;
    let whole = |marker: &&Marker| marker.damage.is_none() && marker.in_order();
    let markers: Vec<&Marker> = citations.markers.iter().filter(whole).collect();
    let alone: Vec<&Dated> = citations
        .author_years
        .items
        .iter()
        .filter(|item| {
            // `Smith et al. (2019) [5]` has its number; captions and tables name their sources in full
            item.zone == Zone::Body
                && item.strong
                && !item.narrative
                && item.names.kind == NamesKind::Several
                && !numbered(cx, item.span, &citations.markers)
        })
        .collect();
    let (Some(usual), Some(first)) = (markers.first(), alone.first()) else { return };
    let works: HashSet<(&str, u16)> =
        alone.iter().filter_map(|item| Some((cx.slice(*item.names.spans.first()?), item.year))).collect();
    if markers.len() < HABIT || works.len() * 2 > markers.len() {
        return;
    }
    let mut finding = cx
        .finding(first.span)
        .arg("usual", cx.slice(usual.span))
        .arg("usual_count", markers.len())
        .arg("marker", cx.slice(first.span))
        .arg("count", alone.len())
        .confidence(Confidence::Medium);
    if works.len() < SECOND {
        finding = finding.variant("few");
    }
    for item in alone.iter().skip(1).take(RELATED) {
        finding = finding.related(cx.place(item.span), Vec::new());
    }
    out.push(finding);
}

/// True when a numeric marker stands right before or after, no word between.
fn numbered(cx: &Context<'_>, span: Span, markers: &[Marker]) -> bool {
    let next = markers.partition_point(|marker| marker.span.start < span.end);
    let near = |from: usize, to: usize| {
        to >= from
            && to - from <= 24
            && !cx.slice(Span::new(from, to)).contains(|c: char| c.is_alphanumeric())
    };
    let after = markers.get(next).is_some_and(|marker| near(span.end, marker.span.start));
    let before = next.checked_sub(1).and_then(|at| markers.get(at));
    after || before.is_some_and(|marker| marker.span.end <= span.start && near(marker.span.end, span.start))
}

/// A document that cites by author and year, with numbers in brackets among them.
fn authors_first(cx: &Context<'_>, out: &mut Sink) {
    let citations = &cx.facts.citations;
    let usual: Vec<&Dated> =
        citations.author_years.items.iter().filter(|i| matches!(i.link, Link::Entries(_))).collect();
    let Some(first) = usual.first() else { return };
    let numbers: Vec<Span> = citations.strange.clone();
    let Some(marker) = numbers.first() else { return };
    if numbers.len() < SECOND || usual.len() < HABIT {
        return;
    }
    let mut finding = cx
        .finding(*marker)
        .arg("usual", cx.slice(first.span))
        .arg("usual_count", usual.len())
        .arg("marker", cx.slice(*marker))
        .arg("count", numbers.len())
        .confidence(Confidence::Medium);
    for span in numbers.iter().skip(1).take(RELATED) {
        finding = finding.related(cx.place(*span), vec![arg("count", numbers.len())]);
    }
    out.push(finding);
}
