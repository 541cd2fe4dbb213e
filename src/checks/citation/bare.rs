//! Numbers that stand bare behind a Chinese word where a clause ends: citations whose brackets were lost.

use crate::checks::Context;
use crate::document::{Span, Zone, is_han};
use std::collections::HashMap;

/// Characters before a number that is a count, a rank or a figure's.
const COUNTS: &str = "第表图式约近达为至到共有于比从每各及和与在是了过满仅只计附注年月日";
/// Ends of names that small numbers belong to: 介素6, 生长因子1, 亚型2.
const NAMES: &str = "子白体酶素链原型级组例类段区号位案";

/// Each number that stands bare, with its places in the running text.
pub(super) fn numbers(cx: &Context<'_>) -> HashMap<u32, Vec<Span>> {
    let mut found: HashMap<u32, Vec<Span>> = HashMap::new();
    for block in cx.document.blocks().iter().filter(|block| block.zone() == Zone::Body) {
        let text = cx.document.slice(block.span);
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|next| at + next) {
            let digits = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
            at = start + digits;
            if digits > 3 {
                continue;
            }
            let value = bytes[start..at].iter().fold(0, |sum, b| sum * 10 + u32::from(b - b'0'));
            let before = text[..start].chars().next_back();
            let after = text[at..].chars().next();
            let word = before
                .is_some_and(|c| is_han(c) && !COUNTS.contains(c) && (value > 20 || !NAMES.contains(c)));
            let span = Span::new(start, at).shift(block.span.start);
            if word && after.is_none_or(|c| matches!(c, '，' | '。' | '；')) && !begins_line(cx, span) {
                found.entry(value).or_default().push(span);
            }
        }
    }
    found
}

/// True when a number begins a line of the file: it counts an item there.
fn begins_line(cx: &Context<'_>, span: Span) -> bool {
    let [place] = cx.document.to_source(span)[..] else { return true };
    let before = &cx.document.sources()[place.source as usize].text[..place.start];
    before.trim_end_matches([' ', '\u{3000}', '\t']).ends_with(['\n', '\r'])
}
