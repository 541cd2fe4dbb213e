//! `used-before-definition`, `defined-again` and `defined-never-used`.

use super::compare::{Relation, definitions};
use super::conflict::usable;
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Zone;
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::abbreviation::{Definition, Form};
use crate::rules::Scope;

/// Used before its definition in the body.
pub const BEFORE: Kind = Kind {
    name: "used-before-definition",
    scope: Scope::Document,
    fields: &["short", "uses"],
    variants: &["symbol", "other-text"],
    build: |options| options.read::<NoOptions>().map(|_| Box::new(Before) as Box<dyn Check>),
};

/// Defined twice in one scope.
pub const AGAIN: Kind = Kind {
    name: "defined-again",
    scope: Scope::Document,
    fields: &["short", "times"],
    variants: &[],
    build: |options| options.read::<NoOptions>().map(|_| Box::new(Again) as Box<dyn Check>),
};

/// Defined in the body and never used there: one finding per document.
pub const NEVER: Kind = Kind {
    name: "defined-never-used",
    scope: Scope::Document,
    fields: &["shorts", "count", "short"],
    variants: &[],
    build: |options| options.read::<NoOptions>().map(|_| Box::new(Never) as Box<dyn Check>),
};

struct Before;

impl Check for Before {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.abbreviations;
        for form in &facts.forms {
            let all: Vec<&Definition> = facts.definitions_of(form).collect();
            // the abstract or a list of abbreviations has told the reader
            if all.iter().any(|d| d.listed || d.zone != Zone::Body) {
                continue;
            }
            let Some(first) = all.iter().find(|d| usable(d)) else { continue };
            let early: Vec<_> = form
                .uses()
                .into_iter()
                .filter(|u| {
                    u.zone == Zone::Body
                        && u.whole
                        && !u.heading
                        && !u.in_definition
                        && u.span.end <= first.span.start
                })
                .collect();
            let Some(usage) = early.first() else { continue };
            let tables = &cx.data.abbreviation;
            let symbol = tables.known.contains(&first.short)
                || tables.lexicon.of_key(&form.key).any(crate::parse::abbreviation::Entry::is_name);
            let mut finding = cx
                .finding(usage.span)
                .confidence(Confidence::Medium)
                .arg("short", cx.slice(usage.span))
                .arg("uses", early.len())
                .related(cx.place(first.short_span), Vec::new());
            if symbol {
                finding = finding.variant("symbol");
            } else if !cx.is_manuscript() {
                finding = finding.variant("other-text");
            }
            out.push(finding);
        }
    }
}

struct Again;

impl Check for Again {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.abbreviations;
        for form in &facts.forms {
            if form.key.chars().count() < 3
                && !form.spellings.iter().any(|s| s.text.chars().all(|c| c.is_ascii_uppercase()))
            {
                continue;
            }
            for zone in [Zone::AbstractZh, Zone::AbstractEn, Zone::Body] {
                let all: Vec<&Definition> =
                    facts.definitions_of(form).filter(|d| usable(d) && d.zone == zone).collect();
                let Some((first, rest)) = all.split_first() else { continue };
                let same: Vec<&&Definition> = rest
                    .iter()
                    .filter(|d| {
                        matches!(definitions(cx, first, d), None | Some(Relation::Same | Relation::Extended))
                    })
                    .collect();
                let Some(second) = same.first() else { continue };
                let mut finding = cx
                    .finding(second.short_span)
                    .confidence(Confidence::Medium)
                    .arg("short", second.short.as_str())
                    .arg("times", same.len() + 1)
                    .related(cx.place(first.short_span), Vec::new());
                for more in same.iter().skip(1).take(12) {
                    finding = finding.labelled(cx.place(more.short_span), "again", Vec::new());
                }
                out.push(finding);
            }
        }
    }
}

struct Never;

impl Check for Never {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.abbreviations;
        let mut unused: Vec<(&Form, &Definition)> = Vec::new();
        for form in &facts.forms {
            let all: Vec<&Definition> = facts.definitions_of(form).collect();
            let Some(first) = all.iter().find(|d| usable(d) && d.zone == Zone::Body && d.order_is_long())
            else {
                continue;
            };
            let tables = &cx.data.abbreviation;
            if tables.lexicon.of_key(&form.key).any(|entry| entry.symbol || entry.well_known) {
                continue;
            }
            let used = form
                .spellings
                .iter()
                .flat_map(|s| &s.uses)
                .any(|u| !u.in_definition && u.zone != Zone::AbstractEn && u.zone != Zone::AbstractZh);
            if !used && !derived(facts.forms.as_slice(), form) {
                unused.push((form, first));
            }
        }
        let Some((_, first)) = unused.first() else { return };
        let names: Vec<String> = unused.iter().map(|(_, d)| d.short.clone()).collect();
        let mut finding = cx
            .finding(first.short_span)
            .confidence(Confidence::Medium)
            .arg("count", names.len())
            .arg("short", first.short.as_str())
            .arg("shorts", names);
        for (_, definition) in unused.iter().skip(1).take(30) {
            finding = finding
                .related(cx.place(definition.short_span), vec![arg("short", definition.short.as_str())]);
        }
        out.push(finding);
    }
}

/// Another form of the text holds this one: IL in IL-6, MSC in iMSCs, TGF in TGF-β1.
fn derived(forms: &[Form], form: &Form) -> bool {
    forms.iter().any(|other| {
        other.key.len() > form.key.len()
            && (other.key.starts_with(&form.key) || other.key.ends_with(&form.key))
            && other.spellings.iter().any(|s| s.uses.iter().any(|u| !u.in_definition))
    })
}
