//! Labelled fields: `收稿日期：…`, `Key words: …`.
//!
//! A label counts at the beginning of a block, after a mark that ends a field, or before a colon; its
//! value goes on to the next label or to the end of the block.

use super::date;
use super::scan;
use super::tables::Tables;
use crate::document::{Block, BlockKind, Document, Span, is_han};
use serde::{Deserialize, Serialize};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// When the manuscript arrived.
    Received,
    /// When it came back revised.
    Revised,
    /// When it was accepted.
    Accepted,
    /// When it appeared.
    Online,
    /// 中图分类号.
    Class,
    /// 文献标识码.
    DocumentCode,
    /// 文章编号.
    ArticleNumber,
    /// DOI.
    Doi,
    /// Who paid.
    Funding,
    /// First author's note.
    FirstAuthor,
    /// A note on some author.
    AuthorNote,
    /// Corresponding author's note.
    Corresponding,
    /// How to cite, in Chinese.
    CitationZh,
    /// How to cite, in English.
    CitationEn,
    /// Who did what.
    Contribution,
    /// Chinese keywords.
    KeywordsZh,
    /// English keywords.
    KeywordsEn,
    /// Chinese abstract.
    AbstractZh,
    /// English abstract.
    AbstractEn,
    /// An e-mail address.
    Email,
    /// An ORCID iD.
    Orcid,
    /// A registration number.
    Registration,
    /// A label that only ends the field before it.
    Other,
}

impl FieldKind {
    /// True for the four dates of a manuscript's way.
    pub fn is_date(self) -> bool {
        matches!(self, Self::Received | Self::Revised | Self::Accepted | Self::Online)
    }
}

/// A labelled field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// What it holds.
    pub kind: FieldKind,
    /// The label, without colon and brackets.
    pub label: Span,
    /// What follows.
    pub value: Span,
    /// Index of the block it stands in, in [`Document::reading_order`].
    pub block: usize,
}

/// Longest value of a field, in bytes.
const LONGEST: usize = 6_000;
/// Longest value taken from the block after a label that stands alone.
const NEXT: usize = 400;

/// All fields of a document, in reading order.
pub fn fields(document: &Document, order: &[&Block], tables: &Tables) -> Vec<Field> {
    let mut out: Vec<Field> = Vec::new();
    let mut open: Option<usize> = None;
    for (index, block) in order.iter().enumerate() {
        if matches!(
            block.kind,
            BlockKind::Code
                | BlockKind::Reference
                | BlockKind::ReferenceHeading
                | BlockKind::Table
                | BlockKind::Furniture
        ) {
            continue;
        }
        let text = document.slice(block.span);
        let first = out.len();
        for (start, end, kind) in tables.find_labels(text) {
            if let Some(value) = accepted(text, start, end, kind, block.kind) {
                let base = block.span.start;
                if let Some(last) = out.last_mut().filter(|field| field.block == index) {
                    last.value.end = (base + start).max(last.value.start);
                }
                out.push(Field {
                    kind,
                    label: Span::new(base + start, base + end),
                    value: Span::new(base + value, block.span.end),
                    block: index,
                });
            }
        }
        // a label that stands alone takes the block after it
        if let Some(last) = open.take()
            && out.len() == first
            && block.kind != BlockKind::Heading
            && block.span.len() <= NEXT
        {
            out[last].value = block.span;
        }
        for field in &mut out[first..] {
            trim(document, field);
        }
        open = out[first..].last().filter(|f| f.value.is_empty()).map(|_| out.len() - 1);
    }
    out
}

/// Where the value begins, when the words at `start..end` are a label.
fn accepted(text: &str, start: usize, end: usize, kind: FieldKind, block: BlockKind) -> Option<usize> {
    let word = &text[start..end];
    let han = word.starts_with(is_han);
    let before = text[..start].trim_end_matches(['*', '_', '#', ' ', '\u{3000}']);
    let begins = before.is_empty();
    let last = before.chars().next_back();
    let spaced = text[..start].ends_with(char::is_whitespace);
    let after = text[end..].chars().next();
    if !han {
        let inside = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if inside(text[..start].chars().next_back()) || inside(after) && !kind.is_date() {
            return None;
        }
    }
    let mut at = end;
    let mut colon = false;
    let mut closed = false;
    for c in text[end..].chars().take(6) {
        match c {
            ':' | '：' => colon = true,
            ']' | '】' | '］' | '〕' => closed = true,
            '*' | '_' | ' ' | '\u{3000}' | '\u{a0}' | '\t' => {}
            _ => break,
        }
        at += c.len_utf8();
    }
    if kind.is_date() {
        // the date decides: 收稿日期：…, Received: …, Received 4 March …
        let gap = text[at..].len() - text[at..].trim_start_matches(['(', '（', ' ', '[']).len();
        let dated = date::date(&text[at + gap..]).is_some();
        let boundary = begins || spaced || last.is_some_and(|c| !c.is_alphanumeric() || is_han(c));
        let labelled = colon && (han || begins);
        return (boundary && (dated || labelled)).then_some(at);
    }
    let boundary = begins
        || last.is_some_and(|c| {
            matches!(
                c,
                '。' | '.'
                    | '；'
                    | ';'
                    | ')'
                    | '）'
                    | '】'
                    | ']'
                    | '［'
                    | '【'
                    | '['
                    | '*'
                    | '☆'
                    | '△'
                    | '#'
                    | '|'
                    | '\u{fffc}'
            ) || c.is_ascii_digit() && spaced
        })
        || spaced && han;
    let strong = colon || closed;
    let long = word.chars().filter(|c| is_han(*c)).count() >= 4;
    let fits = match kind {
        FieldKind::Doi => return (boundary && colon || text[at..].starts_with("10.")).then_some(at),
        FieldKind::KeywordsZh | FieldKind::KeywordsEn | FieldKind::AbstractZh | FieldKind::AbstractEn => {
            let own = matches!(block, BlockKind::Abstract | BlockKind::Keywords | BlockKind::Heading);
            let whole = begins && at == text.len();
            (begins || boundary) && strong || begins && own || whole || begins && spread(after)
        }
        FieldKind::Email | FieldKind::Orcid => colon || begins,
        FieldKind::Funding | FieldKind::Contribution => {
            let own = matches!(block, BlockKind::Funding | BlockKind::Contribution | BlockKind::Heading);
            boundary && strong || long && colon || begins && own
        }
        FieldKind::CitationZh | FieldKind::CitationEn => boundary && strong || long && colon,
        FieldKind::Class | FieldKind::DocumentCode | FieldKind::ArticleNumber => boundary || strong || long,
        _ if han && long => boundary || strong,
        _ if han => boundary && strong,
        _ => (begins || boundary) && (strong || kind == FieldKind::Corresponding && begins),
    };
    fits.then_some(at)
}

/// White space wider than between words: how a label without a colon is set off.
fn spread(after: Option<char>) -> bool {
    matches!(after, Some('\u{3000}' | '\t' | ' '))
}

fn trim(document: &Document, field: &mut Field) {
    let mut end = field.value.end.min(field.value.start + LONGEST);
    end = scan::floor(document.text(), end).max(field.value.start);
    let text = document.slice(Span::new(field.value.start, end));
    let lead = text.len() - text.trim_start_matches([' ', '\u{3000}', '\u{a0}', '*', '_', ':', '：']).len();
    let tail = text[lead..]
        .trim_end_matches([' ', '\u{3000}', '【', '[', '［', '*', '_', '；', ';', '#', '　'])
        .len();
    let start = field.value.start + lead;
    field.value = Span::new(start, start + tail);
}
