//! `exolint schema`: JSON schemas of what exolint reads and writes.

use super::output::Output;
use crate::checks;
use crate::config::ConfigFile;
use crate::report::json;
use crate::rules::{Record, Rules};
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

/// Where the committed schemas stand.
const HOME: &str = "https://raw.githubusercontent.com/exolint/exolint/main/docs/schemas/";

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Of what
    #[arg(value_enum)]
    what: What,
}

/// What has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// `exolint.toml`
    Config,
    /// Rule files
    Rules,
    /// The report of `--format json`
    Report,
}

/// Run the command.
pub fn run(args: &Args, output: &mut Output) -> u8 {
    output.print(schema(args.what).as_bytes());
    0
}

/// A JSON schema, draft 2020-12.
pub fn schema(what: What) -> String {
    let reads = || SchemaSettings::draft2020_12().into_generator();
    let (name, title, mut value) = match what {
        What::Config => {
            let mut value = reads().into_root_schema_for::<ConfigFile>().to_value();
            name_the_rules(&mut value);
            ("config", "exolint.toml", value)
        }
        What::Rules => ("rules", "exolint rule file", rules()),
        What::Report => {
            let settings = SchemaSettings::draft2020_12().for_serialize();
            let value = settings.into_generator().into_root_schema_for::<json::Whole<'_>>().to_value();
            ("report", "exolint report", value)
        }
    };
    value["$id"] = json!(format!("{HOME}{name}.json"));
    value["title"] = json!(title);
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    text
}

/// `[rules.CODE]` for every built-in rule, so that an editor completes and explains the codes; users' own
/// codes stay allowed.
fn name_the_rules(schema: &mut Value) {
    let settings = schema["properties"]["rules"]["additionalProperties"].clone();
    let mut known = serde_json::Map::new();
    for rule in &Rules::builtin().rules {
        let mut one = settings.clone();
        one["title"] = json!(rule.record.name);
        known.insert(rule.record.code.clone(), one);
    }
    schema["properties"]["rules"]["properties"] = Value::Object(known);
}

/// A file of `[[rule]]` tables. What `options` may hold depends on the check.
fn rules() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let record = generator.subschema_for::<Record>();
    let mut definitions = generator.take_definitions(true);
    if let Some(properties) = definitions.get_mut("Record").and_then(|record| record.get_mut("properties")) {
        let kinds: Vec<&str> = checks::kinds().map(|kind| kind.name).collect();
        properties["check"]["enum"] = json!(kinds);
        properties["options"] = json!({ "type": "object", "description": "Options of the check." });
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "description": "Rules: texts that must be reported, and the words of the report.",
        "type": "object",
        "properties": { "rule": { "type": "array", "items": record } },
        "additionalProperties": false,
        "$defs": definitions,
    })
}
