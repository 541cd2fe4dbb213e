//! The table of short forms: what `exolint abbreviations` prints.

use super::clean;
use crate::document::{Document, Range};
use crate::finding::Confidence;
use crate::parse::abbreviation::{Abbreviations, Definition, normal, singular};
use serde::Serialize;
use std::collections::BTreeMap;

/// One definition.
#[derive(Debug, Serialize)]
pub struct Defined {
    /// The document.
    pub path: String,
    /// Where the definition stands.
    pub range: Range,
    /// The short form.
    pub short: String,
    /// Its Chinese long form.
    pub long_zh: Option<String>,
    /// Its English long form.
    pub long_en: Option<String>,
    /// How sure this is a definition.
    pub confidence: Confidence,
}

/// One spelling with its uses.
#[derive(Debug, Serialize)]
pub struct Variant {
    /// As printed.
    pub text: String,
    /// How often, in all documents.
    pub uses: usize,
}

/// One short form in all documents.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The spelling used most.
    pub short: String,
    /// Chinese long forms, as defined, each once.
    pub long_zh: Vec<String>,
    /// English long forms, as defined, each once.
    pub long_en: Vec<String>,
    /// Path, line and column of the first definition.
    pub first: Option<String>,
    /// Definitions in all documents.
    pub definitions: usize,
    /// Uses outside definitions, parts of compounds included.
    pub uses: usize,
    /// All spellings.
    pub variants: Vec<Variant>,
    /// The documents, in order.
    pub documents: Vec<String>,
}

/// Short forms that are defined somewhere or used at least twice, by name.
pub fn table(texts: &[(Document, Abbreviations)]) -> Vec<Row> {
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for (document, facts) in texts {
        let path = document.source().path.to_string();
        for form in facts.forms.iter() {
            let row = rows.entry(form.key.clone()).or_insert_with(|| Row {
                short: String::new(),
                long_zh: Vec::new(),
                long_en: Vec::new(),
                first: None,
                definitions: 0,
                uses: 0,
                variants: Vec::new(),
                documents: Vec::new(),
            });
            for definition in facts.definitions_of(form) {
                let place = document.place(definition.span).range.start;
                row.first.get_or_insert_with(|| format!("{path}:{}:{}", place.line, place.column));
                row.definitions += 1;
                let (zh, en) = longs(document, definition);
                add(&mut row.long_zh, zh);
                add(&mut row.long_en, en);
            }
            for spelling in &form.spellings {
                let uses = spelling.uses.iter().filter(|usage| !usage.in_definition).count();
                row.uses += uses;
                match row.variants.iter_mut().find(|variant| variant.text == spelling.text) {
                    Some(variant) => variant.uses += spelling.uses.len(),
                    None => {
                        row.variants.push(Variant { text: spelling.text.clone(), uses: spelling.uses.len() })
                    }
                }
            }
            if !row.documents.contains(&path) {
                row.documents.push(path.clone());
            }
        }
    }
    let mut out: Vec<Row> = rows.into_values().filter(|row| row.definitions > 0 || row.uses >= 2).collect();
    for row in &mut out {
        row.variants.sort_by(|a, b| b.uses.cmp(&a.uses).then_with(|| a.text.cmp(&b.text)));
        row.short = row.variants.first().map(|v| v.text.clone()).unwrap_or_default();
    }
    out.retain(|row| !row.short.is_empty());
    out.sort_by_key(|row| (row.short.to_lowercase(), row.short.clone()));
    out
}

fn longs(document: &Document, definition: &Definition) -> (Option<String>, Option<String>) {
    let text = |span| normal(document.slice(span));
    (definition.zh.map(text), definition.en.map(text))
}

fn add(list: &mut Vec<String>, long: Option<String>) {
    if let Some(long) = long.filter(|long| !list.contains(long)) {
        list.push(long);
    }
}

/// All definitions, by document and place.
pub fn definitions(texts: &[(Document, Abbreviations)]) -> Vec<Defined> {
    let mut out = Vec::new();
    for (document, facts) in texts {
        for definition in &facts.definitions {
            let (long_zh, long_en) = longs(document, definition);
            out.push(Defined {
                path: document.source().path.to_string(),
                range: document.place(definition.span).range,
                short: definition.short.clone(),
                long_zh,
                long_en,
                confidence: definition.confidence,
            });
        }
    }
    out
}

/// One use outside definitions.
#[derive(Debug, Serialize)]
pub struct Used {
    /// The document.
    pub path: String,
    /// Where it stands.
    pub range: Range,
    /// The short form, in the spelling used most.
    pub short: String,
    /// As printed here.
    pub text: String,
}

/// All uses of the short forms of a table, by document, short form and place.
pub fn uses(texts: &[(Document, Abbreviations)], table: &[Row]) -> Vec<Used> {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for row in table {
        names.extend(row.variants.iter().map(|variant| (variant.text.as_str(), row.short.as_str())));
    }
    let mut out = Vec::new();
    for (document, facts) in texts {
        for spelling in facts.forms.iter().flat_map(|form| &form.spellings) {
            let Some(short) = names.get(spelling.text.as_str()) else { continue };
            out.extend(spelling.uses.iter().filter(|usage| !usage.in_definition).map(|usage| Used {
                path: document.source().path.to_string(),
                range: document.place(usage.span).range,
                short: (*short).to_owned(),
                text: spelling.text.clone(),
            }));
        }
    }
    out
}

/// Definitions, the table and the uses as JSON.
pub fn json(texts: &[(Document, Abbreviations)], table: &[Row]) -> serde_json::Value {
    serde_json::json!({
        "schema_version": 1,
        "definitions": definitions(texts),
        "short_forms": table,
        "uses": uses(texts, table),
    })
}

/// One line per short form: short form, long forms, uses, spellings, documents, first definition.
pub fn text(table: &[Row]) -> String {
    let mut lines: Vec<[String; 6]> = vec![[
        "SHORT FORM".to_owned(),
        "USES".to_owned(),
        "DOCS".to_owned(),
        "LONG FORM".to_owned(),
        "ALSO WRITTEN".to_owned(),
        "FIRST DEFINED".to_owned(),
    ]];
    for row in table {
        let long: Vec<&str> = row.long_zh.iter().chain(&row.long_en).map(String::as_str).collect();
        let also: Vec<&str> = row
            .variants
            .iter()
            .map(|variant| variant.text.as_str())
            .filter(|text| singular(text) != singular(&row.short))
            .collect();
        let also: Vec<&str> = also.into_iter().take(6).collect();
        lines.push([
            row.short.clone(),
            row.uses.to_string(),
            row.documents.len().to_string(),
            if long.is_empty() { "-".to_owned() } else { long.join("; ") },
            if also.is_empty() { "-".to_owned() } else { also.join(", ") },
            row.first.clone().unwrap_or_else(|| "-".to_owned()),
        ]);
    }
    let mut widths = [0usize; 6];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(columns(cell)).min(72);
        }
    }
    let mut out = String::new();
    for line in &lines {
        for (index, cell) in line.iter().enumerate() {
            let cell = clean::line(cell);
            out.push_str(&cell);
            if index + 1 < line.len() {
                let pad = widths[index].saturating_sub(columns(&cell)) + 2;
                out.extend(std::iter::repeat_n(' ', pad));
            }
        }
        out.push('\n');
    }
    out
}

/// Columns on a terminal: Han and full-width characters take two.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| if matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}') { 2 } else { 1 })
        .sum()
}
