//! `microrna-named-in-several-ways`: miR-21 beside miRNA-21 or microRNA-21.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::{Confidence, Severity, arg};
use crate::parse::abbreviation::Use;
use crate::rules::Scope;

/// Names of microRNAs with different prefixes.
pub const KIND: Kind = Kind {
    name: "microrna-named-in-several-ways",
    scope: Scope::Document,
    fields: &["usual", "other", "count"],
    variants: &[],
    build: |options| options.read::<NoOptions>().map(|_| Box::new(Naming) as Box<dyn Check>),
};

/// Prefixes that one text should not mix, before a number. `mir-` is the gene, `miR-` the mature form.
const PREFIXES: [&str; 3] = ["microRNA-", "miRNA-", "miR-"];

struct Naming;

impl Check for Naming {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let mut places: [Vec<(Span, &str)>; 3] = [Vec::new(), Vec::new(), Vec::new()];
        for form in &cx.facts.abbreviations.forms {
            for spelling in &form.spellings {
                let Some(index) = PREFIXES.iter().position(|prefix| numbered(&spelling.text, prefix)) else {
                    continue;
                };
                let counted = |u: &&Use| !u.heading && !u.in_definition;
                places[index]
                    .extend(spelling.whole().filter(counted).map(|u| (u.span, spelling.text.as_str())));
            }
        }
        for list in &mut places {
            list.sort();
        }
        let usual = (0..3).max_by_key(|index| places[*index].len()).unwrap_or(2);
        if places[usual].is_empty() {
            return;
        }
        for index in (0..3).filter(|index| *index != usual) {
            let Some((first, text)) = places[index].first() else { continue };
            let mut finding = cx
                .finding(*first)
                .confidence(Confidence::Medium)
                .arg("other", *text)
                .arg("usual", PREFIXES[usual])
                .arg("count", places[usual].len())
                .related(cx.place(places[usual][0].0), vec![arg("other", places[usual][0].1)]);
            finding.severity = Severity::Info;
            for (span, text) in places[index].iter().skip(1).take(12) {
                finding = finding.related(cx.place(*span), vec![arg("other", *text)]);
            }
            out.push(finding);
        }
    }
}

fn numbered(text: &str, prefix: &str) -> bool {
    let stem = text.strip_prefix("has-").or_else(|| text.strip_prefix("hsa-")).unwrap_or(text);
    stem.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
