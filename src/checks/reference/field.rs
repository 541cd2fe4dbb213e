//! Fields that an entry's own type code asks for.

use crate::checks::{Check, Context};
use crate::engine::Sink;
use crate::finding::{Confidence, Localised};
use crate::parse::reference::normal::letters;
use crate::parse::reference::{Entry, List, Work};
use std::collections::HashSet;

/// A journal article without journal, year or pages; a thesis without institution; a web page without
/// address … An entry's type code says what it means to be; entries without one are compared with the
/// others of their list.
pub(super) struct Missing;

impl Check for Missing {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for entry in cx.facts.references.entries() {
            let work = &entry.work;
            let Some(code) = &work.type_code else { continue };
            if unreadable(cx, entry) {
                continue;
            }
            // an address that was misread is there all the same
            let text = cx.slice(entry.span);
            let linked =
                work.doi.is_some() || text.contains("//") || text.contains("www") || text.contains("http");
            let Some((en, zh)) = missing(work, &code.value, linked) else { continue };
            out.push(
                cx.finding(code.span)
                    .confidence(Confidence::Medium)
                    .arg("code", code.value.as_str())
                    .arg("field", Localised { en: en.to_owned(), zh: zh.to_owned() }),
            );
        }
        for list in &cx.facts.references.lists {
            odd(cx, list, out);
        }
    }
}

/// Fewest entries of a list that show what its entries hold.
const LEAST: usize = 10;

/// Entries without a type code that lack what nearly all others of their list have: the year; or volume,
/// issue and pages, where another entry of the same journal has them.
fn odd(cx: &Context<'_>, list: &List, out: &mut Sink) {
    let entries: Vec<&Entry> = list.entries.iter().filter(|entry| !unreadable(cx, entry)).collect();
    let dated = |entry: &Entry| entry.works().any(|work| work.year.is_some() || !work.dates.is_empty());
    let years = entries.iter().filter(|entry| dated(entry)).count();
    let bare = |entry: &&&Entry| {
        let text = cx.slice(entry.span);
        let work = &entry.work;
        work.type_code.is_none()
            && entry.parallel.is_none()
            && !work.authors.is_empty()
            && work.doi.is_none()
            && work.url.is_none()
            && !UNDATED.iter().any(|word| text.contains(word))
    };
    if entries.len() < LEAST || years * 20 < entries.len() * 19 - 19 {
        return;
    }
    let printed = |work: &Work| work.pages.is_some() || work.volume.is_some();
    let journals: HashSet<String> = entries
        .iter()
        .filter(|entry| printed(&entry.work))
        .filter_map(|entry| Some(letters(&entry.work.container.as_ref()?.value)))
        .collect();
    for entry in entries.iter().filter(bare) {
        let work = &entry.work;
        // `Title. Journal. 2023.` reads like a publisher
        let Some(container) = work.container.as_ref().or(work.publisher.as_ref()) else { continue };
        let journal = journals.contains(&letters(&container.value));
        let variant = if !dated(entry) && printed(work) && !may_hold_year(cx.slice(entry.span)) {
            "year"
        } else if dated(entry) && journal && !printed(work) && work.issue.is_none() && work.pmid.is_none() {
            "numbers"
        } else {
            continue;
        };
        out.push(
            cx.finding(container.span)
                .variant(variant)
                .confidence(Confidence::Medium)
                .arg("count", years)
                .arg("total", entries.len())
                .arg("journal", container.value.as_str()),
        );
    }
}

/// Words of works that have no year or numbers yet.
const UNDATED: &[&str] = &[
    "in press",
    "In press",
    "In Press",
    "forthcoming",
    "n.d.",
    "ubmitted",
    "ccepted",
    "reprint",
    "head of print",
    "arly access",
    "nline first",
    "Online First",
    "ersonal communication",
    "待发表",
    "印刷中",
    "已录用",
    "网络首发",
    "优先出版",
    "http",
    "www",
    "doi",
    "DOI",
    "arXiv",
    "Xiv",
];

/// True when four digits in a row, or letters misread for them, may be a year.
fn may_hold_year(text: &str) -> bool {
    let like =
        |c: char| c.is_ascii_digit() || matches!(c, 'O' | 'o' | 'l' | 'I') || ('０'..='９').contains(&c);
    text.split(|c| !like(c))
        .any(|run| run.chars().count() == 4 && run.chars().filter(|c| !c.is_ascii_alphabetic()).count() >= 2)
}

/// True when the entry is too damaged, or too long, for "missing" to mean anything.
fn unreadable(cx: &Context<'_>, entry: &Entry) -> bool {
    let text = cx.slice(entry.span);
    let codes = text.matches(']').count();
    text.contains(['$', '\u{fffd}']) || text.len() > 1_500 || codes > 6 || entry.work.title.is_none()
}

/// The first required field that is absent, in English and Chinese. A field is absent only when no
/// digits are left that could be it.
fn missing(work: &Work, code: &str, linked: bool) -> Option<(&'static str, &'static str)> {
    let kind = code.split('/').next().unwrap_or_default();
    let online = code.contains("/OL");
    match kind {
        "J" if work.container.is_none() => Some(("the journal", "刊名")),
        "J" | "D" | "M" | "C" if work.year.is_none() && work.dates.is_empty() => Some(("the year", "年份")),
        "J" if work.pages.is_none() && work.volume.is_none() && work.issue.is_none() && !linked => {
            Some(("volume, issue and pages", "卷、期和页码"))
        }
        "D" if work.publisher.is_none() && work.container.is_none() => {
            Some(("the granting institution", "学位授予单位"))
        }
        "EB" if !linked => Some(("the address", "获取和访问路径（网址）")),
        _ if online && kind != "J" && !linked => Some(("the address", "获取和访问路径（网址）")),
        _ => None,
    }
}
