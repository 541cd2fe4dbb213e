//! `exolint inspect`: what was read from a file, block by block and fact by fact.

use super::output::{Output, language};
use super::{ConfigArgs, Format, STATUS_TROUBLE};
use crate::config::LanguageChoice;
use crate::discover;
use crate::document::{Document, Span};
use crate::parse::{self, Facts};
use crate::report::clean;
use serde_json::{Value, json};
use std::fmt::Write;
use std::io::Read;
use std::path::PathBuf;

/// Arguments of `inspect`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file; `-` reads standard input
    path: PathBuf,
    /// Form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Name under which standard input is read
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    stdin_filename: String,
    /// Language of messages
    #[arg(long, value_enum)]
    lang: Option<LanguageChoice>,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Run the command.
pub fn run(args: &Args, output: &mut Output) -> u8 {
    let Some((config, loaded)) = args.config.load(&[], output) else { return STATUS_TROUBLE };
    let language = language(args.lang, &config);
    let (name, bytes) = if args.path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        (args.stdin_filename.clone(), std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes))
    } else {
        (discover::display_name(&args.path), std::fs::read(&args.path))
    };
    let document = match super::run::document(&name, bytes) {
        Ok(document) => document,
        Err(notice) => {
            output.unreadable(&[notice], language);
            return STATUS_TROUBLE;
        }
    };
    let facts = parse::parse(&document, &loaded.rules.data);
    match args.format {
        Format::Text => output.print(text(&document, &facts).as_bytes()),
        Format::Json => {
            let mut bytes = serde_json::to_vec_pretty(&value(&document, &facts)).unwrap_or_default();
            bytes.push(b'\n');
            output.print(&bytes);
        }
    }
    0
}

/// One line per block, fact and repair, in the order of the file's text.
fn text(document: &Document, facts: &Facts) -> String {
    let mut out = String::new();
    let source = document.source();
    let _ = writeln!(
        out,
        "{}: {} {}, {} lines, {} blocks, main language {}",
        clean::line(&source.path),
        word(&json!(document.format())),
        word(&json!(source.encoding)),
        source.line_count(),
        document.blocks().len(),
        word(&json!(document.lang())),
    );
    out.push_str("\nblocks\n");
    for block in document.blocks() {
        let level = if block.level > 0 { format!(" {}", block.level) } else { String::new() };
        let _ = writeln!(
            out,
            "{:<10} {}{level} ({}, {}) {}",
            at(document, block.span),
            word(&json!(block.kind)),
            word(&json!(block.zone())),
            word(&json!(block.lang)),
            clean::prose(document.slice(block.span)),
        );
    }
    out.push_str("\nfacts\n");
    for fact in facts.inspect() {
        let _ = writeln!(
            out,
            "{:<10} {} {} ({}) “{}”",
            at(document, fact.span),
            fact.kind,
            clean::prose(&fact.value),
            word(&json!(fact.confidence)),
            clean::prose(&short(document.slice(fact.span))),
        );
    }
    out.push_str("\nrepairs\n");
    for repair in document.repairs() {
        let place = document.place_of_source(&[repair.source], String::new());
        let start = place.range.start;
        let _ = writeln!(
            out,
            "{:<10} {} “{}”",
            format!("{}:{}", start.line, start.column),
            word(&json!(repair.kind)),
            clean::line(&short(document.source().text.get(repair.source.range()).unwrap_or_default())),
        );
    }
    out
}

fn at(document: &Document, span: Span) -> String {
    let start = document.place(span).range.start;
    format!("{}:{}", start.line, start.column)
}

/// At most 60 characters.
fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The word a unit variant serialises to.
fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Everything, with ranges in the source and the logical text of each part.
fn value(document: &Document, facts: &Facts) -> Value {
    let source = document.source();
    let blocks: Vec<Value> = document
        .blocks()
        .iter()
        .map(|block| {
            let place = document.place(block.span);
            json!({
                "kind": block.kind,
                "zone": block.zone(),
                "lang": block.lang,
                "level": block.level,
                "marker": block.marker.map(|span| document.slice(span)),
                "range": place.range,
                "text": document.slice(block.span),
            })
        })
        .collect();
    let listed: Vec<Value> = facts
        .inspect()
        .iter()
        .map(|fact| {
            let place = document.place(fact.span);
            json!({
                "kind": fact.kind,
                "value": fact.value,
                "confidence": fact.confidence,
                "range": place.range,
                "segments": place.segments,
                "text": document.slice(fact.span),
            })
        })
        .collect();
    let repairs: Vec<Value> = document
        .repairs()
        .iter()
        .map(|repair| {
            let place = document.place_of_source(&[repair.source], String::new());
            json!({
                "kind": repair.kind,
                "range": place.range,
                "source": source.text.get(repair.source.range()),
                "text": document.slice(repair.span),
            })
        })
        .collect();
    let marks: Vec<Value> = document
        .marks()
        .iter()
        .map(|mark| {
            json!({
                "kind": mark.kind,
                "range": document.place(mark.span).range,
                "text": document.slice(mark.span),
            })
        })
        .collect();
    json!({
        "schema_version": 1,
        "path": &*source.path,
        "format": document.format(),
        "encoding": source.encoding,
        "bom": source.bom,
        "lang": document.lang(),
        "lines": source.line_count(),
        "blocks": blocks,
        "facts": listed,
        "repairs": repairs,
        "marks": marks,
    })
}
