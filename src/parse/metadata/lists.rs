//! Where lists of people stand: author lines, citation lines, names after labels.

use super::label::FieldKind;
use super::people::{self, ListKind, People};
use super::{Metadata, Tables, identifier, pinyin, run_in, scan};
use crate::document::{Block, BlockKind, Document, Lang, Span, is_han};
use std::collections::BTreeSet;

/// Blocks before an abstract in which its authors may stand.
const BEFORE_ABSTRACT: usize = 8;
/// Blocks of a file that may belong to its front matter when nothing else tells.
const FRONT: usize = 40;
/// All lists of people.
pub(super) fn lists(document: &Document, order: &[&Block], facts: &mut Metadata, tables: &Tables) {
    let body = order.iter().position(|b| b.kind == BlockKind::Heading && b.marker.is_some() && b.level > 0);
    let front = body.unwrap_or(FRONT).min(FRONT);
    let mut candidate = vec![false; order.len()];
    let labelled: BTreeSet<usize> = facts.fields.iter().map(|f| f.block).collect();
    let abstracts =
        facts.fields.iter().filter(|f| matches!(f.kind, FieldKind::AbstractZh | FieldKind::AbstractEn));
    let abstracts: BTreeSet<usize> = abstracts.map(|f| f.block).collect();
    for (index, block) in order.iter().enumerate() {
        candidate[index] = index < front || block.kind == BlockKind::Authors;
        let begins = block.kind == BlockKind::Abstract || abstracts.contains(&index);
        if begins {
            candidate[index.saturating_sub(BEFORE_ABSTRACT)..index].fill(true);
        }
    }
    for (at, block) in order.iter().enumerate().filter(|(at, _)| candidate[*at]) {
        if labelled.contains(&at) || block.span.len() > 60_000 {
            continue;
        }
        let found = author_line(document, block, tables);
        facts.people.extend(found.into_iter().filter(|_| !matches!(block.kind, BlockKind::Reference)));
    }
    for field in facts.fields.clone() {
        let value = document.slice(field.value);
        let base = field.value.start;
        match field.kind {
            FieldKind::CitationZh | FieldKind::CitationEn => {
                facts.people.extend(citation(value, base, tables));
            }
            FieldKind::FirstAuthor | FieldKind::Corresponding => {
                let kind = if field.kind == FieldKind::FirstAuthor {
                    ListKind::First
                } else {
                    ListKind::Corresponding
                };
                if let Some((person, lang)) = people::first(value, base, tables) {
                    facts.people.push(People {
                        kind,
                        lang,
                        span: person.span,
                        people: vec![person],
                        complete: false,
                    });
                }
            }
            _ => {}
        }
    }
    let orcids: Vec<Span> = facts
        .identifiers
        .iter()
        .filter(|id| id.kind == identifier::IdentifierKind::Orcid)
        .map(|id| id.span)
        .collect();
    for span in orcids {
        let after = scan::after(document.text(), span.end, 40);
        let gap = after.len() - after.trim_start_matches([' ', '/']).len();
        if after[gap..].starts_with(['(', '（']) {
            let base = span.end + gap;
            if let Some((person, lang)) = people::first(&after[gap..], base, tables) {
                let list = People {
                    kind: ListKind::Orcid,
                    lang,
                    span: person.span,
                    people: vec![person],
                    complete: false,
                };
                facts.people.push(list);
            }
        }
    }
}

/// The authors in a block, when it is an author line.
fn author_line(document: &Document, block: &Block, tables: &Tables) -> Option<People> {
    let text = document.slice(block.span);
    let own = block.kind == BlockKind::Authors;
    let make = |lang, people: Vec<people::Person>, complete| {
        let span = Span::new(people.first()?.span.start, people.last()?.span.end);
        Some(People { kind: ListKind::Authors, lang, span, people, complete })
    };
    if let Some(at) = text.find("//") {
        // `English title // AUTHOR One1, AUTHOR Two2. 1. Affiliation`
        let from = at + 2;
        let (people, complete) = people::latin(&text[from..], block.span.start + from)?;
        let fits = people.first().is_some_and(|p| pinyin::is_pinyin(&p.name));
        return if fits { make(Lang::En, people, complete) } else { None };
    }
    if matches!(block.kind, BlockKind::Title | BlockKind::Abstract | BlockKind::Keywords | BlockKind::Caption)
    {
        return None;
    }
    if text.contains(is_han) {
        // affiliations may follow in the same block, in brackets
        let stop = text.char_indices().find(|(at, c)| {
            scan::opens(*c) && {
                let rest = &text[at + c.len_utf8()..];
                rest.chars().take(8).filter(|c| is_han(*c)).count() >= 3
            }
        });
        let end = stop.map(|(at, _)| at).or_else(|| run_in::names_end(text, tables));
        let head = &text[..end.unwrap_or(text.len())];
        let (people, complete) = people::chinese(head, block.span.start, tables)?;
        let marked = people.iter().any(|p| p.starred || !p.marks.is_empty());
        let enough = people.len() >= 2 || marked || own;
        return if enough { make(Lang::Zh, people, complete) } else { None };
    }
    let (people, complete) = people::latin(text, block.span.start)?;
    let chinese = people.iter().filter(|p| pinyin::is_pinyin(&p.name)).count();
    let enough = own || people.len() >= 2 && chinese * 5 >= people.len() * 4 && text.len() < 4_000;
    if enough { make(Lang::En, people, complete) } else { None }
}

/// The authors of a citation line.
fn citation(value: &str, base: usize, tables: &Tables) -> Option<People> {
    let first = value.find(char::is_alphabetic)?;
    let text = &value[first..];
    let base = base + first;
    if text.starts_with(is_han) {
        let stop = text.find(['.', '．', '。', '[', '('])?;
        let (people, complete) = people::chinese(&text[..stop], base, tables)?;
        let span = Span::new(people.first()?.span.start, people.last()?.span.end);
        return Some(People { kind: ListKind::Citation, lang: Lang::Zh, span, people, complete });
    }
    let stop = title_start(text).unwrap_or(0);
    let (people, complete) = people::latin(&text[..stop], base)?;
    let span = Span::new(people.first()?.span.start, people.last()?.span.end);
    Some(People { kind: ListKind::Citation, lang: Lang::En, span, people, complete })
}

/// Where the names of an English citation end: at a bracket, or at a full stop before a word of
/// three letters and more. Reads at most 2,000 bytes.
fn title_start(text: &str) -> Option<usize> {
    let text = scan::after(text, 0, 2_000);
    let bracket = text.find(['(', '（', '[']);
    let stop = text.match_indices(". ").map(|(at, _)| at).find(|at| {
        let word: String = text[at + 2..].chars().take_while(|c| c.is_alphabetic()).collect();
        word.len() >= 3 && word.chars().skip(1).any(char::is_lowercase) || word.len() >= 6
    });
    match (bracket, stop) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
