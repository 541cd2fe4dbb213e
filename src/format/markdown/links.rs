//! Addresses of links: where they stand in the source, and what is shown in their place.

use crate::format::html;
use pulldown_cmark::{LinkType, RefDefs};
use std::collections::BTreeMap;
use std::ops::Range;

/// Collects links while a text is walked through.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// What is shown, and the address.
    found: Vec<(Range<usize>, Range<usize>)>,
    /// Where the address of a definition stands, by the address.
    defined: BTreeMap<String, Range<usize>>,
    /// An open `<a href="…">`: its end, and the address.
    open: Option<(usize, Range<usize>)>,
}

impl Links {
    /// The definitions `[label]: address` of a text.
    pub fn define(&mut self, source: &str, definitions: &RefDefs<'_>) {
        for (_, definition) in definitions.iter() {
            let span = definition.span.clone();
            let Some(text) = source.get(span.clone()) else { continue };
            let Some(at) = text.find("]:").map(|at| at + 2) else { continue };
            if let Some(place) = address(text, at, &definition.dest) {
                let place = span.start + place.start..span.start + place.end;
                self.defined.insert(definition.dest.to_string(), place);
            }
        }
    }

    /// A link at `range`. An address with escapes or entities is left alone.
    pub fn add(&mut self, source: &str, kind: LinkType, dest: &str, range: Range<usize>) {
        let Some(text) = source.get(range.clone()) else { return };
        match kind {
            LinkType::Inline => {
                let Some(at) = text.rfind("](") else { return };
                if let Some(place) = address(text, at + 2, dest) {
                    let shown = range.start + 1..range.start + at.max(1);
                    self.found.push((shown, range.start + place.start..range.start + place.end));
                }
            }
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                if let Some(place) = self.defined.get(dest) {
                    let end = text.bytes().position(|b| b == b']').unwrap_or(text.len()).max(1);
                    self.found.push((range.start + 1.min(end)..range.start + end, place.clone()));
                }
            }
            _ => {}
        }
    }

    /// A tag of HTML at `start`.
    pub fn html(&mut self, tag: &str, start: usize) {
        match html::tag_name(tag) {
            ("a", true) => {
                let Some(at) = tag.find("href=\"").map(|at| at + 6) else { return };
                let length = tag[at..].find('"').unwrap_or(0);
                self.open = Some((start + tag.len(), start + at..start + at + length));
            }
            ("a", false) => {
                if let Some((from, target)) = self.open.take().filter(|(from, _)| *from <= start) {
                    self.found.push((from..start, target));
                }
            }
            _ => {}
        }
    }

    /// All links; definitions that nothing uses stand with nothing shown.
    pub fn finish(mut self) -> Vec<(Range<usize>, Range<usize>)> {
        let used: std::collections::BTreeSet<usize> = self.found.iter().map(|(_, t)| t.start).collect();
        let unused = self.defined.into_values().filter(|place| !used.contains(&place.start));
        self.found.extend(unused.map(|place| (place.start..place.start, place)));
        self.found.retain(|(_, target)| !target.is_empty());
        self.found
    }
}

/// Where `dest` stands in `text`, when it begins after the blanks at `at`.
fn address(text: &str, at: usize, dest: &str) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let lead = rest.len() - rest.trim_start_matches([' ', '\n', '\r', '\t', '<']).len();
    let start = at + lead;
    (!dest.is_empty() && text[start..].starts_with(dest)).then(|| start..start + dest.len())
}
