//! Numbers of headings: `2.1`, `一、`, `（三）`, `第四章`.

use crate::document::{Block, BlockKind, Document, Span, is_han};

/// How a heading is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// `1`, `1.1`, `1.1.1`.
    Arabic,
    /// `一、`.
    Han,
    /// `（一）`.
    HanBracket,
    /// `第一章`.
    Chapter,
    /// `IV.`.
    Roman,
}

/// A numbered heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The number as printed, without closing marks.
    pub span: Span,
    /// How it is numbered.
    pub style: Style,
    /// Its number, level by level.
    pub path: Vec<u32>,
    /// Index of its block in reading order.
    pub block: usize,
}

/// Numbers above this are years, quantities or list items.
const MOST: u32 = 40;

/// The numbered headings of a document.
pub fn parse(document: &Document, order: &[&Block]) -> Vec<Heading> {
    let mut out: Vec<Heading> = Vec::new();
    for (index, block) in order.iter().enumerate() {
        let sure = block.kind == BlockKind::Heading;
        let line = || block.kind == BlockKind::Paragraph && stands_like_one(document, order, index);
        if !sure && !line() {
            continue;
        }
        let text = document.slice(block.span);
        let from = block.marker.map_or(0, |marker| marker.start - block.span.start);
        let lead =
            from + text[from..].len() - text[from..].trim_start_matches([' ', '#', '*', '\u{3000}']).len();
        if let Some((style, path, length)) = number(&text[lead..]) {
            if is_row_of_numbers(&text[lead + length..]) {
                continue;
            }
            // A line that the reader did not take for a heading counts where another of its kind stands before it.
            let kin = |h: &Heading| h.style == style && h.path.len() == path.len();
            if !sure && (style == Style::Roman || !out.iter().any(kin) && path != [1]) {
                continue;
            }
            let start = block.span.start + lead;
            out.push(Heading { span: Span::new(start, start + length), style, path, block: index });
        }
    }
    out
}

/// `4 京 2 沪 2 津 1`: a row of a table or a chart, not a title. Looks at 80 characters.
fn is_row_of_numbers(title: &str) -> bool {
    let mut groups = 0;
    let mut inside = false;
    for c in title.chars().take(80) {
        groups += usize::from(c.is_ascii_digit() && !inside);
        inside = c.is_ascii_digit() || c == '.';
    }
    groups >= 4
}

/// Longest line that may be a heading the reader did not know, in characters.
const SHORT: usize = 24;
/// Shortest paragraph behind it.
const LONG: usize = 30;

/// A short line of words between paragraphs that are whole.
fn stands_like_one(document: &Document, order: &[&Block], index: usize) -> bool {
    let text = document.slice(order[index].span).trim();
    let short = text.len() <= SHORT * 4 && text.chars().count() <= SHORT;
    if !short
        || text.contains(['。', '，', '；', ',', ';', '：', ':', '?', '？', '[', '%'])
        || !text.contains(is_han)
    {
        return false;
    }
    let prose = |k: usize| {
        order.get(k).filter(|b| b.kind == BlockKind::Paragraph).map(|b| document.slice(b.span).trim())
    };
    let before = index.checked_sub(1).and_then(|k| order.get(k)).is_some_and(|b| {
        b.kind == BlockKind::Heading
            || document.slice(b.span).trim_end().ends_with(['。', '.', '！', '？', '」', '”'])
    });
    let after = prose(index + 1).is_some_and(|text| text.chars().take(LONG).count() == LONG);
    before && after
}

/// The number at the start of a text: style, levels, length in bytes. Reads at most 24 characters.
pub fn number(text: &str) -> Option<(Style, Vec<u32>, usize)> {
    arabic(text).or_else(|| chinese(text)).or_else(|| roman(text))
}

/// `IV. Outlook`: a Roman number up to XX with a full stop, and a title.
fn roman(text: &str) -> Option<(Style, Vec<u32>, usize)> {
    const ROMAN: &[&str] = &[
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
        "XVII", "XVIII", "XIX", "XX",
    ];
    let length = text.bytes().take(6).take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
    let value = ROMAN.iter().position(|roman| *roman == &text[..length])?;
    let title = text[length..].strip_prefix(['.', '．', '、'])?.trim_start();
    let titled = title.starts_with(|c: char| c.is_ascii_uppercase() || is_han(c));
    titled.then(|| (Style::Roman, vec![value as u32 + 1], length))
}

fn arabic(text: &str) -> Option<(Style, Vec<u32>, usize)> {
    let mut path = Vec::new();
    let mut value: Option<u32> = None;
    let mut length = 0;
    let mut end = 0;
    for (at, c) in text.char_indices().take(24) {
        let digit = match c {
            '０'..='９' => Some(c as u32 - '０' as u32),
            _ => c.to_digit(10),
        };
        match (digit, value) {
            (Some(d), _) => {
                value = Some(value.unwrap_or(0).saturating_mul(10).saturating_add(d));
                end = at + c.len_utf8();
            }
            (None, Some(v)) if matches!(c, '.' | '．') => {
                path.push(v);
                length = end;
                value = None;
            }
            _ => break,
        }
    }
    if let Some(v) = value {
        path.push(v);
        length = end;
    }
    let rest = &text[length..];
    let next = rest.chars().next();
    // `3-磷酸甘油醛`, `2型糖尿病`, `5%`, `2023年` begin no numbered heading
    // `1.x` and `0.5 mg` neither
    let version = rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_lowercase());
    let fits = !version
        && next.is_none_or(|c| {
            c.is_whitespace()
                || matches!(c, '.' | '．' | '、' | ')' | '）')
                || path.len() > 1
                || !c.is_ascii()
        })
        && !rest.starts_with(['年', '月', '日', '%', '％', '-', '~', '型', '例', '种', '个', '次', '～']);
    (fits && !path.is_empty() && path.len() <= 5 && path.iter().all(|n| *n <= MOST)).then_some((
        Style::Arabic,
        path,
        length,
    ))
}

fn chinese(text: &str) -> Option<(Style, Vec<u32>, usize)> {
    let mut chars = text.char_indices().take(8).peekable();
    let first = chars.peek()?.1;
    let style = match first {
        '（' | '(' => Style::HanBracket,
        '第' => Style::Chapter,
        _ => Style::Han,
    };
    if style != Style::Han {
        chars.next();
    }
    let mut digits = String::new();
    let mut end = 0;
    let mut closed = false;
    for (at, c) in chars {
        end = at;
        if "一二三四五六七八九十".contains(c) {
            digits.push(c);
            continue;
        }
        closed = match style {
            Style::Han => matches!(c, '、' | '．' | '.'),
            Style::HanBracket => {
                end = at + c.len_utf8();
                matches!(c, '）' | ')')
            }
            _ => matches!(c, '章' | '节' | '部'),
        };
        break;
    }
    let value = han_number(&digits)?;
    closed.then_some((style, vec![value], end))
}

/// One to forty in Chinese numerals.
fn han_number(text: &str) -> Option<u32> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|n| n as u32 + 1);
    let chars: Vec<char> = text.chars().collect();
    match chars.as_slice() {
        ['十'] => Some(10),
        [a] => digit(*a),
        ['十', b] => Some(10 + digit(*b)?),
        [a, '十'] => Some(digit(*a)? * 10),
        [a, '十', b] => Some(digit(*a)? * 10 + digit(*b)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_headings_are_read() {
        let read = |text: &str| number(text).map(|(style, path, _)| (style, path));
        assert_eq!(read("1　概述"), Some((Style::Arabic, vec![1])));
        assert_eq!(read("2.2.4 调节"), Some((Style::Arabic, vec![2, 2, 4])));
        assert_eq!(read("3.1. Survival"), Some((Style::Arabic, vec![3, 1])));
        assert_eq!(read("2．1 机制"), Some((Style::Arabic, vec![2, 1])));
        assert_eq!(read("1引言"), Some((Style::Arabic, vec![1])));
        assert_eq!(read("一、问题"), Some((Style::Han, vec![1])));
        assert_eq!(read("（十二）方法"), Some((Style::HanBracket, vec![12])));
        assert_eq!(read("第三章 结果"), Some((Style::Chapter, vec![3])));
        assert_eq!(read("IV. Outlook"), Some((Style::Roman, vec![4])));
        for text in [
            "2023年进展",
            "3-磷酸甘油醛",
            "2型糖尿病",
            "5%葡萄糖",
            "1.x Behavior",
            "一种方法",
            "1990 results",
            "V. cholerae",
            "X linked",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
