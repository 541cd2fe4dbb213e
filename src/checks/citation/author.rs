//! The author and year named in the text against the entry that is cited.

use super::lists;
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Span, is_han};
use crate::engine::Sink;
use crate::finding::{Confidence, Finding, arg};
use crate::parse::citation::{Joint, Marker, Match, Named, Scheme, Tables, better, compare, fold};
use crate::parse::metadata::pinyin;
use crate::parse::reference::{Entry, List, NameKind};
use crate::rules::Scope;
use std::collections::HashMap;

/// `cited-author-mismatch`.
pub const AUTHOR: Kind = Kind {
    name: "cited-author-mismatch",
    scope: Scope::Document,
    fields: &["name", "number", "author", "distance", "other", "listed"],
    variants: &["spelling", "later", "elsewhere", "author-year"],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(AuthorMismatch))
    },
};

/// `cited-year-mismatch`.
pub const YEAR: Kind = Kind {
    name: "cited-year-mismatch",
    scope: Scope::Document,
    fields: &["year", "number", "listed", "author"],
    variants: &["near", "author-year"],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(YearMismatch))
    },
};

/// Most entries of one marker that a name is compared with.
const ENTRIES: usize = 8;

/// Entries by number.
type Numbered<'a> = Vec<(u32, &'a Entry)>;

/// The names that markers may be compared by, each with the entries cited.
fn cited<'a>(cx: &Context<'a>) -> Vec<(&'a Named, &'a Marker, Numbered<'a>)> {
    let citations = &cx.facts.citations;
    // in loose schemes a number may be none
    let round = citations.scheme == Scheme::Round && citations.certain;
    if !round && !matches!(citations.scheme, Scheme::Bracket | Scheme::Superscript | Scheme::Footnote) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for named in &citations.named {
        let Some(marker) = citations.markers.get(named.marker) else { continue };
        let Some(chapter) = citations.chapters.get(marker.chapter) else { continue };
        if marker.damage.is_some() || round && named.joint != Joint::EtAl {
            continue;
        }
        let lists = lists(cx, chapter);
        let numbers: Vec<u32> = marker.numbers().take(ENTRIES + 1).collect();
        let entries: Numbered =
            numbers.iter().filter_map(|n| entry(lists, *n).map(|entry| (*n, entry))).collect();
        // an entry that is missing or twice there may be the one meant
        if !entries.is_empty() && entries.len() == numbers.len() && numbers.len() <= ENTRIES {
            out.push((named, marker, entries));
        }
    }
    out
}

/// The entry of a number, when exactly one has it.
fn entry(lists: &[List], number: u32) -> Option<&Entry> {
    let mut all = lists.iter().flat_map(|list| list.numbered(number));
    let first = all.next();
    if all.next().is_some() { None } else { first }
}

struct AuthorMismatch;

impl Check for AuthorMismatch {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        super::author_year::spellings(cx, out);
        let cited = cited(cx);
        if cited.is_empty() {
            return;
        }
        let authors = first_authors(cx);
        for (named, _, entries) in cited {
            if out.is_full() {
                break;
            }
            if let Some(finding) = judge(cx, named, &entries, &authors) {
                out.push(finding);
            }
        }
    }
}

fn judge(
    cx: &Context<'_>,
    named: &Named,
    entries: &[(u32, &Entry)],
    authors: &FirstAuthors,
) -> Option<Finding> {
    let (number, entry) = *entries.first()?;
    let first =
        entry.work.first_author().filter(|a| a.confidence > Confidence::Low && a.kind != NameKind::Group)?;
    let name = if named.han { han_name(cx, named, entries, authors)? } else { named.span };
    let text = cx.slice(name);
    // extraction ran the list's names together: `OkaforTLindqvistH`
    let listed = cx.slice(first.span);
    let runs_on = listed.strip_prefix(text).is_some_and(|rest| rest.starts_with(char::is_uppercase));
    if runs_on && text.ends_with(char::is_lowercase) {
        return None;
    }
    let mut best = Match::Unknown;
    let mut listed = false;
    for (_, entry) in entries {
        for work in entry.works() {
            for (place, author) in work.authors.iter().enumerate() {
                if author.kind == NameKind::Group && place == 0 {
                    return None;
                }
                let found = compare(text, author, &cx.data.metadata);
                listed |= found == Match::Same;
                if place == 0 || named.joint == Joint::Team {
                    best = better(best, found);
                }
            }
        }
    }
    let finding = cx
        .finding(name)
        .arg("name", text)
        .arg("number", number)
        .arg("author", cx.slice(first.span))
        .related(cx.place(first.span), vec![arg("number", number)]);
    match best {
        // `Seelhof` is no reading of a Chinese name, and another entry is by Seelhof
        Match::Unknown if !named.han && first.kind == NameKind::Han && foreign(text) => {
            let other = other_entry(authors, text).filter(|other| *other != number)?;
            Some(finding.variant("elsewhere").arg("other", other).confidence(Confidence::Medium))
        }
        Match::Same | Match::Unknown => None,
        Match::Near(distance) => {
            Some(finding.variant("spelling").arg("distance", distance).confidence(Confidence::High))
        }
        Match::Other if listed => Some(finding.variant("later").confidence(Confidence::Medium)),
        Match::Other => {
            // a team is often named after a head who is not among the first authors listed
            if named.joint == Joint::Team || entries.len() > 2 {
                return None;
            }
            match other_entry(authors, text) {
                Some(other) => {
                    Some(finding.variant("elsewhere").arg("other", other).confidence(Confidence::High))
                }
                // two capitalised words may be species, sites or firms as well
                None if cut(cx, name) || named.joint == Joint::Pair && named.year.is_none() => None,
                None => Some(finding.confidence(Confidence::Medium)),
            }
        }
    }
}

/// True for a name of which no word is a syllable of pinyin.
fn foreign(name: &str) -> bool {
    let words = pinyin::words(name);
    !words.is_empty()
        && words.iter().all(|word| word.chars().count() > 3 && !pinyin::is_syllable(word))
        && !name.contains(['-', ' '])
}

/// First authors of all entries, folded, with the number of the first entry they head.
type FirstAuthors = HashMap<String, Option<u32>>;

fn first_authors(cx: &Context<'_>) -> FirstAuthors {
    let mut out = FirstAuthors::new();
    for entry in cx.facts.references.entries() {
        let authors = entry.works().filter_map(|work| work.first_author());
        for author in authors.filter(|author| author.kind != NameKind::Group) {
            out.entry(fold(&author.family)).or_insert(entry.number);
        }
    }
    out
}

/// The number of another entry whose first author has this name.
fn other_entry(authors: &FirstAuthors, name: &str) -> Option<u32> {
    let whole = authors.get(&fold(name));
    let word = || {
        name.split([' ', '\u{a0}']).map(fold).filter(|w| w.chars().count() > 1).find_map(|w| authors.get(&w))
    };
    whole.or_else(word).copied().flatten()
}

/// True when letters stand right before the name: it was cut out of a longer word.
fn cut(cx: &Context<'_>, name: Span) -> bool {
    let before = cx.document.text()[..name.start].chars().next_back();
    before.is_some_and(|c| c.is_alphanumeric() && !is_han(c))
}

/// The name inside a run of Han characters: the listed first author's, or a surname with one or two
/// more characters behind a boundary.
fn han_name(
    cx: &Context<'_>,
    named: &Named,
    entries: &[(u32, &Entry)],
    heads: &FirstAuthors,
) -> Option<Span> {
    let run = cx.slice(named.span);
    let authors = entries.iter().flat_map(|(_, entry)| entry.works()).flat_map(|work| &work.authors);
    for author in authors.filter(|author| author.kind == NameKind::Han) {
        let family: String = author.family.chars().filter(|c| !c.is_whitespace()).collect();
        if family.chars().count() >= 2 && run.ends_with(&family) {
            return Some(Span::new(named.span.end - family.len(), named.span.end));
        }
    }
    let tables = &cx.data.citation;
    let chars: Vec<char> = run.chars().collect();
    let before = cx.document.text()[..named.span.start].chars().next_back();
    for length in [3, 2, 4] {
        let Some(start) = chars.len().checked_sub(length) else { continue };
        let name = &chars[start..];
        let compound: String = name.iter().take(2).collect();
        let surname = tables.compound.contains(&compound) && length > 2
            || length < 4 && tables.surnames.contains(&name[0]);
        if !surname || name.last().is_some_and(|c| tables.things.contains(c)) {
            continue;
        }
        let text: String = name.iter().collect();
        let span = Span::new(named.span.end - text.len(), named.span.end);
        if other_entry(heads, &text).is_some() {
            return Some(span);
        }
        let boundary = match start.checked_sub(1).map(|at| chars[at]) {
            Some(c) => tables.before.contains(&c),
            // things are counted with 、; a sentence or clause begins after the other marks
            None => {
                before.is_none_or(|c| matches!(c, '。' | '，' | ',' | ';' | '；' | '\n' | ' ' | '：' | '.'))
            }
        };
        if boundary && named.tells {
            return Some(span);
        }
    }
    surname(named, &chars, before, tables)
}

/// A surname alone that opens a clause, `。王等[4]发现`; words that end in 等 are none.
fn surname(named: &Named, chars: &[char], before: Option<char>, tables: &Tables) -> Option<Span> {
    let [name] = chars else { return None };
    let word =
        matches!(name, '高' | '何' | '平' | '同' | '均' | '对' | '相' | '中' | '初' | '上' | '下' | '优');
    let opens = before.is_none_or(|c| matches!(c, '。' | '，' | ',' | ';' | '；' | '\n' | '：' | ' '));
    let person = tables.surnames.contains(name) && !tables.things.contains(name) && !word;
    (named.joint == Joint::EtAl && named.tells && opens && person).then_some(named.span)
}

struct YearMismatch;

impl Check for YearMismatch {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        super::author_year::years(cx, out);
        for (named, _, entries) in cited(cx) {
            let (Some((span, year)), [(number, entry)]) = (named.year, entries.as_slice()) else { continue };
            let years: Vec<_> = entry.works().filter_map(|work| work.year.as_ref()).collect();
            let Some(listed) = years.first() else { continue };
            let sure = years.iter().all(|y| y.confidence > Confidence::Low && !y.value.damaged);
            if !sure || years.iter().any(|y| y.value.year == year) {
                continue;
            }
            let finding = cx
                .finding(span)
                .arg("year", u32::from(year))
                .arg("number", *number)
                .arg("listed", u32::from(listed.value.year))
                .related(cx.place(listed.span), vec![arg("number", *number)]);
            // a year apart: online first and print
            let near = listed.value.year.abs_diff(year) == 1;
            out.push(if near { finding.variant("near").confidence(Confidence::Medium) } else { finding });
        }
    }
}
