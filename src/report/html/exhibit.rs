//! What the HTML report keeps of a document: its blocks with the way back to the source, and the facts
//! of its charts. Made while the document is at hand, and only when such a report was asked for.

use super::citations::{self, Chapter};
use super::forms::{self, ShortForm};
use super::quantities::{self, Stated};
use super::text::{floor, visible};
use crate::document::{Block, BlockKind, Document, Lang, MarkKind, Range, SegmentKind, Span};
use crate::parse::{Data, Facts};
use std::sync::Arc;

/// One document as the report shows it.
#[derive(Debug)]
pub struct Exhibit {
    /// Path as shown to people.
    pub path: Arc<str>,
    /// Its first title.
    pub title: Option<String>,
    /// Its main language.
    pub lang: Lang,
    /// How it cites.
    pub scheme: crate::parse::citation::Scheme,
    /// Blocks in the order of the file.
    pub leaves: Vec<Leaf>,
    /// The citation map, chapter by chapter.
    pub chapters: Vec<Chapter>,
    /// What it states about known subjects.
    pub stated: Vec<Stated>,
    /// Its short forms.
    pub forms: Vec<ShortForm>,
    paths: Vec<Arc<str>>,
    /// Every piece of every leaf, by source and start.
    pieces: Vec<Piece>,
}

/// One block of the text.
#[derive(Debug)]
pub struct Leaf {
    /// What it is.
    pub kind: BlockKind,
    /// Its language.
    pub lang: Lang,
    /// Depth of a heading or list item.
    pub level: u8,
    /// Line of the source where it starts.
    pub line: usize,
    /// Its logical text.
    pub text: String,
    /// Raised and lowered stretches of `text`.
    pub raised: Vec<(Span, MarkKind)>,
    /// UTF-16 units of the visible text before every [`STEP`] bytes: `(byte, units)`.
    checkpoints: Vec<(usize, usize)>,
}

/// Bytes between two checkpoints.
const STEP: usize = 512;

impl Leaf {
    /// A leaf and its checkpoints.
    pub fn new(block: &Block, line: usize, text: String, raised: Vec<(Span, MarkKind)>) -> Self {
        let mut checkpoints = vec![(0, 0)];
        let (mut from, mut units) = (0, 0);
        while from + STEP < text.len() {
            let upto = floor(&text, from + STEP);
            units += visible(&text[from..upto]).encode_utf16().count();
            checkpoints.push((upto, units));
            from = upto;
        }
        Self { kind: block.kind, lang: block.lang, level: block.level, line, text, raised, checkpoints }
    }

    /// UTF-16 units of the visible text before a byte.
    pub fn units(&self, at: usize) -> usize {
        let at = floor(&self.text, at);
        let next = self.checkpoints.partition_point(|(byte, _)| *byte <= at);
        let (byte, units) = self.checkpoints[next - 1];
        units + visible(&self.text[byte..at]).encode_utf16().count()
    }
}

/// Characters of a place inside one leaf, in bytes of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// Index of the leaf.
    pub leaf: usize,
    /// The characters.
    pub span: Span,
}

/// A stretch of source characters and where they stand in a leaf.
#[derive(Debug, Clone, Copy)]
struct Piece {
    source: u32,
    start: usize,
    end: usize,
    at: Anchor,
    verbatim: bool,
}

impl Exhibit {
    /// Keep what the report shows of `document`.
    pub fn new(document: &Document, facts: &Facts, data: &Data) -> Self {
        let blocks = document.reading_order();
        let places = Places::new(&blocks);
        let mut pieces = pieces(document, &places);
        pieces.sort_by_key(|piece| (piece.source, piece.start));
        let mut titles = blocks.iter().filter(|block| block.kind == BlockKind::Title);
        let title = titles.clone().find(|block| block.lang == document.lang()).or(titles.next());
        Self {
            path: document.source().path.clone(),
            title: title.map(|block| {
                // The mark of a footnote is no part of it.
                let words = document.slice(block.span);
                words.trim_end_matches(['*', '＊', '∗', '△', '▲', '#', '†', '‡', ' ']).to_owned()
            }),
            lang: document.lang(),
            scheme: facts.citations.scheme,
            chapters: citations::chapters(document, facts, &places),
            stated: quantities::stated(document, facts, data, &places),
            forms: forms::forms(document, facts, &places),
            leaves: blocks.iter().map(|block| leaf(document, block)).collect(),
            paths: document.sources().iter().map(|source| source.path.clone()).collect(),
            pieces,
        }
    }

    /// Bytes of its text.
    pub fn len(&self) -> usize {
        self.leaves.iter().map(|leaf| leaf.text.len()).sum()
    }

    /// True when it has no text.
    pub fn is_empty(&self) -> bool {
        self.leaves.iter().all(|leaf| leaf.text.is_empty())
    }

    /// The paths of its sources.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().map(|path| &**path)
    }

    /// Where characters of a source stand. Characters that were left out of the text (a page head's
    /// blank, a hyphen) give the empty place before what follows them.
    pub fn anchors(&self, path: &str, ranges: &[Range]) -> Vec<Anchor> {
        let Some(source) = self.paths.iter().position(|own| **own == *path) else { return Vec::new() };
        let source = u32::try_from(source).unwrap_or(u32::MAX);
        let mut out: Vec<Anchor> = Vec::new();
        for range in ranges {
            self.add(source, range.start.byte, range.end.byte, &mut out);
        }
        if let (true, Some(first)) = (out.is_empty(), ranges.first()) {
            let next = self.pieces.partition_point(|p| (p.source, p.start) < (source, first.start.byte));
            let near = self.pieces.get(next).filter(|piece| piece.source == source);
            out.extend(near.map(|piece| Anchor {
                leaf: piece.at.leaf,
                span: Span::new(piece.at.span.start, piece.at.span.start),
            }));
        }
        out
    }

    fn add(&self, source: u32, start: usize, end: usize, out: &mut Vec<Anchor>) {
        let first = self.pieces.partition_point(|p| (p.source, p.end) <= (source, start));
        for piece in &self.pieces[first..] {
            if piece.source != source || piece.start >= end {
                break;
            }
            let mut at = piece.at;
            if piece.verbatim {
                let from = start.saturating_sub(piece.start);
                let upto = end.min(piece.end) - piece.start;
                at.span = Span::new(piece.at.span.start + from, piece.at.span.start + upto);
            }
            match out.last_mut() {
                // what the reader inserted between two lines belongs to the place
                Some(last) if last.leaf == at.leaf && at.span.start <= last.span.end + 1 => {
                    last.span.end = last.span.end.max(at.span.end);
                }
                _ => out.push(at),
            }
        }
    }
}

fn leaf(document: &Document, block: &Block) -> Leaf {
    let marks = document.marks();
    let from = marks.partition_point(|mark| mark.span.start < block.span.start);
    let raised = marks[from..]
        .iter()
        .take_while(|mark| mark.span.start < block.span.end)
        .filter(|mark| matches!(mark.kind, MarkKind::Superscript | MarkKind::Subscript))
        .filter(|mark| block.span.contains(mark.span))
        .map(|mark| {
            let start = mark.span.start - block.span.start;
            (Span::new(start, start + mark.span.len()), mark.kind)
        })
        .collect();
    let line = document.to_source(block.span).first().map_or(1, |first| {
        let source = document.sources().get(first.source as usize);
        source.map_or(1, |source| source.position(first.start).line)
    });
    Leaf::new(block, line, document.slice(block.span).to_owned(), raised)
}

fn pieces(document: &Document, places: &Places) -> Vec<Piece> {
    let mut out = Vec::with_capacity(document.segments().len());
    for segment in document.segments().iter().filter(|s| s.kind != SegmentKind::Inserted) {
        let verbatim = segment.kind == SegmentKind::Verbatim;
        // a segment may run over the end of a block
        for (leaf, block) in places.touching(segment.span) {
            let from = segment.span.start.max(block.start);
            let upto = segment.span.end.min(block.end);
            let source = if verbatim {
                let offset = from - segment.span.start;
                segment.source.start + offset..segment.source.start + offset + (upto - from)
            } else {
                segment.source.range()
            };
            out.push(Piece {
                source: segment.source.source,
                start: source.start,
                end: source.end,
                at: Anchor { leaf, span: Span::new(from - block.start, upto - block.start) },
                verbatim,
            });
        }
    }
    out
}

/// Finds the leaf of a logical place.
pub struct Places {
    /// Blocks in the order of the logical text, with the index of their leaf.
    blocks: Vec<(Span, usize)>,
}

impl Places {
    fn new(reading: &[&Block]) -> Self {
        let mut blocks: Vec<(Span, usize)> =
            reading.iter().enumerate().map(|(leaf, block)| (block.span, leaf)).collect();
        blocks.sort_by_key(|(span, _)| span.start);
        Self { blocks }
    }

    /// The place of a logical span, cut at the end of its block.
    pub fn anchor(&self, span: Span) -> Option<Anchor> {
        let next = self.blocks.partition_point(|(block, _)| block.start <= span.start);
        let (block, leaf) = *self.blocks.get(next.checked_sub(1)?)?;
        let end = span.end.min(block.end);
        (span.start <= end)
            .then(|| Anchor { leaf, span: Span::new(span.start - block.start, end - block.start) })
    }

    /// The leaves that share a byte with a span, and where they stand.
    fn touching(&self, span: Span) -> impl Iterator<Item = (usize, Span)> + '_ {
        let first = self.blocks.partition_point(|(block, _)| block.end <= span.start);
        let rest = self.blocks[first..].iter().take_while(move |(block, _)| block.start < span.end);
        rest.map(|(block, leaf)| (*leaf, *block))
    }
}
