//! The reference lists of a document as JSON, BibTeX and CSL-JSON.

use crate::document::{Document, Span};
use crate::finding::Confidence;
use crate::parse::reference::{Author, Entry, Field, List, NameKind, Pages, References, Work, Year};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Every entry with each field's value, confidence and place.
pub fn json(document: &Document, references: &References) -> Value {
    let lists: Vec<Value> = references
        .lists
        .iter()
        .map(|list| {
            json!({
                "heading": list.heading.map(|span| document.slice(span)),
                "numbering": list.numbering,
                "range": document.place(list.span).range,
                "entries": list.entries.iter().map(|e| json_entry(document, e)).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({ "schema_version": 1, "path": &*document.source().path, "lists": lists })
}

fn json_entry(document: &Document, entry: &Entry) -> Value {
    json!({
        "number": entry.number,
        "label": entry.label.map(|span| document.slice(span)),
        "text": document.slice(entry.span),
        "range": document.place(entry.span).range,
        "work": json_work(document, &entry.work),
        "parallel": entry.parallel.as_ref().map(|work| json_work(document, work)),
    })
}

fn json_work(document: &Document, work: &Work) -> Value {
    let mut out = Map::new();
    out.insert("language".into(), json!(work.lang));
    out.insert("style".into(), json!(work.style));
    let range = |span: Span| document.place(span).range;
    let authors: Vec<Value> = work
        .authors
        .iter()
        .map(|a| {
            json!({
                "family": a.family, "given": a.given, "kind": a.kind,
                "confidence": a.confidence, "range": range(a.span),
            })
        })
        .collect();
    out.insert("authors".into(), Value::Array(authors));
    out.insert("et_al".into(), json!(work.et_al.is_some()));
    for (name, field) in texts(work) {
        if let Some(field) = field {
            out.insert(name.into(), located(document, field, json!(field.value)));
        }
    }
    if let Some(year) = &work.year {
        let value =
            json!({ "year": year.value.year, "suffix": year.value.suffix, "damaged": year.value.damaged });
        out.insert("year".into(), located(document, year, value));
    }
    if let Some(pages) = &work.pages {
        let value = json!({ "first": pages.value.first, "last": pages.value.last });
        out.insert("pages".into(), located(document, pages, value));
    }
    let dates = work.dates.iter().map(|date| located(document, date, json!(date.value)));
    out.insert("dates".into(), dates.collect());
    Value::Object(out)
}

fn located<T>(document: &Document, field: &Field<T>, value: Value) -> Value {
    json!({ "value": value, "confidence": field.confidence, "range": document.place(field.span).range })
}

/// The fields whose value is text, by the name they have in JSON.
fn texts(work: &Work) -> [(&'static str, Option<&Field<String>>); 11] {
    [
        ("title", work.title.as_ref()),
        ("container", work.container.as_ref()),
        ("volume", work.volume.as_ref()),
        ("issue", work.issue.as_ref()),
        ("type_code", work.type_code.as_ref()),
        ("publisher", work.publisher.as_ref()),
        ("place", work.place.as_ref()),
        ("edition", work.edition.as_ref()),
        ("doi", work.doi.as_ref()),
        ("pmid", work.pmid.as_ref()),
        ("url", work.url.as_ref()),
    ]
}

/// Every entry as CSL-JSON; confidences stand in `custom`, the unread text in `note` when no title
/// was read.
pub fn csl_json(document: &Document, references: &References) -> Value {
    let mut keys = Keys::default();
    let entries = references
        .lists
        .iter()
        .enumerate()
        .flat_map(|(nth, list)| list.entries.iter().map(move |entry| (nth, list, entry)));
    entries
        .map(|(nth, list, entry)| {
            let work = &entry.work;
            let mut out = Map::new();
            out.insert("id".into(), json!(keys.key(references, nth, list, entry)));
            out.insert("type".into(), json!(csl_type(work)));
            let authors: Vec<Value> = work.authors.iter().map(csl_name).collect();
            if !authors.is_empty() {
                out.insert("author".into(), Value::Array(authors));
            }
            let names = [
                ("title", "title"),
                ("container", "container-title"),
                ("volume", "volume"),
                ("issue", "issue"),
                ("publisher", "publisher"),
                ("place", "publisher-place"),
                ("edition", "edition"),
                ("doi", "DOI"),
                ("pmid", "PMID"),
                ("url", "URL"),
            ];
            let mut confidences = Map::new();
            for (name, field) in texts(work) {
                let Some(field) = field else { continue };
                if let Some((_, csl)) = names.iter().find(|(ours, _)| *ours == name) {
                    out.insert((*csl).into(), json!(field.value));
                    confidences.insert((*csl).into(), json!(field.confidence));
                }
            }
            if let Some(year) = &work.year {
                out.insert("issued".into(), json!({ "date-parts": [[year.value.year]] }));
                confidences.insert("issued".into(), json!(year.confidence));
            }
            if let Some(pages) = &work.pages {
                out.insert("page".into(), json!(page_range(&pages.value)));
                confidences.insert("page".into(), json!(pages.confidence));
            }
            out.insert("language".into(), json!(work.lang));
            out.insert("custom".into(), json!({ "exolint-confidence": confidences }));
            if work.title.is_none() {
                out.insert("note".into(), json!(document.slice(entry.span)));
            }
            Value::Object(out)
        })
        .collect()
}

fn csl_name(author: &Author) -> Value {
    match author.kind {
        NameKind::Latin => json!({ "family": author.family, "given": author.given }),
        NameKind::Han | NameKind::Group => json!({ "literal": author.family }),
    }
}

fn page_range(pages: &Pages) -> String {
    match &pages.last {
        Some(last) => format!("{}-{last}", pages.first),
        None => pages.first.clone(),
    }
}

fn csl_type(work: &Work) -> &'static str {
    let code = work.type_code.as_ref().map(|field| field.value.split('/').next().unwrap_or_default());
    match code {
        Some("J") => "article-journal",
        Some("M") => "book",
        Some("C") => "paper-conference",
        Some("D") => "thesis",
        Some("R") => "report",
        Some("S") => "standard",
        Some("P") => "patent",
        Some("N") => "article-newspaper",
        Some("EB") => "webpage",
        Some("DS" | "DB") => "dataset",
        Some("CP") => "software",
        Some("PP") => "article",
        Some(_) => "document",
        None if work.container.is_some() && (work.volume.is_some() || work.pages.is_some()) => {
            "article-journal"
        }
        None if work.url.is_some() && work.container.is_none() => "webpage",
        None if work.publisher.is_some() => "book",
        None => "document",
    }
}

/// Every entry as BibTeX; fields of low confidence are named in a comment above their entry.
pub fn bibtex(document: &Document, references: &References) -> String {
    let mut keys = Keys::default();
    let mut out = String::new();
    for (nth, list) in references.lists.iter().enumerate() {
        for entry in &list.entries {
            let work = &entry.work;
            let doubtful: Vec<String> = confidences(work)
                .into_iter()
                .filter(|(_, confidence)| *confidence != Confidence::High)
                .map(|(name, confidence)| format!("{name} {confidence:?}").to_lowercase())
                .collect();
            if !doubtful.is_empty() {
                let _ = writeln!(out, "% confidence: {}", doubtful.join(", "));
            }
            let kind = match csl_type(work) {
                "article-journal" | "article-newspaper" => "article",
                "book" => "book",
                "paper-conference" => "inproceedings",
                "thesis" => "phdthesis",
                "report" | "standard" => "techreport",
                _ => "misc",
            };
            let _ = writeln!(out, "@{kind}{{{},", keys.key(references, nth, list, entry));
            let names: Vec<String> = work.authors.iter().map(bibtex_name).collect();
            let mut names = names.join(" and ");
            if work.et_al.is_some() && !names.is_empty() {
                names.push_str(" and others");
            }
            let mut line = |name: &str, value: &str| {
                if !value.is_empty() {
                    let _ = writeln!(out, "  {name} = {{{}}},", escape(value));
                }
            };
            line("author", &names);
            let source = match kind {
                "inproceedings" => "booktitle",
                _ => "journal",
            };
            let publisher = if kind == "phdthesis" { "school" } else { "publisher" };
            for (name, field) in texts(work) {
                let name = match name {
                    "container" => source,
                    "issue" => "number",
                    "place" => "address",
                    "publisher" => publisher,
                    "type_code" => continue,
                    other => other,
                };
                line(name, field.map_or("", |field| &field.value));
            }
            line("year", &work.year.as_ref().map_or(String::new(), |y| y.value.year.to_string()));
            line(
                "pages",
                &work.pages.as_ref().map_or(String::new(), |p| page_range(&p.value).replace('-', "--")),
            );
            if work.title.is_none() {
                line("note", document.slice(entry.span));
            }
            out.push_str("}\n\n");
        }
    }
    out
}

fn bibtex_name(author: &Author) -> String {
    match (author.kind, author.given.is_empty()) {
        (NameKind::Latin, false) => format!("{}, {}", author.family, author.given),
        _ => format!("{{{}}}", author.family),
    }
}

fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '{' | '}' | '\\' => {}
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn confidences(work: &Work) -> Vec<(&'static str, Confidence)> {
    let mut out: Vec<(&'static str, Confidence)> =
        texts(work).into_iter().filter_map(|(name, field)| Some((name, field?.confidence))).collect();
    if let Some(author) = work.authors.iter().map(|a| a.confidence).min() {
        out.push(("author", author));
    }
    out.extend(work.year.as_ref().map(|f: &Field<Year>| ("year", f.confidence)));
    out.extend(work.pages.as_ref().map(|f| ("pages", f.confidence)));
    out
}

/// Citation keys: `ref12`, or `list2-ref12` where a document has several lists; never twice the same.
#[derive(Default)]
struct Keys {
    used: std::collections::HashMap<String, usize>,
}

impl Keys {
    fn key(&mut self, references: &References, nth: usize, list: &List, entry: &Entry) -> String {
        let number = entry.number.map_or_else(
            || {
                let at = list.entries.partition_point(|other| other.span.start < entry.span.start);
                format!("entry{}", at + 1)
            },
            |number| format!("ref{number}"),
        );
        let base = if references.lists.len() > 1 { format!("list{}-{number}", nth + 1) } else { number };
        let times = self.used.entry(base.clone()).or_insert(0);
        *times += 1;
        if *times > 1 { format!("{base}-{times}") } else { base }
    }
}
