//! One index from bytes to lines and columns.

use serde::Serialize;
use std::ops::Range;

/// Bytes between two column checkpoints: a look-up counts at most this many bytes.
const STEP: usize = 512;

/// A place in a text. Line and columns are 1-based.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
pub struct Position {
    /// 1-based line.
    pub line: usize,
    /// 1-based column in Unicode scalar values.
    pub column: usize,
    /// 1-based column in UTF-16 code units (what language servers count).
    pub utf16_column: usize,
    /// Byte offset in the decoded text.
    pub byte: usize,
}

/// Line starts, and running counts of scalars and UTF-16 units every [`STEP`] bytes, so that a
/// file that is one line of a megabyte is as cheap to ask as any other.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// `(byte, scalars before it, UTF-16 units before it)`, ascending by byte.
    counts: Vec<(usize, usize, usize)>,
}

impl LineIndex {
    /// Index `text`. Lines end with `\n`, `\r\n` or a lone `\r`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        let mut counts = vec![(0, 0, 0)];
        let (mut scalars, mut units, mut next) = (0, 0, STEP);
        if text.is_ascii() {
            counts.extend((STEP..=text.len()).step_by(STEP).map(|at| (at, at, at)));
        } else {
            for (at, &b) in bytes.iter().enumerate() {
                let starts = b & 0xc0 != 0x80;
                if starts && at >= next {
                    counts.push((at, scalars, units));
                    next = at + STEP;
                }
                scalars += usize::from(starts);
                units += usize::from(starts) + usize::from(b >= 0xf0);
            }
        }
        Self { starts, counts }
    }

    /// Number of lines.
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// Place of a byte; a byte inside a character counts as that character's start.
    pub fn position(&self, text: &str, byte: usize) -> Position {
        let byte = floor_boundary(text, byte);
        let line = self.starts.partition_point(|&start| start <= byte).max(1);
        let (scalars, units) = self.before(text, byte);
        let (line_scalars, line_units) = self.before(text, self.starts[line - 1]);
        Position { line, column: scalars - line_scalars + 1, utf16_column: units - line_units + 1, byte }
    }

    /// Bytes of a 1-based line without its line end; empty past the last line.
    pub fn line_range(&self, text: &str, line: usize) -> Range<usize> {
        let Some(&start) = self.starts.get(line.wrapping_sub(1)) else {
            return text.len()..text.len();
        };
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        let content = text[start..end].trim_end_matches(['\n', '\r']);
        start..start + content.len()
    }

    fn before(&self, text: &str, byte: usize) -> (usize, usize) {
        let slot = self.counts.partition_point(|&(at, ..)| at <= byte) - 1;
        let (at, mut scalars, mut units) = self.counts[slot];
        // every byte but a continuation begins a scalar; those of four bytes take two units
        for &b in &text.as_bytes()[at..byte] {
            scalars += usize::from(b & 0xc0 != 0x80);
            units += usize::from(b & 0xc0 != 0x80) + usize::from(b >= 0xf0);
        }
        (scalars, units)
    }
}

fn floor_boundary(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_scalars_and_utf16_units() {
        let text = "ab\r\n骨𝛼x\nlast";
        let index = LineIndex::new(text);
        let at = text.find('x').unwrap_or_default();
        let place = index.position(text, at);
        assert_eq!((place.line, place.column, place.utf16_column), (2, 3, 4));
        assert_eq!(&text[index.line_range(text, 1)], "ab");
        assert_eq!(&text[index.line_range(text, 3)], "last");
        assert_eq!(index.line_count(), 3);
    }

    #[test]
    fn a_long_line_agrees_with_counting() {
        let text = "外a".repeat(5_000);
        let index = LineIndex::new(&text);
        for byte in (0..text.len()).step_by(997) {
            let place = index.position(&text, byte);
            assert_eq!(place.column, text[..place.byte].chars().count() + 1);
        }
    }
}
