//! What a candidate may mean: its possible readings, each with a cost.
//!
//! Costs are hundredths: 100 is one damaged sign.

use super::body::Item;
use super::marker::Damage;
use super::scan::Candidate;

/// A stretch of numbers, first and last.
pub type Stretch = (u32, u32);

/// How a reading was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The numbers as printed.
    Printed,
    /// The closing bracket was read as the digit 1.
    CloseAsOne,
    /// The opening bracket was read as the digit 1.
    OpenAsOne,
    /// Numbers ran together.
    Glued,
    /// A range without its last number goes on to this many numbers after its first.
    Upto(u32),
    /// An empty marker stands for the next numbers.
    Next(u32),
    /// A marker whose number cannot be told.
    Unknown,
    /// No marker at all.
    Nothing,
}

/// Most numbers that the lost end of a range may lie behind its first.
const OPEN_RANGE: u32 = 8;

/// One reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The numbers; empty for [`How::Next`], [`How::Unknown`] and [`How::Nothing`].
    pub numbers: Vec<Stretch>,
    /// How it was made.
    pub how: How,
    /// How unlikely the damage is.
    pub cost: u32,
    /// True when it counts only as the next number in the order of first mention.
    pub next_only: bool,
}

impl Reading {
    fn new(numbers: Vec<Stretch>, how: How, cost: u32) -> Self {
        Self { numbers, how, cost, next_only: false }
    }
}

/// The stretch of an item, in rising order.
pub fn stretch(item: &Item) -> Stretch {
    (item.first.min(item.last), item.first.max(item.last))
}

/// All readings of a candidate, that as printed first where there is one. `last` is the highest number of the
/// reference list.
pub fn readings(candidate: &Candidate, last: Option<u32>) -> Vec<Reading> {
    let printed: Vec<Stretch> = candidate.items.iter().map(stretch).collect();
    let glued = glued(candidate, last);
    let mut out = Vec::new();
    match candidate.damage {
        None => {
            out.push(Reading::new(printed, How::Printed, 0));
            out.extend(glued);
        }
        Some(Damage::LostClosing) => {
            out.push(Reading::new(printed.clone(), How::Printed, 100));
            out.extend(without_last_one(&candidate.items).map(|n| Reading::new(n, How::CloseAsOne, 120)));
            out.extend(glued.into_iter().map(|r| Reading { cost: r.cost + 80, ..r }));
            out.push(Reading::new(Vec::new(), How::Nothing, if candidate.glued { 150 } else { 250 }));
        }
        Some(Damage::LostOpening) => {
            out.push(Reading::new(printed.clone(), How::Printed, 100));
            out.extend(without_first_one(&candidate.items).map(|n| Reading::new(n, How::OpenAsOne, 165)));
            out.push(Reading::new(Vec::new(), How::Nothing, if candidate.glued { 60 } else { 250 }));
        }
        Some(Damage::Empty) => {
            out.push(Reading::new(Vec::new(), How::Unknown, 150));
            out.push(Reading::new(Vec::new(), How::Next(1), 100));
            out.push(Reading::new(Vec::new(), How::Next(2), 130));
            out.push(Reading::new(Vec::new(), How::Next(3), 160));
        }
        Some(Damage::OpenRange) => {
            let first = printed.last().map_or(0, |(_, last)| *last);
            out.push(Reading::new(printed.clone(), How::Printed, 101));
            for more in 1..=OPEN_RANGE {
                let mut numbers = printed.clone();
                if let Some(end) = numbers.last_mut() {
                    end.1 = first.saturating_add(more);
                }
                // it tells something only where it begins with the number that is due
                let reading = Reading::new(numbers, How::Upto(more), 100 + 15 * more);
                out.push(Reading { next_only: printed.len() == 1, ..reading });
            }
        }
        Some(Damage::Dotted) if !super::body::rises(&candidate.items) => {
            out.push(Reading::new(Vec::new(), How::Nothing, 200));
            out.extend(glued.into_iter().map(|r| Reading { cost: r.cost + 30, ..r }));
        }
        Some(Damage::Alike | Damage::Spaced | Damage::Dotted | Damage::Mismatched) => {
            out.push(Reading::new(printed, How::Printed, 30));
            out.extend(glued.into_iter().map(|r| Reading { cost: r.cost + 30, ..r }));
            out.push(Reading::new(Vec::new(), How::Nothing, 250));
        }
        Some(Damage::Glued | Damage::LostDigit | Damage::Stray) => {
            out.push(Reading::new(printed, How::Printed, 0));
        }
    }
    out
}

/// `401` → 40: the last item without a final 1.
fn without_last_one(items: &[Item]) -> Option<Vec<Stretch>> {
    let last = items.last()?;
    let (number, low) = (last.last, if last.range { last.first } else { 0 });
    (number > 10 && number % 10 == 1 && number / 10 > low).then(|| {
        let mut numbers: Vec<Stretch> = items.iter().map(stretch).collect();
        if let Some(end) = numbers.last_mut() {
            *end = if last.range { (last.first, number / 10) } else { (number / 10, number / 10) };
        }
        numbers
    })
}

/// `17` → 7: the first item without a leading 1.
fn without_first_one(items: &[Item]) -> Option<Vec<Stretch>> {
    let first = items.first()?;
    let digits = first.first.checked_ilog10()?;
    let rest = first.first.checked_sub(10u32.checked_pow(digits)?)?;
    (digits > 0 && rest > 0 && rest < 10u32.pow(digits) && rest.ilog10() + 1 == digits).then(|| {
        let mut numbers: Vec<Stretch> = items.iter().map(stretch).collect();
        numbers[0] = if first.range { (rest, first.last) } else { (rest, rest) };
        numbers
    })
}

/// `678` → 6–8, `46` → 4–6, `68,14` → 6–8, 14: the one number beyond the list, which two rising numbers were
/// glued into.
fn glued(candidate: &Candidate, last: Option<u32>) -> Vec<Reading> {
    let beyond = |item: &&Item| last.map_or(item.first > 150, |last| item.first > last);
    let mut wild = candidate.items.iter().enumerate().filter(|(_, item)| beyond(item));
    let (Some((at, item)), None) = (wild.next(), wild.next()) else { return Vec::new() };
    if item.range || !(10..=999_999).contains(&item.first) {
        return Vec::new();
    }
    let alone = candidate.items.len() == 1;
    let whole = |mended: &[Stretch]| -> Vec<Stretch> {
        let others = |items: &[Item]| items.iter().map(stretch).collect::<Vec<_>>();
        [&others(&candidate.items[..at]), mended, &others(&candidate.items[at + 1..])].concat()
    };
    let highest = last.unwrap_or(item.first);
    // far beyond the list, so that no entry can be missing at its end; and no year
    let far = last.is_some_and(|last| item.first > 99 && item.first > last.saturating_mul(3))
        && !(1_900..2_100).contains(&item.first);
    let mut out = Vec::new();
    let mut power = 10;
    while power <= item.first {
        let (a, b) = (item.first / power, item.first % power);
        // a number never begins with 0
        let rising = b >= power / 10 && a < b && b <= highest;
        if rising && b - a <= 12 {
            let reading = Reading::new(whole(&[(a, b)]), How::Glued, 150);
            out.push(Reading { next_only: alone, ..reading });
        }
        // `613` → 6, 13
        if rising && alone && far {
            out.push(Reading::new(vec![(a, a), (b, b)], How::Glued, 160));
        }
        power *= 10;
    }
    // three digits in a row, each one more: 6, 7, 8 printed without their commas
    let (a, b, c) = (item.first / 100, item.first / 10 % 10, item.first % 10);
    if item.first < 1_000 && a > 0 && b == a + 1 && c == b + 1 && c <= highest {
        out.push(Reading::new(whole(&[(a, c)]), How::Glued, 155));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::scan::scan;
    use super::*;

    fn of(text: &str, last: Option<u32>) -> Vec<Vec<Stretch>> {
        let candidate = &scan(text, true)[0];
        readings(candidate, last).into_iter().map(|r| r.numbers).collect()
    }

    #[test]
    fn what_damaged_markers_may_mean() {
        assert!(of("症状[401。局", None).contains(&vec![(40, 40)]));
        assert!(of("症状[1-31。局", None).contains(&vec![(1, 3)]));
        assert!(of("症状17]。局", None).contains(&vec![(7, 7)]));
        assert!(of("症状[678]。局", Some(60)).contains(&vec![(6, 8)]));
        assert!(of("症状[46]。局", Some(28)).contains(&vec![(4, 6)]));
        assert!(of("症状[2022]。局", Some(60)).contains(&vec![(20, 22)]));
        assert!(of("症状[613]。局", Some(24)).contains(&vec![(6, 6), (13, 13)]));
        assert!(of("症状[68.14]。局", Some(24)).contains(&vec![(6, 8), (14, 14)]));
        assert!(of("症状[9-]。局", Some(24)).contains(&vec![(9, 11)]));
        assert_eq!(of("症状[46]。局", Some(60)), [vec![(46, 46)]]);
        assert_eq!(of("症状[1000000000000]。局", Some(60)).len(), 1);
        assert!(of("症状10]。局", None).len() == 2 && of("症状1]。局", None).len() == 2);
    }
}
