//! Affiliations: marks, numbers, postcodes.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Lang, Span};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::metadata::affiliation::looks_like;
use crate::parse::metadata::people::LETTERS;
use crate::parse::metadata::postcode::Fit;
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
    variants: &["shape", "differ"],
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
    let glued = |mark: u32| {
        (10..LETTERS).contains(&mark)
            && targets.contains_key(&(mark / 10))
            && targets.contains_key(&(mark % 10))
    };
    let missing: Vec<u32> =
        marks.iter().copied().filter(|m| !targets.contains_key(m) && !glued(*m)).collect();
    if missing.len() > DAMAGE || missing.len() * 2 > marks.len() {
        return;
    }
    let known: Vec<String> = targets.values().map(|span| cx.slice(*span).to_owned()).collect();
    let mut related_items = items.iter().filter(|a| a.number.is_none() && looks_like(cx.slice(a.span)));
    for mark in &missing {
        let users = list.people.iter().flat_map(|p| p.marks.iter().map(move |m| (p, m)));
        let mut users = users.filter(|(_, m)| m.0 == *mark);
        let Some((person, place)) = users.next() else { continue };
        let mut finding = cx
            .finding(place.1)
            .confidence(Confidence::Medium)
            .arg("mark", cx.slice(place.1))
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
    let any_glued = marks.iter().any(|mark| (10..LETTERS).contains(mark));
    if !all_marked || !missing.is_empty() || any_glued || targets.len() > 12 {
        return;
    }
    for (_, span) in targets.iter().filter(|(n, _)| !marks.contains(n)) {
        out.push(
            cx.finding(*span)
                .variant("unused")
                .confidence(Confidence::Medium)
                .arg("mark", cx.slice(*span))
                .related(cx.place(list.people[0].span), vec![arg("author", list.people[0].name.as_str())]),
        );
    }
}

struct Postcode;

impl Check for Postcode {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let mut said = false;
        for code in cx.facts.metadata.postcodes.iter().filter(|code| code.fit != Fit::Fits) {
            said = true;
            let finding = cx
                .finding(code.span)
                .confidence(Confidence::Medium)
                .arg("postcode", cx.slice(code.span))
                .arg("place", code.place.as_str())
                .arg("expected", code.expected.clone());
            out.push(if code.fit == Fit::Shape { finding.variant("shape") } else { finding });
        }
        if !said {
            languages(cx, out);
        }
    }
}

/// One affiliation in two languages with two postcodes. Lists that are not one to one say nothing, and neither
/// does a postcode that another affiliation has.
fn languages(cx: &Context<'_>, out: &mut Sink) {
    let codes = |lang| -> Vec<(Option<u32>, Span)> {
        let items = cx.facts.metadata.affiliations.iter().filter(|a| a.lang == lang).take(40);
        items
            .filter_map(|a| Some((a.number.map(|n| n.0), only_code(cx.slice(a.span), a.span.start)?)))
            .collect()
    };
    let (zh, en) = (codes(Lang::Zh), codes(Lang::En));
    let once = |list: &[(Option<u32>, Span)]| {
        let numbers: BTreeSet<Option<u32>> = list.iter().map(|item| item.0).collect();
        numbers.len() == list.len()
    };
    if zh.len() != en.len() || !once(&zh) || !once(&en) {
        return;
    }
    for (number, code) in &en {
        let Some((_, other)) = zh.iter().find(|item| item.0 == *number) else { continue };
        let text = cx.slice(*code);
        if zh.iter().any(|item| cx.slice(item.1) == text) {
            continue;
        }
        out.push(
            cx.finding(*code)
                .variant("differ")
                .confidence(Confidence::Medium)
                .arg("postcode", text)
                .arg("place", "")
                .arg("expected", cx.slice(*other))
                .related(cx.place(*other), vec![arg("postcode", cx.slice(*other))]),
        );
    }
}

/// The one number of six digits in an affiliation.
fn only_code(text: &str, base: usize) -> Option<Span> {
    let mut found = None;
    let mut at = 0;
    while let Some(step) = text[at..].bytes().position(|b| b.is_ascii_alphanumeric()) {
        let start = at + step;
        let run = text[start..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        at = start + run;
        if run == 6 && text[start..at].bytes().all(|b| b.is_ascii_digit()) {
            if found.is_some() {
                return None;
            }
            found = Some(Span::new(base + start, base + at));
        }
    }
    found
}
