//! Facts of the abbreviation family: definitions of short forms, their uses, and the lexicon.

mod boundary;
mod extract;
mod letters;
mod lexicon;
mod shape;
mod tables;

pub use extract::{Found, Order, extract};
pub use letters::{Alignment, align};
pub use lexicon::{Entry, Lexicon, squash, words};
pub use shape::{key, looks_short, normal, singular};
pub use tables::Tables;

use super::{Data, Inspected};
use crate::document::Document;

/// Facts of this family.
#[derive(Debug, Default)]
pub struct Abbreviations {}

impl Abbreviations {
    /// Adds all facts for `inspect`.
    pub fn inspect(&self, _out: &mut Vec<Inspected>) {}
}

/// Read the facts of this family.
pub fn parse(_document: &Document, _data: &Data) -> Abbreviations {
    Abbreviations::default()
}
