//! Markdown: structure from pulldown-cmark, text as the source has it, mark-up taken out.

mod inline;
mod lines;
mod links;

use super::prepared::{Break, Hint, Line, Piece, PieceKind, Prepared};
use super::{Reader, assemble, layout, plain};
use crate::document::{Document, Format, MarkKind};
use crate::source::Source;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// The reader of `.md`.
pub struct Markdown;

impl Reader for Markdown {
    fn format(&self) -> Format {
        Format::Markdown
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown", "mkd", "qmd", "rmd"]
    }

    fn read(&self, source: Source) -> Document {
        assemble(&source.text, prepare(&source.text), Format::Markdown).over(source)
    }
}

/// True when a text that is not called Markdown is written in it: several kinds of mark-up, or one
/// many times. Looks at the first 256 KB.
pub(super) fn sniff(text: &str) -> bool {
    let (mut headings, mut emphasis, mut rules, mut raised, mut tex) = (0, 0, 0, 0, 0);
    let mut seen = 0;
    for line in text.lines() {
        seen += line.len();
        if seen > 262_144 {
            break;
        }
        let line = line.trim();
        let hashes = line.bytes().take(7).take_while(|&b| b == b'#').count();
        headings += usize::from((1..=6).contains(&hashes) && line.as_bytes().get(hashes) == Some(&b' '));
        rules += usize::from(line.starts_with('|') && line.ends_with('|') && line.contains("---"));
        raised += usize::from(line.contains("<sup>") && line.contains("</sup>"));
        tex += usize::from(line.contains("$ ^ {") || line.contains("\\mathrm"));
        let mut stars = line.split('*');
        stars.next();
        let pair = stars.next().zip(stars.next()).is_some_and(|(inner, _)| {
            inner.len() > 3
                && inner.starts_with(char::is_alphanumeric)
                && inner.ends_with(|c: char| c.is_alphanumeric() || c == '.')
        });
        emphasis += usize::from(pair);
    }
    headings.min(3) + emphasis.min(3) + rules.min(2) * 2 + raised.min(2) * 2 + tex.min(2) * 2 >= 3
}

/// Cut Markdown into printed lines.
pub(super) fn prepare(text: &str) -> Prepared<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let parser = Parser::new_ext(text, options);
    // `[1]: https://…` may be an entry of the reference list, and pulldown-cmark swallows it
    let mut definitions: Vec<Range<usize>> = parser
        .reference_definitions()
        .iter()
        .filter(|(label, _)| {
            !label.is_empty() && label.len() <= 3 && label.bytes().all(|b| b.is_ascii_digit())
        })
        .map(|(_, definition)| definition.span.clone())
        .collect();
    definitions.sort_by_key(|range| std::cmp::Reverse(range.start));
    let mut walk = Walk::new(text, definitions);
    walk.links.define(text, parser.reference_definitions());
    for (event, range) in parser.into_offset_iter() {
        walk.event(event, range);
    }
    let mut prepared = walk.finish();
    // marks of extraction in print that was cut into lines, not paragraphs that somebody marked up
    prepared.markdown = !layout::is_printed(&prepared);
    prepared
}

struct Walk<'a> {
    source: &'a str,
    out: String,
    pieces: Vec<Piece>,
    lines: Vec<Line>,
    marks: Vec<(Range<usize>, MarkKind)>,
    /// Emphasis, links and superscripts that are open, and where they began.
    open: Vec<(MarkKind, usize)>,
    /// Where the current line began in `out`.
    line: usize,
    brk: Break,
    hint: Hint,
    lists: u8,
    /// Length of the text after the last printed item number.
    numbered: usize,
    /// Inside an image, whose words are not part of the text.
    image: usize,
    code: bool,
    footnote: bool,
    cell: bool,
    html: Option<usize>,
    /// Ends of shortcut links whose brackets stay.
    brackets: Vec<Option<usize>>,
    definitions: Vec<Range<usize>>,
    links: links::Links,
}

impl<'a> Walk<'a> {
    fn new(source: &'a str, definitions: Vec<Range<usize>>) -> Self {
        Self {
            source,
            out: String::with_capacity(source.len()),
            pieces: Vec::new(),
            lines: Vec::new(),
            marks: Vec::new(),
            open: Vec::new(),
            line: 0,
            brk: Break::Block,
            hint: Hint::None,
            lists: 0,
            numbered: usize::MAX,
            image: 0,
            code: false,
            footnote: false,
            cell: false,
            html: None,
            brackets: Vec::new(),
            definitions,
            links: links::Links::default(),
        }
    }

    fn finish(mut self) -> Prepared<'a> {
        self.end_line(Break::Block);
        while self.definition(usize::MAX) {}
        self.marks.extend(plain::raised(&self.out));
        self.marks.sort_by_key(|(range, _)| (range.start, range.end));
        Prepared {
            text: Cow::Owned(self.out),
            pieces: self.pieces,
            lines: self.lines,
            marks: self.marks,
            links: self.links.finish(),
            markdown: true,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.image > 0 {
            match event {
                Event::Start(Tag::Image { .. }) => self.image += 1,
                Event::End(TagEnd::Image) => self.image -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) if self.html.is_some() => self.html_text(&text, range),
            Event::Text(text) if self.code => self.code_text(&text, range),
            Event::Text(text) => self.text(&text, range),
            Event::Code(_) => {
                let start = self.out.len();
                self.replaced(range, "\u{fffc}", PieceKind::Replaced);
                self.marks.push((start..self.out.len(), MarkKind::Code));
            }
            Event::InlineMath(body) | Event::DisplayMath(body) => self.math(&body, range),
            Event::Html(text) => self.html_text(&text, range),
            Event::InlineHtml(tag) => {
                self.links.html(&tag, range.start);
                self.inline_html(&tag);
            }
            Event::FootnoteReference(_) => {
                let start = self.out.len();
                self.verbatim(range);
                self.marks.push((start..self.out.len(), MarkKind::Superscript));
            }
            Event::SoftBreak => self.end_line(Break::Soft),
            Event::HardBreak => self.end_line(Break::Line),
            Event::Rule => self.block(),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let block = !matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::TableCell
        );
        if block {
            while self.definition(range.start) {}
        }
        match tag {
            Tag::Paragraph
                if (!matches!(self.hint, Hint::Item(_) | Hint::Footnote)
                    || (self.out.len() > self.line && self.out.len() != self.numbered)) =>
            {
                self.end_line(Break::Blank);
                self.brk = self.brk.max(Break::Blank);
            }
            Tag::Heading { level, .. } => {
                self.block();
                self.hint = Hint::Heading(level as u8);
            }
            Tag::List(_) => {
                if !self.bare_marker(range.start) {
                    self.end_line(Break::Block);
                }
                self.lists = self.lists.saturating_add(1);
            }
            Tag::Item => {
                if !self.bare_marker(range.start) {
                    self.block();
                    self.hint = Hint::Item(self.lists);
                }
                self.marker(range);
            }
            Tag::FootnoteDefinition(_) => {
                self.block();
                self.hint = Hint::Footnote;
                self.footnote = true;
                let len = self.source.get(range.clone()).and_then(|text| text.find("]:"));
                if let Some(len) = len {
                    self.verbatim(range.start..range.start + len + 2);
                    self.inserted(" ");
                    self.numbered = self.out.len();
                }
            }
            Tag::CodeBlock(kind) => {
                self.block();
                self.code =
                    !matches!(kind, CodeBlockKind::Fenced(ref language) if &**language == "text-as-prose");
                self.hint = Hint::Code;
            }
            Tag::MetadataBlock(_) => {
                self.block();
                self.code = true;
                self.hint = Hint::Code;
            }
            Tag::HtmlBlock => {
                self.block();
                self.html = Some(0);
            }
            Tag::Table(_) => self.block(),
            Tag::TableHead | Tag::TableRow => {
                self.end_line(Break::Line);
                self.hint = Hint::Table;
                self.cell = false;
            }
            Tag::TableCell => {
                if self.cell {
                    self.inserted("\t");
                }
                self.cell = true;
            }
            Tag::BlockQuote(_) => self.block(),
            Tag::Emphasis | Tag::Strong => self.open.push((MarkKind::Emphasis, self.out.len())),
            Tag::Superscript => self.open.push((MarkKind::Superscript, self.out.len())),
            Tag::Subscript => self.open.push((MarkKind::Subscript, self.out.len())),
            Tag::Link { link_type, dest_url, .. } => {
                self.links.add(self.source, link_type, &dest_url, range.clone());
                let inner = self.source.get(range.start + 1..range.end.saturating_sub(1)).unwrap_or_default();
                let number = matches!(link_type, LinkType::Shortcut)
                    && inner.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'-' | b' '));
                if number {
                    self.verbatim(range.start..range.start + 1);
                }
                self.brackets.push(number.then_some(range.end));
                self.open.push((MarkKind::Link, self.out.len()));
            }
            Tag::Image { .. } => self.image = 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => self.end_line(Break::Blank),
            TagEnd::Heading(_) | TagEnd::Item | TagEnd::HtmlBlock | TagEnd::Table | TagEnd::BlockQuote(_) => {
                self.html = None;
                self.block();
            }
            TagEnd::List(_) => {
                self.lists = self.lists.saturating_sub(1);
                self.block();
            }
            TagEnd::FootnoteDefinition => {
                self.footnote = false;
                self.block();
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => {
                self.code = false;
                self.block();
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_line(Break::Line),
            TagEnd::Emphasis | TagEnd::Strong => self.close(MarkKind::Emphasis),
            TagEnd::Superscript => self.close(MarkKind::Superscript),
            TagEnd::Subscript => self.close(MarkKind::Subscript),
            TagEnd::Link => {
                self.close(MarkKind::Link);
                if self.brackets.pop().flatten().is_some() {
                    self.verbatim(range.end - 1..range.end);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, kind: MarkKind) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| *open == kind) {
            let (_, start) = self.open.remove(at);
            if start < self.out.len() {
                self.marks.push((start..self.out.len(), kind));
            }
        }
    }

    /// `7. 1. 2 Title` is no list in a list in a list: true when the line holds only item numbers so
    /// far and goes on at `start`.
    fn bare_marker(&self, start: usize) -> bool {
        let line = self.out[self.line..].trim();
        let end = self.pieces.last().map_or(0, |piece| piece.source.end);
        !line.is_empty()
            && line.len() < 12
            && line.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b')' | b' '))
            && matches!(self.hint, Hint::Item(_))
            && start >= end
            && start - end <= 2
            && self.source.get(end..start).is_some_and(|gap| !gap.contains('\n'))
    }

    /// A numbered item keeps its number, since it may be a reference entry; a bullet goes.
    fn marker(&mut self, range: Range<usize>) {
        let Some(item) = self.source.get(range.clone()) else { return };
        let lead = item.len() - item.trim_start().len();
        let digits = item.bytes().skip(lead).take(9).take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            self.verbatim(range.start + lead..range.start + lead + digits + 1);
            self.inserted(" ");
            // the paragraph of a loose item goes on the line of its number
            self.numbered = self.out.len();
        }
    }

    fn code_text(&mut self, text: &str, range: Range<usize>) {
        if self.source.get(range.clone()) != Some(text) {
            return;
        }
        let mut start = range.start;
        for part in text.split_inclusive('\n') {
            let line = part.trim_end_matches(['\n', '\r']);
            self.verbatim(start..start + line.len());
            start += part.len();
            if part.len() > line.len() {
                self.end_line(Break::Line);
                self.hint = Hint::Code;
            }
        }
    }
}
