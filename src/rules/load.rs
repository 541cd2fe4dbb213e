//! Loading rule files: typed records, typed options, words checked against the check's fields.

use super::embedded::RULE_FILES;
use super::error::nearest;
use super::{Record, Rule, RuleError, Rules, placeholders};
use crate::checks::{self, Kind};
use crate::finding::{Localised, Severity};
use crate::parse::{Data, DataFile};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// What a user changes about the rules.
#[derive(Debug, Default)]
pub struct Overrides {
    /// The configuration file's path and text, for carets.
    pub config: Option<(String, String)>,
    /// Severity by code.
    pub severity: BTreeMap<String, Severity>,
    /// Options by code, as TOML text of a table.
    pub options: BTreeMap<String, String>,
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

/// Load the built-in rules and the users' files `(path, text)`.
pub fn load(user_files: &[(String, String)], overrides: &Overrides) -> Result<Rules, RuleError> {
    let data = Data::load(&overrides.data)?;
    let mut rules = Vec::new();
    for (path, text) in RULE_FILES {
        load_file(path, text, true, overrides, &mut rules)?;
    }
    for (path, text) in user_files {
        load_file(path, text, false, overrides, &mut rules)?;
    }
    rules.sort_by(|a, b| a.record.code.cmp(&b.record.code));
    Ok(Rules { rules, data })
}

fn load_file(
    path: &str,
    text: &str,
    builtin: bool,
    overrides: &Overrides,
    rules: &mut Vec<Rule>,
) -> Result<(), RuleError> {
    let table = DeTable::parse(text).map_err(|e| RuleError::from_toml(path, text, &e))?;
    for (key, value) in table.into_inner() {
        let span = key.span();
        if key.get_ref() != "rule" {
            let known = ["rule"];
            let error = RuleError::new(
                path,
                text,
                Some(span),
                format!("unknown key `{}` in a rule file", key.get_ref()),
            );
            return Err(match nearest(key.get_ref(), known.into_iter()) {
                Some(name) => error.hint(format!("did you mean `[[{name}]]`?")),
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
            let rule = load_rule(path, text, builtin, overrides, record)?;
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
    value: Spanned<DeValue<'_>>,
) -> Result<Rule, RuleError> {
    let span = value.span();
    let DeValue::Table(mut table) = value.into_inner() else {
        return Err(RuleError::new(path, text, Some(span), "a rule is a table"));
    };
    let mut options = table.remove("options");
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

    let from_config = overrides.options.get(&record.code);
    let config = overrides.config.as_ref().map_or(("exolint.toml", ""), |(p, t)| (p.as_str(), t.as_str()));
    if let Some(over) = from_config {
        let parsed = DeTable::parse(over).map_err(|e| RuleError::from_toml(config.0, over, &e))?;
        options = Some(merge(options, parsed));
    }
    let check = (kind.build)(Options { table: options }).map_err(|e| match from_config {
        Some(_) if e.span().is_none_or(|s| s.end > text.len() || s.start < span.start) => {
            let error = RuleError::from_toml(config.0, config.1, &e);
            let message = format!("options of {}: {}", record.code, error.message);
            RuleError { span: find_key(config.1, &e), message, ..error }
        }
        _ => RuleError::from_toml(path, text, &e),
    })?;
    Ok(Rule {
        code: Arc::from(record.code.as_str()),
        severity: overrides.severity.get(&record.code).copied().unwrap_or(record.severity),
        builtin,
        check,
        record,
    })
}

/// Where the key that an error names stands in the configuration file.
fn find_key(text: &str, error: &toml::de::Error) -> Option<std::ops::Range<usize>> {
    let name = error.message().split('`').nth(1)?;
    let start = text.find(name)?;
    Some(start..start + name.len())
}

fn merge<'a>(base: Option<Spanned<DeValue<'a>>>, over: Spanned<DeTable<'a>>) -> Spanned<DeValue<'a>> {
    let span = over.span();
    let mut table = match base.map(Spanned::into_inner) {
        Some(DeValue::Table(table)) => table,
        _ => DeTable::new(),
    };
    for (key, value) in over.into_inner() {
        table.insert(key, value);
    }
    Spanned::new(span, DeValue::Table(table))
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
    if !builtin && super::Family::of_code(code).is_some() {
        return Err(format!(
            "rule code `{code}`: the letters {letters} belong to built-in rules; choose your own"
        ));
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
