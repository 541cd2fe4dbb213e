//! Definitions in the other order, `SF (long form)`, and by a word, `…，简称SF`.

use super::belief::believed;
use super::extract::{Found, Order, Part, REACH, is_words, latin_tail, short_of};
use super::letters::align;
use super::shape::{self, Bracket, looks_short};
use super::tables::Tables;
use crate::document::{Span, is_han};
use crate::finding::Confidence;
use aho_corasick::{AhoCorasick, MatchKind};

/// `SF (long form)`, in either language.
pub(super) fn short_first(
    text: &str,
    before: Part<'_>,
    parts: &[Part<'_>],
    bracket: Bracket,
    tables: &Tables,
) -> Option<Found> {
    let bare = tables.suffix.iter().find_map(|word| before.text.strip_suffix(word.as_str()));
    let before = Part { text: bare.unwrap_or(before.text).trim_end(), start: before.start };
    let token_start = before
        .text
        .char_indices()
        .rev()
        .take_while(|(_, c)| {
            c.is_alphanumeric() && !is_han(*c) || matches!(c, '-' | '‐' | '‑' | '–' | '+' | '\'')
        })
        .last()
        .map(|(at, _)| at)?;
    let token = Part { text: &before.text[token_start..], start: before.start + token_start };
    let short = short_of(token)?;
    if !looks_short(&short) || tables.is_place(&short) {
        return None;
    }
    let part = parts.first()?;
    let order = Order::ShortFirst;
    let span = Span::new(token.start, bracket.outer.end);
    let last = *parts.last()?;
    let inner = &text[bracket.inner.range()];
    if is_words(part.text) {
        let spells = |part: Part<'_>| {
            let fit = align(&short, part.text, &tables.words, true)?;
            let at_start = part.text[..fit.start].trim().len() <= 4;
            let fits =
                fit.cost <= fit.limit() * 0.9 && at_start && part.text.chars().count() >= fit.length + 4;
            fits.then_some(fit)
        };
        // the long form may hold commas itself (RANTES)
        let whole =
            Part { text: inner.trim(), start: bracket.inner.start + inner.len() - inner.trim_start().len() };
        let commas = parts.len() <= 4 && inner.contains(',') && is_words(inner);
        let (part, fit) = match spells(*part) {
            Some(fit) => (*part, fit),
            None if word_by_word(&short, parts) => {
                let (start, end) = (part.start, last.start + last.text.len());
                let en = Some(Span::new(start, end));
                let short_span = token.span();
                let confidence = Confidence::High;
                return Some(Found {
                    short,
                    short_span,
                    zh: None,
                    en,
                    span,
                    order,
                    spelled: true,
                    confidence,
                });
            }
            None if commas => (whole, spells(whole).filter(|fit| fit.length >= 4)?),
            None => return None,
        };
        let en = Span::new(part.start + fit.start, part.start + part.text.len());
        let confidence = if fit.cost <= fit.limit() * 0.5 { Confidence::High } else { Confidence::Medium };
        return Some(Found {
            short,
            short_span: token.span(),
            zh: None,
            en: Some(en),
            span,
            order,
            spelled: true,
            confidence,
        });
    }
    // an explanation after a form that needs none is no definition
    if tables.known.contains(shape::singular(&short)) {
        return None;
    }
    let han = inner.chars().filter(|c| is_han(*c)).count();
    if parts.len() == 1 && (4..=20).contains(&han) && han * 2 >= inner.chars().count() && is_name(last.text) {
        let zh = Some(last.span());
        let confidence = Confidence::Medium;
        return Some(Found {
            short,
            short_span: token.span(),
            zh,
            en: None,
            span,
            order,
            spelled: false,
            confidence,
        });
    }
    // `…来源的 MSCs（iMSCs）`: introduced, but without words of its own
    let own = parts.first().copied().and_then(|p| short_of(p).map(|s| (p, s)));
    if let Some((part, introduced)) = own
        && parts.len() == 1
        && looks_short(&introduced)
        && introduced.len() > short.len()
        && introduced.contains(shape::singular(&short))
    {
        let span = Span::new(token.start, bracket.outer.end);
        return Some(Found {
            short: introduced,
            short_span: part.span(),
            zh: None,
            en: None,
            span,
            order: Order::LongFirst,
            spelled: false,
            confidence: Confidence::Low,
        });
    }
    None
}

/// True when the parts are words whose first letters spell the short form: NIC (norm, intention, choice).
fn word_by_word(short: &str, parts: &[Part<'_>]) -> bool {
    let letters = short.chars().filter(|c| c.is_ascii_alphabetic());
    parts.len() >= 3
        && letters.count() == parts.len()
        && short.chars().filter(char::is_ascii_alphabetic).zip(parts).all(|(letter, part)| {
            let word = part.text;
            let plain =
                word.len() > 2 && word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '-'));
            plain && word.starts_with(|c: char| c.eq_ignore_ascii_case(&letter))
        })
}

/// True for Chinese words that name a thing rather than explain it.
fn is_name(text: &str) -> bool {
    const EXPLAINS: [&str; 26] = [
        "含", "不含", "尤其", "特别", "一种", "一类", "一个", "如", "见", "包括", "例如", "即", "图", "表",
        "约", "主要", "其中", "也", "因", "由", "以", "在", "是", "或", "和", "与",
    ];
    const INSIDE: [&str; 12] = ["，", "。", "、", "；", "是", "为", "等", "可", "未", "已", "有", "被"];
    !EXPLAINS.iter().any(|word| text.starts_with(word)) && !INSIDE.iter().any(|word| text.contains(word))
}

/// Words before a short form that stands in no bracket; after the last ones only a long form that
/// spells it with the first letters of its words is believed.
const WORDS: [&str; 16] = [
    "简称为",
    "简称",
    "缩写为",
    "abbreviated as ",
    "abbreviated to ",
    "abbreviated ",
    ", or ",
    "also called ",
    "also known as ",
    "also termed ",
    "referred to as ",
    "hereafter ",
    "hereinafter ",
    "henceforth ",
    ", termed ",
    ", called ",
];
/// Count of the words that say by themselves that a short form follows.
const CERTAIN: usize = 6;

/// A searcher for [`WORDS`].
pub(super) fn searcher() -> Option<AhoCorasick> {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(WORDS).ok()
}

/// 全称，简称SF; long form, abbreviated as SF: without a bracket.
pub(super) fn by_word(text: &str, tables: &Tables, out: &mut Vec<Found>) {
    let Some(searcher) = &tables.named else { return };
    for word in searcher.find_iter(text) {
        let certain = word.pattern().as_usize() < CERTAIN;
        let Some(found) = named(text, word.start(), word.end(), certain, tables) else { continue };
        if !out.iter().any(|other| other.short_span.overlaps(found.short_span)) {
            out.push(found);
        }
    }
}

fn named(text: &str, at: usize, after: usize, certain: bool, tables: &Tables) -> Option<Found> {
    let tail = text[after..].trim_start_matches([' ', '“', '"', '「', '：', ':']);
    let start = text.len() - tail.len();
    let length = tail
        .find(|c: char| !(c.is_alphanumeric() && !is_han(c) || matches!(c, '-' | '/')))
        .unwrap_or(tail.len());
    let part = Part { text: &tail[..length], start };
    if part.text.contains('/') {
        return None;
    }
    let short = short_of(part).filter(|short| looks_short(short))?;
    // `or hereafter` and the like stand before many other things
    if !certain && short.chars().filter(char::is_ascii_uppercase).count() < 3 {
        return None;
    }
    let mut from = at.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let open = text[from..at].trim_end();
    let open = open.strip_suffix("以下").or_else(|| open.strip_suffix('下')).unwrap_or(open);
    let open = open.trim_end_matches(['，', ',', '(', '（', ' ']);
    let head = Part { text: open, start: from };
    let span_end = part.span().end;
    if certain && open.chars().next_back().is_some_and(is_han) {
        let zh = tables
            .boundary
            .start(head.text)
            .map(|s| Span::new(head.start + s, head.start + head.text.len()))?;
        return Some(Found {
            short,
            short_span: part.span(),
            zh: Some(zh),
            en: None,
            span: Span::new(zh.start, span_end),
            order: Order::LongFirst,
            spelled: false,
            confidence: Confidence::Medium,
        });
    }
    let own = latin_tail(head);
    let fit = align(&short, own.text, &tables.words, false).filter(|fit| believed(fit, &short, own.text))?;
    if !certain && (fit.initials < fit.length || fit.cost > 0.4) {
        return None;
    }
    let en = Span::new(own.start + fit.start, own.start + own.text.len());
    Some(Found {
        short,
        short_span: part.span(),
        zh: None,
        en: Some(en),
        span: Span::new(en.start, span_end),
        order: Order::LongFirst,
        spelled: true,
        confidence: Confidence::Medium,
    })
}
