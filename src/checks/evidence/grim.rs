//! Means that no whole numbers can have (GRIM: Brown & Heathers 2017, Soc Psychol Personal Sci 8:363-369) and
//! spreads that no shares can have (DEBIT: Heathers & Brown 2019).

/// True when the mean of `n × items` whole numbers can print as `digits / 10^decimals`, rounded half up or
/// half down. For a percentage count two decimals more.
pub fn grim(digits: u64, decimals: u32, n: u64, items: u64) -> bool {
    let Some(unit) = 10u128.checked_pow(decimals) else { return true };
    let total = u128::from(n) * u128::from(items);
    if total == 0 {
        return true;
    }
    let rest = (u128::from(digits) * total) % unit;
    2 * rest.min(unit - rest) <= total
}

/// True when `n` zeros and ones with this mean can have this standard deviation; `half_*` are half units of
/// the last printed digits.
pub fn debit(mean: f64, half_mean: f64, sd: f64, half_sd: f64, n: f64) -> bool {
    let spread = |m: f64| (n / (n - 1.0) * m * (1.0 - m)).max(0.0).sqrt();
    let (low, high) = ((mean - half_mean).max(0.0), (mean + half_mean).min(1.0));
    let ends = (spread(low), spread(high));
    let most = if low <= 0.5 && high >= 0.5 { spread(0.5) } else { ends.0.max(ends.1) };
    let least = ends.0.min(ends.1);
    const TINY: f64 = 1e-12;
    least <= sd + half_sd + TINY && most >= sd - half_sd - TINY
}
