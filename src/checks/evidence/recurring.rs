//! Sentences of an abstract that recur where no sentence was told apart: behind a reference entry, glued to
//! a citation or a heading.

use super::skeleton::{needle, skeleton};
use super::within::{report, same_number, whole};
use crate::checks::Context;
use crate::document::{BlockKind, Span, Zone};
use crate::finding::Finding;
use crate::parse::evidence::sentence::sentences;
use memchr::memmem;

/// Most sentences of the abstracts that are looked for.
const MOST: usize = 40;
/// Most places looked at for one sentence.
const PLACES: usize = 8;

/// Adds sentences of an abstract that stand elsewhere with one or two other numbers.
pub(super) fn hidden(cx: &Context<'_>, found: &mut Vec<(Span, Span, Finding)>) {
    let facts = &cx.facts.evidence;
    let text = cx.document.text();
    let own = facts
        .sentences
        .iter()
        .filter(|sentence| matches!(sentence.zone, Zone::AbstractZh | Zone::AbstractEn))
        .filter(|sentence| !facts.quantities_in(sentence.span).is_empty());
    let mut first = Vec::new();
    for sentence in own.take(MOST) {
        let words = cx.slice(sentence.span);
        let Some(needle) = needle(words) else { continue };
        let Some((words, numbers)) = skeleton(words) else { continue };
        for at in memmem::find_iter(text.as_bytes(), needle.as_bytes()).take(PLACES) {
            let known = facts.sentence_at(at);
            // sentences that begin here were compared already; those of abstracts are not compared
            let skip = known.is_some_and(|known| {
                known.span.start == at || matches!(known.zone, Zone::AbstractZh | Zone::AbstractEn)
            });
            let Some(block) = cx.document.block_at(at).filter(|_| !skip) else { continue };
            if matches!(block.kind, BlockKind::Abstract | BlockKind::Keywords | BlockKind::Code) {
                continue;
            }
            first.clear();
            sentences(&text[at..block.span.end], &mut first);
            let Some(place) = first.first().map(|span| span.shift(at)) else { continue };
            let Some((other, others)) = skeleton(cx.slice(place)) else { continue };
            if other != words || others.len() != numbers.len() {
                continue;
            }
            let pairs = others.iter().map(|span| span.shift(place.start));
            let pairs = pairs.zip(numbers.iter().map(|span| span.shift(sentence.span.start)));
            let differ: Vec<(Span, Span)> =
                pairs.filter(|(a, b)| !same_number(cx.slice(*a), cx.slice(*b))).collect();
            if let [(a, b)] | [(a, b), _] = differ.as_slice() {
                let (a, b) = (whole(cx, *a), whole(cx, *b));
                found.push((a, b, report(cx, a, b, Some("sentence"))));
            }
        }
    }
}
