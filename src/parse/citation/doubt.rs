//! Doubts about whole markers: `[3]` between [32] and [34], where 33 is cited nowhere.

use super::chapter::{count_mentions, neighbours};
use super::marker::{Chapter, Damage, Marker};
use super::readings::How;
use crate::finding::Confidence;
use crate::parse::reference::References;

/// Mark whole markers that lost a digit. Only where exactly one number is missing between two
/// neighbours in the order of first mention, is cited nowhere, and exactly one marker between them
/// gives it when one digit is put back.
pub fn doubt(markers: &mut [Marker], chapters: &mut [Chapter], references: &References) {
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
            changed |= doubt_one(markers, chapter, number);
        }
        if changed {
            count_mentions(markers, chapter);
            neighbours(&mut markers[chapter.markers.clone()]);
        }
    }
}

fn doubt_one(markers: &mut [Marker], chapter: &Chapter, number: u32) -> bool {
    let Some(&from) = chapter.cited.get(&(number - 1)) else { return false };
    let after = chapter.cited.get(&(number + 1)).copied();
    let upto = match after {
        Some(upto) => upto,
        // the last number of all: nothing after it tells where it should stand
        None if chapter.cited.keys().any(|n| *n > number && *n < 10_000) => return false,
        None => chapter.markers.end.min(from + 8),
    };
    if upto <= from + 1 || upto - from > 40 {
        return false;
    }
    let fits = |marker: &Marker| {
        marker.in_order()
            && marker.damage.is_none()
            && marker.open.is_some()
            && matches!(marker.items.as_slice(), [item] if !item.range && lost_digit(number, item.first))
    };
    let mut candidates = (from + 1..upto).filter(|at| fits(&markers[*at]));
    let (Some(at), None) = (candidates.next(), candidates.next()) else { return false };
    let marker = &mut markers[at];
    marker.damage = Some(Damage::LostDigit);
    marker.confidence = if after.is_some() { Confidence::Medium } else { Confidence::Low };
    marker.how = How::Unknown;
    // without a number after it, both readings stay open
    if after.is_some() {
        marker.reading = vec![(number, number)];
    }
    true
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
