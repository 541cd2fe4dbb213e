//! Affiliations: marks, numbers, postcodes.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Lang, Span};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::metadata::affiliation::looks_like;
use crate::parse::metadata::{ListKind, People};
use crate::rules::{Options, Scope};
use std::collections::{BTreeMap, BTreeSet};

/// `affiliation-mismatch`.
pub const MARKS: Kind = Kind {
    name: "affiliation-mismatch",
    scope: Scope::Document,
    fields: &["mark", "author", "known"],
    variants: &["unused"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Marks) as Box<dyn Check>),
};

/// `postcode-mismatch`.
pub const POSTCODE: Kind = Kind {
    name: "postcode-mismatch",
    scope: Scope::Document,
    fields: &["postcode", "place", "expected"],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Postcode) as Box<dyn Check>),
};

/// More unresolved marks than this are damage of the text, not the authors' slip.
const DAMAGE: usize = 2;

struct Marks;

impl Check for Marks {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for lang in [Lang::Zh, Lang::En] {
            let lists = cx.facts.metadata.people.iter();
            for list in lists.filter(|l| l.kind == ListKind::Authors && l.lang == lang).take(1) {
                one(cx, list, out);
            }
        }
    }
}

fn one(cx: &Context<'_>, list: &People, out: &mut Sink) {
    let items: Vec<_> = cx.facts.metadata.affiliations.iter().filter(|a| a.lang == list.lang).collect();
    let targets: BTreeMap<u32, Span> = items.iter().filter_map(|a| a.number).collect();
    let marks: BTreeSet<u32> = list.people.iter().flat_map(|p| p.marks.iter().map(|m| m.0)).collect();
    if targets.is_empty() || !marks.iter().any(|mark| targets.contains_key(mark)) {
        return;
    }
    let glued =
        |mark: u32| mark >= 10 && targets.contains_key(&(mark / 10)) && targets.contains_key(&(mark % 10));
    let missing: Vec<u32> =
        marks.iter().copied().filter(|m| !targets.contains_key(m) && !glued(*m)).collect();
    if missing.len() > DAMAGE || missing.len() * 2 > marks.len() {
        return;
    }
    let known: Vec<String> = targets.keys().map(u32::to_string).collect();
    let mut related_items = items.iter().filter(|a| a.number.is_none() && looks_like(cx.slice(a.span)));
    for mark in &missing {
        let users = list.people.iter().flat_map(|p| p.marks.iter().map(move |m| (p, m)));
        let mut users = users.filter(|(_, m)| m.0 == *mark);
        let Some((person, place)) = users.next() else { continue };
        let mut finding = cx
            .finding(place.1)
            .confidence(Confidence::Medium)
            .arg("mark", *mark)
            .arg("author", person.name.as_str())
            .arg("known", known.clone());
        if let Some(item) = related_items.next() {
            let head = cx.slice(item.span).chars().next().map_or(0, char::len_utf8);
            let rest = cx.slice(item.span)[head..].chars().take(40).map(char::len_utf8).sum::<usize>();
            let shown = Span::new(item.span.start, item.span.start + head + rest);
            finding = finding.labelled(cx.place(shown), "unnumbered", Vec::new());
        }
        out.push(finding);
    }
    let all_marked = list.complete && list.people.iter().all(|p| !p.marks.is_empty());
    let any_glued = marks.iter().any(|mark| *mark >= 10);
    if !all_marked || !missing.is_empty() || any_glued || targets.len() > 12 {
        return;
    }
    for (number, span) in targets.iter().filter(|(n, _)| !marks.contains(n)) {
        out.push(
            cx.finding(*span)
                .variant("unused")
                .confidence(Confidence::Medium)
                .arg("mark", *number)
                .related(cx.place(list.people[0].span), vec![arg("author", list.people[0].name.as_str())]),
        );
    }
}

struct Postcode;

impl Check for Postcode {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for code in cx.facts.metadata.postcodes.iter().filter(|code| !code.fits) {
            out.push(
                cx.finding(code.span)
                    .confidence(Confidence::Medium)
                    .arg("postcode", cx.slice(code.span))
                    .arg("place", code.place.as_str())
                    .arg("expected", code.expected.clone()),
            );
        }
    }
}
