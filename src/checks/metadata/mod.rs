//! Checks of the metadata family.

use super::Kind;

/// The kinds of this family.
pub const KINDS: &[Kind] = &[];
