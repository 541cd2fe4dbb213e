//! Doubts about whole markers: `[3]` between [32] and [34], where 33 is cited nowhere.

use super::chapter::{count_mentions, neighbours};
use super::marker::{Chapter, Damage, Marker};
use super::readings::How;
use crate::document::{Document, Span, is_han};
use crate::finding::Confidence;
use crate::parse::reference::{List, References};
use std::collections::HashSet;

/// Bytes of the sentence before a marker that are compared with entries.
const SENTENCE: usize = 300;

/// Mark whole markers that lost a digit. Only where exactly one number is missing between two
/// neighbours in the order of first mention, is cited nowhere, and exactly one marker between them
/// gives it when one digit is put back.
pub fn doubt(document: &Document, markers: &mut [Marker], chapters: &mut [Chapter], references: &References) {
    for chapter in chapters {
        let highest = chapter.cited.keys().copied().filter(|n| *n < 10_000).max().unwrap_or(0);
        let missing: Vec<u32> =
            (10..=highest + 1).filter(|n| !chapter.cited.contains_key(n)).take(200).collect();
        let mut changed = false;
        for number in missing {
            let lists = &references.lists[chapter.lists.clone()];
            if !lists.is_empty() && !lists.iter().any(|list| list.has(number)) {
                continue;
            }
            let two = !chapter.cited.contains_key(&(number + 1)) && chapter.cited.contains_key(&(number + 2));
            let Some(at) = suspect(markers, chapter, number, two) else { continue };
            let ends = !two && !chapter.cited.contains_key(&(number + 1));
            if !speaks_for_itself(document, &markers[at], lists, number) {
                settle(&mut markers[at], number, ends);
                if two {
                    markers[at].reading.push((number + 1, number + 1));
                }
                changed = true;
            }
        }
        if changed {
            count_mentions(markers, chapter);
            neighbours(&mut markers[chapter.markers.clone()]);
        }
    }
}

/// `[I]` and `[l]` may be 11 as well as 1: the words of the sentence decide where they stand in one of
/// the two entries only.
pub fn lone_letters(
    document: &Document,
    markers: &mut [Marker],
    chapters: &[Chapter],
    references: &References,
) {
    for marker in markers.iter_mut().filter(|marker| marker.damage == Some(Damage::Alike)) {
        let [item] = marker.items.as_slice() else { continue };
        let letter = matches!(document.slice(item.span), "I" | "l" | "i" | "|");
        let Some(chapter) = chapters.get(marker.chapter).filter(|_| letter) else { continue };
        let lists = &references.lists[chapter.lists.clone()];
        let (one, eleven) = (shared(document, marker, lists, 1), shared(document, marker, lists, 11));
        if one == 0 && eleven > 0 {
            marker.reading = vec![(11, 11)];
        }
    }
}

/// The one marker that would complete the order: with `number`, or with it and the next, where `two` are missing.
fn suspect(markers: &[Marker], chapter: &Chapter, number: u32, two: bool) -> Option<usize> {
    let &from = chapter.cited.get(&(number - 1))?;
    let last = number + u32::from(two);
    let upto = match chapter.cited.get(&(last + 1)).copied() {
        Some(upto) => upto,
        // the last number of all: nothing after it tells where it should stand
        None if chapter.cited.keys().any(|n| *n > last && *n < 10_000) => return None,
        None => chapter.markers.end.min(from + 8),
    };
    if upto <= from + 1 || upto - from > 40 {
        return None;
    }
    let fits = |marker: &Marker| {
        marker.in_order()
            && marker.damage.is_none()
            && marker.open.is_some()
            && matches!(marker.items.as_slice(), [item] if !item.range
                && lost_digit(number, item.first)
                && (!two || lost_digit(last, item.first)))
    };
    let mut candidates = (from + 1..upto).filter(|at| fits(&markers[*at]));
    match (candidates.next(), candidates.next()) {
        (Some(at), None) => Some(at),
        _ => None,
    }
}

fn settle(marker: &mut Marker, number: u32, ends: bool) {
    marker.damage = Some(Damage::LostDigit);
    marker.confidence = if ends { Confidence::Low } else { Confidence::Medium };
    marker.how = How::Unknown;
    // without a number after it, both readings stay open
    if !ends {
        marker.reading = vec![(number, number)];
    }
}

/// True when the sentence before the marker shares more words with the entry printed than with the
/// one that might be meant.
fn speaks_for_itself(document: &Document, marker: &Marker, lists: &[List], number: u32) -> bool {
    let printed = marker.items.first().map_or(0, |item| shared(document, marker, lists, item.first));
    printed > 2 && printed > shared(document, marker, lists, number) * 2
}

/// How many words the sentence before a marker shares with an entry.
fn shared(document: &Document, marker: &Marker, lists: &[List], number: u32) -> usize {
    let Some(block) = document.block_at(marker.span.start) else { return 0 };
    let mut from = marker.span.start.saturating_sub(SENTENCE).max(block.span.start);
    while !document.text().is_char_boundary(from) {
        from += 1;
    }
    let sentence = pairs(document.slice(Span::new(from, marker.span.start)));
    let entry = lists.iter().find_map(|list| list.numbered(number).next());
    entry.map_or(0, |entry| {
        let words = pairs(super::body::clip(document.slice(entry.span), 600));
        sentence.intersection(&words).count()
    })
}

/// Pairs of neighbouring Han characters, and Latin words of four letters or more.
fn pairs(text: &str) -> HashSet<String> {
    let mut out = HashSet::new();
    let mut before = None;
    for c in text.chars() {
        if let (Some(one), true) = (before, is_han(c)) {
            out.insert([one, c].iter().collect());
        }
        before = is_han(c).then_some(c);
    }
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 3);
    out.extend(words.map(str::to_lowercase));
    out
}

/// True when `printed` is `number` with one digit left out.
fn lost_digit(number: u32, printed: u32) -> bool {
    let mut power = 1;
    while power <= number {
        let without = number / (power * 10) * power + number % power;
        if without == printed && printed > 0 && printed < number {
            return true;
        }
        power *= 10;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::lost_digit;

    #[test]
    fn one_digit_may_be_lost() {
        for (number, printed) in [(33, 3), (45, 4), (45, 5), (123, 13), (123, 12), (123, 23), (105, 15)] {
            assert!(lost_digit(number, printed), "{number} {printed}");
        }
        for (number, printed) in [(33, 34), (123, 1), (45, 54), (40, 0)] {
            assert!(!lost_digit(number, printed), "{number} {printed}");
        }
    }
}
