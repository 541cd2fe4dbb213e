//! Characters, brackets and the look of short forms.

use crate::document::Span;

/// Longest inside of a bracket that is read, in bytes.
pub const MAX_INSIDE: usize = 320;
/// Most brackets that are open at a time.
const MAX_DEPTH: usize = 6;

/// A full-width or typographic character as its plain one.
#[inline]
pub fn fold(c: char) -> char {
    if c.is_ascii() {
        return if matches!(c, '\n' | '\t') { ' ' } else { c };
    }
    fold_wide(c)
}

fn fold_wide(c: char) -> char {
    match c {
        // what nearly all text consists of, first
        '!'..='~' | '\u{4e00}'..='\u{9fff}' => c,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '‐' | '‑' | '‒' | '–' | '—' | '−' | '⁃' | '﹣' | '﹘' => '-',
        '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{3000}' | '\n' | '\t' => ' ',
        // mathematical italic α … ω
        '\u{1d6fc}'..='\u{1d714}' => char::from_u32(c as u32 - 0x1d6fc + 0x3b1).unwrap_or(c),
        'ϕ' => 'φ',
        'µ' => 'μ',
        'ϵ' => 'ε',
        'ß' => 'β',
        'ϰ' => 'κ',
        '’' | '‘' | '′' => '\'',
        '、' => ',',
        _ => c,
    }
}

/// A text folded, with single spaces and none at its ends.
pub fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(fold) {
        if c == '\u{ad}' || c == '\u{200b}' {
            continue;
        }
        if c != ' ' || !out.is_empty() && !out.ends_with(' ') {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The letters and digits of a Roman numeral character (`Ⅱ` is `II`).
pub fn roman(c: char) -> Option<&'static str> {
    const NUMERALS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    let at = match c {
        'Ⅰ'..='Ⅻ' => c as u32 - 'Ⅰ' as u32,
        'ⅰ'..='ⅻ' => c as u32 - 'ⅰ' as u32,
        _ => return None,
    };
    NUMERALS.get(at as usize).copied()
}

/// True for a Greek letter.
pub fn is_greek(c: char) -> bool {
    matches!(fold(c), 'α'..='ω' | 'Α'..='Ω')
}

/// The Latin letter that looks like, or is typed for, a Greek one.
pub fn latin_of(c: char) -> Option<char> {
    Some(match c {
        'α' | 'Α' => 'a',
        'β' | 'Β' => 'b',
        'γ' | 'Γ' => 'g',
        'δ' | 'Δ' => 'd',
        'ε' | 'Ε' => 'e',
        'κ' | 'Κ' => 'k',
        'μ' => 'u',
        _ => return None,
    })
}

/// The name of a Greek letter.
pub fn greek_name(c: char) -> Option<&'static str> {
    Some(match c {
        'α' | 'Α' => "alpha",
        'β' | 'Β' => "beta",
        'γ' | 'Γ' => "gamma",
        'δ' | 'Δ' => "delta",
        'ε' | 'Ε' => "epsilon",
        'ζ' => "zeta",
        'η' => "eta",
        'θ' => "theta",
        'ι' => "iota",
        'κ' | 'Κ' => "kappa",
        'λ' | 'Λ' => "lambda",
        'μ' => "mu",
        'ν' => "nu",
        'ξ' => "xi",
        'π' => "pi",
        'ρ' => "rho",
        'σ' | 'Σ' => "sigma",
        'τ' => "tau",
        'φ' | 'Φ' => "phi",
        'χ' => "chi",
        'ψ' | 'Ψ' => "psi",
        'ω' | 'Ω' => "omega",
        _ => return None,
    })
}

/// A bracket pair: `open` and `close` are the offsets of the two marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bracket {
    /// Both marks and what stands between.
    pub outer: Span,
    /// Between the marks.
    pub inner: Span,
    /// Start of the bracket around it; 0 when there is none.
    pub floor: usize,
    /// True for `[ ]`.
    pub square: bool,
}

/// Bracket pairs of any width, inner ones first; a pair may mix widths. Brackets longer than
/// [`MAX_INSIDE`] bytes are forgotten, so the scan is linear.
pub fn brackets(text: &str) -> Vec<Bracket> {
    let mut out = Vec::new();
    let mut open: Vec<(usize, usize, bool)> = Vec::new();
    let bytes = text.as_bytes();
    // the marks are ASCII or start with the byte of full-width forms
    let marks =
        bytes.iter().enumerate().filter(|(_, b)| matches!(b, b'(' | b')' | b'[' | b']' | b'\n' | 0xef));
    for (at, c) in
        marks.filter_map(|(at, _)| text.get(at..).and_then(|rest| rest.chars().next()).map(|c| (at, c)))
    {
        let square = matches!(c, '[' | '［' | ']' | '］');
        match c {
            '(' | '（' | '[' | '［' => {
                if open.len() == MAX_DEPTH {
                    open.remove(0);
                }
                open.push((at, at + c.len_utf8(), square));
            }
            ')' | '）' | ']' | '］' => {
                let found = open.iter().rposition(|entry| entry.2 == square);
                let Some(index) = found else { continue };
                let (start, inside, _) = open[index];
                open.truncate(index);
                if at - inside > MAX_INSIDE || at == inside {
                    continue;
                }
                let floor = open.last().map_or(0, |entry| entry.1);
                let outer = Span::new(start, at + c.len_utf8());
                out.push(Bracket { outer, inner: Span::new(inside, at), floor, square });
            }
            '\n' if text[..at].ends_with('\n') => open.clear(),
            _ => {}
        }
    }
    out
}

/// Counts of the characters of a candidate.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shape {
    /// Capital letters.
    pub upper: usize,
    /// Small letters.
    pub lower: usize,
    /// Digits.
    pub digits: usize,
    /// Greek letters.
    pub greek: usize,
    /// Anything else.
    pub other: usize,
    /// Longest run of small letters.
    pub run: usize,
    /// Longest run of digits.
    pub number: usize,
}

impl Shape {
    /// The shape of a text.
    pub fn of(text: &str) -> Self {
        let mut shape = Self::default();
        let (mut run, mut number) = (0, 0);
        for c in text.chars().map(fold) {
            run = if c.is_ascii_lowercase() { run + 1 } else { 0 };
            number = if c.is_ascii_digit() { number + 1 } else { 0 };
            shape.run = shape.run.max(run);
            shape.number = shape.number.max(number);
            match c {
                'A'..='Z' => shape.upper += 1,
                'a'..='z' => shape.lower += 1,
                '0'..='9' => shape.digits += 1,
                c if is_greek(c) => shape.greek += 1,
                c if roman(c).is_some() => shape.upper += 1,
                _ => shape.other += 1,
            }
        }
        shape
    }

    /// Letters of any kind.
    pub fn letters(self) -> usize {
        self.upper + self.lower + self.greek
    }
}

/// True when a folded text can be a short form at all: letters, digits, `-`, `/`, `'`, `.`, `+`,
/// `&` and at most one space (two before a numeral: CaM kinase II), 2–16 characters, starting with a
/// letter or digit.
pub fn possible_short(text: &str) -> bool {
    let shape = Shape::of(text);
    let count = text.chars().count();
    let words = text.split(' ').count();
    let numeral = |text: &str| {
        text.rsplit(' ')
            .next()
            .is_some_and(|last| last.bytes().all(|b| matches!(b, b'I' | b'V' | b'0'..=b'9')))
    };
    if !(2..=16).contains(&count) || shape.letters() == 0 || words > 3 || words == 3 && !numeral(text) {
        return false;
    }
    let starts = text.chars().next().is_some_and(|c| c.is_ascii_alphanumeric() || is_greek(c));
    starts
        && text.chars().all(|c| {
            c.is_ascii_alphanumeric()
                || is_greek(c)
                || roman(c).is_some()
                || matches!(c, '-' | '/' | '\'' | '.' | '+' | '&' | ' ' | '_' | '*')
        })
}

/// True when a text looks like a short form by itself: capitals carry it.
pub fn looks_short(text: &str) -> bool {
    if !possible_short(text) || text.contains(['*', '_']) {
        return false;
    }
    // a numeral (IV) or a person in a pedigree (II-5)
    if text.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | '-' | '0'..='9')) {
        return false;
    }
    let shape = Shape::of(text);
    if shape.upper == 0 || shape.number > 3 || shape.run > 4 || shape.upper + shape.digits + 3 < shape.lower {
        return false;
    }
    if shape.lower > shape.upper && text.chars().count() > 9 {
        return false;
    }
    if shape.upper == 1 && shape.digits == 0 && shape.greek == 0 {
        // a capitalised word: only a very short one (`Trp`, `Exo`)
        return shape.lower >= 1 && shape.lower <= 3;
    }
    true
}

/// The key under which spellings of one short form meet: case, hyphens, spaces, Greek look-alikes,
/// Roman numeral characters and a plural s are levelled.
pub fn key(text: &str) -> String {
    let singular = singular(text);
    let mut out = String::with_capacity(singular.len());
    let mut skip = 0;
    for (at, c) in singular.char_indices().map(|(at, c)| (at, fold(c))) {
        if at < skip {
            continue;
        }
        // TGF-beta, IFN-gamma: the name of a letter for the letter
        if c.is_ascii_lowercase()
            && at > 0
            && let Some((name, letter)) = named_greek(singular, at)
        {
            out.push(letter);
            skip = at + name.len();
            continue;
        }
        if let Some(numeral) = roman(c) {
            out.push_str(&numeral.to_ascii_lowercase());
        } else if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if let Some(latin) = latin_of(c) {
            out.push(latin);
        } else if c.is_alphanumeric() || c == '/' || c == '+' {
            out.push(c);
        }
    }
    out
}

/// The Greek letter whose name stands in a text at `at`, as a run of small letters of its own, with
/// the Latin letter it is typed as.
fn named_greek(text: &str, at: usize) -> Option<(&'static str, char)> {
    const NAMES: [(&str, char); 6] =
        [("alpha", 'a'), ("beta", 'b'), ("gamma", 'g'), ("delta", 'd'), ("epsilon", 'e'), ("kappa", 'k')];
    let (before, rest) = (text.get(..at)?, text.get(at..)?);
    let (name, letter) = *NAMES.iter().find(|(name, _)| rest.starts_with(name))?;
    let small = |c: char| c.is_ascii_lowercase();
    (!before.ends_with(small) && !rest[name.len()..].starts_with(small)).then_some((name, letter))
}

/// True for the name of a Greek letter that short forms hold.
pub fn names_greek(word: &str) -> bool {
    matches!(word, "alpha" | "beta" | "gamma" | "delta" | "epsilon" | "kappa" | "zeta" | "theta" | "omega")
}

/// A short form without its plural s (`MSCs`, `miRNAs`, `EVs` but not `Exos` or `PCRs'`).
pub fn singular(text: &str) -> &str {
    let Some(stem) = text.strip_suffix('s') else { return text };
    let stem = stem.strip_suffix('\'').unwrap_or(stem);
    let capital = stem.chars().last().is_some_and(|c| c.is_ascii_uppercase());
    let shape = Shape::of(stem);
    if capital && shape.upper >= 2 { stem } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_of_mixed_width_nest() {
        let text = "甲（乙 (C)，D）与[E]";
        let found: Vec<&str> = brackets(text).iter().map(|b| &text[b.inner.range()]).collect();
        assert_eq!(found, ["C", "乙 (C)，D", "E"]);
        assert!(brackets(&"(".repeat(10_000)).is_empty());
    }

    #[test]
    fn spellings_of_one_short_form_share_a_key() {
        for (a, b) in [
            ("IL-4", "IL4"),
            ("NF-κB", "NF-kB"),
            ("COL Ⅱ", "COL II"),
            ("TGF-beta1", "TGF-β1"),
            ("NF-kappaB", "NF-κB"),
            ("MSCs", "MSC"),
            ("Runx2", "RUNX2"),
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
        assert_ne!(key("IL-4"), key("IL-6"));
    }

    #[test]
    fn short_forms_are_told_from_words_and_codes() {
        for text in ["EGF", "eNOS", "mtDNA", "Trp", "TGF-β", "COL II", "NADP+", "RT-qPCR"] {
            assert!(looks_short(text), "{text}");
        }
        for text in ["Abcam", "Thermo", "4376s", "ab1234", "AF401350", "one-wayANOVA", "proteintech", "n"] {
            assert!(!looks_short(text), "{text}");
        }
    }
}
