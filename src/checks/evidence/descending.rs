//! Ranges printed from high to low.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::evidence::{Form, Quantity};
use crate::rules::{Options, Scope};

/// The kind.
pub const KIND: Kind =
    Kind { name: "descending-range", scope: Scope::Document, fields: &["text"], variants: &[], build };

struct Descending;

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(Descending))
}

/// Words near a range that is meant to fall: dilutions, gradients, changes, particle classes, spectra.
const MEANT: &[&str] = &[
    "稀释",
    "梯度",
    "依次",
    "递减",
    "降至",
    "降到",
    "降低",
    "下降",
    "减至",
    "减少",
    "减小",
    "缩短",
    "缩小",
    "由高到低",
    "从大到小",
    "粒级",
    "砂",
    "筛",
    "团聚体",
    "倒计时",
    "术前",
    "扫描",
    "光谱",
    "波数",
    "逐渐",
    "dilut",
    "gradient",
    "decreas",
    "declin",
    "reduc",
    "fell",
    "from",
    "before",
    "prior",
    "spectr",
    "sieve",
    "drop",
];

impl Check for Descending {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for quantity in &cx.facts.evidence.quantities {
            if quantity.form == Form::Range && quantity.descending && !is_meant(cx, quantity) {
                let finding = cx.finding(quantity.core).arg("text", cx.slice(quantity.core));
                out.push(finding.confidence(Confidence::Medium));
            }
        }
    }
}

/// A fall that the author may well mean; accepts to miss an inverted range in such a sentence.
fn is_meant(cx: &Context<'_>, quantity: &Quantity) -> bool {
    let negative = quantity.low.is_some_and(|low| low < 0.0);
    if quantity.from || negative || quantity.magnitude_lost {
        return true;
    }
    let Some(sentence) = cx.facts.evidence.sentence_at(quantity.core.start) else { return false };
    let text = cx.document.text();
    let mut from = sentence.span.start.max(quantity.core.start.saturating_sub(60));
    let mut to = sentence.span.end.min(quantity.core.end + 24);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let head = text[from..quantity.core.start].to_lowercase();
    let tail = text[quantity.core.end..to].to_lowercase();
    // other falling ranges beside it: a scale
    let falling = cx
        .facts
        .evidence
        .quantities_in(sentence.span)
        .iter()
        .filter(|other| other.form == Form::Range && other.descending)
        .count();
    falling > 1
        || tail.trim_start().starts_with('前')
        || MEANT.iter().any(|word| head.contains(word) || tail.contains(word))
}
