//! How entries begin and what they look like: numbers, names, years.

use crate::document::is_han;

/// An entry's printed number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::format) struct EntryNumber {
    /// Its value.
    pub value: u32,
    /// Bytes from the line's start to the end of the label.
    pub len: usize,
    /// In brackets, so that it is no other number.
    pub bracketed: bool,
}

/// The number an entry begins with; looks at most 12 characters ahead.
pub(in crate::format) fn number(text: &str) -> Option<EntryNumber> {
    let body = text.trim_start_matches(['-', '*', '+', '•', ' ', '\\', '_']);
    let lead = text.len() - body.len();
    if lead > 8 {
        return None;
    }
    let mut chars = body.char_indices().peekable();
    let open = chars.next_if(|&(_, c)| matches!(c, '[' | '［' | '【' | '〔' | '(' | '（')).map(|(_, c)| c);
    while open.is_some() && chars.next_if(|&(_, c)| c == ' ' || c == '^').is_some() {}
    let mut value = 0u32;
    let mut digits = 0;
    while let Some((_, c)) = chars.next_if(|&(_, c)| c.is_ascii_digit() || ('０'..='９').contains(&c)) {
        let digit = if c.is_ascii_digit() { c as u32 - 48 } else { c as u32 - '０' as u32 };
        value = value.saturating_mul(10).saturating_add(digit);
        digits += 1;
        if digits > 5 {
            return None;
        }
    }
    // a long list may reach [1000]; without a bracket a number like a year is one
    if digits == 0 || (open.is_none() && (1500..2100).contains(&value)) {
        return None;
    }
    while open.is_some() && chars.next_if(|&(_, c)| c == ' ' || c == '\\').is_some() {}
    let (at, c) = chars.next()?;
    let close = matches!(c, ']' | '］' | '】' | '〕' | ')' | '）');
    let len = lead + at + if close || matches!(c, '.' | '．' | '、') { c.len_utf8() } else { 0 };
    match open {
        // `10］`: the opening bracket is lost
        None if matches!(c, ']' | '］' | '】') => Some(EntryNumber { value, len, bracketed: true }),
        Some('(' | '（') | None if close => Some(EntryNumber { value, len, bracketed: false }),
        Some(_) if close => Some(EntryNumber { value, len, bracketed: true }),
        Some(_) => None,
        None if matches!(c, '.' | '．' | '、') => {
            let digit = chars.next().is_some_and(|(_, next)| next.is_ascii_digit());
            (!digit).then_some(EntryNumber { value, len, bracketed: false })
        }
        None if c == ' ' || c == '\t' || c == '\u{3000}' || is_han(c) || c.is_alphabetic() => {
            Some(EntryNumber { value, len, bracketed: false })
        }
        None => None,
    }
}

/// Bytes of a Markdown footnote's label (`[^3]:`).
pub(in crate::format) fn footnote_label(text: &str) -> Option<usize> {
    let end = text.starts_with("[^").then(|| text.find("]:"))??;
    Some(end + 2)
}

/// True when a line has what entries have: a year and a sign of a publication.
pub(in crate::format) fn looks_like_entry(text: &str) -> bool {
    let year = has_year(text);
    let sign = [
        "[J]", "[M]", "[D]", "[C]", "[R]", "[S]", "[N]", "[P]", "[EB/OL]", "［J］", "[J/OL]", "et al",
        ", 等", "，等", "doi", "DOI", "http",
    ]
    .iter()
    .any(|sign| text.contains(sign));
    let volume =
        text.as_bytes().windows(2).any(|pair| pair[0].is_ascii_digit() && matches!(pair[1], b'(' | b':'));
    year && (sign || volume)
}

pub(super) fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'1', b'2', bytes).any(|at| {
        let Some(four) = bytes.get(at..at + 4) else { return false };
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        let after = bytes.get(at + 4);
        four.iter().all(u8::is_ascii_digit)
            && matches!(&four[..2], b"19" | b"20")
            && !before.is_some_and(u8::is_ascii_digit)
            && !after.is_some_and(u8::is_ascii_digit)
    })
}

/// `Smith J,`, `Smith, J.`, `张三, 李四`, `WHO.`
pub(super) fn starts_with_name(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    if is_han(first) {
        let head: String = text.chars().take(6).collect();
        return head.contains([',', '，', '.', '．', '、', ' ']);
    }
    if !first.is_uppercase() {
        return false;
    }
    let head: String = text.chars().take(48).collect();
    let comma = head.find([',', '.']).is_some_and(|at| at < 32);
    comma && head.chars().filter(|c| c.is_uppercase()).count() >= 2
}
