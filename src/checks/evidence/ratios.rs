//! Percentages against their counts, and shares above the whole.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::evidence::number::{Number, number};
use crate::parse::evidence::ratio::agreement;
use crate::parse::evidence::{Agreement, Form, Quantity, Sentence};
use crate::rules::{Options, Scope};

/// `a/b (p%)` and `a例（p%）` of `b例`.
pub const PERCENT: Kind = Kind {
    name: "percentage-of-count",
    scope: Scope::Document,
    fields: &["count", "total", "printed", "computed"],
    variants: &["rounding", "of-total", "points"],
    build: |options| boxed(options, Percent),
};

/// Shares above 100 %.
pub const SHARE: Kind = Kind {
    name: "share-over-whole",
    scope: Scope::Document,
    fields: &["text", "word"],
    variants: &[],
    build: |options| boxed(options, Share),
};

fn boxed(options: Options<'_>, check: impl Check + 'static) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(check))
}

struct Percent;

impl Check for Percent {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for ratio in &cx.facts.evidence.ratios {
            let agreement = ratio.agreement();
            if agreement == Agreement::Exact {
                continue;
            }
            let finding = cx
                .finding(ratio.percent_span)
                .arg("count", whole(ratio.count))
                .arg("total", whole(ratio.total))
                .arg("printed", cx.slice(ratio.percent_span))
                .arg("computed", percent(ratio.count, ratio.total, ratio.percent.decimals));
            out.push(if agreement == Agreement::Rounding { finding.variant("rounding") } else { finding });
        }
        for sentence in &cx.facts.evidence.sentences {
            counted(cx, sentence, out);
            shared(cx, sentence, out);
            points(cx, sentence, out);
        }
    }
}

/// Fewest of a total that several shares are taken of.
const SHARED: f64 = 10.0;

/// `纳入24例，18例（75.0%）好转，3例（15.2%）复发`, `Of 24 rats, 2 (8.3%) died and 3 (13.5%) lost weight`: one
/// share gives its total exactly, and another one is a share of no number of the sentence.
fn shared(cx: &Context<'_>, sentence: &Sentence, out: &mut Sink) {
    let text = cx.slice(sentence.span);
    if text.matches(['%', '％']).count() < 2 || text.len() > 1_200 {
        return;
    }
    let parts = shares(text);
    if parts.len() < 2 {
        return;
    }
    // every whole number of the sentence that is no share itself
    let mut wholes: Vec<(usize, f64)> = Vec::new();
    let mut at = 0;
    while let Some(step) = text[at..].find(|c: char| c.is_ascii_digit()) {
        at += step;
        let Some(read) = number(text, at) else { break };
        let decimal = read.decimals > 0 || text[..at].ends_with(['.', '-', '–']);
        let part = parts.iter().any(|part| part.at == at);
        if !decimal && !part && !text[at + read.len..].trim_start().starts_with(['%', '％']) {
            wholes.push((at, read.value));
        }
        at += read.len.max(1);
    }
    let fits = |part: &Part, total: f64| agreement(part.count, total, &part.share) != Agreement::Wrong;
    let Some(wrong) = parts.iter().position(|part| {
        !wholes.iter().any(|(_, total)| *total >= part.count && fits(part, *total))
            && !parts.iter().any(|other| other.count > part.count && fits(part, other.count))
    }) else {
        return;
    };
    let odd = &parts[wrong];
    // the total that all other shares are of, named before all of them
    let first = parts.first().map_or(0, |part| part.at);
    let total = wholes.iter().rev().find(|(at, total)| {
        *at < first
            && *total >= SHARED
            && *total > odd.count
            && parts.iter().enumerate().all(|(n, part)| {
                n == wrong
                    || part.count < *total && agreement(part.count, *total, &part.share) == Agreement::Exact
            })
    });
    let Some((_, total)) = total else { return };
    // another total between the two: the odd share is of that one
    let between = wholes
        .iter()
        .any(|(at, value)| *at > first && *at < odd.at && *value >= odd.count && *value >= SHARED);
    // `12/40 (30%)`, and what the rules above report already
    let place = odd.span.shift(sentence.span.start);
    let known = cx.facts.evidence.ratios.iter().any(|ratio| ratio.percent_span.overlaps(place));
    if between || known || ["每", "各", "each", "per "].iter().any(|word| text.contains(word)) {
        return;
    }
    out.push(
        cx.finding(place)
            .variant("of-total")
            .confidence(Confidence::Medium)
            .arg("count", whole(odd.count))
            .arg("total", whole(*total))
            .arg("printed", cx.slice(place))
            .arg("computed", percent(odd.count, *total, odd.share.decimals)),
    );
}

/// Words between two percentages and their difference in percentage points.
const DIFFERENCES: &[&str] = &[
    "相差", "下降", "降低", "减少", "上升", "升高", "提高", "增加", "增长", "高出", "低了", "高了", "提升",
    "差距", "差值",
];

/// `由6.1%降至4.3%，下降1.8个百分点`: the difference that a sentence names against its two percentages.
fn points(cx: &Context<'_>, sentence: &Sentence, out: &mut Sink) {
    let text = cx.slice(sentence.span);
    for (end, _) in text.match_indices("个百分点").chain(text.match_indices(" percentage points")) {
        let head = text[..end].trim_end();
        let start = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let Some(named) = number(head, start).filter(|n| start + n.len == head.len()) else { continue };
        // the word, and the two percentages of the clause before it
        let before = &head[..start];
        let clause_from = before.rfind(['；', ';', '。']).map_or(0, |at| at + 1);
        let clause = before.get(clause_from..).unwrap_or("");
        let lead = clause.trim_end_matches(['了', '约', ' ', '达', '为']);
        let said = DIFFERENCES.iter().any(|word| lead.ends_with(word))
            || lead.ends_with("increase of")
            || lead.ends_with("decrease of")
            || lead.ends_with("difference of")
            || lead.ends_with(" by")
            || lead.ends_with("reduction of");
        let mut shares: Vec<Number> = Vec::new();
        for (sign, _) in clause.match_indices(['%', '％']) {
            let body = clause[..sign].trim_end();
            let from = body.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
            // an interval's level, an end of a range, a bound
            let bound =
                body[..from].ends_with(['~', '～', '-', '–', '—', '<', '>', '≥', '≤', '＜', '＞', '±']);
            let level = clause[sign..].trim_start_matches(['%', '％', ' ']).starts_with(['C', '置', '可']);
            let range =
                clause[sign..].trim_start_matches(['%', '％']).starts_with(['~', '～', '-', '–', '—', '±']);
            if level {
                continue;
            }
            let Some(read) = number(body, from).filter(|n| from + n.len == body.len()) else { continue };
            if bound || range {
                shares.clear();
                break;
            }
            shares.push(read);
        }
        let [one, two] = shares.as_slice() else { continue };
        let slack = one.half_unit() + two.half_unit() + named.half_unit() + 1e-9;
        let difference = (one.value - two.value).abs();
        if !said || (difference - named.value).abs() <= slack || clause.matches("百分点").count() > 0 {
            continue;
        }
        let place = Span::new(start, head.len()).shift(sentence.span.start);
        let decimals = usize::from(one.decimals.max(two.decimals));
        out.push(
            cx.finding(place)
                .variant("points")
                .confidence(Confidence::Medium)
                .arg("count", format!("{:.*}%", usize::from(one.decimals), one.value))
                .arg("total", format!("{:.*}%", usize::from(two.decimals), two.value))
                .arg("printed", cx.slice(place))
                .arg("computed", format!("{difference:.decimals$}")),
        );
    }
}

/// A count with its percentage in brackets.
struct Part {
    at: usize,
    count: f64,
    share: Number,
    span: Span,
}

/// `18例（75.0%）`, `2 (8.3%)` in the text of a sentence.
fn shares(text: &str) -> Vec<Part> {
    let mut out = Vec::new();
    for (open, bracket) in text.char_indices().filter(|(_, c)| matches!(c, '(' | '（')) {
        let from = open + bracket.len_utf8();
        let Some(share) = number(text, from).filter(|share| share.value <= 100.0) else { continue };
        let after = text[from + share.len..].trim_start_matches(' ');
        let Some(sign) = after.chars().next().filter(|c| matches!(c, '%' | '％')) else { continue };
        let end = text.len() - after.len() + sign.len_utf8();
        if !text[end..].trim_start().starts_with([')', '）']) {
            continue;
        }
        let head = text[..open].trim_end();
        // 例, 名, 家, 道 …: one word that counts
        let counted = head.chars().next_back().filter(|c| crate::document::is_han(*c));
        let head = head[..head.len() - counted.map_or(0, char::len_utf8)].trim_end();
        let start = head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let own = start < head.len() && !head[..start].ends_with(['.', '/', ',', '-', '–', '~', '±']);
        let Some(count) = number(head, start).filter(|count| own && start + count.len == head.len()) else {
            continue;
        };
        out.push(Part { at: start, count: count.value, share, span: Span::new(from, end) });
    }
    out
}

/// `32例中24例（70%）`: the share of a count in the totals the sentence names before it.
fn counted(cx: &Context<'_>, sentence: &Sentence, out: &mut Sink) {
    let quantities = cx.facts.evidence.quantities_in(sentence.span);
    let units = &cx.data.evidence.units;
    for (n, part) in quantities.iter().enumerate() {
        let Some(value) = count_of(part) else { continue };
        let Some((share, span)) = bracketed_percent(cx, part, sentence.span) else { continue };
        let totals: Vec<f64> = totals_before(cx, sentence, &quantities[..n], part, value);
        // With two totals the sentence may mean either; a share of none of them is reported.
        let Some(nearest) = totals.last() else { continue };
        let agree = |total: &f64| agreement(value, *total, &share) != Agreement::Wrong;
        if totals.iter().any(agree) || !units.comparable(&part.unit, &part.unit) {
            continue;
        }
        out.push(
            cx.finding(span)
                .variant("of-total")
                .confidence(Confidence::Medium)
                .arg("count", whole(value))
                .arg("total", whole(*nearest))
                .arg("printed", cx.slice(span))
                .arg("computed", percent(value, *nearest, share.decimals)),
        );
    }
}

/// Words right before the number of all cases of a study.
const OPENERS: &[&str] = &[
    "纳入",
    "纳人",
    "共",
    "共有",
    "入组",
    "收治",
    "招募",
    "选取",
    "收集",
    "included",
    "enrolled",
    "recruited",
    "enrolling",
    "total of",
];

/// The totals that `value` may be a share of: only where "of" or 中 says so.
fn totals_before(
    cx: &Context<'_>,
    sentence: &Sentence,
    before: &[Quantity],
    part: &Quantity,
    value: f64,
) -> Vec<f64> {
    let units = &cx.data.evidence.units;
    let text = cx.document.text();
    let said = |total: &Quantity| {
        let gap = text.get(total.core.end..part.core.start).unwrap_or("");
        let head = text.get(sentence.span.start..total.core.start).unwrap_or("").trim_end();
        let opened = OPENERS.iter().any(|word| head.ends_with(word));
        let near =
            gap.len() <= 60 && (gap.contains("中") || gap.trim_end().ends_with(['，', ',', '：', ':']));
        !gap.contains(['；', ';', '%', '％'])
            && (near || (opened && gap.len() <= 150))
            // a count with its own percentage is a part itself
            && bracketed_percent(cx, total, sentence.span).is_none()
    };
    let mut totals: Vec<f64> = before
        .iter()
        .filter(|total| units.comparable(&total.unit, &part.unit) && said(total))
        .filter_map(count_of)
        .filter(|total| *total > value)
        .collect();
    if before
        .iter()
        .any(|other| units.comparable(&other.unit, &part.unit) && count_of(other).is_some_and(|v| v <= value))
    {
        // parts of several totals stand in one sentence: which belongs to which is not said
        totals.clear();
    }
    totals
}

/// A whole count of things.
pub(super) fn count_of(quantity: &Quantity) -> Option<f64> {
    let value = quantity.low?;
    let whole = quantity.form == Form::Value
        && quantity.high == quantity.low
        && quantity.decimals == 0
        && !quantity.approximate
        && quantity.unit.multiplier == 1.0
        && value.fract() == 0.0;
    whole.then_some(value)
}

/// `（70%）` right after a count.
fn bracketed_percent(cx: &Context<'_>, part: &Quantity, sentence: Span) -> Option<(Number, Span)> {
    const COUNTED: &[&str] =
        &["cases", "persons", "animals", "articles", "samples", "strains", "institutions"];
    if !COUNTED.contains(&cx.data.evidence.units.dimension(&part.unit)?) {
        return None;
    }
    let text = cx.document.text().get(..sentence.end)?;
    let rest = &text[part.core.end..];
    let open = rest.find(['(', '（'])?;
    // "24例患者（70%）": a noun may stand between, a number or a stop may not
    if open > 24 || rest[..open].contains(|c: char| c.is_ascii_digit() || "，。,;；".contains(c)) {
        return None;
    }
    let from = part.core.end + open + rest[open..].chars().next().map_or(1, char::len_utf8);
    let share = number(text, from)?;
    let after = text[from + share.len..].trim_start_matches(' ');
    let sign = after.chars().next().filter(|c| matches!(c, '%' | '％'))?;
    let end = text.len() - after.len() + sign.len_utf8();
    let closes = text[end..].trim_start().starts_with([')', '）', ',', '，', ';', '；']);
    closes.then(|| (share, Span::new(from, end)))
}

fn whole(value: f64) -> String {
    format!("{value:.0}")
}

fn percent(count: f64, total: f64, decimals: u8) -> String {
    format!("{:.*}%", usize::from(decimals), 100.0 * count / total)
}

struct Share;

/// Words before a percentage of a whole.
const SHARES: &[&str] = &[
    "占",
    "占比",
    "占比为",
    "所占比例为",
    "比例为",
    "构成比为",
    "发生率为",
    "有效率为",
    "阳性率为",
    "患病率为",
    "检出率为",
    "存活率为",
    "生存率为",
    "治愈率为",
    "死亡率为",
    "复发率为",
    "病死率为",
    "总有效率为",
    "感染率为",
    "知晓率为",
    "发生率",
    "患病率",
    "阳性率",
    "死亡率",
    "accounting for",
    "accounted for",
    "accounts for",
    "account for",
    "prevalence of",
    "incidence of",
    "mortality of",
    "proportion of",
    "survival rate of",
];

impl Check for Share {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.document.text();
        for quantity in &cx.facts.evidence.quantities {
            let above = quantity.form == Form::Value && quantity.high.is_some_and(|high| high > 100.0);
            if !above || cx.data.evidence.units.show(&quantity.unit) != "%" || quantity.magnitude_lost {
                continue;
            }
            let mut from = quantity.span.start.saturating_sub(40);
            while !text.is_char_boundary(from) {
                from += 1;
            }
            let head = text[from..quantity.span.start].trim_end();
            let word = SHARES.iter().filter(|word| head.ends_with(**word)).max_by_key(|word| word.len());
            let Some(word) = word else { continue };
            // 占对照的120%, 占标准值的: a relation to something else, not a share
            if head.ends_with("相当于")
                || head.contains("相对")
                || text[quantity.core.end..].starts_with("以上")
            {
                continue;
            }
            out.push(
                cx.finding(quantity.core)
                    .arg("text", cx.slice(quantity.core))
                    .arg("word", *word)
                    .confidence(Confidence::Medium),
            );
        }
    }
}
