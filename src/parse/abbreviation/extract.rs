//! Definitions of short forms in one stretch of text, in both languages and both orders.

use super::belief::{believed, english_short};
use super::letters::{Alignment, align};
use super::lexicon::squash;
use super::named::{by_word, short_first};
use super::shape::{self, Bracket, Shape, brackets, looks_short, normal, possible_short};
use super::tables::Tables;
use crate::document::{Span, is_cjk_punctuation, is_han};
use crate::finding::Confidence;

/// Longest stretch before a bracket in which an English long form may start, in bytes.
pub(super) const REACH: usize = 240;

/// Which of the two comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// `long form (SF)`.
    LongFirst,
    /// `SF (long form)`.
    ShortFirst,
}

/// A definition as found in a text; spans count from the start of that text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The short form, folded.
    pub short: String,
    /// Where it stands.
    pub short_span: Span,
    /// The Chinese long form.
    pub zh: Option<Span>,
    /// The English long form.
    pub en: Option<Span>,
    /// From the long form (or short form) to the closing bracket.
    pub span: Span,
    /// Which comes first.
    pub order: Order,
    /// True when the letters of the English long form spell the short form.
    pub spelled: bool,
    /// How sure this is a definition.
    pub confidence: Confidence,
}

/// A part of a bracket between two separators.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
}

impl Part<'_> {
    pub(super) fn span(&self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }
}

/// All definitions in a text, in order of place.
pub fn extract(text: &str, tables: &Tables) -> Vec<Found> {
    let mut out = Vec::new();
    for bracket in brackets(text) {
        if let Some(found) = in_bracket(text, bracket, tables) {
            out.push(found);
        }
    }
    by_word(text, tables, &mut out);
    out.sort_by_key(|found| (found.span.start, found.short_span.start));
    out
}

fn in_bracket(text: &str, bracket: Bracket, tables: &Tables) -> Option<Found> {
    let inner = &text[bracket.inner.range()];
    if !inner.chars().any(char::is_alphabetic) {
        return None;
    }
    let before = head(text, bracket);
    let last = before.text.chars().next_back()?;
    let mut parts = parts(inner, bracket.inner.start, tables);
    // a citation by author and year; a short form may stand before it: (SAS; Rossi & Lund, 2014)
    if parts.len() > 1 && parts.iter().any(|part| is_year(part.text)) {
        let stop = bracket.inner.start + inner.find([';', '；'])?;
        parts.retain(|part| part.span().end <= stop);
        let short = parts.last().is_some_and(|part| Shape::of(part.text).upper > 1);
        if !short || parts.len() > 2 || parts.iter().any(|part| is_year(part.text)) {
            return None;
        }
    }
    if bracket.square {
        // `[TNF]` is a definition only where the letters say so
        return english(before, &parts, bracket, tables)
            .filter(|f| f.spelled && Shape::of(&f.short).upper > 1);
    }
    if is_han(last) {
        let found = chinese(before, &parts, bracket, tables);
        return found.or_else(|| short_first(text, before, &parts, bracket, tables));
    }
    // a number or letter at the end of a Chinese name: 受体相关蛋白6, 免疫球蛋白E, 转录因子 3
    if ends_in_number(before.text)
        && let Some(found) = chinese(before, &parts, bracket, tables)
    {
        return Some(found);
    }
    let after_han = before.text.chars().rev().take(24).any(is_han);
    // a Chinese name that ends in a foreign word: 实时荧光定量PCR（quantitative real-time PCR，qPCR）
    if after_han
        && parts.len() > 1
        && let Some(found) = chinese(before, &parts, bracket, tables)
        && found.zh.is_some()
        && found.spelled
    {
        return Some(found);
    }
    if let Some(found) = english(before, &parts, bracket, tables) {
        return Some(found);
    }
    if let Some(found) = after_han.then(|| chinese(before, &parts, bracket, tables)).flatten() {
        return Some(found);
    }
    short_first(text, before, &parts, bracket, tables)
}

/// `2014`, `2014a`, `et al. 2014`.
fn is_year(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let year = digits.len().checked_sub(4).and_then(|at| digits.get(at..)).unwrap_or("");
    year.len() == 4
        && (year.starts_with("19") || year.starts_with("20"))
        && year.bytes().all(|b| b.is_ascii_digit())
        && digits[..digits.len() - 4].chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.'))
}

/// A Chinese word with a short number, letter or both after it.
fn ends_in_number(text: &str) -> bool {
    let tail: Vec<char> = text.chars().rev().take_while(|c| !is_han(*c)).take(8).collect();
    let letters = tail.iter().filter(|c| c.is_alphabetic()).count();
    tail.len() <= 6
        && letters <= 2
        && tail.iter().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '‐' | '–' | '/'))
        && text.chars().any(is_han)
}

/// What stands before a bracket, in the same sentence, without trailing spaces and citation marks.
fn head(text: &str, bracket: Bracket) -> Part<'_> {
    let open = bracket.outer.start;
    let mut from = bracket.floor.max(open.saturating_sub(REACH));
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut end = open;
    for _ in 0..3 {
        let trimmed = text[from..end].trim_end();
        end = from + trimmed.len();
        // a citation between the term and its bracket
        let Some(inside) = trimmed.strip_suffix([']', '］']) else { break };
        let Some(at) = inside.rfind(['[', '［']) else { break };
        if inside[at..].chars().any(char::is_alphabetic) {
            break;
        }
        end = from + at;
    }
    let mut start = from;
    let bytes = &text[from..end];
    let mut previous = ' ';
    let mut word = 0;
    for (at, c) in bytes.char_indices() {
        let stop = match c {
            '。' | '！' | '？' | '；' | ';' | '\n' | '?' | '!' => true,
            ' ' => previous == '.' && word > 2 || previous == ':',
            _ => false,
        };
        if stop {
            start = from + at + c.len_utf8();
        }
        word = if c == ' ' { 0 } else { word + 1 };
        previous = c;
    }
    Part { text: &text[start..end], start }
}

/// The parts of a bracket, without the words that introduce or follow a short form.
fn parts<'a>(inner: &'a str, offset: usize, tables: &Tables) -> Vec<Part<'a>> {
    let mut out = Vec::new();
    let mut depth = 0usize;
    let mut from = 0;
    let mut chars = inner.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '(' | '（' | '[' | '［' => depth += 1,
            ')' | '）' | ']' | '］' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 && inner[at..].starts_with(" or ") && from < at => {
                push_part(&inner[from..at], offset + from, tables, &mut out);
                from = at + 1;
            }
            ',' | '，' | ';' | '；' | '、' | ':' | '：' | '=' | '＝' if depth == 0 => {
                // a locant's comma is no separator: 1,25-dihydroxy…, N,N-dimethyl…
                let before = inner[..at].chars().next_back();
                let after = chars.peek().map(|(_, c)| *c);
                let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                if c == ',' && digits(before) && digits(after) {
                    continue;
                }
                push_part(&inner[from..at], offset + from, tables, &mut out);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    push_part(&inner[from..], offset + from, tables, &mut out);
    out
}

fn push_part<'a>(text: &'a str, start: usize, tables: &Tables, out: &mut Vec<Part<'a>>) {
    let mut part = trim(Part { text, start });
    for _ in 0..2 {
        let Some(word) = tables.introduce.iter().find(|word| introduces(part.text, word)) else { break };
        part = trim(Part { text: &part.text[word.len()..], start: part.start + word.len() });
    }
    if let Some(word) = tables.suffix.iter().find(|word| part.text.ends_with(word.as_str())) {
        let stem = Part { text: &part.text[..part.text.len() - word.len()], ..part };
        if stem.text.chars().any(|c| c.is_ascii_alphabetic()) && !stem.text.chars().any(is_han) {
            part = trim(stem);
        }
    }
    out.push(part);
}

fn introduces(text: &str, word: &str) -> bool {
    let Some(head) = text.get(..word.len()) else { return false };
    if !head.eq_ignore_ascii_case(word) {
        return false;
    }
    let next = text[word.len()..].chars().next();
    match next {
        None => false,
        Some(c) if word.ends_with(|c: char| c.is_ascii_alphabetic()) => {
            !c.is_alphanumeric() && c != '-' && c != '/'
        }
        Some(_) => true,
    }
}

fn trim(part: Part<'_>) -> Part<'_> {
    let odd = |c: char| {
        c.is_whitespace() || matches!(c, '“' | '”' | '"' | '‘' | '’' | '\'' | '*' | '$' | '`' | '。')
    };
    let text = part.text.trim_start_matches(odd);
    let start = part.start + part.text.len() - text.len();
    Part { text: text.trim_end_matches(odd), start }
}

/// The short form a part holds, folded and, when it was letter-spaced, closed up.
pub(super) fn short_of(part: Part<'_>) -> Option<String> {
    if part.text.len() > 48 {
        return None;
    }
    let text = normal(part.text);
    let spaced = text.split(' ').all(|t| t.chars().count() == 1 || t.chars().all(|c| c.is_ascii_digit()))
        && text.contains(' ')
        && text.starts_with(|c: char| c.is_ascii_alphabetic());
    let text = if spaced { text.chars().filter(|c| !matches!(c, ' ' | '_')).collect() } else { text };
    possible_short(&text).then_some(text)
}

/// True for a part that reads as English words.
pub(super) fn is_words(text: &str) -> bool {
    let shape = Shape::of(text);
    let longest = text.split(|c: char| !c.is_alphabetic()).map(|w| w.chars().count()).max().unwrap_or(0);
    shape.lower >= 3
        && longest >= 4
        && shape.digits * 3 <= shape.letters()
        && !text
            .chars()
            .any(|c| is_han(c) || matches!(c, '=' | '<' | '>' | '%' | '＜' | '＞' | '±' | '@' | '\\'))
        && !text.contains("et al")
        && !text.contains("http")
}

/// A bracket after Chinese words.
fn chinese(before: Part<'_>, parts: &[Part<'_>], bracket: Bracket, tables: &Tables) -> Option<Found> {
    let from = tables.boundary.start(before.text);
    let zh = from.map(|at| Span::new(before.start + at, before.start + before.text.len()));
    let start = zh.map_or(bracket.outer.start, |span| span.start);
    let span = Span::new(start, bracket.outer.end);
    let found = |short: String, part: Part<'_>, en: Option<Span>, spelled: bool, confidence: Confidence| {
        Found { short, short_span: part.span(), zh, en, span, order: Order::LongFirst, spelled, confidence }
    };
    // 中文（English words，SF）, also with the two in the other order
    for pair in parts.windows(2) {
        for (words, short) in [(pair[0], pair[1]), (pair[1], pair[0])] {
            if !is_words(words.text) || looks_short(&normal(words.text)) {
                continue;
            }
            let Some(text) = short_of(short) else { continue };
            let fit = align(&text, words.text, &tables.words, true);
            let spelled = fit.is_some_and(|fit| fit.fits());
            let reversed = words.start > short.start;
            let place = tables.is_place(&text) || tables.is_place(words.text);
            if !spelled
                && (reversed || place || !short_like(&text, tables) || !from_noun(before.text, tables))
            {
                continue;
            }
            let loose = !spelled && fit.is_none_or(|fit| fit.cost > fit.limit() * 1.8);
            if spelled && place && !short_like(&text, tables) {
                continue;
            }
            let confidence = match (spelled, loose) {
                (true, _) => Confidence::High,
                (false, false) => Confidence::Medium,
                (false, true) => Confidence::Medium,
            };
            return Some(found(text, short, Some(words.span()), spelled, confidence));
        }
    }
    // 中文（SF）
    let (first, rest) = parts.split_first()?;
    let text = short_of(*first)?;
    let linking = |c: char| matches!(c, '及' | '和' | '与' | '或' | '至');
    let numbers_only = rest.iter().all(|part| !part.text.chars().any(|c| c.is_alphabetic() && !linking(c)));
    zh?;
    if !numbers_only
        || !short_like(&text, tables)
        || text.len() > 2 && tables.is_place(&text)
        || !from_noun(before.text, tables)
    {
        return None;
    }
    if text.contains('/') && !text.chars().any(shape::is_greek) || text.contains('.') {
        return None;
    }
    if is_acupoint(&text) && !tables.lexicon.lists(&text) {
        return None;
    }
    // GDP密度（GDP）says the short form again
    let long = zh.map_or("", |span| &before.text[span.start - before.start..]);
    if long.split(|c: char| is_han(c) || c.is_whitespace()).any(|word| word == text) {
        return None;
    }
    Some(found(text, *first, None, false, Confidence::Medium))
}

/// The code of an acupuncture point (WHO nomenclature, 1991): a meridian and a number (ST36), a name of
/// the place rather than a short form.
fn is_acupoint(text: &str) -> bool {
    const MERIDIANS: [&str; 20] = [
        "LU", "LI", "ST", "SP", "HT", "SI", "BL", "UB", "KI", "PC", "TE", "SJ", "GB", "LR", "GV", "DU", "CV",
        "RN", "EX", "Ex",
    ];
    let letters = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = text.len() - letters.len();
    (1..=2).contains(&number) && MERIDIANS.contains(&letters.trim_end_matches([' ', '-']))
}

/// Looks like a short form, or the field knows it as one (Tregs).
pub(super) fn short_like(text: &str, tables: &Tables) -> bool {
    looks_short(text) || tables.lexicon.lists(tables.stem(text))
}

/// False after a noun whose bracket holds a designation (载体（pUC19））.
fn from_noun(before: &str, tables: &Tables) -> bool {
    !tables.designation.iter().any(|noun| before.ends_with(noun.as_str()))
}

/// `long form (SF)` and `(long form, SF)` in English.
fn english(before: Part<'_>, parts: &[Part<'_>], bracket: Bracket, tables: &Tables) -> Option<Found> {
    let found = |short: String, part: Part<'_>, en: Span, start: usize, fit: Alignment| Found {
        short,
        short_span: part.span(),
        zh: None,
        en: Some(en),
        span: Span::new(start, bracket.outer.end),
        order: Order::LongFirst,
        spelled: true,
        confidence: if fit.cost <= fit.limit() * 0.6 { Confidence::High } else { Confidence::Medium },
    };
    let own = latin_tail(before);
    let first = parts.first()?;
    if let Some(short) = short_of(*first) {
        let fit = english_short(&short, tables)
            .then(|| align(&short, own.text, &tables.words, false))
            .flatten()
            .filter(|fit| believed(fit, &short, own.text));
        // the lexicon knows names that the letters do not spell, or not from the first word on:
        // thyroxine (T4), cAMP-dependent protein kinase (PKA)
        let named = named_by_lexicon(&short, own.text, tables)
            .filter(|start| fit.is_none_or(|fit| *start < fit.start))
            .map(|start| Alignment { start, cost: 0.0, length: short.len(), initials: 1 });
        if let Some(fit) = named.or(fit) {
            let en = Span::new(own.start + fit.start, own.start + own.text.len());
            return Some(found(short, *first, en, en.start, fit));
        }
    }
    if let Some((letter, start)) = single(*first, parts.len(), own.text) {
        let en = Span::new(own.start + start, own.start + own.text.len());
        let fit = Alignment { start, cost: 0.0, length: 1, initials: 1 };
        let found = found(letter.to_owned(), *first, en, en.start, fit);
        return Some(Found { confidence: Confidence::Low, ..found });
    }
    for pair in parts.windows(2) {
        let Some(short) = short_of(pair[1]).filter(|s| english_short(s, tables)) else { continue };
        // a maker with its place (Carlsbad, CA; New York, NY), or with its name said twice
        let repeated = short.contains(' ') && pair[0].text.contains(short.as_str());
        if !is_words(pair[0].text) || tables.is_place(&short) || repeated {
            continue;
        }
        let Some(fit) = align(&short, pair[0].text, &tables.words, false) else { continue };
        if believed(&fit, &short, pair[0].text) {
            let en = Span::new(pair[0].start + fit.start, pair[0].start + pair[0].text.len());
            return Some(found(short, pair[1], en, bracket.outer.start, fit));
        }
    }
    // after another remark: Stroke Impact Scale (version 3.0; SIS)
    for part in parts.iter().skip(1) {
        let Some(short) = short_of(*part).filter(|s| english_short(s, tables)) else { continue };
        let Some(fit) = align(&short, own.text, &tables.words, false) else { continue };
        let sure = fit.length >= 3 && fit.initials == fit.length && fit.cost <= 0.2;
        if sure && !tables.is_place(&short) && believed(&fit, &short, own.text) {
            let en = Span::new(own.start + fit.start, own.start + own.text.len());
            return Some(Found { confidence: Confidence::Medium, ..found(short, *part, en, en.start, fit) });
        }
    }
    None
}

/// A capital in a bracket by itself, after a word that begins with it: `the threshold (T)`. Such a
/// letter may as well name a panel or a group, so it only counts as coverage.
fn single<'a>(part: Part<'a>, parts: usize, text: &str) -> Option<(&'a str, usize)> {
    let mut chars = part.text.chars();
    let letter = chars.next().filter(char::is_ascii_uppercase)?;
    let start = text.rfind([' ', '(']).map_or(0, |at| at + 1);
    let word = &text[start..];
    let begins = word.starts_with(|c: char| c.eq_ignore_ascii_case(&letter));
    let plain = word.len() >= 4 && word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    (parts == 1 && chars.next().is_none() && begins && plain).then_some((part.text, start))
}

/// The start of an accepted long form of `short` that a text ends with.
fn named_by_lexicon(short: &str, text: &str, tables: &Tables) -> Option<usize> {
    let stem = tables.stem(short);
    let exact = |entry: &&super::lexicon::Entry| entry.short.iter().any(|s| s == short || s == stem);
    let wanted: Vec<String> = tables
        .lexicon
        .of_short(stem)
        .filter(exact)
        .flat_map(|entry| entry.en.iter().map(|name| squash(name)))
        .collect();
    let longest = wanted.iter().map(String::len).max()?;
    let mut best = None;
    // word starts, from the last one back
    let starts = text.char_indices().rev().filter(|(at, _)| *at == 0 || text[..*at].ends_with([' ', '-']));
    for (at, _) in starts.take(14) {
        let given = squash(&text[at..]);
        if wanted.contains(&given) {
            best = Some(at);
        }
        if given.len() > longest {
            break;
        }
    }
    best
}

/// The end of a stretch after its last Chinese character.
pub(super) fn latin_tail(part: Part<'_>) -> Part<'_> {
    let cut = part
        .text
        .char_indices()
        .rev()
        .find(|(_, c)| is_han(*c) || is_cjk_punctuation(*c) && !matches!(c, '’' | '‘' | '·'))
        .map_or(0, |(at, c)| at + c.len_utf8());
    Part { text: &part.text[cut..], start: part.start + cut }
}
