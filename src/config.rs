//! `exolint.toml`: one per run, found upwards from the working directory to the git root.

use crate::finding::{Confidence, Severity};
use crate::parse::DataFile;
use crate::rules::{Language, Overrides, RuleError, Rules, load_lenient, nearest};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// Name of the configuration file.
pub const FILE_NAME: &str = "exolint.toml";

/// Language of the report, or the one of the environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LanguageChoice {
    /// As the locale says: Chinese for `zh…`, else English.
    #[default]
    Auto,
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl LanguageChoice {
    /// The language meant; the environment is asked through `var`.
    pub fn resolve(self, var: impl Fn(&str) -> Option<String>) -> Language {
        match self {
            Self::Zh => Language::Zh,
            Self::En => Language::En,
            Self::Auto => {
                let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
                    .into_iter()
                    .find_map(|name| var(name).filter(|v| !v.is_empty()));
                if locale.is_some_and(|l| l.to_ascii_lowercase().starts_with("zh")) {
                    Language::Zh
                } else {
                    Language::En
                }
            }
        }
    }
}

/// From which severity on a finding makes the exit status 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Warnings and errors.
    #[default]
    Warning,
    /// Any finding.
    Info,
    /// No finding.
    Never,
}

impl FailOn {
    /// True when a finding of this severity makes the run fail.
    pub fn reaches(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
            Self::Never => false,
        }
    }
}

/// The file as written. Every key may be left out.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ConfigFile {
    /// Language of the report.
    pub lang: Option<LanguageChoice>,
    /// Rules that run: codes, prefixes, names, families or `ALL`.
    #[schemars(with = "Vec<String>")]
    pub select: Vec<Spanned<String>>,
    /// Rules that do not run (words), and findings that are not reported (tables, `[[ignore]]`).
    #[schemars(with = "Vec<IgnoreForm>")]
    pub ignore: Vec<Spanned<Ignore>>,
    /// Opt-in rule profiles that are on.
    #[schemars(with = "Vec<String>")]
    pub profiles: Vec<Spanned<String>>,
    /// Lowest severity shown.
    pub severity: Option<Severity>,
    /// Lowest confidence shown.
    pub confidence: Option<Confidence>,
    /// From which severity on the exit status is 1.
    pub fail_on: Option<FailOn>,
    /// Files left out, in the form of `.gitignore` lines, relative to this file.
    #[schemars(with = "Vec<String>")]
    pub exclude: Vec<Spanned<String>>,
    /// The users' own rule files, relative to this file.
    #[schemars(with = "Vec<String>")]
    pub rule_files: Vec<Spanned<String>>,
    /// The users' lexicon and other tables, relative to this file.
    #[schemars(with = "Vec<String>")]
    pub data_files: Vec<Spanned<String>>,
    /// Known findings that are not shown, relative to this file.
    #[schemars(with = "Option<String>")]
    pub baseline: Option<Spanned<String>>,
    /// The documents compared with each other.
    pub corpus: Corpus,
    /// Severity and options by rule.
    #[schemars(with = "BTreeMap<String, RuleSettings>")]
    pub rules: BTreeMap<Spanned<String>, RuleSettings>,
}

/// An entry of `ignore`.
#[derive(Debug)]
pub enum Ignore {
    /// A selector: the rules it names do not run.
    Rules(String),
    /// Findings of a rule that are not reported, and why.
    Findings(IgnoreTable),
}

/// How an entry of `ignore` may be written, for the schema.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code)]
enum IgnoreForm {
    /// A selector: the rules it names do not run.
    Rules(String),
    /// Findings of a rule that are not reported, and why.
    Findings(IgnoreTable),
}

/// `[[ignore]]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IgnoreTable {
    /// Glob of files, relative to the configuration; all when left out.
    #[serde(default)]
    pub path: Option<String>,
    /// Code or name of the rule.
    pub code: String,
    /// Characters the finding must hold.
    #[serde(default)]
    pub text: Option<String>,
    /// Why.
    pub reason: String,
}

impl<'de> Deserialize<'de> for Ignore {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not an untagged enum: that would forget which key is wrong, and where.
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Ignore;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a rule, or a table with code and reason")
            }

            fn visit_str<E>(self, rule: &str) -> Result<Ignore, E> {
                Ok(Ignore::Rules(rule.to_owned()))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Ignore, A::Error> {
                let table = serde::de::value::MapAccessDeserializer::new(map);
                IgnoreTable::deserialize(table).map(Ignore::Findings)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl ConfigFile {
    /// The selectors among `ignore`.
    pub fn ignored_rules(&self) -> impl Iterator<Item = (&Spanned<Ignore>, &String)> {
        self.ignore.iter().filter_map(|item| match item.get_ref() {
            Ignore::Rules(name) => Some((item, name)),
            Ignore::Findings(_) => None,
        })
    }

    /// The tables among `ignore`.
    pub fn ignored_findings(&self) -> impl Iterator<Item = (&Spanned<Ignore>, &IgnoreTable)> {
        self.ignore.iter().filter_map(|item| match item.get_ref() {
            Ignore::Rules(_) => None,
            Ignore::Findings(table) => Some((item, table)),
        })
    }
}

/// `[corpus]`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Corpus {
    /// Globs relative to this file.
    #[schemars(with = "Vec<String>")]
    pub include: Vec<Spanned<String>>,
}

/// `[rules.CODE]`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct RuleSettings {
    /// Severity instead of the rule's own.
    pub severity: Option<Severity>,
    /// Options on top of the rule's own; the rule's check says which there are.
    #[schemars(with = "Option<BTreeMap<String, serde_json::Value>>")]
    pub options: Option<toml::Table>,
}

/// A configuration that was found and read.
#[derive(Debug, Default)]
pub struct Config {
    /// Where it was found; `None` without one.
    pub path: Option<PathBuf>,
    /// Its path as shown in messages.
    pub shown: Option<String>,
    /// The folder its paths are relative to: its own, else the git root, else the working directory.
    pub root: PathBuf,
    /// Its text, for carets.
    pub text: String,
    /// Its content.
    pub file: ConfigFile,
}

/// The rules of a run and the users' rule files that had to be left out.
pub struct Loaded {
    /// Built-in and users' rules.
    pub rules: Rules,
    /// Errors of broken rule files.
    pub broken: Vec<RuleError>,
}

impl Config {
    /// The configuration for a run in `cwd`: the named file, or the one found upwards, or none.
    pub fn find(cwd: &Path, named: Option<&Path>, isolated: bool) -> Result<Self, RuleError> {
        let git_root = cwd.ancestors().find(|dir| dir.join(".git").exists());
        let found = match (named, isolated) {
            (Some(path), _) => Some(crate::discover::absolute(cwd, path)),
            (None, true) => None,
            (None, false) => cwd
                .ancestors()
                .take_while(|dir| git_root.is_none_or(|root| dir.starts_with(root)))
                .map(|dir| dir.join(FILE_NAME))
                .find(|path| path.is_file()),
        };
        let Some(path) = found else {
            let root = git_root.unwrap_or(cwd).to_path_buf();
            return Ok(Self { root, ..Self::default() });
        };
        let shown = named.unwrap_or_else(|| path.strip_prefix(cwd).unwrap_or(&path)).display().to_string();
        let text = read_text(&path)
            .map_err(|e| RuleError::new(&shown, "", None, format!("cannot read the configuration: {e}")))?;
        let root = path.parent().unwrap_or(cwd).to_path_buf();
        let mut config =
            Self { path: Some(path), shown: Some(shown), root, text, file: ConfigFile::default() };
        config.file = toml::from_str(&config.text)
            .map_err(|e| RuleError::from_toml(&config.shown(), &config.text, &e))?;
        Ok(config)
    }

    /// Its path as shown in messages.
    pub fn shown(&self) -> String {
        self.shown.clone().unwrap_or_else(|| FILE_NAME.to_owned())
    }

    /// An error at one of its values.
    pub fn error<T>(&self, value: &Spanned<T>, message: impl Into<String>) -> RuleError {
        RuleError::new(&self.shown(), &self.text, Some(value.span()), message)
    }

    /// Load the rules this configuration asks for. Rule files that are broken are left out and handed
    /// back; everything else that is wrong ends the run.
    pub fn load_rules(&self, more_rule_files: &[PathBuf]) -> Result<Loaded, RuleError> {
        let mut broken = Vec::new();
        let mut files = Vec::new();
        let named = self.file.rule_files.iter().map(|file| (self.root.join(file.get_ref()), Some(file)));
        for (path, at) in named.chain(more_rule_files.iter().map(|path| (path.clone(), None))) {
            match (read_text(&path), at) {
                (Ok(text), _) => files.push((path.display().to_string(), text)),
                (Err(e), Some(at)) => broken.push(self.error(at, format!("cannot read this rule file: {e}"))),
                (Err(e), None) => {
                    let message = format!("cannot read this rule file: {e}");
                    broken.push(RuleError::new(&path.display().to_string(), "", None, message));
                }
            }
        }
        let mut data = Vec::new();
        for file in &self.file.data_files {
            let path = self.root.join(file.get_ref());
            let text =
                read_text(&path).map_err(|e| self.error(file, format!("cannot read this data file: {e}")))?;
            data.push(DataFile { path: path.display().to_string(), text });
        }
        let severity = self
            .file
            .rules
            .iter()
            .filter_map(|(key, r)| Some((key.get_ref().clone(), r.severity?)))
            .collect();
        let config = self.path.is_some().then(|| (self.shown(), self.text.clone()));
        let (rules, mut more) = load_lenient(&files, &Overrides { config, severity, data })?;
        broken.append(&mut more);
        if broken.is_empty() {
            // A broken rule file may hold the very code that is missing here.
            self.verify(&rules)?;
        }
        Ok(Loaded { rules, broken })
    }

    fn verify(&self, rules: &Rules) -> Result<(), RuleError> {
        for key in self.file.rules.keys() {
            if rules.find(key.get_ref()).is_none() {
                return Err(unknown(
                    self.error(key, format!("there is no rule `{}`", key.get_ref())),
                    key.get_ref(),
                    rules,
                ));
            }
        }
        let selected = self.file.select.iter().map(|name| (name.span(), name.get_ref()));
        let ignored = self.file.ignored_rules().map(|(item, name)| (item.span(), name));
        for (span, name) in selected.chain(ignored) {
            if !selects(rules, name) {
                let message = format!("`{name}` selects no rule");
                let error = RuleError::new(&self.shown(), &self.text, Some(span), message);
                return Err(unknown(error, name, rules));
            }
        }
        for (item, table) in self.file.ignored_findings() {
            if rules.find(&table.code).is_none() {
                let error = self.error(item, format!("there is no rule `{}` to ignore", table.code));
                return Err(unknown(error, &table.code, rules));
            }
            if table.reason.trim().is_empty() {
                return Err(self
                    .error(item, "the reason is empty")
                    .hint("say why these findings are no defects"));
            }
        }
        for name in &self.file.profiles {
            let mut known = rules.rules.iter().flat_map(|rule| &rule.record.profiles);
            if !known.any(|profile| profile == name.get_ref()) {
                let error = self.error(name, format!("no rule belongs to a profile `{}`", name.get_ref()));
                let known = rules.rules.iter().flat_map(|rule| &rule.record.profiles).map(String::as_str);
                return Err(match nearest(name.get_ref(), known) {
                    Some(known) => error.hint(format!("did you mean `{known}`?")),
                    None => error,
                });
            }
        }
        Ok(())
    }
}

/// True when a selector names at least one rule.
pub fn selects(rules: &Rules, name: &str) -> bool {
    !name.is_empty()
        && (name.eq_ignore_ascii_case("all")
            || rules.rules.iter().any(|rule| {
                let record = &rule.record;
                record.name == name
                    || record.family().word() == name
                    || record.code.to_ascii_uppercase().starts_with(&name.to_ascii_uppercase())
            })
            || crate::rules::Family::ALL
                .iter()
                .any(|family| family.word() == name || family.letters().eq_ignore_ascii_case(name)))
}

/// What was probably meant by a selector that names nothing.
pub fn nearest_selector<'a>(rules: &'a Rules, name: &str) -> Option<&'a str> {
    let upper = name.to_ascii_uppercase();
    let codes = rules.rules.iter().map(|rule| rule.record.code.as_str());
    nearest(&upper, codes).or_else(|| {
        let names = rules.rules.iter().map(|rule| rule.record.name.as_str());
        nearest(name, names.chain(crate::rules::Family::ALL.iter().map(|family| family.word())))
    })
}

fn unknown(error: RuleError, name: &str, rules: &Rules) -> RuleError {
    match nearest_selector(rules, name) {
        Some(known) => error.hint(format!("did you mean `{known}`? `exolint rule` lists all rules")),
        None => error.hint("`exolint rule` lists all rules"),
    }
}

fn read_text(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|e| crate::discover::io_words(&e).0)?;
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_chooses_the_language() {
        let of = |value: &'static str| {
            LanguageChoice::Auto.resolve(move |n| (n == "LANG").then(|| value.to_owned()))
        };
        assert_eq!(of("zh_CN.UTF-8"), Language::Zh);
        assert_eq!(of("C.UTF-8"), Language::En);
        let both = |n: &str| match n {
            "LC_ALL" => Some("en_GB.UTF-8".to_owned()),
            _ => Some("zh_CN".to_owned()),
        };
        assert_eq!(LanguageChoice::Auto.resolve(both), Language::En);
    }

    #[test]
    fn unknown_keys_get_a_span_and_the_nearest_key() {
        let text = "selct = [\"CIT\"]\n";
        let error = toml::from_str::<ConfigFile>(text).unwrap_err();
        let error = RuleError::from_toml("exolint.toml", text, &error);
        assert_eq!(error.span, Some(0..5));
        assert_eq!(error.hint.as_deref(), Some("did you mean `select`?"));
    }
}
