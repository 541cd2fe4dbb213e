//! Normal forms for comparing entries, and small questions about text.

use crate::document::is_han;

/// Letters, digits and Han characters in lower case, full-width forms folded; all else dropped.
/// Look-alikes of damaged text are kept: compare with tolerance where it matters.
pub fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = fold_width(c);
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        }
    }
    out
}

/// Full-width ASCII as ASCII.
pub fn fold_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => c,
    }
}

/// True for the dashes that join pages: `-`, `–`, `—`, `~`, `−` and kin.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '~' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '～' | '－' | '∼' | '\u{ad}')
}

/// True when a text can be the start of an entry: white space and decoration, then a capital, a Han
/// character, a particle of a name or an opening quotation mark.
pub fn opens_entry(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_whitespace() || "*_\u{fffc}".contains(c));
    let Some(c) = rest.chars().next() else { return false };
    if c.is_uppercase() || is_han(c) || "“\"'‘《「<[［".contains(c) {
        return true;
    }
    // `van der Berg D`, `d'Este C`: up to three short words, then a capital
    if rest.starts_with("http") || rest.starts_with("www.") {
        return true;
    }
    let mut after = rest;
    for _ in 0..3 {
        let word = after.len() - after.trim_start_matches(char::is_lowercase).len();
        if word == 0 || word > 4 {
            break;
        }
        after = after[word..].trim_start_matches([' ', '\'', '’']);
        if after.starts_with(char::is_uppercase) {
            return true;
        }
    }
    c.is_ascii_digit() && rest.starts_with(|c: char| c.is_ascii_digit()) && {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        after.starts_with(|c: char| is_han(c) || c == '年')
    }
}

/// A value on one line: line ends become a space, or nothing between Han characters.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut gap, mut broken) = (false, false);
    for c in text.chars() {
        if c.is_whitespace() && c != '\u{3000}' {
            gap = true;
            broken |= c == '\n';
            continue;
        }
        if gap && !out.is_empty() {
            let han = out.chars().next_back().is_some_and(is_han) && is_han(c);
            if !(han && broken) {
                out.push(' ');
            }
        }
        (gap, broken) = (false, false);
        if c != '\u{ad}' {
            out.push(c);
        }
    }
    out
}

/// A span's text without white space, quotation marks and emphasis signs around it: bytes to drop
/// from the start, and the length that stays.
pub fn trim(text: &str) -> (usize, usize) {
    let edge = |c: char| c.is_whitespace() || "*_,，;；:：、.．。".contains(c);
    let start = text.trim_start_matches(edge);
    let kept = start.trim_end_matches(edge);
    (text.len() - start.len(), kept.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_forms() {
        assert_eq!(letters("Bone： a Ｒeview (2nd)."), "boneareview2nd");
        assert!(opens_entry(" van der Berg"));
        assert!(opens_entry("*王"));
        assert!(opens_entry("2021中国"));
        assert!(!opens_entry("12, 45"));
        assert!(!opens_entry("in vitro"));
        assert_eq!(trim(" *Bone.* "), (2, 4));
    }
}
