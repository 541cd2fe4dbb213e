//! Confidence intervals against their estimate and P value.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::evidence::number::{digit, number};
use crate::parse::evidence::{PValue, Relation};
use crate::rules::{Options, Scope};
use memchr::memmem;

/// The kind.
pub const KIND: Kind = Kind {
    name: "interval-against-estimate",
    scope: Scope::Document,
    fields: &["estimate", "interval", "p", "null"],
    variants: &["against-p", "elsewhere", "reversed"],
    build,
};

/// Farthest an estimate may stand before its interval, and a P value after it, in bytes.
const NEAR: usize = 40;

struct Intervals;

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(Intervals))
}

/// Names of estimates, and the value that means "no effect".
const ESTIMATES: &[(&str, f64)] = &[
    ("aOR", 1.0),
    ("aHR", 1.0),
    ("aRR", 1.0),
    ("OR", 1.0),
    ("RR", 1.0),
    ("HR", 1.0),
    ("IRR", 1.0),
    ("WMD", 0.0),
    ("SMD", 0.0),
    ("MD", 0.0),
    ("odds ratio", 1.0),
    ("hazard ratio", 1.0),
    ("risk ratio", 1.0),
    ("rate ratio", 1.0),
    ("relative risk", 1.0),
    ("mean difference", 0.0),
    ("优势比", 1.0),
    ("比值比", 1.0),
    ("风险比", 1.0),
    ("相对危险度", 1.0),
    // no value of a curve's area is "no effect" that a P value is printed for
    ("AUROC", f64::NAN),
    ("AUC", f64::NAN),
];

/// An interval: what it says and where.
struct Interval {
    span: Span,
    low: f64,
    high: f64,
    half: f64,
}

impl Check for Intervals {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.document.text();
        let mut stated: Vec<(f64, Span, Interval)> = Vec::new();
        for word in ["CI", "置信区间", "可信区间"] {
            for at in memmem::find_iter(text.as_bytes(), word) {
                let Some(sentence) = cx.facts.evidence.sentence_at(at) else { continue };
                let end = sentence.span.end;
                let Some(interval) = interval(&text[..end], at + word.len()) else { continue };
                if interval.low > interval.high {
                    let finding =
                        cx.finding(interval.span).variant("reversed").confidence(Confidence::Medium);
                    out.push(finding.arg("interval", cx.slice(interval.span)));
                    continue;
                }
                if let Some((value, span)) = judge(cx, (sentence.span.start, at), &interval, end, out) {
                    stated.push((value, span, interval));
                }
            }
        }
        elsewhere(cx, &mut stated, out);
    }
}

/// Most estimates that are compared with each other.
const STATED: usize = 400;

/// One estimate whose interval has one end of its own in two places.
fn elsewhere(cx: &Context<'_>, stated: &mut Vec<(f64, Span, Interval)>, out: &mut Sink) {
    stated.sort_by_key(|(_, span, _)| span.start);
    stated.truncate(STATED);
    for (n, (value, span, interval)) in stated.iter().enumerate() {
        let twin = stated[..n].iter().find(|(other, place, first)| {
            other == value
                && squeezed(cx.slice(*place)) == squeezed(cx.slice(*span))
                && (first.low == interval.low) != (first.high == interval.high)
                && first.half == interval.half
        });
        if let Some((_, _, first)) = twin {
            out.push(
                cx.finding(interval.span)
                    .variant("elsewhere")
                    .confidence(Confidence::Medium)
                    .arg("estimate", cx.slice(*span))
                    .arg("interval", cx.slice(interval.span))
                    .arg("p", cx.slice(first.span))
                    .related(cx.place(first.span), Vec::new()),
            );
        }
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| *c != ' ').map(|c| if c == '＝' { '=' } else { c }).collect()
}

/// `95%CI：0.85~1.20`, `95% CI (0.85, 1.20)`, `95%CI为0.85—1.20` after the letters.
fn interval(text: &str, at: usize) -> Option<Interval> {
    let rest = &text[at..];
    let body = rest.trim_start_matches([
        ' ', ':', '：', '=', '＝', ',', '，', '(', '（', '[', '［', '为', ')', '）', ';', '；',
    ]);
    if rest.len() - body.len() > 14 {
        return None;
    }
    let start = text.len() - body.len();
    let (low, end) = signed(text, start)?;
    let left = text[end.0..].trim_start_matches([' ', '%', '％']);
    let mark = left.chars().next().filter(|c| "~～∼-–—−至到,，;；t".contains(*c))?;
    let left = if mark == 't' { left.strip_prefix("to ")? } else { &left[mark.len_utf8()..] };
    let left = left.trim_start_matches(' ');
    let (high, end_of_high) = signed(text, text.len() - left.len())?;
    let half = end.1.max(end_of_high.1);
    // `12, 3`: perhaps no ends of one interval; decimals of one length before a bracket or mark are
    let closed = text[end_of_high.0..]
        .trim_start_matches(['%', '％', ' '])
        .starts_with([')', '）', ']', '］', ',', '，', ';', '；', '。']);
    let alike = end.1 == end_of_high.1 && half < 0.5 && closed;
    (low <= high || alike).then(|| Interval { span: Span::new(start, end_of_high.0), low, high, half })
}

/// A number with its sign; its end and half its last unit.
fn signed(text: &str, at: usize) -> Option<(f64, (usize, f64))> {
    let rest = text.get(at..)?;
    let body = rest.strip_prefix(['-', '−', '–', '－', '﹣']);
    let from = body.map_or(at, |body| text.len() - body.len());
    digit(text.as_bytes(), from)?;
    let number = number(text, from)?;
    let value = if body.is_some() { -number.value } else { number.value };
    Some((value, (from + number.len, number.half_unit())))
}

/// Reports what one interval contradicts; returns its estimate when the two agree.
fn judge(
    cx: &Context<'_>,
    (from, at): (usize, usize),
    interval: &Interval,
    end: usize,
    out: &mut Sink,
) -> Option<(f64, Span)> {
    let text = cx.document.text();
    let mut window = from.max(at.saturating_sub(NEAR));
    while !text.is_char_boundary(window) {
        window += 1;
    }
    let (estimate, null, span) = estimate(text, window, at)?;
    let slack = interval.half * 2.0;
    if estimate < interval.low - slack || estimate > interval.high + slack {
        out.push(
            cx.finding(interval.span)
                .arg("estimate", cx.slice(span))
                .arg("interval", cx.slice(interval.span))
                .related(cx.place(span), Vec::new()),
        );
        return None;
    }
    against_p(cx, interval, null, end, out);
    Some((estimate, span))
}

/// An interval that holds the value of no effect beside a small P, or the reverse.
fn against_p(cx: &Context<'_>, interval: &Interval, null: f64, end: usize, out: &mut Sink) {
    let text = cx.document.text();
    let slack = interval.half * 2.0;
    let limit = interval.span.end + NEAR;
    let near = |p: &&PValue| {
        p.span.start >= interval.span.end
            && p.span.start <= limit.min(end)
            && !text[interval.span.end..p.span.start].contains(['。', '；', ';'])
            && !text[interval.span.end..p.span.start].contains("CI")
    };
    let Some(p) = cx.facts.evidence.p_values.iter().find(near) else { return };
    let significant = match p.relation {
        Relation::Less | Relation::AtMost => p.number.value <= 0.05,
        Relation::Equal => p.number.value < 0.045,
        _ => false,
    };
    let not = match p.relation {
        Relation::Greater | Relation::AtLeast => p.number.value >= 0.05,
        Relation::Equal => p.number.value > 0.055,
        _ => false,
    };
    let holds_null = interval.low + slack < null && null < interval.high - slack;
    let leaves_null = interval.low - slack > null || interval.high + slack < null;
    if (significant && holds_null) || (not && leaves_null) {
        out.push(
            cx.finding(Span::new(interval.span.start, p.span.end))
                .variant("against-p")
                .confidence(Confidence::Medium)
                .arg("interval", cx.slice(interval.span))
                .arg("p", cx.slice(p.span))
                .arg("null", if null == 0.0 { "0" } else { "1" }),
        );
    }
}

/// The last `OR=1.52` between `from` and `at`, with no interval or sentence end in between.
fn estimate(text: &str, from: usize, at: usize) -> Option<(f64, f64, Span)> {
    let window = &text[from..at];
    let mut best = None;
    for (name, null) in ESTIMATES {
        let Some(found) = window.rfind(name) else { continue };
        let before = window[..found].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_alphanumeric()) {
            continue;
        }
        let after =
            window[found + name.len()..].trim_start_matches(['值', ' ', '=', '＝', ':', '：', '为', '是']);
        let after = after.strip_prefix("of ").or_else(|| after.strip_prefix("was ")).unwrap_or(after);
        let start = at - after.len();
        let Some((value, (end, _))) = signed(&text[..at], start) else { continue };
        let rest = &text[end..at];
        // `1.08 per mm, `
        let rest = rest.strip_prefix(" per ").map_or(rest, |rest| {
            rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '/')
        });
        let plain = rest.chars().all(|c| " ,，;；(（[［95%％为".contains(c) || c == ' ');
        if plain && best.is_none_or(|(_, _, span): (f64, f64, Span)| span.start < from + found) {
            best = Some((value, *null, Span::new(from + found, end)));
        }
    }
    best
}
