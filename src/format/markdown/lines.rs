//! Writing prepared text: lines, pieces and their map to the source.

use super::Walk;
use crate::format::prepared::{Break, Hint, Line, Piece, PieceKind};
use std::ops::Range;

impl Walk<'_> {
    /// A numeric link definition before `offset` becomes a line of its own.
    pub(super) fn definition(&mut self, offset: usize) -> bool {
        let Some(range) = self.definitions.pop_if(|range| range.start < offset) else { return false };
        // nothing may go back in the source
        if self.pieces.last().is_none_or(|piece| piece.source.end <= range.start) {
            self.block();
            self.verbatim(range);
            self.block();
        }
        true
    }

    /// End the line: measure it; marks do not cross lines.
    pub(super) fn end_line(&mut self, next: Break) {
        let range = self.line..self.out.len();
        for (kind, start) in &mut self.open {
            if *start < range.end {
                self.marks.push((*start..range.end, *kind));
            }
            *start = range.end + 1;
        }
        let made = Line::measure(&self.out, range.clone(), self.brk, self.hint);
        let empty = made.is_none();
        self.lines.extend(made);
        if !range.is_empty() {
            self.inserted("\n");
        }
        for (_, start) in &mut self.open {
            *start = self.out.len();
        }
        self.line = self.out.len();
        if empty {
            // an image or a comment stood there: what follows begins no later than it did
            self.brk = self.brk.max(next);
            if next != Break::Soft && self.brk == Break::Soft {
                self.brk = next;
            }
        } else {
            self.brk = next;
            if !matches!(self.hint, Hint::Table | Hint::Code) {
                self.hint = Hint::None;
            }
        }
    }

    pub(super) fn block(&mut self) {
        self.end_line(Break::Block);
        self.brk = Break::Block;
        self.hint = Hint::None;
    }

    pub(super) fn piece(&mut self, source: Range<usize>, len: usize, kind: PieceKind) {
        let start = self.out.len() - len;
        if kind == PieceKind::Verbatim
            && let Some(last) = self.pieces.last_mut()
            && last.kind == kind
            && last.range.end == start
            && last.source.end == source.start
        {
            last.range.end = self.out.len();
            last.source.end = source.end;
            return;
        }
        self.pieces.push(Piece { range: start..self.out.len(), source, kind });
    }

    pub(super) fn verbatim(&mut self, range: Range<usize>) {
        let Some(text) = self.source.get(range.clone()) else { return };
        self.out.push_str(text);
        self.piece(range, text.len(), PieceKind::Verbatim);
    }

    pub(super) fn replaced(&mut self, range: Range<usize>, text: &str, kind: PieceKind) {
        self.out.push_str(text);
        self.piece(range, text.len(), kind);
    }

    pub(super) fn inserted(&mut self, text: &str) {
        let at = self.pieces.last().map_or(0, |piece| piece.source.end);
        self.replaced(at..at, text, PieceKind::Inserted);
    }

    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if self.source.get(range.clone()) == Some(text) {
            return self.verbatim(range);
        }
        // an entity, or a text with an escape: what is the same at both ends stays verbatim
        let source = self.source.get(range.clone()).unwrap_or_default();
        let tail = source.len().checked_sub(text.len()).filter(|&skip| source.get(skip..) == Some(text));
        match tail {
            Some(skip) => self.verbatim(range.start + skip..range.end),
            None => self.replaced(range, text, PieceKind::Replaced),
        }
    }
}
