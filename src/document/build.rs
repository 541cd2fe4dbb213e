//! Building a document: readers say what they found in order, the map keeps itself.

use super::{
    Block, BlockKind, Document, Flow, FlowKind, Format, Lang, Link, Mark, MarkKind, Repair, RepairKind,
    Segment, SegmentKind, Span,
};
use crate::source::{Source, SourceSpan};
use std::ops::Range;

/// Collects logical text with its map to the source. Readers open a flow, then a block, then add
/// text in order; text added outside a block is not allowed. The builder borrows the decoded text,
/// so that a reader can look at it while it writes; [`DocumentBuilder::finish`] takes its source.
#[derive(Debug)]
pub struct DocumentBuilder<'a> {
    source: &'a str,
    parts: Parts,
    block: Option<Block>,
}

/// A document but for its source.
#[derive(Debug)]
pub struct Parts {
    text: String,
    format: Format,
    segments: Vec<Segment>,
    flows: Vec<Flow>,
    blocks: Vec<Block>,
    repairs: Vec<Repair>,
    marks: Vec<Mark>,
    links: Vec<Link>,
    lang: Lang,
}

impl Parts {
    /// The document over the source these parts were read from.
    pub fn over(self, source: Source) -> Document {
        let Self { text, format, segments, flows, blocks, repairs, marks, links, lang } = self;
        Document { sources: vec![source], format, text, segments, flows, blocks, repairs, marks, links, lang }
    }
}

impl<'a> DocumentBuilder<'a> {
    /// An empty document over the decoded text of a source.
    pub fn new(source: &'a str, format: Format) -> Self {
        let parts = Parts {
            format,
            text: String::with_capacity(source.len() + source.len() / 16),
            segments: Vec::new(),
            flows: Vec::new(),
            blocks: Vec::new(),
            repairs: Vec::new(),
            marks: Vec::new(),
            links: Vec::new(),
            lang: Lang::En,
        };
        Self { source, parts, block: None }
    }

    /// The source's text.
    pub fn source_text(&self) -> &'a str {
        self.source
    }

    /// Length of the logical text so far: the offset at which the next character will stand.
    pub fn offset(&self) -> usize {
        self.parts.text.len()
    }

    /// The logical text so far.
    pub fn text(&self) -> &str {
        &self.parts.text
    }

    /// Begin a flow; an open block and flow end.
    pub fn begin_flow(&mut self, kind: FlowKind) {
        self.end_flow();
        let at = self.offset();
        self.parts.flows.push(Flow { kind, span: Span::new(at, at) });
    }

    fn end_flow(&mut self) {
        self.end_block();
        let at = self.offset();
        if let Some(flow) = self.parts.flows.last_mut() {
            flow.span.end = at;
        }
    }

    /// Begin a block in the current flow.
    pub fn begin_block(&mut self, kind: BlockKind, level: u8) {
        self.end_block();
        let at = self.offset();
        self.block = Some(Block { kind, span: Span::new(at, at), lang: Lang::En, level, marker: None });
    }

    /// Say that the last `span` added is the block's number or bullet.
    pub fn set_marker(&mut self, span: Span) {
        if let Some(block) = &mut self.block {
            block.marker = Some(span);
        }
    }

    /// End the current block; it is kept only when it holds text.
    pub fn end_block(&mut self) {
        let Some(mut block) = self.block.take() else { return };
        block.span.end = self.offset();
        if block.span.is_empty() {
            return;
        }
        block.lang = Lang::of(&self.parts.text[block.span.range()]);
        self.parts.blocks.push(block);
        let at = self.source_end();
        self.push("\n", SourceSpan { source: 0, start: at, end: at }, SegmentKind::Inserted);
    }

    fn source_end(&self) -> usize {
        self.parts.segments.last().map_or(0, |segment| segment.source.end)
    }

    /// Add source characters as they are.
    pub fn verbatim(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let source = SourceSpan { source: 0, start: range.start, end: range.end };
        let start = self.offset();
        let document = &mut self.parts;
        document.text.push_str(&self.source[range]);
        match document.segments.last_mut() {
            Some(last)
                if last.kind == SegmentKind::Verbatim
                    && last.source.end == source.start
                    && last.span.end == start
                    && self.block.is_some_and(|block| block.span.start < start) =>
            {
                last.source.end = source.end;
                last.span.end = document.text.len();
            }
            _ => document.segments.push(Segment {
                span: Span::new(start, document.text.len()),
                source,
                kind: SegmentKind::Verbatim,
            }),
        }
    }

    /// Add `text` in place of source characters.
    pub fn replaced(&mut self, range: Range<usize>, text: &str) {
        self.push(text, SourceSpan { source: 0, start: range.start, end: range.end }, SegmentKind::Replaced);
    }

    /// Add `text` that stands nowhere in the source, between what was added and what follows at `at`.
    pub fn inserted(&mut self, at: usize, text: &str) {
        self.push(text, SourceSpan { source: 0, start: at, end: at }, SegmentKind::Inserted);
    }

    fn push(&mut self, text: &str, source: SourceSpan, kind: SegmentKind) {
        if text.is_empty() {
            return;
        }
        let start = self.offset();
        self.parts.text.push_str(text);
        let span = Span::new(start, self.offset());
        // A replacement written in two goes (its end is looked at as a hyphen) is still one.
        match self.parts.segments.last_mut() {
            Some(last) if kind == SegmentKind::Replaced && last.kind == kind && last.source == source => {
                last.span.end = span.end;
            }
            _ => self.parts.segments.push(Segment { span, source, kind }),
        }
    }

    /// Remember a repair: `span` in the logical text, `range` in the source.
    pub fn repair(&mut self, kind: RepairKind, span: Span, range: Range<usize>) {
        let source = SourceSpan { source: 0, start: range.start, end: range.end };
        self.parts.repairs.push(Repair { kind, span, source });
    }

    /// Mark a stretch of logical text; a mark of the same kind that ends where it begins grows.
    pub fn mark_span(&mut self, kind: MarkKind, span: Span) {
        if span.is_empty() {
            return;
        }
        let recent = self.parts.marks.iter_mut().rev().take(4);
        match recent.into_iter().find(|mark| mark.kind == kind && mark.span.end == span.start) {
            Some(mark) => mark.span.end = span.end,
            None => self.parts.marks.push(Mark { span, kind }),
        }
    }

    /// Remember a link: what is shown and its address, in the source.
    pub fn link(&mut self, shown: Range<usize>, target: Range<usize>) {
        let span = |range: Range<usize>| SourceSpan { source: 0, start: range.start, end: range.end };
        self.parts.links.push(Link { shown: span(shown), target: span(target) });
    }

    /// The finished parts.
    pub fn finish(mut self) -> Parts {
        self.end_flow();
        let mut document = self.parts;
        document.marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        document.links.sort_by_key(|link| (link.target.start, link.shown.start));
        let body_end = document.flows.iter().filter(|f| f.kind == FlowKind::Body).map(|f| f.span.end).max();
        let body = &document.text[..body_end.unwrap_or(document.text.len())];
        document.lang = document_lang(body, &document.blocks);
        document
    }
}

/// Chinese when Chinese blocks hold more than a third of the prose.
fn document_lang(text: &str, blocks: &[Block]) -> Lang {
    let (mut zh, mut all) = (0, 0);
    for block in blocks {
        let prose = matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem | BlockKind::Abstract
        );
        if prose && block.span.end <= text.len() {
            all += block.span.len();
            zh += if block.lang == Lang::Zh { block.span.len() } else { 0 };
        }
    }
    if all == 0 {
        return Lang::of(text);
    }
    if zh * 3 > all { Lang::Zh } else { Lang::En }
}
