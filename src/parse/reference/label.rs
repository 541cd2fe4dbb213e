//! The number before an entry: `[1]`, `［1］`, `【1】`, `(1)`, `1.`, `1、`, `1 `, `[^n]:`, also damaged.

use crate::document::is_han;
use nom::branch::alt;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::{one_of, space0};
use nom::combinator::{opt, recognize};
use nom::sequence::preceded;
use nom::{IResult, Parser};

/// How a label is printed. A list is cut by the form most of its labels have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Form {
    /// In brackets of any shape.
    Bracket,
    /// Followed by a full stop, `、` or `)`.
    Stop,
    /// Followed by a space only.
    Bare,
    /// A footnote definition.
    Footnote,
}

/// A label at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub form: Form,
    /// `None` when it does not fit 32 bits or is a footnote's word.
    pub number: Option<u32>,
    /// Bytes before the label (bullets).
    pub skipped: usize,
    /// Bytes of the label itself.
    pub len: usize,
    /// True when a bracket is missing or a letter stands for a digit.
    pub damaged: bool,
}

/// Reads a label at the start of `text`. Looks at most 64 bytes ahead.
pub(super) fn label(text: &str) -> Option<Label> {
    let (rest, skipped) = bullet(text).unwrap_or((text, ""));
    let skipped = skipped.len();
    let (after, (form, digits, damaged)) = alt((footnote, bracket, stop, bare)).parse(rest).ok()?;
    let number = digits_value(digits);
    (number.is_some() || form == Form::Footnote).then_some(Label {
        form,
        number,
        skipped,
        len: rest.len() - after.len(),
        damaged,
    })
}

type Read<'a> = IResult<&'a str, (Form, &'a str, bool)>;

fn bullet(text: &str) -> IResult<&str, &str> {
    recognize((space0, opt((one_of("-*•·▪"), one_of(" \t\u{a0}"))), space0)).parse(text)
}

/// Digits, full-width digits and the letters that stand for them in damaged text.
fn digits(text: &str) -> IResult<&str, &str> {
    take_while_m_n(1, 9, |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || "OolIi|".contains(c))
        .parse(text)
}

fn clean_digits(text: &str) -> IResult<&str, &str> {
    take_while_m_n(1, 9, |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)).parse(text)
}

fn footnote(text: &str) -> Read<'_> {
    let (rest, _) = nom::bytes::complete::tag("[^").parse(text)?;
    let (rest, name) =
        take_while_m_n(1, 32, |c: char| c.is_alphanumeric() || "-_".contains(c)).parse(rest)?;
    let (rest, _) = nom::bytes::complete::tag("]:").parse(rest)?;
    Ok((rest, (Form::Footnote, name, false)))
}

fn bracket(text: &str) -> Read<'_> {
    let (rest, open) = opt(one_of("[［【〔(（")).parse(text)?;
    let (rest, number) = preceded(space0, digits).parse(rest)?;
    let (rest, close) = opt(preceded(space0, one_of("]］】〕)）"))).parse(rest)?;
    let round = |c: Option<char>| matches!(c, Some('(' | '（' | ')' | '）'));
    let whole = open.is_some() && close.is_some() && round(open) == round(close);
    // `[12` and `12]` are read as damaged labels; `12)` is the other form, `(12` a bracket of the text
    if !whole && (open.is_some() == close.is_some() || round(open) || round(close)) {
        return Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Tag)));
    }
    // `[12, 13]` and a number too long to be one
    if rest.starts_with(|c: char| c.is_ascii_digit())
        || (close.is_none() && rest.trim_start().starts_with([',', '-', '，', '–']))
    {
        return Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Digit)));
    }
    let letters = number.chars().any(|c| c.is_ascii_alphabetic() || c == '|');
    Ok((rest, (Form::Bracket, number, !whole || letters)))
}

fn stop(text: &str) -> Read<'_> {
    let (rest, number) = clean_digits(text)?;
    let (rest, _) = one_of(".．、)）").parse(rest)?;
    // `1.5` is a quantity
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    if after.len() < rest.len() && !after.starts_with(is_han) {
        return Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Digit)));
    }
    Ok((rest, (Form::Stop, number, false)))
}

fn bare(text: &str) -> Read<'_> {
    let (rest, number) = clean_digits(text)?;
    if number.len() <= 5 && rest.starts_with(|c: char| c.is_whitespace() || c.is_uppercase() || is_han(c)) {
        // a letter glued to the number is accepted only where exactly this number is due
        return Ok((rest, (Form::Bare, number, !rest.starts_with(char::is_whitespace))));
    }
    Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Space)))
}

/// The value of printed digits; look-alike letters count as the digit they resemble.
fn digits_value(digits: &str) -> Option<u32> {
    let mut value = 0u32;
    for c in digits.chars() {
        let digit = match c {
            '0'..='9' => u32::from(c) - u32::from('0'),
            '０'..='９' => u32::from(c) - u32::from('０'),
            'O' | 'o' => 0,
            'l' | 'I' | 'i' | '|' => 1,
            _ => return None,
        };
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    (value > 0 || digits.len() == 1).then_some(value)
}

/// The key of an entry that is named by a word, `[smith2019]:`.
pub(super) fn key(text: &str) -> Option<Label> {
    let rest = text.trim_start();
    let inner = rest.strip_prefix('[')?;
    let len = inner.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:+".contains(c)))?;
    (len > 0 && len <= 64 && inner[len..].starts_with("]:")).then_some(Label {
        form: Form::Bracket,
        number: None,
        skipped: text.len() - rest.len(),
        len: len + 3,
        damaged: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Form, Option<u32>, usize, usize, bool)> {
        label(text).map(|l| (l.form, l.number, l.skipped, l.len, l.damaged))
    }

    #[test]
    fn forms_of_labels() {
        assert_eq!(read("[12] A"), Some((Form::Bracket, Some(12), 0, 4, false)));
        assert_eq!(read("- [3] A"), Some((Form::Bracket, Some(3), 2, 3, false)));
        assert_eq!(read("［１２］王"), Some((Form::Bracket, Some(12), 0, 12, false)));
        assert_eq!(read("【7】王"), Some((Form::Bracket, Some(7), 0, 7, false)));
        assert_eq!(read("[l] A"), Some((Form::Bracket, Some(1), 0, 3, true)));
        assert_eq!(read("9] A"), Some((Form::Bracket, Some(9), 0, 2, true)));
        assert_eq!(read("4. A"), Some((Form::Stop, Some(4), 0, 2, false)));
        assert_eq!(read("4．王"), Some((Form::Stop, Some(4), 0, 4, false)));
        assert_eq!(read("44 LE"), Some((Form::Bare, Some(44), 0, 2, false)));
        assert_eq!(read("[^n1]: A"), Some((Form::Footnote, None, 0, 6, false)));
        assert_eq!(read("[^4]: A"), Some((Form::Footnote, Some(4), 0, 5, false)));
        assert_eq!(read("4.5 nm"), None);
        assert_eq!(read("(2) A"), Some((Form::Bracket, Some(2), 0, 3, false)));
        assert_eq!(read("(2 A"), None);
        assert_eq!(read("34National"), Some((Form::Bare, Some(34), 0, 2, true)));
        assert_eq!(read("[999999999999999] A"), None);
        assert_eq!(read(""), None);
    }
}
