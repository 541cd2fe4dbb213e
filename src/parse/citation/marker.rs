//! Markers as facts, and the chapters they belong to.

use super::body::Item;
use super::readings::{How, Stretch};
use super::sequence::WIDEST;
use crate::document::{Span, Zone};
use crate::finding::Confidence;
use serde::Serialize;
use std::collections::HashMap;
use std::ops::Range;

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
    /// A raised number glued to the word before it when the text was extracted.
    Glued,
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
    /// `[9-]`: a range without its last number
    OpenRange,
    /// `[6-7]。］`: a bracket too many
    Stray,
}

/// One citation marker.
#[derive(Debug, Clone)]
pub struct Marker {
    /// Its characters; for a lost closing bracket with the mark that follows.
    pub span: Span,
    /// Its form.
    pub shape: Shape,
    /// Opening bracket as printed.
    pub open: Option<char>,
    /// Closing bracket as printed.
    pub close: Option<char>,
    /// What is wrong with it.
    pub damage: Option<Damage>,
    /// Numbers and ranges as printed.
    pub items: Vec<Item>,
    /// What it means, in rising stretches; empty when that cannot be told.
    pub reading: Vec<Stretch>,
    /// How the reading was made.
    pub how: How,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// Where it stands.
    pub zone: Zone,
    /// Index of its chapter.
    pub chapter: usize,
    /// Number printed directly after it.
    pub locator: Option<Span>,
    /// Separators printed inside.
    pub separators: Vec<char>,
    /// Dashes printed inside.
    pub dashes: Vec<char>,
    /// Highest number first cited before it.
    pub before: u32,
    /// Next number first cited after it.
    pub after: Option<u32>,
}

impl Marker {
    /// The numbers it cites; ranges wider than 300 give their ends only.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        self.reading.iter().flat_map(|&(first, last)| numbers_of(first, last))
    }

    /// True when the marker stands in running text and takes part in the order of first mention.
    pub fn in_order(&self) -> bool {
        self.zone == Zone::Body
    }
}

/// The numbers of a stretch; one wider than [`WIDEST`] gives its ends only.
pub fn numbers_of(first: u32, last: u32) -> impl Iterator<Item = u32> {
    let wide = last - first > WIDEST;
    let range = if wide { first..=first } else { first..=last };
    range.chain(wide.then_some(last))
}

/// The order in which a chapter cites, and the lists that serve it.
#[derive(Debug, Default)]
pub struct Chapter {
    /// Its lists in `References::lists`.
    pub lists: Range<usize>,
    /// Highest number of its lists.
    pub last: Option<u32>,
    /// Its markers.
    pub markers: Range<usize>,
    /// For each number cited: the first marker that cites it.
    pub cited: HashMap<u32, usize>,
    /// Numbers that only a damaged or doubtful marker may cite.
    pub doubtful: HashMap<u32, usize>,
    /// Markers in the running text that could not be read.
    pub unread: usize,
}

/// How a document cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// Not at all, or not in a way that can be told.
    #[default]
    Unknown,
    /// Numbers in square, full-width, lenticular or tortoise-shell brackets.
    Bracket,
    /// Footnote marks, `[^1]`.
    Footnote,
    /// Raised numbers.
    Superscript,
    /// Raised numbers that extraction glued to the words.
    Glued,
    /// Numbers in round brackets.
    Round,
    /// Author and year.
    AuthorYear,
    /// Several schemes, none of which explains the list.
    Mixed,
}

impl Scheme {
    /// True when markers hold numbers.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Bracket | Self::Footnote | Self::Superscript | Self::Glued | Self::Round)
    }

    /// True for schemes whose markers also stand for other things: what is not cited may have been overlooked.
    pub fn is_loose(self) -> bool {
        matches!(self, Self::Superscript | Self::Glued | Self::Round)
    }
}
