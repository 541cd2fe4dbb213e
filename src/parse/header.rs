//! The YAML header of a Markdown text: title, authors, affiliations.
//!
//! Read line by line, as the header is one block of code in the logical text: keys that papers use, a value on the
//! line of its key or, after `|` and `>`, on the lines below. Anything else is passed over. Linear.

use crate::document::{Block, BlockKind, Document, Format, Span};

/// What a header holds.
#[derive(Debug, Default)]
pub struct Header {
    /// The blocks it stands in.
    pub spans: Vec<Span>,
    /// Title, subtitle and abstract.
    pub prose: Vec<Span>,
    /// Authors, in order.
    pub authors: Vec<Author>,
    /// Affiliations, in order.
    pub affiliations: Vec<Affiliation>,
    /// The date.
    pub date: Option<Span>,
    /// True when authors carry lists of their own, which are not read.
    pub nested: bool,
}

/// An author.
#[derive(Debug, Clone, Default)]
pub struct Author {
    /// The name.
    pub name: Span,
    /// From the name to the last line about the author.
    pub whole: Span,
    /// What stands after `affiliation:`.
    pub affiliation: Option<Span>,
}

/// An affiliation.
#[derive(Debug, Clone, Default)]
pub struct Affiliation {
    /// The institution.
    pub name: Option<Span>,
    /// What stands after `index:`.
    pub index: Option<Span>,
}

impl Header {
    /// True for a place inside the header.
    pub fn holds(&self, offset: usize) -> bool {
        self.spans.iter().any(|span| span.start <= offset && offset < span.end)
    }
}

/// The list that a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    None,
    Authors,
    Affiliations,
    /// Lines of a text that began with `|` or `>`.
    Text(bool),
}

/// The header of a document; none where there is none.
pub fn header(document: &Document) -> Option<Header> {
    let source = &document.source().text;
    if document.format() != Format::Markdown || !source.starts_with("---") {
        return None;
    }
    let close = ["\n---", "\n..."].iter().filter_map(|mark| source[3..].find(mark)).min()? + 3;
    let inside = |block: &&Block| {
        let start = || document.to_source(block.span).first().map_or(usize::MAX, |place| place.start);
        block.kind == BlockKind::Code && start() < close
    };
    let mut header = Header::default();
    let mut list = List::None;
    for block in document.blocks().iter().filter(inside) {
        header.spans.push(block.span);
        let mut start = block.span.start;
        for line in document.slice(block.span).split('\n') {
            let place = document.to_source(Span::new(start, start)).first().map_or(0, |place| place.start);
            let top = source[..place].ends_with('\n');
            header.line(line, start, top, &mut list);
            start += line.len() + 1;
        }
    }
    (!header.spans.is_empty()).then_some(header)
}

impl Header {
    fn line(&mut self, line: &str, start: usize, top: bool, list: &mut List) {
        let trimmed = line.trim_start();
        if trimmed.starts_with('#') {
            return;
        }
        let item = trimmed.strip_prefix("- ").map(str::trim_start);
        let body = item.unwrap_or(trimmed);
        let at = start + line.len() - body.len();
        let end = at + body.trim_end().len();
        let Some((key, value)) = key(body) else {
            match *list {
                List::Text(true) if !body.is_empty() => self.prose.push(Span::new(at, end)),
                List::Authors if item.is_some() => self.author(unquoted(body, at)),
                _ => {}
            }
            return;
        };
        let value = unquoted(&body[value..], at + value);
        let long = |span: Span| matches!(&line[span.start - start..], "|" | ">" | "|-" | ">-" | "|+" | ">+");
        match key {
            "title" | "subtitle" | "abstract" | "summary" | "description" => {
                *list = if value.is_empty() || long(value) { List::Text(true) } else { List::None };
                if *list == List::None {
                    self.prose.push(value);
                }
            }
            "author" | "authors" if item.is_none() => {
                *list = List::Authors;
                if !value.is_empty() && !line[value.start - start..].starts_with(['[', '{']) {
                    self.author(value);
                }
            }
            "affiliations" if top && item.is_none() => *list = List::Affiliations,
            // each author's own
            "affiliations" => {
                self.nested = true;
                *list = List::None;
            }
            "name" if *list == List::Authors => self.author(value),
            "name" if *list == List::Affiliations => match self.affiliations.last_mut() {
                Some(last) if item.is_none() && last.name.is_none() => last.name = Some(value),
                _ => self.affiliations.push(Affiliation { name: Some(value), index: None }),
            },
            "index" if *list == List::Affiliations => match self.affiliations.last_mut() {
                Some(last) if item.is_none() && last.index.is_none() => last.index = Some(value),
                _ => self.affiliations.push(Affiliation { name: None, index: Some(value) }),
            },
            "date" => {
                *list = List::None;
                self.date = Some(value);
            }
            "affiliation" if *list == List::Authors => {
                if let Some(author) = self.authors.last_mut() {
                    author.affiliation = Some(value);
                    author.whole.end = end;
                }
            }
            "orcid" | "email" | "corresponding" | "equal-contrib" | "given-names" | "surname" | "city"
            | "country" | "department" | "ror" | "footnote" | "url" => {
                if let Some(author) = self.authors.last_mut().filter(|_| *list == List::Authors) {
                    author.whole.end = end;
                }
            }
            _ => *list = List::None,
        }
    }

    fn author(&mut self, name: Span) {
        if !name.is_empty() {
            self.authors.push(Author { name, whole: name, affiliation: None });
        }
    }
}

/// A key of small letters before a colon, and where its value begins.
fn key(body: &str) -> Option<(&str, usize)> {
    let length =
        body.bytes().take(24).take_while(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'_')).count();
    let rest = body[length..].strip_prefix(':')?;
    (length > 0 && (rest.is_empty() || rest.starts_with(' '))).then(|| (&body[..length], length + 1))
}

/// A value without quotes around it, and without a comment.
fn unquoted(text: &str, base: usize) -> Span {
    let lead = text.len() - text.trim_start().len();
    let inner = text.trim();
    let base = base + lead;
    for quote in ['"', '\''] {
        if let Some(rest) = inner.strip_prefix(quote) {
            let length = rest.rfind(quote).unwrap_or(rest.len());
            return Span::new(base + 1, base + 1 + length);
        }
    }
    let length = inner.find(" #").unwrap_or(inner.len());
    Span::new(base, base + inner[..length].trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format;

    #[test]
    fn headers_are_read_line_by_line() {
        let text = "---\ntitle: 'A tool: fast'\nauthors:\n  - name: Jane Doe # first\n    orcid: 1\n    affiliation: \"1, 2\"\n  - Max Power\naffiliations:\n - name: Some University\n   index: 1\n - index: 2\n   name: \"Other\"\ndate: 2 May 2021\nabstract: |\n  One two.\n  Three.\nbibliography: x.bib\n---\n\n# Summary\n\nText.\n";
        let document = format::read_text("a.md", text);
        let header = header(&document).unwrap();
        let show = |span: Span| document.slice(span);
        assert_eq!(
            header.prose.iter().map(|s| show(*s)).collect::<Vec<_>>(),
            ["A tool: fast", "One two.", "Three."]
        );
        let names: Vec<&str> = header.authors.iter().map(|a| show(a.name)).collect();
        assert_eq!(names, ["Jane Doe", "Max Power"]);
        assert_eq!(header.authors[0].affiliation.map(show), Some("1, 2"));
        let places: Vec<_> =
            header.affiliations.iter().map(|a| (a.name.map(show), a.index.map(show))).collect();
        assert_eq!(places, [(Some("Some University"), Some("1")), (Some("Other"), Some("2"))]);
        assert_eq!(header.date.map(show), Some("2 May 2021"));
        assert!(super::header(&format::read_text("a.md", "# T\n\ntitle: x\n")).is_none());
    }
}
