//! Facts of the evidence family.

mod context;
pub mod named;
pub mod number;
pub mod quantity;
pub mod ratio;
pub mod sentence;
pub mod statement;
pub mod statistic;
pub mod tables;
pub mod titles;
pub mod unit;

pub use named::{Named, What};
pub use quantity::{Form, Quantity};
pub use ratio::{Agreement, Ratio};
pub use statement::{Statement, StatementKind};
pub use statistic::{PValue, Relation, Statistic};
pub use tables::Tables;

use super::mask::Masks;
use super::{Data, Inspected};
use crate::document::{Block, BlockKind, Document, Lang, MarkKind, Span, Zone};
use crate::finding::Confidence;
use unit::Unit;

/// One sentence of the prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Where its block stands.
    pub block: Span,
    /// The part of the document.
    pub zone: Zone,
    /// Language of its block.
    pub lang: Lang,
}

/// Facts of this family.
#[derive(Debug, Default)]
pub struct Evidence {
    /// Sentences of abstracts, body, captions and notes, in order.
    pub sentences: Vec<Sentence>,
    /// Quantities in order.
    pub quantities: Vec<Quantity>,
    /// What quantities say about known subjects.
    pub statements: Vec<Statement>,
    /// Counts with their percentage.
    pub ratios: Vec<Ratio>,
    /// Test statistics.
    pub statistics: Vec<Statistic>,
    /// P values.
    pub p_values: Vec<PValue>,
    /// Markers, their classes, processes and cell lines, in order.
    pub named: Vec<Named>,
    /// Names of the units read, for `inspect`.
    units: Vec<(Unit, String)>,
    /// Names of subjects and properties stated, by statement.
    names: Vec<String>,
}

impl Evidence {
    /// Adds all facts for `inspect`.
    pub fn inspect(&self, out: &mut Vec<Inspected>) {
        let mut add = |kind, span, value, confidence| out.push(Inspected { kind, span, value, confidence });
        for quantity in &self.quantities {
            let unit = self.units.iter().find(|(unit, _)| *unit == quantity.unit);
            let unit = unit.map_or("", |(_, name)| name.as_str());
            add("quantity", quantity.span, quantity.describe(unit), Confidence::High);
        }
        for (statement, names) in self.statements.iter().zip(&self.names) {
            let span = self.quantities.get(statement.quantity).map_or(statement.subject_span, |q| q.span);
            let confidence = match statement.kind {
                StatementKind::Definition => Confidence::High,
                _ => Confidence::Medium,
            };
            add("statement", span, format!("{names} ({:?})", statement.kind).to_lowercase(), confidence);
        }
        for named in &self.named {
            let kind = match named.what {
                What::Marker(_) => "marker",
                What::Class(_) => "marker-class",
                What::Process(_) => "process",
                What::Line(_) => "cell-line",
            };
            add(kind, named.span, String::new(), Confidence::High);
        }
        for ratio in &self.ratios {
            let value = format!("{}/{} = {}%", ratio.count, ratio.total, ratio.percent.value);
            add("ratio", ratio.span, value, Confidence::High);
        }
        for statistic in &self.statistics {
            let df: Vec<String> = statistic.df.iter().flatten().map(ToString::to_string).collect();
            let value = format!("{:?}({}) {}", statistic.test, df.join(", "), statistic.number.value);
            add("statistic", statistic.span, value, Confidence::High);
        }
        for p in &self.p_values {
            add(
                "p-value",
                p.span,
                format!("{:?} {}", p.relation, p.number.value).to_lowercase(),
                Confidence::High,
            );
        }
    }

    /// The sentence that holds an offset.
    pub fn sentence_at(&self, offset: usize) -> Option<&Sentence> {
        let next = self.sentences.partition_point(|sentence| sentence.span.start <= offset);
        let sentence = self.sentences.get(next.checked_sub(1)?)?;
        (offset < sentence.span.end).then_some(sentence)
    }

    /// The names inside a span.
    pub fn named_in(&self, span: Span) -> &[Named] {
        let from = self.named.partition_point(|named| named.span.start < span.start);
        let to = self.named.partition_point(|named| named.span.start < span.end);
        &self.named[from..to.max(from)]
    }

    /// The quantities inside a span.
    pub fn quantities_in(&self, span: Span) -> &[Quantity] {
        let from = self.quantities.partition_point(|quantity| quantity.core.start < span.start);
        let to = self.quantities.partition_point(|quantity| quantity.core.start < span.end);
        &self.quantities[from..to.max(from)]
    }
}

/// Read the facts of this family.
pub fn parse(document: &Document, data: &Data, masks: &Masks) -> Evidence {
    let tables = &data.evidence;
    let mut evidence = Evidence::default();
    let mut spans = Vec::new();
    let (mut quantities, mut ratios) = (Vec::new(), Vec::new());
    let (mut statistics, mut p_values) = (Vec::new(), Vec::new());
    for block in document.blocks().iter().filter(|block| is_prose(block)) {
        let text = document.slice(block.span);
        let offset = block.span.start;
        spans.clear();
        sentence::sentences(text, &mut spans);
        evidence.sentences.extend(spans.iter().map(|span| Sentence {
            span: span.shift(offset),
            block: block.span,
            zone: block.zone(),
            lang: block.lang,
        }));
        tables.names.scan(text, offset, &mut evidence.named);
        quantities.clear();
        quantity::scan(text, &tables.units, &mut quantities);
        evidence.quantities.extend(quantities.iter().map(|quantity| quantity.shift(offset)).filter(
            |quantity| {
                !document.is_marked(quantity.core, MarkKind::Superscript) && !masks.touches(quantity.core)
            },
        ));
        ratios.clear();
        ratio::scan(text, &mut ratios);
        evidence.ratios.extend(
            ratios.iter().map(|ratio| ratio.shift(offset)).filter(|ratio| !masks.touches(ratio.span)),
        );
        statistics.clear();
        p_values.clear();
        statistic::scan(text, &mut statistics, &mut p_values);
        let known = evidence.p_values.len();
        evidence.statistics.extend(statistics.iter().map(|statistic| Statistic {
            span: statistic.span.shift(offset),
            p: statistic.p.map(|index| index + known),
            ..*statistic
        }));
        evidence.p_values.extend(p_values.iter().map(|p| PValue { span: p.span.shift(offset), ..*p }));
    }
    evidence.state(document, tables);
    evidence
}

impl Evidence {
    /// Read what the quantities state, and remember the names `inspect` shows.
    fn state(&mut self, document: &Document, tables: &Tables) {
        for n in 0..self.quantities.len() {
            let quantity = self.quantities[n];
            if self.units.iter().all(|(unit, _)| *unit != quantity.unit) {
                self.units.push((quantity.unit, tables.units.show(&quantity.unit)));
            }
            let Some(sentence) = self.sentence_at(quantity.core.start) else { continue };
            let found = statement::statement(document.text(), sentence.span, &self.quantities, n, tables);
            if let Some(statement) = found {
                let subject = &tables.subjects[statement.subject].id;
                self.names.push(format!("{subject} {}", tables.properties[statement.property].id));
                self.statements.push(statement);
            }
        }
    }
}

fn is_prose(block: &Block) -> bool {
    match block.kind {
        BlockKind::FrontMatter | BlockKind::Footnote => true,
        _ => matches!(
            block.zone(),
            Zone::AbstractZh | Zone::AbstractEn | Zone::Body | Zone::Caption | Zone::Back
        ),
    }
}
