//! `likely-misspelt-short-form`: an unknown form one slip away from a defined or frequent one.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::engine::Sink;
use crate::finding::{Safety, arg};
use crate::rules::Scope;

/// Two letters swapped, or one read for another.
pub const KIND: Kind = Kind {
    name: "likely-misspelt-short-form",
    scope: Scope::Document,
    fields: &["short", "likely", "uses"],
    variants: &["transposed", "look-alike", "letter-lost", "same-long-form"],
    build: |options| options.read::<NoOptions>().map(|_| Box::new(Misspelling) as Box<dyn Check>),
};

struct Misspelling;

impl Check for Misspelling {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for slip in &cx.facts.abbreviations.slips {
            let Some(first) = slip.places.first() else { continue };
            let mut finding = cx
                .finding(*first)
                .variant(slip.variant)
                .confidence(slip.confidence)
                .arg("short", slip.text.as_str())
                .arg("likely", slip.likely.as_str())
                .arg("uses", slip.places.len())
                .fix(cx.document, Safety::Unsafe, *first, slip.likely.clone());
            for place in slip.places.iter().skip(1).take(12) {
                finding = finding.labelled(cx.place(*place), "again", vec![arg("short", slip.text.as_str())]);
            }
            out.push(finding.related(cx.place(slip.right), vec![arg("short", slip.likely.as_str())]));
        }
    }
}
