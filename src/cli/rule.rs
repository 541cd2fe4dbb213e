//! `exolint rule`: what a rule does, from its record.

use super::output::{Output, language};
use super::{ConfigArgs, Format, STATUS_TROUBLE};
use crate::config::{LanguageChoice, nearest_selector};
use crate::report::text::severity_word;
use crate::rules::{Language, Rule, Scope};
use serde_json::json;
use std::fmt::Write;

/// Arguments of `rule`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Code or name of the rule; without one, all are listed
    rule: Option<String>,
    /// Explain all rules
    #[arg(long, conflicts_with = "rule")]
    all: bool,
    /// Form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Language of the words
    #[arg(long, value_enum)]
    lang: Option<LanguageChoice>,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Run the command.
pub fn run(args: &Args, output: &mut Output) -> u8 {
    let Some((config, loaded)) = args.config.load(&[], output) else { return STATUS_TROUBLE };
    let language = language(args.lang, &config);
    let rules = &loaded.rules;
    let chosen: Vec<&Rule> = match &args.rule {
        None => rules.rules.iter().collect(),
        Some(name) => match rules.find(name) {
            Some(rule) => vec![rule],
            None => {
                let hint = nearest_selector(rules, name).map(|n| format!("; did you mean `{n}`?"));
                output.trouble(&format!("there is no rule `{name}`{}", hint.unwrap_or_default()));
                return STATUS_TROUBLE;
            }
        },
    };
    let out = match args.format {
        Format::Json => {
            let list: Vec<_> = chosen.iter().map(|rule| value(rule)).collect();
            let value = json!({ "schema_version": 1, "rules": list });
            serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
        }
        Format::Text if args.rule.is_none() && !args.all => list(&chosen, language),
        Format::Text => chosen.iter().map(|rule| explain(rule, language)).collect::<Vec<_>>().join("\n"),
    };
    output.print(out.as_bytes());
    if loaded.broken.is_empty() { 0 } else { STATUS_TROUBLE }
}

fn value(rule: &Rule) -> serde_json::Value {
    let mut value = json!(rule.record);
    value["family"] = json!(rule.record.family().word());
    value["severity"] = json!(rule.severity);
    value["builtin"] = json!(rule.builtin);
    value["url"] = json!(crate::report::json::url(&rule.record.code, rule.builtin));
    value
}

fn list(rules: &[&Rule], language: Language) -> String {
    let mut out = String::new();
    for rule in rules {
        let _ = writeln!(
            out,
            "{:<8} {:<8} {:<12} {}",
            rule.record.code,
            severity_word(rule.severity, language),
            rule.record.family().word(),
            rule.record.name,
        );
    }
    out
}

fn explain(rule: &Rule, language: Language) -> String {
    let record = &rule.record;
    let zh = language == Language::Zh;
    let say = |en: &'static str, chinese: &'static str| if zh { chinese } else { en };
    let mut out = format!("{} {}\n", record.code, record.name);
    let scope = match record.scope {
        Scope::Document => say("one document", "单个文档"),
        Scope::Corpus => say("across documents", "跨文档"),
    };
    let _ = writeln!(
        out,
        "{}, {}, {scope}, {} {}\n",
        severity_word(rule.severity, language),
        record.family().word(),
        say("since", "始于"),
        record.since,
    );
    if !record.profiles.is_empty() {
        let _ = writeln!(
            out,
            "{}: {}\n",
            say("only with profile", "仅在启用以下配置时运行"),
            record.profiles.join(", ")
        );
    }
    for words in record.about.iter().chain(&record.help) {
        let _ = writeln!(out, "{}\n", language.pick(words).trim());
    }
    let _ = writeln!(out, "{}: {}", say("message", "消息"), language.pick(&record.message));
    for (name, variant) in &record.variant {
        let severity = variant.severity.unwrap_or(rule.severity).min(rule.severity);
        let message = variant.message.as_ref().map(|m| language.pick(m)).unwrap_or_default();
        let _ = writeln!(
            out,
            "{} {name} ({}): {message}",
            say("variant", "变体"),
            severity_word(severity, language)
        );
    }
    for (title, cases) in
        [(say("reported", "会报告"), &record.flag), (say("not reported", "不报告"), &record.pass)]
    {
        for case in cases {
            let texts = case.text.iter().chain(case.documents.iter().map(|d| &d.text));
            for text in texts {
                let _ = writeln!(out, "\n{title}:");
                for line in text.trim().lines() {
                    let _ = writeln!(out, "    {line}");
                }
            }
        }
    }
    out
}
