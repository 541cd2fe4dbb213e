//! The generic kinds as a user writes them: records in TOML, nothing else.

#![allow(clippy::unwrap_used)]

use exolint::rules::{Overrides, load, run_cases};

fn cases_hold(record: &str) {
    let rules = load(&[("mine.toml".to_owned(), record.to_owned())], &Overrides::default()).unwrap();
    let rule = rules.find("LAB001").unwrap();
    let failures: Vec<String> = run_cases(&rules, rule).iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn refused(record: &str) -> String {
    load(&[("mine.toml".to_owned(), record.to_owned())], &Overrides::default()).err().unwrap().to_string()
}

#[test]
fn pattern() {
    cases_hold(
        r#"
[[rule]]
code = "LAB001"
name = "unit-glued"
check = "pattern"
message.en = "put a space into “{text}”: {replacement}"
[rule.options]
pattern = '(\d)(mg|mL)\b'
except = '^0'
replace = "$1 $2"
safe = true
[[rule.flag]]
text = "每日给予⟦5mg⟧。"
fix = "5 mg"
[[rule.pass]]
text = "每日给予5 mg；见 https://example.org/5mg。"
"#,
    );
}

#[test]
fn substitution_reads_its_contexts() {
    cases_hold(
        r#"
[[rule]]
code = "LAB001"
name = "old-term"
check = "substitution"
message.zh = "“{from}”宜作“{to}”"
[rule.options]
pairs = [
  { from = "几率", to = "概率", not-after = ["统计"] },
  { from = "Fig", to = "Figure", only-before = [" ", "."] },
]
[[rule.flag]]
text = "复发⟦几率⟧较高，见⟦Fig⟧ 2。"
[[rule.pass]]
text = "统计几率另述，Figure 2 与 config 不变。"
"#,
    );
}

#[test]
fn consistency_and_requires() {
    cases_hold(
        r#"
[[rule]]
code = "LAB001"
name = "two-spellings"
check = "consistency"
message.en = "“{text}” here, “{other}” {other_count} times elsewhere"
[rule.options]
groups = [["[Oo]steo-arthritis", "[Oo]steoarthritis"]]
[[rule.flag]]
text = "Osteoarthritis is common. Severe ⟦osteo-arthritis⟧ hurts. Osteoarthritis is treated."
[[rule.pass]]
text = "Osteoarthritis is common and osteoarthritis is treated."
"#,
    );
    cases_hold(
        r#"
[[rule]]
code = "LAB001"
name = "no-ethics"
check = "requires"
message.en = "“{text}” calls for an ethics statement"
[rule.options]
when = "volunteers?"
need = "ethics committee"
[[rule.flag]]
text = "We recruited ⟦volunteers⟧ and asked other volunteers too."
[[rule.pass]]
text = "We recruited volunteers; the ethics committee agreed."
"#,
    );
}

#[test]
fn broken_records_are_refused_with_a_way_out() {
    let start = "[[rule]]\ncode = \"LAB001\"\nname = \"x\"\ncheck = \"pattern\"\nmessage.en = \"x\"\n";
    assert!(refused(&format!("{start}[rule.options]\npatern = \"a\"\n")).contains("did you mean `pattern`?"));
    assert!(refused(&format!("{start}[rule.options]\npattern = \"a*\"\n")).contains("empty text"));
    assert!(refused(&format!("{start}[rule.options]\npattern = '[a&&b]'\n")).contains("never match"));
    assert!(refused(&start.replace("pattern\"", "patern\"")).contains("did you mean `pattern`?"));
    assert!(refused(&start.replace("\"x\"\n", "\"{y}\"\n")).contains("not a field"));
    assert!(refused(&start.replace("LAB001", "CIT900")).contains("choose your own"));
}
