//! Citations that no entry answers, one by one or all together.

use super::{RELATED, has, lists};
use crate::checks::reference::numbering::explains;
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{BlockKind, Zone};
use crate::engine::Sink;
use crate::finding::{Confidence, Finding, arg};
use crate::parse::citation::{Chapter, Damage, HUGE, Marker, Scheme, Shape};
use crate::parse::reference::List;
use crate::rules::Scope;
use std::collections::BTreeMap;

/// `citation-without-reference`.
pub const WITHOUT_REFERENCE: Kind = Kind {
    name: "citation-without-reference",
    scope: Scope::Document,
    fields: &["number", "last", "count", "numbers", "entries", "citation", "years", "share"],
    variants: &["gap", "unnumbered", "many", "footnote", "author-year", "other-year"],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(WithoutReference))
    },
};

/// `no-reference-list`.
pub const NO_LIST: Kind = Kind {
    name: "no-reference-list",
    scope: Scope::Document,
    fields: &["first", "last", "count"],
    variants: &["text", "heading", "author-year"],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(NoList))
    },
};

/// Markers at the start of lines that make a list.
const LABELS: usize = 4;

/// Fewest numbers right after the list's last that show it cut short.
const TAIL: usize = 3;
/// How far beyond the end of the list a raised number, or one in round brackets, may be a citation.
const BEYOND: u32 = 5;

struct WithoutReference;

impl Check for WithoutReference {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let citations = &cx.facts.citations;
        super::author_year::missing(cx, out);
        if !citations.scheme.is_numeric() || !citations.certain {
            return;
        }
        for chapter in &citations.chapters {
            let lists = lists(cx, chapter);
            let Some(last) = chapter.last else { continue };
            let mut missing = missing(citations.of(chapter), lists);
            if citations.scheme.is_loose() {
                // a power, a count, a label: only what goes on the order of the list is a citation
                missing.retain(|number, markers| {
                    let on = *number <= last.saturating_add(BEYOND)
                        && markers.iter().all(|marker| marker.before.saturating_add(3) >= last);
                    (on || markers.iter().all(|marker| closes_sentence(cx, marker)))
                        && !citations.elsewhere.contains(number)
                });
            }
            // one finding per cause: the list's own rule says that an entry ran into the one before
            missing.retain(|number, _| !lists.iter().any(|list| explains(cx, list, *number)));
            // many at once: the list was cut, or its numbers were lost
            if !super::few(missing.len(), chapter.cited.len(), 4, 25) {
                many(cx, &missing, last, lists, out);
                continue;
            }
            // three or more that go on where the list ends: it was cut short
            let end = (last + 1..).take_while(|number| missing.contains_key(number)).count();
            if end >= TAIL && !citations.scheme.is_loose() {
                let tail = missing.split_off(&(last + 1));
                let beyond = last.saturating_add(u32::try_from(end).unwrap_or(u32::MAX));
                let (cut, far): (BTreeMap<_, _>, BTreeMap<_, _>) =
                    tail.into_iter().partition(|(number, _)| *number <= beyond);
                missing.extend(far);
                many(cx, &cut, last, lists, out);
            }
            for run in runs(&missing) {
                out.push(one(cx, &run, last, lists, citations.scheme));
            }
        }
    }
}

/// A raised number right after the mark of a sentence is a citation, however high.
fn closes_sentence(cx: &Context<'_>, marker: &Marker) -> bool {
    let before = cx.document.text()[..marker.span.start].trim_end_matches(['^', ' ']);
    let mark = before.strip_suffix(['.', '。', ',', '，', ';', '；']);
    // `1.5³` and `Fig.³` are no sentences
    marker.shape == Shape::Superscript
        && mark.is_some_and(|head| head.chars().rev().take(4).filter(|c| c.is_alphabetic()).count() >= 1)
        && marker.numbers().all(|number| number < 1_000)
}

/// True when this check reports a number that the list skips: its markers are whole, and few numbers
/// are missing.
pub fn reports(cx: &Context<'_>, list: &List, number: u32) -> bool {
    let citations = &cx.facts.citations;
    if !citations.scheme.is_numeric() || !citations.certain || citations.scheme.is_loose() {
        return false;
    }
    let serves = |chapter: &&Chapter| lists(cx, chapter).iter().any(|own| own.span == list.span);
    let Some(chapter) = citations.chapters.iter().find(serves) else { return false };
    chapter.cited.get(&number).and_then(|at| citations.markers.get(*at)).is_some_and(|marker| {
        matches!(marker.damage, None | Some(Damage::Mismatched))
            && super::few(
                missing(citations.of(chapter), lists(cx, chapter)).len(),
                chapter.cited.len(),
                4,
                25,
            )
    })
}

/// A number without an entry, and the markers that cite it.
type Missing<'m> = (u32, Vec<&'m Marker>);

/// Neighbouring numbers that the same marker cites first are one cause.
fn runs<'m>(missing: &BTreeMap<u32, Vec<&'m Marker>>) -> Vec<Vec<Missing<'m>>> {
    let mut out: Vec<Vec<Missing<'m>>> = Vec::new();
    for (number, markers) in missing {
        let same = |run: &Vec<Missing<'m>>| {
            run.last().is_some_and(|(last, before)| {
                last + 1 == *number && before.first().map(|m| m.span) == markers.first().map(|m| m.span)
            })
        };
        match out.last_mut() {
            Some(run) if same(run) => run.push((*number, markers.clone())),
            _ => out.push(vec![(*number, markers.clone())]),
        }
    }
    out
}

fn one(cx: &Context<'_>, run: &[Missing<'_>], last: u32, lists: &[List], scheme: Scheme) -> Finding {
    let numbers: Vec<u32> = run.iter().map(|(number, _)| *number).collect();
    let markers: Vec<&Marker> = run.iter().flat_map(|(_, markers)| markers.iter().copied()).collect();
    let marker = markers[0];
    let (first, end) = (numbers[0], numbers[numbers.len() - 1]);
    let variant = if scheme == Scheme::Footnote {
        Some("footnote")
    } else if first > last {
        None
    } else if numbers.iter().any(|number| may_be_unnumbered(lists, *number)) {
        Some("unnumbered")
    } else {
        Some("gap")
    };
    let shown = if first == end { shown(cx, marker, first) } else { format!("{first}–{end}") };
    let mut finding = cx
        .finding(marker.span)
        .arg("number", shown)
        .arg("last", last)
        .arg("count", markers.len())
        .confidence(if variant == Some("unnumbered") || scheme.is_loose() {
            Confidence::Medium
        } else {
            Confidence::High
        });
    if let Some(variant) = variant {
        finding = finding.variant(variant);
    }
    // where the list skips it
    let gap = lists.iter().flat_map(|list| &list.entries).find(|entry| entry.number.is_some_and(|n| n > end));
    if let Some(entry) = gap.filter(|_| variant == Some("gap") || variant == Some("unnumbered")) {
        let place = cx.place(entry.label.unwrap_or(entry.span));
        finding = finding.labelled(place, "list", Vec::new());
    }
    let mut seen = vec![marker.span];
    for other in markers {
        if !seen.contains(&other.span) && seen.len() <= RELATED {
            finding = finding.related(cx.place(other.span), Vec::new());
            seen.push(other.span);
        }
    }
    finding
}

/// Numbers without an entry, each with the markers that cite it. Damaged markers are reported by
/// their own rule: their numbers are only likely.
fn missing<'m>(markers: &'m [Marker], lists: &[List]) -> BTreeMap<u32, Vec<&'m Marker>> {
    let mut missing: BTreeMap<u32, Vec<&Marker>> = BTreeMap::new();
    for marker in markers.iter().filter(|marker| matches!(marker.damage, None | Some(Damage::Mismatched))) {
        for number in marker.numbers() {
            if !has(lists, number) {
                missing.entry(number).or_default().push(marker);
            }
        }
    }
    missing
}

fn many(cx: &Context<'_>, missing: &BTreeMap<u32, Vec<&Marker>>, last: u32, lists: &[List], out: &mut Sink) {
    let Some(marker) = missing.values().find_map(|markers| markers.first()) else { return };
    let numbers: Vec<u32> = missing.keys().copied().collect();
    let entries: usize = lists.iter().map(|list| list.entries.len()).sum();
    let mut finding = cx
        .finding(marker.span)
        .variant("many")
        .confidence(Confidence::Medium)
        .arg("count", numbers.len())
        .arg("numbers", ranges(&numbers))
        .arg("entries", entries)
        .arg("last", last);
    for marker in missing.values().skip(1).filter_map(|markers| markers.first()).take(RELATED) {
        finding = finding.related(cx.place(marker.span), Vec::new());
    }
    out.push(finding);
}

/// True when the list has text between the entries before and after that may hold this one.
fn may_be_unnumbered(lists: &[List], number: u32) -> bool {
    lists.iter().any(|list| {
        let lengths: Vec<usize> = list.entries.iter().map(|entry| entry.span.len()).collect();
        let mean = lengths.iter().sum::<usize>() / lengths.len().max(1);
        let before = list.numbered(number.wrapping_sub(1)).next();
        let after = list.entries.iter().find(|entry| entry.number.is_some_and(|n| n > number));
        match before {
            // an entry that swallowed the next one is about twice as long as the others
            Some(before) if before.span.len() > mean * 2 => true,
            Some(before) => {
                let end = after.map_or(list.span.end, |after| after.span.start);
                let loose = list.loose.iter().any(|span| span.start >= before.span.end && span.end <= end);
                let without = list.entries.iter().any(|entry| {
                    entry.number.is_none() && entry.span.start >= before.span.end && entry.span.end <= end
                });
                loose || without
            }
            // a list that begins later was cut at its head
            None => list.entries.iter().find_map(|entry| entry.number).is_some_and(|first| first > number),
        }
    })
}

/// A number as printed: those too long to count are shown as they stand.
fn shown(cx: &Context<'_>, marker: &Marker, number: u32) -> String {
    let item = marker.items.iter().find(|item| item.first == number || item.last == number);
    match item {
        Some(item) if number == HUGE => cx.slice(item.span).chars().take(40).collect(),
        _ => number.to_string(),
    }
}

/// `3, 5–7`: numbers as stretches.
pub(super) fn ranges(numbers: &[u32]) -> Vec<String> {
    let mut out: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match out.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => out.push((number, number)),
        }
    }
    out.into_iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}–{last}") })
        .collect()
}

struct NoList;

impl Check for NoList {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let citations = &cx.facts.citations;
        if !cx.facts.references.lists.is_empty() || list_is_elsewhere(cx) {
            return;
        }
        if citations.scheme == Scheme::AuthorYear {
            super::author_year::no_list(cx).into_iter().for_each(|finding| out.push(finding));
        }
        let numeric = matches!(citations.scheme, Scheme::Bracket | Scheme::Superscript);
        if !numeric || list_was_overlooked(cx) {
            return;
        }
        let Some(chapter) = citations.chapters.first() else { return };
        let Some(marker) = citations.of(chapter).iter().find(|marker| marker.zone != Zone::Front) else {
            return;
        };
        let (first, last, count) = cited(chapter);
        let heading = cx.document.blocks().iter().any(|block| block.kind == BlockKind::ReferenceHeading);
        let finding = cx
            .finding(marker.span)
            .variant(if heading { "heading" } else { "text" })
            .arg("first", first)
            .arg("last", last)
            .arg("count", count);
        let highest = chapter.cited.get(&last).and_then(|at| citations.markers.get(*at));
        out.push(match highest {
            Some(highest) if highest.span != marker.span => {
                finding.related(cx.place(highest.span), vec![arg("last", last)])
            }
            _ => finding,
        });
    }
}

/// Lowest and highest number cited, wild ones left out, and how many there are.
fn cited(chapter: &Chapter) -> (u32, u32, usize) {
    let mut numbers: Vec<u32> = chapter.cited.keys().copied().collect();
    numbers.sort_unstable();
    let first = numbers.first().copied().unwrap_or(0);
    let mut last = first;
    let mut count = 0;
    for number in numbers {
        if number > last + 40 {
            break;
        }
        (last, count) = (number, count + 1);
    }
    (first, last, count)
}

/// True when markers begin lines like the numbers of a list that was not recognised as one.
fn list_was_overlooked(cx: &Context<'_>) -> bool {
    let text = cx.document.text();
    let labels = cx.facts.citations.markers.iter().filter(|marker| {
        let before = text[..marker.span.start].trim_end_matches([' ', '\t', '-', '*']);
        let opens = before.is_empty() || before.ends_with('\n');
        opens && matches!(marker.items.as_slice(), [item] if !item.range)
    });
    labels.take(LABELS).count() == LABELS
}

/// True when the text names the file or command that holds its list.
fn list_is_elsewhere(cx: &Context<'_>) -> bool {
    let text = cx.document.source().text.as_str();
    [
        "\\bibliography",
        "\\printbibliography",
        "\nbibliography:",
        "\nreferences:",
        "ADDIN EN.REFLIST",
        "ZOTERO_BIBL",
    ]
    .iter()
    .any(|word| text.contains(word))
}
