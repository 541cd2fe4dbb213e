//! What a project decides to live with: suppressions, `[[ignore]]` and baselines.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod binary;

use binary::{Ran, Scratch};

const SENTENCE: &str = "外泌体能够能够降低活性氧水平。\n";

fn json(dir: &Scratch, args: &[&str]) -> Ran {
    dir.run(&[&["check", "--format", "json", "--lang", "en"], args].concat())
}

fn counts(ran: &Ran) -> (u64, u64, u64) {
    let summary = &ran.json()["summary"];
    let of = |key: &str| summary[key].as_u64().unwrap();
    (of("shown"), of("suppressed"), of("baselined"))
}

#[test]
fn a_comment_silences_the_next_line_a_range_or_the_file() {
    let dir = Scratch::new("comments");
    dir.write(
        "line.md",
        format!("<!-- exolint-ignore[TXT003]: 引文如此 -->\n\n{SENTENCE}\n另一段：{SENTENCE}"),
    );
    let ran = json(&dir, &["line.md"]);
    assert_eq!((ran.codes(), counts(&ran)), (vec!["TXT003".to_owned()], (1, 1, 0)));
    dir.write("range.md", format!("<!-- exolint-ignore-start[TXT003]: 引文 -->\n\n{SENTENCE}\n{SENTENCE}\n<!-- exolint-ignore-end -->\n\n另：{SENTENCE}"));
    assert_eq!(counts(&json(&dir, &["range.md"])), (1, 2, 0));
    dir.write(
        "file.md",
        format!("{SENTENCE}\n{SENTENCE}\n<!-- exolint-ignore-file[doubled-word]: 引文 -->\n"),
    );
    assert_eq!(counts(&json(&dir, &["file.md"]).exits(0)), (0, 2, 0));
}

#[test]
fn a_suppression_needs_a_reason_a_rule_and_a_use() {
    let dir = Scratch::new("bad-comments");
    dir.write("a.md", format!("<!-- exolint-ignore[TXT003] -->\n\n{SENTENCE}\n<!-- exolint-ignore[TXT0O3]: 引文 -->\n\n结尾。\n\n<!-- exolint-ignore[TXT003]: 已改 -->\n\n最后。\n"));
    let ran = json(&dir, &["a.md", "--select", "TXT003,SUP"]).exits(1);
    assert_eq!(ran.codes(), ["SUP002", "TXT003", "SUP003", "SUP001"]);
    let unused = &ran.json()["findings"][3];
    assert_eq!(unused["fix"]["safety"], "safe");
    assert_eq!(unused["fix"]["edits"][0]["range"]["end"]["line"], 10);
    // A rule that did not run says nothing about its suppressions.
    assert_eq!(json(&dir, &["a.md", "--select", "TXT001,SUP001"]).codes(), [""; 0]);
}

#[test]
fn the_configuration_ignores_findings_by_path_code_and_text() {
    let dir = Scratch::new("ignore-table");
    dir.write("a.txt", SENTENCE).write("b/b.txt", SENTENCE);
    let table = |more: &str| format!("[[ignore]]\ncode = \"TXT003\"\nreason = \"引文如此\"\n{more}");
    dir.write("exolint.toml", table("path = \"b/*.txt\"\n"));
    let ran = json(&dir, &[]);
    assert_eq!((ran.json()["findings"][0]["path"].as_str(), counts(&ran)), (Some("a.txt"), (1, 1, 0)));
    dir.write("exolint.toml", table("text = \"能够\"\n"));
    assert_eq!(counts(&json(&dir, &[]).exits(0)), (0, 2, 0));
    // Unused, seen by a run over everything, not by one over some files.
    dir.write("exolint.toml", table("text = \"应该\"\n"));
    assert_eq!(json(&dir, &[]).codes(), ["TXT003", "TXT003", "SUP001"]);
    assert_eq!(json(&dir, &["a.txt"]).codes(), ["TXT003"]);
    for (broken, words) in [
        ("[[ignore]]\ncode = \"TXT003\"\n", "missing field `reason`"),
        ("[[ignore]]\ncode = \"TXT003\"\nreason = \" \"\n", "the reason is empty"),
        ("[[ignore]]\ncode = \"TXT0003\"\nreason = \"x\"\n", "did you mean `TXT0"),
        ("[[ignore]]\ncode = \"TXT003\"\nreson = \"x\"\n", "did you mean `reason`?"),
        ("ignore = [\"TXT003\", 5]\n", "a rule, or a table"),
    ] {
        dir.write("exolint.toml", broken);
        let ran = dir.run(&["check"]).exits(2);
        assert!(ran.err.contains(words) && ran.err.contains("exolint.toml:"), "{broken}\n{}", ran.err);
    }
}

#[test]
fn a_baseline_survives_moved_lines_and_reports_stale_entries() {
    let dir = Scratch::new("baseline");
    let text = format!("{SENTENCE}第二段：{SENTENCE}研究研究表明。\n");
    dir.write("a.txt", &text).write("b.txt", SENTENCE);
    let ran = dir.run(&["check", "--write-baseline", "known.json"]).exits(0);
    assert!(ran.out.starts_with("wrote "), "{}", ran.out);
    let known = counts(&json(&dir, &["--baseline", "known.json"]).exits(0));
    assert_eq!((known.0, known.2 > 2), (0, true));
    // Fifty lines above change nothing.
    dir.write("a.txt", "新的一行。\n".repeat(50) + &text);
    assert_eq!(counts(&json(&dir, &["--baseline", "known.json"]).exits(0)), known);
    // One mended: one stale entry, and nothing else.
    dir.write("b.txt", SENTENCE.replace("能够能够", "能够"));
    let ran = json(&dir, &["--baseline", "known.json"]).exits(0);
    assert_eq!(counts(&ran), (0, 0, known.2 - 1));
    let notices = ran.json()["notices"].as_array().unwrap().clone();
    let stale: Vec<&str> =
        notices.iter().filter_map(|n| n["message"].as_str()).filter(|m| m.contains("stale")).collect();
    assert_eq!(stale.len(), 1);
    assert!(stale[0].starts_with("1 entries"), "{stale:?}");
    // Files that did not run keep their entries.
    assert!(!dir.run(&["check", "a.txt", "--baseline", "known.json", "--lang", "en"]).out.contains("stale"));
    dir.run(&["check", "--baseline", "known.json", "--prune-baseline"]).exits(0);
    assert!(!dir.run(&["check", "--baseline", "known.json", "--lang", "en"]).out.contains("stale"));
    // A new finding is shown; the configuration names the baseline, too; from another folder it is the same.
    dir.write("b.txt", SENTENCE.replace("能够能够", "可以可以"))
        .write("exolint.toml", "baseline = \"known.json\"\n");
    assert_eq!(counts(&json(&dir, &[]).exits(1)).0, 1);
    std::fs::create_dir(dir.path.join("sub")).unwrap();
    let there =
        binary::run_in(&dir.path.join("sub"), &["check", "..", "--format", "json"], b"", &[]).exits(1);
    assert_eq!(counts(&there).0, 1);
}

#[test]
fn a_broken_baseline_is_refused() {
    let dir = Scratch::new("bad-baseline");
    dir.write("a.txt", SENTENCE);
    for (text, words) in [
        ("{", "this is no baseline"),
        ("{\"schema_version\": 2}", "its schema_version is 2"),
        ("[]", "this is no baseline"),
    ] {
        dir.write("known.json", text);
        let ran = dir.run(&["check", "--baseline", "known.json"]).exits(2);
        assert!(ran.err.contains(words) && ran.err.contains("--write-baseline"), "{}", ran.err);
    }
    assert!(dir.run(&["check", "--baseline", "none.json"]).exits(2).err.contains("no such file"));
    assert!(
        dir.run(&["check", "--write-baseline", "no/such/known.json"])
            .exits(2)
            .err
            .contains("cannot be written")
    );
}

#[test]
fn a_file_beside_a_document_silences_its_findings() {
    let dir = Scratch::new("sidecar");
    dir.write("a.txt", SENTENCE).write("b.txt", SENTENCE);
    let table = |code: &str, more: &str| format!("[[ignore]]\ncode = \"{code}\"\n{more}\n");
    let beside = |text: String| {
        dir.write("a.txt.exolint.toml", text);
        json(&dir, &["--select", "TXT003,SUP", "."])
    };
    let reason = "reason = \"引文如此\"";
    let ran = beside(table("TXT003", reason));
    assert_eq!((ran.codes(), counts(&ran)), (vec!["TXT003".to_owned()], (1, 1, 0)));
    assert_eq!(ran.json()["findings"][0]["path"], "b.txt");
    // Fixed is only what is not silenced; a text on standard input has the file of its name beside it.
    dir.run(&["check", "--fix", "--unsafe-fixes", "a.txt"]);
    assert_eq!(dir.read("a.txt"), SENTENCE);
    let args = ["check", "--format", "json", "--stdin-filename", "a.txt", "-"];
    assert_eq!(counts(&dir.run_with(&args, SENTENCE.as_bytes())), (0, 1, 0));
    assert_eq!(counts(&beside(table("doubled-word", &format!("{reason}\ntext = \"能够\"")))), (1, 1, 0));
    // What is wrong with it is said in it.
    for (text, code, words) in [
        (table("TXT003", &format!("{reason}\ntext = \"应该\"")), "SUP001", "TXT003"),
        (table("TXT003", "reason = \" \""), "SUP002", "no reason"),
        (table("TXT003", ""), "SUP002", "no reason"),
        (table("doubled-wrod", reason), "SUP003", "“doubled-word” is probably meant"),
        (table("", reason), "SUP003", "names no rule"),
    ] {
        let ran = beside(text).exits(1);
        let json = ran.json();
        let finding = &json["findings"][1];
        assert_eq!(
            (finding["code"].as_str(), finding["path"].as_str()),
            (Some(code), Some("a.txt.exolint.toml"))
        );
        assert_eq!(finding["range"]["start"]["line"], 2);
        assert!(finding["message"].as_str().unwrap().contains(words), "{finding}");
        assert_eq!(counts(&ran), (3, 0, 0));
    }
    // Broken: the text is reported all the same.
    for (text, words) in [
        ("[[ignore]]\ncode = \"TXT003\"\nreson = \"x\"\n", "line 3: unknown field `reson`"),
        ("[[ignore]]\ncode = \"TXT003\"\nreson = \"x\"\n", "did you mean `reason`?"),
        ("[[ignore\n", "a.txt.exolint.toml: line 1"),
    ] {
        let ran = beside(text.to_owned()).exits(2);
        assert_eq!(ran.codes(), ["TXT003", "TXT003"]);
        assert!(ran.err.contains(words), "{}", ran.err);
    }
}
