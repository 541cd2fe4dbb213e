//! Facts of the structure family: numbered headings, captions, calls of figures and tables.

pub mod figure;
pub mod heading;

use super::{Data, Inspected};
use crate::document::{Document, RepairKind, Span};
use crate::finding::Confidence;

/// Facts of this family.
#[derive(Debug, Default)]
pub struct Structure {
    /// Numbered headings, in reading order.
    pub headings: Vec<heading::Heading>,
    /// Captions of figures and tables.
    pub captions: Vec<figure::Label>,
    /// Calls of figures and tables in the text, in reading order.
    pub calls: Vec<figure::Label>,
    /// True for a text that was extracted from PDF: captions and calls may have been lost.
    pub extracted: bool,
}

impl Structure {
    /// Adds all facts for `inspect`.
    pub fn inspect(&self, out: &mut Vec<Inspected>) {
        let mut push = |kind, span: Span, value: String| {
            out.push(Inspected { kind, span, value, confidence: Confidence::High });
        };
        for heading in &self.headings {
            push("heading-number", heading.span, format!("{:?} {:?}", heading.style, heading.path));
        }
        for (kind, labels) in [("caption", &self.captions), ("figure-call", &self.calls)] {
            for label in labels {
                push(kind, label.span, format!("{:?} {}", label.kind, label.number));
            }
        }
    }
}

/// Read the facts of this family.
pub fn parse(document: &Document, _data: &Data) -> Structure {
    let order = document.reading_order();
    let (captions, calls) = figure::parse(document, &order);
    Structure { headings: heading::parse(document, &order), captions, calls, extracted: extracted(document) }
}

/// True when the reader had to mend what only extraction from PDF leaves behind.
fn extracted(document: &Document) -> bool {
    document.repairs().iter().any(|repair| {
        matches!(
            repair.kind,
            RepairKind::HyphenDropped
                | RepairKind::HyphenKept
                | RepairKind::LetterSpacing
                | RepairKind::FurnitureInside
                | RepairKind::ParagraphJoined
                | RepairKind::TexFlattened
        )
    })
}
