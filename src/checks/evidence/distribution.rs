//! P values of test statistics, with the statistic's own rounding; after statcheck (Nuijten et al. 2016,
//! Behav Res Methods 48:1205-1226): a printed P is wrong only when no unrounded statistic could give it.

use crate::parse::evidence::statistic::{Relation, Test};
use statrs::function::beta::checked_beta_reg;
use statrs::function::erf::erfc;
use statrs::function::gamma::checked_gamma_ur;

/// What a recomputation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// No statistic that rounds to the printed one gives the printed P.
    pub error: bool,
    /// The other side of 0.05 as well.
    pub decision: bool,
}

/// Two-sided P of a statistic (its absolute value); `None` without its degrees of freedom.
pub fn p_value(test: Test, df: [Option<f64>; 2], value: f64) -> Option<f64> {
    let value = value.abs();
    let t = |t: f64, df: f64| checked_beta_reg(df / 2.0, 0.5, df / (df + t * t)).ok();
    let positive = |df: Option<f64>| df.filter(|df| *df > 0.0);
    match test {
        Test::T => t(value, positive(df[0])?),
        Test::R => {
            let df = positive(df[0])?;
            if value >= 1.0 {
                return Some(0.0);
            }
            t(value * (df / (1.0 - value * value)).sqrt(), df)
        }
        Test::F => {
            let (a, b) = (positive(df[0])?, positive(df[1])?);
            checked_beta_reg(b / 2.0, a / 2.0, b / (b + a * value)).ok()
        }
        Test::Chi2 => {
            let df = positive(df[0])?;
            if value <= 0.0 { Some(1.0) } else { checked_gamma_ur(df / 2.0, value / 2.0).ok() }
        }
        Test::Z => Some(erfc(value / std::f64::consts::SQRT_2)),
    }
}

/// The lowest and highest P of all statistics that round to `value` at `half_unit`.
pub fn bounds(test: Test, df: [Option<f64>; 2], value: f64, half_unit: f64) -> Option<(f64, f64)> {
    let low = p_value(test, df, value + half_unit)?;
    let high = p_value(test, df, (value - half_unit).max(0.0))?;
    Some((low, high))
}

/// The printed P (`relation`, `p` with `decimals`) against the bounds.
pub fn judge(relation: Relation, p: f64, decimals: u8, (low, high): (f64, f64)) -> Verdict {
    const ALPHA: f64 = 0.05;
    const TINY: f64 = 1e-12;
    let error = match relation {
        Relation::Equal => {
            let unit = 10f64.powi(i32::from(decimals));
            let round = |x: f64| (x * unit).round_ties_even() / unit;
            p > round(high) + TINY || p < round(low) - TINY
        }
        Relation::Less | Relation::AtMost => p < low - TINY,
        Relation::Greater | Relation::AtLeast => p > high + TINY,
    };
    let decision = error
        && match relation {
            Relation::Equal => (p <= ALPHA && low > ALPHA) || (p > ALPHA && high <= ALPHA),
            Relation::Less | Relation::AtMost => p <= ALPHA && low >= ALPHA,
            Relation::Greater | Relation::AtLeast => p >= ALPHA && high < ALPHA,
        };
    Verdict { error, decision }
}
