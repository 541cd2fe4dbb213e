//! Plain text, most of it extracted from PDF.

use super::prepared::{Break, Hint, Line, Prepared};
use super::{Reader, assemble, markdown};
use crate::document::{Document, Format, MarkKind};
use crate::source::Source;
use std::borrow::Cow;
use std::ops::Range;

/// Longest `^[…]` in bytes.
const RAISED: usize = 96;

/// The reader of `.txt`.
pub struct Plain;

impl Reader for Plain {
    fn format(&self) -> Format {
        Format::Plain
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn read(&self, source: Source) -> Document {
        let parts = if markdown::sniff(&source.text) {
            assemble(&source.text, markdown::prepare(&source.text), Format::Plain)
        } else {
            assemble(&source.text, prepare(&source.text), Format::Plain)
        };
        parts.over(source)
    }
}

/// Cut a text into printed lines.
pub(super) fn prepare(text: &str) -> Prepared<'_> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut blank = 0u32;
    let mut feed = false;
    let mut first = true;
    let mut push = |range: Range<usize>, ends_page: bool| {
        let brk = match blank {
            _ if first => Break::Block,
            _ if feed => Break::Page,
            0 => Break::Line,
            1 => Break::Blank,
            _ => Break::Block,
        };
        if let Some(line) = Line::measure(text, range, brk, Hint::None) {
            lines.push(line);
            (blank, feed, first) = (0, ends_page, false);
        } else {
            blank += 1;
            feed |= ends_page;
        }
    };
    let bytes = text.as_bytes();
    for at in memchr::memchr3_iter(b'\n', b'\r', b'\x0c', bytes) {
        if bytes[at] == b'\n' && at > 0 && bytes[at - 1] == b'\r' {
            start = at + 1;
            continue;
        }
        push(start..at, bytes[at] == b'\x0c');
        start = at + 1;
    }
    push(start..text.len(), false);
    let marks = raised(text);
    Prepared {
        text: Cow::Borrowed(text),
        pieces: Vec::new(),
        lines,
        marks,
        links: Vec::new(),
        markdown: false,
    }
}

/// `^[12-14]` stays as it is, and is known to be raised.
pub(super) fn raised(text: &str) -> Vec<(Range<usize>, MarkKind)> {
    let mut marks = Vec::new();
    let bytes = text.as_bytes();
    for at in memchr::memmem::find_iter(bytes, b"^[") {
        let window = &bytes[at..bytes.len().min(at + RAISED)];
        let end = window.iter().position(|&b| b == b']' || b == b'\n');
        if let Some(end) = end.filter(|&end| window[end] == b']') {
            marks.push((at..at + end + 1, MarkKind::Superscript));
        }
    }
    marks
}
