//! Counts with their percentage: `22/43 (51.2%)`, `(7/69, 10.1%)`, `51.2% (22/43)`.
//!
//! Read from each slash: at most 24 bytes on either side.

use super::number::{Number, digit, number};
use super::unit::skip_spaces;
use crate::document::{Span, is_han};

/// A count over a total with its percentage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// Everything from the first to the last number.
    pub span: Span,
    /// The percentage with its sign.
    pub percent_span: Span,
    /// The count.
    pub count: f64,
    /// The total.
    pub total: f64,
    /// The percentage.
    pub percent: Number,
}

/// How a printed percentage stands to its count and total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// Rounds to the printed one.
    Exact,
    /// Off by one unit of the last digit: cut off or rounded the wrong way.
    Rounding,
    /// Something else.
    Wrong,
}

impl Ratio {
    /// The same ratio, moved by `offset`.
    #[must_use]
    pub fn shift(self, offset: usize) -> Self {
        Self { span: self.span.shift(offset), percent_span: self.percent_span.shift(offset), ..self }
    }

    /// Recompute.
    pub fn agreement(&self) -> Agreement {
        agreement(self.count, self.total, &self.percent)
    }
}

/// Does `count / total` give `percent`?
pub fn agreement(count: f64, total: f64, percent: &Number) -> Agreement {
    const TINY: f64 = 1e-9;
    let off = (100.0 * count / total - percent.value).abs();
    if off <= percent.half_unit() + TINY {
        Agreement::Exact
    } else if off <= 2.0 * percent.half_unit() + TINY {
        Agreement::Rounding
    } else {
        Agreement::Wrong
    }
}

/// Adds all ratios of `text`.
pub fn scan(text: &str, out: &mut Vec<Ratio>) {
    for at in memchr::memchr_iter(b'/', text.as_bytes()) {
        out.extend(ratio_at(text, at));
    }
    let from = out.len();
    for at in memchr::memmem::find_iter(text.as_bytes(), " of ") {
        out.extend(ratio_of(text, at));
    }
    if out.len() > from {
        out.sort_by_key(|ratio| ratio.span.start);
    }
}

/// `18 of the 40 patients (45%)`, `18 out of 40 (45%)`; at most three words before the bracket.
fn ratio_of(text: &str, of: usize) -> Option<Ratio> {
    let bytes = text.as_bytes();
    let head = &bytes[..of];
    let left = trim_back(bytes, if head.ends_with(b" out") { of - 4 } else { of });
    let start = integer_start(bytes, left)?;
    if start > 0 && !matches!(bytes[start - 1], b' ' | b'(') {
        return None;
    }
    let count = number(text, start).filter(|count| count.decimals == 0 && start + count.len == left)?;
    let mut total_at = of + 4;
    if text[total_at..].starts_with("the ") {
        total_at += 4;
    }
    digit(bytes, total_at)?;
    let total = number(text, total_at).filter(|total| total.decimals == 0 && total.value >= count.value)?;
    let end = total_at + total.len;
    let rest = &text[end..];
    let open = rest.find('(').filter(|open| *open <= 48)?;
    let between = rest[..open].trim();
    if between.contains(|c: char| !(c.is_ascii_alphabetic() || c == ' ' || c == '-'))
        || between.split(' ').count() > 3
    {
        return None;
    }
    let (percent, percent_span) = percent_at(text, skip_spaces(bytes, end + open + 1))?;
    let span = Span::new(start, percent_span.end);
    Some(Ratio { span, percent_span, count: count.value, total: total.value, percent })
}

fn ratio_at(text: &str, slash: usize) -> Option<Ratio> {
    let bytes = text.as_bytes();
    let left = trim_back(bytes, slash);
    let start = integer_start(bytes, left)?;
    let count = number(text, start)?;
    let total_at = skip_spaces(bytes, slash + 1);
    digit(bytes, total_at)?;
    let total = number(text, total_at)?;
    let end = total_at + total.len;
    let whole = |n: &Number| n.decimals == 0 && n.len <= 7;
    if start + count.len != left
        || !whole(&count)
        || !whole(&total)
        || total.value < 1.0
        || count.value > total.value
    {
        return None;
    }
    let before = text[..start].trim_end_matches(' ');
    let lead = before.chars().next_back();
    // 5d 1/2, x_1/2, 2/3/4; 为自然状态的 1/2
    let named = lead.is_some_and(|c| {
        matches!(c, '_' | '/' | '.' | '^' | '的' | '-') || (c.is_alphanumeric() && !is_han(c))
    });
    if named && !(before.len() < start && lead.is_some_and(|c| c.is_ascii_alphabetic()) && total.value > 9.0)
    {
        return None;
    }
    let (percent, percent_span) = forward(text, end).or_else(|| backward(text, start, end))?;
    let rest = text[percent_span.end..].trim_start_matches(' ');
    let versus = rest.get(..2).is_some_and(|word| word.eq_ignore_ascii_case("vs"));
    if versus && total.value <= 9.0 {
        return None;
    }
    let span = Span::new(start.min(percent_span.start), end.max(percent_span.end));
    Some(Ratio { span, percent_span, count: count.value, total: total.value, percent })
}

fn trim_back(bytes: &[u8], mut at: usize) -> usize {
    while at > 0 && bytes[at - 1] == b' ' {
        at -= 1;
    }
    at
}

/// Start of the digits that end at `end`.
fn integer_start(bytes: &[u8], end: usize) -> Option<usize> {
    let mut at = end;
    while at > 0 && bytes[at - 1].is_ascii_digit() {
        at -= 1;
    }
    // 1,234/5,678
    if at >= 4 && end - at == 3 && bytes[at - 1] == b',' && bytes[at - 2].is_ascii_digit() {
        return integer_start(bytes, at - 1);
    }
    (at < end).then_some(at)
}

/// `(51.2%`, `, 51.2%`, `=51.2%` after the total.
fn forward(text: &str, end: usize) -> Option<(Number, Span)> {
    let rest = text.get(end..)?;
    let body = rest.trim_start_matches([' ', '(', '（', '[', ',', '，', '=', '＝', ':', '：']);
    let skipped = rest.len() - body.len();
    if skipped == 0 || skipped > 12 || rest[..skipped].trim().is_empty() {
        return None;
    }
    percent_at(text, end + skipped)
}

fn percent_at(text: &str, at: usize) -> Option<(Number, Span)> {
    digit(text.as_bytes(), at)?;
    let number = number(text, at)?;
    let sign = skip_spaces(text.as_bytes(), at + number.len);
    let mark = text.get(sign..)?.chars().next()?;
    matches!(mark, '%' | '％').then(|| (number, Span::new(at, sign + mark.len_utf8())))
}

/// `51.2% (` or `(51.2%, ` before the count; the bracket must close after the total.
fn backward(text: &str, start: usize, end: usize) -> Option<(Number, Span)> {
    let closes = text[end..].trim_start_matches([' ', '例']).starts_with([')', '）', ']', '］']);
    let head = text[..start].trim_end_matches([' ', '(', '（', ',', '，', '[']);
    let between = &text[head.len()..start];
    if !closes || between.trim().is_empty() || between.len() > 10 {
        return None;
    }
    let body = head.strip_suffix(['%', '％'])?;
    let bytes = body.as_bytes();
    let mut at = trim_back(bytes, bytes.len());
    let stop = at;
    while at > 0 && (bytes[at - 1].is_ascii_digit() || bytes[at - 1] == b'.') {
        at -= 1;
    }
    if at == stop || bytes.get(at.wrapping_sub(1)).is_some_and(|b| matches!(b, b'-' | b'~')) {
        return None;
    }
    let number = number(text, at)?;
    Some((number, Span::new(at, head.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Agreement> {
        let mut out = Vec::new();
        scan(text, &mut out);
        out.iter().map(Ratio::agreement).collect()
    }

    #[test]
    fn forms() {
        assert_eq!(read("有效（27/36，75.0%）"), [Agreement::Exact]);
        assert_eq!(read("75% (27/36)"), [Agreement::Exact]);
        assert_eq!(read("（75%，27/36）"), [Agreement::Exact]);
        assert_eq!(read("5 / 7 ( 71.4 % )"), [Agreement::Exact]);
        assert_eq!(read("5/7 (71.5%)"), [Agreement::Rounding]);
        assert_eq!(read("5/7 (61.4%)"), [Agreement::Wrong]);
        assert_eq!(
            read("18 of the 40 patients (45%) and 3 out of 9 (30%)"),
            [Agreement::Exact, Agreement::Wrong]
        );
        assert!(read("为对照的1/2（30%）").is_empty());
        assert!(read("2020/5/7 (61.4%), mg/kg, 1/2").is_empty());
        assert!(read("改善80%，见3/4").is_empty());
    }
}
