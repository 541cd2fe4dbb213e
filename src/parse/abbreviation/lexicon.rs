//! The lexicon: short forms with their accepted long forms in both languages.

use super::hash::{Map, Set};
use super::shape::{fold, greek_name, key, roman};
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::sync::LazyLock;

/// One concept with its accepted names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
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
    spellings: Set<String>,
    by_short: Map<String, Vec<u32>>,
    by_en: Map<String, Vec<u32>>,
    by_zh: Map<String, Vec<u32>>,
}

impl Lexicon {
    /// Index the entries.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut lexicon = Self::default();
        for map in [&mut lexicon.by_short, &mut lexicon.by_en, &mut lexicon.by_zh] {
            map.reserve(entries.len() * 3 / 2);
        }
        for (index, entry) in (0u32..).zip(&entries) {
            for short in &entry.short {
                lexicon.spellings.insert(short.clone());
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

    /// Where the entries of a key made by [`key`] stand among all.
    pub fn indices(&self, key: &str) -> &[u32] {
        self.by_short.get(key).map_or(&[], Vec::as_slice)
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
        map: &'a Map<String, Vec<u32>>,
        key: &str,
    ) -> impl Iterator<Item = &'a Entry> + use<'a> {
        map.get(key).into_iter().flatten().filter_map(|index| self.entries.get(*index as usize))
    }

    /// True when some entry lists exactly this spelling.
    pub fn lists(&self, spelling: &str) -> bool {
        self.spellings.contains(spelling)
    }
}

fn add(map: &mut Map<String, Vec<u32>>, key: String, index: u32) {
    let list = map.entry(key).or_default();
    if !list.contains(&index) {
        list.push(index);
    }
}

/// A long form in a form that ignores case, spaces, hyphens, plurals, British spelling, Greek letters
/// and Roman numeral characters.
pub fn squash(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut start = 0;
    each_part(text, |part| match part {
        Part::Letter(c) => out.push(c),
        Part::End => {
            normalise(&mut out, start);
            start = out.len();
        }
    });
    out
}

/// The words of a long form, each in its normal form.
pub fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    each_part(text, |part| match part {
        Part::Letter(c) => word.push(c),
        Part::End if word.is_empty() => {}
        Part::End => {
            normalise(&mut word, 0);
            out.push(std::mem::take(&mut word));
        }
    });
    out
}

enum Part {
    Letter(char),
    /// The end of a word; may come twice.
    End,
}

fn each_part(text: &str, mut take: impl FnMut(Part)) {
    for c in text.chars().map(fold) {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                take(Part::Letter(c.to_ascii_lowercase()));
            } else if c != '\'' {
                take(Part::End);
            }
        } else if let Some(name) = greek_name(c) {
            take(Part::End);
            name.chars().for_each(|c| take(Part::Letter(c)));
            take(Part::End);
        } else if let Some(numeral) = roman(c) {
            numeral.chars().for_each(|c| take(Part::Letter(c.to_ascii_lowercase())));
        } else if c.is_alphanumeric() {
            c.to_lowercase().for_each(|c| take(Part::Letter(c)));
        } else {
            take(Part::End);
        }
    }
    take(Part::End);
}

/// British spellings and the American ones.
const SPELLINGS: [(&str, &str); 16] = [
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

/// Finds any British spelling.
static BRITISH: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(SPELLINGS.map(|(british, _)| british)).ok());

/// Bring the word from `start` on into its normal form: American, without a plural s.
fn normalise(text: &mut String, start: usize) {
    let Some(word) = text.get(start..).filter(|word| word.is_ascii() && word.len() >= 4) else { return };
    if BRITISH.as_ref().is_some_and(|british| british.is_match(word)) {
        let mut word = word.to_owned();
        for (british, american) in SPELLINGS {
            if word.contains(british) {
                word = word.replace(british, american);
            }
        }
        text.truncate(start);
        text.push_str(&word);
    }
    let word = &text[start..];
    let plural = word.len() >= 4
        && word.ends_with('s')
        && !(word.ends_with("ss") || word.ends_with("us") || word.ends_with("is"));
    let many = plural && word.len() >= 6 && word.ends_with("ies");
    if plural {
        text.pop();
    }
    // bodies, assemblies; series and species stay alike in both numbers
    if many {
        text.truncate(text.len() - 2);
        text.push('y');
    }
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
            ("multivesicular bodies", "multivesicular body"),
        ] {
            assert_eq!(squash(a), squash(b));
        }
        assert_ne!(squash("epithelial growth factor"), squash("epidermal growth factor"));
    }
}
