//! Round brackets and how they pair.

use crate::document::{Block, Document, MarkKind, Span, Zone};

/// A bracket's width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// `(` `)`
    Half,
    /// `（` `）`
    Full,
}

/// A pair of brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// The opening bracket.
    pub open: Span,
    /// The closing bracket.
    pub close: Span,
    /// Width of the opening bracket.
    pub open_width: Width,
    /// Width of the closing bracket.
    pub close_width: Width,
}

/// All round brackets of a document's prose.
#[derive(Debug, Default)]
pub struct Brackets {
    /// Pairs, by their closing bracket.
    pub pairs: Vec<Pair>,
    /// Brackets without a partner in a block that begins and ends like a whole paragraph.
    pub alone: Vec<Span>,
}

/// Read the brackets of the zones that are prose. Linear: one stack per block.
pub fn parse(document: &Document) -> Brackets {
    let mut out = Brackets::default();
    // Brackets left open by a paragraph that breaks off: the next ones may close them.
    let mut carried = 0;
    for block in document.blocks() {
        let prose = matches!(
            block.zone(),
            Zone::AbstractZh | Zone::AbstractEn | Zone::Body | Zone::Back | Zone::Caption | Zone::Footnote
        );
        if prose {
            read_block(document, block, &mut carried, &mut out);
        }
    }
    out
}

fn read_block(document: &Document, block: &Block, carried: &mut usize, out: &mut Brackets) {
    let text = document.slice(block.span);
    let mut open: Vec<(Span, Width)> = Vec::new();
    let mut alone = Vec::new();
    // `[0, 1)` and `(0, 1]` are read whole: neither half is a bracket of the sentence.
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        if matches!(c, '(' | '[')
            && let Some(length) = interval(&text[at..])
        {
            skip = at + length;
            continue;
        }
        let span = Span::new(at, at + c.len_utf8()).shift(block.span.start);
        match c {
            '(' => open.push((span, Width::Half)),
            '（' => open.push((span, Width::Full)),
            ')' | '）' => {
                let width = if c == ')' { Width::Half } else { Width::Full };
                match open.pop() {
                    Some((start, open_width)) => {
                        out.pairs.push(Pair { open: start, close: span, open_width, close_width: width });
                    }
                    None if is_list_mark(&text[..at]) || is_face(&text[..at]) => {}
                    None if *carried > 0 => *carried -= 1,
                    None => alone.push(span),
                }
            }
            _ => {}
        }
    }
    // A block that extraction cut in two has lost the other half of its brackets with its text, and
    // flattened TeX may hold or lack a bracket of its own.
    let formula =
        document.marks().iter().any(|mark| mark.kind == MarkKind::Math && block.span.contains(mark.span));
    if is_whole(text) && !formula {
        alone.extend(open.iter().map(|(span, _)| *span));
        out.alone.append(&mut alone);
    } else {
        *carried += open.len();
    }
}

/// Longest interval, in characters.
const INTERVAL: usize = 24;

/// Length of a half-open interval that begins here: `[0, 1)`, `(a,b]`, `[10, +∞)`.
fn interval(text: &str) -> Option<usize> {
    let open = text.chars().next()?;
    let (other, own) = if open == '[' { (')', ']') } else { (']', ')') };
    let mut commas = 0;
    for (at, c) in text.char_indices().skip(1).take(INTERVAL) {
        match c {
            _ if c == other => return (commas == 1).then_some(at + 1),
            _ if c == own => return None,
            ',' | '，' | ';' => commas += 1,
            '.' | '-' | '−' | '+' | '∞' | ' ' | '/' | '%' | '_' | '\\' => {}
            _ if c.is_ascii_alphanumeric() || ('α'..='ω').contains(&c) => {}
            _ => return None,
        }
    }
    None
}

/// `:)`, `;-)`, `^_^)`: a face.
fn is_face(before: &str) -> bool {
    let before = before.strip_suffix(['-', '\'']).unwrap_or(before);
    before.ends_with([':', ';', '^', '=']) && !before.ends_with("::")
}

/// `1)`, `a)`, `iv)`, `1,2)` at the start of a block, an item or after punctuation.
fn is_list_mark(before: &str) -> bool {
    let before = before.trim_end();
    // A number closes on its own wherever it stands: `1)`, and `LI Ming1,2)` for an affiliation.
    let numbered = before.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, ',' | '，' | '①'..='⑳') || "一二三四五六七八九十".contains(c)
    });
    if numbered.len() < before.len() {
        return true;
    }
    let head = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let parted =
        head.is_empty() || head.ends_with(|c: char| c.is_whitespace() || "。；;：:，,、.".contains(c));
    (1..=3).contains(&(before.len() - head.len())) && parted
}

/// True when a block neither begins nor ends in the middle of a sentence.
fn is_whole(text: &str) -> bool {
    let text = text.trim();
    let ends = text.ends_with(['。', '.', '！', '？', '!', '?', '；', ';', '：', ':', '”', '"']);
    let begins = text.chars().next().is_some_and(|c| !c.is_ascii_lowercase() && !"，。、；：）)".contains(c));
    ends && begins
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::read_text;

    #[test]
    fn pairs_and_lone_brackets() {
        let document =
            read_text("a.txt", "核因子（NF-κB)与(IL-6)有关。\n\n方法包括1)离心，2)过滤；另有超滤）。");
        let brackets = parse(&document);
        let mixed: Vec<_> = brackets.pairs.iter().filter(|p| p.open_width != p.close_width).collect();
        assert_eq!((brackets.pairs.len(), mixed.len()), (2, 1));
        assert_eq!(brackets.alone.len(), 1);
    }
}
