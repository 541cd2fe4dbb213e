//! Which entry a citation by author and year stands for.
//!
//! Forgiving by design: capitals, accents, particles, compound surnames and pinyin do not count, a later
//! author of an entry may be named, and a surname that stands with the year anywhere in the list's text
//! is enough: what is reported as missing must be missing beyond doubt.

use super::compare::{Match, compare, fold};
use super::dated::{Dated, Reader};
use super::keys::{keys, name_keys, words_of};
use super::names::{Names, NamesKind};
use crate::document::{BlockKind, Document, Zone, is_han};
use crate::parse::mask::Masks;
use crate::parse::metadata::{self, pinyin};
use crate::parse::reference::{Entry, NameKind, Numbering, References};
use crate::parse::{Data, reference};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

/// Most bytes of an entry's text that are read for words.
const ENTRY: usize = 3_000;
/// Most entries of one year that a spelling is compared with.
const SAME_YEAR: usize = 400;
/// Fewest lone names before a year that find their entry and so make a habit.
const HABIT: usize = 3;

/// What a citation was found to stand for; numbers count the entries of all lists.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Link {
    /// Not looked for.
    Open,
    /// Entries with this first author and year; more than one when they cannot be told apart.
    Entries(Vec<usize>),
    /// An entry that holds name and year somewhere.
    Loose(Vec<usize>),
    /// An entry of this year whose first author differs by some letters.
    Spelling(usize, usize),
    /// Entries of this first author, of other years.
    Year(Vec<usize>),
    /// Nothing.
    Nothing(Seen),
}

/// Where the name of a citation without entry stands in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Seen {
    /// Nowhere.
    Nowhere,
    /// Among the authors of entries of other years.
    Author,
    /// In the text of an entry, not as an author: the entry may have been cut wrongly.
    Text,
}

/// The citations of a document by author and year.
#[derive(Debug, Default)]
pub struct AuthorYears {
    /// In the order of the blocks.
    pub items: Vec<Dated>,
    /// Entries that a citation stands for, or may stand for.
    pub cited: HashSet<usize>,
    /// Entries whose first author stands near their year somewhere in the text.
    pub near: HashSet<usize>,
    /// Entries of the lists.
    pub entries: usize,
}

impl AuthorYears {
    /// Citations that are more than one capitalised word before a year, or that cite an entry.
    pub fn sure(&self) -> impl Iterator<Item = &Dated> {
        self.items.iter().filter(|item| item.strong || matches!(item.link, Link::Entries(_)))
    }
}

/// The entries that citations by author and year may stand for, in the order of their numbers.
pub fn entries(references: &References) -> impl Iterator<Item = &Entry> {
    let lists = references.lists.iter().filter(|list| list.numbering != Numbering::Footnotes);
    lists.flat_map(|list| list.entries.iter())
}

/// Reads and links all citations by author and year.
pub fn read(document: &Document, data: &Data, references: &References, masks: &Masks) -> AuthorYears {
    // most texts cite by numbers: the list is indexed when a name before a year asks for it
    let index = OnceCell::new();
    let index = || index.get_or_init(|| Index::new(document, references, &data.metadata));
    let knows = |name: &str| index().knows(name);
    let reader = Reader { tables: &data.citation, people: &data.metadata, knows: &knows };
    let mut out = AuthorYears { entries: entries(references).count(), ..AuthorYears::default() };
    for block in document.blocks() {
        let skip = matches!(block.zone(), Zone::References | Zone::Code | Zone::Furniture)
            || matches!(block.kind, BlockKind::Authors | BlockKind::Affiliation | BlockKind::FrontMatter);
        if skip {
            continue;
        }
        for mut item in reader.read(document.slice(block.span), block.zone()) {
            item.span = item.span.shift(block.span.start);
            item.year_span = item.year_span.shift(block.span.start);
            for span in &mut item.names.spans {
                *span = span.shift(block.span.start);
            }
            if !masks.touches(item.span) && references.entry_at(item.span.start).is_none() {
                out.items.push(item);
            }
        }
    }
    if out.entries == 0 || out.items.is_empty() {
        return out;
    }
    let index = index();
    let mut known: HashMap<(String, u16, Option<char>), Link> = HashMap::new();
    for at in 0..out.items.len() {
        let item = &out.items[at];
        let names: Vec<&str> = item.names.spans.iter().map(|span| document.slice(*span)).collect();
        let key = (format!("{}|{}", names.join("|"), item.names.more), item.year, item.suffix);
        let link = known.entry(key).or_insert_with(|| {
            let link = index.link(&names, item);
            // `In mice, Smith, Jones, and Lee (2019)`: the first may be no name
            let rest = (item.narrative && names.len() > 2).then(|| index.link(&names[1..], item));
            match (link, rest) {
                (Link::Nothing(_), Some(other @ Link::Entries(_))) => other,
                (link, _) => link,
            }
        });
        let link = link.clone();
        if let Link::Entries(found) | Link::Loose(found) = &link {
            out.cited.extend(found);
        }
        out.items[at].link = link;
    }
    vouch(&mut out.items);
    out.near = index.near(document);
    out
}

/// One name before a year is a citation beyond doubt where the list knows the name, or where it stands
/// in one bracket beside a citation that finds its entry.
fn vouch(items: &mut [Dated]) {
    let found: Vec<bool> = items.iter().map(|item| matches!(item.link, Link::Entries(_))).collect();
    let lone = |item: &Dated| !item.narrative && item.names.kind == NamesKind::Single;
    // where `(Smith, 2019)` is a habit that the list confirms, others of its kind are citations, too
    let habit = items.iter().zip(&found).filter(|(item, found)| **found && lone(item)).count() >= HABIT;
    for at in 0..items.len() {
        let beside = |other: usize| {
            let (one, two) = (at.min(other), at.max(other));
            found[other]
                && !items[one].narrative
                && !items[two].narrative
                && items[two].span.start.saturating_sub(items[one].span.end) <= 4
        };
        let vouched = matches!(items[at].link, Link::Year(_) | Link::Nothing(Seen::Author))
            || habit && lone(&items[at])
            || at > 0 && beside(at - 1)
            || at + 1 < items.len() && beside(at + 1);
        items[at].strong |= vouched && items[at].names.kind == NamesKind::Single;
    }
}

struct Index<'a> {
    document: &'a Document,
    tables: &'a metadata::Tables,
    entries: Vec<&'a Entry>,
    /// `(entry, place among its authors)` by folded name.
    authors: HashMap<String, Vec<(usize, usize)>>,
    years: HashMap<u16, Vec<usize>>,
    /// Entries by the words of their text.
    words: HashMap<String, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn new(document: &'a Document, references: &'a References, tables: &'a metadata::Tables) -> Self {
        let entries: Vec<&Entry> = entries(references).collect();
        let mut authors: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        let mut years: HashMap<u16, Vec<usize>> = HashMap::new();
        let mut words: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            for work in entry.works() {
                for (place, author) in work.authors.iter().enumerate().take(40) {
                    for key in keys(author, tables) {
                        let list = authors.entry(key).or_default();
                        if list.last() != Some(&(at, place)) {
                            list.push((at, place));
                        }
                    }
                }
                if let Some(year) = &work.year {
                    years.entry(year.value.year).or_default().push(at);
                }
            }
            for word in words_of(reference::clip(document.slice(entry.span), ENTRY)) {
                let list = words.entry(word).or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
        Self { document, tables, entries, authors, years, words }
    }

    /// True when the list has an author of this Chinese name, in characters or in pinyin.
    fn knows(&self, name: &str) -> bool {
        self.authors.contains_key(name)
            || pinyin::is_name(name, self.tables) && self.same(name).into_iter().next().is_some()
    }

    /// `(entry, place)` of the authors that bear a name.
    fn same(&self, name: &str) -> Vec<(usize, usize)> {
        let mut out: Vec<(usize, usize)> = Vec::new();
        for key in name_keys(name, self.tables) {
            for &(at, place) in self.authors.get(&key).into_iter().flatten() {
                let fits = self.entries[at]
                    .works()
                    .filter_map(|work| work.authors.get(place))
                    .any(|author| compare(name, author, self.tables) == Match::Same);
                if fits && !out.contains(&(at, place)) {
                    out.push((at, place));
                }
            }
            if out.len() > 200 {
                break;
            }
        }
        out
    }

    fn link(&self, names: &[&str], item: &Dated) -> Link {
        let Some(first) = names.first() else { return Link::Open };
        let same = self.same(first);
        let dated = |at: &usize| self.dated(*at, item.year);
        let heads: Vec<usize> = same.iter().filter(|(_, place)| *place == 0).map(|(at, _)| *at).collect();
        let exact: Vec<usize> = heads.iter().copied().filter(dated).collect();
        if !exact.is_empty() {
            return Link::Entries(self.narrow(exact, names, &item.names, item.suffix));
        }
        let mut loose: Vec<usize> = same.iter().map(|(at, _)| *at).filter(dated).collect();
        let holds = |at: &usize| self.holds(*at, item.year);
        let words = words_of(first);
        let held = |word: &String| self.words.get(word).into_iter().flatten().copied();
        for word in words.iter().filter(|word| word.chars().count() > 1) {
            loose.extend(held(word).filter(holds).take(20));
        }
        loose.sort_unstable();
        loose.dedup();
        if !loose.is_empty() {
            return Link::Loose(loose);
        }
        if item.names.kind == NamesKind::Group {
            return Link::Open;
        }
        if let Some((at, distance)) = self.spelling(first, item.year) {
            return Link::Spelling(at, distance);
        }
        let mut others: Vec<usize> = heads;
        if let Some(second) = names.get(1) {
            others.retain(|at| self.authored(*at, 1, second));
        }
        if !others.is_empty() {
            return Link::Year(self.narrow(others, names, &item.names, None));
        }
        Link::Nothing(if !same.is_empty() {
            Seen::Author
        } else if words.iter().any(|word| word.chars().count() > 2 && self.words.contains_key(word)) {
            Seen::Text
        } else {
            Seen::Nowhere
        })
    }

    /// Keeps those that fit second author, number of authors and letter, as far as any does.
    fn narrow(&self, mut all: Vec<usize>, names: &[&str], read: &Names, suffix: Option<char>) -> Vec<usize> {
        let mut keep = |fits: &dyn Fn(usize) -> bool| {
            let kept: Vec<usize> = all.iter().copied().filter(|at| fits(*at)).collect();
            if !kept.is_empty() {
                all = kept;
            }
        };
        if let Some(second) = names.get(1) {
            keep(&|at| self.authored(at, 1, second));
        }
        let count = |at: usize| {
            let works = self.entries[at].works();
            works.map(|work| work.authors.len() + usize::from(work.et_al.is_some())).max().unwrap_or(0)
        };
        if read.more {
            keep(&|at| count(at) > names.len().max(2));
        } else if names.len() < 3 {
            keep(&|at| count(at) == names.len());
        }
        keep(&|at| {
            let years = self.entries[at].works().filter_map(|work| work.year.as_ref());
            years.map(|year| year.value.suffix).next() == Some(suffix)
        });
        all
    }

    fn authored(&self, at: usize, place: usize, name: &str) -> bool {
        let mut authors = self.entries[at].works().filter_map(|work| work.authors.get(place));
        authors.any(|author| compare(name, author, self.tables) != Match::Other)
    }

    /// True when the entry is of this year, or its year cannot be told.
    fn dated(&self, at: usize, year: u16) -> bool {
        let mut years = self.entries[at].works().map(|work| work.year.as_ref());
        years.any(|read| read.is_none_or(|read| read.value.year == year || read.value.damaged))
    }

    fn spelling(&self, name: &str, year: u16) -> Option<(usize, usize)> {
        // Zhang and Zheng are two names
        if pinyin::is_syllable(&fold(name)) {
            return None;
        }
        let near = self.years.get(&year)?.iter().take(SAME_YEAR).filter_map(|at| {
            let authors = self.entries[*at].works().filter_map(|work| work.first_author());
            let distance = authors.filter_map(|author| match compare(name, author, self.tables) {
                Match::Near(distance) => Some(distance),
                _ => None,
            });
            Some((*at, distance.min()?))
        });
        near.min_by_key(|(_, distance)| *distance)
    }

    /// True when the entry's text, or that of the next one, holds the year: entries may be cut wrongly,
    /// and letters may stand for digits.
    fn holds(&self, at: usize, year: u16) -> bool {
        let digits = year.to_string();
        self.entries[at..].iter().take(2).any(|entry| {
            let text = self.document.slice(entry.span);
            text.contains(&digits) || {
                let plain: String = reference::clip(text, ENTRY)
                    .chars()
                    .map(|c| match c {
                        'O' | 'o' => '0',
                        'l' | 'I' | '|' => '1',
                        other => other,
                    })
                    .collect();
                plain.contains(&digits)
            }
        })
    }

    /// Entries whose first author and year stand together anywhere in the text.
    fn near(&self, document: &Document) -> HashSet<usize> {
        let mut words: HashSet<(String, u16)> = HashSet::new();
        let mut signs: HashSet<(char, u16)> = HashSet::new();
        for block in document.blocks().iter().filter(|block| block.zone() != Zone::References) {
            let text = document.slice(block.span);
            let bytes = text.as_bytes();
            let mut at = 0;
            while at < bytes.len() {
                let length = bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
                let year =
                    text.get(at..at + 4).filter(|_| length == 4).and_then(|year| year.parse::<u16>().ok());
                if let Some(year) = year.filter(|year| (1800..2040).contains(year)) {
                    let mut from = at.saturating_sub(90);
                    while !text.is_char_boundary(from) {
                        from += 1;
                    }
                    words.extend(words_of(&text[from..at]).into_iter().map(|word| (word, year)));
                    signs.extend(text[from..at].chars().filter(|c| is_han(*c)).map(|c| (c, year)));
                }
                at += length.max(1);
            }
        }
        // how the surnames among them are read, for lists in pinyin
        let sounds: HashSet<(String, u16)> = signs
            .iter()
            .filter(|(c, _)| self.tables.is_surname(*c))
            .flat_map(|(c, year)| {
                let spellings = pinyin::surname_spellings(&format!("{c}一"), self.tables);
                spellings.into_iter().map(|spelling| (spelling, *year))
            })
            .collect();
        let near = |(_, entry): &(usize, &&Entry)| {
            entry.works().any(|work| {
                let (Some(author), Some(year)) = (work.first_author(), &work.year) else { return true };
                let year = year.value.year;
                let read = words_of(&author.family).into_iter().any(|word| words.contains(&(word, year)));
                let family = pinyin::words(&author.family).concat();
                let sounds = author.kind == NameKind::Latin && sounds.contains(&(family, year));
                let written = author.kind == NameKind::Han
                    && author.family.chars().next().is_some_and(|c| signs.contains(&(c, year)));
                read || sounds || written
            })
        };
        self.entries.iter().enumerate().filter(|pair| near(pair)).map(|(at, _)| at).collect()
    }
}
