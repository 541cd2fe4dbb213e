//! Foreign words in running text: the candidates for uses of short forms.

use super::shape::{self, fold, is_greek, roman};
use crate::document::Span;

/// Longest token read, in bytes.
const LONGEST: usize = 40;

/// Unbroken stretches of Latin and Greek letters, digits and the hyphens between them. A stroke ends
/// a token, but for `ERK1/2`. Tokens without a letter, or too long, are left out.
pub fn tokens(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start: Option<usize> = None;
    let mut chars = text.char_indices().peekable();
    let mut previous = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| fold(*c));
        let inside = if is_letter(c) {
            true
        } else if start.is_some() {
            let folded = fold(c);
            let joins = next.is_some_and(is_letter);
            match folded {
                '-' => c != '—' && joins,
                '_' => joins,
                '/' => {
                    let one = next.is_some_and(|c| c.is_ascii_digit());
                    let end = text[at + c.len_utf8()..].chars().nth(1).is_none_or(|c| !is_letter(c));
                    previous.is_ascii_digit() && one && end
                }
                _ => false,
            }
        } else {
            false
        };
        if inside {
            start.get_or_insert(at);
        } else if let Some(begin) = start.take() {
            push(text, begin, at, &mut out);
        }
        previous = fold(c);
    }
    if let Some(begin) = start {
        push(text, begin, text.len(), &mut out);
    }
    out
}

fn push(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let token = &text[start..end];
    if token.len() <= LONGEST
        && token.len() >= 2
        && token.chars().any(|c| c.is_alphabetic() || roman(c).is_some())
    {
        out.push(Span::new(start, end));
    }
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() || matches!(c, '\u{4e00}'..='\u{9fff}') {
        return c.is_ascii_alphanumeric();
    }
    let c = fold(c);
    c.is_ascii_alphanumeric() || is_greek(c) || roman(c).is_some()
}

/// The parts of a compound between hyphens, with their offsets.
pub fn components(token: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    token.split(|c: char| fold(c) == '-').map(move |part| {
        let at = token[from..].find(part).map_or(from, |at| from + at);
        from = at + part.len();
        (at, part)
    })
}

/// True when a token can be read as a short form wherever it stands.
pub fn is_form(token: &str) -> bool {
    let shape = shape::Shape::of(token);
    let letters = shape.letters();
    if letters < 2 || shape.number > 3 || shape.other > 3 || token.starts_with('-') {
        return false;
    }
    if shape.run > 5 && !token.contains('-') {
        return false;
    }
    shape.upper >= 2 || shape.upper == 1 && (shape.digits > 0 || shape.greek > 0) && shape.lower <= 4
}

/// True for a sequence of bases, an ordinary numeral, or a repeated letter.
pub fn is_noise(token: &str) -> bool {
    let letters = || token.chars().filter(|c| c.is_alphabetic());
    let bases = letters().count() >= 6 && letters().all(|c| matches!(c, 'A' | 'C' | 'G' | 'T' | 'U' | 'N'));
    let roman = token.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | '-' | '/') || roman(c).is_some());
    let first = token.chars().next();
    let same = token.chars().count() > 2 && token.chars().all(|c| Some(c) == first);
    bases || roman || same
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|s| &text[s.range()]).collect()
    }

    #[test]
    fn strokes_part_and_hyphens_join() {
        assert_eq!(
            list("经PI3K/AKT/mTOR与ERK1/2、MMP-3/13及hUC-MSCs-exo"),
            ["PI3K", "AKT", "mTOR", "ERK1/2", "MMP-3", "hUC-MSCs-exo"]
        );
        assert_eq!(components("hUC-MSCs").collect::<Vec<_>>(), [(0, "hUC"), (4, "MSCs")]);
    }

    #[test]
    fn forms_are_told_from_words() {
        for token in ["eNOS", "BMP-2", "Runx2", "TGF-β", "MSC-exos", "LncRNA", "COLⅡ"] {
            assert!(is_form(token), "{token}");
        }
        for token in ["cell", "Smith", "p", "α", "and"] {
            assert!(!is_form(token), "{token}");
        }
        assert!(is_noise("ACGGTTA") && is_noise("III") && !is_noise("CAT"));
    }
}
