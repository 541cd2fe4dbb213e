//! Words and items that stand twice.

use super::doubling::{Doubling, has_stop};
use super::{enumeration, items, latin};
use crate::document::{Block, BlockKind, Document, Lang, Span, Zone, is_han};
use crate::finding::Confidence;
use crate::parse::header;

/// Longest repeated Chinese word, in characters.
const LONGEST: usize = 12;

/// Two equal words side by side, or two equal items of an enumeration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeat {
    /// Both words (and what joins them).
    pub span: Span,
    /// The second one with the joint before it: what a fix takes away.
    pub second: Span,
    /// The first one.
    pub first: Span,
    /// How sure it is that this is not meant.
    pub confidence: Confidence,
    /// True for items of an enumeration (`甲、甲`), false for a doubled word.
    pub item: bool,
}

/// What is read of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// All repeats.
    Prose,
    /// Only words that are never doubled on purpose: names and titles of works repeat others.
    Sure,
}

fn reading(block: &Block) -> Option<Reading> {
    match (block.zone(), block.kind) {
        (Zone::AbstractZh | Zone::AbstractEn | Zone::Body | Zone::Back | Zone::Caption, _)
        | (_, BlockKind::Title) => Some(Reading::Prose),
        (_, BlockKind::Reference | BlockKind::FrontMatter | BlockKind::Footnote) => Some(Reading::Sure),
        _ => None,
    }
}

/// Read the repeats of all prose blocks and of the words of a YAML header. Headings never join the body: blocks
/// are read one by one.
pub fn parse(document: &Document, words: &Doubling) -> Vec<Repeat> {
    let mut out = Vec::new();
    for block in document.blocks() {
        if let Some(reading) = reading(block) {
            read(document, block.span, reading, block.lang, words, &mut out);
        }
    }
    if let Some(header) = header::header(document) {
        for span in &header.prose {
            read(document, *span, Reading::Prose, Lang::En, words, &mut out);
        }
        for span in header.affiliations.iter().filter_map(|place| place.name) {
            read(document, span, Reading::Sure, Lang::En, words, &mut out);
        }
    }
    out
}

fn read(
    document: &Document,
    place: Span,
    reading: Reading,
    lang: Lang,
    words: &Doubling,
    out: &mut Vec<Repeat>,
) {
    let mut found = Vec::new();
    let text = document.slice(place);
    doubled_han(text, words, &mut found);
    around_markers(text, words, &mut found);
    if !is_jumble(text) {
        latin::doubled(text, &mut found);
    }
    if reading == Reading::Sure {
        found.retain(|repeat| {
            repeat.confidence == Confidence::High && is_sure(&text[repeat.first.range()], words)
        });
    } else {
        if lang == Lang::Zh {
            items::repeated(text, words, &mut found);
            enumeration::words(text, &mut found);
        }
        enumeration::symbols(text, &mut found);
    }
    out.extend(found.drain(..).map(|repeat| Repeat {
        span: repeat.span.shift(place.start),
        first: repeat.first.shift(place.start),
        second: repeat.second.shift(place.start),
        ..repeat
    }));
}

/// A function word of two letters or more, in small letters, or a Chinese one.
fn is_sure(word: &str, words: &Doubling) -> bool {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.len() > 1;
    }
    words.is_sure(word)
}

/// Words of a figure read line by line: long, and without any stop.
fn is_jumble(text: &str) -> bool {
    const LONG: usize = 240;
    text.len() > LONG
        && !text.ends_with(['.', '。', '?', '!', ')', ':'])
        && !text.contains(". ")
        && !text.contains('。')
}

fn doubled_han(text: &str, words: &Doubling, out: &mut Vec<Repeat>) {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |i: usize| chars.get(i).map_or(text.len(), |(at, _)| *at);
    let stopped = has_stop(text);
    let mut i = 0;
    while i < chars.len() {
        if !is_han(chars[i].1) {
            i += 1;
            continue;
        }
        let length = (1..=LONGEST).rev().find(|&n| {
            i + 2 * n <= chars.len()
                && chars[i].1 == chars[i + n].1
                && (0..n).all(|k| chars[i + k].1 == chars[i + n + k].1 && is_han(chars[i + k].1))
        });
        let Some(length) = length else {
            i += 1;
            continue;
        };
        let (start, middle, end) = (chars[i].0, end_of(i + length), end_of(i + 2 * length));
        let Some(confidence) = words.judge(&text[start..middle], &text[..start], &text[end..]) else {
            i += 1;
            continue;
        };
        // Without any stop a block is a heading, a table's head or the labels of a picture.
        let sure = stopped || is_sure(&text[start..middle], words);
        out.push(Repeat {
            span: Span::new(start, end),
            first: Span::new(start, middle),
            second: Span::new(middle, end),
            confidence: if sure { confidence } else { confidence.min(Confidence::Medium) },
            item: false,
        });
        i += 2 * length;
    }
}

/// Longest citation marker, in bytes.
const MARKER: usize = 24;
/// Longest word looked for around a marker, in characters.
const AROUND: usize = 4;

/// `[3]`, `[4-6,8]`, `［2］`.
pub(super) fn is_marker(text: &str) -> bool {
    let inner = text.strip_prefix(['[', '［']).and_then(|rest| rest.strip_suffix([']', '］']));
    inner.is_some_and(|inner| {
        inner.bytes().any(|b| b.is_ascii_digit())
            && inner
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ',' | '，' | '-' | '–' | '—' | '~' | '～' | ' '))
    })
}

/// 细胞[3]细胞: a word before a citation marker and again behind it. At least two characters, or 的.
fn around_markers(text: &str, words: &Doubling, out: &mut Vec<Repeat>) {
    for (open, c) in text.char_indices().filter(|(_, c)| matches!(c, '[' | '［')) {
        let rest = &text[open + c.len_utf8()..];
        let Some(length) = rest.char_indices().take(MARKER).find(|(_, c)| matches!(c, ']' | '］')) else {
            continue;
        };
        let close = open + c.len_utf8() + length.0 + length.1.len_utf8();
        if !is_marker(&text[open..close]) {
            continue;
        }
        let before = text[..open].trim_end_matches([' ', '^']);
        let behind = text[close..].trim_start_matches([' ', '^']);
        let at = text.len() - behind.len();
        let ends: Vec<usize> = behind
            .char_indices()
            .take(AROUND)
            .take_while(|(_, c)| is_han(*c))
            .map(|(k, c)| k + c.len_utf8())
            .collect();
        let Some(end) = ends.iter().rev().find(|end| before.ends_with(&behind[..**end])) else { continue };
        let word = &behind[..*end];
        if word.chars().count() < 2 && word != "的" {
            continue;
        }
        let start = before.len() - end;
        if words.judge(word, &text[..start], &behind[*end..]).is_some() {
            out.push(Repeat {
                span: Span::new(start, at + end),
                first: Span::new(start, before.len()),
                second: Span::new(at, at + end),
                confidence: Confidence::Medium,
                item: false,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let document = crate::format::read_text("a.txt", text);
        let shown = parse(&document, &Doubling::load(&[]).expect("the table reads"))
            .into_iter()
            .filter(|r| r.confidence > Confidence::Low);
        shown.map(|r| document.slice(r.span).to_owned()).collect()
    }

    #[test]
    fn slips_are_found() {
        assert_eq!(found("该结果说明说明药物有效。"), ["说明说明"]);
        assert_eq!(found("患者的的依从性通过通过随访提高。"), ["的的", "通过通过"]);
        assert_eq!(found("Cells were were seeded in the the dish."), ["were were", "the the"]);
        assert_eq!(found("检测CD3、CD3的表达，并观察红肿和红肿的范围。"), ["CD3、CD3", "红肿和红肿"]);
    }

    #[test]
    fn language_is_silent() {
        let clean = "两者息息相关，往往常常出现，以治疗为目的的手术，一步一步完成。软骨细胞细胞外基质减少，\
                     本研究研究对象为大鼠，大鼠股骨骨折。干细胞和细胞的相互作用，IL-1和IL-1受体升高。";
        assert_eq!(found(clean), Vec::<String>::new());
        let clean = "Vulpes vulpes was used in in vitro tests, very very slowly.";
        assert_eq!(found(clean), Vec::<String>::new());
    }
}
