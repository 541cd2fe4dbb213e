//! Generic kinds: checks that a rule file alone turns into rules, for users and for our own word lists.

mod consistency;
mod pattern;
mod requires;
mod substitution;
mod zones;

use super::Kind;

/// The kinds of this family.
pub const KINDS: &[Kind] = &[pattern::KIND, substitution::KIND, consistency::KIND, requires::KIND];
