//! Entries that the text never cites.

use super::{RELATED, lists};
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Document, Span, Zone, is_han};
use crate::engine::Sink;
use crate::finding::{Confidence, Safety, arg};
use crate::parse::citation::{Chapter, Scheme, lost};
use crate::parse::reference::{Entry, List, Numbering};
use crate::rules::Scope;
use std::collections::{HashMap, HashSet};

/// `reference-never-cited`.
pub const UNCITED: Kind = Kind {
    name: "reference-never-cited",
    scope: Scope::Document,
    fields: &["number", "count", "numbers", "share", "author", "listed", "text"],
    variants: &["many", "author-year", "bare", "named"],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(Uncited))
    },
};

/// Fewest numbered entries that make a list whose markers are missed.
const LIST: usize = 5;
/// More entries than this are one finding.
const SINGLE: usize = 6;

struct Uncited;

impl Check for Uncited {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let citations = &cx.facts.citations;
        if citations.scheme == Scheme::Mixed {
            out.abstain("mixed-schemes", Vec::new());
        }
        super::author_year::uncited(cx, out);
        if citations.scheme == Scheme::Unknown {
            let numbered = |list: &&List| list.numbering == Numbering::Numbered;
            let count: usize =
                cx.facts.references.lists.iter().filter(numbered).map(|list| list.entries.len()).sum();
            if count >= LIST {
                out.abstain("no-markers", vec![arg("count", count)]);
            }
        }
        if !citations.scheme.is_numeric() {
            return;
        }
        for chapter in &citations.chapters {
            // a list that nothing cites at all serves something else (a translation, a second file)
            if chapter.markers.is_empty() || lists(cx, chapter).is_empty() {
                continue;
            }
            let (all, uncited) = uncited(cx, chapter);
            let cited = all - uncited.len();
            let least = if citations.scheme.is_loose() { 85 } else { 60 };
            if all == 0 || cited * 100 < all * least {
                out.abstain("few-cited", vec![arg("share", cited * 100 / all.max(1))]);
                continue;
            }
            report(cx, chapter, &uncited, out);
        }
    }
}

/// How many numbered entries the chapter has, and those that no marker cites.
fn uncited<'a>(cx: &Context<'a>, chapter: &Chapter) -> (usize, Vec<(u32, &'a Entry)>) {
    let mut all = 0;
    let mut uncited = Vec::new();
    let mut last = None;
    for list in lists(cx, chapter) {
        for entry in &list.entries {
            let Some(number) = entry.number else { continue };
            // a repeated number is the list's own defect
            if last == Some(number) {
                continue;
            }
            last = Some(number);
            all += 1;
            if !chapter.cited.contains_key(&number) {
                uncited.push((number, entry));
            }
        }
    }
    (all, uncited)
}

fn report(cx: &Context<'_>, chapter: &Chapter, uncited: &[(u32, &Entry)], out: &mut Sink) {
    let citations = &cx.facts.citations;
    let clean = citations.of(chapter).iter().all(|marker| marker.damage.is_none());
    // a damaged or unread marker, or a number without its dress, may be the citation
    let loose = citations.scheme.is_loose() && !uncited.is_empty();
    let glued = if loose { lost::glued(cx.document) } else { HashSet::new() };
    let doubtful = |number: &u32| {
        chapter.doubtful.contains_key(number) || glued.contains(number) || citations.told.contains(number)
    };
    let open: Vec<&(u32, &Entry)> = uncited.iter().filter(|(number, _)| !doubtful(number)).collect();
    let confidence = |number: u32| {
        if citations.elsewhere.contains(&number) || uncited.len() <= chapter.unread {
            Confidence::Low
        } else if clean && !citations.scheme.is_loose() {
            Confidence::High
        } else {
            Confidence::Medium
        }
    };
    if open.len() > SINGLE {
        let numbers: Vec<u32> = open.iter().map(|(number, _)| *number).collect();
        let (number, entry) = open[0];
        let mut finding = cx
            .finding(label(cx.document, entry))
            .variant("many")
            .confidence(Confidence::Medium)
            .arg("number", *number)
            .arg("count", open.len())
            .arg("numbers", super::missing::ranges(&numbers));
        for (number, entry) in open.iter().skip(1).take(RELATED) {
            finding = finding.related(cx.place(label(cx.document, entry)), vec![arg("number", *number)]);
        }
        out.push(finding);
        return;
    }
    let bare = if citations.scheme == Scheme::Bracket && !open.is_empty() {
        lost::bare(cx.document)
    } else {
        HashMap::new()
    };
    for (number, entry) in open {
        // `共同致病基因30。`, and [30] is cited nowhere else
        if let Some([place]) = bare.get(number).map(Vec::as_slice) {
            out.push(
                cx.finding(*place)
                    .variant("bare")
                    .confidence(Confidence::Medium)
                    .arg("number", *number)
                    .labelled(cx.place(label(cx.document, entry)), "entry", vec![arg("number", *number)])
                    .fix(cx.document, Safety::Unsafe, *place, format!("[{number}]")),
            );
            continue;
        }
        // `Meyer 等认为…`, and Meyer's only entry is cited nowhere
        if citations.scheme == Scheme::Bracket
            && let Some((place, author)) = named(cx, chapter, entry)
        {
            out.push(
                cx.finding(place)
                    .variant("named")
                    .confidence(Confidence::Medium)
                    .arg("number", *number)
                    .arg("author", author)
                    .arg("text", cx.slice(place))
                    .labelled(cx.place(label(cx.document, entry)), "entry", vec![arg("number", *number)]),
            );
            continue;
        }
        out.push(
            cx.finding(label(cx.document, entry)).confidence(confidence(*number)).arg("number", *number),
        );
    }
}

/// The one place in the running text that names an entry's first author with 等 or `et al.` and no number
/// behind it, and the author; only where no other entry of the list has that first author.
fn named(cx: &Context<'_>, chapter: &Chapter, entry: &Entry) -> Option<(Span, String)> {
    let first = |entry: &Entry| entry.work.authors.first().map(|author| author.family.clone());
    let family = first(entry).filter(|name| {
        let han = name.chars().filter(|c| is_han(*c)).count();
        han >= 2 || han == 0 && name.len() >= 4 && name.chars().all(|c| c.is_alphabetic() || c == '-')
    })?;
    let same = lists(cx, chapter)
        .iter()
        .flat_map(|list| &list.entries)
        .filter(|other| first(other).is_some_and(|name| name.eq_ignore_ascii_case(&family)));
    if same.count() != 1 {
        return None;
    }
    let mut places = Vec::new();
    for block in cx.document.blocks().iter().filter(|block| block.zone() == Zone::Body) {
        let text = cx.slice(block.span);
        for (at, _) in text.match_indices(family.as_str()) {
            let fresh = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
            let rest = &text[at + family.len()..];
            let more =
                ["等人", "等", " 等", " et al.", " et al"].into_iter().find(|more| rest.starts_with(more));
            let Some(more) = more.filter(|_| fresh) else { continue };
            // a number, a year or a damaged mark of either may be the citation
            let after = rest[more.len()..].trim_start();
            let cited = after.starts_with(|c: char| {
                c.is_ascii_digit() || matches!(c, '[' | '［' | '【' | '〔' | ']' | '］' | '(' | '（' | '^')
            });
            if !cited {
                places.push(Span::new(at, at + family.len() + more.trim_end().len()).shift(block.span.start));
            }
        }
    }
    match places.as_slice() {
        [place] => Some((*place, family)),
        _ => None,
    }
}

/// The entry's number as printed, or its first word.
fn label(document: &Document, entry: &Entry) -> Span {
    entry.label.unwrap_or_else(|| {
        let text = document.slice(entry.span);
        let end = text.find(|c: char| c.is_whitespace() || c == ',' || c == '，').unwrap_or(text.len());
        Span::new(entry.span.start, entry.span.start + end)
    })
}
