//! Chapters: which list serves which markers, and what each marker means in its order.

use super::collect::{Placed, printed};
use super::marker::{Chapter, Damage, Marker};
use super::readings::{How, Reading, readings};
use super::sequence::{choose, meaning};
use crate::document::{Document, Span, Zone};
use crate::finding::Confidence;
use crate::parse::reference::{List, Numbering, References};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Most numbers that one empty marker may stand for.
const FILL: u32 = 3;

/// Build markers and chapters from the candidates of the document's scheme.
pub fn build(
    document: &Document,
    references: &References,
    kind: Numbering,
    candidates: Vec<Placed>,
) -> (Vec<Marker>, Vec<Chapter>) {
    let groups = groups(&references.lists, kind);
    let place = |span: Span| document.to_source(span).first().map_or(span.start, |source| source.start);
    let ends: Vec<usize> = groups.iter().map(|group| place(references.lists[group.start].span)).collect();
    let mut placed: Vec<(usize, Placed)> = candidates
        .into_iter()
        .map(|candidate| {
            // one list serves all: places need not be compared
            let at = if groups.len() < 2 { 0 } else { place(candidate.0.span) };
            let chapter = ends.partition_point(|end| *end < at).min(groups.len().saturating_sub(1));
            (chapter, candidate)
        })
        .collect();
    placed.sort_by_key(|(chapter, (candidate, _))| (*chapter, candidate.span.start));
    let mut markers = Vec::with_capacity(placed.len());
    let mut chapters = Vec::new();
    let count = groups.len().max(1);
    let mut rest = placed.into_iter().peekable();
    for index in 0..count {
        let group = groups.get(index).cloned().unwrap_or(0..0);
        let last = references.lists[group.clone()].iter().filter_map(List::last_number).max();
        let mut own = Vec::new();
        while let Some((_, candidate)) = rest.next_if(|(chapter, _)| *chapter == index) {
            own.push(candidate);
        }
        let start = markers.len();
        read(&own, index, last, &mut markers);
        let mut chapter = Chapter { lists: group, last, markers: start..markers.len(), ..Chapter::default() };
        confirm_empty(&mut markers[start..]);
        close_ranges(&mut markers[start..]);
        join_ranges(document, &mut markers[start..]);
        count_mentions(&markers, &mut chapter);
        neighbours(&mut markers[start..]);
        chapters.push(chapter);
    }
    (markers, chapters)
}

/// Lists that go on numbering where the one before ended belong together.
fn groups(lists: &[List], kind: Numbering) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut highest = 0;
    for (index, list) in lists.iter().enumerate().filter(|(_, list)| list.numbering == kind) {
        let first = list.entries.iter().find_map(|entry| entry.number).unwrap_or(1);
        match out.last_mut() {
            Some(group) if first > highest => group.end = index + 1,
            _ => out.push(index..index + 1),
        }
        highest = list.last_number().unwrap_or(highest);
    }
    out
}

/// Choose the readings of one chapter's candidates and keep them as markers.
fn read(own: &[Placed], chapter: usize, last: Option<u32>, markers: &mut Vec<Marker>) {
    let body: Vec<usize> = (0..own.len()).filter(|at| own[*at].1 == Zone::Body).collect();
    let all: Vec<Vec<Reading>> = body.iter().map(|at| readings(&own[*at].0, last)).collect();
    let choices = choose(&all, last);
    let mut chosen = body.iter().zip(all.iter().zip(&choices)).peekable();
    for (at, (candidate, zone)) in own.iter().enumerate() {
        let (numbers, how) = match chosen.next_if(|(index, _)| **index == at) {
            Some((_, (readings, choice))) => {
                let reading = &readings[choice.reading];
                (meaning(reading, *choice), reading.how)
            }
            None => (printed(candidate), How::Printed),
        };
        if how == How::Nothing {
            continue;
        }
        let damage =
            if how == How::Glued { candidate.damage.or(Some(Damage::Glued)) } else { candidate.damage };
        markers.push(Marker {
            span: candidate.span,
            shape: candidate.shape,
            open: candidate.open,
            close: candidate.close,
            damage,
            items: candidate.items.clone(),
            reading: numbers,
            how,
            confidence: if damage.is_some() { Confidence::Medium } else { Confidence::High },
            zone: *zone,
            chapter,
            locator: candidate.locator,
            separators: candidate.body.separators.clone(),
            dashes: candidate.body.dashes.clone(),
            before: 0,
            after: None,
        });
    }
}

/// An empty marker keeps its number only where printed markers cite the numbers before and after it,
/// and none cites its own.
fn confirm_empty(markers: &mut [Marker]) {
    let printed: HashSet<u32> =
        markers.iter().filter(|marker| !marker.items.is_empty()).flat_map(Marker::numbers).collect();
    for marker in markers.iter_mut().filter(|marker| matches!(marker.how, How::Next(_))) {
        let [(first, last)] = marker.reading.as_slice() else { continue };
        let before = *first == 1 || printed.contains(&(first - 1));
        if !(before && printed.contains(&(last + 1)) && !marker.numbers().any(|n| printed.contains(&n))) {
            marker.reading.clear();
            marker.how = How::Unknown;
        }
    }
}

/// A range without its last number ends before the next number printed after it.
fn close_ranges(markers: &mut [Marker]) {
    for at in 0..markers.len() {
        let (How::Upto(_), Some(&(first, _))) = (markers[at].how, markers[at].reading.last()) else {
            continue;
        };
        let next = markers[at + 1..].iter().filter(|marker| marker.in_order()).take(6).find_map(|marker| {
            let due =
                marker.items.iter().map(|item| item.first).filter(|n| (first + 2..first + 10).contains(n));
            due.min()
        });
        if let (Some(next), Some(end)) = (next, markers[at].reading.last_mut()) {
            end.1 = next - 1;
        }
    }
}

/// An empty marker between two first mentions stands for the numbers between them, where nothing else cites
/// those: asked once more when all other readings are settled.
pub fn fill_empty(markers: &mut [Marker], chapter: &mut Chapter, bare: &HashMap<u32, Vec<Span>>) {
    let mut changed = false;
    for at in chapter.markers.clone() {
        let marker = &markers[at];
        let open = marker.damage == Some(Damage::Empty) && marker.how == How::Unknown && marker.in_order();
        let Some(after) = marker.after.filter(|_| open) else { continue };
        let (first, mut last) = (marker.before + 1, after.saturating_sub(1));
        let place = chapter.cited.get(&after).map_or(usize::MAX, |at| markers[*at].span.start);
        let near = |number: &u32| {
            let between = |span: &Span| (marker.span.end..place).contains(&span.start);
            bare.get(number).is_some_and(|spans| spans.iter().any(between))
        };
        // a number that lost its dress is the citation of its own place
        if let Some(number) = (first + 1..=last.min(first + FILL)).find(near) {
            last = number - 1;
        }
        let free = |number| !chapter.cited.contains_key(&number) && chapter.last.is_none_or(|l| number <= l);
        if last < first || last - first >= FILL || !(first..=last).all(free) {
            continue;
        }
        let alone = markers[chapter.markers.clone()].iter().enumerate().all(|(other, marker)| {
            let same = marker.how == How::Unknown && marker.damage == Some(Damage::Empty);
            !same || other + chapter.markers.start == at || marker.before + 1 != first
        });
        if alone {
            markers[at].reading = vec![(first, last)];
            markers[at].how = How::Next(last - first + 1);
            changed = true;
        }
    }
    if changed {
        count_mentions(markers, chapter);
        neighbours(&mut markers[chapter.markers.clone()]);
    }
}

/// `[1]-[3]` is a range over two markers.
fn join_ranges(document: &Document, markers: &mut [Marker]) {
    for at in 1..markers.len() {
        let (left, right) = markers.split_at_mut(at);
        let (Some(one), Some(two)) = (left.last_mut(), right.first()) else { continue };
        let ([a], [b]) = (one.items.as_slice(), two.items.as_slice()) else { continue };
        let gap = two.span.start.saturating_sub(one.span.end);
        if gap == 0 || gap > 6 || a.last >= b.first || b.first - a.last > 60 || two.span.start < one.span.end
        {
            continue;
        }
        let between = document.slice(Span::new(one.span.end, two.span.start)).trim();
        let mut chars = between.chars();
        let dash = chars.next().is_some_and(|c| super::body::DASHES.contains(c));
        if dash && chars.next().is_none() && one.close.is_some() && two.open.is_some() {
            one.reading.push((a.last, b.first));
        }
    }
}

/// Which numbers the chapter cites, and which only damaged or doubtful markers may cite.
pub fn count_mentions(markers: &[Marker], chapter: &mut Chapter) {
    chapter.cited.clear();
    chapter.doubtful.clear();
    chapter.unread = 0;
    for at in chapter.markers.clone() {
        let marker = &markers[at];
        if marker.zone == Zone::Front {
            continue;
        }
        chapter.unread += usize::from(marker.reading.is_empty());
        for number in marker.numbers() {
            chapter.cited.entry(number).or_insert(at);
        }
        if marker.damage.is_some() {
            for item in &marker.items {
                for number in super::numbers_of(item.first.min(item.last), item.first.max(item.last)) {
                    chapter.doubtful.entry(number).or_insert(at);
                }
            }
        }
    }
}

/// For each marker of the running text: the highest number before it and the next new number after.
pub fn neighbours(markers: &mut [Marker]) {
    let mut top = 0;
    for marker in markers.iter_mut().filter(|marker| marker.in_order()) {
        marker.before = top;
        if marker.how != How::Printed || marker.damage.is_none() {
            let reach = marker.reading.iter().map(|(_, last)| *last).max().unwrap_or(0);
            // a wild number is no neighbour
            top = if reach < top + 40 { top.max(reach) } else { top };
        } else {
            top = top.max(marker.reading.iter().map(|(_, last)| *last).max().unwrap_or(0));
        }
    }
    let mut later: Vec<(u32, u32)> = Vec::new();
    for marker in markers.iter_mut().rev().filter(|marker| marker.in_order()) {
        // the nearest marker after this one that cites a number above all before it
        let above = marker.before.max(marker.reading.iter().map(|(_, last)| *last).max().unwrap_or(0));
        marker.after = later.iter().rev().take(24).find(|(top, _)| *top > above).map(|(_, first)| *first);
        let first = marker.reading.iter().map(|(first, _)| *first).filter(|n| *n > marker.before).min();
        if let (Some(first), Some(last)) = (first, marker.reading.iter().map(|(_, last)| *last).max()) {
            later.push((last, first));
        }
    }
}
