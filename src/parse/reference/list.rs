//! Finding the lists of a document and cutting them into entries.

use super::cut;
use super::label::Form;
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
    let Some(last) = blocks.last() else { return };
    let end = last.end;
    let cuts = cut::cut(document, &blocks);
    for (nth, found) in cuts.iter().enumerate() {
        let Some(first) = found.starts.first() else { continue };
        let stop = cuts.get(nth + 1).and_then(|next| next.starts.first()).map_or(end, |start| start.at);
        let mut entries: Vec<Entry> = Vec::with_capacity(found.starts.len());
        for (at, start) in found.starts.iter().enumerate() {
            let end = found.starts.get(at + 1).map_or(stop, |next| next.at);
            entries.push(entry(document, start, end));
        }
        let span = Span::new(first.at, entries.last().map_or(stop, |entry| entry.span.end));
        let mut index: Vec<(u32, usize)> =
            entries.iter().enumerate().filter_map(|(at, e)| Some((e.number?, at))).collect();
        index.sort_unstable();
        let numbering = match found.form {
            Some(Form::Footnote) => Numbering::Footnotes,
            Some(_) => Numbering::Numbered,
            None => Numbering::Unnumbered,
        };
        let heading = heading.filter(|_| nth == 0);
        references.lists.push(List { heading, span, numbering, entries, loose: Vec::new(), index });
    }
}

fn entry(document: &Document, start: &cut::Start, end: usize) -> Entry {
    let whole = trimmed(document, Span::new(start.at, end));
    let label = start.label.map(|l| Span::new(start.at + l.skipped, start.at + l.skipped + l.len));
    let label = label.filter(|label| whole.contains(*label));
    let text = trimmed(document, Span::new(label.map_or(whole.start, |label| label.end), whole.end));
    let (work, parallel) = entry::works(document, text);
    let number = start.label.and_then(|label| label.number);
    Entry {
        number,
        label,
        span: Span::new(label.map_or(whole.start, |l| l.start), whole.end),
        work,
        parallel,
    }
}

/// A span without the white space around its text.
fn trimmed(document: &Document, span: Span) -> Span {
    let text = document.slice(span);
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, (span.start + text.trim_end().len()).max(start))
}
