//! Cell lines called by the wrong kind of cell or species.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Span, is_han};
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::evidence::What;
use crate::parse::evidence::named::{CellKind, CellLine, NameTable};
use crate::rules::{Options, Scope};

/// The kind. Only words right beside the name of the line are compared.
pub const KIND: Kind = Kind {
    name: "cell-line-kind",
    scope: Scope::Document,
    fields: &["line", "said", "kinds", "species"],
    variants: &["species"],
    build,
};

struct Cells;

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(Cells))
}

/// Words that may stand between a line's name and its kind: `HaCaT (immortalized human keratinocytes)`.
const BETWEEN: &[&str] = &[
    " ",
    "(",
    "（",
    "\u{a0}",
    "人源性",
    "人源",
    "人",
    "小鼠",
    "大鼠",
    "永生化",
    "正常",
    "human ",
    "mouse ",
    "murine ",
    "rat ",
    "immortalized ",
    "immortalised ",
    "normal ",
    "a ",
];

/// Words between a kind and the name of the line after it: `巨噬细胞系 RAW264.7`.
const JOINS: &[&str] = &[" ", "(", "（", "\u{a0}", "系", "株", "cells", "cell", "lines", "line", "-like"];

/// Two kinds of cell stand side by side on purpose, or cells were put into an animal.
const MIXED: &[&str] = &[
    "共培养",
    "共孵育",
    "融合",
    "co-cultur",
    "cocultur",
    "移植",
    "荷瘤",
    "接种",
    "xenograft",
    "graft",
    "bearing",
    "inject",
    "注射",
    "tumor model",
    "瘤模型",
];

impl Check for Cells {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let table = &cx.data.evidence.names;
        for named in &cx.facts.evidence.named {
            let What::Line(line) = named.what else { continue };
            let Some(line) = table.lines.get(usize::from(line)) else { continue };
            let Some(sentence) = cx.facts.evidence.sentence_at(named.span.start) else { continue };
            let text = cx.slice(sentence.span);
            let (start, end) = (
                named.span.start - sentence.span.start,
                named.span.end.min(sentence.span.end) - sentence.span.start,
            );
            let around = window(text, start, end);
            if MIXED.iter().any(|word| around.contains(word)) {
                continue;
            }
            let after = after(text, end, &table.kinds);
            let before = before(text, start, &table.kinds);
            let known = |kind: &CellKind| line.kinds.contains(&kind.id);
            let said = [after, before].into_iter().flatten().find(|(_, kind)| !known(kind));
            let place = |span: Span| span.shift(sentence.span.start);
            if let Some((span, _)) = said {
                let kinds = line.kinds.iter().filter_map(|id| table.kinds.iter().find(|kind| kind.id == *id));
                let kind = kinds.map(|kind| kind.name.clone()).next().unwrap_or_default();
                out.push(
                    cx.finding(place(span))
                        .arg("line", cx.slice(named.span))
                        .arg("said", cx.slice(place(span)))
                        .arg("kinds", kind)
                        .related(cx.place(named.span), Vec::new()),
                );
                continue;
            }
            let from = before.map_or(start, |(span, _)| span.start);
            let certain = before.is_some() || after.is_some() || called(text, end);
            if let Some(span) = species(table, text, from, line).filter(|_| certain) {
                let own = table.species.iter().find(|species| species.id == line.species);
                let own = own.map(|species| species.name.clone()).unwrap_or_default();
                out.push(
                    cx.finding(place(span))
                        .variant("species")
                        .confidence(Confidence::Medium)
                        .arg("line", cx.slice(named.span))
                        .arg("said", cx.slice(place(span)))
                        .arg("species", own)
                        .related(cx.place(named.span), Vec::new()),
                );
            }
        }
    }
}

/// The text around a name, some forty characters to either side.
fn window(text: &str, start: usize, end: usize) -> &str {
    let from = text[..start].char_indices().rev().nth(30).map_or(0, |(at, _)| at);
    let to = text[end..].char_indices().nth(30).map_or(text.len(), |(at, _)| end + at);
    &text[from..to]
}

/// The kind of cell named right after a line.
fn after<'a>(text: &str, end: usize, kinds: &'a [CellKind]) -> Option<(Span, &'a CellKind)> {
    let mut at = end;
    while let Some(word) = BETWEEN.iter().find(|word| text[at..].starts_with(**word)) {
        at += word.len();
        if at > end + 40 {
            return None;
        }
    }
    let rest = &text[at..];
    let words = kinds.iter().flat_map(|kind| kind.words.iter().map(move |word| (word, kind)));
    let (word, kind) =
        words.filter(|(word, _)| starts_with(rest, word)).max_by_key(|(word, _)| word.len())?;
    let tail = &rest[word.len()..];
    let plural = usize::from(word.is_ascii() && tail.starts_with('s'));
    let span = Span::new(at, at + word.len() + plural);
    if word.is_ascii() {
        // a noun of its own: lymphocytes, endothelial cells; never `macrophage infiltration`
        let noun = ["s ", "s,", "s.", "s)", "s;", " cell", " line"].iter().any(|t| tail.starts_with(t))
            || tail == "s";
        return noun.then_some((span, kind));
    }
    // 巨噬细胞极化 after a tumour line's name speaks of other cells
    let other = ["浸润", "极化", "样", "募集", "来源", "源性", "分化", "杀伤", "介导"];
    (!other.iter().any(|word| tail.starts_with(word))).then_some((span, kind))
}

fn starts_with(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

/// The kind of cell named right before a line.
fn before<'a>(text: &str, start: usize, kinds: &'a [CellKind]) -> Option<(Span, &'a CellKind)> {
    let mut head = &text[..start];
    for _ in 0..5 {
        if let Some(found) = last_kind(head, kinds) {
            return Some(found);
        }
        let word = JOINS.iter().filter(|word| head.ends_with(**word)).max_by_key(|word| word.len())?;
        head = &head[..head.len() - word.len()];
    }
    None
}

/// The longest word of a kind at the end of `head`.
fn last_kind<'a>(head: &str, kinds: &'a [CellKind]) -> Option<(Span, &'a CellKind)> {
    let fits = |word: &str| {
        let plain = head.strip_suffix('s').filter(|_| word.is_ascii()).unwrap_or(head);
        [head, plain].into_iter().find(|head| ends_with_word(head, word)).map(|head| head.len() - word.len())
    };
    let words = kinds.iter().flat_map(|kind| kind.words.iter().map(move |word| (word, kind)));
    let (from, word, kind) = words
        .filter_map(|(word, kind)| Some((fits(word)?, word, kind)))
        .max_by_key(|(_, word, _)| word.len())?;
    let plural = usize::from(word.is_ascii() && head[from + word.len()..].starts_with('s'));
    Some((Span::new(from, from + word.len() + plural), kind))
}

/// `RAW264.7 cells`, `RAW264.7细胞`.
fn called(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start();
    rest.starts_with("细胞") || rest.starts_with("cell") || rest.starts_with("巨噬细胞")
}

/// A species right before the line (or its kind) that it does not come from.
fn species(table: &NameTable, text: &str, from: usize, line: &CellLine) -> Option<Span> {
    let mut head = text[..from].trim_end();
    for word in ["来源的", "来源", "源性", "源", "正常", "永生化", "immortalized", "normal"] {
        head = head.strip_suffix(word).unwrap_or(head).trim_end();
    }
    let words =
        table.species.iter().flat_map(|species| species.words.iter().map(move |word| (word, species)));
    let (word, said) =
        words.filter(|(word, _)| ends_with_word(head, word)).max_by_key(|(word, _)| word.len())?;
    if said.id == line.species {
        return None;
    }
    let start = head.len() - word.len();
    // 人 also ends 病人 and 他人; `human and mouse RAW264.7 cells` is about both
    let glued =
        head[..start].chars().next_back().is_some_and(|c| is_han(c) && !"的对将用在与和取为及".contains(c));
    (!(word == "人" && glued)).then_some(Span::new(start, head.len()))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    let Some(from) = text.len().checked_sub(word.len()) else { return false };
    text.get(from..).is_some_and(|tail| tail.eq_ignore_ascii_case(word))
        && (!word.is_ascii() || !text[..from].ends_with(|c: char| c.is_alphanumeric() && !is_han(c)))
}
