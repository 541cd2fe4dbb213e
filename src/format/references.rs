//! Where reference lists begin and end, and where their entries start, as far as lines tell.

mod loose;
mod starts;

use starts::{EntryNumber, has_year, starts_with_name};
pub(super) use starts::{footnote_label, looks_like_entry, number};

use super::furniture::Role;
use super::prepared::{Break, Hint, Line, Prepared};
use super::shape::{ends_open, ends_sentence};
use super::{headings, labels};
use crate::document::is_han;

/// What a line is to a reference list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// Not in a list.
    Outside,
    /// The heading of a list.
    Heading,
    /// An entry begins.
    Start,
    /// An entry goes on.
    More,
    /// A number alone on its line, away from its entry, or a heading inside the list.
    Number,
}

/// Names of reference lists, spaces taken out, lower case.
const NAMES: [&str; 18] = [
    "参考文献",
    "主要参考文献",
    "参考资料",
    "引用文献",
    "参考书目",
    "文献",
    "参考文献references",
    "参考文献reference",
    "references",
    "reference",
    "literaturecited",
    "literature",
    "bibliography",
    "workscited",
    "referencesandnotes",
    "notesandreferences",
    "referencescited",
    "listofreferences",
];

/// True for the heading of a reference list, in any dress: `4 参考文献 References`, `参 考 文 献：`, `## References`.
pub(super) fn is_heading(text: &str) -> bool {
    // every printed line is asked: one look for a character that all Chinese names have, or the length
    let possible =
        text.contains(['献', '料', '目']) || text.len() <= 48 && text.contains(['e', 'E', 'b', 'B']);
    if text.len() > 90 || !possible {
        return false;
    }
    let mut name = String::with_capacity(text.len());
    for c in text.chars() {
        let dress = c.is_whitespace()
            || matches!(
                c,
                '*' | '_'
                    | '#'
                    | '['
                    | ']'
                    | '【'
                    | '】'
                    | ':'
                    | '：'
                    | '.'
                    | '．'
                    | '('
                    | ')'
                    | '（'
                    | '）'
                    | '／'
                    | '/'
                    | '、'
                    | '■'
                    | '●'
                    | '〔'
                    | '〕'
                    | '［'
                    | '］'
                    | '-'
                    | '—'
            );
        let lead = c.is_ascii_digit() && name.is_empty();
        if !dress && !lead {
            name.extend(c.to_lowercase());
        }
    }
    NAMES.contains(&name.as_str())
        || name.chars().next().is_some_and(|c| "一二三四五六七八九十".contains(c))
            && name.get(3..).is_some_and(|rest| NAMES.contains(&rest))
}

/// Parts lines on which the heading of a list and its first entry ran together: `参考文献：[1] 王某. …`.
pub(super) fn part_headings(prepared: &mut Prepared) {
    let mut at = 0;
    while at < prepared.lines.len() {
        let line = &prepared.lines[at];
        let text = &prepared.text[line.range.clone()];
        let cut = text.char_indices().take(28).find_map(|(cut, c)| {
            let opens = matches!(c, '[' | '［' | '【' | '〔') && cut > 0;
            if !opens || text.starts_with(char::is_lowercase) || !is_heading(&text[..cut]) {
                return None;
            }
            // `Reference [1] in Chapter 5` is a sentence
            let first = number(&text[cut..]).filter(|n| n.value == 1)?;
            let entry = text[cut + first.len..].trim_start();
            entry.starts_with(|c: char| c.is_uppercase() || is_han(c)).then_some(cut)
        });
        if let Some(cut) = cut.filter(|_| line.hint == Hint::None) {
            let (range, brk) = (line.range.clone(), line.brk);
            let head = Line::measure(&prepared.text, range.start..range.start + cut, brk, Hint::None);
            let rest = Line::measure(&prepared.text, range.start + cut..range.end, Break::Line, Hint::None);
            prepared.lines.splice(at..=at, head.into_iter().chain(rest));
            at += 1;
        }
        at += 1;
    }
}

/// Say of every line what it is to a reference list.
pub(super) fn mark(prepared: &Prepared, roles: &[Role]) -> Vec<Entry> {
    let mut entries = vec![Entry::Outside; roles.len()];
    let mut index = 0;
    let mut found = false;
    while index < roles.len() {
        let line = &prepared.lines[index];
        let marked = matches!(line.hint, Hint::Heading(_));
        let candidate =
            roles[index] == Role::Text && line.brk != Break::Soft && is_heading(prepared.line(index));
        if candidate && (marked || followed_by_entries(prepared, roles, index)) {
            entries[index] = Entry::Heading;
            found = true;
            index = list(prepared, roles, &mut entries, index + 1, 0);
        } else {
            index += 1;
        }
    }
    if !found {
        without_heading(prepared, roles, &mut entries);
    }
    entries
}

/// True when an entry stands in the next few lines.
fn followed_by_entries(prepared: &Prepared, roles: &[Role], heading: usize) -> bool {
    let next: Vec<usize> =
        (heading + 1..roles.len()).filter(|&at| roles[at] != Role::Furniture).take(12).collect();
    next.iter().take(3).any(|&at| number(prepared.line(at)).is_some())
        || next.iter().any(|&at| looks_like_entry(prepared.line(at)) || has_year(prepared.line(at)))
        || next.is_empty()
}

/// Mark one list from `start`, where the number after `before` is due; returns the line after it.
fn list(prepared: &Prepared, roles: &[Role], entries: &mut [Entry], start: usize, before: u32) -> usize {
    let numbered = numbering(prepared, roles, start);
    let loose = numbered == Some(false) && loose::spread(prepared, roles, start);
    let mut last = before;
    let mut open: Option<usize> = None;
    let mut foreign = 0usize;
    let mut since = start;
    let mut index = start;
    while index < roles.len() {
        if roles[index] != Role::Text && roles[index] != Role::Footnote {
            index += 1;
            continue;
        }
        let text = prepared.line(index);
        let line = &prepared.lines[index];
        let lone = if loose { loose::lone(prepared, index) } else { None };
        let own = |n| n == last + 1 && loose::opens_next(prepared, roles, index);
        if lone.is_some_and(|n| !own(n)) {
            entries[index] = Entry::Number;
            index += 1;
            continue;
        }
        if leaves(prepared, index, open) {
            break;
        }
        if open.is_some_and(|at| closes(prepared, at)) && line.brk != Break::Soft && is_heading(text) {
            // the list of the next chapter: what stands since the last entry is that chapter's text
            let end = end_of_entry(prepared, since.saturating_sub(1), index);
            for entry in &mut entries[end.min(index)..index] {
                *entry = Entry::Outside;
            }
            break;
        }
        if matches!(line.hint, Hint::Heading(_)) && open.is_some() {
            // a page head, or the heading of a part of the list: it belongs to no entry
            entries[index] = Entry::Number;
            index += 1;
            continue;
        }
        let begins = match numbered {
            Some(bracketed) => number(text).is_some_and(|n| {
                let step = if n.bracketed { 30 } else { 3 };
                let next = n.value > last && n.value <= last + step || n.value == 1 && last == 0;
                let closed = open.is_none_or(|at| closes(prepared, at));
                // a bracketed number may be out of order: that is for a rule to say
                let own = n.bracketed && (next || closed);
                own || !n.bracketed && !bracketed && next && (line.hint != Hint::None || closed)
            }),
            None => starts_unnumbered(prepared, index, open),
        };
        let unlabelled = loose && !begins && open.is_none_or(|at| closes(prepared, at)) && loose::opens(text);
        let begins = begins || unlabelled;
        if begins {
            last = number(text).map_or(last + u32::from(unlabelled), |n| n.value);
            entries[index] = Entry::Start;
            foreign = 0;
            since = index + 1;
        } else if open.is_none() {
            entries[index] = Entry::Start;
        } else {
            entries[index] = Entry::More;
            // a list that does not go on for long is over: the lines since its last entry are text again
            foreign += usize::try_from(line.width).unwrap_or(usize::MAX);
            let over = foreign > 900 && line.brk != Break::Soft;
            if let Some(bracketed) = numbered.filter(|_| over && foreign < 6_000)
                && goes_on(prepared, roles, index, last, bracketed)
            {
                open = Some(index);
                index += 1;
                continue;
            }
            if numbered.is_some() && over {
                let end = end_of_entry(prepared, since.saturating_sub(1), index);
                for entry in &mut entries[end..=index] {
                    *entry = Entry::Outside;
                }
                return end;
            }
        }
        open = Some(index);
        index += 1;
    }
    index
}

/// True when the list's next number follows within 40 lines: an entry was long, or several lost their numbers.
fn goes_on(prepared: &Prepared, roles: &[Role], index: usize, last: u32, bracketed: bool) -> bool {
    (index + 1..roles.len().min(index + 40)).any(|at| {
        let next = number(prepared.line(at)).filter(|_| matches!(roles[at], Role::Text | Role::Footnote));
        next.is_some_and(|n| {
            let step = if bracketed { 12 } else { 3 };
            let due = n.value > last && n.value <= last + step && n.bracketed == bracketed;
            due && (bracketed || looks_like_entry(prepared.line(at)))
        })
    })
}

/// The first line after an entry's last: after the first line that ends it.
fn end_of_entry(prepared: &Prepared, start: usize, limit: usize) -> usize {
    (start..limit).find(|&at| closes(prepared, at)).map_or(limit, |at| at + 1).max(start + 1)
}

/// Whether the list's entries are numbered, and in brackets: by its first lines.
fn numbering(prepared: &Prepared, roles: &[Role], start: usize) -> Option<bool> {
    let lines =
        || (start..roles.len()).filter(|&at| matches!(roles[at], Role::Text | Role::Footnote)).take(24);
    let numbers: Vec<EntryNumber> = lines().filter_map(|at| number(prepared.line(at))).collect();
    // an issue or a page at the start of a printed line (`1): 21-30.`) numbers nothing
    let opened = lines().next().is_some_and(|at| number(prepared.line(at)).is_some());
    if !opened && numbers.len() * 8 <= lines().count() {
        return None;
    }
    let bracketed = numbers.iter().filter(|n| n.bracketed).count();
    if bracketed >= 1 && bracketed * 2 >= numbers.len() {
        return Some(true);
    }
    let rising = numbers.windows(2).filter(|pair| pair[1].value == pair[0].value + 1).count();
    (rising >= 1 || numbers.len() == 1 && numbers[0].value == 1).then_some(false)
}

/// True when a line may end an entry.
fn closes(prepared: &Prepared, index: usize) -> bool {
    let text = prepared.line(index);
    let Some(last) = text.chars().next_back() else { return true };
    ends_sentence(text) || last.is_ascii_digit() || matches!(last, ']' | '］' | ')' | '）' | '>')
}

/// Without numbers an entry begins after a line that may end one, with a name.
fn starts_unnumbered(prepared: &Prepared, index: usize, open: Option<usize>) -> bool {
    let line = &prepared.lines[index];
    if matches!(line.hint, Hint::Item(_) | Hint::Footnote) || line.brk >= Break::Block {
        return true;
    }
    let Some(before) = open else { return true };
    if line.brk == Break::Soft {
        return false;
    }
    let text = prepared.line(index);
    if ends_open(prepared.line(before)) || !closes(prepared, before) {
        return line.brk >= Break::Blank && starts_with_name(text);
    }
    line.brk >= Break::Blank || starts_with_name(text)
}

/// True when a line cannot belong to a list: a section after it begins.
fn leaves(prepared: &Prepared, index: usize, open: Option<usize>) -> bool {
    let line = &prepared.lines[index];
    if line.brk == Break::Soft {
        return false;
    }
    let text = prepared.line(index);
    if matches!(line.hint, Hint::Heading(_)) {
        // a sub-heading of the list (a year, a language) stays
        let section = text.starts_with('第') && headings::number(text).is_some() || headings::is_named(text);
        let part = line.width < 24 && line.letters + line.han < 6 && !section;
        return !part && (open.is_some() || !is_heading(text));
    }
    if open.is_some_and(|at| ends_open(prepared.line(at))) {
        return false;
    }
    if let Some(label) = labels::find(text) {
        let long = label.alone || label.strong && line.width > label.len as u32 + 12;
        return long
            && label.topic != labels::Topic::Part
            && !text.starts_with("DOI")
            && !text.starts_with("doi");
    }
    if is_appendix(text, line.width) {
        return true;
    }
    // the next chapter of a book
    if line.width < 60 && text.starts_with('第') && headings::number(text).is_some() {
        return true;
    }
    if text.starts_with("(责任编辑") || text.starts_with("（责任编辑") || text.starts_with("[责任编辑")
    {
        return true;
    }
    headings::is_named(text) && line.brk >= Break::Line
}

fn is_appendix(text: &str, width: u32) -> bool {
    width < 60
        && (text.starts_with("附录")
            || text.starts_with("附件")
            || text.starts_with("Appendix ")
            || text.starts_with("APPENDIX"))
}

/// A list without a heading, in the last two thirds: at least five entry-shaped lines numbered upward
/// from the beginning, or eight with gaps between their numbers.
fn without_heading(prepared: &Prepared, roles: &[Role], entries: &mut [Entry]) {
    let from = roles.len() / 3;
    let mut best: Option<usize> = None;
    // first line, first number, last number, count
    let mut run: Option<(usize, u32, u32, u32)> = None;
    for index in from..roles.len() {
        if !matches!(roles[index], Role::Text | Role::Footnote) {
            continue;
        }
        let Some(n) = number(prepared.line(index)).filter(|n| n.len < 12) else { continue };
        let shaped = looks_like_entry(prepared.line(index))
            || (1..3).any(|k| {
                index + k < roles.len()
                    && number(prepared.line(index + k)).is_none()
                    && looks_like_entry(prepared.line(index + k))
            });
        run = match run {
            Some((first, start, last, count)) if n.value > last && n.value <= last + 2 && shaped => {
                // a list whose beginning is lost must be longer to count
                let enough = if start <= 2 { 5 } else { 8 };
                if count + 1 >= enough && best.is_none() {
                    best = Some(first);
                }
                Some((first, start, n.value, count + 1))
            }
            _ if shaped && n.value <= 2 => Some((index, n.value, n.value, 1)),
            Some((_, _, _, count)) if shaped && count < 3 => Some((index, n.value, n.value, 1)),
            None if shaped => Some((index, n.value, n.value, 1)),
            other => other,
        };
    }
    if let Some(mut first) = best {
        // the beginning may stand before the last two thirds of a short text
        while let Some(value) = number(prepared.line(first)).map(|n| n.value).filter(|value| *value > 1) {
            let before = (0..first).rev().find(|&at| matches!(roles[at], Role::Text | Role::Footnote));
            let due = |at: &usize| {
                let text = prepared.line(*at);
                number(text).is_some_and(|n| n.value + 1 == value) && looks_like_entry(text)
            };
            let Some(at) = before.filter(due) else { break };
            first = at;
        }
        // the numbers before the first entry that was found may be lost
        let before = number(prepared.line(first)).map_or(0, |n| n.value.saturating_sub(1));
        list(prepared, roles, entries, first, before);
    }
}

#[cfg(test)]
mod tests;
