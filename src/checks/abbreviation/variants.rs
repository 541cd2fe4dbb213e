//! `short-form-spelt-in-several-ways`: one finding per short form.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::{Confidence, Safety, Severity, arg};
use crate::parse::abbreviation::{Form, Use, fold, is_greek, latin_of, singular};
use crate::rules::Scope;

/// Case, hyphen, Greek letter or Roman numeral differ.
pub const KIND: Kind = Kind {
    name: "short-form-spelt-in-several-ways",
    scope: Scope::Document,
    fields: &["usual", "other", "others", "spelling"],
    variants: &["greek"],
    build: |options| options.read::<NoOptions>().map(|_| Box::new(Variants) as Box<dyn Check>),
};

struct Variants;

/// Up to so many uses in all, the places of the usual spelling are listed as well.
const FEW: usize = 6;

/// One spelling, plural and singular together.
struct Way {
    text: String,
    uses: Vec<Use>,
    defined: bool,
}

impl Check for Variants {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.abbreviations;
        let slips = &cx.facts.abbreviations.slips;
        let compounds = compounds(cx);
        for form in &facts.forms {
            if slips.iter().any(|slip| slip.key == form.key) {
                continue;
            }
            let ways = ways(cx, form, &compounds);
            if ways.len() < 2 {
                if let [only] = ways.as_slice() {
                    greek(cx, only, out);
                }
                continue;
            }
            let defined = ways.iter().filter(|w| w.defined).count();
            let usual = ways
                .iter()
                .enumerate()
                .max_by_key(|(index, way)| {
                    (defined == 1 && way.defined, way.uses.len(), std::cmp::Reverse(*index))
                })
                .map_or(0, |(index, _)| index);
            let others: Vec<&Way> =
                ways.iter().enumerate().filter(|(index, _)| *index != usual).map(|(_, way)| way).collect();
            let names: Vec<String> = others.iter().map(|way| way.text.clone()).collect();
            let Some(primary) = others.iter().flat_map(|way| way.uses.iter()).map(|u| u.span).min() else {
                continue;
            };
            let first = &ways[usual].uses[0];
            let mut finding = cx
                .finding(primary)
                .confidence(Confidence::Medium)
                .arg("usual", ways[usual].text.as_str())
                .arg("other", cx.slice(primary))
                .arg("others", names)
                .related(cx.place(first.span), vec![arg("spelling", ways[usual].text.as_str())]);
            finding.severity = Severity::Info;
            for way in &others {
                for usage in way.uses.iter().filter(|u| u.span != primary).take(12) {
                    finding = finding.related(cx.place(usage.span), vec![arg("spelling", way.text.as_str())]);
                }
            }
            // where neither spelling prevails, both need to be looked at
            let few = ways.iter().map(|way| way.uses.len()).sum::<usize>() <= FEW;
            for usage in ways[usual].uses.iter().skip(1).filter(|_| few) {
                finding =
                    finding.related(cx.place(usage.span), vec![arg("spelling", ways[usual].text.as_str())]);
            }
            out.push(finding);
        }
    }
}

/// The spellings that count, each with its uses outside headings.
fn ways(cx: &Context<'_>, form: &Form, compounds: &[Span]) -> Vec<Way> {
    let facts = &cx.facts.abbreviations;
    let letters = form.key.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 || form.key.chars().count() < 3 {
        return Vec::new();
    }
    let whole: Vec<&str> =
        form.spellings.iter().filter(|s| s.whole().next().is_some()).map(|s| singular(&s.text)).collect();
    let mut ways: Vec<Way> = Vec::new();
    for spelling in &form.spellings {
        let text = singular(&spelling.text);
        let defined = facts.definitions_of(form).any(|d| singular(&d.short) == text);
        if !defined && !strong(text) {
            continue;
        }
        // a part of a compound counts only beside a whole use of the same form
        let uses: Vec<Use> = spelling
            .uses
            .iter()
            .filter(|u| !u.heading && (u.whole || !inside(compounds, u.span)))
            .filter(|u| {
                !(u.sentence_start
                    && form.spellings.iter().any(|other| first_letter_only(text, singular(&other.text))))
            })
            .copied()
            .collect();
        if uses.is_empty() {
            continue;
        }
        let dashes = |text: &str| text.chars().map(fold).collect::<String>();
        match ways.iter_mut().find(|way| dashes(&way.text) == dashes(text)) {
            Some(way) => way.uses.extend(uses),
            None => ways.push(Way { text: text.to_owned(), uses, defined }),
        }
    }
    // parts alone never make a group: the compounds they come from do
    if whole.is_empty() {
        return Vec::new();
    }
    for way in &mut ways {
        way.uses.sort_by_key(|u| u.span);
    }
    ways.sort_by_key(|way| way.uses[0].span);
    ways
}

/// Uses of compounds that are spelt in several ways themselves, in order.
fn compounds(cx: &Context<'_>) -> Vec<Span> {
    let mut out = Vec::new();
    for form in &cx.facts.abbreviations.forms {
        let whole: Vec<_> = form.spellings.iter().filter(|s| s.whole().next().is_some()).collect();
        if whole.len() > 1 && whole.iter().any(|s| s.text.contains('-')) {
            out.extend(whole.iter().flat_map(|s| s.whole()).map(|u| u.span));
        }
    }
    out.sort();
    out
}

fn inside(spans: &[Span], span: Span) -> bool {
    let next = spans.partition_point(|s| s.start <= span.start);
    next.checked_sub(1).and_then(|at| spans.get(at)).is_some_and(|s| s.contains(span))
}

/// A spelling that is a short form by its looks.
fn strong(text: &str) -> bool {
    // a word run together with a short form (Real-timePCR)
    let chars: Vec<char> = text.chars().collect();
    let glued = |w: &[char]| {
        w[..4].iter().all(char::is_ascii_lowercase) && w[4..].iter().all(char::is_ascii_uppercase)
    };
    if chars.windows(6).any(glued) {
        return false;
    }
    let upper = text.chars().filter(|c| c.is_ascii_uppercase()).count();
    let other = text.chars().any(|c| c.is_ascii_digit() || is_greek(c));
    upper >= 2 || upper == 1 && other
}

/// The two differ in the case of their first letter alone.
fn first_letter_only(a: &str, b: &str) -> bool {
    let (mut x, mut y) = (a.chars(), b.chars());
    let (Some(first), Some(second)) = (x.next(), y.next()) else { return false };
    first != second && first.eq_ignore_ascii_case(&second) && x.as_str() == y.as_str()
}

/// A Latin letter where the lexicon has a Greek one (NF-kB).
fn greek(cx: &Context<'_>, way: &Way, out: &mut Sink) {
    let lexicon = &cx.data.abbreviation.lexicon;
    if lexicon.lists(&way.text) || way.text.chars().any(is_greek) {
        return;
    }
    let latin =
        |short: &str| -> String { short.chars().map(fold).map(|c| latin_of(c).unwrap_or(c)).collect() };
    let right = lexicon
        .of_short(&way.text)
        .flat_map(|entry| entry.short.iter())
        .find(|short| short.chars().any(is_greek) && latin(short).eq_ignore_ascii_case(&way.text));
    let Some(right) = right else { return };
    let Some(first) = way.uses.first() else { return };
    let mut finding = cx
        .finding(first.span)
        .variant("greek")
        .confidence(Confidence::Medium)
        .arg("usual", right.as_str())
        .arg("other", cx.slice(first.span))
        .arg("others", vec![way.text.clone()])
        .fix(cx.document, Safety::Unsafe, first.span, right.clone());
    finding.severity = Severity::Info;
    for usage in way.uses.iter().skip(1).take(12) {
        finding = finding.related(cx.place(usage.span), vec![arg("spelling", way.text.as_str())]);
    }
    out.push(finding);
}
