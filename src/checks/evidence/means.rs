//! Means of whole numbers that no whole numbers can have.

use super::grim::grim;
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::evidence::number::{digit, number};
use crate::parse::evidence::{Form, Sentence};
use crate::rules::{Options, Scope};

/// The kind.
pub const KIND: Kind = Kind {
    name: "impossible-mean",
    scope: Scope::Document,
    fields: &["mean", "n", "below", "above"],
    variants: &[],
    build,
};

struct Means;

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(Means))
}

/// Scales that count in whole numbers, one answer each.
const SCALES: &[&str] = &[
    "Likert",
    "李克特",
    "点量表",
    "级评分",
    "点评分",
    "分制",
    "-point scale",
    "point Likert",
    "单条目",
    "single item",
    "single-item",
    "VAS整数",
    "Apgar",
    "个孩子",
    "胎次",
    "产次",
];

/// Words of averages over several answers: the number of items is then not known.
const SUMS: &[&str] = &[
    "维度",
    "条目均",
    "总量表",
    "分量表",
    "子量表",
    "subscale",
    "items",
    "composite",
    "averaged across",
    "加权",
    "均分",
];

impl Check for Means {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for sentence in &cx.facts.evidence.sentences {
            let text = cx.slice(sentence.span);
            if text.contains(['n', 'N', '名', '例', '人'])
                && SCALES.iter().any(|word| text.contains(word))
                && !SUMS.iter().any(|word| text.contains(word))
            {
                mean(cx, sentence, out);
            }
        }
    }
}

/// One mean, one n: with several it is not said which belongs to which.
fn mean(cx: &Context<'_>, sentence: &Sentence, out: &mut Sink) {
    let text = cx.slice(sentence.span);
    let sizes = sizes(cx, sentence);
    let [n] = sizes.as_slice() else { return };
    let mut means = Vec::new();
    for cue in [
        "M =",
        "M=",
        "M＝",
        "均值为",
        "平均分为",
        "平均为",
        "均数为",
        "平均得分为",
        "mean of ",
        "mean = ",
        "mean=",
        "mean was ",
        "averaged ",
    ] {
        for (at, _) in text.match_indices(cue) {
            let rest = text[at + cue.len()..].trim_start();
            let start = text.len() - rest.len();
            if digit(text.as_bytes(), start).is_some()
                && let Some(found) = number(text, start).filter(|found| found.decimals > 0)
            {
                means.push((start, found));
            }
        }
    }
    let [(at, mean)] = means.as_slice() else { return };
    let span = Span::new(*at, at + mean.len);
    let Ok(digits) = text[span.range()].replace(['.', ','], "").parse::<u64>() else { return };
    // above 10^decimals answers every mean is possible
    if *n >= 10u64.pow(u32::from(mean.decimals.min(9))) || grim(digits, u32::from(mean.decimals), *n, 1) {
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "n is a small count")]
    let total = *n as f64;
    let whole = (mean.value * total).floor();
    let show = |sum: f64| format!("{:.*}", usize::from(mean.decimals) + 1, sum / total);
    out.push(
        cx.finding(span.shift(sentence.span.start))
            .confidence(Confidence::Medium)
            .arg("mean", &text[span.range()])
            .arg("n", n.to_string())
            .arg("below", show(whole))
            .arg("above", show(whole + 1.0)),
    );
}

/// The sample sizes a sentence names.
fn sizes(cx: &Context<'_>, sentence: &Sentence) -> Vec<u64> {
    let text = cx.slice(sentence.span);
    let mut out = Vec::new();
    for cue in ["n=", "n =", "N=", "N =", "n＝", "N＝"] {
        for (at, _) in text.match_indices(cue) {
            let rest = text[at + cue.len()..].trim_start();
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            out.extend(digits.parse::<u64>().ok());
        }
    }
    for quantity in cx.facts.evidence.quantities_in(sentence.span) {
        let dimension = cx.data.evidence.units.dimension(&quantity.unit);
        if matches!(dimension, Some("cases" | "persons")) && quantity.form == Form::Value {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "counts are small and positive"
            )]
            out.extend(super::ratios::count_of(quantity).map(|value| value as u64));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}
