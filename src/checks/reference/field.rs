//! Fields that an entry's own type code asks for.

use crate::checks::{Check, Context};
use crate::engine::Sink;
use crate::finding::{Confidence, Localised};
use crate::parse::reference::{Entry, Work};

/// A journal article without journal, year or pages; a thesis without institution; a web page without
/// address … Only entries with a type code are judged: it says what the entry means to be.
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
    }
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
