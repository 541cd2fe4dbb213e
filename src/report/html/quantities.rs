//! What documents state about known subjects, and the groups that are set against each other.

use super::exhibit::{Anchor, Exhibit, Places};
use crate::document::Document;
use crate::finding::Localised;
use crate::parse::evidence::tables::ReferenceRange;
use crate::parse::evidence::unit::Unit;
use crate::parse::evidence::{StatementKind, Tables};
use crate::parse::{Data, Facts};

/// One statement.
#[derive(Debug)]
pub struct Stated {
    /// Id of the subject.
    pub subject: String,
    /// Id of the property.
    pub property: String,
    /// Definition, measurement or history.
    pub kind: StatementKind,
    /// Lower end as printed.
    pub low: Option<f64>,
    /// Upper end as printed.
    pub high: Option<f64>,
    /// 约, about.
    pub approximate: bool,
    /// Its unit.
    pub unit: Unit,
    /// The quantity as printed.
    pub printed: String,
    /// Its place.
    pub anchor: Anchor,
}

/// The statements of a document.
pub fn stated(document: &Document, facts: &Facts, data: &Data, places: &Places) -> Vec<Stated> {
    let evidence = &facts.evidence;
    let tables = &data.evidence;
    let read = evidence.statements.iter().filter_map(|statement| {
        let quantity = evidence.quantities.get(statement.quantity)?;
        Some(Stated {
            subject: tables.subjects.get(statement.subject)?.id.clone(),
            property: tables.properties.get(statement.property)?.id.clone(),
            kind: statement.kind,
            low: quantity.low,
            high: quantity.high,
            approximate: quantity.approximate,
            unit: quantity.unit,
            printed: document.slice(quantity.span).to_owned(),
            anchor: places.anchor(quantity.span)?,
        })
    });
    read.collect()
}

/// Statements of all documents about one property of one subject, in one unit.
pub struct Group<'a> {
    /// Name of the subject.
    pub subject: &'a Localised,
    /// Name of the property.
    pub property: &'a Localised,
    /// The unit of all ends.
    pub unit: String,
    /// The bars: index of the document, statement, ends in `unit`.
    pub bars: Vec<Bar<'a>>,
    /// Published ranges in `unit`.
    pub ranges: Vec<Published<'a>>,
}

/// One statement on a chart.
pub struct Bar<'a> {
    /// Index of the document.
    pub document: usize,
    /// The statement.
    pub stated: &'a Stated,
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// A published range on a chart.
pub struct Published<'a> {
    /// Lower end.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Where it is published.
    pub source: &'a str,
}

/// The groups with at least one definition, those that most documents share first.
pub fn groups<'a>(exhibits: &'a [Exhibit], tables: &'a Tables) -> Vec<Group<'a>> {
    let mut groups: Vec<(Group<'a>, &'a Stated)> = Vec::new();
    let all = exhibits.iter().enumerate().flat_map(|(n, e)| e.stated.iter().map(move |s| (n, s)));
    for (document, stated) in all {
        let known = groups.iter().position(|(_, first)| {
            first.subject == stated.subject
                && first.property == stated.property
                && tables.units.comparable(&first.unit, &stated.unit)
        });
        let at = match known {
            Some(at) => at,
            None => match group(stated, tables) {
                Some(group) => {
                    groups.push((group, stated));
                    groups.len() - 1
                }
                None => continue,
            },
        };
        groups[at].0.bars.push(Bar { document, stated, low: None, high: None });
    }
    let mut groups: Vec<Group<'a>> = groups
        .into_iter()
        .filter(|(group, _)| group.bars.iter().any(|bar| bar.stated.kind == StatementKind::Definition))
        .map(|(group, first)| scaled(group, first, tables))
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse((documents(group), group.bars.len())));
    groups
}

/// How many documents a group spans.
fn documents(group: &Group<'_>) -> usize {
    let mut documents: Vec<usize> = group.bars.iter().map(|bar| bar.document).collect();
    documents.dedup();
    documents.len()
}

fn group<'a>(stated: &Stated, tables: &'a Tables) -> Option<Group<'a>> {
    Some(Group {
        subject: &tables.subject(&stated.subject)?.name,
        property: &tables.property(&stated.property)?.name,
        unit: String::new(),
        bars: Vec::new(),
        ranges: Vec::new(),
    })
}

/// Give all ends the unit of the published ranges, or the one most statements use.
fn scaled<'a>(mut group: Group<'a>, first: &Stated, tables: &'a Tables) -> Group<'a> {
    let units = &tables.units;
    let read = |range: &ReferenceRange| units.read(&range.unit, 0).map(|(unit, _)| unit);
    let fits = |range: &&ReferenceRange| {
        range.subject == first.subject
            && range.property == first.property
            && read(range).is_some_and(|unit| units.comparable(&unit, &first.unit))
    };
    let published: Vec<&ReferenceRange> = tables.ranges.iter().filter(fits).collect();
    let usual = || {
        let count = |unit: &Unit| group.bars.iter().filter(|bar| bar.stated.unit == *unit).count();
        group.bars.iter().map(|bar| bar.stated.unit).max_by_key(|unit| count(unit))
    };
    let unit = published.first().and_then(|range| read(range)).or_else(usual).unwrap_or(first.unit);
    let base = units.scale(&unit);
    let to = |value: Option<f64>, from: &Unit| {
        value.map(|value| tidy(value * units.scale(from) / base)).filter(|value| value.is_finite())
    };
    for bar in &mut group.bars {
        bar.low = to(bar.stated.low, &bar.stated.unit);
        bar.high = to(bar.stated.high, &bar.stated.unit);
    }
    group.ranges = published
        .into_iter()
        .filter_map(|range| {
            let own = read(range)?;
            Some(Published { low: to(range.low, &own), high: to(range.high, &own), source: &range.source })
        })
        .collect();
    group.unit = units.show(&unit);
    group
}

/// Without the noise of conversion: 0.1 × 3 is 0.3.
fn tidy(value: f64) -> f64 {
    format!("{value:.6e}").parse().unwrap_or(value)
}
