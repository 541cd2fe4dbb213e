//! Finding the lists of a document and cutting them into entries.

use super::label::{self, Form, Label};
use super::{Entry, List, Numbering, References, entry};
use crate::document::{BlockKind, Document, Span};

/// Reads all lists.
pub(super) fn read(document: &Document) -> References {
    let mut references = References::default();
    let mut heading = None;
    let mut region: Vec<Span> = Vec::new();
    for block in document.blocks() {
        match block.kind {
            BlockKind::ReferenceHeading => {
                close(document, &mut references, heading, &mut region);
                heading = Some(block.span);
            }
            BlockKind::Reference => region.push(block.span),
            _ if region.is_empty() => heading = None,
            _ => {
                close(document, &mut references, heading, &mut region);
                heading = None;
            }
        }
    }
    close(document, &mut references, heading, &mut region);
    references
}

fn close(document: &Document, references: &mut References, heading: Option<Span>, region: &mut Vec<Span>) {
    let blocks = std::mem::take(region);
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return };
    let span = Span::new(first.start, last.end);
    let starts = starts(document, &blocks);
    let numbering = match starts.iter().find_map(|(_, label)| *label) {
        Some(Label { form: Form::Footnote, .. }) => Numbering::Footnotes,
        Some(_) => Numbering::Numbered,
        None => Numbering::Unnumbered,
    };
    let mut entries = Vec::new();
    for (at, (start, label)) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(span.end, |(next, _)| *next);
        let whole = trimmed(document, Span::new(*start, end));
        let label_span = label
            .map(|l| Span::new(start + l.skipped, start + l.skipped + l.len))
            .filter(|l| whole.contains(*l));
        let text = Span::new(label_span.map_or(whole.start, |l| l.end), whole.end);
        let (work, parallel) = entry::works(document, trimmed(document, text));
        let number = label.and_then(|l| l.number);
        let span = Span::new(label_span.map_or(whole.start, |l| l.start), whole.end);
        entries.push(Entry { number, label: label_span, span, work, parallel });
    }
    let mut index: Vec<(u32, usize)> =
        entries.iter().enumerate().filter_map(|(at, e)| Some((e.number?, at))).collect();
    index.sort_unstable();
    references.lists.push(List { heading, span, numbering, entries, loose: Vec::new(), index });
}

/// Where entries begin. In a list with labels, a block without one goes on the entry before it.
fn starts(document: &Document, blocks: &[Span]) -> Vec<(usize, Option<Label>)> {
    let all: Vec<_> = blocks.iter().map(|b| (b.start, label::label(document.slice(*b)))).collect();
    let labelled = all.iter().filter(|(_, label)| label.is_some()).count();
    if labelled * 2 >= all.len() {
        return all
            .into_iter()
            .enumerate()
            .filter(|(at, s)| *at == 0 || s.1.is_some())
            .map(|s| s.1)
            .collect();
    }
    all
}

/// A span without the white space around its text.
fn trimmed(document: &Document, span: Span) -> Span {
    let text = document.slice(span);
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, (span.start + text.trim_end().len()).max(start))
}
