//! Damage inside Latin tokens: full-width letters and digits, stray spaces.

use super::{decimals, lookalike};
use crate::document::{BlockKind, Document, Span, Zone};
use crate::finding::Confidence;
use crate::parse::mask::Masks;
use std::collections::HashSet;

/// A token with something wrong in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The wrong characters.
    pub span: Span,
    /// The whole token.
    pub whole: Span,
    /// What should stand in place of `span`.
    pub right: String,
    /// How sure.
    pub confidence: Confidence,
}

/// Damaged tokens by kind.
#[derive(Debug, Default)]
pub struct Tokens {
    /// Full-width letters or digits among half-width ones.
    pub full_width: Vec<Token>,
    /// A space after or before a hyphen inside a name (`HIF- 1α`).
    pub spaced: Vec<Token>,
    /// Letters and digits that look like the right ones (`IL-lβ`).
    pub look_alike: Vec<Token>,
}

/// Read the tokens of all blocks but code, references and furniture.
pub fn parse(document: &Document, masks: &Masks) -> Tokens {
    let mut out = Tokens::default();
    let mut hyphens = Vec::new();
    for block in document.blocks() {
        if matches!(block.zone(), Zone::Code | Zone::References | Zone::Furniture | Zone::Front) {
            continue;
        }
        let text = document.slice(block.span);
        full_width(text, block.span.start, &mut out.full_width);
        spaced_hyphens(text, block.span.start, &mut hyphens);
        lookalike::parse(text, block.span.start, &mut out.look_alike);
        if block.zone() != Zone::Table && block.kind != BlockKind::Heading {
            decimals::parse(text, block.span.start, &mut out.spaced);
        }
    }
    // A space that a join or flattened TeX brought in is not the author's.
    out.spaced.retain(|token| !masks.touches(token.whole) && document.editable(token.whole).is_some());
    out.look_alike.retain(|token| !masks.touches(token.whole));
    out.full_width.retain(|token| !masks.touches(token.whole));
    if !hyphens.is_empty() {
        out.spaced.extend(judge_spaced(document, masks, hyphens));
    }
    out
}

fn is_wide(c: char) -> bool {
    matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９')
}

fn narrow(c: char) -> char {
    u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c)
}

fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_wide(c) || matches!(c, '-' | 'α'..='ω')
}

/// Tokens in which at least two half-width letters stand beside full-width characters.
fn full_width(text: &str, offset: usize, out: &mut Vec<Token>) {
    let mut rest = 0;
    while let Some(found) = text[rest..].find(is_wide) {
        let at = rest + found;
        let start = text[..at].char_indices().rev().take(40).take_while(|(_, c)| is_token(*c)).last();
        let start = start.map_or(at, |(k, _)| k);
        let end = text[at..].char_indices().take(40).find(|(_, c)| !is_token(*c)).map_or_else(
            || at + text[at..].chars().take(40).map(char::len_utf8).sum::<usize>(),
            |(k, _)| at + k,
        );
        let token = &text[start..end];
        let half = token.bytes().filter(u8::is_ascii_alphanumeric).count();
        let wide_end = token
            .char_indices()
            .rev()
            .find(|(_, c)| is_wide(*c))
            .map_or(end, |(k, c)| start + k + c.len_utf8());
        // `ＴＮF-α`: one half-width letter that touches a full-width one
        let touch = token.chars().zip(token.chars().skip(1)).any(|(a, b)| {
            let wide = |c: char| matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
            wide(a) && b.is_ascii_alphabetic() || a.is_ascii_alphabetic() && wide(b)
        });
        let long = token.chars().count() >= 3;
        if (half >= 2 || touch && long) && token.bytes().any(|b| b.is_ascii_alphabetic()) {
            let right = text[at..wide_end].chars().map(|c| if is_wide(c) { narrow(c) } else { c }).collect();
            out.push(Token {
                span: Span::new(at, wide_end).shift(offset),
                whole: Span::new(start, end).shift(offset),
                right,
                confidence: Confidence::High,
            });
        }
        rest = end.max(at + 3);
    }
}

/// A hyphen with a space on one side, between a name and its number or Greek letter.
struct Spaced {
    whole: Span,
    gap: Span,
    joined: String,
    /// A short number or a Greek letter follows.
    tail: bool,
}

/// Names with fewer than two capitals that a number follows.
const NUMBERED: &[&str] = &[
    "miR", "let", "Bcl", "Wnt", "Smad", "Sirt", "Nrf", "Gal", "Runx", "Sox", "Cas", "Ang", "Beclin",
    "caspase", "Caspase", "miRNA", "microRNA",
];

fn spaced_hyphens(text: &str, offset: usize, out: &mut Vec<Spaced>) {
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b'-', bytes) {
        let after = bytes.get(at + 1) == Some(&b' ');
        let before = at > 0 && bytes[at - 1] == b' ';
        if after == before {
            continue;
        }
        let (left_end, right_start) = if after { (at, at + 2) } else { (at - 1, at + 1) };
        let word = |c: &char| c.is_ascii_alphanumeric() || matches!(c, 'α'..='ω' | '-');
        let left: String = text[..left_end].chars().rev().take(20).take_while(word).collect();
        let left: String = left.chars().rev().collect();
        let right: String = text[right_start..].chars().take(20).take_while(word).collect();
        let capitals = left.bytes().filter(u8::is_ascii_uppercase).count();
        let digits = right.bytes().take_while(u8::is_ascii_digit).count();
        let tail = (1..=3).contains(&digits) || right.starts_with(|c| matches!(c, 'α'..='ω'));
        // `CD4- T` is a marker's absence, `30- 300` a range: what ends in a digit joins nothing.
        let open = !left.ends_with(|c: char| c.is_ascii_digit());
        // `miR- 21`, `Bcl- 2`: names that are known to take a number
        let named = after && digits > 0 && NUMBERED.contains(&left.as_str());
        if (capitals < 2 && !named) || right.is_empty() || !open || !(tail || right.len() <= 6) {
            continue;
        }
        // `95% CI -3.9 to -1.3`, `MD -2`: a negative number.
        let decimal =
            text[right_start..].trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', '·']);
        let statistic =
            ["CI", "MD", "WMD", "SMD", "SD", "SE", "OR", "RR", "HR", "BMI"].contains(&left.as_str());
        if before && digits > 0 && (decimal || statistic) {
            continue;
        }
        // A letter next to the name is another word's: the token must begin at a boundary.
        let start = left_end - left.len();
        let whole = Span::new(start, right_start + right.len());
        let gap = if after { Span::new(at + 1, at + 2) } else { Span::new(at - 1, at) };
        out.push(Spaced {
            whole: whole.shift(offset),
            gap: gap.shift(offset),
            joined: format!("{left}-{right}"),
            tail,
        });
    }
}

/// Sure when the document writes the name without the space elsewhere; likely when what follows is
/// a number or Greek letter; else silent (`pre- and post-` never has two capitals).
fn judge_spaced(document: &Document, masks: &Masks, spaced: Vec<Spaced>) -> Vec<Token> {
    let wanted: HashSet<&str> = spaced.iter().map(|s| s.joined.as_str()).collect();
    let known: HashSet<&str> = wanted.into_iter().filter(|name| document.text().contains(*name)).collect();
    let judge = |s: &Spaced| match (known.contains(s.joined.as_str()), s.tail) {
        (true, _) => Some(Confidence::High),
        (false, true) => Some(Confidence::Medium),
        (false, false) => None,
    };
    spaced
        .iter()
        // A space that a join or flattened TeX brought in is not the author's.
        .filter(|s| !masks.touches(s.whole) && document.editable(s.whole).is_some())
        .filter_map(|s| {
            judge(s).map(|confidence| Token { span: s.gap, whole: s.whole, right: String::new(), confidence })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_tokens() {
        let document = crate::format::read_text(
            "a.txt",
            "检测miＲ-155与CD６3，TNF- α升高，CD4- T与ACR30- 300；图Ａ和Ｂ，NF- kB。",
        );
        let tokens = parse(&document, &crate::parse::mask::parse(&document));
        let wide: Vec<_> =
            tokens.full_width.iter().map(|t| (document.slice(t.whole), t.right.as_str())).collect();
        assert_eq!(wide, [("miＲ-155", "R"), ("CD６3", "6")]);
        let spaced: Vec<_> = tokens.spaced.iter().map(|t| document.slice(t.whole)).collect();
        assert_eq!(spaced, ["TNF- α"]);
    }
}
