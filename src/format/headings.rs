//! Shapes of headings.

use super::shape;
use crate::document::is_han;

/// A heading's number, read from the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// Depth: 1 for `2`, 2 for `2.1` …
    pub level: u8,
    /// Its numbers, outermost first.
    pub parts: [u16; 4],
    /// Bytes of the number, its dot or bracket included.
    pub len: usize,
    /// Bytes of number and white space.
    pub skip: usize,
    /// How it is written.
    pub style: Style,
}

/// How a heading is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `2.1`
    Decimal,
    /// `一、`
    Han,
    /// `（一）`
    HanBracket,
    /// `第一章`, `第二节`
    Chapter,
    /// `IV.`
    Roman,
}

const HAN_DIGITS: &str = "零一二三四五六七八九十";

/// Read a heading number at the start of `text`; looks at most 16 characters ahead.
pub(super) fn number(text: &str) -> Option<Number> {
    let first = text.chars().next()?;
    if first.is_ascii_digit() || ('０'..='９').contains(&first) {
        return decimal(text);
    }
    if first == '第' {
        let (value, used) = han_number(&text[3..])?;
        let unit = text[3 + used..].chars().next()?;
        let level = match unit {
            '章' | '篇' | '部' => 1,
            '节' => 2,
            _ => return None,
        };
        let len = 3 + used + unit.len_utf8() + if unit == '部' { 3 } else { 0 };
        text.get(len..)?;
        return Some(finish(text, len, level, value, Style::Chapter));
    }
    if matches!(first, '（' | '(') {
        let start = first.len_utf8();
        let (value, used) = han_number(&text[start..])?;
        let close = text[start + used..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
        return Some(finish(text, start + used + close.len_utf8(), 2, value, Style::HanBracket));
    }
    if let Some((value, used)) = han_number(text) {
        let mark = text[used..].chars().next()?;
        if matches!(mark, '、' | '．') {
            return Some(finish(text, used + mark.len_utf8(), 1, value, Style::Han));
        }
        return None;
    }
    roman(text)
}

fn finish(text: &str, len: usize, level: u8, value: u16, style: Style) -> Number {
    let rest = &text[len..];
    // `2.1 | Material`
    let skip = len + (rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '|').len());
    Number { level, parts: [value, 0, 0, 0], len, skip, style }
}

fn han_number(text: &str) -> Option<(u16, usize)> {
    let mut value = 0u16;
    let mut used = 0;
    for c in text.chars().take(3) {
        let Some(digit) = HAN_DIGITS.chars().position(|d| d == c) else { break };
        value = match (digit, value) {
            (10, 0) => 10,
            (10, v) => v * 10,
            (d, v) => v + d as u16,
        };
        used += c.len_utf8();
    }
    (used > 0).then_some((value, used))
}

fn roman(text: &str) -> Option<Number> {
    let used = text.bytes().take(5).take_while(|b| matches!(b, b'I' | b'V' | b'X')).count();
    if used == 0 || text.as_bytes().get(used) != Some(&b'.') || text.as_bytes().get(used + 1) != Some(&b' ') {
        return None;
    }
    let value = |b: u8| match b {
        b'I' => 1u16,
        b'V' => 5,
        _ => 10,
    };
    let bytes = &text.as_bytes()[..used];
    let mut total = 0u16;
    for (index, &b) in bytes.iter().enumerate() {
        let smaller = bytes.get(index + 1).is_some_and(|&next| value(next) > value(b));
        total = if smaller { total.wrapping_sub(value(b)) } else { total.wrapping_add(value(b)) };
    }
    Some(finish(text, used + 1, 1, total, Style::Roman))
}

fn decimal(text: &str) -> Option<Number> {
    let mut parts = [0u16; 4];
    let mut level = 0usize;
    let mut at = 0;
    let mut digits = 0;
    let mut end = 0;
    let bytes = text.as_bytes();
    for (index, c) in text.char_indices().take(16) {
        // `7. 1. 2 Title`: a space after the dot
        if c == ' ' && digits == 0 && level > 0 && end == index {
            let own = bytes.get(index + 1).is_some_and(u8::is_ascii_digit)
                && bytes.get(index + 2).is_some_and(|b| !b.is_ascii_digit() && *b != b',');
            if own {
                end = index + 1;
                continue;
            }
        }
        let digit = match c {
            '0'..='9' => Some(c as u16 - '0' as u16),
            '０'..='９' => Some(c as u16 - '０' as u16),
            _ => None,
        };
        match digit {
            Some(digit) => {
                if level >= 4 || digits == 2 {
                    return None;
                }
                parts[level] = parts[level] * 10 + digit;
                digits += 1;
                at = index + c.len_utf8();
                end = at;
            }
            None if matches!(c, '.' | '．' | '。') && digits > 0 => {
                level += 1;
                digits = 0;
                end = index + c.len_utf8();
            }
            None if c == '、' && digits > 0 => {
                end = index + c.len_utf8();
                break;
            }
            None => break,
        }
    }
    let count = if digits > 0 { level + 1 } else { level };
    if count == 0 || count > 4 || at == 0 {
        return None;
    }
    let mut number = finish(text, end, count as u8, 0, Style::Decimal);
    number.parts = parts;
    Some(number)
}

/// Keeps the numbers seen, so that `12 周的治疗` at a line start is no heading.
#[derive(Debug, Default)]
pub(super) struct Sequence {
    last: [u16; 4],
    level: usize,
    han: u16,
    started: bool,
}

impl Sequence {
    /// True when a number may follow the ones before it.
    pub fn fits(&self, number: &Number) -> bool {
        if number.style != Style::Decimal {
            return match number.style {
                Style::Han => number.parts[0] == self.han + 1 || number.parts[0] == 1,
                _ => true,
            };
        }
        let level = usize::from(number.level);
        let parts = &number.parts;
        if level == 1 {
            return if self.started {
                (1..=2).contains(&parts[0].wrapping_sub(self.last[0]))
            } else {
                parts[0] <= 1
            };
        }
        if !self.started {
            return parts[0] <= 1 && parts[1..level].iter().all(|&p| p <= 1);
        }
        // the number of the chapter may have been lost
        if parts[0] != self.last[0] {
            return parts[0] == self.last[0] + 1 && parts[1..level].iter().all(|&p| p <= 1);
        }
        for index in 1..level {
            let last = if index < self.level { self.last[index] } else { 0 };
            if parts[index] != last {
                return (1..=2).contains(&parts[index].wrapping_sub(last))
                    && parts[index + 1..level].iter().all(|&p| p <= 1);
            }
        }
        false
    }

    /// Remember a heading's number.
    pub fn take(&mut self, number: &Number) {
        match number.style {
            Style::Decimal => {
                self.last = number.parts;
                self.level = usize::from(number.level);
                self.started = true;
            }
            Style::Han => self.han = number.parts[0],
            _ => {}
        }
    }
}

/// True when a line could be a heading's words: short, no sentence.
pub(super) fn is_heading_text(text: &str, width: u32) -> bool {
    if width > 110 || text.is_empty() {
        return false;
    }
    let Some(last) = text.chars().next_back() else { return false };
    if matches!(last, '。' | '；' | '，' | ',' | ';' | '、' | '：' | ':' | '-' | '⁃') {
        return false;
    }
    if last == '.' && text.chars().filter(|&c| c == ' ').count() > 2 {
        return false;
    }
    let Some(first) = text.chars().next() else { return false };
    if !(is_han(first)
        || first.is_uppercase()
        || shape::is_opener(first)
        || first.is_alphabetic() && first > '\u{370}'
        || text.starts_with("miR")
        || text.starts_with("lnc")
        || text.starts_with("circ"))
    {
        return false;
    }
    if text.contains(['=', '≥', '≤', '>', '<']) {
        return false;
    }
    // a sentence's inner marks
    !text.contains('。') && text.matches(['，', ',']).count() <= 2
}

/// Section names that stand without a number.
const NAMES: [&str; 45] = [
    "引言",
    "前言",
    "绪论",
    "背景",
    "概述",
    "材料与方法",
    "资料与方法",
    "对象与方法",
    "方法",
    "资料和方法",
    "结果",
    "讨论",
    "结论",
    "总结",
    "小结",
    "展望",
    "总结与展望",
    "结语",
    "结束语",
    "结论与展望",
    "讨论与展望",
    "小结与展望",
    "introduction",
    "background",
    "methods",
    "materials and methods",
    "material and methods",
    "methodology",
    "results",
    "results and discussion",
    "discussion",
    "conclusion",
    "conclusions",
    "conclusions and perspectives",
    "conclusion and perspectives",
    "concluding remarks",
    "summary",
    "future perspectives",
    "limitations",
    "statistical analysis",
    "abbreviations",
    "literature review",
    "search strategy",
    "data sources",
    "experimental procedures",
];

/// True for a known section name without a number.
pub(super) fn is_named(text: &str) -> bool {
    let mut name = String::with_capacity(text.len().min(64));
    if text.len() > 64 {
        return false;
    }
    let han = text.chars().any(is_han);
    for c in text.chars() {
        if !(c.is_whitespace() && han) {
            name.extend(c.to_lowercase());
        }
    }
    let name = name.trim_matches(|c: char| matches!(c, '*' | '_' | ':' | '：' | '.'));
    NAMES.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_style_are_read() {
        let read = |text| number(text).map(|n| (n.level, n.parts[0], n.parts[1], n.style));
        assert_eq!(read("2 机制"), Some((1, 2, 0, Style::Decimal)));
        assert_eq!(read("2.1 促愈合"), Some((2, 2, 1, Style::Decimal)));
        assert_eq!(read("1引言"), Some((1, 1, 0, Style::Decimal)));
        assert_eq!(read("3.1.2. Cells"), Some((3, 3, 1, Style::Decimal)));
        assert_eq!(read("一、背景"), Some((1, 1, 0, Style::Han)));
        assert_eq!(read("（二）方法"), Some((2, 2, 0, Style::HanBracket)));
        assert_eq!(read("第三章 结果"), Some((1, 3, 0, Style::Chapter)));
        assert_eq!(read("IV. RESULTS"), Some((1, 4, 0, Style::Roman)));
        assert_eq!(read("7. 1. 2 治疗"), Some((3, 7, 1, Style::Decimal)));
        assert_eq!(read("1. 50 只大鼠"), Some((1, 1, 0, Style::Decimal)));
        assert_eq!(read("2019 年"), None);
        assert_eq!(read("I am"), None);
    }

    #[test]
    fn a_number_must_follow_the_one_before() {
        let mut sequence = Sequence::default();
        let number = |text| super::number(text).unwrap();
        assert!(sequence.fits(&number("1 概述")));
        assert!(!sequence.fits(&number("12 周的治疗")));
        sequence.take(&number("1 概述"));
        assert!(sequence.fits(&number("1.1 来源")) && sequence.fits(&number("2 机制")));
        sequence.take(&number("1.1 来源"));
        assert!(sequence.fits(&number("1.2 分类")) && !sequence.fits(&number("1.1 来源")));
        assert!(!sequence.fits(&number("9 例患者")));
    }
}
