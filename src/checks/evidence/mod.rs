//! Checks of the evidence family.

pub mod distribution;
pub mod grim;

use super::Kind;
use crate::parse::evidence::{Quantity, unit::Units};

/// The kinds of this family.
pub const KINDS: &[Kind] = &[];

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
