//! Our own codespan files: a few excerpt windows of a document, under true line and column numbers.

use super::clean;
use crate::document::{ExcerptLine, Place, Range};
use codespan_reporting::files::{Error, Files};
use std::collections::BTreeMap;
use std::ops::Range as Bytes;

/// Widest window of one line, in terminal columns; a label longer than this is cut.
const WIDTH: usize = 100;
/// Columns kept before a label when a line is clipped.
const BEFORE: usize = 36;

/// The files of one diagnostic.
#[derive(Default)]
pub struct Snippets {
    files: Vec<Snippet>,
}

struct Snippet {
    path: String,
    name: String,
    text: String,
    lines: Vec<Line>,
}

/// A window of one line, as shown.
struct Line {
    number: usize,
    /// Index given to codespan: one apart for neighbours, three where lines are left out.
    index: usize,
    shown: Bytes<usize>,
    /// `(byte in the shown text, byte in the source, column in the source)` of every character.
    map: Vec<(usize, usize, usize)>,
}

/// A stretch of the source that must be visible.
#[derive(Clone)]
struct Wanted {
    line: usize,
    bytes: Bytes<usize>,
}

impl Snippets {
    /// Snippets that show all these places.
    pub fn new(places: &[&Place]) -> Self {
        let mut by_path: Vec<(&str, Vec<&Place>)> = Vec::new();
        for place in places {
            match by_path.iter_mut().find(|(path, _)| *path == &*place.path) {
                Some((_, list)) => list.push(place),
                None => by_path.push((&place.path, vec![place])),
            }
        }
        Self { files: by_path.into_iter().map(|(path, places)| Snippet::new(path, &places)).collect() }
    }

    /// The file of a path and the shown bytes of a range in it; `None` when no window holds its start.
    pub fn locate(&self, path: &str, range: &Range) -> Option<(usize, Bytes<usize>)> {
        let file = self.files.iter().position(|file| file.path == path)?;
        let snippet = &self.files[file];
        let line = snippet.lines.iter().find(|line| {
            line.number == range.start.line
                && line.first_byte() <= range.start.byte
                && range.start.byte <= line.last_byte()
        })?;
        let start = line.to_shown(range.start.byte);
        // A label never runs over its line: codespan would draw a frame around lines it has not got.
        let end =
            if range.end.line == range.start.line { line.to_shown(range.end.byte) } else { line.shown.end };
        Some((file, start..end.max(start)))
    }
}

impl Snippet {
    fn new(path: &str, places: &[&Place]) -> Self {
        let mut wanted: Vec<Wanted> = Vec::new();
        let mut windows: BTreeMap<usize, Vec<&ExcerptLine>> = BTreeMap::new();
        for place in places {
            for line in &place.excerpt.lines {
                windows.entry(line.number).or_default().push(line);
            }
            for range in &place.segments {
                let end = if range.end.line == range.start.line { range.end.byte } else { usize::MAX };
                wanted.push(Wanted { line: range.start.line, bytes: range.start.byte..end });
            }
        }
        wanted.sort_by_key(|w| (w.line, w.bytes.start, w.bytes.end));
        let mut snippet = Self {
            path: path.to_owned(),
            name: clean::line(path).into_owned(),
            text: String::new(),
            lines: Vec::new(),
        };
        for (number, excerpts) in windows {
            let labels: Vec<&Wanted> = wanted.iter().filter(|w| w.line == number).collect();
            for window in clip(&excerpts, &labels) {
                snippet.add(number, &window);
            }
        }
        snippet
    }

    fn add(&mut self, number: usize, window: &Window) {
        let start = self.text.len();
        let mut map = Vec::with_capacity(window.text.len());
        if window.cut_before {
            self.text.push('…');
        }
        let mut column = window.skipped + 1;
        for (at, c) in window.text.char_indices() {
            map.push((self.text.len(), window.byte + at, column));
            clean::push(&mut self.text, c);
            column += 1;
        }
        map.push((self.text.len(), window.byte + window.text.len(), column));
        if window.cut_after {
            self.text.push('…');
        }
        let shown = start..self.text.len();
        self.text.push('\n');
        let index = match self.lines.last() {
            Some(last) if last.number + 1 >= number => last.index + 1,
            Some(last) => last.index + 3,
            None => 0,
        };
        self.lines.push(Line { number, index, shown, map });
    }
}

impl Line {
    fn first_byte(&self) -> usize {
        self.map.first().map_or(0, |m| m.1)
    }

    fn last_byte(&self) -> usize {
        self.map.last().map_or(0, |m| m.1)
    }

    /// Shown byte of a source byte, held inside the window.
    fn to_shown(&self, byte: usize) -> usize {
        let next = self.map.partition_point(|m| m.1 < byte);
        self.map.get(next).or(self.map.last()).map_or(self.shown.start, |m| m.0)
    }

    /// True column of a shown byte.
    fn column(&self, shown: usize) -> usize {
        let next = self.map.partition_point(|m| m.0 < shown);
        self.map.get(next).or(self.map.last()).map_or(1, |m| m.2)
    }
}

/// A clipped stretch of a line.
struct Window<'a> {
    skipped: usize,
    byte: usize,
    text: &'a str,
    cut_before: bool,
    cut_after: bool,
}

/// The windows of one line: around each label, those that meet in one, none wider than [`WIDTH`]
/// unless several labels ask for it.
fn clip<'a>(excerpts: &[&'a ExcerptLine], labels: &[&Wanted]) -> Vec<Window<'a>> {
    let mut windows: Vec<(&ExcerptLine, Bytes<usize>)> = Vec::new();
    for label in labels {
        let holds =
            |e: &&&ExcerptLine| e.byte <= label.bytes.start && label.bytes.start <= e.byte + e.text.len();
        let Some(&excerpt) = excerpts.iter().find(holds) else { continue };
        let bytes = around(excerpt, &label.bytes);
        // Labels come in order of place, so a window can only meet the one before it.
        match windows.last_mut() {
            Some((last, range)) if std::ptr::eq(*last, excerpt) && bytes.start <= range.end => {
                range.end = range.end.max(bytes.end);
            }
            Some((last, range)) if last.byte + range.end > excerpt.byte + bytes.start => {
                // The same line in another excerpt: never show a character twice.
                let from = (last.byte + range.end).saturating_sub(excerpt.byte).min(excerpt.text.len());
                if excerpt.text.is_char_boundary(from) && from < bytes.end {
                    windows.push((excerpt, from..bytes.end));
                }
            }
            _ => windows.push((excerpt, bytes)),
        }
    }
    windows
        .into_iter()
        .map(|(excerpt, range)| Window {
            skipped: excerpt.skipped + excerpt.text[..range.start].chars().count(),
            byte: excerpt.byte + range.start,
            cut_before: excerpt.skipped > 0 || range.start > 0,
            cut_after: range.end < excerpt.text.len(),
            text: &excerpt.text[range],
        })
        .collect()
}

/// Bytes of an excerpt shown around a label: all when it is short, else [`WIDTH`] columns.
fn around(excerpt: &ExcerptLine, label: &Bytes<usize>) -> Bytes<usize> {
    let text = excerpt.text.as_str();
    if width(text) <= WIDTH {
        return 0..text.len();
    }
    let from = label.start.saturating_sub(excerpt.byte).min(text.len());
    let from = (0..=from).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let mut start = from;
    let mut columns = 0;
    for (at, c) in text[..from].char_indices().rev() {
        columns += char_width(c);
        if columns > BEFORE {
            break;
        }
        start = at;
    }
    let mut columns = 0;
    let mut end = text.len();
    for (at, c) in text[start..].char_indices() {
        columns += char_width(c);
        if columns > WIDTH {
            end = start + at;
            break;
        }
    }
    start..end
}

fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Near enough for choosing a window: Han, kana, hangul and full-width forms are wide.
fn char_width(c: char) -> usize {
    if matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}')
    {
        2
    } else {
        1
    }
}

impl Snippets {
    fn file(&self, id: usize) -> Result<&Snippet, Error> {
        self.files.get(id).ok_or(Error::FileMissing)
    }

    fn line(&self, id: usize, index: usize) -> Result<&Line, Error> {
        let lines = &self.file(id)?.lines;
        let max = lines.last().map_or(0, |line| line.index);
        lines.iter().find(|line| line.index == index).ok_or(Error::LineTooLarge { given: index, max })
    }
}

impl<'a> Files<'a> for Snippets {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.file(id)?.name)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.file(id)?.text)
    }

    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, Error> {
        let lines = &self.file(id)?.lines;
        let next = lines.partition_point(|line| line.shown.end < byte);
        lines.get(next).or(lines.last()).map(|line| line.index).ok_or(Error::FileMissing)
    }

    fn line_number(&'a self, id: usize, index: usize) -> Result<usize, Error> {
        Ok(self.line(id, index)?.number)
    }

    fn column_number(&'a self, id: usize, index: usize, byte: usize) -> Result<usize, Error> {
        Ok(self.line(id, index)?.column(byte))
    }

    fn line_range(&'a self, id: usize, index: usize) -> Result<Bytes<usize>, Error> {
        Ok(self.line(id, index)?.shown.clone())
    }
}
