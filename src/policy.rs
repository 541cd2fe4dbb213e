//! What is shown: fingerprints, severity and confidence.

use crate::finding::{Confidence, Finding, Severity};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// The lowest severity and confidence shown.
#[derive(Debug, Clone, Copy)]
pub struct Threshold {
    /// Lowest severity.
    pub severity: Severity,
    /// Lowest confidence.
    pub confidence: Confidence,
}

impl Default for Threshold {
    fn default() -> Self {
        Stage::Submission.threshold()
    }
}

/// How far a manuscript is: the profiles that say what is shown. (Other profiles are names under which rules
/// wait until they are asked for.)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Still being written: only what is surely wrong.
    Draft,
    /// About to be sent; the default.
    Submission,
    /// Every hint, for a person who goes through all of it.
    Audit,
}

impl Stage {
    /// All stages.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Submission, Self::Audit];

    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submission => "submission",
            Self::Audit => "audit",
        }
    }

    /// The stage of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.word() == name)
    }

    /// What it shows.
    pub fn threshold(self) -> Threshold {
        let (severity, confidence) = match self {
            Self::Draft => (Severity::Warning, Confidence::High),
            Self::Submission => (Severity::Info, Confidence::Medium),
            Self::Audit => (Severity::Info, Confidence::Low),
        };
        Threshold { severity, confidence }
    }
}

impl Threshold {
    /// True when the finding is shown.
    pub fn shows(&self, finding: &Finding) -> bool {
        finding.severity >= self.severity && finding.confidence >= self.confidence
    }
}

/// Give every finding its fingerprint. Document findings: rule, path (as `root_path` gives it, relative
/// to the configuration), normalised excerpt and ordinal among equals in that file; corpus findings:
/// rule and canonical key, never a place.
pub fn fingerprint(findings: &mut [Finding], root_path: impl Fn(&str) -> String) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for finding in findings {
        let base = match &finding.key {
            Some(key) => format!("{}\0{key}", finding.code),
            None => {
                let text: String = finding.place.text.split_whitespace().collect();
                format!("{}\0{}\0{text}", finding.code, root_path(&finding.place.path))
            }
        };
        let ordinal = seen.entry(base.clone()).or_default();
        let digest = Sha256::digest(format!("{base}\0{ordinal}"));
        *ordinal += 1;
        finding.fingerprint = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    }
}
