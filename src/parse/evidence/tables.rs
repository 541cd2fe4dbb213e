//! The data of this family: units, subjects, properties, published ranges, words that exclude each other.

use super::named::{CellKind, CellLine, CellSpecies, MarkerClass, MarkerRecord, NameTable, Process};
use super::titles::WordTable;
use super::unit::{UnitRecord, Units};
use crate::finding::Localised;
use crate::parse::DataFile;
use crate::rules::RuleError;
use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

/// The data files inside the binary.
const BUILT_IN: &[(&str, &str)] = &[
    ("rules/data/units.toml", include_str!("../../../rules/data/units.toml")),
    ("rules/data/subjects.toml", include_str!("../../../rules/data/subjects.toml")),
    ("rules/data/models.toml", include_str!("../../../rules/data/models.toml")),
    ("rules/data/markers.toml", include_str!("../../../rules/data/markers.toml")),
    ("rules/data/cell-lines.toml", include_str!("../../../rules/data/cell-lines.toml")),
];

/// The top-level tables this family knows.
const KEYS: &[&str] = &[
    "unit",
    "subject",
    "property",
    "reference-range",
    "exclusive",
    "marker",
    "marker-class",
    "process",
    "cell-kind",
    "cell-species",
    "cell-line",
];

/// Something that definitions are about.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Stable name.
    pub id: String,
    /// Its name in both languages.
    pub name: Localised,
    /// Printed forms.
    pub aliases: Vec<String>,
}

/// A property that is a number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Property {
    /// Stable name.
    pub id: String,
    /// Its name in both languages.
    pub name: Localised,
    /// The dimension of its unit …
    #[serde(default)]
    pub dimension: Option<String>,
    /// … or a compound unit.
    #[serde(default)]
    pub unit: Option<String>,
    /// The unit is enough where the number stands in brackets right after the subject.
    #[serde(default)]
    pub by_unit: bool,
    /// Words that announce it.
    pub cues: Vec<String>,
}

/// A published range.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceRange {
    /// Id of the subject.
    pub subject: String,
    /// Id of the property.
    pub property: String,
    /// Lower end.
    #[serde(default)]
    pub low: Option<f64>,
    /// Upper end.
    #[serde(default)]
    pub high: Option<f64>,
    /// Unit of both.
    pub unit: String,
    /// Where it is published.
    pub source: String,
}

/// Words of one kind (species, model …) of which two exclude each other.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Exclusive {
    /// Name of the kind in both languages.
    pub name: Localised,
    /// True for words that are compared between the titles of a text only: statements cite titles loosely.
    #[serde(default)]
    pub titles_only: bool,
    /// The classes, each with its printed forms.
    pub class: Vec<Class>,
}

/// One class of words that mean the same.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Stable name.
    pub id: String,
    /// Printed forms.
    pub words: Vec<String>,
    /// Classes that may stand for this one (`mouse` where a text says "animal").
    #[serde(default)]
    pub with: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    #[serde(default)]
    unit: Vec<UnitRecord>,
    #[serde(default)]
    subject: Vec<Subject>,
    #[serde(default)]
    property: Vec<Property>,
    #[serde(default)]
    reference_range: Vec<ReferenceRange>,
    #[serde(default)]
    exclusive: Vec<Exclusive>,
    #[serde(default)]
    marker: Vec<MarkerRecord>,
    #[serde(default)]
    marker_class: Vec<MarkerClass>,
    #[serde(default)]
    process: Vec<Process>,
    #[serde(default)]
    cell_kind: Vec<CellKind>,
    #[serde(default)]
    cell_species: Vec<CellSpecies>,
    #[serde(default)]
    cell_line: Vec<CellLine>,
}

/// Tables of this family.
#[derive(Debug, Default)]
pub struct Tables {
    /// Units.
    pub units: Units,
    /// Subjects.
    pub subjects: Vec<Subject>,
    /// Properties.
    pub properties: Vec<Property>,
    /// Published ranges.
    pub ranges: Vec<ReferenceRange>,
    /// Species, model and source words.
    pub words: WordTable,
    /// Markers, processes and cell lines.
    pub names: NameTable,
    /// Finds all aliases of subjects; pattern → subject.
    pub(super) aliases: Option<AhoCorasick>,
    pub(super) alias_of: Vec<u16>,
}

impl Tables {
    /// The built-in tables and the user's. A user's file is read when it holds a table of this family.
    pub fn load(user: &[DataFile]) -> Result<Self, RuleError> {
        let mut tables = Self::default();
        let mut exclusive = Vec::new();
        for (path, text) in BUILT_IN {
            tables.add(path, text, &mut exclusive)?;
        }
        for file in user {
            if KEYS.iter().any(|key| file.text.contains(&format!("[[{key}]]"))) {
                tables.add(&file.path, &file.text, &mut exclusive)?;
            }
        }
        tables.words = WordTable::new(exclusive);
        tables.names.index();
        tables.index();
        Ok(tables)
    }

    fn add(&mut self, path: &str, text: &str, exclusive: &mut Vec<Exclusive>) -> Result<(), RuleError> {
        let file: File = toml::from_str(text).map_err(|error| RuleError::from_toml(path, text, &error))?;
        self.units.extend(file.unit);
        self.subjects.extend(file.subject);
        self.properties.extend(file.property);
        self.ranges.extend(file.reference_range);
        exclusive.extend(file.exclusive);
        self.names.markers.extend(file.marker);
        self.names.classes.extend(file.marker_class);
        self.names.processes.extend(file.process);
        self.names.kinds.extend(file.cell_kind);
        self.names.species.extend(file.cell_species);
        self.names.lines.extend(file.cell_line);
        Ok(())
    }

    fn index(&mut self) {
        let mut patterns = Vec::new();
        for (n, subject) in self.subjects.iter().enumerate() {
            for alias in &subject.aliases {
                patterns.push(alias.as_str());
                self.alias_of.push(u16::try_from(n).unwrap_or(u16::MAX));
            }
        }
        self.aliases = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(&patterns)
            .ok();
    }

    /// The subject of an id.
    pub fn subject(&self, id: &str) -> Option<&Subject> {
        self.subjects.iter().find(|subject| subject.id == id)
    }

    /// The property of an id.
    pub fn property(&self, id: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.id == id)
    }
}
