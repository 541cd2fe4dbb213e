//! Short and long forms that differ between documents, one finding each.

use super::compare::{Relation, english};
use super::conflict::usable;
use crate::checks::{Check, Context, CorpusContext, Kind, NoOptions, entry};
use crate::engine::{Entry, Sink};
use crate::finding::{Confidence, Finding, arg};
use crate::parse::abbreviation::{key, words};
use crate::rules::Scope;
use std::collections::BTreeSet;

/// Most related places of one finding.
const MOST: usize = 20;

/// One short form, different long forms in different documents.
pub const TWO_LONG: Kind = Kind {
    name: "short-form-differs-across-documents",
    scope: Scope::Corpus,
    fields: &["short", "count", "documents", "long"],
    variants: &["undeclared"],
    build: |options| options.read::<NoOptions>().map(|_| Box::new(TwoLong) as Box<dyn Check>),
};

/// One long form, different short forms in different documents.
pub const TWO_SHORT: Kind = Kind {
    name: "long-form-abbreviated-differently-across-documents",
    scope: Scope::Corpus,
    fields: &["long", "shorts", "count", "documents", "short"],
    variants: &["undeclared"],
    build: |options| options.read::<NoOptions>().map(|_| Box::new(TwoShort) as Box<dyn Check>),
};

struct TwoLong;

impl Check for TwoLong {
    fn summarise(&self, cx: &Context<'_>, out: &mut Vec<Entry>) {
        for definition in cx.facts.abbreviations.definitions.iter().filter(|d| usable(d)) {
            if let Some(en) = definition.en {
                out.push(entry(cx, en, definition.key.as_str(), words(cx.slice(en)).join(" ")));
            }
        }
    }

    fn corpus(&self, cx: &CorpusContext<'_>, out: &mut Sink) {
        for group in cx.entries.chunk_by(|a, b| a.key == b.key) {
            let mut kept: Vec<&Entry> = Vec::new();
            for entry in group {
                let new = kept.iter().all(|known| {
                    matches!(english(&known.value, &entry.value), Relation::Different | Relation::Spelling)
                });
                if new {
                    kept.push(entry);
                }
            }
            // inside one document the document rule has it
            let paths: BTreeSet<&str> = kept.iter().map(|e| &*e.place.path).collect();
            if kept.len() < 2 || paths.len() < 2 {
                continue;
            }
            kept.sort_by(|a, b| a.place.cmp(&b.place));
            let finding = base(cx, kept[0], group)
                .arg("short", group[0].key.to_uppercase())
                .arg("count", kept.len())
                .arg("long", kept[0].place.text.as_str());
            out.push(others(finding, group, &kept, "long"));
        }
    }
}

struct TwoShort;

impl Check for TwoShort {
    fn summarise(&self, cx: &Context<'_>, out: &mut Vec<Entry>) {
        for definition in cx.facts.abbreviations.definitions.iter().filter(|d| usable(d)) {
            let Some(en) = definition.en else { continue };
            let concept = concept(cx.slice(en));
            if concept.len() >= 6 && (definition.spelled || definition.zh.is_some()) {
                out.push(entry(cx, definition.short_span, concept, definition.key.as_str()));
            }
        }
    }

    fn corpus(&self, cx: &CorpusContext<'_>, out: &mut Sink) {
        for group in cx.entries.chunk_by(|a, b| a.key == b.key) {
            let mut kept: Vec<&Entry> = Vec::new();
            for entry in group {
                let apart = |known: &&Entry| {
                    !known.value.contains(&entry.value) && !entry.value.contains(&known.value)
                };
                if kept.iter().all(apart) {
                    kept.push(entry);
                }
            }
            let paths: BTreeSet<&str> = kept.iter().map(|e| &*e.place.path).collect();
            if kept.len() < 2 || paths.len() < 2 {
                continue;
            }
            kept.sort_by(|a, b| a.place.cmp(&b.place));
            let shorts: Vec<String> = kept.iter().map(|e| e.place.text.clone()).collect();
            let finding = base(cx, kept[0], group)
                .arg("long", group[0].key.as_str())
                .arg("count", kept.len())
                .arg("short", kept[0].place.text.as_str())
                .arg("shorts", shorts);
            out.push(others(finding, group, &kept, "short"));
        }
    }
}

/// Words of a long form without those that writers add or leave out at will.
fn concept(long: &str) -> String {
    const SMALL: [&str; 7] = ["derived", "from", "of", "the", "human", "and", "for"];
    words(long).into_iter().filter(|word| !SMALL.contains(&word.as_str())).collect::<Vec<_>>().join(" ")
}

fn base(cx: &CorpusContext<'_>, first: &Entry, group: &[&Entry]) -> Finding {
    let documents: BTreeSet<&str> = group.iter().map(|e| &*e.place.path).collect();
    let finding = Finding::at(first.place.clone())
        .confidence(Confidence::Medium)
        .key(key(&first.key))
        .arg("documents", documents.len());
    // without a declared corpus the documents may be unrelated
    if cx.corpus_declared { finding } else { finding.variant("undeclared") }
}

/// One related place per other value, with the number of documents that have it.
fn others(mut finding: Finding, group: &[&Entry], kept: &[&Entry], name: &'static str) -> Finding {
    for entry in kept.iter().skip(1).take(MOST) {
        let documents: BTreeSet<&str> =
            group.iter().filter(|e| e.value == entry.value).map(|e| &*e.place.path).collect();
        let args = vec![arg(name, entry.place.text.as_str()), arg("documents", documents.len())];
        finding = finding.related(entry.place.clone(), args);
    }
    finding
}
