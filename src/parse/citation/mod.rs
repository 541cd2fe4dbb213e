//! Facts of the citation family: markers whole and damaged, what they mean, and the names before them.
//!
//! The way: candidates of every block ([`scan`], [`forms`]) → the document's scheme ([`scheme`]) →
//! chapters with their lists → readings chosen by the order of first mention ([`sequence`]) → doubts
//! about whole markers ([`doubt`]).

mod around;
mod author;
mod body;
mod chapter;
mod collect;
mod compare;
mod dated;
mod doubt;
mod forms;
mod han;
mod keys;
mod link;
pub mod lost;
mod marker;
mod names;
mod readings;
mod scan;
mod scheme;
mod sequence;
mod tables;

pub use author::{Joint, Named};
pub use body::{HUGE, Item};
pub use compare::{Match, better, compare, fold};
pub use dated::Dated;
pub use link::{AuthorYears, Link, Seen, entries};
pub use marker::{Chapter, Damage, Marker, Scheme, Shape, numbers_of};
pub use names::{Names, NamesKind};
pub use readings::How;
pub use tables::Tables;

use super::mask::Masks;
use super::reference::References;
use super::{Data, Inspected};
use crate::document::{Document, Span, Zone};
use crate::finding::Confidence;
use std::collections::HashSet;

/// Facts of this family.
#[derive(Debug, Default)]
pub struct Citations {
    /// How the document cites.
    pub scheme: Scheme,
    /// True when the markers explain nearly all of the list and little else; of brackets, always.
    pub certain: bool,
    /// Its markers, chapter by chapter in the order of the text; of other schemes, none.
    pub markers: Vec<Marker>,
    /// The parts of the document with numbering of their own.
    pub chapters: Vec<Chapter>,
    /// Closing brackets too many, right after a marker.
    pub strays: Vec<Span>,
    /// Numbers that stand raised or in the front matter: they may be citations of another form.
    pub elsewhere: HashSet<u32>,
    /// Numbers that words cite: `see ref. 8`.
    pub told: HashSet<u32>,
    /// Names of authors right before markers.
    pub named: Vec<Named>,
    /// Citations by author and year, whatever the scheme.
    pub author_years: AuthorYears,
    /// Numbers in brackets in the running text of a document that cites by author and year.
    pub strange: Vec<Span>,
}

impl Citations {
    /// Adds all facts for `inspect`.
    pub fn inspect(&self, out: &mut Vec<Inspected>) {
        for marker in &self.markers {
            let numbers: Vec<String> = marker
                .reading
                .iter()
                .map(
                    |(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") },
                )
                .collect();
            let damage = marker.damage.map_or(String::new(), |damage| format!(" {damage:?}"));
            out.push(Inspected {
                kind: if marker.damage.is_some() { "citation-damaged" } else { "citation" },
                span: marker.span,
                value: format!("{:?} [{}]{damage}", marker.shape, numbers.join(",")),
                confidence: marker.confidence,
            });
        }
        for named in &self.named {
            let year = named.year.map_or(String::new(), |(_, year)| format!(" {year}"));
            out.push(Inspected {
                kind: "cited-author",
                span: named.span,
                value: format!("{:?}{year}", named.joint),
                confidence: Confidence::Medium,
            });
        }
        for item in &self.author_years.items {
            let suffix = item.suffix.map_or(String::new(), String::from);
            out.push(Inspected {
                kind: "author-year",
                span: item.span,
                value: format!("{:?} {}{suffix} {:?}", item.names.kind, item.year, item.link),
                confidence: if item.strong { Confidence::High } else { Confidence::Medium },
            });
        }
        for span in &self.strays {
            out.push(Inspected {
                kind: "citation-stray",
                span: *span,
                value: String::new(),
                confidence: Confidence::Medium,
            });
        }
    }

    /// The markers of a chapter.
    pub fn of(&self, chapter: &Chapter) -> &[Marker] {
        &self.markers[chapter.markers.clone()]
    }
}

/// Read the facts of this family.
pub fn parse(document: &Document, data: &Data, references: &References, masks: &Masks) -> Citations {
    let mut found = collect::collect(document, references, masks);
    let author_years = link::read(document, data, references, masks);
    let collect::Decision { scheme, list: list_kind, certain } =
        collect::scheme(&found, references, &author_years);
    if !scheme.is_numeric() {
        let strange = if scheme == Scheme::AuthorYear { found.strange() } else { Vec::new() };
        return Citations { scheme, author_years, strange, ..Citations::default() };
    }
    let strays = found
        .bracket
        .iter()
        .filter(|(candidate, _)| candidate.damage == Some(Damage::Stray))
        .map(|(candidate, _)| candidate.span)
        .collect();
    let mut elsewhere = found.others(scheme);
    if scheme == Scheme::Glued {
        let last = references.lists.iter().filter_map(|list| list.last_number()).max().unwrap_or(0);
        let prose = document.blocks().iter().filter(|block| block.zone() == Zone::Body);
        elsewhere.extend(prose.flat_map(|block| lost::hidden(document.slice(block.span), last)));
    }
    let prose =
        document.blocks().iter().filter(|block| !matches!(block.zone(), Zone::References | Zone::Code));
    let told = prose.flat_map(|block| forms::told(document.slice(block.span))).collect();
    let candidates = found.take(scheme);
    let (mut markers, mut chapters) = chapter::build(document, references, list_kind, candidates);
    doubt::lone_letters(document, &mut markers, &chapters, references);
    doubt::doubt(document, &mut markers, &mut chapters, references);
    if markers.iter().any(|marker| marker.damage == Some(Damage::Empty) && marker.how == How::Unknown) {
        let bare = lost::bare(document);
        for chapter in &mut chapters {
            chapter::fill_empty(&mut markers, chapter, &bare);
        }
    }
    let named = author::named(document, &markers, &data.citation);
    Citations {
        scheme,
        markers,
        chapters,
        strays,
        elsewhere,
        told,
        named,
        author_years,
        strange: Vec::new(),
        certain,
    }
}
