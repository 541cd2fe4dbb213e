//! The lexicon: short forms with their accepted long forms in both languages.

use super::shape::{fold, greek_name, key, roman};
use crate::document::is_han;
use serde::Deserialize;
use std::collections::HashMap;

/// One concept with its accepted names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Accepted short forms, the usual one first.
    pub short: Vec<String>,
    /// Accepted Chinese long forms.
    #[serde(default)]
    pub zh: Vec<String>,
    /// Accepted English long forms.
    #[serde(default)]
    pub en: Vec<String>,
    /// `protein`, `gene`, `disease`, `cell`, `method` …
    #[serde(default)]
    pub kind: String,
    /// Where the names come from.
    #[serde(default)]
    pub source: String,
    /// The letters do not spell the short form, and that is right.
    #[serde(default)]
    pub irregular: bool,
    /// The short form has other meanings too: nothing contradicts it.
    #[serde(default)]
    pub homonym: bool,
    /// Needs no definition for any reader.
    #[serde(default)]
    pub well_known: bool,
    /// The name of a gene, protein or element rather than an abbreviation: needs no definition.
    #[serde(default)]
    pub symbol: bool,
}

impl Entry {
    /// True for a name of a thing (protein, gene, database …), which needs no definition; a disease, a
    /// measure, a cell or a method does.
    pub fn is_name(&self) -> bool {
        const NAMES: [&str; 13] = [
            "technique",
            "method",
            "protein",
            "gene",
            "rna",
            "molecule",
            "symbol",
            "drug",
            "database",
            "organisation",
            "statistic",
            "signalling",
            "software",
        ];
        self.well_known || self.symbol || NAMES.contains(&self.kind.as_str())
    }
}

/// All entries, indexed.
#[derive(Debug, Default)]
pub struct Lexicon {
    entries: Vec<Entry>,
    by_short: HashMap<String, Vec<usize>>,
    by_en: HashMap<String, Vec<usize>>,
    by_zh: HashMap<String, Vec<usize>>,
}

impl Lexicon {
    /// Index the entries.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut lexicon = Self::default();
        for (index, entry) in entries.iter().enumerate() {
            for short in &entry.short {
                add(&mut lexicon.by_short, key(short), index);
            }
            for en in &entry.en {
                add(&mut lexicon.by_en, squash(en), index);
            }
            for zh in &entry.zh {
                add(&mut lexicon.by_zh, squash(zh), index);
            }
        }
        lexicon.entries = entries;
        lexicon
    }

    /// All entries, in the order of the files.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries of a short form, whatever its spelling.
    pub fn of_short<'a>(&'a self, short: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.get(&self.by_short, &key(short))
    }

    /// The entries of a key made by [`key`].
    pub fn of_key<'a>(&'a self, key: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.get(&self.by_short, key)
    }

    /// The entries of an English long form.
    pub fn of_en<'a>(&'a self, long: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.get(&self.by_en, &squash(long))
    }

    /// The entries of a Chinese long form.
    pub fn of_zh<'a>(&'a self, long: &str) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.get(&self.by_zh, &squash(long))
    }

    fn get<'a>(
        &'a self,
        map: &'a HashMap<String, Vec<usize>>,
        key: &str,
    ) -> impl Iterator<Item = &'a Entry> + use<'a> {
        map.get(key).into_iter().flatten().map(|index| &self.entries[*index])
    }

    /// True when some entry lists exactly this spelling.
    pub fn lists(&self, spelling: &str) -> bool {
        self.of_short(spelling).any(|entry| entry.short.iter().any(|short| short == spelling))
    }
}

fn add(map: &mut HashMap<String, Vec<usize>>, key: String, index: usize) {
    let list = map.entry(key).or_default();
    if !list.contains(&index) {
        list.push(index);
    }
}

/// A long form in a form that ignores case, spaces, hyphens, plurals, British spelling, Greek letters
/// and Roman numeral characters.
pub fn squash(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in words(text) {
        out.push_str(&word);
    }
    out
}

/// The words of a long form, each in its normal form.
pub fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in text.chars().map(fold).chain([' ']) {
        if let Some(name) = greek_name(c) {
            close(&mut word, &mut out);
            out.push(name.to_owned());
        } else if let Some(numeral) = roman(c) {
            word.push_str(&numeral.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else if c != '\'' {
            close(&mut word, &mut out);
        }
    }
    out
}

fn close(word: &mut String, out: &mut Vec<String>) {
    if word.is_empty() {
        return;
    }
    let word = std::mem::take(word);
    if word.chars().any(is_han) {
        out.push(word);
        return;
    }
    const BRITISH: [(&str, &str); 16] = [
        ("tumour", "tumor"),
        ("haem", "hem"),
        ("aemi", "emi"),
        ("oedem", "edem"),
        ("oestr", "estr"),
        ("oesoph", "esoph"),
        ("sulph", "sulf"),
        ("fibre", "fiber"),
        ("centre", "center"),
        ("anaes", "anes"),
        ("paed", "ped"),
        ("foet", "fet"),
        ("rrhoea", "rrhea"),
        ("behaviour", "behavior"),
        ("colour", "color"),
        ("isation", "ization"),
    ];
    let mut word = word;
    for (british, american) in BRITISH {
        if word.contains(british) {
            word = word.replace(british, american);
        }
    }
    out.push(singular(&word).to_owned());
}

/// An English word without its plural ending.
fn singular(word: &str) -> &str {
    if word.len() < 4 || !word.is_ascii() {
        return word;
    }
    if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return word;
    }
    word.strip_suffix('s').unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_forms_that_differ_in_spelling_alone_are_equal() {
        for (a, b) in [
            ("Tumour necrosis factors", "tumor necrosis factor"),
            ("hypoxia inducible factor-1α", "hypoxia-inducible factor 1 alpha"),
            ("epidermalgrowthfactor", "epidermal growth factor"),
        ] {
            assert_eq!(squash(a), squash(b));
        }
        assert_ne!(squash("epithelial growth factor"), squash("epidermal growth factor"));
    }
}
