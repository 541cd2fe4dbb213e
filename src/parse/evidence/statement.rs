//! Statements: a subject, a property and a quantity, and in what way it is said.

use super::quantity::{Form, Quantity};
use super::tables::Tables;
use super::titles::stands_alone;
use crate::document::Span;
use serde::Serialize;

/// Farthest a subject may stand before its number, in bytes.
const REACH: usize = 420;
/// Farthest a cue may stand before the number, in bytes.
const CUE_BEFORE: usize = 48;
/// Farthest a cue may stand after the number, in bytes.
const CUE_AFTER: usize = 32;

/// In what way a quantity is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatementKind {
    /// What the thing is: compared across documents.
    Definition,
    /// A result of this or another study.
    Measured,
    /// What somebody first saw.
    Historical,
}

/// A statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// Index of the quantity.
    pub quantity: usize,
    /// Index of the subject in the tables.
    pub subject: usize,
    /// Index of the property in the tables.
    pub property: usize,
    /// The subject as printed.
    pub subject_span: Span,
    /// In what way.
    pub kind: StatementKind,
}

/// Words of a result rather than of a definition.
const MEASURED: &[&str] = &[
    "平均",
    "结果显示",
    "结果表明",
    "可见",
    "观察到",
    "下观察",
    "镜下",
    "电镜",
    "检测",
    "测得",
    "测定",
    "测量",
    "散点图",
    "粒径分析",
    "颗粒跟踪",
    "峰值",
    "主峰",
    "本研究",
    "本实验",
    "我们",
    "制备的",
    "所得",
    "分布在",
    "集中在",
    "大部分介于",
    "实验中",
    "average",
    "mean ",
    "measured",
    "observed",
    "peak",
    "revealed",
    "TEM",
    "NTA",
    "our ",
    " we ",
    "in this study",
    "were isolated",
    "distributed",
];

/// Words of the history of a thing.
const HISTORICAL: &[&str] = &[
    "首次",
    "最早",
    "最初",
    "命名",
    "曾",
    "first described",
    "first reported",
    "first identified",
    "originally",
    "initially",
    "named",
];

/// Words that make an earlier subject the subject of what follows (甲是乙，直径……).
const COPULA: &[&str] =
    &["是", "为", "属于", "称为", "作为", " are ", " is ", " as ", " were ", " was ", "belong"];

/// The statement that `quantity` makes in `sentence`, a span of `text`.
pub fn statement(
    text: &str,
    sentence: Span,
    quantities: &[Quantity],
    index: usize,
    tables: &Tables,
) -> Option<Statement> {
    let quantity = quantities.get(index)?;
    if !matches!(quantity.form, Form::Value | Form::Range) || quantity.magnitude_lost {
        return None;
    }
    let whole = text.get(sentence.range())?;
    let at = quantity.span.start.checked_sub(sentence.start)?;
    let from = floor(whole, at.saturating_sub(REACH));
    let head = whole.get(from..at)?;
    let tail = whole.get(quantity.span.end - sentence.start..)?;
    for (n, property) in tables.properties.iter().enumerate() {
        let fits = match (&property.dimension, &property.unit) {
            (Some(dimension), _) => tables.units.dimension(&quantity.unit) == Some(dimension.as_str()),
            (None, Some(unit)) => tables
                .units
                .read(unit, 0)
                .is_some_and(|(unit, _)| tables.units.comparable(&unit, &quantity.unit)),
            (None, None) => false,
        };
        if !fits {
            continue;
        }
        let (subject, span) = subject(head, tables)?;
        let gap = &head[span.end..];
        let near = &head[floor(head, head.len().saturating_sub(CUE_BEFORE))..];
        let soon = &tail[..floor(tail, CUE_AFTER.min(tail.len()))];
        let soon = soon.split(['，', '。', ',', '；', ';', '、']).next().unwrap_or(soon);
        let cued = property.cues.iter().any(|cue| has_word(near, cue) || has_word(soon, cue));
        let bracketed = property.by_unit
            && gap.len() <= 10
            && gap.contains(['(', '（'])
            && !gap.chars().any(crate::document::is_han);
        if !cued && !bracketed {
            continue;
        }
        let measured = MEASURED.iter().any(|word| has_word(whole, word));
        let historical = HISTORICAL.iter().any(|word| whole.contains(word)) || is_history(head);
        let kind = match (measured, historical) {
            (_, true) => StatementKind::Historical,
            (true, _) => StatementKind::Measured,
            _ => StatementKind::Definition,
        };
        let subject_span = span.shift(sentence.start + from);
        return Some(Statement { quantity: index, subject, property: n, subject_span, kind });
    }
    None
}

/// `1983年` before the number: what was seen then.
fn is_history(head: &str) -> bool {
    let tail = &head[floor(head, head.len().saturating_sub(90))..];
    tail.match_indices('年').any(|(at, _)| {
        let year = tail[..at].trim_end();
        year.len() >= 4 && year.as_bytes()[year.len() - 4..].iter().all(u8::is_ascii_digit)
    })
}

/// The character boundary at or before `at`.
pub(crate) fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A Latin word stands alone; Han words are found anywhere. Case of the first letter is free.
pub(crate) fn has_word(text: &str, word: &str) -> bool {
    if !word.is_ascii() {
        return text.contains(word);
    }
    text.match_indices(word).any(|(at, _)| word.contains(' ') || stands_alone(text, at, at + word.len()))
}

/// The subject of what follows `head`: the nearest one before it, unless that is what an earlier one is
/// said to be ("外泌体是细胞外囊泡的一种，直径……").
fn subject(head: &str, tables: &Tables) -> Option<(usize, Span)> {
    let finder = tables.aliases.as_ref()?;
    let mut chosen: Option<(usize, Span)> = None;
    for found in finder.find_iter(head) {
        if !stands_alone(head, found.start(), found.end()) {
            continue;
        }
        let id = usize::from(*tables.alias_of.get(found.pattern().as_usize())?);
        let span = Span::new(found.start(), found.end());
        let stays = chosen.is_some_and(|(known, before)| {
            let between = &head[before.end..span.start];
            known != id
                && between.len() <= 90
                && !between.contains(['。', '；', ';', '、', '：', ':'])
                && !between.contains("分为")
                && COPULA.iter().any(|word| between.contains(word))
        });
        if !stays {
            chosen = Some((id, span));
        }
    }
    chosen
}
