//! Where a generic rule looks, and the regular expressions it may use.

use crate::checks::Context;
use crate::document::{Block, Lang, Span, Zone};
use regex::Regex;
use serde::{Deserialize, Deserializer, de};

/// Largest compiled expression, in bytes: bounds the memory of a user's rule.
const COMPILED: usize = 4 << 20;

/// A zone as rule files name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ZoneName {
    /// Title, authors, labelled fields.
    Front,
    /// Abstracts and keywords, either language.
    Abstract,
    /// Running text.
    Body,
    /// The reference list.
    References,
    /// Contributions, funding, statements.
    Back,
    /// Captions.
    Caption,
    /// Tables.
    Table,
    /// Footnotes.
    Footnote,
}

impl ZoneName {
    fn covers(self, zone: Zone) -> bool {
        match self {
            Self::Front => zone == Zone::Front,
            Self::Abstract => matches!(zone, Zone::AbstractZh | Zone::AbstractEn),
            Self::Body => zone == Zone::Body,
            Self::References => zone == Zone::References,
            Self::Back => zone == Zone::Back,
            Self::Caption => zone == Zone::Caption,
            Self::Table => zone == Zone::Table,
            Self::Footnote => zone == Zone::Footnote,
        }
    }
}

/// A language as rule files name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LangName {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// The part of a document a rule looks at.
#[derive(Debug, Clone)]
pub struct Scope {
    /// Zones; empty: abstract, body, caption, back and footnote (prose).
    pub zones: Vec<ZoneName>,
    /// Languages of blocks; empty: both.
    pub languages: Vec<LangName>,
}

impl Scope {
    /// The blocks in scope.
    pub fn blocks<'a>(&'a self, cx: &Context<'a>) -> impl Iterator<Item = &'a Block> {
        cx.document.blocks().iter().filter(|block| self.covers(block))
    }

    fn covers(&self, block: &Block) -> bool {
        const PROSE: [ZoneName; 5] =
            [ZoneName::Abstract, ZoneName::Body, ZoneName::Caption, ZoneName::Back, ZoneName::Footnote];
        let zones = if self.zones.is_empty() { &PROSE[..] } else { &self.zones };
        let lang = if block.lang == Lang::Zh { LangName::Zh } else { LangName::En };
        zones.iter().any(|zone| zone.covers(block.zone()))
            && (self.languages.is_empty() || self.languages.contains(&lang))
    }
}

/// A linear-time regular expression that can match and never matches nothing.
#[derive(Debug, Clone)]
pub struct Pattern(pub Regex);

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        compile(&text).map(Pattern).map_err(de::Error::custom)
    }
}

fn compile(text: &str) -> Result<Regex, String> {
    let hir = regex_syntax::parse(text).map_err(|e| format!("this pattern cannot be read: {e}"))?;
    match hir.properties().minimum_len() {
        None => return Err("this pattern can never match".to_owned()),
        Some(0) => return Err("this pattern matches empty text, so it would match everywhere".to_owned()),
        Some(_) => {}
    }
    regex::RegexBuilder::new(text)
        .size_limit(COMPILED)
        .build()
        .map_err(|e| format!("this pattern cannot be used: {e}"))
}

/// Matches of an expression in the blocks in scope, outside code, URLs, e-mails and DOIs.
pub fn matches<'a>(cx: &Context<'a>, scope: &'a Scope, regex: &'a Regex) -> impl Iterator<Item = Span> {
    let (document, masks) = (cx.document, &cx.facts.masks);
    scope.blocks(cx).flat_map(move |block| {
        let text = document.slice(block.span);
        regex
            .find_iter(text)
            .map(move |found| Span::new(found.start(), found.end()).shift(block.span.start))
            .filter(move |span| !masks.touches(*span))
    })
}
