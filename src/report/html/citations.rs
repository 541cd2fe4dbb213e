//! The citation map: paragraph against reference number.

use super::exhibit::{Anchor, Places};
use crate::checks::citation::order;
use crate::document::{BlockKind, Document, Zone};
use crate::parse::Facts;
use crate::parse::citation::{self, Marker, numbers_of};
use crate::parse::reference::List;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};

/// The map of one chapter.
#[derive(Debug)]
pub struct Chapter {
    /// Highest number of its list; 0 without a list.
    pub last: u32,
    /// Number of paragraphs on the map.
    pub paragraphs: usize,
    /// One point per paragraph, number and state.
    pub points: Vec<Point>,
    /// Numbers of the list that no marker cites.
    pub uncited: Vec<(u32, Option<Anchor>)>,
    /// Headings of the first level: the paragraph they stand before, and their words.
    pub sections: Vec<(usize, String)>,
    /// The numbers follow another order than that of first mention.
    pub other_order: bool,
}

/// A number cited in a paragraph.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    /// The number.
    pub number: u32,
    /// The paragraph, counted from 1.
    pub paragraph: usize,
    /// What is to be said of it.
    pub state: State,
    /// The marker.
    pub anchor: Anchor,
}

/// What is to be said of a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// First mention, in order.
    First,
    /// Mentioned before.
    Again,
    /// First mention, out of order.
    OutOfOrder,
    /// The marker is damaged and its reading likely.
    Damaged,
    /// The list has no such number.
    Missing,
}

/// The maps of all chapters that have markers.
pub fn chapters(document: &Document, facts: &Facts, places: &Places) -> Vec<Chapter> {
    let citations = &facts.citations;
    let axis = Axis::new(document);
    citations
        .chapters
        .iter()
        .filter(|chapter| !chapter.markers.is_empty())
        .map(|chapter| {
            let lists = facts.references.lists.get(chapter.lists.clone()).unwrap_or_default();
            map(citations.of(chapter), chapter, lists, places, &axis)
        })
        .collect()
}

/// Paragraphs of a document, counted.
struct Axis {
    /// For each leaf, the number of the paragraph it is or follows.
    paragraph: Vec<usize>,
    /// Headings of the first level: leaf and words.
    sections: Vec<(usize, String)>,
}

impl Axis {
    fn new(document: &Document) -> Self {
        let (mut count, mut paragraph, mut sections) = (0, Vec::new(), Vec::new());
        for (leaf, block) in document.reading_order().into_iter().enumerate() {
            let counts = matches!(block.zone(), Zone::Body | Zone::AbstractZh | Zone::AbstractEn)
                && block.kind != BlockKind::Heading
                || matches!(block.zone(), Zone::Caption | Zone::Table | Zone::Footnote);
            count += usize::from(counts);
            paragraph.push(count);
            if block.kind == BlockKind::Heading && block.level <= 1 {
                sections.push((leaf, document.slice(block.span).to_owned()));
            }
        }
        Self { paragraph, sections }
    }
}

fn map(
    markers: &[Marker],
    chapter: &citation::Chapter,
    lists: &[List],
    places: &Places,
    axis: &Axis,
) -> Chapter {
    let has = |number: u32| lists.is_empty() || lists.iter().any(|list| list.has(number));
    let mut points: Vec<Point> = Vec::new();
    let mut leaves: Vec<usize> = Vec::new();
    let (mut met, mut shown) = (HashSet::new(), HashSet::new());
    for marker in markers {
        let Some(anchor) = places.anchor(marker.span) else { continue };
        leaves.push(anchor.leaf);
        let paragraph = axis.paragraph.get(anchor.leaf).copied().unwrap_or_default();
        // the order inside one bracket is free
        let mut numbers: Vec<u32> = marker.reading.iter().flat_map(|&(a, b)| numbers_of(a, b)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            // a damaged marker counts as a mention, too
            let fresh = marker.in_order() && met.insert(number);
            let state = match (has(number), marker.damage) {
                (false, None) => State::Missing,
                (_, Some(_)) => State::Damaged,
                (true, None) if fresh => State::First,
                (true, None) => State::Again,
            };
            // one point per paragraph, number and state is enough for the eye
            let again = state == State::Again && shown.contains(&(paragraph, number, State::First));
            if !again && shown.insert((paragraph, number, state)) {
                points.push(Point { number, paragraph, state, anchor });
            }
        }
    }
    let other_order = !mark_order(&mut points, &order::floating(markers));
    let (first, last) = leaves.iter().fold((usize::MAX, 0), |(a, b), leaf| (a.min(*leaf), b.max(*leaf)));
    let shift = axis.paragraph.get(first).map_or(0, |n| n.saturating_sub(1));
    let sections = axis.sections.iter().filter(|(leaf, _)| (first.saturating_sub(2)..=last).contains(leaf));
    let ordinal = |leaf: usize| axis.paragraph.get(leaf).map_or(0, |n| n.saturating_sub(shift));
    let sections = sections.map(|(leaf, words)| (ordinal(*leaf), words.clone())).collect();
    for point in &mut points {
        point.paragraph -= shift.min(point.paragraph);
    }
    Chapter {
        last: chapter.last.unwrap_or(0),
        paragraphs: points.iter().map(|point| point.paragraph).max().unwrap_or(0),
        points,
        uncited: uncited(chapter, lists, places),
        sections,
        other_order,
    }
}

fn uncited(chapter: &citation::Chapter, lists: &[List], places: &Places) -> Vec<(u32, Option<Anchor>)> {
    let mut out = BTreeMap::new();
    for entry in lists.iter().flat_map(|list| &list.entries) {
        let Some(number) = entry.number else { continue };
        let cited = chapter.cited.contains_key(&number) || chapter.doubtful.contains_key(&number);
        if !cited {
            out.entry(number).or_insert_with(|| places.anchor(entry.label.unwrap_or(entry.span)));
        }
    }
    out.into_iter().collect()
}

/// Marks the first mentions that stand out of order; when they are many, the numbers follow another order (of
/// the alphabet, of the list), and none is marked.
fn mark_order(points: &mut [Point], floating: &HashSet<u32>) -> bool {
    let counts = |point: &Point| point.state == State::First && !floating.contains(&point.number);
    let firsts: Vec<usize> = (0..points.len()).filter(|at| counts(&points[*at])).collect();
    let Ok(odd) = order::out_of_order(firsts.iter().map(|at| points[*at].number)) else { return false };
    for at in odd {
        points[firsts[at]].state = State::OutOfOrder;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;

    #[test]
    fn what_breaks_the_rising_run_is_out_of_order() {
        let anchor = Anchor { leaf: 0, span: Span::new(0, 0) };
        let point = |number| Point { number, paragraph: 1, state: State::First, anchor };
        let odd = |numbers: &[u32], floating: &[u32]| {
            let mut points: Vec<Point> = numbers.iter().copied().map(point).collect();
            let told = mark_order(&mut points, &floating.iter().copied().collect());
            let odd = points.iter().filter(|p| p.state == State::OutOfOrder).map(|p| p.number);
            told.then(|| odd.collect::<Vec<u32>>())
        };
        assert_eq!(odd(&[1, 2, 7, 3, 4, 5, 6, 8], &[]), Some(vec![7]));
        assert_eq!(odd(&[1, 2, 7, 3, 4, 5, 6, 8], &[7]), Some(vec![]));
        assert_eq!(odd(&[5, 3, 9, 1, 7, 2, 8, 4], &[]), None, "sorted by something else");
    }
}
