//! Checks of text damage.

mod brackets;
mod hyphens;
mod repeats;
mod tokens;
mod traces;
mod words;

use super::Kind;

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    brackets::MIXED,
    brackets::UNBALANCED,
    repeats::DOUBLED_WORD,
    repeats::REPEATED_ITEM,
    tokens::FULL_WIDTH,
    tokens::SPACE,
    tokens::LOOK_ALIKE,
    words::RUN_TOGETHER,
    words::HYPHENATION,
    traces::KIND,
    hyphens::KIND,
];
