//! Names of literature databases in the Chinese and the English abstract.

use crate::checks::Context;
use crate::document::{Span, Zone};
use crate::engine::Sink;
use crate::finding::Confidence;

/// Databases by their usual name, and how both languages print them.
pub(super) const DATABASES: &[(&str, &[&str])] = &[
    ("PubMed", &["PubMed", "Pubmed", "PUBMED"]),
    ("MEDLINE", &["MEDLINE", "Medline"]),
    ("Embase", &["Embase", "EMBASE", "EMbase"]),
    ("Web of Science", &["Web of Science", "Web Of Science", "WOS数据库"]),
    ("Cochrane Library", &["Cochrane", "考克兰"]),
    ("Scopus", &["Scopus", "SCOPUS"]),
    ("ScienceDirect", &["ScienceDirect", "Science Direct"]),
    ("CINAHL", &["CINAHL"]),
    ("PsycINFO", &["PsycINFO", "PsycInfo"]),
    ("ProQuest", &["ProQuest"]),
    ("Google Scholar", &["Google Scholar", "谷歌学术", "Google学术"]),
    (
        "CNKI",
        &[
            "CNKI",
            "中国知网",
            "知网",
            "China National Knowledge Infrastructure",
            "中国期刊全文数据库",
            "China Journal Full-text Database",
        ],
    ),
    ("Wanfang", &["万方", "Wanfang", "WanFang", "Wan Fang", "Wan fang", "WANFANG"]),
    ("VIP", &["维普", "VIP", "Weipu", "WeiPu", "CQVIP", "中文科技期刊", "Chinese Scientific Journal"]),
    (
        "CBM",
        &[
            "CBM",
            "SinoMed",
            "Sinomed",
            "中国生物医学文献",
            "China Biology Medicine",
            "Chinese Biomedical Literature",
            "Chinese Biology Medicine",
        ],
    ),
];

/// The databases an abstract names, each with its first place.
fn named(cx: &Context<'_>, zone: Zone) -> (Vec<(usize, Span)>, bool) {
    let mut out: Vec<(usize, Span)> = Vec::new();
    let mut open = false;
    for block in cx.document.blocks().iter().filter(|block| block.zone() == zone) {
        let text = cx.slice(block.span);
        // most abstracts tell of no search: three looks instead of fifty
        if !["检索", "数据库", "earch"].iter().any(|word| text.contains(word)) {
            continue;
        }
        for (n, (_, names)) in DATABASES.iter().enumerate() {
            let first = names.iter().filter_map(|name| Some((text.find(name)?, name.len()))).min();
            if let Some((at, len)) = first
                && out.iter().all(|(known, _)| *known != n)
            {
                out.push((n, Span::new(at, at + len).shift(block.span.start)));
                // a list that says it is not whole
                let rest: String = text[at + len..].chars().take(12).collect();
                let before: String = text[..at].chars().rev().take(10).collect();
                open |= rest.trim_start_matches("数据库").starts_with('等')
                    || rest.contains("etc")
                    || before.contains(&"such as".chars().rev().collect::<String>());
            }
        }
        open |= [
            "Chinese databases",
            "English databases",
            "and other",
            "Chinese and English databases",
            "中英文数据库",
        ]
        .iter()
        .any(|words| text.contains(words));
    }
    out.sort_by_key(|(_, span)| span.start);
    (out, open)
}

/// Reports abstracts that name other databases; each must name two, and neither list may say 等.
pub(super) fn compare(cx: &Context<'_>, out: &mut Sink) {
    let ((zh, zh_open), (en, en_open)) = (named(cx, Zone::AbstractZh), named(cx, Zone::AbstractEn));
    if zh.len() < 2 || en.len() < 2 {
        return;
    }
    let lacks = |list: &[(usize, Span)], n: usize| list.iter().all(|(known, _)| *known != n);
    let only = |list: &[(usize, Span)], other: &[(usize, Span)]| -> Vec<(usize, Span)> {
        list.iter().filter(|(n, _)| lacks(other, *n)).copied().collect()
    };
    let mut left = only(&zh, &en);
    let mut right = only(&en, &zh);
    if en_open {
        left.clear();
    }
    if zh_open {
        right.clear();
    }
    // PubMed searches MEDLINE
    for list in [&mut left, &mut right] {
        list.retain(|(n, _)| !matches!(DATABASES[*n].0, "MEDLINE" | "PubMed"));
    }
    let (Some(first), Some(other)) = (left.first().or(zh.first()), right.first().or(en.first())) else {
        return;
    };
    if left.is_empty() && right.is_empty() {
        return;
    }
    let names =
        |list: &[(usize, Span)]| list.iter().map(|(n, _)| DATABASES[*n].0).collect::<Vec<_>>().join(", ");
    out.push(
        cx.finding(first.1)
            .variant("databases")
            .confidence(Confidence::Medium)
            .arg("zh", names(&zh))
            .arg("en", names(&en))
            .related(cx.place(other.1), Vec::new()),
    );
}
