//! What authors and names are looked up by: folded names, their words, and readings of Chinese surnames.

use super::compare::{fold, umlauts};
use crate::document::is_han;
use crate::parse::metadata::{self, pinyin};
use crate::parse::reference::{Author, NameKind};

/// The keys an author is found by.
pub(super) fn keys(author: &Author, tables: &metadata::Tables) -> Vec<String> {
    match author.kind {
        NameKind::Han => {
            let name: String = author.family.chars().filter(|c| !c.is_whitespace()).collect();
            let mut out = pinyin::surname_spellings(&name, tables);
            out.push(name);
            out
        }
        _ => latin_keys(&format!(
            "{} {}",
            author.family,
            if author.given.chars().count() > 3 { &author.given } else { "" }
        )),
    }
}

/// The keys a name of the text is looked up by.
pub(super) fn name_keys(name: &str, tables: &metadata::Tables) -> Vec<String> {
    if !name.chars().any(is_han) {
        return latin_keys(name);
    }
    let mut out = pinyin::surname_spellings(name, tables);
    out.push(name.chars().filter(|c| !c.is_whitespace()).collect());
    out
}

/// A Latin name as a whole, and its words.
fn latin_keys(name: &str) -> Vec<String> {
    let mut out = vec![fold(name)];
    for word in name.split([' ', '-', '\u{a0}', '‐', '‑', '–', '\u{ad}']).map(fold) {
        if word.chars().count() > 1 && !out.contains(&word) {
            out.push(word);
        }
    }
    let plain = umlauts(&out[0]);
    if !out.contains(&plain) {
        out.push(plain);
    }
    // initials glued to the name: `WangXY`
    let small = name.trim_end_matches(|c: char| c.is_uppercase() || c == ' ');
    if small.len() < name.len() && small.chars().count() > 1 {
        out.push(fold(small));
    }
    out
}

/// Folded Latin words of two letters or more, and runs of Han characters of two to four.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut han: Vec<char> = Vec::new();
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        if is_han(c) {
            han.push(c);
        } else if !han.is_empty() && !c.is_whitespace() || han.len() > 60 {
            grams(&han, &mut out);
            han.clear();
        }
        if c.is_alphabetic() && !is_han(c)
            || matches!(c, '\'' | '’' | '\u{ad}')
            || ('\u{300}'..='\u{36f}').contains(&c)
        {
            word.push(c);
        } else if !word.is_empty() {
            let folded = fold(&word);
            word.clear();
            if folded.len() > 1 {
                out.push(folded);
            }
        }
    }
    grams(&han, &mut out);
    out
}

fn grams(han: &[char], out: &mut Vec<String>) {
    for length in 2..=4 {
        out.extend(han.windows(length).map(|window| window.iter().collect::<String>()));
    }
}
