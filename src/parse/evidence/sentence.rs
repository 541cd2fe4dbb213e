//! Sentences of a block.

use crate::document::Span;

/// Words before a full stop that do not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "al", "Fig", "Figs", "fig", "vs", "e.g", "i.e", "No", "Dr", "approx", "ca", "cf", "Eq", "Ref", "Refs",
    "spp", "sp", "St", "resp",
];

/// Adds the sentences of `text`, trimmed, in order; a heading without a stop is one sentence.
pub fn sentences(text: &str, out: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|b| STOP[usize::from(*b)]) {
        at += step;
        let end = match bytes[at] {
            b'.' => latin_stop(text, at).then_some(at + 1),
            b'\n' => Some(at + 1),
            b'!' | b'?' => matches!(bytes.get(at + 1), None | Some(b' ')).then_some(at + 1),
            // 。 is E3 80 82; ！ ？ are EF BC 81 and EF BC 9F
            0xE3 => (bytes.get(at + 1..at + 3) == Some(&[0x80, 0x82])).then_some(at + 3),
            0xEF => matches!(bytes.get(at + 1..at + 3), Some([0xBC, 0x81 | 0x9F])).then_some(at + 3),
            _ => None,
        };
        match end {
            Some(end) => {
                push(text, start, end, out);
                start = end;
                at = end;
            }
            None => at += 1,
        }
    }
    push(text, start, text.len(), out);
}

const STOP: [bool; 256] = {
    let mut table = [false; 256];
    table[b'.' as usize] = true;
    table[b'\n' as usize] = true;
    table[b'!' as usize] = true;
    table[b'?' as usize] = true;
    table[0xE3] = true;
    table[0xEF] = true;
    table
};

fn push(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let trimmed = text[start..end].trim_start();
    let start = end - trimmed.len();
    let len = trimmed.trim_end().len();
    if len > 0 {
        out.push(Span::new(start, start + len));
    }
}

/// True when the full stop at `at` ends a sentence: a space and a capital, a digit or Han follow, or the
/// text ends, and no abbreviation stands before it.
fn latin_stop(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let before = bytes.get(at.wrapping_sub(1)).copied().unwrap_or(b' ');
    let after = &text[at + 1..];
    let Some(next) = after.chars().next() else { return true };
    // 结论.方法: a half-width stop between Han ends a sentence
    if before >= 0x80 && (next == ' ' || crate::document::is_han(next)) {
        return true;
    }
    if !matches!(next, ' ' | '[' | '\n' | '”' | '"' | ')') {
        return crate::document::is_han(next) && before.is_ascii_alphabetic();
    }
    let opens = after.trim_start_matches([' ', '”', '"', ')']).chars().next();
    if !opens.is_none_or(|c| {
        c.is_uppercase() || crate::document::is_han(c) || "[(“\"".contains(c) || c.is_ascii_digit()
    }) {
        return false;
    }
    let from = text[..at].rfind([' ', '(', '（', '，', ',']).map_or(0, |found| found + 1);
    let word = text.get(from.max(at.saturating_sub(12))..at).unwrap_or("");
    let initial = word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    !initial && !ABBREVIATIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        let mut spans = Vec::new();
        sentences(text, &mut spans);
        spans.iter().map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn both_languages() {
        assert_eq!(split("甲为5 mg。乙为3.5 g！丙"), ["甲为5 mg。", "乙为3.5 g！", "丙"]);
        assert_eq!(split("Smith et al. found 3.5 mg. It rose."), ["Smith et al. found 3.5 mg.", "It rose."]);
        assert_eq!(split("See Fig. 2 and J. Doe. Then"), ["See Fig. 2 and J. Doe.", "Then"]);
        assert_eq!(split(""), [""; 0]);
    }
}
