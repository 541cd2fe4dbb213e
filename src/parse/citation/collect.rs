//! Gathering the candidates of all schemes from all blocks, and deciding between the schemes.

use super::marker::{Damage, Scheme, Shape};
use super::scan::{self, Candidate};
use super::scheme::{Evidence, Weights, certain, decide, weigh};
use super::{AuthorYears, forms, readings::Stretch};
use crate::document::{BlockKind, Document, MarkKind, Span, Zone};
use crate::parse::mask::Masks;
use crate::parse::reference::{Numbering, References};
use std::collections::HashSet;

/// Fewest whole markers of a table that make a habit.
const TABLE: usize = 3;

/// A candidate and where it stands.
pub type Placed = (Candidate, Zone);

/// Candidates by form, spans counted in the document.
#[derive(Debug, Default)]
pub struct Found {
    /// Square and kindred brackets, and footnote marks.
    pub bracket: Vec<Placed>,
    /// Raised numbers.
    pub superscript: Vec<Placed>,
    /// Round brackets.
    pub round: Vec<Placed>,
    /// Numbers glued to words.
    pub glued: Vec<Placed>,
}

impl Found {
    /// The candidates of a scheme.
    pub fn take(&mut self, scheme: Scheme) -> Vec<Placed> {
        let mut list = match scheme {
            Scheme::Superscript => std::mem::take(&mut self.superscript),
            Scheme::Round => std::mem::take(&mut self.round),
            Scheme::Glued => std::mem::take(&mut self.glued),
            _ => std::mem::take(&mut self.bracket),
        };
        let footnote = scheme == Scheme::Footnote;
        if scheme.is_loose() {
            // powers and counts: perhaps citations, but not to be told
            list.retain(|(c, _)| !c.glued);
        }
        if scheme == Scheme::Round {
            // `(31]`: one bracket of the pair is another
            let mixed = |c: &Candidate| {
                c.damage == Some(Damage::Mismatched)
                    && [c.open, c.close].iter().flatten().any(|b| "()（）".contains(*b))
            };
            list.extend(std::mem::take(&mut self.bracket).into_iter().filter(|(c, _)| mixed(c) && !c.glued));
            list.sort_by_key(|(c, _)| c.span.start);
        }
        if matches!(scheme, Scheme::Bracket | Scheme::Footnote) {
            list.retain(|(c, _)| (c.shape == Shape::Footnote) == footnote && c.damage != Some(Damage::Stray));
        }
        list
    }

    /// Whole square brackets with numbers in running text, each number at most 999.
    pub fn strange(&self) -> Vec<Span> {
        let all = self.bracket.iter().filter(|(c, zone)| {
            c.damage.is_none() && !c.glued && c.shape != Shape::Footnote && *zone == Zone::Body
        });
        all.filter(|(c, _)| c.items.iter().all(|item| item.first > 0 && item.last < 1_000))
            .map(|(c, _)| c.span)
            .collect()
    }

    /// Numbers that stand raised where the scheme is another, and those of the scheme itself that may
    /// be powers or counts. To be asked before [`Found::take`].
    pub fn others(&self, scheme: Scheme) -> HashSet<u32> {
        let raised = self.superscript.iter().filter(|(c, _)| scheme != Scheme::Superscript || c.glued);
        let round = self.round.iter().filter(|(c, _)| scheme == Scheme::Round && c.glued);
        raised
            .chain(round)
            .flat_map(|(candidate, _)| &candidate.items)
            .flat_map(|item| super::numbers_of(item.first.min(item.last), item.first.max(item.last)))
            .collect()
    }
}

/// Read every block that may cite.
pub fn collect(document: &Document, references: &References, masks: &Masks) -> Found {
    let mut found = Found::default();
    let numbered = references.lists.iter().any(|list| list.numbering == Numbering::Numbered);
    for block in document.blocks() {
        let zone = block.zone();
        let skip = matches!(zone, Zone::References | Zone::Code)
            || matches!(block.kind, BlockKind::Authors | BlockKind::Affiliation | BlockKind::FrontMatter);
        if skip {
            continue;
        }
        let text = document.slice(block.span);
        // an entry of another article's list, printed on the last page
        if block.kind == BlockKind::Furniture && text.starts_with(scan::is_open) {
            continue;
        }
        let offset = block.span.start;
        let prose =
            matches!(zone, Zone::Body | Zone::AbstractZh | Zone::AbstractEn | Zone::Back) && is_prose(text);
        let place = |candidate: Candidate| shift(candidate, offset);
        let free =
            |candidate: &Candidate| !masks.touches(candidate.span) && !in_list(references, candidate.span);
        let mut add = |to: fn(&mut Found) -> &mut Vec<Placed>, candidates: Vec<Candidate>| {
            let kept = candidates.into_iter().filter(|c| free(c)).map(|c| (c, zone));
            to(&mut found).extend(kept);
        };
        let mut brackets: Vec<Candidate> = match zone {
            Zone::Table => in_table(text),
            _ => scan::scan(text, prose),
        };
        for candidate in &mut brackets {
            // a raised number follows whatever stands before it
            candidate.glued &= !document.is_marked(candidate.span.shift(offset), MarkKind::Superscript);
        }
        add(|f| &mut f.bracket, brackets.into_iter().map(place).collect());
        if !matches!(block.kind, BlockKind::Title | BlockKind::Keywords) {
            add(|f| &mut f.superscript, forms::superscripts(document, block.span));
            // these forms count only where a list says what may be cited
            if numbered && prose {
                add(|f| &mut f.round, forms::rounds(text).into_iter().map(place).collect());
                let raised = |c: &Candidate| document.is_marked(c.span, MarkKind::Superscript);
                let glued = forms::glued(text).into_iter().map(place).filter(|c| !raised(c)).collect();
                add(|f| &mut f.glued, glued);
            }
        }
    }
    found
}

/// Candidates of a table. Damaged ones count only in a table with a habit of markers: elsewhere
/// brackets of cells fall apart in many ways.
fn in_table(text: &str) -> Vec<Candidate> {
    let whole = scan::scan(text, false);
    if whole.len() < TABLE {
        return whole;
    }
    let mut all = scan::scan(text, true);
    all.retain(|candidate| match candidate.damage {
        None => true,
        Some(Damage::LostOpening | Damage::LostClosing | Damage::Mismatched) => !candidate.glued,
        _ => false,
    });
    all
}

/// True when a block holds sentences, not numbers and signs alone.
fn is_prose(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).take(6).count() >= 6
}

fn in_list(references: &References, span: Span) -> bool {
    let next = references.lists.partition_point(|list| list.span.start <= span.start);
    let within = next.checked_sub(1).and_then(|at| references.lists.get(at));
    within.is_some_and(|list| {
        // a paragraph between two entries of a damaged list is text again
        list.span.contains(span) && references.entry_at(span.start).is_some()
    })
}

fn shift(mut candidate: Candidate, offset: usize) -> Candidate {
    candidate.span = candidate.span.shift(offset);
    candidate.locator = candidate.locator.map(|span| span.shift(offset));
    for item in &mut candidate.items {
        item.span = item.span.shift(offset);
    }
    candidate
}

/// The document's scheme, and the kind of list that serves it.
pub fn scheme(found: &Found, references: &References, by_author: &AuthorYears) -> Decision {
    let numbers = |kind: Numbering| -> HashSet<u32> {
        let lists = references.lists.iter().filter(|list| list.numbering == kind);
        lists.flat_map(|list| list.entries.iter().filter_map(|entry| entry.number)).collect()
    };
    let (numbered, footnotes) = (numbers(Numbering::Numbered), numbers(Numbering::Footnotes));
    let whole = |list: &[Placed], footnote: bool, set: &HashSet<u32>| -> Evidence {
        let kept = list.iter().filter(|(c, zone)| {
            // a damaged first marker still begins the count
            let first = matches!(c.items.as_slice(), [item] if item.first == 1 && item.last == 1);
            (matches!(c.damage, None | Some(Damage::Mismatched)) || first)
                && *zone != Zone::Front
                && !c.glued
                && (c.shape == Shape::Footnote) == footnote
        });
        weigh(kept.map(|(c, _)| c), |number| set.contains(&number))
    };
    let mut weights = Weights {
        bracket: whole(&found.bracket, false, &numbered),
        superscript: whole(&found.superscript, false, &numbered),
        round: whole(&found.round, false, &numbered),
        glued: whole(&found.glued, false, &numbered),
        footnote: whole(&found.bracket, true, &footnotes),
        author_years: by_author
            .sure()
            .map(|item| (item.names.spans.first().map(|span| span.len()), item.year, item.link.clone()))
            .collect::<HashSet<_>>()
            .len(),
        author_listed: by_author.cited.len(),
        all: by_author.entries,
        entries: numbered.len(),
        unnumbered: references.lists.iter().any(|list| list.numbering == Numbering::Unnumbered),
    };
    if weights.footnote.listed > weights.bracket.listed {
        weights.entries = footnotes.len();
    }
    let scheme = decide(&weights);
    let list = if scheme == Scheme::Footnote { Numbering::Footnotes } else { Numbering::Numbered };
    Decision { scheme, list, certain: certain(scheme, &weights) }
}

/// How a document cites.
#[derive(Debug, Clone, Copy)]
pub struct Decision {
    /// The scheme.
    pub scheme: Scheme,
    /// The kind of list that serves it.
    pub list: Numbering,
    /// True when its markers explain nearly all of the list and little else.
    pub certain: bool,
}

/// All stretches of a candidate as printed.
pub fn printed(candidate: &Candidate) -> Vec<Stretch> {
    candidate.items.iter().map(super::readings::stretch).collect()
}
