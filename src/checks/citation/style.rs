//! Markers written in more than one way.

use super::RELATED;
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Zone;
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::citation::{Marker, Scheme};
use crate::rules::Scope;

/// `mixed-citation-styles`.
pub const STYLE: Kind = Kind {
    name: "mixed-citation-styles",
    scope: Scope::Document,
    fields: &["usual", "usual_count", "marker", "count"],
    variants: &[],
    build: |options| {
        let NoOptions {} = options.read()?;
        Ok(Box::new(Style))
    },
};

/// Fewest markers that make a habit.
const HABIT: usize = 3;

struct Style;

impl Check for Style {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let citations = &cx.facts.citations;
        if citations.scheme != Scheme::Bracket {
            return;
        }
        let markers: Vec<&Marker> = citations
            .markers
            .iter()
            .filter(|m| {
                m.damage.is_none() && matches!(m.zone, Zone::Body | Zone::AbstractZh | Zone::AbstractEn)
            })
            .collect();
        let facets: [fn(&Marker) -> Option<char>; 3] = [brackets, comma, dash];
        let mut odd: Vec<&Marker> = Vec::new();
        let mut usual: Option<(&Marker, usize)> = None;
        for facet in facets {
            let (common, count, others) = split(&markers, facet);
            if count >= HABIT && !others.is_empty() && others.len() * 2 <= count {
                usual = usual.or(common.map(|marker| (marker, count)));
                odd.extend(others);
            }
        }
        odd.sort_by_key(|marker| marker.span.start);
        odd.dedup_by_key(|marker| marker.span.start);
        let (Some((usual, habit)), Some(first)) = (usual, odd.first()) else { return };
        let mut finding = cx
            .finding(first.span)
            .confidence(Confidence::Medium)
            .arg("usual", cx.slice(usual.span))
            .arg("usual_count", habit)
            .arg("marker", cx.slice(first.span))
            .arg("count", odd.len());
        for marker in odd.iter().skip(1).take(RELATED) {
            finding = finding.related(cx.place(marker.span), Vec::new());
        }
        out.push(finding);
    }
}

/// The most common way of one facet with an example and its number, and the markers of other ways.
fn split<'m>(
    markers: &[&'m Marker],
    facet: fn(&Marker) -> Option<char>,
) -> (Option<&'m Marker>, usize, Vec<&'m Marker>) {
    let mut counts: Vec<(char, usize, &Marker)> = Vec::new();
    for marker in markers {
        let Some(way) = facet(marker) else { continue };
        match counts.iter_mut().find(|(other, _, _)| *other == way) {
            Some((_, count, _)) => *count += 1,
            None => counts.push((way, 1, marker)),
        }
    }
    let Some(&(way, count, example)) = counts.iter().max_by_key(|(_, count, _)| *count) else {
        return (None, 0, Vec::new());
    };
    let others = markers.iter().copied().filter(|m| facet(m).is_some_and(|other| other != way)).collect();
    (Some(example), count, others)
}

/// Form and width of the brackets; `?` where the two differ in width.
fn brackets(marker: &Marker) -> Option<char> {
    match (marker.open?, marker.close?) {
        ('[', ']') => Some('['),
        ('［', '］') => Some('［'),
        ('【', '】') => Some('【'),
        ('〔', '〕') => Some('〔'),
        _ => Some('?'),
    }
}

/// Width and kind of the commas; `?` where they differ inside one marker.
fn comma(marker: &Marker) -> Option<char> {
    let fold = |c: char| if matches!(c, ';' | '；' | '&' | '.') { None } else { Some(c) };
    let mut all = marker.separators.iter().copied().filter_map(fold);
    let first = all.next()?;
    Some(if all.all(|c| c == first) { first } else { '?' })
}

/// Hyphen, swung dash or word between the ends of a range. Hyphens and dashes count as one:
/// extraction often takes one for another.
fn dash(marker: &Marker) -> Option<char> {
    marker.dashes.first().map(|c| match c {
        '~' | '～' | '∼' | '〜' => '~',
        '至' | '到' => '至',
        _ => '-',
    })
}
