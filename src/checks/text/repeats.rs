//! Doubled words (`发现发现`, `the the`) and items that stand twice in an enumeration.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::{Confidence, Safety, arg};
use crate::parse::text::repeats::Repeat;
use crate::rules::{Options, Scope};

/// `doubled-word`.
pub const DOUBLED_WORD: Kind = Kind {
    name: "doubled-word",
    scope: Scope::Document,
    fields: &["word"],
    variants: &["or-lost-mark"],
    build: |options: Options<'_>| {
        options.read::<NoOptions>().map(|_| Box::new(Repeats { items: false }) as Box<dyn Check>)
    },
};

/// `repeated-item`.
pub const REPEATED_ITEM: Kind = Kind {
    name: "repeated-item",
    scope: Scope::Document,
    fields: &["word"],
    variants: &[],
    build: |options: Options<'_>| {
        options.read::<NoOptions>().map(|_| Box::new(Repeats { items: true }) as Box<dyn Check>)
    },
};

struct Repeats {
    items: bool,
}

impl Check for Repeats {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let mine = cx.facts.text.repeats.iter().filter(|repeat| repeat.item == self.items);
        let prose = |repeat: &&Repeat| {
            !cx.facts.masks.touches(repeat.span)
                && ![repeat.first, repeat.second].iter().any(|w| label(cx, *w))
        };
        for repeat in mine.filter(prose) {
            let finding =
                cx.finding(repeat.span).confidence(repeat.confidence).arg("word", cx.slice(repeat.first));
            // Which item was meant instead, nobody can know; a doubled word can only go.
            out.push(match (self.items, repeat.confidence) {
                (true, _) if repeat.first.end < repeat.span.start => {
                    finding.related(cx.place(repeat.first), vec![arg("word", cx.slice(repeat.first))])
                }
                (true, _) => finding,
                (false, Confidence::High) => finding.fix(cx.document, Safety::Unsafe, repeat.second, ""),
                // One sentence may end with the word that begins the next: a mark was lost, not a word doubled.
                (false, _) => finding.variant("or-lost-mark"),
            });
        }
    }
}

/// True when a word fills a printed line: a chart's label or a heading, which a line about the same follows.
fn label(cx: &Context<'_>, word: Span) -> bool {
    word.len() > 3 && cx.document.at_line_ends(word) == (true, true)
}
