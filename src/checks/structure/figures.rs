//! Figures and tables: called, captioned, in order.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::structure::figure::{FigureKind, Label};
use crate::rules::{Options, Scope};
use std::collections::{BTreeMap, BTreeSet};

/// `figure-without-caption`.
pub const UNCAPTIONED: Kind = Kind {
    name: "figure-without-caption",
    scope: Scope::Document,
    fields: &["label", "number", "count"],
    variants: &["extracted"],
    build: |options: Options<'_>| {
        options.read::<NoOptions>().map(|_| Box::new(Uncaptioned) as Box<dyn Check>)
    },
};

/// `caption-never-called`.
pub const UNCALLED: Kind = Kind {
    name: "caption-never-called",
    scope: Scope::Document,
    fields: &["label", "number"],
    variants: &["extracted"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Uncalled) as Box<dyn Check>),
};

/// `figures-called-out-of-order`.
pub const ORDER: Kind = Kind {
    name: "figures-called-out-of-order",
    scope: Scope::Document,
    fields: &["label", "number", "first"],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Order) as Box<dyn Check>),
};

const KINDS: [FigureKind; 2] = [FigureKind::Figure, FigureKind::Table];

fn of(labels: &[Label], kind: FigureKind) -> BTreeMap<u32, &Label> {
    let mut out = BTreeMap::new();
    for label in labels.iter().filter(|label| label.kind == kind) {
        out.entry(label.number).or_insert(label);
    }
    out
}

struct Uncaptioned;

impl Check for Uncaptioned {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.structure;
        for kind in KINDS {
            let (captions, calls) = (of(&facts.captions, kind), of(&facts.calls, kind));
            let missing: Vec<(&u32, &&Label)> =
                calls.iter().filter(|(n, _)| !captions.contains_key(n)).collect();
            // no caption at all: this file holds the text only; most missing: they were lost
            if captions.is_empty() || missing.len() > captions.len() {
                if !missing.is_empty() {
                    out.abstain("text-only", vec![arg("count", missing.len())]);
                }
                continue;
            }
            for (number, label) in missing {
                let finding =
                    cx.finding(label.span).arg("label", cx.slice(label.span)).arg("number", *number);
                out.push(if facts.extracted {
                    finding.variant("extracted").confidence(Confidence::Medium)
                } else {
                    finding
                });
            }
        }
    }
}

struct Uncalled;

impl Check for Uncalled {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.structure;
        for kind in KINDS {
            let (captions, calls) = (of(&facts.captions, kind), of(&facts.calls, kind));
            let known: BTreeSet<u32> = calls.keys().copied().collect();
            let lost: Vec<_> =
                captions.iter().filter(|(n, label)| !known.contains(n) && label.sure).collect();
            if known.is_empty() || lost.len() > known.len() {
                continue;
            }
            for (number, label) in lost {
                let finding =
                    cx.finding(label.span).arg("label", cx.slice(label.span)).arg("number", *number);
                out.push(if facts.extracted {
                    finding.variant("extracted").confidence(Confidence::Medium)
                } else {
                    finding
                });
            }
        }
    }
}

struct Order;

impl Check for Order {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.structure;
        for kind in KINDS {
            let captions = of(&facts.captions, kind);
            let called = of(&facts.calls, kind);
            let mut seen: BTreeSet<u32> = BTreeSet::new();
            for call in facts.calls.iter().filter(|c| c.kind == kind && captions.contains_key(&c.number)) {
                // only a figure that has a caption and is called for the first time later on
                let skipped = captions
                    .range(..call.number)
                    .rev()
                    .map(|(n, _)| *n)
                    .find(|n| !seen.contains(n) && called.contains_key(n));
                if let Some(skipped) = skipped.filter(|_| !seen.contains(&call.number)) {
                    let first = called.get(&skipped);
                    let mut finding = cx
                        .finding(call.span)
                        .confidence(Confidence::Medium)
                        .arg("label", cx.slice(call.span))
                        .arg("number", call.number)
                        .arg("first", skipped);
                    if let Some(first) = first {
                        finding = finding.related(cx.place(first.span), Vec::new());
                    }
                    out.push(finding);
                    break;
                }
                seen.insert(call.number);
            }
        }
    }
}
