//! The search window against the period a text claims and the works it lists.

use super::definitions::RELATED;
use super::flow;
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Span, Zone};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::evidence::number::digit;
use crate::parse::evidence::{Form, Quantity, Sentence};
use crate::rules::{Options, Scope};

/// "近10年" against a window of another length.
pub const PERIOD: Kind = Kind {
    name: "period-of-window",
    scope: Scope::Document,
    fields: &["period", "window", "years"],
    variants: &[],
    build: |options| boxed(options, Period),
};

/// Included works from outside the window.
pub const OUTSIDE: Kind = Kind {
    name: "work-outside-window",
    scope: Scope::Document,
    fields: &["window", "count", "included", "number", "year"],
    variants: &[],
    build: |options| boxed(options, Outside),
};

fn boxed(options: Options<'_>, check: impl Check + 'static) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(check))
}

/// A month of the calendar, if it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Month {
    year: u32,
    month: Option<u32>,
}

/// A stated search window.
#[derive(Debug, Clone, Copy)]
struct Window {
    span: Span,
    from: Month,
    to: Month,
}

impl Window {
    /// The shortest and longest time in years that the window may be said to last.
    fn years(&self) -> (f64, f64) {
        let years = f64::from(self.to.year) - f64::from(self.from.year);
        match (self.from.month, self.to.month) {
            (Some(a), Some(b)) => {
                let exact = years + (f64::from(b) - f64::from(a)) / 12.0;
                (exact, exact + 1.0 / 12.0)
            }
            _ => (years, years + 1.0),
        }
    }
}

const SEARCH: &[&str] = &[
    "检索",
    "文献",
    "发表",
    "收录",
    "search",
    "Search",
    "published",
    "publication",
    "retriev",
    "literature",
];
const AIM: &[&str] = &["总结", "综述", "进展", "回顾", "归纳", "review", "summar", "progress", "advances"];
const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// All search windows, one per sentence at most.
fn windows(cx: &Context<'_>) -> Vec<Window> {
    let mut out = Vec::new();
    for sentence in &cx.facts.evidence.sentences {
        if !matches!(sentence.zone, Zone::AbstractZh | Zone::AbstractEn | Zone::Body) {
            continue;
        }
        let text = cx.slice(sentence.span);
        let searched = SEARCH.iter().any(|word| text.contains(word));
        let ranged = text.contains(['至', '到', '-', '—', '–', '～', '~']) || text.contains(" to ");
        if searched && ranged {
            out.extend(window_in(text, sentence));
        }
    }
    out
}

fn window_in(text: &str, sentence: &Sentence) -> Option<Window> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if digit(bytes, at).is_some()
            && !bytes.get(at.wrapping_sub(1)).is_some_and(u8::is_ascii_alphanumeric)
            && let Some((from, end)) = month(text, at)
        {
            let rest = text[end..].trim_start_matches([' ', '日']);
            let mark =
                ["至", "到", "—", "–", "-", "～", "~", "to "].iter().find(|mark| rest.starts_with(**mark));
            if let Some(mark) = mark {
                let left = rest[mark.len()..].trim_start_matches([' ', '—']);
                let (left, english) = month_word(left);
                let second = text.len() - left.len();
                if let Some((mut to, stop)) = month(text, second)
                    && to.year >= from.year
                {
                    to.month = to.month.or(english);
                    let start = back_over_month(text, at);
                    let from = Month { month: from.month.or(month_word(&text[start..]).1), ..from };
                    let span = Span::new(start, stop).shift(sentence.span.start);
                    return Some(Window { span, from, to });
                }
            }
            at = end;
        } else {
            at += 1;
        }
    }
    None
}

/// `January ` at the start of `text`: what follows it, and its number.
fn month_word(text: &str) -> (&str, Option<u32>) {
    for (n, name) in MONTHS.iter().enumerate() {
        if let Some(rest) = text.strip_prefix(name) {
            return (rest.trim_start_matches([' ', ',']), u32::try_from(n + 1).ok());
        }
    }
    (text, None)
}

/// The start of `January ` before a year, or the year itself.
fn back_over_month(text: &str, at: usize) -> usize {
    let head = text[..at].trim_end_matches([' ', ',']);
    MONTHS.iter().find(|name| head.ends_with(**name)).map_or(at, |name| head.len() - name.len())
}

/// `2010年1月`, `2010-01`, `2010.1`, `2010年`, `2010` and its end.
fn month(text: &str, at: usize) -> Option<(Month, usize)> {
    let year: u32 = text.get(at..at + 4)?.parse().ok().filter(|year| (1900..2100).contains(year))?;
    let bytes = text.as_bytes();
    if bytes.get(at + 4).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let rest = &text[at + 4..];
    let body = rest.trim_start_matches(' ');
    let (body, han) = match body.strip_prefix('年') {
        Some(body) => (body, true),
        None => (rest.strip_prefix(['.', '-', '/']).unwrap_or(rest), false),
    };
    let body = body.trim_start_matches(' ');
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let month: Option<u32> = (1..=2).contains(&digits).then(|| body[..digits].parse().ok()).flatten();
    let after = body[digits.min(body.len())..].trim_start_matches(' ');
    match (month.filter(|month| (1..=12).contains(month)), han) {
        (Some(month), true) if after.starts_with('月') => {
            Some((Month { year, month: Some(month) }, text.len() - after.len() + '月'.len_utf8()))
        }
        (Some(month), false) if body.len() < rest.len() => {
            Some((Month { year, month: Some(month) }, text.len() - body.len() + digits))
        }
        (_, true) => Some((Month { year, month: None }, text.len() - body.len())),
        _ => Some((Month { year, month: None }, at + 4)),
    }
}

struct Period;

impl Check for Period {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let period = |q: &Quantity| q.form == Form::Period;
        if !cx.facts.evidence.quantities.iter().any(period) {
            return;
        }
        let windows = windows(cx);
        let Some(first) = windows.first() else { return };
        if windows
            .iter()
            .any(|other| (other.from, other.to) != (first.from, first.to) && other.years() != first.years())
        {
            return;
        }
        let mut reported: Option<crate::finding::Finding> = None;
        for quantity in &cx.facts.evidence.quantities {
            let years = cx.data.evidence.units.show(&quantity.unit) == "年";
            let Some(sentence) = cx.facts.evidence.sentence_at(quantity.core.start) else { continue };
            let aim = AIM.iter().any(|word| cx.slice(sentence.span).contains(word));
            if quantity.form != Form::Period || !years || !aim || sentence.zone == Zone::Caption {
                continue;
            }
            let Some(value) = quantity.low else { continue };
            let (least, most) = first.years();
            if value > least - 0.95 && value < most + 0.95 {
                continue;
            }
            reported = Some(match reported {
                None => cx
                    .finding(quantity.span)
                    .confidence(Confidence::Medium)
                    .arg("period", cx.slice(quantity.span))
                    .arg("window", cx.slice(first.span))
                    .arg("years", format!("{least:.0}"))
                    .labelled(cx.place(first.span), "window", Vec::new()),
                Some(finding) => {
                    finding.related(cx.place(quantity.span), vec![arg("period", cx.slice(quantity.span))])
                }
            });
        }
        if let Some(finding) = reported {
            out.push(finding);
        }
    }
}

struct Outside;

impl Check for Outside {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        // background works are normal; only where every listed work is said to be included
        let Some(listed) = flow::listed(cx) else { return };
        #[expect(clippy::cast_precision_loss, reason = "lists are short")]
        let all_included = flow::included(cx).iter().any(|(_, count)| count.value == listed as f64);
        if !all_included {
            return;
        }
        let windows = windows(cx);
        let Some(window) = windows.iter().max_by_key(|window| {
            cx.facts.evidence.sentence_at(window.span.start).is_some_and(|s| s.zone == Zone::Body)
        }) else {
            return;
        };
        let outside: Vec<_> = cx
            .facts
            .references
            .entries()
            .filter_map(|entry| {
                let year = entry.work.year.as_ref().filter(|year| !year.value.damaged)?;
                let value = u32::from(year.value.year);
                (value < window.from.year || value > window.to.year + 1).then_some((
                    entry.number,
                    year.span,
                    value,
                ))
            })
            .collect();
        if outside.is_empty() || outside.len() * 2 > listed {
            return;
        }
        let mut finding = cx
            .finding(window.span)
            .confidence(Confidence::Medium)
            .arg("window", cx.slice(window.span))
            .arg("count", outside.len())
            .arg("included", listed);
        for (number, span, year) in outside.into_iter().take(RELATED) {
            let number = number.map_or_else(String::new, |number| number.to_string());
            finding = finding.related(cx.place(span), vec![arg("number", number), arg("year", year)]);
        }
        out.push(finding);
    }
}
