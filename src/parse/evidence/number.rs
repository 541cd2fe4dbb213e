//! Numbers as printed: value, decimals and how far the magnitude can be trusted.

use serde::Serialize;

/// Longest number read, in bytes.
const LONGEST: usize = 48;

/// What is known of a number's power of ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Magnitude {
    /// No power printed.
    Plain,
    /// A power of ten, as `×10^5`.
    Power(i8),
    /// `×105`: a superscript was lost, so the magnitude must not be compared.
    Lost,
}

/// A number as printed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Number {
    /// Its value, power included when it is certain.
    pub value: f64,
    /// Printed decimals.
    pub decimals: u8,
    /// What is known of its power of ten.
    pub magnitude: Magnitude,
    /// Bytes it takes.
    #[serde(skip)]
    pub len: usize,
}

impl Number {
    /// Half a unit of the last printed digit.
    pub fn half_unit(&self) -> f64 {
        0.5 / POWERS[usize::from(self.decimals.min(15))]
    }

    /// True for 1000–2199 without decimals: may be a year.
    pub fn is_year_like(&self) -> bool {
        self.decimals == 0 && self.magnitude == Magnitude::Plain && (1000.0..2200.0).contains(&self.value)
    }
}

const POWERS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// The digit at the start of `text`, full-width ones included, and its length.
pub fn digit(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    match *bytes.get(at)? {
        b @ b'0'..=b'9' => Some((b - b'0', 1)),
        0xEF if bytes.get(at + 1) == Some(&0xBC) => match *bytes.get(at + 2)? {
            b @ 0x90..=0x99 => Some((b - 0x90, 3)),
            _ => None,
        },
        _ => None,
    }
}

/// Bytes of a decimal point (`.` or full-width `．`) at `at`.
fn point(bytes: &[u8], at: usize) -> Option<usize> {
    match *bytes.get(at)? {
        b'.' => Some(1),
        0xEF if bytes.get(at + 1..at + 3) == Some(&[0xBC, 0x8E]) => Some(3),
        _ => None,
    }
}

/// The number that starts at byte `at` (a digit, or `.` before a digit). At most 48 bytes are read.
pub fn number(text: &str, at: usize) -> Option<Number> {
    let bytes = text.as_bytes();
    let mut end = at;
    let mut mantissa = 0u64;
    let mut digits = 0u8;
    let mut decimals = 0u8;
    let limit = at + LONGEST;
    while let Some((d, len)) = digit(bytes, end).filter(|_| end < limit && digits < 17) {
        mantissa = mantissa * 10 + u64::from(d);
        digits += 1;
        end += len;
        if len == 1 && (1..=3).contains(&(end - at)) && is_group(bytes, end) {
            while is_group(bytes, end) && digits < 15 {
                for offset in 1..=3 {
                    mantissa = mantissa * 10 + u64::from(bytes[end + offset] - b'0');
                }
                digits += 3;
                end += 4;
            }
            break;
        }
    }
    if let Some(groups) = spaced_groups(text, at, end) {
        for b in bytes[end..end + groups].iter().filter(|b| b.is_ascii_digit()) {
            mantissa = mantissa * 10 + u64::from(b - b'0');
            digits += 1;
        }
        end += groups;
    }
    if let Some(len) = point(bytes, end) {
        let mut next = end + len;
        while let Some((d, len)) = digit(bytes, next).filter(|_| next < limit && digits + decimals < 17) {
            mantissa = mantissa * 10 + u64::from(d);
            decimals += 1;
            next += len;
        }
        // 0.000 01
        if mantissa == 0
            && decimals == 3
            && let Some(space) = thin(bytes, next)
        {
            let from = next + space;
            let more = bytes[from..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
            let last = bytes.get(from + more);
            if (1..=3).contains(&more) && !last.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'.') {
                for b in &bytes[from..from + more] {
                    mantissa = mantissa * 10 + u64::from(b - b'0');
                    decimals += 1;
                }
                next = from + more;
            }
        }
        if decimals > 0 {
            end = next;
        }
    }
    if digits + decimals == 0 {
        return None;
    }
    // A further digit or point: an identifier or a section number such as 2.1.3.
    let more = digit(bytes, end).is_some();
    let dotted = point(bytes, end).is_some_and(|len| digit(bytes, end + len).is_some());
    if more || (dotted && decimals > 0) {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "at most 17 digits are printed")]
    let value = mantissa as f64 / POWERS[usize::from(decimals.min(15))];
    let plain = Number { value, decimals, magnitude: Magnitude::Plain, len: end - at };
    Some(with_power(text, at, plain))
}

/// Bytes of a space or thin space at `at`.
fn thin(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b' ' => Some(1),
        0xC2 if bytes.get(at + 1) == Some(&0xA0) => Some(2),
        // U+2005 to U+200A, U+202F
        0xE2 if bytes.get(at + 1) == Some(&0x80) => {
            matches!(bytes.get(at + 2), Some(0x85..=0x8A | 0xAF)).then_some(3)
        }
        _ => None,
    }
}

/// Bytes of ` 524` after `1`: groups of three digits with spaces between them, as journals print them.
///
/// A count follows (Han, a small letter, a bracket or the end), and no name that takes a number stands
/// before (`Table 1 120 patients` are two numbers).
fn spaced_groups(text: &str, at: usize, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if !(1..=3).contains(&(end - at)) || matches!(bytes.get(at), Some(b'0') | None) {
        return None;
    }
    let mut to = end;
    while let Some(space) = thin(bytes, to).filter(|_| to - end < 12) {
        let group = bytes.get(to + space..to + space + 3)?;
        let longer = bytes.get(to + space + 3).is_some_and(u8::is_ascii_digit);
        if longer || !group.iter().all(u8::is_ascii_digit) {
            break;
        }
        to += space + 3;
    }
    if to == end {
        return None;
    }
    let after = text.get(to..)?;
    let tail = after.strip_prefix(' ').unwrap_or(after);
    let counted = tail
        .chars()
        .next()
        .is_none_or(|c| crate::document::is_han(c) || c.is_ascii_lowercase() || "），)；;。/".contains(c));
    // 1 524 mg may be 524 mg of the first
    let unit = ["mg", "ml", "mL", "nm", "μ", "µ", "g ", "h ", "d "].iter().any(|unit| tail.starts_with(unit));
    let head = text.get(..at)?.trim_end_matches(' ');
    let named = head
        .chars()
        .next_back()
        .is_some_and(|c| "图表第组期周例型级.-~～—–".contains(c) || c.is_ascii_digit());
    let word = head.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    const NAMES: &[&str] = &[
        "group",
        "table",
        "fig",
        "figure",
        "grade",
        "stage",
        "type",
        "phase",
        "day",
        "week",
        "step",
        "level",
        "no",
        "case",
        "patient",
        "study",
        "trial",
        "arm",
        "cohort",
        "experiment",
        "class",
        "part",
    ];
    let label = word.starts_with(|c: char| c.is_ascii_uppercase()) && word != "A" && word != "N"
        || NAMES.contains(&word);
    (counted && !unit && !named && !label).then_some(to - end)
}

/// `,ddd` with no digit after it.
fn is_group(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b',')
        && bytes.get(at + 1..at + 4).is_some_and(|group| group.iter().all(u8::is_ascii_digit))
        && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit)
        || bytes.get(at) == Some(&b',')
            && bytes.get(at + 1..at + 4).is_some_and(|group| group.iter().all(u8::is_ascii_digit))
            && is_group_end(bytes, at + 4)
}

fn is_group_end(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b',') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
}

/// Read `×10^5`, `×10⁵`, `x 10 5` and `×105` after a number.
fn with_power(text: &str, at: usize, plain: Number) -> Number {
    let Some(rest) = text.get(at + plain.len..) else { return plain };
    let after = rest.trim_start_matches(' ');
    let Some(after) = after.strip_prefix(['×', 'x', '*', '✕', '·']) else { return plain };
    let Some(after) = after.trim_start_matches(' ').strip_prefix("10") else { return plain };
    let consumed = |left: &str| rest.len() - left.len() + plain.len;
    let marked = after.trim_start_matches([' ', '^', '{', '(']);
    let raised = after.len() != marked.len();
    let (negative, body) = match marked.strip_prefix(['-', '−', '⁻', '–']) {
        Some(body) => (true, body),
        None => (false, marked),
    };
    let mut power = 0i8;
    let mut count = 0;
    let mut left = body;
    let mut superscript = false;
    for c in body.chars().take(2) {
        let (d, sup) = match c {
            '0'..='9' => (c as u8 - b'0', false),
            '⁰' => (0, true),
            '¹' => (1, true),
            '²' => (2, true),
            '³' => (3, true),
            '⁴'..='⁹' => (u8::try_from(c as u32 - '⁴' as u32).unwrap_or(0) + 4, true),
            _ => break,
        };
        power = power * 10 + i8::try_from(d).unwrap_or(0);
        superscript |= sup;
        count += 1;
        left = &left[c.len_utf8()..];
    }
    if count == 0 {
        return Number {
            len: consumed(after),
            value: plain.value * 10.0,
            magnitude: Magnitude::Power(1),
            ..plain
        };
    }
    let len = consumed(left.trim_start_matches(['}', ')']));
    if raised || superscript || negative {
        let power = if negative { -power } else { power };
        let value = plain.value * 10f64.powi(i32::from(power));
        return Number { len, value, magnitude: Magnitude::Power(power), ..plain };
    }
    Number { len, magnitude: Magnitude::Lost, ..plain }
}

/// A number written in Chinese numerals, up to 99 (`三`, `十二`, `两`), and its bytes.
pub fn han_number(text: &str) -> Option<(u32, usize)> {
    let mut total = 0u32;
    let mut last = None;
    let mut len = 0;
    for c in text.chars().take(3) {
        let value = match c {
            '一' => 1,
            '二' | '两' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' => {
                total += last.take().unwrap_or(1) * 10;
                len += c.len_utf8();
                continue;
            }
            _ => break,
        };
        if last.is_some() {
            return None;
        }
        last = Some(value);
        len += c.len_utf8();
    }
    (len > 0).then_some((total + last.unwrap_or(0), len))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (f64, u8, usize) {
        let number = number(text, 0).unwrap();
        (number.value, number.decimals, number.len)
    }

    #[test]
    fn printed_forms() {
        assert_eq!(read("42"), (42.0, 0, 2));
        assert_eq!(read("0.050 g"), (0.05, 3, 5));
        assert_eq!(read(".05"), (0.05, 2, 3));
        assert_eq!(read("1,320 例"), (1320.0, 0, 5));
        assert_eq!(read("12,345,678"), (12_345_678.0, 0, 10));
        assert_eq!(read("1,23"), (1.0, 0, 1));
        assert_eq!(read("１２．５％"), (12.5, 1, 12));
        assert_eq!(read("7."), (7.0, 0, 1));
        assert_eq!(read("1 524例"), (1524.0, 0, 5));
        assert_eq!(read("2\u{2009}214/2\u{2009}360"), (2214.0, 0, 7));
        assert_eq!(read("1 2345"), (1.0, 0, 1));
        assert_eq!(read("3 100 mg"), (3.0, 0, 1));
        assert_eq!(number("Table 1 120 patients", 6).unwrap().len, 1);
        assert_eq!(read("0.000 01"), (0.00001, 5, 8));
        assert_eq!(read("0.000 1)"), (0.0001, 4, 7));
        assert_eq!(read("0.000 12 cases"), (0.00012, 5, 8));
        assert!(number("2.1.3", 0).is_none());
        assert!(number("x", 0).is_none());
    }

    #[test]
    fn powers() {
        assert_eq!(number("1.5×10^6 cells", 0).unwrap().value, 1.5e6);
        assert_eq!(number("2 × 10⁻³", 0).unwrap().value, 2e-3);
        assert_eq!(number("3×10 5", 0).unwrap().magnitude, Magnitude::Power(5));
        assert_eq!(number("1.2×105", 0).unwrap().magnitude, Magnitude::Lost);
        assert_eq!(number("4×4", 0).unwrap().len, 1);
    }

    #[test]
    fn chinese_numerals() {
        assert_eq!(han_number("三个"), Some((3, 3)));
        assert_eq!(han_number("十二项"), Some((12, 6)));
        assert_eq!(han_number("二十三"), Some((23, 9)));
        assert_eq!(han_number("两大"), Some((2, 3)));
        assert_eq!(han_number("个"), None);
    }
}
