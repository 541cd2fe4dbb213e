//! Letters and digits read for others that look alike, where the token itself tells which is meant: `IL-lβ`,
//! `P<O.05`, `1O mg`, `IncRNA`, a Cyrillic а in `TNF-а`.

use super::decimals::UNITS;
use super::tokens::Token;
use crate::document::Span;
use crate::finding::Confidence;

/// Names that a number follows, with or without a hyphen.
const FAMILIES: &[&str] = &[
    "CXCL", "CXCR", "CCL", "CCR", "MMP", "TIMP", "miR", "TLR", "BMP", "FGF", "IGF", "TGF-β", "COX", "IL",
    "CD", "HIF", "STAT", "SMAD", "Smad", "MAPK", "SIRT", "AQP",
];
/// What may stand behind such a number.
const TAILS: &[&str] = &["", "a", "b", "c", "d", "A", "B", "R", "Ra", "RA", "ra", "α", "β", "γ"];
/// Tokens with one reading.
const WORDS: &[(&str, &str)] = &[
    ("IncRNA", "lncRNA"),
    ("IncRNAs", "lncRNAs"),
    ("1ncRNA", "lncRNA"),
    ("rnRNA", "mRNA"),
    ("rnTOR", "mTOR"),
    ("rnL", "mL"),
    ("rnmol", "mmol"),
    ("rniRNA", "miRNA"),
    ("rniR", "miR"),
    ("s1RNA", "siRNA"),
    ("m1RNA", "miRNA"),
    ("1gG", "IgG"),
    ("lgG", "IgG"),
    ("lL", "IL"),
    ("lFN", "IFN"),
    ("lGF", "IGF"),
    ("lNS", "INS"),
];
/// Cyrillic and Greek letters and the Latin ones they look like.
const FOREIGN: &[(char, char)] = &[
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('х', 'x'),
    ('у', 'y'),
    ('і', 'i'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('Н', 'H'),
    ('К', 'K'),
    ('М', 'M'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('І', 'I'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Χ', 'X'),
    ('ο', 'o'),
];
/// Longest token looked at, in bytes.
const LONGEST: usize = 40;

/// Read the tokens of a block: `offset` is its place in the text.
pub fn parse(text: &str, offset: usize, out: &mut Vec<Token>) {
    for (at, token) in tokens(text) {
        if token.len() > LONGEST {
            continue;
        }
        let found = if token.is_ascii() || token.contains(['α', 'β', 'γ']) {
            word(token).or_else(|| family(token)).or_else(|| number(text, at, token))
        } else {
            None
        };
        let found = found.or_else(|| foreign(token));
        if let Some((wrong, right)) = found {
            out.push(Token {
                span: wrong.shift(at + offset),
                whole: Span::new(at, at + token.len()).shift(offset),
                right,
                confidence: Confidence::High,
            });
        }
    }
}

fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | 'α'..='ω' | 'Α'..='Ω' | 'А'..='я' | 'І' | 'і')
}

fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_token)?;
        let length = text[start..].find(|c| !is_token(c)).unwrap_or(text.len() - start);
        at = start + length;
        Some((start, text[start..at].trim_end_matches(['.', '-'])))
    })
}

fn word(token: &str) -> Option<(Span, String)> {
    let (head, _) = token.split_once('-').unwrap_or((token, ""));
    let (_, right) = WORDS.iter().find(|(wrong, _)| *wrong == head)?;
    // `lL` and its kin are names only where a number follows
    let name = head.len() > 2 || token.len() > head.len() + 1;
    name.then(|| (Span::new(0, head.len()), (*right).to_owned()))
}

/// `IL-lβ`, `CD9O`, `miR-2l`: digits of a name's number that are letters.
fn family(token: &str) -> Option<(Span, String)> {
    let name = FAMILIES.iter().find(|name| token.starts_with(**name))?;
    let rest = &token[name.len()..];
    let hyphen = usize::from(rest.starts_with('-'));
    let body = &rest[hyphen..];
    let length = body.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'O' | b'l' | b'I')).count();
    let (body, tail) = body.split_at(length);
    let letters = body.bytes().filter(|b| !b.is_ascii_digit()).count();
    let digits = body.len() - letters;
    // `COX-II` is a Roman number, `IL` alone no name of one
    let roman = body.bytes().all(|b| b == b'I');
    // without a digit only behind a hyphen, and never a single O
    let told = digits > 0 || hyphen == 1 && body != "O";
    if letters == 0 || roman || !told || !TAILS.contains(&tail) {
        return None;
    }
    let start = name.len() + hyphen;
    Some((Span::new(start, start + length), as_digits(body)))
}

/// `P<O.05`, `0.O5`, `1O mg`, `2O19年`.
fn number(text: &str, at: usize, token: &str) -> Option<(Span, String)> {
    let like = |b: u8| b.is_ascii_digit() || matches!(b, b'O' | b'l' | b'.');
    let wrong = token.bytes().any(|b| matches!(b, b'O' | b'l'));
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    if !wrong || digits == 0 || !token.bytes().all(like) {
        return None;
    }
    let before = text[..at].trim_end().chars().next_back();
    let after = text[at + token.len()..].trim_start_matches(' ');
    let decimal = token.starts_with("O.") && token.bytes().filter(|b| *b == b'.').count() == 1
        || token.starts_with("0.O")
        || token.starts_with("l.");
    let compared = before.is_some_and(|c| "<>=＜＞＝≤≥".contains(c));
    let unit = UNITS.iter().any(|unit| after.starts_with(unit)) && !token.ends_with('l');
    let year = token.len() == 4 && token.starts_with(['1', '2']) && after.starts_with('年');
    (decimal && compared || unit && !token.contains('.') || year)
        .then(|| (Span::new(0, token.len()), as_digits(token)))
}

fn as_digits(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'O' => '0',
            'l' | 'I' => '1',
            other => other,
        })
        .collect()
}

/// A Cyrillic or Greek letter that touches Latin ones.
fn foreign(token: &str) -> Option<(Span, String)> {
    if token.bytes().filter(u8::is_ascii_alphabetic).count() < 2 {
        return None;
    }
    let is_foreign = |c: char| matches!(c, 'А'..='я' | 'І' | 'і');
    let mut found = None;
    let mut count = 0;
    let mut last: Option<char> = None;
    for (at, c) in token.char_indices() {
        if let Some((_, latin)) = FOREIGN.iter().find(|(wrong, _)| *wrong == c) {
            let next = token[at + c.len_utf8()..].chars().next();
            let touches = [last, next].into_iter().flatten().any(|c| c.is_ascii_alphabetic());
            // `TNF-а`: what ends a name behind its hyphen is the Greek letter
            let greek = c == 'а' && last == Some('-') && next.is_none_or(|c| !c.is_alphabetic());
            if touches || greek {
                count += 1;
                let right = if greek { 'α' } else { *latin };
                found = found.or(Some((Span::new(at, at + c.len_utf8()), right.to_string())));
            } else if is_foreign(c) {
                return None;
            }
        } else if is_foreign(c) {
            return None;
        }
        last = Some(c);
    }
    found.filter(|_| count == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let mut out = Vec::new();
        parse(text, 0, &mut out);
        let right = |token: &Token| {
            format!(
                "{}{}{}",
                &text[token.whole.start..token.span.start],
                token.right,
                &text[token.span.end..token.whole.end]
            )
        };
        out.iter().map(|token| (text[token.whole.range()].to_owned(), right(token))).collect()
    }

    #[test]
    fn look_alikes_are_read() {
        for (wrong, right) in [
            ("IL-lβ", "IL-1β"),
            ("CD9O", "CD90"),
            ("miR-2l", "miR-21"),
            ("IL-lO", "IL-10"),
            ("CDl05", "CD105"),
            ("IGF-l", "IGF-1"),
            ("IncRNA", "lncRNA"),
            ("rnTOR", "mTOR"),
            ("TNF-\u{430}", "TNF-α"),
            ("\u{41c}SC", "MSC"),
            ("CXCLl2", "CXCL12"),
            ("lL-6", "IL-6"),
        ] {
            assert_eq!(found(wrong), [(wrong.to_owned(), right.to_owned())]);
        }
        assert_eq!(
            found("P<O.05，直径1O0 nm，2O18年"),
            [
                ("O.05".to_owned(), "0.05".to_owned()),
                ("1O0".to_owned(), "100".to_owned()),
                ("2O18".to_owned(), "2018".to_owned()),
            ]
        );
    }

    #[test]
    fn names_are_left_alone() {
        let clean = "COX-II MMP-III CDI CDO IL ILO miR-let-7 CD-ROM IGF-I MHC-I H2O CO2 N2O 5l lL TGF-β1 NF-κB O.K. Москва ΔH \
                     α-SMA β-TCP CD34 IL-1Ra IL-10 CCL2 tool Il-lustration 3.O version ABO 1l 10 mL";
        assert_eq!(found(clean), Vec::<(String, String)>::new());
        parse(&"IL-l".repeat(50_000), 0, &mut Vec::new());
        parse(&"IL-l ".repeat(50_000), 0, &mut Vec::new());
    }
}
