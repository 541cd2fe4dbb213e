//! What a clause says about significance against the P value beside it.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::parse::evidence::{PValue, Relation, Sentence};
use crate::rules::{Options, Scope};
use aho_corasick::{AhoCorasick, MatchKind};

/// The kind.
pub const KIND: Kind = Kind {
    name: "verdict-against-p",
    scope: Scope::Document,
    fields: &["verdict", "p"],
    variants: &["not-significant"],
    build,
};

/// Most bytes between a verdict and its P value.
const NEAR: usize = 90;

struct Verdicts {
    finder: Option<AhoCorasick>,
}

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    let finder = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(NOT.iter().chain(YES))
        .ok();
    Ok(Box::new(Verdicts { finder }))
}

/// "No difference"; longer than any word of [`YES`] inside them.
const NOT: &[&str] = &[
    "差异无统计学意义",
    "差异均无统计学意义",
    "无统计学意义",
    "无统计学差异",
    "无显著性差异",
    "无显著差异",
    "无明显差异",
    "差异不显著",
    "差异均不显著",
    "无显著性",
    "没有统计学意义",
    "没有显著差异",
    "没有统计学差异",
    "不具有统计学意义",
    "未见统计学差异",
    "无显著统计学意义",
    "差异无显著性",
    "差异没有统计学意义",
    "差异不具有统计学意义",
    "不显著",
    "未见显著差异",
    "未见明显差异",
    "无显著相关",
    "没有达到显著",
    "未达到显著",
    "no significant",
    "not significant",
    "not statistically significant",
    "no statistically significant",
    "not significantly",
    "not statistically different",
    "non-significant",
    "nonsignificant",
    "did not differ significantly",
    "without significant",
    "no statistical significance",
    "no statistical difference",
    "insignificant",
];

/// "Significant".
const YES: &[&str] = &[
    "显著差异",
    "显著性差异",
    "统计学差异",
    "明显差异",
    "差异有统计学意义",
    "差异均有统计学意义",
    "有统计学意义",
    "有统计学差异",
    "有显著性差异",
    "有显著差异",
    "差异显著",
    "差异极显著",
    "差异有显著性",
    "差异具有统计学意义",
    "具有统计学意义",
    "具有显著性",
    "存在显著差异",
    "具有显著差异",
    "显著高于",
    "显著低于",
    "显著升高",
    "显著降低",
    "显著增加",
    "显著减少",
    "显著提高",
    "显著下降",
    "明显高于",
    "明显低于",
    "呈显著正相关",
    "呈显著负相关",
    "显著正相关",
    "显著负相关",
    "significantly",
    "statistically significant",
    "significant difference",
    "significant differences",
    "significant increase",
    "significant decrease",
];

/// Sentences in which a P value stands for something else.
const OTHER: &[&str] = &[
    "异质性",
    "heterogene",
    "Q检验",
    "纳入标准",
    "排除标准",
    "检验水准",
    "检验水平",
    "显著性水平",
    "significance level",
    "α=",
    "α＝",
    "α =",
    "α为",
    "正态",
    "方差齐",
    "normality",
    "发表偏倚",
    "Egger",
    "Begg",
    "publication bias",
    "校正",
    "adjust",
    "Hosmer",
    "拟合优度",
    "平行线",
    "变为",
    "不再",
    "no longer",
    "0.1为",
    "Bonferroni",
];

/// Words that open a statement of their own between a P value and the next verdict.
const TURNS: &[&str] = &["但", "而", "其余", "其他", " but ", " while ", " whereas "];

impl Check for Verdicts {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.evidence;
        // a text that prints P<0.1 may call that significant
        let tenth = facts.p_values.iter().any(|p| p.relation == Relation::Less && p.number.value == 0.1);
        let level = if tenth { 0.1 } else { 0.05 };
        let mut from = 0;
        for sentence in &facts.sentences {
            from += facts.p_values[from..].iter().take_while(|p| p.span.start < sentence.span.start).count();
            let inside = facts.p_values[from..].iter().take_while(|p| p.span.end <= sentence.span.end);
            let values: Vec<&PValue> = inside.collect();
            if !values.is_empty() {
                self.sentence(cx, (sentence, level), &values, out);
            }
        }
    }
}

impl Verdicts {
    fn sentence(
        &self,
        cx: &Context<'_>,
        (sentence, level): (&Sentence, f64),
        values: &[&PValue],
        out: &mut Sink,
    ) {
        let Some(finder) = &self.finder else { return };
        let text = cx.slice(sentence.span);
        if OTHER.iter().any(|word| text.contains(word)) {
            return;
        }
        let said: Vec<(Span, bool)> = finder
            .find_iter(text)
            .map(|m| {
                (
                    Span::new(m.start(), m.end()).shift(sentence.span.start),
                    m.pattern().as_usize() >= NOT.len(),
                )
            })
            .collect();
        for p in values {
            let Some((verdict, yes)) = partner(cx, &said, values, p) else { continue };
            let against = if yes { above(p, level) } else { below(p) };
            if against && !super::statistics::decides_otherwise(cx, p) {
                let finding = cx.finding(p.span).arg("verdict", cx.slice(verdict)).arg("p", cx.slice(p.span));
                let finding = finding.related(cx.place(verdict), Vec::new());
                out.push(if yes { finding } else { finding.variant("not-significant") });
            }
        }
    }
}

/// Says that P is above the level.
fn above(p: &PValue, level: f64) -> bool {
    match p.relation {
        Relation::Greater | Relation::AtLeast => p.number.value >= level,
        Relation::Equal => p.number.value > level,
        _ => false,
    }
}

/// Says that P is below 0.05.
fn below(p: &PValue) -> bool {
    match p.relation {
        Relation::Less => p.number.value <= 0.05,
        Relation::AtMost | Relation::Equal => p.number.value < 0.05,
        _ => false,
    }
}

/// The verdict a P value belongs to: the only one in its clause, the nearest before it, or right after it;
/// never across another P value.
fn partner(cx: &Context<'_>, said: &[(Span, bool)], values: &[&PValue], p: &PValue) -> Option<(Span, bool)> {
    let text = cx.document.text();
    let clear = |from: usize, to: usize| {
        from <= to
            && to - from <= NEAR
            && !text[from..to].contains(['。', '；', ';'])
            && !values.iter().any(|other| other.span.start >= from && other.span.end <= to)
    };
    let before = said.iter().rev().find(|(span, _)| span.end <= p.span.start);
    let after = said.iter().find(|(span, _)| span.start >= p.span.end);
    let own_before = before.filter(|(span, _)| {
        let gap = &text[span.end..p.span.start];
        clear(span.end, p.span.start) && (!gap.contains(['，', ',']) || only_statistics(gap))
    });
    if let Some(found) = own_before {
        return Some(*found);
    }
    // the P value a verdict has right behind it is its own: `[P<0.01]，但焦虑无统计学意义[P=0.31]`
    let taken = |verdict: Span| {
        let next = values.iter().find(|other| other.span.start >= verdict.end);
        next.is_some_and(|other| {
            let gap = &text[verdict.end..other.span.start];
            clear(verdict.end, other.span.start) && (!gap.contains(['，', ',']) || only_statistics(gap))
        })
    };
    after
        .filter(|(span, _)| {
            let gap = &text[p.span.end..span.start];
            let turns = TURNS.iter().any(|word| gap.contains(word));
            clear(p.span.end, span.start)
                && gap.chars().count() <= 10
                && !gap.contains(['(', '（'])
                && !turns
                && !taken(*span)
        })
        .copied()
}

/// `（t=2.31，`: no comma before the bracket, and only symbols and numbers between it and P.
fn only_statistics(gap: &str) -> bool {
    // `，β = 0.14，`: symbols and their numbers without brackets
    let word = |text: &str| text.split(|c: char| !c.is_alphabetic()).all(|word| word.chars().count() <= 3);
    if gap.starts_with(['，', ','])
        && gap.contains(['=', '＝'])
        && !gap.chars().any(crate::document::is_han)
        && word(gap)
    {
        return true;
    }
    let Some(open) = gap.find(['(', '（', '[', '［']) else { return false };
    let (outer, inner) = gap.split_at(open);
    !outer.contains(['，', ',']) && !inner.chars().any(crate::document::is_han)
}
