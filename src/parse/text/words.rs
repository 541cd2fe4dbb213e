//! English words: which are real, which were run together, which kept a line-end hyphen.

use super::{Tables, glue};
use crate::document::{Document, Span, Zone};
use crate::finding::Confidence;
use crate::parse::mask::Masks;
use std::collections::HashMap;

/// Longest token looked at, in bytes.
const LONGEST: usize = 48;
/// Shortest token that can hide a lost space.
const SHORTEST: usize = 9;

/// A word the extraction broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Where it stands.
    pub span: Span,
    /// How it should read.
    pub right: String,
    /// How sure.
    pub confidence: Confidence,
}

/// Broken words by kind.
#[derive(Debug, Default)]
pub struct Words {
    /// `cellmigration`.
    pub run_together: Vec<Broken>,
    /// `metallopro-teinase` in mid-line, `prolifera- tion`.
    pub hyphenated: Vec<Broken>,
    /// `in flammation`.
    pub spaced: Vec<Broken>,
}

/// The word lists, each sorted by bytes as its file is: searched by halves, since hashing forty thousand
/// words would cost every start more than the look-ups do.
#[derive(Debug, Default)]
pub struct WordList {
    words: Sorted,
    medical: Sorted,
}

#[derive(Debug, Default)]
struct Sorted(Vec<&'static str>);

impl Sorted {
    fn contains(&self, word: &str) -> bool {
        self.0.binary_search(&word).is_ok()
    }
}

impl WordList {
    /// The embedded lists.
    pub fn embedded() -> Self {
        let read = |text: &'static str| Sorted(text.lines().filter(|line| !line.starts_with('#')).collect());
        Self {
            words: read(include_str!("../../../rules/data/words-en.txt")),
            medical: read(include_str!("../../../rules/data/words-biomedical.txt")),
        }
    }

    /// True for a word in small letters that a list holds.
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(word) || self.medical.contains(word)
    }
}

/// Tokens of a document that no list knows, and how often each word stands alone.
pub fn parse(document: &Document, tables: &Tables, masks: &Masks) -> Words {
    let list = &tables.words;
    let mut counts: HashMap<&str, u32> = HashMap::new();
    let mut unknown: Vec<(usize, &str)> = Vec::new();
    let mut hyphened: Vec<(usize, &str, &str)> = Vec::new();
    let mut capitals: Vec<Broken> = Vec::new();
    let mut glued: Vec<Broken> = Vec::new();
    let mut gaps: Vec<(Broken, &str, bool)> = Vec::new();
    for block in document.blocks() {
        if matches!(block.zone(), Zone::Code | Zone::References | Zone::Furniture | Zone::Front | Zone::Table)
        {
            continue;
        }
        let text = document.slice(block.span);
        let mut before: Option<(usize, &str)> = None;
        for (at, word) in words(text) {
            if word.len() >= 3 {
                *counts.entry(word).or_default() += 1;
            }
            let plain = word.len() <= LONGEST && word.bytes().all(|b| b.is_ascii_lowercase());
            if let Some(parts) = around_capital(word, list) {
                let start = block.span.start + at;
                let span = Span::new(start, start + word.len());
                capitals.push(Broken { span, right: parts, confidence: Confidence::Medium });
            }
            if plain && let Some(digits) = after_number(text, at, word, list) {
                let start = block.span.start + at;
                let span = Span::new(start - digits, start + word.len());
                let right = format!("{} {word}", &text[at - digits..at]);
                capitals.push(Broken { span, right, confidence: Confidence::Medium });
            }
            if word.len() <= LONGEST
                && word[1..].bytes().all(|b| b.is_ascii_lowercase())
                && let Some((right, sure)) = glue::split(word, list)
            {
                let start = block.span.start + at;
                let confidence = if sure { Confidence::High } else { Confidence::Medium };
                glued.push(Broken { span: Span::new(start, start + word.len()), right, confidence });
            } else if plain && word.len() >= SHORTEST && !list.has(word) {
                unknown.push((block.span.start + at, word));
            }
            if let Some((start, left)) = before
                && start + left.len() + 1 == at
                && text.as_bytes()[at - 1] == b'-'
                && plain
                && left.len() >= 3
                && word.len() >= 3
                && left.bytes().all(|b| b.is_ascii_lowercase())
                && !text[..start].ends_with('-')
                && !text[at + word.len()..].starts_with('-')
            {
                hyphened.push((block.span.start + start, left, word));
            }
            if let Some((start, left)) = before
                && let Some(hyphen) = gap(&text[start + left.len()..at])
                && !is_part(text, start, at + word.len())
                && let Some(right) = glue::join(left, word, hyphen, list)
            {
                let span = Span::new(start, at + word.len()).shift(block.span.start);
                gaps.push((Broken { span, right, confidence: Confidence::High }, word, hyphen));
            }
            before = Some((at, word));
        }
    }
    let mut out = Words::default();
    capitals.retain(|word| !masks.touches(word.span) && !is_glued(document.text(), word.span));
    out.run_together = capitals;
    // A token that the text writes again and again is its own word.
    glued.retain(|word| {
        let token = document.slice(word.span);
        // `Thiserror` is a name where `thiserror` stands
        let small = token.to_ascii_lowercase();
        let often = counts.get(token).is_some_and(|n| *n > 1)
            || small != token && counts.contains_key(small.as_str());
        let sure = word.confidence == Confidence::High;
        (sure || !often) && !masks.touches(word.span) && !is_glued(document.text(), word.span)
    });
    out.run_together.append(&mut glued);
    for (word, piece, hyphen) in gaps {
        // A piece that stands elsewhere, too, is a word no list knows. A join of lines is the reader's doing.
        let alone = counts.get(piece).is_none_or(|n| *n <= 1);
        if alone && !masks.touches(word.span) && document.editable(word.span).is_some() {
            if hyphen { &mut out.hyphenated } else { &mut out.spaced }.push(word);
        }
    }
    for (start, word) in unknown {
        let span = Span::new(start, start + word.len());
        if masks.touches(span) || is_glued(document.text(), span) {
            continue;
        }
        if let Some((parts, confidence)) = split(word, list, &counts) {
            out.run_together.push(Broken { span, right: parts.join(" "), confidence });
        }
    }
    out.run_together.sort_by_key(|word| word.span);
    for (start, left, right) in hyphened {
        let span = Span::new(start, start + left.len() + 1 + right.len());
        let joined = format!("{left}{right}");
        let elsewhere = counts.contains_key(joined.as_str());
        // `neuro-inflammatory` beside `neuroinflammatory` is a matter of style, not damage.
        let prefix = PREFIXES.contains(&left) || list.has(left);
        let rare = counts.get(right).is_none_or(|n| *n <= 1);
        // `ran-domised`: the first half is a word by chance
        let by_chance =
            !PREFIXES.contains(&left) && right.len() >= 5 && !list.has(right) && list.has(&joined);
        // `pro-cess`, `pre-dicted`: no prefix and no word stands before a short piece that is none
        // (`pre-empted`: between two equal vowels the hyphen is style)
        let piece = (4..=6).contains(&right.len())
            && !list.has(right)
            && left.as_bytes().last() != right.as_bytes().first();
        let broken = (!prefix && (!list.has(right) || right.len() < 4) || by_chance || piece) && rare;
        if broken && (elsewhere || list.has(&joined)) && !masks.touches(span) {
            out.hyphenated.push(Broken { span, right: joined, confidence: Confidence::High });
        }
    }
    out
}

/// One space between two words, or a hyphen and a space (true).
fn gap(between: &str) -> Option<bool> {
    match between {
        " " => Some(false),
        "- " => Some(true),
        _ => None,
    }
}

/// True when the two words belong to a longer name or path.
fn is_part(text: &str, start: usize, end: usize) -> bool {
    let mark = |c: char| matches!(c, '-' | '_' | '/' | '\\' | '`' | '@' | '\'' | '’') || c.is_ascii_digit();
    text[..start].chars().next_back().is_some_and(|c| mark(c) || c == '.')
        || text[end..].chars().next().is_some_and(mark)
}

/// Runs of ASCII letters.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
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

/// `regulatoryTcell`, `vitaminD`: a word of the field, one capital, and perhaps another word.
fn around_capital(token: &str, list: &WordList) -> Option<String> {
    let at = token.bytes().position(|b| b.is_ascii_uppercase())?;
    let (left, rest) = token.split_at(at);
    let right = &rest[1..];
    let lower = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase());
    if left.len() < 6 || token.len() > LONGEST || !lower(right) || !list.has(left) {
        return None;
    }
    let field = list.medical.contains(left) || list.medical.contains(right);
    match right {
        "" if field => Some(format!("{left} {rest}")),
        _ if right.len() >= 4 && field && list.has(right) => Some(format!("{left} {} {right}", &rest[..1])),
        _ => None,
    }
}

/// `3kinase`: bytes of a number of one or two digits that stands alone right before a word of the field.
fn after_number(text: &str, at: usize, word: &str, list: &WordList) -> Option<usize> {
    if word.len() < 6 || !list.medical.contains(word) {
        return None;
    }
    let digits = text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
    let before = text[..at - digits].chars().next_back();
    let alone = before.is_none_or(|c| c == ' ' || c == '\n' || c == '(' || c == '（');
    ((1..=2).contains(&digits) && alone).then_some(digits)
}

/// Part of an identifier, a path or a hyphenated name.
fn is_glued(text: &str, span: Span) -> bool {
    let glue = |c: char| {
        matches!(c, '_' | '/' | '\\' | '.' | '@' | '#' | '-' | '`' | '|' | '=' | '$' | '<' | '>')
            || c.is_ascii_digit()
    };
    text[..span.start].chars().next_back().is_some_and(glue)
        || text[span.end..].chars().next().is_some_and(|c| glue(c) && c != '.' && c != '-')
}

/// Short words that may stand between others.
const SMALL: &[&str] = &["by", "of", "and", "the", "for", "with", "from"];
/// Word parts that make one word of two (`down` + `regulated`).
pub(super) const PREFIXES: &[&str] = &[
    "micro", "macro", "extra", "intra", "inter", "multi", "over", "under", "down", "post", "super", "trans",
    "anti", "counter", "semi", "hyper", "hypo", "auto", "sub", "pre", "non", "out", "off", "back", "fore",
    "mono", "poly", "photo", "electro", "immuno", "neuro", "cardio", "osteo", "self", "cross", "half",
    "tele", "ultra", "mini", "mega", "nano", "bio", "pseudo", "para", "meta", "peri", "therm", "thermo",
    "chemo", "radio", "hydro", "infra", "kilo", "cyto", "geo", "health", "life", "time", "work", "data",
    "web", "key", "blood", "breast", "bench", "hand", "head", "home", "book", "note", "side", "water",
    "wave", "land", "mid", "up", "co", "re", "de", "un", "dis", "mis", "iso", "homo", "hetero", "mal",
    "amino", "acetyl", "methyl", "phospho", "glyco", "lipo", "myo", "adipo", "chondro", "angio", "lympho",
    "patho", "carboxy",
];

/// The words in a run-together token: every part known, no prefix among them, and the cut certain.
fn split<'w>(
    token: &'w str,
    list: &WordList,
    counts: &HashMap<&str, u32>,
) -> Option<(Vec<&'w str>, Confidence)> {
    // A token the document writes again and again is its own word.
    if counts.get(token).is_some_and(|n| *n > 2) {
        return None;
    }
    let known = |part: &str| {
        if part.len() < 4 {
            SMALL.contains(&part)
        } else {
            list.has(part) || counts.get(part).is_some_and(|n| *n > 2)
        }
    };
    // best[i]: fewest words that make up the first i bytes, and where the last of them begins.
    let n = token.len();
    let mut best: Vec<Option<(usize, usize)>> = vec![None; n + 1];
    best[0] = Some((0, 0));
    for end in 2..=n {
        for start in (0..end.saturating_sub(1)).rev() {
            if let Some((count, _)) = best[start]
                && best[end].is_none_or(|(fewest, _)| count + 1 < fewest)
                && known(&token[start..end])
            {
                best[end] = Some((count + 1, start));
            }
        }
    }
    let (count, _) = best[n]?;
    if !(2..=4).contains(&count) {
        return None;
    }
    let mut parts = Vec::new();
    let mut end = n;
    while end > 0 {
        let (_, start) = best[end]?;
        parts.push(&token[start..end]);
        end = start;
    }
    parts.reverse();
    judge(&parts, list).map(|confidence| (parts, confidence))
}

/// Endings of adjectives: an adjective and its noun are never written as one word.
const ADJECTIVES: &[&str] =
    &["al", "ar", "ic", "ous", "ive", "ory", "ed", "ent", "ant", "oid", "able", "ing"];

fn judge(parts: &[&str], list: &WordList) -> Option<Confidence> {
    let first = parts[0];
    if PREFIXES.contains(&first)
        || parts.iter().any(|part| matches!(*part, "like" | "free" | "wise" | "less" | "ship" | "able"))
    {
        return None;
    }
    let content: Vec<&&str> = parts.iter().filter(|part| !SMALL.contains(*part)).collect();
    if content.iter().any(|part| part.len() < 4) || content.is_empty() {
        return None;
    }
    let medical = content.iter().any(|part| list.medical.contains(part));
    let adjective = content.len() > 1
        && ADJECTIVES.iter().any(|ending| content[0].ends_with(ending) && content[0].len() >= 5);
    // `of`, `in`, `to` … also end or begin words: one beside a single word proves little.
    let small = parts.len() - content.len();
    match () {
        () if small > 0 && content.len() == 1 => {
            (medical && matches!(first, "by" | "the" | "of" | "with" | "from") && parts.len() == 2)
                .then_some(Confidence::Medium)
        }
        () if small > 0 => (medical || adjective).then_some(Confidence::Medium),
        () if content.len() > 2 => (medical || adjective).then_some(Confidence::High),
        () if adjective && medical => Some(Confidence::High),
        () if medical && content.iter().all(|part| part.len() >= 4) => Some(Confidence::Medium),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let document = crate::format::read_text("a.txt", text);
        let tables = Tables { words: WordList::embedded(), ..Tables::default() };
        let words = parse(&document, &tables, &crate::parse::mask::parse(&document));
        let right = |list: &[Broken]| list.iter().map(|b| b.right.clone()).collect();
        (right(&words.run_together), right(&words.hyphenated))
    }

    #[test]
    fn word_lists_are_sorted_by_bytes() {
        let list = WordList::embedded();
        assert!(list.words.0.is_sorted() && list.medical.0.is_sorted());
        assert!(list.has("tendon") && !list.has("tendno"));
    }

    #[test]
    fn lost_spaces_and_left_hyphens() {
        let (run, hyphen) = read(
            "Nude hepatitisB, peripheralnerve injury, synovialfluid and connectivetissuegrowthfactor; colla-gen.",
        );
        assert_eq!(
            run,
            ["hepatitis B", "peripheral nerve", "synovial fluid", "connective tissue growth factor"]
        );
        assert_eq!(hyphen, ["collagen"]);
    }

    #[test]
    fn words_are_left_alone() {
        let clean = "microenvironment downregulated myofibroblasts proinflammatory osteochondral dataset workflow \
                     lifespan aminotransferase anatomically singlelinecheck immunomodulatory cardiomyocytes well-known pro-inflammatory follow-up thermostable";
        assert_eq!(read(clean), (vec![], vec![]));
    }
}
