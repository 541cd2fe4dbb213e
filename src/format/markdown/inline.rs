//! Mathematics and HTML inside Markdown.

use super::Walk;
use crate::document::MarkKind;
use crate::format::prepared::{Break, Hint, PieceKind};
use crate::format::{html, tex};
use std::ops::Range;

impl Walk<'_> {
    pub(super) fn math(&mut self, body: &str, range: Range<usize>) {
        if !tex::is_formula(body) {
            return self.verbatim(range);
        }
        let start = self.out.len();
        match tex::flatten(body) {
            Some(flat) => {
                self.replaced(range, &flat.text, PieceKind::Tex);
                for raised in flat.raised {
                    self.marks.push((start + raised.start..start + raised.end, MarkKind::Superscript));
                }
            }
            None => self.replaced(range, "\u{fffc}", PieceKind::Replaced),
        }
        self.marks.push((start..self.out.len(), MarkKind::Math));
    }

    pub(super) fn inline_html(&mut self, tag: &str) {
        match html::tag_name(tag) {
            ("sup", true) => self.open.push((MarkKind::Superscript, self.out.len())),
            ("sub", true) => self.open.push((MarkKind::Subscript, self.out.len())),
            ("sup", false) => self.close(MarkKind::Superscript),
            ("sub", false) => self.close(MarkKind::Subscript),
            ("br", _) => self.end_line(Break::Line),
            _ => {}
        }
    }

    /// Words of an HTML block, without its tags; cells of a table as cells.
    pub(super) fn html_text(&mut self, text: &str, range: Range<usize>) {
        if self.source.get(range.clone()) != Some(text) {
            return;
        }
        let Some(mut hidden) = self.html else { return self.inline_html(text) };
        for token in html::tokens(text) {
            match token {
                html::Token::Text(inner) if hidden == 0 => {
                    self.verbatim(range.start + inner.start..range.start + inner.end)
                }
                html::Token::Text(_) => {}
                html::Token::Tag(inner) => match html::tag_name({
                    self.links.html(&text[inner.clone()], range.start + inner.start);
                    &text[inner]
                }) {
                    ("script" | "style" | "pre" | "svg", open) => {
                        hidden = if open { hidden + 1 } else { hidden.saturating_sub(1) };
                    }
                    ("tr", true) => {
                        self.end_line(Break::Line);
                        self.hint = Hint::Table;
                        self.cell = false;
                    }
                    ("td" | "th", true) => {
                        if self.cell {
                            self.inserted("\t");
                        }
                        self.cell = true;
                    }
                    ("table", false) => self.block(),
                    ("br" | "p" | "div" | "h1" | "h2" | "h3" | "li" | "summary" | "center", _)
                        if self.hint != Hint::Table =>
                    {
                        self.end_line(Break::Blank);
                    }
                    ("sup", true) => self.open.push((MarkKind::Superscript, self.out.len())),
                    ("sup", false) => self.close(MarkKind::Superscript),
                    _ => {}
                },
                html::Token::Newline => {
                    if self.hint != Hint::Table {
                        self.end_line(Break::Soft);
                    }
                }
            }
        }
        self.html = Some(hidden);
    }
}
