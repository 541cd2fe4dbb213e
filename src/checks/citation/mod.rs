//! Checks of the citation family.

mod author;
mod author_year;
mod claims;
mod malformed;
mod missing;
mod mixed;
pub mod order;
mod range;
mod style;
mod uncited;

pub(super) use missing::reports;

use super::{Context, Kind};
use crate::document::Place;
use crate::parse::citation::{Chapter, Marker};
use crate::parse::reference::List;

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    missing::WITHOUT_REFERENCE,
    missing::NO_LIST,
    malformed::MALFORMED,
    malformed::STRAY,
    malformed::DOUBTFUL,
    order::ORDER,
    uncited::UNCITED,
    range::RANGE,
    range::REPEATED,
    range::LOCATOR,
    style::STYLE,
    author::AUTHOR,
    author::YEAR,
    author_year::AMBIGUOUS,
    mixed::MIXED,
    claims::ANOTHER,
    claims::CLAIM,
];

/// Most related places of one finding.
const RELATED: usize = 20;

/// The lists that serve a chapter.
fn lists<'a>(cx: &Context<'a>, chapter: &Chapter) -> &'a [List] {
    &cx.facts.references.lists[chapter.lists.clone()]
}

/// True when one of the chapter's lists has the number.
fn has(lists: &[List], number: u32) -> bool {
    lists.iter().any(|list| list.has(number))
}

/// The place of the first marker that cites a number.
fn first_mention(cx: &Context<'_>, chapter: &Chapter, number: u32) -> Option<Place> {
    let marker: &Marker = cx.facts.citations.markers.get(*chapter.cited.get(&number)?)?;
    Some(cx.place(marker.span))
}

/// How often something may go wrong before it is a habit: `most` or a share of all, whichever is more.
fn few(count: usize, of: usize, most: usize, percent: usize) -> bool {
    count <= most || count * 100 <= of * percent
}
