//! `requires`: a document that says one thing must also say another.

use super::zones::{LangName, Pattern, Scope, ZoneName, matches};
use crate::checks::{Check, Context, Kind};
use crate::engine::Sink;
use crate::rules::{Options, Scope as RuleScope};
use serde::Deserialize;

/// The kind. Options: `when`, `need`, `zones` (where `when` is looked for), `need-zones`, `languages`.
pub const KIND: Kind =
    Kind { name: "requires", scope: RuleScope::Document, fields: &["text"], variants: &[], build };

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Given {
    /// What makes the demand.
    when: Pattern,
    /// What must then stand somewhere.
    need: Pattern,
    #[serde(default)]
    zones: Vec<ZoneName>,
    #[serde(default)]
    need_zones: Vec<ZoneName>,
    #[serde(default)]
    languages: Vec<LangName>,
}

struct Requires {
    given: Given,
    when: Scope,
    need: Scope,
}

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    let given: Given = options.read()?;
    let when = Scope { zones: given.zones.clone(), languages: given.languages.clone() };
    let need = Scope { zones: given.need_zones.clone(), languages: given.languages.clone() };
    Ok(Box::new(Requires { given, when, need }))
}

impl Check for Requires {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let Some(first) = matches(cx, &self.when, &self.given.when.0).next() else { return };
        if matches(cx, &self.need, &self.given.need.0).next().is_none() {
            out.push(cx.finding(first).arg("text", cx.slice(first)));
        }
    }
}
