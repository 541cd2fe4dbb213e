//! What stands around a bracket: the words and signs that make it a marker or speak against it.

use super::body;
use super::marker::{Damage, Shape};
use super::scan::{Candidate, is_close, is_open};
use crate::document::{Span, is_han};

/// Most characters looked at before a lone closing bracket.
const LOOK_BACK: usize = 32;

/// True when a sentence goes on or ends after an empty marker.
pub(super) fn goes_on(rest: &str) -> bool {
    let next = rest.trim_start_matches(body::is_blank).chars().next();
    next.is_none_or(|c| is_mark(c) || c.is_alphabetic() || matches!(c, '）' | ')' | '”' | '\n'))
}

/// True when the digits end a name or an expression (`CD81]`, `1.5]`), not a word (`damage27]`).
pub(super) fn name_before(before: &str) -> bool {
    if before.ends_with(['.', '/', '-', '+', '=', '−']) {
        return true;
    }
    let word = before.bytes().rev().take(24).take_while(u8::is_ascii_alphanumeric).count();
    let word = &before[before.len() - word..];
    let plain = word.len() > 3 && word[1..].bytes().all(|b| b.is_ascii_lowercase());
    !word.is_empty() && !plain
}

/// True when another number stands before these digits: the row of a figure's axis, not a sentence.
pub(super) fn rest_of_row(text: &str, start: usize) -> bool {
    let head = text[..start].trim_end_matches(body::is_blank);
    head.len() < start && head.ends_with(|c: char| c.is_ascii_digit())
}

pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '。' | '，' | '；' | '、' | '.' | ',' | ';' | '：' | ':')
}

/// Length of the sentence mark at the start, with one space before it left out.
pub(super) fn sentence_mark(rest: &str) -> usize {
    rest.chars().next().filter(|c| is_mark(*c)).map_or(0, char::len_utf8)
}

/// What is wrong with a marker whose brackets pair.
pub(super) fn form_damage(candidate: &Candidate) -> Option<Damage> {
    let body = &candidate.body;
    if body.alike {
        Some(Damage::Alike)
    } else if body.dotted {
        Some(Damage::Dotted)
    } else if body.spaced {
        Some(Damage::Spaced)
    } else {
        None
    }
}

/// Bytes of a dash and a closing bracket: a range without its last number, `[9-]`.
pub(super) fn open_range(rest: &str) -> Option<usize> {
    let mut chars = rest.trim_start_matches(body::is_blank).chars();
    let dash = chars.next().is_some_and(|c| body::DASHES.contains(c) && !c.is_alphabetic());
    let inner = chars.as_str().trim_start_matches(body::is_blank);
    let close = inner.chars().next().filter(|c| dash && is_close(*c))?;
    Some(rest.len() - inner.len() + close.len_utf8())
}

/// True when a closing bracket follows in the same clause: the bracket holds words (`[3 mg/kg]`).
pub(super) fn closes_soon(rest: &str) -> bool {
    for c in rest.chars().take(48) {
        if is_close(c) {
            return true;
        }
        if is_open(c) || matches!(c, '。' | '；' | '！' | '？' | '\n') {
            return false;
        }
    }
    false
}

/// True when the first of two numbers may be two rising digits below the second: 68, 14.
fn runs_together(items: &[body::Item]) -> bool {
    let [first, second] = items else { return false };
    let (a, b) = (first.first / 10, first.first % 10);
    !first.range && !second.range && (1..b).contains(&a) && b < second.first
}

/// True when a letter or unit follows the number: `[3H`, `[5%`, `[ 10 mg`.
pub(super) fn unit_follows(rest: &str) -> bool {
    const UNITS: [&str; 36] = [
        "mg", "g", "kg", "ng", "μg", "µg", "ml", "mL", "L", "μl", "μL", "µL", "nm", "cm", "mm", "μm", "µm",
        "h", "d", "min", "s", "days", "weeks", "months", "years", "times", "mM", "nM", "μM", "µM", "U", "IU",
        "Gy", "Hz", "kDa", "patients",
    ];
    let near = rest.trim_start_matches(body::is_blank);
    let word = near.split(|c: char| !c.is_alphabetic() || is_han(c)).next().unwrap_or("");
    let direct = near.len() == rest.len() && rest.starts_with(|c: char| c.is_ascii_alphabetic());
    let sign = near.starts_with([
        '%', '％', '℃', '°', '+', '=', '^', '_', '/', '*', '×', '±', '<', '>', '≤', '≥', '例', '岁',
    ]);
    direct || sign || UNITS.contains(&word)
}

/// Where the run of digits, separators and dashes before a lone closing bracket begins.
pub(super) fn digits_before(text: &str, at: usize) -> Option<usize> {
    let head = text[..at].trim_end_matches(body::is_blank);
    let (mut start, mut ahead) = (head.len(), ' ');
    for (offset, c) in head.char_indices().rev().take(LOOK_BACK) {
        let digit = body::digit(c).is_some();
        let part = digit || body::DASHES.contains(c) || matches!(c, ',' | '，' | '、' | ';' | '；' | '&');
        if !part && !body::is_blank(c) {
            break;
        }
        // two numbers with only a space between them: the first is the sentence's
        let spaced = body::is_blank(c) && body::digit(ahead).is_some();
        if spaced && head[..offset].ends_with(|c: char| body::digit(c).is_some()) {
            break;
        }
        ahead = c;
        start = if digit { offset } else { start };
    }
    // `增加30，1]`: numbers that do not rise belong to the sentence
    let mut from = start;
    let body = body::read(head.get(start..)?)?;
    for (one, two) in body.items.iter().zip(body.items.iter().skip(1)) {
        if two.first <= one.last {
            from = start + two.span.start;
        }
    }
    let rest = body::read(&head[from..])?;
    (from + rest.end == head.len()).then_some(from)
}

/// True when code or a word runs into the bracket: `list[3]`, but not `cells[3]`.
pub(super) fn glued(before: &str) -> bool {
    before.ends_with(['_', '$', '=', '!', '\\', '#', '@', '∈'])
}

/// `see `, `e.g., `, `参见`: words before the number of a marker.
pub(super) fn lead_words(rest: &str) -> usize {
    const WORDS: [&str; 16] = [
        "reviewed in ",
        "see also ",
        "see ",
        "e.g., ",
        "e.g. ",
        "e.g.,",
        "cf. ",
        "i.e., ",
        "ref. ",
        "refs. ",
        "参考文献",
        "参见文献",
        "见文献",
        "文献",
        "参见",
        "见",
    ];
    WORDS
        .iter()
        .find(|word| rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
        .map_or(0, |word| word.len())
}

/// `, p. 5]`, `, Theorem 2]`: where the bracket closes after words that say which part is meant.
pub(super) fn locator_words(rest: &str) -> Option<usize> {
    let inner = body::clip(rest, 48);
    let close = inner.find(is_close)?;
    let inner = &inner[..close];
    let words = inner.trim_start_matches([',', '，', ':', '：', ';', ' ']);
    let part = [
        "p.", "pp.", "page", "chap", "Chap", "ch.", "sec", "Sec", "§", "Theorem", "Lemma", "Fig", "Table",
        "第", "eq", "Eq",
    ];
    (words.len() < inner.len() && !inner.contains(is_open) && part.iter().any(|word| words.starts_with(word)))
        .then_some(close)
}

/// A number directly after the closing bracket that nothing else explains.
pub(super) fn locator(text: &str, at: usize) -> Option<Span> {
    let rest = body::clip(&text[at..], 24);
    let length: usize = rest
        .chars()
        .take_while(|c| body::digit(*c).is_some() || matches!(c, '-' | '–'))
        .map(char::len_utf8)
        .sum();
    let next = rest[length..].chars().next();
    let ends =
        next.is_none_or(|c| is_mark(c) || matches!(c, ')' | '）' | '\n')) && length < rest.len().max(1) + 1;
    (rest.starts_with(|c: char| body::digit(c).is_some()) && ends && length <= 9)
        .then(|| Span::new(at, at + length))
}

/// True for brackets with numbers that cite nothing: intervals, years, code.
pub(super) fn masked(text: &str, candidate: &Candidate) -> bool {
    const INTERVAL: [&str; 8] =
        ["interval", "interval of", "in the range", "range of", "between", "within", "from", "intervals"];
    // in Chinese the word stands on both sides: 在区间[15, 20]内
    const BEFORE: [&str; 6] = ["区间", "范围", "落在", "介于", "属于", "范围为"];
    let before = text[..candidate.span.start].trim_end_matches(body::is_blank);
    let after = &text[candidate.span.end..];
    let two = candidate.items.len() == 2 && candidate.items.iter().all(|item| !item.range);
    let inside = after.starts_with(['内', '之', '中', '上', '间', '的', '范']);
    if two
        && (INTERVAL.iter().any(|w| before.ends_with(w))
            || inside && BEFORE.iter().any(|w| before.ends_with(w)))
    {
        return true;
    }
    // `^[3]^`: carets on both sides raise the marker
    let raised = before.ends_with('^');
    if before.ends_with(['=', '∈', '∊', '~', '+', '×', '*', '_', '$'])
        || after.starts_with(['_', '^', '=', '℃', '°', '%', '％']) && !(raised && after.starts_with('^'))
    {
        return true;
    }
    // `tree[I]`, `[I].len`: a letter alone cites nothing next to code
    let sole = candidate.body.alike && text[candidate.items[0].span.range()].chars().all(char::is_alphabetic);
    let before_word = text[..candidate.span.start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    if sole
        && (before_word
            || after.starts_with('.') && after[1..].starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        return true;
    }
    // `[2021] 16 号`, `〔2019〕3号`: document numbers
    let year = candidate.items.len() == 1 && (1900..2100).contains(&candidate.items[0].first);
    let number = after.trim_start_matches(body::is_blank);
    if year
        && (number.starts_with(|c: char| c.is_ascii_digit())
            || number.starts_with("第")
            || number.starts_with("No")
            || candidate.shape == Shape::Tortoise)
    {
        return true;
    }
    // two decimals, `[8.5, 12.25]`, are an interval too; `[3.4]` may be a comma misread
    if candidate.body.dotted {
        let dots = candidate.body.separators.iter().filter(|c| **c == '.').count();
        // `[68.14]` may be 6–8, 14: the list and the order will tell
        return !body::rises(&candidate.items) && !runs_together(&candidate.items)
            || dots > 1 && dots < candidate.body.separators.len();
    }
    false
}
