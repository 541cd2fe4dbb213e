//! Kinds of the rules about suppressions. They look at a whole run, so [`crate::suppress`] reports
//! them; the checks themselves find nothing.

use super::{Check, Kind, NoOptions};
use crate::rules::{Options, Scope};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind { name: "unused-suppression", scope: Scope::Document, fields: &["codes"], variants: &[], build },
    Kind {
        name: "suppression-without-reason",
        scope: Scope::Document,
        fields: &["codes"],
        variants: &[],
        build,
    },
    Kind {
        name: "suppression-of-unknown-rule",
        scope: Scope::Document,
        fields: &["name", "nearest"],
        variants: &["nearest", "no-rule"],
        build,
    },
];

struct Nothing;

impl Check for Nothing {}

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(Nothing))
}
