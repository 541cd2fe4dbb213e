//! `exolint.toml`: one per run, found upwards from the working directory to the git root.

mod extend;
mod file;
mod per_file;

pub use file::{ConfigFile, Corpus, Extend, FailOn, Ignore, IgnoreTable, LanguageChoice, RuleSettings};
pub use per_file::PerFile;

use crate::parse::DataFile;
use crate::policy::Stage;
use crate::rules::{Overrides, RuleError, Rules, load_lenient, nearest};
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// Name of the configuration file.
pub const FILE_NAME: &str = "exolint.toml";

/// A configuration that was found and read.
#[derive(Debug, Default)]
pub struct Config {
    /// Where it was found; `None` without one.
    pub path: Option<PathBuf>,
    /// Its path as shown in messages.
    pub shown: Option<String>,
    /// The folder its paths are relative to: its own, else the git root, else the working directory.
    pub root: PathBuf,
    /// Its content, with that of the configurations it extends.
    pub file: ConfigFile,
    /// The files it was read from, its own first; places in `file` count through all of them.
    layers: Vec<Layer>,
}

/// One file of a configuration.
#[derive(Debug)]
struct Layer {
    path: PathBuf,
    shown: String,
    text: String,
    offset: usize,
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
        let root = path.parent().unwrap_or(cwd).to_path_buf();
        let (file, layers) = extend::read(cwd, &path, &shown)?;
        Ok(Self { path: Some(path), shown: Some(shown), root, file, layers })
    }

    /// All files it is made of: its own, those it extends, rule and data files, the baseline, the list of retractions.
    pub fn files(&self) -> Vec<PathBuf> {
        let named = self.file.rule_files.iter().chain(&self.file.data_files).chain(&self.file.baseline);
        let layers = self.layers.iter().map(|layer| layer.path.clone());
        layers.chain(named.chain(&self.file.retractions).map(|name| self.root.join(name.get_ref()))).collect()
    }

    /// Its path as shown in messages.
    pub fn shown(&self) -> String {
        self.shown.clone().unwrap_or_else(|| FILE_NAME.to_owned())
    }

    /// An error at one of its values.
    pub fn error<T>(&self, value: &Spanned<T>, message: impl Into<String>) -> RuleError {
        self.error_at(value.span(), message)
    }

    /// An error at a place in it.
    pub fn error_at(&self, span: Range<usize>, message: impl Into<String>) -> RuleError {
        match self.source(&span) {
            Some((shown, text, span)) => RuleError::new(shown, text, Some(span), message),
            None => RuleError::new(&self.shown(), "", None, message),
        }
    }

    /// The file a place is in: its path as shown, its text, and the place in it.
    pub fn source(&self, span: &Range<usize>) -> Option<(&str, &str, Range<usize>)> {
        let layer = self.layers.iter().rev().find(|layer| layer.offset <= span.start)?;
        Some((&layer.shown, &layer.text, span.start - layer.offset..span.end - layer.offset))
    }

    /// Load the rules this configuration asks for. Rule files that are broken are left out and handed
    /// back; everything else that is wrong ends the run.
    pub fn load_rules(&self, more_rule_files: &[PathBuf]) -> Result<Loaded, RuleError> {
        let mut broken = Vec::new();
        let mut files = extend::RuleFiles::default();
        for file in &self.file.rule_files {
            files.add(&self.root.join(file.get_ref()), &|message| self.error(file, message), &mut broken);
        }
        for path in more_rule_files {
            let shown = path.display().to_string();
            files.add(path, &|message| RuleError::new(&shown, "", None, message), &mut broken);
        }
        let files = files.texts;
        let mut data = Vec::new();
        for file in &self.file.data_files {
            let path = self.root.join(file.get_ref());
            let text =
                read_text(&path).map_err(|e| self.error(file, format!("cannot read this data file: {e}")))?;
            data.push(DataFile { path: path.display().to_string(), text });
        }
        let mut severity: Vec<_> =
            self.file.rules.iter().filter_map(|(k, r)| Some((k, r.severity?))).collect();
        // What a file itself says wins over what it extends.
        severity.sort_by_key(|(key, _)| key.span().start);
        let severity = severity.into_iter().map(|(key, s)| (key.get_ref().clone(), s)).collect();
        let config = self.layers.iter().map(|layer| (layer.shown.clone(), layer.text.clone())).collect();
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
        let per_file =
            self.file.per_file_ignores.values().flatten().map(|name| (name.span(), name.get_ref()));
        for (span, name) in selected.chain(ignored).chain(per_file) {
            if !selects(rules, name) {
                let message = format!("`{name}` selects no rule");
                return Err(unknown(self.error_at(span, message), name, rules));
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
        let mut stage = None;
        for name in &self.file.profiles {
            if Stage::named(name.get_ref()).is_some() {
                if stage.replace(name).is_some() {
                    return Err(self
                        .error(name, "a second profile that says what is shown")
                        .hint("one of `draft`, `submission` and `audit` is enough"));
                }
                continue;
            }
            if !profiles(rules).any(|profile| profile == name.get_ref()) {
                let error = self.error(name, format!("there is no profile `{}`", name.get_ref()));
                return Err(match nearest(name.get_ref(), profiles(rules)) {
                    Some(known) => error.hint(format!("did you mean `{known}`?")),
                    None => error,
                });
            }
        }
        Ok(())
    }
}

/// The names of all profiles: those that say what is shown, and those of rules.
pub fn profiles(rules: &Rules) -> impl Iterator<Item = &str> {
    let of_rules = rules.rules.iter().flat_map(|rule| &rule.record.profiles).map(String::as_str);
    let stages: [&str; 3] = Stage::ALL.map(Stage::word);
    stages.into_iter().chain(of_rules)
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
