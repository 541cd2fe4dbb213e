//! English words that stand twice in a row.

use super::doubling::has_stop;
use super::repeats::Repeat;
use crate::document::Span;
use crate::finding::Confidence;

/// English words that are never doubled on purpose.
const CLOSED: &[&str] = &[
    "the",
    "of",
    "and",
    "in",
    "with",
    "that",
    "were",
    "have",
    "this",
    "from",
    "a",
    "an",
    "to",
    "for",
    "is",
    "are",
    "was",
    "be",
    "been",
    "by",
    "on",
    "at",
    "as",
    "or",
    "it",
    "its",
    "has",
    "which",
    "these",
    "their",
    "we",
    "not",
    "but",
    "can",
    "may",
    "than",
    "also",
    "such",
    "into",
    "between",
    "other",
    "both",
    "our",
    "they",
    "there",
    "more",
    "will",
    "using",
    "would",
    "could",
    "should",
    "must",
    "when",
    "where",
    "while",
    "because",
    "who",
    "whose",
    "whom",
    "during",
    "under",
    "through",
    "among",
    "within",
    "without",
    "via",
    "per",
    "if",
    "then",
    "any",
    "each",
    "however",
    "therefore",
    "although",
    "against",
    "how",
    "what",
    "he",
    "she",
    "you",
    "only",
    "being",
    "due",
    "until",
    "since",
    "whether",
    "thus",
];
/// Closed words that may also stand twice by grammar or emphasis.
const DOUBTFUL: &[&str] = &["that", "will", "more"];
/// `what it is is a graft`: these make a clause the subject.
const SUBJECTS: &[&str] =
    &["what", "question", "problem", "thing", "reason", "point", "truth", "fact", "issue", "all"];
/// How far back such a word is looked for, in bytes.
const CLAUSE: usize = 60;

/// English words that stand twice in a row, also around a citation marker.
pub fn doubled(text: &str, out: &mut Vec<Repeat>) {
    let stopped = has_stop(text);
    let mut last: Option<(usize, &str)> = None;
    for (at, word) in latin_words(text) {
        if let Some((before, previous)) = last
            && previous.eq_ignore_ascii_case(word)
            && let Some(between) = joint(&text[before + previous.len()..at])
            && let Some(confidence) = judge(&text[..before], previous, word, between, stopped)
            && out.last().is_none_or(|repeat| repeat.span.end <= before || repeat.span.start > at)
            && !(lower_is_in(word) && is_latin_phrase(&text[..before], &text[at + word.len()..]))
            && !text[..before].ends_with(['-', '‐', '‑', '/', '.', '\\', '_'])
            && !text[at + word.len()..].starts_with(['-', '‐', '‑', '/', '_', '('])
        {
            out.push(Repeat {
                span: Span::new(before, at + word.len()),
                first: Span::new(before, before + previous.len()),
                second: Span::new(before + previous.len(), at + word.len()),
                confidence,
                item: false,
            });
        }
        last = Some((at, word));
    }
}

/// Runs of ASCII letters with their offsets.
fn latin_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        (at > start).then(|| (start, &text[start..at]))
    })
}

fn lower_is_in(word: &str) -> bool {
    word.eq_ignore_ascii_case("in")
}

/// `in in vitro tests`: the Latin phrase is an adjective of the noun that follows, and a preposition may
/// stand before it; not so in `of in in vitro tests`, `both in in vitro and in vivo.`
fn is_latin_phrase(before: &str, after: &str) -> bool {
    const PHRASES: &[&str] = &["vitro", "vivo", "situ", "silico", "utero", "ovo"];
    /// Words that no preposition follows.
    const BEFORE: &[&str] = &[
        "of", "the", "a", "an", "by", "for", "with", "from", "to", "these", "this", "our", "their", "both",
        "several", "many", "some", "most", "numerous", "all", "through", "using", "via",
    ];
    /// Words that are no noun.
    const NO_NOUN: &[&str] =
        &["and", "or", "but", "to", "is", "are", "was", "were", "by", "with", "of", "as"];
    let mut words = after.split([' ', '\n']).filter(|word| !word.is_empty());
    if !words.next().is_some_and(|word| PHRASES.contains(&word)) {
        return false;
    }
    let previous = before.trim_end().rsplit([' ', '\n']).next().unwrap_or("").to_ascii_lowercase();
    let noun = words.next().is_some_and(|word| {
        word.starts_with(|c: char| c.is_ascii_alphanumeric()) && !NO_NOUN.contains(&word)
    });
    noun && !BEFORE.contains(&previous.as_str())
}

/// What stands between two words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Blank,
    /// A citation marker: `the [3] the`.
    Marker,
}

/// None where more than blanks and one marker stand between two words. Markers have at most 24 characters.
fn joint(between: &str) -> Option<Joint> {
    if between.bytes().all(|b| b == b' ' || b == b'\n') {
        return (!between.is_empty()).then_some(Joint::Blank);
    }
    (between.len() <= 28 && super::repeats::is_marker(between.trim_matches([' ', '\n', '^'])))
        .then_some(Joint::Marker)
}

fn judge(before: &str, first: &str, second: &str, joint: Joint, stopped: bool) -> Option<Confidence> {
    let lower = second.to_ascii_lowercase();
    if CLOSED.contains(&lower.as_str()) {
        // `A a` and `I i` are labels, `that that` can be grammar.
        let label = lower.len() == 1 && first != second;
        if label || lower == "is" && makes_subject(before) {
            return None;
        }
        let doubtful = DOUBTFUL.contains(&lower.as_str()) || joint == Joint::Marker;
        return Some(if doubtful { Confidence::Medium } else { Confidence::High });
    }
    if joint == Joint::Marker || first != second {
        return None;
    }
    let plain = second.len() >= 4 && second.bytes().all(|b| b.is_ascii_lowercase());
    // A short form: `MSCs MSCs` in a sentence; in a row of labels two may meet.
    // `TGG TGG` are codons.
    let codons = second.bytes().all(|b| b"ACGTUN".contains(&b));
    let symbol =
        stopped && second.len() >= 3 && !codons && second.bytes().filter(u8::is_ascii_uppercase).count() >= 2;
    // Gorilla gorilla gorilla
    let thrice = before.len() > second.len()
        && before
            .trim_end()
            .get(before.trim_end().len().saturating_sub(second.len())..)
            .is_some_and(|word| word.eq_ignore_ascii_case(second));
    if thrice {
        return None;
    }
    // Tautonyms (Vulpes vulpes), names (Bora Bora) and echoes (very very) are language.
    (symbol || plain && !ECHOES.contains(&second)).then_some(Confidence::Medium)
}

/// Words that English doubles on purpose.
const ECHOES: &[&str] =
    &["very", "much", "long", "many", "tert", "back", "over", "again", "more", "after", "part", "half"];

fn makes_subject(before: &str) -> bool {
    let mut start = before.len().saturating_sub(CLAUSE);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let clause = before[start..].rsplit(['.', ';', '。']).next().unwrap_or("").to_ascii_lowercase();
    latin_words(&clause).any(|(_, word)| SUBJECTS.contains(&word))
}
