//! Blocks and the zones they belong to.

use super::{Lang, Span};
use serde::Serialize;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The document's title (one per language).
    Title,
    /// The line of authors.
    Authors,
    /// An affiliation.
    Affiliation,
    /// A paragraph of an abstract, its label (`摘要`, `Abstract:`) included.
    Abstract,
    /// The line of keywords, its label included.
    Keywords,
    /// Another labelled front-matter line: dates, DOI, class number, correspondence …
    FrontMatter,
    /// A heading; `level` is its depth, `marker` its number.
    Heading,
    /// A paragraph of running text.
    Paragraph,
    /// An item of a list; `marker` is its bullet or number.
    ListItem,
    /// A figure or table caption.
    Caption,
    /// A table (rows separated by `\n`, cells by tabs).
    Table,
    /// The heading of a reference list.
    ReferenceHeading,
    /// One entry of a reference list, as far as lines tell.
    Reference,
    /// Author contributions.
    Contribution,
    /// Funding.
    Funding,
    /// Acknowledgements.
    Acknowledgement,
    /// Other statements after the text: conflict of interest, data availability …
    BackMatter,
    /// A footnote.
    Footnote,
    /// Code, or anything that must not be read as prose.
    Code,
    /// Page heads, page numbers and the like.
    Furniture,
}

/// The part of a document a block belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Zone {
    /// Title, authors, labelled fields.
    Front,
    /// The Chinese abstract and keywords.
    AbstractZh,
    /// The English abstract and keywords.
    AbstractEn,
    /// Running text, its headings and lists.
    Body,
    /// The reference list.
    References,
    /// Contributions, funding, acknowledgements, statements.
    Back,
    /// Captions.
    Caption,
    /// Tables.
    Table,
    /// Footnotes.
    Footnote,
    /// Code.
    Code,
    /// Furniture.
    Furniture,
}

/// One block of the logical text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands, without the `\n` that ends it.
    pub span: Span,
    /// The language most of it is written in.
    pub lang: Lang,
    /// Depth of a heading (1 = top), nesting of a list item; else 0.
    pub level: u8,
    /// Its number or bullet (`2.1`, `(3)`, `[12]`), inside `span`.
    pub marker: Option<Span>,
}

impl Block {
    /// The zone of the block.
    pub fn zone(&self) -> Zone {
        match self.kind {
            BlockKind::Title | BlockKind::Authors | BlockKind::Affiliation | BlockKind::FrontMatter => {
                Zone::Front
            }
            BlockKind::Abstract | BlockKind::Keywords => {
                if self.lang == Lang::Zh {
                    Zone::AbstractZh
                } else {
                    Zone::AbstractEn
                }
            }
            BlockKind::Heading | BlockKind::Paragraph | BlockKind::ListItem => Zone::Body,
            BlockKind::ReferenceHeading | BlockKind::Reference => Zone::References,
            BlockKind::Contribution
            | BlockKind::Funding
            | BlockKind::Acknowledgement
            | BlockKind::BackMatter => Zone::Back,
            BlockKind::Caption => Zone::Caption,
            BlockKind::Table => Zone::Table,
            BlockKind::Footnote => Zone::Footnote,
            BlockKind::Code => Zone::Code,
            BlockKind::Furniture => Zone::Furniture,
        }
    }
}
