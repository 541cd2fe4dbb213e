//! Words of one kind that exclude each other: species, model, cell source.

use super::tables::Exclusive;
use crate::document::{Span, is_han};
use crate::finding::Localised;
use aho_corasick::{AhoCorasick, MatchKind};

/// Finds the words and tells whether two classes exclude each other.
#[derive(Debug, Default)]
pub struct WordTable {
    kinds: Vec<Exclusive>,
    finder: Option<AhoCorasick>,
    /// Pattern → (kind, class).
    of: Vec<(u16, u16)>,
}

/// A word found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Where.
    pub span: Span,
    /// Which kind.
    pub kind: u16,
    /// Which class of the kind.
    pub class: u16,
}

impl WordTable {
    pub(super) fn new(kinds: Vec<Exclusive>) -> Self {
        let mut of = Vec::new();
        let mut patterns = Vec::new();
        for (k, kind) in kinds.iter().enumerate() {
            for (c, class) in kind.class.iter().enumerate() {
                for word in &class.words {
                    patterns.push(word.clone());
                    of.push((u16::try_from(k).unwrap_or(u16::MAX), u16::try_from(c).unwrap_or(u16::MAX)));
                }
            }
        }
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(&patterns)
            .ok();
        Self { kinds, finder, of }
    }

    /// All words in `text`; Latin ones must stand alone.
    pub fn find(&self, text: &str) -> Vec<Word> {
        let Some(finder) = &self.finder else { return Vec::new() };
        finder
            .find_iter(text)
            .filter(|m| stands_alone(text, m.start(), m.end()))
            .filter_map(|m| {
                let (kind, class) = *self.of.get(m.pattern().as_usize())?;
                Some(Word { span: Span::new(m.start(), m.end()), kind, class })
            })
            .collect()
    }

    /// How many kinds there are.
    pub fn kinds(&self) -> u16 {
        u16::try_from(self.kinds.len()).unwrap_or(u16::MAX)
    }

    /// True for a kind whose words only titles are compared by.
    pub fn is_for_titles(&self, kind: u16) -> bool {
        self.kinds.get(usize::from(kind)).is_some_and(|kind| kind.titles_only)
    }

    /// One class named on each side, and the two exclude each other: the words.
    pub fn contradiction(&self, kind: u16, one: &[Word], two: &[Word]) -> Option<(Word, Word)> {
        let only = |words: &[Word]| -> Option<Word> {
            let mut own = words.iter().filter(|word| word.kind == kind);
            let first = *own.next()?;
            own.all(|word| word.class == first.class).then_some(first)
        };
        let (a, b) = (only(one)?, only(two)?);
        self.exclude(kind, a.class, b.class).then_some((a, b))
    }

    /// Name of a kind.
    pub fn kind_name(&self, kind: u16) -> Localised {
        self.kinds.get(usize::from(kind)).map(|kind| kind.name.clone()).unwrap_or_default()
    }

    /// True for two classes of a kind that cannot both be meant.
    pub fn exclude(&self, kind: u16, a: u16, b: u16) -> bool {
        let Some(kind) = self.kinds.get(usize::from(kind)) else { return false };
        let (Some(x), Some(y)) = (kind.class.get(usize::from(a)), kind.class.get(usize::from(b))) else {
            return false;
        };
        a != b && !x.with.contains(&y.id) && !y.with.contains(&x.id)
    }
}

/// No Latin letter on either side of a Latin word.
pub(super) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let latin = |c: char| c.is_alphanumeric() && !is_han(c);
    let first = text[start..].chars().next();
    let last = text[..end].chars().next_back();
    let left = text[..start].chars().next_back();
    let right = text[end..].chars().next();
    let glued = |a: Option<char>, b: Option<char>| a.is_some_and(latin) && b.is_some_and(latin);
    let (at_start, at_end) = (glued(first, left), glued(last, right));
    !(at_start || at_end)
}
