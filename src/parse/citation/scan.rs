//! Finding bracketed markers in a block, whole and damaged.
//!
//! Each bracket looks at most [`super::body::LOOK_AHEAD`] bytes ahead and [`LOOK_BACK`] characters back,
//! so any number of brackets is read in linear time.

use super::body::{self, Body, Item};
use super::marker::{Damage, Shape};
use crate::document::{Span, is_han};

/// Most characters looked at before a lone closing bracket.
const LOOK_BACK: usize = 32;
/// A bracket left open this many bytes ago no longer owns a closing one.
const OPEN_LIMIT: usize = 300;

/// What may be a marker.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its characters; for a lost closing bracket with the mark that follows.
    pub span: Span,
    /// The numbers as printed (spans in the same text).
    pub items: Vec<Item>,
    /// How the body was written.
    pub body: Body,
    /// The brackets; `None` where one is lost.
    pub open: Option<char>,
    /// Its counterpart.
    pub close: Option<char>,
    /// The form.
    pub shape: Shape,
    /// What is wrong with it.
    pub damage: Option<Damage>,
    /// A number printed directly after the closing bracket.
    pub locator: Option<Span>,
    /// The characters before it make a marker unlikely (`CD81]`, `list[3]`).
    pub glued: bool,
}

/// True for an opening bracket of markers.
pub fn is_open(c: char) -> bool {
    matches!(c, '[' | '［' | '【' | '〔')
}

/// True for a closing bracket of markers.
pub fn is_close(c: char) -> bool {
    matches!(c, ']' | '］' | '】' | '〕')
}

fn shape(c: char) -> Shape {
    match c {
        '［' | '］' => Shape::FullSquare,
        '【' | '】' => Shape::Lenticular,
        '〔' | '〕' => Shape::Tortoise,
        '(' | ')' | '（' | '）' => Shape::Round,
        _ => Shape::Square,
    }
}

/// True when two brackets are a pair; half and full width count as one.
fn pair(open: char, close: char) -> bool {
    let fold = |s: Shape| if s == Shape::FullSquare { Shape::Square } else { s };
    fold(shape(open)) == fold(shape(close))
}

/// Find the candidates of one block. Damaged ones only where `damaged` is set: tables and lists of
/// entries hold too many brackets of their own.
pub fn scan(text: &str, damaged: bool) -> Vec<Candidate> {
    let mut scanner = Scanner { text, damaged, pending: None, out: Vec::new() };
    let mut at = 0;
    while let Some(found) = text[at..].find(|c: char| is_open(c) || is_close(c)) {
        let start = at + found;
        let c = text[start..].chars().next().unwrap_or('[');
        at = if is_open(c) { scanner.open(start, c) } else { scanner.close(start, c) };
    }
    scanner.out
}

struct Scanner<'t> {
    text: &'t str,
    damaged: bool,
    pending: Option<usize>,
    out: Vec<Candidate>,
}

impl Scanner<'_> {
    /// Read on from an opening bracket; gives the offset to go on at.
    fn open(&mut self, start: usize, open: char) -> usize {
        let text = self.text;
        let inner = start + open.len_utf8();
        let rest = &text[inner..];
        let note = rest.starts_with('^');
        let lead = if note { 1 } else { lead_words(rest) };
        let from = inner + lead;
        let Some(body) = body::read(&text[from..]) else {
            return self.open_without_number(start, open, inner);
        };
        let end = from + body.end;
        let gap =
            text[end..].chars().take(3).take_while(|c| body::is_blank(*c)).map(char::len_utf8).sum::<usize>();
        let next = text[end + gap..].chars().next();
        let items: Vec<Item> =
            body.items.iter().map(|item| Item { span: item.span.shift(from), ..*item }).collect();
        let mut candidate = Candidate {
            span: Span::new(start, end),
            items,
            body,
            open: Some(open),
            close: None,
            shape: if note { Shape::Footnote } else { shape(open) },
            damage: None,
            locator: None,
            glued: glued(&text[..start]),
        };
        let closing = match next {
            Some(c) if is_close(c) => Some((end + gap, c)),
            // `[29)`; a bracket closed otherwise with two numbers is an interval, `[15, 20)`
            Some(c @ (')' | '）')) if candidate.items.len() == 1 && self.damaged => Some((end + gap, c)),
            _ => locator_words(&text[end..]).map(|at| (end + at, ']')),
        };
        if let Some((at, close)) = closing {
            candidate.close = Some(close);
            candidate.span.end = at + close.len_utf8();
            candidate.damage =
                if pair(open, close) { form_damage(&candidate) } else { Some(Damage::Mismatched) };
            candidate.locator = locator(text, candidate.span.end);
            let link = text[candidate.span.end..].starts_with("(http")
                || text[candidate.span.end..].starts_with("(#");
            let go = candidate.span.end;
            if !link && !masked(text, &candidate) && (self.damaged || candidate.damage.is_none()) {
                self.out.push(candidate);
            }
            return go;
        }
        if note || !self.damaged || closes_soon(&text[end..]) || unit_follows(&text[end..]) {
            self.pending = Some(start);
            return inner;
        }
        candidate.damage = Some(Damage::LostClosing);
        candidate.span.end = end + sentence_mark(&text[end..]);
        self.out.push(candidate);
        end
    }

    /// `[]`, or a bracket from which everything else is lost (`[。`).
    fn open_without_number(&mut self, start: usize, open: char, inner: usize) -> usize {
        let text = self.text;
        let rest = &text[inner..];
        let blank =
            rest.chars().take(4).take_while(|c| body::is_blank(*c)).map(char::len_utf8).sum::<usize>();
        let next = rest[blank..].chars().next();
        let before = text[..start].chars().next_back();
        // a task box stands at the start of an item; `f([])`, `a: []` and `a[]` are code
        let word = text[..start].trim_end_matches(body::is_blank).chars().next_back();
        let in_prose = word.is_some_and(|c| {
            c.is_alphabetic() && (!c.is_ascii() || c.is_ascii_lowercase())
                || c.is_ascii_digit()
                || matches!(c, ')' | '）' | '”' | '」' | '》' | '％' | '%')
        });
        let empty = match next {
            Some(c) if is_close(c) && pair(open, c) && blank < 3 => {
                Some((inner + blank + c.len_utf8(), Some(c)))
            }
            Some('。' | '，' | '；') => Some((inner + blank + '。'.len_utf8(), None)),
            _ => None,
        };
        match empty {
            Some((end, close)) if self.damaged && in_prose && goes_on(&text[end..]) => {
                self.out.push(Candidate {
                    span: Span::new(start, end),
                    items: Vec::new(),
                    body: Body::default(),
                    open: Some(open),
                    close,
                    shape: shape(open),
                    damage: Some(Damage::Empty),
                    locator: None,
                    glued: before.is_some_and(|c| c.is_ascii_alphabetic()),
                });
                end
            }
            Some((end, Some(_))) => end,
            _ => {
                self.pending = Some(start);
                inner
            }
        }
    }

    /// A closing bracket that no marker owns.
    fn close(&mut self, at: usize, close: char) -> usize {
        let end = at + close.len_utf8();
        if self.pending.take().is_some_and(|start| at - start <= OPEN_LIMIT) || !self.damaged {
            return end;
        }
        let text = self.text;
        if let Some(start) = digits_before(text, at) {
            if self.out.last().is_some_and(|last| last.span.end > start) {
                return end;
            }
            let Some(body) = body::read(&text[start..at]) else { return end };
            let items =
                body.items.iter().map(|item| Item { span: item.span.shift(start), ..*item }).collect();
            let before = text[..start].chars().next_back();
            let round = before.filter(|c| matches!(c, '(' | '（'));
            let mut candidate = Candidate {
                span: Span::new(start - round.map_or(0, char::len_utf8), end),
                items,
                body,
                open: round,
                close: Some(close),
                shape: shape(close),
                damage: Some(if round.is_some() { Damage::Mismatched } else { Damage::LostOpening }),
                locator: None,
                glued: rest_of_row(text, start) || name_before(&text[..start]),
            };
            // `(15, 20]` is an interval
            if round.is_none() || candidate.items.len() == 1 {
                candidate.locator = locator(text, end);
                self.out.push(candidate);
            }
        } else if let Some(last) = self.out.last() {
            // longer gaps are no two marks: they need not be looked at
            let near = (at - last.span.end <= 8).then(|| &text[last.span.end..at]);
            let Some(between) = near else { return end };
            if last.damage != Some(Damage::Stray)
                && between.chars().count() <= 2
                && between.chars().all(is_mark)
            {
                let doubled = text[end..].chars().next().filter(|c| between.contains(*c));
                let span = Span::new(at, end + doubled.map_or(0, char::len_utf8));
                self.out.push(Candidate {
                    span,
                    items: Vec::new(),
                    body: Body::default(),
                    open: None,
                    close: Some(close),
                    shape: shape(close),
                    damage: Some(Damage::Stray),
                    locator: None,
                    glued: false,
                });
            }
        }
        end
    }
}

/// True when a sentence goes on or ends after an empty marker.
fn goes_on(rest: &str) -> bool {
    let next = rest.trim_start_matches(body::is_blank).chars().next();
    next.is_none_or(|c| is_mark(c) || c.is_alphabetic() || matches!(c, '）' | ')' | '”' | '\n'))
}

/// True when the digits end a name or an expression (`CD81]`, `1.5]`), not a word (`damage27]`).
fn name_before(before: &str) -> bool {
    if before.ends_with(['.', '/', '-', '+', '=', '−']) {
        return true;
    }
    let word = before.bytes().rev().take(24).take_while(u8::is_ascii_alphanumeric).count();
    let word = &before[before.len() - word..];
    !word.is_empty() && !(word.len() > 3 && word[1..].bytes().all(|b| b.is_ascii_lowercase()))
}

/// True when another number stands before these digits: the row of a figure's axis, not a sentence.
fn rest_of_row(text: &str, start: usize) -> bool {
    let head = text[..start].trim_end_matches(body::is_blank);
    head.len() < start && head.ends_with(|c: char| c.is_ascii_digit())
}

fn is_mark(c: char) -> bool {
    matches!(c, '。' | '，' | '；' | '、' | '.' | ',' | ';' | '：' | ':')
}

/// Length of the sentence mark at the start, with one space before it left out.
fn sentence_mark(rest: &str) -> usize {
    rest.chars().next().filter(|c| is_mark(*c)).map_or(0, char::len_utf8)
}

/// What is wrong with a marker whose brackets pair.
fn form_damage(candidate: &Candidate) -> Option<Damage> {
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

/// True when a closing bracket follows in the same clause: the bracket holds words (`[3 mg/kg]`).
fn closes_soon(rest: &str) -> bool {
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

/// True when a letter or unit follows the number: `[3H`, `[5%`, `[ 10 mg`.
fn unit_follows(rest: &str) -> bool {
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
fn digits_before(text: &str, at: usize) -> Option<usize> {
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
fn glued(before: &str) -> bool {
    before.ends_with(['_', '$', '=', '!', '\\', '#', '@', '∈'])
}

/// `see `, `e.g., `, `参见`: words before the number of a marker.
fn lead_words(rest: &str) -> usize {
    const WORDS: [&str; 12] = [
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
        "参见",
        "见",
    ];
    WORDS
        .iter()
        .find(|word| rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
        .map_or(0, |word| word.len())
}

/// `, p. 5]`, `, Theorem 2]`: where the bracket closes after words that say which part is meant.
fn locator_words(rest: &str) -> Option<usize> {
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
fn locator(text: &str, at: usize) -> Option<Span> {
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
fn masked(text: &str, candidate: &Candidate) -> bool {
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
    if before.ends_with(['=', '∈', '∊', '~', '+', '×', '*', '_', '$'])
        || after.starts_with(['_', '^', '=', '℃', '°', '%', '％'])
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
        let ascending = candidate.items.windows(2).all(|w| w[0].last < w[1].first);
        let dots = candidate.body.separators.iter().filter(|c| **c == '.').count();
        return !ascending || dots > 1 && dots < candidate.body.separators.len();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, Option<Damage>)> {
        scan(text, true).into_iter().map(|c| (text[c.span.range()].to_owned(), c.damage)).collect()
    }

    #[test]
    fn whole_markers() {
        for marker in [
            "[1]",
            "［1-2］",
            "[17，18]",
            "[20~22]",
            "【3】",
            "[ 4 ]",
            "[e.g., 27]",
            "[27, p. 5]",
            "[^9]",
            "[1-3,7]",
        ] {
            assert_eq!(found(&format!("已有报道{marker}。")), [(marker.to_owned(), None)], "{marker}");
        }
    }

    #[test]
    fn damaged_markers() {
        let cases = [
            ("机制1]，特别", "1]", Damage::LostOpening),
            ("各种核酸[]。外", "[]", Damage::Empty),
            ("细胞[17。2010年", "[17。", Damage::LostClosing),
            ("症状[401。局部[2]", "[401。", Damage::LostClosing),
            ("释放[41,MSCs-exo 有望", "[41,", Damage::LostClosing),
            ("（ALIX）【20]；", "【20]", Damage::Mismatched),
            ("治疗[I]。", "[I]", Damage::Alike),
            ("共病[2.3]。", "[2.3]", Damage::Dotted),
            ("报道[1 8]。", "[1 8]", Damage::Spaced),
            ("报道(29]。", "(29]", Damage::Mismatched),
            ("报道[29)。", "[29)", Damage::Mismatched),
            ("约2万例[。目前", "[。", Damage::Empty),
            ("as reported 12]. Then", "12]", Damage::LostOpening),
            ("reported [3, 4 by them [5]", "[3, 4", Damage::LostClosing),
            ("增加30，1]，再", "1]", Damage::LostOpening),
        ];
        for (text, marker, damage) in cases {
            assert!(found(text).contains(&(marker.to_owned(), Some(damage))), "{text}: {:?}", found(text));
        }
        assert_eq!(
            found("极化[6-7]。］。越来越"),
            [("[6-7]".to_owned(), None), ("］。".to_owned(), Some(Damage::Stray))]
        );
    }

    #[test]
    fn brackets_that_cite_nothing() {
        for text in [
            "[3H]thymidine and [18F]FDG",
            "[J]. 杂志",
            "[4+2]环加成",
            "- [ ] task",
            "在区间[15, 20]内",
            "x ∈ [1, 2]",
            "[0-9]",
            "[5 mg/kg]",
            "(15, 20]",
            "豫卫函[2021]16号",
            "国发〔2019〕3号",
            "[see text] and [Abstract]",
            "parse([])",
            "[1](http://a.b)",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn locators_and_hostile_text() {
        let one = scan("研究[18]31。与", true);
        assert_eq!(one[0].locator, Some(Span::new("研究[18]".len(), "研究[18]31".len())));
        assert_eq!(scan("研究[3]2020年", true)[0].locator, None);
        for text in [
            "[".repeat(100_000),
            "]".repeat(100_000),
            "[1".repeat(50_000),
            "1]".repeat(50_000),
            "【】［".repeat(30_000),
        ] {
            assert!(scan(&text, true).len() <= 60_000);
        }
    }
}
