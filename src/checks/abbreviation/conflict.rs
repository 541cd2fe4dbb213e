//! `short-form-with-two-long-forms` and `long-form-with-two-short-forms`.

use super::compare::{Relation, chinese, definitions, long_text};
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::{Confidence, Severity, arg};
use crate::parse::abbreviation::{Definition, key, normal, squash, words};
use crate::rules::Scope;
use std::collections::{BTreeMap, BTreeSet};

/// One short form, two long forms.
pub const TWO_LONG: Kind = Kind {
    name: "short-form-with-two-long-forms",
    scope: Scope::Document,
    fields: &["short", "long", "first"],
    variants: &["spelling"],
    build: |options| options.read::<NoOptions>().map(|_| Box::new(TwoLong) as Box<dyn Check>),
};

/// One long form, two short forms.
pub const TWO_SHORT: Kind = Kind {
    name: "long-form-with-two-short-forms",
    scope: Scope::Document,
    fields: &["long", "short", "first"],
    variants: &["alias"],
    build: |options| options.read::<NoOptions>().map(|_| Box::new(TwoShort) as Box<dyn Check>),
};

/// Most wordings of one short form that later definitions are compared with.
const WORDINGS: usize = 64;

struct TwoLong;

impl Check for TwoLong {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.abbreviations;
        for form in &facts.forms {
            let all: Vec<&Definition> = facts.definitions_of(form).filter(|d| one_side(d)).collect();
            let Some((first, rest)) = all.split_first() else { continue };
            let words = |d: &Definition| [d.zh, d.en].map(|span| span.map_or("", |span| cx.slice(span)));
            let mut earlier: Vec<&Definition> = vec![first];
            let mut met = BTreeSet::from([words(first)]);
            for second in rest {
                // a third definition may agree with the second
                let nearest = earlier
                    .iter()
                    .filter_map(|known| definitions(cx, known, second).map(|relation| (relation, *known)))
                    .min_by_key(|(relation, _)| match relation {
                        Relation::Same => 0,
                        Relation::Extended => 1,
                        Relation::Spelling => 2,
                        Relation::Different => 3,
                    });
                // the same words again tell nothing new: a text that repeats itself stays linear
                if earlier.len() < WORDINGS && met.insert(words(second)) {
                    earlier.push(second);
                }
                let Some((relation, first)) = nearest else { continue };
                if !matches!(relation, Relation::Spelling | Relation::Different)
                    || one_concept(cx, first, second)
                {
                    continue;
                }
                // one finding per cause: the lexicon tells which of the two is wrong
                if [first, second].into_iter().any(|one| super::lexicon::reports(cx, one)) {
                    continue;
                }
                let both = first.en.is_some() && second.en.is_some();
                let span = if both { second.en } else { second.zh.or(second.en) };
                let Some(span) = span else { continue };
                if both
                    && !comparable(first, second)
                    && !same_end(cx, first, second)
                    && !both_languages(cx, first, second)
                {
                    continue;
                }
                let mut finding = cx
                    .finding(span)
                    .arg("short", second.short.as_str())
                    .arg("long", normal(cx.slice(span)))
                    .arg("first", long_text(cx, first))
                    .related(cx.place(first.span), vec![arg("long", long_text(cx, first))]);
                let sure = both && first.spelled && second.spelled;
                finding.severity = if sure { Severity::Error } else { Severity::Warning };
                finding.confidence = if sure { Confidence::High } else { Confidence::Medium };
                if relation == Relation::Spelling {
                    finding = finding.variant("spelling");
                }
                out.push(finding);
            }
        }
    }
}

/// Both sure enough to contradict each other.
fn comparable(a: &Definition, b: &Definition) -> bool {
    let sure = |d: &Definition| d.confidence == Confidence::High;
    sure(a) && sure(b)
}

/// Different in both languages: whatever the letters say, these are two things.
fn both_languages(cx: &Context<'_>, a: &Definition, b: &Definition) -> bool {
    let (Some(one), Some(two)) = (a.zh, b.zh) else { return false };
    let lexicon = &cx.data.abbreviation.lexicon;
    // one of them is the accepted name of something with other short forms
    let foreign = |d: &Definition| {
        d.en.is_some_and(|en| {
            let mut entries = lexicon.of_en(cx.slice(en)).peekable();
            entries.peek().is_some() && entries.all(|e| !e.short.iter().any(|s| related(&key(s), &d.key)))
        })
    };
    let apart = chinese(cx.slice(one), cx.slice(two)) == Relation::Different;
    (a.spelled || b.spelled) && a.order == b.order && (apart || foreign(a) != foreign(b))
}

/// Two English long forms with the same first letter and the same last word: one is a wrong copy of the
/// other, however doubtful the reading of either is by itself.
fn same_end(cx: &Context<'_>, a: &Definition, b: &Definition) -> bool {
    let long = |d: &Definition| d.en.map(|en| words(cx.slice(en))).unwrap_or_default();
    let (one, two) = (long(a), long(b));
    let letter = |list: &[String]| list.first().and_then(|word| word.chars().next());
    let near = |a: &String, b: &String| {
        let shared = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
        a == b || shared >= 5
    };
    // run together by extraction: only the end of the word can be compared
    if let ([run], Some(last)) = (one.as_slice(), two.last())
        && two.len() > 1
        && last.len() >= 5
    {
        return letter(&one) == letter(&two) && run.ends_with(last.as_str());
    }
    // one word in place of another; more is another reading, not a slip
    let odd = two.iter().filter(|word| !one.iter().any(|other| near(word, other))).count();
    one.len() > 1
        && two.len() > 1
        && odd <= 1
        && letter(&one) == letter(&two)
        && one.last().zip(two.last()).is_some_and(|(x, y)| near(x, y))
}

/// A definition that may be one side of a contradiction.
fn one_side(definition: &Definition) -> bool {
    let heading = definition.heading && definition.confidence == Confidence::High && definition.en.is_some();
    heading || usable(definition) && (definition.en.is_some() || definition.order_is_long())
}

/// Definitions that may be compared.
pub fn usable(definition: &Definition) -> bool {
    !definition.listed
        && definition.confidence >= Confidence::Medium
        && (definition.en.is_some() || definition.zh.is_some())
}

/// Both long forms are accepted names of one lexicon entry.
fn one_concept(cx: &Context<'_>, a: &Definition, b: &Definition) -> bool {
    let lexicon = &cx.data.abbreviation.lexicon;
    let named = |entry: &crate::parse::abbreviation::Entry, d: &Definition| {
        d.en.is_some_and(|en| entry.en.iter().any(|name| squash(name) == squash(cx.slice(en))))
            || d.zh.is_some_and(|zh| entry.zh.iter().any(|name| squash(name) == squash(cx.slice(zh))))
    };
    lexicon.of_key(&a.key).any(|entry| named(entry, a) && named(entry, b))
}

struct TwoShort;

impl Check for TwoShort {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.abbreviations;
        let slips = &cx.facts.abbreviations.slips;
        let mut groups: BTreeMap<String, Vec<&Definition>> = BTreeMap::new();
        for definition in facts.definitions.iter().filter(|d| usable(d)) {
            let Some(en) = definition.en else { continue };
            let long = squash(cx.slice(en));
            if long.len() >= 8 && definition.spelled {
                groups.entry(long).or_default().push(definition);
            }
        }
        for all in groups.values() {
            let first = all[0];
            let mut known = vec![first.key.clone()];
            for second in &all[1..] {
                let new = known.iter().all(|k| !related(k, &second.key));
                if !new || slips.iter().any(|slip| slip.key == second.key || slip.key == first.key) {
                    continue;
                }
                known.push(second.key.clone());
                let long = second.en.map(|en| normal(cx.slice(en))).unwrap_or_default();
                out.push(
                    cx.finding(second.short_span)
                        .confidence(Confidence::Medium)
                        .arg("long", long)
                        .arg("short", second.short.as_str())
                        .arg("first", first.short.as_str())
                        .related(cx.place(first.short_span), vec![arg("short", first.short.as_str())]),
                );
            }
        }
        aliases(cx, out);
    }
}

/// One key is part of the other: a compound or a plural, not a second short form.
fn related(a: &str, b: &str) -> bool {
    a.contains(b) || b.contains(a)
}

/// Two accepted short forms of one lexicon entry in one text, at least one of them defined in it.
fn aliases(cx: &Context<'_>, out: &mut Sink) {
    let facts = &cx.facts.abbreviations;
    let lexicon = &cx.data.abbreviation.lexicon;
    // entries of which the text has two forms or more
    let mut met: Vec<u32> = facts.forms.iter().flat_map(|form| lexicon.indices(&form.key)).copied().collect();
    met.sort_unstable();
    let mut twice: Vec<u32> = met.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    twice.dedup();
    for entry in twice.iter().filter_map(|index| lexicon.entries().get(*index as usize)) {
        if entry.homonym || entry.short.len() < 2 {
            continue;
        }
        let mut present: Vec<(&String, usize, Vec<Span>)> = Vec::new();
        for short in &entry.short {
            let id = key(short);
            if present.iter().any(|(other, ..)| key(other) == id || related(&key(other), &id)) {
                continue;
            }
            let Some(form) = facts.form(&id) else { continue };
            let spans: Vec<Span> =
                form.uses().iter().filter(|u| u.whole && !u.heading && !u.keyword).map(|u| u.span).collect();
            let defined = facts.definitions_of(form).filter(|d| usable(d)).count();
            if !spans.is_empty() {
                present.push((short, defined, spans));
            }
        }
        let defined = present.iter().any(|(_, defined, _)| *defined > 0);
        if present.len() < 2 || !defined {
            continue;
        }
        // the form met less often is the odd one
        present.sort_by_key(|(_, _, spans)| spans.len());
        let (odd, _, spans) = &present[0];
        let Some((usual, _, others)) = present.last() else { continue };
        let long = entry.en.first().or(entry.zh.first()).cloned().unwrap_or_default();
        let mut finding = cx
            .finding(spans[0])
            .variant("alias")
            .confidence(Confidence::Medium)
            .arg("long", long)
            .arg("short", odd.as_str())
            .arg("first", usual.as_str());
        for span in spans.iter().skip(1).take(10) {
            finding = finding.related(cx.place(*span), vec![arg("short", odd.as_str())]);
        }
        finding = finding.related(cx.place(others[0]), vec![arg("short", usual.as_str())]);
        out.push(finding);
    }
}
