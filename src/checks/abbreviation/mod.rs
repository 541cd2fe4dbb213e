//! Checks of the abbreviation family.

mod across;
mod compare;
mod conflict;
mod letters;
mod lexicon;
mod misspelling;
mod names;
mod naming;
mod order;
mod undefined;
mod variants;

use super::Kind;

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    lexicon::KIND,
    conflict::TWO_LONG,
    conflict::TWO_SHORT,
    undefined::KIND,
    order::BEFORE,
    order::AGAIN,
    order::NEVER,
    variants::KIND,
    misspelling::KIND,
    letters::KIND,
    naming::KIND,
    across::TWO_LONG,
    across::TWO_SHORT,
];
