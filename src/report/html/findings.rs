//! Findings in both languages, with their places in the texts.

use super::exhibit::{Anchor, Exhibit};
use super::text::{Mark, floor, visible};
use crate::document::{Place, Span};
use crate::finding::{Finding, Localised, Related};
use crate::report::{Report, Worded, clean};
use crate::rules::Language;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Scalars of text shown before and after a place.
const CONTEXT: usize = 42;
/// Scalars of a long place shown.
const SHOWN: usize = 120;

/// What collects findings and, for each document and leaf, the marks they leave there.
pub struct Findings<'a> {
    report: &'a Report<'a>,
    documents: HashMap<&'a str, usize>,
    /// For each document and leaf: its marks.
    pub marks: Vec<Vec<Vec<Mark>>>,
    /// Paths of findings in documents the report does not hold.
    pub strangers: Vec<String>,
}

impl<'a> Findings<'a> {
    /// An empty collection.
    pub fn new(report: &'a Report<'a>) -> Self {
        let paths = report.exhibits.iter().enumerate();
        Self {
            report,
            documents: paths.flat_map(|(n, e)| e.paths().map(move |path| (path, n))).collect(),
            marks: report.exhibits.iter().map(|e| vec![Vec::new(); e.leaves.len()]).collect(),
            strangers: Vec::new(),
        }
    }

    /// The index of a document.
    pub fn document(&mut self, path: &str) -> usize {
        if let Some(known) = self.documents.get(path) {
            return *known;
        }
        let at = self.strangers.iter().position(|known| known == path).unwrap_or_else(|| {
            self.strangers.push(path.to_owned());
            self.strangers.len() - 1
        });
        self.report.exhibits.len() + at
    }

    /// One finding; `None` when its rule is unknown.
    pub fn add(&mut self, number: usize, finding: &Finding) -> Option<Value> {
        let [en, zh] = [Language::En, Language::Zh].map(|l| Worded::new(finding, self.report.rules, l));
        let (en, zh) = (en?, zh?);
        let both = |say: &dyn Fn(&Worded<'_>) -> String| words(&say(&en), &say(&zh));
        let anchors = self.place(&finding.place, number, true);
        let document = self.document(&finding.place.path);
        let related: Vec<Value> = finding
            .related
            .iter()
            .map(|related| self.related(related, number, &both(&|w| w.related(related))))
            .collect();
        let start = finding.place.range.start;
        let mut value = json!({
            "c": en.record.code,
            "s": finding.severity,
            "k": finding.confidence,
            "d": document,
            "l": start.line,
            "o": start.column,
            "m": both(&|worded| worded.message()),
            "x": self.context(&finding.place, anchors.as_slice()),
        });
        if let (Some(help_en), Some(help_zh)) = (en.help(), zh.help()) {
            value["h"] = words(&help_en, &help_zh);
        }
        if let Some(first) = anchors.first() {
            value["a"] = json!(first.leaf);
        }
        if !related.is_empty() {
            value["r"] = Value::Array(related);
        }
        if let Some(fix) = &finding.fix {
            let edits: Vec<Value> = fix
                .edits
                .iter()
                .map(|edit| {
                    // what is replaced is known when it is what the finding marks
                    let old = (edit.range == finding.place.range).then(|| visible(&finding.place.text));
                    json!([old, visible(&edit.replacement)])
                })
                .collect();
            value["f"] = json!({
                "s": fix.safety,
                "m": both(&|w| w.fix().unwrap_or_default()),
                "e": edits,
            });
        }
        Some(value)
    }

    fn related(&mut self, related: &Related, number: usize, message: &Value) -> Value {
        let anchors = self.place(&related.place, number, false);
        let document = self.document(&related.place.path);
        json!({
            "d": document,
            "l": related.place.range.start.line,
            "m": message,
            "t": shorten(&visible(&related.place.text)),
            "a": anchors.first().and_then(|anchor| {
                Some(jump(self.report.exhibits.get(document)?, *anchor))
            }),
        })
    }

    /// Where a place stands in its document's text; leaves marks there.
    fn place(&mut self, place: &Place, finding: usize, primary: bool) -> Vec<Anchor> {
        let Some(document) = self.documents.get(&*place.path).copied() else { return Vec::new() };
        let anchors = self.report.exhibits[document].anchors(&place.path, &place.segments);
        for anchor in &anchors {
            if let Some(leaf) = self.marks[document].get_mut(anchor.leaf) {
                leaf.push(Mark { span: anchor.span, finding, primary });
            }
        }
        anchors
    }

    /// The words around a place: of the text as read where it is at hand, else of the excerpt.
    fn context(&self, place: &Place, anchors: &[Anchor]) -> Value {
        let exhibit = self.documents.get(&*place.path).map(|n| &self.report.exhibits[*n]);
        if let (Some(exhibit), Some(first)) = (exhibit, anchors.first()) {
            let same = anchors.iter().take_while(|anchor| anchor.leaf == first.leaf);
            let end = same.map(|anchor| anchor.span.end).max().unwrap_or(first.span.end);
            if let Some(leaf) = exhibit.leaves.get(first.leaf) {
                return around(&leaf.text, Span::new(first.span.start, end.max(first.span.start)));
            }
        }
        let Some(line) = place.excerpt.lines.first() else { return json!(["", visible(&place.text), ""]) };
        let start = place.range.start.byte.saturating_sub(line.byte);
        let end = place.range.end.byte.saturating_sub(line.byte).max(start);
        around(&line.text, Span::new(start, end))
    }
}

/// `[before, marked, after]`, cut to a line or two.
fn around(text: &str, span: Span) -> Value {
    let (start, end) = (floor(text, span.start), floor(text, span.end));
    let before = &text[..start];
    let from = before.char_indices().rev().nth(CONTEXT).map_or(0, |(at, _)| at);
    let after = &text[end..];
    let upto = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    let ellipsis = |cut: bool| if cut { "…" } else { "" };
    json!([
        format!("{}{}", ellipsis(from > 0), clean::prose(&before[from..])),
        shorten(&clean::prose(&text[start..end])),
        format!("{}{}", clean::prose(&after[..upto]), ellipsis(upto < after.len())),
    ])
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Words in both languages, cleaned; `null` when there are none.
pub fn words(en: &str, zh: &str) -> Value {
    if en.is_empty() && zh.is_empty() {
        return Value::Null;
    }
    json!({ "en": clean::prose(en), "zh": clean::prose(zh) })
}

/// The same, of a word from data.
pub fn localised(word: &Localised) -> Value {
    words(Language::En.pick(word), Language::Zh.pick(word))
}

/// A place as the page jumps to it: `[leaf, start, end]` in UTF-16 units of the leaf's visible text.
pub fn jump(exhibit: &Exhibit, anchor: Anchor) -> Value {
    let Some(leaf) = exhibit.leaves.get(anchor.leaf) else { return Value::Null };
    json!([anchor.leaf, leaf.units(anchor.span.start), leaf.units(anchor.span.end)])
}
