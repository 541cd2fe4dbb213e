//! Terms of the Chinese title and abstract that the English ones render by a sibling.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{BlockKind, Lang, Span, Zone, is_han};
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::metadata::{Term, Translation};
use crate::rules::{Options, Scope};
use memchr::memmem;

/// `term-translated-as-another`.
pub const KIND: Kind = Kind {
    name: "term-translated-as-another",
    scope: Scope::Document,
    fields: &["said", "term", "kind", "right"],
    variants: &["loose", "beside", "never"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Terms) as Box<dyn Check>),
};

struct Terms;

/// The parts of one language: spans of its blocks, with their text in lower case.
struct Side {
    spans: Vec<(Span, String)>,
}

impl Side {
    /// The blocks of a title or abstract in a language.
    fn of(cx: &Context<'_>, title: bool, lang: Lang) -> Self {
        let zone = if lang == Lang::Zh { Zone::AbstractZh } else { Zone::AbstractEn };
        let blocks = cx.document.blocks().iter().filter(|block| {
            if title { block.kind == BlockKind::Title && block.lang == lang } else { block.zone() == zone }
        });
        let lower = |span: Span| (span, cx.slice(span).to_ascii_lowercase());
        Self { spans: blocks.map(|block| lower(block.span)).collect() }
    }

    /// Where one of the words stands first.
    fn find(&self, cx: &Context<'_>, words: &[String], except: &[String]) -> Option<Span> {
        self.spans.iter().find_map(|(span, lower)| {
            let text = cx.slice(*span);
            let hits = words.iter().filter_map(|word| {
                let wanted = word.to_ascii_lowercase();
                let at = memmem::find_iter(lower.as_bytes(), &wanted).find(|at| {
                    stands_alone(text, *at, at + wanted.len()) && !excepted(lower, *at, wanted.len(), except)
                })?;
                Some(Span::new(at, at + wanted.len()))
            });
            hits.min_by_key(|hit| hit.start).map(|hit| hit.shift(span.start))
        })
    }
}

/// No letter is glued to a Latin word; Han words stand anywhere.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(c));
    let first = text[start..].chars().next();
    let last = text[..end].chars().next_back();
    !(latin(first) && latin(text[..start].chars().next_back())
        || latin(last) && latin(text[end..].chars().next()))
}

/// The word is part of a phrase that means something else.
fn excepted(text: &str, at: usize, len: usize, except: &[String]) -> bool {
    except.iter().any(|phrase| {
        let phrase = phrase.to_ascii_lowercase();
        let mut from = at.saturating_sub(phrase.len());
        while !text.is_char_boundary(from) {
            from += 1;
        }
        text[from..]
            .match_indices(&phrase)
            .take_while(|(found, _)| from + found <= at)
            .any(|(found, _)| from + found <= at && from + found + phrase.len() >= at + len)
    })
}

impl Check for Terms {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let mut done: Vec<usize> = Vec::new();
        for title in [true, false] {
            let (zh, en) = (Side::of(cx, title, Lang::Zh), Side::of(cx, title, Lang::En));
            if zh.spans.is_empty() || en.spans.is_empty() {
                continue;
            }
            for (n, family) in cx.data.metadata.translations.iter().enumerate() {
                let known = done.contains(&n);
                if compare(cx, family, (title, known), (&zh, &en), out) {
                    done.push(n);
                }
            }
        }
    }
}

/// Report the first sibling that renders nothing of the Chinese; true when there is one.
fn compare(
    cx: &Context<'_>,
    family: &Translation,
    (title, known): (bool, bool),
    (zh, en): (&Side, &Side),
    out: &mut Sink,
) -> bool {
    let in_zh: Vec<Option<Span>> = family.class.iter().map(|term| zh.find(cx, &term.zh, &[])).collect();
    if in_zh.iter().all(Option::is_none) {
        return false;
    }
    let in_en: Vec<Option<Span>> =
        family.class.iter().map(|term| en.find(cx, &term.en, &term.except)).collect();
    // the term that the Chinese has and the English has not
    let lost = (0..family.class.len()).find(|n| in_zh[*n].is_some() && in_en[*n].is_none());
    let present = (0..family.class.len()).find(|n| in_zh[*n].is_some());
    let mut found = false;
    for (n, term) in family.class.iter().enumerate() {
        let (Some(place), None) = (in_en[n], in_zh[n]) else { continue };
        let never = term.zh.is_empty();
        // said of the title already; a word that renders nothing is another matter
        if known && !never {
            continue;
        }
        let Some(other) = lost.or(present.filter(|_| never || family.stray)) else { continue };
        // words of a title are chosen with care; a family may be loose in abstracts
        if family.title && !title && !never {
            continue;
        }
        if lost.is_none() && !never && mentioned(cx, term) {
            continue;
        }
        let (Some(source), Some(right)) = (in_zh[other], family.class[other].en.first()) else { continue };
        let finding = cx
            .finding(place)
            .confidence(Confidence::Medium)
            .arg("said", cx.slice(place))
            .arg("term", cx.slice(source))
            .arg("kind", family.name.clone())
            .arg("right", right.as_str())
            .related(cx.place(source), Vec::new());
        out.push(match (never, lost.is_some(), family.firm) {
            (true, ..) => finding.variant("never"),
            (_, false, _) => finding.variant("beside"),
            (_, _, false) => finding.variant("loose"),
            _ => finding,
        });
        found = true;
        break;
    }
    found
}

/// The Chinese text names the sibling somewhere: the English may mean it.
fn mentioned(cx: &Context<'_>, term: &Term) -> bool {
    let han = |block: &crate::document::Block| {
        block.lang == Lang::Zh && matches!(block.zone(), Zone::Front | Zone::AbstractZh)
    };
    cx.document
        .blocks()
        .iter()
        .filter(|block| han(block))
        .any(|block| term.zh.iter().any(|word| cx.slice(block.span).contains(word.as_str())))
}
