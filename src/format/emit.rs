//! Writing blocks: lines joined, characters folded, every repair noted.

use super::blocks::{Draft, Drafts, Part};
use super::clean::{fold, is_invisible, is_soft_hyphen};
use super::join::{Hyphens, Joint};
use super::layout::Layout;
use super::prepared::{Break, PieceKind, Prepared};
use super::shape::is_wide;
use crate::document::{BlockKind, DocumentBuilder, FlowKind, Format, Parts, RepairKind, Span};
use std::ops::Range;

/// Write all drafts: the running text, then what stands aside, each its own flow.
pub(super) fn write(
    source: &str,
    prepared: &Prepared,
    drafts: &Drafts,
    layout: Layout,
    format: Format,
) -> Parts {
    let mut writer = Writer {
        prepared,
        layout,
        hyphens: Hyphens::collect(prepared),
        builder: DocumentBuilder::new(source, format),
    };
    writer.builder.begin_flow(FlowKind::Body);
    for draft in &drafts.body {
        writer.draft(draft, &drafts.parts);
    }
    for draft in &drafts.aside {
        writer.builder.begin_flow(match draft.kind {
            BlockKind::Caption => FlowKind::Caption,
            BlockKind::Table => FlowKind::Table,
            BlockKind::Footnote => FlowKind::Footnote,
            BlockKind::Code => FlowKind::Code,
            _ => FlowKind::Furniture,
        });
        let start = writer.builder.offset();
        writer.draft(draft, &drafts.parts);
        let first = &drafts.parts[draft.parts.start];
        if drafts.columns == Some(first.line) {
            let line = writer.source_of(first.range.clone());
            let span = Span::new(start, writer.builder.offset());
            writer.builder.repair(RepairKind::ColumnsApart, span, line);
        }
    }
    for (shown, target) in &prepared.links {
        writer.builder.link(shown.clone(), target.clone());
    }
    writer.builder.finish()
}

struct Writer<'a> {
    prepared: &'a Prepared<'a>,
    layout: Layout,
    hyphens: Hyphens,
    builder: DocumentBuilder<'a>,
}

impl Writer<'_> {
    fn draft(&mut self, draft: &Draft, parts: &[Part]) {
        let parts = &parts[draft.parts.clone()];
        self.builder.begin_block(draft.kind, draft.level);
        let rows = matches!(draft.kind, BlockKind::Table | BlockKind::Code);
        for (index, part) in parts.iter().enumerate() {
            let next = parts.get(index + 1);
            let mut marker = None;
            if index == 0
                && let Some(range) =
                    draft.marker.clone().filter(|m| m.end <= part.range.end && m.start < m.end)
            {
                let start = self.builder.offset();
                self.stretch(range.clone(), part.line);
                self.builder.set_marker(Span::new(start, self.builder.offset()));
                marker = Some(range.end);
            }
            let begin = marker.unwrap_or(part.range.start);
            let Some(next) = next else {
                self.stretch(begin..part.range.end, part.line);
                break;
            };
            if rows {
                self.stretch(begin..part.range.end, part.line);
                self.insert(part.range.end, "\n");
                continue;
            }
            self.joined(begin, part, next);
        }
        self.builder.end_block();
    }

    /// Write a part and what joins it to the next.
    fn joined(&mut self, begin: usize, part: &Part, next: &Part) {
        let text = &self.prepared.text;
        let before = &text[part.range.clone()];
        let after = &text[next.range.clone()];
        let joint = self.hyphens.joint(before, after);
        let hyphen = before.chars().next_back();
        let last = (part.range.end - hyphen.map_or(0, char::len_utf8)).max(begin);
        match joint {
            Joint::DropHyphen => {
                self.stretch(begin..last, part.line);
                let at = self.builder.offset();
                let source = self.source_of(last..part.range.end);
                self.builder.repair(RepairKind::HyphenDropped, Span::new(at, at), source);
            }
            Joint::KeepHyphen => {
                self.stretch(begin..last, part.line);
                let at = self.builder.offset();
                let source = self.source_of(last..part.range.end);
                if hyphen.is_some_and(is_soft_hyphen) {
                    self.builder.replaced(source.clone(), "-");
                } else {
                    self.put(last..part.range.end);
                }
                let span = Span::new(at, self.builder.offset());
                self.builder.repair(RepairKind::HyphenKept, span, source);
            }
            Joint::Tight | Joint::Space => {
                self.stretch(begin..part.range.end, part.line);
                if joint == Joint::Space {
                    self.insert(part.range.end, " ");
                }
            }
        }
        let at = self.builder.offset();
        let gap = self.source_point(part.range.end)
            ..self.source_point(next.range.start).max(self.source_point(part.range.end));
        let brk = self.prepared.lines[next.line].brk;
        if next.line > part.line + 1 {
            self.builder.repair(RepairKind::FurnitureInside, Span::new(at, at), gap);
        } else if brk == Break::Block || brk == Break::Blank && !self.layout.spaced {
            self.builder.repair(RepairKind::ParagraphJoined, Span::new(at, at), gap);
        }
    }

    /// Write a stretch of one line, cleaned.
    fn stretch(&mut self, range: Range<usize>, line: usize) {
        let line = &self.prepared.lines[line];
        if !line.unclean && !line.spaced {
            return self.put(range);
        }
        let prepared = self.prepared;
        let text = &prepared.text[range.clone()];
        let begin = self.builder.offset();
        let mut from = range.start;
        let mut previous = None;
        let mut removed = false;
        let mut chars = text.char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let at = range.start + offset;
            let end = at + c.len_utf8();
            if line.spaced && matches!(c, ' ' | '\u{a0}') {
                let mut stop = end;
                while let Some((offset, c)) = chars.next_if(|(_, c)| matches!(c, ' ' | '\u{a0}')) {
                    stop = range.start + offset + c.len_utf8();
                }
                let next = chars.peek().map(|&(_, c)| c);
                if previous.zip(next).is_some_and(|(p, n)| set_apart(p, n)) && self.is_verbatim(at..stop) {
                    self.put(from..at);
                    from = stop;
                    removed = true;
                }
                continue;
            }
            if line.unclean && (is_invisible(c) || fold(c).is_some()) && self.is_verbatim(at..end) {
                self.put(from..at);
                from = end;
                self.mend(c, at..end, &text[..offset], &text[offset + c.len_utf8()..]);
            }
            previous = Some(c);
        }
        self.put(from..range.end);
        if removed {
            let source = self.source_of(range);
            self.builder.repair(RepairKind::LetterSpacing, Span::new(begin, self.builder.offset()), source);
        }
    }

    /// Fold or drop one character.
    fn mend(&mut self, c: char, range: Range<usize>, before: &str, after: &str) {
        let source = self.source_of(range);
        let at = self.builder.offset();
        let (kind, with) = match fold(c) {
            Some(with) => (RepairKind::Folded, with),
            // PDFium's mark for a hyphen at a printed line's end, inside what it gives as one line
            None if c == '\u{fffe}' => match self.hyphens.joint_inside(before, after) {
                Joint::KeepHyphen => (RepairKind::HyphenKept, "-"),
                _ => (RepairKind::HyphenDropped, ""),
            },
            None => (RepairKind::Invisible, ""),
        };
        self.builder.replaced(source.clone(), with);
        self.builder.repair(kind, Span::new(at, self.builder.offset()), source);
    }

    /// Write prepared text as it is, with its marks.
    fn put(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let at = self.builder.offset();
        let prepared = self.prepared;
        if prepared.pieces.is_empty() {
            self.builder.verbatim(range.clone());
        } else {
            let first = prepared.pieces.partition_point(|piece| piece.range.end <= range.start);
            for piece in &prepared.pieces[first..] {
                if piece.range.start >= range.end {
                    break;
                }
                let inner = piece.range.start.max(range.start)..piece.range.end.min(range.end);
                let text = &prepared.text[inner.clone()];
                match piece.kind {
                    PieceKind::Verbatim => {
                        let shift = inner.start - piece.range.start + piece.source.start;
                        self.builder.verbatim(shift..shift + inner.len());
                    }
                    PieceKind::Inserted => self.builder.inserted(piece.source.start, text),
                    PieceKind::Replaced => self.builder.replaced(piece.source.clone(), text),
                    PieceKind::Tex => {
                        let start = self.builder.offset();
                        self.builder.replaced(piece.source.clone(), text);
                        let span = Span::new(start, self.builder.offset());
                        self.builder.repair(RepairKind::TexFlattened, span, piece.source.clone());
                    }
                }
            }
        }
        let first = prepared.marks.partition_point(|(mark, _)| mark.end <= range.start);
        for (mark, kind) in &prepared.marks[first.saturating_sub(4)..] {
            if mark.start >= range.end {
                break;
            }
            let (start, end) = (mark.start.max(range.start), mark.end.min(range.end));
            if start < end {
                self.builder.mark_span(*kind, Span::new(start - range.start + at, end - range.start + at));
            }
        }
    }

    fn insert(&mut self, at: usize, text: &str) {
        let at = self.source_point(at);
        self.builder.inserted(at, text);
    }

    /// True when prepared text stands in the source byte for byte.
    fn is_verbatim(&self, range: Range<usize>) -> bool {
        let pieces = &self.prepared.pieces;
        if pieces.is_empty() {
            return true;
        }
        let first = pieces.partition_point(|piece| piece.range.end <= range.start);
        pieces.get(first).is_some_and(|p| {
            p.kind == PieceKind::Verbatim && p.range.start <= range.start && range.end <= p.range.end
        })
    }

    /// The source offset at the end of the prepared text before `at`.
    fn source_point(&self, at: usize) -> usize {
        let pieces = &self.prepared.pieces;
        if pieces.is_empty() {
            return at;
        }
        let next = pieces.partition_point(|piece| piece.range.start < at);
        let Some(piece) = next.checked_sub(1).and_then(|index| pieces.get(index)) else {
            return pieces.first().map_or(0, |piece| piece.source.start);
        };
        match piece.kind {
            PieceKind::Verbatim => piece.source.start + (at - piece.range.start).min(piece.source.len()),
            _ => piece.source.end,
        }
    }

    /// The source of a prepared range.
    fn source_of(&self, range: Range<usize>) -> Range<usize> {
        let pieces = &self.prepared.pieces;
        if pieces.is_empty() {
            return range;
        }
        let first = pieces.partition_point(|piece| piece.range.end <= range.start);
        let start = pieces.get(first).map_or(0, |piece| match piece.kind {
            PieceKind::Verbatim => piece.source.start + range.start.saturating_sub(piece.range.start),
            _ => piece.source.start,
        });
        start..self.source_point(range.end).max(start)
    }
}

/// In a stretched line, a space between these two characters is no word space.
fn set_apart(previous: char, next: char) -> bool {
    let greek = |c: char| ('α'..='ω').contains(&c);
    let hyphen = |c: char| matches!(c, '-' | '‐' | '‑');
    (is_wide(previous) || hyphen(previous)) && (is_wide(next) || hyphen(next) || greek(next))
        || greek(previous) && (is_wide(next) || hyphen(next))
}
