//! Postcodes of Chinese addresses: six digits, the first two tell the province.
//!
//! Read after a province or town of the table, before `China`, and after the word 邮编. Look-ahead: 64 bytes.

use super::affiliation::WORDS;
use super::scan;
use super::tables::Tables;
use crate::document::{Span, is_han};

/// What a postcode says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It belongs to its place.
    Fits,
    /// It belongs to another province.
    Elsewhere,
    /// It is not six digits.
    Shape,
}

/// A postcode after a place, or after the word 邮编.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Postcode {
    /// The digits.
    pub span: Span,
    /// The place before them; empty when only the word 邮编 or China announces them.
    pub place: String,
    /// First digits that belong to the place.
    pub expected: Vec<String>,
    /// What it says.
    pub fit: Fit,
}

/// How far before the digits the place may stand, in characters.
const NEAR: usize = 14;

/// Postcodes of an affiliation at `base`.
pub fn postcodes(text: &str, base: usize, tables: &Tables) -> Vec<Postcode> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + step;
        let run = bytes[start..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        at = start + run;
        let code = &text[start..at];
        if start > 0 && bytes[start - 1].is_ascii_alphanumeric() || text[at..].starts_with(['-', '–']) {
            continue;
        }
        let six = run == 6 && code.bytes().all(|b| b.is_ascii_digit());
        if !six && !near_miss(code) {
            continue;
        }
        let place = place_before(text, start, tables);
        let fit = match &place {
            Some((name, _)) if six => {
                let mut all = tables.provinces.iter().filter(|p| p.0.contains(name)).flat_map(|p| &p.1);
                if all.any(|prefix| code.starts_with(prefix.as_str())) { Fit::Fits } else { Fit::Elsewhere }
            }
            Some(_) if ends(&text[at..]) => Fit::Shape,
            None if !six && in_china(text, start, at) => Fit::Shape,
            _ => continue,
        };
        let (place, expected) = place.unwrap_or_default();
        out.push(Postcode { span: Span::new(base + start, base + at), place, expected, fit });
    }
    out
}

/// Postcodes after the word 邮编 that are not six digits.
pub fn labelled(text: &str) -> Vec<Postcode> {
    let mut out = Vec::new();
    for word in ["邮编", "邮政编码"] {
        for at in memchr::memmem::find_iter(text.as_bytes(), word) {
            let body = scan::after(text, at + word.len(), 64);
            let code = body.trim_start_matches([':', '：', ' ', '\u{3000}', '】', '*']);
            let start = at + word.len() + body.len() - code.len();
            let run = code.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let digits = code.bytes().take(run).filter(u8::is_ascii_digit).count();
            let six = run == 6 && digits == 6;
            // an address abroad: its town stands in Latin letters before
            let abroad = scan::before(text, at, 48).bytes().filter(u8::is_ascii_alphabetic).count() > 5;
            let near = (4..=8).contains(&run) && run - digits <= 2 && !abroad;
            if near && !six && !code[run..].starts_with(['-', '–']) {
                let span = Span::new(start, start + run);
                out.push(Postcode { span, place: String::new(), expected: Vec::new(), fit: Fit::Shape });
            }
        }
    }
    out
}

/// Five or seven digits, or six with letters that look like digits.
fn near_miss(code: &str) -> bool {
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    let alike = code.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'O' | b'o' | b'l' | b'I'));
    matches!(code.len(), 5 | 7) && digits == code.len()
        || code.len() == 6 && alike && (4..6).contains(&digits)
}

/// True where an address ends: 12345 before a word is a street number or the number of what follows.
fn ends(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\u{a0}']);
    let mut chars = rest.chars();
    match chars.next() {
        None | Some(';' | '；' | ')' | '）' | '。') => true,
        Some(',' | '，') => {
            rest[rest.chars().next().map_or(0, char::len_utf8)..].trim_start().starts_with("中国")
        }
        Some('.') => chars.as_str().trim().is_empty(),
        _ => false,
    }
}

/// `Nanjing 21009, Jiangsu, China`: a capitalised word before, at most two before `China` after.
fn in_china(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].trim_end_matches([' ', ',', '\u{a0}']);
    let word: usize =
        before.chars().rev().take(24).take_while(|c| c.is_ascii_alphabetic() || *c == '\'').count();
    let named = before[before.len() - word..].starts_with(|c: char| c.is_ascii_uppercase()) && word >= 4;
    let after = scan::after(text, end, 48);
    let Some(at) = after.find("China").filter(|_| after.starts_with([',', ' '])) else { return false };
    let between = after[..at].trim_end_matches(['P', 'R', '.', ' ', '\'']);
    let plain = |c: char| c.is_ascii_alphabetic() || matches!(c, ',' | ' ');
    named
        && !matches!(
            &before[before.len() - word..],
            "Room" | "Building" | "Road" | "Street" | "Number" | "Box"
        )
        && between.chars().all(plain)
        && between.split([',', ' ']).filter(|w| !w.is_empty()).count() <= 3
}

/// The place right before a number, with the first digits of its postcodes.
fn place_before(text: &str, start: usize, tables: &Tables) -> Option<(String, Vec<String>)> {
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
    let (place_at, name, prefixes) = found?;
    let tail = window[place_at + name.len()..].trim_start_matches(['省', '市', '区']);
    let plain = tail.chars().count() <= 6
        && !WORDS.iter().any(|word| tail.contains(word))
        && tail.chars().all(|c| is_han(c) || c.is_whitespace() || matches!(c, '，' | ','));
    plain.then(|| (name.clone(), prefixes.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_are_compared_with_the_place_before_them() {
        let tables = Tables::load(&[]).unwrap();
        let read = |text: &str| {
            postcodes(text, 0, &tables).into_iter().map(|p| (p.place, p.fit)).collect::<Vec<_>>()
        };
        let one = |place: &str, fit| vec![(place.to_owned(), fit)];
        assert_eq!(read("某大学，湖南 长沙 410128；"), one("长沙", Fit::Fits));
        assert_eq!(read("某医院，广东 深圳 210036"), one("深圳", Fit::Elsewhere));
        assert_eq!(read("南京某研究所，990001；编号123456-7"), []);
        assert_eq!(read("北京大学深圳医院，990036"), []);
        for text in ["某大学，湖南 长沙 41012；", "某大学，湖南长沙4101288）", "某大学，湖南 长沙 41O128"]
        {
            assert_eq!(read(text), one("长沙", Fit::Shape), "{text}");
        }
        assert_eq!(read("Hospital, Changsha 41012, Hunan Province, China"), one("", Fit::Shape));
        for text in [
            "某大学，长沙 4101282.某医院",
            "长沙 12345号",
            "长沙市 12345 热线",
            "Mayo Clinic, Rochester 55905, USA; Some Hospital, China",
            "Room 12345, Some Building, China",
            "南京 0251234567",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn the_word_announces_a_postcode() {
        let read = |text: &str| labelled(text).len();
        assert_eq!(read("邮编：41012"), 1);
        assert_eq!(read("邮政编码 4101288，电话"), 1);
        assert_eq!(read("邮编：410128；邮编 ：；邮编0731-8461"), 0);
        assert_eq!(read("100 Main Street, Boston, MA, 邮编：02115"), 0);
    }
}
