//! Years of entries: impossible ones, and ones in which letters stand for digits.

use crate::checks::{Check, Context};
use crate::engine::Sink;
use crate::finding::{Confidence, Safety, arg};

/// A year no publication can have.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Implausible {
    /// The last year that is not in the future. No clock is read: a text must be judged the same way
    /// every day.
    latest: u16,
    /// The first year in which what is cited today was printed.
    earliest: u16,
}

impl Default for Implausible {
    fn default() -> Self {
        Self { latest: 2027, earliest: 1700 }
    }
}

impl Check for Implausible {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for work in cx.facts.references.entries().flat_map(|entry| entry.works()) {
            let Some(year) =
                work.year.as_ref().filter(|y| y.confidence == Confidence::High && !y.value.damaged)
            else {
                continue;
            };
            let value = year.value.year;
            let finding = || {
                cx.finding(year.span)
                    .arg("year", usize::from(value))
                    .arg("latest", usize::from(self.latest))
                    .arg("earliest", usize::from(self.earliest))
            };
            if value > self.latest {
                out.push(finding());
            } else if value < self.earliest {
                out.push(finding().variant("early").confidence(Confidence::Medium));
            }
        }
    }
}

/// `2O17`: letters that look like digits. One finding per document, since one cause spoilt them all.
pub(super) struct Damaged;

/// Most places named.
const NAMED: usize = 20;

impl Check for Damaged {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let years: Vec<_> = cx
            .facts
            .references
            .entries()
            .flat_map(|entry| entry.works())
            .filter_map(|work| work.year.as_ref().filter(|year| year.value.damaged))
            .collect();
        let Some(first) = years.first() else { return };
        let mut finding = cx
            .finding(first.span)
            .confidence(Confidence::High)
            .arg("printed", cx.slice(first.span))
            .arg("year", usize::from(first.value.year))
            .arg("count", years.len())
            .fix(cx.document, Safety::Unsafe, first.span, first.value.year.to_string());
        for year in years.iter().skip(1).take(NAMED) {
            let args = vec![arg("printed", cx.slice(year.span)), arg("year", usize::from(year.value.year))];
            finding = finding.related(cx.place(year.span), args);
        }
        out.push(finding);
    }
}
