//! Definitions against published ranges, and units that are a factor of a thousand off.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::evidence::tables::ReferenceRange;
use crate::parse::evidence::{Quantity, StatementKind, Tables};
use crate::rules::{Options, Scope};

/// The kind. Labels a value, never calls it wrong; only a slip of the unit is a warning.
pub const KIND: Kind = Kind {
    name: "reference-range",
    scope: Scope::Document,
    fields: &["value", "subject", "property", "ranges"],
    variants: &["unit-slip"],
    build,
};

struct References;

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(References))
}

impl Check for References {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let tables = &cx.data.evidence;
        for statement in &cx.facts.evidence.statements {
            let quantity = &cx.facts.evidence.quantities[statement.quantity];
            let (subject, property) =
                (&tables.subjects[statement.subject], &tables.properties[statement.property]);
            let ranges: Vec<&ReferenceRange> = tables
                .ranges
                .iter()
                .filter(|range| range.subject == subject.id && range.property == property.id)
                .collect();
            if ranges.is_empty() || statement.kind != StatementKind::Definition {
                continue;
            }
            let overlaps = |factor: f64| ranges.iter().any(|range| overlap(tables, quantity, range, factor));
            if overlaps(1.0) {
                continue;
            }
            let shown = ranges.iter().map(|range| show(range)).collect::<Vec<_>>();
            let finding = cx
                .finding(quantity.span)
                .arg("value", cx.slice(quantity.span))
                .arg("subject", subject.name.clone())
                .arg("property", property.name.clone())
                .arg("ranges", shown);
            if overlaps(1e-3) || overlaps(1e3) {
                out.push(finding.variant("unit-slip").confidence(Confidence::Medium));
            } else {
                let mut finding = finding.confidence(Confidence::Medium);
                finding.severity = crate::finding::Severity::Info;
                out.push(finding);
            }
        }
    }
}

/// True when the quantity, times `factor`, shares a value with the range.
fn overlap(tables: &Tables, quantity: &Quantity, range: &ReferenceRange, factor: f64) -> bool {
    let Some((unit, _)) = tables.units.read(&range.unit, 0) else { return true };
    if !tables.units.comparable(&unit, &quantity.unit) {
        return true;
    }
    let (own, theirs) = (tables.units.scale(&quantity.unit) * factor, tables.units.scale(&unit));
    let above = |low: Option<f64>, a: f64, high: Option<f64>, b: f64| match (low, high) {
        (Some(low), Some(high)) => low * a > high * b * (1.0 + 1e-9),
        _ => false,
    };
    !above(quantity.low, own, range.high, theirs) && !above(range.low, theirs, quantity.high, own)
}

fn show(range: &ReferenceRange) -> String {
    let unit = &range.unit;
    let ends = match (range.low, range.high) {
        (Some(low), Some(high)) => format!("{low}–{high} {unit}"),
        (Some(low), None) => format!(">{low} {unit}"),
        (None, Some(high)) => format!("<{high} {unit}"),
        (None, None) => String::new(),
    };
    format!("{ends} ({})", range.source)
}
