//! Lists whose numbers came loose: extraction set some of them on lines of their own, above or below their entries.

use super::{Hint, Prepared, Role};

/// Fewest numbers alone on their lines that make such a list.
const FEWEST: usize = 2;
/// Most lines looked at.
const LINES: usize = 600;

/// True when the list from `start` has numbers alone on their lines, with no entry under them.
pub(super) fn spread(prepared: &Prepared, roles: &[Role], start: usize) -> bool {
    let lines = (start..roles.len()).take(LINES).filter(|&at| roles[at] == Role::Text);
    let mut last = 0;
    let under = |at: usize| (at + 1..roles.len()).find(|&at| roles[at] == Role::Text);
    let adrift = |at: &usize| {
        let next = under(*at).and_then(|at| prepared.line(at).chars().next());
        next.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() || matches!(c, '[' | '('))
    };
    let rising = lines.filter_map(|at| lone(prepared, at).filter(|_| adrift(&at))).filter(|&number| {
        let next = number > last && number <= last + 60;
        last = if next { number } else { last };
        next
    });
    rising.take(FEWEST).count() == FEWEST
}

/// The number of a line that holds nothing else: `16.`.
pub(super) fn lone(prepared: &Prepared, index: usize) -> Option<u32> {
    let digits = prepared.line(index).strip_suffix('.')?;
    let plain = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let marked = matches!(prepared.lines[index].hint, Hint::Heading(_));
    digits.parse().ok().filter(|_| plain && !marked)
}

/// True when the next line of text opens an entry.
pub(super) fn opens_next(prepared: &Prepared, roles: &[Role], index: usize) -> bool {
    let next = (index + 1..roles.len()).find(|&at| roles[at] == Role::Text);
    next.is_some_and(|at| opens(prepared.line(at)))
}

/// True when an author begins a line: `O’Hara, P.W.;`, `van Dijk, J.`, `Smith AB,`.
pub(super) fn opens(text: &str) -> bool {
    let head: String = text.chars().take(60).collect();
    if let Some(at) = head.find(", ") {
        let (family, rest) = (&head[..at], &head.as_bytes()[at + 2..]);
        let initial =
            rest.first().is_some_and(u8::is_ascii_uppercase) && matches!(rest.get(1), Some(b'.' | b'-'));
        if initial && is_name(family) {
            return true;
        }
    }
    let Some(at) = head.find([',', '.']) else { return false };
    let initials = head[..at].rsplit(' ').next().unwrap_or_default();
    let family = head[..at].strip_suffix(initials).unwrap_or_default().trim_end();
    (1..=3).contains(&initials.len())
        && initials.bytes().all(|b| b.is_ascii_uppercase())
        && head[at..].starts_with(", ")
        && is_name(family)
}

/// One to four words in letters, the last with a capital.
fn is_name(text: &str) -> bool {
    let letters = |c: char| c.is_alphabetic() || matches!(c, '-' | '’' | '\'' | ' ' | '–');
    let words = text.split(' ').count();
    let capital = |word: &str| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
    text.len() >= 2 && text.chars().all(letters) && words <= 4 && text.rsplit(' ').next().is_some_and(capital)
}
