//! Lists of people: author lines, citation lines, names after a label.
//!
//! Linear: a line is read once, names are at most six Han characters or five Latin words.

pub use super::latin::{LETTERS, latin, letter_value};
use super::latin::{is_latin_name, name_length};
use super::scan;
use super::tables::Tables;
use crate::document::{Lang, Span, is_han};

/// Most people read from one list.
pub(super) const MOST: usize = 2_000;

/// Where a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListKind {
    /// The author line.
    Authors,
    /// 引用本文, How to cite.
    Citation,
    /// After 第一作者, First author.
    First,
    /// After 通信作者, Corresponding author.
    Corresponding,
    /// Beside an ORCID iD.
    Orcid,
}

/// A list of people.
#[derive(Debug, Clone)]
pub struct People {
    /// Where it stands.
    pub kind: ListKind,
    /// Script of the names.
    pub lang: Lang,
    /// From the first to the last name.
    pub span: Span,
    /// In order.
    pub people: Vec<Person>,
    /// False after 等, et al., or where the list breaks off.
    pub complete: bool,
}

/// One person of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name as printed.
    pub span: Span,
    /// The name without blanks inside a Chinese one.
    pub name: String,
    /// Affiliation numbers after the name.
    pub marks: Vec<(u32, Span)>,
    /// True when an asterisk or its like follows.
    pub starred: bool,
}

/// The value of a superscript, full-width or ASCII digit.
pub fn any_digit(c: char) -> Option<u32> {
    match c {
        '⁰' => Some(0),
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁴'..='⁹' => Some(c as u32 - '⁰' as u32),
        _ => scan::digit(c),
    }
}

/// Numbers in a stretch of marks: `1,2)**`, `¹²` (two marks when raised and above nine), `1-3`.
pub(super) fn marks(text: &str, base: usize, out: &mut Person) {
    let mut open: Option<(u32, usize, usize)> = None;
    for (at, c) in text.char_indices() {
        if c.is_alphabetic() {
            if let Some((value, start, _)) = open.take() {
                out.marks.push((value, Span::new(base + start, base + at)));
            }
            // a single letter may be a mark; words are what stands after the list
            if text[at + c.len_utf8()..].starts_with(char::is_alphabetic) {
                return;
            }
        }
        match any_digit(c) {
            Some(d) => {
                let (value, start, count) = open.unwrap_or((0, at, 0));
                if count < 2 {
                    open = Some((value * 10 + d, start, count + 1));
                }
            }
            None => {
                if let Some((value, start, _)) = open.take() {
                    out.marks.push((value, Span::new(base + start, base + at)));
                }
                out.starred |= matches!(c, '*' | '＊' | '✉' | '△' | '▲' | '☆' | '∗');
            }
        }
    }
    if let Some((value, start, _)) = open {
        out.marks.push((value, Span::new(base + start, base + text.len())));
    }
}

/// The Chinese names of a list at `base`. `None` when it holds anything that is no name.
pub fn chinese(text: &str, base: usize, tables: &Tables) -> Option<(Vec<Person>, bool)> {
    let mut people: Vec<Person> = Vec::new();
    let mut complete = true;
    let mut rest_from = 0;
    let mut chars = text.char_indices().peekable();
    let mut pending: Option<(usize, usize, String)> = None;
    let mut flush = |pending: &mut Option<(usize, usize, String)>, people: &mut Vec<Person>| -> Option<()> {
        let Some((start, end, name)) = pending.take() else { return Some(()) };
        if !is_chinese_name(&name, tables) {
            return None;
        }
        people.push(Person {
            span: Span::new(base + start, base + end),
            name,
            marks: Vec::new(),
            starred: false,
        });
        rest_from = end;
        Some(())
    };
    let mut gap_start = 0;
    while let Some((at, c)) = chars.next() {
        if people.len() > MOST {
            return None;
        }
        if pending.is_none()
            && let Some(length) = guest(text, at)
        {
            if let Some(last) = people.last_mut() {
                marks(&text[gap_start..at], base + gap_start, last);
            }
            gap_start = at + length;
            people.push(Person {
                span: Span::new(base + at, base + gap_start),
                name: text[at..gap_start].to_owned(),
                marks: Vec::new(),
                starred: false,
            });
            while chars.peek().is_some_and(|(next, _)| *next < gap_start) {
                chars.next();
            }
            continue;
        }
        if is_han(c) {
            let mut end = at + c.len_utf8();
            let mut name = String::from(c);
            while let Some((next, n)) = chars.peek().copied() {
                if !is_han(n) && n != '·' {
                    break;
                }
                end = next + n.len_utf8();
                name.push(n);
                chars.next();
            }
            if name == "等" || name.ends_with('等') && people.len() + 1 > 1 && name.chars().count() > 3 {
                complete = false;
                name.pop();
            }
            // marks between the last name and this one
            if let Some(last) = people.last_mut().filter(|_| pending.is_none()) {
                marks(&text[gap_start..at], base + gap_start, last);
            }
            match pending.take() {
                // `李 欢`: two single characters with blanks between
                Some((start, _, first)) if first.chars().count() == 1 && name.chars().count() == 1 => {
                    let mut both = Some((start, end, first + &name));
                    flush(&mut both, &mut people)?;
                }
                Some(_) => return None,
                None if name.is_empty() => {}
                None if name.chars().count() == 1 => pending = Some((at, end, name)),
                None => flush(&mut Some((at, end, name)), &mut people)?,
            }
            gap_start = end;
        } else if pending.is_some() && !matches!(c, ' ' | '\u{3000}' | '\u{a0}') {
            return None;
        } else if c.is_ascii_alphabetic() {
            // a single letter may be a mark, a word is none
            if chars.peek().is_some_and(|(_, n)| n.is_ascii_alphabetic()) {
                return None;
            }
        } else if matches!(c, '。' | '：' | ':' | '？' | '！' | '%' | '=' | '@' | '/') {
            if text[at + c.len_utf8()..].trim().is_empty() {
                break;
            }
            return None;
        }
    }
    if pending.is_some() {
        return None;
    }
    if let Some(last) = people.last_mut() {
        marks(&text[gap_start..], base + gap_start, last);
    }
    // names of two kinds: the Chinese ones must carry the line
    let guests = people.iter().filter(|p| is_latin(&p.name)).count();
    (people.len() > guests * 2 || guests == 0 && !people.is_empty() || people.len() == 2 && guests == 1)
        .then_some((people, complete))
}

/// True for a name in Latin letters.
pub fn is_latin(name: &str) -> bool {
    !name.contains(is_han)
}

/// Bytes of a Latin name of two words and more that stands alone between separators at `at`: `John SMITH，王某`.
fn guest(text: &str, at: usize) -> Option<usize> {
    if !text[at..].starts_with(char::is_alphabetic) || text[at..].starts_with(is_han) {
        return None;
    }
    let before = text[..at].trim_end_matches([' ', '\u{a0}', '\u{3000}']);
    if !(before.is_empty() || before.ends_with([',', '，', ';', '；', '、'])) {
        return None;
    }
    let piece = scan::after(text, at, 80);
    let name = piece[..name_length(piece)].trim_end_matches([' ', '\u{a0}', '-', '.']);
    let words = name.split([' ', '\u{a0}']).filter(|word| word.chars().count() > 1).count();
    let rest = piece[name.len()..].trim_start_matches(['.', ' ', '\u{a0}']);
    let ends = rest.is_empty()
        || rest.starts_with(|c: char| {
            any_digit(c).is_some()
                || matches!(c, ',' | '，' | ';' | '；' | '、' | '*' | '＊' | '(' | '（' | '#')
        });
    ((2..=5).contains(&words) && ends && is_latin_name(name)).then_some(name.len())
}

/// True for two to four Han characters that begin with a surname (a middle dot makes it longer).
pub fn is_chinese_name(name: &str, tables: &Tables) -> bool {
    let chars: Vec<char> = name.chars().take(20).collect();
    if chars.contains(&'·') {
        return chars.len() < 20;
    }
    let count = chars.len();
    let compound = count >= 3 && tables.is_compound_surname(chars[0], chars[1]);
    (2..=3).contains(&count) && tables.is_surname(chars[0])
        || count == 4 && (compound || tables.is_surname(chars[0]) && tables.is_surname(chars[1]))
}

/// The first name after a label: Chinese or Latin.
pub fn first(text: &str, base: usize, tables: &Tables) -> Option<(Person, Lang)> {
    let lead = text.len() - text.trim_start_matches(|c: char| !c.is_alphabetic()).len();
    let tail = scan::after(text, lead, 160);
    let c = tail.chars().next()?;
    if is_han(c) {
        let mut name = String::new();
        let mut end = 0;
        for (at, c) in tail.char_indices() {
            let next = tail[at + c.len_utf8()..].chars().next();
            let inner =
                matches!(c, ' ' | '\u{3000}') && name.chars().count() == 1 && next.is_some_and(is_han);
            if is_han(c) || c == '·' {
                name.push(c);
                end = at + c.len_utf8();
            } else if !inner {
                break;
            }
        }
        if !is_chinese_name(&name, tables) {
            return None;
        }
        let span = Span::new(base + lead, base + lead + end);
        return Some((Person { span, name, marks: Vec::new(), starred: false }, Lang::Zh));
    }
    let stop = tail.find([',', '，', ';', '；', '(', '（', ':', '：', '\n', '。', '@']).unwrap_or(tail.len());
    let (people, _) = latin(&tail[..stop], base + lead)?;
    people.into_iter().next().filter(|p| p.name.contains([' ', '-', '\u{a0}'])).map(|p| (p, Lang::En))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zh(text: &str) -> Option<Vec<(String, Vec<u32>)>> {
        let tables = Tables::load(&[]).unwrap();
        let (people, _) = chinese(text, 0, &tables)?;
        Some(people.into_iter().map(|p| (p.name, p.marks.iter().map(|m| m.0).collect())).collect())
    }

    fn en(text: &str) -> Vec<(String, Vec<u32>)> {
        let found = latin(text, 0).map(|l| l.0).unwrap_or_default();
        found.into_iter().map(|p| (p.name, p.marks.iter().map(|m| m.0).collect())).collect()
    }

    fn list(items: &[(&str, &[u32])]) -> Vec<(String, Vec<u32>)> {
        items.iter().map(|(name, marks)| ((*name).to_owned(), marks.to_vec())).collect()
    }

    #[test]
    fn author_lines_give_names_and_marks() {
        assert_eq!(
            zh("陆知行1，沈慕白2，顾 远1,2*").unwrap(),
            list(&[("陆知行", &[1]), ("沈慕白", &[2]), ("顾远", &[1, 2])])
        );
        assert_eq!(zh("叶书禾 简若水 卓云帆").unwrap().len(), 3);
        assert_eq!(zh("欧阳若川¹，李荷²³").unwrap()[0].0, "欧阳若川");
        assert_eq!(zh("肌腱愈合的研究进展"), None);
        assert_eq!(zh("南京大学，南京"), None);
        assert_eq!(
            en("LU Zhixing1，SHEN Mubai2，GU Yuan-zhou1,2*"),
            list(&[("LU Zhixing", &[1]), ("SHEN Mubai", &[2]), ("GU Yuan-zhou", &[1, 2])])
        );
        assert_eq!(
            en("Maren Ostlund1, Ife Adeyoke-Lund3* and J. P. van der Berg"),
            list(&[("Maren Ostlund", &[1]), ("Ife Adeyoke-Lund", &[3]), ("J. P. van der Berg", &[])])
        );
        assert_eq!(en("School of Medicine, Northmere University"), []);
    }

    #[test]
    fn ten_thousand_names_and_endless_names_are_cheap() {
        assert!(zh(&"王小明，".repeat(10_000)).is_none());
        assert!(zh(&"王".repeat(1_000)).is_none());
        en(&"Wang Xiaoming, ".repeat(10_000));
        en(&"W".repeat(100_000));
    }
}
