//! What a systematic review says of itself.

use crate::checks::{Check, Context, Kind};
use crate::document::{BlockKind, Lang, Span};
use crate::engine::Sink;
use crate::finding::{Confidence, Localised};
use crate::rules::{Options, Scope};
use serde::Deserialize;

/// `systematic-review-checklist`. Option `items`: what must be there.
pub const CHECKLIST: Kind = Kind {
    name: "systematic-review-checklist",
    scope: Scope::Document,
    fields: &["missing", "count", "total"],
    variants: &[],
    build: |options: Options<'_>| options.read::<Checklist>().map(|check| Box::new(check) as Box<dyn Check>),
};

/// One thing the text must mention.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    /// Its name.
    name: Localised,
    /// Words of which at least `least` must occur (letter case does not matter).
    any: Vec<String>,
    /// How many of them; one when not given.
    #[serde(default = "one")]
    least: usize,
    /// The item is asked for only where one of these occurs.
    #[serde(default)]
    when: Vec<String>,
}

fn one() -> usize {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Checklist {
    items: Vec<Item>,
}

impl Check for Checklist {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let end = cx.facts.references.lists.first().map_or(cx.document.text().len(), |list| list.span.start);
        let text = cx.document.slice(Span::new(0, end));
        let lower = text.to_lowercase();
        let has = |word: &String| holds(text, &lower, word);
        let asked: Vec<&Item> =
            self.items.iter().filter(|item| item.when.is_empty() || item.when.iter().any(has)).collect();
        let missing: Vec<&&Item> = asked
            .iter()
            .filter(|item| item.any.iter().filter(|word| has(word)).count() < item.least)
            .collect();
        if missing.is_empty() {
            return;
        }
        let order = cx.document.reading_order();
        let title = order.iter().find(|b| b.kind == BlockKind::Title).or_else(|| order.first());
        let Some(title) = title else { return };
        let length: usize = cx.slice(title.span).chars().take(60).map(char::len_utf8).sum();
        let joined = |lang: Lang| {
            let names = missing.iter().map(|item| match lang {
                Lang::Zh => item.name.zh.clone(),
                Lang::En => item.name.en.clone(),
            });
            names.collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " })
        };
        let names = Localised { en: joined(Lang::En), zh: joined(Lang::Zh) };
        out.push(
            cx.finding(Span::new(title.span.start, title.span.start + length))
                .confidence(Confidence::Medium)
                .arg("missing", names)
                .arg("count", missing.len())
                .arg("total", asked.len()),
        );
    }
}

/// True when the text holds a word, in any case; a short form in capitals (NOS, VIP) only whole and in capitals:
/// `diagnosis` holds no scale.
fn holds(text: &str, lower: &str, word: &str) -> bool {
    let short = word.len() <= 5 && word.bytes().all(|b| b.is_ascii_uppercase());
    if !short {
        return lower.contains(&word.to_lowercase());
    }
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        !letter(text[..at].chars().next_back()) && !letter(text[at + word.len()..].chars().next())
    })
}
