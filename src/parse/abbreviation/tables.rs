//! The family's tables: word lists and the lexicon, built in and extended by users.

use super::boundary::Boundary;
use super::builtin;
use super::lean;
use super::letters::Words;
use super::lexicon::{Entry, Lexicon};
use super::named;
use super::shape::{key, singular};
use crate::parse::DataFile;
use crate::rules::RuleError;
use aho_corasick::AhoCorasick;
use serde::Deserialize;
use std::collections::HashSet;

/// The lists inside the binary.
const WORDS: &str = include_str!("../../../rules/data/abbreviation.toml");

/// Word lists and lexicon.
#[derive(Debug, Default)]
pub struct Tables {
    /// Where Chinese long forms begin.
    pub boundary: Boundary,
    /// Stop words and word parts of English long forms.
    pub words: Words,
    /// Words that introduce a short form, longest first.
    pub introduce: Vec<String>,
    /// Han words that may follow a short form in its bracket.
    pub suffix: Vec<String>,
    /// Nouns whose bracket holds a designation.
    pub designation: Vec<String>,
    /// Places and companies.
    pub place: HashSet<String>,
    /// Short forms that need no definition.
    pub known: HashSet<String>,
    /// Finds words that introduce a short form outside brackets.
    pub(super) named: Option<AhoCorasick>,
    /// Accepted short and long forms.
    pub lexicon: Lexicon,
}

/// The lists as written in TOML.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Lists {
    cut: Vec<String>,
    verb: Vec<String>,
    keep: Vec<String>,
    nominal: String,
    lead: Vec<String>,
    lead_keep: Vec<String>,
    designation: Vec<String>,
    place: Vec<String>,
    introduce: Vec<String>,
    suffix: Vec<String>,
    stop: Vec<String>,
    morphemes: Vec<String>,
    known: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct File {
    abbreviation: Lists,
    entry: Vec<Entry>,
}

impl Lists {
    fn extend(&mut self, other: Self) {
        self.cut.extend(other.cut);
        self.verb.extend(other.verb);
        self.keep.extend(other.keep);
        self.nominal.push_str(&other.nominal);
        self.lead.extend(other.lead);
        self.lead_keep.extend(other.lead_keep);
        self.designation.extend(other.designation);
        self.place.extend(other.place);
        self.introduce.extend(other.introduce);
        self.suffix.extend(other.suffix);
        self.stop.extend(other.stop);
        self.morphemes.extend(other.morphemes);
        self.known.extend(other.known);
    }
}

impl Tables {
    /// The built-in tables and the user's files that hold `[abbreviation]` or `[[entry]]`.
    pub fn load(user: &[DataFile]) -> Result<Self, RuleError> {
        let mut lists = Lists::default();
        let mut entries = Vec::new();
        let builtin = std::iter::once(("rules/data/abbreviation.toml", WORDS));
        let builtin = builtin.chain(builtin::FILES.iter().copied().filter(|(_, text)| {
            let lean = lean::entries(text);
            let full = lean.is_none();
            entries.extend(lean.unwrap_or_default());
            full
        }));
        let builtin: Vec<(&str, &str)> = builtin.collect();
        let own = user
            .iter()
            .filter(|file| file.text.contains("[abbreviation]") || file.text.contains("[[entry]]"))
            .map(|file| (file.path.as_str(), file.text.as_str()));
        for (path, text) in builtin.into_iter().chain(own) {
            let file: File = toml::from_str(text).map_err(|e| RuleError::from_toml(path, text, &e))?;
            lists.extend(file.abbreviation);
            entries.extend(file.entry);
        }
        lists.introduce.sort_by_key(|word| std::cmp::Reverse(word.len()));
        lists.suffix.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Ok(Self {
            boundary: Boundary::new(
                &lists.cut,
                &lists.verb,
                &lists.keep,
                &lists.nominal,
                &lists.lead,
                &lists.lead_keep,
            ),
            words: Words::new(lists.stop, lists.morphemes),
            introduce: lists.introduce,
            suffix: lists.suffix,
            designation: lists.designation,
            place: lists.place.into_iter().collect(),
            known: lists.known.into_iter().collect(),
            named: named::searcher(),
            lexicon: Lexicon::new(entries),
        })
    }

    /// A short form without its plural s, also where only the lexicon tells that the s is one (`Tregs`).
    pub fn stem<'a>(&self, short: &'a str) -> &'a str {
        let stem = singular(short);
        if stem.len() < short.len() {
            return stem;
        }
        match short.strip_suffix('s') {
            Some(stem) if stem.len() >= 3 && self.lexicon.of_short(stem).next().is_some() => stem,
            _ => short,
        }
    }

    /// The key of a short form, see [`key`].
    pub fn key(&self, short: &str) -> String {
        key(self.stem(short))
    }

    /// True for a country, state or company word.
    pub fn is_place(&self, text: &str) -> bool {
        self.place.contains(text.trim())
    }
}
