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
    /// An empty marker stands for the next numbers.
    Next(u32),
    /// A marker whose number cannot be told.
    Unknown,
    /// No marker at all.
    Nothing,
}

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

/// All readings of a candidate; the first is the one as printed. `last` is the highest number of the
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
        Some(Damage::Alike | Damage::Spaced | Damage::Dotted | Damage::Mismatched) => {
            out.push(Reading::new(printed, How::Printed, 30));
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

/// `678` → 6–8, `46` → 4–6: a number beyond the list that two rising numbers were glued into.
fn glued(candidate: &Candidate, last: Option<u32>) -> Vec<Reading> {
    let [item] = candidate.items.as_slice() else { return Vec::new() };
    let beyond = last.map_or(item.first > 150, |last| item.first > last);
    if item.range || !beyond || !(10..=999_999).contains(&item.first) {
        return Vec::new();
    }
    let highest = last.unwrap_or(item.first);
    let mut out = Vec::new();
    let mut power = 10;
    while power <= item.first {
        let (a, b) = (item.first / power, item.first % power);
        // a number never begins with 0
        if b >= power / 10 && a < b && b <= highest && b - a <= 12 {
            let mut reading = Reading::new(vec![(a, b)], How::Glued, 150);
            reading.next_only = true;
            out.push(reading);
        }
        power *= 10;
    }
    // three digits in a row, each one more: 6, 7, 8 printed without their commas
    let (a, b, c) = (item.first / 100, item.first / 10 % 10, item.first % 10);
    if item.first < 1_000 && a > 0 && b == a + 1 && c == b + 1 && c <= highest {
        out.push(Reading::new(vec![(a, c)], How::Glued, 160));
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
        assert_eq!(of("症状[46]。局", Some(60)), [vec![(46, 46)]]);
        assert_eq!(of("症状[1000000000000]。局", Some(60)).len(), 1);
        assert!(of("症状10]。局", None).len() == 2 && of("症状1]。局", None).len() == 2);
    }
}
