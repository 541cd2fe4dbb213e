//! A bilingual entry whose halves name different years, volumes, issues or pages.

use crate::checks::{Check, Context};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::{Confidence, Localised, arg};
use crate::parse::reference::{Pages, Work};

/// The two halves of an entry disagree.
pub(super) struct Disagree;

/// One value in both halves: place and normal form.
type Value = (Span, String);

impl Check for Disagree {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for entry in cx.facts.references.entries() {
            let Some(second) = &entry.parallel else { continue };
            let first = &entry.work;
            // two entries run into one are no halves: they share nothing
            let compared: Vec<_> =
                fields(first, second).into_iter().filter_map(|(n, a, b)| Some((n, a?, b?))).collect();
            let equal = compared.iter().filter(|(_, a, b)| a.1 == b.1).count();
            if equal == 0 || (compared.len() >= 3 && equal * 2 < compared.len()) {
                continue;
            }
            for ((en, zh), a, b) in compared {
                if a.1 == b.1 {
                    continue;
                }
                let name = Localised { en: en.to_owned(), zh: zh.to_owned() };
                out.push(
                    cx.finding(b.0)
                        .confidence(Confidence::High)
                        .arg("field", name)
                        .arg("first", cx.slice(a.0))
                        .arg("second", cx.slice(b.0))
                        .related(cx.place(a.0), vec![arg("first", cx.slice(a.0))]),
                );
            }
        }
    }
}

type Pair = ((&'static str, &'static str), Option<Value>, Option<Value>);

fn fields(a: &Work, b: &Work) -> [Pair; 4] {
    let year = |w: &Work| w.year.as_ref().map(|y| (y.span, y.value.year.to_string()));
    let volume = |w: &Work| w.volume.as_ref().map(|v| (v.span, number(&v.value)));
    let issue = |w: &Work| w.issue.as_ref().map(|v| (v.span, number(&v.value)));
    let pages = |w: &Work| w.pages.as_ref().map(|p| (p.span, range(&p.value)));
    [
        (("year", "年份"), year(a), year(b)),
        (("volume", "卷"), volume(a), volume(b)),
        (("issue", "期"), issue(a), issue(b)),
        (("pages", "页码"), pages(a), pages(b)),
    ]
}

/// Digits with look-alike letters read as digits and without leading zeros.
fn number(text: &str) -> String {
    let read: String = text
        .chars()
        .map(|c| match c {
            'O' | 'o' => '0',
            'l' | 'I' => '1',
            c => c.to_ascii_lowercase(),
        })
        .filter(|c| !c.is_whitespace())
        .collect();
    read.trim_start_matches('0').to_owned()
}

/// First and last page, an abbreviated last one filled up.
fn range(pages: &Pages) -> String {
    let first = number(&pages.first);
    match &pages.last {
        Some(last) if last.len() < first.len() && first.is_ascii() => {
            let head = &first[..first.len() - last.len()];
            format!("{first}-{head}{}", last.to_ascii_lowercase())
        }
        Some(last) => format!("{first}-{}", number(last)),
        None => first,
    }
}
