//! Names of field knowledge in the prose: markers, their classes, processes and cell lines.

use crate::document::{Span, is_han};
use crate::finding::Localised;
use serde::Deserialize;
use std::collections::HashMap;

/// A factor or marker; the first name is the usual one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkerRecord {
    /// Printed names.
    pub names: Vec<String>,
}

/// A class that texts sort markers into.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkerClass {
    /// Stable name.
    pub id: String,
    /// Its name in both languages.
    pub name: Localised,
    /// Words that announce it in a text; English ones may take a plural s.
    #[serde(default)]
    pub words: Vec<String>,
    /// Usual names of its members.
    pub members: Vec<String>,
    /// Classes whose members cannot stand under its words.
    #[serde(default)]
    pub against: Vec<String>,
    /// True when its members rise and fall as one.
    #[serde(default)]
    pub together: bool,
    /// Words that say another reading is meant.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// A process and the markers that rise or fall with it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// Stable name.
    pub id: String,
    /// Its name in both languages.
    pub name: Localised,
    /// Words for it.
    pub words: Vec<String>,
    /// Markers that rise with it.
    #[serde(default)]
    pub up: Vec<String>,
    /// Markers that fall when it rises.
    #[serde(default)]
    pub down: Vec<String>,
}

/// A kind of cell.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellKind {
    /// Stable name.
    pub id: String,
    /// Its name in both languages.
    pub name: Localised,
    /// Words for it.
    pub words: Vec<String>,
}

/// A species that cell lines come from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellSpecies {
    /// Stable name.
    pub id: String,
    /// Its name in both languages.
    pub name: Localised,
    /// Words for it.
    pub words: Vec<String>,
}

/// A cell line.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellLine {
    /// Printed names.
    pub names: Vec<String>,
    /// The species it comes from.
    pub species: String,
    /// Kinds of cell it may be called.
    pub kinds: Vec<String>,
}

/// What a name stands for: an index into its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// A marker.
    Marker(u16),
    /// The word of a class.
    Class(u16),
    /// The word of a process.
    Process(u16),
    /// A cell line.
    Line(u16),
}

/// A name in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Where.
    pub span: Span,
    /// What.
    pub what: What,
}

/// The tables and what finds their names.
#[derive(Debug, Default)]
pub struct NameTable {
    /// Markers.
    pub markers: Vec<MarkerRecord>,
    /// Classes.
    pub classes: Vec<MarkerClass>,
    /// Processes.
    pub processes: Vec<Process>,
    /// Kinds of cell.
    pub kinds: Vec<CellKind>,
    /// Species of cell lines.
    pub species: Vec<CellSpecies>,
    /// Cell lines.
    pub lines: Vec<CellLine>,
    /// Printed forms by their head, the longest first.
    forms: HashMap<u64, Vec<Form>>,
    /// A bit for every beginning that a form has, one for forms of two letters, and one for the first Han
    /// character: few places of a text have one.
    begins: [Vec<u64>; 3],
    members: HashMap<String, u16>,
}

impl NameTable {
    /// Make ready to find; call after all files are read.
    pub(super) fn index(&mut self) {
        let mut patterns: Vec<String> = Vec::new();
        let mut of = Vec::new();
        let mut add = |word: &str, what: What| {
            for form in forms(word) {
                let exact = form.chars().any(|c| c.is_ascii_uppercase()) && !matches!(what, What::Class(_));
                patterns.push(form);
                of.push((what, exact));
            }
        };
        for (n, line) in self.lines.iter().enumerate() {
            line.names.iter().for_each(|name| add(name, What::Line(index(n))));
        }
        for (n, marker) in self.markers.iter().enumerate() {
            marker.names.iter().for_each(|name| add(name, What::Marker(index(n))));
        }
        for (n, class) in self.classes.iter().enumerate() {
            class.words.iter().for_each(|word| add(word, What::Class(index(n))));
        }
        for (n, process) in self.processes.iter().enumerate() {
            process.words.iter().for_each(|word| add(word, What::Process(index(n))));
        }
        self.members = self
            .markers
            .iter()
            .enumerate()
            .filter_map(|(n, marker)| Some((marker.names.first()?.clone(), index(n))))
            .collect();
        self.begins = [vec![0; 1 << 10], vec![0; 1 << 10], vec![0; 1 << 10]];
        self.forms.clear();
        for (text, (what, exact)) in patterns.into_iter().zip(of) {
            let bytes = text.as_bytes();
            let length = if bytes.first().is_some_and(u8::is_ascii) { bytes.len().min(LATIN) } else { OTHER };
            let (Some(bit), Some(head)) = (begin(bytes, length == 2), head(bytes, length)) else { continue };
            self.begins[usize::from(length == 2)][bit >> 6] |= 1 << (bit & 63);
            if let [0xE0..0xF0, b, c, ..] = bytes {
                let first = character(bytes[0], *b, *c);
                self.begins[2][first >> 6] |= 1 << (first & 63);
            }
            self.forms.entry(head).or_default().push(Form { text, what, exact });
        }
        for forms in self.forms.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.text.len()));
        }
    }

    /// Adds the names in `text`, which starts at `offset` of the document, in order. Latin names are looked for at
    /// the first letter of a word only; a look at the head of a place rules nearly all places out.
    pub fn scan(&self, text: &str, offset: usize, out: &mut Vec<Named>) {
        if self.forms.is_empty() {
            return;
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at).copied() {
            let word = byte.is_ascii_alphanumeric();
            if !word && byte < 0x80 {
                at += 1;
                continue;
            }
            if self.begins(&bytes[at..])
                && let Some(named) = self.longest(text, at)
            {
                out.push(Named { span: named.span.shift(offset), what: named.what });
                at = named.span.end;
                continue;
            }
            at += match byte {
                _ if word => bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count(),
                0xC0..0xE0 => 2,
                0xE0..0xF0 => 3,
                0xF0.. => 4,
                _ => 1,
            };
        }
    }

    /// True when a form may begin here.
    fn begins(&self, rest: &[u8]) -> bool {
        let has = |table: usize, bit: Option<usize>| {
            bit.is_some_and(|bit| {
                self.begins[table].get(bit >> 6).is_some_and(|bits| bits >> (bit & 63) & 1 == 1)
            })
        };
        match rest {
            [0xE0..0xF0, b, c, ..] => {
                let first = character(rest[0], *b, *c);
                has(2, Some(first)) && has(0, begin(rest, false))
            }
            [0..0x80, ..] => has(0, begin(rest, false)) || has(1, begin(rest, true)),
            _ => has(0, begin(rest, false)),
        }
    }

    /// The longest form at a place.
    fn longest(&self, text: &str, at: usize) -> Option<Named> {
        let rest = &text.as_bytes()[at..];
        let lengths = if rest.first()?.is_ascii() { 2..=LATIN } else { OTHER..=OTHER };
        lengths.rev().find_map(|length| {
            let forms = self.forms.get(&head(rest, length)?)?;
            forms.iter().find_map(|form| {
                let here = rest.get(..form.text.len())?;
                let span = Span::new(at, at + form.text.len());
                let fits = here.last()?.eq_ignore_ascii_case(form.text.as_bytes().last()?)
                    && here.eq_ignore_ascii_case(form.text.as_bytes())
                    && alone(text, span, form.what)
                    && (!form.exact || has_capital(&text[span.range()]));
                fits.then_some(Named { span, what: form.what })
            })
        })
    }

    /// The marker of a usual name.
    pub fn marker(&self, name: &str) -> Option<u16> {
        self.members.get(name).copied()
    }

    /// The usual name of a marker.
    pub fn marker_name(&self, marker: u16) -> &str {
        let record = self.markers.get(usize::from(marker));
        record.and_then(|record| record.names.first()).map_or("", String::as_str)
    }

    /// True when a list of usual names holds the marker.
    pub fn holds(&self, names: &[String], marker: u16) -> bool {
        names.iter().any(|name| name == self.marker_name(marker))
    }

    /// The class whose words class `announced` excludes for this marker.
    pub fn opposed(&self, announced: u16, marker: u16) -> Option<&MarkerClass> {
        let class = self.classes.get(usize::from(announced))?;
        if self.holds(&class.members, marker) {
            return None;
        }
        self.classes
            .iter()
            .find(|other| class.against.contains(&other.id) && self.holds(&other.members, marker))
    }
}

/// A printed form of a name.
#[derive(Debug)]
struct Form {
    text: String,
    what: What,
    /// Its capitals must be printed.
    exact: bool,
}

/// Bytes in the head of a Latin form, and of another one.
const LATIN: usize = 5;
const OTHER: usize = 6;

/// A character of three bytes.
fn character(a: u8, b: u8, c: u8) -> usize {
    usize::from(a & 0x0F) << 12 | usize::from(b & 0x3F) << 6 | usize::from(c & 0x3F)
}

/// Where the beginning of a place is looked up: three Latin letters (two for forms that have no more), or the
/// first bytes of another form. Sixteen bits.
fn begin(bytes: &[u8], short: bool) -> Option<usize> {
    let length = match bytes.first()? {
        0..0x80 if short => 2,
        0..0x80 => 3,
        _ => OTHER,
    };
    let packed = bytes.get(..length)?.iter().fold(0u64, |sum, byte| sum << 8 | u64::from(byte | 0x20));
    Some((packed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48) as usize)
}

/// The first bytes, letters in lower case, packed.
fn head(bytes: &[u8], length: usize) -> Option<u64> {
    let head = bytes.get(..length)?;
    Some(head.iter().fold(length as u64, |sum, byte| sum << 8 | u64::from(byte.to_ascii_lowercase())))
}

fn index(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// The printed forms of a name: its hyphens as other dashes or left out, `α` spelt `alpha` is in the table.
fn forms(word: &str) -> Vec<String> {
    let mut out = vec![word.to_owned()];
    if word.contains('-') {
        out.extend(["−", "–", "‐", "‑"].iter().map(|dash| word.replace('-', dash)));
        // IL10, HCT116; never NO or words that lose their sense
        if word.is_ascii() && word.bytes().any(|b| b.is_ascii_digit()) && !word.contains(' ') {
            out.push(word.replacen('-', "", 1));
        }
    }
    out
}

fn has_capital(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// True when no letter is glued to either side. A marker that only describes another word
/// (`anti-TNF-α`, `IL-1β-induced`, `TNF-α受体`) does not count.
fn alone(text: &str, span: Span, what: What) -> bool {
    let latin = |c: char| c.is_alphanumeric() && !is_han(c);
    let left = text[..span.start].chars().next_back();
    let right = text[span.end..].chars().next();
    let word = &text[span.range()];
    let edge = |c: Option<char>| c.is_some_and(latin);
    if edge(word.chars().next()) && (edge(left) || left == Some('-')) {
        return false;
    }
    let last = word.chars().next_back();
    if edge(last) && edge(right) {
        // a plural s
        let more = text[span.end..].strip_prefix('s').filter(|_| !matches!(what, What::Marker(_)));
        return more.is_some_and(|more| !edge(more.chars().next()));
    }
    if matches!(what, What::Marker(_)) {
        let rest = &text[span.end..];
        let hyphen = rest.strip_prefix(['-', '−', '–', '‐']);
        return left != Some('抗')
            && !hyphen.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
            && !OF_ANOTHER.iter().any(|word| rest.starts_with(word));
    }
    true
}

/// Right after a name: something else is spoken of.
const OF_ANOTHER: &[&str] = &[
    "受体",
    "抑制剂",
    "抗体",
    "拮抗剂",
    "激动剂",
    "单抗",
    "酶抑制",
    "缺陷",
    "缺失",
    "敲除",
    " receptor",
    " inhibitor",
    " antibod",
    " antagonist",
    " agonist",
    " deficien",
    " knock",
    " synthase",
    " convertase",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_names() {
        let mut table = NameTable::default();
        for names in [&["IL-1"][..], &["IL-10", "IL）-10"], &["Ⅱ型胶原"], &["α-SMA"]] {
            table.markers.push(MarkerRecord { names: names.iter().map(|name| (*name).to_owned()).collect() });
        }
        table.index();
        let mut out = Vec::new();
        let text = "分泌IL-10、IL−1、（interleukin，IL）-10和Ⅱ型胶原、α-SMA；IL-12、anti-IL-10、é";
        table.scan(text, 0, &mut out);
        let found: Vec<&str> = out.iter().map(|named| &text[named.span.range()]).collect();
        assert_eq!(found, ["IL-10", "IL−1", "IL）-10", "Ⅱ型胶原", "α-SMA"]);
        assert!(out.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    }
}
