//! Meta-tests over the registry: every record is whole, and its own cases hold.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

use exolint::rules::{Rules, run_cases};

#[test]
fn every_flag_case_fires_at_its_mark_and_every_pass_case_is_silent() {
    let rules = Rules::builtin();
    let failures: Vec<String> = rules
        .rules
        .iter()
        .flat_map(|rule| run_cases(rules, rule))
        .map(|failure| failure.to_string())
        .collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn built_in_rules_carry_both_languages_and_their_cases() {
    let mut missing = Vec::new();
    for rule in &Rules::builtin().rules {
        let record = &rule.record;
        let mut need = |what: &str, ok: bool| {
            if !ok {
                missing.push(format!("{}: {what}", record.code));
            }
        };
        let both = |words: &exolint::finding::Localised| !words.en.is_empty() && !words.zh.is_empty();
        need("message in both languages", both(&record.message));
        need("help in both languages", record.help.as_ref().is_some_and(both));
        need("about in both languages", record.about.as_ref().is_some_and(both));
        need("related in both languages", record.related.as_ref().is_none_or(both));
        need("labels in both languages", record.labels.values().all(both));
        need("fix in both languages", record.fix.as_ref().is_none_or(both));
        need(
            "variants in both languages",
            record.variant.values().all(|v| [&v.message, &v.help, &v.fix].into_iter().flatten().all(both)),
        );
        need("a flag case", !record.flag.is_empty());
        need("a pass case", !record.pass.is_empty());
        need("since", !record.since.is_empty());
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}
