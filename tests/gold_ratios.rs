//! `a/b (p%)` against the labelled set.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod support;

use exolint::parse::evidence::ratio::{self, Agreement};

#[test]
fn percentages_of_counts() {
    let Some(text) = support::gold("percent-ratio/gold.jsonl") else { return };
    let (mut wrong, mut wrong_all, mut rounding, mut rounding_all) = (0, 0, 0, 0);
    let (mut none, mut none_all, mut false_alarms, mut consistent) = (0, 0, 0, 0);
    let mut report = String::new();
    for line in text.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let words = record["text"].as_str().unwrap();
        let mut found = Vec::new();
        ratio::scan(words, &mut found);
        let wanted = record["surface"].as_str().unwrap();
        let start = words.find(wanted).unwrap_or(0);
        let hit = found.iter().find(|r| {
            r.span.start <= start + wanted.len()
                && start <= r.span.end
                && r.count == record["a"].as_f64().unwrap()
        });
        let got = hit.map(exolint::parse::evidence::ratio::Ratio::agreement);
        let ok = match record["label"].as_str().unwrap() {
            "consistent" => {
                consistent += 1;
                let alarm = got.is_some_and(|g| g != Agreement::Exact);
                false_alarms += usize::from(alarm);
                !alarm
            }
            "mismatch" if record["verdict"] == "not_a_ratio" => {
                none_all += 1;
                none += usize::from(got.is_some());
                got.is_none()
            }
            "mismatch" => {
                wrong_all += 1;
                wrong += usize::from(got == Some(Agreement::Wrong));
                got == Some(Agreement::Wrong)
            }
            _ => {
                rounding_all += 1;
                rounding += usize::from(got == Some(Agreement::Rounding));
                got == Some(Agreement::Rounding)
            }
        };
        if !ok {
            report.push_str(&format!("{} {wanted:?}: {got:?}\n", record["label"]));
        }
    }
    println!(
        "{report}errors {wrong}/{wrong_all}, roundings {rounding}/{rounding_all}, no ratios taken {none}/{none_all}, consistent ones reported {false_alarms}/{consistent}"
    );
    assert_eq!((wrong, rounding, false_alarms), (wrong_all, rounding_all, 0));
    assert!(none <= 1);
}
