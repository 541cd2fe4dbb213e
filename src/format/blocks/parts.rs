//! Abstracts whose parts are headed like sections: `## Abstract`, `## Background`, `## Methods` … `## Introduction`.

use super::Maker;
use crate::document::BlockKind;
use crate::format::furniture::Role;
use crate::format::labels::{self, Topic};
use crate::format::prepared::{Break, Hint};
use crate::format::{headings, references};

/// How far the parts of an abstract have been read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    /// No part has been headed.
    #[default]
    None,
    /// Inside the parts.
    Inside,
    /// The last part has begun.
    Last,
}

/// Most lines that are looked at for the end of an abstract.
const AHEAD: usize = 120;

/// Names of parts, lower case; those of the last one first.
const NAMES: [&str; 30] = [
    "conclusion",
    "conclusions",
    "interpretation",
    "conclusions and relevance",
    "结论",
    "results and conclusion",
    "background",
    "objective",
    "objectives",
    "aim",
    "aims",
    "purpose",
    "context",
    "importance",
    "rationale",
    "method",
    "methods",
    "design",
    "setting",
    "participants",
    "patients and methods",
    "materials and methods",
    "result",
    "results",
    "findings",
    "methods and findings",
    "methodology/principal findings",
    "目的",
    "方法",
    "结果",
];
/// How many of them name a last part.
const LAST: usize = 6;

/// The part that a line names; true for the last one.
fn name(text: &str) -> Option<bool> {
    if text.len() > 40 {
        return None;
    }
    let name = text.trim_matches(|c: char| matches!(c, '*' | '_' | ':' | '：' | '.' | ' ')).to_lowercase();
    NAMES.iter().position(|known| *known == name).map(|at| at < LAST)
}

impl Maker<'_> {
    /// A heading that names a part of the abstract begins a block of it.
    pub(super) fn part(&mut self, index: usize) -> bool {
        if self.zone != Some(BlockKind::Abstract) {
            return false;
        }
        let text = self.prepared.line(index);
        let line = &self.prepared.lines[index];
        let headed = matches!(line.hint, Hint::Heading(_)) || headings::is_named(text);
        let Some(last) = name(text).filter(|_| self.parts != Parts::Last) else {
            if headed && self.parts != Parts::None {
                self.zone = None;
                self.parts = Parts::None;
            }
            return false;
        };
        if self.parts == Parts::None && !(self.abstract_is_bare() && self.parts_ahead(index)) {
            return false;
        }
        let range = line.range.clone();
        self.begin(BlockKind::Abstract, 0, Some(range.clone()));
        self.add(index, range);
        self.close();
        self.parts = if last { Parts::Last } else { Parts::Inside };
        true
    }

    /// True when nothing but the word `Abstract` stands in the abstract.
    fn abstract_is_bare(&self) -> bool {
        let (paragraphs, _) = self.abstract_size();
        let open = self.open.as_ref().filter(|open| open.kind == BlockKind::Abstract).map(|open| open.first);
        let draft = self.out.body.last().filter(|draft| draft.kind == BlockKind::Abstract);
        let first = open.or(draft.map(|draft| draft.parts.start));
        let text = first
            .and_then(|at| self.out.parts.get(at))
            .map_or("", |part| &self.prepared.text[part.range.clone()]);
        paragraphs == 1
            && labels::find(text).is_some_and(|label| label.alone && label.topic == Topic::Abstract)
    }

    /// True when the abstract's other parts follow, its conclusion among them, and then keywords or a section
    /// that is no part: a text of such sections itself would end in its references.
    fn parts_ahead(&self, index: usize) -> bool {
        let mut last = false;
        for at in (index + 1..self.prepared.lines.len()).take(AHEAD) {
            let line = &self.prepared.lines[at];
            if self.roles[at] != Role::Text || line.brk == Break::Soft {
                continue;
            }
            let text = self.prepared.line(at);
            if labels::find(text).is_some_and(|label| label.topic == Topic::Keywords) {
                return last;
            }
            match name(text) {
                Some(end) if !last => last = end,
                // after the conclusion a part's name is a section's
                Some(_) => return true,
                None if matches!(line.hint, Hint::Heading(_)) || headings::is_named(text) => {
                    return last && !references::is_heading(text) && labels::find(text).is_none();
                }
                None => {}
            }
        }
        false
    }
}
