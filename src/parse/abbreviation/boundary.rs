//! Where a Chinese long form begins: it has no left mark, so it is cut at marks, function words and
//! the verbs that govern it.

use crate::document::is_han;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::HashSet;

/// Longest stretch before a bracket that is read, in characters.
const REACH: usize = 40;

/// The word lists, ready to search.
#[derive(Debug, Default)]
pub struct Boundary {
    cut: Option<AhoCorasick>,
    hard: usize,
    keep: Option<AhoCorasick>,
    nominal: HashSet<char>,
    lead: Vec<String>,
    lead_keep: Vec<String>,
}

impl Boundary {
    /// From the tables' lists; `None` inside when a list cannot be built (never for ours).
    pub fn new(
        cut: &[String],
        verb: &[String],
        keep: &[String],
        nominal: &str,
        lead: &[String],
        lead_keep: &[String],
    ) -> Self {
        let build = |list: &[String]| {
            AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .build(list.iter().filter(|w| !w.is_empty()))
                .ok()
        };
        Self {
            cut: build(&[cut, verb].concat()),
            hard: cut.iter().filter(|w| !w.is_empty()).count(),
            keep: build(keep),
            nominal: nominal.chars().collect(),
            lead: lead.to_vec(),
            lead_keep: lead_keep.to_vec(),
        }
    }

    /// The start of the long form that ends at the end of `head`; `None` when nothing Han is left.
    pub fn start(&self, head: &str) -> Option<usize> {
        let floor = mark_before(head);
        let run = &head[floor..];
        let mut from = self.last_cut(run);
        let section = &head[..floor];
        let numbered = section.ends_with('.') && section.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        from = self.trim(run, numbered, from);
        let long = &run[from..];
        let han = long.chars().filter(|c| is_han(*c)).count();
        (han >= 2 || han == 1 && long.chars().count() >= 3).then_some(floor + from)
    }

    /// The rightmost cut that leaves a term.
    fn last_cut(&self, run: &str) -> usize {
        let (Some(cut), Some(keep)) = (&self.cut, &self.keep) else { return 0 };
        let kept: Vec<(usize, usize)> =
            keep.find_overlapping_iter(run).map(|found| (found.start(), found.end())).collect();
        let mut best = 0;
        for found in cut.find_overlapping_iter(run) {
            let (start, end) = (found.start(), found.end());
            if end <= best {
                continue;
            }
            let rest = &run[end..];
            let weight: usize =
                rest.chars().map(|c| if is_han(c) || c.is_alphanumeric() { 1 } else { 0 }).sum();
            if weight < 2 {
                continue;
            }
            // inside a word that keeps it together
            if kept.iter().any(|&(s, e)| s <= start && end <= e && (s < start || end < e)) {
                continue;
            }
            // a verb of two or more characters before a nominal suffix is part of a noun
            let many = found.pattern().as_usize() >= self.hard;
            let next = rest.chars().next();
            if many && next.is_some_and(|c| self.nominal.contains(&c)) && !rest.starts_with("因子") {
                continue;
            }
            best = end;
        }
        best
    }

    /// Step over words a term never begins with.
    fn trim(&self, run: &str, numbered: bool, mut from: usize) -> usize {
        for _ in 0..6 {
            let rest = &run[from..];
            let bare = rest.trim_start_matches(|c: char| {
                c.is_whitespace()
                    || matches!(c, '-' | '–' | '—' | '/' | '“' | '"' | '\'' | '·' | '*' | '~' | '+' | '_')
            });
            from += rest.len() - bare.len();
            // a number or unit that belongs to what came before: `20 mM 溶液`, `2.4 方法`; a heading's: 1.5层次分析法
            let heading = from == 0 && numbered;
            let number = leading_number(bare).or_else(|| {
                let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
                (heading && digits > 0 && bare[digits..].starts_with(is_han)).then_some(digits)
            });
            if let Some(number) = number {
                from += number;
                continue;
            }
            let Some(word) =
                self.lead.iter().filter(|word| bare.starts_with(word.as_str())).max_by_key(|word| word.len())
            else {
                return from;
            };
            let kept = self.lead_keep.iter().any(|keep| bare.starts_with(keep.as_str()));
            let left = bare[word.len()..].chars().filter(|c| is_han(*c) || c.is_alphanumeric()).count();
            if kept || left < 2 {
                return from;
            }
            from += word.len();
        }
        from
    }
}

/// Length of a leading number, with its unit, that a space separates from a Han character.
fn leading_number(text: &str) -> Option<usize> {
    let space = text.find(' ')?;
    let number = &text[..space];
    let rest = text[space..].trim_start();
    let short = number.len() <= 4 && number.is_ascii();
    let counts = number.bytes().all(|b| b.is_ascii_digit()) || number.len() == 1;
    let han = rest.chars().find(|c| is_han(*c) || c.is_ascii_digit());
    (short && counts && han.is_some_and(is_han) && rest.chars().count() >= 2)
        .then_some(text.len() - rest.len())
}

/// The end of the last mark before the long form: punctuation, or the end of a run of foreign words.
fn mark_before(head: &str) -> usize {
    let mut seen = 0;
    let mut spaces = 0;
    let chars: Vec<(usize, char)> = head.char_indices().rev().take(REACH).collect();
    let mut floor = chars.last().map_or(0, |(at, _)| *at);
    for (index, &(at, c)) in chars.iter().enumerate() {
        let next = chars.get(index + 1).map(|(_, c)| *c);
        let inside = is_han(c)
            || c.is_alphanumeric()
            || matches!(c, '-' | '–' | '‐' | '‑' | '−' | '′' | '\'' | '·' | '%' | '％' | '+' | '_' | '*');
        if inside {
            seen += 1;
            continue;
        }
        if c == '/' {
            // `A/B（…）`: the bracket belongs to what follows the stroke
            floor = at + c.len_utf8();
            break;
        }
        if c.is_whitespace() && seen > 0 {
            // between two foreign words a space separates; beside Han it is a matter of taste
            let foreign = |c: Option<char>| c.is_some_and(|c| !is_han(c) && c.is_alphanumeric());
            let here = chars.get(index.wrapping_sub(1)).map(|(_, c)| *c);
            if foreign(here) && foreign(next) {
                spaces += 1;
                if spaces >= 2 {
                    floor = at + c.len_utf8();
                    break;
                }
            }
            continue;
        }
        if c.is_whitespace() {
            continue;
        }
        if c == ',' && next.is_some_and(|c| c.is_ascii_digit()) && seen > 0 {
            // a locant: 1,25-二羟维生素D
            let here = chars.get(index.wrapping_sub(1)).map(|(_, c)| *c);
            if here.is_some_and(|c| c.is_ascii_digit()) {
                continue;
            }
        }
        floor = at + c.len_utf8();
        break;
    }
    floor
}
