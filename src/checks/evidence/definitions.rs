//! Definitions of one subject and property that differ across documents.

use crate::checks::{Check, Context, CorpusContext, Kind, NoOptions, entry};
use crate::document::Place;
use crate::engine::{Entry, Sink};
use crate::finding::{Finding, Severity, arg};
use crate::parse::evidence::{Form, Quantity, StatementKind};
use crate::rules::{Options, Scope};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Most places named in one finding.
pub(super) const RELATED: usize = 20;
/// Ends that differ by more than this share of the larger one are far apart.
const FAR: f64 = 0.5;

/// The kind. Compares definitions only: not measured values, not history, not other subjects.
pub const KIND: Kind = Kind {
    name: "definition-conflict",
    scope: Scope::Corpus,
    fields: &["subject", "property", "value", "values", "documents", "count"],
    variants: &["far-apart", "disjoint", "unit-slip"],
    build,
};

struct Definitions;

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(Definitions))
}

impl Check for Definitions {
    fn summarise(&self, cx: &Context<'_>, out: &mut Vec<Entry>) {
        let tables = &cx.data.evidence;
        for statement in &cx.facts.evidence.statements {
            let quantity = &cx.facts.evidence.quantities[statement.quantity];
            if statement.kind != StatementKind::Definition || !is_compared(quantity) {
                continue;
            }
            let subject = &tables.subjects[statement.subject].id;
            let property = &tables.properties[statement.property].id;
            let value = Ends::of(quantity, tables.units.scale(&quantity.unit)).write(cx.slice(quantity.span));
            out.push(entry(cx, quantity.span, format!("{subject}/{property}"), value));
        }
    }

    fn corpus(&self, cx: &CorpusContext<'_>, out: &mut Sink) {
        let tables = &cx.data.evidence;
        for group in cx.entries.chunk_by(|a, b| a.key == b.key) {
            let names = group[0].key.split_once('/').and_then(|(subject, property)| {
                Some((tables.subject(subject)?.name.clone(), tables.property(property)?.name.clone()))
            });
            if let (Some(names), Some(finding)) = (names, conflict(group, cx.corpus_declared)) {
                out.push(finding.arg("subject", names.0).arg("property", names.1).key(group[0].key.clone()));
            }
        }
    }
}

/// Ranges and bounds are compared; a lone number is an example of the size rather than its definition.
pub(super) fn is_compared(quantity: &Quantity) -> bool {
    match quantity.form {
        Form::Range => !quantity.magnitude_lost,
        Form::Value => quantity.low.is_none() || quantity.high.is_none(),
        _ => false,
    }
}

/// The ends of a range in base units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ends {
    low: Option<f64>,
    high: Option<f64>,
}

impl Ends {
    pub(super) fn of(quantity: &Quantity, scale: f64) -> Self {
        Self { low: quantity.low.map(|v| v * scale), high: quantity.high.map(|v| v * scale) }
    }

    /// `low|high|as printed`, for an [`Entry`].
    pub(super) fn write(self, printed: &str) -> String {
        let end = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:e}"));
        let printed: Vec<&str> = printed.split_whitespace().collect();
        format!("{}|{}|{}", end(self.low), end(self.high), printed.join(" "))
    }

    fn read(value: &str) -> Option<(Self, &str)> {
        let mut parts = value.splitn(3, '|');
        let (low, high) = (parts.next()?.parse().ok(), parts.next()?.parse().ok());
        Some((Self { low, high }, parts.next()?))
    }

    fn same(self, other: Self) -> bool {
        let same = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => super::close(a, b),
            (None, None) => true,
            _ => false,
        };
        same(self.low, other.low) && same(self.high, other.high)
    }

    fn disjoint(self, other: Self) -> bool {
        let above = |low: Option<f64>, high: Option<f64>| matches!((low, high), (Some(low), Some(high)) if low > high);
        above(self.low, other.high) || above(other.low, self.high)
    }

    fn pairs(self, other: Self) -> impl Iterator<Item = (f64, f64)> {
        [self.low.zip(other.low), self.high.zip(other.high)].into_iter().flatten()
    }

    /// The same digits a factor of a thousand apart.
    fn slipped(self, other: Self) -> bool {
        let mut pairs = self.pairs(other).peekable();
        let slip =
            |a: f64, b: f64| [1e3, 1e6].iter().any(|f| super::close(a * f, b) || super::close(b * f, a));
        pairs.peek().is_some() && pairs.all(|(a, b)| slip(a, b))
    }

    fn far(self, other: Self) -> bool {
        self.pairs(other).any(|(a, b)| (a - b).abs() / a.abs().max(b.abs()).max(f64::MIN_POSITIVE) > FAR)
    }
}

struct Stated<'a> {
    ends: Ends,
    printed: &'a str,
    place: &'a Place,
}

/// One finding for a key, when two documents state different values.
pub(super) fn conflict(group: &[&Entry], declared: bool) -> Option<Finding> {
    let mut stated: Vec<Stated<'_>> = group
        .iter()
        .filter_map(|entry| {
            let (ends, printed) = Ends::read(&entry.value)?;
            Some(Stated { ends, printed, place: &entry.place })
        })
        .collect();
    stated.sort_by(|a, b| a.place.cmp(b.place));
    let across = |test: &dyn Fn(Ends, Ends) -> bool| {
        stated.iter().enumerate().any(|(n, a)| {
            stated[n + 1..].iter().any(|b| a.place.path != b.place.path && test(a.ends, b.ends))
        })
    };
    if !across(&|a, b| !a.same(b)) {
        return None;
    }
    let documents: BTreeSet<&Arc<str>> = stated.iter().map(|s| &s.place.path).collect();
    let mut values: Vec<(&Stated<'_>, BTreeSet<&Arc<str>>)> = Vec::new();
    for one in &stated {
        match values.iter_mut().find(|(first, _)| first.ends.same(one.ends)) {
            Some((_, paths)) => drop(paths.insert(&one.place.path)),
            None => values.push((one, BTreeSet::from([&one.place.path]))),
        }
    }
    let first = stated.first()?;
    let list: Vec<String> = values.iter().map(|(value, _)| value.printed.to_owned()).collect();
    let mut finding = Finding::at(first.place.clone())
        .arg("value", first.printed)
        .arg("values", list)
        .arg("documents", documents.len())
        .arg("count", values.len());
    if across(&Ends::slipped) {
        finding = finding.variant("unit-slip");
    } else if across(&Ends::disjoint) {
        finding = finding.variant("disjoint");
    } else if across(&Ends::far) {
        finding = finding.variant("far-apart");
    } else {
        finding.severity = Severity::Info;
    }
    // documents that happen to be checked together must not fail each other
    if !declared {
        finding.severity = Severity::Info;
    }
    // one place of every value first, then the other places
    let mut order: Vec<&Stated<'_>> = values.iter().skip(1).map(|(value, _)| *value).collect();
    let chosen: Vec<*const Place> = values.iter().map(|(value, _)| std::ptr::from_ref(value.place)).collect();
    order.extend(stated.iter().filter(|one| !chosen.contains(&std::ptr::from_ref(one.place))));
    for one in order.into_iter().take(RELATED) {
        let paths =
            values.iter().find(|(value, _)| value.ends.same(one.ends)).map_or(1, |(_, paths)| paths.len());
        finding =
            finding.related(one.place.clone(), vec![arg("value", one.printed), arg("documents", paths)]);
    }
    Some(finding)
}
