//! Markers listed under the words of a class that another class excludes.

use super::enumeration::{closes, compared, glue, last, opens, outside_brackets, stripped, unknown};
use crate::checks::{Check, Context, CorpusContext, Kind, NoOptions, entry};
use crate::document::Span;
use crate::engine::{Entry, Sink};
use crate::finding::{Confidence, Finding, Severity, arg};
use crate::parse::evidence::named::NameTable;
use crate::parse::evidence::{Named, Sentence, What};
use crate::rules::{Options, Scope};
use std::collections::BTreeSet;

/// A list against the class that announces it.
pub const LISTED: Kind = Kind {
    name: "marker-class",
    scope: Scope::Document,
    fields: &["marker", "class", "own", "said"],
    variants: &["lowered"],
    build: |options| boxed(options, Listed),
};

/// One marker, two opposed classes, in different documents.
pub const ACROSS: Kind = Kind {
    name: "marker-class-conflict",
    scope: Scope::Corpus,
    fields: &["marker", "class", "other", "documents"],
    variants: &[],
    build: |options| boxed(options, Across),
};

fn boxed(options: Options<'_>, check: impl Check + 'static) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(check))
}

/// A marker that the text puts into a class.
struct Member {
    marker: u16,
    span: Span,
    class: u16,
    word: Span,
    /// By `炎症因子`, which names no side: the list is said to fall.
    lowered: bool,
}

/// Every membership a document states.
fn members(cx: &Context<'_>) -> Vec<Member> {
    let table = &cx.data.evidence.names;
    let named = &cx.facts.evidence.named;
    let mut out = Vec::new();
    for (n, word) in named.iter().enumerate() {
        let What::Class(class) = word.what else { continue };
        let Some(sentence) = cx.facts.evidence.sentence_at(word.span.start) else { continue };
        if beside_another(cx, named, n) {
            continue;
        }
        let list = listed(cx, sentence, named, n, word.span);
        let known = out.len();
        let word = word.span;
        out.extend(list.map(|(marker, span)| Member { marker, span, class, word, lowered: false }));
        if out.len() == known
            && let Some((marker, span)) = stated(cx, sentence, named, n)
        {
            out.push(Member { marker, span, class, word, lowered: false });
        }
    }
    lowered(cx, table, &mut out);
    out
}

/// `IL-10是一种促炎因子`, `TP53 is a well-known proto-oncogene`: the marker right before, and a word that equates.
fn stated(cx: &Context<'_>, sentence: &Sentence, named: &[Named], n: usize) -> Option<(u16, Span)> {
    let before = named.get(n.checked_sub(1)?)?;
    let What::Marker(marker) = before.what else { return None };
    let gap = cx.document.text().get(before.span.end..named[n].span.start)?;
    let gap = outside_brackets(gap);
    let gap = gap.trim();
    let rest =
        ["作为", "是", "均为", "为", "属于", "即", "is a", "is an", "are", "as a", "as an", ", a", ", an"]
            .iter()
            .find_map(|word| gap.strip_prefix(word))?;
    let free = [
        "一种",
        "一类",
        "重要的",
        "重要",
        "关键的",
        "关键",
        "主要的",
        "主要",
        "典型的",
        "典型",
        "经典的",
        "经典",
        "常见的",
        "常见",
        "强效的",
        "强效",
        "的",
        "well-known",
        "major",
        "key",
        "important",
        "potent",
        "classic",
        "classical",
        "typical",
        "prototypical",
        "main",
        "known",
        " ",
        "one of the",
        "common",
    ];
    (before.span.start >= sentence.span.start && stripped(rest, &free).is_empty())
        .then_some((marker, before.span))
}

/// `促炎/抗炎因子`, `pro- and anti-inflammatory cytokines`, `抑制促炎因子`-like words are about two classes.
fn beside_another(cx: &Context<'_>, named: &[Named], n: usize) -> bool {
    let start = named[n].span.start;
    let text = cx.document.text();
    let mut from = start.saturating_sub(24);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let head = text[from..start].to_ascii_lowercase();
    let head = head.trim_end();
    if ["阴性", "negative", "非", "阴性的"].iter().any(|word| head.ends_with(word)) {
        return true;
    }
    if ["balance", "ratio", "平衡", "比值", "失衡"].iter().any(|word| head.contains(word)) {
        return true;
    }
    let mut bare = head;
    for word in ["and", "or", "/", "／", "和", "与", "及", "或", "、", "-"] {
        bare = bare.strip_suffix(word).unwrap_or(bare).trim_end();
    }
    bare.len() < head.len()
        && ["pro", "anti", "促炎", "抗炎", "致炎", "促", "抗", "因子", "cytokines", "type"]
            .iter()
            .any(|word| bare.ends_with(word))
}

/// The markers of the list that a class word announces (`促炎因子如…`) or closes (`…等促炎因子`).
fn listed<'a>(
    cx: &'a Context<'_>,
    sentence: &Sentence,
    named: &'a [Named],
    n: usize,
    word: Span,
) -> impl Iterator<Item = (u16, Span)> + use<'a> {
    let text = cx.document.text();
    let mut found = Vec::new();
    let inside = |span: Span| span.start >= sentence.span.start && span.end <= sentence.span.end;
    // before: `A、B和C等促炎因子`, `A, B and other pro-inflammatory cytokines`
    let mut end = word.start;
    for other in named[..n].iter().rev() {
        let What::Marker(marker) = other.what else { break };
        if !inside(other.span) || other.span.end > end {
            break;
        }
        let gap = &text[other.span.end..end];
        let fits = if found.is_empty() { closes(gap) } else { glue(gap) };
        if !fits {
            break;
        }
        found.push((marker, other.span));
        end = other.span.start;
    }
    if found.is_empty() {
        // after: `促炎因子（A、B、C）`, `pro-inflammatory cytokines such as A, B and C`
        let mut start = word.end;
        let mut ended = false;
        for other in named[n + 1..].iter() {
            let What::Marker(marker) = other.what else { break };
            if !inside(other.span) || ended {
                break;
            }
            let gap = &text[start..other.span.start];
            let fits = if found.is_empty() { opens(gap) } else { glue(gap) };
            if !fits {
                break;
            }
            ended = !found.is_empty() && last(gap);
            found.push((marker, other.span));
            start = other.span.end;
        }
        let tail = &text[start..sentence.span.end.max(start)];
        if compared(tail) {
            found.clear();
        }
    }
    found.into_iter()
}

/// `减少TNF-α、IL-10等炎症因子`: the word names no side, but what falls with TNF-α is taken for pro-inflammatory.
fn lowered(cx: &Context<'_>, table: &NameTable, out: &mut Vec<Member>) {
    let Some(class) = table.classes.iter().position(|class| class.id == "pro-inflammatory") else { return };
    let class = u16::try_from(class).unwrap_or(u16::MAX);
    let evidence = &cx.facts.evidence;
    for (n, named) in evidence.named.iter().enumerate() {
        let What::Marker(marker) = named.what else { continue };
        if table.opposed(class, marker).is_none() {
            continue;
        }
        let Some(sentence) = evidence.sentence_at(named.span.start) else { continue };
        let Some((word, list)) = neutral(cx, sentence, &evidence.named, n) else { continue };
        let proper = |marker: u16| {
            table.classes.get(usize::from(class)).is_some_and(|c| table.holds(&c.members, marker))
        };
        if list.iter().any(|marker| proper(*marker)) {
            out.push(Member { marker, span: named.span, class, word, lowered: true });
        }
    }
}

/// The neutral word that closes the list a marker stands in, the other members, where the whole is lowered.
fn neutral(cx: &Context<'_>, sentence: &Sentence, named: &[Named], n: usize) -> Option<(Span, Vec<u16>)> {
    const WORDS: &[&str] = &["炎症因子", "炎性因子", "炎症细胞因子", "炎性细胞因子", "炎症介质", "炎性介质"];
    const DOWN: &[&str] = &["减少", "降低", "抑制", "下调", "减弱", "阻断", "减轻"];
    let text = cx.document.text();
    let mut list = Vec::new();
    let mut last = n;
    while let Some(next) = named.get(last + 1)
        && let What::Marker(marker) = next.what
        && next.span.start <= sentence.span.end
        && glue(&text[named[last].span.end..next.span.start])
    {
        list.push(marker);
        last += 1;
    }
    let mut first = n;
    while let Some(before) = first.checked_sub(1).and_then(|at| named.get(at))
        && let What::Marker(marker) = before.what
        && before.span.start >= sentence.span.start
        && glue(&text[before.span.end..named[first].span.start])
    {
        list.push(marker);
        first -= 1;
    }
    let end = named[last].span.end;
    let rest = text.get(end..sentence.span.end)?;
    let trimmed = unknown(rest.trim_start_matches([' ', ')', '）', '\u{a0}']));
    let trimmed = trimmed.strip_prefix('等')?.trim_start_matches([' ', '\u{a0}']);
    let word = WORDS.iter().find(|word| trimmed.starts_with(**word))?;
    let at = end + rest.find(word)?;
    // the verb right before the list, in the same clause
    let head = text.get(sentence.span.start..named[first].span.start)?;
    let clause = head.rfind(['，', ',', '；', ';', '：']).map_or(head, |comma| &head[comma..]);
    let down = DOWN.iter().filter_map(|verb| clause.rfind(verb)).max()?;
    let up = ["增加", "升高", "促进", "上调", "提高", "诱导", "刺激", "导致"]
        .iter()
        .filter_map(|verb| clause.rfind(verb))
        .max();
    (up.is_none_or(|up| up < down)).then_some((Span::new(at, at + word.len()), list))
}

/// The paragraph or the title says that another reading is meant.
fn excused(cx: &Context<'_>, words: &[String], at: usize) -> bool {
    if words.is_empty() {
        return false;
    }
    let paragraph = cx.document.block_at(at).map_or("", |block| cx.slice(block.span));
    let opening = cx.document.text().get(..3_000.min(cx.document.text().len())).unwrap_or("");
    words.iter().any(|word| paragraph.contains(word.as_str()) || opening.contains(word.as_str()))
}

struct Listed;

impl Check for Listed {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let table = &cx.data.evidence.names;
        let opposed = |member: &Member| {
            let own = table.opposed(member.class, member.marker)?;
            (!excused(cx, &own.unless, member.span.start)).then_some(own)
        };
        let mut strange: Vec<Member> =
            members(cx).into_iter().filter(|member| opposed(member).is_some()).collect();
        strange.sort_by_key(|member| (member.word, member.span));
        // one finding for a word: when several members are strange, the word may be the other one
        for group in strange.chunk_by(|a, b| a.word == b.word) {
            let Some((first, others)) = group.split_first() else { continue };
            let (Some(own), Some(class)) = (opposed(first), table.classes.get(usize::from(first.class)))
            else {
                continue;
            };
            let mut finding = cx
                .finding(first.span)
                .confidence(Confidence::Medium)
                .arg("marker", table.marker_name(first.marker))
                .arg("class", class.name.clone())
                .arg("own", own.name.clone())
                .arg("said", cx.slice(first.word))
                .related(cx.place(first.word), Vec::new());
            for other in others {
                finding = finding.labelled(cx.place(other.span), "again", Vec::new());
            }
            out.push(if first.lowered { finding.variant("lowered") } else { finding });
        }
    }
}

struct Across;

impl Check for Across {
    fn summarise(&self, cx: &Context<'_>, out: &mut Vec<Entry>) {
        let table = &cx.data.evidence.names;
        for member in members(cx) {
            let Some(class) = table.classes.get(usize::from(member.class)) else { continue };
            if !class.against.is_empty() {
                out.push(entry(cx, member.span, table.marker_name(member.marker), class.id.clone()));
            }
        }
    }

    fn corpus(&self, cx: &CorpusContext<'_>, out: &mut Sink) {
        let table = &cx.data.evidence.names;
        for group in cx.entries.chunk_by(|a, b| a.key == b.key) {
            let class = |id: &str| table.classes.iter().find(|class| class.id == id);
            let opposed = group.iter().find_map(|one| {
                let against = &class(&one.value)?.against;
                let other = group
                    .iter()
                    .find(|other| against.contains(&other.value) && other.place.path != one.place.path)?;
                Some((one, other))
            });
            let Some((one, other)) = opposed else { continue };
            let mut places: Vec<&&Entry> =
                group.iter().filter(|e| e.value == one.value || e.value == other.value).collect();
            places.sort_by(|a, b| a.place.cmp(&b.place));
            let documents: BTreeSet<_> = places.iter().map(|entry| &entry.place.path).collect();
            let Some(first) = places.first() else { continue };
            let second = if first.value == one.value { &other.value } else { &one.value };
            let name = |id: &str| class(id).map(|class| class.name.clone()).unwrap_or_default();
            let mut finding = Finding::at(first.place.clone())
                .arg("marker", group[0].key.as_str())
                .arg("class", name(&first.value))
                .arg("other", name(second))
                .arg("documents", documents.len())
                .key(group[0].key.clone());
            finding.severity = Severity::Info;
            for place in places.iter().skip(1).take(super::definitions::RELATED) {
                finding = finding.related(place.place.clone(), vec![arg("class", name(&place.value))]);
            }
            out.push(finding);
        }
    }
}
