//! Facts of the abbreviation family.

use super::{Data, DataFile, Inspected};
use crate::document::Document;
use crate::rules::RuleError;

/// Facts of this family.
#[derive(Debug, Default)]
pub struct Abbreviations {}

impl Abbreviations {
    /// Adds all facts for `inspect`.
    pub fn inspect(&self, _out: &mut Vec<Inspected>) {}
}

/// Tables of this family.
#[derive(Debug, Default)]
pub struct Tables {}

impl Tables {
    /// The built-in tables and the user's.
    pub fn load(_user: &[DataFile]) -> Result<Self, RuleError> {
        Ok(Self {})
    }
}

/// Read the facts of this family.
pub fn parse(_document: &Document, _data: &Data) -> Abbreviations {
    Abbreviations::default()
}
