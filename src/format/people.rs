//! Shapes of front-matter lines without a label: names, affiliations, banners, licences.

use super::prepared::Prepared;
use super::shape::is_raised_digit;
use crate::document::{BlockKind, is_han};
use std::borrow::Cow;

/// Words over a title that are not part of it: `综述`, `Review article`, `Open Access`, a journal's name.
pub(super) fn is_banner(prepared: &Prepared, at: usize) -> bool {
    let text = prepared.line(at).trim_matches(|c: char| {
        matches!(c, '·' | '•' | '【' | '】' | '*' | '_' | ' ' | '[' | ']' | '#' | '—')
    });
    const WORDS: [&str; 26] = [
        "综述",
        "论著",
        "基础研究",
        "临床研究",
        "指南与共识",
        "专家论坛",
        "研究论文",
        "述评",
        "专题",
        "研究进展",
        "文献综述",
        "系统评价",
        "review",
        "review article",
        "research article",
        "open access",
        "original article",
        "original research",
        "article",
        "mini review",
        "systematic review",
        "research paper",
        "biomed central",
        "case report",
        "editorial",
        "review artilce",
    ];
    let lower = text.to_lowercase();
    WORDS.contains(&lower.as_str())
        || text.starts_with("===")
        || text.starts_with("http")
        || lower.starts_with("warning:")
}

/// Authors or an affiliation, by shape.
pub(super) fn person_or_place(prepared: &Prepared, at: usize) -> Option<BlockKind> {
    let text = prepared.line(at);
    let line = &prepared.lines[at];
    if line.width > 1_600 {
        return None;
    }
    let text = &without_doi(text);
    if let Some(kind) = affiliation(text) {
        // names, then the affiliation in brackets
        let names = text.find(['(', '（']).is_some_and(|at| at > 8 && authors(text[..at].trim_end()));
        return Some(if names { BlockKind::Authors } else { kind });
    }
    if text.contains('@') && line.width < 200 || is_boilerplate(text) {
        return Some(BlockKind::FrontMatter);
    }
    if text.len() <= 2 && line.digits > 0 && line.letters == 0 {
        // the raised number of an affiliation, on a line of its own
        return Some(BlockKind::Affiliation);
    }
    let address = ["http://", "https://", "doi.org", "10."].iter().any(|start| text.starts_with(start));
    if address && text.contains('/') && line.width < 120 {
        return Some(BlockKind::FrontMatter);
    }
    if is_date(text) {
        return Some(BlockKind::FrontMatter);
    }
    authors(text).then_some(BlockKind::Authors)
}

/// A line without the DOI that stands beside the authors.
pub(super) fn without_doi(text: &str) -> Cow<'_, str> {
    let doi = text.split(' ').find(|word| word.starts_with("10.") && word.contains('/'));
    match doi {
        Some(doi) if doi.len() < text.len() => Cow::Owned(text.replacen(doi, "", 1).trim().to_owned()),
        _ => Cow::Borrowed(text),
    }
}

/// True for a line that begins with the mark of an affiliation of its own: `2 `, `²`, `(3)`, `^1^`, `*`; not
/// with a postcode.
pub(super) fn own_mark(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits)
        || text.starts_with(|c: char| is_raised_digit(c) || matches!(c, '(' | '（' | '*' | '^' | '†'))
}

/// True when a printed line of an affiliation is open: it ends with a comma or in a word that ends none, or
/// the next goes on in small letters or with a postcode.
pub(super) fn is_open_place(last: &str, next: &str) -> bool {
    last.ends_with([',', '，', '-', '&'])
        || last.ends_with(|c: char| c.is_ascii_lowercase())
            && !COUNTRIES.iter().any(|country| last.ends_with(country))
        || next.starts_with(|c: char| c.is_ascii_lowercase())
        || next.bytes().take_while(u8::is_ascii_digit).count() > 2
}

/// True when a printed line of authors is open: it ends with a separator, or in a given name alone.
pub(super) fn is_open_list(last: &str) -> bool {
    let separators = [',', '，', ';', '；', '、', '&', '·'];
    let last = last.trim_end();
    let item = last.rsplit(separators).next().unwrap_or(last).trim_start();
    let given = !item.contains(' ')
        && item.starts_with(char::is_uppercase)
        && item.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '.'));
    last.ends_with(separators) || last.ends_with(" and") || given
}

/// Dates of submission, copyright, licence.
pub(super) fn is_boilerplate(text: &str) -> bool {
    let dated = ["Received", "Accepted", "Revised", "Published"].iter().any(|start| {
        text.strip_prefix(start).is_some_and(|rest| rest.chars().take(16).any(|c| c.is_ascii_digit()))
    });
    let rights = [
        "©",
        "Copyright ©",
        "Copyright (c)",
        "This is an Open Access",
        "This is an open access",
        "This article is available",
    ];
    dated || rights.iter().any(|start| text.starts_with(start))
}

/// `2020年2月20日`, `2020-02-20`
pub(super) fn is_date(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (5..=8).contains(&digits)
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '-' | '/' | '.' | ' '))
}

pub(super) fn affiliation(text: &str) -> Option<BlockKind> {
    if ["基金", "资助", "supported by", "funded by"].iter().any(|word| text.contains(word)) {
        return Some(BlockKind::FrontMatter);
    }
    const PLACES: [&str; 22] = [
        "大学",
        "学院",
        "医院",
        "研究所",
        "研究院",
        "实验室",
        "研究中心",
        "University",
        "Department",
        "Institute",
        "Hospital",
        "School of",
        "College",
        "Laborator",
        "Academy",
        "Faculty",
        "Centre",
        "Center for",
        "Division of",
        "Ministry",
        "Universit",
        "Foundation /",
    ];
    // names that only a number before them shows to be those of places
    const NUMBERED: [&str; 10] = [
        "Foundation",
        "Agency",
        "Society",
        "Clinic",
        "Trust",
        "Council",
        "Association",
        "Unit,",
        "Inc.",
        "Ltd",
    ];
    let mark = text.trim_start_matches(|c: char| c.is_ascii_digit() || is_raised_digit(c) || c == '^');
    let numbered = || {
        own_mark(text)
            && mark.trim_start().starts_with(char::is_uppercase)
            && text.contains(',')
            && NUMBERED.iter().any(|place| text.contains(place))
    };
    if !PLACES.iter().any(|place| text.contains(place)) && !numbered() || text.contains('。') {
        return None;
    }
    let bytes = text.as_bytes();
    let code = bytes.windows(5).any(|five| five.iter().all(u8::is_ascii_digit));
    let country = COUNTRIES.iter().any(|country| text.contains(country));
    let led = text.starts_with(|c: char| {
        c.is_ascii_digit() || is_raised_digit(c) || matches!(c, '(' | '（' | 'a'..='h' | '*' | '†' | '-')
    });
    let verb = [" was ", " were ", " is ", " are ", " has ", "研究表明", "我们", "进行"]
        .iter()
        .any(|verb| text.contains(verb));
    (!verb && (code || country || led || text.len() < 120)).then_some(BlockKind::Affiliation)
}

/// A list of names: Chinese names of two to four characters, or capitalised words with commas.
pub(super) fn authors(text: &str) -> bool {
    let zh = text.chars().take(40).any(is_han);
    if zh { authors_zh(text) } else { authors_en(text) }
}

pub(super) fn authors_zh(text: &str) -> bool {
    if text.len() > 600 || text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let (mut names, mut others, mut run) = (0, 0, 0);
    let mut separators = 0;
    let mut close = |run: &mut u32| {
        match *run {
            0 => {}
            2..=4 => names += 1,
            _ => others += 1,
        }
        *run = 0;
    };
    let mut previous = ' ';
    for c in text.chars() {
        match c {
            _ if is_han(c) => run += 1,
            '，' | ',' | '、' | ';' | '；' => {
                separators += 1;
                close(&mut run);
            }
            ' ' | '\u{3000}' => {
                // `李 欢` is one name
                if run != 1 {
                    close(&mut run);
                }
            }
            '0'..='9'
            | '¹'
            | '²'
            | '³'
            | '⁴'..='⁹'
            | '*'
            | '＊'
            | '#'
            | '△'
            | '▲'
            | '\''
            | '’'
            | '}'
            | '{'
            | '$'
            | '^'
            | '\\'
            | '('
            | ')'
            | '†'
            | '★'
            | '☆'
            | '✉'
            | '['
            | ']'
            | '_'
            | '-'
            | '"'
            | '”'
            | '.' => {
                close(&mut run);
            }
            'a'..='z' if previous.is_ascii_digit() || previous == ',' => close(&mut run),
            _ => return false,
        }
        previous = c;
    }
    close(&mut run);
    names >= 1
        && others * 4 <= names
        && (separators >= 1 || names >= 2 || text.chars().any(|c| c.is_ascii_digit() || c == '*'))
}

pub(super) fn authors_en(text: &str) -> bool {
    if text.contains([':', '：', '©'])
        || text.starts_with("www.")
        || text.contains("Vol.")
        || text.contains("Med J ")
    {
        return false;
    }
    if surnames_in_capitals(text) {
        return true;
    }
    if !(8..1_500).contains(&text.len())
        || text.ends_with(['.', ':', '?']) && !text.ends_with("D.") && !text.ends_with("c.")
    {
        return false;
    }
    let (mut capital, mut small, mut joins) = (0usize, 0usize, 0usize);
    for word in text.split([' ', ',', '，', ';', '；', '&', '\u{3000}']).filter(|word| !word.is_empty()) {
        let lower = word.trim_matches(|c: char| !c.is_alphabetic());
        match lower.chars().next() {
            None => {}
            _ if matches!(
                lower,
                "and" | "de" | "van" | "von" | "der" | "la" | "di" | "da" | "bin" | "al" | "el"
            ) =>
            {
                joins += 1
            }
            // `R459.9` is no name
            Some(_)
                if word.len() > 2 && word.chars().filter(|c| c.is_ascii_digit()).count() * 2 > word.len() =>
            {
                small += 1
            }
            Some(c) if c.is_uppercase() => capital += 1,
            Some(_) if lower.chars().count() <= 2 => {}
            Some(_) => small += 1,
        }
    }
    let commas = text.matches([',', '，', ';', '；', '&']).count();
    let marks = text
        .chars()
        .filter(|&c| c.is_ascii_digit() || is_raised_digit(c) || matches!(c, '*' | '†' | '#'))
        .count();
    let listed = commas >= 1 && (marks >= 1 || commas + joins >= 2 || text.contains('-'));
    let marked = capital >= 4 && (marks >= 3 || joins >= 1 && capital <= 8 && marks >= 1);
    small * 10 <= capital && capital >= 2 && (listed || marked)
}

/// `CHENG Yanbei*，LUO Qinglan.`: two names and more, each of two or three words, one of them in capitals.
fn surnames_in_capitals(text: &str) -> bool {
    if text.len() > 1_500 || !text.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let mut names = 0;
    for piece in text.trim_end_matches(['.', ' ']).split([',', '，', ';', '；']) {
        let piece = piece.trim_matches(|c: char| !c.is_alphabetic());
        if piece.is_empty() {
            continue;
        }
        let (mut words, mut capitals) = (0, 0);
        for word in piece.split([' ', '\u{a0}']).filter(|word| !word.is_empty()) {
            let letters = word.trim_matches(|c: char| !c.is_alphabetic());
            words += 1;
            capitals += usize::from(
                letters.len() >= 2 && letters.bytes().all(|b| b.is_ascii_uppercase() || b == b'\''),
            );
            let small = letters.chars().skip(1).any(|c| c.is_ascii_lowercase());
            if !letters.starts_with(|c: char| c.is_uppercase())
                || letters.len() >= 2 && capitals == 0 && !small
            {
                return false;
            }
        }
        if !(2..=3).contains(&words) || capitals != 1 {
            return false;
        }
        names += 1;
    }
    names >= 2
}

/// Countries that end an affiliation.
pub(super) const COUNTRIES: [&str; 20] = [
    "China",
    "USA",
    "India",
    "Malaysia",
    "Japan",
    "Korea",
    "Germany",
    "France",
    "Canada",
    "Italy",
    "Spain",
    "Iran",
    "UK",
    "Arabia",
    "Australia",
    "Brazil",
    "Turkey",
    "Russia",
    "Kingdom",
    "States",
];
