//! Small scanners over text that the parsers of this family share.

use super::checkdigit::is_dash;

/// A byte offset moved down to a character boundary.
pub fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A byte offset moved up to a character boundary.
pub fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// At most `bytes` bytes of text before `at`.
pub fn before(text: &str, at: usize, bytes: usize) -> &str {
    &text[ceil(text, at.saturating_sub(bytes)).min(at)..at]
}

/// At most `bytes` bytes of text from `at` on.
pub fn after(text: &str, at: usize, bytes: usize) -> &str {
    &text[at..floor(text, at + bytes)]
}

/// The value of a decimal digit, half or full width.
pub fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => c.to_digit(10),
    }
}

/// A run of digits at the start of `text`: (value, digits, bytes); at most nine digits are read.
pub fn number(text: &str) -> Option<(u32, usize, usize)> {
    let (mut value, mut count, mut bytes) = (0, 0, 0);
    for c in text.chars().take(9) {
        let Some(d) = digit(c) else { break };
        value = value * 10 + d;
        count += 1;
        bytes += c.len_utf8();
    }
    (count > 0).then_some((value, count, bytes))
}

/// Bytes of white space at the start of `text`.
pub fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Bytes of the dash at the start of `text`, blanks around it included.
pub fn dash(text: &str) -> Option<usize> {
    let lead = blanks(text);
    let c = text[lead..].chars().next().filter(|c| is_dash(*c))?;
    let at = lead + c.len_utf8();
    Some(at + blanks(&text[at..]))
}

/// True for an opening round bracket of either width.
pub fn opens(c: char) -> bool {
    matches!(c, '(' | '（')
}

/// True for a closing round bracket of either width.
pub fn closes(c: char) -> bool {
    matches!(c, ')' | '）')
}
