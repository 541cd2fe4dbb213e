//! Which way a sentence says that things go.

use crate::document::Span;
use crate::parse::evidence::Named;

/// Words that raise.
pub(super) const UP: &[&str] = &[
    "上调",
    "升高",
    "增加",
    "增强",
    "提高",
    "促进",
    "激活",
    "诱导",
    "增多",
    "加速",
    "加剧",
    "加重",
    "上升",
    "提升",
    "增高",
    "up-regulat",
    "upregulat",
    "increas",
    "enhanc",
    "promot",
    "elevat",
    "stimulat",
    "accelerat",
    "activat",
    "induc",
    "rais",
];

/// Words that lower.
pub(super) const DOWN: &[&str] = &[
    "下调",
    "降低",
    "减少",
    "抑制",
    "减弱",
    "下降",
    "减轻",
    "阻止",
    "延缓",
    "缓解",
    "阻断",
    "抵抗",
    "down-regulat",
    "downregulat",
    "decreas",
    "reduc",
    "inhibit",
    "suppress",
    "attenuat",
    "alleviat",
    "lower",
    "diminish",
    "prevent",
    "ameliorat",
];

/// A direction word.
#[derive(Clone, Copy)]
pub(super) struct Verb {
    at: usize,
    end: usize,
    up: bool,
}

/// All direction words, in order.
pub(super) fn verbs(text: &str) -> Vec<Verb> {
    let lower = text.to_ascii_lowercase();
    let mut out: Vec<Verb> = Vec::new();
    for (words, up) in [(UP, true), (DOWN, false)] {
        for word in words {
            for (at, _) in lower.match_indices(word) {
                // the whole English word
                let whole = lower[at + word.len()..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(0);
                let end = at + word.len() + if word.is_ascii() { whole } else { 0 };
                let inside = word.is_ascii() && lower[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
                if !inside {
                    out.push(Verb { at, end, up });
                }
            }
        }
    }
    out.sort_by_key(|verb| verb.at);
    out
}

/// Where a thing is said to go: by the verb before it in its clause, or by the one right after it when none
/// stands before (`Bax表达下调`).
pub(super) fn direction(
    text: &str,
    span: Span,
    verbs: &[Verb],
    inside: &[Named],
    offset: usize,
) -> Option<bool> {
    let from = clause_start(text, span.start);
    let before = verbs.iter().rev().find(|verb| verb.end <= span.start && verb.at >= from);
    if let Some(verb) = before {
        let gap = &text[verb.end..span.start];
        // 上调Bax蛋白，升高: a verb that closes its own clause, or another subject between
        let broken = [
            "并",
            "从而",
            "进而",
            "以",
            "通过",
            "后",
            "时",
            "through",
            " by ",
            " via ",
            " and thereby",
            "使",
            " with ",
            " may ",
            " in ",
            " which ",
            " that ",
            " to ",
            " from ",
            " is ",
            " are ",
            " was ",
            " were ",
            " can ",
        ]
        .iter()
        .any(|word| gap.contains(word));
        // a second verb of the other side would have to be read as well: 抑制…升高
        let after = verbs.iter().find(|verb| verb.at >= span.end && verb.at < clause_end(text, span.end));
        let nested = after.is_some_and(|after| {
            let between = &text[span.end..after.at];
            between.chars().count() <= 12
                && !between.contains(['、', '和', '与', ','])
                && !between.contains(" and ")
                && !text[after.end..].starts_with("了")
        });
        return (!broken && !nested && gap.len() <= 360).then_some(verb.up);
    }
    let end = clause_end(text, span.end);
    let after = verbs.iter().find(|verb| verb.at >= span.end && verb.at < end)?;
    // `Bax promotes …`: the marker acts; a verb that governs something else says nothing of it
    let rest = &text[after.end..end];
    let governs = inside.iter().any(|named| {
        let at = named.span.start.wrapping_sub(offset);
        at >= after.end && at < end
    });
    let closing = rest.trim_matches(|c: char| " 了，。,.；;、".contains(c)).is_empty();
    (only_its(&text[span.end..after.at]) && !governs && closing).then_some(after.up)
}

/// Nothing but what is measured of the thing itself: `的mRNA表达水平显著`, `expression was significantly`.
fn only_its(gap: &str) -> bool {
    const OWN: &[&str] = &[
        "的",
        "表达",
        "水平",
        "含量",
        "活性",
        "率",
        "程度",
        "显著",
        "明显",
        "均",
        "也",
        "进一步",
        "mRNA",
        "蛋白",
        "及其",
        "和",
        "量",
        "浓度",
        "分泌",
        "（",
        "）",
        "(",
        ")",
        "expression",
        "levels",
        "level",
        "protein",
        "proteins",
        "content",
        "activity",
        "was",
        "were",
        "is",
        "are",
        "significantly",
        "markedly",
        "and",
        "the",
        "of",
        "concentration",
        " ",
        "细胞",
        "大大",
    ];
    let mut rest = gap;
    while let Some(word) = OWN.iter().filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len()) {
        rest = &rest[word.len()..];
    }
    rest.is_empty()
}

/// `Bax/Bcl-2`, `RANKL与OPG的比值`: a ratio, of which the marker is one side only.
pub(super) fn ratio(text: &str, span: Span) -> bool {
    let (head, tail) = (&text[..span.start], &text[span.end..]);
    let near: String = tail.chars().take(16).collect();
    head.ends_with(['/', '／'])
        || tail.starts_with(['/', '／'])
        || ["比值", "比例", "之比", "ratio"].iter().any(|word| near.contains(word))
}

pub(super) fn clause_start(text: &str, at: usize) -> usize {
    let mut depth = 0usize;
    for (index, c) in text[..at].char_indices().rev() {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' => depth = depth.saturating_sub(1),
            '，' | '；' | ';' | '。' | '：' if depth == 0 => return index,
            // English lists run over commas: `increased Bax, Bak and Bim`
            ',' if depth == 0 && text[..index].ends_with(|c: char| !c.is_ascii()) => return index,
            _ => {}
        }
    }
    0
}

pub(super) fn clause_end(text: &str, at: usize) -> usize {
    text[at..].find(['，', '；', ';', '。', ',']).map_or(text.len(), |end| at + end)
}
