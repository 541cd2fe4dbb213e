//! Numbers that may be citations whose brackets, raising or line were lost. They are read only where an entry
//! seems cited nowhere, or where the scheme itself is loose.

use crate::document::{BlockKind, Document, Span, Zone, is_han};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Characters before a number that is a count, a rank or a figure's.
const COUNTS: &str = "第表图式约近达为至到共有于比从每各及和与在是了过满仅只计附注年月日";
/// Ends of names that small numbers belong to: 介素6, 生长因子1, 亚型2.
const NAMES: &str = "子白体酶素链原型级组例类段区号位案";

/// Measure words and the like: a number before them counts.
const MEASURES: &str = "个种篇项例人名位组类条次年月日天周岁期级型号章节家部分份所批株只头倍成大万亿千百十余多期段轮步层方点页版卷册对层片枚支代处者";
/// Words that a citation often follows.
const CITED: [&str; 10] = ["文献", "研究", "报道", "理论", "学者", "方法", "模型", "综述", "指南", "共识"];

/// True when `等` and a name stand right before: `Evers等3`, `。李明华等8`.
fn after_name(text: &str, at: usize) -> bool {
    let name = text[..at].strip_suffix('等').unwrap_or_default().trim_end();
    let clause = name.rfind(['。', '，', '；', '\n']).map_or(name, |at| &name[at..]);
    let clause = clause.trim_start_matches(|c: char| !is_han(c));
    if (2..=3).contains(&clause.chars().count()) && clause.chars().all(is_han) {
        return true;
    }
    let word = name.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    (3..20).contains(&word) && name.as_bytes()[name.len() - word].is_ascii_uppercase()
}

/// Runs of ASCII digits.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(u8::is_ascii_digit)?;
        at = start + bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        Some(start..at)
    })
}

fn value(digits: &str) -> Option<u32> {
    digits.parse().ok()
}

fn year_like(digits: &str) -> bool {
    digits.starts_with("19") || digits.starts_with("20")
}

/// Numbers that the digits at the ends of words may hide: `day 1414.` may be day 14 and [14].
pub fn hidden(text: &str, last: u32) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    for run in runs(text) {
        let length = run.len();
        // a year hides nothing, nor does a number inside a clause
        let year = length == 4 && year_like(&text[run.clone()]);
        let ends = matches!(bytes.get(run.end), None | Some(b'.' | b',' | b';' | b':'));
        let free = run.start > 0 && bytes[run.start - 1] == b' ';
        if year || !ends || !free || length > 4 {
            continue;
        }
        let tails = (1..length).filter_map(|tail| value(&text[run.end - tail..run.end]));
        out.extend(tails.filter(|number| *number > 0 && *number <= last));
    }
    out
}

/// Numbers that stand right behind something in the text: where citations lost their dress, each may be one.
pub fn glued(document: &Document) -> HashSet<u32> {
    let mut found = HashSet::new();
    for block in document.blocks() {
        if matches!(block.kind, BlockKind::Reference | BlockKind::ReferenceHeading | BlockKind::Furniture) {
            continue;
        }
        let text = document.slice(block.span);
        let bytes = text.as_bytes();
        for run in runs(text) {
            let glued = run.start > 0 && !bytes[run.start - 1].is_ascii_whitespace();
            // a raised number that slipped to the next line's start: `45 Propolis had`, `39,40`
            let slipped = match &bytes[run.end..] {
                [b' ', next, ..] => next.is_ascii_uppercase(),
                [b',' | b'-', next, ..] => next.is_ascii_digit(),
                [b'\n', ..] | [] => true,
                _ => false,
            };
            // `et al 201149` is a year and its number
            let digits = &text[run];
            if (5..=7).contains(&digits.len()) && year_like(digits) {
                found.extend(value(&digits[4..]));
            } else if (glued || slipped) && digits.len() <= 4 {
                found.extend(value(digits));
            }
        }
    }
    found
}

/// Numbers that stand bare between two Chinese words (`随时间的变化5或`), with their places in the running text: too
/// weak to be told to anybody, yet each may be where its number is first cited.
pub fn between_words(document: &Document) -> HashMap<u32, Vec<Span>> {
    let mut found: HashMap<u32, Vec<Span>> = HashMap::new();
    for block in document.blocks().iter().filter(|block| block.zone() == Zone::Body) {
        let text = document.slice(block.span);
        for run in runs(text).filter(|run| run.len() <= 3) {
            let Some(number) = value(&text[run.clone()]) else { continue };
            let before = text[..run.start].chars().next_back();
            let after = text[run.end..].chars().next();
            let word = before.is_some_and(|c| is_han(c) && !COUNTS.contains(c));
            let goes_on = after.is_none_or(|c| {
                is_han(c) && !MEASURES.contains(c) || matches!(c, '，' | '。' | '；' | '、' | ',')
            });
            if word && goes_on {
                found.entry(number).or_default().push(Span::new(run.start, run.end).shift(block.span.start));
            }
        }
    }
    found
}

/// Numbers that stand bare behind a Chinese word where a clause ends, with their places in the running text.
pub fn bare(document: &Document) -> HashMap<u32, Vec<Span>> {
    let mut found: HashMap<u32, Vec<Span>> = HashMap::new();
    for block in document.blocks().iter().filter(|block| block.zone() == Zone::Body) {
        let text = document.slice(block.span);
        for run in runs(text).filter(|run| run.len() <= 3) {
            let Some(number) = value(&text[run.clone()]) else { continue };
            let before = text[..run.start].chars().next_back();
            let after = text[run.end..].chars().next();
            let word = before
                .is_some_and(|c| is_han(c) && !COUNTS.contains(c) && (number > 20 || !NAMES.contains(c)));
            let span = Span::new(run.start, run.end).shift(block.span.start);
            // at a line's begin it counts an item
            let item = || document.at_line_ends(span).0;
            let ends = after.is_none_or(|c| matches!(c, '，' | '。' | '；'));
            // `Evers等3就已提出`, `根据灾害理论2及`: before a word, after one that is cited
            let goes_on = after.is_some_and(|c| is_han(c) && !MEASURES.contains(c));
            let cited =
                || CITED.iter().any(|word| text[..run.start].ends_with(word)) || after_name(text, run.start);
            if word && (ends || goes_on && cited()) && !item() {
                found.entry(number).or_default().push(span);
            }
        }
    }
    found
}
