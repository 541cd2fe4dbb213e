//! Lines that are no running text: page heads, page numbers, captions.

use super::prepared::{Break, Hint, Prepared};
use super::shape::ends_sentence;
use super::{captions, people};
use crate::document::BlockKind;
use std::collections::HashMap;

/// What a line is, before blocks are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Running text, headings, lists, references.
    Text,
    /// A page head, a page number.
    Furniture,
    /// First line of a caption.
    Caption,
    /// A further line of the caption before.
    CaptionMore,
    /// A table row.
    Table,
    /// Code.
    Code,
    /// First line of a footnote.
    Footnote,
}

/// Longest page head, in columns.
const HEAD: u32 = 130;

/// Say what each line is, and where columns side by side begin.
pub(super) fn roles(prepared: &Prepared) -> (Vec<Role>, Option<usize>) {
    let mut roles: Vec<Role> = prepared
        .lines
        .iter()
        .map(|line| match line.hint {
            Hint::Table => Role::Table,
            Hint::Code => Role::Code,
            Hint::Footnote => Role::Footnote,
            _ => Role::Text,
        })
        .collect();
    for (index, role) in roles.iter_mut().enumerate() {
        if *role == Role::Text && is_contents(prepared.line(index)) {
            *role = Role::Furniture;
        }
    }
    repeated(prepared, &mut roles);
    foreign(prepared, &mut roles);
    let columns = super::columns::mark(prepared, &mut roles);
    for (index, role) in roles.iter_mut().enumerate() {
        if *role == Role::Text
            && !is_place_number(prepared, index)
            && (is_page_number(prepared, index) || is_page_head(prepared, index))
        {
            *role = Role::Furniture;
        }
    }
    captions::mark(prepared, &mut roles);
    tables(prepared, &mut roles);
    (roles, columns)
}

/// A line of a table of contents: dot leaders, then a page number.
fn is_contents(text: &str) -> bool {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '-');
    rest.len() < text.len()
        && (rest.ends_with("....")
            || rest.ends_with("……")
            || rest.ends_with(". . .")
            || rest.ends_with("····"))
}

/// Lines that come again with other digits at most: running titles.
fn repeated(prepared: &Prepared, roles: &mut [Role]) {
    let mut seen: HashMap<String, Vec<usize>> = HashMap::new();
    let mut key = String::new();
    for (index, line) in prepared.lines.iter().enumerate() {
        let quiet = line.hint == Hint::None && line.brk != Break::Soft;
        if roles[index] != Role::Text || !quiet || line.width > HEAD || line.width < 6 {
            continue;
        }
        let text = prepared.line(index);
        if super::headings::number(text).is_some_and(|n| n.skip > n.len) && line.digits < 3 {
            // a heading, once more in the table of contents
            continue;
        }
        if ends_sentence(text) && !text.ends_with("al.")
            || text.starts_with(['[', '［', '【', '-', '*'])
            || line.letters + line.han < 4
        {
            continue;
        }
        key.clear();
        for c in text.chars() {
            if c.is_alphabetic() {
                key.extend(c.to_lowercase());
            }
        }
        match seen.get_mut(&key) {
            Some(places) => places.push(index),
            None => {
                seen.insert(key.clone(), vec![index]);
            }
        }
    }
    for places in seen.values() {
        // `Page 3 of 16` under it each time: a page head, wherever it fell
        let numbered = places.iter().filter(|&&at| beside_page(prepared, at)).count();
        if numbered >= 2 && numbered * 2 >= places.len() {
            for &at in places {
                roles[at] = Role::Furniture;
            }
            continue;
        }
        let near = places.windows(2).filter(|pair| pair[1] - pair[0] <= 12).count();
        let far = near == 0 || places.len() >= 4 && near * 4 <= places.len();
        // two lines alike may be two rows of a table: then digits must tell pages apart
        let other = places.windows(2).any(|pair| prepared.line(pair[0]) != prepared.line(pair[1]));
        let paged = other || places.iter().any(|&at| beside_number(prepared, at));
        let enough = if prepared.markdown || !paged { 3 } else { 2 };
        if places.len() < enough || !far {
            continue;
        }
        // a page head stands inside the text: at least half the time the line before it is left open
        let inside = places.iter().filter(|&&at| stands_inside(prepared, at)).count();
        if inside * 2 >= places.len() || places.len() >= 4 && inside > 0 && !prepared.markdown {
            for &at in places {
                roles[at] = Role::Furniture;
            }
        }
    }
}

/// True when a page number in words stands on the line before or after.
fn beside_page(prepared: &Prepared, index: usize) -> bool {
    let page = |at: usize| prepared.lines.get(at).is_some() && is_worded_page(prepared.line(at));
    page(index + 1) || index > 0 && page(index - 1)
}

/// `Page 3 of 16`, `3 of 16`, `第 3 页`.
fn is_worded_page(text: &str) -> bool {
    if text.len() > 24 {
        return false;
    }
    if let Some(rest) = text.strip_prefix('第').and_then(|rest| rest.split('页').next()) {
        return text.contains('页') && !rest.is_empty() && rest.trim().bytes().all(|b| b.is_ascii_digit());
    }
    let rest = text.strip_prefix("Page ").or_else(|| text.strip_prefix("page ")).unwrap_or(text);
    let number = |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    match rest.split_once(" of ") {
        Some((page, all)) => number(page) && number(all) && page.parse::<u32>().ok() <= all.parse().ok(),
        None => rest.len() < text.len() && number(rest),
    }
}

/// The tail of another article that a journal printed on this one's last page: `（上接第176页）`, then entries
/// whose numbers do not go on from this list's.
fn foreign(prepared: &Prepared, roles: &mut [Role]) {
    const ENTRIES: usize = 12;
    let mut index = 0;
    while index < roles.len() {
        if roles[index] != Role::Text || !is_continued(prepared, index) {
            index += 1;
            continue;
        }
        let entry = |at: usize| {
            let text = prepared.line(at);
            let number = super::references::number(text).filter(|n| n.bracketed);
            number.filter(|_| super::references::looks_like_entry(text)).map(|n| n.value)
        };
        let before = (0..index).rev().take(ENTRIES).find_map(entry);
        let after = (index + 1..roles.len()).take(ENTRIES).find_map(entry);
        let ends = |at: &usize| {
            let marked = matches!(prepared.lines[*at].hint, Hint::Heading(_));
            marked || super::labels::find(prepared.line(*at)).is_some_and(|label| label.strong)
        };
        let end = (index + 1..roles.len()).find(ends).unwrap_or(roles.len());
        if let (Some(before), Some(after)) = (before, after)
            && after <= before
        {
            roles[index..end].fill(Role::Furniture);
        }
        index += 1;
    }
}

/// `（上接第176页）`, `(Continued from page 176)`.
fn is_continued(prepared: &Prepared, index: usize) -> bool {
    if prepared.lines[index].width > 44 {
        return false;
    }
    let text = prepared.line(index).trim_start_matches(['(', '（', '[', '【', ' ']);
    text.starts_with("上接") && text.contains('页')
        || text.starts_with("Continued from p")
        || text.starts_with("continued from p")
}

/// True when a bare number stands on the line before or after.
fn beside_number(prepared: &Prepared, index: usize) -> bool {
    let number = |at: usize| {
        prepared
            .lines
            .get(at)
            .is_some_and(|line| line.letters + line.han == 0 && (1..=5).contains(&line.digits))
    };
    number(index + 1) || index > 0 && number(index - 1)
}

/// True when the text before a line does not end a sentence and the text after does not begin one.
fn stands_inside(prepared: &Prepared, index: usize) -> bool {
    let before = index.checked_sub(1).map(|at| prepared.line(at)).unwrap_or_default();
    let after = prepared.lines.get(index + 1).map(|_| prepared.line(index + 1)).unwrap_or_default();
    let number = |text: &str| text.len() < 8 && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    number(before) || number(after) || !before.is_empty() && !ends_sentence(before)
}

/// A line of digits and dots: `159`, `·· 159`, `- 3 -`, `第 3 页`, `Page 1 of 12`.
fn is_page_number(prepared: &Prepared, index: usize) -> bool {
    let line = &prepared.lines[index];
    if line.width > 40 || line.hint != Hint::None || line.brk == Break::Soft {
        return false;
    }
    let text = prepared.line(index);
    if is_worded_page(text) {
        return true;
    }
    if let Some(rest) = text.strip_prefix("Page ").or_else(|| text.strip_prefix("page ")) {
        return rest.starts_with(|c: char| c.is_ascii_digit()) && line.letters <= 6;
    }
    if text.starts_with("(page number not for") {
        return true;
    }
    if text.starts_with('第') && text.ends_with('页') && line.han <= 5 {
        return line.digits > 0;
    }
    if line.letters + line.han > 0 || line.digits > 5 {
        return false;
    }
    let decorated = text.chars().all(|c| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '·' | '•' | '-' | '—' | '–' | '|' | '…' | '．' | '/')
    });
    if !decorated || line.digits == 0 {
        return !text.is_empty()
            && line.digits == 0
            && text.chars().all(|c| matches!(c, '·' | '•' | '—' | '–' | ' ' | '…' | '_'));
    }
    let plain = text.bytes().all(|b| b.is_ascii_digit());
    // `20-30` is a range
    if !plain
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(|c: char| c.is_ascii_digit())
    {
        return text.contains('/') && line.digits <= 4;
    }
    let before = index.checked_sub(1).map(|at| &prepared.lines[at]);
    let after = prepared.lines.get(index + 1);
    // a column of numbers is a table, not pages
    let lonely = before.is_none_or(|l| l.letters + l.han > 0) && after.is_none_or(|l| l.letters + l.han > 0);
    !plain || lonely && line.digits >= 2 || lonely && line.brk >= Break::Page
}

/// The number of an affiliation on a line of its own, before the affiliation.
fn is_place_number(prepared: &Prepared, index: usize) -> bool {
    /// Lines that hold the front of a paper.
    const FRONT: usize = 60;
    let number = prepared.line(index);
    index < FRONT
        && number.len() <= 2
        && number.bytes().all(|b| b.is_ascii_digit())
        && prepared.lines.get(index + 1).is_some_and(|next| {
            let text = prepared.line(index + 1);
            next.width < 200
                && next.brk <= Break::Blank
                && !people::own_mark(text)
                && people::affiliation(text) == Some(BlockKind::Affiliation)
        })
}

/// A line that names a journal's volume and number, without being a sentence or a reference.
fn is_page_head(prepared: &Prepared, index: usize) -> bool {
    let line = &prepared.lines[index];
    if line.hint != Hint::None
        || line.brk == Break::Soft
        || !(10..=HEAD).contains(&line.width)
        || line.digits == 0
    {
        return false;
    }
    let text = prepared.line(index);
    if text.starts_with(['[', '［', '【', '-', '(', '（']) || ends_sentence(text) && !text.ends_with('.') {
        return false;
    }
    let volume = text.contains("Vol.") && text.contains("No.")
        || text.contains('第') && text.contains('卷') && text.contains('期') && line.han < 40
        || text.contains("ISSN");
    let entry =
        text.contains("[J]") || text.contains("et al") || text.contains('等') || text.contains("文章编号");
    volume && !entry && !text.contains(['。', '，', '；']) && super::labels::find(text).is_none()
}

/// Rows that extraction left of a table: many short lines in a row, none of them a sentence.
fn tables(prepared: &Prepared, roles: &mut [Role]) {
    if prepared.markdown {
        return;
    }
    let mut widths: Vec<u32> =
        prepared.lines.iter().map(|line| line.width).filter(|&width| width >= 20).collect();
    widths.sort_unstable();
    let column = widths.get(widths.len() * 3 / 4).copied().unwrap_or(0).min(120);
    let cell = |at: usize| {
        let line = &prepared.lines[at];
        let text = prepared.line(at);
        line.width * 2 < column
            && !text.ends_with(['。', '；', '，', ',', '-', ';'])
            && !text.contains([':', '：'])
            && super::labels::find(text).is_none()
            && super::references::number(text).is_none_or(|n| !n.bracketed)
            && !super::references::is_heading(text)
    };
    let mut start = 0;
    while start < roles.len() {
        if roles[start] != Role::Text || !cell(start) {
            start += 1;
            continue;
        }
        let mut end = start;
        let (mut cells, mut figures) = (0usize, 0usize);
        while end < roles.len() && (roles[end] == Role::Furniture || roles[end] == Role::Text && cell(end)) {
            if roles[end] == Role::Text {
                cells += 1;
                figures += usize::from(prepared.lines[end].digits > 0);
            }
            end += 1;
        }
        let headed = start > 0 && matches!(roles[start - 1], Role::Caption | Role::CaptionMore);
        // the front of a paper has short lines too
        if cells >= if headed { 4 } else { 8 } && figures * 4 >= cells && start > 30 {
            for role in &mut roles[start..end] {
                if *role == Role::Text {
                    *role = Role::Table;
                }
            }
        }
        start = end.max(start + 1);
    }
}
