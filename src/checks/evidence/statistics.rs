//! Test statistics against their P values.

use super::distribution::{bounds, judge};
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::evidence::statistic::Test;
use crate::parse::evidence::{PValue, Relation, Statistic};
use crate::rules::{Options, Scope};

/// A printed P that its statistic cannot give.
pub const RECOMPUTED: Kind = Kind {
    name: "statistic-against-p",
    scope: Scope::Document,
    fields: &["statistic", "printed", "computed"],
    variants: &["same-side", "corrected", "one-sided"],
    build: |options| boxed(options, Recomputed),
};

/// A P that no degrees of freedom can give, or above 1.
pub const IMPOSSIBLE: Kind = Kind {
    name: "impossible-p",
    scope: Scope::Document,
    fields: &["statistic", "printed", "limit"],
    variants: &["above-one", "coefficient"],
    build: |options| boxed(options, Impossible),
};

/// `P = 0.000`.
pub const ZERO: Kind = Kind {
    name: "p-printed-as-zero",
    scope: Scope::Document,
    fields: &["text", "limit"],
    variants: &["below-zero"],
    build: |options| boxed(options, Zero),
};

fn boxed(options: Options<'_>, check: impl Check + 'static) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(check))
}

/// Words that make another P right: corrected degrees of freedom, corrected or one-sided P values.
const CORRECTED: &[&str] = &[
    "Bonferroni",
    "FDR",
    "校正",
    "矫正",
    "Greenhouse",
    "Geisser",
    "Huynh",
    "Welch",
    "one-tailed",
    "one-sided",
    "one tailed",
    "单侧",
    "单尾",
    "Holm",
    "Tukey",
    "adjusted",
    "corrected",
    "置换",
    "permutation",
    "bootstrap",
];

/// The paragraph around a span.
fn paragraph<'a>(cx: &Context<'a>, span: Span) -> &'a str {
    cx.document.block_at(span.start).map_or("", |block| cx.document.slice(block.span))
}

pub(super) fn is_corrected(cx: &Context<'_>, span: Span) -> bool {
    let text = paragraph(cx, span);
    CORRECTED.iter().any(|word| text.contains(word))
}

/// True when the statistic a P value belongs to puts it on the other side of 0.05: reported as that.
pub(super) fn decides_otherwise(cx: &Context<'_>, p: &PValue) -> bool {
    let facts = &cx.facts.evidence;
    let own =
        |s: &&Statistic| s.p.and_then(|index| facts.p_values.get(index)).is_some_and(|q| q.span == p.span);
    facts.statistics.iter().find(own).is_some_and(|statistic| {
        let half = statistic.number.half_unit();
        statistic.relation == Relation::Equal
            && !is_corrected(cx, statistic.span)
            && bounds(statistic.test, statistic.df, statistic.number.value, half).is_some_and(|range| {
                let verdict = judge(p.relation, p.number.value, p.number.decimals, range);
                verdict.error && verdict.decision
            })
    })
}

struct Recomputed;

impl Check for Recomputed {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.evidence;
        for statistic in &facts.statistics {
            let Some(p) = statistic.p.and_then(|index| facts.p_values.get(index)) else { continue };
            if statistic.relation != Relation::Equal || is_zero(p) || p.number.value > 1.0 {
                continue;
            }
            let half = statistic.number.half_unit();
            let Some(range) = bounds(statistic.test, statistic.df, statistic.number.value, half) else {
                continue;
            };
            let verdict = judge(p.relation, p.number.value, p.number.decimals, range);
            if !verdict.error {
                continue;
            }
            let one_sided = p.relation == Relation::Equal
                && !judge(p.relation, p.number.value, p.number.decimals, (range.0 / 2.0, range.1 / 2.0))
                    .error;
            let variant = if is_corrected(cx, statistic.span) {
                Some("corrected")
            } else if one_sided && matches!(statistic.test, Test::T | Test::R | Test::Z) {
                Some("one-sided")
            } else {
                (!verdict.decision).then_some("same-side")
            };
            let span = Span::new(statistic.span.start, p.span.end);
            let middle =
                bounds(statistic.test, statistic.df, statistic.number.value, 0.0).map_or(range.0, |r| r.0);
            let mut finding = cx
                .finding(span)
                .arg("statistic", cx.slice(statistic.span))
                .arg("printed", cx.slice(p.span))
                .arg("computed", show(middle));
            if let Some(variant) = variant {
                finding = finding.variant(variant).confidence(Confidence::Medium);
            }
            out.push(finding);
        }
    }
}

fn show(p: f64) -> String {
    if p < 0.0005 { "<0.001".to_owned() } else { format!("{p:.3}") }
}

fn is_zero(p: &PValue) -> bool {
    p.number.value == 0.0
}

struct Impossible;

impl Check for Impossible {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.evidence;
        for p in &facts.p_values {
            let certain = matches!(p.relation, Relation::Equal | Relation::Greater | Relation::AtLeast);
            // P=5 may be a letter of a formula; a P value has decimals
            if certain
                && p.number.value > 1.0
                && p.number.decimals > 0
                && p.number.value < 10.0
                && reads_as_p(cx, p)
            {
                let finding = cx.finding(p.span).variant("above-one").arg("printed", cx.slice(p.span));
                out.push(finding.confidence(Confidence::Medium));
            }
        }
        for statistic in &facts.statistics {
            if is_beyond_one(cx, statistic) {
                let finding = cx.finding(statistic.span).variant("coefficient");
                out.push(finding.arg("printed", cx.slice(statistic.span)).confidence(Confidence::Medium));
                continue;
            }
            let Some(p) = statistic.p.and_then(|index| facts.p_values.get(index)) else { continue };
            let below = match p.relation {
                Relation::Less => p.number.value <= 0.05,
                Relation::AtMost | Relation::Equal => p.number.value < 0.05,
                Relation::Greater | Relation::AtLeast => false,
            };
            // with degrees of freedom the exact P is known
            let Some(limit) = limit(statistic).filter(|_| below && statistic.relation == Relation::Equal)
            else {
                continue;
            };
            let most = statistic.number.value + statistic.number.half_unit();
            if most < limit && !is_corrected(cx, statistic.span) {
                out.push(
                    cx.finding(Span::new(statistic.span.start, p.span.end))
                        .arg("statistic", cx.slice(statistic.span))
                        .arg("printed", cx.slice(p.span))
                        .arg("limit", limit.to_string()),
                );
            }
        }
    }
}

/// A coefficient of correlation beyond 1; a radius or a rate has no P value and no correlation beside it.
fn is_beyond_one(cx: &Context<'_>, statistic: &Statistic) -> bool {
    let number = &statistic.number;
    if statistic.test != Test::R
        || statistic.relation != Relation::Equal
        || number.decimals < 2
        || number.value - number.half_unit() <= 1.0
        || number.value >= 10.0
    {
        return false;
    }
    let text = cx.document.text();
    let rest = text[statistic.span.end..].trim_start();
    let word = rest.split(|c: char| !c.is_alphabetic() || crate::document::is_han(c)).next().unwrap_or("");
    let unit = rest.starts_with(['%', '％', '×', '米', '毫', '厘'])
        || matches!(
            word,
            "m" | "cm" | "mm" | "km" | "nm" | "μm" | "µm" | "pm" | "dm" | "fm" | "h" | "s" | "d"
        );
    let sentence = cx.facts.evidence.sentence_at(statistic.span.start).map_or(statistic.span, |s| s.span);
    let before = &text[sentence.start..statistic.span.start];
    let told =
        before.contains("相关") || before.contains("orrelat") || before.contains("association between");
    !unit && (told || statistic.p.is_some() && !before.contains("半径"))
}

/// What a statistic must reach for a two-sided P below 0.05, whatever its degrees of freedom; known only
/// where they are not printed. Chi-squared: one degree of freedom.
fn limit(statistic: &Statistic) -> Option<f64> {
    if statistic.df[0].is_some() {
        return None;
    }
    match statistic.test {
        Test::T | Test::Z => Some(1.96),
        Test::Chi2 => Some(3.84),
        Test::F => Some(1.0),
        Test::R => None,
    }
}

/// A capital or small p among statistics, not a symbol of a formula: 0.05, 0.01 or the like elsewhere.
fn reads_as_p(cx: &Context<'_>, p: &PValue) -> bool {
    let linked = cx
        .facts
        .evidence
        .statistics
        .iter()
        .any(|s| s.p.is_some() && (s.span.end..s.span.end + 16).contains(&p.span.start));
    // two groups or models compared: (0.74 vs 0.81, p = 1.12)
    let from = cx.document.block_at(p.span.start).map_or(p.span.start, |block| block.span.start);
    let before = cx.document.text()[from..p.span.start].rsplit(['。', '；']).next().unwrap_or("");
    let compared = ["vs", "versus", "CI", "差异", "显著", "ignifican", "统计学"]
        .iter()
        .any(|word| before.contains(word));
    linked
        || compared
        || cx
            .facts
            .evidence
            .p_values
            .iter()
            .filter(|other| other.number.decimals >= 2 && other.number.value < 1.0)
            .count()
            >= 2
}

struct Zero;

impl Check for Zero {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for p in &cx.facts.evidence.p_values {
            if !is_zero(p) || p.number.decimals < 2 {
                continue;
            }
            let limit = format!("0.{}1", "0".repeat(usize::from(p.number.decimals) - 1));
            let finding = cx.finding(p.span).arg("text", cx.slice(p.span)).arg("limit", limit);
            match p.relation {
                Relation::Equal => out.push(finding),
                Relation::Less => out.push(finding.variant("below-zero")),
                _ => {}
            }
        }
    }
}
