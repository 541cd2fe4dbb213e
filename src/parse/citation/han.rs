//! Chinese names before a year: where they begin in text that sets no spaces.

use super::tables::Tables;
use crate::document::{Span, is_han};
use crate::parse::metadata::{self, pinyin};

/// Where the name of a Han piece begins, and whether it is a person's.
pub(super) fn piece(text: &str, first: bool, people: &metadata::Tables) -> (usize, bool) {
    const LEADS: [&str; 20] = [
        "转引自",
        "改编自",
        "引自",
        "源自",
        "来自",
        "参考自",
        "参见",
        "参考",
        "详见",
        "例如",
        "资料来源",
        "来源",
        "根据",
        "依据",
        "如",
        "见",
        "据",
        "参",
        "由",
        "自",
    ];
    let mut start = 0;
    if first {
        for lead in LEADS {
            if let Some(rest) = text.strip_prefix(lead) {
                let rest = rest.trim_start_matches(super::names::blank);
                if person(rest, people) || !person(text, people) {
                    start = text.len() - rest.len();
                }
                break;
            }
        }
    }
    (start, person(&text[start..], people))
}

/// A Chinese name of an institution: Han characters that end with what institutions are called.
pub(super) fn institution(text: &str) -> bool {
    const ENDS: [&str; 24] = [
        "会",
        "部",
        "局",
        "院",
        "所",
        "署",
        "厅",
        "委",
        "组",
        "中心",
        "大学",
        "公司",
        "组织",
        "协会",
        "联盟",
        "社",
        "网",
        "办公室",
        "政府",
        "机构",
        "集团",
        "团队",
        "国务院",
        "工作组",
    ];
    text.chars().count() >= 3
        && text.chars().all(|c| is_han(c) || c.is_whitespace() || c == '·')
        && ENDS.iter().any(|end| text.ends_with(end))
}

fn person(text: &str, people: &metadata::Tables) -> bool {
    let name: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    name.chars().all(is_han) && pinyin::is_name(&name, people)
}

/// A Chinese name at the end of running text: one the list knows, or a surname with one or two more
/// characters behind a boundary.
pub(super) fn running(
    text: &str,
    marked: bool,
    tables: &Tables,
    people: &metadata::Tables,
    knows: &dyn Fn(&str) -> bool,
) -> Option<Span> {
    let run: usize = text.chars().rev().take(5).take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    let run = &text[text.len() - run..];
    let chars: Vec<char> = run.chars().collect();
    let suffix = |length: usize| -> Option<String> {
        chars.len().checked_sub(length).map(|start| chars[start..].iter().collect())
    };
    let span = |name: &str| Span::new(text.len() - name.len(), text.len());
    for name in [4, 3, 2].into_iter().filter_map(suffix) {
        if knows(&name) {
            return Some(span(&name));
        }
    }
    if !marked {
        return None;
    }
    for length in [3, 2, 4] {
        let Some(name) = suffix(length) else { continue };
        if !pinyin::is_name(&name, people) || name.chars().last().is_some_and(|c| tables.things.contains(&c))
        {
            continue;
        }
        let before = match chars.len().checked_sub(length + 1) {
            Some(at) => Some(chars[at]),
            None => text[..text.len() - name.len()].chars().next_back(),
        };
        let bounded = before.is_none_or(|c| {
            if is_han(c) {
                tables.before.contains(&c) || matches!(c, '和' | '与' | '及')
            } else {
                !c.is_alphanumeric()
            }
        });
        if bounded {
            return Some(span(&name));
        }
    }
    None
}
