//! Inside one marker: reversed ranges, repeated numbers, a number right after it.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Span, Zone};
use crate::engine::Sink;
use crate::finding::{Confidence, Safety};
use crate::parse::citation::{Item, Marker, Scheme};
use crate::rules::Scope;

/// `reversed-citation-range`.
pub const RANGE: Kind = Kind {
    name: "reversed-citation-range",
    scope: Scope::Document,
    fields: &["range", "likely"],
    variants: &["shortened", "single"],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(Range))
    },
};

/// `repeated-citation-number`.
pub const REPEATED: Kind = Kind {
    name: "repeated-citation-number",
    scope: Scope::Document,
    fields: &["number", "marker"],
    variants: &[],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(Repeated))
    },
};

/// `number-after-citation`.
pub const LOCATOR: Kind = Kind {
    name: "number-after-citation",
    scope: Scope::Document,
    fields: &["marker", "number"],
    variants: &[],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(Locator))
    },
};

/// Markers that can be judged by what stands inside them.
fn whole<'a>(cx: &Context<'a>) -> impl Iterator<Item = &'a Marker> {
    let citations = &cx.facts.citations;
    let strict = matches!(citations.scheme, Scheme::Bracket | Scheme::Superscript | Scheme::Round);
    citations
        .markers
        .iter()
        .filter(move |marker| strict && marker.damage.is_none() && marker.zone != Zone::Front)
}

struct Range;

impl Check for Range {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for marker in whole(cx) {
            // `(10-4)×4` is a power of ten that lost its superscript
            let after = cx.document.text()[marker.span.end..].trim_start().chars().next();
            let factor = after.is_some_and(|c| matches!(c, '×' | '✕' | '∙' | '·' | '=' | '＝'));
            let round = cx.facts.citations.scheme == Scheme::Round;
            let power = |item: &Item| item.first == 10 && item.last < 10 && (round || factor);
            let reversed = |item: &&Item| item.range && item.first >= item.last && !power(item);
            for item in marker.items.iter().filter(reversed) {
                let range = cx.slice(item.span);
                let likely = likely(range, item);
                let finding = cx.finding(item.span).arg("range", range).arg("likely", likely.clone()).fix(
                    cx.document,
                    Safety::Unsafe,
                    item.span,
                    likely,
                );
                let shortened = item.last < 10 && item.first > 10 && item.first % 10 < item.last;
                out.push(if item.first == item.last {
                    finding.variant("single")
                } else if shortened {
                    finding.variant("shortened")
                } else {
                    finding
                });
            }
        }
    }
}

/// The range the other way round, with its own dash.
fn likely(range: &str, item: &Item) -> String {
    if item.first == item.last {
        return item.first.to_string();
    }
    let dash: String = range.chars().skip_while(|c| c.is_numeric()).take_while(|c| !c.is_numeric()).collect();
    format!("{}{dash}{}", item.last, item.first)
}

struct Repeated;

impl Check for Repeated {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for marker in whole(cx) {
            let mut items: Vec<(u32, u32, Span)> =
                marker.items.iter().map(|i| (i.first.min(i.last), i.first.max(i.last), i.span)).collect();
            items.sort_by_key(|(first, last, span)| (*first, *last, span.start));
            let mut reach: Option<u32> = None;
            for (first, last, span) in items {
                if reach.is_some_and(|reach| first <= reach) {
                    out.push(cx.finding(span).arg("number", first).arg("marker", cx.slice(marker.span)));
                    break;
                }
                reach = reach.max(Some(last));
            }
        }
    }
}

struct Locator;

impl Check for Locator {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let citations = &cx.facts.citations;
        if citations.scheme != Scheme::Bracket {
            return;
        }
        let with: Vec<(&Marker, Span)> = citations
            .markers
            .iter()
            .filter(|marker| marker.in_order())
            .filter_map(|marker| Some((marker, marker.locator?)))
            .collect();
        // two or more are page locators (GB/T 7714, 10.1.3): a house style, not a slip
        let [(marker, number)] = with.as_slice() else { return };
        out.push(
            cx.finding(Span::new(marker.span.start, number.end))
                .confidence(Confidence::Medium)
                .arg("marker", cx.slice(marker.span))
                .arg("number", cx.slice(*number)),
        );
    }
}
