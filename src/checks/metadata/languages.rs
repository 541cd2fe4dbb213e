//! What stands in both languages: keywords and abstracts.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{BlockKind, Lang};
use crate::engine::Sink;
use crate::finding::{Confidence, Severity, arg};
use crate::parse::metadata::Keywords;
use crate::rules::{Options, Scope};

/// `keywords-differ`.
pub const KEYWORDS: Kind = Kind {
    name: "keywords-differ",
    scope: Scope::Document,
    fields: &["zh", "en", "count"],
    variants: &["no-english", "no-chinese"],
    build: |options: Options<'_>| {
        options.read::<NoOptions>().map(|_| Box::new(KeywordsCheck) as Box<dyn Check>)
    },
};

/// `abstract-in-one-language`.
pub const ABSTRACT: Kind = Kind {
    name: "abstract-in-one-language",
    scope: Scope::Document,
    fields: &[],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Abstract) as Box<dyn Check>),
};

struct KeywordsCheck;

impl Check for KeywordsCheck {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.metadata;
        let line = |lang| facts.keywords.iter().find(|k: &&Keywords| k.lang == lang && !k.items.is_empty());
        let has_abstract = |lang| facts.abstracts.iter().any(|(l, _)| *l == lang);
        match (line(Lang::Zh), line(Lang::En)) {
            (Some(zh), Some(en)) => {
                let (a, b) = (zh.items.len(), en.items.len());
                // one piece is a line whose separators were lost
                if a != b && a > 1 && b > 1 && a < 20 && b < 20 {
                    out.push(
                        cx.finding(en.label)
                            .confidence(Confidence::Medium)
                            .arg("zh", a)
                            .arg("en", b)
                            .related(cx.place(zh.label), vec![arg("count", a)]),
                    );
                }
            }
            (Some(zh), None) if has_abstract(Lang::En) && zh.items.len() > 1 => {
                out.push(cx.finding(zh.label).variant("no-english"));
            }
            (None, Some(en)) if has_abstract(Lang::Zh) && en.items.len() > 1 => {
                out.push(cx.finding(en.label).variant("no-chinese").confidence(Confidence::Medium));
            }
            _ => {}
        }
    }
}

struct Abstract;

impl Check for Abstract {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.metadata;
        let blocks = cx.document.blocks();
        let front = facts.authors(Lang::Zh).is_some() || blocks.iter().any(|b| b.kind == BlockKind::Title);
        let journal = facts.dates.len() + facts.keywords.len() + facts.affiliations.len() > 0;
        if !front || !journal || cx.document.lang() != Lang::Zh {
            return;
        }
        let [(lang, span)] = facts.abstracts.as_slice() else { return };
        if *lang == Lang::Zh {
            let shown: usize = cx.slice(*span).chars().take(8).map(char::len_utf8).sum();
            let span = crate::document::Span::new(span.start, span.start + shown);
            let mut finding = cx.finding(span).confidence(Confidence::Medium);
            finding.severity = Severity::Info;
            out.push(finding);
        }
    }
}
