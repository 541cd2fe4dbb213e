//! Affiliations: the numbers they carry, and the postcodes in them.

use super::people::any_digit;
use super::scan;
use super::tables::Tables;
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
const WORDS: &[&str] = &[
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
    let mut last = ' ';
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at <= lead) {
        let after_end = matches!(last, ';' | '；' | '。' | '\n' | ')' | '）') || last == '.' && c == ' ';
        let digit = any_digit(c).is_some() || scan::opens(c);
        // `…100124 2北京…`, `… China 2. Department`: a number after a blank opens an item
        let blank = last.is_whitespace();
        if digit && (after_end || blank) && at > lead {
            let next = cuts.iter().filter_map(|cut| cut.1).map(|n| n.0).max().unwrap_or(0) + 1;
            if let Some(found) = enumerator(text, at).filter(|n| after_end || n.0 == next) {
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

/// A number and where it stands.
type Enumerator = (u32, usize, usize);

/// The number that opens an item at `at`: `1.`, `1 `, `(1)`, `¹`, `1)`, `（1.`, before a word.
fn enumerator(text: &str, at: usize) -> Option<Enumerator> {
    let mut here = at;
    while let Some(c) =
        text[here..].chars().next().filter(|c| scan::opens(*c) || c.is_whitespace() || *c == '*')
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
    if count == 0 || value == 0 {
        return None;
    }
    let end = here;
    let mut rest = text[here..].trim_start_matches([' ', '\u{a0}']);
    let marked = rest.len() < text[here..].len();
    let stripped = rest.trim_start_matches(['.', '．', ')', '）', '、', ']', ':']);
    let marked = marked || stripped.len() < rest.len();
    rest = stripped.trim_start();
    let c = rest.chars().next()?;
    let raised = text[start..].chars().next().is_some_and(|c| !c.is_ascii_digit());
    // `1.210023 江苏…`: a postcode may open the item
    let postcode =
        marked && c.is_ascii_digit() && rest.len() > 6 && rest.bytes().take(6).all(|b| b.is_ascii_digit());
    let word = is_han(c) || c.is_uppercase() || postcode || raised && c.is_alphabetic();
    word.then_some((value, start, end))
}

/// A postcode that does not belong to the province or town before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Postcode {
    /// The six digits.
    pub span: Span,
    /// The place before them.
    pub place: String,
    /// First digits that belong to the place.
    pub expected: Vec<String>,
    /// True when they fit.
    pub fits: bool,
}

/// How far before the digits the place may stand, in characters.
const NEAR: usize = 14;

/// Six-digit postcodes of Chinese addresses whose place is known.
pub fn postcodes(text: &str, base: usize, tables: &Tables) -> Vec<Postcode> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + step;
        let run = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        at = start + run;
        if run != 6
            || start > 0 && bytes[start - 1].is_ascii_alphanumeric()
            || bytes.get(at).is_some_and(|b| *b == b'-')
        {
            continue;
        }
        let before = text[..start].trim_end_matches([' ', '\u{3000}', ',', '，', '\u{a0}']);
        let from = before.char_indices().rev().nth(NEAR - 1).map_or(0, |(at, _)| at);
        let window = &before[from..];
        // the place stands in the last one or two words: nothing but place names after it
        let found = tables
            .provinces
            .iter()
            .flat_map(|(names, prefixes)| names.iter().map(move |name| (name, prefixes)))
            .filter_map(|(name, prefixes)| window.rfind(name.as_str()).map(|at| (at, name, prefixes)))
            .max_by_key(|(at, name, _)| (*at, name.len()));
        let Some((place_at, name, prefixes)) = found else { continue };
        let tail = window[place_at + name.len()..].trim_start_matches(['省', '市', '区']);
        if tail.chars().count() > 6
            || WORDS.iter().any(|word| tail.contains(word))
            || !tail.chars().all(|c| is_han(c) || c.is_whitespace() || matches!(c, '，' | ','))
        {
            continue;
        }
        let code = &text[start..start + 6];
        let all: Vec<&String> = tables
            .provinces
            .iter()
            .filter(|(names, _)| names.contains(name))
            .flat_map(|(_, prefixes)| prefixes)
            .collect();
        let fits = all.iter().any(|prefix| code.starts_with(prefix.as_str()));
        out.push(Postcode {
            span: Span::new(base + start, base + start + 6),
            place: name.clone(),
            expected: prefixes.clone(),
            fits,
        });
    }
    out
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

    #[test]
    fn postcodes_are_compared_with_the_place_before_them() {
        let tables = Tables::load(&[]).unwrap();
        let read = |text: &str| {
            postcodes(text, 0, &tables).into_iter().map(|p| (p.place, p.fits)).collect::<Vec<_>>()
        };
        assert_eq!(read("某大学，湖南 长沙 410128；"), [("长沙".to_owned(), true)]);
        assert_eq!(read("某医院，广东 深圳 210036"), [("深圳".to_owned(), false)]);
        assert_eq!(read("南京某研究所，990001；编号123456-7"), []);
        assert_eq!(read("北京大学深圳医院，990036"), []);
    }
}
