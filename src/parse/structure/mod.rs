//! Facts of the structure family.

use super::{Data, Inspected};
use crate::document::Document;

/// Facts of this family.
#[derive(Debug, Default)]
pub struct Structure {}

impl Structure {
    /// Adds all facts for `inspect`.
    pub fn inspect(&self, _out: &mut Vec<Inspected>) {}
}

/// Read the facts of this family.
pub fn parse(_document: &Document, _data: &Data) -> Structure {
    Structure::default()
}
