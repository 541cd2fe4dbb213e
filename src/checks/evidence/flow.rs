//! The flow of a literature search: how many works were found, screened and included.

use super::skeleton::without_label;
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Block, Lang, Span, Zone};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::evidence::number::{digit, number};
use crate::parse::evidence::unit::skip_spaces;
use crate::parse::reference::Numbering;
use crate::rules::{Options, Scope};

/// A later stage that keeps more works than an earlier one.
pub const RISES: Kind = Kind {
    name: "search-flow",
    scope: Scope::Document,
    fields: &["later", "earlier"],
    variants: &[],
    build: |options| boxed(options, Rises),
};

/// The number included, as abstract, text and list give it.
pub const INCLUDED: Kind = Kind {
    name: "included-number",
    scope: Scope::Document,
    fields: &["number", "other", "listed"],
    variants: &["beyond-list", "found"],
    build: |options| boxed(options, Included),
};

fn boxed(options: Options<'_>, check: impl Check + 'static) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(check))
}

/// A stage of the search, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Found,
    Deduplicated,
    Screened,
    FullText,
    Included,
}

/// A number of works at a stage.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count {
    pub(super) span: Span,
    pub(super) value: f64,
    stage: Stage,
}

/// Words of a stage; the latest stage named between two counts is meant.
const STAGES: &[(Stage, &[&str])] = &[
    (
        Stage::Included,
        &[
            "纳入",
            "选取",
            "入选",
            "选入",
            "included",
            "were selected",
            "for summary",
            "for analysis",
            "for review",
            "eligible",
            "met the inclusion",
            "met our inclusion",
            "met the eligibility",
            "fulfilled the",
        ],
    ),
    (Stage::FullText, &["全文", "复筛", "full text", "full-text", "full texts"]),
    (Stage::Screened, &["标题", "题目", "摘要", "初筛", "初步筛选", "title", "abstract", "screen"]),
    (Stage::Deduplicated, &["去重", "剔除重复", "去除重复", "排除重复", "删除重复", "duplicat"]),
    (
        Stage::Found,
        &[
            "检索到",
            "检得",
            "检出",
            "初检",
            "检索获得",
            "检索得到",
            "检索出",
            "共获得",
            "获取",
            "共检索",
            "查到",
            "identified",
            "retrieved",
            "yielded",
            "initially",
            "found",
            "obtained",
        ],
    ),
];

/// Verbs that take works away; the number after them is what was removed.
const REMOVED: &[&str] = &[
    "排除",
    "剔除",
    "去除",
    "删除",
    "除去",
    "excluded",
    "removed",
    "excluding",
    "removing",
    "deleted",
    "其中",
    "including",
];
/// Verbs that say what is left.
const LEFT: &[&str] = &[
    "得到",
    "剩余",
    "余下",
    "保留",
    "获得",
    "纳入",
    "筛选出",
    "选取",
    "剩",
    "余",
    "remain",
    "left",
    "included",
    "retained",
    "共",
];

/// The counts of works in a block, in order.
pub(super) fn counts(cx: &Context<'_>, block: &Block) -> Vec<Count> {
    let text = cx.slice(block.span);
    // characters and their first bytes are looked for, words of a text without digits are not
    let has = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    let named = || {
        has("篇")
            || has("项")
            || block.lang == Lang::En
                && ["rticles", "studies", "papers", "records", "ublications"].into_iter().any(has)
    };
    if !text.bytes().any(|b| b.is_ascii_digit()) || !named() {
        return Vec::new();
    }
    let mut out: Vec<Count> = Vec::new();
    // 摘要 as a label names no step
    let mut last = text.len() - without_label(text).len();
    for (span, value) in works(text) {
        let segment = text.get(last..span.end).unwrap_or_default();
        if segment.len() < span.len() {
            continue;
        }
        let clause =
            segment[..segment.len() - span.len()].rsplit(['，', ',', '；', ';', '。']).next().unwrap_or("");
        last = span.end;
        let removed =
            last_of(clause, REMOVED).is_some_and(|at| last_of(clause, LEFT).is_none_or(|left| left < at));
        let tail_end = floor(text, (span.end + 60).min(text.len()));
        let tail = text[span.end..tail_end].split([',', ';', '.', '，', '；', '。']).next().unwrap_or("");
        let taken = ["excluded", "removed", "were duplicates", "被排除", "被剔除", "重复"]
            .iter()
            .any(|word| tail.contains(word));
        if removed || taken {
            continue;
        }
        let before = &segment[floor(segment, segment.len().saturating_sub(240))..];
        let both = format!("{before}{}", if block.lang == Lang::En { tail } else { "" });
        let Some((stage, _)) = STAGES.iter().find(|(_, words)| words.iter().any(|word| both.contains(word)))
        else {
            continue;
        };
        out.push(Count { span: span.shift(block.span.start), value, stage: *stage });
    }
    out
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn last_of(text: &str, words: &[&str]) -> Option<usize> {
    words.iter().filter_map(|word| text.rfind(word)).max()
}

/// What stands behind the number of works that a search kept.
const KEPT: &[&str] = &[
    "were eligible",
    "were included",
    "were selected",
    "were retained",
    "met the",
    "met our",
    "met all",
    "fulfilled",
];

/// `158篇`, `158 related articles`: numbers of works and where they stand.
fn works(text: &str) -> Vec<(Span, f64)> {
    const NOUNS: &[&str] = &[
        "articles",
        "article",
        "papers",
        "studies",
        "records",
        "publications",
        "documents",
        "literatures",
        "of them",
    ];
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit()
            || (at > 0
                && (bytes[at - 1].is_ascii_alphanumeric()
                    || matches!(bytes[at - 1], b'[' | b'-' | b'.' | b'~')))
        {
            at += 1;
            continue;
        }
        let Some(found) = number(text, at).filter(|found| found.decimals == 0) else {
            at += 1;
            continue;
        };
        let end = at + found.len;
        let next = skip_spaces(bytes, end);
        let rest = &text[next..];
        let stop = if rest.starts_with('篇') {
            Some(next + '篇'.len_utf8())
        } else if let Some(what) = rest.strip_prefix('项') {
            // 13项随机对照试验, 8项研究
            let near: String =
                what.chars().take(8).take_while(|c| !matches!(c, '，' | '。' | '；')).collect();
            let study = ["研究", "试验", "RCT", "文献"].iter().any(|word| near.contains(word));
            study.then_some(next + '项'.len_utf8())
        } else {
            // at most two words between the number and its noun
            let window = &rest[..floor(rest, 44.min(rest.len()))];
            let words = window.split(' ').take(3);
            let mut offset = 0;
            let mut stop = None;
            for word in words {
                let clean = word.trim_end_matches([',', '.', ';', ')']);
                if NOUNS.contains(&clean) {
                    stop = Some(next + offset + clean.len());
                    break;
                }
                if word.is_empty()
                    || clean.len() < word.len()
                    || !word.chars().all(|c| c.is_alphabetic() || c == '-')
                {
                    break;
                }
                offset += word.len() + 1;
            }
            stop.or_else(|| rest.starts_with("of them").then_some(next + 7)).or_else(|| {
                // `Of 210 studies, 46 were eligible`
                let kept = KEPT.iter().any(|word| rest.starts_with(word));
                let said = |last: &Span| end - last.end <= 90 && !text[last.end..at].contains(['.', ';']);
                (kept && out.last().is_some_and(|(last, _)| said(last))).then_some(end)
            })
        };
        if let Some(stop) = stop.filter(|_| !found.is_year_like() || rest.starts_with(['篇', '项'])) {
            out.push((Span::new(at, stop), found.value));
        }
        at = end.max(at + 1);
        while digit(bytes, at).is_some() {
            at += 1;
        }
    }
    out
}

struct Rises;

impl Check for Rises {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for block in cx.document.blocks() {
            if !matches!(block.zone(), Zone::AbstractZh | Zone::AbstractEn | Zone::Body | Zone::Caption) {
                continue;
            }
            let counts = counts(cx, block);
            for pair in counts.windows(2) {
                let [a, b] = pair else { continue };
                if b.stage > a.stage && b.value > a.value {
                    out.push(
                        cx.finding(b.span)
                            .confidence(Confidence::Medium)
                            .arg("later", cx.slice(b.span))
                            .arg("earlier", cx.slice(a.span))
                            .related(cx.place(a.span), Vec::new()),
                    );
                }
            }
        }
    }
}

/// The number of works a document says it included: the last such count of each zone.
pub(super) fn included(cx: &Context<'_>) -> Vec<(Zone, Count)> {
    let mut out: Vec<(Zone, Count)> = Vec::new();
    for block in cx.document.blocks() {
        let zone = block.zone();
        if !matches!(zone, Zone::AbstractZh | Zone::AbstractEn | Zone::Body) {
            continue;
        }
        let counts = counts(cx, block);
        // a search says more than one number, or says 纳入…综述; a lone "included" may be of another review
        let text = cx.slice(block.span);
        let searched =
            zone != Zone::Body && ["检索", "searched", "search of"].iter().any(|w| text.contains(w));
        let flow = searched || counts.iter().any(|count| count.stage < Stage::Included);
        let mut own = counts.iter().filter(|count| count.stage == Stage::Included && !of_others(cx, count));
        let Some(first) = own.next().filter(|_| flow) else { continue };
        // 纳入80篇……最终纳入46篇: the last one of the same sentence
        let end = cx.facts.evidence.sentence_at(first.span.start).map_or(first.span.end, |s| s.span.end);
        let last = own.rfind(|count| count.span.start < end).unwrap_or(first);
        out.push((zone, *last));
    }
    out
}

/// The sentence tells what another review included.
fn of_others(cx: &Context<'_>, count: &Count) -> bool {
    const OTHERS: &[&str] = &[
        "荟萃分析",
        "Meta分析",
        "meta分析",
        "meta-analysis",
        "系统评价",
        "一项",
        "该研究",
        "等[",
        "等［",
        "等^",
        "et al",
        "A review of",
    ];
    let sentence = cx.facts.evidence.sentence_at(count.span.start).map_or("", |s| cx.slice(s.span));
    OTHERS.iter().any(|word| sentence.contains(word))
}

/// Entries of the only numbered list.
pub(super) fn listed(cx: &Context<'_>) -> Option<usize> {
    match cx.facts.references.lists.as_slice() {
        [list] if list.numbering == Numbering::Numbered => Some(list.entries.len()),
        _ => None,
    }
}

/// The number of works found at first: one of an abstract, one of the text, in passages that also say
/// what was included. Several numbers (one per database) are not compared.
fn found_twice(cx: &Context<'_>, out: &mut Sink) {
    let mut known: Option<Count> = None;
    for block in cx.document.blocks() {
        let zone = block.zone();
        let is_abstract = matches!(zone, Zone::AbstractZh | Zone::AbstractEn);
        if !(is_abstract || zone == Zone::Body) || (zone == Zone::Body) != known.is_some() {
            continue;
        }
        let counts = counts(cx, block);
        let mut found = counts.iter().filter(|count| count.stage == Stage::Found);
        let (Some(first), None) = (found.next(), found.next()) else { continue };
        if of_others(cx, first) || !counts.iter().any(|count| count.stage == Stage::Included) {
            continue;
        }
        match known {
            None => known = Some(*first),
            // a later step may be what the abstract calls found
            Some(other) if counts.iter().all(|count| count.value != other.value) => {
                out.push(
                    cx.finding(first.span)
                        .variant("found")
                        .confidence(Confidence::Medium)
                        .arg("number", cx.slice(first.span))
                        .arg("other", cx.slice(other.span))
                        .arg("listed", 0_usize)
                        .related(cx.place(other.span), vec![arg("other", cx.slice(other.span))]),
                );
                return;
            }
            Some(_) => return,
        }
    }
}

struct Included;

impl Check for Included {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        found_twice(cx, out);
        let included = included(cx);
        let listed = listed(cx);
        let Some((_, first)) = included.first() else { return };
        let differ: Vec<&Count> =
            included.iter().map(|(_, count)| count).filter(|count| count.value != first.value).collect();
        if let Some(odd) = differ.first() {
            // the number the list agrees with is probably right
            #[expect(clippy::cast_precision_loss, reason = "lists are short")]
            let by_list = |count: &Count| listed.is_some_and(|n| n as f64 == count.value);
            let (wrong, right) = if by_list(odd) { (first, *odd) } else { (*odd, first) };
            let mut finding = cx
                .finding(wrong.span)
                .confidence(Confidence::Medium)
                .arg("number", cx.slice(wrong.span))
                .arg("other", cx.slice(right.span))
                .arg("listed", listed.unwrap_or(0));
            for (_, count) in &included {
                if count.span != wrong.span {
                    finding = finding.related(cx.place(count.span), vec![arg("other", cx.slice(count.span))]);
                }
            }
            out.push(finding);
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "lists are short")]
        if let Some(n) = listed.filter(|n| *n >= 5 && first.value > *n as f64) {
            out.push(
                cx.finding(first.span)
                    .variant("beyond-list")
                    .confidence(Confidence::Medium)
                    .arg("number", cx.slice(first.span))
                    .arg("other", n.to_string())
                    .arg("listed", n),
            );
        }
    }
}
