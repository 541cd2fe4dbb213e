//! Checks of the reference list.

mod doi;
mod duplicate;
mod field;
mod gbt7714;
mod halves;
pub(super) mod numbering;
mod pages;
mod retraction;
mod style;
mod year;

use super::{Context, Kind, NoOptions};
use crate::document::Span;
use crate::parse::reference::Entry;
use crate::rules::Scope;

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "reference-number-missing",
        scope: Scope::Document,
        fields: &["missing", "count", "before", "after"],
        variants: &["damaged", "beginning"],
        build: |options| {
            options.read::<NoOptions>()?;
            Ok(Box::new(numbering::Missing))
        },
    },
    Kind {
        name: "reference-number-repeated",
        scope: Scope::Document,
        fields: &["number", "likely"],
        variants: &["damaged"],
        build: |options| {
            options.read::<NoOptions>()?;
            Ok(Box::new(numbering::Repeated))
        },
    },
    Kind {
        name: "reference-number-out-of-order",
        scope: Scope::Document,
        fields: &["number", "before"],
        variants: &[],
        build: |options| {
            options.read::<NoOptions>()?;
            Ok(Box::new(numbering::Order))
        },
    },
    Kind {
        name: "duplicate-reference",
        scope: Scope::Document,
        fields: &["entry", "other", "doi"],
        variants: &["same-doi", "similar"],
        build: |options| {
            options.read::<NoOptions>()?;
            Ok(Box::new(duplicate::Duplicate))
        },
    },
    Kind {
        name: "reversed-page-range",
        scope: Scope::Document,
        fields: &["first", "last", "pages"],
        variants: &[],
        build: |options| {
            options.read::<NoOptions>()?;
            Ok(Box::new(pages::Reversed))
        },
    },
    Kind {
        name: "implausible-year",
        scope: Scope::Document,
        fields: &["year", "latest", "earliest"],
        variants: &["early"],
        build: |options| Ok(Box::new(options.read::<year::Implausible>()?)),
    },
    Kind {
        name: "damaged-year",
        scope: Scope::Document,
        fields: &["printed", "year", "count"],
        variants: &[],
        build: |options| {
            options.read::<NoOptions>()?;
            Ok(Box::new(year::Damaged))
        },
    },
    Kind {
        name: "malformed-reference-doi",
        scope: Scope::Document,
        fields: &["doi", "likely", "glued"],
        variants: &["full-width", "look-alike", "glued", "spaced"],
        build: |options| {
            options.read::<NoOptions>()?;
            Ok(Box::new(doi::Malformed))
        },
    },
    Kind {
        name: "parallel-halves-disagree",
        scope: Scope::Document,
        fields: &["field", "first", "second"],
        variants: &[],
        build: |options| {
            options.read::<NoOptions>()?;
            Ok(Box::new(halves::Disagree))
        },
    },
    Kind {
        name: "missing-reference-field",
        scope: Scope::Document,
        fields: &["code", "field", "count", "total", "journal"],
        variants: &["year", "numbers"],
        build: |options| {
            options.read::<NoOptions>()?;
            Ok(Box::new(field::Missing))
        },
    },
    Kind {
        name: "inconsistent-reference-style",
        scope: Scope::Document,
        fields: &["mark", "usual", "other", "count", "total"],
        variants: &[],
        build: |options| Ok(Box::new(options.read::<style::Inconsistent>()?)),
    },
    Kind {
        name: "gbt7714",
        scope: Scope::Document,
        fields: &["count", "printed"],
        variants: gbt7714::VARIANTS,
        build: |options| Ok(Box::new(options.read::<gbt7714::Conformance>()?)),
    },
    Kind {
        name: "retracted-reference",
        scope: Scope::Document,
        fields: &["entry", "date"],
        variants: &["concern", "correction", "reinstatement"],
        build: |options| Ok(Box::new(retraction::Retracted::new(options.read()?))),
    },
];

/// The tight place that stands for a whole entry: its number, else its first author, else its first
/// characters.
fn stand_in(cx: &Context<'_>, entry: &Entry) -> Span {
    if let Some(label) = entry.label {
        return label;
    }
    if let Some(author) = entry.work.first_author() {
        return author.span;
    }
    let text = cx.slice(entry.span);
    let end = text.char_indices().nth(24).map_or(text.len(), |(at, _)| at);
    Span::new(entry.span.start, entry.span.start + end)
}

/// How an entry is called in a message: `[12]`, or its first author and year.
fn name_of(cx: &Context<'_>, entry: &Entry) -> String {
    if let Some(number) = entry.number {
        return format!("[{number}]");
    }
    let author = entry.work.first_author().map_or(cx.slice(stand_in(cx, entry)), |a| &a.family);
    match &entry.work.year {
        Some(year) => format!("{author} {}", year.value.year),
        None => author.to_owned(),
    }
}
