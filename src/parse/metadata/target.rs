//! Identifiers in the addresses of links: DOI, ORCID iD, e-mail address.
//!
//! The address is no part of the logical text, so places are the author's characters. Look-ahead: one address,
//! at most 2,000 bytes.

use super::doi::{self, Fault};
use super::{checkdigit, email, identifier};
use crate::document::{Document, Link};
use crate::source::SourceSpan;

/// Longest address read, in bytes.
const LONGEST: usize = 2_000;

/// Which identifier an address holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TargetKind {
    /// After doi.org.
    Doi,
    /// After orcid.org.
    Orcid,
    /// After mailto.
    Email,
}

/// An identifier in the address of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Which.
    pub kind: TargetKind,
    /// Where it stands in the address.
    pub span: SourceSpan,
    /// As printed.
    pub printed: String,
    /// What is wrong with a DOI.
    pub fault: Option<Fault>,
    /// False when the check digit of an ORCID iD does not fit.
    pub valid: bool,
    /// The other identifier of the same kind that the link shows, and where.
    pub shown: Option<(SourceSpan, String)>,
    /// The ORCID iD that the link shows, where its check digit does not fit.
    pub unfit: Option<(SourceSpan, String)>,
}

/// All identifiers in addresses of links.
pub fn targets(document: &Document) -> Vec<Target> {
    document.links().iter().filter_map(|link| target(document, link)).collect()
}

fn target(document: &Document, link: &Link) -> Option<Target> {
    let text = document.source_slice(link.target);
    if text.len() > LONGEST {
        return None;
    }
    let Some((kind, from)) = kind(text) else { return elsewhere(text, link) };
    let body = &text[from..];
    let shown = document.source_slice(link.shown);
    let shown = if shown.len() > LONGEST { "" } else { shown };
    let at = |start: usize, length: usize| {
        let start = link.target.start + from + start;
        SourceSpan { start, end: start + length, ..link.target }
    };
    let other = |name: Option<String>, same: &dyn Fn(&str) -> bool| {
        name.filter(|name| !same(name)).map(|name| (link.shown, name))
    };
    match kind {
        TargetKind::Orcid => {
            let (start, end) = identifier::orcids(body).next()?;
            let printed = body[start..end].to_owned();
            let mut all = identifier::orcids(shown);
            let first = all.next().filter(|_| all.next().is_none());
            let valid = checkdigit::orcid(&printed);
            let (fits, unfit) = match first.map(|(a, b)| (a, shown[a..b].to_owned())) {
                Some((at, name)) if !checkdigit::orcid(&name) => {
                    let start = link.shown.start + at;
                    (None, Some((SourceSpan { start, end: start + name.len(), ..link.shown }, name)))
                }
                name => (name.map(|(_, name)| name), None),
            };
            let shown = other(fits, &|name| digits(name) == digits(&printed) || !valid);
            Some(Target { kind, span: at(start, end - start), printed, fault: None, valid, shown, unfit })
        }
        TargetKind::Doi => {
            let whole = doi::scan(text).into_iter().find(|doi| doi.span.start == from);
            let (length, fault) = whole.map_or((body.len(), None), |doi| (doi.span.len(), doi.fault));
            let printed = body[..length].to_owned();
            // `%2F` and `&lt;` stand for marks
            let fault = fault.filter(|_| !body.contains(['%', '&', '\\']));
            let meant = decoded(body);
            let plain = unmarked(shown);
            let found = doi::scan(&plain);
            let first =
                found.first().filter(|doi| found.len() == 1 && doi.fault.is_none() && fault.is_none());
            let first = first.filter(|doi| !plain[doi.span.end..].trim_start().starts_with(['…', '.']));
            let first = first.map(|doi| plain[doi.span.range()].to_owned());
            let shown = other(first, &|name| meant.as_ref().is_none_or(|meant| same_doi(name, meant)));
            Some(Target { kind, span: at(0, length), printed, fault, valid: true, shown, unfit: None })
        }
        TargetKind::Email => {
            let end = body.find('?').unwrap_or(body.len());
            let printed = body[..end].to_owned();
            let found = email::scan(shown);
            let first = found.first().filter(|mail| found.len() == 1 && mail.fault.is_none());
            let whole = email::scan(&printed).first().is_some_and(|mail| mail.fault.is_none());
            let first = first.filter(|_| whole && !printed.contains(['%', ','])).map(|m| m.normal.clone());
            let shown = other(first, &|name| name.eq_ignore_ascii_case(printed.trim()));
            Some(Target { kind, span: at(0, end), printed, fault: None, valid: true, shown, unfit: None })
        }
    }
}

/// A DOI in the address of a publisher's page, where its `10.` holds a letter: other faults may be the site's
/// own way to write it.
fn elsewhere(text: &str, link: &Link) -> Option<Target> {
    let doi = doi::scan(text).into_iter().find(|doi| doi.fault == Some(Fault::Letter))?;
    let start = link.target.start + doi.span.start;
    Some(Target {
        kind: TargetKind::Doi,
        span: SourceSpan { start, end: start + doi.span.len(), ..link.target },
        printed: text[doi.span.range()].to_owned(),
        fault: doi.fault,
        valid: true,
        shown: None,
        unfit: None,
    })
}

/// What an address names, and where the identifier begins.
fn kind(text: &str) -> Option<(TargetKind, usize)> {
    let head = text.get(..text.len().min(7))?.to_ascii_lowercase();
    if head == "mailto:" {
        return Some((TargetKind::Email, 7));
    }
    let scheme = text.find("://").filter(|at| *at <= 5).map_or(0, |at| at + 3);
    let mut at = scheme;
    for part in ["www.", "dx."] {
        if text[at..].starts_with(part) {
            at += part.len();
        }
    }
    let lower = |length: usize| text[at..].get(..length).unwrap_or_default().to_ascii_lowercase();
    if lower(10) == "orcid.org/" {
        return Some((TargetKind::Orcid, at + 10));
    }
    let host = lower(8) == "doi.org/";
    at += if host { 8 } else { 0 };
    let word = text[at..].get(..4).is_some_and(|word| word.eq_ignore_ascii_case("doi:"));
    at += if word { 4 } else { 0 };
    // a short DOI (`10/abc`) says nothing
    ((host || word && scheme == 0) && !text[at..].starts_with("10/")).then_some((TargetKind::Doi, at))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// The shown words without escapes and emphasis, so that a DOI in them is whole.
fn unmarked(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    text.chars().filter(|c| !matches!(c, '\\' | '*' | '`')).collect()
}

/// A DOI of an address with `%XX` read; `None` where that is no text.
fn decoded(body: &str) -> Option<String> {
    let body = body.split(['?', '#']).next().unwrap_or_default();
    let mut out = Vec::with_capacity(body.len());
    let mut bytes = body.bytes();
    while let Some(b) = bytes.next() {
        if b == b'%' {
            let high = (bytes.next()? as char).to_digit(16)?;
            let low = (bytes.next()? as char).to_digit(16)?;
            out.push((high * 16 + low) as u8);
        } else {
            out.push(b);
        }
    }
    Some(unmarked(&String::from_utf8(out).ok()?))
}

/// Equal but for case, a closing mark, and the number of a version.
fn same_doi(shown: &str, target: &str) -> bool {
    let bare = |text: &str| {
        let text = text.trim().trim_end_matches(['/', '.', ',', ';', ')', ']']).to_ascii_lowercase();
        let head = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let version = head.len() < text.len() && head.ends_with(['v', '.']) && text.len() - head.len() <= 2;
        if version && head.ends_with('v') { head[..head.len() - 1].to_owned() } else { text }
    };
    bare(shown) == bare(target)
}
