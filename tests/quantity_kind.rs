//! A user's own quantity rule, as the README shows it.

use exolint::rules::{Overrides, load, run_cases};

/// The record of `docs/quantity-rules.md`.
const RECORD: &str = r#"
[[rule]]
code = "LAB001"
name = "aspirin-dose"
check = "quantity"
scope = "corpus"
message.zh = "{documents} 篇文稿的{subject}{property}不一致：{values}"
message.en = "{documents} documents give the {property} of {subject} differently: {values}"
options = { subject = ["阿司匹林", "aspirin"], property = ["剂量", "dose"], unit = "mg" }
[[rule.flag]]
documents = [
  { name = "a.txt", text = "阿司匹林的常用剂量为⟦75~150 mg⟧，每日一次。" },
  { name = "b.txt", text = "Aspirin was given at a dose of 300 mg daily." },
]
[[rule.pass]]
documents = [
  { name = "a.txt", text = "阿司匹林的常用剂量为100 mg，氯吡格雷剂量为75 mg。" },
  { name = "b.txt", text = "Aspirin was given at a dose of 0.1 g daily." },
]
"#;

#[test]
fn a_dose_that_differs_across_two_texts_is_reported() {
    let rules = load(&[("mine.toml".to_owned(), RECORD.to_owned())], &Overrides::default()).unwrap();
    let failures: Vec<String> =
        run_cases(&rules, rules.find("LAB001").unwrap()).iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn an_unknown_option_is_refused() {
    let wrong = RECORD.replace("unit = ", "units = ");
    let error = load(&[("mine.toml".to_owned(), wrong)], &Overrides::default()).err().unwrap();
    assert!(error.to_string().contains("units"), "{error}");
}
