//! Numbers of a reference list: missing, repeated, out of order.
//!
//! A lost number is more often damage of the extraction than the author's: two entries run into one,
//! or the number's bracket went missing. The words say so where the text shows it.

use crate::checks::{Check, Context};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::reference::{Entry, List, Numbering};

/// Longest entry, in bytes per language half, that is taken for one entry only.
const LONG: usize = 900;

fn numbered<'a>(cx: &Context<'a>) -> impl Iterator<Item = &'a List> {
    cx.facts.references.lists.iter().filter(|list| list.numbering == Numbering::Numbered)
}

/// A number of the list that no entry carries.
pub(super) struct Missing;

impl Check for Missing {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for list in numbered(cx) {
            if list.entries.len() < 3 {
                continue;
            }
            let first = list.entries.first().and_then(|e| Some((None, e, e.number?)));
            let pairs = list.entries.windows(2).filter_map(|w| Some((Some(&w[0]), &w[1], w[1].number?)));
            for (before, entry, number) in first.into_iter().chain(pairs) {
                let previous = match before {
                    Some(before) => before.number,
                    None => Some(0),
                };
                let Some(previous) = previous.filter(|p| *p < number) else { continue };
                // a list that was cut off may begin anywhere; a jump of many numbers is another list
                let mut missing: Vec<u32> =
                    (previous + 1..number).take(50).filter(|n| !list.has(*n)).collect();
                let run_in = before.is_some_and(|before| holds_more(cx, before));
                if before.is_some() && !run_in {
                    // one finding per cause: a number that the text cites is reported there
                    missing.retain(|number| !crate::checks::citation::reports(cx, list, *number));
                }
                let Some(label) = entry.label.filter(|_| !missing.is_empty() && missing.len() < 50) else {
                    continue;
                };
                if before.is_none() && missing.len() > 3 {
                    continue;
                }
                let names: Vec<String> = missing.iter().map(|n| format!("[{n}]")).collect();
                let mut finding = cx
                    .finding(label)
                    .arg("count", missing.len())
                    .arg("missing", names)
                    .arg("before", i64::from(previous))
                    .arg("after", i64::from(number));
                if before.is_none() {
                    finding = finding.variant("beginning");
                }
                if let Some(before) = before {
                    finding = finding.related(
                        cx.place(before.label.unwrap_or(before.span)),
                        vec![arg("before", i64::from(previous))],
                    );
                    if run_in {
                        finding = finding.variant("damaged");
                    }
                }
                out.push(finding);
            }
        }
    }
}

/// True when this check tells that a number is missing from the list, whether it is cited or not: the
/// entry before ran into others, or the list lost its first entries.
pub(in crate::checks) fn explains(cx: &Context<'_>, list: &List, number: u32) -> bool {
    if list.numbering != Numbering::Numbered || list.entries.len() < 3 || list.has(number) {
        return false;
    }
    let first = list.entries.iter().find_map(|entry| entry.number).unwrap_or(0);
    if number < first {
        return first <= 4 && list.entries.first().is_some_and(|entry| entry.number == Some(first));
    }
    list.entries.windows(2).any(|pair| {
        let (Some(before), Some(after)) = (pair[0].number, pair[1].number) else { return false };
        before < number && number < after && after - before <= 50 && holds_more(cx, &pair[0])
    })
}

/// True when an entry is so long, or holds so many years, that the missing ones stand inside it.
fn holds_more(cx: &Context<'_>, entry: &Entry) -> bool {
    let text = cx.slice(entry.span);
    let halves = 1 + usize::from(entry.parallel.is_some());
    let codes = text
        .char_indices()
        .filter(|(at, c)| matches!(c, '[' | '［') && starts_code(&text[at + c.len_utf8()..]));
    text.len() > LONG * halves || codes.count() > halves
}

/// `J]`, `EB/OL]`: a type code after its bracket.
fn starts_code(text: &str) -> bool {
    let letters = text.trim_start_matches(|c: char| c.is_ascii_uppercase() || c == '/');
    (1..=5).contains(&(text.len() - letters.len())) && letters.starts_with([']', '］'])
}

/// A number that two entries carry.
pub(super) struct Repeated;

impl Check for Repeated {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for list in numbered(cx) {
            for (at, entry) in list.entries.iter().enumerate() {
                let (Some(number), Some(label)) = (entry.number, entry.label) else { continue };
                let mut same = list.numbered(number);
                let Some(first) = same.next().filter(|first| first.span.start < entry.span.start) else {
                    continue;
                };
                // the only number missing between the neighbours is the likely one
                let before = at.checked_sub(1).and_then(|b| list.entries[b].number);
                let after = list.entries.get(at + 1).and_then(|e| e.number);
                let likely = before.map(|b| b + 1).filter(|n| !list.has(*n) && after.is_none_or(|a| a > *n));
                let mut finding = cx.finding(label).arg("number", number).labelled(
                    cx.place(first.label.unwrap_or(first.span)),
                    "first",
                    vec![],
                );
                if let Some(likely) = likely {
                    let digits = digits_of(cx, label);
                    finding = finding.variant("damaged").arg("likely", likely).fix(
                        cx.document,
                        crate::finding::Safety::Unsafe,
                        digits,
                        likely.to_string(),
                    );
                }
                out.push(finding);
            }
        }
    }
}

/// The digits of a label.
fn digits_of(cx: &Context<'_>, label: Span) -> Span {
    let text = cx.slice(label);
    let edge = |c: char| !c.is_alphanumeric();
    let start = text.len() - text.trim_start_matches(edge).len();
    Span::new(label.start + start, label.start + start + text.trim_matches(edge).len())
}

/// A number below the one before it that is carried once.
pub(super) struct Order;

impl Check for Order {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for list in numbered(cx) {
            let mut highest = 0;
            for entry in &list.entries {
                let (Some(number), Some(label)) = (entry.number, entry.label) else { continue };
                if number < highest && list.numbered(number).count() == 1 {
                    out.push(
                        cx.finding(label)
                            .confidence(Confidence::Medium)
                            .arg("number", number)
                            .arg("before", highest),
                    );
                }
                highest = highest.max(number);
            }
        }
    }
}
