//! Citations by author and year: `(Smith & Lee, 2019; Moor 2020a, b)`, `Moor et al. (2020)`,
//! `（张三等，2020）`, `张三和李四（2020）`.
//!
//! Each bracket looks at most [`LOOK_AHEAD`] bytes ahead and [`LOOK_BACK`] bytes back.

use super::link::Link;
use super::names::{self, Names, NamesKind};
use super::tables::Tables;
use crate::document::{Span, Zone};
use crate::parse::metadata;

/// Longest bracket read, in bytes.
const LOOK_AHEAD: usize = 900;
/// Most bytes looked at before `(2019)`.
const LOOK_BACK: usize = 200;
/// Most citations in one bracket.
const MOST: usize = 40;

/// One work cited by author and year.
#[derive(Debug, Clone)]
pub struct Dated {
    /// From the first name to the year; of a second year after the same names, the year alone.
    pub span: Span,
    /// The names.
    pub names: Names,
    /// The digits of the year.
    pub year_span: Span,
    /// The year.
    pub year: u16,
    /// `a` of `2020a`.
    pub suffix: Option<char>,
    /// True when the names stand in the sentence and the year alone in brackets.
    pub narrative: bool,
    /// True when more speaks for a person than one capitalised word before a year.
    pub strong: bool,
    /// Where it stands.
    pub zone: Zone,
    /// Which entry it cites.
    pub link: Link,
}

/// What the reader of one block needs to know.
pub struct Reader<'a> {
    /// Words of this family.
    pub tables: &'a Tables,
    /// Chinese surnames.
    pub people: &'a metadata::Tables,
    /// True for the Chinese names of the list.
    pub knows: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    /// Reads one block; spans count from its start.
    pub fn read(&self, text: &str, zone: Zone) -> Vec<Dated> {
        let mut out = Vec::new();
        let mut done = 0;
        for (open, bracket) in text.char_indices() {
            if open < done || !matches!(bracket, '(' | '（' | '[' | '［') {
                continue;
            }
            let inner = open + bracket.len_utf8();
            let Some((end, after)) = closing(text, inner) else { continue };
            let inside = &text[inner..end];
            let before = out.len();
            let lead = inside.len() - inside.trim_start().len();
            if year_at(inside, lead).is_some() {
                self.narrative(text, open, Span::new(inner + lead, end), after, zone, &mut out);
            } else if inside.bytes().filter(u8::is_ascii_digit).count() >= 4 {
                self.group(inside, inner, zone, &mut out);
            }
            if out.len() > before {
                done = after;
            }
        }
        out
    }

    /// `Moor et al. (2020a, b)`.
    fn narrative(
        &self,
        text: &str,
        open: usize,
        inner: Span,
        after: usize,
        zone: Zone,
        out: &mut Vec<Dated>,
    ) {
        let mut from = open.saturating_sub(LOOK_BACK);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let inside = &text[inner.range()];
        let (years, end) = years(inside, 0);
        let rest = inside[end..].trim_start();
        let plain = rest.is_empty()
            || rest.starts_with([',', '，', ':', '：', ';', '；'])
            || rest.starts_with('年') && rest.chars().count() == 1;
        if !plain {
            return;
        }
        let head = &text[from..open];
        let names = names::running(head, from == 0, self.tables, self.people, self.knows);
        let Some(mut names) = names else { return };
        for span in &mut names.spans {
            *span = span.shift(from);
        }
        let next = text[after..].trim_start();
        let word: String = next
            .chars()
            .take(16)
            .take_while(|c| c.is_ascii_alphabetic())
            .flat_map(char::to_lowercase)
            .collect();
        let tells = self.tables.verbs.contains(&word) || TOLD.iter().any(|verb| next.starts_with(verb));
        let strong = names.kind == NamesKind::Several || names.kind == NamesKind::Single && tells;
        self.push(&names, &years, inner.start, (strong, true, zone), out);
    }

    /// `(see Smith, 2019; Moor 2020)`.
    fn group(&self, inside: &str, inner: usize, zone: Zone, out: &mut Vec<Dated>) {
        let first = out.len();
        let mut start = 0;
        for part in inside.split([';', '；']) {
            let mut at = 0;
            while let Some((year, _)) = next_year(part, at) {
                let (years, end) = years(part, year);
                let Some(mut names) = names::bracketed(&part[at..year], self.tables, self.people) else {
                    break;
                };
                for span in &mut names.spans {
                    *span = span.shift(inner + start + at);
                }
                let strong = names.kind == NamesKind::Several;
                self.push(&names, &years, inner + start, (strong, false, zone), out);
                at = end;
                if out.len() - first > MOST {
                    return;
                }
            }
            start += part.len();
            start += inside[start..].chars().next().map_or(0, char::len_utf8);
        }
        // several works in one bracket vouch for each other
        if out[first..].iter().filter(|item| item.strong).count() > 0 {
            for item in &mut out[first..] {
                item.strong |= item.names.kind == NamesKind::Single;
            }
        }
    }

    fn push(
        &self,
        names: &Names,
        years: &[(Span, u16, Option<char>)],
        offset: usize,
        (strong, narrative, zone): (bool, bool, Zone),
        out: &mut Vec<Dated>,
    ) {
        let Some(first) = names.spans.first() else { return };
        for (nth, (span, year, suffix)) in years.iter().enumerate() {
            let span = span.shift(offset);
            let whole = Span::new(first.start, span.end.max(first.start));
            out.push(Dated {
                span: if nth == 0 { whole } else { span },
                names: names.clone(),
                year_span: Span::new(span.start, (span.start + 4).min(span.end)),
                year: *year,
                suffix: *suffix,
                narrative,
                strong,
                zone,
                link: Link::Open,
            });
        }
    }
}

/// What follows a Chinese narrative citation.
const TOLD: [&str; 24] = [
    "认为",
    "发现",
    "报道",
    "指出",
    "提出",
    "研究",
    "通过",
    "采用",
    "证实",
    "的研究",
    "首次",
    "对",
    "利用",
    "比较",
    "综述",
    "观察",
    "分析",
    "将",
    "在",
    "也",
    "还",
    "则",
    "用",
    "表明",
];

/// Where the bracket closes, and what comes after it.
fn closing(text: &str, inner: usize) -> Option<(usize, usize)> {
    let mut depth = 0;
    for (at, c) in text[inner..].char_indices() {
        if at > LOOK_AHEAD {
            return None;
        }
        match c {
            '(' | '（' | '[' | '［' => depth += 1,
            ')' | '）' | ']' | '］' if depth == 0 => return Some((inner + at, inner + at + c.len_utf8())),
            ')' | '）' | ']' | '］' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The year at this offset: four digits and, perhaps, a letter.
fn year_at(text: &str, at: usize) -> Option<(Span, u16, Option<char>)> {
    let rest = text.get(at..)?;
    let digits = rest.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let year: u16 = digits.parse().ok().filter(|year| (1800..2040).contains(year))?;
    let mut after = rest[4..].chars();
    let (one, two) = (after.next(), after.next());
    match one {
        Some(c @ 'a'..='h') if two.is_none_or(|c| !c.is_alphanumeric()) => {
            Some((Span::new(at, at + 5), year, Some(c)))
        }
        Some(c) if c.is_ascii_alphanumeric() => None,
        // 2010-2015, 2010/11, 2019.5
        Some('-' | '–' | '—' | '~' | '～' | '/' | '−') if two.is_some_and(|c| c.is_ascii_digit()) => {
            None
        }
        Some('.') if two.is_some_and(|c| c.is_ascii_digit()) => None,
        _ => Some((Span::new(at, at + 4), year, None)),
    }
}

/// The next year that stands on its own.
fn next_year(text: &str, from: usize) -> Option<(usize, u16)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        if bytes[at].is_ascii_digit() {
            let length = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
            let free = at == 0 || !matches!(bytes[at - 1], b'.' | b'-' | b'/' | b'~' | b'#');
            if length == 4
                && free
                && let Some((_, year, _)) = year_at(text, at)
            {
                return Some((at, year));
            }
            at += length;
        } else {
            at += 1;
        }
    }
    None
}

/// The years from an offset on (`2019, 2020a, b`), and where they end.
fn years(text: &str, from: usize) -> (Vec<(Span, u16, Option<char>)>, usize) {
    let mut out: Vec<(Span, u16, Option<char>)> = Vec::new();
    let mut at = from;
    let mut end = from;
    while out.len() < 8 {
        if let Some(found) = year_at(text, at) {
            end = found.0.end;
            out.push(found);
        } else {
            let mut chars = text[at..].chars();
            let letter = chars.next().filter(|c| ('b'..='h').contains(c));
            let alone = chars.next().is_none_or(|c| !c.is_alphanumeric() && c != '.');
            let before = out.last().copied().filter(|(_, _, suffix)| suffix.is_some());
            let (Some(letter), true, Some((_, year, _))) = (letter, alone, before) else { break };
            out.push((Span::new(at, at + 1), year, Some(letter)));
            end = at + 1;
        }
        let rest = &text[end..];
        let gap = rest.len() - rest.trim_start_matches([',', '，', '、', ' ', '&', '\u{a0}']).len();
        if gap == 0 {
            break;
        }
        at = end + gap;
    }
    (out, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, u16, Option<char>)> {
        let (tables, people) = (Tables::load(&[]).unwrap(), metadata::Tables::load(&[]).unwrap());
        let reader = Reader { tables: &tables, people: &people, knows: &|_| false };
        let found = reader.read(text, Zone::Body);
        found.into_iter().map(|d| (text[d.span.range()].to_owned(), d.year, d.suffix)).collect()
    }

    fn spans(text: &str) -> Vec<String> {
        read(text).into_iter().map(|(span, _, _)| span).collect()
    }

    #[test]
    fn citations_by_author_and_year() {
        assert_eq!(spans("shown (Moor & Hall, 2019; Lind 2020)."), ["Moor & Hall, 2019", "Lind 2020"]);
        assert_eq!(
            read("shown (Lind 2020a, b) and (Moor et al., 2001, 2003)."),
            [
                ("Lind 2020a".to_owned(), 2020, Some('a')),
                ("b".to_owned(), 2020, Some('b')),
                ("Moor et al., 2001".to_owned(), 2001, None),
                ("2003".to_owned(), 2003, None),
            ]
        );
        assert_eq!(spans("Here Moor, Hall, and Lind (2020) found"), ["Moor, Hall, and Lind (2020"]);
        assert_eq!(
            spans("已有报道（李文海等，2020；何平，王青，2018）。"),
            ["李文海等，2020", "何平，王青，2018"]
        );
        assert_eq!(spans("（李文海，2019，何平，2020）"), ["李文海，2019", "何平，2020"]);
        assert_eq!(spans("[Moor, 2019]"), ["Moor, 2019"]);
        assert_eq!(spans("而李文海等（2020）认为"), ["李文海等（2020"]);
    }

    #[test]
    fn other_brackets_with_years_are_none() {
        for text in [
            "in the years (2010-2015) and (May 2019), (n = 20, 2019), (version 2019), (2019)",
            "at Beijing (2019), (SPSS 2019), (2010 to 2015), (1,234) and (Table 2, 2019 patients)",
            "（2019年发布），（共2000例），（表1，2019）",
            "((((((((((2019",
        ] {
            assert_eq!(spans(text), Vec::<String>::new(), "{text}");
        }
    }
}
