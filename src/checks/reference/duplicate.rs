//! The same work listed twice.

use super::{name_of, stand_in};
use crate::checks::{Check, Context};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::reference::normal::letters;
use crate::parse::reference::{Entry, List, Work};
use std::collections::HashMap;

/// Entries with the same DOI, or the same title, year and pages. Editions and volumes are kept apart.
pub(super) struct Duplicate;

/// Fewest letters of a title that identifies a work; a Han character counts three.
const TITLE: usize = 18;
/// Titles at least this alike are the same but for damage.
const ALIKE: f64 = 0.93;

impl Check for Duplicate {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for list in &cx.facts.references.lists {
            let keys: Vec<Keys> = list.entries.iter().map(|entry| Keys::new(cx, entry)).collect();
            for (at, other, variant) in pairs(list, &keys) {
                let (entry, first) = (&list.entries[at], &list.entries[other]);
                let mut finding = cx
                    .finding(stand_in(cx, entry))
                    .arg("entry", name_of(cx, entry))
                    .arg("other", name_of(cx, first))
                    .related(cx.place(stand_in(cx, first)), vec![arg("other", name_of(cx, first))]);
                if let Some(variant) = variant {
                    finding = finding.variant(variant);
                }
                if variant == Some("similar") {
                    finding = finding.confidence(Confidence::Medium);
                }
                if let Some(doi) = keys[at].doi.clone() {
                    finding = finding.arg("doi", doi);
                } else {
                    finding = finding.arg("doi", "");
                }
                out.push(finding);
            }
        }
    }
}

/// What an entry is compared by.
struct Keys {
    doi: Option<String>,
    title: Option<String>,
    /// Year, volume and first page, as far as they are known.
    place: Option<(u16, String, String)>,
    edition: Option<String>,
    author: String,
    whole: String,
}

impl Keys {
    fn new(cx: &Context<'_>, entry: &Entry) -> Self {
        let work = &entry.work;
        let title = work.title.as_ref().map(|t| letters(&t.value)).filter(|t| t.len() >= TITLE);
        let edition = work.edition.as_ref().map(|e| letters(&e.value));
        let doi = work.doi.as_ref().filter(|d| super::doi::is_whole(&d.value));
        Self {
            doi: doi.map(|d| d.value.to_ascii_lowercase()),
            title,
            place: place(work),
            edition,
            author: work.first_author().map_or(String::new(), |a| letters(&a.family)),
            whole: letters(cx.slice(crate::document::Span::new(work.span.start, entry.span.end))),
        }
    }
}

fn place(work: &Work) -> Option<(u16, String, String)> {
    let year = work.year.as_ref()?.value.year;
    let page = work.pages.as_ref().map_or(String::new(), |p| p.value.first.to_lowercase());
    let volume = work.volume.as_ref().map_or(String::new(), |v| v.value.to_lowercase());
    (!page.is_empty() || !volume.is_empty()).then_some((year, volume, page))
}

/// Pairs `(later, earlier, variant)`; each entry is reported once, against the first it equals.
fn pairs<'a>(list: &'a List, keys: &'a [Keys]) -> Vec<(usize, usize, Option<&'static str>)> {
    let mut out = Vec::new();
    let mut by_doi: HashMap<&str, usize> = HashMap::new();
    let mut by_whole: HashMap<&str, usize> = HashMap::new();
    let mut by_place: HashMap<&(u16, String, String), Vec<usize>> = HashMap::new();
    let mut by_title: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in 0..list.entries.len() {
        let key = &keys[at];
        let mut found = None;
        if key.whole.len() >= 30 {
            found = by_whole.get(key.whole.as_str()).map(|other| (*other, None));
            by_whole.entry(&key.whole).or_insert(at);
        }
        if let (None, Some(title)) = (found, &key.title) {
            let same = by_title.get(title.as_str()).into_iter().flatten();
            found = same.copied().find(|other| agree(key, &keys[*other])).map(|other| (other, None));
        }
        if let (None, Some(doi)) = (found, &key.doi) {
            found = by_doi.get(doi.as_str()).map(|other| {
                let titles = match (&key.title, &keys[*other].title) {
                    (Some(a), Some(b)) => strsim::normalized_levenshtein(a, b),
                    _ => 1.0,
                };
                let places = match (&key.place, &keys[*other].place) {
                    (Some(a), Some(b)) => a == b,
                    _ => true,
                };
                let same = titles > 0.85 || (titles > 0.6 && places);
                (*other, if same { None } else { Some("same-doi") })
            });
        }
        if let (None, Some(place), Some(title)) = (found, &key.place, &key.title) {
            // a handful of works share year, volume and first page
            let near = by_place.get(place).into_iter().flatten().take(8);
            found = near
                .copied()
                .find(|other| {
                    keys[*other].title.as_ref().is_some_and(|t| {
                        // parts of a series differ in a number only
                        agree(key, &keys[*other])
                            && digits(t) == digits(title)
                            && strsim::normalized_levenshtein(t, title) >= ALIKE
                    })
                })
                .map(|other| (other, Some("similar")));
        }
        if let Some(doi) = &key.doi {
            by_doi.entry(doi).or_insert(at);
        }
        if let Some(title) = &key.title {
            by_title.entry(title).or_default().push(at);
        }
        if let Some(place) = &key.place {
            by_place.entry(place).or_default().push(at);
        }
        if let Some((other, variant)) = found {
            out.push((at, other, variant));
        }
    }
    out
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// True when nothing else tells two entries of the same title apart: year, volume, first page,
/// edition, and the author where numbers are missing.
fn agree(a: &Keys, b: &Keys) -> bool {
    let dois = match (&a.doi, &b.doi) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let editions = a.edition == b.edition;
    let places = match (&a.place, &b.place) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a.author == b.author,
        _ => false,
    };
    dois && editions && places
}
