//! Function words that lost the space beside them (`ofthe`, `patientswere`), and words that got one inside
//! (`in flammation`, `prolifera- tion`).

use super::words::{PREFIXES, WordList};

/// Two function words in one: never a word of English.
const PAIRS: &[&str] = &[
    "ofthe",
    "inthe",
    "onthe",
    "tothe",
    "andthe",
    "forthe",
    "fromthe",
    "withthe",
    "bythe",
    "isthe",
    "thatthe",
    "asthe",
    "atthe",
    "ofthis",
    "ofthese",
    "inthis",
    "inthese",
    "tothis",
    "ofour",
    "inour",
    "ofits",
    "hasbeen",
    "havebeen",
    "hadbeen",
    "canbe",
    "maybea",
    "tobe",
    "shouldbe",
    "couldbe",
    "wouldbe",
    "mustbe",
    "thereis",
    "thereare",
    "itis",
    "itwas",
    "isnot",
    "arenot",
    "wasnot",
    "doesnot",
    "suchas",
    "aswell",
    "dueto",
    "usedto",
    "intothe",
    "overthe",
    "underthe",
    "betweenthe",
    "whichis",
    "whichare",
    "thatis",
    "thatare",
    "theyare",
    "weare",
];
/// Function words that no longer word begins with.
const FRONT: &[&str] = &["of", "the", "this", "these", "with", "from", "were", "which"];
/// Function words that no longer word ends with.
const BACK: &[&str] = &["of", "were", "was", "and", "the", "with", "from", "which", "have", "has"];
/// Words of one piece that look like two.
const WHOLE: &[&str] = &["there", "where", "here", "forth", "wh"];
/// Shortest content word beside a function word.
const CONTENT: usize = 5;

/// The two words of a token in which a function word lost its space. The token is in small letters but for
/// its first, and no list knows it.
pub fn split(token: &str, list: &WordList) -> Option<(String, bool)> {
    let lower = token.to_ascii_lowercase();
    if PAIRS.contains(&lower.as_str()) {
        let at = (2..lower.len()).find(|at| is_function(&lower[..*at]) && is_function(&lower[*at..]))?;
        return Some((format!("{} {}", &token[..at], &token[at..]), true));
    }
    if lower.len() < CONTENT + 2 || list.has(&lower) {
        return None;
    }
    let known = |part: &str| part.len() >= CONTENT && list.has(part) && !WHOLE.contains(&part);
    let front = FRONT.iter().find(|word| lower.strip_prefix(**word).is_some_and(known));
    let back = || BACK.iter().find(|word| lower.strip_suffix(**word).is_some_and(known));
    let at = front.map(|word| word.len()).or_else(|| back().map(|word| lower.len() - word.len()))?;
    Some((format!("{} {}", &token[..at], &token[at..]), false))
}

fn is_function(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "of", "in", "on", "to", "and", "for", "from", "with", "by", "is", "that", "as", "at", "the", "this",
        "these", "our", "its", "has", "have", "had", "been", "can", "be", "may", "should", "could", "would",
        "must", "there", "are", "it", "was", "not", "does", "such", "well", "due", "used", "into", "over",
        "under", "between", "which", "they", "we",
    ];
    WORDS.contains(&word)
}

/// The word of two pieces with a space between them: the second is no word, both together are one.
pub fn join(left: &str, right: &str, hyphen: bool, list: &WordList) -> Option<String> {
    let small = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase());
    if right.len() < 3 || left.len() < 2 || !small(left) || !small(right) {
        return None;
    }
    let joined = format!("{left}{right}");
    if joined.len() < 7 || !list.has(&joined) {
        return None;
    }
    // `interleu- kin`: a hyphen at the end of a piece that is no word says enough
    let piece = !list.has(right) || hyphen && left.len() >= 4 && !list.has(left) && !PREFIXES.contains(&left);
    // `micro- array`, `anti bodies`: a prefix apart is a habit of writing
    let habit = PREFIXES.contains(&left) && list.has(right);
    (piece && !habit).then_some(joined)
}
