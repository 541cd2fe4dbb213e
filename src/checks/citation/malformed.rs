//! Damaged markers with their likely numbers, brackets too many, and whole numbers in doubt.

use super::first_mention;
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Span, Zone};
use crate::engine::Sink;
use crate::finding::{Confidence, Finding, Safety, arg};
use crate::parse::citation::{Chapter, Damage, How, Marker, Scheme, Shape};
use crate::rules::Scope;

/// `malformed-citation`.
pub const MALFORMED: Kind = Kind {
    name: "malformed-citation",
    scope: Scope::Document,
    fields: &["marker", "likely", "before", "after", "number"],
    variants: &[
        "opening",
        "closing",
        "closing-as-one",
        "opening-as-one",
        "empty",
        "empty-first",
        "empty-unknown",
        "mismatched",
        "letters",
        "full-stop",
        "spaced",
        "glued",
        "open-range",
        "open-range-unknown",
    ],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(Malformed))
    },
};

/// `stray-citation-bracket`.
pub const STRAY: Kind = Kind {
    name: "stray-citation-bracket",
    scope: Scope::Document,
    fields: &["text"],
    variants: &[],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(Stray))
    },
};

/// `doubtful-citation-number`.
pub const DOUBTFUL: Kind = Kind {
    name: "doubtful-citation-number",
    scope: Scope::Document,
    fields: &["marker", "likely", "number", "next", "before", "after"],
    variants: &["last", "two"],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(Doubtful))
    },
};

struct Malformed;

impl Check for Malformed {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let citations = &cx.facts.citations;
        let pair = majority_pair(&citations.markers);
        for chapter in &citations.chapters {
            for marker in citations.of(chapter) {
                // in abstracts and captions the order tells nothing
                if !matches!(marker.zone, Zone::Body | Zone::Table) {
                    continue;
                }
                if let Some(finding) = malformed(cx, chapter, marker, pair) {
                    out.push(finding);
                }
            }
        }
    }
}

fn malformed(cx: &Context<'_>, chapter: &Chapter, marker: &Marker, pair: (char, char)) -> Option<Finding> {
    let variant = match (marker.damage?, marker.how) {
        (_, How::Glued) => "glued",
        (Damage::LostOpening, How::OpenAsOne) => "opening-as-one",
        (Damage::LostOpening, _) => "opening",
        (Damage::LostClosing, How::CloseAsOne) => "closing-as-one",
        (Damage::LostClosing, _) => "closing",
        (Damage::Empty, How::Unknown) => "empty-unknown",
        (Damage::Empty, _) if marker.before == 0 => "empty-first",
        (Damage::Empty, _) => "empty",
        (Damage::Mismatched, _) => "mismatched",
        (Damage::Alike, _) => "letters",
        (Damage::Dotted, _) => "full-stop",
        (Damage::Spaced, _) => "spaced",
        (Damage::OpenRange, How::Upto(_)) => "open-range",
        (Damage::OpenRange, _) => "open-range-unknown",
        (Damage::Glued | Damage::LostDigit | Damage::Stray, _) => return None,
    };
    // the marker's own width is kept where one bracket is left
    let (open, close) = match (marker.open, marker.close) {
        (Some(open), None) => (open, counterpart(open)),
        (None, Some(close)) => (counterpart(close), close),
        (Some(open), Some(close)) if counterpart(open) == close => (open, close),
        _ => pair,
    };
    let likely = format!("{open}{}{close}{}", numbers(cx, marker), tail(cx, marker));
    let in_order = marker.reading.iter().any(|(first, _)| *first == marker.before + 1);
    let listed = marker.numbers().all(|n| super::has(super::lists(cx, chapter), n));
    let sure = match variant {
        "empty" | "empty-first" | "closing-as-one" | "glued" | "opening-as-one" | "open-range" => in_order,
        "opening" | "closing" | "mismatched" => in_order || listed || marker.in_order() && marker.before > 2,
        _ => false,
    };
    let mut finding = cx
        .finding(marker.span)
        .variant(variant)
        .confidence(if sure { Confidence::High } else { Confidence::Medium })
        .arg("marker", cx.slice(marker.span))
        .arg("likely", likely.clone())
        .arg("before", marker.before)
        .arg("after", marker.after.unwrap_or(marker.before + 2));
    let by_order = matches!(
        variant,
        "empty" | "empty-first" | "closing-as-one" | "glued" | "opening-as-one" | "open-range"
    );
    if by_order {
        finding = with_neighbours(cx, chapter, marker, finding);
    }
    if !matches!(variant, "empty-unknown" | "open-range-unknown") {
        finding = finding.fix(cx.document, Safety::Unsafe, marker.span, likely);
    }
    Some(finding)
}

/// The places of the first mentions before and after.
fn with_neighbours(cx: &Context<'_>, chapter: &Chapter, marker: &Marker, mut finding: Finding) -> Finding {
    for number in [Some(marker.before), marker.after].into_iter().flatten() {
        if let Some(place) = first_mention(cx, chapter, number) {
            finding = finding.related(place, vec![arg("number", number)]);
        }
    }
    finding
}

/// The numbers to print: as they stand where the reading is the printed one.
fn numbers(cx: &Context<'_>, marker: &Marker) -> String {
    let whole = matches!(marker.damage, Some(Damage::LostOpening | Damage::LostClosing | Damage::Mismatched));
    if let (true, How::Printed, Some(first), Some(last)) =
        (whole, marker.how, marker.items.first(), marker.items.last())
    {
        let printed = cx.slice(Span::new(first.span.start, last.span.end));
        // letters misread for digits are mended too
        if !printed.contains(|c: char| c.is_ascii_alphabetic()) {
            return printed.to_owned();
        }
    }
    let stretches: Vec<String> = marker
        .reading
        .iter()
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") })
        .collect();
    stretches.join(",")
}

/// The mark of the sentence inside the span of a marker that lost its closing bracket.
fn tail<'a>(cx: &Context<'a>, marker: &Marker) -> &'a str {
    if marker.close.is_some() {
        return "";
    }
    let open = marker.open.map_or(0, char::len_utf8);
    let end = marker.items.last().map_or(marker.span.start + open, |item| item.span.end);
    cx.document.text().get(end..marker.span.end).unwrap_or("").trim_start()
}

/// The brackets most markers use.
fn majority_pair(markers: &[Marker]) -> (char, char) {
    let mut counts: Vec<((char, char), usize)> = Vec::new();
    for marker in markers.iter().filter(|marker| marker.damage.is_none()) {
        let pair = match marker.shape {
            Shape::Round => Some(('(', ')')),
            _ => marker.open.zip(marker.close),
        };
        if let Some((open, close)) = pair {
            match counts.iter_mut().find(|(pair, _)| *pair == (open, close)) {
                Some((_, count)) => *count += 1,
                None => counts.push(((open, close), 1)),
            }
        }
    }
    counts.iter().max_by_key(|(_, count)| *count).map_or(('[', ']'), |(pair, _)| *pair)
}

fn counterpart(c: char) -> char {
    match c {
        '[' => ']',
        ']' => '[',
        '［' => '］',
        '］' => '［',
        '【' => '】',
        '】' => '【',
        '〔' => '〕',
        '〕' => '〔',
        other => other,
    }
}

struct Stray;

impl Check for Stray {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for span in &cx.facts.citations.strays {
            let finding = cx.finding(*span).arg("text", cx.slice(*span)).confidence(Confidence::Medium).fix(
                cx.document,
                Safety::Unsafe,
                *span,
                "",
            );
            out.push(finding);
        }
    }
}

struct Doubtful;

impl Check for Doubtful {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let citations = &cx.facts.citations;
        if citations.scheme != Scheme::Bracket {
            return;
        }
        for chapter in &citations.chapters {
            let doubtful = citations.of(chapter).iter().filter(|m| m.damage == Some(Damage::LostDigit));
            for marker in doubtful {
                let (Some(open), Some(close)) = (marker.open, marker.close) else { continue };
                let number = marker.before + 1;
                let pair = marker.reading.len() > 1;
                let likely = match marker.reading.as_slice() {
                    [(first, _), (second, _)] => format!("{open}{first},{second}{close}"),
                    _ => format!("{open}{number}{close}"),
                };
                let finding = cx
                    .finding(marker.span)
                    .confidence(Confidence::Medium)
                    .arg("marker", cx.slice(marker.span))
                    .arg("number", number)
                    .arg("next", number + 1)
                    .arg("likely", likely.clone())
                    .arg("before", marker.before)
                    .arg("after", marker.after.unwrap_or(number + 1))
                    .fix(cx.document, Safety::Unsafe, marker.span, likely);
                let last = marker.after.is_none();
                let finding = with_neighbours(cx, chapter, marker, finding);
                out.push(match (last, pair) {
                    (true, _) => finding.variant("last"),
                    (_, true) => finding.variant("two"),
                    _ => finding,
                });
            }
        }
    }
}
