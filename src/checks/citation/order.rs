//! The order of first mention.

use super::lists;
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{BlockKind, Zone};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::citation::{Chapter, Marker, Scheme, lost};
use crate::rules::Scope;
use std::collections::{HashMap, HashSet};

/// `citation-order`.
pub const ORDER: Kind = Kind {
    name: "citation-order",
    scope: Scope::Document,
    fields: &["number", "other", "count"],
    variants: &["late", "footnote"],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(Order))
    },
};

struct Order;

/// The first mention of a number.
#[derive(Clone, Copy)]
struct First<'m> {
    number: u32,
    marker: &'m Marker,
}

impl Check for Order {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let citations = &cx.facts.citations;
        let round = citations.scheme == Scheme::Round && citations.certain;
        if !round && !matches!(citations.scheme, Scheme::Bracket | Scheme::Superscript | Scheme::Footnote) {
            return;
        }
        for chapter in &citations.chapters {
            let firsts = firsts(cx, chapter);
            let wrong = match out_of_order(firsts.iter().map(|first| first.number)) {
                Ok(wrong) if wrong.is_empty() => continue,
                Ok(wrong) => wrong,
                // numbered by the alphabet, or by something else than first mention
                Err(count) => {
                    out.abstain("other-order", vec![arg("count", count)]);
                    continue;
                }
            };
            let unread: Vec<usize> =
                chapter.markers.clone().filter(|at| citations.markers[*at].reading.is_empty()).collect();
            let clean = citations.of(chapter).iter().all(|marker| marker.damage.is_none());
            let bare = if wrong.is_empty() || citations.scheme != Scheme::Bracket {
                HashMap::new()
            } else {
                lost::between_words(cx.document)
            };
            for at in wrong {
                let first = firsts[at];
                let later = firsts[at + 1..].iter().filter(|other| other.number < first.number);
                let early = later.min_by_key(|other| other.number);
                let before = firsts[..at].iter().filter(|other| other.number > first.number);
                let late = before.min_by_key(|other| other.number);
                let Some(other) = early.or(late) else { continue };
                let place = first.marker.span.start;
                let undressed = late.is_some_and(|late| {
                    let spans = bare.get(&first.number).map_or(&[][..], Vec::as_slice);
                    spans.iter().any(|span| span.start < late.marker.span.start.min(place))
                });
                // the first mention may be the one that lost its brackets
                if undressed {
                    continue;
                }
                let hidden = hidden(cx, chapter, &unread, &first, other);
                let mut finding = cx
                    .finding(first.marker.span)
                    .arg("number", first.number)
                    .arg("other", other.number)
                    .confidence(match (hidden, clean && !citations.scheme.is_loose()) {
                        (true, _) => Confidence::Low,
                        (false, true) => Confidence::High,
                        (false, false) => Confidence::Medium,
                    })
                    .related(cx.place(other.marker.span), vec![arg("number", other.number)]);
                if citations.scheme == Scheme::Footnote {
                    finding = finding.variant("footnote");
                } else if early.is_none() {
                    finding = finding.variant("late");
                }
                out.push(finding);
            }
        }
    }
}

/// True when damage may hide the mention that would come in order: a damaged marker with the number,
/// or one that could not be read, between the place where it belongs and where it stands.
fn hidden(
    cx: &Context<'_>,
    chapter: &Chapter,
    unread: &[usize],
    first: &First<'_>,
    other: &First<'_>,
) -> bool {
    let markers = &cx.facts.citations.markers;
    let low = first.number.min(other.number);
    let end = first.marker.span.start.max(other.marker.span.start);
    let from = low.checked_sub(1).and_then(|before| chapter.cited.get(&before)).copied();
    let from = from.unwrap_or(chapter.markers.start);
    let next = unread.partition_point(|at| *at < from);
    let unread = unread.get(next).is_some_and(|at| markers[*at].span.start < end);
    let doubtful = chapter.doubtful.get(&low).is_some_and(|at| markers[*at].span.start < end);
    unread || doubtful
}

/// First mentions in the running text. Numbers of tables and captions are left out: where those
/// stand in the order is the printer's choice. Numbers beyond the list have a rule of their own.
fn firsts<'a>(cx: &Context<'a>, chapter: &Chapter) -> Vec<First<'a>> {
    let markers = cx.facts.citations.of(chapter);
    let lists = lists(cx, chapter);
    let floating = floating(markers);
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    for marker in markers.iter().filter(|marker| marker.in_order()) {
        if displaced(cx, marker) {
            continue;
        }
        let from = out.len();
        for number in marker.numbers() {
            let counts = lists.is_empty() || super::has(lists, number);
            if counts && !floating.contains(&number) && seen.insert(number) && marker.damage.is_none() {
                out.push(First { number, marker });
            }
        }
        // the order inside one bracket is free
        out[from..].sort_by_key(|first| first.number);
    }
    out
}

/// True when the marker's paragraph begins in the middle of a sentence, right under a heading: a column that
/// extraction set in the wrong place.
fn displaced(cx: &Context<'_>, marker: &Marker) -> bool {
    let blocks = cx.document.blocks();
    let at = blocks.partition_point(|block| block.span.end <= marker.span.start);
    let (Some(block), Some(before)) = (blocks.get(at), at.checked_sub(1).and_then(|at| blocks.get(at)))
    else {
        return false;
    };
    before.kind == BlockKind::Heading
        && block.kind == BlockKind::Paragraph
        && cx.slice(block.span).starts_with(|c: char| c.is_ascii_lowercase())
}

/// Numbers in tables, captions and footnotes: where those stand in the order is the printer's choice.
pub fn floating(markers: &[Marker]) -> HashSet<u32> {
    let floats = |zone| matches!(zone, Zone::Table | Zone::Caption | Zone::Footnote);
    markers.iter().filter(|marker| floats(marker.zone)).flat_map(Marker::numbers).collect()
}

/// Which first mentions stand outside one longest rising run of their numbers; when they are too many for
/// slips, the numbers follow another order, and only their count is handed back.
pub fn out_of_order(numbers: impl Iterator<Item = u32>) -> Result<Vec<usize>, usize> {
    let numbers: Vec<u32> = numbers.collect();
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; numbers.len()];
    for (at, number) in numbers.iter().enumerate() {
        let place = ends.partition_point(|end| numbers[*end] < *number);
        before[at] = place.checked_sub(1).map(|p| ends[p]);
        match ends.get_mut(place) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut kept = vec![false; numbers.len()];
    let mut at = ends.last().copied();
    while let Some(index) = at {
        kept[index] = true;
        at = before[index];
    }
    let odd: Vec<usize> = (0..numbers.len()).filter(|at| !kept[*at]).collect();
    let slips =
        odd.is_empty() || super::few(odd.len(), numbers.len(), 2, 10) && numbers.len() >= odd.len() * 3 + 2;
    if slips { Ok(odd) } else { Err(odd.len()) }
}
