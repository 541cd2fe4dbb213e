//! The table of short forms.

use super::exhibit::{Anchor, Places};
use crate::document::Document;
use crate::parse::Facts;
use crate::parse::abbreviation::Form;

/// Uses that make a short form without definition worth a row.
const USED: usize = 2;

/// A short form of one document.
#[derive(Debug)]
pub struct ShortForm {
    /// The spelling used most.
    pub short: String,
    /// What all its spellings share.
    pub key: String,
    /// Where it is defined.
    pub definitions: Vec<Defined>,
    /// Uses outside definitions.
    pub uses: usize,
    /// Its first use.
    pub first: Option<Anchor>,
    /// Other spellings, with their number of uses.
    pub others: Vec<(String, usize)>,
}

/// A definition.
#[derive(Debug)]
pub struct Defined {
    /// The Chinese long form.
    pub zh: Option<String>,
    /// The English long form.
    pub en: Option<String>,
    /// Its place.
    pub anchor: Option<Anchor>,
}

/// The short forms that are defined, or used more than once.
pub fn forms(document: &Document, facts: &Facts, places: &Places) -> Vec<ShortForm> {
    let facts = &facts.abbreviations;
    let mut out = Vec::new();
    for form in &facts.forms {
        let uses = form.count();
        if form.definitions.is_empty() && uses < USED {
            continue;
        }
        let definitions: Vec<Defined> = facts
            .definitions_of(form)
            .map(|definition| Defined {
                zh: definition.zh.map(|span| document.slice(span).to_owned()),
                en: definition.en.map(|span| document.slice(span).to_owned()),
                anchor: places.anchor(definition.short_span),
            })
            .collect();
        let defined = facts.definitions_of(form).next().map(|definition| definition.short.clone());
        let Some(short) = usual(form).or(defined) else { continue };
        let others = form.spellings.iter().filter(|spelling| spelling.text != short);
        out.push(ShortForm {
            others: others
                .map(|s| (s.text.clone(), s.whole().count()))
                .filter(|(_, count)| *count > 0)
                .collect(),
            first: form.uses().first().and_then(|usage| places.anchor(usage.span)),
            key: form.key.clone(),
            short,
            definitions,
            uses,
        });
    }
    out.sort_by(|a, b| (a.key.as_str(), a.short.as_str()).cmp(&(b.key.as_str(), b.short.as_str())));
    out
}

/// The spelling used most; `None` when the form is never used as a whole token.
fn usual(form: &Form) -> Option<String> {
    if form.spellings.is_empty() {
        return None;
    }
    Some(form.usual().text.clone())
}
