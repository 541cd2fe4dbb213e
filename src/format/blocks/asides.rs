//! What stands beside the running text, and headings known by what surrounds them.

use super::{Draft, Maker, Part};
use crate::document::BlockKind;
use crate::format::furniture::Role;
use crate::format::prepared::Break;
use crate::format::shape::ends_sentence;
use crate::format::{captions, headings, references};

impl Maker<'_> {
    /// In wrapped text a short line that is no sentence, between a paragraph's end and a paragraph's
    /// begin, is a heading.
    pub(super) fn unnumbered_headings(&mut self) {
        if self.prepared.markdown || self.layout.unwrapped {
            return;
        }
        let body = &self.out.body;
        let lines = |draft: &Draft| draft.parts.len();
        let line = |draft: &Draft| &self.prepared.lines[self.out.parts[draft.parts.start].line];
        let mut found = Vec::new();
        for index in 1..body.len().saturating_sub(1) {
            let [before, here, after] = [&body[index - 1], &body[index], &body[index + 1]];
            let text = &self.prepared.text[self.out.parts[here.parts.start].range.clone()];
            let end = self.out.parts[before.parts.clone()]
                .last()
                .map_or("", |part| &self.prepared.text[part.range.clone()]);
            let fits = here.kind == BlockKind::Paragraph
                && lines(here) == 1
                && after.kind == BlockKind::Paragraph
                && lines(after) >= 2
                && (before.kind != BlockKind::Paragraph || ends_sentence(end) && lines(before) >= 2)
                && line(here).width * 10 < line(after).width * 8
                && line(here).letters + line(here).han * 2 >= 6
                && line(here).digits <= 2
                && !ends_sentence(text)
                && headings::is_heading_text(text, line(here).width);
            if fits {
                found.push(index);
            }
        }
        for index in found {
            self.out.body[index].kind = BlockKind::Heading;
            self.out.body[index].level = 2;
        }
    }

    /// Captions, tables, footnotes, furniture, code.
    pub(super) fn asides(&mut self) {
        let mut index = 0;
        while index < self.roles.len() {
            let role = self.roles[index];
            let kind = match role {
                Role::Text => {
                    index += 1;
                    continue;
                }
                Role::Furniture => BlockKind::Furniture,
                Role::Caption | Role::CaptionMore => BlockKind::Caption,
                Role::Table => BlockKind::Table,
                Role::Code => BlockKind::Code,
                Role::Footnote => BlockKind::Footnote,
            };
            let first = self.out.parts.len();
            let start = index;
            loop {
                self.out.parts.push(Part { line: index, range: self.prepared.lines[index].range.clone() });
                index += 1;
                let more = index < self.roles.len()
                    && match self.roles[index] {
                        Role::CaptionMore => matches!(role, Role::Caption | Role::CaptionMore),
                        Role::Table | Role::Code => {
                            role == self.roles[index] && self.prepared.lines[index].brk < Break::Block
                        }
                        _ => false,
                    };
                if !more {
                    break;
                }
            }
            let text = self.prepared.line(start);
            let begin = self.prepared.lines[start].range.start;
            let marker = match kind {
                BlockKind::Caption => captions::caption(text).map(|len| begin..begin + len),
                BlockKind::Footnote => references::footnote_label(text).map(|len| begin..begin + len),
                _ => None,
            };
            self.out.aside.push(Draft { kind, level: 0, parts: first..self.out.parts.len(), marker });
        }
    }
}
