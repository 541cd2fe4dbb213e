//! Profiles, `extend` and `per-file-ignores`.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod binary;

use binary::{Ran, Scratch};
use std::collections::BTreeMap;

const SENTENCE: &str = "外泌体能够能够降低活性氧水平。\n";

/// A rule file of a user's with one rule.
fn rules(code: &str, word: &str, more: &str) -> String {
    format!(
        "{more}[[rule]]\ncode = \"{code}\"\nname = \"house-{}\"\ncheck = \"pattern\"\n[rule.options]\npattern = \"{word}\"\n[rule.message]\nzh = \"请核对\"\n[[rule.flag]]\ntext = \"⟦{word}⟧的直径。\"\n[[rule.pass]]\ntext = \"外泌体的直径。\"\n",
        code.to_lowercase()
    )
}

fn json(dir: &Scratch, args: &[&str]) -> Ran {
    dir.run(&[&["check", "--format", "json", "--lang", "en"], args].concat())
}

/// How many findings are shown of each severity and confidence.
fn shown(args: &[&str]) -> BTreeMap<(String, String), usize> {
    let all = [&["check", "--isolated", "--format", "json", "seeds"], args].concat();
    let mut out = BTreeMap::new();
    for finding in binary::run(&all).json()["findings"].as_array().unwrap() {
        let of = |key: &str| finding[key].as_str().unwrap().to_owned();
        *out.entry((of("severity"), of("confidence"))).or_default() += 1;
    }
    out
}

#[test]
fn a_profile_says_what_is_shown() {
    let (draft, submission, audit) =
        (shown(&["--profile", "draft"]), shown(&[]), shown(&["--profile", "audit"]));
    assert!(draft.keys().all(|(severity, confidence)| severity != "info" && confidence == "high"));
    assert_eq!(submission, shown(&["--profile", "submission"]));
    assert!(submission.keys().all(|(_, confidence)| confidence != "low"));
    assert!(submission.keys().any(|(_, confidence)| confidence == "medium"));
    assert!(audit.keys().any(|(_, confidence)| confidence == "low"), "{audit:?}");
    for (key, n) in &draft {
        assert_eq!(submission.get(key), Some(n), "a profile chooses, it changes nothing");
    }
    for (key, n) in &submission {
        assert_eq!(audit.get(key), Some(n));
    }
    // What is said more plainly wins; a set of rules is no stage.
    assert_eq!(shown(&["--profile", "draft,terms", "--severity", "info", "--confidence", "low"]).len(), {
        let audit = shown(&["--profile", "audit,terms"]);
        audit.len()
    });
}

#[test]
fn profiles_come_from_the_configuration_and_the_command_line() {
    let dir = Scratch::new("profiles");
    dir.write("a.txt", SENTENCE);
    let settings = |args: &[&str]| dir.run(&[&["check", "--show-config"], args].concat()).exits(0).out;
    dir.write("exolint.toml", "profiles = [\"draft\", \"terms\"]\n");
    let out = settings(&[]);
    assert!(out.contains("severity = \"warning\"") && out.contains("confidence = \"high\""), "{out}");
    assert!(out.contains("profiles = [\"terms\"]"), "{out}");
    assert!(settings(&["--profile", "audit"]).contains("confidence = \"low\""));
    dir.write("exolint.toml", "profiles = [\"draft\"]\nconfidence = \"low\"\n");
    let out = settings(&[]);
    assert!(out.contains("severity = \"warning\"") && out.contains("confidence = \"low\""), "{out}");
    for (text, words) in [
        ("profiles = [\"draf\"]\n", "did you mean `draft`?"),
        ("profiles = [\"draft\", \"audit\"]\n", "a second profile that says what is shown"),
    ] {
        dir.write("exolint.toml", text);
        let ran = dir.run(&["check"]).exits(2);
        assert!(ran.err.contains(words) && ran.err.contains("^"), "{}", ran.err);
    }
    dir.write("exolint.toml", "");
    let ran = dir.run(&["check", "--profile", "final"]).exits(2);
    assert!(ran.err.contains("draft") && ran.err.contains("systematic-review"), "{}", ran.err);
    dir.run(&["check", "--profile", "draft,audit"]).exits(2);
}

#[test]
fn a_configuration_goes_on_from_others() {
    let dir = Scratch::new("extend");
    dir.write("a.txt", "外囊泡和微囊泡能够能够降低活性氧水平。\n").write("work/b.txt", SENTENCE);
    dir.write("base/rules/lab.toml", rules("LAB001", "外囊泡", ""));
    dir.write(
        "base/base.toml",
        "rule-files = [\"rules/lab.toml\"]\nignore = [\"STR\"]\nseverity = \"error\"\n[rules.LAB001]\nseverity = \"info\"\n[rules.TXT003]\nseverity = \"error\"\n",
    );
    dir.write("base/other.toml", "severity = \"warning\"\n");
    dir.write(
        "exolint.toml",
        "extend = [\"base/base.toml\", \"base/other.toml\"]\nignore = [\"MET\"]\n[rules.LAB001]\nseverity = \"error\"\n",
    );
    let out = dir.run(&["check", "--show-config"]).exits(0).out;
    assert!(out.contains("severity = \"warning\""), "the later one wins: {out}");
    let ran = json(&dir, &["a.txt"]).exits(1);
    assert_eq!(ran.codes(), ["LAB001", "TXT003"]);
    assert!(ran.json()["findings"].as_array().unwrap().iter().all(|f| f["severity"] == "error"));
    dir.write("exolint.toml", "extend = \"base/base.toml\"\nseverity = \"info\"\n");
    assert_eq!(json(&dir, &["a.txt"]).json()["findings"][0]["severity"], "info");
}

#[test]
fn options_are_extended_key_by_key_and_refused_where_they_stand() {
    let dir = Scratch::new("extend-options");
    dir.write("a.txt", "外囊泡。微囊泡。\n");
    dir.write("lab.toml", rules("LAB001", "外囊泡", ""));
    dir.write("base.toml", "rule-files = [\"lab.toml\"]\n[rules.LAB001.options]\npattern = \"微囊泡\"\n");
    dir.write("exolint.toml", "extend = \"base.toml\"\n");
    let text = |ran: &Ran| ran.json()["findings"][0]["text"].as_str().unwrap_or_default().to_owned();
    assert_eq!(text(&json(&dir, &["a.txt", "--select", "LAB"])), "微囊泡");
    dir.write("exolint.toml", "extend = \"base.toml\"\n[rules.LAB001.options]\npattern = \"外囊\"\n");
    assert_eq!(text(&json(&dir, &["a.txt", "--select", "LAB"])), "外囊");
    dir.write("base.toml", "rule-files = [\"lab.toml\"]\n\n[rules.LAB001.options]\npatern = \"微囊泡\"\n");
    let ran = dir.run(&["check"]).exits(2);
    assert!(ran.err.contains("base.toml:4:1") && ran.err.contains("`pattern`"), "{}", ran.err);
}

#[test]
fn errors_of_extended_files_stand_where_they_are() {
    let dir = Scratch::new("extend-errors");
    dir.write("a.txt", SENTENCE);
    let refused = |own: &str, base: &str, words: &[&str]| {
        dir.write("exolint.toml", own).write("base.toml", base);
        let ran = dir.run(&["check"]).exits(2);
        for word in words {
            assert!(ran.err.contains(word), "{own}{base}: {word}\n{}", ran.err);
        }
    };
    let extend = "extend = \"base.toml\"\n";
    refused(extend, "\nselect = [\"CTI\"]\n", &["base.toml:2:11", "selects no rule", "^"]);
    refused(extend, "\n\nselct = []\n", &["base.toml:3:1", "did you mean `select`?"]);
    refused(extend, extend, &["base.toml:1:10", "extends itself: base.toml → base.toml"]);
    refused(
        extend,
        "extend = \"exolint.toml\"\n",
        &["base.toml:1:10", "exolint.toml → base.toml → exolint.toml"],
    );
    refused("\nextend = [\"base.toml\", \"gone.toml\"]\n", "", &["exolint.toml:2:24", "gone", "cannot read"]);
    refused("extend = 5\n", "", &["a path, or a list of paths"]);
    refused(
        extend,
        "[[ignore]]\ncode = \"TXT003\"\nreason = \"\"\n",
        &["base.toml:1:1", "the reason is empty"],
    );
    // The same file by two ways is no circle.
    dir.write("exolint.toml", "extend = [\"base.toml\", \"b.toml\"]\n").write("b.toml", extend);
    dir.write("base.toml", "ignore = [\"TXT003\"]\n");
    assert_eq!(json(&dir, &["a.txt"]).exits(0).codes(), [""; 0]);
}

#[test]
fn a_rule_file_goes_on_from_others() {
    let dir = Scratch::new("extend-rules");
    dir.write("a.txt", "外囊泡和微囊泡。\n");
    dir.write("exolint.toml", "rule-files = [\"own/a.toml\"]\n");
    dir.write("own/a.toml", rules("LAB001", "外囊泡", "extend = \"../base.toml\"\n"));
    dir.write("base.toml", rules("LAB002", "微囊泡", ""));
    assert_eq!(json(&dir, &["a.txt", "--select", "LAB"]).codes(), ["LAB001", "LAB002"]);
    assert!(dir.run(&["rules", "test"]).exits(0).out.contains("2 rules, 4 cases, 0 failures"));
    dir.write("base.toml", rules("LAB002", "微囊泡", "extend = [\"own/a.toml\"]\n"));
    let ran = dir.run(&["check"]).exits(2);
    assert!(ran.err.contains("base.toml:1:11") && ran.err.contains("extends itself"), "{}", ran.err);
    dir.write("own/a.toml", rules("LAB001", "外囊泡", "extend = \"gone.toml\"\n"));
    let ran = dir.run(&["check"]).exits(2);
    assert!(ran.err.contains("a.toml:1:10") && ran.err.contains("cannot read"), "{}", ran.err);
    dir.write("own/a.toml", rules("LAB001", "外囊泡", "extend = 7\n"));
    assert!(dir.run(&["check"]).exits(2).err.contains("a path, or a list of paths"));
}

#[test]
fn rules_are_left_out_file_by_file() {
    let dir = Scratch::new("per-file");
    dir.write("a.txt", SENTENCE).write("old/b.txt", SENTENCE).write("c.md", SENTENCE);
    let paths = |ran: &Ran| -> Vec<String> {
        let json = ran.json();
        let all = json["findings"].as_array().unwrap();
        all.iter().map(|f| f["path"].as_str().unwrap().to_owned()).collect()
    };
    let with = |lines: &str| {
        dir.write("exolint.toml", format!("[per-file-ignores]\n{lines}"));
        paths(&json(&dir, &["--select", "TXT"]))
    };
    assert_eq!(with(""), ["a.txt", "c.md", "old/b.txt"]);
    assert_eq!(with("\"old/\" = [\"TXT003\"]\n"), ["a.txt", "c.md"]);
    assert_eq!(with("\"*.txt\" = [\"text\"]\n"), ["c.md"]);
    assert_eq!(with("\"*.txt\" = [\"doubled-word\"]\n\"*.md\" = [\"ALL\"]\n"), [""; 0]);
    assert_eq!(with("\"old/*.txt\" = [\"CIT\"]\n"), ["a.txt", "c.md", "old/b.txt"]);
    // What does not run over a file is neither fixed nor said to be unused there.
    dir.write("c.md", format!("<!-- exolint-ignore[TXT003]: 引文 -->\n\n结尾。\n\n{SENTENCE}"));
    dir.write("exolint.toml", "[per-file-ignores]\n\"*.md\" = [\"TXT003\"]\n");
    assert_eq!(json(&dir, &["c.md", "--select", "TXT003,SUP001", "--fix"]).codes(), [""; 0]);
    assert!(dir.read("c.md").contains("能够能够"));
    dir.write("exolint.toml", "");
    assert_eq!(json(&dir, &["c.md", "--select", "TXT003,SUP001"]).codes(), ["SUP001", "TXT003"]);
    dir.write("exolint.toml", "[per-file-ignores]\n\"a.txt\" = [\"TXT0033\"]\n");
    let ran = dir.run(&["check"]).exits(2);
    assert!(ran.err.contains("exolint.toml:2:12") && ran.err.contains("did you mean"), "{}", ran.err);
}

#[test]
fn a_file_left_out_takes_no_part_in_comparisons() {
    let dir = Scratch::new("per-file-corpus");
    let text = |range: &str| format!("外泌体是直径为{range} nm的细胞外囊泡。\n");
    dir.write("a.txt", text("30~150")).write("b.txt", text("300~900"));
    dir.write("exolint.toml", "[corpus]\ninclude = [\"*.txt\"]\n");
    let across = |ran: Ran| ran.codes().iter().filter(|code| *code == "EVD001").count();
    assert_eq!(across(json(&dir, &[])), 1);
    dir.write("exolint.toml", "[corpus]\ninclude = [\"*.txt\"]\n[per-file-ignores]\n\"b.txt\" = [\"EVD\"]\n");
    assert_eq!(across(json(&dir, &[])), 0);
    assert_eq!(across(json(&dir, &["a.txt"])), 0);
}
