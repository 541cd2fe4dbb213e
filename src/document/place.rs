//! Places: what a report needs to show a span, without the document.

use super::{Document, Span};
use crate::source::{Position, Source, SourceSpan};
use serde::Serialize;
use std::sync::Arc;

/// Longest excerpt of one line, in scalar values.
const WINDOW: usize = 240;
/// Most lines of an excerpt.
const LINES: usize = 6;

/// A range in a source text; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema)]
pub struct Range {
    /// First character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
}

/// Part of one line around a label.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ExcerptLine {
    /// True 1-based line number.
    pub number: usize,
    /// Scalar values cut off before `text`.
    pub skipped: usize,
    /// Byte offset of `text` in the source.
    pub byte: usize,
    /// The characters, uncleaned: reports clean what they print.
    pub text: String,
}

/// The lines a report shows around a place, clipped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Default)]
pub struct Excerpt {
    /// Lines in order; not always adjacent.
    pub lines: Vec<ExcerptLine>,
}

/// Where something stands, with all a report needs to show it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path as shown to people.
    pub path: Arc<str>,
    /// From the first to the last character.
    pub range: Range,
    /// The unbroken stretches, when the text was joined over lines; else one.
    pub segments: Vec<Range>,
    /// The logical text of the place (at most 240 scalar values).
    pub text: String,
    /// Lines around it.
    pub excerpt: Excerpt,
}

impl Document {
    /// The place of a logical span.
    pub fn place(&self, span: Span) -> Place {
        let spans = self.to_source(span);
        let text: String = self.slice(span).chars().take(WINDOW).collect();
        self.place_of_source(&spans, text)
    }

    /// The place of source spans (repairs point at characters the logical text left out).
    pub fn place_of_source(&self, spans: &[SourceSpan], text: String) -> Place {
        let main = spans.first().map_or(0, |span| span.source);
        let source = self.sources.get(main as usize).unwrap_or_else(|| self.source());
        let segments: Vec<Range> = spans
            .iter()
            .filter(|span| span.source == main)
            .map(|span| Range { start: source.position(span.start), end: source.position(span.end) })
            .collect();
        let zero = source.position(0);
        let first = segments.first().copied().unwrap_or(Range { start: zero, end: zero });
        let last = segments.last().copied().unwrap_or(first);
        Place {
            path: source.path.clone(),
            range: Range { start: first.start, end: last.end },
            excerpt: excerpt(source, &segments),
            segments,
            text,
        }
    }
}

fn excerpt(source: &Source, segments: &[Range]) -> Excerpt {
    let mut lines: Vec<ExcerptLine> = Vec::new();
    for range in segments {
        for number in [range.start.line, range.end.line] {
            if lines.len() < LINES && lines.iter().all(|line| line.number != number) {
                lines.push(window(source, number, range));
            }
        }
    }
    lines.sort_by_key(|line| line.number);
    Excerpt { lines }
}

/// The part of a line around a label: the label's start, with a third of the window before it.
fn window(source: &Source, number: usize, range: &Range) -> ExcerptLine {
    let bytes = source.line_range(number);
    let line = &source.text[bytes.clone()];
    if line.len() <= WINDOW {
        return ExcerptLine { number, skipped: 0, byte: bytes.start, text: line.to_owned() };
    }
    let from = if number == range.start.line { range.start.byte.saturating_sub(bytes.start) } else { 0 };
    let head = &line[..from.min(line.len())];
    let start = head.char_indices().rev().nth(WINDOW / 3).map_or(0, |(at, _)| at);
    let tail = &line[start..];
    let end = tail.char_indices().nth(WINDOW).map_or(line.len(), |(at, _)| start + at);
    let start_byte = bytes.start + start;
    let skipped = source.position(start_byte).column - 1;
    ExcerptLine { number, skipped, byte: start_byte, text: line[start..end].to_owned() }
}

impl Document {
    /// The source range of a span that is one verbatim stretch, so that it may be edited.
    pub fn editable(&self, span: Span) -> Option<Range> {
        let spans = self.to_source(span);
        let [only] = spans.as_slice() else { return None };
        let source = self.sources.get(only.source as usize)?;
        (source.text.get(only.range())? == self.slice(span))
            .then(|| Range { start: source.position(only.start), end: source.position(only.end) })
    }
}
