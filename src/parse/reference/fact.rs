//! What a reference list says: lists, entries and the fields of an entry.

use crate::document::{Lang, Span};
use crate::finding::Confidence;
use serde::Serialize;

/// All reference lists of a document, in order of place.
#[derive(Debug, Clone, Default)]
pub struct References {
    /// The lists; several when each chapter has its own.
    pub lists: Vec<List>,
}

impl References {
    /// All entries of all lists.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.lists.iter().flat_map(|list| list.entries.iter())
    }

    /// The list that serves a place in the text: the first one that begins after it, else the last.
    pub fn list_for(&self, offset: usize) -> Option<&List> {
        let next = self.lists.partition_point(|list| list.span.start < offset);
        self.lists.get(next).or(self.lists.last())
    }

    /// The entry that holds a place of the text.
    pub fn entry_at(&self, offset: usize) -> Option<&Entry> {
        let next = self.lists.partition_point(|list| list.span.start <= offset);
        let list = self.lists.get(next.checked_sub(1)?)?;
        let next = list.entries.partition_point(|entry| entry.span.start <= offset);
        list.entries.get(next.checked_sub(1)?).filter(|entry| offset < entry.span.end)
    }
}

/// How the entries of a list are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    /// Each entry carries a number: `[1]`, `1.`, `【1】`.
    Numbered,
    /// No numbers: an author–year list.
    Unnumbered,
    /// Footnote definitions, `[^n]:`.
    Footnotes,
}

/// One reference list.
#[derive(Debug, Clone)]
pub struct List {
    /// Its heading; `None` when the list was found by its entries.
    pub heading: Option<Span>,
    /// From the first to the last entry.
    pub span: Span,
    /// How its entries are told apart.
    pub numbering: Numbering,
    /// The entries, in order of place.
    pub entries: Vec<Entry>,
    /// Characters of the list's region in which no entry was recognised (furniture, loose lines).
    pub loose: Vec<Span>,
    /// `(number, index)` of the numbered entries, sorted.
    pub(super) index: Vec<(u32, usize)>,
}

impl List {
    /// The entries that carry a number (more than one when it is repeated).
    pub fn numbered(&self, number: u32) -> impl Iterator<Item = &Entry> {
        let start = self.index.partition_point(|(n, _)| *n < number);
        self.index[start..].iter().take_while(move |(n, _)| *n == number).map(|(_, at)| &self.entries[*at])
    }

    /// True when an entry carries the number.
    pub fn has(&self, number: u32) -> bool {
        self.numbered(number).next().is_some()
    }

    /// The highest number of the list.
    pub fn last_number(&self) -> Option<u32> {
        self.index.last().map(|(number, _)| *number)
    }
}

/// One entry of a list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number.
    pub number: Option<u32>,
    /// The number with its brackets or full stop (`[12]`, `12.`), as printed.
    pub label: Option<Span>,
    /// The whole entry, label included, without white space around.
    pub span: Span,
    /// What it says; the first half of a bilingual entry.
    pub work: Work,
    /// The second half of a bilingual entry: the same work in the other language.
    pub parallel: Option<Work>,
}

impl Entry {
    /// The halves: one, or two of a bilingual entry.
    pub fn works(&self) -> impl Iterator<Item = &Work> {
        std::iter::once(&self.work).chain(self.parallel.as_ref())
    }
}

/// A value read from an entry, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<T> {
    /// The characters it was read from.
    pub span: Span,
    /// Its normal form.
    pub value: T,
    /// How sure the parser is.
    pub confidence: Confidence,
}

impl<T> Field<T> {
    /// A field the parser is sure of.
    pub fn sure(span: Span, value: T) -> Self {
        Self { span, value, confidence: Confidence::High }
    }
}

/// The form an entry is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// `责任者. 题名[J]. 刊名, 年, 卷(期): 页.`
    Gbt7714,
    /// `Authors. Title. Journal. 2019;25(3):281-309.`
    Vancouver,
    /// `Authors (2019). Title. Journal, 25(3), 281-309.`
    AuthorDate,
    /// `Authors. Title. Journal 25, 281-309 (2019).`
    Nature,
    /// `Authors, “Title,” Journal, vol. 25, no. 3, pp. 281-309, 2019.`
    Ieee,
    /// None of these.
    Other,
}

/// What one language half of an entry says. A field that could not be read is absent.
#[derive(Debug, Clone)]
pub struct Work {
    /// Its characters, without the label.
    pub span: Span,
    /// The language of its title, or of most of it.
    pub lang: Lang,
    /// The form it is written in.
    pub style: Style,
    /// The authors in order; empty when none was read.
    pub authors: Vec<Author>,
    /// `et al.`, `等`, where more authors exist than are named.
    pub et_al: Option<Span>,
    /// The title, without type code.
    pub title: Option<Field<String>>,
    /// Journal, proceedings, book or newspaper that holds the work.
    pub container: Option<Field<String>>,
    /// Publication year.
    pub year: Option<Field<Year>>,
    /// Volume.
    pub volume: Option<Field<String>>,
    /// Issue, `19(5-6)` gives `5-6`; supplements as printed.
    pub issue: Option<Field<String>>,
    /// Pages or article number.
    pub pages: Option<Field<Pages>>,
    /// Type code of GB/T 7714 without brackets: `J`, `M`, `EB/OL`.
    pub type_code: Option<Field<String>>,
    /// Publisher or granting unit.
    pub publisher: Option<Field<String>>,
    /// Place of publication.
    pub place: Option<Field<String>>,
    /// Edition, as printed.
    pub edition: Option<Field<String>>,
    /// The first DOI, from `10.` on, as printed.
    pub doi: Option<Field<String>>,
    /// Everything that is meant as a DOI, malformed ones too.
    pub dois: Vec<Field<String>>,
    /// PubMed number.
    pub pmid: Option<Field<String>>,
    /// Address.
    pub url: Option<Field<String>>,
    /// Dates other than the year: cited, updated, issued.
    pub dates: Vec<Field<String>>,
}

impl Work {
    /// A work of which nothing is known yet.
    pub fn new(span: Span, lang: Lang) -> Self {
        Self {
            span,
            lang,
            style: Style::Other,
            authors: Vec::new(),
            et_al: None,
            title: None,
            container: None,
            year: None,
            volume: None,
            issue: None,
            pages: None,
            type_code: None,
            publisher: None,
            place: None,
            edition: None,
            doi: None,
            dois: Vec::new(),
            pmid: None,
            url: None,
            dates: Vec::new(),
        }
    }

    /// The first author.
    pub fn first_author(&self) -> Option<&Author> {
        self.authors.first()
    }
}

/// One author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Name as printed, family and given.
    pub span: Span,
    /// Family name as printed; the whole name of a Chinese person or an institution.
    pub family: String,
    /// Given names or initials as printed, empty when there are none.
    pub given: String,
    /// What kind of name it is.
    pub kind: NameKind,
    /// How sure the parser is.
    pub confidence: Confidence,
}

/// Kinds of author names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// A Chinese name in Han characters: family name first, kept whole in `family`.
    Han,
    /// A name in Latin letters.
    Latin,
    /// An institution or group.
    Group,
}

/// A publication year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year {
    /// The number.
    pub year: u16,
    /// `a` of `2019a`.
    pub suffix: Option<char>,
    /// True when look-alike letters stand for digits (`2O17`): `year` is the likely reading.
    pub damaged: bool,
}

/// Pages as printed, with look-alike dashes made `-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pages {
    /// First page, or the article number.
    pub first: String,
    /// Last page as printed (`281-9` gives `9`); of split pages, of the first stretch.
    pub last: Option<String>,
    /// True for an article number or a lone page.
    pub article: bool,
}
