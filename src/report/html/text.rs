//! The text of a document, cut into runs at the places of its findings.

use super::exhibit::{Exhibit, Leaf};
use crate::document::{MarkKind, Span};
use crate::report::clean;
use serde_json::{Value, json};

/// A stretch of a leaf that belongs to a finding.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// The characters, in bytes of the leaf's text.
    pub span: Span,
    /// Number of the finding.
    pub finding: usize,
    /// True for its primary place.
    pub primary: bool,
}

/// The blocks of a document; `marks` holds those of each leaf.
pub fn blocks(exhibit: &Exhibit, marks: &[Vec<Mark>]) -> Value {
    let blocks = exhibit.leaves.iter().enumerate().map(|(n, leaf)| {
        let marks = marks.get(n).map_or(&[][..], Vec::as_slice);
        json!({
            "k": leaf.kind,
            "g": leaf.lang,
            "v": leaf.level,
            "n": leaf.line,
            "r": runs(leaf, marks),
        })
    });
    Value::Array(blocks.collect())
}

/// A run is a text, or `[text, findings, findings with a related place here, "sup" | "sub" | null]`.
fn runs(leaf: &Leaf, marks: &[Mark]) -> Vec<Value> {
    let floor = |at: usize| floor(&leaf.text, at);
    let mut cuts: Vec<usize> = vec![0, leaf.text.len()];
    cuts.extend(marks.iter().flat_map(|mark| [floor(mark.span.start), floor(mark.span.end)]));
    cuts.extend(leaf.raised.iter().flat_map(|(span, _)| [floor(span.start), floor(span.end)]));
    cuts.sort_unstable();
    cuts.dedup();
    let mut marks: Vec<Mark> = marks.to_vec();
    marks.sort_by_key(|mark| mark.span.start);
    let mut out = Vec::new();
    // marks that began and have not ended; the list stays short
    let mut open: Vec<Mark> = Vec::new();
    let (mut next, mut high) = (0, 0);
    for pair in cuts.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        while let Some(mark) = marks.get(next).filter(|mark| floor(mark.span.start) <= start) {
            if mark.span.is_empty() {
                out.push(run("", std::slice::from_ref(mark), None));
            } else {
                open.push(*mark);
            }
            next += 1;
        }
        open.retain(|mark| floor(mark.span.end) > start);
        while leaf.raised.get(high).is_some_and(|(span, _)| span.end <= start) {
            high += 1;
        }
        let raised = leaf.raised.get(high).filter(|(span, _)| span.start <= start && end <= span.end);
        let text = visible(&leaf.text[start..end]);
        out.push(run(&text, &open, raised.map(|(_, kind)| *kind)));
    }
    out.extend(marks[next..].iter().map(|mark| run("", std::slice::from_ref(mark), None)));
    out
}

fn run(text: &str, marks: &[Mark], raised: Option<MarkKind>) -> Value {
    if marks.is_empty() && raised.is_none() {
        return json!(text);
    }
    let of = |primary: bool| {
        let mut numbers: Vec<usize> =
            marks.iter().filter(|mark| mark.primary == primary).map(|mark| mark.finding).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    };
    let raised = raised.map(|kind| if kind == MarkKind::Subscript { "sub" } else { "sup" });
    json!([text, of(true), of(false), raised])
}

/// Text with its line breaks and tabs; other control and direction characters become visible.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push(c),
            c => clean::push(&mut out, c),
        }
    }
    out
}

/// The nearest character boundary at or before `at`.
pub fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind, Lang};

    #[test]
    fn runs_are_cut_at_every_mark_and_lose_no_character() {
        let text = "骨再生[3]与修复\u{202e}。".to_owned();
        let (span, kind) = (Span::new(0, text.len()), BlockKind::Paragraph);
        let block = Block { kind, span, lang: Lang::Zh, level: 0, marker: None };
        let leaf = Leaf::new(&block, 1, text, Vec::new());
        assert_eq!((leaf.units(9), leaf.units(leaf.text.len())), (3, 18));
        let mark = |start, end, finding, primary| Mark { span: Span::new(start, end), finding, primary };
        let found = runs(&leaf, &[mark(9, 12, 0, true), mark(10, 15, 1, false), mark(21, 21, 2, true)]);
        let expected = json!([
            "骨再生",
            ["[", [0], [], null],
            ["3]", [0], [1], null],
            ["与", [], [1], null],
            "修复",
            ["", [2], [], null],
            "<U+202E>。"
        ]);
        assert_eq!(Value::Array(found), expected);
    }
}
