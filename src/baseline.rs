//! A baseline: findings that were there when a project began to check, by fingerprint, so that only new
//! ones are shown. Fingerprints hold no line numbers: moved lines change nothing.

use crate::finding::Finding;
use crate::rules::{Rule, Rules};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// Version of the file's form.
const SCHEMA_VERSION: u32 = 1;

/// A baseline file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    schema_version: u32,
    /// What is known, by fingerprint.
    findings: BTreeMap<String, Known>,
}

/// What a person wants to know of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    code: String,
    path: String,
    text: String,
}

/// Only the version, to tell a newer file from a broken one.
#[derive(Deserialize)]
struct Version {
    schema_version: u32,
}

/// What a baseline came to.
#[derive(Debug, Default)]
pub struct Applied {
    /// Findings that are new.
    pub kept: Vec<Finding>,
    /// How many were known.
    pub baselined: usize,
    /// Fingerprints whose finding is gone, of files and rules that ran.
    pub stale: Vec<String>,
}

impl Baseline {
    /// Of the findings of a run; paths relative to the configuration.
    pub fn of(findings: &[Finding], root_path: impl Fn(&str) -> String) -> Self {
        let entry = |finding: &Finding| {
            let known = Known {
                code: finding.code.to_string(),
                path: root_path(&finding.place.path),
                text: finding.place.text.chars().take(80).collect(),
            };
            (finding.fingerprint.clone(), known)
        };
        Self { schema_version: SCHEMA_VERSION, findings: findings.iter().map(entry).collect() }
    }

    /// Read a file's text; the error says what is wrong and what to do.
    pub fn read(text: &str) -> Result<Self, String> {
        let again = "write it anew with --write-baseline";
        let version: Version =
            serde_json::from_str(text).map_err(|e| format!("this is no baseline ({e}); {again}"))?;
        if version.schema_version != SCHEMA_VERSION {
            return Err(format!(
                "its schema_version is {}, and this exolint reads {SCHEMA_VERSION}; {again}",
                version.schema_version
            ));
        }
        serde_json::from_str(text).map_err(|e| format!("this baseline is broken ({e}); {again}"))
    }

    /// The file's text.
    pub fn write(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Take away what is known. Entries of files that did not run, or of rules that did not run over them, stay.
    pub fn apply(
        &self,
        findings: Vec<Finding>,
        rules: &Rules,
        runs: &dyn Fn(&Rule, &str) -> bool,
        ran: &dyn Fn(&str) -> bool,
    ) -> Applied {
        let mut applied = Applied::default();
        let mut seen: HashSet<String> = HashSet::new();
        for finding in findings {
            if self.findings.contains_key(&finding.fingerprint) {
                applied.baselined += 1;
                seen.insert(finding.fingerprint);
            } else {
                applied.kept.push(finding);
            }
        }
        let gone = |(fingerprint, known): &(&String, &Known)| {
            !seen.contains(*fingerprint)
                && ran(&known.path)
                && rules.of_code(&known.code).is_none_or(|rule| runs(rule, &known.path))
        };
        applied.stale =
            self.findings.iter().filter(gone).map(|(fingerprint, _)| fingerprint.clone()).collect();
        applied
    }

    /// Without these entries.
    #[must_use]
    pub fn without(mut self, stale: &[String]) -> Self {
        for fingerprint in stale {
            self.findings.remove(fingerprint);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_and_newer_files_are_told_apart() {
        assert!(Baseline::read("{").unwrap_err().contains("no baseline"));
        assert!(Baseline::read("{\"schema_version\": 9}").unwrap_err().contains("schema_version is 9"));
        assert!(Baseline::read("{\"schema_version\": 1}").unwrap_err().contains("broken"));
        let whole = Baseline { schema_version: 1, findings: BTreeMap::new() }.write();
        assert!(Baseline::read(&whole).is_ok());
    }
}
