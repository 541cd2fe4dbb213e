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
    let (lines, all, wide) = unmarked(prepared);
    let set_in = lines.iter().filter(|&&at| prepared.lines[at].indent >= 2).count();
    let unwrapped = wide * 2 > all;
    let indented = !prepared.markdown && set_in * 50 >= lines.len() && set_in * 5 <= lines.len() * 2;
    let spaced = !prepared.markdown && !unwrapped && blank_inside(prepared, &lines);
    Layout { spaced, unwrapped, indented }
}

/// True when a text with mark-up was printed in lines with a blank one between: its paragraphs are lines.
pub(super) fn is_printed(prepared: &Prepared) -> bool {
    let (lines, all, wide) = unmarked(prepared);
    lines.len() >= 40 && wide * 4 < all && blank_inside(prepared, &lines)
}

/// Lines without mark-up, their columns, and the columns of those that are whole paragraphs.
fn unmarked(prepared: &Prepared) -> (Vec<usize>, u64, u64) {
    let lines: Vec<usize> =
        (0..prepared.lines.len()).filter(|&at| prepared.lines[at].hint == Hint::None).collect();
    let widths = || lines.iter().map(|&at| prepared.lines[at].width);
    let all = widths().map(u64::from).sum();
    let wide = widths().filter(|&width| width > PARAGRAPH).map(u64::from).sum();
    (lines, all, wide)
}

/// True when blank lines stand inside sentences: lines that fill the column, end no sentence and are
/// followed by a blank line are more than a quarter of those that end no sentence.
fn blank_inside(prepared: &Prepared, lines: &[usize]) -> bool {
    let mut widths: Vec<u32> = lines.iter().map(|&at| prepared.lines[at].width).collect();
    widths.sort_unstable();
    let Some(&median) = widths.get(widths.len() / 2) else { return false };
    let (mut open, mut blank) = (0usize, 0usize);
    for pair in lines.windows(2) {
        let (line, next) = (&prepared.lines[pair[0]], &prepared.lines[pair[1]]);
        let fills = line.width * 10 >= median * 8 && line.width <= PARAGRAPH && line.width >= 24;
        if fills && !ends_sentence(prepared.line(pair[0])) {
            open += 1;
            blank += usize::from(next.brk == Break::Blank);
        }
    }
    open >= 6 && blank * 4 >= open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::plain::prepare;

    #[test]
    fn blank_lines_inside_sentences_say_nothing() {
        let line = "细胞在体外培养的条件下可以持续增殖并且保持分化的";
        let spaced = format!("{line}\n\n").repeat(12);
        assert!(measure(&prepare(&spaced)).spaced);
        let tight = format!("{line}\n{line}\n{line}能力。\n\n").repeat(12);
        assert!(!measure(&prepare(&tight)).spaced);
        let paragraphs = format!("{line}能力。\n\n一个小标题\n\n").repeat(12);
        assert!(!measure(&prepare(&paragraphs)).spaced);
    }
}
