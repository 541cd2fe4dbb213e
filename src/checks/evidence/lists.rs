//! Announced counts against the list that follows: "三个方面：①…②…".

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{BlockKind, Span, Zone};
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::evidence::number::han_number;
use crate::rules::{Options, Scope};
use memchr::memmem;

/// The kind.
pub const KIND: Kind = Kind {
    name: "announced-count",
    scope: Scope::Document,
    fields: &["announced", "count", "listed"],
    variants: &[],
    build,
};

/// Most bytes between two neighbouring marks of one list.
const APART: usize = 1_500;
/// Most bytes between the announcement and the first mark.
const BEFORE: usize = 72;

/// First marks of lists; [`mark`] makes the others.
const FIRST: &[&str] =
    &["①", "（1）", "(1)", "（一）", "⑴", "一是", "其一", "第一，", "第一,", "1）", "1)", "(i)", "(a)"];

struct Announced;

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(Announced))
}

/// Words that follow the number of an announcement, longest first.
const NOUNS_ZH: &[&str] = &[
    "个主要方面",
    "个方面",
    "个阶段",
    "个步骤",
    "个部分",
    "个主要",
    "个特点",
    "个原因",
    "个要点",
    "个条件",
    "个机制",
    "个途径",
    "个层面",
    "个问题",
    "个时期",
    "个因素",
    "个过程",
    "个类型",
    "个亚型",
    "种类型",
    "种方式",
    "种机制",
    "种途径",
    "种方法",
    "种情况",
    "种类",
    "大类",
    "大特点",
    "大优势",
    "大要素",
    "种",
    "类",
    "点",
    "项",
    "条",
    "步",
    "方面",
];
const NUMBERS_EN: &[(&str, u32)] = &[
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
];
const NOUNS_EN: &[&str] = &[
    "aspects",
    "types",
    "stages",
    "steps",
    "ways",
    "mechanisms",
    "categories",
    "parts",
    "groups",
    "criteria",
    "reasons",
    "phases",
    "points",
    "methods",
    "factors",
    "classes",
    "pathways",
    "strategies",
    "features",
    "conditions",
];

impl Check for Announced {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.document.text();
        for first in FIRST {
            for at in memmem::find_iter(text.as_bytes(), first) {
                // (1) holds 1)
                if text[..at].ends_with(['(', '（'])
                    || text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
                {
                    continue;
                }
                let Some(block) = cx.document.block_at(at) else { continue };
                if !matches!(block.zone(), Zone::AbstractZh | Zone::AbstractEn | Zone::Body)
                    || block.kind == BlockKind::Heading
                {
                    continue;
                }
                let Some((span, announced)) = announcement(text, block.span.start, at) else { continue };
                let end = end_of_run(cx, block.span);
                let (listed, last) = marks(text, first, at, end);
                // a lone mark: the list goes on in another form
                let whole = listed >= 2 && ends_list(text, last, end, listed);
                if whole && listed != announced && listed <= 12 {
                    out.push(
                        cx.finding(span)
                            .confidence(Confidence::Medium)
                            .arg("announced", cx.slice(span))
                            .arg("count", announced)
                            .arg("listed", listed)
                            .related(cx.place(Span::new(last, last + first.len())), Vec::new()),
                    );
                }
            }
        }
    }
}

/// The end of the blocks of running text that follow without a heading.
fn end_of_run(cx: &Context<'_>, span: Span) -> usize {
    let blocks = cx.document.blocks();
    let from = blocks.partition_point(|block| block.span.start <= span.start);
    let run = blocks[from..].iter().take_while(|block| {
        matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Abstract)
    });
    run.last().map_or(span.end, |block| block.span.end)
}

/// `三个方面：` right before the first mark: its place and number.
fn announcement(text: &str, from: usize, at: usize) -> Option<(Span, u32)> {
    let mut start = from.max(at.saturating_sub(BEFORE));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let head = &text[start..at];
    let head_trimmed = head.trim_end_matches([' ', '\n']);
    // a stop, other than a colon, ends what is announced
    if !head_trimmed.ends_with(['：', ':']) {
        return None;
    }
    let sentence = head_trimmed.rfind(['。', '；', ';', '！']).map_or(0, |found| found + 3);
    let clause = head_trimmed.get(sentence..).unwrap_or(head_trimmed);
    let offset = start + (head_trimmed.len() - clause.len());
    let mut found = None;
    for (index, c) in clause.char_indices() {
        let rest = &clause[index..];
        let before = clause[..index].chars().next_back();
        if before.is_some_and(|c| "第0123456789.每另十".contains(c)) {
            continue;
        }
        let read = if c.is_ascii_digit() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            rest[..digits].parse().ok().map(|value: u32| (value, digits))
        } else {
            han_number(rest)
        };
        let Some((value, len)) = read.filter(|(value, _)| (2..=12).contains(value)) else { continue };
        let after = rest[len..].trim_start_matches(' ');
        if let Some(noun) = NOUNS_ZH.iter().find(|noun| after.starts_with(**noun)) {
            let end = offset + index + (rest.len() - after.len()) + noun.len();
            found = Some((Span::new(offset + index, end), value));
        } else if before == Some('有') && after.trim_end_matches(['：', ':']).is_empty() {
            // 原因有三：
            found = Some((Span::new(offset + index - '有'.len_utf8(), offset + index + len), value));
        }
    }
    found.or_else(|| english(clause, offset))
}

fn english(clause: &str, offset: usize) -> Option<(Span, u32)> {
    for (word, value) in NUMBERS_EN {
        for (at, _) in clause.match_indices(word) {
            let stands = !clause[..at].ends_with(|c: char| c.is_alphanumeric());
            let rest = &clause[at + word.len()..];
            let mut end = at + word.len();
            for next in rest.split(' ').take(4) {
                if stands && NOUNS_EN.contains(&next.trim_end_matches([':', ','])) {
                    let len = next.trim_end_matches([':', ',']).len();
                    return Some((Span::new(offset + at, offset + end + len), *value));
                }
                end += next.len() + 1;
            }
        }
    }
    None
}

fn mark(first: &str, n: u32) -> String {
    match first {
        "①" => char::from_u32('①' as u32 + n - 1).map_or_else(String::new, String::from),
        "⑴" => char::from_u32('⑴' as u32 + n - 1).map_or_else(String::new, String::from),
        "（1）" => format!("（{n}）"),
        "1）" => format!("{n}）"),
        "1)" => format!("{n})"),
        "(i)" => {
            const ROMAN: [&str; 12] =
                ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
            format!("({})", ROMAN.get(n as usize - 1).unwrap_or(&"?"))
        }
        "(a)" => char::from_u32('a' as u32 + n - 1).map_or_else(String::new, |c| format!("({c})")),
        "（一）" | "一是" | "其一" | "第一，" | "第一," => {
            const HAN: [&str; 12] =
                ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
            first.replace('一', HAN.get(n as usize - 1).unwrap_or(&"?"))
        }
        _ => format!("({n})"),
    }
}

/// How many marks follow each other, and where the last stands.
fn marks(text: &str, first: &str, at: usize, end: usize) -> (u32, usize) {
    let mut last = at;
    let mut count = 1;
    while count < 12 {
        let from = last + first.len();
        let mut to = (from + APART).min(end);
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        let Some(window) = text.get(from..to) else { break };
        let again = window.find(first).unwrap_or(window.len());
        let Some(next) = window.find(&mark(first, count + 1)).filter(|next| *next < again) else { break };
        last = from + next;
        count += 1;
    }
    (count, last)
}

/// False where a later mark stands close behind: one in between was lost.
fn ends_list(text: &str, last: usize, end: usize, listed: u32) -> bool {
    let mut to = (last + APART).min(end);
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let rest = text.get(last..to).unwrap_or("");
    let skipped = [listed + 2, listed + 3];
    let next = listed + 1;
    // 第四 and 四是 without the mark the others had
    let loose = ["第", "其"].iter().any(|head| rest.contains(&mark("其一", next).replace('其', head)));
    !loose
        && !skipped.iter().any(|n| {
            *n <= 12
                && [mark("①", *n), mark("（1）", *n), mark("一是", *n)].iter().any(|mark| rest.contains(mark))
        })
}
