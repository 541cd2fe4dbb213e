//! Running a rule's own flag and pass cases.

use super::{Case, NamedText, Rule, Rules, Scope};
use crate::document::Place;
use crate::engine::{self, Selection};
use crate::format;
use crate::suppress;
use std::fmt;

const OPEN: char = '⟦';
const CLOSE: char = '⟧';

/// A case that did not come out as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFailure {
    /// Code of the rule.
    pub code: String,
    /// `flag 2`, `pass 1` …
    pub case: String,
    /// What happened instead.
    pub reason: String,
}

impl fmt::Display for CaseFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.code, self.case, self.reason)
    }
}

/// Run all cases of one rule, the rule alone.
pub fn run_cases(rules: &Rules, rule: &Rule) -> Vec<CaseFailure> {
    let mut failures = Vec::new();
    let cases = rule.record.flag.iter().map(|c| (true, c)).chain(rule.record.pass.iter().map(|c| (false, c)));
    let mut counts = [0, 0];
    for (flag, case) in cases {
        counts[usize::from(flag)] += 1;
        let name = format!("{} {}", if flag { "flag" } else { "pass" }, counts[usize::from(flag)]);
        if let Err(reason) = run_case(rules, rule, case, flag) {
            failures.push(CaseFailure { code: rule.record.code.clone(), case: name, reason });
        }
    }
    failures
}

fn run_case(rules: &Rules, rule: &Rule, case: &Case, flag: bool) -> Result<(), String> {
    let texts = match (&case.text, case.documents.as_slice()) {
        (Some(text), []) => {
            let name = if case.format.as_deref() == Some("markdown") { "case.md" } else { "case.txt" };
            vec![NamedText { name: name.to_owned(), text: text.clone() }]
        }
        (None, [_, ..]) => case.documents.clone(),
        _ => return Err("a case has either `text` or `documents`".to_owned()),
    };
    let mut expected = Vec::new();
    let mut documents = Vec::new();
    for named in &texts {
        let (plain, spans) = strip_marks(&named.text)?;
        expected.extend(spans.into_iter().map(|span| (named.name.clone(), span)));
        documents.push(format::read_text(&named.name, plain));
    }
    if flag == expected.is_empty() {
        return Err(if flag { "a flag case needs a ⟦mark⟧" } else { "a pass case has no mark" }.to_owned());
    }
    let selection = Selection::only(&rule.record.code).with_corpus_declared();
    let mut findings = Vec::new();
    let mut summary = engine::Summary::default();
    for document in &documents {
        let analysis = engine::analyse(document, rules, &selection);
        findings.extend(analysis.findings);
        summary.merge(analysis.summary);
    }
    if rule.record.scope == Scope::Corpus {
        findings.extend(engine::corpus(&summary, rules, &selection));
    }
    // Suppressions are part of what a run comes to, and the rules about them have cases, too.
    let suppressions: Vec<_> = documents.iter().flat_map(suppress::read).collect();
    let applied = suppress::apply(findings, &suppressions, rules, &|_, _| true, &str::to_owned);
    let mut findings = applied.kept;
    findings.extend(applied.problems.into_iter().filter(|finding| finding.code == rule.code));
    let show = |place: &Place| {
        format!("“{}” at {}:{}", place.text, place.range.start.line, place.range.start.column)
    };
    for (name, span) in &expected {
        let hit = findings.iter().find(|f| {
            let range = f.place.range;
            *f.place.path == **name && range.start.byte == span.0 && range.end.byte == span.1
        });
        let Some(hit) = hit else {
            let got: Vec<String> = findings.iter().map(|f| show(&f.place)).collect();
            return Err(format!(
                "nothing reported at bytes {}..{} of {name}; reported: [{}]",
                span.0,
                span.1,
                got.join("; ")
            ));
        };
        if case.variant.is_some() && case.variant.as_deref() != hit.variant {
            return Err(format!("variant {:?} instead of {:?}", hit.variant, case.variant));
        }
        if let Some(fix) = &case.fix {
            let got =
                hit.fix.as_ref().and_then(|fix| fix.edits.first()).map(|edit| edit.replacement.as_str());
            if got != Some(fix.as_str()) {
                return Err(format!("fix {got:?} instead of {fix:?}"));
            }
        }
    }
    if findings.len() > expected.len() {
        let got: Vec<String> = findings.iter().map(|f| show(&f.place)).collect();
        return Err(format!("{} findings instead of {}: {}", findings.len(), expected.len(), got.join("; ")));
    }
    Ok(())
}

/// A marked stretch, in bytes.
type Marked = (usize, usize);

/// The text without marks, and the marked spans in it.
fn strip_marks(marked: &str) -> Result<(String, Vec<Marked>), String> {
    let mut text = String::with_capacity(marked.len());
    let mut spans = Vec::new();
    let mut open = None;
    for c in marked.chars() {
        match (c, open) {
            (OPEN, None) => open = Some(text.len()),
            (CLOSE, Some(start)) => {
                spans.push((start, text.len()));
                open = None;
            }
            (OPEN | CLOSE, _) => return Err("marks ⟦ ⟧ do not pair".to_owned()),
            _ => text.push(c),
        }
    }
    if open.is_some() {
        return Err("a mark ⟦ is not closed".to_owned());
    }
    Ok((text, spans))
}
