//! Title, authors and affiliations: lines without a label before the running text.

use super::furniture::Role;
use super::labels::{self, Topic};
use super::prepared::{Break, Hint, Prepared};
use super::references::Entry;
use super::shape::{ends_sentence, is_raised_digit};
use super::{headings, layout};
use crate::document::{BlockKind, is_han};
use std::borrow::Cow;

/// Most lines a document's front may have.
const FRONT: usize = 160;

/// The kind of each line that belongs to the front without a label saying so, and the first line
/// after the front.
pub(super) fn mark(
    prepared: &Prepared,
    roles: &[Role],
    entries: &[Entry],
) -> (Vec<Option<BlockKind>>, usize) {
    let mut kinds = vec![None; roles.len()];
    let is_text = |at: usize| roles[at] == Role::Text && entries[at] == Entry::Outside;
    let label = |at: usize| if is_text(at) { labels::find(prepared.line(at)) } else { None };
    let limit = roles.len().min(FRONT);
    let body = (0..limit).find(|&at| is_text(at) && begins_body(prepared, at)).unwrap_or(limit);
    let front_label = |at: &usize| label(*at).is_some_and(|l| l.topic != Topic::Part);
    let end = (0..body).rev().find(front_label).map_or(0, |at| at + 1);
    let first_label = (0..end).find(front_label).unwrap_or(end);
    title(prepared, &is_text, &mut kinds, first_label, body);
    for at in 0..end {
        if is_text(at) && kinds[at].is_none() && label(at).is_none() {
            let before = at.checked_sub(1).and_then(|before| kinds[before]);
            kinds[at] = if goes_on(prepared, at, before) { before } else { person_or_place(prepared, at) };
        }
    }
    other_title(prepared, &is_text, &mut kinds, end);
    // a second front in English, before its abstract, wherever it stands
    for at in 1..roles.len() {
        let english = label(at).is_some_and(|l| l.topic == Topic::Abstract && !l.zh);
        let titled = kinds[at.saturating_sub(40)..at]
            .iter()
            .zip(&prepared.lines[at.saturating_sub(40)..at])
            .any(|(kind, line)| *kind == Some(BlockKind::Title) && !line.is_zh());
        if english && kinds[at].is_none() && !titled {
            english_front(prepared, &is_text, &mut kinds, at);
        }
    }
    (kinds, end)
}

/// A title in the other language stands above its authors.
fn other_title(
    prepared: &Prepared,
    is_text: &dyn Fn(usize) -> bool,
    kinds: &mut [Option<BlockKind>],
    end: usize,
) {
    let first = (0..end).find(|&at| kinds[at] == Some(BlockKind::Title)).map(|at| prepared.lines[at].is_zh());
    let fits = |at: usize, kinds: &[Option<BlockKind>]| {
        let line = &prepared.lines[at];
        let text = prepared.line(at);
        is_text(at)
            && kinds[at].is_none()
            && labels::find(text).is_none()
            && first != Some(line.is_zh())
            && line.letters + line.han >= 12
            && line.width <= layout::PARAGRAPH
            && !text.starts_with(|c: char| c.is_ascii_digit() || c == '|')
            && !ends_sentence(text)
            && !headings::is_named(text)
            && !is_banner(prepared, at)
    };
    for at in (1..end).rev() {
        let named = (at + 1..end).find(|&next| is_text(next)).and_then(|next| kinds[next]);
        if matches!(named, Some(BlockKind::Authors)) && fits(at, kinds) {
            kinds[at] = Some(BlockKind::Title);
            if fits(at - 1, kinds) && prepared.lines[at - 1].width > 40 {
                kinds[at - 1] = Some(BlockKind::Title);
            }
            return;
        }
    }
}

/// A numbered or named section heading, or a paragraph of prose without a label.
fn begins_body(prepared: &Prepared, at: usize) -> bool {
    let text = prepared.line(at);
    let line = &prepared.lines[at];
    if headings::is_named(text) {
        return true;
    }
    headings::number(text).is_some_and(|n| {
        n.level == 1
            && n.parts[0] <= 1
            && n.style != headings::Style::HanBracket
            && headings::is_heading_text(&text[n.skip..], line.width)
            && line.width < 40
            && affiliation(text).is_none()
    })
}

/// The first lines, when what follows shows that they are a title.
fn title(
    prepared: &Prepared,
    is_text: &dyn Fn(usize) -> bool,
    kinds: &mut [Option<BlockKind>],
    first_label: usize,
    body: usize,
) {
    let lines = prepared.lines.len();
    // what stands over a banner (`Review article`) is the journal's
    let banner =
        (0..lines.min(12)).rev().find(|&at| is_text(at) && is_banner(prepared, at)).map_or(0, |at| at + 1);
    let heading = (banner..lines.min(12)).find(|&at| {
        is_text(at)
            && matches!(prepared.lines[at].hint, Hint::Heading(1 | 2))
            && prepared.lines[at].width >= 12
            && !is_banner(prepared, at)
    });
    let Some(first) = (heading.unwrap_or(banner)..lines.min(24)).find(|&at| {
        let line = &prepared.lines[at];
        is_text(at)
            && line.width >= 8
            && line.letters + line.han >= 4
            && !is_banner(prepared, at)
            && person_or_place(prepared, at).is_none()
            && labels::find(prepared.line(at)).is_none()
    }) else {
        return;
    };
    for (at, kind) in kinds.iter_mut().enumerate().take(first) {
        if is_text(at)
            && (is_banner(prepared, at) || at < banner && labels::find(prepared.line(at)).is_none())
        {
            *kind = Some(BlockKind::FrontMatter);
        }
    }
    let text = prepared.line(first);
    let line = &prepared.lines[first];
    let evident = line.hint == Hint::Heading(1) && first == heading.unwrap_or(first)
        || first < first_label && first_label < body.max(1)
        || (first + 1..lines.min(first + 4)).any(|at| is_text(at) && person_or_place(prepared, at).is_some());
    let sentence = ends_sentence(text) && !text.ends_with(['?', '？', ':', '：']);
    if !evident
        || sentence
        || line.width > layout::PARAGRAPH
        || first > first_label && first_label > 0
        || headings::is_named(text)
    {
        return;
    }
    kinds[first] = Some(BlockKind::Title);
    for (at, kind) in kinds.iter_mut().enumerate().take(first + 4).skip(first + 1) {
        let here = &prepared.lines[at];
        let same = here.is_zh() == line.is_zh() && here.brk <= Break::Line && here.hint == Hint::None;
        let other = !is_text(at)
            || labels::find(prepared.line(at)).is_some()
            || person_or_place(prepared, at).is_some()
            || ends_sentence(prepared.line(at))
            || prepared.lines[at - 1].width < 24
            || line.hint != Hint::None && here.brk != Break::Soft;
        if !same || other {
            break;
        }
        *kind = Some(BlockKind::Title);
    }
}

/// Words over a title that are not part of it: `综述`, `Review article`, `Open Access`, a journal's name.
fn is_banner(prepared: &Prepared, at: usize) -> bool {
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
fn person_or_place(prepared: &Prepared, at: usize) -> Option<BlockKind> {
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
fn without_doi(text: &str) -> Cow<'_, str> {
    let doi = text.split(' ').find(|word| word.starts_with("10.") && word.contains('/'));
    match doi {
        Some(doi) if doi.len() < text.len() => Cow::Owned(text.replacen(doi, "", 1).trim().to_owned()),
        _ => Cow::Borrowed(text),
    }
}

/// Dates of submission, copyright, licence.
fn is_boilerplate(text: &str) -> bool {
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
fn is_date(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (5..=8).contains(&digits)
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '-' | '/' | '.' | ' '))
}

fn affiliation(text: &str) -> Option<BlockKind> {
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
    if !PLACES.iter().any(|place| text.contains(place)) || text.contains('。') {
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
fn authors(text: &str) -> bool {
    let zh = text.chars().take(40).any(is_han);
    if zh { authors_zh(text) } else { authors_en(text) }
}

fn authors_zh(text: &str) -> bool {
    if text.len() > 600 {
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

fn authors_en(text: &str) -> bool {
    if text.contains([':', '：', '©'])
        || text.starts_with("www.")
        || text.contains("Vol.")
        || text.contains("Med J ")
    {
        return false;
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

/// True when an affiliation wraps: its line ended with a comma, or in a word that ends none.
fn goes_on(prepared: &Prepared, at: usize, before: Option<BlockKind>) -> bool {
    if before != Some(BlockKind::Affiliation) || prepared.lines[at].brk >= Break::Block {
        return false;
    }
    let (last, text) = (prepared.line(at - 1), prepared.line(at));
    let open = last.ends_with([',', '，'])
        || last.ends_with(|c: char| c.is_ascii_lowercase())
            && !COUNTRIES.iter().any(|country| last.ends_with(country));
    let own =
        text.starts_with(|c: char| c.is_ascii_digit() || is_raised_digit(c) || matches!(c, '(' | '（' | '*'));
    open && !own
        && prepared.lines[at - 1].hint == prepared.lines[at].hint
        && prepared.lines[at].is_zh() == prepared.lines[at - 1].is_zh()
}

/// Countries that end an affiliation.
const COUNTRIES: [&str; 20] = [
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

/// English title, authors and affiliations above an English abstract.
fn english_front(
    prepared: &Prepared,
    is_text: &dyn Fn(usize) -> bool,
    kinds: &mut [Option<BlockKind>],
    abstract_at: usize,
) {
    let mut first = abstract_at;
    while first > 0 && abstract_at - first < 16 {
        let at = first - 1;
        let line = &prepared.lines[at];
        let text = prepared.line(at);
        let sentence = line.width > 50 && text.ends_with(['.', '。']) && affiliation(text).is_none();
        let mine = is_text(at)
            && !line.is_zh()
            && kinds[at].is_none_or(|kind| kind != BlockKind::Title)
            && labels::find(text).is_none_or(|l| l.topic == Topic::Field);
        if !mine
            || sentence
            || line.width > 1_600
            || headings::is_named(text)
            || matches!(line.hint, Hint::Heading(n) if n > 2)
        {
            break;
        }
        first = at;
        if matches!(line.hint, Hint::Heading(_)) {
            break;
        }
    }
    while first < abstract_at && labels::find(prepared.line(first)).is_some() {
        first += 1;
    }
    let mut title_done = false;
    for at in first..abstract_at {
        if labels::find(prepared.line(at)).is_some() {
            title_done = true;
            continue;
        }
        let kind = match at {
            _ if at > 0 && goes_on(prepared, at, kinds[at - 1]) => kinds[at - 1],
            _ => person_or_place(prepared, at),
        };
        match kind {
            Some(kind) => {
                kinds[at] = Some(kind);
                title_done = true;
            }
            None if !title_done && at - first < 4 => kinds[at] = Some(BlockKind::Title),
            None => {
                // an affiliation goes on, or something else of the front
                kinds[at] = kinds[at - 1]
                    .filter(|kind| *kind == BlockKind::Affiliation)
                    .or(Some(BlockKind::FrontMatter));
            }
        }
    }
}
