//! Is a short form used as a name? Genes, programs, models, makers and the parts of codes go without a
//! definition; the words around them tell.

use crate::document::{Span, is_han};
use crate::parse::abbreviation::{Tables, looks_short, singular, tokens};

/// What the words around one use say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Nothing: a short form like any other.
    Plain,
    /// This place is a model, a maker, part of a code: it does not count.
    Part,
    /// The thing is a name wherever it stands: a gene, a protein, a program.
    Name,
}

/// Longest stretch read on either side, in bytes.
const REACH: usize = 120;

/// Nouns that name what stands before them.
const AFTER_ZH: [&str; 51] = [
    "重组",
    "亚型",
    "亚家族",
    "基因",
    "蛋白",
    "家族",
    "结构域",
    "转录因子",
    "启动子",
    "突变",
    "位点",
    "序列",
    "引物",
    "质粒",
    "载体",
    "抗体",
    "型",
    "系列",
    "株",
    "菌",
    "细胞系",
    "平台",
    "软件",
    "数据库",
    "数据集",
    "工具",
    "程序",
    "项目",
    "计划",
    "模式",
    "联盟",
    "公司",
    "集团",
    "大学",
    "医院",
    "指南",
    "标准",
    "培养基",
    "试剂",
    "试纸",
    "仪",
    "显微镜",
    "激光",
    "大鼠",
    "小鼠",
    "品系",
    "杂志",
    "期刊",
    "认证",
    "芯片",
    "酶",
];
/// Nouns that name what stands after them.
const BEFORE_ZH: [&str; 34] = [
    "基因",
    "蛋白",
    "家族",
    "结构域",
    "平台",
    "软件",
    "数据库",
    "数据集",
    "工具",
    "工具包",
    "程序",
    "项目",
    "计划",
    "模式",
    "联盟",
    "公司",
    "型号",
    "编号",
    "货号",
    "批号",
    "载体",
    "质粒",
    "引物",
    "菌株",
    "品系",
    "品种",
    "抗体",
    "试剂",
    "试剂盒",
    "培养基",
    "商品名",
    "代号",
    "型",
    "株",
];
const AFTER_EN: [&str; 40] = [
    "gene",
    "genes",
    "protein",
    "proteins",
    "promoter",
    "mRNA",
    "domain",
    "domains",
    "family",
    "allele",
    "alleles",
    "locus",
    "strain",
    "strains",
    "software",
    "database",
    "dataset",
    "project",
    "consortium",
    "kit",
    "package",
    "program",
    "programme",
    "vector",
    "plasmid",
    "primer",
    "primers",
    "antibody",
    "antibodies",
    "mutant",
    "mutants",
    "transcription",
    "oxidoreductase",
    "esterase",
    "lipase",
    "Inc",
    "Ltd",
    "rats",
    "mice",
    "guidelines",
];
const BEFORE_EN: [&str; 30] = [
    "gene",
    "genes",
    "protein",
    "proteins",
    "model",
    "Model",
    "MODEL",
    "software",
    "database",
    "databases",
    "dataset",
    "package",
    "strain",
    "strains",
    "vector",
    "plasmid",
    "primer",
    "primers",
    "platform",
    "project",
    "consortium",
    "kit",
    "program",
    "programme",
    "brand",
    "grant",
    "No",
    "Nos",
    "code",
    "named",
];

/// What the words around a use say about it.
pub fn role(text: &str, span: Span, tables: &Tables) -> Role {
    let before = tail(text, span.start);
    let after = head(text, span.end);
    if is_part(before, after, tables) {
        return Role::Part;
    }
    if names_after(after) || names_before(before) || among_symbols(before, after, tables) {
        return Role::Name;
    }
    Role::Plain
}

/// Part of a code, a model with its number, a maker, another name in brackets behind it.
fn is_part(before: &str, after: &str, tables: &Tables) -> bool {
    let next = after.chars().next().unwrap_or(' ');
    let last = before.chars().next_back().unwrap_or(' ');
    if matches!(next, '/' | '_' | '$' | '@' | '\\') || matches!(last, '/' | '_' | '#' | '@' | '.' | '\\') {
        return true;
    }
    // BSC- 0203, ABI 3130XL
    let rest = after.trim_start_matches(['-', '‐', '–', ' ']);
    let code = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if rest.len() < after.len()
        && (code >= 3 || code >= 1 && rest[code..].starts_with(|c: char| c.is_ascii_uppercase()))
    {
        return true;
    }
    // LKB Bromma, QDA Miner: a word with a capital inside an English sentence
    let word = after.strip_prefix(' ').unwrap_or("");
    let end = word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len());
    let capitalised = end >= 4
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word[1..end].bytes().all(|b| b.is_ascii_lowercase());
    capitalised || alias(after) || vendor(before, after, tables)
}

/// `ENG (CD105)`: its other name follows; `GAL(F)`: a panel.
fn alias(after: &str) -> bool {
    let Some(rest) = after.trim_start().strip_prefix(['(', '（']) else { return false };
    let Some(close) = rest.find([')', '）']).filter(|close| *close <= 24) else { return false };
    let inner = rest[..close].trim();
    inner.chars().count() == 1 || looks_short(inner)
}

/// In a bracket that names a maker and its place.
fn vendor(before: &str, after: &str, tables: &Tables) -> bool {
    let Some(open) = before.rfind(['(', '（']) else { return false };
    let inside = &before[open..];
    if inside.contains([')', '）']) {
        return false;
    }
    let Some(close) = after.find([')', '）']) else { return false };
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric() && c != '.').any(|word| {
            tables.is_place(word) || matches!(word, "Inc" | "ltd" | "Model" | "Co" | "model" | "No." | "公司")
        })
    };
    words(inside) || words(&after[..close])
}

fn names_after(after: &str) -> bool {
    let rest = after.trim_start();
    if rest.starts_with(is_han) {
        let rest = rest.strip_prefix('类').unwrap_or(rest);
        // an enzyme named by its motif: GDSL脂肪酶
        let word: String = rest.chars().take_while(|c| is_han(*c)).take(5).collect();
        let enzyme = word.char_indices().any(|(at, c)| c == '酶' && at <= 12);
        return enzyme || AFTER_ZH.iter().any(|noun| rest.starts_with(noun));
    }
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    rest.len() < after.len() && AFTER_EN.contains(&&rest[..end])
}

fn names_before(before: &str) -> bool {
    let head = before.trim_end_matches([' ', '“', '"', '《', '‘']);
    if head.ends_with(is_han) {
        return BEFORE_ZH.iter().any(|noun| head.ends_with(noun)) || before.ends_with('《');
    }
    let start = head.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
    head.is_char_boundary(start) && BEFORE_EN.contains(&&head[start..])
}

/// Beside symbols of genes in an enumeration: `LIF, GAL, NOA1`.
fn among_symbols(before: &str, after: &str, tables: &Tables) -> bool {
    let marks = |c: char| matches!(c, ',' | '，' | '、' | ' ');
    let symbol = |token: &str| {
        let digit = token.bytes().any(|b| b.is_ascii_digit())
            && token.bytes().filter(u8::is_ascii_uppercase).count() >= 2;
        digit && looks_short(token) || tables.lexicon.of_short(token).any(|entry| entry.symbol)
    };
    let next = after.trim_start_matches(marks);
    let joined = next.len() < after.len() && after.trim_start().starts_with([',', '，', '、']);
    let right = joined.then(|| tokens(next).first().copied()).flatten().filter(|s| s.start == 0);
    let head = before.trim_end_matches(marks);
    let linked = head.len() < before.len() && before.trim_end().ends_with([',', '，', '、']);
    let left = linked.then(|| tokens(head).last().copied()).flatten().filter(|s| s.end == head.len());
    right.is_some_and(|s| symbol(&next[s.range()])) && left.is_some_and(|s| symbol(&head[s.range()]))
}

/// Introduced in words, if not in a bracket of its own: `leukocytes (PMN cells)`, `每日支数CPD。`
pub fn introduced(text: &str, span: Span) -> bool {
    let before = text[..span.start].trim_end();
    let after = &text[span.end..];
    if let Some(head) = before.strip_suffix(['(', '（']) {
        let close = after.find([')', '）']).filter(|close| *close <= 24);
        let rest = close.map(|close| &after[..close]);
        let alone = rest.is_some_and(|rest| {
            !tokens(rest).iter().any(|s| rest[s.range()].chars().filter(char::is_ascii_uppercase).count() > 1)
        });
        return alone && head.trim_end().ends_with(char::is_alphabetic);
    }
    // measures and kinds in apposition: the noun before says what it is
    const KINDS: [char; 14] =
        ['数', '率', '量', '值', '度', '症', '病', '征', '酸', '酯', '素', '苷', '胺', '肽'];
    let noun = before.len() == span.start && before.ends_with(KINDS);
    let long = before.chars().rev().take(4).filter(|c| is_han(*c)).count() == 4;
    noun && long && (after.is_empty() || after.starts_with(['。', '，', '、', '；', ',', ';']))
}

/// True for a token of capitals in the middle of a sentence: between Chinese words (two to five
/// letters), or between English ones (three to five).
pub fn in_prose(text: &str, span: Span) -> bool {
    let stem = singular(&text[span.range()]);
    if !stem.bytes().all(|b| b.is_ascii_uppercase()) {
        return false;
    }
    let before = text[..span.start].trim_end();
    let after = text[span.end..].trim_start();
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let han = last.is_some_and(is_han) && next.is_some_and(is_han);
    let spaced = before.len() + 1 == span.start && after.len() + 1 == text.len() - span.end;
    let plain = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase());
    han && (2..=5).contains(&stem.len())
        || spaced && plain(last) && plain(next) && (3..=5).contains(&stem.len())
}

fn tail(text: &str, end: usize) -> &str {
    let mut start = end.saturating_sub(REACH);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let stretch = &text[start..end];
    stretch.rfind('\n').map_or(stretch, |at| &stretch[at + 1..])
}

fn head(text: &str, start: usize) -> &str {
    let mut end = (start + REACH).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let stretch = &text[start..end];
    stretch.find('\n').map_or(stretch, |at| &stretch[..at])
}
