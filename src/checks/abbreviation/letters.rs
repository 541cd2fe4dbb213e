//! `letters-do-not-match`: a hint, hidden unless low confidence is asked for.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::abbreviation::{normal, squash};
use crate::rules::Scope;

/// The English long form does not spell the short form, and no lexicon entry says why.
pub const KIND: Kind = Kind {
    name: "letters-do-not-match",
    scope: Scope::Document,
    fields: &["short", "long"],
    variants: &[],
    build: |options| options.read::<NoOptions>().map(|_| Box::new(Letters) as Box<dyn Check>),
};

struct Letters;

impl Check for Letters {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let lexicon = &cx.data.abbreviation.lexicon;
        for definition in &cx.facts.abbreviations.definitions {
            let Some(en) = definition.en.filter(|_| !definition.spelled && !definition.listed) else {
                continue;
            };
            let long = squash(cx.slice(en));
            let accepted = lexicon
                .of_key(&definition.key)
                .any(|entry| entry.irregular || entry.en.iter().any(|name| squash(name) == long));
            if accepted {
                continue;
            }
            let finding = cx
                .finding(definition.short_span)
                .confidence(Confidence::Low)
                .arg("short", definition.short.as_str())
                .arg("long", normal(cx.slice(en)))
                .related(cx.place(en), Vec::new());
            out.push(finding);
        }
    }
}
