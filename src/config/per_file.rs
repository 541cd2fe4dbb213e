//! `per-file-ignores`: rules that do not run over some files.

use super::Config;
use crate::discover::{Excludes, absolute};
use crate::engine::Selection;
use crate::rules::{Rule, RuleError};
use std::path::{Path, PathBuf};

/// The patterns of a configuration, ready to be asked.
#[derive(Default)]
pub struct PerFile {
    cwd: PathBuf,
    patterns: Vec<(Excludes, Vec<String>)>,
}

impl PerFile {
    /// Of a configuration; a broken pattern is an error at its place.
    pub fn new(cwd: &Path, config: &Config) -> Result<Self, RuleError> {
        let mut patterns = Vec::new();
        for (pattern, rules) in &config.file.per_file_ignores {
            let files = Excludes::new(&config.root, std::iter::once(pattern.get_ref().as_str()))
                .map_err(|(_, e)| config.error(pattern, format!("this pattern cannot be read: {e}")))?;
            patterns.push((files, rules.iter().map(|rule| rule.get_ref().clone()).collect()));
        }
        Ok(Self { cwd: cwd.to_path_buf(), patterns })
    }

    /// What runs over a file; `None` when nothing is taken away for it.
    pub fn selection(&self, name: &str, selection: &Selection) -> Option<Selection> {
        let file = absolute(&self.cwd, Path::new(name));
        let mut ignored = self.patterns.iter().filter(|(files, _)| files.matches(&file, false)).peekable();
        ignored.peek()?;
        let mut selection = selection.clone();
        selection.ignore.extend(ignored.flat_map(|(_, rules)| rules.iter().cloned()));
        Some(selection)
    }

    /// True when a rule runs over a file.
    pub fn runs(&self, selection: &Selection, rule: &Rule, name: &str) -> bool {
        selection.runs(rule) && self.selection(name, selection).is_none_or(|selection| selection.runs(rule))
    }
}
