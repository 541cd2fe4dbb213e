//! The inside of a marker: numbers, ranges and what stands between them.
//!
//! `1,3-5`, `１７，１８`, `20~22`, `40; 51–53`, `3.4` (a comma read as a full stop), `1O` and `I` (letters
//! read for digits), `1 8` (spaced digits). Looks at most [`LOOK_AHEAD`] bytes ahead.

use crate::document::Span;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{one_of, satisfy};
use nom::combinator::{opt, recognize, verify};
use nom::multi::many_m_n;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

/// Longest marker body, in bytes.
pub const LOOK_AHEAD: usize = 96;
/// Numbers are read up to here; longer ones count as this.
pub const HUGE: u32 = 999_999_999;
/// Characters that join the ends of a range.
pub const DASHES: &str = "-‐‑‒–—―−~～∼〜－﹣至到";
/// Most items of one marker.
const ITEMS: usize = 24;

/// One number, or one range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// The number, or the range's first.
    pub first: u32,
    /// The range's last; the number again when it is none.
    pub last: u32,
    /// True when a dash stands between two numbers.
    pub range: bool,
    /// Its characters.
    pub span: Span,
}

/// What a marker holds between its brackets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// Its numbers and ranges as printed.
    pub items: Vec<Item>,
    /// Bytes read, a trailing separator and white space left out.
    pub end: usize,
    /// A letter stands for a digit.
    pub alike: bool,
    /// White space stands between the digits of a number.
    pub spaced: bool,
    /// A full stop stands for a comma.
    pub dotted: bool,
    /// The separators printed, in order.
    pub separators: Vec<char>,
    /// The dashes printed, in order.
    pub dashes: Vec<char>,
}

#[derive(Clone, Copy)]
struct Number {
    value: u32,
    alike: bool,
    spaced: bool,
}

/// Read a body at the start of `input`; `None` when no number stands there.
pub fn read(input: &str) -> Option<Body> {
    let input = clip(input, LOOK_AHEAD);
    let start = input.len();
    let (mut rest, _) = blanks(input).ok()?;
    let mut body = Body::default();
    loop {
        let from = start - rest.len();
        let Ok((after, (first, tail))) = (number, opt(preceded_dash)).parse(rest) else { break };
        let last = tail.map_or(first, |(_, last)| last);
        body.alike |= first.alike || last.alike;
        body.spaced |= first.spaced || last.spaced;
        body.dashes.extend(tail.map(|(dash, _)| dash));
        body.end = start - after.len();
        let span = Span::new(from, body.end);
        body.items.push(Item { first: first.value, last: last.value, range: tail.is_some(), span });
        let Ok((next, separator)) = separator(after) else { break };
        if body.items.len() >= ITEMS || number(next).is_err() {
            break;
        }
        body.dotted |= separator == '.';
        body.separators.push(separator);
        rest = next;
    }
    (!body.items.is_empty()).then_some(body)
}

/// True when each item begins above the end of the one before.
pub fn rises(items: &[Item]) -> bool {
    items.windows(2).all(|pair| pair[0].last < pair[1].first)
}

/// The first bytes of a text, cut between characters.
pub fn clip(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let mut end = most;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// True for a space that may stand inside a marker.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{3000}' | '\t')
}

/// The value of a digit, ASCII or full-width.
pub fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// The digit that a letter is taken for.
fn alike(c: char) -> Option<u32> {
    match c {
        'I' | 'l' | '|' | 'Ｉ' | 'ｌ' => Some(1),
        'O' | 'o' | 'Ｏ' => Some(0),
        _ => None,
    }
}

fn blanks(input: &str) -> IResult<&str, &str> {
    take_while_m_n(0, 3, is_blank)(input)
}

/// Digits with at most a look-alike among them, or one look-alike of 1 alone; not beginning with 0.
fn number(input: &str) -> IResult<&str, Number> {
    let (rest, raw) = take_while_m_n(1, 32, |c| digit(c).is_some() || alike(c).is_some())(input)?;
    let letters = raw.chars().filter(|c| digit(*c).is_none()).count();
    let sole = raw.chars().count() == 1 && letters == 1;
    let fail = || nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Digit));
    // `II`, `lo` and `O` are words or Roman numerals; a marker that begins with 0 is no citation.
    let (digits, mut rest) = (raw.chars().count() - letters, rest);
    if !sole && (digits == 0 || letters > digits) {
        return Err(fail());
    }
    if rest.starts_with(|c: char| c.is_ascii_alphabetic()) && letters > 0 {
        return Err(fail());
    }
    let mut value = raw.chars().fold(0, grow);
    let mut spaced = false;
    if raw.chars().count() == 1 {
        // `1 8`: single digits with single spaces between them, as letter-spacing prints them
        if let Ok((after, tail)) = spaced_digits(rest) {
            value = tail.chars().fold(value, grow);
            (rest, spaced) = (after, true);
        }
    }
    if value == 0 || raw.starts_with(['0', '０', 'O', 'o']) {
        return Err(fail());
    }
    Ok((rest, Number { value, alike: letters > 0, spaced }))
}

fn grow(value: u32, c: char) -> u32 {
    match digit(c).or_else(|| alike(c)) {
        Some(digit) => value.saturating_mul(10).saturating_add(digit).min(HUGE),
        None => value,
    }
}

fn spaced_digits(input: &str) -> IResult<&str, &str> {
    let one = preceded(satisfy(is_blank), satisfy(|c| digit(c).is_some()));
    let (rest, tail) = recognize(many_m_n(1, 2, one)).parse(input)?;
    // two digits together are a number of their own, not the rest of a spaced one
    if rest.starts_with(|c: char| digit(c).is_some()) {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Digit)));
    }
    Ok((rest, tail))
}

fn preceded_dash(input: &str) -> IResult<&str, (char, Number)> {
    let (rest, dash) = delimited(blanks, one_of(DASHES), blanks).parse(input)?;
    // a doubled dash, and `[1]-[3]` written inside one bracket, come from typesetting
    let (rest, _) = opt(one_of(DASHES)).parse(rest)?;
    let (rest, last) = verify(number, |n| n.value > 0).parse(rest)?;
    Ok((rest, (dash, last)))
}

fn separator(input: &str) -> IResult<&str, char> {
    let mark = one_of(",，、;；.．·");
    let word = alt((tag("and"), tag("&"), tag("和"), tag("及"), tag("与")));
    let (rest, (_, mark, _, word, _)) = (blanks, opt(mark), blanks, opt(word), blanks).parse(input)?;
    match (mark, word) {
        (Some('.' | '．' | '·'), None) => Ok((rest, '.')),
        (Some(mark), _) => Ok((rest, mark)),
        (None, Some(_)) => Ok((rest, '&')),
        (None, None) => Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Char))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(text: &str) -> Vec<(u32, u32)> {
        read(text).map(|body| body.items.iter().map(|i| (i.first, i.last)).collect()).unwrap_or_default()
    }

    #[test]
    fn numbers_ranges_and_separators() {
        assert_eq!(items("1,3-5]"), [(1, 1), (3, 5)]);
        assert_eq!(items("１７，１８］"), [(17, 17), (18, 18)]);
        assert_eq!(items("20~22]"), [(20, 22)]);
        assert_eq!(items("40; 51–53]"), [(40, 40), (51, 53)]);
        assert_eq!(items("15– 17]"), [(15, 17)]);
        assert_eq!(items("2 and 3]"), [(2, 2), (3, 3)]);
        assert_eq!(items("3.4]"), [(3, 3), (4, 4)]);
        assert!(read("3.4]").is_some_and(|body| body.dotted));
        assert_eq!(items("41,MSCs"), [(41, 41)]);
        assert_eq!(read("41,MSCs").map(|b| b.end), Some(2));
    }

    #[test]
    fn damaged_digits() {
        assert_eq!(items("I]"), [(1, 1)]);
        assert_eq!(items("1O]"), [(10, 10)]);
        assert_eq!(items(" 1 8 ]"), [(18, 18)]);
        assert_eq!(items("1 8-2 0]"), [(18, 20)]);
        for word in ["II]", "J]", "O]", "0]", "08]", "lo]", "]", "", "Io]", "4th"] {
            assert!(items(word).is_empty() || word == "4th", "{word}");
        }
    }

    #[test]
    fn huge_numbers_do_not_grow() {
        assert_eq!(items("1-999999999]"), [(1, 999_999_999)]);
        assert_eq!(items("1000000000000000000000000000000]"), [(HUGE, HUGE)]);
        assert!(read(&"9".repeat(10_000)).is_some());
        assert!(read(&"1,".repeat(10_000)).is_some_and(|b| b.items.len() <= 24));
    }
}
