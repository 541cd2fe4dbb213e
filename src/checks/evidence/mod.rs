//! Checks of the evidence family.

mod abstracts;
mod arms;
mod cells;
mod classes;
mod conclusions;
mod databases;
mod definitions;
mod descending;
pub mod distribution;
mod enumeration;
mod flow;
pub mod grim;
mod intervals;
mod lists;
mod means;
mod moves;
mod opposites;
mod parts;
mod processes;
mod ratios;
mod recurring;
mod reference_range;
mod skeleton;
mod statistics;
mod sums;
mod titles;
mod user;
mod verdicts;
mod window;
mod within;

use super::Kind;
use crate::parse::evidence::{Quantity, unit::Units};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    definitions::KIND,
    within::KIND,
    descending::KIND,
    abstracts::KIND,
    ratios::PERCENT,
    ratios::SHARE,
    parts::KIND,
    flow::RISES,
    flow::INCLUDED,
    lists::KIND,
    window::PERIOD,
    window::OUTSIDE,
    statistics::RECOMPUTED,
    statistics::IMPOSSIBLE,
    statistics::ZERO,
    verdicts::KIND,
    intervals::KIND,
    means::KIND,
    titles::WORDS,
    titles::SYMBOLS,
    reference_range::KIND,
    user::KIND,
    cells::KIND,
    classes::LISTED,
    classes::ACROSS,
    processes::KIND,
    opposites::SAME,
    opposites::MICRO,
    conclusions::KIND,
];

/// True when two quantities of comparable units state different ends.
pub fn differs(units: &Units, a: &Quantity, b: &Quantity) -> bool {
    let (x, y) = (units.scale(&a.unit), units.scale(&b.unit));
    let same = |p: Option<f64>, q: Option<f64>| match (p, q) {
        (Some(p), Some(q)) => close(p * x, q * y),
        (None, None) => true,
        _ => false,
    };
    !(same(a.low, b.low) && same(a.high, b.high))
}

/// Equal but for the rounding of binary fractions.
pub fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(f64::MIN_POSITIVE)
}
