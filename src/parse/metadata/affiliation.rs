//! Affiliations and the numbers they carry.

use super::people::{LETTERS, any_digit, letter_value};
use super::scan;
use crate::document::{Lang, Span, is_han};

/// One affiliation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affiliation {
    /// The whole item, without closing marks.
    pub span: Span,
    /// Its number and where that stands.
    pub number: Option<(u32, Span)>,
    /// Script.
    pub lang: Lang,
}

/// Words that show an institution.
pub(super) const WORDS: &[&str] = &[
    "大学",
    "学院",
    "医院",
    "研究所",
    "研究院",
    "实验室",
    "中心",
    "公司",
    "卫生院",
    "科学院",
    "学校",
    "University",
    "Hospital",
    "Institute",
    "College",
    "Department",
    "School",
    "Laborator",
    "Centre",
    "Center",
    "Faculty",
    "Academy",
    "UNIVERSITY",
    "HOSPITAL",
];

/// True for a text that names an institution and is no sentence.
pub fn looks_like(text: &str) -> bool {
    let head = scan::after(text, 0, 1_500);
    let body = head.trim_end_matches(['。', '.', ' ', '）', ')']);
    text.len() <= 4_000
        && WORDS.iter().any(|word| head.contains(word))
        && !body.contains(['。', '？', '！', '@'])
        && !head.contains("基金")
        && !head.contains("作者")
}

/// The items of an affiliation block at `base`.
pub fn items(text: &str, base: usize) -> Vec<Affiliation> {
    let mut cuts: Vec<(usize, Option<Enumerator>)> = Vec::new();
    let lead = text.len() - text.trim_start().len();
    if let Some(found) = enumerator(text, lead) {
        cuts.push((lead, Some(found)));
    } else {
        cuts.push((lead, None));
    }
    let by_letter = cuts[0].1.is_some_and(|n| n.0 > LETTERS);
    let mut last = ' ';
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at <= lead) {
        let after_end = matches!(last, ';' | '；' | '。' | '\n' | ')' | '）') || last == '.' && c == ' ';
        let letter = by_letter && letter_value(c).is_some();
        let digit = any_digit(c).is_some() || scan::opens(c) || c == '^' || letter;
        // `…100124 2北京…`, `… China 2. Department`: a number after a blank opens an item
        let blank = last.is_whitespace();
        if digit && (after_end || blank) && at > lead {
            let next = cuts.iter().filter_map(|cut| cut.1).map(|n| n.0).max().unwrap_or(0) + 1;
            if let Some(found) = enumerator(text, at).filter(|n| after_end && !letter || n.0 == next) {
                cuts.push((at, Some(found)));
            }
        } else if matches!(last, ';' | '；')
            && !c.is_whitespace()
            && cuts.last().is_some_and(|cut| cut.0 < at)
        {
            cuts.push((at, None));
        }
        if !(c.is_whitespace() && matches!(last, ';' | '；' | '。' | ')' | '）')) {
            last = c;
        }
    }
    let mut out = Vec::new();
    for (index, (start, number)) in cuts.iter().enumerate() {
        let end = cuts.get(index + 1).map_or(text.len(), |cut| cut.0);
        let body = &text[*start..end];
        let kept = body.trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, ';' | '；' | '。' | '.' | '，' | ',')
        });
        if kept.is_empty() || !kept.chars().any(char::is_alphabetic) {
            continue;
        }
        out.push(Affiliation {
            span: Span::new(base + start, base + start + kept.len()),
            number: number.map(|(n, a, b)| (n, Span::new(base + a, base + b))),
            lang: Lang::of(kept),
        });
    }
    out
}

/// `a Department`, `b) Institute`, `aDepartment`: a small letter before a capitalised word.
fn lettered(text: &str, start: usize) -> Option<Enumerator> {
    let value = text[start..].chars().next().and_then(letter_value)?;
    let end = start + 1;
    let rest = text[end..].strip_prefix(')').unwrap_or(&text[end..]);
    let word = rest.strip_prefix(' ').unwrap_or(rest);
    let mut chars = word.chars();
    let capital =
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase);
    capital.then_some((value, start, end))
}

/// A number and where it stands.
type Enumerator = (u32, usize, usize);

/// The number that opens an item at `at`: `1.`, `1 `, `(1)`, `¹`, `1)`, `（1.`, before a word.
fn enumerator(text: &str, at: usize) -> Option<Enumerator> {
    let mut here = at;
    while let Some(c) =
        text[here..].chars().next().filter(|c| scan::opens(*c) || c.is_whitespace() || matches!(c, '*' | '^'))
    {
        here += c.len_utf8();
        if here > at + 8 {
            return None;
        }
    }
    let start = here;
    let (mut value, mut count) = (0, 0);
    while let Some(d) = text[here..].chars().next().and_then(|c| any_digit(c).map(|d| (d, c.len_utf8()))) {
        value = value * 10 + d.0;
        here += d.1;
        count += 1;
        if count > 2 {
            return None;
        }
    }
    if count == 0 {
        return lettered(text, start);
    }
    if value == 0 {
        return None;
    }
    let end = here;
    let mut rest = text[here..].trim_start_matches([' ', '\u{a0}']);
    let marked = rest.len() < text[here..].len();
    let stripped = rest.trim_start_matches(['.', '．', ')', '）', '、', ']', ':', '^']);
    let marked = marked || stripped.len() < rest.len();
    rest = stripped.trim_start();
    let c = rest.chars().next()?;
    let raised = text[start..].chars().next().is_some_and(|c| !c.is_ascii_digit());
    // `1.210023 江苏…`: a postcode may open the item
    let postcode =
        marked && c.is_ascii_digit() && rest.len() > 6 && rest.bytes().take(6).all(|b| b.is_ascii_digit());
    // `2O1299` is a postcode whose nought was read as a letter
    let code = !marked && rest[c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
    let word = is_han(c) || c.is_uppercase() && !code || postcode || raised && c.is_alphabetic();
    word.then_some((value, start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<Option<u32>> {
        items(text, 0).into_iter().map(|item| item.number.map(|n| n.0)).collect()
    }

    #[test]
    fn items_are_cut_at_their_numbers() {
        assert_eq!(
            numbers("（1.岚港医科大学 临床医学院，岚港 990001；2.岚港医院，岚港 990002）"),
            [Some(1), Some(2)]
        );
        assert_eq!(
            numbers("(1)Department of Surgery, City Hospital, 990001, China; Northmere University, China)"),
            [Some(1), None]
        );
        assert_eq!(numbers("¹岚港大学医学院，岚港；²岚港医院，岚港"), [Some(1), Some(2)]);
        assert_eq!(numbers("1.990001 岚港市，岚港大学；2.990002 岚港市，岚港医院"), [Some(1), Some(2)]);
        assert_eq!(numbers("岚港大学，岚港 990001"), [None]);
    }
}
