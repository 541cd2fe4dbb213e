//! From printed lines to blocks: which lines belong together, and what they are.

use super::captions;
use super::front;
use super::furniture::{self, Role};
use super::headings::{self, Sequence};
use super::labels::{self, Topic};
use super::layout::{Layout, PARAGRAPH};
use super::prepared::{Break, Hint, Line, Prepared};
use super::references::{self, Entry};
use super::shape::{ends_open, ends_sentence, first_word_width, is_raised_digit, is_wide, starts_inside};
use crate::document::{BlockKind, is_han};
use std::ops::Range;

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
}

/// Make blocks.
pub(super) fn drafts(prepared: &Prepared, layout: Layout) -> Drafts {
    let roles = furniture::roles(prepared);
    let entries = references::mark(prepared, &roles);
    let (kinds, front_end) = front::mark(prepared, &roles, &entries);
    let mut maker = Maker {
        prepared,
        roles: &roles,
        entries: &entries,
        kinds: &kinds,
        front_end,
        layout,
        out: Drafts::default(),
        open: None,
        sequence: Sequence::default(),
        back: false,
        zone: None,
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
            Entry::Outside => {}
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
            let abstracts = self.out.body.iter().rev().take_while(|draft| draft.kind == BlockKind::Abstract);
            if abstracts.count() > 10 {
                self.zone = None;
            }
        }
        let kind = self.zone.unwrap_or(BlockKind::Paragraph);
        let len = if kind == BlockKind::Paragraph { list_marker(text) } else { 0 };
        let kind = if len > 0 { BlockKind::ListItem } else { kind };
        self.start(index, kind, 0, len);
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
                !text.starts_with(|c: char| {
                    c.is_ascii_digit() || is_raised_digit(c) || matches!(c, '(' | '（')
                }) && line.brk <= Break::Line
                    && self.last_text().is_some_and(|last| !ends_sentence(last) && !last.ends_with('）'))
            }
            BlockKind::Authors => line.brk <= Break::Line,
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

    /// True when a sentence is open: the line before cannot be the last of its block.
    fn sentence_open(&self, index: usize) -> bool {
        let Some(last) = self.last_text() else { return false };
        let Some(open) = &self.open else { return false };
        let prose = matches!(open.kind, BlockKind::Paragraph | BlockKind::Abstract | BlockKind::ListItem);
        let wide = self.last_line().is_some_and(|line| line.width * 10 >= open.full * 7);
        let blank = self.prepared.lines[index].brk >= Break::Blank && !self.layout.spaced;
        let apart = blank && !ends_open(last) && !starts_inside(self.prepared.line(index));
        prose
            && !apart
            && !ends_sentence(last)
            && (wide || ends_open(last))
            && self.prepared.lines[index].brk != Break::Block
    }

    /// A labelled line begins a block.
    fn label(&mut self, index: usize) -> bool {
        let text = self.prepared.line(index);
        let line = &self.prepared.lines[index];
        let Some(label) = labels::find(text) else { return false };
        let front = index < self.front_end
            || self.out.body.iter().all(|d| d.kind != BlockKind::Heading) && !self.back;
        if !label.strong && self.sentence_open(index) {
            return false;
        }
        match label.topic {
            Topic::Part => {
                if self.zone != Some(BlockKind::Abstract) {
                    return false;
                }
                if self.sentence_open(index) && line.brk <= Break::Line {
                    return false;
                }
            }
            Topic::Field | Topic::Keywords if self.sentence_open(index) && !label.strong => return false,
            _ => {}
        }
        let kind = label.topic.kind(front);
        let range = line.range.clone();
        self.begin(kind, 0, Some(range.start..range.start + label.len.min(range.len())));
        self.add(index, range);
        self.zone = match label.topic {
            // a structured abstract ends with its conclusion
            Topic::Part if ends_abstract(text) => None,
            Topic::Abstract | Topic::Part => {
                (label.alone || label.topic == Topic::Part || self.keywords_ahead(index))
                    .then_some(BlockKind::Abstract)
            }
            Topic::Contribution | Topic::Acknowledgement | Topic::Statement => label.alone.then_some(kind),
            Topic::Funding if !front => label.alone.then_some(kind),
            _ => None,
        };
        if !front
            && matches!(
                label.topic,
                Topic::Contribution | Topic::Acknowledgement | Topic::Statement | Topic::Funding
            )
        {
            self.back = true;
        }
        true
    }

    /// True when keywords follow soon: all up to them is abstract.
    fn keywords_ahead(&self, index: usize) -> bool {
        let mut paragraphs = 0;
        for at in index + 1..self.prepared.lines.len().min(index + 70) {
            if self.roles[at] != Role::Text || self.entries[at] != Entry::Outside || self.kinds[at].is_some()
            {
                continue;
            }
            let text = self.prepared.line(at);
            let line = &self.prepared.lines[at];
            match labels::find(text).map(|label| label.topic) {
                Some(Topic::Keywords) => return true,
                Some(Topic::Abstract) => return false,
                _ => {}
            }
            if headings::is_named(text) || matches!(line.hint, Hint::Heading(_)) {
                return false;
            }
            paragraphs += usize::from(line.width > PARAGRAPH);
            if paragraphs > 6 {
                return false;
            }
        }
        false
    }

    /// A heading begins a block; a run-in heading is cut from its paragraph.
    fn heading(&mut self, index: usize) -> bool {
        let prepared = self.prepared;
        let text = prepared.line(index);
        let line = &prepared.lines[index];
        let range = line.range.clone();
        let number = headings::number(text);
        if let Hint::Heading(level) = line.hint {
            // Markdown made from PDF gives every heading the same level: the number knows better
            let number = number.filter(|n| headings::is_heading_text(&text[n.skip..], 40) || n.level > 1);
            if let Some(number) = &number {
                self.sequence.take(number);
            }
            let level = number.map_or(level, |n| n.level.max(level.min(n.level + 2)).min(6));
            self.zone = None;
            self.start(index, BlockKind::Heading, level, number.map_or(0, |n| n.len));
            return true;
        }
        if !matches!(line.hint, Hint::None | Hint::Item(_)) {
            return self.second_heading_line(index);
        }
        // `3.1 …` that goes on with the numbers before it cuts even an open sentence
        let open = self.sentence_open(index);
        let lone = match line.hint {
            // `1. Introduction` is an ordered list of one to Markdown
            Hint::Item(_) => {
                let item = |at: usize| {
                    let line = self.prepared.lines.get(at);
                    line.is_some_and(|line| matches!(line.hint, Hint::Item(_)) || line.brk == Break::Soft)
                };
                let neighbour = item(index + 1) || index > 0 && item(index - 1);
                !neighbour && !text.ends_with('.')
            }
            _ => true,
        };
        if let Some(number) =
            number.filter(|_| lone).filter(|n| !open || n.level > 1 && n.style == headings::Style::Decimal)
        {
            let rest = &text[number.skip..];
            let fits = self.sequence.fits(&number);
            let clean = headings::is_heading_text(rest, line.width);
            let apart = number.level > 1 && rest.starts_with(|c: char| c.is_ascii_uppercase())
                || number.skip > number.len
                || rest.chars().next().is_some_and(is_han)
                || number.style != headings::Style::Decimal;
            let sure = number.level > 1 || number.style != headings::Style::Decimal || line.width < 70;
            if fits
                && !open
                && number.level > 1
                && let Some(cut) = run_in(rest)
            {
                self.sequence.take(&number);
                self.zone = None;
                let end = range.start + number.skip + cut;
                self.begin(BlockKind::Heading, number.level, Some(range.start..range.start + number.len));
                self.add(index, range.start..end);
                let rest = &prepared.text[end..range.end];
                let start = end + (rest.len() - rest.trim_start().len());
                self.begin(BlockKind::Paragraph, 0, None);
                self.add(index, start..range.end);
                return true;
            }
            if fits && clean && apart && sure && number.style != headings::Style::HanBracket {
                self.sequence.take(&number);
                self.zone = None;
                self.start(index, BlockKind::Heading, number.level, number.len);
                return true;
            }
        } else if headings::is_named(text) && self.zone.is_none() && !open {
            self.start(index, BlockKind::Heading, 1, 0);
            return true;
        }
        self.second_heading_line(index)
    }

    /// A heading that is as wide as the column goes on in a short second line.
    fn second_heading_line(&mut self, index: usize) -> bool {
        let line = &self.prepared.lines[index];
        let text = self.prepared.line(index);
        let Some(open) = &self.open else { return false };
        if open.kind != BlockKind::Heading || self.out.parts.len() - open.first > 1 || line.hint != Hint::None
        {
            return false;
        }
        let Some(last) = self.last_line() else { return false };
        if last.hint != Hint::None {
            return false;
        }
        // a heading's type is larger than the text's
        let wide = (last.width + first_word_width(text)) * 4 > self.column(index) * 3;
        let gap = line.brk <= Break::Line || self.layout.spaced && line.brk <= Break::Blank;
        if wide && gap && line.width * 10 < last.width * 9 && !ends_sentence(text) && !ends_open(text) {
            let range = line.range.clone();
            self.add(index, range);
            return true;
        }
        false
    }

    /// Columns of the text around a line: the median of the next lines.
    fn column(&self, index: usize) -> u32 {
        let mut widths: Vec<u32> = (index..self.prepared.lines.len())
            .filter(|&at| self.roles[at] == Role::Text)
            .take(7)
            .map(|at| self.prepared.lines[at].width)
            .collect();
        widths.sort_unstable();
        widths.get(widths.len() / 2).copied().unwrap_or(0)
    }

    /// True when a line goes on with the open block.
    fn continues(&self, index: usize) -> bool {
        let line = &self.prepared.lines[index];
        let text = self.prepared.line(index);
        let (Some(open), Some(last), Some(last_text)) = (&self.open, self.last_line(), self.last_text())
        else {
            return false;
        };
        if line.brk == Break::Soft {
            return !matches!(open.kind, BlockKind::Reference | BlockKind::ReferenceHeading);
        }
        if matches!(
            open.kind,
            BlockKind::Heading
                | BlockKind::ReferenceHeading
                | BlockKind::Title
                | BlockKind::Authors
                | BlockKind::Affiliation
                | BlockKind::Reference
        ) {
            return false;
        }
        if line.hint != Hint::None {
            return false;
        }
        let gap = self.last_part().is_some_and(|part| index - part.line > 1);
        let full = open.full;
        let prose = matches!(open.kind, BlockKind::Paragraph | BlockKind::Abstract | BlockKind::ListItem);
        let strong = matches!(line.brk, Break::Block) || line.brk == Break::Blank && !self.layout.spaced;
        let ended = ends_sentence(last_text);
        // whole paragraphs: only a sentence cut by a page break goes on
        let broken = || {
            prose
                && !ended
                && last.width >= 60.min(full * 8 / 10)
                && line.width >= 10
                && !bullet(text)
                && (ends_open(last_text)
                    || starts_inside(text)
                    || last.han > 10
                        && line.han > 10
                        && last_text.ends_with(is_wide)
                        && text.starts_with(is_han))
        };
        if strong || last.width > PARAGRAPH || self.prepared.markdown && line.brk != Break::Line {
            return broken() && (last.width >= 40);
        }
        if bullet(text) {
            return false;
        }
        if self.layout.indented && line.indent >= 2 && last.indent < line.indent && !gap {
            return !ended && starts_inside(text);
        }
        if !ended {
            if starts_inside(text) || ends_open(last_text) {
                return true;
            }
            // a short line that ends no sentence, before a line that begins one
            let short = last.width * 10 < full.max(self.next_width(index)) * 6;
            let begins = text.starts_with(|c: char| c.is_uppercase()) && !last_text.ends_with(is_wide);
            return !(short && begins)
                && (prose || line.brk == Break::Line || self.layout.spaced)
                && !(matches!(open.kind, BlockKind::FrontMatter | BlockKind::Keywords)
                    && last.width < 60
                    && !last_text.ends_with(is_wide));
        }
        if line.is_zh() != last.is_zh() && line.width.min(last.width) > 24 {
            return false;
        }
        let expected = if self.open_lines() > 1 { full } else { full.max(self.next_width(index)) };
        let short = (last.width + first_word_width(text)) * 100 < expected * 88;
        if starts_inside(text) && !text.starts_with(|c: char| c.is_ascii_lowercase()) {
            return true;
        }
        if matches!(open.kind, BlockKind::FrontMatter | BlockKind::Keywords) {
            return false;
        }
        !short
    }

    fn open_lines(&self) -> usize {
        self.open.as_ref().map_or(0, |open| self.out.parts.len() - open.first)
    }

    fn next_width(&self, index: usize) -> u32 {
        self.prepared.lines[index].width.min(PARAGRAPH)
    }

    /// In wrapped text a short line that is no sentence, between a paragraph's end and a paragraph's
    /// begin, is a heading.
    fn unnumbered_headings(&mut self) {
        if self.prepared.markdown || self.layout.unwrapped {
            return;
        }
        let body = &self.out.body;
        let lines = |draft: &Draft| draft.parts.len();
        let line = |draft: &Draft| &self.prepared.lines[self.out.parts[draft.parts.start].line];
        let mut found = Vec::new();
        for index in 1..body.len().saturating_sub(1) {
            let [before, here, after] = [&body[index - 1], &body[index], &body[index + 1]];
            let text = &self.prepared.text[self.out.parts[here.parts.start].range.clone()];
            let end = self.out.parts[before.parts.clone()]
                .last()
                .map_or("", |part| &self.prepared.text[part.range.clone()]);
            let fits = here.kind == BlockKind::Paragraph
                && lines(here) == 1
                && after.kind == BlockKind::Paragraph
                && lines(after) >= 2
                && (before.kind != BlockKind::Paragraph || ends_sentence(end) && lines(before) >= 2)
                && line(here).width * 10 < line(after).width * 8
                && line(here).letters + line(here).han * 2 >= 6
                && line(here).digits <= 2
                && !ends_sentence(text)
                && headings::is_heading_text(text, line(here).width);
            if fits {
                found.push(index);
            }
        }
        for index in found {
            self.out.body[index].kind = BlockKind::Heading;
            self.out.body[index].level = 2;
        }
    }

    /// Captions, tables, footnotes, furniture, code.
    fn asides(&mut self) {
        let mut index = 0;
        while index < self.roles.len() {
            let role = self.roles[index];
            let kind = match role {
                Role::Text => {
                    index += 1;
                    continue;
                }
                Role::Furniture => BlockKind::Furniture,
                Role::Caption | Role::CaptionMore => BlockKind::Caption,
                Role::Table => BlockKind::Table,
                Role::Code => BlockKind::Code,
                Role::Footnote => BlockKind::Footnote,
            };
            let first = self.out.parts.len();
            let start = index;
            loop {
                self.out.parts.push(Part { line: index, range: self.prepared.lines[index].range.clone() });
                index += 1;
                let more = index < self.roles.len()
                    && match self.roles[index] {
                        Role::CaptionMore => matches!(role, Role::Caption | Role::CaptionMore),
                        Role::Table | Role::Code => {
                            role == self.roles[index] && self.prepared.lines[index].brk < Break::Block
                        }
                        _ => false,
                    };
                if !more {
                    break;
                }
            }
            let text = self.prepared.line(start);
            let begin = self.prepared.lines[start].range.start;
            let marker = match kind {
                BlockKind::Caption => captions::caption(text).map(|len| begin..begin + len),
                BlockKind::Footnote => references::footnote_label(text).map(|len| begin..begin + len),
                _ => None,
            };
            self.out.aside.push(Draft { kind, level: 0, parts: first..self.out.parts.len(), marker });
        }
    }
}

/// The length of a run-in heading before its paragraph: `纳入标准 ①文章…`, without punctuation.
fn run_in(rest: &str) -> Option<usize> {
    if rest.starts_with(|c: char| c.is_ascii_uppercase()) {
        return run_in_en(rest);
    }
    rest.chars().next().filter(|&c| is_han(c))?;
    let mut chars = 0;
    for (at, c) in rest.char_indices() {
        if c == ' ' || c == '\u{3000}' {
            let tail = rest[at..].trim_start();
            let starts =
                tail.chars().next().is_some_and(|c| is_wide(c) || c.is_uppercase() || matches!(c, '①'..='⑳'));
            return (chars >= 2 && starts && tail.len() > 30).then_some(at);
        }
        chars += 1;
        if chars > 30 || matches!(c, '，' | '。' | '；' | '：' | ',' | ';' | ':') {
            return None;
        }
    }
    None
}

/// `Study Selection. All titles …`: words with capitals up to a full stop, then a sentence.
fn run_in_en(rest: &str) -> Option<usize> {
    let at = rest.char_indices().take(70).find(|&(at, c)| c == '.' && rest[at + 1..].starts_with(' '))?.0;
    let (title, tail) = (&rest[..at], rest[at + 1..].trim_start());
    let mut words = title.split(' ').filter(|word| word.len() > 3);
    let capitals = words.all(|word| word.starts_with(|c: char| !c.is_lowercase()));
    (at > 3 && capitals && tail.len() > 8 && tail.starts_with(char::is_uppercase)).then_some(at + 1)
}

/// The last part of a structured abstract.
fn ends_abstract(text: &str) -> bool {
    let text = text.trim_start_matches(['[', '【', '*', ' ']);
    let head: String = text.chars().take(24).collect::<String>().to_lowercase();
    head.starts_with("conclusion")
        || head.starts_with("结论")
        || head.starts_with("结果与结论")
        || head.contains("and conclusion")
}

/// A bullet that begins a block even inside an open sentence.
fn bullet(text: &str) -> bool {
    let mut chars = text.chars();
    matches!(chars.next(), Some('•' | '●' | '■' | '○' | '▪' | '◆' | '➢' | '✓'))
        || text.starts_with("- ")
        || text.starts_with("* ")
}

/// Bytes of a bullet or number at the start of a list item made by mark-up.
fn item_marker(text: &str) -> usize {
    let len = list_marker(text);
    if len > 0 {
        return len;
    }
    let mut chars = text.char_indices();
    match chars.next() {
        Some((_, '-' | '*' | '+' | '•')) => 1,
        Some((_, c)) if c.is_ascii_digit() => {
            let digits = text.bytes().take(9).take_while(u8::is_ascii_digit).count();
            if matches!(text.as_bytes().get(digits), Some(b'.' | b')')) { digits + 1 } else { 0 }
        }
        _ => 0,
    }
}

/// Bytes of a list marker at the start of a paragraph: `（1）`, `(a)`, `①`, `1)`, `•`.
fn list_marker(text: &str) -> usize {
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return 0 };
    match first {
        '①'..='⑳' | '•' | '●' | '■' | '○' | '▪' | '◆' | '➢' => first.len_utf8(),
        '-' | '*' if text[1..].starts_with(' ') => 1,
        '（' | '(' => {
            for (at, c) in chars.take(4) {
                if matches!(c, '）' | ')') {
                    return if at > first.len_utf8() { at + c.len_utf8() } else { 0 };
                }
                if !(c.is_ascii_digit() || c.is_ascii_lowercase() || "一二三四五六七八九十".contains(c))
                {
                    return 0;
                }
            }
            0
        }
        '0'..='9' => {
            let digits = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
            let rest = &text[digits..];
            if rest.starts_with(')') || rest.starts_with('）') {
                digits + rest.chars().next().map_or(0, char::len_utf8)
            } else {
                0
            }
        }
        _ => 0,
    }
}
