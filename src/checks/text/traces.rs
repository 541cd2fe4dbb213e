//! Traces of extraction: what the reader had to mend, said once per file.

use crate::checks::{Check, Context, Kind};
use crate::document::RepairKind;
use crate::engine::Sink;
use crate::rules::{Options, Scope};
use serde::Deserialize;

/// `extraction-traces`. Option `at-least`: how many repairs make a finding.
pub const KIND: Kind = Kind {
    name: "extraction-traces",
    scope: Scope::Document,
    fields: &["count", "spaced", "hyphens", "furniture", "paragraphs", "characters"],
    variants: &["columns"],
    build,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct Given {
    at_least: usize,
}

impl Default for Given {
    fn default() -> Self {
        Self { at_least: 3 }
    }
}

struct Traces {
    given: Given,
}

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    Ok(Box::new(Traces { given: options.read()? }))
}

impl Check for Traces {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let repairs = cx.document.repairs();
        if let Some(apart) = repairs.iter().find(|r| r.kind == RepairKind::ColumnsApart) {
            let rows = cx.document.slice(apart.span).lines().count();
            let text = cx.document.slice(apart.span).chars().take(40).collect();
            let place = cx.document.place_of_source(&[apart.source], text);
            let finding = crate::finding::Finding::at(place).variant("columns").arg("count", rows);
            out.push(with_counts(finding, [0; 5]));
            return;
        }
        let count = |kinds: &[RepairKind]| repairs.iter().filter(|r| kinds.contains(&r.kind)).count();
        let spaced = count(&[RepairKind::LetterSpacing]);
        let hyphens = count(&[RepairKind::HyphenDropped, RepairKind::HyphenKept]);
        let furniture = count(&[RepairKind::FurnitureInside]);
        let paragraphs = count(&[RepairKind::ParagraphJoined]);
        let characters = count(&[RepairKind::Folded, RepairKind::Invisible]);
        let traces = spaced + furniture + paragraphs + characters;
        // Hyphens at line ends and joined paragraphs alone are how texts are wrapped, not how PDFs break.
        if spaced + furniture + characters == 0 || traces + hyphens < self.given.at_least {
            return;
        }
        let telling = |kind: RepairKind| {
            !matches!(kind, RepairKind::HyphenDropped | RepairKind::HyphenKept | RepairKind::TexFlattened)
        };
        let Some(first) = repairs.iter().filter(|repair| telling(repair.kind)).min_by_key(|r| r.source.start)
        else {
            return;
        };
        let text = cx.document.slice(first.span).chars().take(40).collect();
        let place = cx.document.place_of_source(&[first.source], text);
        out.push(with_counts(
            crate::finding::Finding::at(place).arg("count", traces + hyphens),
            [spaced, hyphens, furniture, paragraphs, characters],
        ));
    }
}

fn with_counts(finding: crate::finding::Finding, counts: [usize; 5]) -> crate::finding::Finding {
    let fields = ["spaced", "hyphens", "furniture", "paragraphs", "characters"];
    fields.into_iter().zip(counts).fold(finding, |finding, (field, count)| finding.arg(field, count))
}
