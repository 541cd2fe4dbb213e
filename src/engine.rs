//! Running rules over documents and summaries. Pure: no file, clock or terminal.

use crate::checks::{Context, CorpusContext};
use crate::document::{Document, Place};
use crate::finding::{Args, Finding};
use crate::parse;
use crate::rules::{Rule, Rules, Scope};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Most findings one rule may report in one document; the rest is counted.
const LIMIT: usize = 500;

/// One thing a corpus rule remembers of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The rule it belongs to.
    pub code: Arc<str>,
    /// What is compared (subject and property, short form …).
    pub key: String,
    /// Its value in a normal form.
    pub value: String,
    /// Where it stands.
    pub place: Place,
}

/// What is known of a set of documents. Merging is set union: order and grouping never matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    entries: BTreeSet<Entry>,
}

impl Summary {
    /// Add another summary.
    pub fn merge(&mut self, other: Self) {
        self.entries.extend(other.entries);
    }

    /// All entries, sorted.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}

/// A check that could not decide, and says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abstention {
    /// The rule.
    pub code: Arc<str>,
    /// The document.
    pub path: Arc<str>,
    /// Which of the record's `labels` says why.
    pub label: &'static str,
    /// Arguments of its words.
    pub args: Args,
}

/// Where checks put what they find.
#[derive(Debug, Default)]
pub struct Sink {
    /// Findings, in any order.
    pub findings: Vec<Finding>,
    /// Abstentions.
    pub abstentions: Vec<(&'static str, Args)>,
    /// Findings beyond the limit.
    pub dropped: usize,
    taken: usize,
}

impl Sink {
    /// Report a finding; beyond 500 of one rule in one document they are only counted.
    pub fn push(&mut self, finding: Finding) {
        if self.taken >= LIMIT {
            self.dropped += 1;
            return;
        }
        self.taken += 1;
        self.findings.push(finding);
    }

    /// True when further findings of this rule would only be counted.
    pub fn is_full(&self) -> bool {
        self.taken >= LIMIT
    }

    /// Say that the rule cannot decide about this document, with one of the record's `labels`.
    pub fn abstain(&mut self, label: &'static str, args: Args) {
        self.abstentions.push((label, args));
    }
}

/// Which rules run.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Codes, code prefixes (`CIT`), names or `ALL`; empty means all.
    pub select: Vec<String>,
    /// The same, taken away.
    pub ignore: Vec<String>,
    /// Named opt-in profiles that are on.
    pub profiles: Vec<String>,
    /// True when the user declared a corpus.
    pub corpus_declared: bool,
}

impl Selection {
    /// One rule alone, whatever profile it belongs to.
    pub fn only(code: &str) -> Self {
        Self { select: vec![code.to_owned()], ..Self::default() }
    }

    /// With a declared corpus.
    #[must_use]
    pub fn with_corpus_declared(mut self) -> Self {
        self.corpus_declared = true;
        self
    }

    /// True when the rule runs. Rules of an opt-in profile run only when the profile is on or they
    /// are selected by their own code or name.
    pub fn runs(&self, rule: &Rule) -> bool {
        let record = &rule.record;
        let exact = |name: &String| record.code.eq_ignore_ascii_case(name) || record.name == *name;
        let covers = |name: &String| {
            exact(name)
                || name.eq_ignore_ascii_case("all")
                || record.family().word() == name
                || (!name.is_empty()
                    && record.code.to_ascii_uppercase().starts_with(&name.to_ascii_uppercase()))
        };
        let by_profile =
            record.profiles.is_empty() || record.profiles.iter().any(|p| self.profiles.contains(p));
        if self.ignore.iter().any(exact) {
            return false;
        }
        if self.select.iter().any(exact) {
            return true;
        }
        by_profile
            && (self.select.is_empty() || self.select.iter().any(covers))
            && !self.ignore.iter().any(covers)
    }
}

/// What one document gave.
#[derive(Debug, Default)]
pub struct Analysis {
    /// Findings of document rules, by place.
    pub findings: Vec<Finding>,
    /// For the corpus rules.
    pub summary: Summary,
    /// Checks that could not decide.
    pub abstentions: Vec<Abstention>,
    /// Findings counted but not kept, by rule.
    pub dropped: Vec<(Arc<str>, usize)>,
}

/// Run the document rules over one document and summarise it for the corpus rules.
pub fn analyse(document: &Document, rules: &Rules, selection: &Selection) -> Analysis {
    let facts = parse::parse(document, &rules.data);
    analyse_facts(document, &facts, rules, selection)
}

/// The same, with facts read before (by a report that shows them, too).
pub fn analyse_facts(
    document: &Document,
    facts: &parse::Facts,
    rules: &Rules,
    selection: &Selection,
) -> Analysis {
    let cx = Context { document, facts, data: &rules.data, corpus_declared: selection.corpus_declared };
    let mut analysis = Analysis::default();
    for rule in rules.rules.iter().filter(|rule| selection.runs(rule)) {
        match rule.record.scope {
            Scope::Document => {
                let mut sink = Sink::default();
                rule.check.document(&cx, &mut sink);
                let path = &document.source().path;
                analysis.abstentions.extend(sink.abstentions.into_iter().map(|(label, args)| Abstention {
                    code: rule.code.clone(),
                    path: path.clone(),
                    label,
                    args,
                }));
                if sink.dropped > 0 {
                    analysis.dropped.push((rule.code.clone(), sink.dropped));
                }
                analysis.findings.extend(sink.findings.into_iter().map(|f| settle(f, rule)));
            }
            Scope::Corpus => {
                let mut entries = Vec::new();
                rule.check.summarise(&cx, &mut entries);
                for mut entry in entries {
                    entry.code = rule.code.clone();
                    analysis.summary.entries.insert(entry);
                }
            }
        }
    }
    sort(&mut analysis.findings);
    analysis
}

/// Run the corpus rules over the merged summaries.
pub fn corpus(summary: &Summary, rules: &Rules, selection: &Selection) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules.rules.iter().filter(|r| r.record.scope == Scope::Corpus && selection.runs(r)) {
        let entries: Vec<&Entry> = summary.entries().filter(|entry| entry.code == rule.code).collect();
        let cx = CorpusContext {
            entries: &entries,
            data: &rules.data,
            corpus_declared: selection.corpus_declared,
        };
        let mut sink = Sink::default();
        rule.check.corpus(&cx, &mut sink);
        findings.extend(sink.findings.into_iter().map(|finding| settle(finding, rule)));
    }
    sort(&mut findings);
    findings
}

/// Order of reports: path, place, code.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |f: &Finding| (f.place.path.clone(), f.place.range.start.byte, f.place.range.end.byte);
        key(a).cmp(&key(b)).then_with(|| a.code.cmp(&b.code)).then_with(|| a.args.cmp(&b.args))
    });
}

/// Give a finding its code and its severity: the check's wish, the variant's, the rule's ceiling.
fn settle(mut finding: Finding, rule: &Rule) -> Finding {
    finding.code = rule.code.clone();
    let variant = finding.variant.and_then(|name| rule.record.variant.get(name)).and_then(|v| v.severity);
    finding.severity = finding.severity.min(rule.severity).min(variant.unwrap_or(rule.severity));
    finding
}
