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

/// How words are written: facts, not verdicts; messages without a full stop, help in whole sentences; no
/// half-width mark between Chinese characters, no Chinese mark in English.
#[test]
fn words_keep_to_one_form() {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut wrong = Vec::new();
    for rule in &Rules::builtin().rules {
        let record = &rule.record;
        let variants = || record.variant.values();
        let messages = std::iter::once(&record.message).chain(variants().filter_map(|v| v.message.as_ref()));
        let helps = record.help.iter().chain(variants().filter_map(|v| v.help.as_ref()));
        let mut tell = |words: &str, what: &str| wrong.push(format!("{}: {what}: {words}", record.code));
        for (words, message) in messages.map(|w| (w, true)).chain(helps.map(|w| (w, false))) {
            for verdict in ["错误", "伪造", "漏引", "捏造", "造假"] {
                if words.zh.contains(verdict) {
                    tell(&words.zh, "a verdict");
                }
            }
            for verdict in ["fabricated", "fake", "forged"] {
                if words.en.contains(verdict) {
                    tell(&words.en, "a verdict");
                }
            }
            if message && (words.en.ends_with('.') && !words.en.ends_with("etc.") || words.zh.ends_with('。'))
            {
                tell(&words.en, "a message with a full stop");
            }
            let sentences = words.en.ends_with(['.', '?']) && words.zh.ends_with(['。', '？']);
            if !message && !sentences {
                tell(&format!("{} / {}", words.en, words.zh), "help that is no sentence");
            }
            if words.en.contains("(s)") {
                tell(&words.en, "a plural in brackets");
            }
            if words.en.contains(['，', '。', '；', '：', '（', '）']) {
                tell(&words.en, "a Chinese mark in English");
            }
            let chars: Vec<char> = words.zh.chars().collect();
            for part in chars.windows(3) {
                if han(part[0]) && [',', ';', ':', '?', '!'].contains(&part[1]) && han(part[2]) {
                    tell(&words.zh, "a half-width mark between Chinese characters");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
