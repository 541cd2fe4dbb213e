//! Facts of the evidence family.

mod context;
pub mod number;
pub mod quantity;
pub mod ratio;
pub mod sentence;
pub mod statistic;
pub mod statement;
pub mod tables;
pub mod titles;
pub mod unit;

pub use quantity::{Form, Quantity};
pub use statement::{Statement, StatementKind};
pub use tables::Tables;

use super::{Data, Inspected};
use crate::document::{Block, BlockKind, Document, Lang, MarkKind, Span, Zone};
use crate::finding::Confidence;

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
    shown: Vec<Inspected>,
}

impl Evidence {
    /// Adds all facts for `inspect`.
    pub fn inspect(&self, out: &mut Vec<Inspected>) {
        out.extend(self.shown.iter().cloned());
    }

    /// The sentence that holds an offset.
    pub fn sentence_at(&self, offset: usize) -> Option<&Sentence> {
        let next = self.sentences.partition_point(|sentence| sentence.span.start <= offset);
        let sentence = self.sentences.get(next.checked_sub(1)?)?;
        (offset < sentence.span.end).then_some(sentence)
    }

    /// The quantities inside a span.
    pub fn quantities_in(&self, span: Span) -> &[Quantity] {
        let from = self.quantities.partition_point(|quantity| quantity.core.start < span.start);
        let to = self.quantities.partition_point(|quantity| quantity.core.start < span.end);
        &self.quantities[from..to.max(from)]
    }
}

/// Read the facts of this family.
pub fn parse(document: &Document, data: &Data) -> Evidence {
    let tables = &data.evidence;
    let mut evidence = Evidence::default();
    let (mut spans, mut found) = (Vec::new(), Vec::new());
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
        found.clear();
        quantity::scan(text, &tables.units, &mut found);
        evidence.quantities.extend(
            found
                .iter()
                .map(|quantity| quantity.shift(offset))
                .filter(|quantity| !document.is_marked(quantity.core, MarkKind::Superscript)),
        );
    }
    // flows follow each other in the text, so blocks are in order of their offsets
    evidence.statements = (0..evidence.quantities.len())
        .filter_map(|n| {
            let sentence = evidence.sentence_at(evidence.quantities[n].core.start)?;
            statement::statement(document.text(), sentence.span, &evidence.quantities, n, tables)
        })
        .collect();
    evidence
}

fn is_prose(block: &Block) -> bool {
    match block.kind {
        BlockKind::FrontMatter | BlockKind::Footnote => true,
        _ => matches!(block.zone(), Zone::AbstractZh | Zone::AbstractEn | Zone::Body | Zone::Caption),
    }
}
