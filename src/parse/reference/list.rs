//! Finding the lists of a document and cutting them into entries.

use super::cut;
use super::label::{self, Form};
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
            _ if region.is_empty() => heading = heading.filter(|_| block.kind == BlockKind::Furniture),
            _ => {
                close(document, &mut references, heading, &mut region);
                heading = None;
            }
        }
    }
    close(document, &mut references, heading, &mut region);
    footnotes(document, &mut references);
    references.lists.sort_by_key(|list| list.span);
    references
}

/// Footnote definitions of Markdown, `[^n]: …`, make a list of their own.
fn footnotes(document: &Document, references: &mut References) {
    let mut entries: Vec<Entry> = Vec::new();
    for block in document.blocks().iter().filter(|block| block.kind == BlockKind::Footnote) {
        let label = label::label(document.slice(block.span)).filter(|label| label.form == Form::Footnote);
        if label.is_some() {
            entries.push(entry(
                document,
                &cut::Start { at: block.span.start, label, implied: None },
                block.span.end,
            ));
        }
    }
    if let (Some(first), Some(last)) = (entries.first(), entries.last()) {
        let span = Span::new(first.span.start, last.span.end);
        let index = index(&entries);
        let (heading, numbering, loose) = (None, Numbering::Footnotes, Vec::new());
        references.lists.push(List { heading, span, numbering, entries, loose, index });
    }
}

/// `(number, index)` of the numbered entries, sorted.
fn index(entries: &[Entry]) -> Vec<(u32, usize)> {
    let mut index: Vec<(u32, usize)> =
        entries.iter().enumerate().filter_map(|(at, e)| Some((e.number?, at))).collect();
    index.sort_unstable();
    index
}

fn close(document: &Document, references: &mut References, heading: Option<Span>, region: &mut Vec<Span>) {
    let blocks = std::mem::take(region);
    let Some(last) = blocks.last() else { return };
    let end = last.end;
    let cuts = cut::cut(document, &blocks);
    for (nth, found) in cuts.iter().enumerate() {
        let Some(first) = found.starts.first() else { continue };
        let stop = found.end.unwrap_or_else(|| {
            cuts.get(nth + 1).and_then(|next| next.starts.first()).map_or(end, |start| start.at)
        });
        let mut entries: Vec<Entry> = Vec::with_capacity(found.starts.len());
        for (at, start) in found.starts.iter().enumerate() {
            let end = found.starts.get(at + 1).map_or(stop, |next| next.at);
            entries.push(entry(document, start, end));
        }
        let span = Span::new(first.at, entries.last().map_or(stop, |entry| entry.span.end));
        let index = index(&entries);
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
    let number = start.label.and_then(|label| label.number).or(start.implied);
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
