//! The logical text keeps its map to the source, whatever the input.

use exolint::document::{Document, MarkKind, SegmentKind};
use exolint::format::read_text;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Bits that matter to the readers, to be thrown together.
const BITS: &[&str] = &[
    "[",
    "]",
    "(",
    ")",
    "［",
    "］",
    "【",
    "】",
    "$",
    "$ ^ { 1 } $",
    "\\mathrm { n m }",
    "<sup>",
    "</sup>",
    "<td>",
    "<!--",
    "-->",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{c}",
    " ",
    "  ",
    "    ",
    "\t",
    "\u{3000}",
    "-",
    "‐",
    "‑",
    "⁃",
    "\u{ad}",
    "\u{fffe}",
    "\u{200b}",
    "\u{feff}",
    "ﬁ",
    "⻣",
    "⼀",
    "骨",
    "需 分 选 复 合 体 ",
    "细胞外囊泡",
    "。",
    "，",
    "：",
    "mes-",
    "enchymal",
    "miR-",
    "92a",
    "NF-",
    "κB",
    "1 概述",
    "2.1 促进",
    "摘要",
    "Abstract",
    "关键词：",
    "参考文献",
    "References",
    "[1] Wang A. Title[J]. Cell, 2019, 25(3): 1-9.",
    "2. ",
    "- ",
    "* ",
    "+ ",
    "> ",
    "# ",
    "## ",
    "```",
    "`",
    "**",
    "_",
    "~",
    "|",
    "|--|--|",
    "![a](b)",
    "[a](http://x.y)",
    "[1]: http://x.y",
    "[^1]",
    "[^1]: ",
    "&amp;",
    "&lt;",
    "\\*",
    "图1 ",
    "Fig. 2 ",
    "Table 3 ",
    "159",
    "·· 159",
    "http://a.b/c-",
    "a@b.cn",
    "^[35-36]",
    "---",
    "===",
    "a",
    "B",
    "7",
    "é",
    "😀",
    "\0",
    "é\u{301}",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(BITS), 0..60).prop_map(|bits| bits.concat())
}

fn check_map(document: &Document) {
    let source = &document.source().text;
    let text = document.text();
    let mut at = 0;
    for segment in document.segments() {
        assert_eq!(segment.span.start, at, "segments cover the text in order");
        assert!(segment.span.end > segment.span.start);
        at = segment.span.end;
        let from = source.get(segment.source.range()).expect("a source span on character boundaries");
        let to = text.get(segment.span.range()).expect("a span on character boundaries");
        match segment.kind {
            SegmentKind::Verbatim => assert_eq!(from, to),
            SegmentKind::Inserted => assert!(from.is_empty()),
            SegmentKind::Replaced => assert!(!from.is_empty()),
        }
    }
    assert_eq!(at, text.len());
    for flow in document.flows() {
        let inside = document.segments().iter().filter(|s| flow.span.contains(s.span));
        let mut end = 0;
        for segment in inside.filter(|s| s.kind != SegmentKind::Inserted) {
            assert!(segment.source.start >= end, "source spans go forward in a flow");
            end = segment.source.end;
        }
    }
    let mut end = 0;
    for block in document.blocks() {
        assert!(block.span.start >= end && !block.span.is_empty());
        assert!(block.marker.is_none_or(|marker| block.span.contains(marker)));
        end = block.span.end;
        assert!(!document.to_source(block.span).is_empty());
        let _ = document.place(block.span);
    }
    for mark in document.marks() {
        assert!(text.get(mark.span.range()).is_some());
    }
    for repair in document.repairs() {
        assert!(text.get(repair.span.range()).is_some() && source.get(repair.source.range()).is_some());
    }
}

/// Source characters that stand in no segment.
fn removed(document: &Document) -> Vec<(usize, char)> {
    let source = &document.source().text;
    let mut kept = vec![false; source.len()];
    for segment in document.segments() {
        kept[segment.source.range()].fill(true);
    }
    source.char_indices().filter(|&(at, c)| !kept[at] && !c.is_whitespace()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn plain_text_keeps_its_map(text in text()) {
        let document = read_text("a.txt", text);
        check_map(&document);
    }

    #[test]
    fn markdown_keeps_its_map(text in text()) {
        check_map(&read_text("a.md", text));
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check_map(&read_text("a.txt", text.clone()));
        check_map(&read_text("a.md", text));
    }

    #[test]
    fn what_plain_text_loses_is_a_repair(text in prop::collection::vec(prop::sample::select(&BITS[2..60]), 0..60)) {
        let document = read_text("a.txt", text.concat());
        if document.marks().iter().any(|mark| mark.kind == MarkKind::Emphasis) {
            return Ok(());
        }
        for (at, c) in removed(&document) {
            let noted = document.repairs().iter().any(|r| r.source.range().contains(&at));
            // the bullet of a list is structure, kept as the kind of its block
            let line = document.source().text[..at].rsplit(['\n', '\r']).next().unwrap_or("");
            let bullet = matches!(c, '-' | '*' | '+') && line.trim().trim_matches(['-', '*', '+', ' ']).is_empty();
            let nothing = c.is_control() || matches!(c, '\u{feff}' | '\u{200b}') || bullet;
            prop_assert!(noted || nothing || document.source().text.contains(['<', '$']), "{c:?} at {at} is gone");
        }
    }
}

/// Long inputs of one kind are read in a time that grows with their length, not faster.
#[test]
fn long_inputs_stay_linear() {
    let limit = if cfg!(debug_assertions) { Duration::from_secs(20) } else { Duration::from_secs(1) };
    let mut inputs: Vec<(&str, String)> = [
        "[", "]", "(", "$", "`", "*", "_", "<", "![", "[^", "\n", "> ", "- ", "|", "#", "-", "～", "一",
        "1. ",
    ]
    .into_iter()
    .map(|bit| (bit, bit.repeat(200_000)))
    .collect();
    inputs.push(("one line of a megabyte", "外泌体可以参与细胞通信，".repeat(30_000)));
    inputs.push(("words", "cell- word ".repeat(90_000)));
    inputs.push(("hyphens", "cell-\nword\n".repeat(90_000)));
    inputs.push(("captions", "图1 甲\n".repeat(60_000)));
    inputs.push(("entries", "[1] Wang A. Cell, 2019.\n".repeat(40_000)));
    inputs.push(("headings", "参考文献\n".repeat(40_000)));
    inputs.push(("abstracts", "Abstract\n".repeat(80_000)));
    inputs.push(("sup", "<sup>1".repeat(100_000)));
    inputs.push(("emphasis", "*a **b ".repeat(80_000)));
    inputs.push(("tex", "$ \\a { ^ ".repeat(80_000)));
    inputs.push(("cells", "|a|b|\n".repeat(80_000)));
    inputs.push(("definitions", "[1]: a\n".repeat(80_000)));
    inputs.push(("html", "<div>\n".repeat(80_000)));
    for name in ["a.txt", "a.md"] {
        for (what, input) in &inputs {
            let start = Instant::now();
            let document = read_text(name, input.clone());
            let taken = start.elapsed();
            assert!(taken < limit, "{what:?} × many as {name}: {taken:?}");
            if taken > limit / 10 {
                eprintln!("{what:?} as {name}: {taken:?}, {} blocks", document.blocks().len());
            }
        }
    }
}
