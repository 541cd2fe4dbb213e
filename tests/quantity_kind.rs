//! A user's own quantity rule: the very records that the README and its page show.

#![allow(clippy::unwrap_used)]

mod binary;

use binary::Scratch;
use exolint::rules::{Overrides, load, run_cases};

const README: &str = include_str!("../README.md");
const PAGE: &str = include_str!("../docs/quantity-rules.md");

/// The first TOML block of a text that holds a quantity rule.
fn record(text: &str) -> String {
    let mut blocks = text.split("```toml\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    blocks
        .find(|block| block.contains("check = \"quantity\""))
        .unwrap_or_else(|| panic!("no record"))
        .to_owned()
}

#[test]
fn the_records_shown_pass_their_own_cases() {
    for text in [README, PAGE] {
        let rules = load(&[("lab.toml".to_owned(), record(text))], &Overrides::default()).unwrap();
        let rule = rules.find("LAB001").unwrap();
        let failures: Vec<String> = run_cases(&rules, rule).iter().map(ToString::to_string).collect();
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }
    assert_eq!(record(README).lines().count(), 10, "the README promises a short one");
}

#[test]
fn a_dose_that_differs_between_two_files_is_reported() {
    let folder = Scratch::new("quantity-rule");
    folder.write("rules/lab.toml", record(README));
    folder.write(
        "exolint.toml",
        "rule-files = [\"rules/lab.toml\"]\nselect = [\"LAB\"]\n[corpus]\ninclude = [\"*.txt\"]\n",
    );
    folder.write("one.txt", "卒中二级预防中，阿司匹林的常用剂量为75~150 mg，每日一次。\n");
    folder.write("two.txt", "In the acute phase, aspirin is given at a dose of 0.3 g once daily.\n");
    folder.write("three.txt", "Clopidogrel is given at a dose of 75 mg once daily.\n");
    let ran = folder.run(&["check", "--format", "json", "--lang", "en", "."]).exits(1);
    let json = ran.json();
    let [finding] = json["findings"].as_array().map(Vec::as_slice).unwrap_or_default() else {
        panic!("one finding expected: {json}")
    };
    assert_eq!(finding["code"], "LAB001");
    assert_eq!(finding["text"], "75~150 mg");
    let message = finding["message"].as_str().unwrap_or_default();
    assert!(message.contains("2 documents") && message.contains("0.3 g"), "{message}");
    let related = &finding["related"][0];
    assert!(related["path"].as_str().unwrap_or_default().ends_with("two.txt"), "{related}");
    // the same dose in another unit is no conflict
    folder.write("two.txt", "Aspirin is given at a dose of 0.075-0.15 g once daily.\n");
    folder.run(&["check", "--format", "json", "."]).exits(0);
}

#[test]
fn an_unknown_option_is_refused() {
    let wrong = record(PAGE).replace("unit = ", "units = ");
    let error = load(&[("mine.toml".to_owned(), wrong)], &Overrides::default()).err().unwrap();
    assert!(error.to_string().contains("units"), "{error}");
}
