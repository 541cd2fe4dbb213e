//! The Chinese title against the English one, and the species of titles against the keywords.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{BlockKind, Lang, Span};
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::rules::{Options, Scope};

/// `titles-contradict`.
pub const KIND: Kind = Kind {
    name: "titles-contradict",
    scope: Scope::Document,
    fields: &["said", "other", "kind"],
    variants: &["keywords"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Titles) as Box<dyn Check>),
};

struct Titles;

impl Check for Titles {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let table = &cx.data.evidence.words;
        let title = |lang| {
            let block = cx.document.blocks().iter().find(|b| b.kind == BlockKind::Title && b.lang == lang)?;
            Some((block.span, table.find(cx.slice(block.span))))
        };
        let (zh, en) = (title(Lang::Zh), title(Lang::En));
        if let (Some((zh, in_zh)), Some((en, in_en))) = (&zh, &en) {
            for kind in 0..table.kinds() {
                let Some((a, b)) = table.contradiction(kind, in_zh, in_en) else { continue };
                let (a, b) = (a.span.shift(zh.start), b.span.shift(en.start));
                report(cx, b, a, kind, None, out);
            }
        }
        // Keywords name more than the title; only another animal contradicts it.
        let titles: Vec<_> = [zh, en].into_iter().flatten().collect();
        for line in &cx.facts.metadata.keywords {
            let (Some(first), Some(last)) = (line.items.first(), line.items.last()) else { continue };
            let span = Span::new(first.start, last.end);
            let words = table.find(cx.slice(span));
            for (title, in_title) in &titles {
                if let Some((a, b)) = table.contradiction(SPECIES, in_title, &words) {
                    report(
                        cx,
                        b.span.shift(span.start),
                        a.span.shift(title.start),
                        SPECIES,
                        Some("keywords"),
                        out,
                    );
                    return;
                }
            }
        }
    }
}

/// The kind of the built-in table that names animals.
const SPECIES: u16 = 0;

fn report(
    cx: &Context<'_>,
    place: Span,
    other: Span,
    kind: u16,
    variant: Option<&'static str>,
    out: &mut Sink,
) {
    let finding = cx
        .finding(place)
        .confidence(Confidence::Medium)
        .arg("said", cx.slice(place))
        .arg("other", cx.slice(other))
        .arg("kind", cx.data.evidence.words.kind_name(kind))
        .related(cx.place(other), Vec::new());
    out.push(match variant {
        Some(variant) => finding.variant(variant),
        None => finding,
    });
}
