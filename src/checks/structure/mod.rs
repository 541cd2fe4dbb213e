//! Checks of the structure family.

use super::Kind;

/// The kinds of this family.
pub const KINDS: &[Kind] = &[];
