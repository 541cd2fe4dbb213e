//! Decoded text of one file, and where each byte of it stands.
//!
//! A [`Source`] is immutable: the decoded UTF-8 text, how it was encoded, and one [`LineIndex`].
//! Every place the linter reports is counted here, so editor, report and test agree.

mod decode;
mod index;

pub use decode::{DecodeError, Encoding, decode};
pub use index::{LineIndex, Position};

use serde::Serialize;
use std::ops::Range;
use std::sync::Arc;

/// A stretch of the decoded text of one source, in bytes, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SourceSpan {
    /// Index of the source in its document.
    pub source: u32,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl SourceSpan {
    /// The span as a byte range of its source's text.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// One decoded file.
#[derive(Debug, Clone)]
pub struct Source {
    /// The name shown to people, `/` between folders on every system.
    pub path: Arc<str>,
    /// Decoded text, without a byte order mark.
    pub text: String,
    /// How the bytes were encoded.
    pub encoding: Encoding,
    /// True when the file began with a byte order mark.
    pub bom: bool,
    /// True when the decoder had to replace bytes it could not read.
    pub lossy: bool,
    index: LineIndex,
}

impl Source {
    /// Decode `bytes` into a source; fails on binary content.
    pub fn from_bytes(path: &str, bytes: Vec<u8>) -> Result<Self, DecodeError> {
        let decoded = decode(bytes)?;
        let index = LineIndex::new(&decoded.text);
        Ok(Self {
            path: Arc::from(path),
            text: decoded.text,
            encoding: decoded.encoding,
            bom: decoded.bom,
            lossy: decoded.lossy,
            index,
        })
    }

    /// A source from text already decoded (tests, editor buffers).
    pub fn from_text(path: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        let index = LineIndex::new(&text);
        Self { path: Arc::from(path), text, encoding: Encoding::Utf8, bom: false, lossy: false, index }
    }

    /// Line, scalar column, UTF-16 column and byte of an offset into [`Source::text`].
    pub fn position(&self, byte: usize) -> Position {
        self.index.position(&self.text, byte)
    }

    /// Number of lines; a text without a newline has one.
    pub fn line_count(&self) -> usize {
        self.index.line_count()
    }

    /// Byte range of a 1-based line, without its line end.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        self.index.line_range(&self.text, line)
    }
}
