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
        Self { severity: Severity::Info, confidence: Confidence::Medium }
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
