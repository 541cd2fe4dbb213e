//! Grant numbers and their funders.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Lang, Span};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::metadata::checkdigit;
use crate::parse::metadata::grant::{Grant, core_name};
use crate::rules::{Options, Scope};
use std::collections::{BTreeMap, BTreeSet};

/// `malformed-grant-number`.
pub const NUMBER: Kind = Kind {
    name: "malformed-grant-number",
    scope: Scope::Document,
    fields: &["number", "digits", "year", "paper"],
    variants: &["year"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Number) as Box<dyn Check>),
};

/// `grant-with-two-funders`.
pub const FUNDERS: Kind = Kind {
    name: "grant-with-two-funders",
    scope: Scope::Document,
    fields: &["number", "first", "second", "name"],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Funders) as Box<dyn Check>),
};

/// `grant-numbers-differ`.
pub const SETS: Kind = Kind {
    name: "grant-numbers-differ",
    scope: Scope::Document,
    fields: &["number", "other"],
    variants: &["near"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Sets) as Box<dyn Check>),
};

struct Number;

impl Check for Number {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let paper = cx.facts.metadata.year();
        let mut seen = BTreeSet::new();
        for grant in cx.facts.metadata.grants.iter().filter(|g| g.nsfc) {
            if !seen.insert(grant.number.as_str()) {
                continue;
            }
            let digits = grant.number.bytes().filter(u8::is_ascii_digit).count();
            let finding = cx.finding(grant.span).arg("number", cx.slice(grant.span));
            if checkdigit::nsfc(&grant.number) {
                let year = checkdigit::nsfc_year(&grant.number);
                if let (Some(year), Some(paper)) = (year, paper)
                    && year > paper
                    && year <= paper + 20
                {
                    let finding = finding.variant("year").arg("year", usize::from(year));
                    out.push(finding.arg("paper", usize::from(paper)).confidence(Confidence::Medium));
                }
            } else if digits * 10 >= grant.number.len() * 7 && !joint(&grant.number) {
                out.push(finding.arg("digits", grant.number.len()));
            }
        }
    }
}

/// Numbers of joint funds since 2020: a letter, the year, a letter, four or five digits.
fn joint(number: &str) -> bool {
    let bytes = number.as_bytes();
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    matches!(bytes.len(), 8 | 9)
        && bytes[0].is_ascii_uppercase()
        && digits(&bytes[1..3])
        && bytes[3].is_ascii_uppercase()
        && digits(&bytes[4..])
}

struct Funders;

impl Check for Funders {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let mut by_number: BTreeMap<(&str, bool), Vec<&Grant>> = BTreeMap::new();
        for grant in cx.facts.metadata.grants.iter().filter(|g| !g.name.is_empty()) {
            by_number.entry((&grant.number, grant.lang == Lang::Zh)).or_default().push(grant);
        }
        for ((number, zh), grants) in by_number {
            let Some((first, rest)) = grants.split_first() else { continue };
            let name = core_name(&first.name, &cx.data.metadata);
            // two funds in one statement: whatever their names share, one number belongs to one of them
            let beside = |g: &Grant| {
                let block = cx.document.block_at(first.span.start).map(|block| block.span);
                block.is_some() && block == cx.document.block_at(g.span.start).map(|block| block.span)
            };
            let other = rest.iter().find(|g| {
                let second = core_name(&g.name, &cx.data.metadata);
                conflict(&name, &second, zh) || beside(g) && zh && two_funds(&first.name, &g.name)
            });
            let Some(second) = other else { continue };
            out.push(
                cx.finding(second.name_span)
                    .confidence(Confidence::Medium)
                    .arg("number", number)
                    .arg("first", first.name.as_str())
                    .arg("second", second.name.as_str())
                    .related(cx.place(first.name_span), vec![arg("name", first.name.as_str())]),
            );
        }
    }
}

/// Two funds of different givers: neither name holds the characters of the other in order.
fn two_funds(a: &str, b: &str) -> bool {
    let inside = |x: &str, y: &str| {
        let mut rest = y.chars();
        x.chars().all(|c| rest.any(|d| d == c))
    };
    let fund = |name: &str| ["基金", "计划", "专项"].iter().any(|word| name.contains(word));
    fund(a) && fund(b) && !inside(a, b) && !inside(b, a)
}

/// Two names that are alike at both ends and differ within (one was changed), neither inside the other.
fn conflict(a: &str, b: &str, zh: bool) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a == b || a.is_empty() || b.is_empty() {
        return false;
    }
    let within = |x: &[char], y: &[char]| {
        let mut rest = y.iter();
        x.iter().all(|c| rest.any(|d| d == c))
    };
    if within(&a, &b) || within(&b, &a) {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let short = a.len().min(b.len());
    let need = if zh { 2 } else { 6 };
    head >= need && head + tail >= short / 2
}

struct Sets;

impl Check for Sets {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let grants = &cx.facts.metadata.grants;
        let of = |lang| -> BTreeMap<&str, Span> {
            grants.iter().filter(|g| g.lang == lang).map(|g| (g.number.as_str(), g.span)).collect()
        };
        let (zh, en) = (of(Lang::Zh), of(Lang::En));
        if zh.is_empty() || en.is_empty() {
            return;
        }
        let only_zh: Vec<_> = zh.iter().filter(|(n, _)| !en.contains_key(*n)).collect();
        let only_en: Vec<_> = en.iter().filter(|(n, _)| !zh.contains_key(*n)).collect();
        for (number, span) in &only_en {
            let near = only_zh.iter().find(|(other, _)| strsim::levenshtein(number, other) <= 2);
            let finding = cx.finding(**span).confidence(Confidence::Medium).arg("number", **number);
            out.push(match near {
                Some((other, place)) => {
                    finding.variant("near").arg("other", **other).related(cx.place(**place), Vec::new())
                }
                None => finding,
            });
        }
        for (number, span) in &only_zh {
            if !only_en.iter().any(|(other, _)| strsim::levenshtein(number, other) <= 2) {
                out.push(cx.finding(**span).confidence(Confidence::Medium).arg("number", **number));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_changed_names_conflict() {
        assert!(conflict("江州市骨病临床医学中心", "江州市眼病临床医学中心", true));
        assert!(!conflict("国家自然科学", "国家自然科学优秀", true));
        assert!(!conflict("教育部人才", "科技部重点研发", true));
        assert!(joint("U21A20123") && joint("U20A2037") && !joint("8123456789"));
    }
}
