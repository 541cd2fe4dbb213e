//! Tables of this family: labels of front matter, names, places, funders.

use super::label::FieldKind;
use crate::finding::Localised;
use crate::parse::DataFile;
use crate::rules::RuleError;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The data files inside the binary.
const BUILT_IN: &[(&str, &str)] = &[
    ("rules/data/frontmatter.toml", include_str!("../../../rules/data/frontmatter.toml")),
    ("rules/data/names.toml", include_str!("../../../rules/data/names.toml")),
    ("rules/data/places.toml", include_str!("../../../rules/data/places.toml")),
    ("rules/data/identifiers.toml", include_str!("../../../rules/data/identifiers.toml")),
    ("rules/data/translations.toml", include_str!("../../../rules/data/translations.toml")),
];

/// The top-level tables this family knows.
const KEYS: &[&str] = &[
    "field",
    "names",
    "mailbox",
    "contribution",
    "province",
    "class-number",
    "funder",
    "funding",
    "translation",
];

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct File {
    field: Vec<FieldRecord>,
    names: NamesRecord,
    mailbox: MailboxRecord,
    contribution: ContributionRecord,
    province: Vec<ProvinceRecord>,
    class_number: ClassRecord,
    funder: Vec<FunderRecord>,
    funding: FundingRecord,
    translation: Vec<Translation>,
}

/// Terms that are taken for each other in translation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translation {
    /// Name of the family in both languages.
    pub name: Localised,
    /// True when nobody uses one for the other.
    #[serde(default)]
    pub firm: bool,
    /// True when a sibling is reported beside the right term too.
    #[serde(default)]
    pub stray: bool,
    /// True when only titles are compared.
    #[serde(default)]
    pub title: bool,
    /// The siblings.
    pub class: Vec<Term>,
}

/// One sibling.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Chinese forms; none for what renders nothing.
    pub zh: Vec<String>,
    /// English forms.
    pub en: Vec<String>,
    /// English phrases that hold such a form and mean something else.
    #[serde(default)]
    pub except: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldRecord {
    kind: FieldKind,
    words: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct NamesRecord {
    surnames: String,
    compound: String,
    surname_readings: BTreeMap<char, Vec<String>>,
    given_readings: BTreeMap<char, Vec<String>>,
    one_reading: BTreeMap<char, String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct MailboxRecord {
    shared: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ContributionRecord {
    verbs: Vec<String>,
    nouns: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProvinceRecord {
    names: Vec<String>,
    prefixes: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ClassRecord {
    letters: String,
    empty: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FunderRecord {
    id: String,
    names: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FundingRecord {
    generic: Vec<String>,
}

/// The tables, ready to ask.
#[derive(Debug, Default)]
pub struct Tables {
    labels: Option<AhoCorasick>,
    label_kinds: Vec<FieldKind>,
    surnames: BTreeSet<char>,
    compounds: BTreeSet<(char, char)>,
    surname_readings: BTreeMap<char, Vec<String>>,
    given_readings: BTreeMap<char, Vec<String>>,
    one_reading: BTreeMap<char, String>,
    /// First parts of mailboxes that belong to an office.
    pub shared_mailboxes: Vec<String>,
    /// What follows a name in a statement of contributions.
    pub contribution_verbs: Vec<String>,
    /// Words that look like names and are none.
    pub contribution_nouns: Vec<String>,
    /// Names of a province and its towns, and the first digits of its postcodes.
    pub provinces: Vec<(Vec<String>, Vec<String>)>,
    /// Letters of the main classes of the Chinese library classification.
    pub class_letters: String,
    /// Places the classification leaves empty.
    pub class_empty: Vec<String>,
    /// Names of the National Natural Science Foundation of China.
    pub nsfc_names: Vec<String>,
    /// Words that do not tell one programme from another.
    pub generic_funding: Vec<String>,
    /// Terms that are taken for each other in translation.
    pub translations: Vec<Translation>,
}

impl Tables {
    /// The built-in tables and the user's.
    pub fn load(user: &[DataFile]) -> Result<Self, RuleError> {
        let mut tables = Self::default();
        let mut words: Vec<String> = Vec::new();
        for (path, text) in BUILT_IN {
            let file: File = toml::from_str(text).map_err(|e| RuleError::from_toml(path, text, &e))?;
            tables.add(file, &mut words);
        }
        for data in user {
            if let Some(file) = mine(data)? {
                tables.add(file, &mut words);
            }
        }
        let automaton = AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(&words);
        tables.labels = automaton.ok();
        Ok(tables)
    }

    fn add(&mut self, file: File, words: &mut Vec<String>) {
        for field in file.field {
            for word in field.words {
                let chars = word.chars().count();
                let han = word.chars().all(crate::document::is_han);
                if han && (2..=4).contains(&chars) {
                    for gap in [" ", "\u{3000}"] {
                        let spaced: Vec<String> = word.chars().map(String::from).collect();
                        words.push(spaced.join(gap));
                        self.label_kinds.push(field.kind);
                    }
                }
                words.push(word);
                self.label_kinds.push(field.kind);
            }
        }
        self.surnames.extend(file.names.surnames.chars().filter(|c| !c.is_whitespace()));
        self.compounds.extend(file.names.compound.split_whitespace().filter_map(|word| {
            let mut chars = word.chars();
            Some((chars.next()?, chars.next()?))
        }));
        self.surname_readings.extend(file.names.surname_readings);
        self.given_readings.extend(file.names.given_readings);
        self.one_reading.extend(file.names.one_reading);
        self.shared_mailboxes.extend(file.mailbox.shared);
        self.contribution_verbs.extend(file.contribution.verbs);
        self.contribution_nouns.extend(file.contribution.nouns);
        self.provinces.extend(file.province.into_iter().map(|p| (p.names, p.prefixes)));
        self.class_letters.push_str(&file.class_number.letters);
        self.class_empty.extend(file.class_number.empty);
        let nsfc = file.funder.into_iter().filter(|f| f.id == "nsfc");
        self.nsfc_names.extend(nsfc.flat_map(|f| f.names));
        self.generic_funding.extend(file.funding.generic);
        self.translations.extend(file.translation);
    }

    /// Labels in a text: (start, end, kind), leftmost and longest.
    pub fn find_labels<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, usize, FieldKind)> + 'a {
        let kinds = &self.label_kinds;
        self.labels
            .iter()
            .flat_map(move |automaton| automaton.find_iter(text))
            .map(move |hit| (hit.start(), hit.end(), kinds[hit.pattern().as_usize()]))
    }

    /// True for a character that is a surname.
    pub fn is_surname(&self, c: char) -> bool {
        self.surnames.contains(&c)
    }

    /// True for two characters that are one surname.
    pub fn is_compound_surname(&self, first: char, second: char) -> bool {
        self.compounds.contains(&(first, second))
    }

    /// Readings a character has as a surname.
    pub fn surname_readings(&self, c: char) -> &[String] {
        self.surname_readings.get(&c).map_or(&[], Vec::as_slice)
    }

    /// The one reading of a common surname.
    pub fn one_reading(&self, c: char) -> Option<&str> {
        self.one_reading.get(&c).map(String::as_str)
    }

    /// Further readings of a character in given names.
    pub fn given_readings(&self, c: char) -> &[String] {
        self.given_readings.get(&c).map_or(&[], Vec::as_slice)
    }
}

/// The tables of a user's file that belong to this family.
fn mine(data: &DataFile) -> Result<Option<File>, RuleError> {
    let table: toml::Table =
        toml::from_str(&data.text).map_err(|e| RuleError::from_toml(&data.path, &data.text, &e))?;
    if !table.keys().any(|key| KEYS.contains(&key.as_str())) {
        return Ok(None);
    }
    toml::from_str(&data.text).map(Some).map_err(|e| RuleError::from_toml(&data.path, &data.text, &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_tables_load_and_labels_are_found_spaced_too() {
        let tables = Tables::load(&[]).unwrap();
        let kinds: Vec<FieldKind> =
            tables.find_labels("摘 要：… 关　键　词 收稿日期 key words").map(|l| l.2).collect();
        use FieldKind::*;
        assert_eq!(kinds, [AbstractZh, KeywordsZh, Received, KeywordsEn]);
        assert!(
            tables.is_surname('李') && tables.is_compound_surname('欧', '阳') && !tables.is_surname('的')
        );
        assert!(tables.provinces.iter().all(|(names, prefixes)| !names.is_empty() && !prefixes.is_empty()));
    }

    #[test]
    fn users_add_words() {
        let data =
            DataFile { path: "mine.toml".to_owned(), text: "[mailbox]\nshared = [\"lab\"]\n".to_owned() };
        assert!(Tables::load(&[data]).unwrap().shared_mailboxes.contains(&"lab".to_owned()));
        let other = DataFile { path: "x.toml".to_owned(), text: "[[unit]]\nid = \"u\"\n".to_owned() };
        assert!(Tables::load(&[other]).is_ok());
    }
}
