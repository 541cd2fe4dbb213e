//! How a document cites: the scheme that explains most of its list, or none.

use super::marker::{Scheme, numbers_of};
use super::readings::stretch;
use super::scan::Candidate;
use std::collections::HashSet;

/// Fewest distinct numbers that make a scheme in a text without a list.
const LISTLESS: usize = 3;

/// Fewest distinct works cited by author and year that make a scheme in a text without a list.
const LISTLESS_AUTHORS: usize = 5;

/// What the numbers of one scheme look like.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Evidence {
    /// Distinct numbers cited.
    pub distinct: usize,
    /// Distinct numbers that the list has.
    pub listed: usize,
    /// Share of first mentions that are higher than all before.
    pub rising: f64,
    /// Share of 1…n that is cited, n the highest number of the well-covered start.
    pub covered: f64,
    /// The lowest number.
    pub least: u32,
}

/// Weigh candidates in the order of the text; `has` tells the numbers of the list.
pub fn weigh<'c>(candidates: impl Iterator<Item = &'c Candidate>, has: impl Fn(u32) -> bool) -> Evidence {
    let mut seen = HashSet::new();
    let (mut top, mut rising, mut listed) = (0, 0usize, 0usize);
    for candidate in candidates {
        let before = top;
        for item in &candidate.items {
            let (first, last) = stretch(item);
            for number in numbers_of(first, last) {
                if seen.insert(number) {
                    // the order inside one bracket is free
                    rising += usize::from(number > before);
                    listed += usize::from(has(number));
                    // a number the list does not have is no step of the order
                    let step =
                        number > top && number < top.saturating_add(60) && (has(number) || listed == 0);
                    top = if step { number } else { top };
                }
            }
        }
    }
    let mut numbers: Vec<u32> = seen.iter().copied().collect();
    numbers.sort_unstable();
    let dense =
        |(at, number): (usize, &u32)| ((at + 1) * 5 >= *number as usize * 3).then_some((at + 1, *number));
    let (count, reach) = numbers.iter().enumerate().filter_map(dense).next_back().unwrap_or((0, 1));
    let least = numbers.first().copied().unwrap_or(0);
    let share = |part: usize| part as f64 / seen.len().max(1) as f64;
    let covered = if count * 5 >= seen.len() * 3 { count as f64 / f64::from(reach) } else { 0.0 };
    Evidence { distinct: seen.len(), listed, rising: share(rising), covered, least }
}

/// What is known of all schemes of a document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Weights {
    /// Square and kindred brackets.
    pub bracket: Evidence,
    /// Footnote marks.
    pub footnote: Evidence,
    /// Raised numbers.
    pub superscript: Evidence,
    /// Round brackets.
    pub round: Evidence,
    /// Numbers glued to words.
    pub glued: Evidence,
    /// Citations by author and year.
    pub author_years: usize,
    /// Entries that these stand for.
    pub author_listed: usize,
    /// Entries of all lists, numbered or not.
    pub all: usize,
    /// Numbered entries of the lists.
    pub entries: usize,
    /// True when the document's list has no numbers.
    pub unnumbered: bool,
}

/// Decide. A scheme counts when its numbers are those of the list, or, without a list, when they run
/// from 1 upwards in order of first mention.
pub fn decide(w: &Weights) -> Scheme {
    let share = |e: &Evidence| e.listed as f64 / w.entries.max(1) as f64;
    if w.entries == 0 {
        let runs = |e: &Evidence, least: usize, rising: f64| {
            // the first marker may be damaged; a start at 3 is an array, not a citation
            let starts = e.least == 1 || e.least == 2 && e.distinct >= 2 * least;
            starts && e.distinct >= least && e.covered >= 0.6 && e.rising >= rising
        };
        let most = w.bracket.distinct.max(w.superscript.distinct);
        let by_author = match w.unnumbered {
            true => w.author_listed >= 3 && w.author_listed * 10 >= w.all * 3 && w.author_years > most,
            false => w.author_years > most && w.author_years >= LISTLESS_AUTHORS,
        };
        return if by_author {
            Scheme::AuthorYear
        } else if runs(&w.bracket, LISTLESS, 0.7) {
            Scheme::Bracket
        } else if runs(&w.superscript, 6, 0.85) {
            Scheme::Superscript
        } else {
            Scheme::Unknown
        };
    }
    let bracket = &w.bracket;
    // a numbered list may serve citations by author and year, too
    let numbers = bracket.listed.max(w.superscript.listed).max(w.round.listed).max(w.glued.listed);
    if w.author_listed >= 5 && w.author_listed * 2 >= w.all && w.author_listed > numbers * 2 {
        return Scheme::AuthorYear;
    }
    let listed = bracket.listed * 2 >= bracket.distinct;
    if w.footnote.listed >= 2 && w.footnote.listed >= bracket.listed {
        return Scheme::Footnote;
    }
    if bracket.listed >= 2 && listed && share(bracket) >= 0.5
        || bracket.listed >= 3 && share(bracket) >= 0.3 && listed
    {
        return Scheme::Bracket;
    }
    // Loose forms must explain most of the list, and in its order: round brackets also number items
    let fits = |e: &Evidence, least: f64| e.listed >= 5 && share(e) >= least && e.rising >= 0.7;
    let best = [
        (&w.superscript, 0.6, Scheme::Superscript),
        (&w.round, 0.7, Scheme::Round),
        (&w.glued, 0.6, Scheme::Glued),
    ]
    .into_iter()
    .filter(|(e, least, _)| fits(e, *least))
    .max_by_key(|(e, _, _)| e.listed);
    let union = share(bracket) + share(&w.superscript) + share(&w.round);
    match best {
        Some((_, _, scheme)) if bracket.listed < 3 => scheme,
        Some(_) => Scheme::Mixed,
        None if w.author_years >= 5 => Scheme::AuthorYear,
        None if bracket.listed >= 2 && listed => Scheme::Bracket,
        None if union >= 0.5 => Scheme::Mixed,
        None => Scheme::Unknown,
    }
}

/// True when the markers of a scheme are nearly all of the list's numbers and nearly nothing else.
pub fn certain(scheme: Scheme, w: &Weights) -> bool {
    let evidence = match scheme {
        Scheme::Bracket | Scheme::Footnote => return true,
        Scheme::Superscript => &w.superscript,
        Scheme::Round => &w.round,
        // a number glued to a word may be part of a name: IL6
        _ => return false,
    };
    let (listed, entries, distinct) = (evidence.listed, w.entries, evidence.distinct);
    entries >= 6 && listed * 10 >= entries * 9 && listed * 20 >= distinct * 17 && evidence.rising >= 0.85
}

#[cfg(test)]
mod tests {
    use super::super::scan::scan;
    use super::*;

    fn weights(text: &str, entries: u32) -> Weights {
        let bracket = weigh(scan(text, false).iter(), |n| n <= entries);
        Weights { bracket, entries: entries as usize, ..Weights::default() }
    }

    #[test]
    fn brackets_make_a_scheme_only_in_order_or_with_a_list() {
        assert_eq!(decide(&weights("甲[1]乙[2,3]丙[4-9]", 0)), Scheme::Bracket);
        assert_eq!(decide(&weights("shape [2, 3] and [3, 4] or [7]", 0)), Scheme::Unknown);
        assert_eq!(decide(&weights("a[7] b[3] c[1] d[2]", 0)), Scheme::Unknown);
        assert_eq!(decide(&weights("a[7] b[3] c[1] d[2]", 8)), Scheme::Bracket);
        assert_eq!(decide(&weights("a [1]", 12)), Scheme::Unknown);
    }
}
