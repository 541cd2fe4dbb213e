//! The logical text's parts: spans, segments, flows, marks and repairs.

use crate::source::SourceSpan;
use serde::Serialize;
use std::ops::Range;

/// A stretch of a document's logical text, in bytes, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from two offsets.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    /// As a byte range.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// True when it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same span, moved by `offset` (from a block's text to the document's).
    pub fn shift(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }

    /// True when `other` lies inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// How a segment's logical text relates to its source characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SegmentKind {
    /// Byte for byte the source.
    Verbatim,
    /// Stands for the source characters (an entity, TeX, a folded radical).
    Replaced,
    /// Not in the source (the space between two joined lines); its source span is empty.
    Inserted,
}

/// A stretch of logical text and the source characters behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// Where it stands in the logical text.
    pub span: Span,
    /// Where it came from.
    pub source: SourceSpan,
    /// How the two relate.
    pub kind: SegmentKind,
}

/// What a flow holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlowKind {
    /// The running text, front matter and reference list included.
    Body,
    /// One figure or table caption.
    Caption,
    /// One table.
    Table,
    /// One footnote.
    Footnote,
    /// A page head, page number or other line that is no text.
    Furniture,
    /// Code.
    Code,
}

/// A run of logical text in which sentences are unbroken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// What it holds.
    pub kind: FlowKind,
    /// Where it stands.
    pub span: Span,
}

/// Inline property of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// Printed raised (`<sup>`, `^[…]`, TeX `^{…}`).
    Superscript,
    /// Printed lowered.
    Subscript,
    /// Emphasis or strong emphasis.
    Emphasis,
    /// The text of a link.
    Link,
    /// Inline code: shown as U+FFFC in the logical text.
    Code,
    /// Inline TeX, flattened to plain characters.
    Math,
}

/// A marked stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Where it stands.
    pub span: Span,
    /// Its property.
    pub kind: MarkKind,
}

/// A link: what is shown, and where it leads. Both are the author's characters; the target is not part of
/// the logical text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What stands in the place of the link, mark-up included; empty for a definition that is used elsewhere.
    pub shown: SourceSpan,
    /// The address.
    pub target: SourceSpan,
}

/// What the reader had to mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RepairKind {
    /// A word broken at the line end was joined and its hyphen dropped.
    HyphenDropped,
    /// A word broken at the line end was joined and its hyphen kept (`NF-|κB`).
    HyphenKept,
    /// A letter-spaced line was read as words.
    LetterSpacing,
    /// A page head, page number or caption stood inside a sentence.
    FurnitureInside,
    /// A paragraph broken by blank lines was joined.
    ParagraphJoined,
    /// A compatibility character (Kangxi radical, ligature) was folded.
    Folded,
    /// TeX was flattened.
    TexFlattened,
    /// Columns stand side by side from here on: such lines were set aside.
    ColumnsApart,
    /// A soft hyphen or zero-width character was removed.
    Invisible,
}

/// One repair, at its place in the logical text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Repair {
    /// What was done.
    pub kind: RepairKind,
    /// Where the mended text stands now (may be empty: a join).
    pub span: Span,
    /// The author's characters that were changed or left out.
    pub source: SourceSpan,
}

/// See [`super::Document::to_source`].
pub(super) fn to_source(segments: &[Segment], span: Span) -> Vec<SourceSpan> {
    let mut out: Vec<SourceSpan> = Vec::new();
    let first = segments.partition_point(|segment| segment.span.end <= span.start);
    for segment in &segments[first..] {
        if segment.span.start >= span.end && !(span.is_empty() && segment.span.start == span.start) {
            break;
        }
        let source = segment.source;
        let piece = match segment.kind {
            SegmentKind::Inserted => continue,
            SegmentKind::Replaced => source,
            SegmentKind::Verbatim => SourceSpan {
                source: source.source,
                start: source.start + span.start.saturating_sub(segment.span.start).min(segment.span.len()),
                end: source.start + span.end.min(segment.span.end) - segment.span.start,
            },
        };
        match out.last_mut() {
            Some(last) if last.source == piece.source && last.end == piece.start => last.end = piece.end,
            _ => out.push(piece),
        }
        if span.is_empty() {
            break;
        }
    }
    if out.is_empty() {
        out.extend(nearest(segments, span.start));
    }
    out
}

/// An empty span at the nearest source character: for spans that hold inserted text only.
fn nearest(segments: &[Segment], offset: usize) -> Option<SourceSpan> {
    let next = segments.partition_point(|segment| segment.span.start < offset);
    let before = segments[..next].iter().rev().find(|s| s.kind != SegmentKind::Inserted);
    let at = before.map(|s| (s.source.source, s.source.end));
    let at = at.or_else(|| segments.get(next).map(|s| (s.source.source, s.source.start)))?;
    Some(SourceSpan { source: at.0, start: at.1, end: at.1 })
}
