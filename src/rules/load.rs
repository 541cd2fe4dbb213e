//! Loading rule files: typed records, typed options, words checked against the check's fields.

use super::embedded::RULE_FILES;
use super::error::nearest;
use super::{Record, Rule, RuleError, Rules, placeholders};
use crate::checks::{self, Check, Kind};
use crate::finding::{Localised, Severity};
use crate::parse::{Data, DataFile};
use crate::policy::Stage;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// What a user changes about the rules.
#[derive(Debug, Default)]
pub struct Overrides {
    /// Path and text of the configuration's files, its own before those it extends;
    /// `[rules.CODE.options]` is read from them.
    pub config: Vec<(String, String)>,
    /// Severity by code or name, as written; the first counts.
    pub severity: Vec<(String, Severity)>,
    /// Users' data tables (lexicon entries, subjects, units).
    pub data: Vec<DataFile>,
}

/// A rule's options on their way into the check.
pub struct Options<'a> {
    table: Option<Spanned<DeValue<'a>>>,
}

impl Options<'_> {
    /// No options at all.
    pub fn none() -> Self {
        Self { table: None }
    }

    /// Read the options as the check's own type; unknown keys are an error with a span.
    pub fn read<O: DeserializeOwned>(self) -> Result<O, toml::de::Error> {
        match self.table {
            Some(table) => O::deserialize(ValueDeserializer::from(table)),
            None => O::deserialize(ValueDeserializer::parse("{}")?),
        }
    }
}

/// Load the built-in rules and the users' files `(path, text)`; the first error ends it.
pub fn load(user_files: &[(String, String)], overrides: &Overrides) -> Result<Rules, RuleError> {
    let (rules, broken) = load_lenient(user_files, overrides)?;
    match broken.into_iter().next() {
        Some(error) => Err(error),
        None => Ok(rules),
    }
}

/// As [`load`], but a broken rule file of the user's is left out and its error handed back. An error
/// in the configuration or a data table still ends it: without it nobody knows what was asked for.
pub fn load_lenient(
    user_files: &[(String, String)],
    overrides: &Overrides,
) -> Result<(Rules, Vec<RuleError>), RuleError> {
    let data = Data::load(&overrides.data)?;
    let config = ConfigOptions::read(overrides)?;
    let mut rules = Vec::new();
    for (path, text) in RULE_FILES {
        load_file(path, text, true, overrides, &config, &mut rules)?;
    }
    let mut broken = Vec::new();
    for (path, text) in user_files {
        let whole = rules.len();
        if let Err(error) = load_file(path, text, false, overrides, &config, &mut rules) {
            if overrides.config.iter().any(|(config, _)| **config == *error.path) {
                return Err(error);
            }
            rules.truncate(whole);
            broken.push(error);
        }
    }
    rules.sort_by(|a, b| a.record.code.cmp(&b.record.code));
    Ok((Rules { rules, data }, broken))
}

/// The `[rules.CODE.options]` tables of configuration files, with their places in them.
#[derive(Default)]
struct ConfigOptions<'a> {
    tables: Vec<ConfigTable<'a>>,
}

/// One of them.
struct ConfigTable<'a> {
    path: &'a str,
    text: &'a str,
    rule: String,
    options: Spanned<DeValue<'a>>,
}

impl<'a> ConfigOptions<'a> {
    fn read(overrides: &'a Overrides) -> Result<Self, RuleError> {
        let mut tables = Vec::new();
        // What is extended first, so that the file itself has the last word.
        for (path, text) in overrides.config.iter().rev() {
            let root = DeTable::parse(text).map_err(|e| RuleError::from_toml(path, text, &e))?;
            for (key, value) in root.into_inner() {
                let ("rules", DeValue::Table(rules)) = (&**key.get_ref(), value.into_inner()) else {
                    continue;
                };
                for (code, rule) in rules {
                    let DeValue::Table(mut rule) = rule.into_inner() else { continue };
                    if let Some(options) = rule.remove("options") {
                        tables.push(ConfigTable { path, text, rule: code.get_ref().to_string(), options });
                    }
                }
            }
        }
        Ok(Self { tables })
    }

    fn of(&self, record: &Record) -> Vec<&ConfigTable<'a>> {
        self.tables.iter().filter(|table| names(record, &table.rule)).collect()
    }
}

/// True when a user's key means this rule: its code in any case, or its name.
fn names(record: &Record, key: &str) -> bool {
    record.code.eq_ignore_ascii_case(key) || record.name == key
}

fn load_file(
    path: &str,
    text: &str,
    builtin: bool,
    overrides: &Overrides,
    config: &ConfigOptions<'_>,
    rules: &mut Vec<Rule>,
) -> Result<(), RuleError> {
    let table = DeTable::parse(text).map_err(|e| RuleError::from_toml(path, text, &e))?;
    for (key, value) in table.into_inner() {
        let span = key.span();
        // Read before, where files are.
        if key.get_ref() == "extend" && !builtin {
            let names_files = match value.get_ref() {
                DeValue::String(_) => true,
                DeValue::Array(list) => list.iter().all(|name| name.get_ref().is_str()),
                _ => false,
            };
            if !names_files {
                return Err(RuleError::new(
                    path,
                    text,
                    Some(value.span()),
                    "`extend` is a path, or a list of paths",
                ));
            }
            continue;
        }
        if key.get_ref() != "rule" {
            let known = ["rule", "extend"];
            let error = RuleError::new(
                path,
                text,
                Some(span),
                format!("unknown key `{}` in a rule file", key.get_ref()),
            );
            return Err(match nearest(key.get_ref(), known.into_iter()) {
                Some("rule") => error.hint("did you mean `[[rule]]`?"),
                Some(name) => error.hint(format!("did you mean `{name}`?")),
                None => error.hint("a rule file holds `[[rule]]` tables"),
            });
        }
        let value_span = value.span();
        let DeValue::Array(records) = value.into_inner() else {
            return Err(RuleError::new(
                path,
                text,
                Some(value_span),
                "`rule` must be an array of tables, `[[rule]]`",
            ));
        };
        for record in records {
            let rule = load_rule(path, text, builtin, overrides, config, record)?;
            if rules.iter().any(|other| other.record.code == rule.record.code) {
                return Err(RuleError::new(
                    path,
                    text,
                    None,
                    format!("code {} is used twice", rule.record.code),
                ));
            }
            rules.push(rule);
        }
    }
    Ok(())
}

fn load_rule(
    path: &str,
    text: &str,
    builtin: bool,
    overrides: &Overrides,
    config: &ConfigOptions<'_>,
    value: Spanned<DeValue<'_>>,
) -> Result<Rule, RuleError> {
    let span = value.span();
    let DeValue::Table(mut table) = value.into_inner() else {
        return Err(RuleError::new(path, text, Some(span), "a rule is a table"));
    };
    let options = table.remove("options");
    let rest = Spanned::new(span.clone(), DeValue::Table(table));
    let record = Record::deserialize(ValueDeserializer::from(rest))
        .map_err(|e| RuleError::from_toml(path, text, &e))?;
    let at = |message: String| RuleError::new(path, text, Some(span.clone()), message);
    let kind = checks::kind(&record.check).ok_or_else(|| {
        let error = at(format!("rule {}: there is no check `{}`", record.code, record.check));
        match nearest(&record.check, checks::kinds().map(|kind| kind.name)) {
            Some(name) => error.hint(format!("did you mean `{name}`?")),
            None => error,
        }
    })?;
    verify(&record, kind, builtin).map_err(at)?;

    let over = config.of(&record);
    let check = if over.is_empty() {
        (kind.build)(Options { table: options }).map_err(|e| RuleError::from_toml(path, text, &e))?
    } else {
        build_overridden(kind, options, &over)?
    };
    let severity = overrides.severity.iter().find(|(key, _)| names(&record, key)).map(|(_, s)| *s);
    Ok(Rule {
        code: Arc::from(record.code.as_str()),
        severity: severity.unwrap_or(record.severity),
        builtin,
        check,
        record,
    })
}

/// A check from a record's options with the user's on top. The user's are first read alone: their
/// spans count in the configuration file, those of the record in another text.
fn build_overridden(
    kind: &Kind,
    options: Option<Spanned<DeValue<'_>>>,
    over: &[&ConfigTable<'_>],
) -> Result<Box<dyn Check>, RuleError> {
    let refuse = |table: &ConfigTable<'_>, error: &toml::de::Error| {
        let mut refused = RuleError::from_toml(table.path, table.text, error);
        refused.span = error.span().or(Some(table.options.span()));
        refused
    };
    let mut table = match options.map(Spanned::into_inner) {
        Some(DeValue::Table(table)) => table,
        _ => DeTable::new(),
    };
    let mut built = None;
    for one in over {
        if let Err(error) = (kind.build)(Options { table: Some(one.options.clone()) })
            && !error.message().starts_with("missing field")
        {
            return Err(refuse(one, &error));
        }
        if let DeValue::Table(options) = one.options.get_ref() {
            for (key, value) in options {
                table.remove(key);
                table.insert(key.clone(), value.clone());
            }
        }
        let span = one.options.span();
        let merged = Options { table: Some(Spanned::new(span.clone(), DeValue::Table(table.clone()))) };
        let check =
            (kind.build)(merged).map_err(|error| RuleError { span: Some(span), ..refuse(one, &error) })?;
        built = Some(check);
    }
    match built {
        Some(check) => Ok(check),
        None => (kind.build)(Options::none()).map_err(|e| RuleError::from_toml("", "", &e)),
    }
}

/// What must hold between a record and its check.
fn verify(record: &Record, kind: &Kind, builtin: bool) -> Result<(), String> {
    let code = &record.code;
    if record.scope != kind.scope {
        return Err(format!("rule {code}: the check `{}` has another scope", kind.name));
    }
    let letters = code.trim_end_matches(|c: char| c.is_ascii_digit());
    if letters.is_empty() || letters.len() == code.len() || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(format!("rule code `{code}` must be capital letters followed by digits, such as LAB001"));
    }
    if !builtin && (super::Family::of_code(code).is_some() || letters == "SUP") {
        return Err(format!(
            "rule code `{code}`: the letters {letters} belong to built-in rules; choose your own"
        ));
    }
    if let Some(name) = record.profiles.iter().find(|name| Stage::named(name).is_some()) {
        return Err(format!("rule {code}: the profile `{name}` says what is shown; choose another name"));
    }
    for name in record.variant.keys() {
        if !kind.variants.contains(&name.as_str()) {
            return Err(format!("rule {code}: the check `{}` has no variant `{name}`", kind.name));
        }
    }
    if let Some(name) =
        record.variant.iter().find(|(_, v)| v.severity > Some(record.severity)).map(|(n, _)| n)
    {
        return Err(format!("rule {code}: variant `{name}` is above the rule's own severity"));
    }
    if record.message.en.is_empty() && record.message.zh.is_empty() {
        return Err(format!("rule {code}: the message has no words"));
    }
    for words in all_words(record) {
        for template in [&words.en, &words.zh] {
            if let Some(name) = placeholders(template).find(|name| !kind.fields.contains(name)) {
                return Err(format!(
                    "rule {code}: `{{{name}}}` is not a field of the check `{}`; its fields are {}",
                    kind.name,
                    kind.fields.join(", ")
                ));
            }
        }
    }
    Ok(())
}

/// Every template of a record.
fn all_words(record: &Record) -> Vec<&Localised> {
    let mut words = vec![&record.message];
    words.extend(record.help.iter().chain(&record.related).chain(&record.fix));
    words.extend(record.labels.values());
    for variant in record.variant.values() {
        words.extend(variant.message.iter().chain(&variant.help).chain(&variant.fix));
    }
    words
}
