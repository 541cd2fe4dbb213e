//! Citations by author and year against the list.
//!
//! All of it holds only where the document cites this way and most of its citations find their entry:
//! otherwise the list was cut short or read badly, and the checks abstain.

use super::RELATED;
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::{Confidence, Finding, arg};
use crate::parse::citation::{AuthorYears, Dated, Link, NamesKind, Scheme, Seen, entries};
use crate::parse::reference::{Entry, NameKind};
use crate::rules::Scope;
use std::collections::{HashMap, HashSet};

/// `ambiguous-author-year`.
pub const AMBIGUOUS: Kind = Kind {
    name: "ambiguous-author-year",
    scope: Scope::Document,
    fields: &["citation", "count"],
    variants: &[],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(Ambiguous))
    },
};

/// Least share of citations, in percent, that must find their entry.
const RESOLVED: usize = 65;
/// Least share of entries, in percent, that must be cited before others count as never cited.
const CITED: usize = 60;
/// More entries than this are one finding.
const SINGLE: usize = 6;

/// The entries and citations of a document that cites by author and year.
pub(super) struct Linked<'a> {
    all: &'a AuthorYears,
    entries: Vec<&'a Entry>,
}

/// What there is to judge; `None` when the document cites otherwise or has no list.
pub(super) fn linked<'a>(cx: &Context<'a>) -> Option<Linked<'a>> {
    let citations = &cx.facts.citations;
    let all = &citations.author_years;
    let serves = citations.scheme == Scheme::AuthorYear && all.entries > 0;
    serves.then(|| Linked { all, entries: entries(&cx.facts.references).collect() })
}

impl Linked<'_> {
    /// Share of the distinct citations, in percent, that found an entry.
    fn resolved(&self) -> usize {
        let mut all: HashSet<(u16, usize, &Link)> = HashSet::new();
        let (mut found, mut count) = (0, 0);
        for item in self.all.sure().filter(|item| item.link != Link::Open) {
            // the same work cited twice is one
            let length = item.names.spans.first().map_or(0, |span| span.len());
            if all.insert((item.year, length, &item.link)) {
                count += 1;
                found += usize::from(!matches!(item.link, Link::Nothing(_)));
            }
        }
        found * 100 / count.max(1)
    }

    /// True when enough citations find their entry; otherwise says so.
    fn trusted(&self, out: &mut Sink) -> bool {
        let share = self.resolved();
        if share < RESOLVED {
            out.abstain("few-resolved", vec![arg("share", share)]);
        }
        share >= RESOLVED
    }

    /// Of entries of other years, the one that nothing else cites: the year is the likely slip.
    fn slip(&self, of_other_years: &[usize]) -> Option<usize> {
        let free = |at: &&usize| !self.all.cited.contains(*at) && !self.all.near.contains(*at);
        let mut free = of_other_years.iter().filter(free);
        match (free.next(), free.next()) {
            (Some(at), None) => year_of(self.entries[*at]).is_some().then_some(*at),
            _ => None,
        }
    }
}

/// A citation as it is shown: names and year.
fn shown(cx: &Context<'_>, item: &Dated) -> String {
    let whole = item.names.spans.first().map_or(item.span, |first| Span::new(first.start, item.span.end));
    let text = cx.slice(whole);
    let open = text.chars().filter(|c| matches!(c, '(' | '（')).count();
    let shut = text.chars().filter(|c| matches!(c, ')' | '）')).count();
    let close = if open > shut { if text.contains('（') { "）" } else { ")" } } else { "" };
    format!("{}{close}", text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A year that was read without doubt.
fn year_of(entry: &Entry) -> Option<(Span, u16)> {
    let year = entry.works().filter_map(|work| work.year.as_ref()).next()?;
    let sure = year.confidence > Confidence::Low && !year.value.damaged;
    sure.then_some((year.span, year.value.year))
}

/// The first author of an entry, when it is a person's name that was read without doubt.
fn head_of(entry: &Entry) -> Option<Span> {
    let author = entry.work.first_author()?;
    let person = author.kind != NameKind::Group && author.confidence > Confidence::Low;
    (person && author.family.chars().count() > 1).then_some(author.span)
}

/// Citations without an entry.
pub(super) fn missing(cx: &Context<'_>, out: &mut Sink) {
    let Some(linked) = linked(cx) else { return };
    if !linked.trusted(out) {
        return;
    }
    let mut groups: Vec<(String, Vec<&Dated>)> = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    for item in linked.all.items.iter().filter(|item| item.strong && item.names.kind != NamesKind::Group) {
        let missing = match &item.link {
            Link::Nothing(_) => true,
            Link::Year(others) => linked.slip(others).is_none(),
            _ => false,
        };
        if !missing {
            continue;
        }
        let first = item.names.spans.first().map_or("", |span| cx.slice(*span));
        let key = format!("{} {}{:?}", crate::parse::citation::fold(first), item.year, item.suffix);
        let at = *index.entry(key.clone()).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(item);
    }
    for (_, items) in &groups {
        let Some(item) = items.first() else { continue };
        let mut finding = cx.finding(item.span).arg("citation", shown(cx, item)).arg("count", items.len());
        finding = match &item.link {
            Link::Year(others) => {
                let years: Vec<String> = others
                    .iter()
                    .filter_map(|at| Some(year_of(linked.entries[*at])?.1.to_string()))
                    .collect();
                if years.is_empty() {
                    continue;
                }
                finding.variant("other-year").arg("years", years).confidence(Confidence::Medium)
            }
            Link::Nothing(Seen::Text) => finding.variant("author-year").confidence(Confidence::Low),
            Link::Nothing(Seen::Nowhere) if item.names.kind == NamesKind::Several => {
                finding.variant("author-year").confidence(Confidence::High)
            }
            _ => finding.variant("author-year").confidence(Confidence::Medium),
        };
        for other in items.iter().skip(1).take(RELATED) {
            finding = finding.related(cx.place(other.span), Vec::new());
        }
        out.push(finding);
    }
}

/// Entries that no citation stands for.
pub(super) fn uncited(cx: &Context<'_>, out: &mut Sink) {
    let Some(linked) = linked(cx) else { return };
    let all = linked.all;
    let mut meant: HashSet<usize> = all.cited.union(&all.near).copied().collect();
    for item in &all.items {
        match &item.link {
            Link::Spelling(at, _) => {
                meant.insert(*at);
            }
            Link::Year(others) => meant.extend(linked.slip(others)),
            _ => {}
        }
    }
    let share = all.cited.len() * 100 / linked.entries.len().max(1);
    if share < CITED {
        out.abstain("few-cited", vec![arg("share", share)]);
        return;
    }
    let open: Vec<(&Entry, Span, u16)> = linked
        .entries
        .iter()
        .enumerate()
        .filter(|(at, _)| !meant.contains(at))
        .filter_map(|(_, entry)| Some((*entry, head_of(entry)?, year_of(entry)?.1)))
        .collect();
    let name = |author: Span, year: u16| format!("{} {year}", cx.slice(author));
    if open.len() > SINGLE {
        let (_, author, _) = open[0];
        let names: Vec<String> = open.iter().map(|(_, author, year)| name(*author, *year)).collect();
        let mut finding = cx
            .finding(author)
            .variant("many")
            .confidence(Confidence::Medium)
            .arg("number", names[0].as_str())
            .arg("count", open.len())
            .arg("numbers", names.clone());
        for (nth, (_, author, _)) in open.iter().enumerate().skip(1).take(RELATED) {
            finding = finding.related(cx.place(*author), vec![arg("number", names[nth].as_str())]);
        }
        out.push(finding);
        return;
    }
    for (entry, author, year) in open {
        // an entry that swallowed another, or half of one, tells little
        let long = entry.span.len() > 1_500;
        let finding = cx
            .finding(author)
            .variant("author-year")
            .arg("author", cx.slice(author))
            .arg("listed", u32::from(year))
            .confidence(if long { Confidence::Low } else { Confidence::Medium });
        out.push(finding);
    }
}

/// First authors spelt otherwise than in the list.
pub(super) fn spellings(cx: &Context<'_>, out: &mut Sink) {
    let Some(linked) = linked(cx) else { return };
    let mut seen: HashMap<(String, usize), usize> = HashMap::new();
    let mut findings: Vec<Finding> = Vec::new();
    for item in &linked.all.items {
        let Link::Spelling(at, distance) = item.link else { continue };
        let Some(first) = item.names.spans.first() else { continue };
        let (Some(author), Some((_, year))) = (head_of(linked.entries[at]), year_of(linked.entries[at]))
        else {
            continue;
        };
        match seen.get(&(cx.slice(*first).to_owned(), at)) {
            Some(place) if findings[*place].related.len() < RELATED => {
                let finding = findings.remove(*place);
                findings.insert(*place, finding.labelled(cx.place(*first), "again", Vec::new()));
            }
            Some(_) => {}
            None => {
                seen.insert((cx.slice(*first).to_owned(), at), findings.len());
                findings.push(
                    cx.finding(*first)
                        .variant("author-year")
                        .arg("name", cx.slice(*first))
                        .arg("author", cx.slice(author))
                        .arg("listed", u32::from(year))
                        .arg("distance", distance)
                        .confidence(Confidence::Medium)
                        .labelled(cx.place(author), "entry", Vec::new()),
                );
            }
        }
    }
    findings.into_iter().for_each(|finding| out.push(finding));
}

/// Years that differ from the only entry of the author that nothing else cites.
pub(super) fn years(cx: &Context<'_>, out: &mut Sink) {
    let Some(linked) = linked(cx) else { return };
    if linked.resolved() < RESOLVED {
        return;
    }
    let mut seen: HashSet<(usize, u16)> = HashSet::new();
    for item in linked.all.items.iter().filter(|item| item.names.kind != NamesKind::Group) {
        let Link::Year(others) = &item.link else { continue };
        let Some(at) = linked.slip(others).filter(|at| seen.insert((*at, item.year))) else { continue };
        let Some((span, listed)) = year_of(linked.entries[at]) else { continue };
        let author = head_of(linked.entries[at]).map_or("", |author| cx.slice(author));
        // 1979 and 1997: the digits of one in another order
        let digits = |year: u16| {
            let mut digits = [year / 1000, year / 100 % 10, year / 10 % 10, year % 10];
            digits.sort_unstable();
            digits
        };
        let swapped = digits(item.year) == digits(listed);
        let sure = item.strong && (item.year.abs_diff(listed) <= 10 || swapped);
        out.push(
            cx.finding(item.year_span)
                .variant("author-year")
                .arg("year", u32::from(item.year))
                .arg("listed", u32::from(listed))
                .arg("author", author)
                .confidence(if sure { Confidence::Medium } else { Confidence::Low })
                .labelled(cx.place(span), "entry", Vec::new()),
        );
    }
}

/// A document without a list that cites by author and year.
pub(super) fn no_list(cx: &Context<'_>) -> Option<Finding> {
    let citations = &cx.facts.citations;
    let strong: Vec<&Dated> = citations.author_years.items.iter().filter(|item| item.strong).collect();
    let first = strong.first()?;
    let works: HashSet<(&str, u16)> =
        strong.iter().filter_map(|item| Some((cx.slice(*item.names.spans.first()?), item.year))).collect();
    // a list that was not recognised: paragraphs that begin like its entries
    let blocks = cx.document.blocks().iter();
    let heads = blocks.filter(|block| crate::parse::reference::opens_dated(cx.slice(block.span)));
    (citations.scheme == Scheme::AuthorYear && works.len() >= 3 && heads.take(3).count() < 3)
        .then(|| cx.finding(first.span).variant("author-year").arg("count", works.len()))
}

struct Ambiguous;

impl Check for Ambiguous {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let Some(linked) = linked(cx) else { return };
        let mut seen: HashSet<&[usize]> = HashSet::new();
        for item in &linked.all.items {
            let Link::Entries(found) = &item.link else { continue };
            let several = found.len() > 1 && found.len() <= 4;
            let dated = found.iter().all(|at| {
                let year = linked.entries[*at].work.year.as_ref();
                year.is_some_and(|year| !year.value.damaged && year.value.year == item.year)
            });
            if !several || !dated || !seen.insert(found) {
                continue;
            }
            let mut finding = cx
                .finding(item.span)
                .arg("citation", shown(cx, item))
                .arg("count", found.len())
                .confidence(Confidence::Medium);
            for at in found {
                if let Some(author) = head_of(linked.entries[*at]) {
                    finding = finding.related(cx.place(author), Vec::new());
                }
            }
            out.push(finding);
        }
    }
}
