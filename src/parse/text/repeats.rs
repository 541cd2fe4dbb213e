//! Words and items that stand twice.

use crate::document::{Block, BlockKind, Document, Lang, Span, Zone, is_han};
use crate::finding::Confidence;
use crate::parse::header;

/// Longest repeated Chinese word, in characters.
const LONGEST: usize = 12;

/// Two equal words side by side, or two equal items of an enumeration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeat {
    /// Both words (and what joins them).
    pub span: Span,
    /// The second one with the joint before it: what a fix takes away.
    pub second: Span,
    /// The first one.
    pub first: Span,
    /// How sure it is that this is not meant.
    pub confidence: Confidence,
    /// True for items of an enumeration (`甲、甲`), false for a doubled word.
    pub item: bool,
}

/// What is read of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// All repeats.
    Prose,
    /// Only words that are never doubled on purpose: names and titles of works repeat others.
    Sure,
}

fn reading(block: &Block) -> Option<Reading> {
    match (block.zone(), block.kind) {
        (Zone::AbstractZh | Zone::AbstractEn | Zone::Body | Zone::Back | Zone::Caption, _)
        | (_, BlockKind::Title) => Some(Reading::Prose),
        (_, BlockKind::Reference | BlockKind::FrontMatter | BlockKind::Footnote) => Some(Reading::Sure),
        _ => None,
    }
}

/// Read the repeats of all prose blocks and of the words of a YAML header. Headings never join the body: blocks
/// are read one by one.
pub fn parse(document: &Document) -> Vec<Repeat> {
    let mut out = Vec::new();
    for block in document.blocks() {
        if let Some(reading) = reading(block) {
            read(document, block.span, reading, block.lang, &mut out);
        }
    }
    if let Some(header) = header::header(document) {
        for span in &header.prose {
            read(document, *span, Reading::Prose, Lang::En, &mut out);
        }
        for span in header.affiliations.iter().filter_map(|place| place.name) {
            read(document, span, Reading::Sure, Lang::En, &mut out);
        }
    }
    out
}

fn read(document: &Document, place: Span, reading: Reading, lang: Lang, out: &mut Vec<Repeat>) {
    let mut found = Vec::new();
    let text = document.slice(place);
    doubled_han(text, &mut found);
    if !is_jumble(text) {
        doubled_latin(text, &mut found);
    }
    if reading == Reading::Sure {
        found.retain(|repeat| repeat.confidence == Confidence::High && is_sure(&text[repeat.first.range()]));
    } else if lang == Lang::Zh {
        repeated_items(text, &mut found);
    }
    out.extend(found.drain(..).map(|repeat| Repeat {
        span: repeat.span.shift(place.start),
        first: repeat.first.shift(place.start),
        second: repeat.second.shift(place.start),
        ..repeat
    }));
}

/// A function word of two letters or more, in small letters, or a Chinese one.
fn is_sure(word: &str) -> bool {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.len() > 1;
    }
    CARRIERS.contains(&word) || (word.chars().count() == 1 && SINGLE.contains(word))
}

/// Words of a figure read line by line: long, and without any stop.
fn is_jumble(text: &str) -> bool {
    const LONG: usize = 240;
    text.len() > LONG
        && !text.ends_with(['.', '。', '?', '!', ')', ':'])
        && !text.contains(". ")
        && !text.contains('。')
}

/// Single characters that never stand twice, except in the words below.
const SINGLE: &str = "的了是在和与及被将从由并";
/// `目的的`, `靶的的`, `标的的`: a noun that ends in 的, and 的.
const BEFORE_DE: &str = "目靶标";
/// `指标的的`, `项目的的` hold no such noun: what stands before 标 or 目 makes another word of it.
const BEFORE_NOUN: &str = "指目坐商图鼠超达招投中路航国音项题数条栏科书节";
/// `我的的确好`, `有的的士`: the second 的 begins a word.
const AFTER_DE: &str = "确士";

fn doubled_han(text: &str, out: &mut Vec<Repeat>) {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |i: usize| chars.get(i).map_or(text.len(), |(at, _)| *at);
    let mut i = 0;
    while i < chars.len() {
        if !is_han(chars[i].1) {
            i += 1;
            continue;
        }
        let length = (1..=LONGEST).rev().find(|&n| {
            i + 2 * n <= chars.len()
                && chars[i].1 == chars[i + n].1
                && (0..n).all(|k| chars[i + k].1 == chars[i + n + k].1 && is_han(chars[i + k].1))
        });
        let Some(length) = length else {
            i += 1;
            continue;
        };
        let word: String = chars[i..i + length].iter().map(|(_, c)| *c).collect();
        let before: [Option<char>; 2] = [1, 2].map(|n| i.checked_sub(n).map(|k| chars[k].1));
        let after: String = chars[i + 2 * length..].iter().take(3).map(|(_, c)| *c).collect();
        if let Some(confidence) = judge_han(&word, before, &after) {
            let (start, middle, end) = (chars[i].0, end_of(i + length), end_of(i + 2 * length));
            out.push(Repeat {
                span: Span::new(start, end),
                first: Span::new(start, middle),
                second: Span::new(middle, end),
                confidence,
                item: false,
            });
            i += 2 * length;
        } else {
            i += 1;
        }
    }
}

/// Nouns that end one word and begin the next (`软骨细胞` + `细胞外基质`), with what then follows.
const COMPOUNDS: &[(&str, &[&str])] = &[
    (
        "细胞",
        &[
            "外", "间", "内", "因子", "膜", "质", "核", "壁", "毒", "器", "周期", "骨架", "浆", "株", "系",
            "凋亡",
        ],
    ),
    ("研究", &["对象", "者", "人员", "中心", "方法", "结果", "设计", "组"]),
    ("组织", &["工程", "学", "因子", "相容", "液", "蛋白"]),
    ("神经", &["元", "节", "营养", "胶", "纤维", "干", "递质"]),
    ("蛋白", &["质", "酶", "激酶", "聚糖", "印迹", "相互", "组"]),
    ("血管", &["内皮", "紧张", "活性", "平滑", "新生", "生成"]),
    ("基因", &["组", "型", "座", "芯片", "编辑"]),
    ("病毒", &["学", "载量", "性", "颗粒"]),
    ("治疗", &["组", "性", "师", "学"]),
    ("免疫", &["球蛋白", "细胞", "系统", "应答", "组化", "荧光"]),
    ("骨髓", &["间", "源", "腔"]),
    ("氧化", &["应激", "酶", "物"]),
    ("分析", &["仪", "法", "师"]),
    ("系统", &["性", "评价", "综述"]),
];
/// Words that join clauses or carry them: never doubled on purpose.
const CARRIERS: &[&str] = &[
    "可以", "通过", "因此", "发现", "表明", "认为", "能够", "以及", "并且", "但是", "由于", "进行", "具有",
    "显示", "证实", "提示", "导致", "促进", "抑制", "参与", "其中", "目前", "然而", "同时", "此外", "从而",
    "对于", "关于", "主要", "可能", "已经", "我们", "他们", "这些", "没有", "如果", "根据", "随着", "包括",
    "采用", "利用", "使用", "存在", "大于", "小于", "属于", "位于", "来自", "称为", "得到", "引起", "增加",
    "降低", "显著", "或者", "不仅",
];

/// None when the doubling is language; else how sure it is that it is a slip.
fn judge_han(word: &str, before: [Option<char>; 2], after: &str) -> Option<Confidence> {
    let first = word.chars().next()?;
    if word.chars().count() == 1 {
        let within = |set: &str, c: Option<char>| c.is_some_and(|c| set.contains(c));
        let noun = within(BEFORE_DE, before[0]) && !within(BEFORE_NOUN, before[1]);
        let slip = SINGLE.contains(first)
            && !(first == '的' && (noun || within(AFTER_DE, after.chars().next())))
            && !after.starts_with(first);
        return slip.then_some(Confidence::High);
    }
    // 酒精 and 酒精-年龄 are two names
    if after.starts_with(['-', '_', '－', '‐']) {
        return None;
    }
    // 一个一个, 两两两两, 三三三三, 一步一步
    if word.chars().all(|c| c == first) || "一二三两几半各多".contains(first) {
        return None;
    }
    if CARRIERS.contains(&word) {
        return Some(Confidence::High);
    }
    if let Some((_, followers)) = COMPOUNDS.iter().find(|(head, _)| word.ends_with(head))
        && followers.iter().any(|follower| after.starts_with(follower))
    {
        return None;
    }
    let parted = after
        .chars()
        .next()
        .is_none_or(|c| !is_han(c) || "的了和与及在是中可能被对为等有以由将从".contains(c));
    Some(if parted { Confidence::High } else { Confidence::Medium })
}

/// English words that are never doubled on purpose.
const CLOSED: &[&str] = &[
    "the", "of", "and", "in", "with", "that", "were", "have", "this", "from", "a", "an", "to", "for", "is",
    "are", "was", "be", "been", "by", "on", "at", "as", "or", "it", "its", "has", "which", "these", "their",
    "we", "not", "but", "can", "may", "than", "also", "such", "into", "between", "other", "both", "our",
    "they", "there", "more", "will", "using",
];

fn doubled_latin(text: &str, out: &mut Vec<Repeat>) {
    let mut last: Option<(usize, &str)> = None;
    for (at, word) in latin_words(text) {
        if let Some((before, previous)) = last
            && text[before + previous.len()..at].chars().all(|c| c == ' ' || c == '\n')
            && previous.eq_ignore_ascii_case(word)
            && let Some(confidence) = judge_latin(previous, word)
            && !(lower_is_in(word) && is_latin_phrase(&text[..before], &text[at + word.len()..]))
            && !text[..before].ends_with(['-', '‐', '‑', '/', '.', '\\', '_'])
            && !text[at + word.len()..].starts_with(['-', '‐', '‑', '/', '_', '('])
        {
            out.push(Repeat {
                span: Span::new(before, at + word.len()),
                first: Span::new(before, before + previous.len()),
                second: Span::new(before + previous.len(), at + word.len()),
                confidence,
                item: false,
            });
        }
        last = Some((at, word));
    }
}

/// Runs of ASCII letters with their offsets.
fn latin_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        (at > start).then(|| (start, &text[start..at]))
    })
}

fn lower_is_in(word: &str) -> bool {
    word.eq_ignore_ascii_case("in")
}

/// `in in vitro tests`: the Latin phrase is an adjective of the noun that follows, and a preposition may
/// stand before it; not so in `of in in vitro tests`, `both in in vitro and in vivo.`
fn is_latin_phrase(before: &str, after: &str) -> bool {
    const PHRASES: &[&str] = &["vitro", "vivo", "situ", "silico", "utero", "ovo"];
    /// Words that no preposition follows.
    const BEFORE: &[&str] = &[
        "of", "the", "a", "an", "by", "for", "with", "from", "to", "these", "this", "our", "their", "both",
        "several", "many", "some", "most", "numerous", "all", "through", "using", "via",
    ];
    /// Words that are no noun.
    const NO_NOUN: &[&str] =
        &["and", "or", "but", "to", "is", "are", "was", "were", "by", "with", "of", "as"];
    let mut words = after.split([' ', '\n']).filter(|word| !word.is_empty());
    if !words.next().is_some_and(|word| PHRASES.contains(&word)) {
        return false;
    }
    let previous = before.trim_end().rsplit([' ', '\n']).next().unwrap_or("").to_ascii_lowercase();
    let noun = words.next().is_some_and(|word| {
        word.starts_with(|c: char| c.is_ascii_alphanumeric()) && !NO_NOUN.contains(&word)
    });
    noun && !BEFORE.contains(&previous.as_str())
}

fn judge_latin(first: &str, second: &str) -> Option<Confidence> {
    let lower = second.to_ascii_lowercase();
    if CLOSED.contains(&lower.as_str()) {
        // `A a` and `I i` are labels, `that that` can be grammar.
        let label = lower.len() == 1 && first != second;
        return (!label).then_some(if lower == "that" { Confidence::Medium } else { Confidence::High });
    }
    let plain = first == second && second.len() >= 4 && second.bytes().all(|b| b.is_ascii_lowercase());
    // Tautonyms (Vulpes vulpes), names (Bora Bora) and echoes (very very) are language.
    (plain && !matches!(second, "very" | "much" | "long" | "many" | "tert")).then_some(Confidence::Medium)
}

/// Head nouns that may end one item and be the next (`干细胞和细胞的…`).
const HEADS: &[&str] = &[
    "细胞",
    "组织",
    "蛋白",
    "基因",
    "因子",
    "系统",
    "研究",
    "治疗",
    "作用",
    "功能",
    "患者",
    "方法",
    "结果",
    "反应",
    "损伤",
    "水平",
    "疾病",
    "神经",
    "血管",
    "软骨",
    "关节",
    "免疫",
    "代谢",
    "分化",
    "增殖",
    "表达",
    "信号",
    "通路",
    "模型",
    "药物",
    "病毒",
    "细菌",
    "肿瘤",
    "炎症",
    "骨髓",
    "外泌体",
    "分析",
    "评价",
    "管理",
    "技术",
    "材料",
    "结构",
    "环境",
    "社会",
    "健康",
    "教育",
    "文献",
    "数据",
    "时间",
    "因素",
    "影响",
    "变化",
    "特征",
    "临床",
    "人群",
    "儿童",
    "老年人",
    "动物",
    "植物",
];
const JOINTS: &[char] = &['、', '和', '与', '及', '或'];

/// `甲、甲` and `甲和甲`: the text before the joint ends with what the text after it begins with.
fn repeated_items(text: &str, out: &mut Vec<Repeat>) {
    for (at, joint) in text.char_indices().filter(|(_, c)| JOINTS.contains(c)) {
        let (before, after) = (&text[..at], &text[at + joint.len_utf8()..]);
        let Some(length) = latin_item(before, after).or_else(|| han_item(before, after, joint)) else {
            continue;
        };
        let second_end = at + joint.len_utf8() + length;
        out.push(Repeat {
            span: Span::new(at - length, second_end),
            first: Span::new(at - length, at),
            second: Span::new(at, second_end),
            confidence: if joint == '、' { Confidence::High } else { Confidence::Medium },
            item: true,
        });
    }
}

fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '‑' | '/' | '+' | 'α'..='ω' | 'Ⅰ'..='Ⅻ')
}

/// Length of a Latin token that stands whole on both sides and goes on to nothing (`IL-1和IL-1受体` does).
fn latin_item(before: &str, after: &str) -> Option<usize> {
    let length: usize = after.chars().take(40).take_while(|c| is_token(*c)).map(char::len_utf8).sum();
    let token = &after[..length];
    let head = before.strip_suffix(token)?;
    let ends = after[length..]
        .chars()
        .next()
        .is_none_or(|c| !is_han(c) && !c.is_alphanumeric() || "等的均及和与".contains(c));
    let letters = token.chars().filter(char::is_ascii_alphabetic).count();
    let whole = !head.ends_with(is_token) && !head.ends_with(['抗', '非', ' ']);
    (letters >= 2 && ends && whole).then_some(length)
}

fn han_item(before: &str, after: &str, joint: char) -> Option<usize> {
    let sides = before.chars().rev().take(10).take_while(|c| is_han(*c)).count();
    let tail: Vec<char> = {
        let mut chars: Vec<char> = before.chars().rev().take(sides).collect();
        chars.reverse();
        chars
    };
    let right: Vec<char> = after.chars().take(10).take_while(|c| is_han(*c)).collect();
    let length = (2..=sides.min(right.len())).rev().find(|&n| tail[sides - n..] == right[..n])?;
    let item: String = right[..length].iter().collect();
    let next = after.chars().nth(length);
    let rest = &after[item.len()..];
    // 分子与分子之间, 人与人的关系: relations of one kind of thing to itself.
    let near: String = rest.chars().take(20).collect();
    let relation = near.contains("之间")
        || ["间", "的关系", "的相互", "的联系", "的接触", "-"].iter().any(|word| rest.starts_with(word))
        || before[..before.len() - item.len()].ends_with('-');
    let ends = !relation && next.is_none_or(|c| !is_han(c) || "等的均".contains(c));
    // 和 and 与 are also parts of words and prepositions: only an exact item counts there.
    let left = sides.checked_sub(length + 1).map(|k| tail[k]);
    let modified = HEADS.iter().any(|head| item.ends_with(head));
    let bounded = left.is_none() || !modified;
    let numerals = item.chars().all(|c| "一二三四五六七八九十百千万零".contains(c));
    (ends && bounded && !numerals && (joint != '或' || left.is_none())).then_some(item.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let document = crate::format::read_text("a.txt", text);
        let shown = parse(&document).into_iter().filter(|r| r.confidence > Confidence::Low);
        shown.map(|r| document.slice(r.span).to_owned()).collect()
    }

    #[test]
    fn slips_are_found() {
        assert_eq!(found("该结果说明说明药物有效。"), ["说明说明"]);
        assert_eq!(found("患者的的依从性通过通过随访提高。"), ["的的", "通过通过"]);
        assert_eq!(found("Cells were were seeded in the the dish."), ["were were", "the the"]);
        assert_eq!(found("检测CD3、CD3的表达，并观察红肿和红肿的范围。"), ["CD3、CD3", "红肿和红肿"]);
    }

    #[test]
    fn language_is_silent() {
        let clean = "两者息息相关，往往常常出现，以治疗为目的的手术，一步一步完成。软骨细胞细胞外基质减少，\
                     本研究研究对象为大鼠，大鼠股骨骨折。干细胞和细胞的相互作用，IL-1和IL-1受体升高。";
        assert_eq!(found(clean), Vec::<String>::new());
        let clean = "Vulpes vulpes was used in in vitro tests, very very slowly.";
        assert_eq!(found(clean), Vec::<String>::new());
    }
}
