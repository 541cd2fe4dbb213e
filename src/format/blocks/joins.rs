//! Which lines belong together.

use super::Maker;
use super::markers::bullet;
use crate::document::{BlockKind, is_han};
use crate::format::furniture::Role;
use crate::format::layout::PARAGRAPH;
use crate::format::prepared::{Break, Hint};
use crate::format::shape::{
    bracket_runs_over, ends_open, ends_sentence, first_word_width, is_wide, starts_inside,
};

impl Maker<'_> {
    /// True when a sentence is open: the line before cannot be the last of its block.
    pub(super) fn sentence_open(&self, index: usize) -> bool {
        let Some(last) = self.last_text() else { return false };
        let Some(open) = &self.open else { return false };
        let prose = matches!(open.kind, BlockKind::Paragraph | BlockKind::Abstract | BlockKind::ListItem);
        let wide = self.last_line().is_some_and(|line| line.width * 10 >= open.full * 7);
        let blank = self.prepared.lines[index].brk >= Break::Blank && !self.layout.spaced;
        let apart = blank && !ends_open(last) && !starts_inside(self.prepared.line(index));
        prose
            && !apart
            && !ends_sentence(last)
            && (wide || ends_open(last))
            && self.prepared.lines[index].brk != Break::Block
    }

    /// Columns of the text around a line: the median of the next lines.
    pub(super) fn column(&self, index: usize) -> u32 {
        let mut widths: Vec<u32> = (index..self.prepared.lines.len())
            .filter(|&at| self.roles[at] == Role::Text)
            .take(7)
            .map(|at| self.prepared.lines[at].width)
            .collect();
        widths.sort_unstable();
        widths.get(widths.len() / 2).copied().unwrap_or(0)
    }

    /// True when a line goes on with the open block.
    pub(super) fn continues(&self, index: usize) -> bool {
        let line = &self.prepared.lines[index];
        let text = self.prepared.line(index);
        let (Some(open), Some(last), Some(last_text)) = (&self.open, self.last_line(), self.last_text())
        else {
            return false;
        };
        if line.brk == Break::Soft {
            return !matches!(open.kind, BlockKind::Reference | BlockKind::ReferenceHeading);
        }
        if matches!(
            open.kind,
            BlockKind::Heading
                | BlockKind::ReferenceHeading
                | BlockKind::Title
                | BlockKind::Authors
                | BlockKind::Affiliation
                | BlockKind::Reference
        ) {
            return false;
        }
        if line.hint != Hint::None {
            return false;
        }
        if marker_cut(last_text, text) {
            return true;
        }
        let gap = self.last_part().is_some_and(|part| index - part.line > 1);
        let full = open.full;
        let prose = matches!(open.kind, BlockKind::Paragraph | BlockKind::Abstract | BlockKind::ListItem);
        let strong = matches!(line.brk, Break::Block) || line.brk == Break::Blank && !self.layout.spaced;
        let inside = bracket_runs_over(last_text, text);
        let ended = ends_sentence(last_text) && !inside;
        // whole paragraphs: only a sentence cut by a page break goes on
        let broken = || {
            prose
                && !ended
                && last.width >= 60.min(full * 8 / 10)
                && line.width >= 10
                && !bullet(text)
                && (ends_open(last_text)
                    || starts_inside(text)
                    || last.han > 10
                        && line.han > 10
                        && last_text.ends_with(is_wide)
                        && text.starts_with(is_han))
        };
        if strong || last.width > PARAGRAPH || self.prepared.markdown && line.brk != Break::Line {
            return broken() && (last.width >= 40);
        }
        if bullet(text) {
            return false;
        }
        if self.layout.indented && line.indent >= 2 && last.indent < line.indent && !gap {
            return !ended && starts_inside(text);
        }
        // `Keywords: … inflammation`, then the first Chinese paragraph
        let turned = line.is_zh() != last.is_zh() && line.width.min(last.width) > 24 && !(prose && inside);
        let field = matches!(open.kind, BlockKind::FrontMatter | BlockKind::Keywords);
        if turned && field && !ends_open(last_text) {
            return false;
        }
        // a line that is a whole paragraph goes on with no field of one line
        if field && line.width > PARAGRAPH && !ends_open(last_text) {
            return false;
        }
        // keywords go on behind a separator, and in a line that ends with none when theirs was full
        if open.kind == BlockKind::Keywords && self.keywords_go_on(index) {
            return true;
        }
        if !ended {
            if starts_inside(text) || ends_open(last_text) {
                return true;
            }
            // a short line that ends no sentence, before a line that begins one
            let short = last.width * 10 < full.max(self.next_width(index)) * 6;
            let begins = text.starts_with(|c: char| c.is_uppercase()) && !last_text.ends_with(is_wide);
            return !(short && begins)
                && (prose || line.brk == Break::Line || self.layout.spaced)
                && !(field && last.width < 60 && !last_text.ends_with(is_wide));
        }
        if turned {
            return false;
        }
        let expected = if self.open_lines() > 1 { full } else { full.max(self.next_width(index)) };
        let short = (last.width + first_word_width(text)) * 100 < expected * 88;
        if starts_inside(text) && !text.starts_with(|c: char| c.is_ascii_lowercase()) {
            return true;
        }
        !field && !short
    }

    /// A further line of the open list of keywords: short words with separators, no sentence.
    fn keywords_go_on(&self, index: usize) -> bool {
        let line = &self.prepared.lines[index];
        let text = self.prepared.line(index);
        let (Some(last), Some(before)) = (self.last_line(), self.last_text()) else { return false };
        let separator = |c: char| matches!(c, ';' | '；' | ',' | '，' | '、');
        let prose = text.contains(['。', '：', ':']) || text.contains(". ") || ends_sentence(text);
        let listed = text.matches(separator).count() * 40 >= usize::try_from(line.width).unwrap_or(0);
        let full = last.width * 10 >= self.column(index).max(40) * 8;
        self.open_lines() < 6
            && line.is_zh() == last.is_zh()
            && (!prose || before.ends_with([';', '；']) && line.width < 60 && !text.contains('。'))
            && (before.trim_end().ends_with(separator)
                || full && (listed || line.width * 10 < last.width * 6))
    }

    pub(super) fn open_lines(&self) -> usize {
        self.open.as_ref().map_or(0, |open| self.out.parts.len() - open.first)
    }

    pub(super) fn next_width(&self, index: usize) -> u32 {
        self.prepared.lines[index].width.min(PARAGRAPH)
    }
}

/// True when a citation marker was cut in two: `[4-` and `6]`, `[7` and `]`.
fn marker_cut(before: &str, after: &str) -> bool {
    let inside = |c: char| c.is_ascii_digit() || matches!(c, ',' | '，' | '-' | '–' | '~' | ' ' | '、');
    let head = before.trim_end_matches(inside);
    let tail = after.trim_start_matches(inside);
    let (opened, closing) = (before.len() - head.len(), after.len() - tail.len());
    head.ends_with(['[', '［', '【'])
        && tail.starts_with([']', '］', '】'])
        && opened <= 24
        && closing <= 24
        && opened + closing > 0
}
