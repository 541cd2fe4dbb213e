//! One sentence that moves a process one way and its markers the other.

use super::moves::{DOWN, UP, clause_end, clause_start, direction, ratio, verbs};
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::evidence::named::NameTable;
use crate::parse::evidence::{Named, Sentence, What};
use crate::rules::{Options, Scope};

/// The kind. Sentences that speak of two sides (a contrast, a control, a knock-down) are left alone.
pub const KIND: Kind = Kind {
    name: "marker-against-process",
    scope: Scope::Document,
    fields: &["marker", "process", "said", "moved"],
    variants: &["falls", "apart"],
    build,
};

struct Processes;

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(Processes))
}

/// The sentence compares, reverses or blocks: directions belong to different causes.
const SIDES: &[&str] = &[
    "但",
    "而",
    "却",
    "虽",
    "尽管",
    "然",
    "反之",
    "相反",
    "敲",
    "沉默",
    "干扰",
    "拮抗",
    "抑制剂",
    "模型",
    "对照",
    "逆转",
    "若",
    "如果",
    "当",
    "相比",
    "阻断",
    "挽救",
    "缺失",
    "缺陷",
    "缺乏",
    "过表达",
    "患者",
    "负反馈",
    "代偿",
    "除了",
    "不",
    "无",
    "未",
    "分别",
    "诱导的",
    "介导的",
    "导致的",
    "引起的",
    "造成的",
    "或",
    "whereas",
    "while",
    "but ",
    "however",
    "although",
    "though",
    "despite",
    "knock",
    "silenc",
    "sirna",
    "shrna",
    "inhibitor",
    "antagonist",
    "control",
    "revers",
    "abolish",
    "abrogat",
    "rescue",
    "in contrast",
    "conversely",
    "model",
    "deficien",
    "overexpress",
    "patient",
    "not ",
    "no ",
    "without",
    "neither",
    "respectively",
    "mediated",
    "compared",
    "versus",
    "-induced",
    "counteract",
    "compensat",
    " or ",
    "instead",
    "rather",
    "mimic",
    "antagomir",
    "mutant",
    "block",
];

/// Words right after a process that make it the name of something else: `凋亡蛋白`, `apoptosis-related`.
const NO_PROCESS_AFTER: &[&str] = &[
    "蛋白",
    "相关",
    "因子",
    "基因",
    "通路",
    "信号",
    "标志",
    "标记",
    "小体",
    "抑制",
    "诱导",
    "途径",
    "模型",
    "疾病",
    "指数",
    "抵抗",
    "-",
    " related",
    " protein",
    " gene",
    " marker",
    " pathway",
    " signal",
    "关键",
    "调控",
    "执行",
    "阶段",
    "过程中",
    "指标",
    "产物",
];
const NO_PROCESS_BEFORE: &[&str] =
    &["抗", "促", "anti-", "pro-", "anti", "非", "caspase-", "对", "诱导的", "抑"];

impl Check for Processes {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let evidence = &cx.facts.evidence;
        let mut n = 0;
        while let Some(named) = evidence.named.get(n) {
            let Some(sentence) = evidence.sentence_at(named.span.start) else {
                n += 1;
                continue;
            };
            let inside = evidence.named_in(sentence.span);
            let here = inside.len().max(1);
            let process = inside.iter().any(|named| matches!(named.what, What::Process(_)));
            let marker = inside.iter().any(|named| matches!(named.what, What::Marker(_)));
            if process && marker {
                check(cx, sentence, inside, out);
            }
            if marker && inside.len() > 1 {
                apart(cx, sentence, inside, out);
            }
            let start = inside.first().map_or(named.span.start, |first| first.span.start);
            n = evidence.named.partition_point(|other| other.span.start < start) + here;
        }
    }
}

fn check(cx: &Context<'_>, sentence: &Sentence, inside: &[Named], out: &mut Sink) {
    let table = &cx.data.evidence.names;
    let text = cx.slice(sentence.span);
    // 从而, 不仅 hold signs of contrast without being any
    let plain = ["从而", "进而", "因而", "而且", "不仅", "不但", "不断"]
        .iter()
        .fold(text.to_owned(), |text, word| text.replace(word, ""));
    if text.len() > 1_500 || SIDES.iter().any(|word| has(&plain, word)) {
        return;
    }
    let verbs = verbs(text);
    let local = |span: Span| Span::new(span.start - sentence.span.start, span.end - sentence.span.start);
    let mut reported = Vec::new();
    for process in inside {
        let What::Process(id) = process.what else { continue };
        let span = local(process.span);
        if !is_process(text, span) {
            continue;
        }
        let Some(process_up) = direction(text, span, &verbs, inside, sentence.span.start) else { continue };
        for marker in inside {
            let What::Marker(number) = marker.what else { continue };
            let Some(rises) = rises_with(table, id, number) else { continue };
            let span = local(marker.span);
            if ratio(text, span) {
                continue;
            }
            let Some(marker_up) = direction(text, span, &verbs, inside, sentence.span.start) else {
                continue;
            };
            if (marker_up == process_up) == rises || reported.contains(&id) {
                continue;
            }
            reported.push(id);
            let name =
                table.processes.get(usize::from(id)).map(|process| process.name.clone()).unwrap_or_default();
            let finding = cx
                .finding(marker.span)
                .confidence(Confidence::Medium)
                .arg("marker", table.marker_name(number))
                .arg("process", name)
                .arg("said", cx.slice(process.span))
                .arg("moved", cx.slice(marker.span))
                .related(cx.place(process.span), Vec::new());
            out.push(if marker_up { finding } else { finding.variant("falls") });
        }
    }
}

/// Members of one close class that neighbouring clauses move apart.
fn apart(cx: &Context<'_>, sentence: &Sentence, inside: &[Named], out: &mut Sink) {
    let table = &cx.data.evidence.names;
    let text = cx.slice(sentence.span);
    let local = |span: Span| Span::new(span.start - sentence.span.start, span.end - sentence.span.start);
    for pair in inside.windows(2) {
        let (What::Marker(a), What::Marker(b)) = (pair[0].what, pair[1].what) else { continue };
        let (first, second) = (local(pair[0].span), local(pair[1].span));
        let Some(class) = table
            .classes
            .iter()
            .find(|class| class.together && table.holds(&class.members, a) && table.holds(&class.members, b))
        else {
            continue;
        };
        let from = clause_start(text, first.start);
        let window = &text[from..clause_end(text, second.end)];
        let verbs = verbs(text);
        // the second clause opens with its verb: it has the subject of the first
        let opens = clause_start(text, second.start);
        let opening = text[opens..second.start]
            .trim_start_matches(['，', ',', ' ', '并', '且', '同', '时', '还', '可', '也']);
        let led = UP.iter().chain(DOWN).any(|verb| opening.starts_with(verb));
        let neighbours = opens >= first.end && !text[first.end..opens].contains(['，', '；', ';']);
        if a == b || !led || !neighbours || SIDES.iter().any(|word| has(window, word)) || ratio(text, first) {
            continue;
        }
        let moves = |span| direction(text, span, &verbs, inside, sentence.span.start);
        let (Some(up), Some(other)) = (moves(first), moves(second)) else { continue };
        if up != other {
            out.push(
                cx.finding(pair[0].span)
                    .variant("apart")
                    .confidence(Confidence::Medium)
                    .arg("marker", table.marker_name(a))
                    .arg("process", class.name.clone())
                    .arg("said", cx.slice(pair[1].span))
                    .arg("moved", cx.slice(pair[0].span))
                    .related(cx.place(pair[1].span), Vec::new()),
            );
            return;
        }
    }
}

fn has(text: &str, word: &str) -> bool {
    if word.is_ascii() {
        text.as_bytes().windows(word.len()).any(|w| w.eq_ignore_ascii_case(word.as_bytes()))
    } else {
        text.contains(word)
    }
}

fn rises_with(table: &NameTable, process: u16, marker: u16) -> Option<bool> {
    let process = table.processes.get(usize::from(process))?;
    if table.holds(&process.up, marker) {
        return Some(true);
    }
    table.holds(&process.down, marker).then_some(false)
}

fn is_process(text: &str, span: Span) -> bool {
    let (head, tail) = (&text[..span.start], &text[span.end..]);
    !NO_PROCESS_AFTER.iter().any(|word| tail.starts_with(word))
        && !NO_PROCESS_BEFORE.iter().any(|word| head.ends_with(word))
}
