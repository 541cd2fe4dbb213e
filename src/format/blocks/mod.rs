//! From printed lines to blocks: which lines belong together, and what they are.

mod asides;
mod joins;
mod markers;
mod parts;
mod starts;

use super::front;
use super::furniture::{self, Role};
use super::headings::{self, Sequence};
use super::labels;
use super::layout::Layout;
use super::people;
use super::prepared::{Break, Hint, Line, Prepared};
use super::references::{self, Entry};
use super::shape::ends_sentence;
use crate::document::BlockKind;
use markers::{item_marker, list_marker};
use std::ops::Range;

/// An abstract wider than this is over, in columns: 400 English words or 1,400 Han characters.
const ABSTRACT: u32 = 2_800;

/// Part of a block: a line, or a stretch of one.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Index of the line.
    pub line: usize,
    /// In the prepared text.
    pub range: Range<usize>,
}

/// A block before it is written.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// What it is.
    pub kind: BlockKind,
    /// Depth of a heading or list item.
    pub level: u8,
    /// Which parts, in the shared list.
    pub parts: Range<usize>,
    /// Number or bullet, in the prepared text.
    pub marker: Option<Range<usize>>,
}

/// All drafts: those of the running text, then the others.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    /// Parts of all drafts.
    pub parts: Vec<Part>,
    /// Running text, in order.
    pub body: Vec<Draft>,
    /// Captions, tables, footnotes, furniture and code, in order.
    pub aside: Vec<Draft>,
    /// The line from which on columns stand side by side.
    pub columns: Option<usize>,
}

/// Make blocks.
pub(super) fn drafts(prepared: &Prepared, layout: Layout) -> Drafts {
    let (mut roles, columns) = furniture::roles(prepared);
    let entries = references::mark(prepared, &roles);
    for (role, entry) in roles.iter_mut().zip(&entries) {
        if *entry == Entry::Number {
            *role = Role::Furniture;
        }
    }
    let (kinds, front_end) = front::mark(prepared, &roles, &entries, layout.spaced);
    let mut maker = Maker {
        prepared,
        roles: &roles,
        entries: &entries,
        kinds: &kinds,
        front_end,
        layout,
        out: Drafts { columns, ..Drafts::default() },
        open: None,
        sequence: Sequence::default(),
        back: false,
        zone: None,
        parts: parts::Parts::None,
    };
    for (index, role) in roles.iter().enumerate() {
        if *role == Role::Text {
            maker.text(index);
        }
    }
    maker.close();
    maker.unnumbered_headings();
    maker.asides();
    maker.out
}

struct Open {
    kind: BlockKind,
    level: u8,
    first: usize,
    marker: Option<Range<usize>>,
    /// Widest of its lines before the last.
    full: u32,
    /// Width of its last line.
    last: u32,
}

struct Maker<'a> {
    prepared: &'a Prepared<'a>,
    roles: &'a [Role],
    entries: &'a [Entry],
    kinds: &'a [Option<BlockKind>],
    front_end: usize,
    layout: Layout,
    out: Drafts,
    open: Option<Open>,
    sequence: Sequence,
    /// After the references or a statement: paragraphs go on with the statement's kind.
    back: bool,
    /// What an unlabelled paragraph is: an abstract's further paragraphs, a statement's text.
    zone: Option<BlockKind>,
    /// Which part of an abstract that is headed like a text.
    parts: parts::Parts,
}

impl Maker<'_> {
    fn begin(&mut self, kind: BlockKind, level: u8, marker: Option<Range<usize>>) {
        self.close();
        self.open = Some(Open { kind, level, first: self.out.parts.len(), marker, full: 0, last: 0 });
    }

    fn add(&mut self, line: usize, range: Range<usize>) {
        if let Some(open) = &mut self.open {
            // a column may change its width inside a paragraph: what lies far back counts less
            open.full = (open.full * 15 / 16).max(open.last);
            open.last = self.prepared.lines[line].width;
        }
        self.out.parts.push(Part { line, range });
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            let parts = open.first..self.out.parts.len();
            if !parts.is_empty() {
                self.out.body.push(Draft { kind: open.kind, level: open.level, parts, marker: open.marker });
            }
        }
    }

    /// A whole line as a new block.
    fn start(&mut self, index: usize, kind: BlockKind, level: u8, marker_len: usize) {
        let range = self.prepared.lines[index].range.clone();
        let marker = (marker_len > 0).then(|| range.start..range.start + marker_len);
        self.begin(kind, level, marker);
        self.add(index, range);
    }

    /// Take in one line of running text.
    fn text(&mut self, index: usize) {
        let prepared = self.prepared;
        let text = prepared.line(index);
        let line = &prepared.lines[index];
        match self.entries[index] {
            Entry::Outside | Entry::Number => {}
            Entry::Heading => {
                self.zone = None;
                let len = headings::number(text).map_or(0, |n| n.len);
                return self.start(index, BlockKind::ReferenceHeading, 1, len);
            }
            Entry::Start => {
                self.zone = None;
                let len = references::number(text).map_or(0, |n| n.len);
                return self.start(index, BlockKind::Reference, 0, len);
            }
            Entry::More => {
                let range = line.range.clone();
                if self.open.as_ref().is_none_or(|open| open.kind != BlockKind::Reference) {
                    self.begin(BlockKind::Reference, 0, None);
                }
                return self.add(index, range);
            }
        }
        if self.takes_value(index) {
            return self.add(index, line.range.clone());
        }
        if let Some(kind) = self.kinds[index] {
            let joins =
                self.open.as_ref().is_some_and(|open| open.kind == kind) && self.front_joins(index, kind);
            if joins {
                return self.add(index, line.range.clone());
            }
            return self.start(index, kind, u8::from(kind == BlockKind::Title), 0);
        }
        if line.brk != Break::Soft && self.part(index) {
            return;
        }
        if line.brk != Break::Soft && self.label(index) {
            return;
        }
        if line.brk != Break::Soft && self.heading(index) {
            return;
        }
        if self.continues(index) {
            return self.add(index, line.range.clone());
        }
        if let Hint::Item(level) = line.hint {
            let len = item_marker(text);
            return self.start(index, BlockKind::ListItem, level, len);
        }
        // an abstract whose end nothing shows is over after some paragraphs
        if self.zone == Some(BlockKind::Abstract) {
            let (paragraphs, width) = self.abstract_size();
            if paragraphs > 10 || width > ABSTRACT {
                self.zone = None;
            }
        }
        let kind = self.zone.unwrap_or(BlockKind::Paragraph);
        let len = if kind == BlockKind::Paragraph { list_marker(text) } else { 0 };
        let kind = if len > 0 { BlockKind::ListItem } else { kind };
        self.start(index, kind, 0, len);
    }

    /// The abstract before this line: its paragraphs and their columns.
    fn abstract_size(&self) -> (usize, u32) {
        let drafts = self.out.body.iter().rev().take_while(|draft| draft.kind == BlockKind::Abstract);
        let open = self.open.as_ref().filter(|open| open.kind == BlockKind::Abstract).map(|open| open.first);
        let width = |parts: Range<usize>| -> u32 {
            self.out.parts[parts].iter().map(|part| self.prepared.lines[part.line].width).sum()
        };
        let last = open.map_or(0, |first| width(first..self.out.parts.len()));
        drafts.fold((usize::from(open.is_some()), last), |(count, sum), draft| {
            (count + 1, sum + width(draft.parts.clone()))
        })
    }

    /// True when the abstract before this line holds a paragraph that no part's name begins.
    fn abstract_has_prose(&self) -> bool {
        let drafts = self.out.body.iter().rev().take_while(|draft| draft.kind == BlockKind::Abstract);
        let open = self.open.as_ref().filter(|open| open.kind == BlockKind::Abstract).map(|open| open.first);
        let first = drafts.map(|draft| draft.parts.start).chain(open).min_by_key(|&part| part);
        let texts = first.map_or(&[][..], |first| &self.out.parts[first..]);
        let mut lines = texts.iter().map(|part| &self.prepared.text[part.range.clone()]);
        // the label `Abstract`, then what its first line says
        lines.find(|text| labels::find(text).is_none_or(|label| !label.alone)).is_some_and(|text| {
            let rest = labels::find(text).map_or(text, |label| &text[label.len..]);
            !headings::is_named(text)
                && labels::find(text).is_none_or(|label| label.topic != labels::Topic::Part)
                && labels::find(rest).is_none_or(|label| label.topic != labels::Topic::Part)
        })
    }

    /// A field whose label stands alone has its value on the next line.
    fn takes_value(&self, index: usize) -> bool {
        let Some(open) = self
            .open
            .as_ref()
            .filter(|open| matches!(open.kind, BlockKind::FrontMatter | BlockKind::Keywords))
        else {
            return false;
        };
        let line = &self.prepared.lines[index];
        self.out.parts.len() - open.first == 1
            && line.width < 100
            && line.hint == Hint::None
            && self.last_text().and_then(labels::find).is_some_and(|label| label.alone && label.value)
            && labels::find(self.prepared.line(index)).is_none()
            && headings::number(self.prepared.line(index)).is_none_or(|n| n.skip == n.len)
    }

    fn front_joins(&self, index: usize, kind: BlockKind) -> bool {
        let line = &self.prepared.lines[index];
        let text = self.prepared.line(index);
        match kind {
            BlockKind::Title => {
                let before = self.last_line();
                before.is_some_and(|before| {
                    before.is_zh() == line.is_zh()
                        && (line.brk <= Break::Page || self.layout.spaced)
                        && line.hint == Hint::None
                })
            }
            BlockKind::Affiliation => {
                let Some(last) = self.last_text() else { return false };
                // the number stood on a line of its own
                let alone = last.len() <= 2 && line.brk <= Break::Blank;
                let wraps = line.brk <= Break::Line
                    || self.layout.spaced && line.brk <= Break::Blank && people::is_open_place(last, text);
                !people::own_mark(text) && (alone || wraps && !ends_sentence(last) && !last.ends_with('）'))
            }
            BlockKind::Authors => {
                let open = || self.last_text().is_some_and(people::is_open_list);
                line.brk <= Break::Line || self.layout.spaced && line.brk <= Break::Blank && open()
            }
            _ => false,
        }
    }

    fn last_part(&self) -> Option<&Part> {
        let open = self.open.as_ref()?;
        self.out.parts[open.first..].last()
    }

    fn last_line(&self) -> Option<&Line> {
        self.last_part().map(|part| &self.prepared.lines[part.line])
    }

    fn last_text(&self) -> Option<&str> {
        self.last_part().map(|part| &self.prepared.text[part.range.clone()])
    }
}
