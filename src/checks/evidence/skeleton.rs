//! Sentences without their numbers, and what stands around a number.

use crate::checks::Context;
use crate::document::{Span, is_han};
use crate::parse::evidence::Quantity;

/// Fewest letters of a sentence that is looked for again; a Han character counts three.
const SHORTEST: usize = 30;
/// How far around a number words are read, in bytes.
const WIDE: usize = 120;
/// How far the close surroundings reach, in bytes.
const NEAR: usize = 48;
/// How many letters on either side are compared in their order.
const LETTERS: usize = 12;

/// The words of a sentence with `#` for every number, and where the numbers stand; citations, spaces and
/// punctuation left out. `None` for a sentence too short to be told from others.
pub fn skeleton(whole: &str) -> Option<(String, Vec<Span>)> {
    let text = without_label(whole);
    let offset = whole.len() - text.len();
    let mut words = String::with_capacity(text.len());
    let mut numbers = Vec::new();
    let mut weight = 0;
    let mut chars = text.char_indices().peekable();
    let mut previous = ' ';
    while let Some((at, c)) = chars.next() {
        if matches!(c, '[' | '［' | '【')
            && let Some(len) = citation(&text[at..])
        {
            while chars.peek().is_some_and(|(next, _)| *next < at + len) {
                chars.next();
            }
            continue;
        }
        if c.is_ascii_digit() || matches!(c, '０'..='９') {
            let mut end = at + c.len_utf8();
            while let Some((next, d)) = chars.peek().copied() {
                let decimal = matches!(d, '.' | '．')
                    && text[next + d.len_utf8()..]
                        .starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
                if !d.is_ascii_digit() && !('０'..='９').contains(&d) && !decimal {
                    break;
                }
                end = next + d.len_utf8();
                chars.next();
            }
            // digits of a name stay what they are
            if previous.is_ascii_alphabetic() || previous == '-' {
                words.push_str(&text[at..end]);
            } else {
                words.push('#');
                numbers.push(Span::new(at, end).shift(offset));
            }
            previous = '0';
            continue;
        }
        if c.is_alphabetic() || matches!(c, '%' | '％') {
            weight += if is_han(c) { 3 } else { 1 };
            words.extend(c.to_lowercase());
        }
        previous = c;
    }
    (weight >= SHORTEST && !numbers.is_empty()).then_some((words, numbers))
}

/// A hash of the first letters of a sentence, its label left out: equal for sentences of one skeleton.
pub fn opening(text: &str) -> u32 {
    let letters = without_label(text).chars().filter(|c| c.is_alphabetic()).take(4);
    letters.fold(0x811c_9dc5, |hash, c| {
        (hash ^ c.to_lowercase().next().map_or(0, u32::from)).wrapping_mul(0x0100_0193)
    })
}

/// The first letters of a sentence up to its first number, as they are looked for elsewhere: six Han
/// characters, or the first words in at least twelve letters. `None` when it begins otherwise.
pub fn needle(text: &str) -> Option<&str> {
    let text = without_label(text);
    let mut letters = 0;
    for (at, c) in text.char_indices() {
        letters += if is_han(c) { 2 } else { usize::from(c.is_ascii_alphabetic()) };
        if letters >= 12 {
            return Some(&text[..at + c.len_utf8()]);
        }
        if !(is_han(c) || c.is_ascii_alphabetic() || c == ' ') {
            return None;
        }
    }
    None
}

/// Cut labels of an abstract off the start of a sentence: 摘要, 【目的】, Methods:.
pub fn without_label(text: &str) -> &str {
    const LABELS: &[&str] = &[
        "摘要",
        "摘  要",
        "目的",
        "方法",
        "结果",
        "结论",
        "背景",
        "结果与结论",
        "Abstract",
        "ABSTRACT",
        "Background",
        "BACKGROUND",
        "Objective",
        "OBJECTIVE",
        "Objectives",
        "Methods",
        "METHODS",
        "Results",
        "RESULTS",
        "Conclusion",
        "Conclusions",
        "CONCLUSION",
        "Purpose",
        "Aim",
    ];
    let mut text = text;
    loop {
        let left = text.trim_start_matches([' ', '【', '】', '[', ']', ':', '：', '.', '*', '\u{3000}']);
        let label = LABELS.iter().filter(|label| left.starts_with(**label)).max_by_key(|label| label.len());
        match label {
            Some(label) => text = &left[label.len()..],
            None => return left,
        }
    }
}

/// Bytes of a bracket that holds numbers only.
fn citation(text: &str) -> Option<usize> {
    let mut seen = false;
    for (at, c) in text.char_indices().skip(1).take(40) {
        match c {
            ']' | '］' | '】' => return seen.then_some(at + c.len_utf8()),
            '0'..='9' | '０'..='９' => seen = true,
            ',' | '，' | '-' | '–' | '—' | '~' | ' ' | '、' | ';' => {}
            _ => return None,
        }
    }
    None
}

/// What stands around a number.
#[derive(Debug, Default)]
pub struct Around {
    /// Pairs of Han characters and Latin words, hashed, sorted, each once.
    wide: Vec<u32>,
    /// The same, close by.
    near: Vec<u32>,
    /// The letters right before, nearest first.
    before: Vec<char>,
    /// The letters right after.
    after: Vec<char>,
    /// True when what follows is of the same clause: the thing counted.
    counted: bool,
}

/// How much must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// Neither value stands on the other side.
    Usual,
    /// One value stands on both sides, several times: the other is the odd one.
    Odd,
    /// One value stands on both sides: only nearly equal surroundings count.
    Strict,
    /// The same, and the two differ in one digit or in the order of two.
    Slip,
}

impl Around {
    /// The surroundings of a quantity in its sentence.
    pub fn of(cx: &Context<'_>, quantity: &Quantity) -> Self {
        let text = cx.document.text();
        let sentence = cx.facts.evidence.sentence_at(quantity.core.start).map_or(quantity.core, |s| s.span);
        let part = |window: usize| {
            let from = ceil(text, sentence.start.max(quantity.core.start.saturating_sub(window)));
            let to = ceil(text, sentence.end.min(quantity.core.end + window));
            (&text[from..quantity.core.start], &text[quantity.core.end..to])
        };
        let features = |window: usize| {
            let mut features = Vec::new();
            let (head, tail) = part(window);
            collect(head, &mut features);
            collect(tail, &mut features);
            features.sort_unstable();
            features.dedup();
            features
        };
        let (head, tail) = part(NEAR);
        let word = |c: &char| c.is_alphabetic();
        Self {
            wide: features(WIDE),
            near: features(NEAR),
            before: head.chars().rev().filter(word).take(LETTERS).collect(),
            after: tail.chars().filter(word).take(LETTERS).collect(),
            counted: tail.trim_start().starts_with(char::is_alphabetic),
        }
    }

    /// How alike two surroundings are; 0 when they are not about one thing. `shared`: pairs or words that
    /// must agree where the neighbouring words do not.
    pub fn score(&self, other: &Self, shared: usize, demand: Demand) -> usize {
        let wide = common(&self.wide, &other.wide);
        let near = common(&self.near, &other.near);
        let before = prefix(&self.before, &other.before).min(8);
        let after = prefix(&self.after, &other.after).min(8);
        let han = self.before.first().is_some_and(|c| is_han(*c));
        let touching = before >= if han { 4 } else { 6 };
        let follows = after >= if han { 2 } else { 6 };
        // share of the shorter list, in tenths
        let share = |count: usize, a: &[u32], b: &[u32]| count * 10 / a.len().min(b.len()).max(1);
        let share_wide = share(wide, &self.wide, &other.wide);
        let share_near = share(near, &self.near, &other.near);
        let alike = match demand {
            Demand::Usual => {
                (touching && wide * 2 >= shared && share_wide >= 4)
                    || (wide >= shared && share_wide >= 6)
                    || (!han && wide >= 3 && share_wide >= 5 && before + after >= 4)
                    || (touching && follows && wide >= 3 && share_wide >= 3)
                    || (han
                        && before + after >= 3
                        && wide >= shared
                        && share_wide >= 5
                        && self.runs_like(other))
            }
            Demand::Odd => {
                (near + 1 >= shared && share_near >= 4)
                    || (near >= shared && share_near >= 3)
                    || (touching && follows && near >= 4 && share_near >= 4)
            }
            Demand::Slip if touching && before >= if han { 6 } else { 8 } && wide >= 4 && share_wide >= 3 => {
                true
            }
            Demand::Strict | Demand::Slip => {
                wide >= 4
                    && ((touching && follows && share_wide >= 5)
                        || ((before >= 2 || after >= 4 && self.counted && other.counted)
                            && wide >= 8
                            && share_wide >= 7))
            }
        };
        if alike { near * 4 + wide * 2 + before * 2 + after } else { 0 }
    }

    /// The letters close by come in the same order on both sides, with others between them
    /// (于31岁进展为, 在31岁时已进展至). Only for Han text: Latin letters agree by chance.
    pub fn runs_like(&self, other: &Self) -> bool {
        let before = in_order(&self.before, &other.before);
        let after = in_order(&self.after, &other.after);
        self.before.first().is_some_and(|c| is_han(*c)) && before.min(after) >= 2 && before + after >= 11
    }
}

/// True when two printed numbers of three digits or more differ in one digit or in the order of two.
pub fn is_slip(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let (a, b) = (digits(a), digits(b));
    if a.len() != b.len() || a.len() < 3 {
        return false;
    }
    let differ: Vec<usize> = (0..a.len()).filter(|n| a[*n] != b[*n]).collect();
    match differ.as_slice() {
        [_] => true,
        [n, m] => *m == n + 1 && a[*n] == b[*m] && a[*m] == b[*n],
        _ => false,
    }
}

fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Length of the longest common subsequence; both sides have at most [`LETTERS`].
fn in_order(a: &[char], b: &[char]) -> usize {
    let mut row = [0_usize; LETTERS + 1];
    for x in a {
        let mut corner = 0;
        for (n, y) in b.iter().take(LETTERS).enumerate() {
            let above = row[n + 1];
            row[n + 1] = if x.eq_ignore_ascii_case(y) { corner + 1 } else { above.max(row[n]) };
            corner = above;
        }
    }
    row[b.len().min(LETTERS)]
}

fn prefix(a: &[char], b: &[char]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
}

fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut n, mut m, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(n), b.get(m)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => n += 1,
            std::cmp::Ordering::Greater => m += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                n += 1;
                m += 1;
            }
        }
    }
    count
}

/// Words that say nothing about the subject.
const EMPTY: &[&str] = &[
    "with",
    "from",
    "that",
    "this",
    "were",
    "have",
    "been",
    "than",
    "which",
    "respectively",
    "about",
    "approximately",
];

fn collect(text: &str, out: &mut Vec<u32>) {
    let mut previous: Option<char> = None;
    let mut word = String::new();
    for c in text.chars().chain(std::iter::once(' ')) {
        if is_han(c) {
            if let Some(previous) = previous {
                out.push((previous as u32) << 15 ^ c as u32);
            }
            previous = Some(c);
        } else {
            previous = None;
        }
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
        } else if !word.is_empty() {
            if word.len() >= 4 && !EMPTY.contains(&word.as_str()) {
                out.push(
                    word.bytes().fold(0x811c_9dc5, |hash, b| (hash ^ u32::from(b)).wrapping_mul(0x0100_0193)),
                );
            }
            word.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_left_out_and_names_are_kept() {
        let (words, numbers) =
            skeleton("共纳入 45 例患者[3]，IL-10 水平升高 12.5%，差异有统计学意义。").unwrap();
        assert_eq!(words, "共纳入#例患者il10水平升高#%差异有统计学意义");
        assert_eq!(numbers.len(), 2);
        assert!(skeleton("共 3 例。").is_none());
    }
}
