//! Stray spaces inside numbers: `0. 05`, `1 0 mg`.

use super::tokens::Token;
use crate::document::Span;
use crate::finding::Confidence;

/// Before a number, after which a dot and a space cannot end a sentence or a heading's number.
const BEFORE: &str = "<>=＜＞＝≤≥±~～≈占为约达至是仅率";
/// Units that a dose or size carries.
pub(super) const UNITS: &[&str] = &[
    "mg", "μg", "µg", "ng", "kg", "g/", "mL", "ml", "μL", "µL", "mm", "cm", "nm", "μm", "µm", "mmol", "μmol",
    "kDa", "%", "％", "℃", "Hz", "min", "周", "个月", "岁",
];
/// Most digits of a number that lost its way, each apart.
const MOST: usize = 5;

/// Read the numbers of a block: `offset` is its place in the text.
pub fn parse(text: &str, offset: usize, out: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b' ', bytes) {
        let digit = |k: usize| bytes.get(k).is_some_and(u8::is_ascii_digit);
        if at < 2 || !digit(at + 1) {
            continue;
        }
        let found = if bytes[at - 1] == b'.' && digit(at - 2) { decimal(text, at) } else { apart(text, at) };
        if let Some((whole, gap, right)) = found {
            out.push(Token {
                span: gap.shift(offset),
                whole: whole.shift(offset),
                right,
                confidence: Confidence::Medium,
            });
        }
    }
}

/// `0. 05`, `<0. 01`, `为1. 5%`: the space at `at` stands behind a dot.
fn decimal(text: &str, at: usize) -> Option<(Span, Span, String)> {
    let bytes = text.as_bytes();
    let left = text[..at - 1].bytes().rev().take(3).take_while(u8::is_ascii_digit).count();
    let start = at - 1 - left;
    let right = bytes[at + 1..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    let end = at + 1 + right;
    let before = text[..start].trim_end().chars().next_back();
    let touching = text[..start].chars().next_back();
    if touching.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.') || right == 4 {
        return None;
    }
    let after = &text[end..];
    // `0. 12 patients`: a sentence may begin with a number; so may `2. 3 例`
    let word = after.trim_start().chars().next().is_some_and(|c| c.is_alphabetic());
    let zero = &text[start..at - 1] == "0" && (bytes[at + 1] == b'0' || !word);
    let told =
        before.is_some_and(|c| BEFORE.contains(c)) && (!word || after.trim_start().starts_with(['%', '％']));
    let unit = UNITS.iter().any(|unit| after.trim_start().starts_with(unit))
        && before.is_some_and(|c| BEFORE.contains(c));
    (zero || told || unit).then(|| (Span::new(start, end), Span::new(at, at + 1), String::new()))
}

/// `1 0 mg`, `1 5 0 nm`: single digits apart, the last a zero or the third, and a unit behind them.
fn apart(text: &str, at: usize) -> Option<(Span, Span, String)> {
    let bytes = text.as_bytes();
    let start = at - 1;
    let lone = |k: usize| bytes.get(k).is_some_and(u8::is_ascii_digit);
    if !lone(start)
        || text[..start]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
    {
        return None;
    }
    // a digit further on of the same number has been read from its first
    if start >= 2 && bytes[start - 1] == b' ' && lone(start - 2) {
        return None;
    }
    let mut digits = vec![bytes[start]];
    let mut end = start + 1;
    while digits.len() < MOST && bytes.get(end) == Some(&b' ') && lone(end + 1) && !lone(end + 2) {
        digits.push(bytes[end + 1]);
        end += 2;
    }
    let rest = text[end..].trim_start_matches(' ');
    let unit = UNITS.iter().any(|unit| rest.starts_with(unit));
    // `arm 1 0 mg`, `第1 0 组`: the first digit is a name's
    let named = text[..start]
        .trim_end()
        .ends_with(|c: char| c.is_ascii_alphabetic() || "第组表图期型级类列行".contains(c));
    let sure = digits.len() >= 3 || digits.len() == 2 && digits[1] == b'0' && digits[0] != b'0';
    if !unit || named || !sure || digits[0] == b'0' {
        return None;
    }
    let right = digits[1..digits.len() - 1].iter().map(|b| char::from(*b)).collect();
    Some((Span::new(start, end), Span::new(start + 1, end - 1), right))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        parse(text, 0, &mut out);
        out.iter().map(|token| &text[token.whole.range()]).collect()
    }

    #[test]
    fn numbers_with_a_space_inside() {
        assert_eq!(
            found("差异显著（P＜0. 01），剂量1 0 mg，占1. 5%，直径1 5 0 nm"),
            ["0. 01", "1 0", "1. 5", "1 5 0"]
        );
        assert_eq!(found("p < 0. 05 and p = 0. 3."), ["0. 05", "0. 3"]);
    }

    #[test]
    fn ends_of_sentences_and_rows_of_digits() {
        for text in [
            "Scores fell to 0. 12 patients left.",
            "步骤1. 2 h后取出，见表1. 3例失访，2019. 05收稿",
            "see Section 2. 3 patients; the rows 1 0 1 1 0 and arm 1 0 mg",
            "3 5 mg tablets, v1.0. 2 mg",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
