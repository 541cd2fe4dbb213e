//! Author lines whose names run into the affiliation: `王雨，李明，赵磊岚港大学医学院`, as texts made from PDF
//! have them. Look-ahead: the head of the block, at most 600 bytes.

use super::affiliation;
use super::people::{any_digit, is_chinese_name};
use super::scan;
use super::tables::Tables;
use crate::document::is_han;

/// Beginnings of institutions' names that no province's or town's name is.
const LEADS: &[&str] = &[
    "中国",
    "国家",
    "解放军",
    "中央",
    "首都",
    "华东",
    "华南",
    "华中",
    "华北",
    "西北",
    "西南",
    "东北",
    "东南",
    "中南",
    "南方",
    "北方",
    "第一",
    "第二",
    "第三",
    "第四",
    "空军",
    "海军",
    "陆军",
    "火箭军",
    "武警",
    "清华",
    "复旦",
    "同济",
    "暨南",
    "川北",
    "皖南",
    "附属",
    "大学",
    "医院",
];

/// Where the names end and the affiliation begins. `None` unless two complete names and then an institution
/// stand there, and the cut is the only one possible.
pub(super) fn names_end(text: &str, tables: &Tables) -> Option<usize> {
    let head = scan::after(text, 0, 600);
    let mut names = 0;
    let mut from = 0;
    while let Some(start) = head[from..].find(is_han).map(|at| from + at) {
        let between = &head[from..start];
        if names > 0 && between.contains(['。', ':', '：', '(', '（', '；', ';']) {
            return None;
        }
        let end = head[start..].find(|c| !is_han(c)).map_or(head.len(), |at| start + at);
        let run = &head[start..end];
        from = end;
        if is_place(run, tables) {
            return None;
        }
        if is_chinese_name(run, tables) && !leads(run, tables) {
            names += 1;
            continue;
        }
        let rest = scan::after(text, start, 1_500);
        if names + usize::from(!leads(run, tables)) < 2 || !affiliation::looks_like(rest) {
            return None;
        }
        if leads(run, tables) {
            return Some(own_number(head, start));
        }
        // the last name and the institution are one run
        let mut cuts = run
            .char_indices()
            .map(|(at, _)| at)
            .skip(2)
            .take(3)
            .filter(|at| is_chinese_name(&run[..*at], tables) && leads(&run[*at..], tables));
        return match (cuts.next(), cuts.next()) {
            (Some(cut), None) => Some(start + cut),
            _ => None,
        };
    }
    None
}

/// A digit before the institution is its own when marks of the last name stand before it: `赵磊2*1岚港大学`.
fn own_number(text: &str, start: usize) -> usize {
    let mut before = text[..start].char_indices().rev();
    match (before.next(), before.next()) {
        (Some((at, digit)), Some((_, mark)))
            if any_digit(digit).is_some() && matches!(mark, '*' | '＊' | '#' | '△' | ' ') =>
        {
            at
        }
        _ => start,
    }
}

fn leads(run: &str, tables: &Tables) -> bool {
    let province = |name: &String| run.starts_with(name.as_str()) && run.len() > name.len();
    LEADS.iter().any(|lead| run.starts_with(lead))
        || tables.provinces.iter().flat_map(|(names, _)| names).any(province)
}

/// True for a town or province alone.
fn is_place(run: &str, tables: &Tables) -> bool {
    let bare = run.trim_end_matches(['省', '市']);
    tables.provinces.iter().flat_map(|(names, _)| names).any(|name| name == bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Option<&str> {
        let tables = Tables::load(&[]).ok()?;
        names_end(text, &tables).map(|at| &text[at..])
    }

    #[test]
    fn names_end_where_an_institution_begins() {
        assert_eq!(
            cut("王雨，李明明,赵磊南方医科大学口腔科,广东广州510515"),
            Some("南方医科大学口腔科,广东广州510515")
        );
        assert_eq!(cut("王雨 李明*赵小磊武汉大学统计学院"), Some("武汉大学统计学院"));
        assert_eq!(cut("欧阳雨1，李明1，赵磊2*1南京大学理学院"), Some("1南京大学理学院"));
    }

    #[test]
    fn places_and_single_names_are_no_lists() {
        assert_eq!(cut("江苏，南京，东南大学医学院"), None);
        assert_eq!(cut("南京大学医学院，江苏 南京 210000"), None);
        assert_eq!(cut("岚港大学医学院，赵磊"), None);
        assert_eq!(cut("王雨，李明，赵磊"), None);
    }
}
