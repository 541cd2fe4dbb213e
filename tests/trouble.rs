//! Bad input: hostile texts, missing and unreadable files, broken configurations and rule files. No
//! panic, the right words, the right exit status, and the other files go on.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod binary;

use binary::{Ran, Scratch};

const BAD: &str = "外泌体能够能够降低活性氧水平。\n";

/// A rule file of a user's, whole.
const RULES: &str = r#"
[[rule]]
code = "LAB001"
name = "house-name"
check = "pattern"
severity = "warning"
[rule.options]
pattern = "外囊泡"
[rule.message]
zh = "请写“外泌体”"
[[rule.flag]]
text = "⟦外囊泡⟧的直径。"
[[rule.pass]]
text = "外泌体的直径。"
"#;

fn check(dir: &Scratch, path: &str) -> Ran {
    dir.run(&["check", "--isolated", "--lang", "en", path])
}

#[test]
fn a_megabyte_on_one_line() {
    let dir = Scratch::new("one-line");
    let sentence = "外泌体能够能够降低ROS[1]，直径为30~150 nm（extracellular vesicle，EV）。";
    dir.write("long.txt", sentence.repeat(1_000_000 / sentence.len() + 1));
    let ran = check(&dir, "long.txt").exits(1);
    let widest = ran.out.lines().map(|line| line.chars().count()).max();
    assert!(widest.is_some_and(|width| width < 1_000), "a line of the report has {widest:?} characters");
}

#[test]
fn two_hundred_thousand_brackets() {
    let dir = Scratch::new("brackets");
    for (name, text) in
        [("open", "["), ("close", "]"), ("wide", "（"), ("pairs", "[]"), ("stars", "*["), ("nested", "[1")]
    {
        dir.write(&format!("{name}.txt"), text.repeat(200_000));
        dir.write(&format!("{name}.md"), text.repeat(200_000));
    }
    for name in ["open", "close", "wide", "pairs", "stars", "nested"] {
        for extension in ["txt", "md"] {
            let ran = check(&dir, &format!("{name}.{extension}"));
            assert!((0..=1).contains(&ran.status), "{name}.{extension}: {}\n{}", ran.status, ran.err);
        }
    }
}

#[test]
fn random_bytes_are_no_text() {
    let dir = Scratch::new("random");
    let mut state = 88_172_645_463_325_252u64;
    let bytes: Vec<u8> = (0..200_000)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 24) as u8
        })
        .collect();
    dir.write("random.txt", bytes);
    let ran = check(&dir, "random.txt").exits(2);
    assert_eq!(ran.err, "error: random.txt: this looks like a binary file, not text\n");
}

#[test]
fn an_empty_file_is_a_note() {
    let dir = Scratch::new("empty");
    dir.write("empty.txt", "").write("blank.txt", "\n \n").write("bom.txt", "\u{feff}");
    for name in ["empty.txt", "blank.txt", "bom.txt"] {
        let ran = check(&dir, name).exits(0);
        assert!(ran.out.contains(&format!("note: {name}: the file is empty")), "{}", ran.out);
    }
}

#[test]
fn a_missing_path_does_not_stop_the_others() {
    let dir = Scratch::new("missing");
    dir.write("bad.txt", BAD);
    let ran = dir.run(&["check", "--format", "json", "gone", "bad.txt", "also/gone.md"]).exits(2);
    assert_eq!(ran.codes(), ["TXT003"]);
    let json = ran.json();
    assert_eq!(json["summary"]["unreadable"], 2);
    assert_eq!(json["notices"].as_array().map(Vec::len), Some(2));
    assert_eq!(json["notices"][0]["kind"], "unreadable");
}

#[cfg(unix)]
#[test]
fn files_and_folders_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let dir = Scratch::new("permission");
    dir.write("bad.txt", BAD).write("secret.txt", BAD).write("closed/in.txt", BAD);
    let set = |name: &str, mode| {
        std::fs::set_permissions(dir.path.join(name), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set("secret.txt", 0);
    set("closed", 0);
    let root = std::fs::read(dir.path.join("secret.txt")).is_ok();
    let ran = dir.run(&["check", "--lang", "en"]);
    set("secret.txt", 0o644);
    set("closed", 0o755);
    if root {
        eprintln!("skipped: this user may read everything");
        return;
    }
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("secret.txt: cannot be read: permission denied"), "{}", ran.err);
    assert!(ran.err.contains("closed: cannot be read: permission denied"), "{}", ran.err);
    assert!(ran.out.contains("TXT003"));
}

#[test]
fn a_broken_configuration_gets_a_caret_and_the_nearest_key() {
    let dir = Scratch::new("config");
    dir.write("bad.txt", BAD);
    let broken = |text: &str| {
        dir.write("exolint.toml", text);
        let ran = dir.run(&["check", "bad.txt"]).exits(2);
        assert_eq!(ran.out, "");
        ran.err
    };
    let unknown = broken("lang = \"zh\"\nselct = [\"TXT\"]\n");
    assert!(unknown.contains("2 │ selct") && unknown.contains("^^^^^"), "{unknown}");
    assert!(unknown.contains("did you mean `select`?"), "{unknown}");
    let syntax = broken("select = [\n");
    assert!(syntax.contains("exolint.toml:"), "{syntax}");
    let value = broken("severity = \"eror\"\n");
    assert!(value.contains("did you mean `error`?"), "{value}");
    let rule = broken("[rules.TXT030]\nseverity = \"info\"\n");
    assert!(rule.contains("there is no rule `TXT030`") && rule.contains("did you mean `TXT0"), "{rule}");
    assert!(rule.contains("1 │ [rules.TXT030]"), "{rule}");
    let selector = broken("select = [\"TXT\", \"CTI\"]\n");
    assert!(selector.contains("`CTI` selects no rule"), "{selector}");
    let option = broken("[rules.TXT003.options]\nwrods = []\n");
    assert!(option.contains("wrods") && option.contains("exolint.toml:2"), "{option}");
    let glob = broken("[corpus]\ninclude = [\"a[\"]\n");
    assert!(glob.contains("this pattern cannot be read"), "{glob}");
    let file = broken("data-files = [\"none.toml\"]\n");
    assert!(file.contains("cannot read this data file: no such file"), "{file}");
    // Chosen by hand, or left out by hand.
    dir.run(&["check", "bad.txt", "--isolated"]).exits(1);
    dir.run(&["check", "bad.txt", "--config", "none.toml"]).exits(2);
}

#[test]
fn rules_of_users_run_and_a_broken_file_is_left_out() {
    let dir = Scratch::new("user-rules");
    dir.write("text.txt", "外囊泡能够能够降低ROS。\n").write("lab.toml", RULES);
    dir.write("exolint.toml", "rule-files = [\"lab.toml\"]\n");
    let ran = dir.run(&["check", "--format", "json", "text.txt", "--select", "LAB,TXT003"]).exits(1);
    assert_eq!(ran.codes(), ["LAB001", "TXT003"]);
    dir.run(&["rules", "test"]).exits(0);
    dir.run(&["rules", "test", "--isolated", "lab.toml"]).exits(0);

    dir.write("broken.toml", RULES.replace("severity", "sevrity").replace("LAB001", "LAC001"));
    dir.write("exolint.toml", "rule-files = [\"broken.toml\", \"lab.toml\"]\n");
    let ran = dir.run(&["check", "--format", "json", "text.txt"]).exits(2);
    assert!(
        ran.err.contains("broken.toml:6:1") && ran.err.contains("did you mean `severity`?"),
        "{}",
        ran.err
    );
    assert!(ran.codes().contains(&"LAB001".to_owned()), "the other rule file runs");
    dir.run(&["rules", "test"]).exits(2);

    dir.write("wrong.toml", RULES.replace("⟦外囊泡⟧的", "⟦外⟧囊泡的"));
    let ran = dir.run(&["rules", "test", "--isolated", "wrong.toml"]).exits(1);
    assert!(ran.out.contains("LAB001 flag 1"), "{}", ran.out);
    dir.run(&["rules", "test", "--isolated", "none.toml"]).exits(2);
}

#[test]
fn the_rule_shown_in_contributing_works() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/CONTRIBUTING.md")).unwrap();
    let (_, rest) = text.split_once("   ```toml\n").unwrap();
    let (rule, _) = rest.split_once("   ```\n").unwrap();
    let rule: String = rule.lines().map(|line| format!("{}\n", line.trim_start())).collect();
    let dir = Scratch::new("contributing");
    dir.write("lab.toml", rule.replace("TXT099", "LAB099"));
    let ran = dir.run(&["rules", "test", "lab.toml"]).exits(0);
    assert_eq!(ran.out, "1 rules, 2 cases, 0 failures\n");
}

#[test]
fn the_configuration_shown_in_the_readme_works() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, rest) = text.split_once("```toml\n").unwrap();
    let (config, _) = rest.split_once("```\n").unwrap();
    let dir = Scratch::new("readme-config");
    dir.write("exolint.toml", config).write("rules/lab.toml", RULES).write("rules/lexicon.toml", "");
    dir.write("house/base.toml", "lang = \"auto\"\n").write(
        "retractions.csv",
        "OriginalPaperDOI,RetractionNature,RetractionDate\n10.1000/xyz123,Retraction,1/2/2020 0:00\n",
    );
    dir.write("reviews/good.txt", "外泌体能够降低活性氧水平。\n");
    dir.run(&["check"]).exits(0);
}

#[test]
fn severity_and_options_of_a_rule_are_overridden() {
    let dir = Scratch::new("override");
    dir.write("text.txt", "外囊泡。囊泡体。\n").write("lab.toml", RULES);
    let config = "rule-files = [\"lab.toml\"]\nselect = [\"LAB\"]\n[rules.lab001]\nseverity = \"error\"\n[rules.LAB001.options]\npattern = \"囊泡体\"\n";
    dir.write("exolint.toml", config.replace("[rules.LAB001.options]", "[rules.lab001.options]"));
    let ran = dir.run(&["check", "--format", "json", "text.txt"]).exits(1);
    assert_eq!(ran.json()["findings"][0]["severity"], "error");
    assert_eq!(ran.json()["findings"][0]["text"], "囊泡体");
}

#[test]
fn the_configuration_is_found_upwards_to_the_git_root() {
    let dir = Scratch::new("upwards");
    dir.write("exolint.toml", "ignore = [\"TXT\"]\n")
        .write("a/b/bad.txt", BAD)
        .write("inner/.git/x", "")
        .write("inner/bad.txt", BAD);
    let in_folder = |folder: &str| binary::run_in(&dir.path.join(folder), &["check", "bad.txt"], b"", &[]);
    in_folder("a/b").exits(0);
    in_folder("inner").exits(1);
}

#[test]
fn a_declared_corpus_is_read_and_reported_only_where_it_was_passed() {
    let dir = Scratch::new("corpus");
    let one = "外泌体的直径为40~100 nm。\n";
    let two = "外泌体的直径为300~500 nm。\n";
    dir.write("texts/a.txt", one).write("texts/b.txt", two).write("other.txt", one);
    dir.write("exolint.toml", "select = [\"EVD\"]\n[corpus]\ninclude = [\"texts/*.txt\"]\n");
    let both = dir.run(&["check", "--format", "json", "texts"]).json();
    let one = dir.run(&["check", "--format", "json", "texts/b.txt"]).json();
    let other = dir.run(&["check", "--format", "json", "other.txt"]).json();
    let keys = |json: &serde_json::Value| json["findings"].as_array().map_or(0, Vec::len);
    assert_eq!(keys(&both), keys(&one), "the corpus is read whichever of its files is passed");
    assert_eq!(keys(&other), 0, "a text outside the corpus is not compared with it");
    assert_eq!(one["summary"]["files"], 1, "files read for comparison are not counted as checked");
}

#[test]
fn a_closed_pipe_is_no_error() {
    use std::process::{Command, Stdio};
    let dir = Scratch::new("pipe");
    dir.write("bad.txt", BAD.repeat(20_000));
    let mut child = Command::new(env!("CARGO_BIN_EXE_exolint"))
        .args(["check", "bad.txt", "--format", "json"])
        .current_dir(&dir.path)
        .env_clear()
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    use std::process::{Command, Stdio};
    let dir = Scratch::new("full");
    dir.write("bad.txt", BAD);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_exolint"))
        .args(["check", "bad.txt"])
        .current_dir(&dir.path)
        .env_clear()
        .stdout(Stdio::from(full))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard output"));
}

/// A name and a text that try to break out of every report.
const HOSTILE: &str = "a\nb::error file=x,line=1::\x1b[31m<script>\u{202e}.txt";

#[test]
fn hostile_names_and_texts_are_shown_harmlessly() {
    let dir = Scratch::new("hostile");
    dir.write(HOSTILE, "外泌体\x1b[2J\u{202e}\x07能够能够降低\x1b[31mROS。\n");
    for format in ["text", "concise"] {
        let ran = dir.run(&["check", "--format", format, "--lang", "en"]).exits(1);
        for bad in ['\x1b', '\x07', '\u{202e}', '\r'] {
            assert!(!ran.out.contains(bad), "{format}: {bad:?} in {}", ran.out);
        }
        assert!(!ran.out.lines().any(|line| line.starts_with("b::")), "{}", ran.out);
        assert!(ran.out.contains("a␊b::error"), "{}", ran.out);
    }
    let ran = dir.run(&["check", &HOSTILE.replace("a\n", "none\n"), "--lang", "en"]).exits(2);
    assert!(!ran.err.contains('\x1b') && ran.err.lines().count() == 1, "{}", ran.err);
    let long = "x".repeat(4_000);
    let ran = dir.run(&["check", &long, "--lang", "en"]).exits(2);
    assert!(ran.err.contains("the name is too long"), "{}", ran.err);
}

#[test]
fn the_report_shows_true_lines_columns_and_clips() {
    let dir = Scratch::new("places");
    let before: String = ('\u{4e00}'..'\u{5058}').collect();
    dir.write("long.txt", format!("第一行。\n\n{before}能够能够降低{before}。\n"));
    let ran = dir.run(&["check", "long.txt", "--select", "TXT003", "--lang", "en", "-q"]).exits(1);
    assert!(ran.out.contains("long.txt:3:601"), "{}", ran.out);
    let line = ran.out.lines().find(|line| line.starts_with("3 │")).unwrap();
    assert!(line.contains("…") && line.contains("能够能够") && line.chars().count() < 80, "{line}");
    let caret = ran.out.lines().find(|line| line.contains("^^^^")).unwrap();
    assert_eq!(caret.matches('^').count(), 8, "{caret}");
}
