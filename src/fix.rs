//! Applying fixes: pure, from a text and edits to a text.

use crate::engine::{self, Selection};
use crate::finding::{Confidence, Edit, Finding, Safety, Severity};
use crate::format;
use crate::rules::Rules;
use crate::source::{Encoding, Source};
use std::collections::BTreeMap;

/// Most rounds: a fix may make way for another (a grouped finding offers one at a time), but not for
/// ever.
const ROUNDS: usize = 200;
/// Most fixes that are tried one by one when a round brings a new error.
const TRIALS: usize = 64;

/// What fixing a text came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// The text afterwards.
    pub text: String,
    /// Fixes applied, by code.
    pub applied: BTreeMap<String, usize>,
    /// Codes of fixes that were left out because they would have brought a new error.
    pub dropped: Vec<String>,
}

/// Errors of a text: how many by code and text.
type Errors = BTreeMap<(String, String), usize>;

/// Which fixes are applied.
pub struct Fixer<'a> {
    /// The rules.
    pub rules: &'a Rules,
    /// Which of them run.
    pub selection: &'a Selection,
    /// Apply unsafe fixes, too.
    pub unsafe_fixes: bool,
    /// Findings that count: shown, neither suppressed nor known.
    pub choose: &'a (dyn Fn(&crate::document::Document, Vec<Finding>) -> Vec<Finding> + Sync),
}

impl Fixer<'_> {
    /// Apply fixes until none is left, in a bounded number of rounds.
    pub fn fix(&self, name: &str, text: &str) -> Fixed {
        let mut fixed = Fixed { text: text.to_owned(), ..Fixed::default() };
        let mut refused: Vec<(String, String)> = Vec::new();
        let mut seen = self.look(name, text);
        for _ in 0..ROUNDS {
            let (findings, errors) = &seen;
            let mut edits: Vec<(&Finding, &Edit)> = findings
                .iter()
                .filter_map(|finding| {
                    let fix = finding.fix.as_ref()?;
                    let wanted = fix.safety == Safety::Safe || self.unsafe_fixes;
                    Some((finding, fix.edits.first().filter(|_| wanted && fix.edits.len() == 1)?))
                })
                .filter(|(finding, edit)| !refused.contains(&key(finding, edit)))
                .collect();
            // Overlapping edits: the first by place, then the shorter, then the lower code; the next round
            // sees the others again.
            edits.sort_by_key(|(f, e)| (e.range.start.byte, e.range.end.byte, f.code.clone()));
            let mut end = 0;
            let mut first = true;
            edits.retain(|(_, edit)| {
                let free = first || edit.range.start.byte >= end;
                if free {
                    (end, first) = (edit.range.end.byte.max(edit.range.start.byte + 1), false);
                }
                free
            });
            if edits.is_empty() {
                break;
            }
            let whole = replace(&fixed.text, edits.iter().map(|(_, edit)| *edit));
            let next = self.look(name, &whole);
            let (text, next) = if worse(errors, &next.1) {
                let mut good = Vec::new();
                for (finding, edit) in edits.into_iter().take(TRIALS) {
                    let alone = replace(&fixed.text, [edit].into_iter());
                    if worse(errors, &self.look(name, &alone).1) {
                        refused.push(key(finding, edit));
                        fixed.dropped.push(finding.code.to_string());
                    } else {
                        good.push((finding, edit));
                    }
                }
                edits = good;
                let together = replace(&fixed.text, edits.iter().map(|(_, edit)| *edit));
                if worse(errors, &self.look(name, &together).1) {
                    // Each alone is fine, all together are not: one at a time.
                    edits.truncate(1);
                }
                let text = replace(&fixed.text, edits.iter().map(|(_, edit)| *edit));
                let next = self.look(name, &text);
                (text, next)
            } else {
                (whole, next)
            };
            for (finding, _) in &edits {
                *fixed.applied.entry(finding.code.to_string()).or_default() += 1;
            }
            let same = text == fixed.text;
            fixed.text = text;
            seen = next;
            if same && refused.is_empty() {
                break;
            }
        }
        fixed
    }

    /// Findings that count, and all errors by code and text.
    fn look(&self, name: &str, text: &str) -> (Vec<Finding>, Errors) {
        let document = format::read_text(name, text);
        let findings = engine::analyse(&document, self.rules, self.selection).findings;
        let mut errors = Errors::new();
        for finding in &findings {
            if finding.severity == Severity::Error && finding.confidence >= Confidence::Medium {
                *errors.entry((finding.code.to_string(), finding.place.text.clone())).or_default() += 1;
            }
        }
        ((self.choose)(&document, findings), errors)
    }
}

/// True when an error is there that was not there before.
fn worse(before: &Errors, after: &Errors) -> bool {
    after.iter().any(|(key, n)| before.get(key).is_none_or(|old| n > old))
}

fn key(finding: &Finding, edit: &Edit) -> (String, String) {
    (format!("{}\0{}", finding.code, finding.place.text), edit.replacement.clone())
}

/// The text with edits made; they are ordered and do not overlap.
fn replace<'e>(text: &str, edits: impl Iterator<Item = &'e Edit>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let (start, end) = (edit.range.start.byte, edit.range.end.byte);
        let Some(before) = text.get(at..start).filter(|_| text.get(start..end).is_some()) else { continue };
        out.push_str(before);
        out.push_str(&edit.replacement);
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// The bytes of a text in the encoding of its source, mark included; `None` when they cannot be written
/// so that everything else stays as it was.
pub fn encode(source: &Source, text: &str) -> Option<Vec<u8>> {
    if source.lossy {
        return None;
    }
    let mark = if source.bom { "\u{feff}" } else { "" };
    let units = || mark.encode_utf16().chain(text.encode_utf16());
    match source.encoding {
        Encoding::Utf8 => Some([mark.as_bytes(), text.as_bytes()].concat()),
        Encoding::Utf16Le => Some(units().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Be => Some(units().flat_map(u16::to_be_bytes).collect()),
        Encoding::Gb18030 => {
            let (bytes, _, lost) = encoding_rs::GB18030.encode(text);
            (!lost && !source.bom).then(|| bytes.into_owned())
        }
        Encoding::Legacy => None,
    }
}
