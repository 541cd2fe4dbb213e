//! Checks of the structure family.

mod checklist;
mod figures;
mod headings;

use super::Kind;

/// The kinds of this family.
pub const KINDS: &[Kind] =
    &[headings::NUMBERS, figures::UNCAPTIONED, figures::UNCALLED, figures::ORDER, checklist::CHECKLIST];
