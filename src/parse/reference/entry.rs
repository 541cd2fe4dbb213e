//! From the text of an entry to its fields.

use super::author::{self, clip};
use super::identifier::Identifiers;
use super::imprint::{self, Imprint};
use super::title::{self, Part};
use super::{Field, Style, Work, half};
use crate::document::{Document, Lang, MarkKind, Span, is_han};
use crate::finding::Confidence;
use nom::Parser;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::{one_of, space0};
use nom::combinator::{opt, recognize, verify};
use nom::sequence::{delimited, preceded};
use std::ops::Range;

/// Longest entry that is read into fields; what follows is no entry.
const LONGEST: usize = 4_096;

/// Reads the halves of an entry: one, or two of a bilingual entry.
pub(super) fn works(document: &Document, span: Span) -> (Work, Option<Work>) {
    let text = clip(document.slice(span), LONGEST);
    let (first, second) = half::split(text);
    let whole = second.is_none();
    let at = |range: Range<usize>| {
        let end = if whole { span.end } else { span.start + range.end };
        Span::new(span.start + range.start, end)
    };
    (
        work(document, at(first)),
        second.map(|range| work(document, Span::new(span.start + range.start, span.start + range.end))),
    )
}

/// Reads one half.
fn work(document: &Document, span: Span) -> Work {
    let text = clip(document.slice(span), LONGEST);
    let base = span.start;
    let mut work = Work::new(span, Lang::of(text));
    let ids = Identifiers::read(text);
    let masked = ids.mask(text);
    identifiers(&mut work, &ids, text, base);

    let code = type_code(&masked);
    let limit = code.as_ref().map_or(masked.len(), |(range, _)| range.start);
    let mut heads = author::heads(&masked[..limit]);
    let dated = dated(&masked, heads.end).or_else(|| {
        // `Smith J, Lee K. 2015. Title`: only where no year stands among the numbers
        let plain = dated_plain(&masked, heads.end)?;
        let tail = code.as_ref().map_or(plain.1, |(range, _)| range.end.max(plain.1));
        imprint::read(&masked, tail, false).year.is_none().then_some(plain)
    });
    if !heads.authors.is_empty() && heads.end >= limit && dated.is_none() {
        // what was taken for names is the title
        heads = author::Heads::default();
    }
    let body = dated.as_ref().map_or(heads.end, |(_, end)| *end);
    let tail_from = code.as_ref().map_or(body, |(range, _)| range.end.max(body));
    let mut imprint = imprint::read(&masked, tail_from, dated.is_some());
    if code.is_none() && imprint.pages.is_none() && imprint.volume.is_none() && dated.is_some() {
        imprint = trailing_volume(&masked, tail_from).unwrap_or(imprint);
    }
    for author in heads.authors {
        work.authors.push(super::Author { span: author.span.shift(base), ..author });
    }
    work.et_al = heads.et_al.map(|span| span.shift(base));
    work.type_code = code.as_ref().map(|(range, value)| {
        let inner = inner_code(text, range);
        Field::sure(Span::new(base + inner.start, base + inner.end), value.clone())
    });

    let emphasis = emphasised(document, &masked, base, body..imprint.range.start.max(body));
    let parts = match &code {
        Some((range, value)) => title::with_code(&masked, body, range, &imprint, value),
        None => title::without_code(&masked, body, &imprint, emphasis, dated.is_some()),
    };
    let field = |part: Option<Part>| {
        part.and_then(|part| {
            let (start, len) = title::tidy(text, part.range.clone());
            let value = super::normal::one_line(text.get(start..start + len)?);
            (!value.is_empty()).then(|| Field {
                span: Span::new(base + start, base + start + len),
                value,
                confidence: part.confidence,
            })
        })
    };
    work.title = field(parts.title);
    work.container = field(parts.container);
    work.publisher = field(parts.publisher);
    work.place = field(parts.place);
    work.edition = field(parts.edition);
    numbers(&mut work, imprint, dated.map(|(year, _)| year), &ids, base, code.is_some());
    work.lang = work.title.as_ref().map_or(work.lang, |title| Lang::of(&title.value));
    work
}

fn identifiers(work: &mut Work, ids: &Identifiers, text: &str, base: usize) {
    let field = |range: &Option<Range<usize>>| {
        range.clone().map(|r| Field::sure(Span::new(base + r.start, base + r.end), text[r].to_owned()))
    };
    work.dois = ids.dois.iter().filter_map(|range| field(&Some(range.clone()))).collect();
    work.doi = work.dois.first().cloned();
    work.pmid = field(&ids.pmid);
    work.url = field(&ids.url);
    work.dates = ids
        .dates
        .iter()
        .map(|(range, value, _)| Field::sure(Span::new(base + range.start, base + range.end), value.clone()))
        .collect();
}

/// Year, volume, issue, pages; the year from a full date when nothing else gives one.
fn numbers(
    work: &mut Work,
    imprint: Imprint,
    dated: Option<imprint::Found<super::Year>>,
    ids: &Identifiers,
    base: usize,
    coded: bool,
) {
    let at = |range: Range<usize>| Span::new(base + range.start, base + range.end);
    let complete = imprint.volume.is_some() || imprint.pages.is_some();
    work.style = match (&dated, coded, imprint.worded, &imprint.year) {
        _ if coded => Style::Gbt7714,
        (_, _, true, _) => Style::Ieee,
        (Some(_), ..) => Style::AuthorDate,
        (None, _, _, Some((range, _))) if complete && imprint.range.start == range.start => Style::Vancouver,
        (None, _, _, Some(_)) if complete => Style::Nature,
        _ => Style::Other,
    };
    let sure = if complete || dated.is_some() || coded { Confidence::High } else { Confidence::Medium };
    work.year =
        dated.or(imprint.year).map(|(range, value)| Field { span: at(range), value, confidence: sure });
    if work.year.is_none() {
        let date = ids.dates.iter().find(|(_, _, cited)| !cited);
        work.year = date.and_then(|(range, value, _)| {
            let year = value.get(..4)?.parse().ok()?;
            let value = super::Year { year, suffix: None, damaged: false };
            Some(Field { span: at(range.start..range.start + 4), value, confidence: Confidence::Medium })
        });
    }
    work.volume = imprint.volume.map(|(range, value)| Field { span: at(range), value, confidence: sure });
    work.issue = imprint.issue.map(|(range, value)| Field { span: at(range), value, confidence: sure });
    work.pages = imprint.pages.map(|(range, value)| Field { span: at(range), value, confidence: sure });
}

/// `(2019).` directly after the names: the year, and where the rest begins.
fn dated(text: &str, from: usize) -> Option<(imprint::Found<super::Year>, usize)> {
    if from == 0 {
        return None;
    }
    let rest = &text[from..];
    let lead =
        rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || ".,，．".contains(c)).len();
    let open = from + lead;
    let inside = text[open..].strip_prefix(['(', '（'])?;
    let start = text.len() - inside.trim_start().len();
    let (after, year) = imprint::year(&text[start..]).ok()?;
    let end = text.len() - after.len();
    // `(2019, June)`
    let close = after.find([')', '）']).filter(|at| *at <= 24)?;
    let closing = after[close..].chars().next().map_or(0, char::len_utf8);
    Some(((start..end, year), end + close + closing))
}

/// `2015.` directly after the names, without brackets.
fn dated_plain(text: &str, from: usize) -> Option<(imprint::Found<super::Year>, usize)> {
    let head = text.get(..from).filter(|head| !head.is_empty())?;
    let mark = |c: char| c.is_whitespace() || ".,，．、".contains(c);
    let rest = &text[from..];
    let start = text.len() - rest.trim_start_matches(mark).len();
    if start == from && !head.ends_with(mark) {
        return None;
    }
    let (after, year) = imprint::year(&text[start..]).ok()?;
    let end = text.len() - after.len();
    let mark = after.chars().next().filter(|c| ".．:：,，".contains(*c))?;
    let title = after[mark.len_utf8()..].trim_start().chars().next()?;
    let opens = if matches!(mark, ',' | '，') {
        title.is_uppercase() || is_han(title)
    } else {
        title.is_alphabetic()
    };
    (opens || "“\"《".contains(title)).then_some(((start..end, year), end + mark.len_utf8()))
}

/// `Journal of Bone, 93.` at the end of an author–date entry: a volume alone.
fn trailing_volume(text: &str, from: usize) -> Option<Imprint> {
    let tail = text[from..].trim_end_matches(|c: char| !c.is_alphanumeric());
    let digits = tail.len() - tail.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let head = tail[..tail.len() - digits].trim_end();
    if !(1..=4).contains(&digits) || !head.ends_with([',', '，']) {
        return None;
    }
    let start = from + tail.len() - digits;
    let range = start..start + digits;
    Some(Imprint {
        volume: Some((range.clone(), text[range.clone()].to_owned())),
        range,
        ..Imprint::default()
    })
}

/// Type codes of GB/T 7714, both editions.
const CODES: &[&str] =
    &["M", "C", "N", "J", "D", "R", "S", "P", "G", "Z", "DB", "CP", "EB", "A", "CM", "DS", "PP", "K"];

/// The last type code of an entry, `[J]`, `［EB/OL］`, its brackets included; `//` is not part of it.
pub(super) fn type_code(text: &str) -> Option<(Range<usize>, String)> {
    let word = |low, high| take_while_m_n(low, high, |c: char| c.is_ascii_uppercase());
    let carrier = opt(preceded((space0::<&str, nom::error::Error<&str>>, one_of("/／"), space0), word(2, 2)));
    let body = recognize((word(1, 2), carrier));
    let known =
        verify(body, |code: &str| CODES.contains(&code.split(['/', '／']).next().unwrap_or_default().trim()));
    let mut code = delimited((one_of("[［〔「【"), space0), known, (space0, one_of("]］〕」】")));
    text.char_indices()
        .filter(|(_, c)| matches!(c, '[' | '［' | '〔' | '「' | '【'))
        .filter_map(|(at, _)| {
            let (rest, value) = code.parse(&text[at..]).ok()?;
            let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            Some((at..text.len() - rest.len(), value.replace('／', "/")))
        })
        .last()
}

fn inner_code(text: &str, range: &Range<usize>) -> Range<usize> {
    let edge = |c: char| !c.is_ascii_alphanumeric();
    let printed = &text[range.clone()];
    let lead = printed.len() - printed.trim_start_matches(edge).len();
    range.start + lead..range.start + lead + printed.trim_matches(edge).len()
}

/// The last emphasised stretch inside `range`: the journal in most English lists. Emphasis is a mark of
/// the reader's, or `*…*` and `_…_` in a text that is not read as Markdown.
fn emphasised(document: &Document, text: &str, base: usize, range: Range<usize>) -> Option<Range<usize>> {
    let span = Span::new(base + range.start, base + range.end);
    let next = document.marks().partition_point(|mark| mark.span.start < span.start);
    let marked = document.marks()[next..]
        .iter()
        .take_while(|mark| mark.span.start < span.end)
        .filter(|mark| mark.kind == MarkKind::Emphasis && mark.span.end <= span.end + 2)
        .last();
    if let Some(mark) = marked {
        return Some(mark.span.start - base..mark.span.end.min(span.end) - base);
    }
    let window = text.get(range.clone())?;
    ['*', '_'].into_iter().find_map(|sign| {
        let close = window.rfind(sign)?;
        let open = window[..close].rfind(sign)?;
        (close > open + 2).then(|| range.start + open + 1..range.start + close)
    })
}
