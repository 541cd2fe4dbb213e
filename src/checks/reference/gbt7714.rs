//! Conformance with GB/T 7714, one edition per rule, opt-in. Each clause is reported once per list, at
//! the first entry that departs from it.

use crate::checks::{Check, Context};
use crate::document::{Lang, Span};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::reference::{NameKind, Work};
use std::collections::BTreeMap;

/// The options of a rule.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Conformance {
    edition: u16,
}

/// The clauses that are checked, by the name of the rule's variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Clause {
    ManyAuthors,
    FewAuthors,
    EtAlLanguage,
    Capitals,
    Initials,
    Form,
    CitedDate,
    NoCitedDate,
    Place,
    Institution,
}

/// All variants, for the registry.
pub(super) const VARIANTS: &[&str] = &[
    "many-authors",
    "few-authors",
    "et-al-language",
    "capitals",
    "initials",
    "form",
    "cited-date",
    "no-cited-date",
    "place",
    "institution",
];

impl Clause {
    fn name(self) -> &'static str {
        match self {
            Self::ManyAuthors => "many-authors",
            Self::FewAuthors => "few-authors",
            Self::EtAlLanguage => "et-al-language",
            Self::Capitals => "capitals",
            Self::Initials => "initials",
            Self::Form => "form",
            Self::CitedDate => "cited-date",
            Self::NoCitedDate => "no-cited-date",
            Self::Place => "place",
            Self::Institution => "institution",
        }
    }
}

/// Most further places named.
const NAMED: usize = 9;

impl Check for Conformance {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for list in &cx.facts.references.lists {
            // footnotes and lists that do not try are no matter of the standard
            let coded = list.entries.iter().filter(|entry| entry.work.type_code.is_some()).count();
            if coded * 4 < list.entries.len() || coded == 0 {
                continue;
            }
            let mut found: BTreeMap<Clause, Vec<Span>> = BTreeMap::new();
            for work in list.entries.iter().flat_map(|entry| entry.works()) {
                for (clause, span) in self.depart(cx, work) {
                    found.entry(clause).or_default().push(span);
                }
            }
            for (clause, spans) in found {
                let Some(first) = spans.first() else { continue };
                let mut finding = cx
                    .finding(*first)
                    .variant(clause.name())
                    .confidence(Confidence::Medium)
                    .arg("count", spans.len())
                    .arg("printed", cx.slice(*first));
                for span in spans.iter().skip(1).take(NAMED) {
                    finding = finding.related(cx.place(*span), vec![arg("printed", cx.slice(*span))]);
                }
                out.push(finding);
            }
        }
    }
}

impl Conformance {
    /// Where one half of an entry departs from the edition.
    fn depart(&self, cx: &Context<'_>, work: &Work) -> Vec<(Clause, Span)> {
        let old = self.edition == 2015;
        let mut out = Vec::new();
        let named = work.authors.len();
        if let (true, Some(fourth)) = (old, work.authors.get(3)) {
            out.push((Clause::ManyAuthors, fourth.span));
        }
        if let Some(et_al) = work.et_al {
            // a name that could not be read may stand before it
            let next = work.authors.last().is_some_and(|a| et_al.start.saturating_sub(a.span.end) <= 4);
            if named < 3 && named > 0 && next {
                out.push((Clause::FewAuthors, et_al));
            }
            let han = cx.slice(et_al).starts_with('等');
            if work.title.is_some() && han != (work.lang == Lang::Zh) {
                out.push((Clause::EtAlLanguage, et_al));
            }
        }
        if old {
            let latin =
                work.authors.iter().find(|a| a.kind == NameKind::Latin && a.confidence == Confidence::High);
            if let Some(author) = latin {
                let small =
                    author.family.chars().filter(|c| c.is_alphabetic()).skip(1).any(char::is_lowercase);
                if small {
                    out.push((Clause::Capitals, author.span));
                }
                if author.given.contains('.') {
                    out.push((Clause::Initials, author.span));
                }
            }
        }
        let Some(code) = &work.type_code else {
            let article = work.container.is_some() && work.year.is_some() && work.pages.is_some();
            if let (true, Some(author)) = (article, work.first_author()) {
                out.push((Clause::Form, author.span));
            }
            return out;
        };
        let kind = code.value.split('/').next().unwrap_or_default();
        let online = code.value.contains("/OL");
        let cited = work
            .dates
            .iter()
            .find(|date| cx.document.text()[..date.span.start].trim_end().ends_with(['[', '［']));
        match (old, cited) {
            (true, None) if online => out.push((Clause::CitedDate, code.span)),
            (false, None) if kind == "EB" => out.push((Clause::CitedDate, code.span)),
            (false, Some(date)) if kind != "EB" => out.push((Clause::NoCitedDate, date.span)),
            _ => {}
        }
        if kind == "M" && old && work.publisher.is_some() && work.place.is_none() {
            out.push((Clause::Place, work.publisher.as_ref().map_or(code.span, |p| p.span)));
        }
        if kind == "D" && work.publisher.is_none() && work.container.is_none() {
            out.push((Clause::Institution, code.span));
        }
        out
    }
}
