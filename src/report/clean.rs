//! Making hostile characters visible: whatever a document or a path holds, a report prints no escape
//! sequence, no direction override and no line break of its own.

use std::borrow::Cow;
use std::fmt::Write;

/// One line of text for a terminal: control and direction characters become visible.
pub fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        push(&mut out, c);
    }
    Cow::Owned(out)
}

/// Prose (messages, notes): line breaks and tabs become spaces, all else as [`line()`].
pub fn prose(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_hostile(c) || c == '\t') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            '\r' => {}
            c => push(&mut out, c),
        }
    }
    Cow::Owned(out)
}

/// Add a character, made visible where it is hostile.
pub fn push(out: &mut String, c: char) {
    match c {
        '\t' => out.push(c),
        '\0'..='\x1f' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
        '\x7f' => out.push('␡'),
        c if is_hostile(c) => {
            // Writing to a String cannot fail.
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        }
        c => out.push(c),
    }
}

/// Control characters, direction marks and overrides, line separators, tag characters.
pub fn is_hostile(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_characters_become_visible() {
        assert_eq!(line("a\x1b[31mb\u{202e}c\nd"), "a␛[31mb<U+202E>c␊d");
        assert_eq!(prose("a\r\nb\tc\x07"), "a b c␇");
        assert!(matches!(line("骨再生\t“正常”"), Cow::Borrowed(_)));
    }
}
