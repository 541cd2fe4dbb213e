//! Words of citation reading: surnames, and what stands around names.

use crate::parse::DataFile;
use crate::rules::RuleError;
use serde::Deserialize;
use std::collections::HashSet;

const BUILT_IN: (&str, &str) =
    ("rules/data/citation.toml", include_str!("../../../rules/data/citation.toml"));

/// Tables of this family.
#[derive(Debug, Default)]
pub struct Tables {
    /// Chinese surnames of one character.
    pub surnames: HashSet<char>,
    /// Chinese surnames of two characters.
    pub compound: HashSet<String>,
    /// Characters that may stand right before a Chinese name.
    pub before: HashSet<char>,
    /// Last characters of words that are no names.
    pub things: HashSet<char>,
    /// Capitalised words that are no names.
    pub openings: HashSet<String>,
    /// Particles of family names, lower case.
    pub particles: HashSet<String>,
    /// Words that may stand before a name in brackets, lower case.
    pub leads: HashSet<String>,
    /// Words of institutions, lower case.
    pub groups: HashSet<String>,
    /// Capitalised words that stand before a year and are no names, lower case.
    pub no_names: HashSet<String>,
    /// Verbs that tell what an author did, as they stand after `(2019)`.
    pub verbs: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    citation: Words,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Words {
    surnames: String,
    compound: String,
    before: String,
    things: String,
    openings: Vec<String>,
    particles: Vec<String>,
    leads: String,
    groups: String,
    #[serde(rename = "no-names")]
    no_names: Vec<String>,
    verbs: String,
}

impl Tables {
    /// The built-in tables and the user's.
    pub fn load(user: &[DataFile]) -> Result<Self, RuleError> {
        let mut tables = Self::default();
        tables.add(BUILT_IN.0, BUILT_IN.1)?;
        for file in user.iter().filter(|file| file.text.lines().any(|line| line.trim() == "[citation]")) {
            tables.add(&file.path, &file.text)?;
        }
        Ok(tables)
    }

    fn add(&mut self, path: &str, text: &str) -> Result<(), RuleError> {
        let file: File = toml::from_str(text).map_err(|error| RuleError::from_toml(path, text, &error))?;
        let words = file.citation;
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<char>>();
        self.surnames.extend(letters(&words.surnames));
        self.compound.extend(words.compound.split_whitespace().map(str::to_owned));
        self.before.extend(letters(&words.before));
        self.things.extend(letters(&words.things));
        self.openings.extend(words.openings);
        self.particles.extend(words.particles);
        let split = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
        self.leads.extend(split(&words.leads));
        self.groups.extend(split(&words.groups));
        self.no_names.extend(words.no_names.iter().map(|word| word.to_lowercase()));
        self.verbs.extend(split(&words.verbs));
        Ok(())
    }
}
