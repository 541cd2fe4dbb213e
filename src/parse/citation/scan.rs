//! Finding bracketed markers in a block, whole and damaged.
//!
//! Each bracket looks at most [`super::body::LOOK_AHEAD`] bytes ahead and 32 characters back,
//! so any number of brackets is read in linear time.

use super::around::{
    closes_soon, digits_before, form_damage, glued, goes_on, is_mark, lead_words, locator, locator_words,
    masked, name_before, open_range, rest_of_row, sentence_mark, unit_follows,
};
use super::body::{self, Body, Item};
use super::marker::{Damage, Shape};
use crate::document::Span;

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
        if let Some(after) = open_range(&text[end..]).filter(|_| self.damaged && !note) {
            candidate.damage = Some(Damage::OpenRange);
            candidate.close = text[..end + after].chars().next_back();
            candidate.span.end = end + after;
            if !masked(text, &candidate) {
                self.out.push(candidate);
            }
            return end + after;
        }
        // a caret that closes a raised marker is no sign of a power
        let raised = text[..start].ends_with('^') && text[end..].starts_with('^');
        if note || !self.damaged || closes_soon(&text[end..]) || unit_follows(&text[end..]) && !raised {
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
            ("模拟分析[9-]。这些", "[9-]", Damage::OpenRange),
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
    fn carets_raise_markers() {
        assert_eq!(
            found("已有报道^[3]^。另有^[4,5]^的"),
            [("[3]".to_owned(), None), ("[4,5]".to_owned(), None)]
        );
        assert_eq!(found("下降^[1l]^。"), [("[1l]".to_owned(), Some(Damage::Alike))]);
        assert_eq!(found("下降^[6^。"), [("[6".to_owned(), Some(Damage::LostClosing))]);
        assert!(found("a[2]^2").is_empty());
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
