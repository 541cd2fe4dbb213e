//! Facts of the citation family.

mod body;
mod readings;
mod scan;
mod sequence;

use super::reference::References;
use super::{Data, DataFile, Inspected};
use crate::document::Document;
use crate::rules::RuleError;
use serde::Serialize;

/// The form of a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// `[1]`
    Square,
    /// `［1］`
    FullSquare,
    /// `【1】`
    Lenticular,
    /// `〔1〕`
    Tortoise,
    /// `(1)`
    Round,
    /// A raised number without brackets.
    Superscript,
    /// `[^1]`
    Footnote,
}

/// What is wrong with a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Damage {
    /// `1]`
    LostOpening,
    /// `[17。`
    LostClosing,
    /// `[]`
    Empty,
    /// `【20]`
    Mismatched,
    /// `[I]`, `[1O]`
    Alike,
    /// `[3.4]`
    Dotted,
    /// `[1 8]`
    Spaced,
    /// `[678]` for 6–8
    Glued,
    /// `[3]` where only 33 fits
    LostDigit,
    /// `[6-7]。］`: a bracket too many
    Stray,
}

/// Facts of this family.
#[derive(Debug, Default)]
pub struct Citations {}

impl Citations {
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
pub fn parse(_document: &Document, _data: &Data, _references: &References) -> Citations {
    Citations::default()
}
