//! What may stand between a word for a class and the list it announces or closes, and inside that list.

/// Longest stretch between a class word and its list, and between two members, in bytes.
const GAP: usize = 120;

/// `…）等多种`: what may stand between the last member and the class word it belongs to.
pub(super) fn closes(gap: &str) -> bool {
    if gap.len() > GAP {
        return false;
    }
    let rest = unknown(gap.trim_start_matches([')', '）', ' ', '\u{a0}']));
    if let Some(rest) = rest.strip_prefix('等') {
        let free = [
            "多种",
            "一系列",
            "多个",
            "相关",
            "经典",
            "各种",
            "主要",
            "关键",
            "的",
            "细胞",
            " ",
            "重要",
            "几种",
            "水平",
        ];
        return stripped(rest, &free).is_empty();
    }
    let english = ["and other ", "or other ", ", and other ", "as well as other ", "among other "];
    let rest = rest.trim_start_matches([',', ' ']);
    english.iter().any(|word| rest.trim_end().eq(word.trim().trim_start_matches([',', ' '])))
}

/// Skip members that no table knows: `、CX3CL1`.
pub(super) fn unknown(text: &str) -> &str {
    let mut rest = text;
    while let Some(next) = rest.strip_prefix('、') {
        let end = next
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || ('α'..='ω').contains(&c)))
            .unwrap_or(next.len());
        // the last name of the gap is followed by the next mark or by 等
        if !(2..=14).contains(&end) || !next[end..].starts_with(['、', '和', '等', '及', '与']) {
            break;
        }
        rest = &next[end..];
    }
    rest
}

pub(super) fn stripped<'a>(text: &'a str, free: &[&str]) -> &'a str {
    let mut rest = text;
    while let Some(word) = free.iter().filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len()) {
        rest = &rest[word.len()..];
    }
    rest
}

/// What may stand between a class word and the first member of its list.
pub(super) fn opens(gap: &str) -> bool {
    const FREE: &[&str] = &[
        "s",
        " ",
        "\u{a0}",
        "，",
        ",",
        "(",
        "（",
        ":",
        "：",
        "如",
        "包括",
        "例如",
        "主要",
        "有",
        "为",
        "即",
        "诸如",
        "比如",
        "such as",
        "including",
        "like",
        "namely",
        "e.g.",
        "i.e.",
        "for example",
        "for instance",
    ];
    if gap.len() > GAP {
        return false;
    }
    let rest = stripped(gap, FREE);
    // 促炎因子，IL-10…: a comma alone begins something new
    let only_comma = gap.trim_start_matches('s').trim().trim_matches([',', '，']).is_empty();
    let comma = gap.contains([',', '，']);
    if only_comma && comma {
        return false;
    }
    long_form(rest)
}

/// What may stand between two members of one list: marks, `和`, brackets, and the long form of the next.
pub(super) fn glue(gap: &str) -> bool {
    if gap.len() > GAP || gap.is_empty() {
        return false;
    }
    let rest = outside_brackets(gap);
    let rest = unknown(rest.trim_start_matches([')', '）', ' ', '\u{a0}']));
    const MARKS: &[&str] = &[
        "、", ", and ", ", or ", ", ", "，", ",", "和", "与", "及", "以及", "或", "/", " and ", "and ",
        " or ", "; ",
    ];
    let Some(mark) = MARKS.iter().filter(|mark| rest.starts_with(**mark)).max_by_key(|mark| mark.len())
    else {
        return false;
    };
    let rest = rest[mark.len()..].trim_start_matches([' ', '\u{a0}']);
    let rest = rest.strip_prefix("以及").or_else(|| rest.strip_prefix('和')).unwrap_or(rest);
    // after a comma only the next name itself: 促炎因子TNF-α，而IL-10…
    let strict = matches!(*mark, "，" | "," | ", ");
    if strict { rest.is_empty() } else { long_form(rest) }
}

/// True when the gap holds the conjunction before the last member.
pub(super) fn last(gap: &str) -> bool {
    ["和", "与", "及", "或", "and ", "or "].iter().any(|word| gap.contains(word))
}

/// Nothing, or a name and the bracket that holds its short form: `肿瘤坏死因子（tumor necrosis factor，`.
pub(super) fn long_form(text: &str) -> bool {
    let text = text.trim_end_matches([' ', '\u{a0}']);
    if text.is_empty() {
        return true;
    }
    const VERBS: &[&str] = &[
        "抑制", "促进", "升高", "降低", "增加", "减少", "上调", "下调", "提高", "分泌", "表达", "释放", "而",
        "但", "则", "并", "其", "的", "促炎", "抗炎", "阴性", "阳性", "is", "are", "was", "were", "increas",
        "decreas", "reduc", "enhanc", "promot", "inhibit", "anti", "pro-", "while", "with", "the ", "by ",
        "of ", "级", "negative", "positive",
    ];
    text.len() <= 90 && text.contains(['(', '（']) && !VERBS.iter().any(|verb| text.contains(verb))
}

/// The text without what stands in closed brackets.
pub(super) fn outside_brackets(text: &str) -> String {
    let mut open: Vec<usize> = Vec::new();
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ')' | '）' => {
                // a bracket that closes what was opened before the gap is dropped
                if let Some(at) = open.pop() {
                    out.truncate(at);
                }
            }
            _ => {
                if matches!(c, '(' | '（') {
                    open.push(out.len());
                }
                out.push(c);
            }
        }
    }
    out
}

/// `促炎因子TNF-α和IL-10的比值`, `… ratio`: two sides on purpose.
pub(super) fn compared(tail: &str) -> bool {
    let head: String = tail.chars().take(14).collect();
    ["比值", "比例", "平衡", "失衡", "之比", "ratio", "balance"].iter().any(|word| head.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps() {
        assert!(glue("、") && glue("和") && glue(", and ") && glue("）、白细胞介素（interleukin，"));
        assert!(!glue("，而") && !glue("升高、") && !glue(""));
        assert!(closes("等") && closes("）等多种") && closes(" and other "));
        assert!(!closes("的表达，抑制"));
        assert!(opens("如") && opens("s such as ") && opens("（") && !opens("，"));
    }
}
