//! The form of `exolint.toml`.

use crate::finding::{Confidence, Severity};
use crate::policy::Stage;
use crate::rules::Language;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::Spanned;

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
    /// Configurations this one goes on from, relative to this file. Single values, `select` and what is said of
    /// a rule win over theirs; other lists are added to theirs.
    #[schemars(with = "Option<ExtendForm>")]
    pub extend: Option<Spanned<Extend>>,
    /// Language of the report.
    pub lang: Option<LanguageChoice>,
    /// Rules that run: codes, prefixes, names, families or `ALL`.
    #[schemars(with = "Vec<String>")]
    pub select: Vec<Spanned<String>>,
    /// Rules that do not run (words), and findings that are not reported (tables, `[[ignore]]`).
    #[schemars(with = "Vec<IgnoreForm>")]
    pub ignore: Vec<Spanned<Ignore>>,
    /// At most one of `draft`, `submission` and `audit` (what is shown), and opt-in sets of rules.
    #[schemars(with = "Vec<String>")]
    pub profiles: Vec<Spanned<String>>,
    /// Lowest severity shown; the profile's without it.
    pub severity: Option<Severity>,
    /// Lowest confidence shown; the profile's without it.
    pub confidence: Option<Confidence>,
    /// From which severity on the exit status is 1.
    pub fail_on: Option<FailOn>,
    /// Files left out, in the form of `.gitignore` lines, relative to this file.
    #[schemars(with = "Vec<String>")]
    pub exclude: Vec<Spanned<String>>,
    /// Rules that do not run over some files: patterns in the form of `.gitignore` lines, relative to this
    /// file, with selectors.
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub per_file_ignores: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    /// The users' own rule files, relative to this file.
    #[schemars(with = "Vec<String>")]
    pub rule_files: Vec<Spanned<String>>,
    /// The users' lexicon and other tables, relative to this file.
    #[schemars(with = "Vec<String>")]
    pub data_files: Vec<Spanned<String>>,
    /// Known findings that are not shown, relative to this file.
    #[schemars(with = "Option<String>")]
    pub baseline: Option<Spanned<String>>,
    /// A list of retracted works (CSV with the columns of Retraction Watch), relative to this file.
    #[schemars(with = "Option<String>")]
    pub retractions: Option<Spanned<String>>,
    /// The documents compared with each other.
    pub corpus: Corpus,
    /// Severity and options by rule.
    #[schemars(with = "BTreeMap<String, RuleSettings>")]
    pub rules: BTreeMap<Spanned<String>, RuleSettings>,
}

/// `extend`: one path or several.
#[derive(Debug)]
pub enum Extend {
    /// One path.
    One(String),
    /// Several; a later one wins over an earlier one.
    Many(Vec<Spanned<String>>),
}

impl<'de> Deserialize<'de> for Extend {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Extend;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a path, or a list of paths")
            }

            fn visit_str<E>(self, path: &str) -> Result<Extend, E> {
                Ok(Extend::One(path.to_owned()))
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Extend, A::Error> {
                let mut paths = Vec::new();
                while let Some(path) = seq.next_element()? {
                    paths.push(path);
                }
                Ok(Extend::Many(paths))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// How `extend` may be written, for the schema.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code)]
enum ExtendForm {
    /// One path.
    One(String),
    /// Several; a later one wins over an earlier one.
    Many(Vec<String>),
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
    /// The paths of `extend`, with their places.
    pub fn extended(&self) -> Vec<Spanned<String>> {
        match self.extend.as_ref().map(|extend| (extend.span(), extend.get_ref())) {
            None => Vec::new(),
            Some((span, Extend::One(path))) => vec![Spanned::new(span, path.clone())],
            Some((_, Extend::Many(paths))) => paths.clone(),
        }
    }

    /// This file on top of one it extends.
    #[must_use]
    pub fn over(mut self, mut base: Self) -> Self {
        fn add<T>(base: Vec<T>, own: &mut Vec<T>) {
            let own_part = std::mem::replace(own, base);
            own.extend(own_part);
        }
        self.lang = self.lang.or(base.lang);
        self.severity = self.severity.or(base.severity);
        self.confidence = self.confidence.or(base.confidence);
        self.fail_on = self.fail_on.or(base.fail_on);
        self.baseline = self.baseline.or(base.baseline);
        self.retractions = self.retractions.or(base.retractions);
        if self.select.is_empty() {
            self.select = base.select;
        }
        let stages =
            |list: &[Spanned<String>]| list.iter().any(|name| Stage::named(name.get_ref()).is_some());
        if stages(&self.profiles) {
            base.profiles.retain(|name| Stage::named(name.get_ref()).is_none());
        }
        add(base.ignore, &mut self.ignore);
        add(base.profiles, &mut self.profiles);
        add(base.exclude, &mut self.exclude);
        add(base.rule_files, &mut self.rule_files);
        add(base.data_files, &mut self.data_files);
        add(base.corpus.include, &mut self.corpus.include);
        for (pattern, rules) in base.per_file_ignores {
            self.per_file_ignores.entry(pattern).or_default().extend(rules);
        }
        for (code, settings) in base.rules {
            let own = self.rules.entry(code).or_default();
            own.severity = own.severity.or(settings.severity);
            own.options = match (settings.options, own.options.take()) {
                (Some(mut options), Some(own)) => {
                    options.extend(own);
                    Some(options)
                }
                (options, own) => own.or(options),
            };
        }
        self
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleError;

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
