//! Small questions about a line's first and last characters.

use crate::document::{is_cjk_punctuation, is_han};

/// Closing brackets and quotation marks.
pub(super) fn is_closer(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '}' | '）' | '］' | '】' | '」' | '』' | '》' | '”' | '’' | '"' | '\'' | '*' | '_'
    )
}

/// Opening brackets and quotation marks.
pub(super) fn is_opener(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '（' | '［' | '【' | '「' | '『' | '《' | '“' | '‘')
}

/// True when a round bracket opened near a line's end closes near the next one's start.
pub(super) fn bracket_runs_over(last: &str, next: &str) -> bool {
    let mut depth = 0i32;
    for c in last.chars().rev().take(80) {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' => depth -= 1,
            '。' if depth == 0 => return false,
            _ => {}
        }
        if depth < 0 {
            let bracket = |c: &char| matches!(c, '(' | '（' | ')' | '）' | '。');
            return next.chars().take(80).find(bracket).is_some_and(|c| matches!(c, ')' | '）'));
        }
    }
    false
}

/// True when the text ends a sentence: a full stop and its kin, before any closing brackets,
/// superscripts or a citation marker.
pub(super) fn ends_sentence(text: &str) -> bool {
    let mut rest = text.trim_end_matches(|c: char| is_closer(c) || c.is_whitespace());
    for _ in 0..2 {
        // “…of rats.[12]”, “…of rats [12]”: look behind the marker, at most 32 characters
        let Some(open) = rest
            .char_indices()
            .rev()
            .take(32)
            .take_while(|(_, c)| {
                c.is_ascii_digit() || matches!(c, '[' | '［' | '-' | '–' | '~' | ',' | '，' | '^' | ' ')
            })
            .find(|(_, c)| matches!(c, '[' | '［'))
        else {
            break;
        };
        rest = rest[..open.0].trim_end_matches(|c: char| is_closer(c) || c.is_whitespace() || c == '^');
    }
    let mut ends = rest.chars().rev();
    match ends.next() {
        Some('。' | '！' | '？' | '；' | '：' | '!' | '?' | ':' | ';' | '…' | '．') => true,
        Some('.') => {
            // “vs.”, “et al.” and initials do not end a sentence for sure, but do no harm at a line end
            ends.next().is_some_and(|c| c != '.' || rest.ends_with("..."))
        }
        _ => false,
    }
}

/// True for characters after which a line certainly goes on.
pub(super) fn ends_open(text: &str) -> bool {
    let Some(c) = text.chars().next_back() else { return false };
    is_opener(c)
        || matches!(c, ',' | '，' | '、' | '-' | '‐' | '‑' | '⁃' | '/' | '–' | '—' | '~' | '～' | '&' | '·')
}

/// True when the text can only continue a sentence: it begins with a lower-case letter, a closing
/// bracket or a mark that never begins one.
pub(super) fn starts_inside(text: &str) -> bool {
    let Some(c) = text.chars().next() else { return false };
    c.is_lowercase() && c.is_ascii()
        || matches!(
            c,
            ')' | ']'
                | '）'
                | '］'
                | '，'
                | '。'
                | '、'
                | '；'
                | '：'
                | ','
                | ';'
                | ':'
                | '》'
                | '”'
                | '%'
                | '％'
        )
}

/// A raised digit.
pub(super) fn is_raised_digit(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Joins without a space: Han and full-width characters.
pub(super) fn is_wide(c: char) -> bool {
    is_han(c) || is_cjk_punctuation(c) || c >= '\u{ff00}'
}

/// Columns of a line's first word: what would have had to fit on the line before.
pub(super) fn first_word_width(text: &str) -> u32 {
    let mut width = 0;
    for c in text.chars().take(24) {
        if is_wide(c) {
            return if width == 0 { 2 } else { width };
        }
        if c == ' ' {
            break;
        }
        width += 1;
    }
    width
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_before_brackets_and_citations() {
        for text in [
            "已有报道。",
            "已有报道［3］。",
            "as shown.[3]",
            "done (see above).",
            "“好。”",
            "of rats. [4, 5]",
        ] {
            assert!(ends_sentence(text), "{text}");
        }
        for text in ["外泌体，", "the cells", "抑制[3]", "mesenchymal stem-", "", "[12]"] {
            assert!(!ends_sentence(text), "{text}");
        }
    }
}
