//! Facts of text damage: brackets, repeats, damaged tokens.

pub mod brackets;
mod decimals;
pub mod doubling;
mod enumeration;
mod glue;
mod items;
mod latin;
mod lookalike;
pub mod repeats;
pub mod tokens;
pub mod words;

use super::mask::Masks;
use super::{Data, DataFile, Inspected};
use crate::document::{Document, Span};
use crate::finding::Confidence;
use crate::rules::RuleError;

/// What the text-damage rules read.
#[derive(Debug, Default)]
pub struct TextFacts {
    /// Round brackets.
    pub brackets: brackets::Brackets,
    /// Doubled words and items.
    pub repeats: Vec<repeats::Repeat>,
    /// Damaged Latin tokens.
    pub tokens: tokens::Tokens,
    /// Words run together or left hyphenated.
    pub words: words::Words,
}

impl TextFacts {
    /// Adds all facts for `inspect`.
    pub fn inspect(&self, out: &mut Vec<Inspected>) {
        let mut push = |kind, span: Span, value: String, confidence| {
            out.push(Inspected { kind, span, value, confidence });
        };
        for pair in self.brackets.pairs.iter().filter(|pair| pair.open_width != pair.close_width) {
            push("mixed-bracket-pair", pair.close, "widths differ".to_owned(), Confidence::High);
        }
        for repeat in &self.repeats {
            push(
                "repeat",
                repeat.span,
                if repeat.item { "item" } else { "word" }.to_owned(),
                repeat.confidence,
            );
        }
        for token in self.tokens.full_width.iter().chain(&self.tokens.spaced).chain(&self.tokens.look_alike) {
            push("damaged-token", token.whole, format!("-> {:?}", token.right), token.confidence);
        }
        for word in self.words.run_together.iter().chain(&self.words.hyphenated).chain(&self.words.spaced) {
            push("broken-word", word.span, format!("-> {:?}", word.right), word.confidence);
        }
    }
}

/// Tables of this family.
#[derive(Debug, Default)]
pub struct Tables {
    /// English words.
    pub words: words::WordList,
    /// Chinese words that may or may not stand twice.
    pub doubling: doubling::Doubling,
}

impl Tables {
    /// The built-in tables and the user's.
    pub fn load(user: &[DataFile]) -> Result<Self, RuleError> {
        Ok(Self { words: words::WordList::embedded(), doubling: doubling::Doubling::load(user)? })
    }
}

/// Read the facts of text damage.
pub fn parse(document: &Document, data: &Data, masks: &Masks) -> TextFacts {
    TextFacts {
        brackets: brackets::parse(document),
        repeats: repeats::parse(document, &data.text.doubling),
        tokens: tokens::parse(document, masks),
        words: words::parse(document, &data.text, masks),
    }
}
