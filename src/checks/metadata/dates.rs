//! Dates of a manuscript's way.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::metadata::{FieldKind, LabelledDate};
use crate::rules::{Options, Scope};

/// `dates-out-of-order`.
pub const ORDER: Kind = Kind {
    name: "dates-out-of-order",
    scope: Scope::Document,
    fields: &["first", "first_label", "second", "second_label"],
    variants: &["revised-after-accepted", "online-before-accepted", "differ"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Order) as Box<dyn Check>),
};

/// `impossible-date`.
pub const IMPOSSIBLE: Kind = Kind {
    name: "impossible-date",
    scope: Scope::Document,
    fields: &["date"],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Impossible) as Box<dyn Check>),
};

/// Dates further apart than this belong to different papers or sets, in bytes.
const GAP: usize = 800;

struct Order;

/// The pairs that must be in order, each with its variant: earlier, later.
const PAIRS: &[(FieldKind, FieldKind, Option<&str>)] = &[
    (FieldKind::Received, FieldKind::Revised, None),
    (FieldKind::Received, FieldKind::Accepted, None),
    (FieldKind::Received, FieldKind::Online, None),
    (FieldKind::Revised, FieldKind::Accepted, Some("revised-after-accepted")),
    (FieldKind::Accepted, FieldKind::Online, Some("online-before-accepted")),
];

impl Check for Order {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let sets = sets(&cx.facts.metadata.dates);
        for set in &sets {
            let mut received_done = false;
            // a date that was reported says nothing about the others
            let mut said: Option<Span> = None;
            for (first, second, variant) in PAIRS {
                let find = |kind| set.iter().find(|d| d.kind == kind && d.date.exists());
                let (Some(a), Some(b)) = (find(*first), find(*second)) else { continue };
                let again = said.is_some_and(|said| said == a.span || said == b.span);
                if !b.date.before(a.date) || again || received_done && *first == FieldKind::Received {
                    continue;
                }
                said = Some(b.span);
                received_done |= *first == FieldKind::Received;
                out.push(finding(cx, a, b, *variant));
            }
        }
        // the same event with two dates, in the Chinese and the English set
        for (index, set) in sets.iter().enumerate() {
            for other in &sets[index + 1..] {
                for a in set.iter().filter(|d| d.date.exists()) {
                    let b = other.iter().find(|d| d.kind == a.kind && d.date.exists());
                    let differ = b.filter(|b| b.date.before(a.date) || a.date.before(b.date));
                    if let Some(b) = differ.filter(|_| a.kind != FieldKind::Online) {
                        out.push(finding(cx, a, b, Some("differ")).confidence(Confidence::Medium));
                    }
                }
            }
        }
    }
}

fn finding(
    cx: &Context<'_>,
    a: &LabelledDate,
    b: &LabelledDate,
    variant: Option<&'static str>,
) -> crate::finding::Finding {
    // the later event stands at the earlier date: that one is shown
    let finding = cx
        .finding(b.span)
        .arg("first", a.date.to_string())
        .arg("first_label", cx.slice(a.label))
        .arg("second", b.date.to_string())
        .arg("second_label", cx.slice(b.label))
        .related(cx.place(a.span), vec![arg("first", a.date.to_string())]);
    match variant {
        Some(name) => finding.variant(name),
        None => finding,
    }
}

/// Runs of labelled dates that stand together, no label twice.
fn sets(dates: &[LabelledDate]) -> Vec<Vec<LabelledDate>> {
    let mut out: Vec<Vec<LabelledDate>> = Vec::new();
    for date in dates.iter().take(200) {
        let near = out
            .last()
            .and_then(|set| set.last())
            .is_some_and(|last| date.span.start.abs_diff(last.span.end) <= GAP);
        let new = out.last().is_none_or(|set| set.iter().any(|d| d.kind == date.kind));
        match out.last_mut() {
            Some(set) if near && !new => set.push(*date),
            _ => out.push(vec![*date]),
        }
    }
    out.retain(|set| !set.is_empty());
    out
}

struct Impossible;

impl Check for Impossible {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for (span, _) in &cx.facts.metadata.impossible_dates {
            out.push(cx.finding(*span).arg("date", cx.slice(*span)));
        }
    }
}
