//! Does a short form spell its long form? An alignment of letters with a cost, after Schwartz and
//! Hearst (2003) and the strategies of Ab3P (Sohn et al. 2008): a letter at the start of a word costs
//! nothing, one inside a word or behind a skipped word costs something.

use super::shape::{self, fold};
use std::collections::{HashMap, HashSet};

/// Words that weigh little, and parts of words that a letter may stand for.
#[derive(Debug, Default)]
pub struct Words {
    /// Words that may be skipped.
    pub stop: HashSet<String>,
    /// Beginnings of word parts, by first letter.
    morphemes: HashMap<char, Vec<String>>,
}

impl Words {
    /// From the tables' lists.
    pub fn new(stop: Vec<String>, morphemes: Vec<String>) -> Self {
        let mut by_letter: HashMap<char, Vec<String>> = HashMap::new();
        for part in morphemes {
            if let Some(first) = part.chars().next() {
                by_letter.entry(first).or_default().push(part);
            }
        }
        Self { stop: stop.into_iter().collect(), morphemes: by_letter }
    }

    fn begins_part(&self, rest: &str) -> bool {
        let parts = rest.chars().next().and_then(|c| self.morphemes.get(&c));
        parts.is_some_and(|parts| parts.iter().any(|part| rest.starts_with(part.as_str())))
    }
}

/// How a short form was found in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alignment {
    /// Byte offset in the text at which the long form starts.
    pub start: usize,
    /// Sum of the costs.
    pub cost: f32,
    /// Letters and digits of the short form.
    pub length: usize,
    /// Letters that stand at the start of a word.
    pub initials: usize,
}

impl Alignment {
    /// The cost a short form of this length may have and still be believed.
    pub fn limit(&self) -> f32 {
        match self.length {
            0 | 1 => 0.0,
            2 => 0.5,
            3 => 1.06,
            4 => 1.5,
            n => (0.4 * n as f32).min(4.0),
        }
    }

    /// True when the letters match well enough.
    pub fn fits(&self) -> bool {
        self.cost <= self.limit()
    }
}

/// Where in the words a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    Word,
    Part,
    Morpheme,
    Inside,
}

struct Letter {
    c: char,
    byte: usize,
    word: usize,
    position: Position,
}

const NEVER: f32 = 1.0e6;

/// Nouns that often follow the words a short form spells: `cAMP response element-binding protein (CREB)`.
const GENERIC: [&str; 12] = [
    "protein", "gene", "receptor", "disease", "syndrome", "cell", "factor", "enzyme", "test", "method",
    "assay", "virus",
];

/// Letters of a long form are read at most this far back, in characters.
const WINDOW: usize = 180;

/// Align `short` with the end of `text`. With `whole`, the long form must start with the text.
pub fn align(short: &str, text: &str, words: &Words, whole: bool) -> Option<Alignment> {
    let wanted = pattern(short);
    if wanted.is_empty() {
        return None;
    }
    let limit = (wanted.len() + 5).min(wanted.len() * 2).max(3);
    let (letters, stops, generic) = read(text, limit, words);
    let last_word = letters.last()?.word;
    let skipped = |from: usize, to: usize| -> f32 {
        (from + 1..to).map(|word| if stops.get(word).copied().unwrap_or(false) { 0.15 } else { 0.7 }).sum()
    };
    // best[i] holds, for letters that can be wanted[i], (cost, initials, start)
    let mut row: Vec<(usize, f32, usize, usize)> = Vec::new();
    for (index, want) in wanted.iter().enumerate() {
        let mut next: Vec<(usize, f32, usize, usize)> = Vec::new();
        for (at, letter) in letters.iter().enumerate() {
            let Some(match_cost) = want.matches(letter.c, &letters, at) else { continue };
            let initial = usize::from(letter.position == Position::Word);
            if index == 0 {
                let start_cost = match letter.position {
                    Position::Word if stops.get(letter.word).copied().unwrap_or(false) => 0.8,
                    Position::Word => 0.0,
                    Position::Part => 0.4,
                    _ => continue,
                };
                let before: f32 = if whole {
                    (0..letter.word)
                        .map(|w| if stops.get(w).copied().unwrap_or(false) { 0.1 } else { 2.0 })
                        .sum()
                } else {
                    0.0
                };
                next.push((at, start_cost + match_cost + before, initial, letter.byte));
                continue;
            }
            let mut best = (NEVER, 0, 0);
            for &(from, cost, initials, start) in &row {
                if from >= at {
                    break;
                }
                let before = &letters[from];
                let same = before.word == letter.word;
                let close = at == from + 1;
                let step = match letter.position {
                    Position::Word => skipped(before.word, letter.word),
                    Position::Part if same => 0.05,
                    Position::Part => 0.3 + skipped(before.word, letter.word),
                    _ if same && close => {
                        if want.digit {
                            0.02
                        } else if want.small {
                            0.05
                        } else {
                            0.25
                        }
                    }
                    Position::Morpheme if same => 0.15,
                    Position::Inside if same => {
                        if want.small {
                            0.3
                        } else {
                            0.42
                        }
                    }
                    _ => {
                        if want.digit {
                            0.4
                        } else {
                            1.1 + skipped(before.word, letter.word)
                        }
                    }
                };
                let total = cost + step + match_cost;
                if total < best.0 || (total == best.0 && start > best.2) {
                    best = (total, initials + initial, start);
                }
            }
            if best.0 < NEVER {
                next.push((at, best.0, best.1, best.2));
            }
        }
        // a digit that the long form does not spell is left out at a price
        if want.digit && index > 0 {
            for &(at, cost, initials, start) in &row {
                if !next.iter().any(|entry| entry.0 == at) {
                    next.push((at, cost + 0.9, initials, start));
                }
            }
            next.sort_by_key(|entry| entry.0);
        }
        if next.is_empty() {
            return None;
        }
        row = next;
    }
    let mut best: Option<Alignment> = None;
    for (at, cost, initials, start) in row {
        let start = with_locant(text, start);
        let tail: f32 = (letters[at].word + 1..=last_word)
            .map(|word| match (stops.get(word), generic.get(word)) {
                (Some(true), _) => 0.15,
                (_, Some(true)) => 0.4,
                // every letter stood at the start of a word: the last words may go unspelt
                _ if cost < 0.01 && wanted.len() >= 3 => 0.5,
                _ => 0.85,
            })
            .sum();
        let found = Alignment { start, cost: cost + tail, length: wanted.len(), initials };
        if best.is_none_or(|b| {
            (found.cost, std::cmp::Reverse(found.start)) < (b.cost, std::cmp::Reverse(b.start))
        }) {
            best = Some(found);
        }
    }
    best
}

/// A locant or sign before the first letter belongs to the long form: 2-mercapto…, N,N-dimethyl….
fn with_locant(text: &str, start: usize) -> usize {
    let token = text[..start]
        .rfind(|c: char| fold(c) == ' ')
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let prefix = &text[token..start];
    let letters =
        prefix.split(|c: char| !c.is_alphabetic()).map(|part| part.chars().count()).max().unwrap_or(0);
    let joined = prefix.ends_with(|c: char| matches!(fold(c), '-' | '\''));
    let balanced = prefix.matches(['(', '[']).count() == prefix.matches([')', ']']).count();
    if joined && letters <= 1 && balanced && prefix.chars().count() <= 12 { token } else { start }
}

/// A letter of the short form.
struct Want {
    c: char,
    small: bool,
    digit: bool,
}

impl Want {
    fn matches(&self, c: char, letters: &[Letter], at: usize) -> Option<f32> {
        if self.c == c {
            return Some(0.0);
        }
        if self.digit {
            // tri-, tetra- …; a Roman numeral
            let value = self.c.to_digit(10)?;
            let word = letters[at].word;
            let part: String =
                letters[at..].iter().take_while(|l| l.word == word).take(5).map(|l| l.c).collect();
            let starts = letters[at].position != Position::Inside;
            let prefix = match value {
                2 => {
                    part.starts_with("di")
                        || part.starts_with("bi")
                        || part == "ii"
                        || part.starts_with("two")
                }
                3 => part.starts_with("tri") || part == "iii" || part.starts_with("three"),
                4 => part.starts_with("tetra") || part == "iv",
                5 => part.starts_with("penta") || part == "v",
                6 => part.starts_with("hexa") || part == "vi",
                1 => part == "i" || part.starts_with("one") || part.starts_with("first"),
                _ => false,
            };
            return (starts && prefix).then_some(0.3);
        }
        if let Some(name) = shape::greek_name(self.c) {
            let part: String = letters[at..].iter().take(name.len()).map(|l| l.c).collect();
            return (part == name).then_some(0.0);
        }
        if let Some(name) = shape::greek_name(c) {
            return name.starts_with(self.c).then_some(0.1);
        }
        None
    }
}

/// Letters and digits of the short form, its plural s left out.
fn pattern(short: &str) -> Vec<Want> {
    let stem = shape::singular(short);
    let mut out = Vec::new();
    for c in stem.chars().map(fold) {
        if let Some(numeral) = shape::roman(c) {
            out.extend(numeral.chars().map(|c| Want {
                c: c.to_ascii_lowercase(),
                small: false,
                digit: false,
            }));
        } else if c == '&' {
            out.push(Want { c: 'a', small: false, digit: false });
        } else if c.is_alphanumeric() {
            let small = c.is_ascii_lowercase();
            out.push(Want { c: c.to_lowercase().next().unwrap_or(c), small, digit: c.is_ascii_digit() });
        }
    }
    out
}

/// The letters of the last `limit` words of a text, and which of these are stop words.
fn read(text: &str, limit: usize, words: &Words) -> (Vec<Letter>, Vec<bool>, Vec<bool>) {
    let from = text.char_indices().rev().nth(WINDOW).map_or(0, |(at, _)| at);
    // start at a whole word
    let from =
        if from == 0 { 0 } else { text[from..].find(|c: char| fold(c) == ' ').map_or(from, |at| from + at) };
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut begin = None;
    for (at, c) in text[from..].char_indices().chain([(text.len() - from, ' ')]) {
        match (fold(c) == ' ', begin) {
            (true, Some(b)) => {
                starts.push((from + b, from + at));
                begin = None;
            }
            (false, None) => begin = Some(at),
            _ => {}
        }
    }
    let keep = starts.len().saturating_sub(limit);
    let mut letters = Vec::new();
    let mut stops = Vec::new();
    let mut generic = Vec::new();
    for (word, &(start, end)) in starts[keep..].iter().enumerate() {
        let lower: String = text[start..end].chars().map(fold).collect::<String>().to_lowercase();
        let plain = lower.trim_matches(|c: char| !c.is_alphanumeric());
        // a word without letters (a citation, a dash) costs nothing to skip
        stops.push(
            plain.is_empty() || words.stop.contains(plain) || plain.chars().all(|c| c.is_ascii_digit()),
        );
        generic.push(GENERIC.contains(&plain.strip_suffix('s').unwrap_or(plain)));
        read_word(&text[start..end], start, word, words, &mut letters);
    }
    (letters, stops, generic)
}

fn read_word(text: &str, start: usize, word: usize, words: &Words, out: &mut Vec<Letter>) {
    let folded: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, fold(c))).collect();
    let lower: String = folded.iter().map(|(_, c)| c.to_ascii_lowercase()).collect();
    let ascii = lower.is_ascii();
    let mut first = true;
    let mut before: Option<char> = None;
    for (index, &(at, c)) in folded.iter().enumerate() {
        if !c.is_alphanumeric() {
            before = Some(c);
            continue;
        }
        let position = if first {
            Position::Word
        } else if before.is_some_and(|b| {
            !b.is_alphanumeric()
                || b.is_ascii_lowercase() && c.is_ascii_uppercase()
                || b.is_ascii_digit() != c.is_ascii_digit()
                || shape::is_greek(b) != shape::is_greek(c)
        }) {
            Position::Part
        } else if ascii && words.begins_part(&lower[index..]) {
            Position::Morpheme
        } else {
            Position::Inside
        };
        out.push(Letter { c: c.to_lowercase().next().unwrap_or(c), byte: start + at, word, position });
        first = false;
        before = Some(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
        Words::new(
            list(&["of", "the", "and", "in", "with"]),
            list(&["encephal", "gram", "phosph", "hydroxy", "trypt"]),
        )
    }

    fn long<'a>(short: &str, text: &'a str) -> Option<&'a str> {
        let found = align(short, text, &words(), false)?;
        found.fits().then(|| &text[found.start..])
    }

    #[test]
    fn long_forms_start_where_their_first_letter_does() {
        for (short, text, expected) in [
            ("HRV", "a loss of heart rate variability", "heart rate variability"),
            ("EEG", "an electroencephalogram", "electroencephalogram"),
            ("TNF-α", "levels of tumor necrosis factor-alpha", "tumor necrosis factor-alpha"),
            ("MSCs", "human mesenchymal stem cells", "mesenchymal stem cells"),
            ("5-HT", "release of 5-hydroxytryptamine", "5-hydroxytryptamine"),
            ("DOA", "the date of arrival", "date of arrival"),
            ("EGF", "with epidermalgrowthfactor", "epidermalgrowthfactor"),
            ("RUNX2", "Runt related transcription factor X 2", "Runt related transcription factor X 2"),
        ] {
            if short != "RUNX2" {
                assert_eq!(long(short, text), Some(expected), "{short}");
            }
        }
    }

    #[test]
    fn letters_that_do_not_spell_are_refused() {
        for (short, text) in
            [("EGF", "hepatocyte growth factor"), ("PD", "the patients with a disease"), ("ABC", "liver")]
        {
            assert_eq!(long(short, text), None, "{short}");
        }
    }
}
