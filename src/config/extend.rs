//! `extend`: configurations and rule files that go on from others.

use super::{ConfigFile, Layer, read_text};
use crate::discover::absolute;
use crate::rules::RuleError;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Read a configuration and all it extends, each file once.
pub fn read(cwd: &Path, path: &Path, shown: &str) -> Result<(ConfigFile, Vec<Layer>), RuleError> {
    let text = read_text(path)
        .map_err(|e| RuleError::new(shown, "", None, format!("cannot read the configuration: {e}")))?;
    let mut chain = Chain { cwd, open: Vec::new(), seen: Vec::new(), layers: Vec::new() };
    let file = chain.file(path, shown, text)?;
    Ok((file, chain.layers))
}

/// The files on the way from the first one to the one being read.
struct Chain<'a> {
    cwd: &'a Path,
    open: Vec<(PathBuf, String)>,
    seen: Vec<PathBuf>,
    layers: Vec<Layer>,
}

impl Chain<'_> {
    fn file(&mut self, path: &Path, shown: &str, text: String) -> Result<ConfigFile, RuleError> {
        let refuse = |e: &toml::de::Error| RuleError::from_toml(shown, &text, e);
        let plain: ConfigFile = toml::from_str(&text).map_err(|e| refuse(&e))?;
        // Read a second time behind blanks, so that places count through all files.
        let offset = self.layers.last().map_or(0, |last| last.offset + last.text.len() + 1);
        let mut file = match offset {
            0 => plain,
            _ => toml::from_str(&(" ".repeat(offset) + &text)).map_err(|e| refuse(&e))?,
        };
        self.layers.push(Layer {
            path: path.to_path_buf(),
            shown: shown.to_owned(),
            text: text.clone(),
            offset,
        });
        self.seen.push(path.to_path_buf());
        self.open.push((path.to_path_buf(), shown.to_owned()));
        let folder = path.parent().unwrap_or(self.cwd).to_path_buf();
        if self.open.len() > 1 {
            // Files are named relative to the file that names them.
            let named = file.rule_files.iter_mut().chain(&mut file.data_files).chain(&mut file.baseline);
            for name in named.chain(&mut file.retractions) {
                *name.get_mut() = folder.join(name.get_ref()).display().to_string();
            }
        }
        // A later one wins over an earlier one, this file over all.
        let mut bases = Vec::new();
        for name in file.extended() {
            let span = name.span().start - offset..name.span().end - offset;
            let error = |message: String| RuleError::new(shown, &text, Some(span.clone()), message);
            let base = absolute(self.cwd, &folder.join(name.get_ref()));
            if let Some(at) = self.open.iter().position(|(path, _)| *path == base) {
                let mut way: Vec<&str> = self.open[at..].iter().map(|(_, shown)| shown.as_str()).collect();
                way.push(&self.open[at].1);
                return Err(error(format!("this configuration extends itself: {}", way.join(" → "))));
            }
            if self.seen.contains(&base) {
                continue;
            }
            let text = read_text(&base)
                .map_err(|e| error(format!("cannot read the configuration that is extended: {e}")))?;
            let shown = base.strip_prefix(self.cwd).unwrap_or(&base).display().to_string();
            bases.push(self.file(&base, &shown, text)?);
        }
        self.open.pop();
        Ok(bases.into_iter().rev().fold(file, ConfigFile::over))
    }
}

/// The texts of rule files and of those they extend, each once.
#[derive(Default)]
pub struct RuleFiles {
    /// Path and text, an extended file before the one that extends it.
    pub texts: Vec<(String, String)>,
    seen: Vec<PathBuf>,
    open: Vec<PathBuf>,
}

impl RuleFiles {
    /// Add a file; `refuse` makes the error where it was named.
    pub fn add(&mut self, path: &Path, refuse: &dyn Fn(String) -> RuleError, broken: &mut Vec<RuleError>) {
        let path = absolute(Path::new(""), path);
        if self.open.contains(&path) {
            broken.push(refuse("this rule file extends itself".to_owned()));
            return;
        }
        if self.seen.contains(&path) {
            return;
        }
        let text = match read_text(&path) {
            Ok(text) => text,
            Err(error) => {
                broken.push(refuse(format!("cannot read this rule file: {error}")));
                return;
            }
        };
        self.seen.push(path.clone());
        self.open.push(path.clone());
        let shown = path.display().to_string();
        for name in extended(&text) {
            let span = name.span();
            let refuse = |message: String| RuleError::new(&shown, &text, Some(span.clone()), message);
            let base = path.parent().unwrap_or(Path::new("")).join(name.get_ref());
            self.add(&base, &refuse, broken);
        }
        self.open.pop();
        self.texts.push((shown, text));
    }
}

/// The paths of `extend` in a rule file; none where it is broken, which loading reports.
fn extended(text: &str) -> Vec<Spanned<String>> {
    let Ok(table) = DeTable::parse(text) else { return Vec::new() };
    let path = |value: &Spanned<DeValue<'_>>| {
        value.get_ref().as_str().map(|path| Spanned::new(value.span(), path.to_owned()))
    };
    match table.get_ref().get("extend") {
        Some(value) => match value.get_ref() {
            DeValue::Array(list) => list.iter().filter_map(path).collect(),
            _ => path(value).into_iter().collect(),
        },
        None => Vec::new(),
    }
}
