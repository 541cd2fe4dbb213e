//! How a text was printed: do blank lines mean anything, are lines wrapped, are paragraphs indented?

use super::prepared::{Break, Hint, Prepared};
use super::shape::ends_sentence;

/// A line wider than this is a paragraph, not a printed line.
pub(super) const PARAGRAPH: u32 = 170;

/// The layout of a whole text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// A blank line follows every printed line, so a single one says nothing.
    pub spaced: bool,
    /// Lines are whole paragraphs.
    pub unwrapped: bool,
    /// First lines of paragraphs are set in.
    pub indented: bool,
}

/// Measure a prepared text.
pub(super) fn measure(prepared: &Prepared) -> Layout {
    let mut lines = 0usize;
    let (mut blank, mut open, mut indented) = (0usize, 0usize, 0usize);
    let (mut all, mut wide) = (0u64, 0u64);
    for (index, line) in prepared.lines.iter().enumerate() {
        if line.hint != Hint::None {
            continue;
        }
        all += u64::from(line.width);
        if line.width > PARAGRAPH {
            wide += u64::from(line.width);
        }
        lines += 1;
        blank += usize::from(line.brk == Break::Blank);
        indented += usize::from(line.indent >= 2);
        open += usize::from(line.width <= PARAGRAPH && !ends_sentence(prepared.line(index)));
    }
    let unwrapped = wide * 2 > all;
    let spaced =
        !prepared.markdown && !unwrapped && lines >= 8 && blank * 10 >= lines * 6 && open * 2 >= lines;
    let indented = !prepared.markdown && indented * 50 >= lines && indented * 5 <= lines * 2;
    Layout { spaced, unwrapped, indented }
}
