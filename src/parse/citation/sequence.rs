//! Choosing readings by the order of first mention.
//!
//! Numeric citations appear first as 1, 2, 3 …: a dynamic programme over all markers keeps, for each
//! highest number reached so far, the cheapest way there, at most [`BEAM`] of them. Known numbers may
//! repeat at any time; a gap costs, so that one damaged marker never shifts what follows.

use super::readings::{How, Reading, Stretch};

/// States kept after each marker.
const BEAM: usize = 16;
/// A repeated number: almost free, yet the next number is preferred.
const REPEAT: u32 = 5;
/// A gap in the order, and each missing number up to [`GAP_MOST`].
const GAP: u32 = 100;
const GAP_EACH: u32 = 25;
const GAP_MOST: u32 = 12;
/// A number far beyond the order that is left out of it.
const OUTLIER: u32 = 350;
/// A number the list does not have.
const BEYOND: u32 = 300;
/// Widest range that is followed number by number.
pub const WIDEST: u32 = 300;

/// The reading chosen for one marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Index into the marker's readings.
    pub reading: usize,
    /// Highest number of the order before it.
    pub top: u32,
}

#[derive(Clone, Copy)]
struct State {
    top: u32,
    cost: u32,
    /// The last choice on the way here, in the arena.
    step: u32,
}

#[derive(Clone, Copy)]
struct Step {
    before: u32,
    choice: Choice,
    marker: u32,
}

const NONE: u32 = u32::MAX;

/// Choose one reading for each marker; `last` is the highest number of the list.
pub fn choose(markers: &[Vec<Reading>], last: Option<u32>) -> Vec<Choice> {
    let mut states = vec![State { top: 0, cost: 0, step: NONE }];
    let mut steps: Vec<Step> = Vec::new();
    let mut next: Vec<State> = Vec::new();
    for (at, readings) in markers.iter().enumerate() {
        next.clear();
        for state in &states {
            for (index, reading) in readings.iter().enumerate() {
                let Some(ways) = advance(state.top, reading, last) else { continue };
                for (top, cost) in ways.into_iter().flatten() {
                    let step = if readings.len() > 1 {
                        let choice = Choice { reading: index, top: state.top };
                        steps.push(Step { before: state.step, choice, marker: at as u32 });
                        steps.len() as u32 - 1
                    } else {
                        state.step
                    };
                    keep(&mut next, State { top, cost: state.cost.saturating_add(cost), step });
                }
            }
        }
        if next.is_empty() {
            continue;
        }
        next.sort_by_key(|state| (state.cost, state.top));
        next.truncate(BEAM);
        std::mem::swap(&mut states, &mut next);
    }
    let mut choices = vec![Choice { reading: 0, top: 0 }; markers.len()];
    let best = states.iter().min_by_key(|state| (state.cost, state.top));
    let mut step = best.map_or(NONE, |state| state.step);
    while let Some(found) = steps.get(step as usize) {
        choices[found.marker as usize] = found.choice;
        step = found.before;
    }
    choices
}

/// Keep the cheapest way to each highest number.
fn keep(states: &mut Vec<State>, new: State) {
    match states.iter_mut().find(|state| state.top == new.top) {
        Some(old) if old.cost <= new.cost => {}
        Some(old) => *old = new,
        None => states.push(new),
    }
}

/// Where a reading leads from a highest number, and at what cost: into the order, or past it as an
/// outlier. `None` when the reading needs the next number and has another.
fn advance(top: u32, reading: &Reading, last: Option<u32>) -> Option<[Option<(u32, u32)>; 2]> {
    match reading.how {
        How::Next(count) => {
            let reached = top + count;
            let beyond = last.is_some_and(|last| reached > last);
            return (!beyond).then_some([Some((reached, reading.cost)), None]);
        }
        How::Unknown | How::Nothing => return Some([Some((top, reading.cost)), None]),
        _ => {}
    }
    if reading.next_only && reading.numbers.first().is_none_or(|(first, _)| *first != top + 1) {
        return None;
    }
    let (mut reached, mut cost, mut widest) = (top, reading.cost, 0);
    for &(first, end) in &reading.numbers {
        let end = end.min(first.saturating_add(WIDEST));
        if last.is_some_and(|last| end > last) {
            cost += BEYOND;
        } else if end <= reached {
            cost += REPEAT;
        } else if first <= reached + 1 {
            reached = end;
        } else {
            let gap = first - reached - 1;
            widest = widest.max(gap);
            cost += GAP + GAP_EACH * gap.min(GAP_MOST);
            reached = end;
        }
    }
    let outlier = (widest >= 3).then_some((top, reading.cost + OUTLIER));
    Some([Some((reached, cost)), outlier])
}

/// The numbers a choice stands for.
pub fn meaning(reading: &Reading, choice: Choice) -> Vec<Stretch> {
    match reading.how {
        How::Next(count) => vec![(choice.top + 1, choice.top + count)],
        _ => reading.numbers.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::readings::readings;
    use super::super::scan::scan;
    use super::*;

    fn read(text: &str, last: Option<u32>) -> Vec<Vec<Stretch>> {
        let all: Vec<Vec<Reading>> = scan(text, true).iter().map(|c| readings(c, last)).collect();
        let choices = choose(&all, last);
        all.iter().zip(choices).map(|(readings, choice)| meaning(&readings[choice.reading], choice)).collect()
    }

    fn numbers(text: &str, last: Option<u32>) -> Vec<Stretch> {
        read(text, last).into_iter().flatten().collect()
    }

    #[test]
    fn order_tells_what_damaged_markers_mean() {
        let text = "甲1]。乙[2]。丙[3-9]。丁[10]。戊[]。己[12]。庚[13-16]。辛[17。壬[18,19]。癸【20]。";
        assert_eq!(
            numbers(text, None),
            [
                (1, 1),
                (2, 2),
                (3, 9),
                (10, 10),
                (11, 11),
                (12, 12),
                (13, 16),
                (17, 17),
                (18, 18),
                (19, 19),
                (20, 20)
            ]
        );
        assert_eq!(
            numbers("甲[1-39]。乙[401。丙[41,丁戊[42]。", None),
            [(1, 39), (40, 40), (41, 41), (42, 42)]
        );
        assert_eq!(numbers("甲[1-3]。乙[46。丙[7-9]。", Some(28)), [(1, 3), (4, 6), (7, 9)]);
        assert_eq!(numbers("甲[1-5]。乙[678]。丙[9]。", Some(60)), [(1, 5), (6, 8), (9, 9)]);
    }

    #[test]
    fn one_wild_number_does_not_move_the_others() {
        assert_eq!(numbers("甲[1]。乙[2]。丙[300]。丁[3]。戊[。己[5]。", Some(9)).last(), Some(&(5, 5)));
        assert_eq!(
            numbers("甲[1]。乙[2]。丙[87]。丁[3]。戊[]。己[5]。", None),
            [(1, 1), (2, 2), (87, 87), (3, 3), (4, 4), (5, 5)]
        );
    }

    #[test]
    fn many_markers_stay_cheap() {
        let text = "甲[。乙[1]。丙2]。".repeat(20_000);
        assert!(read(&text, Some(50)).len() == 60_000);
        let text: String = (1..30_000).map(|n| format!("甲[{}]。", n * 7)).collect();
        assert!(!read(&text, None).is_empty());
    }
}
