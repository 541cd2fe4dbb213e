//! Clauses side by side that say opposite things of one object, and a microRNA that lowers with its own fall.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Lang, Span};
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::rules::{Options, Scope};
use memchr::memmem;

/// Promotes and inhibits the same thing.
pub const SAME: Kind = Kind {
    name: "opposite-verbs",
    scope: Scope::Document,
    fields: &["first", "second", "object"],
    variants: &[],
    build: |options| boxed(options, Same),
};

/// A microRNA falls and so lowers another gene.
pub const MICRO: Kind = Kind {
    name: "microrna-direction",
    scope: Scope::Document,
    fields: &["microrna", "first", "second"],
    variants: &[],
    build: |options| boxed(options, Micro),
};

fn boxed(options: Options<'_>, check: impl Check + 'static) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(check))
}

/// Verbs that raise.
const UP: &[&str] = &["促进", "增强", "加强", "提高", "增加", "上调", "激活", "升高", "加速"];
/// Verbs that lower.
const DOWN: &[&str] = &["抑制", "减弱", "降低", "减少", "下调", "阻断", "削弱", "减缓", "延缓"];
const UP_EN: &[&str] = &[
    "promotes",
    "promote",
    "promoted",
    "enhances",
    "enhance",
    "enhanced",
    "increases",
    "increase",
    "increased",
    "stimulates",
    "stimulated",
    "activates",
    "activated",
];
const DOWN_EN: &[&str] = &[
    "inhibits",
    "inhibit",
    "inhibited",
    "suppresses",
    "suppress",
    "suppressed",
    "reduces",
    "reduce",
    "reduced",
    "decreases",
    "decrease",
    "decreased",
    "attenuates",
    "attenuated",
];

/// What an object may end in and stay the same: `炎症的功能`, `炎症的作用`.
const TAILS: &[&str] = &["的功能", "的作用", "的效应", "的能力", "的活性", "功能", "作用", "效应", "活性"];

/// The sentence means both directions.
const BOTH: &[&str] = &[
    "或",
    "还是",
    "既",
    "双向",
    "双重",
    "浓度",
    "剂量",
    "早期",
    "晚期",
    "一方面",
    "另一方面",
    "不同",
    "而",
    "但",
    "先",
    "时间",
    "阶段",
    "平衡",
    "有时",
    "分别",
    "either",
    " or ",
    "both",
    "dual",
    "biphasic",
    "dose",
    "concentration",
    "early",
    "late",
    "whereas",
    "while",
    "but ",
    "depend",
    "respectively",
    "balance",
    "different",
    "on the one hand",
    "then",
    "some ",
    "other",
];

struct Same;

impl Check for Same {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for sentence in &cx.facts.evidence.sentences {
            let text = cx.slice(sentence.span);
            let found = match sentence.lang {
                Lang::Zh => same_zh(text),
                Lang::En => same_en(text),
            };
            let Some((first, second, object)) = found else { continue };
            if BOTH.iter().any(|word| text.contains(word)) {
                continue;
            }
            let (first, second) = (first.shift(sentence.span.start), second.shift(sentence.span.start));
            out.push(
                cx.finding(second)
                    .confidence(Confidence::Medium)
                    .arg("first", cx.slice(first))
                    .arg("second", cx.slice(second))
                    .arg("object", object)
                    .related(cx.place(first), Vec::new()),
            );
        }
    }
}

/// A clause that ends in a verb and its object, and the next one that opens with the opposite verb and has the
/// same object. Only the openings of clauses are looked at first: few of them are verbs.
fn same_zh(text: &str) -> Option<(Span, Span, String)> {
    let mut start = 0;
    for (end, mark) in clauses(text) {
        let open = end + mark;
        let rest = text[open..].trim_start_matches([' ', '并', '且', '同', '时', '还', '也']);
        let verbs = UP.iter().map(|verb| (verb, true)).chain(DOWN.iter().map(|verb| (verb, false)));
        if let Some((_, up)) = { verbs }.find(|(verb, _)| rest.starts_with(**verb))
            && let Some((at, before, object)) = act(&text[start..end])
            && before != up
        {
            let close = clauses(rest).next().map_or(rest.len(), |(end, _)| end);
            if let Some((0, _, other)) = act(&rest[..close])
                && bare(object) == bare(other)
                && bare(object).chars().count() >= 2
            {
                let second = text.len() - rest.len();
                let marker = rest[..close].find(['[', '［']).unwrap_or(close);
                let first = Span::new(start + at, end);
                return Some((first, Span::new(second, second + marker), bare(object).to_owned()));
            }
        }
        start = open;
    }
    None
}

/// Ends of the clauses with the length of the mark after them.
fn clauses(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    text.char_indices()
        .filter(|(_, c)| matches!(c, '，' | '；' | ',' | ';' | '、' | '。'))
        .map(|(at, c)| (at, c.len_utf8()))
        .chain(std::iter::once((text.len(), 0)))
}

/// The last verb of a clause, and the object that runs to its end.
fn act(clause: &str) -> Option<(usize, bool, &str)> {
    let find = |words: &[&str], up: bool| {
        words.iter().filter_map(|word| Some((clause.rfind(word)?, word.len(), up))).max_by_key(|(at, ..)| *at)
    };
    let (at, len, up) = match (find(UP, true), find(DOWN, false)) {
        (Some(a), Some(b)) if a.0 != b.0 => return None,
        (a, b) => a.or(b)?,
    };
    let object = clause[at + len..].trim_start_matches(['了', '其']);
    // a marker at the end is no part of it
    let object = object.split(['[', '［']).next().unwrap_or(object).trim();
    (!object.is_empty() && object.len() <= 60 && !object.contains(['(', '（', '[', '［']))
        .then_some((at, up, object))
}

fn bare(object: &str) -> &str {
    TAILS.iter().find_map(|tail| object.strip_suffix(tail)).unwrap_or(object)
}

/// `promotes X and inhibits X`: looked for at the words that join two verbs.
fn same_en(text: &str) -> Option<(Span, Span, String)> {
    [" and ", ", "].iter().find_map(|join| {
        memmem::find_iter(text.as_bytes(), join).find_map(|joint| {
            let second = joint + join.len();
            let rest = text.get(second..)?;
            let len = rest.find(|c: char| !c.is_ascii_alphabetic())?;
            let up = UP_EN.contains(&&rest[..len]);
            if !up && !DOWN_EN.contains(&&rest[..len]) {
                return None;
            }
            let tail = &rest[len..];
            let ends =
                [" and ", " in ", " by ", " via ", " through ", " with ", " after ", " during ", " from "];
            let stop = tail.find([',', ';', '.', '(', '[']).unwrap_or(tail.len());
            let stop = ends.iter().filter_map(|end| tail.find(end)).fold(stop, usize::min);
            let object = tail[..stop].trim().trim_start_matches("the ");
            let head =
                text[..joint].trim_end_matches(',').strip_suffix(object).filter(|_| object.len() >= 5)?;
            let head = head.trim_end().trim_end_matches(" the").trim_end();
            let verb = head.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
            let opposite = if up { DOWN_EN } else { UP_EN };
            let word = head.get(verb..).filter(|word| opposite.contains(word))?;
            let first = Span::new(head.len() - word.len(), joint);
            Some((first, Span::new(second, second + len + tail[..stop].trim_end().len()), object.to_owned()))
        })
    })
}

struct Micro;

/// Words that carry the fall of one gene on to the next.
const THEN: &[&str] = &["进而", "从而", "继而", "因而", "由此"];

impl Check for Micro {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.document.text();
        let finder = memmem::Finder::new("miR");
        let mut from = 0;
        while let Some(at) = finder.find(&text.as_bytes()[from..]).map(|at| from + at) {
            from = at + 3;
            let Some(sentence) = cx.facts.evidence.sentence_at(at) else { continue };
            let Some((name, first, second)) = falls(&text[at..sentence.span.end]) else { continue };
            let (name, first, second) = (name.shift(at), first.shift(at), second.shift(at));
            out.push(
                cx.finding(second)
                    .confidence(Confidence::Medium)
                    .arg("microrna", cx.slice(name))
                    .arg("first", cx.slice(first))
                    .arg("second", cx.slice(second))
                    .related(cx.place(first), Vec::new()),
            );
        }
    }
}

/// `miR-7在…中表达下调，进而下调…`: the name, and both words.
fn falls(text: &str) -> Option<(Span, Span, Span)> {
    let name = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(text.len());
    if !text[..name].bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    for word in ["下调", "上调", "downregulated", "down-regulated", "upregulated", "up-regulated"] {
        let Some(at) = text.find(word).filter(|at| *at >= name && *at < name + 90) else { continue };
        let gap = &text[name..at];
        let rest = &text[at + word.len()..];
        let (body, then): (&str, Option<&str>) = if word.is_ascii() {
            // `is downregulated in X, which in turn downregulates Y`
            let linked = [" in turn ", " thereby ", " thus ", " consequently "]
                .iter()
                .find_map(|link| Some((rest.find(link)?, link)));
            let (comma, link) = linked.filter(|(comma, _)| *comma <= 60 && rest[..*comma].contains(','))?;
            (&rest[comma + link.len()..], Some(" "))
        } else {
            let rest = rest.strip_prefix(['，', ','])?;
            let then = THEN.iter().find(|then| rest.starts_with(**then))?;
            (&rest[then.len()..], Some(*then))
        };
        then?;
        // the first verb must not have an object of its own, nor the gap another subject
        let busy = ["，", "；", "靶", "miR", "而", "；", "可", "通过", " by ", "which"]
            .iter()
            .any(|word| gap.contains(word));
        let stem = word.trim_end_matches("ed").trim_end_matches("at");
        if busy || !body.starts_with(stem) {
            continue;
        }
        let second = text.len() - body.len();
        let end = body
            .find(|c: char| word.is_ascii() && !c.is_ascii_alphabetic() && c != '-')
            .unwrap_or(word.len());
        return Some((Span::new(0, name), Span::new(at, at + word.len()), Span::new(second, second + end)));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects() {
        assert!(same_zh("可加强免疫细胞的功能，抑制免疫细胞的作用。").is_some());
        assert!(same_zh("可促进成骨分化，抑制成脂分化。").is_none());
        assert!(same_en("It promotes bone formation and inhibits bone formation.").is_some());
        assert!(same_en("It promotes bone formation and inhibits bone resorption.").is_none());
        assert!(same_en("It increases or decreases bone mass.").is_none());
        assert!(same_zh("").is_none() && same_en("é").is_none() && falls("miR").is_none());
    }
}
