//! Lines that begin a block by what they say: labels and headings.

use super::Maker;
use super::markers::{ends_abstract, run_in};
use super::parts::Parts;
use crate::document::{BlockKind, is_han};
use crate::format::furniture::Role;
use crate::format::headings;
use crate::format::labels::{self, Topic};
use crate::format::layout::PARAGRAPH;
use crate::format::prepared::{Break, Hint};
use crate::format::references::Entry;
use crate::format::shape::{ends_open, ends_sentence, first_word_width};

impl Maker<'_> {
    /// A labelled line begins a block.
    pub(super) fn label(&mut self, index: usize) -> bool {
        let text = self.prepared.line(index);
        let line = &self.prepared.lines[index];
        let Some(label) = labels::find(text) else { return false };
        let front = index < self.front_end
            || self.out.body.iter().all(|d| d.kind != BlockKind::Heading) && !self.back;
        if !label.strong && self.sentence_open(index) {
            return false;
        }
        match label.topic {
            Topic::Part => {
                if self.zone != Some(BlockKind::Abstract) {
                    return false;
                }
                if self.sentence_open(index) && line.brk <= Break::Line {
                    return false;
                }
                // `Background` on a line of its own behind an abstract without parts: the text begins
                if label.alone && self.abstract_has_prose() {
                    self.zone = None;
                    return false;
                }
            }
            Topic::Field | Topic::Keywords if self.sentence_open(index) && !label.strong => return false,
            _ => {}
        }
        if label.topic == Topic::Abstract {
            self.parts = Parts::None;
        }
        let kind = label.topic.kind(front);
        let range = line.range.clone();
        self.begin(kind, 0, Some(range.start..range.start + label.len.min(range.len())));
        self.add(index, range);
        self.zone = match label.topic {
            // a structured abstract ends with its conclusion
            Topic::Part if ends_abstract(text) => None,
            Topic::Abstract | Topic::Part => {
                (label.alone || label.topic == Topic::Part || self.keywords_ahead(index))
                    .then_some(BlockKind::Abstract)
            }
            Topic::Contribution | Topic::Acknowledgement | Topic::Statement => label.alone.then_some(kind),
            Topic::Funding if !front => label.alone.then_some(kind),
            _ => None,
        };
        if !front
            && matches!(
                label.topic,
                Topic::Contribution | Topic::Acknowledgement | Topic::Statement | Topic::Funding
            )
        {
            self.back = true;
        }
        true
    }

    /// True when keywords follow soon: all up to them is abstract.
    pub(super) fn keywords_ahead(&self, index: usize) -> bool {
        let mut paragraphs = 0;
        for at in index + 1..self.prepared.lines.len().min(index + 70) {
            if self.roles[at] != Role::Text || self.entries[at] != Entry::Outside || self.kinds[at].is_some()
            {
                continue;
            }
            let text = self.prepared.line(at);
            let line = &self.prepared.lines[at];
            match labels::find(text).map(|label| label.topic) {
                Some(Topic::Keywords) => return true,
                Some(Topic::Abstract) => return false,
                _ => {}
            }
            if headings::is_named(text) || matches!(line.hint, Hint::Heading(_)) {
                return false;
            }
            paragraphs += usize::from(line.width > PARAGRAPH);
            if paragraphs > 6 {
                return false;
            }
        }
        false
    }

    /// A heading begins a block; a run-in heading is cut from its paragraph.
    pub(super) fn heading(&mut self, index: usize) -> bool {
        let prepared = self.prepared;
        let text = prepared.line(index);
        let line = &prepared.lines[index];
        let range = line.range.clone();
        let number = headings::number(text);
        if let Hint::Heading(level) = line.hint {
            // Markdown made from PDF gives every heading the same level: the number knows better
            let number = number.filter(|n| headings::is_heading_text(&text[n.skip..], 40) || n.level > 1);
            if let Some(number) = &number {
                self.sequence.take(number);
            }
            let level = number.map_or(level, |n| n.level.max(level.min(n.level + 2)).min(6));
            self.zone = None;
            self.start(index, BlockKind::Heading, level, number.map_or(0, |n| n.len));
            return true;
        }
        if !matches!(line.hint, Hint::None | Hint::Item(_)) {
            return self.second_heading_line(index);
        }
        // `3.1 …` that goes on with the numbers before it cuts even an open sentence
        let open = self.sentence_open(index);
        let lone = match line.hint {
            // `1. Introduction` is an ordered list of one to Markdown
            Hint::Item(_) => {
                let item = |at: usize| {
                    let line = self.prepared.lines.get(at);
                    line.is_some_and(|line| matches!(line.hint, Hint::Item(_)) || line.brk == Break::Soft)
                };
                let neighbour = item(index + 1) || index > 0 && item(index - 1);
                !neighbour && !text.ends_with('.')
            }
            _ => true,
        };
        // so does the bar of `3 | Methods`
        let barred = |n: &headings::Number| text[n.len..].trim_start().starts_with(['|', '｜']);
        let cuts = |n: &headings::Number| n.style == headings::Style::Decimal && (n.level > 1 || barred(n));
        if let Some(number) = number.filter(|_| lone).filter(|n| !open || cuts(n)) {
            let rest = &text[number.skip..];
            let fits = self.sequence.fits(&number);
            let clean = headings::is_heading_text(rest, line.width);
            let apart = number.level > 1 && rest.starts_with(|c: char| c.is_ascii_uppercase())
                || number.skip > number.len
                || rest.chars().next().is_some_and(is_han)
                || number.style != headings::Style::Decimal;
            let sure = number.level > 1 || number.style != headings::Style::Decimal || line.width < 70;
            if fits
                && !open
                && number.level > 1
                && let Some(cut) = run_in(rest)
            {
                self.sequence.take(&number);
                self.zone = None;
                let end = range.start + number.skip + cut;
                self.begin(BlockKind::Heading, number.level, Some(range.start..range.start + number.len));
                self.add(index, range.start..end);
                let rest = &prepared.text[end..range.end];
                let start = end + (rest.len() - rest.trim_start().len());
                self.begin(BlockKind::Paragraph, 0, None);
                self.add(index, start..range.end);
                return true;
            }
            let item = number.style == headings::Style::HanBracket && !self.stands_alone(index);
            if fits && clean && apart && sure && !item {
                self.sequence.take(&number);
                self.zone = None;
                self.start(index, BlockKind::Heading, number.level, number.len);
                return true;
            }
        } else if headings::is_named(text) && !open && (self.zone.is_none() || self.abstract_has_prose()) {
            // `Background` on its own ends an abstract that has no parts
            self.zone = None;
            self.start(index, BlockKind::Heading, 1, 0);
            return true;
        }
        self.second_heading_line(index)
    }

    /// `（一）普通肝素` is a short line, and the next one a full line of a paragraph: no item of a list.
    fn stands_alone(&self, index: usize) -> bool {
        let line = &self.prepared.lines[index];
        let text = self.prepared.line(index);
        let next = (index + 1..self.prepared.lines.len()).find(|&at| self.roles[at] == Role::Text);
        let Some(next) = next.filter(|&next| self.entries[next] == Entry::Outside) else { return false };
        let after = &self.prepared.lines[next];
        line.width < 48
            && line.width * 10 < after.width * 6
            && after.width > 40
            && !ends_sentence(text)
            && !ends_open(text)
            && !text.ends_with(['；', ';', '，', ',', '、'])
            && headings::number(self.prepared.line(next)).is_none()
    }

    /// A heading that is as wide as the column goes on in a short second line.
    pub(super) fn second_heading_line(&mut self, index: usize) -> bool {
        let line = &self.prepared.lines[index];
        let text = self.prepared.line(index);
        let Some(open) = &self.open else { return false };
        // `三、处理`, then `（一）出血`: a heading of its own
        let bracket = headings::number(text).is_some_and(|n| n.style == headings::Style::HanBracket);
        if open.kind != BlockKind::Heading
            || self.out.parts.len() - open.first > 1
            || line.hint != Hint::None
            || bracket
        {
            return false;
        }
        let Some(last) = self.last_line() else { return false };
        if last.hint != Hint::None {
            return false;
        }
        // a heading's type is larger than the text's
        let wide = (last.width + first_word_width(text)) * 4 > self.column(index) * 3;
        let gap = line.brk <= Break::Line || self.layout.spaced && line.brk <= Break::Blank;
        if wide && gap && line.width * 10 < last.width * 9 && !ends_sentence(text) && !ends_open(text) {
            let range = line.range.clone();
            self.add(index, range);
            return true;
        }
        false
    }
}
