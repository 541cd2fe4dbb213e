//! Facts of the abbreviation family: definitions of short forms, their uses, and the lexicon.

mod again;
mod belief;
mod boundary;
mod builtin;
mod extract;
mod forms;
mod glossary;
mod hash;
mod lean;
mod letters;
mod lexicon;
mod named;
mod shape;
mod slips;
mod tables;
mod tokens;

pub use extract::{Found, Order, extract};
pub use forms::{Definition, Form, Spelling, Use};
pub use letters::{Alignment, align};
pub use lexicon::{Entry, Lexicon, squash, words};
pub use shape::{fold, is_greek, key, latin_of, looks_short, normal, roman, singular};
pub use slips::Slip;
pub use tables::Tables;
pub use tokens::{components, is_form, tokens};

use super::mask::Masks;
use super::{Data, Inspected};
use crate::document::{BlockKind, Document, Lang, Span, Zone};
use crate::finding::Confidence;
use hash::Map;

/// Facts of this family.
#[derive(Debug, Default)]
pub struct Abbreviations {
    /// Definitions, in order of place.
    pub definitions: Vec<Definition>,
    /// Short forms with their uses, in order of first definition or use.
    pub forms: Vec<Form>,
    /// Forms that are probably other ones, misspelt.
    pub slips: Vec<Slip>,
    by_key: Map<String, usize>,
}

impl Abbreviations {
    /// The form of a key.
    pub fn form(&self, key: &str) -> Option<&Form> {
        self.by_key.get(key).and_then(|index| self.forms.get(*index))
    }

    /// The definitions of a form, in order of place.
    pub fn definitions_of<'a>(&'a self, form: &'a Form) -> impl Iterator<Item = &'a Definition> {
        form.definitions.iter().filter_map(|index| self.definitions.get(*index))
    }

    /// Adds all facts for `inspect`.
    pub fn inspect(&self, out: &mut Vec<Inspected>) {
        for definition in &self.definitions {
            out.push(Inspected {
                kind: "definition",
                span: definition.span,
                value: definition.short.clone(),
                confidence: definition.confidence,
            });
        }
        for form in &self.forms {
            for spelling in &form.spellings {
                out.extend(spelling.whole().map(|usage| Inspected {
                    kind: "short-form",
                    span: usage.span,
                    value: spelling.text.clone(),
                    confidence: Confidence::Medium,
                }));
            }
        }
    }
}

/// Read the facts of this family.
pub fn parse(document: &Document, data: &Data, masks: &Masks) -> Abbreviations {
    let tables = &data.abbreviation;
    let mut definitions = Vec::new();
    let blocks = document.blocks();
    for (index, block) in blocks.iter().enumerate() {
        let (prose, listed) = match block.kind {
            BlockKind::Abstract | BlockKind::Paragraph | BlockKind::ListItem => (true, false),
            BlockKind::Heading | BlockKind::Title | BlockKind::Keywords => (true, true),
            BlockKind::Caption | BlockKind::Footnote => (true, false),
            BlockKind::Acknowledgement | BlockKind::Funding | BlockKind::Contribution => (true, false),
            BlockKind::Table | BlockKind::BackMatter | BlockKind::FrontMatter => (false, true),
            _ => continue,
        };
        let text = document.slice(block.span);
        // a bracket that a page break or a blank line has cut in two
        if let Some(next) = blocks.get(index + 1).filter(|next| prose && next.kind == block.kind)
            && let Some(seam) = open_bracket(text, document.slice(next.span))
        {
            let start = block.span.start + seam.0;
            let joined = &document.text()[start..next.span.start + seam.1];
            let found = extract(joined, tables);
            let across = |f: &Found| f.short_span.start + start >= next.span.start;
            definitions.extend(
                found.into_iter().filter(across).map(|f| place(f, tables, start, block.zone(), listed)),
            );
        }
        if prose {
            let found = extract(text, tables);
            definitions
                .extend(found.into_iter().map(|f| place(f, tables, block.span.start, block.zone(), listed)));
        }
        let note = listed || matches!(block.kind, BlockKind::Caption | BlockKind::Footnote) || is_note(text);
        if note {
            let found = glossary::glossary(text, tables, block.lang == Lang::Zh);
            let found = found.into_iter().map(|f| place(f, tables, block.span.start, block.zone(), true));
            let found: Vec<Definition> = found.collect();
            definitions.extend(found);
        }
    }
    for definition in &mut definitions {
        let block = document.block_at(definition.span.start);
        definition.heading = block.is_some_and(|b| matches!(b.kind, BlockKind::Heading | BlockKind::Title));
    }
    definitions.retain(|d| !masks.touches(d.short_span));
    definitions.sort_by_key(|d| (d.span.start, d.short_span.start));
    definitions.dedup_by_key(|d| d.short_span);
    redefined(document, tables, &mut definitions);
    let mut collector = forms::Collector::new(document, tables, masks, &definitions);
    for block in document.blocks() {
        let zone = block.zone();
        let read = matches!(
            zone,
            Zone::Body | Zone::AbstractEn | Zone::AbstractZh | Zone::Caption | Zone::Table | Zone::Footnote
        ) || block.kind == BlockKind::Title;
        if read {
            collector.block(block);
        }
    }
    let (forms, by_key) = collector.finish();
    let mut facts = Abbreviations { definitions, forms, slips: Vec::new(), by_key };
    facts.slips = slips::find(document, tables, &facts);
    facts
}

/// Add brackets that hold a defined short form after words that only end like its long form.
fn redefined(document: &Document, tables: &Tables, definitions: &mut Vec<Definition>) {
    let mut known = again::Known::new();
    for definition in definitions.iter().filter(|d| !d.listed) {
        let Some(en) = definition.en else { continue };
        let longs = known.entry(definition.short.clone()).or_default();
        let long = words(document.slice(en));
        if !longs.contains(&long) {
            longs.push(long);
        }
    }
    if known.is_empty() {
        return;
    }
    let mut more = Vec::new();
    for block in document.blocks() {
        if !matches!(block.kind, BlockKind::Abstract | BlockKind::Paragraph | BlockKind::ListItem) {
            continue;
        }
        let found = again::again(document.slice(block.span), &known);
        more.extend(found.into_iter().map(|f| place(f, tables, block.span.start, block.zone(), false)));
    }
    more.retain(|d| !definitions.iter().any(|other| other.short_span == d.short_span));
    definitions.extend(more);
    definitions.sort_by_key(|d| (d.span.start, d.short_span.start));
}

/// Where to read on when the last bracket of a block closes at the start of the next: an offset in
/// each of the two.
fn open_bracket(text: &str, next: &str) -> Option<(usize, usize)> {
    const TAIL: usize = 160;
    const HEAD: usize = 80;
    let open = text.rfind(['(', '（'])?;
    if text.len() - open > TAIL || text[open..].contains([')', '）']) {
        return None;
    }
    let close = next.find([')', '）']).filter(|close| *close <= HEAD)?;
    if next[..close].contains(['(', '（', '。']) {
        return None;
    }
    let mut start = open.saturating_sub(TAIL);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    Some((start, close + next[close..].chars().next().map_or(1, char::len_utf8)))
}

/// A paragraph that lists abbreviations.
fn is_note(text: &str) -> bool {
    // a line of items: TDF为…；AZT为…；
    let items = text.split(['；', ';']).filter(|item| {
        let item = item.trim_start();
        let end = item.find(['为', '：', ':', '=', ',', '，', ' ']).unwrap_or(item.len());
        end < item.len() && looks_short(item[..end].trim())
    });
    if text.len() < 2_000 && items.take(3).count() >= 3
        || glossary::is_dashed(text)
        || !glossary::run_on(text).is_empty()
    {
        return true;
    }
    let head: String = text.chars().take(24).collect();
    ["Abbreviation", "ABBREVIATION", "abbreviations", "List of abb", "缩略", "缩写", "注：", "注:", "Note"]
        .iter()
        .any(|word| head.contains(word))
}

fn place(found: Found, tables: &Tables, offset: usize, zone: Zone, listed: bool) -> Definition {
    let shift = |span: Span| span.shift(offset);
    Definition {
        key: tables.key(&found.short),
        short: found.short,
        short_span: shift(found.short_span),
        zh: found.zh.map(shift),
        en: found.en.map(shift),
        span: shift(found.span),
        order: found.order,
        spelled: found.spelled,
        listed,
        heading: false,
        zone,
        confidence: found.confidence,
    }
}
