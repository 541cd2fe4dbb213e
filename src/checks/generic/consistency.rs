//! `consistency`: several ways to write one thing, of which a document should use one.

use super::zones::{LangName, Pattern, Scope, ZoneName, matches};
use crate::checks::{Check, Context, Kind};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::arg;
use crate::rules::{Options, Scope as RuleScope};
use serde::Deserialize;

/// Most places named in one finding.
const RELATED: usize = 20;

/// The kind. Options: `groups`, each a list of patterns that say the same thing; `zones`, `languages`.
pub const KIND: Kind = Kind {
    name: "consistency",
    scope: RuleScope::Document,
    fields: &["text", "count", "other", "other_count"],
    variants: &[],
    build,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    groups: Vec<Vec<Pattern>>,
    #[serde(default)]
    zones: Vec<ZoneName>,
    #[serde(default)]
    languages: Vec<LangName>,
}

struct Consistency {
    groups: Vec<Vec<Pattern>>,
    scope: Scope,
}

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    let given: Given = options.read()?;
    Ok(Box::new(Consistency {
        groups: given.groups,
        scope: Scope { zones: given.zones, languages: given.languages },
    }))
}

impl Check for Consistency {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for group in &self.groups {
            let mut ways: Vec<Vec<Span>> =
                group.iter().map(|pattern| matches(cx, &self.scope, &pattern.0).collect()).collect();
            ways.retain(|spans| !spans.is_empty());
            // The most frequent way stands; on a tie the first one used.
            ways.sort_by_key(|spans| (std::cmp::Reverse(spans.len()), spans[0].start));
            let Some((usual, others)) = ways.split_first() else { continue };
            for spans in others {
                let mut finding = cx
                    .finding(spans[0])
                    .arg("text", cx.slice(spans[0]))
                    .arg("count", spans.len())
                    .arg("other", cx.slice(usual[0]))
                    .arg("other_count", usual.len())
                    .related(cx.place(usual[0]), vec![arg("text", cx.slice(usual[0]))]);
                for span in spans.iter().skip(1).take(RELATED) {
                    finding = finding.related(cx.place(*span), vec![arg("text", cx.slice(*span))]);
                }
                out.push(finding);
            }
        }
    }
}
