//! What a reader made of a text: the logical text, its blocks, and every repair.
//!
//! The **logical text** is what a person reads: printed lines joined, hyphenation and letter-spacing
//! undone, page furniture moved out of the way. All parsers and checks work on it and count in
//! [`Span`]s of it; [`Document::place`] turns a span into the author's own characters.

mod block;
mod build;
mod lang;
mod place;
mod text;

pub use block::{Block, BlockKind, Zone};
pub use build::{DocumentBuilder, Parts};
pub use lang::{Lang, is_cjk_punctuation, is_han};
pub use place::{Excerpt, ExcerptLine, Place, Range};
pub use text::{Flow, FlowKind, Link, Mark, MarkKind, Repair, RepairKind, Segment, SegmentKind, Span};

use crate::source::{Source, SourceSpan};

/// The formats that have a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Plain text, usually extracted from PDF.
    Plain,
    /// Markdown.
    Markdown,
}

/// A text as its reader understood it.
#[derive(Debug)]
pub struct Document {
    pub(crate) sources: Vec<Source>,
    pub(crate) format: Format,
    pub(crate) text: String,
    pub(crate) segments: Vec<Segment>,
    pub(crate) flows: Vec<Flow>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) repairs: Vec<Repair>,
    pub(crate) marks: Vec<Mark>,
    pub(crate) links: Vec<Link>,
    pub(crate) lang: Lang,
}

impl Document {
    /// The main source: the file that was named.
    pub fn source(&self) -> &Source {
        &self.sources[0]
    }

    /// All sources, the main one first.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Format of the main source.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The whole logical text: flows one after another, blocks separated by `\n`.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The logical text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// Segments of the logical text, ordered and disjoint.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Flows, in order.
    pub fn flows(&self) -> &[Flow] {
        &self.flows
    }

    /// Blocks in the order of the logical text: body first, then captions, tables, footnotes and
    /// furniture. Use [`Document::reading_order`] for the order of the file.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Blocks in the order in which they stand in the file.
    pub fn reading_order(&self) -> Vec<&Block> {
        let mut blocks: Vec<&Block> = self.blocks.iter().collect();
        blocks.sort_by_key(|block| self.to_source(block.span).first().map(|s| (s.source, s.start)));
        blocks
    }

    /// The block that holds a logical offset.
    pub fn block_at(&self, offset: usize) -> Option<&Block> {
        let next = self.blocks.partition_point(|block| block.span.start <= offset);
        let block = self.blocks.get(next.checked_sub(1)?)?;
        (offset <= block.span.end).then_some(block)
    }

    /// Every repair made while reading.
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    /// Inline marks (superscript, emphasis …), ordered by start.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Links whose address is not printed, in the order of their addresses.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The author's characters in a source span.
    pub fn source_slice(&self, span: SourceSpan) -> &str {
        self.sources.get(span.source as usize).and_then(|s| s.text.get(span.range())).unwrap_or_default()
    }

    /// The marks that begin inside `span`.
    pub fn marks_in(&self, span: Span) -> &[Mark] {
        let from = self.marks.partition_point(|mark| mark.span.start < span.start);
        let to = self.marks.partition_point(|mark| mark.span.start < span.end);
        &self.marks[from..to]
    }

    /// True when `span` lies inside a mark of this kind.
    pub fn is_marked(&self, span: Span, kind: MarkKind) -> bool {
        let upto = self.marks.partition_point(|mark| mark.span.start <= span.start);
        self.marks[..upto].iter().rev().take(8).any(|mark| mark.kind == kind && mark.span.end >= span.end)
    }

    /// Main language of the document.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// True when only blanks stand before a span on its printed line (first), and only blanks after it
    /// (second); neither when the span is no single stretch of the file.
    pub fn at_line_ends(&self, span: Span) -> (bool, bool) {
        let [place] = self.to_source(span)[..] else { return (false, false) };
        let text = &self.sources[place.source as usize].text;
        let (before, after) = (
            text[..place.start].trim_end_matches([' ', '\u{a0}', '\t', '\u{3000}']),
            text[place.end..].trim_start_matches([' ', '\u{a0}', '\t', '\u{3000}']),
        );
        let newline = ['\n', '\r'];
        (before.is_empty() || before.ends_with(newline), after.is_empty() || after.starts_with(newline))
    }

    /// The author's characters behind a logical span: one source span per unbroken stretch,
    /// in order. Never empty for a span inside the text.
    pub fn to_source(&self, span: Span) -> Vec<SourceSpan> {
        text::to_source(&self.segments, span)
    }
}
