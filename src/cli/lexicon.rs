//! `exolint lexicon`: propose lexicon entries from texts.

use super::STATUS_TROUBLE;
use super::abbreviations::{self, Text};
use super::output::Output;
use crate::finding::Confidence;
use crate::parse::abbreviation::{normal, squash};
use crate::rules::{Language, Rules};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Commands on the lexicon.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Propose entries from the definitions of texts, with counts, as TOML to edit
    Harvest(Harvest),
}

/// Arguments of `exolint lexicon harvest`.
#[derive(Debug, clap::Args)]
pub struct Harvest {
    /// Files and folders
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Propose only what is defined in at least this many documents
    #[arg(long, default_value_t = 1, value_name = "N")]
    min_documents: usize,
}

/// One concept on its way into a lexicon.
#[derive(Default)]
struct Proposal {
    short: BTreeMap<String, usize>,
    zh: BTreeMap<String, usize>,
    en: BTreeMap<String, usize>,
    documents: BTreeSet<String>,
    definitions: usize,
}

/// Run a lexicon command.
pub fn run(command: &Command, output: &mut Output) -> u8 {
    let Command::Harvest(args) = command;
    let (texts, notices) = match abbreviations::read(&args.paths) {
        Ok(read) => read,
        Err(message) => {
            output.trouble(&message);
            return STATUS_TROUBLE;
        }
    };
    output.unreadable(&notices, Language::En);
    output.print(harvest(&texts, args.min_documents).as_bytes());
    abbreviations::status(&texts, &notices)
}

/// The entries that texts define and the lexicon does not have, the most frequent first.
fn harvest(texts: &[Text], least: usize) -> String {
    let lexicon = &Rules::builtin().data.abbreviation.lexicon;
    let mut all: BTreeMap<(String, String), Proposal> = BTreeMap::new();
    for (document, facts) in texts {
        for definition in facts.definitions.iter().filter(|d| d.confidence >= Confidence::Medium) {
            let text = |span| normal(document.slice(span));
            let (zh, en) = (definition.zh.map(text), definition.en.map(text));
            let Some(name) = en.as_ref().or(zh.as_ref()) else { continue };
            let known = lexicon.of_key(&definition.key).any(|entry| {
                entry.en.iter().chain(&entry.zh).any(|accepted| squash(accepted) == squash(name))
            });
            if known {
                continue;
            }
            let proposal = all.entry((definition.key.clone(), squash(name))).or_default();
            *proposal.short.entry(definition.short.clone()).or_default() += 1;
            if let Some(zh) = zh {
                *proposal.zh.entry(zh).or_default() += 1;
            }
            if let Some(en) = en {
                *proposal.en.entry(en).or_default() += 1;
            }
            proposal.documents.insert(document.source().path.to_string());
            proposal.definitions += 1;
        }
    }
    let mut list: Vec<(&(String, String), &Proposal)> =
        all.iter().filter(|(_, proposal)| proposal.documents.len() >= least).collect();
    list.sort_by_key(|(id, p)| (std::cmp::Reverse((p.documents.len(), p.definitions)), (*id).clone()));
    let mut out = format!(
        "# {} proposals from {} documents. Read each one: texts are not always right. `kind` and `source` are yours to fill in.\n",
        list.len(),
        texts.len()
    );
    for (_, proposal) in list {
        let documents = proposal.documents.len();
        let _ =
            write!(out, "\n# defined {} times in {documents} documents\n[[entry]]\n", proposal.definitions);
        for (name, counts) in [("short", &proposal.short), ("zh", &proposal.zh), ("en", &proposal.en)] {
            let mut words: Vec<(&String, &usize)> = counts.iter().collect();
            words.sort_by_key(|(word, count)| (std::cmp::Reverse(**count), (*word).clone()));
            let quoted: Vec<String> = words.iter().take(5).map(|(word, _)| quote(word)).collect();
            let _ = writeln!(out, "{name} = [{}]", quoted.join(", "));
        }
        out.push_str("kind = \"\"\nsource = \"\"\n");
    }
    out
}

/// A TOML basic string.
fn quote(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
