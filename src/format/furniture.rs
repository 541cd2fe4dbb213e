//! Lines that are no running text: page heads, page numbers, captions.

use super::prepared::{Break, Hint, Prepared};
use super::shape::{ends_open, ends_sentence, is_opener};
use crate::document::is_han;
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

/// Say what each line is.
pub(super) fn roles(prepared: &Prepared) -> Vec<Role> {
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
    repeated(prepared, &mut roles);
    for (index, role) in roles.iter_mut().enumerate() {
        if *role == Role::Text && (is_page_number(prepared, index) || is_page_head(prepared, index)) {
            *role = Role::Furniture;
        }
    }
    captions(prepared, &mut roles);
    roles
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
        if ends_sentence(text) || text.starts_with(['[', '［', '【', '-', '*']) || line.letters + line.han < 4
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
        let far = places.windows(2).all(|pair| pair[1] - pair[0] > 12);
        let enough = if prepared.markdown { 3 } else { 2 };
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
        c.is_ascii_digit() || matches!(c, '·' | '•' | '-' | '—' | '–' | '|' | ' ' | '…' | '．' | '/')
    });
    if !decorated || line.digits == 0 {
        return !text.is_empty()
            && line.digits == 0
            && text.chars().all(|c| matches!(c, '·' | '•' | '—' | '–' | ' ' | '…' | '_'));
    }
    let plain = text.bytes().all(|b| b.is_ascii_digit());
    let before = index.checked_sub(1).map(|at| &prepared.lines[at]);
    let after = prepared.lines.get(index + 1);
    // a column of numbers is a table, not pages
    let lonely = before.is_none_or(|l| l.letters + l.han > 0) && after.is_none_or(|l| l.letters + l.han > 0);
    !plain || lonely && line.digits >= 2 || lonely && line.brk >= Break::Page
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

/// The length of a caption's label (`图 1`, `Fig. 2`, `表3`), when the line is one.
pub(super) fn caption(text: &str) -> Option<usize> {
    const NAMES: [&str; 18] = [
        "图",
        "表",
        "附图",
        "附表",
        "Figure",
        "Fig.",
        "Fig",
        "FIGURE",
        "FIG.",
        "Table",
        "TABLE",
        "Tab.",
        "Tab",
        "Scheme",
        "Box",
        "Supplementary Figure",
        "Supplementary Table",
        "Extended Data Fig.",
    ];
    let rest = text.trim_start_matches(['*', '_', '#', ' ']);
    let lead = text.len() - rest.len();
    let name = NAMES.iter().filter(|name| rest.starts_with(**name)).max_by_key(|name| name.len())?;
    let after = &rest[name.len()..];
    let spaces = after.len() - after.trim_start().len();
    if spaces > 4 {
        return None;
    }
    let after = after.trim_start();
    let digits = after
        .chars()
        .take(6)
        .take_while(|c| c.is_ascii_digit() || matches!(c, 'S' | '.' | '-' | '–'))
        .count();
    if digits == 0 || !after.as_bytes()[..digits.min(after.len())].iter().any(u8::is_ascii_digit) {
        return None;
    }
    let digits: usize = after.chars().take(digits).map(char::len_utf8).sum();
    let used = lead + name.len() + spaces + digits;
    let tail = text[used..].trim_start_matches([
        '*', '_', ' ', '\u{3000}', '.', ':', '：', '|', '．', '\u{a0}', '\u{2002}', '\u{2003}',
    ]);
    let word: &str = tail.split([' ', ',']).next().unwrap_or_default();
    // “图1所示…”, “Fig. 2 shows …” go on with a sentence
    const VERBS: [&str; 26] = [
        "shows",
        "show",
        "showed",
        "illustrates",
        "presents",
        "depicts",
        "summarizes",
        "summarises",
        "lists",
        "gives",
        "and",
        "provides",
        "displays",
        "demonstrates",
        "is",
        "are",
        "was",
        "were",
        "describes",
        "reports",
        "indicates",
        "compares",
        "contains",
        "in",
        "to",
        "for",
    ];
    let verb = VERBS.contains(&word);
    const GOES_ON: [&str; 32] = [
        "所",
        "显示",
        "可",
        "给出",
        "为",
        "是",
        "的",
        "和",
        "与",
        "及",
        "、",
        "）",
        ")",
        "，",
        ",",
        "。",
        ";",
        "；",
        "]",
        "表明",
        "说明",
        "列",
        "展示",
        "描述",
        "概括",
        "汇总了",
        "总结了",
        "反映",
        "中可",
        "中的",
        "中，",
        "中列",
    ];
    let han = GOES_ON.iter().any(|start| tail.starts_with(start));
    let lower_paren = tail.starts_with(|c: char| c.is_ascii_lowercase())
        && text[used..].starts_with(|c: char| c.is_ascii_lowercase());
    let sentence = verb || han || lower_paren && tail.len() < 4;
    (!sentence).then_some(used)
}

/// Mark captions and the lines that belong to them.
fn captions(prepared: &Prepared, roles: &mut [Role]) {
    let mut index = 0;
    while index < roles.len() {
        let text = prepared.line(index);
        let line = &prepared.lines[index];
        let candidate =
            roles[index] == Role::Text && line.brk != Break::Soft && !matches!(line.hint, Hint::Item(_));
        let aside = index > 0 && matches!(roles[index - 1], Role::Caption | Role::CaptionMore | Role::Table);
        if candidate && aside && is_note(text) {
            roles[index] = Role::Caption;
            index += 1;
            continue;
        }
        if !candidate || caption(text).is_none() || continues_sentence(prepared, roles, index) {
            index += 1;
            continue;
        }
        roles[index] = Role::Caption;
        let mut last = index;
        index += 1;
        // a wide caption may wrap: one or two lines that stand close below it
        while index < roles.len() && index - last == 1 && last < roles.len() {
            let (before, here) = (&prepared.lines[last], &prepared.lines[index]);
            let close =
                here.brk == Break::Soft || here.brk == Break::Line && here.indent == 0 && before.width >= 60;
            let text = prepared.line(index);
            let open = !ends_sentence(prepared.line(last));
            let fits = here.brk == Break::Soft || open && here.width < before.width + 12;
            if roles[index] != Role::Text
                || here.hint != Hint::None
                || !close
                || !fits
                || caption(text).is_some()
            {
                break;
            }
            roles[index] = Role::CaptionMore;
            last = index;
            index += 1;
        }
    }
}

/// A note under a table or figure.
fn is_note(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '_', ' ', '△', '#']);
    ["注：", "注:", "Note:", "Notes:", "Note.", "Abbreviations:"].iter().any(|start| text.starts_with(start))
}

/// True when a line that begins like a caption goes on with the sentence before it (`…如` / `图2 …`).
fn continues_sentence(prepared: &Prepared, roles: &[Role], index: usize) -> bool {
    let Some(before) = (0..index).rev().take(3).find(|&at| roles[at] == Role::Text) else { return false };
    if index - before > 1 || prepared.lines[index].brk >= Break::Block {
        return false;
    }
    let text = prepared.line(before);
    let Some(last) = text.chars().next_back() else { return false };
    let pointer =
        matches!(last, '见' | '如' | '在' | '由' | '从' | '和' | '与' | '及' | '据') || is_opener(last);
    let words = ["in", "see", "and", "of", "to", "from", "(see", "(in", "by", "the"];
    let word = text.rsplit(' ').next().unwrap_or_default();
    pointer
        || words.contains(&word)
        || ends_open(text) && !is_han(last) && prepared.lines[index].width > 30 && text.ends_with(['（', '('])
}
