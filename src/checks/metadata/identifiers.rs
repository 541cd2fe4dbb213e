//! DOIs, check digits, registration numbers.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{BlockKind, Span};
use crate::engine::Sink;
use crate::finding::{Confidence, Finding, Safety};
use crate::parse::metadata::checkdigit;
use crate::parse::metadata::doi::Fault;
use crate::parse::metadata::identifier::IdentifierKind;
use crate::parse::metadata::target::{Target, TargetKind};
use crate::rules::{Options, Scope};
use serde::Deserialize;

/// `malformed-doi`.
pub const DOI: Kind = Kind {
    name: "malformed-doi",
    scope: Scope::Document,
    fields: &["doi", "normal"],
    variants: &["full-width", "letter", "prefix", "long-prefix", "slash", "space"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Doi) as Box<dyn Check>),
};

/// `link-target-differs`.
pub const LINK: Kind = Kind {
    name: "link-target-differs",
    scope: Scope::Document,
    fields: &["shown", "target"],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Link) as Box<dyn Check>),
};

/// `article-doi-differs`.
pub const OWN_DOI: Kind = Kind {
    name: "article-doi-differs",
    scope: Scope::Document,
    fields: &["doi", "other"],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(OwnDoi) as Box<dyn Check>),
};

/// `check-digit`. Option `identifier`: `issn`, `orcid` or `isbn`.
pub const CHECK_DIGIT: Kind = Kind {
    name: "check-digit",
    scope: Scope::Document,
    fields: &["number", "expected"],
    variants: &["link", "shape", "blank"],
    build: |options: Options<'_>| options.read::<CheckDigit>().map(|check| Box::new(check) as Box<dyn Check>),
};

/// `malformed-registration-number`.
pub const REGISTRATION: Kind = Kind {
    name: "malformed-registration-number",
    scope: Scope::Document,
    fields: &["number", "register", "year", "paper"],
    variants: &["year"],
    build: |options: Options<'_>| {
        options.read::<NoOptions>().map(|_| Box::new(Registration) as Box<dyn Check>)
    },
};

struct Doi;

impl Check for Doi {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let mut seen: Vec<&str> = Vec::new();
        for doi in &cx.facts.metadata.dois {
            let Some(fault) = doi.fault else { continue };
            let text = cx.slice(doi.span);
            if seen.contains(&text) || seen.len() > 50 {
                continue;
            }
            seen.push(text);
            let finding = cx.finding(doi.span).arg("doi", text).arg("normal", doi.normal.as_str());
            let finding = finding.variant(variant(fault));
            let finding = if doi.normal.is_empty() {
                finding
            } else {
                finding.fix(cx.document, Safety::Unsafe, doi.span, doi.normal.clone())
            };
            out.push(finding.confidence(sure(fault)));
        }
        for target in &cx.facts.metadata.targets {
            let Some(fault) = target.fault else { continue };
            if seen.contains(&target.printed.as_str()) || seen.len() > 50 {
                continue;
            }
            seen.push(&target.printed);
            let finding = at(cx, target).arg("doi", target.printed.as_str()).arg("normal", "");
            out.push(finding.variant(variant(fault)).confidence(sure(fault)));
        }
    }
}

fn variant(fault: Fault) -> &'static str {
    match fault {
        Fault::FullWidth => "full-width",
        Fault::Letter => "letter",
        Fault::Prefix => "prefix",
        Fault::Slash => "slash",
        Fault::Space => "space",
        Fault::Long => "long-prefix",
    }
}

fn sure(fault: Fault) -> Confidence {
    if matches!(fault, Fault::Space | Fault::Long) { Confidence::Medium } else { Confidence::High }
}

/// A finding in the address of a link.
fn at(cx: &Context<'_>, target: &Target) -> Finding {
    Finding::at(cx.document.place_of_source(&[target.span], target.printed.clone()))
}

struct Link;

impl Check for Link {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for target in &cx.facts.metadata.targets {
            let Some((place, shown)) = &target.shown else { continue };
            let pair = (shown.as_str(), target.printed.as_str());
            if seen.contains(&pair) || seen.len() > 50 {
                continue;
            }
            seen.push(pair);
            out.push(
                at(cx, target)
                    .arg("shown", shown.as_str())
                    .arg("target", target.printed.as_str())
                    .related(cx.document.place_of_source(&[*place], shown.clone()), Vec::new()),
            );
        }
    }
}

struct OwnDoi;

impl Check for OwnDoi {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let front = |kind: BlockKind| {
            matches!(
                kind,
                BlockKind::FrontMatter
                    | BlockKind::Title
                    | BlockKind::Authors
                    | BlockKind::Affiliation
                    | BlockKind::Abstract
                    | BlockKind::Keywords
                    | BlockKind::Funding
                    | BlockKind::Furniture
            )
        };
        let mut own: Vec<(&str, Span)> = Vec::new();
        for doi in cx.facts.metadata.dois.iter().filter(|doi| doi.fault.is_none()) {
            let block = cx.document.block_at(doi.span.start);
            if block.is_some_and(|block| front(block.kind))
                && own.iter().all(|(other, _)| *other != doi.normal)
            {
                own.push((&doi.normal, doi.span));
            }
        }
        // more than two: other works are named, too
        let [(first, place), (second, at)] = own[..] else { return };
        if misprint(first, second) {
            out.push(
                cx.finding(at)
                    .confidence(Confidence::Medium)
                    .arg("doi", cx.slice(at))
                    .arg("other", cx.slice(place))
                    .related(cx.place(place), Vec::new()),
            );
        }
    }
}

/// Two DOIs of which one is the other misprinted: two neighbours changed places, or one character differs that
/// is not among the last four, where the articles of an issue differ.
fn misprint(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let differ: Vec<usize> = (0..a.len()).filter(|i| a[*i] != b[*i]).take(3).collect();
    match differ[..] {
        [i] => i + 4 < a.len(),
        [i, j] => j == i + 1 && a[i] == b[j] && a[j] == b[i],
        _ => false,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckDigit {
    identifier: Which,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Which {
    Issn,
    Orcid,
    Isbn,
}

impl Check for CheckDigit {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let mut seen: Vec<String> = Vec::new();
        for id in &cx.facts.metadata.identifiers {
            let kind = match id.kind {
                IdentifierKind::Issn => Which::Issn,
                IdentifierKind::Orcid => Which::Orcid,
                IdentifierKind::Isbn => Which::Isbn,
            };
            let text = cx.slice(id.span);
            if kind != self.identifier || id.valid || seen.iter().any(|s| s == text) || seen.len() > 50 {
                continue;
            }
            seen.push(text.to_owned());
            let expected = match kind {
                Which::Issn => checkdigit::issn_expected(text),
                Which::Orcid => checkdigit::orcid_expected(text),
                Which::Isbn => None,
            };
            let blank = kind == Which::Orcid && !text.contains(|c: char| matches!(c, '1'..='9' | 'X'));
            let finding = cx
                .finding(id.span)
                .arg("number", text)
                .arg("expected", expected.map(String::from).unwrap_or_default());
            out.push(match kind {
                Which::Orcid if blank => finding.variant("blank"),
                Which::Orcid if expected.is_none() => finding.variant("shape"),
                _ => finding,
            });
        }
        if self.identifier != Which::Orcid {
            return;
        }
        for target in &cx.facts.metadata.targets {
            let address = (target.span, target.printed.clone());
            let address = (target.kind == TargetKind::Orcid && !target.valid).then_some((address, true));
            let shown = target.unfit.clone().map(|shown| (shown, false));
            for ((span, number), leads) in shown.into_iter().chain(address) {
                if seen.contains(&number) || seen.len() > 50 {
                    continue;
                }
                let finding = Finding::at(cx.document.place_of_source(&[span], number.clone()));
                let finding = if leads { finding.variant("link") } else { finding };
                let expected = checkdigit::orcid_expected(&number).map(String::from).unwrap_or_default();
                out.push(finding.arg("number", number.as_str()).arg("expected", expected));
                seen.push(number);
            }
        }
    }
}

struct Registration;

impl Check for Registration {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let paper = cx.facts.metadata.year();
        let mut seen: Vec<&str> = Vec::new();
        for number in &cx.facts.metadata.registrations {
            let text = cx.slice(number.span);
            if seen.contains(&text) || seen.len() > 50 {
                continue;
            }
            seen.push(text);
            let finding = cx.finding(number.span).arg("number", text).arg("register", number.register);
            if !number.valid {
                out.push(finding.confidence(Confidence::Medium));
            } else if let (Some(year), Some(paper)) = (number.year, paper)
                && year > paper
            {
                let finding = finding.variant("year").arg("year", usize::from(year));
                out.push(finding.arg("paper", usize::from(paper)).confidence(Confidence::Medium));
            }
        }
    }
}
