//! Captions of figures and tables, and the notes under them.

use super::furniture::Role;
use super::prepared::{Break, Hint, Prepared};
use super::shape::{ends_open, ends_sentence, is_opener};
use crate::document::is_han;

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
pub(super) fn mark(prepared: &Prepared, roles: &mut [Role]) {
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
