//! Parts that do not add up to their whole.

use super::ratios::count_of;
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::evidence::{Quantity, Sentence};
use crate::rules::{Options, Scope};

/// The kind.
pub const KIND: Kind = Kind {
    name: "parts-of-whole",
    scope: Scope::Document,
    fields: &["first", "second", "sum", "total"],
    variants: &["groups", "each", "reasons", "sources", "rest"],
    build,
};

struct Parts;

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(Parts))
}

/// Words for two parts that make up the whole between them, as said right before or after their number.
const PAIRS: &[(&[&str], &[&str])] = &[
    (&["男性", "男生", "男"], &["女性", "女生", "女"]),
    (&["male", "males", "men", "boys"], &["female", "females", "women", "girls"]),
    (&["雄性"], &["雌性"]),
];

impl Check for Parts {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for sentence in &cx.facts.evidence.sentences {
            let quantities = cx.facts.evidence.quantities_in(sentence.span);
            super::arms::arms(cx, sentence, quantities, out);
            super::sums::sums(cx, sentence, quantities, out);
            if quantities.len() >= 3 {
                for (first, second) in PAIRS {
                    pair(cx, sentence, quantities, (first, second), out);
                }
            }
        }
    }
}

/// The total before, and the two parts right after it.
fn pair(
    cx: &Context<'_>,
    sentence: &Sentence,
    quantities: &[Quantity],
    (first, second): (&[&str], &[&str]),
    out: &mut Sink,
) {
    let units = &cx.data.evidence.units;
    let text = cx.document.text();
    let counts: Vec<(&Quantity, f64)> = quantities.iter().filter_map(|q| Some((q, count_of(q)?))).collect();
    let named = |q: &Quantity, words: &[&str]| {
        let head = text[sentence.span.start..q.core.start].trim_end();
        let tail = text[q.core.end..sentence.span.end].trim_start();
        words.iter().any(|word| head.ends_with(word) || (word.is_ascii() && starts_word(tail, word)))
    };
    for (n, window) in counts.windows(2).enumerate() {
        let [(a, x), (b, y)] = window else { continue };
        if !(named(a, first) && named(b, second)) || b.core.start - a.core.end > 24 {
            continue;
        }
        // any earlier number that fits makes it right; else the nearest one is the total
        let totals = counts[..n].iter().rev().filter(|(q, v)| {
            // a questionnaire stands for the one who filled it in
            let comparable = units.comparable(&q.unit, &a.unit) || units.show(&q.unit) == "份";
            comparable && v >= x && v >= y
        });
        let totals: Vec<&(&Quantity, f64)> = totals.collect();
        let Some((total, value)) = totals.first() else { continue };
        let near = a.core.start - total.core.end <= 60;
        if !near || totals.iter().any(|(_, v)| *v == x + y) || !units.comparable(&a.unit, &b.unit) {
            continue;
        }
        out.push(
            cx.finding(Span::new(a.core.start, b.core.end))
                .confidence(Confidence::Medium)
                .arg("first", cx.slice(a.core))
                .arg("second", cx.slice(b.core))
                .arg("sum", format!("{:.0}", x + y))
                .arg("total", format!("{value:.0}"))
                .related(cx.place(total.core), Vec::new()),
        );
    }
}

fn starts_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
}
