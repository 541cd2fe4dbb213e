//! Citations in bad input: bounded time, no panic, nothing allocated for numbers that are only printed.

use exolint::engine::{self, Selection};
use exolint::format::read_text;
use exolint::rules::Rules;
use std::time::{Duration, Instant};

fn findings(text: &str) -> usize {
    let document = read_text("a.txt", text);
    let selection = Selection { select: vec!["CIT".to_owned()], ..Selection::default() };
    engine::analyse(&document, Rules::builtin(), &selection).findings.len()
}

/// A review with markers in order, every fifth damaged when `damaged`, and its list.
fn review(markers: usize, entries: usize, damaged: bool) -> String {
    let mut text = String::new();
    for n in 0..markers {
        let number = n * entries / markers + 1;
        text += "研究者Smith等";
        text += &match n % 5 {
            3 if damaged => format!("{number}]"),
            4 if damaged => format!("[{number}。"),
            _ => format!("[{number}]"),
        };
        text +=
            if n % 20 == 19 { "报告了结果。\n\n" } else { "报告了结果，另有证据支持。" };
    }
    text += "\n\n参考文献\n";
    for n in 1..=entries {
        text += &format!("[{n}] Smith A. A study of matter {n}[J]. Sample J Med, 2001, 3(4): 5-6.\n");
    }
    text
}

#[test]
fn huge_numbers_and_ranges_are_only_printed() {
    let text = "甲[1]乙[2]丙[3]丁[1-999999999]戊[1000000000000000000000000000000]己[4]。\n\n参考文献\n\
                [1] 何平. 甲[J]. 示例, 2001, 1(1): 1-2.\n[2] 高远. 乙[J]. 示例, 2001, 1(1): 3-4.\n\
                [3] 林青. 丙[J]. 示例, 2001, 1(1): 5-6.\n[4] 梁田. 丁[J]. 示例, 2001, 1(1): 7-8.\n";
    let start = Instant::now();
    // both numbers beyond counting are one finding with two places
    assert_eq!(findings(text), 1);
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn brackets_without_end_stay_linear() {
    let start = Instant::now();
    for unit in ["[", "]", "[1", "1]", "[]", "【1]", "[1,", "1-", "(1", "¹", "[^1", "甲[。", "al12 ", "[1] ]"]
    {
        findings(&unit.repeat(200_000 / unit.len()));
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn time_grows_with_length_alone() {
    for damaged in [false, true] {
        let time = |markers: usize| {
            let text = review(markers, markers / 10, damaged);
            let start = Instant::now();
            findings(&text);
            start.elapsed()
        };
        time(1_000);
        let (one, four) = (time(2_500), time(10_000));
        // four times the text; generous, as machines are shared
        assert!(four < one * 10 + Duration::from_millis(300), "{one:?} {four:?}");
    }
}
