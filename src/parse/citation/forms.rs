//! Markers without square brackets: raised numbers, round brackets, numbers glued to words.

use super::body::{self, Body, Item};
use super::marker::{Damage, Shape};
use super::scan::Candidate;
use crate::document::{Document, MarkKind, Span};

/// Units that carry an exponent: `m2` is no citation.
const UNITS: [&str; 16] =
    ["m", "cm", "mm", "nm", "km", "μm", "µm", "dm", "s", "min", "h", "L", "mL", "kg", "g", "d"];

/// Words before a number in round brackets that counts something else.
const COUNTED: [&str; 18] = [
    "fig", "figs", "figure", "table", "tab", "eq", "eqs", "equation", "step", "type", "class", "group", "图",
    "表", "式", "公式", "方程", "步骤",
];

/// Raised numbers without brackets: marks of the reader, and Unicode superscript digits.
pub fn superscripts(document: &Document, block: Span) -> Vec<Candidate> {
    let text = document.text();
    let marks = document.marks();
    let from = marks.partition_point(|mark| mark.span.start < block.start);
    let mut out = Vec::new();
    for mark in marks[from..].iter().take_while(|mark| mark.span.start < block.end) {
        if mark.kind != MarkKind::Superscript
            || !block.contains(mark.span)
            || mark.span.len() > body::LOOK_AHEAD
        {
            continue;
        }
        let inside = document.slice(mark.span);
        let Some(body) = body::read(inside) else { continue };
        if body.end == inside.trim_end().len() {
            let power = exponent(&text[block.start..mark.span.start]);
            out.push(Candidate {
                glued: power,
                ..candidate(mark.span, body, mark.span.start, Shape::Superscript)
            });
        }
    }
    let slice = &text[block.range()];
    let mut at = 0;
    while let Some(start) = next_raised(slice, at) {
        let run = slice[start..].chars().take(body::LOOK_AHEAD).take_while(|c| raised(*c).is_some());
        let plain: String = run.clone().filter_map(raised).collect();
        let end = start + run.map(char::len_utf8).sum::<usize>();
        at = end.max(start + 1);
        let Some(mut body) = body::read(&plain) else { continue };
        if body.end == plain.trim_end_matches([',', '-']).len() {
            // the spans of items in folded text are not those of the document: the whole run stands for each
            let span = Span::new(start, end);
            for item in &mut body.items {
                item.span = span;
            }
            let power = exponent(&slice[..start]);
            out.push(Candidate {
                glued: power,
                ..candidate(span.shift(block.start), body, block.start, Shape::Superscript)
            });
        }
    }
    carets(slice, block.start, &mut out);
    out.sort_by_key(|c| c.span.start);
    out
}

/// Numbers that the writer marked as raised in the text itself: `slowly^3,4^`,
/// `slowly\\textsuperscript{3,4}`, brackets inside or not.
fn carets(slice: &str, offset: usize, out: &mut Vec<Candidate>) {
    if memchr::memchr2(b'^', b'\\', slice.as_bytes()).is_none() {
        return;
    }
    for (open, close) in [("^", "^"), ("\\textsuperscript{", "}"), ("\\textsuperscript{[", "]}")] {
        let mut at = 0;
        while let Some(found) = slice[at..].find(open) {
            let start = at + found;
            at = start + open.len();
            let Some(body) = body::read(&slice[at..]) else { continue };
            let end = at + body.end;
            if !slice[end..].starts_with(close) || body.alike || body.dotted {
                continue;
            }
            let span = Span::new(start + offset, end + close.len() + offset);
            let glued = exponent(&slice[..start]);
            out.push(Candidate { glued, ..candidate(span, body, at + offset, Shape::Superscript) });
            at = end + close.len();
        }
    }
}

/// Numbers that words cite: `见文献8`, `see ref. 8`.
pub fn told(text: &str) -> Vec<u32> {
    let mut out = Vec::new();
    // one needle a language: most texts hold few of either
    for (needle, tails) in [("文献", &[""][..]), ("ef", &[". ", "s. ", "erence ", "erences "])] {
        for at in memchr::memmem::find_iter(text.as_bytes(), needle) {
            let after = &text[at + needle.len()..];
            let Some(tail) = tails.iter().find(|tail| after.starts_with(**tail)) else { continue };
            if needle == "ef" && !text[..at].ends_with(['r', 'R']) {
                continue;
            }
            let rest = after[tail.len()..].trim_start_matches(body::is_blank);
            if !rest.starts_with(|c: char| body::digit(c).is_some()) {
                continue;
            }
            let items = body::read(rest).map(|body| body.items).unwrap_or_default();
            out.extend(
                items
                    .iter()
                    .flat_map(|item| super::numbers_of(item.first.min(item.last), item.first.max(item.last))),
            );
        }
    }
    out
}

/// Numbers in round brackets inside sentences.
pub fn rounds(text: &str) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['(', '（']) {
        let start = at + found;
        let open = text[start..].chars().next().unwrap_or('(');
        let inner = start + open.len_utf8();
        at = inner;
        let Some(body) = body::read(&text[inner..]) else { continue };
        let end = inner + body.end;
        let gap = usize::from(text[end..].starts_with(' '));
        let Some(close @ (')' | '）')) = text[end + gap..].chars().next() else { continue };
        let end = end + gap + close.len_utf8();
        at = end;
        let before = text[..start].trim_end();
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
        let counted = COUNTED.iter().any(|w| if w.is_ascii() { word == *w } else { before.ends_with(w) });
        let glued =
            text[..start].ends_with(|c: char| c.is_ascii_digit() || matches!(c, '=' | '-' | '/' | '^'));
        // `(1) first, (2) second`: an enumeration opens a sentence or clause
        let opens = before.is_empty() || before.ends_with(['.', '。', ':', '：', ';', '；', '\n']);
        if !counted && !opens && !body.alike && !body.dotted && !body.spaced {
            out.push(Candidate { glued, ..candidate(Span::new(start, end), body, inner, Shape::Round) });
        }
    }
    out
}

/// Numbers that follow a word without a space: `irrigants.11 Propolis`, `et al21 report`.
pub fn glued(text: &str) -> Vec<Candidate> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + found;
        let length = bytes[start..]
            .iter()
            .take(24)
            .take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'-'))
            .count();
        let run = text.get(start..start + length).unwrap_or("").trim_end_matches([',', '-']);
        // an en dash of a range is not ASCII: the body reader takes over
        let body = body::read(&text[start..]);
        at = start + length.max(1);
        let Some(body) = body else { continue };
        let end = start + body.end.max(run.len());
        at = at.max(end);
        let next = text[end..].chars().next();
        let ends = next.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | ')' | ']'));
        let head = text[..start].trim_end_matches(['.', ',', ';', ':', ')', '%']);
        let marks = start - head.len();
        let letters = head.bytes().rev().take(12).take_while(u8::is_ascii_lowercase).count();
        // `in hDPCs.25`: a short form, when a mark parts it from the number (`Fig.3` has one capital)
        let form = head.bytes().rev().take(12).take_while(u8::is_ascii_alphabetic);
        let short_form = marks == 1 && form.filter(u8::is_ascii_uppercase).count() >= 2;
        let word = letters >= 3 || letters == 2 && head.ends_with("al") || marks > 1 || short_form;
        if ends && word && marks <= 2 && !body.alike && !body.dotted && !body.spaced {
            out.push(candidate(Span::new(start, end), body, start, Shape::Glued));
        }
    }
    out
}

fn candidate(span: Span, body: Body, offset: usize, shape: Shape) -> Candidate {
    let items: Vec<Item> =
        body.items.iter().map(|item| Item { span: item.span.shift(offset), ..*item }).collect();
    let damage: Option<Damage> = None;
    Candidate { span, items, body, open: None, close: None, shape, damage, locator: None, glued: false }
}

/// True when a raised number after this text may be a power: `10⁶`, `m²`.
fn exponent(before: &str) -> bool {
    if before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '^' | '−' | '-')) {
        return true;
    }
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    UNITS.contains(&word)
}

/// Where the next raised digit stands: all of them begin with one of two bytes (U+00B2 … U+00B9, U+2070 …).
fn next_raised(text: &str, from: usize) -> Option<usize> {
    let digit = |at: &usize| {
        let c = text.get(*at..).and_then(|rest| rest.chars().next());
        c.and_then(raised).is_some_and(|c| c.is_ascii_digit())
    };
    memchr::memchr2_iter(0xc2, 0xe2, &text.as_bytes()[from..]).map(|at| from + at).find(digit)
}

fn raised(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_digit(c as u32 - '⁰' as u32, 10)?,
        '⁻' | '˗' | 'ˉ' => '-',
        '˒' | '⸴' | '﹐' => ',',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str, found: &[Candidate]) -> Vec<String> {
        found.iter().map(|c| text[c.span.range()].to_owned()).collect()
    }

    #[test]
    fn round_brackets_and_glued_numbers() {
        let text = "nature (1-7). In rats (12, 13) shown. (2) Next. Fig (3); f(4)2. Group n(5)";
        assert_eq!(spans(text, &rounds(text)), ["(1-7)", "(12, 13)", "(4)", "(5)"]);
        assert!(rounds("at week 3 (4) and day 14(5).")[1].glued);
        let text = "irrigants.11 Propolis and et al21 in actions.37,38\nof CD4 and IL6, in 2018.";
        assert_eq!(spans(text, &glued(text)), ["11", "21", "37,38"]);
        let text = "seen in hDPCs.25 Of NaOCl,7 see Fig.3 and IL6.5 at pH.4";
        assert_eq!(spans(text, &glued(text)), ["25", "7"]);
    }

    #[test]
    fn unicode_superscripts_are_read_and_powers_are_not() {
        let document = crate::format::read_text("a.txt", "shown¹² and again³⁻⁵ at 10⁶ per m².");
        let block = document.blocks()[0].span;
        let found = superscripts(&document, block);
        assert_eq!(
            found.iter().map(|c| (c.items[0].first, c.items[0].last, c.glued)).collect::<Vec<_>>(),
            [(12, 12, false), (3, 5, false), (6, 6, true), (2, 2, true)]
        );
    }
}
