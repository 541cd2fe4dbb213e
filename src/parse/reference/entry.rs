//! From the text of an entry to its fields.

use super::Work;
use crate::document::{Document, Lang, Span};

/// Reads the halves of an entry: one, or two of a bilingual entry.
pub(super) fn works(document: &Document, span: Span) -> (Work, Option<Work>) {
    (Work::new(span, Lang::of(document.slice(span))), None)
}
