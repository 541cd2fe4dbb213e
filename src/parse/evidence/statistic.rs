//! Test statistics and P values: `t(28) = 2.20, P = 0.036`, `χ²＝4.5，P＜0.05`, Chinese and full-width forms.
//!
//! Read from each relation sign: at most 40 bytes back for what stands before it, 48 ahead for its number.

use super::number::{Number, digit, number};
use super::unit::skip_spaces;
use crate::document::{Span, is_han};
use serde::Serialize;

/// Farthest a symbol and its degrees of freedom reach back, in bytes.
const BACK: usize = 40;
/// Farthest a P value may stand after its statistic, in bytes.
const LINK: usize = 12;

/// `=`, `<`, `>` and their kin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// `=`
    Equal,
    /// `<`
    Less,
    /// `≤`
    AtMost,
    /// `>`
    Greater,
    /// `≥`
    AtLeast,
}

/// Which test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// Student's t.
    T,
    /// Fisher's F.
    F,
    /// Pearson's r.
    R,
    /// χ².
    Chi2,
    /// Standard normal.
    Z,
}

/// A P value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PValue {
    /// From the letter to the number.
    pub span: Span,
    /// Its relation.
    pub relation: Relation,
    /// The number.
    pub number: Number,
}

/// A test statistic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Statistic {
    /// From the symbol to the number.
    pub span: Span,
    /// Which test.
    pub test: Test,
    /// Degrees of freedom, as many as printed.
    pub df: [Option<f64>; 2],
    /// Its relation.
    pub relation: Relation,
    /// Its number, without sign.
    pub number: Number,
    /// Index of its P value.
    pub p: Option<usize>,
}

/// Adds the statistics and P values of `text`.
pub fn scan(text: &str, statistics: &mut Vec<Statistic>, values: &mut Vec<PValue>) {
    let bytes = text.as_bytes();
    let first = statistics.len();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(|b| SIGN[usize::from(*b)]) {
        at += step;
        let Some((relation, len)) = relation(bytes, at).or_else(|| stated(text, at)) else {
            at += 1;
            continue;
        };
        let sign = at;
        at += len;
        // P=<0.05 and < = come as two signs
        let (relation, after) = match self::relation(bytes, skip_spaces(bytes, at)) {
            Some((Relation::Equal, len)) if relation == Relation::Less => (Relation::AtMost, at + len),
            Some((Relation::Equal, len)) if relation == Relation::Greater => (Relation::AtLeast, at + len),
            _ => (relation, at),
        };
        let mut from = skip_spaces(bytes, after);
        if let Some(left) = text.get(from..).and_then(|rest| rest.strip_prefix(['-', '−', '–', '－', '‐']))
        {
            from = skip_spaces(bytes, text.len() - left.len());
        }
        let Some(number) = number(text, from) else { continue };
        let end = from + number.len;
        match symbol(text, sign) {
            Some(Symbol::P(start)) => {
                let index = values.len();
                values.push(PValue { span: Span::new(start, end), relation, number });
                let own = statistics.len() > first;
                if let Some(last) = statistics.last_mut().filter(|s| own && s.p.is_none())
                    && is_link(&text[last.span.end.min(start)..start])
                {
                    last.p = Some(index);
                }
            }
            Some(Symbol::Test { test, df, start }) => {
                statistics.push(Statistic {
                    span: Span::new(start, end),
                    test,
                    df,
                    relation,
                    number,
                    p: None,
                });
            }
            None => {}
        }
        at = end;
    }
}

const SIGN: [bool; 256] = {
    let mut table = [false; 256];
    table[b'=' as usize] = true;
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[0xEF] = true;
    table[0xE2] = true;
    // `P value: 0.03`, `P值为0.03`
    table[b':' as usize] = true;
    table[0xE4] = true;
    table
};

/// A colon or 为 where `P value` or `P值` stands right before it.
fn stated(text: &str, at: usize) -> Option<(Relation, usize)> {
    let rest = text.get(at..)?;
    let len = rest.chars().next().filter(|c| matches!(c, ':' | '：' | '为'))?.len_utf8();
    let head = text[..at].trim_end_matches(' ');
    let head = head.strip_suffix('值').or_else(|| head.strip_suffix("value"))?;
    let head = head.trim_end_matches([' ', '-']);
    (head.ends_with(['P', 'p'])).then_some((Relation::Equal, len))
}

fn relation(bytes: &[u8], at: usize) -> Option<(Relation, usize)> {
    Some(match *bytes.get(at)? {
        b'=' => (Relation::Equal, 1),
        b'<' => (Relation::Less, 1),
        b'>' => (Relation::Greater, 1),
        0xEF => match bytes.get(at + 1..at + 3)? {
            [0xBC, 0x9D] => (Relation::Equal, 3),
            [0xBC, 0x9C] | [0xB9, 0xA4] => (Relation::Less, 3),
            [0xBC, 0x9E] | [0xB9, 0xA5] => (Relation::Greater, 3),
            _ => return None,
        },
        0xE2 => match bytes.get(at + 1..at + 3)? {
            [0x89, 0xA4 | 0xA6] | [0xA9, 0xBD] => (Relation::AtMost, 3),
            [0x89, 0xA5 | 0xA7] | [0xA9, 0xBE] => (Relation::AtLeast, 3),
            _ => return None,
        },
        _ => return None,
    })
}

/// Only separators between a statistic and its P value.
fn is_link(between: &str) -> bool {
    between.len() <= LINK
        && !between.is_empty()
        && between
            .chars()
            .all(|c| matches!(c, ' ' | ',' | '，' | ';' | '；' | '、' | '\u{a0}' | '(' | '（' | '：' | ':'))
}

enum Symbol {
    P(usize),
    Test { test: Test, df: [Option<f64>; 2], start: usize },
}

/// What stands before the relation sign at `sign`.
fn symbol(text: &str, sign: usize) -> Option<Symbol> {
    let mut from = sign.saturating_sub(BACK);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let head = text[from..sign].trim_end_matches([' ', '\u{a0}']);
    let (head, df) = degrees(head);
    // the symbol's own length; what is before it must not be a Latin letter, digit or sign of a name
    let (name, test) = NAMES.iter().find(|(name, _)| head.ends_with(name))?;
    let before = head[..head.len() - name.len()].chars().next_back();
    let glued = before.is_some_and(|c| {
        (c.is_alphanumeric() && !is_han(c)) || matches!(c, '_' | '-' | '.' | '/' | '\\' | '&')
    });
    if glued {
        return None;
    }
    let start = from + head.len() - name.len();
    match test {
        None => Some(Symbol::P(start)),
        Some(test) => Some(Symbol::Test { test: *test, df, start }),
    }
}

/// Symbols before a relation sign; longer ones first. `None`: P.
const NAMES: &[(&str, Option<Test>)] = &[
    ("P值", None),
    ("p值", None),
    ("P 值", None),
    ("P value", None),
    ("p value", None),
    ("p-value", None),
    ("P-value", None),
    ("P", None),
    ("p", None),
    ("Ｐ", None),
    ("𝑃", None),
    ("𝑝", None),
    ("χ2", Some(Test::Chi2)),
    ("χ²", Some(Test::Chi2)),
    ("χ^2", Some(Test::Chi2)),
    ("χ 2", Some(Test::Chi2)),
    ("X2", Some(Test::Chi2)),
    ("X²", Some(Test::Chi2)),
    ("x2", Some(Test::Chi2)),
    ("x²", Some(Test::Chi2)),
    ("卡方值", Some(Test::Chi2)),
    ("卡方", Some(Test::Chi2)),
    ("chi2", Some(Test::Chi2)),
    ("t值", Some(Test::T)),
    ("F值", Some(Test::F)),
    ("Z值", Some(Test::Z)),
    ("t", Some(Test::T)),
    ("F", Some(Test::F)),
    ("r", Some(Test::R)),
    ("z", Some(Test::Z)),
    ("Z", Some(Test::Z)),
];

/// Degrees of freedom in brackets at the end of `head`: `(28)`, `（2，42）`, `(1, N = 90)`.
fn degrees(head: &str) -> (&str, [Option<f64>; 2]) {
    let none = (head, [None, None]);
    let Some(inner) = head.strip_suffix([')', '）']) else { return none };
    let Some(open) = inner.rfind(['(', '（']) else { return none };
    let width = inner[open..].chars().next().map_or(1, char::len_utf8);
    let body = &inner[open + width..];
    let mut df = [None, None];
    for (n, part) in body.split([',', '，', ';', '；']).enumerate() {
        let part = part.trim();
        if n > 0 && part.starts_with(['n', 'N']) {
            break;
        }
        let bytes = part.as_bytes();
        let read = digit(bytes, 0).and_then(|_| self::number(part, 0));
        match (read, df.get_mut(n)) {
            (Some(number), Some(slot)) if number.len == part.len() => *slot = Some(number.value),
            _ => return none,
        }
    }
    (inner[..open].trim_end_matches(' '), df)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Statistic>, Vec<PValue>) {
        let (mut statistics, mut values) = (Vec::new(), Vec::new());
        scan(text, &mut statistics, &mut values);
        (statistics, values)
    }

    #[test]
    fn linked_and_bare() {
        let (statistics, values) =
            read("差异显著（t(28)=2.20, P=0.036；χ²＝4.50，P＜0.05），F ( 2 , 42 ) = 3.1 ; p > .05");
        assert_eq!(statistics.len(), 3);
        assert_eq!(values.len(), 3);
        assert_eq!(statistics[0].df, [Some(28.0), None]);
        assert_eq!(statistics[1].test, Test::Chi2);
        assert_eq!(statistics[1].p, Some(1));
        assert_eq!(statistics[2].df, [Some(2.0), Some(42.0)]);
        assert_eq!(values[2].relation, Relation::Greater);
        for text in ["(P value: 0.000; 95% CI", "p-value: 0.03", "其P值为0.000，", "P 值：0.03"] {
            assert_eq!(read(text).1.len(), 1, "{text}");
        }
        for text in ["比值：0.03", "group: 0.03", "P：0.03 为 5", "峰值为3"] {
            assert!(read(text).1.is_empty(), "{text}");
        }
    }

    #[test]
    fn names_are_no_symbols() {
        let (statistics, values) = read("pt=3, cap<5, CD8+T=2, SPF=3, x=5, MAP=90 mmHg");
        assert_eq!((statistics.len(), values.len()), (0, 0));
        assert!(read("t[28] = 2").0.is_empty());
    }
}
