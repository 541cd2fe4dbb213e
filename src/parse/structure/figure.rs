//! Captions of figures and tables, and their calls in the text.

use crate::document::{Block, BlockKind, Document, Span, Zone, is_han};

/// What a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FigureKind {
    /// 图, Figure.
    Figure,
    /// 表, Table.
    Table,
}

/// A caption's label, or a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// Figure or table.
    pub kind: FigureKind,
    /// Its number.
    pub number: u32,
    /// `图1`, `Figure 1`.
    pub span: Span,
    /// True when the reader knew the block as a caption.
    pub sure: bool,
}

/// Numbers above this are no labels.
const MOST: u32 = 60;
/// A range longer than this is no range of figures.
const LONGEST: u32 = 12;

/// Words that begin a label; longer ones first.
const WORDS: &[(&str, FigureKind)] = &[
    ("Figures", FigureKind::Figure),
    ("Figure", FigureKind::Figure),
    ("FIGURE", FigureKind::Figure),
    ("figures", FigureKind::Figure),
    ("figure", FigureKind::Figure),
    ("Figs", FigureKind::Figure),
    ("Fig", FigureKind::Figure),
    ("FIG", FigureKind::Figure),
    ("Tables", FigureKind::Table),
    ("Table", FigureKind::Table),
    ("TABLE", FigureKind::Table),
    ("图", FigureKind::Figure),
    ("表", FigureKind::Table),
];

/// Captions and calls, each in reading order.
pub fn parse(document: &Document, order: &[&Block]) -> (Vec<Label>, Vec<Label>) {
    let (mut captions, mut calls) = (Vec::new(), Vec::new());
    let chapters = [FigureKind::Figure, FigureKind::Table].map(|kind| by_chapter(document, order, kind));
    for block in order {
        let text = document.slice(block.span);
        let base = block.span.start;
        let mut from = 0;
        let lead = text.len() - text.trim_start_matches([' ', '*', '#', '\u{3000}', '_']).len();
        if let Some((label, end)) = caption(text, lead, block, chapters) {
            captions.push(Label { span: label.span.shift(base), ..label });
            from = end;
        }
        let read = matches!(
            block.zone(),
            Zone::Body | Zone::AbstractZh | Zone::AbstractEn | Zone::Caption | Zone::Footnote | Zone::Table
        ) && block.kind != BlockKind::Heading;
        for label in scan(text, from, chapters) {
            let after = &text[label.span.end..];
            let titled = after.starts_with([':', '：'])
                || after.strip_prefix(". ").is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase()));
            let before = text[..label.span.start].trim_end();
            let colon = after.starts_with([':', '：'])
                && !before.ends_with(['(', '（', '见', '如'])
                && !before.ends_with(" in")
                && !before.ends_with(" see");
            if titled && (colon || before.is_empty() || before.ends_with(['.', '。', ')', '）'])) {
                // a caption that extraction put behind other text
                captions.push(Label { span: label.span.shift(base), sure: false, ..label });
            } else if read {
                calls.push(Label { span: label.span.shift(base), ..label });
            }
        }
    }
    (captions, calls)
}

/// The label that begins a caption.
fn caption(text: &str, lead: usize, block: &Block, chapters: [bool; 2]) -> Option<(Label, usize)> {
    let sure = block.kind == BlockKind::Caption;
    if !(sure
        || matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem | BlockKind::Table
        ))
    {
        return None;
    }
    let head = text[lead..].trim_start_matches(['续', '附']);
    let at = text.len() - head.len();
    let (word, kind) = WORDS.iter().find(|(word, _)| head.starts_with(word))?;
    let (number, end) = number_after(text, at + word.len(), chapters[*kind as usize])?;
    let next = text[end..].chars().next();
    let rest = text[end..].trim_start();
    // `图1显示…` is a sentence; `图1 途径`, `图1 | 途径`, `Figure 1. Routes`, `图4COL4A4结构` are captions
    let glued = end - at <= word.len() + 4 && !text[at..end].contains(' ') && text.len() < 500;
    let apart = next.is_none_or(|c| {
        c.is_whitespace()
            || matches!(c, '.' | ':' | '：' | '|' | '．' | '-' | '(' | '（')
            || is_han(c)
            || glued && c.is_alphabetic()
    });
    let sentence = [
        "显示",
        "示",
        "为",
        "给出",
        "中",
        "所示",
        "可见",
        "展示",
        "列出",
        "表明",
        "说明",
        "shows",
        "show",
        "summar",
        "lists",
        "presents",
        "illustrates",
        "is ",
    ]
    .iter()
    .any(|verb| rest.starts_with(verb));
    let short = text.len() < 1_500 || block.kind == BlockKind::Table;
    (apart && (sure || !sentence && short))
        .then_some((Label { kind: *kind, number, span: Span::new(at, end), sure }, end))
}

/// A label's number in a document that numbers by chapters: chapter times this, and the number.
const CHAPTER: u32 = 1_000;

/// True when the captions of a kind are numbered by chapters (`表2-1`, `Figure 3.2`).
fn by_chapter(document: &Document, order: &[&Block], kind: FigureKind) -> bool {
    let numbered = |block: &&&Block| {
        let text = document.slice(block.span).trim_start_matches([' ', '*', '#', '\u{3000}', '_']);
        let Some((word, _)) = WORDS.iter().find(|(word, k)| *k == kind && text.starts_with(word)) else {
            return false;
        };
        let rest = text[word.len()..].trim_start_matches(['.', ' ']);
        let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
        let tail = rest[digits..].strip_prefix(['-', '.', '–', '—', '－']).unwrap_or("");
        let second = tail.bytes().take(3).take_while(u8::is_ascii_digit).count();
        digits > 0 && second > 0 && tail[second..].starts_with([' ', '\u{3000}', '.', ':', '：'])
    };
    order.iter().filter(numbered).take(2).count() == 2
}

/// The number after a word: blanks, a full stop, digits; not followed by a further digit group unless the
/// document numbers by chapters.
fn number_after(text: &str, at: usize, chapters: bool) -> Option<(u32, usize)> {
    let rest = &text[at..];
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let rest = rest.trim_start_matches([' ', '\u{a0}', '\u{3000}']);
    let start = text.len() - rest.len();
    if start - at > 6 {
        return None;
    }
    let digits = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let number: u32 = rest[..digits].parse().ok()?;
    let tail = &rest[digits..];
    if !(1..=MOST).contains(&number) {
        return None;
    }
    if chapters {
        let second = tail.strip_prefix(['-', '.', '–', '—', '－'])?;
        let length = second.bytes().take(3).take_while(u8::is_ascii_digit).count();
        let end = text.len() - second.len() + length;
        let minor: u32 = second[..length].parse().ok()?;
        return (1..=MOST).contains(&minor).then_some((number * CHAPTER + minor, end));
    }
    let decimal = tail.starts_with('.') && tail[1..].starts_with(|c: char| c.is_ascii_digit());
    (!decimal).then_some((number, start + digits))
}

/// All calls in a text from `from` on.
fn scan(text: &str, from: usize, chapters: [bool; 2]) -> Vec<Label> {
    let mut out = Vec::new();
    let mut at = from;
    while let Some(step) = text[at..].find(['图', '表', 'F', 'f', 'T']) {
        let start = at + step;
        at = start + text[start..].chars().next().map_or(1, char::len_utf8);
        let Some((word, kind)) = WORDS.iter().find(|(word, _)| text[start..].starts_with(word)) else {
            continue;
        };
        if !begins(&text[..start], word) {
            continue;
        }
        let chapters = chapters[*kind as usize];
        let Some((number, mut end)) = number_after(text, start + word.len(), chapters) else { continue };
        if is_anothers(&text[..start], &text[end..]) {
            at = end;
            continue;
        }
        let push = |number, out: &mut Vec<Label>, start, end| {
            out.push(Label { kind: *kind, number, span: Span::new(start, end), sure: true });
        };
        push(number, &mut out, start, end);
        let mut last = number;
        // 图1、2, 图1-3, Figures 1 and 2, 图1A
        loop {
            let letters =
                text[end..].len() - text[end..].trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
            let rest = &text[end..];
            let rest = if letters == 1 { &rest[1..] } else { rest };
            let (joint, range) =
                if let Some(tail) = rest.strip_prefix([',', '，', '、', '&', '和', '与', '及']) {
                    (tail, false)
                } else if let Some(tail) = rest.strip_prefix(" and ") {
                    (tail, false)
                } else if let Some(tail) = rest.strip_prefix(['-', '~', '–', '—', '～', '至']) {
                    (tail, true)
                } else {
                    break;
                };
            // `图2-1、图2-3` are two calls, each read on its own
            if chapters {
                break;
            }
            let joint = joint.trim_start_matches([' ', '图', '表']);
            let digits = joint.bytes().take(3).take_while(u8::is_ascii_digit).count();
            let Some(number) = joint[..digits]
                .parse::<u32>()
                .ok()
                .filter(|n| *n > last && *n <= MOST && *n - last <= LONGEST)
            else {
                break;
            };
            // 图1，3周后: a quantity follows
            let after = joint[digits..].chars().next();
            let decimal = joint[digits..].starts_with('.')
                && joint[digits + 1..].starts_with(|c: char| c.is_ascii_digit());
            if !range
                && (decimal || after.is_some_and(|c| is_han(c) || c.is_ascii_alphanumeric() || c == '%'))
            {
                break;
            }
            end = text.len() - joint.len() + digits;
            for n in if range { last + 1..=number } else { number..=number } {
                push(n, &mut out, start, end);
            }
            last = number;
        }
        at = end.max(at);
    }
    out
}

/// How far around a call the work it belongs to is looked for, in bytes.
const NEAR: usize = 36;

/// `引自文献[3]图5`, `Smith等的图4`, `Figure 5 of ref. [12]`: a figure of another work.
fn is_anothers(before: &str, after: &str) -> bool {
    let mut from = before.len().saturating_sub(NEAR);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let near = before[from..].rsplit(['。', '；', '，', ',', ';']).next().unwrap_or("").trim_end();
    let cited =
        ["文献[", "文献［", "引自", "等的", "等人的", "原文", "原著"].iter().any(|word| near.contains(word));
    let owner =
        near.ends_with("'s") || near.ends_with("’s") || near.ends_with("their") || near.ends_with("et al.");
    let rest = after.trim_start_matches(|c: char| c.is_ascii_alphabetic() && after.starts_with(c));
    let of = [
        " of ref",
        " in ref",
        " of [",
        " in [",
        " from ref",
        " from [",
        " of the original",
        " of Ref",
        " in Ref",
    ];
    cited || owner || of.iter().any(|word| rest.starts_with(word) || after.starts_with(word))
}

/// True when a label may begin after `before`: 心电图12导联, 发表2篇 and words are none.
fn begins(before: &str, word: &str) -> bool {
    let last = before.chars().next_back();
    if word.starts_with(is_han) {
        if before.ends_with("补充") || before.ends_with('附') {
            return false;
        }
        return last.is_none_or(|c| !is_han(c) || "见如由从在与和及或据于即对将把参看按".contains(c));
    }
    let start = before.char_indices().rev().nth(15).map_or(0, |(at, _)| at);
    let supplement = before[start..].trim_end().to_ascii_lowercase();
    let supplement = supplement.ends_with("supplemental") || supplement.ends_with("supplementary");
    !supplement && last.is_none_or(|c| !c.is_alphanumeric() || is_han(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<u32> {
        scan(text, 0, [false; 2]).into_iter().map(|label| label.number).collect()
    }

    #[test]
    fn calls_are_read_with_their_ranges() {
        assert_eq!(numbers("（图 1）见图2、3，如图4-6所示"), [1, 2, 3, 4, 5, 6]);
        assert_eq!(numbers("see Figures 1 and 2, Fig. 3A, Table 4"), [1, 2, 3, 4]);
        assert_eq!(numbers("心电图12导联，发表2篇，量表3次，图1，3周后"), [1]);
        assert!(numbers("图1.2 Tableau Fig Figment 图").is_empty());
        scan(&"图1-".repeat(50_000), 0, [false; 2]);
        scan(&"图".repeat(50_000), 0, [true; 2]);
    }
}
