//! Numbers and bullets of list items, run-in headings.

use crate::document::is_han;
use crate::format::shape::is_wide;

/// The length of a run-in heading before its paragraph: `纳入标准 ①文章…`, without punctuation.
pub(super) fn run_in(rest: &str) -> Option<usize> {
    if rest.starts_with(|c: char| c.is_ascii_uppercase()) {
        return run_in_en(rest);
    }
    rest.chars().next().filter(|&c| is_han(c))?;
    let mut chars = 0;
    for (at, c) in rest.char_indices() {
        if c == ' ' || c == '\u{3000}' {
            let tail = rest[at..].trim_start();
            let starts =
                tail.chars().next().is_some_and(|c| is_wide(c) || c.is_uppercase() || matches!(c, '①'..='⑳'));
            return (chars >= 2 && starts && tail.len() > 30).then_some(at);
        }
        chars += 1;
        if chars > 30 || matches!(c, '，' | '。' | '；' | '：' | ',' | ';' | ':') {
            return None;
        }
    }
    None
}

/// `Study Selection. All titles …`: words with capitals up to a full stop, then a sentence.
pub(super) fn run_in_en(rest: &str) -> Option<usize> {
    let at = rest.char_indices().take(70).find(|&(at, c)| c == '.' && rest[at + 1..].starts_with(' '))?.0;
    let (title, tail) = (&rest[..at], rest[at + 1..].trim_start());
    let mut words = title.split(' ').filter(|word| word.len() > 3);
    let capitals = words.all(|word| word.starts_with(|c: char| !c.is_lowercase()));
    (at > 3 && capitals && tail.len() > 3 && tail.starts_with(char::is_uppercase)).then_some(at + 1)
}

/// The last part of a structured abstract.
pub(super) fn ends_abstract(text: &str) -> bool {
    let text = text.trim_start_matches(['[', '【', '*', ' ']);
    let head: String = text.chars().take(24).collect::<String>().to_lowercase();
    head.starts_with("conclusion")
        || head.starts_with("结论")
        || head.starts_with("结果与结论")
        || head.contains("and conclusion")
}

/// A bullet that begins a block even inside an open sentence.
pub(super) fn bullet(text: &str) -> bool {
    let mut chars = text.chars();
    matches!(chars.next(), Some('•' | '●' | '■' | '○' | '▪' | '◆' | '➢' | '✓'))
        || text.starts_with("- ")
        || text.starts_with("* ")
}

/// Bytes of a bullet or number at the start of a list item made by mark-up.
pub(super) fn item_marker(text: &str) -> usize {
    let len = list_marker(text);
    if len > 0 {
        return len;
    }
    let mut chars = text.char_indices();
    match chars.next() {
        Some((_, '-' | '*' | '+' | '•')) => 1,
        Some((_, c)) if c.is_ascii_digit() => {
            let digits = text.bytes().take(9).take_while(u8::is_ascii_digit).count();
            if matches!(text.as_bytes().get(digits), Some(b'.' | b')')) { digits + 1 } else { 0 }
        }
        _ => 0,
    }
}

/// Bytes of a list marker at the start of a paragraph: `（1）`, `(a)`, `①`, `1)`, `•`.
pub(super) fn list_marker(text: &str) -> usize {
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return 0 };
    match first {
        '①'..='⑳' | '•' | '●' | '■' | '○' | '▪' | '◆' | '➢' => first.len_utf8(),
        '-' | '*' if text[1..].starts_with(' ') => 1,
        '（' | '(' => {
            for (at, c) in chars.take(4) {
                if matches!(c, '）' | ')') {
                    return if at > first.len_utf8() { at + c.len_utf8() } else { 0 };
                }
                if !(c.is_ascii_digit() || c.is_ascii_lowercase() || "一二三四五六七八九十".contains(c))
                {
                    return 0;
                }
            }
            0
        }
        '0'..='9' => {
            let digits = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
            let rest = &text[digits..];
            if rest.starts_with(')') || rest.starts_with('）') {
                digits + rest.chars().next().map_or(0, char::len_utf8)
            } else {
                0
            }
        }
        _ => 0,
    }
}
