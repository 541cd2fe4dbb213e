//! Quantities: numbers with a unit, as values, ranges, bounds and spreads.
//!
//! The scanner jumps from digit to digit; around each it looks at most 48 bytes back and 120 ahead, so
//! it is linear on any text.

use super::context::{After, Before, after, before, is_label};
use super::number::{Magnitude, Number, digit, number};
use super::unit::{Unit, Units, skip_spaces};
use crate::document::Span;
use serde::Serialize;

/// Longest bracket read as a citation, in bytes.
const BRACKET: usize = 120;

/// What a quantity says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// One number, or a bound.
    Value,
    /// Two ends.
    Range,
    /// Years of the calendar: `2010—2020年`.
    Years,
    /// `50~60年代`.
    Decade,
    /// Mean and standard deviation.
    Spread,
    /// A value and its tolerance.
    Tolerance,
    /// The last so many years: `近10年`.
    Period,
    /// A point in time: `第14天`.
    Point,
    /// Names a group (`5%…组`) or is compared with one.
    Label,
}

/// A quantity as read; all spans are offsets into the text that was scanned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// The whole expression with the words that bound it (`小于150 nm`).
    pub span: Span,
    /// Numbers and unit alone.
    pub core: Span,
    /// Lower end as printed; `None` when open.
    pub low: Option<f64>,
    /// Upper end as printed; `None` when open.
    pub high: Option<f64>,
    /// False for `>` and 大于.
    pub low_inclusive: bool,
    /// False for `<` and 小于.
    pub high_inclusive: bool,
    /// 约, 左右, approximately.
    pub approximate: bool,
    /// Most decimals printed.
    pub decimals: u8,
    /// The number after `±`.
    pub spread: Option<f64>,
    /// What it says.
    pub form: Form,
    /// Its unit.
    pub unit: Unit,
    /// Printed from high to low.
    pub descending: bool,
    /// Stands after 从, 由 or from: a change rather than a range.
    pub from: bool,
    /// A superscript was lost (`×105`): magnitudes must not be compared.
    pub magnitude_lost: bool,
}

impl Quantity {
    /// The same quantity, moved by `offset`.
    #[must_use]
    pub fn shift(self, offset: usize) -> Self {
        Self { span: self.span.shift(offset), core: self.core.shift(offset), ..self }
    }

    /// Readable form: `range 30..150 nm`.
    pub fn describe(&self, unit: &str) -> String {
        let end = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        let form = format!("{:?}", self.form).to_lowercase();
        let about = if self.approximate { "~" } else { "" };
        match (self.form, self.spread, self.low == self.high) {
            (_, Some(spread), _) => format!("{form} {}±{spread} {unit}", end(self.low)),
            (Form::Value | Form::Period | Form::Point | Form::Label, _, true) => {
                format!("{form} {about}{} {unit}", end(self.low))
            }
            _ => format!("{form} {about}{}..{} {unit}", end(self.low), end(self.high)),
        }
    }

    /// Both ends, when both are printed.
    pub fn ends(&self) -> Option<(f64, f64)> {
        Some((self.low?, self.high?))
    }
}

/// Adds all quantities of `text`.
pub fn scan(text: &str, units: &Units, out: &mut Vec<Quantity>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|b| CANDIDATE[usize::from(*b)]) {
        at += step;
        if let Some(end) = citation(bytes, at) {
            at = end;
            continue;
        }
        if digit(bytes, at).is_none() {
            at += 1;
            continue;
        }
        let end_of_digits = digits_end(bytes, at);
        if belongs_to_name(text, at) {
            at = end_of_digits;
            continue;
        }
        match quantity_at(text, at, units) {
            Some((quantity, next)) => {
                out.extend(quantity);
                at = next.max(end_of_digits);
            }
            None => at = end_of_digits,
        }
    }
}

/// First bytes of digits and of opening brackets.
const CANDIDATE: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = b'0';
    while b <= b'9' {
        table[b as usize] = true;
        b += 1;
    }
    table[b'[' as usize] = true;
    table[0xEF] = true;
    table
};

fn digits_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some((_, len)) = digit(bytes, at) {
        at += len;
    }
    at
}

/// End of a bracket that holds numbers and separators only.
fn citation(bytes: &[u8], at: usize) -> Option<usize> {
    let open = match bytes[at] {
        b'[' => 1,
        0xEF if bytes.get(at + 1..at + 3) == Some(&[0xBC, 0xBB]) => 3,
        _ => return None,
    };
    let mut end = at + open;
    let limit = (at + BRACKET).min(bytes.len());
    while end < limit {
        match bytes[end] {
            b']' => return Some(end + 1),
            b'0'..=b'9' | b',' | b';' | b'-' | b'~' | b' ' => end += 1,
            0xEF => match bytes.get(end + 1..end + 3)? {
                [0xBC, 0xBD] => return Some(end + 3),
                [0xBC, 0x8C | 0x8D | 0x90..=0x99 | 0x9B] | [0xBD, 0x9E] => end += 3,
                _ => return None,
            },
            0xE2 if matches!(
                bytes.get(end + 1..end + 3),
                Some([0x80, 0x90..=0x95] | [0x88, 0x92 | 0xBC])
            ) =>
            {
                end += 3;
            }
            0xE3 if matches!(bytes.get(end + 1..end + 3), Some([0x80, 0x81])) => end += 3,
            _ => return None,
        }
    }
    None
}

/// True when the digits are part of a name (`IL-10`, `CD63`, `p53`), a fraction, an exponent or a date.
fn belongs_to_name(text: &str, at: usize) -> bool {
    let head = &text[..at];
    let mut chars = head.chars().rev();
    let Some(last) = chars.next() else { return false };
    let before = chars.next();
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !crate::document::is_han(c));
    match last {
        '_' | '^' | '#' | '@' | '月' => true,
        '-' | '‐' | '‑' | '–' | '−' | '.' | '/' | ':' | '：' | '\'' | '′' => word(before),
        c if c.is_alphabetic() => !crate::document::is_han(c),
        _ => false,
    }
}

/// The quantity whose first number starts at `at`, and where to go on. `Some((None, end))`: read, but not
/// a quantity.
fn quantity_at(text: &str, at: usize, units: &Units) -> Option<(Option<Quantity>, usize)> {
    let bytes = text.as_bytes();
    let first = number(text, at)?;
    let end = at + first.len;
    // fractions, ratios and clock times: 3/4, 1:2
    if matches!(bytes.get(end), Some(b'/' | b':')) && digit(bytes, end + 1).is_some() {
        return Some((None, digits_end(bytes, end + 1)));
    }
    let (few, unit_at) = few(text, end);
    let own = units.read(text, unit_at);
    if let Some((spread, after_spread)) = spread(text, end, own) {
        let (unit, stop) = units.read(text, after_spread)?;
        let form = if spread.decimals < first.decimals { Form::Tolerance } else { Form::Spread };
        let quantity = Quantity { spread: Some(spread.value), form, ..plain(at, stop, &first, unit) };
        return Some((Some(quantity), stop));
    }
    let after_first = own.map_or(end, |(_, stop)| stop);
    if let Some((mark, second_at)) = range_mark(text, after_first)
        && let Some(second) = number(text, second_at)
    {
        let second_end = second_at + second.len;
        match (own, units.read(text, second_end)) {
            (Some((a, _)), Some((b, stop))) if units.comparable(&a, &b) => {
                // 30 s~1 min: both ends in the last unit
                let factor = units.scale(&a) / units.scale(&b);
                let first = if a == b { first } else { Number { value: first.value * factor, ..first } };
                return Some((range(text, at, stop, [&first, &second], b, mark, units), stop));
            }
            (None, Some((unit, stop))) => {
                return Some((range(text, at, stop, [&first, &second], unit, mark, units), stop));
            }
            (None, None) => return Some((None, second_end)),
            // 5%到2019年: two quantities of which each says its own
            (Some(_), _) => {}
        }
    }
    let (unit, stop) = own?;
    let ordinal = text[..at].trim_end_matches(' ').ends_with('第');
    if ordinal && units.dimension(&unit) == Some("time") {
        return Some((Some(Quantity { form: Form::Point, ..plain(at, stop, &first, unit) }), stop));
    }
    if ordinal {
        return Some((None, stop));
    }
    if units.dimension(&unit) == Some("time") && first.is_year_like() && few.is_none() {
        return Some((None, stop));
    }
    Some((Some(value(text, at, stop, &first, unit, few.is_some(), units)), stop))
}

fn plain(at: usize, stop: usize, number: &Number, unit: Unit) -> Quantity {
    Quantity {
        span: Span::new(at, stop),
        core: Span::new(at, stop),
        low: Some(number.value),
        high: Some(number.value),
        low_inclusive: true,
        high_inclusive: true,
        approximate: false,
        decimals: number.decimals,
        spread: None,
        form: Form::Value,
        unit,
        descending: false,
        from: false,
        magnitude_lost: number.magnitude == Magnitude::Lost,
    }
}

/// 余, 多, 来, 几 between a number and its unit: somewhat more.
fn few(text: &str, at: usize) -> (Option<char>, usize) {
    let next = text[at..].chars().next();
    match next {
        Some(c @ ('余' | '多' | '几' | '来')) => (next, at + c.len_utf8()),
        _ => (None, at),
    }
}

/// The number after `±`, and the end of its closing bracket if it has one.
fn spread(text: &str, end: usize, own: Option<(Unit, usize)>) -> Option<(Number, usize)> {
    let bytes = text.as_bytes();
    let from = own.map_or(end, |(_, stop)| stop);
    let at = skip_spaces(bytes, from);
    let rest = text.get(at..)?;
    let rest = rest.strip_prefix('±').or_else(|| rest.strip_prefix("+/-"))?;
    let at = skip_spaces(bytes, text.len() - rest.len());
    let spread = number(text, at)?;
    let end = at + spread.len;
    let close = skip_spaces(bytes, end);
    let closed = text[close..].strip_prefix([')', '）']).map(|left| text.len() - left.len());
    Some((spread, closed.unwrap_or(end)))
}

/// Between two numbers: the mark of a range and where the second number starts.
fn range_mark(text: &str, at: usize) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    let at = skip_spaces(bytes, at);
    let rest = text.get(at..)?;
    let mark = rest.chars().next()?;
    let mut next = at + mark.len_utf8();
    match mark {
        '~' | '～' | '∼' | '〜' | '⁓' | '-' | '–' | '—' | '−' | '‐' | '‑' | '‒' | '－' | '至' | '到' =>
            {}
        '\\' if rest.starts_with("\\~") => next += 1,
        't' if rest.starts_with("to ") && bytes.get(at.wrapping_sub(1)) == Some(&b' ') => next += 2,
        'a' if rest.starts_with("and ") && ends_with_any(&text[..at], 60, &["between "]) => next += 3,
        '和' | '与' if ends_with_any(&text[..at], 30, &["介于"]) => {}
        _ => return None,
    }
    let next = skip_spaces(bytes, next);
    // a negative second end: -80~-20 ℃
    let signed = text.get(next..).and_then(|rest| rest.strip_prefix(['-', '−']));
    let next = signed.map_or(next, |left| text.len() - left.len());
    digit(bytes, next).is_some().then_some((if mark == 't' || mark == 'a' { '到' } else { mark }, next))
}

/// True when one of `words` stands in the last `window` bytes.
fn ends_with_any(head: &str, window: usize, words: &[&str]) -> bool {
    let mut from = head.len().saturating_sub(window);
    while !head.is_char_boundary(from) {
        from += 1;
    }
    words.iter().any(|word| head[from..].contains(word))
}

fn range(
    text: &str,
    at: usize,
    stop: usize,
    [first, second]: [&Number; 2],
    unit: Unit,
    mark: char,
    units: &Units,
) -> Option<Quantity> {
    let years = units.dimension(&unit) == Some("time") && first.is_year_like() && second.is_year_like();
    let decade = text[..stop].ends_with('年') && text[stop..].starts_with('代');
    // 3-10-5: a date, a telephone number
    let bytes = text.as_bytes();
    if mark == '-' && matches!(bytes.get(at.wrapping_sub(1)), Some(b'-')) {
        return None;
    }
    let lead = before(text, at);
    let tail = after(text, stop);
    let form = match (decade, years) {
        (true, _) => Form::Decade,
        (_, true) => Form::Years,
        _ if is_label(text, stop, None) => Form::Label,
        _ => Form::Range,
    };
    // 1.2~3.4×10^5: the power belongs to both
    let mut low = first.value;
    if let (Magnitude::Plain, Magnitude::Power(power)) = (first.magnitude, second.magnitude) {
        low *= 10f64.powi(i32::from(power));
    }
    let high = second.value;
    let signs = negative(text, at);
    let low = if signs { -low } else { low };
    let high = if second_negative(text, stop, second) { -high } else { high };
    Some(Quantity {
        span: Span::new(
            if lead.approximate { lead.start } else { at },
            if tail.approximate { tail.end } else { stop },
        ),
        low: Some(low.min(high)),
        high: Some(low.max(high)),
        approximate: lead.approximate || tail.approximate,
        decimals: first.decimals.max(second.decimals),
        form,
        descending: low > high,
        from: matches!(mark, '到' | '至') && lead.from,
        magnitude_lost: first.magnitude == Magnitude::Lost || second.magnitude == Magnitude::Lost,
        ..plain(at, stop, first, unit)
    })
}

/// A minus that stands for itself: after a space, a bracket, Han or nothing.
fn negative(text: &str, at: usize) -> bool {
    let head = &text[..at];
    let mut chars = head.chars().rev();
    matches!(chars.next(), Some('-' | '−' | '–'))
        && chars.next().is_none_or(|c| crate::document::is_han(c) || " (（[~～,，、".contains(c))
}

fn second_negative(text: &str, stop: usize, second: &Number) -> bool {
    let window = &text[..stop];
    let mut from = stop.saturating_sub(second.len + 24);
    while !window.is_char_boundary(from) {
        from += 1;
    }
    let tail = &window[from..];
    ["~-", "~−", "～-", "～−", "到-", "至-", "to -", "~ -"].iter().any(|mark| tail.contains(mark))
}

fn value(
    text: &str,
    at: usize,
    stop: usize,
    first: &Number,
    unit: Unit,
    few: bool,
    units: &Units,
) -> Quantity {
    let lead: Before = before(text, at);
    let tail: After = after(text, stop);
    let mut quantity = plain(at, stop, first, unit);
    if negative(text, at) {
        quantity.low = Some(-first.value);
        quantity.high = quantity.low;
    }
    if lead.recent && units.dimension(&unit) == Some("time") {
        quantity.form = Form::Period;
        quantity.span = Span::new(lead.start, stop);
        return quantity;
    }
    let comparing = lead.compares && !lead.symbol;
    if !lead.symbol && is_label(text, stop, comparing.then_some(&text[..lead.start])) {
        quantity.form = Form::Label;
        return quantity;
    }
    quantity.approximate = lead.approximate || lead.recent || tail.approximate || few;
    if let Some(bound) = lead.bound.or(tail.bound) {
        if bound.upper {
            quantity.low = None;
            quantity.high_inclusive = bound.inclusive;
        } else {
            quantity.high = None;
            quantity.low_inclusive = bound.inclusive;
        }
    }
    quantity.span = Span::new(lead.start, tail.end);
    quantity
}
