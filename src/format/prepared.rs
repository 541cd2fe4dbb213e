//! Printed lines: what both front ends (plain text, Markdown) hand to the assembler.

use crate::document::{MarkKind, is_cjk_punctuation, is_han};
use std::borrow::Cow;
use std::ops::Range;

/// A text cut into printed lines. `text` is the source itself, or, for Markdown, the source without
/// its mark-up; then `pieces` say where each stretch came from.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    /// The text that lines, marks and pieces count in.
    pub text: Cow<'a, str>,
    /// The map of `text` to the source, in order; empty when `text` is the source.
    pub pieces: Vec<Piece>,
    /// Lines that hold anything, in order.
    pub lines: Vec<Line>,
    /// Inline marks, ordered by start, none longer than a line.
    pub marks: Vec<(Range<usize>, MarkKind)>,
    /// What links show and their addresses, in the source.
    pub links: Vec<(Range<usize>, Range<usize>)>,
    /// True when structure was marked up, so that blank lines and line ends can be trusted.
    pub markdown: bool,
}

/// How a stretch of prepared text relates to the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// Byte for byte.
    Verbatim,
    /// Stands for the source range (an entity, masked code).
    Replaced,
    /// TeX made plain.
    Tex,
    /// Not in the source; its source range is empty.
    Inserted,
}

/// A stretch of prepared text and its source.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// In the prepared text.
    pub range: Range<usize>,
    /// In the source.
    pub source: Range<usize>,
    /// How the two relate.
    pub kind: PieceKind,
}

/// What separates a line from the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// A line end inside one marked-up paragraph: the two belong together.
    Soft,
    /// A line end.
    Line,
    /// A form feed: a sentence may run over it.
    Page,
    /// A blank line.
    Blank,
    /// A marked-up boundary or several blank lines.
    Block,
}

/// What mark-up says a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// Nothing known.
    None,
    /// A heading of this level.
    Heading(u8),
    /// First line of a list item at this nesting.
    Item(u8),
    /// A row of a table.
    Table,
    /// A line of code.
    Code,
    /// First line of a footnote.
    Footnote,
}

/// A printed line, without white space around it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// In the prepared text.
    pub range: Range<usize>,
    /// What stands between it and the line before.
    pub brk: Break,
    /// What mark-up says.
    pub hint: Hint,
    /// Columns of white space before it.
    pub indent: u16,
    /// Columns: Han and full-width characters count two.
    pub width: u32,
    /// Number of Han characters.
    pub han: u32,
    /// Number of other letters.
    pub letters: u32,
    /// Number of digits.
    pub digits: u32,
    /// Holds characters to fold or remove.
    pub unclean: bool,
    /// Holds single characters set apart by spaces.
    pub spaced: bool,
}

impl Line {
    /// The line in `range` of `text`, trimmed and measured; none when it holds no character.
    pub fn measure(text: &str, range: Range<usize>, brk: Break, hint: Hint) -> Option<Self> {
        let raw = &text[range.clone()];
        let inner = raw.trim_start_matches(is_blank);
        let start = range.start + (raw.len() - inner.len());
        let inner = inner.trim_end_matches(is_blank);
        if inner.is_empty() {
            return None;
        }
        let indent = if start == range.start {
            0
        } else {
            let columns = text[range.start..start].chars().map(|c| match c {
                '\t' => 4,
                '\u{3000}' => 2,
                ' ' | '\u{a0}' => 1,
                _ => 0,
            });
            columns.sum::<usize>().min(usize::from(u16::MAX)) as u16
        };
        let mut line = Line {
            range: start..start + inner.len(),
            brk,
            hint,
            indent,
            width: 0,
            han: 0,
            letters: 0,
            digits: 0,
            unclean: false,
            spaced: false,
        };
        line.count(inner);
        Some(line)
    }

    fn count(&mut self, text: &str) {
        // a Han character, then one space, then a Han character, and again: set apart
        let mut apart = 0u8;
        let mut single = 0u8;
        for c in text.chars() {
            match c {
                ' ' | '\u{a0}' => {
                    self.width += 1;
                    apart = if single == 1 { apart.saturating_add(1) } else { 0 };
                    self.spaced |= apart >= 4;
                    single = 0;
                    continue;
                }
                'a'..='z' | 'A'..='Z' => {
                    self.letters += 1;
                    self.width += 1;
                    single = 2;
                }
                '0'..='9' => {
                    self.digits += 1;
                    self.width += 1;
                    single = 2;
                }
                '\u{0}'..='\u{7f}' => {
                    self.width += 1;
                    single = 2;
                }
                _ if is_han(c) => {
                    self.han += 1;
                    self.width += 2;
                    self.unclean |= c < '\u{3000}' && c != '々' && c != '〇' || c > '\u{f8ff}';
                    single = single.saturating_add(1);
                }
                _ if is_cjk_punctuation(c) || c >= '\u{ff00}' => {
                    self.width += 2;
                    self.unclean |= c >= '\u{fff0}' || c == '\u{feff}';
                    single = single.saturating_add(1);
                }
                _ => {
                    self.letters += u32::from(c.is_alphabetic());
                    self.width += 1;
                    self.unclean |= super::clean::is_unclean(c);
                    single = 2;
                }
            }
        }
        self.spaced |= single == 1 && apart >= 3;
    }

    /// True when Chinese carries the line.
    pub fn is_zh(&self) -> bool {
        self.han > 0 && self.han * 9 >= self.letters
    }
}

/// White space and characters that print as nothing at a line's ends.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{0}'..='\u{1f}' | '\u{7f}')
}

impl Prepared<'_> {
    /// The text of a line.
    pub fn line(&self, index: usize) -> &str {
        &self.text[self.lines[index].range.clone()]
    }
}
