//! A number that differs between the abstract, the term box and the text of one document.
//!
//! Three kinds of evidence: a sentence that recurs with another number; a quantity whose surroundings recur
//! with another one, where neither value stands on the other side; a definition stated twice.

use super::definitions::is_compared;
use super::skeleton::{Around, Demand, is_slip, opening, skeleton};
use super::{close, differs};
use crate::checks::{Check, Context, Kind};
use crate::document::{Lang, Span, Zone};
use crate::engine::Sink;
use crate::finding::{Confidence, Finding, arg};
use crate::parse::evidence::{Form, Quantity, Sentence, Statement, StatementKind};
use crate::rules::{Options, Scope};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// The kind. Options: `shared`, how many words or character pairs around two numbers must agree.
pub const KIND: Kind = Kind {
    name: "quantity-conflict",
    scope: Scope::Document,
    fields: &["value", "other", "subject", "property"],
    variants: &["sentence", "definition"],
    build,
};

/// Most quantities of an abstract that are compared.
const MOST: usize = 80;
/// Fewest values of one frame in a sentence that make it a row.
const ROW: usize = 3;
/// Longest stretch from the first to the last number of an abstract, in bytes.
const LONGEST: usize = 4_000;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Given {
    shared: usize,
}

impl Default for Given {
    fn default() -> Self {
        Self { shared: 6 }
    }
}

struct Within {
    shared: usize,
}

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    let given: Given = options.read()?;
    Ok(Box::new(Within { shared: given.shared }))
}

impl Check for Within {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let mut found: Vec<(Span, Span, Finding)> = Vec::new();
        sentences(cx, &mut found);
        super::recurring::hidden(cx, &mut found);
        definitions(cx, &mut found);
        self.contexts(cx, &mut found);
        // one finding per pair of places: the first kind of evidence is the strongest
        let mut seen: Vec<(Span, Span)> = Vec::new();
        for (place, other, finding) in found {
            let known = seen.iter().any(|(a, b)| {
                [place, other].iter().any(|one| one.overlaps(*a))
                    && [place, other].iter().any(|one| one.overlaps(*b))
            });
            if !known {
                seen.push((place, other));
                out.push(finding);
            }
        }
    }
}

/// The running text, among the sides.
const TEXT: u8 = 1;

/// The part of a document that is compared with the others.
fn side(sentence: &Sentence) -> Option<u8> {
    match sentence.zone {
        Zone::AbstractZh | Zone::AbstractEn => Some(0),
        Zone::Body | Zone::Back => Some(TEXT),
        Zone::Front => Some(2),
        _ => None,
    }
}

/// Sentences that recur in another part with other numbers.
fn sentences(cx: &Context<'_>, found: &mut Vec<(Span, Span, Finding)>) {
    let facts = &cx.facts.evidence;
    let mut known: HashMap<String, (u8, Vec<Span>)> = HashMap::new();
    let mut openings: HashSet<u32> = HashSet::new();
    // what abstracts and the term box say first, wherever they stand; then the text, where only sentences
    // that open like one of theirs are read
    for text_side in [false, true] {
        for sentence in &facts.sentences {
            let Some(side) = side(sentence).filter(|side| (*side == TEXT) == text_side) else { continue };
            let words = cx.slice(sentence.span);
            let opening = opening(words);
            if (text_side && !openings.contains(&opening)) || facts.quantities_in(sentence.span).is_empty() {
                continue;
            }
            let Some((words, numbers)) = skeleton(words) else { continue };
            openings.insert(opening);
            let numbers: Vec<Span> =
                numbers.into_iter().map(|span| span.shift(sentence.span.start)).collect();
            match known.get(&words) {
                None => drop(known.insert(words, (side, numbers))),
                Some((other_side, others)) if *other_side != side && others.len() == numbers.len() => {
                    let differ: Vec<(Span, Span)> = numbers
                        .iter()
                        .zip(others)
                        .filter(|(a, b)| !same_number(cx.slice(**a), cx.slice(**b)))
                        .map(|(a, b)| (*a, *b))
                        .collect();
                    // many other numbers: a sentence of the same form about something else
                    if let [(a, b)] | [(a, b), _] = differ.as_slice() {
                        let (a, b) = (whole(cx, *a), whole(cx, *b));
                        found.push((a, b, report(cx, a, b, Some("sentence"))));
                    }
                }
                Some(_) => {}
            }
        }
    }
}

pub(super) fn same_number(a: &str, b: &str) -> bool {
    let read = |text: &str| crate::parse::evidence::number::number(text, 0).map(|number| number.value);
    a == b || matches!((read(a), read(b)), (Some(a), Some(b)) if close(a, b))
}

/// The quantity around a number, or the number.
pub(super) fn whole(cx: &Context<'_>, span: Span) -> Span {
    cx.facts
        .evidence
        .quantities_in(Span::new(span.start.saturating_sub(24), span.end))
        .iter()
        .find(|quantity| quantity.core.contains(span))
        .map_or(span, |quantity| quantity.core)
}

pub(super) fn report(cx: &Context<'_>, place: Span, other: Span, variant: Option<&'static str>) -> Finding {
    let finding = cx
        .finding(place)
        .confidence(Confidence::Medium)
        .arg("value", cx.slice(place))
        .arg("other", cx.slice(other))
        .related(cx.place(other), vec![arg("other", cx.slice(other))]);
    match variant {
        Some(variant) => finding.variant(variant),
        None => finding,
    }
}

/// Most different values of one subject and property that are compared.
const VALUES: usize = 32;

/// One subject and property defined twice.
fn definitions(cx: &Context<'_>, found: &mut Vec<(Span, Span, Finding)>) {
    let facts = &cx.facts.evidence;
    let tables = &cx.data.evidence;
    let stated: Vec<_> = facts
        .statements
        .iter()
        .filter(|s| s.kind == StatementKind::Definition && is_compared(&facts.quantities[s.quantity]))
        .collect();
    // The different values met so far, each by its first statement: comparing with these alone keeps a
    // text that says one thing ten thousand times linear.
    let mut values: HashMap<_, Vec<_>> = HashMap::new();
    for b in stated {
        let quantity = &facts.quantities[b.quantity];
        let met = values.entry((b.subject, b.property)).or_default();
        if met.iter().any(|a: &&Statement| !differs(&tables.units, &facts.quantities[a.quantity], quantity)) {
            continue;
        }
        let first = met.first().copied();
        if met.len() < VALUES {
            met.push(b);
        }
        let Some(a) = first else { continue };
        let other = facts.quantities[a.quantity].span;
        let finding = report(cx, quantity.span, other, Some("definition"))
            .arg("subject", tables.subjects[b.subject].name.clone())
            .arg("property", tables.properties[b.property].name.clone());
        found.push((quantity.span, other, finding));
    }
}

impl Within {
    /// Quantities of an abstract whose surroundings recur in the body with another value.
    fn contexts(&self, cx: &Context<'_>, found: &mut Vec<(Span, Span, Finding)>) {
        let facts = &cx.facts.evidence;
        let units = &cx.data.evidence.units;
        let mut abstracts: Vec<(&Quantity, Lang)> = Vec::new();
        let mut bodies: Vec<(&Quantity, Lang)> = Vec::new();
        let mut sentence = 0;
        // numbers of works have a rule of their own
        let compared =
            |q: &&Quantity| is_plain(q) && units.dimension(&q.unit) != Some("articles") && !is_level(cx, q);
        for quantity in facts.quantities.iter().filter(compared) {
            while facts.sentences.get(sentence).is_some_and(|s| s.span.end <= quantity.core.start) {
                sentence += 1;
            }
            let Some(own) = facts.sentences.get(sentence) else { break };
            match own.zone {
                Zone::AbstractZh | Zone::AbstractEn if abstracts.len() < MOST => {
                    // what runs on for pages is a text whose first heading was not told apart
                    let start = abstracts.iter().find(|(_, lang)| *lang == own.lang);
                    if start.is_none_or(|(first, _)| quantity.core.start - first.core.start < LONGEST) {
                        abstracts.push((quantity, own.lang));
                    }
                }
                Zone::Body => bodies.push((quantity, own.lang)),
                _ => {}
            }
        }
        let same = |a: &Quantity, b: &Quantity| {
            a.form == b.form && units.comparable(&a.unit, &b.unit) && !differs(units, a, b)
        };
        let mut around: HashMap<usize, Around> = HashMap::new();
        let mut likely: Vec<(usize, &Quantity, &Quantity)> = Vec::new();
        for (a, lang) in &abstracts {
            // every place that gives the abstract's value is a witness of what should stand there
            let again: Vec<&Quantity> = bodies.iter().map(|(b, _)| *b).filter(|b| same(a, b)).collect();
            let demand = match again.len() {
                0 if said_elsewhere(cx, a, &bodies) => Demand::Strict,
                0 => Demand::Usual,
                1 => Demand::Strict,
                _ => Demand::Odd,
            };
            let mut best: Option<(usize, &Quantity)> = None;
            for (b, other) in &bodies {
                let fits = lang == other
                    && a.form == b.form
                    && units.comparable(&a.unit, &b.unit)
                    && bounds(a) == bounds(b);
                if !fits || same(a, b) || abstracts.iter().any(|(known, _)| same(known, b)) {
                    continue;
                }
                // the sentence gives the abstract's value, too: this one is another's, but for two of one frame
                let framed = |c: &Quantity| beside(cx, b, c) && like(cx, b, c);
                if again.iter().any(|c| beside(cx, b, c))
                    && (!again.iter().any(|c| framed(c))
                        || bodies.iter().filter(|(c, _)| framed(c)).count() >= ROW)
                {
                    continue;
                }
                let alone =
                    demand != Demand::Odd || !bodies.iter().any(|(c, _)| c.core != b.core && same(b, c));
                for witness in std::iter::once(a).chain(again.iter().take(12)) {
                    for q in [witness, b] {
                        around.entry(q.core.start).or_insert_with(|| Around::of(cx, q));
                    }
                    let (one, two) = (&around[&witness.core.start], &around[&b.core.start]);
                    // a value that the text gives elsewhere is no slip, unless it stands where the other should
                    let slip = demand == Demand::Strict && is_slip(cx.slice(witness.core), cx.slice(b.core));
                    let demand = if slip { Demand::Slip } else { demand };
                    let score = one.score(two, self.shared, demand);
                    if score == 0 || !(alone || one.runs_like(two)) {
                        continue;
                    }
                    if score > best.map_or(0, |(score, _)| score) {
                        best = Some((score, b));
                    }
                }
            }
            if let Some((score, b)) = best {
                match likely.iter_mut().find(|(_, known, _)| known.core == b.core) {
                    Some(known) if known.0 < score => *known = (score, b, a),
                    Some(_) => {}
                    None => likely.push((score, b, a)),
                }
            }
        }
        for (_, b, a) in likely {
            found.push((b.core, a.core, report(cx, b.core, a.core, None)));
        }
    }
}

/// The abstract's digits stand in the body in another form: in a range, rounded or without their unit.
fn said_elsewhere(cx: &Context<'_>, a: &Quantity, bodies: &[(&Quantity, Lang)]) -> bool {
    let units = &cx.data.evidence.units;
    let ends = |q: &Quantity| [q.low, q.high];
    bodies.iter().any(|(b, _)| {
        units.comparable(&a.unit, &b.unit)
            && a.form != b.form
            && !matches!(a.form, Form::Point | Form::Period)
            && !matches!(b.form, Form::Point | Form::Period)
            && ends(a).iter().flatten().all(|x| ends(b).iter().flatten().any(|y| close(*x, *y)))
    })
}

/// `95%CI`, `95%置信区间`: the level of an interval says nothing about the subject.
fn is_level(cx: &Context<'_>, quantity: &Quantity) -> bool {
    const INTERVALS: [&str; 8] =
        ["CI", "CrI", "置信", "可信", "confidence", "credible", "prediction", "预测区间"];
    let text = cx.document.text();
    let rest = text[quantity.core.end..].trim_start_matches([' ', '\u{a0}', '%', '％', '的']);
    INTERVALS.iter().any(|word| rest.starts_with(word))
}

/// True when two quantities stand in one sentence.
fn beside(cx: &Context<'_>, a: &Quantity, b: &Quantity) -> bool {
    let sentence = cx.facts.evidence.sentence_at(a.core.start);
    sentence.is_some_and(|sentence| sentence.span.contains(b.core))
}

/// True when the same five characters lead to two quantities, or the same three follow them.
fn like(cx: &Context<'_>, a: &Quantity, b: &Quantity) -> bool {
    let text = cx.document.text();
    let before = |q: &Quantity| text[..q.core.start].chars().rev().take(5);
    let after = |q: &Quantity| text[q.core.end..].chars().take(3);
    before(a).eq(before(b)) || after(a).eq(after(b))
}

fn is_plain(quantity: &Quantity) -> bool {
    matches!(quantity.form, Form::Value | Form::Range | Form::Spread | Form::Period | Form::Point)
        && !quantity.magnitude_lost
}

/// Which ends are open.
fn bounds(quantity: &Quantity) -> (bool, bool) {
    (quantity.low.is_some(), quantity.high.is_some())
}
