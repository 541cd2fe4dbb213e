//! `quantity`: a subject, a property and a unit of the user's own, compared across documents.

use super::definitions::{Ends, conflict};
use crate::checks::{Check, Context, CorpusContext, Kind, entry};
use crate::document::Span;
use crate::engine::{Entry, Sink};
use crate::finding::Localised;
use crate::parse::evidence::statement::{floor, has_word};
use crate::parse::evidence::{Form, Quantity, Sentence};
use crate::rules::{Options, Scope};
use serde::Deserialize;
use serde::de::Error;

/// Farthest a word of the property may stand before its number, in bytes.
const BEFORE: usize = 60;
/// Farthest it may stand after it, in bytes.
const AFTER: usize = 32;

/// The kind. Options: `subject` and `property`, words of any language of which the first is the name in
/// messages; `unit`, any unit of its dimension is compared.
pub const KIND: Kind = Kind {
    name: "quantity",
    scope: Scope::Corpus,
    fields: &["subject", "property", "value", "values", "documents", "count"],
    variants: &["far-apart", "disjoint", "unit-slip"],
    build,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    subject: Vec<String>,
    property: Vec<String>,
    unit: String,
}

struct User {
    given: Given,
    /// The words in small letters.
    subject: Vec<String>,
    property: Vec<String>,
}

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    let given: Given = options.read()?;
    if given.subject.is_empty() || given.property.is_empty() {
        return Err(toml::de::Error::custom("`subject` and `property` name at least one word each"));
    }
    let small = |words: &[String]| words.iter().map(|word| word.to_lowercase()).collect();
    Ok(Box::new(User { subject: small(&given.subject), property: small(&given.property), given }))
}

impl Check for User {
    fn summarise(&self, cx: &Context<'_>, out: &mut Vec<Entry>) {
        let units = &cx.data.evidence.units;
        // a unit that no table knows compares nothing; the rule's own flag case shows that at once
        let Some((unit, _)) = units.read(&self.given.unit, 0) else { return };
        for quantity in &cx.facts.evidence.quantities {
            let stated = matches!(quantity.form, Form::Value | Form::Range) && !quantity.magnitude_lost;
            if !stated || !units.comparable(&quantity.unit, &unit) {
                continue;
            }
            let Some(sentence) = cx.facts.evidence.sentence_at(quantity.core.start) else { continue };
            if self.says(cx, sentence, quantity) {
                let value = Ends::of(quantity, units.scale(&quantity.unit)).write(cx.slice(quantity.span));
                out.push(entry(cx, quantity.span, self.key(), value));
            }
        }
    }

    fn corpus(&self, cx: &CorpusContext<'_>, out: &mut Sink) {
        let plain = |word: &str| Localised { en: word.to_owned(), zh: word.to_owned() };
        if let Some(finding) = conflict(cx.entries, cx.corpus_declared) {
            out.push(
                finding
                    .arg("subject", plain(&self.given.subject[0]))
                    .arg("property", plain(&self.given.property[0]))
                    .key(self.key()),
            );
        }
    }
}

impl User {
    fn key(&self) -> String {
        format!("{}/{}", self.given.subject[0], self.given.property[0])
    }

    /// The subject stands before the number in its sentence, a word of the property near it.
    fn says(&self, cx: &Context<'_>, sentence: &Sentence, quantity: &Quantity) -> bool {
        let text = cx.document.text();
        let head = text.get(sentence.span.start..quantity.span.start).unwrap_or("").to_lowercase();
        let tail = text.get(quantity.span.end..sentence.span.end).unwrap_or("").to_lowercase();
        let (head, tail) = (head.as_str(), tail.as_str());
        let near = &head[floor(head, head.len().saturating_sub(BEFORE))..];
        let soon = &tail[..floor(tail, AFTER.min(tail.len()))];
        // the first number after the subject: a second one may belong to something the rule does not know
        let last = self
            .subject
            .iter()
            .filter(|word| has_word(head, word))
            .filter_map(|word| head.rfind(word.as_str()));
        let Some(subject) = last.max() else { return false };
        let units = &cx.data.evidence.units;
        let from = floor(text, (sentence.span.start + subject).min(quantity.core.start));
        let between = cx.facts.evidence.quantities_in(Span::new(from, quantity.core.start));
        !between.iter().any(|other| units.comparable(&other.unit, &quantity.unit))
            && self.property.iter().any(|word| has_word(near, word) || has_word(soon, word))
    }
}
