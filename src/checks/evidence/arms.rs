//! Groups that a number of patients or animals is divided into.

use crate::checks::Context;
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::evidence::number::han_number;
use crate::parse::evidence::{Form, Quantity, Sentence};

/// Words that divide.
const DIVIDED: &[&str] = &[
    "分为",
    "分成",
    "分入",
    "分至",
    "divided into",
    "assigned to",
    "allocated to",
    "randomized to",
    "randomised to",
];
/// Words that say that some are in no group, or in two.
const OTHERS: &[&str] = &[
    "其余",
    "剩余",
    "失访",
    "脱落",
    "排除",
    "剔除",
    "退出",
    "死亡",
    "再分",
    "又分",
    "亚组",
    "最终",
    "完成",
    "remaining",
    "excluded",
    "withdrew",
    "dropped",
    "lost to",
    "died",
    "further",
    "subgroup",
    "completed",
];

/// True for a sentence that divides by a verb of its own.
pub(super) fn divides(text: &str) -> bool {
    DIVIDED.iter().any(|word| text.contains(word))
}

/// True for a sentence that leaves some out of all groups.
pub(super) fn leaves_out(text: &str) -> bool {
    OTHERS.iter().any(|word| text.contains(word))
}

/// `60只大鼠随机分为4组，每组12只`, `120例患者随机分为观察组62例和对照组60例`: the groups against their sum.
pub(super) fn arms(cx: &Context<'_>, sentence: &Sentence, quantities: &[Quantity], out: &mut Sink) {
    if quantities.is_empty() {
        return;
    }
    let text = cx.slice(sentence.span);
    // `得分为82.4分` divides nothing
    let mut verbs: Vec<(usize, &str)> = Vec::new();
    for word in DIVIDED {
        let own = text.match_indices(word).map(|(at, _)| at);
        let own = own.filter(|at| !text[..*at].ends_with(['得', '评', '均', '总', '积', '部']));
        verbs.extend(own.map(|at| (at, *word)));
    }
    let Some(&(at, word)) = verbs.iter().min() else { return };
    if verbs.iter().filter(|(_, other)| *other == word).count() > 1
        || OTHERS.iter().any(|word| text.contains(word))
    {
        return;
    }
    let divided = sentence.span.start + at;
    let units = &cx.data.evidence.units;
    let counted = |q: &&Quantity| count_of(q).is_some();
    let Some(total) = quantities.iter().rev().filter(counted).find(|q| q.core.end <= divided) else { return };
    // the nearest number before the verb, and in its clause
    if divided - total.core.end > 48
        || cx.document.text()[total.core.end..divided].contains(['，', ',', '；'])
    {
        return;
    }
    let dimension = units.dimension(&total.unit);
    if !matches!(dimension, Some("cases" | "persons" | "animals" | "samples" | "items")) {
        return;
    }
    let Some(whole) = count_of(total) else { return };
    let after = &text[at + word.len()..];
    let groups = announced(after);
    let base = divided + word.len();
    if let (Some(groups), Some((span, each))) = (groups, each(after)) {
        let sum = f64::from(groups) * each;
        if (sum - whole).abs() > 0.5 {
            report(cx, total, span.shift(base), "each", (&groups.to_string(), sum, whole), out);
        }
        return;
    }
    let sizes = sizes(after);
    if sizes.len() >= 2 && groups.is_none_or(|n| sizes.len() == n as usize) {
        let sum: f64 = sizes.iter().map(|(_, value)| value).sum();
        if let ([(first, _), .., (last, _)], true) = (sizes.as_slice(), (sum - whole).abs() > 0.5) {
            let span = Span::new(first.start, last.end).shift(base);
            report(cx, total, span, "groups", (&sizes.len().to_string(), sum, whole), out);
        }
        return;
    }
    let parts: Vec<(&Quantity, f64)> = quantities
        .iter()
        .filter(|q| q.core.start >= base && units.comparable(&q.unit, &total.unit))
        .filter_map(|q| Some((q, count_of(q)?)))
        .collect();
    let named = parts.iter().all(|(q, _)| {
        let head = cx.document.text()[base..q.core.start]
            .trim_end_matches([' ', '（', '(', '为', '=', 'n', '＝', '共', '有', '，', ',']);
        head.ends_with('组')
    });
    let enough = parts.len() >= 2 && groups.is_none_or(|n| parts.len() == n as usize);
    let sum: f64 = parts.iter().map(|(_, value)| value).sum();
    if let ([(first, _), .., (last, _)], true) =
        (parts.as_slice(), named && enough && (sum - whole).abs() > 0.5)
    {
        let span = Span::new(first.core.start, last.core.end);
        report(cx, total, span, "groups", (&parts.len().to_string(), sum, whole), out);
    }
}

/// `(n = 60)` after each group.
fn sizes(after: &str) -> Vec<(Span, f64)> {
    let mut out = Vec::new();
    for (at, open) in after.char_indices().filter(|(_, c)| matches!(c, '(' | '（')).take(12) {
        let inner = &after[at + open.len_utf8()..];
        let rest = inner.trim_start().strip_prefix(['n', 'N']).map(str::trim_start);
        let rest = rest.and_then(|rest| rest.strip_prefix(['=', '＝'])).map(str::trim_start);
        let Some(rest) = rest else { continue };
        let Some((value, len)) = digits(rest) else { continue };
        let from = after.len() - rest.len();
        if rest[len..].trim_start().starts_with([')', '）', ',', '，', ';']) {
            out.push((Span::new(from, from + len), f64::from(value)));
        }
    }
    out
}

/// The whole number of a quantity; a group's label counts, too.
pub(super) fn count_of(quantity: &Quantity) -> Option<f64> {
    let value = quantity.low?;
    let whole = matches!(quantity.form, Form::Value | Form::Label)
        && quantity.high == quantity.low
        && quantity.decimals == 0
        && !quantity.approximate
        && quantity.unit.multiplier == 1.0;
    whole.then_some(value)
}

fn report(
    cx: &Context<'_>,
    total: &Quantity,
    place: Span,
    variant: &'static str,
    (groups, sum, whole): (&str, f64, f64),
    out: &mut Sink,
) {
    out.push(
        cx.finding(place)
            .variant(variant)
            .confidence(Confidence::Medium)
            .arg("first", groups)
            .arg("second", cx.slice(place))
            .arg("sum", format!("{sum:.0}"))
            .arg("total", format!("{whole:.0}"))
            .related(cx.place(total.core), Vec::new()),
    );
}

/// `4组`, `两组`, `four groups` right after the verb.
fn announced(after: &str) -> Option<u32> {
    let after = after.trim_start();
    if let Some((value, len)) = digits(after).or_else(|| han_number(after)) {
        let rest = after[len..].trim_start_matches([' ', '个', '大']);
        let rest = rest.strip_prefix("equal ").unwrap_or(rest);
        return (rest.starts_with('组') || rest.starts_with("groups")).then_some(value);
    }
    const WORDS: &[(&str, u32)] =
        &[("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8)];
    let (word, value) = WORDS.iter().find(|(word, _)| after.starts_with(word))?;
    let rest = after[word.len()..].trim_start();
    let rest = rest.strip_prefix("equal ").or_else(|| rest.strip_prefix("experimental ")).unwrap_or(rest);
    rest.starts_with("groups").then_some(*value)
}

fn digits(text: &str) -> Option<(u32, usize)> {
    let len = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    Some((text[..len].parse().ok()?, len))
}

/// `每组12只`, `各12只`, `(n = 12 each)`, `12 rats in each group`: the place and the number.
fn each(after: &str) -> Option<(Span, f64)> {
    for word in ["每组各", "每组", "各组均为", "各组", "n = ", "n=", "n ＝ "] {
        let Some(at) = after.find(word) else { continue };
        let from = at + word.len();
        let rest = &after[from..];
        let gap = rest.len() - rest.trim_start().len();
        let Some((value, len)) = digits(rest.trim_start()) else { continue };
        let end = from + gap + len;
        let tail = after[end..].trim_start();
        // (n = 12 each), and 每组12只 alone: a group of its own size is not "each"
        let whole = if word.starts_with('n') {
            tail.starts_with("each") || tail.starts_with("per group") || tail.starts_with("in each")
        } else {
            !tail.starts_with(['~', '-', '～', '.', '%'])
        };
        let again = word.starts_with('n') && after[end..].contains(word);
        return (whole && !again).then(|| (Span::new(from + gap, end), f64::from(value)));
    }
    None
}
