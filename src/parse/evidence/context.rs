//! Words right before and after a number: bounds, approximations, group labels.

use super::unit::skip_spaces;
use crate::document::is_han;

/// One-sided bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// True when the number is the upper end.
    pub upper: bool,
    /// True when the number itself is included.
    pub inclusive: bool,
}

const LT: Bound = Bound { upper: true, inclusive: false };
const LE: Bound = Bound { upper: true, inclusive: true };
const GT: Bound = Bound { upper: false, inclusive: false };
const GE: Bound = Bound { upper: false, inclusive: true };

/// What the words before a number say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Before {
    /// A bound.
    pub bound: Option<Bound>,
    /// The bound is a sign, not a word.
    pub symbol: bool,
    /// The bound is a word that may also compare two groups (高于, 低于).
    pub compares: bool,
    /// 约, about.
    pub approximate: bool,
    /// 近, the last: a period with a unit of time, an approximation otherwise.
    pub recent: bool,
    /// 从, 由, from.
    pub from: bool,
    /// Where these words start.
    pub start: usize,
}

/// What the words after a unit say.
#[derive(Debug, Clone, Copy, Default)]
pub struct After {
    /// A bound.
    pub bound: Option<Bound>,
    /// 左右.
    pub approximate: bool,
    /// Where these words end.
    pub end: usize,
}

#[derive(Clone, Copy)]
enum Lead {
    Bound(Bound),
    Compare(Bound),
    Approximate,
    Recent,
    From,
}

use Lead::{Approximate, Bound as Limit, Compare, From, Recent};

/// Chinese words by their last character's order of frequency; longer forms first.
const WORDS_ZH: &[(&str, Lead)] = &[
    ("不小于", Limit(GE)),
    ("不低于", Limit(GE)),
    ("不少于", Limit(GE)),
    ("不大于", Limit(LE)),
    ("不高于", Limit(LE)),
    ("不多于", Limit(LE)),
    ("大于等于", Limit(GE)),
    ("小于等于", Limit(LE)),
    ("小于", Compare(LT)),
    ("低于", Compare(LT)),
    ("少于", Compare(LT)),
    ("短于", Compare(LT)),
    ("大于", Compare(GT)),
    ("高于", Compare(GT)),
    ("多于", Compare(GT)),
    ("长于", Compare(GT)),
    ("不超过", Limit(LE)),
    ("超过", Limit(GT)),
    ("不足", Limit(LT)),
    ("至少", Limit(GE)),
    ("最少", Limit(GE)),
    ("至多", Limit(LE)),
    ("最多", Limit(LE)),
    ("逾", Limit(GT)),
    ("大约为", Approximate),
    ("约为", Approximate),
    ("约占", Approximate),
    ("约有", Approximate),
    ("大约", Approximate),
    ("约", Approximate),
    ("大概", Approximate),
    ("接近", Approximate),
    ("将近", Approximate),
    ("最近", Recent),
    ("近", Recent),
    ("从", From),
    ("由", From),
];

const WORDS_EN: &[(&str, Lead)] = &[
    ("no more than", Limit(LE)),
    ("not more than", Limit(LE)),
    ("not exceeding", Limit(LE)),
    ("at most", Limit(LE)),
    ("up to", Limit(LE)),
    ("no less than", Limit(GE)),
    ("not less than", Limit(GE)),
    ("at least", Limit(GE)),
    ("less than", Limit(LT)),
    ("smaller than", Limit(LT)),
    ("fewer than", Limit(LT)),
    ("lower than", Limit(LT)),
    ("shorter than", Limit(LT)),
    ("below", Limit(LT)),
    ("under", Limit(LT)),
    ("more than", Limit(GT)),
    ("greater than", Limit(GT)),
    ("larger than", Limit(GT)),
    ("higher than", Limit(GT)),
    ("longer than", Limit(GT)),
    ("exceeding", Limit(GT)),
    ("above", Limit(GT)),
    ("over", Limit(GT)),
    ("approximately", Approximate),
    ("about", Approximate),
    ("around", Approximate),
    ("roughly", Approximate),
    ("nearly", Approximate),
    ("almost", Approximate),
    ("circa", Approximate),
    ("approx.", Approximate),
    ("recent", Recent),
    ("past", Recent),
    ("last", Recent),
    ("from", From),
];

/// Words and signs before byte `at`; looks at most 48 bytes back, two words at most.
pub fn before(text: &str, at: usize) -> Before {
    let mut found = Before { start: at, ..Before::default() };
    for _ in 0..2 {
        let head = text[..found.start].trim_end_matches([' ', '\u{a0}', '\u{3000}']);
        let Some(last) = head.chars().next_back() else { break };
        let sign = match last {
            '<' | '＜' | '﹤' => Some(LT),
            '>' | '＞' | '﹥' => Some(GT),
            '≤' | '≦' | '⩽' => Some(LE),
            '≥' | '≧' | '⩾' => Some(GE),
            '=' if head.ends_with("<=") => Some(LE),
            '=' if head.ends_with(">=") => Some(GE),
            _ => None,
        };
        if let Some(bound) = sign {
            found.bound = found.bound.or(Some(bound));
            found.symbol = true;
            found.start = head.len() - if last == '=' { 2 } else { last.len_utf8() };
            continue;
        }
        if matches!(last, '≈' | '~' | '～' | '∼') {
            found.approximate = true;
            found.start = head.len() - last.len_utf8();
            continue;
        }
        let words = if is_han(last) {
            WORDS_ZH
        } else if last.is_ascii_alphabetic() || last == '.' {
            WORDS_EN
        } else {
            break;
        };
        let Some((word, lead)) = words.iter().find(|(word, _)| ends_with_word(head, word)) else { break };
        match lead {
            Limit(bound) => found.bound = found.bound.or(Some(*bound)),
            Compare(bound) => {
                found.bound = found.bound.or(Some(*bound));
                found.compares = true;
            }
            Approximate => found.approximate = true,
            Recent => found.recent = true,
            From => {
                found.from = true;
                return found;
            }
        }
        found.start = head.len() - word.len();
    }
    found
}

/// `head` ends with `word`, which for Latin words starts a word.
fn ends_with_word(head: &str, word: &str) -> bool {
    let Some(start) = head.len().checked_sub(word.len()) else { return false };
    head.is_char_boundary(start)
        && head.as_bytes()[start..].eq_ignore_ascii_case(word.as_bytes())
        && (!word.is_ascii() || !head[..start].ends_with(|c: char| c.is_ascii_alphabetic()))
}

/// Words after byte `end`.
pub fn after(text: &str, end: usize) -> After {
    let start = skip_spaces(text.as_bytes(), end);
    let Some(rest) = text.get(start..) else { return After { end, ..After::default() } };
    let found = |word: &str, bound: Option<Bound>| After {
        bound,
        approximate: bound.is_none(),
        end: start + word.len(),
    };
    for (word, bound) in [
        ("以上", Some(GE)),
        ("及以上", Some(GE)),
        ("或以上", Some(GE)),
        ("以下", Some(LE)),
        ("及以下", Some(LE)),
        ("或以下", Some(LE)),
        ("以内", Some(LE)),
        ("之内", Some(LE)),
        ("左右", None),
        ("上下", None),
        ("or more", Some(GE)),
        ("or less", Some(LE)),
    ] {
        if rest.starts_with(word) {
            return found(word, bound);
        }
    }
    After { end, ..After::default() }
}

/// True when the quantity that ends at `end` names a group (`5%木薯粉组`) or, after `显著高于`, the group
/// that something is compared with. `head` is the text before the comparing word, if there is one.
pub fn is_label(text: &str, end: usize, head: Option<&str>) -> bool {
    let rest = text[end..].trim_start_matches(' ');
    let mut han = rest.chars().take(9).take_while(|c| is_han(*c) || c.is_ascii_alphanumeric());
    let Some(first) = han.next() else { return false };
    let first_is_noun =
        is_han(first) && !"的以左上为和与或及，且则者时后前内外之是占即属有在".contains(first);
    let mut previous = first;
    for c in han {
        if c == '组' && !"分各两三四".contains(previous) {
            return first != '的';
        }
        previous = c;
    }
    head.is_some_and(|head| {
        first_is_noun
            && ["显著", "明显", "远", "极", "均显著"].iter().any(|word| head.trim_end().ends_with(word))
    })
}
