//! Readers: from a decoded source to a [`Document`], one file per format.

mod blocks;
mod captions;
mod clean;
mod columns;
mod emit;
mod front;
mod furniture;
mod headings;
mod html;
mod join;
mod labels;
mod layout;
mod markdown;
mod people;
mod plain;
mod prepared;
mod references;
mod shape;
mod tex;

use crate::document::{Document, Format, Parts};
use crate::source::Source;

/// A reader of one format. Pure: other files a document needs are handed to it, never opened.
pub trait Reader: Sync {
    /// The format it reads.
    fn format(&self) -> Format;
    /// File name extensions, lower case, without the dot.
    fn extensions(&self) -> &'static [&'static str];
    /// Read a source. Total: every text gives a document.
    fn read(&self, source: Source) -> Document;
}

/// All readers.
pub fn readers() -> &'static [&'static dyn Reader] {
    &[&plain::Plain, &markdown::Markdown]
}

/// The reader for a path, by its extension; plain text when there is none.
pub fn reader_for(path: &str) -> &'static dyn Reader {
    let extension = path.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    readers()
        .iter()
        .copied()
        .find(|reader| reader.extensions().contains(&extension.as_str()))
        .unwrap_or(&plain::Plain)
}

/// Read a source with the reader its path asks for.
pub fn read(source: Source) -> Document {
    reader_for(&source.path.clone()).read(source)
}

/// Read a text under a name (tests, rule cases, editor buffers).
pub fn read_text(name: &str, text: impl Into<String>) -> Document {
    read(Source::from_text(name, text))
}

/// Make a document's parts of printed lines.
fn assemble(source: &str, mut prepared: prepared::Prepared, format: Format) -> Parts {
    references::part_headings(&mut prepared);
    let prepared = &prepared;
    let layout = layout::measure(prepared);
    let drafts = blocks::drafts(prepared, layout);
    emit::write(source, prepared, &drafts, layout, format)
}
