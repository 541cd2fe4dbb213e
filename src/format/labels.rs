//! Labelled lines: `摘要`, `Keywords:`, `【中图分类号】`, `DOI：`, `Author contributions` …

use crate::document::{BlockKind, is_han};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a label introduces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    /// An abstract.
    Abstract,
    /// Keywords.
    Keywords,
    /// Dates, identifiers, class numbers, correspondence.
    Field,
    /// Funding: a field before the text, a statement after it.
    Funding,
    /// Author contributions.
    Contribution,
    /// Acknowledgements.
    Acknowledgement,
    /// Other statements after the text.
    Statement,
    /// Part of a structured abstract.
    Part,
}

impl Topic {
    /// The block kind, before or after the running text.
    pub fn kind(self, front: bool) -> BlockKind {
        match self {
            Self::Abstract | Self::Part => BlockKind::Abstract,
            Self::Keywords => BlockKind::Keywords,
            Self::Field => BlockKind::FrontMatter,
            Self::Funding if front => BlockKind::FrontMatter,
            Self::Funding => BlockKind::Funding,
            Self::Contribution => BlockKind::Contribution,
            Self::Acknowledgement => BlockKind::Acknowledgement,
            Self::Statement => BlockKind::BackMatter,
        }
    }
}

/// A label found at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    /// What it introduces.
    pub topic: Topic,
    /// Bytes of the label with brackets, colon and white space.
    pub len: usize,
    /// In brackets or before a colon, so that it cannot be the start of a sentence.
    pub strong: bool,
    /// Nothing else stands on the line.
    pub alone: bool,
    /// Written in Chinese.
    pub zh: bool,
    /// Its value is short: a number, a date, a code.
    pub value: bool,
}

/// Look for a label at the start of `text`; looks at most 64 characters ahead.
pub(super) fn find(text: &str) -> Option<Label> {
    let mut start = 0;
    let mut bracket = None;
    for (at, c) in text.char_indices().take(6) {
        match c {
            '【' | '[' | '［' | '〔' => bracket = Some(c),
            '*' | '#' | '＊' | '△' | '▲' | '_' | ' ' | '\u{3000}' | '·' | '•' | '■' | '●' => {}
            _ => {
                start = at;
                break;
            }
        }
    }
    let rest = &text[start..];
    let first = rest.chars().next()?;
    let (topic, used, bare) = if is_han(first) { han(rest)? } else { latin(rest)? };
    let mut len = start + used;
    let mut strong = false;
    let mut separated = false;
    for c in text[len..].chars().take(8) {
        match c {
            '】' | ']' | '］' | '〕' if bracket.is_some() => strong = true,
            ':' | '：' => strong = true,
            '*' | '_' | '\u{2003}' | '\u{2002}' | ' ' | '\u{3000}' | '\u{a0}' | '|' | '—' | '-' | '–'
            | '・' => separated = true,
            '.' if !is_han(first) => separated = true,
            _ => break,
        }
        len += c.len_utf8();
    }
    let alone = text[len..].trim().is_empty();
    if bracket.is_some() && !strong {
        return None;
    }
    let capital = first.is_uppercase();
    // extraction lost the space: `AbstractHere we …`
    let glued = capital
        && topic != Topic::Field
        && text[len..].starts_with(|c: char| c.is_ascii_uppercase() || is_han(c));
    let accepted = match bare {
        Bare::Always => {
            strong
                || alone
                || separated
                || is_han(first)
                || capital && text[len..].starts_with(char::is_uppercase)
        }
        Bare::Separated => strong || alone || (separated && (is_han(first) || capital)) || glued,
        Bare::Alone => strong || alone,
        Bare::Never => strong,
    };
    let accepted = accepted && (is_han(first) || capital || strong);
    accepted.then_some(Label {
        topic,
        len,
        strong,
        alone,
        zh: is_han(first),
        value: bare == Bare::Always && topic == Topic::Field || topic == Topic::Keywords,
    })
}

/// What must follow a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bare {
    /// Nothing: the word is never the start of a sentence (`关键词`).
    Always,
    /// White space at least (`Abstract The …`).
    Separated,
    /// A colon, or nothing else on the line (`致谢`).
    Alone,
    /// A colon (`目的：`).
    Never,
}

type Row = (&'static str, Topic, Bare);

/// Longest first among those with a common start.
const HAN: &[Row] = &[
    ("摘要", Topic::Abstract, Bare::Always),
    ("中文摘要", Topic::Abstract, Bare::Always),
    ("内容摘要", Topic::Abstract, Bare::Always),
    ("英文摘要", Topic::Abstract, Bare::Alone),
    ("提要", Topic::Abstract, Bare::Separated),
    ("关键词", Topic::Keywords, Bare::Always),
    ("关键字", Topic::Keywords, Bare::Always),
    ("主题词", Topic::Keywords, Bare::Separated),
    ("中图分类号", Topic::Field, Bare::Always),
    ("中图法分类号", Topic::Field, Bare::Always),
    ("分类号", Topic::Field, Bare::Always),
    ("学科分类号", Topic::Field, Bare::Always),
    ("文献标识码", Topic::Field, Bare::Always),
    ("文献标志码", Topic::Field, Bare::Always),
    ("文章编号", Topic::Field, Bare::Always),
    ("文章快速阅读", Topic::Field, Bare::Alone),
    ("文章特点", Topic::Field, Bare::Alone),
    ("文题释义", Topic::Field, Bare::Alone),
    ("收稿日期", Topic::Field, Bare::Always),
    ("投稿日期", Topic::Field, Bare::Always),
    ("送审日期", Topic::Field, Bare::Always),
    ("采用日期", Topic::Field, Bare::Always),
    ("录用日期", Topic::Field, Bare::Always),
    ("接受日期", Topic::Field, Bare::Always),
    ("修回日期", Topic::Field, Bare::Always),
    ("修订日期", Topic::Field, Bare::Always),
    ("修稿日期", Topic::Field, Bare::Always),
    ("改回日期", Topic::Field, Bare::Always),
    ("在线日期", Topic::Field, Bare::Always),
    ("出版日期", Topic::Field, Bare::Always),
    ("发表日期", Topic::Field, Bare::Always),
    ("网络首发", Topic::Field, Bare::Separated),
    ("网络出版", Topic::Field, Bare::Separated),
    ("收稿", Topic::Field, Bare::Never),
    ("修回", Topic::Field, Bare::Never),
    ("接受", Topic::Field, Bare::Never),
    ("作者简介", Topic::Field, Bare::Always),
    ("作者单位", Topic::Field, Bare::Separated),
    ("作者信息", Topic::Field, Bare::Separated),
    ("第一作者", Topic::Field, Bare::Never),
    ("共同第一作者", Topic::Field, Bare::Never),
    ("通信作者", Topic::Field, Bare::Separated),
    ("通讯作者", Topic::Field, Bare::Separated),
    ("通信联系人", Topic::Field, Bare::Separated),
    ("通讯联系人", Topic::Field, Bare::Separated),
    ("电子邮箱", Topic::Field, Bare::Separated),
    ("电子邮件", Topic::Field, Bare::Never),
    ("邮箱", Topic::Field, Bare::Never),
    ("引用本文", Topic::Field, Bare::Always),
    ("引用格式", Topic::Field, Bare::Separated),
    ("本文引用格式", Topic::Field, Bare::Separated),
    ("本刊网址", Topic::Field, Bare::Never),
    ("责任编辑", Topic::Field, Bare::Separated),
    ("基金项目", Topic::Funding, Bare::Always),
    ("基金资助", Topic::Funding, Bare::Separated),
    ("基金支持", Topic::Funding, Bare::Never),
    ("资助项目", Topic::Funding, Bare::Never),
    ("经费支持", Topic::Funding, Bare::Separated),
    ("项目资助", Topic::Funding, Bare::Never),
    ("作者贡献", Topic::Contribution, Bare::Separated),
    ("作者贡献声明", Topic::Contribution, Bare::Separated),
    ("作者贡献说明", Topic::Contribution, Bare::Separated),
    ("致谢", Topic::Acknowledgement, Bare::Separated),
    ("志谢", Topic::Acknowledgement, Bare::Separated),
    ("利益冲突", Topic::Statement, Bare::Separated),
    ("利益冲突声明", Topic::Statement, Bare::Separated),
    ("伦理声明", Topic::Statement, Bare::Separated),
    ("伦理批准", Topic::Statement, Bare::Never),
    ("伦理审查", Topic::Statement, Bare::Never),
    ("数据可用性", Topic::Statement, Bare::Never),
    ("数据可用性声明", Topic::Statement, Bare::Separated),
    ("写作指南", Topic::Statement, Bare::Never),
    ("文章查重", Topic::Statement, Bare::Never),
    ("文章外审", Topic::Statement, Bare::Never),
    ("文章版权", Topic::Statement, Bare::Never),
    ("开放获取声明", Topic::Statement, Bare::Never),
    ("知情同意", Topic::Statement, Bare::Never),
    ("附录", Topic::Statement, Bare::Alone),
    ("本文无影响其科学性与可信度的经济利益冲突", Topic::Statement, Bare::Always),
    ("背景", Topic::Part, Bare::Never),
    ("目的", Topic::Part, Bare::Never),
    ("方法", Topic::Part, Bare::Never),
    ("结果", Topic::Part, Bare::Never),
    ("结论", Topic::Part, Bare::Never),
    ("结果与结论", Topic::Part, Bare::Never),
    ("资料与方法", Topic::Part, Bare::Never),
    ("对象与方法", Topic::Part, Bare::Never),
];

const LATIN: &[Row] = &[
    ("abstract", Topic::Abstract, Bare::Separated),
    ("summary", Topic::Abstract, Bare::Never),
    ("keywords", Topic::Keywords, Bare::Separated),
    ("keyword", Topic::Keywords, Bare::Never),
    ("key words", Topic::Keywords, Bare::Separated),
    ("index terms", Topic::Keywords, Bare::Separated),
    ("k e y w o r d s", Topic::Keywords, Bare::Always),
    ("doi", Topic::Field, Bare::Separated),
    ("e-mail", Topic::Field, Bare::Never),
    ("email", Topic::Field, Bare::Never),
    ("received", Topic::Field, Bare::Never),
    ("received date", Topic::Field, Bare::Never),
    ("revised", Topic::Field, Bare::Never),
    ("accepted", Topic::Field, Bare::Never),
    ("published", Topic::Field, Bare::Never),
    ("published online", Topic::Field, Bare::Never),
    ("citation", Topic::Field, Bare::Never),
    ("how to cite this article", Topic::Field, Bare::Separated),
    ("cite this article", Topic::Field, Bare::Separated),
    ("academic editor", Topic::Field, Bare::Never),
    ("editor", Topic::Field, Bare::Never),
    ("correspondence", Topic::Field, Bare::Separated),
    ("correspondence to", Topic::Field, Bare::Separated),
    ("corresponding author", Topic::Field, Bare::Separated),
    ("corresponding authors", Topic::Field, Bare::Never),
    ("address", Topic::Field, Bare::Never),
    ("address for correspondence", Topic::Field, Bare::Separated),
    ("co-authors", Topic::Field, Bare::Never),
    ("first author", Topic::Field, Bare::Never),
    ("author affiliations", Topic::Field, Bare::Never),
    ("orcid", Topic::Field, Bare::Never),
    ("copyright", Topic::Field, Bare::Never),
    ("issn", Topic::Field, Bare::Separated),
    ("funding", Topic::Funding, Bare::Alone),
    ("funding information", Topic::Funding, Bare::Alone),
    ("funding statement", Topic::Funding, Bare::Alone),
    ("financial support", Topic::Funding, Bare::Alone),
    ("grant support", Topic::Funding, Bare::Alone),
    ("foundation item", Topic::Funding, Bare::Never),
    ("foundation", Topic::Funding, Bare::Never),
    ("fund program", Topic::Funding, Bare::Never),
    ("fund project", Topic::Funding, Bare::Never),
    ("grant", Topic::Funding, Bare::Never),
    ("author contributions", Topic::Contribution, Bare::Alone),
    ("author contribution", Topic::Contribution, Bare::Alone),
    ("authors' contributions", Topic::Contribution, Bare::Alone),
    ("authors’ contributions", Topic::Contribution, Bare::Alone),
    ("authors' contribution", Topic::Contribution, Bare::Alone),
    ("authors’ contribution", Topic::Contribution, Bare::Alone),
    ("contributions", Topic::Contribution, Bare::Alone),
    ("credit authorship contribution statement", Topic::Contribution, Bare::Alone),
    ("acknowledgement", Topic::Acknowledgement, Bare::Alone),
    ("acknowledgements", Topic::Acknowledgement, Bare::Alone),
    ("acknowledgment", Topic::Acknowledgement, Bare::Alone),
    ("acknowledgments", Topic::Acknowledgement, Bare::Alone),
    ("conflict of interest", Topic::Statement, Bare::Alone),
    ("conflicts of interest", Topic::Statement, Bare::Alone),
    ("conflict of interests", Topic::Statement, Bare::Alone),
    ("competing interests", Topic::Statement, Bare::Alone),
    ("declaration of competing interest", Topic::Statement, Bare::Alone),
    ("declaration of interest", Topic::Statement, Bare::Alone),
    ("declaration of interests", Topic::Statement, Bare::Alone),
    ("disclosure", Topic::Statement, Bare::Alone),
    ("disclosures", Topic::Statement, Bare::Alone),
    ("data availability", Topic::Statement, Bare::Alone),
    ("data availability statement", Topic::Statement, Bare::Alone),
    ("availability of data and materials", Topic::Statement, Bare::Alone),
    ("data accessibility", Topic::Statement, Bare::Alone),
    ("supporting information", Topic::Statement, Bare::Alone),
    ("supplementary material", Topic::Statement, Bare::Alone),
    ("supplementary materials", Topic::Statement, Bare::Alone),
    ("additional information", Topic::Statement, Bare::Alone),
    ("ethics approval", Topic::Statement, Bare::Alone),
    ("ethics approval and consent to participate", Topic::Statement, Bare::Alone),
    ("ethical approval", Topic::Statement, Bare::Alone),
    ("ethics statement", Topic::Statement, Bare::Alone),
    ("ethical issues", Topic::Statement, Bare::Alone),
    ("consent for publication", Topic::Statement, Bare::Alone),
    ("informed consent", Topic::Statement, Bare::Alone),
    ("publisher's note", Topic::Statement, Bare::Alone),
    ("publisher’s note", Topic::Statement, Bare::Alone),
    ("appendix", Topic::Statement, Bare::Alone),
    ("pre-publication history", Topic::Statement, Bare::Alone),
    ("background", Topic::Part, Bare::Never),
    ("objective", Topic::Part, Bare::Never),
    ("objectives", Topic::Part, Bare::Never),
    ("aim", Topic::Part, Bare::Never),
    ("aims", Topic::Part, Bare::Never),
    ("purpose", Topic::Part, Bare::Never),
    ("methods", Topic::Part, Bare::Never),
    ("materials and methods", Topic::Part, Bare::Never),
    ("results", Topic::Part, Bare::Never),
    ("conclusion", Topic::Part, Bare::Never),
    ("conclusions", Topic::Part, Bare::Never),
    ("results and conclusion", Topic::Part, Bare::Never),
];

/// Labels by their first character: most lines begin with none of these.
type ByFirst = LazyLock<HashMap<char, Vec<Row>>>;
static HAN_BY_FIRST: ByFirst = LazyLock::new(|| by_first(HAN));
static LATIN_BY_FIRST: ByFirst = LazyLock::new(|| by_first(LATIN));

fn by_first(rows: &[Row]) -> HashMap<char, Vec<Row>> {
    let mut out: HashMap<char, Vec<Row>> = HashMap::new();
    for row in rows {
        out.entry(row.0.chars().next().unwrap_or_default()).or_default().push(*row);
    }
    out
}

/// The longest Chinese label at the start, spaces between its characters ignored.
fn han(text: &str) -> Option<(Topic, usize, Bare)> {
    let rows = HAN_BY_FIRST.get(&text.chars().next()?)?;
    let mut squeezed = String::with_capacity(72);
    let mut ends = Vec::with_capacity(24);
    for (at, c) in text.char_indices().take(40) {
        if c == ' ' || c == '\u{3000}' {
            continue;
        }
        if !is_han(c) || ends.len() == 24 {
            break;
        }
        squeezed.push(c);
        ends.push(at + c.len_utf8());
    }
    let (name, topic, bare) =
        rows.iter().filter(|(name, ..)| squeezed.starts_with(name)).max_by_key(|(name, ..)| name.len())?;
    let used = *ends.get(name.chars().count() - 1)?;
    Some((*topic, used, *bare))
}

/// The longest English label at the start, in any capitals.
fn latin(text: &str) -> Option<(Topic, usize, Bare)> {
    let starts = |name: &&str| {
        text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
            && !text[name.len()..].starts_with(|c: char| c.is_ascii_lowercase() || c == '\'' || c == '’')
    };
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let first = text.chars().next()?.to_ascii_lowercase();
    LATIN_BY_FIRST
        .get(&first)?
        .iter()
        .filter(|(name, ..)| starts(name))
        .max_by_key(|(name, ..)| name.len())
        .map(|(name, topic, bare)| (*topic, name.len(), *bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_in_every_dress() {
        let topic = |text| find(text).map(|label| label.topic);
        for text in [
            "摘要：目前",
            "【摘 要】目前",
            "摘要 目前",
            "摘要目前研究",
            "[Abstract] The",
            "Abstract\u{3000}The",
            "**Abstract**",
        ] {
            assert_eq!(topic(text), Some(Topic::Abstract), "{text}");
        }
        for text in ["关键词：甲；乙", "关键词甲；乙", "【关键词】甲", "Keywords: a", "Key words a; b"]
        {
            assert_eq!(topic(text), Some(Topic::Keywords), "{text}");
        }
        for text in ["中图分类号 R1", "DOI：10.1000/x", "收稿日期：2020-01-01", "*通信作者：王某"]
        {
            assert_eq!(topic(text), Some(Topic::Field), "{text}");
        }
        for text in [
            "结果表明",
            "方法学上",
            "abstract thinking",
            "Received wisdom",
            "致谢意",
            "Background noise was low",
            "接受治疗",
        ] {
            assert_eq!(topic(text), None, "{text}");
        }
        assert_eq!(topic("Results: the"), Some(Topic::Part));
    }
}
