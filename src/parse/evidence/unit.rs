//! Units: printed forms to dimension and scale, compound units by their factors.

use serde::Deserialize;
use std::collections::HashMap;

/// Most factors of a compound unit (`mg·kg⁻¹·d⁻¹`).
const FACTORS: usize = 3;
/// Longest printed form of one factor, in bytes.
const LONGEST: usize = 24;

/// A unit as written in a table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitRecord {
    /// The form used in reports.
    pub symbol: String,
    /// What it measures.
    pub dimension: String,
    /// To the base of the dimension.
    pub scale: f64,
    /// Other printed forms.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A unit as read: up to three factors with their powers, and a counting power (万, million).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Unit {
    factors: [(u16, i8); FACTORS],
    count: u8,
    /// 万, 亿, million before the unit; 1 otherwise.
    pub multiplier: f64,
}

impl Unit {
    /// The single factor, when the unit has only one of power 1.
    pub fn simple(&self) -> Option<u16> {
        (self.count == 1 && self.factors[0].1 == 1).then_some(self.factors[0].0)
    }

    fn factors(&self) -> &[(u16, i8)] {
        &self.factors[..usize::from(self.count)]
    }
}

/// Words between a number and its unit that multiply it.
const MULTIPLIERS: &[(&str, f64)] =
    &[("亿", 1e8), ("千万", 1e7), ("百万", 1e6), ("万", 1e4), ("million ", 1e6), ("billion ", 1e9)];

/// All units.
#[derive(Debug, Default)]
pub struct Units {
    records: Vec<UnitRecord>,
    dimensions: Vec<String>,
    dimension: Vec<u16>,
    forms: HashMap<Box<str>, u16>,
    /// Longest form in bytes by first byte: bounds the look-ups.
    longest: Vec<u8>,
}

impl Units {
    /// Add units; a printed form that is known already keeps its first meaning.
    pub fn extend(&mut self, records: Vec<UnitRecord>) {
        if self.longest.is_empty() {
            self.longest = vec![0; 256];
        }
        for record in records {
            let known = self.dimensions.iter().position(|name| *name == record.dimension);
            let dimension = known.unwrap_or_else(|| {
                self.dimensions.push(record.dimension.clone());
                self.dimensions.len() - 1
            });
            let Ok(id) = u16::try_from(self.records.len()) else { return };
            self.dimension.push(u16::try_from(dimension).unwrap_or(u16::MAX));
            for form in std::iter::once(&record.symbol).chain(&record.aliases) {
                let Some(first) = form.bytes().next() else { continue };
                let len = u8::try_from(form.len().min(LONGEST)).unwrap_or(u8::MAX);
                let longest = &mut self.longest[usize::from(first)];
                *longest = (*longest).max(len);
                self.forms.entry(form.as_str().into()).or_insert(id);
            }
            self.records.push(record);
        }
    }

    /// The id of a printed form.
    pub fn id(&self, form: &str) -> Option<u16> {
        self.forms.get(form).copied()
    }

    /// Name of the dimension, when the unit is simple.
    pub fn dimension(&self, unit: &Unit) -> Option<&str> {
        let dimension = *self.dimension.get(usize::from(unit.simple()?))?;
        self.dimensions.get(usize::from(dimension)).map(String::as_str)
    }

    /// True when a quantity in one unit can be set against one in the other.
    pub fn comparable(&self, a: &Unit, b: &Unit) -> bool {
        a.count == b.count
            && a.factors().iter().zip(b.factors()).all(|(x, y)| x.1 == y.1 && self.same_dimension(x.0, y.0))
    }

    fn same_dimension(&self, a: u16, b: u16) -> bool {
        self.dimension.get(usize::from(a)) == self.dimension.get(usize::from(b))
    }

    /// What a printed value is multiplied with to reach the base of its dimension.
    pub fn scale(&self, unit: &Unit) -> f64 {
        unit.factors().iter().fold(unit.multiplier, |scale, (id, power)| {
            let one = self.records.get(usize::from(*id)).map_or(1.0, |record| record.scale);
            scale * one.powi(i32::from(*power))
        })
    }

    /// How reports write the unit.
    pub fn show(&self, unit: &Unit) -> String {
        let mut out = String::new();
        out.push_str(match unit.multiplier {
            1e4 => "万",
            1e8 => "亿",
            1e6 => "百万",
            1e7 => "千万",
            1e9 => "billion ",
            _ => "",
        });
        for (n, (id, power)) in unit.factors().iter().enumerate() {
            let symbol = self.records.get(usize::from(*id)).map_or("", |record| record.symbol.as_str());
            if n > 0 {
                out.push(if *power < 0 { '/' } else { '·' });
            }
            out.push_str(symbol);
            if !matches!((n, power), (_, 1) | (1.., -1)) {
                out.push('^');
                out.push_str(&if n > 0 { power.abs() } else { *power }.to_string());
            }
        }
        out
    }

    /// The unit at byte `at`, with one space or none before it, and its end. Looks at most 24 bytes
    /// ahead for each of three factors.
    pub fn read(&self, text: &str, at: usize) -> Option<(Unit, usize)> {
        let bytes = text.as_bytes();
        let mut start = skip_spaces(bytes, at);
        let mut unit = Unit { multiplier: 1.0, ..Unit::default() };
        let rest = text.get(start..)?;
        if let Some((word, power)) = MULTIPLIERS.iter().find(|(word, _)| rest.starts_with(word)) {
            unit.multiplier = *power;
            start = skip_spaces(bytes, start + word.len());
        }
        let (first, mut end) = self.atom(text, start)?;
        // "in 5 a row", "vitamin 3 s": one lower-case letter after a space is a word.
        if end - start == 1 && start > at && matches!(bytes[start], b'a') {
            return None;
        }
        let (power, after) = exponent(text, end);
        end = after;
        unit.factors[0] = (first, power);
        unit.count = 1;
        while usize::from(unit.count) < FACTORS {
            let Some((next, sign)) = separator(text, end) else { break };
            let Some((id, after)) = self.atom(text, next) else { break };
            let (power, after) = exponent(text, after);
            // `/` divides; `·` multiplies, and needs no sign when a negative power follows
            if sign > 0 && power > 0 && bytes.get(end) == Some(&b' ') {
                break;
            }
            unit.factors[usize::from(unit.count)] = (id, power * sign);
            unit.count += 1;
            end = after;
        }
        Some((unit, end))
    }

    /// One factor: the longest known form, letters spaced by a formula (`m g`) joined.
    fn atom(&self, text: &str, at: usize) -> Option<(u16, usize)> {
        let first = *text.as_bytes().get(at)?;
        let longest = usize::from(*self.longest.get(usize::from(first))?);
        let latin = first.is_ascii_alphabetic();
        if latin && let Some(found) = self.spaced(text, at) {
            return Some(found);
        }
        if longest == 0 {
            return None;
        }
        let mut end = (at + longest).min(text.len());
        while end > at {
            if text.is_char_boundary(end)
                && let Some(id) = self.forms.get(&text[at..end])
                && ends_word(text, end)
            {
                return Some((*id, end));
            }
            end -= 1;
        }
        None
    }

    /// `c m`, `m g`, `mm o l`: letters set apart by a formula.
    fn spaced(&self, text: &str, at: usize) -> Option<(u16, usize)> {
        let bytes = text.as_bytes();
        let mut joined = [0u8; 8];
        let (mut len, mut end, mut run, mut tokens) = (0, at, 0, 1);
        loop {
            match bytes.get(end) {
                Some(b) if b.is_ascii_alphabetic() && len < 8 && run < 2 => {
                    joined[len] = *b;
                    len += 1;
                    run += 1;
                    end += 1;
                }
                Some(b' ') if run > 0 && bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic) => {
                    run = 0;
                    tokens += 1;
                    end += 1;
                }
                Some(b) if b.is_ascii_alphabetic() => return None,
                _ => break,
            }
        }
        if tokens < 2 || bytes.get(end - 1) == Some(&b' ') {
            return None;
        }
        let form = std::str::from_utf8(&joined[..len]).ok()?;
        self.forms.get(form).map(|id| (*id, end))
    }
}

/// A Latin unit ends where no letter follows (an exponent's digit may).
fn ends_word(text: &str, end: usize) -> bool {
    let last = text.as_bytes()[end - 1];
    if !last.is_ascii_alphabetic() {
        return true;
    }
    match text.as_bytes().get(end) {
        Some(b) if b.is_ascii() => !b.is_ascii_alphabetic() && *b != b'_',
        _ => text[end..].chars().next().is_none_or(|c| !c.is_alphabetic() || crate::document::is_han(c)),
    }
}

/// The end of up to three spaces (also no-break, thin and ideographic ones) from `at`.
pub fn skip_spaces(bytes: &[u8], mut at: usize) -> usize {
    for _ in 0..3 {
        match bytes.get(at) {
            Some(b' ') => at += 1,
            Some(0xC2) if bytes.get(at + 1) == Some(&0xA0) => at += 2,
            Some(0xE3) if bytes.get(at + 1..at + 3) == Some(&[0x80, 0x80]) => at += 3,
            Some(0xE2) if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x80..=0x8A | 0xAF])) => at += 3,
            _ => break,
        }
    }
    at
}

/// `2`, `²`, `^3`, `⁻¹`, `-1` after a factor.
fn exponent(text: &str, at: usize) -> (i8, usize) {
    let rest = &text[at..];
    let direct = rest.trim_start_matches(' ');
    let (caret, body) = match direct.strip_prefix('^') {
        Some(body) => (true, body.trim_start_matches([' ', '{'])),
        None => (false, rest),
    };
    let (negative, digits) = match body.strip_prefix(['-', '−', '⁻', '–', '‐']) {
        Some(digits) => (true, digits),
        None => (false, body),
    };
    let mut chars = digits.chars();
    let power = match chars.next() {
        Some('1') if negative => 1,
        Some('¹') => 1,
        Some('2' | '²') => 2,
        Some('3' | '³') => 3,
        _ => return (1, at),
    };
    let superscript = matches!(digits.chars().next(), Some('¹' | '²' | '³'));
    let next = chars.clone().next();
    if next.is_some_and(|c| c.is_ascii_digit() || c == '.')
        || (!caret && !superscript && !negative && power == 1)
    {
        return (1, at);
    }
    let mut left = chars.as_str();
    if caret {
        left = left.trim_start_matches([' ', '}']);
    }
    (if negative { -power } else { power }, text.len() - left.len())
}

/// `/`, `·`, `per`, or a space before a factor with a negative power; the sign it gives.
fn separator(text: &str, at: usize) -> Option<(usize, i8)> {
    let rest = &text[at..];
    let spaced = rest.trim_start_matches(' ');
    let offset = |left: &str| text.len() - left.trim_start_matches(' ').len();
    for (mark, sign) in [("/", -1), ("／", -1), ("·", 1), ("•", 1), ("⋅", 1), ("per ", -1), ("cdot ", 1)]
    {
        if let Some(left) = spaced.strip_prefix(mark) {
            return Some((offset(left.strip_prefix('(').unwrap_or(left)), sign));
        }
    }
    (spaced.len() < rest.len() && rest.len() - spaced.len() == 1).then_some((offset(spaced), 1))
}

#[cfg(test)]
mod tests {
    use super::super::tables::Tables;

    fn shown(text: &str) -> Option<(String, usize)> {
        let tables = Tables::load(&[]).unwrap();
        tables.units.read(text, 0).map(|(unit, end)| (tables.units.show(&unit), end))
    }

    #[test]
    fn simple_units() {
        assert_eq!(shown(" nm之间"), Some(("nm".into(), 3)));
        assert_eq!(shown("纳米"), Some(("nm".into(), 6)));
        assert_eq!(shown("nmol"), Some(("nmol".into(), 4)));
        assert_eq!(shown("nms"), None);
        assert_eq!(shown(" 万元"), Some(("万元".into(), 7)));
        assert_eq!(shown("个月"), Some(("个月".into(), 6)));
        assert_eq!(shown("％"), Some(("%".into(), 3)));
        assert_eq!(shown(" c m 和"), Some(("cm".into(), 4)));
        assert_eq!(shown(" mm o l / L "), Some(("mmol/L".into(), 11)));
    }

    #[test]
    fn compound_units() {
        assert_eq!(shown("mg/kg"), Some(("mg/kg".into(), 5)));
        assert_eq!(shown(" mg·kg-1·d-1"), Some(("mg/kg/d".into(), 14)));
        assert_eq!(shown("mm2"), Some(("mm^2".into(), 3)));
        assert_eq!(shown(" mm ^ 3 "), Some(("mm^3".into(), 8)));
        assert_eq!(shown("元/度"), Some(("元/°".into(), 7)));
        assert_eq!(shown("mg 3 times"), Some(("mg".into(), 2)));
    }
}
