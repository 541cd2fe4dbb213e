//! Checks of the reference family.

use super::Kind;

/// The kinds of this family.
pub const KINDS: &[Kind] = &[];
