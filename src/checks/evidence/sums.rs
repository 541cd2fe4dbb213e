//! Sums that a sentence spells out: groups with a control group, reasons for exclusion, databases of a
//! search, and what is left after duplicates.
//!
//! Each sentence is read once; only those with a word that announces a sum are looked at.

use super::arms::count_of;
use super::databases::DATABASES;
use crate::checks::Context;
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::evidence::number::{digit, number};
use crate::parse::evidence::{Quantity, Sentence};

/// Words of a control group.
const CONTROLS: &[&str] = &["对照", "安慰剂", "常规", "假手术", "空白", "模型"];
/// The same in English, and words that name no group of their own.
const ENGLISH: &[&str] = &["placebo", "control", "controls", "sham", "usual care", "standard care"];
/// Nouns of those who are counted.
const PEOPLE: &[&str] = &[
    "patients",
    "participants",
    "subjects",
    "individuals",
    "adults",
    "children",
    "women",
    "men",
    "students",
    "schools",
    "infants",
    "volunteers",
    "animals",
    "rats",
    "mice",
];
/// Longest gap from a total to its first part, in bytes.
const REACH: usize = 120;

/// A number of the sentence that has parts, with the parts.
struct Sum {
    total: Span,
    value: f64,
    parts: Vec<(Span, f64)>,
}

/// Reports the sums of one sentence that do not add up.
pub(super) fn sums(cx: &Context<'_>, sentence: &Sentence, quantities: &[Quantity], out: &mut Sink) {
    let text = cx.slice(sentence.span);
    // a total and two parts
    if text.bytes().filter(u8::is_ascii_digit).take(3).count() < 3 {
        return;
    }
    if text.contains('组')
        && let Some(sum) = groups(cx, sentence, quantities)
    {
        report(cx, &sum, "groups", out);
    }
    if [" to ", "lacebo", "ontrol", "sham"].iter().any(|word| text.contains(word)) {
        let here = bracketed(text).map(|sum| sum.shift(sentence.span.start));
        if let Some(sum) = here.or_else(|| of_these(cx, sentence, text)) {
            report(cx, &sum, "groups", out);
        }
    }
    if ["排除", "剔除", "xclud"].iter().any(|word| text.contains(word)) {
        for sum in reasons(cx, sentence, quantities) {
            report(cx, &sum, "reasons", out);
        }
    }
    if let Some(sum) = sources(text) {
        report(cx, &sum.shift(sentence.span.start), "sources", out);
    }
    if let Some((rest, sum)) = rest(cx, sentence, quantities) {
        balance(cx, rest, &sum, out);
    }
}

impl Sum {
    fn shift(mut self, offset: usize) -> Self {
        self.total = self.total.shift(offset);
        for (span, _) in &mut self.parts {
            *span = span.shift(offset);
        }
        self
    }

    fn made(&self) -> f64 {
        self.parts.iter().map(|(_, value)| value).sum()
    }
}

fn report(cx: &Context<'_>, sum: &Sum, variant: &'static str, out: &mut Sink) {
    let made = sum.made();
    let [(first, _), .., (last, _)] = sum.parts.as_slice() else { return };
    if (made - sum.value).abs() < 0.5 {
        return;
    }
    // the parts may run over several printed lines: then the total alone is marked
    let whole = Span::new(first.start, last.end);
    let (place, other) = if variant == "groups" { (whole, sum.total) } else { (sum.total, whole) };
    out.push(
        cx.finding(place)
            .variant(variant)
            .confidence(Confidence::Medium)
            .arg("first", sum.parts.len())
            .arg("second", cx.slice(place))
            .arg("sum", format!("{made:.0}"))
            .arg("total", format!("{:.0}", sum.value))
            .related(cx.place(other), Vec::new()),
    );
}

/// `共96例，其中干预组48例，对照组46例`: groups side by side, one of them a control group.
fn groups(cx: &Context<'_>, sentence: &Sentence, quantities: &[Quantity]) -> Option<Sum> {
    let text = cx.document.text();
    let own = cx.slice(sentence.span);
    if super::arms::divides(own) || super::arms::leaves_out(&own.replace("最终纳入", "")) {
        return None;
    }
    let units = &cx.data.evidence.units;
    let mut parts: Vec<(&Quantity, f64, &str)> = Vec::new();
    for (n, quantity) in quantities.iter().enumerate() {
        let from = n.checked_sub(1).map_or(sentence.span.start, |n| quantities[n].core.end);
        let gap = text.get(from..quantity.core.start)?;
        let label = gap
            .trim_end_matches([' ', '（', '(', '为', 'n', '=', '＝'])
            .rsplit(['，', ',', '、', '；', '：'])
            .next();
        let label = label.unwrap_or("").trim();
        let fits = label.ends_with('组') && label.len() <= 42 && (parts.is_empty() || gap.len() <= 48);
        let value = count_of(quantity).filter(|_| fits);
        let same = parts.first().is_none_or(|(first, ..)| units.comparable(&first.unit, &quantity.unit));
        match value.filter(|_| same) {
            Some(value) => parts.push((quantity, value, label)),
            None if parts.len() >= 2 => break,
            None => parts.clear(),
        }
    }
    let control = |label: &str| CONTROLS.iter().any(|word| label.contains(word));
    let odd = |label: &str| label.contains(['亚', '男', '女', '各']) || label.contains("分层");
    let controls = parts.iter().filter(|(.., label)| control(label)).count();
    if parts.len() < 2 || controls != 1 || parts.iter().any(|(.., label)| odd(label)) {
        return None;
    }
    let first = parts.first()?.0;
    if !matches!(units.dimension(&first.unit), Some("cases" | "persons" | "animals")) {
        return None;
    }
    let most = parts.iter().map(|(_, value, _)| *value).fold(0.0, f64::max);
    let fits = |q: &&Quantity| {
        let gap = text.get(q.core.end..first.core.start).unwrap_or("");
        q.core.end <= first.core.start
            && units.comparable(&q.unit, &first.unit)
            && count_of(q).is_some_and(|value| value > most)
            && gap.len() <= REACH
            && !gap.contains(['；', ';', '。', '%', '％'])
            && gap.matches('组').count() <= 1
    };
    let total = quantities.iter().rev().find(fits)?;
    let head = text.get(sentence.span.start..total.core.start)?.trim_end();
    let opened =
        ["纳入", "纳人", "入组", "共", "共有", "共计", "合计", "总计", "收治", "招募", "选取", "收集"];
    if !opened.iter().any(|word| head.ends_with(word)) {
        return None;
    }
    let value = count_of(total)?;
    Some(Sum {
        total: total.core,
        value,
        parts: parts.iter().map(|(q, value, _)| (q.core, *value)).collect(),
    })
}

/// An integer at `at` and its end.
fn integer(text: &str, at: usize) -> Option<(f64, usize)> {
    digit(text.as_bytes(), at)?;
    let read = number(text, at).filter(|number| number.decimals == 0)?;
    Some((read.value, at + read.len))
}

/// `52 participants (30 vaccine, 20 placebo)`, `36 schools (18 to training, 16 to control)`.
fn bracketed(text: &str) -> Option<Sum> {
    text.match_indices('(').find_map(|(open, _)| arms_in(text, open))
}

fn arms_in(text: &str, open: usize) -> Option<Sum> {
    let inner = &text[open + 1..];
    let inner = &inner[..inner.find(')')?];
    // `(80 patients: 53 training, 27 placebo)`
    let colon = inner.find(':').map(|at| open + 1 + at);
    let named = colon.and_then(|colon| Some((people_before(text, colon)?, colon + 1)));
    let ((total, value), mut at) = match named {
        Some(named) => named,
        None => (people_before(text, open)?, open + 1),
    };
    let inner = text.get(at..open + 1 + inner.len())?;
    let mut parts = Vec::new();
    let mut control = false;
    for piece in inner.split_inclusive([',', ';']).flat_map(|piece| piece.split_inclusive(" and ")) {
        let end_of_piece = at + piece.len();
        let lead = piece.len() - piece.trim_start().len();
        let (count, end) = integer(text, at + lead)?;
        let words = text.get(end..end_of_piece)?.trim_end_matches([',', ';', ' ']);
        let words = words.strip_suffix(" and").unwrap_or(words).trim();
        let group = words.strip_prefix("to ").or_else(|| words.strip_prefix("in the ")).unwrap_or(words);
        if group.is_empty() || group.len() > 30 || group.contains(|c: char| c.is_ascii_digit() || c == '%') {
            return None;
        }
        let group = group.trim_end_matches(" group").trim_end_matches(" arm").trim_start_matches("the ");
        control |= ENGLISH.contains(&group);
        parts.push((Span::new(at + lead, end), count));
        at = end_of_piece;
    }
    let smaller = parts.iter().all(|(_, count)| *count < value);
    (parts.len() >= 2 && control && smaller).then_some(Sum { total, value, parts })
}

/// `333 patients` that ends right before `at`, or up to a word between the two.
fn people_before(text: &str, at: usize) -> Option<(Span, f64)> {
    let head = text[..at].trim_end();
    let noun = PEOPLE.iter().find(|noun| head.ends_with(**noun))?;
    let head = head[..head.len() - noun.len()].trim_end();
    let mut end = head.len();
    // `91 healthy volunteers`
    for _ in 0..2 {
        let word = head[..end].len()
            - head[..end].trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '-').len();
        if word == 0 {
            break;
        }
        end = head[..end - word].trim_end().len();
    }
    let start =
        head[..end].len() - head[..end].trim_end_matches(|c: char| c.is_ascii_digit() || c == ',').len();
    let start = end - start;
    let (value, stop) = integer(text, start)?;
    (stop == end).then(|| (Span::new(start, end), value))
}

/// `Of these, 166 were assigned to X and 170 to Y`, with the number in the sentence before.
fn of_these(cx: &Context<'_>, sentence: &Sentence, text: &str) -> Option<Sum> {
    let rest = ["Of these, ", "Of them, ", "Of those, "].iter().find_map(|lead| text.strip_prefix(lead))?;
    let at = text.len() - rest.len();
    let (first, end) = integer(text, at)?;
    let verbs = ["assigned to ", "allocated to ", "randomised to ", "randomized to "];
    let verb = text.get(end..end + 40).or(text.get(end..))?;
    let said = verbs.iter().find_map(|word| Some(end + verb.find(word)? + word.len()))?;
    let and = said + text.get(said..)?.find(" and ")? + 5;
    let (second, stop) = integer(text, and)?;
    if !text[stop..].starts_with(" to ")
        || text[and..].contains(" and ")
        || text[said..and].contains([';', ')'])
    {
        return None;
    }
    let before = cx.document.text().get(sentence.block.start..sentence.span.start)?;
    let last = before.trim_end().trim_end_matches('.');
    let from = last.rfind(". ").map_or(0, |at| at + 2);
    let totals: Vec<(Span, f64)> = PEOPLE
        .iter()
        .flat_map(|noun| last[from..].match_indices(noun).map(|(at, noun)| from + at + noun.len()))
        .filter_map(|at| people_before(last, at))
        .collect();
    let [(span, value)] = totals.as_slice() else { return None };
    let parts = [(Span::new(at, end), first), (Span::new(and, stop), second)];
    (*value >= first.max(second)).then(|| Sum {
        total: span.shift(sentence.block.start),
        value: *value,
        parts: parts.map(|(span, value)| (span.shift(sentence.span.start), value)).to_vec(),
    })
}

/// `排除62篇（非RCT 21篇，数据不全8篇，…）`: at least three reasons in the bracket behind the number.
fn reasons(cx: &Context<'_>, sentence: &Sentence, quantities: &[Quantity]) -> Vec<Sum> {
    let text = cx.document.text();
    let units = &cx.data.evidence.units;
    let mut out = Vec::new();
    for (n, total) in quantities.iter().enumerate() {
        let Some(value) = count_of(total).filter(|value| *value >= 3.0) else { continue };
        let head = text.get(sentence.span.start..total.core.start).unwrap_or("");
        let clause = head.rsplit(['，', ',', '；', ';']).next().unwrap_or("").trim_end();
        let removed = ["排除", "剔除", "排除了", "剔除了", "排除文献", "剔除文献", "excluded"]
            .iter()
            .any(|w| clause.ends_with(w));
        let rest = text.get(total.core.end..sentence.span.end).unwrap_or("");
        let Some(open) = rest.find(['（', '(']).filter(|at| *at <= 24) else { continue };
        if !removed || rest[..open].contains(['，', ',', '。', '；']) {
            continue;
        }
        let from = total.core.end + open + rest[open..].chars().next().map_or(1, char::len_utf8);
        let Some(len) = text[from..sentence.span.end].find(['）', ')']) else { continue };
        let inner = Span::new(from, from + len);
        let listed = cx.slice(inner);
        let open_list =
            ["其中", "等", "包括", "至少", "重复计", "例如"].iter().any(|word| listed.contains(word));
        let parts: Vec<(Span, f64)> = quantities[n + 1..]
            .iter()
            .filter(|q| inner.contains(q.core) && units.comparable(&q.unit, &total.unit))
            .filter_map(|q| Some((q.core, count_of(q)?)))
            .collect();
        let pieces =
            listed.split(['，', ',', '；', ';', '、']).filter(|piece| !piece.trim().is_empty()).count();
        if parts.len() >= 3 && pieces == parts.len() && !open_list {
            out.push(Sum { total: total.core, value, parts });
        }
    }
    out
}

/// `检索到1 873篇，其中知网402篇、万方518篇…`: at least three databases with their numbers.
fn sources(text: &str) -> Option<Sum> {
    // the databases that nearly every search names: a few looks instead of fifty
    if !["PubMed", "知网", "CNKI", "Embase", "EMBASE", "Scopus", "万方"]
        .iter()
        .any(|name| text.contains(name))
    {
        return None;
    }
    if !text.contains(['篇', '条', '项'])
        && !["articles", "records", "studies", "citations"].iter().any(|w| text.contains(w))
    {
        return None;
    }
    let mut parts: Vec<(Span, f64)> = Vec::new();
    let (mut named, mut first) = (0usize, usize::MAX);
    for name in DATABASES.iter().flat_map(|(_, names)| names.iter()) {
        for (at, _) in text.match_indices(name) {
            let end = at + name.len();
            // a longer name holds this one
            if parts.iter().any(|(span, _)| span.start >= end && text[end..span.start].len() < 4) {
                continue;
            }
            let tail = text[end..].trim_start();
            let tail = [" Library", "Library", "Core Collection"]
                .iter()
                .find_map(|w| tail.strip_prefix(w))
                .unwrap_or(tail);
            let rest = tail.trim_start_matches(|c: char| {
                matches!(c, ' ' | '（' | '(' | 'n' | '=' | '＝' | ':' | '：') || "数据库".contains(c)
            });
            let from = text.len() - rest.len();
            named += 1;
            first = first.min(at);
            if let Some((value, stop)) = integer(text, from).filter(|_| from - end <= 24) {
                parts.push((Span::new(from, stop), value));
            }
        }
    }
    parts.sort_by_key(|(span, _)| span.start);
    parts.dedup();
    let last = parts.last()?.0.end;
    let other = ["其他", "另", "等", "手工", "other", "additional", "hand"]
        .iter()
        .any(|word| text[first..].contains(word));
    if parts.len() < 3 || named > parts.len() || other || text[first..last].contains(['。']) {
        return None;
    }
    // the nearest number before the first database
    let head = &text[..first];
    let mut total = None;
    let mut at = 0;
    while let Some(step) = head[at..].find(|c: char| c.is_ascii_digit()) {
        at += step;
        let read = number(head, at)?;
        let after = head[at + read.len..].trim_start();
        let works = ["篇", "条", "项", "articles", "records", "studies", "citations"]
            .iter()
            .any(|w| after.starts_with(w));
        if read.decimals == 0 && (works || after.starts_with("potentially") || after.starts_with("relevant"))
        {
            total = Some((Span::new(at, at + read.len), read.value));
        }
        at += read.len.max(1);
    }
    let (total, value) = total?;
    let gap = head.get(total.end..)?;
    let near = gap.len() <= 48 && !gap.contains(['；', ';', '。']);
    (near && parts.iter().all(|(_, part)| *part < value)).then_some(Sum { total, value, parts })
}

/// `检索到962篇，通过其他途径获得5篇，剔除重复318篇后余649篇`: what is left, and what it should be made of:
/// the numbers before as they stand, the removed one negative.
fn rest(cx: &Context<'_>, sentence: &Sentence, quantities: &[Quantity]) -> Option<(Span, Sum)> {
    let text = cx.document.text();
    let units = &cx.data.evidence.units;
    let works: Vec<(&Quantity, f64)> = quantities
        .iter()
        .filter(|q| units.dimension(&q.unit) == Some("articles"))
        .filter_map(|q| Some((q, count_of(q)?)))
        .collect();
    for (n, window) in works.windows(2).enumerate() {
        let [(removed, taken), (left, remains)] = window else { continue };
        let from = n.checked_sub(1).map_or(sentence.span.start, |n| works[n].0.core.end);
        let head = text.get(from..removed.core.start)?;
        let between = text.get(removed.core.end..left.core.start)?;
        let takes = ["剔除重复", "去除重复", "排除重复", "删除重复", "去重", "剔重"]
            .iter()
            .any(|word| head.contains(word))
            && !head.contains('后');
        let leaves = ["后余", "后剩余", "后剩", "后得到", "后获得", "剩余", "余下", "后保留"]
            .iter()
            .any(|word| between.contains(word));
        if !takes || !leaves || between.len() > 36 || n == 0 {
            continue;
        }
        // the total, and what came from elsewhere
        let (before, value) = works[n - 1];
        let mut parts = vec![(before.core, value)];
        let added = text
            .get(n.checked_sub(2).map_or(sentence.span.start, |n| works[n].0.core.end)..before.core.start)?;
        if ["其他途径", "其它途径", "手工", "补充", "追溯", "另"].iter().any(|word| added.contains(word))
        {
            let (main, first) = *works.get(n.checked_sub(2)?)?;
            parts.insert(0, (main.core, first));
            if n >= 3 {
                return None;
            }
        } else if n >= 2 {
            // several numbers before: which of them is the whole is not said
            return None;
        }
        parts.push((removed.core, -taken));
        return Some((left.core, Sum { total: left.core, value: *remains, parts }));
    }
    None
}

fn balance(cx: &Context<'_>, place: Span, sum: &Sum, out: &mut Sink) {
    let made = sum.made();
    if (made - sum.value).abs() < 0.5 || made < 0.0 {
        return;
    }
    let mut finding = cx
        .finding(place)
        .variant("rest")
        .confidence(Confidence::Medium)
        .arg("first", sum.parts.len())
        .arg("second", cx.slice(place))
        .arg("sum", format!("{made:.0}"))
        .arg("total", format!("{:.0}", sum.value));
    for (span, _) in &sum.parts {
        finding = finding.related(cx.place(*span), Vec::new());
    }
    out.push(finding);
}
