//! The command line, driven as people drive it.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod binary;

use binary::{Scratch, run};

/// A text with one warning (a doubled word) and one without any.
const BAD: &str = "外泌体能够能够降低活性氧水平。\n";
const GOOD: &str = "外泌体能够降低活性氧水平。\n";

#[test]
fn the_exit_status_says_what_happened() {
    let dir = Scratch::new("status");
    dir.write("bad.txt", BAD).write("good.txt", GOOD);
    std::fs::create_dir(dir.path.join("nothing")).unwrap();
    dir.run(&["check", "good.txt"]).exits(0);
    dir.run(&["check", "bad.txt"]).exits(1);
    dir.run(&["check", "bad.txt", "--fail-on", "error"]).exits(0);
    dir.run(&["check", "bad.txt", "--fail-on", "never"]).exits(0);
    dir.run(&["check", "bad.txt", "--severity", "error"]).exits(0);
    dir.run(&["check", "missing.txt", "bad.txt"]).exits(2);
    dir.run(&["check", "--no-such-option"]).exits(2);
    dir.run(&["check", "bad.txt", "--select", "XYZ999"]).exits(2);
    dir.run(&["check", "nothing"]).exits(3);
}

#[test]
fn findings_go_to_standard_output_and_trouble_to_standard_error() {
    let dir = Scratch::new("streams");
    dir.write("bad.txt", BAD);
    let ran = dir.run(&["check", "bad.txt", "gone.txt", "--lang", "en"]).exits(2);
    assert!(ran.out.contains("[TXT003]") && !ran.out.contains("gone.txt"), "{}", ran.out);
    assert!(
        ran.out
            .ends_with("1 file read, 1 not read: 1 finding (0 errors, 1 warning, 0 infos); 1 with a fix\n")
    );
    assert_eq!(ran.err, "error: gone.txt: cannot be read: no such file or folder\n");
    let ran = dir.run(&["check", "bad.txt", "--quiet", "--format", "concise", "--lang", "en"]).exits(1);
    assert_eq!(ran.out, "bad.txt:1:4: warning[TXT003] “能够” stands twice in a row\n");
    assert_eq!(ran.err, "");
}

#[test]
fn the_language_comes_from_option_configuration_or_locale() {
    let dir = Scratch::new("language");
    dir.write("bad.txt", BAD);
    let zh = |ran: binary::Ran| ran.out.contains("已读取");
    assert!(!zh(dir.run(&["check", "bad.txt"])));
    assert!(zh(dir.run_env(&["check", "bad.txt"], &[("LANG", "zh_CN.UTF-8")])));
    assert!(!zh(dir.run_env(&["check", "bad.txt"], &[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")])));
    assert!(zh(dir.run(&["check", "bad.txt", "--lang", "zh"])));
    dir.write("exolint.toml", "lang = \"zh\"\n");
    assert!(zh(dir.run(&["check", "bad.txt"])));
    assert!(!zh(dir.run(&["check", "bad.txt", "--isolated"])));
}

#[test]
fn the_json_report_keeps_its_form() {
    let dir = Scratch::new("json");
    dir.write("bad.txt", BAD).write("empty.txt", "");
    let ran = dir.run(&["check", "bad.txt", "empty.txt", "--format", "json", "--lang", "en"]).exits(1);
    let json = ran.json();
    assert_eq!(json["schema_version"], 1);
    assert_eq!(json["tool"]["name"], "exolint");
    let finding = &json["findings"][0];
    assert_eq!(finding["code"], "TXT003");
    assert_eq!(finding["family"], "text");
    assert_eq!(finding["text"], "能够能够");
    assert_eq!(
        finding["range"]["start"],
        serde_json::json!({"line": 1, "column": 4, "utf16_column": 4, "byte": 9})
    );
    assert_eq!(finding["fix"]["safety"], "unsafe");
    assert_eq!(finding["fingerprint"].as_str().map(str::len), Some(32));
    assert_eq!(json["notices"][0]["kind"], "skipped");
    assert_eq!(json["notices"][0]["path"], "empty.txt");
    let summary = &json["summary"];
    for (key, value) in [
        ("files", 2),
        ("unreadable", 0),
        ("shown", 1),
        ("hidden", 0),
        ("suppressed", 0),
        ("baselined", 0),
        ("errors", 0),
        ("warnings", 1),
        ("infos", 0),
    ] {
        assert_eq!(summary[key], value, "{key}");
    }
}

#[test]
fn rules_are_selected_by_code_prefix_name_and_family() {
    let dir = Scratch::new("select");
    dir.write("bad.txt", BAD);
    for select in ["TXT003", "txt003", "TXT", "T", "text", "ALL", "doubled-word", "CIT,TXT003"] {
        dir.run(&["check", "bad.txt", "--select", select]).exits(1);
    }
    dir.run(&["check", "bad.txt", "--select", "TXT001"]).exits(0);
    dir.run(&["check", "bad.txt", "--ignore", "TXT"]).exits(0);
    dir.run(&["check", "bad.txt", "--select", "TXT003", "--ignore", "TXT"]).exits(1);
    let ran = dir.run(&["check", "bad.txt", "--ignore", "TXT03"]).exits(2);
    assert!(ran.err.contains("did you mean `TXT0"), "{}", ran.err);
}

#[test]
fn walking_takes_texts_and_respects_gitignore_and_excludes() {
    let dir = Scratch::new("walk");
    dir.write("a/one.txt", BAD)
        .write("a/two.md", BAD)
        .write("a/code.rs", BAD)
        .write("a/ignored.txt", BAD)
        .write("b/drafts/three.txt", BAD)
        .write(".gitignore", "ignored.txt\n")
        .write("exolint.toml", "exclude = [\"drafts/\"]\n");
    let paths = |ran: binary::Ran| -> Vec<String> {
        let json = ran.json();
        json["findings"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(paths(dir.run(&["check", "--format", "json"])), ["a/one.txt", "a/two.md"]);
    assert_eq!(paths(dir.run(&["check", "--format", "json", "./a"])), ["a/one.txt", "a/two.md"]);
    // Named explicitly, a file always counts …
    let named = ["check", "--format", "json", "a/code.rs", "a/ignored.txt", "b/drafts/three.txt"];
    assert_eq!(paths(dir.run(&named)), ["a/code.rs", "a/ignored.txt", "b/drafts/three.txt"]);
    // … but for --force-exclude; then nothing to do is no mistake.
    dir.run(&["check", "--force-exclude", "b/drafts/three.txt"]).exits(0);
    // The same file under two names is one file.
    assert_eq!(paths(dir.run(&["check", "--format", "json", "a/one.txt", "./a/../a/one.txt"])).len(), 1);
}

#[test]
fn known_formats_without_a_reader_name_a_way_out() {
    let dir = Scratch::new("formats");
    dir.write("paper.docx", "PK")
        .write("paper.pdf", "%PDF-1.7")
        .write("refs.bib", "@a{b,}")
        .write("bad.txt", BAD);
    let ran = dir.run(&["check", "paper.docx", "paper.pdf", "refs.bib", "bad.txt", "--lang", "en"]).exits(2);
    assert!(ran.err.contains("pandoc -f docx -t markdown paper.docx -o paper.md"), "{}", ran.err);
    assert!(ran.err.contains("pdftotext paper.pdf paper.txt"), "{}", ran.err);
    assert!(ran.out.contains("TXT003"), "the other files go on");
    // In a folder they are simply not ours.
    dir.run(&["check"]).exits(1);
}

#[test]
fn standard_input_is_a_text_like_any_other() {
    let dir = Scratch::new("stdin");
    let ran =
        dir.run_with(&["check", "-", "--format", "concise", "-q", "--lang", "en"], BAD.as_bytes()).exits(1);
    assert!(ran.out.starts_with("<stdin>:1:4: "), "{}", ran.out);
    let args = ["check", "-", "--stdin-filename", "x/y.md", "--format", "concise", "-q", "--lang", "en"];
    assert!(dir.run_with(&args, BAD.as_bytes()).exits(1).out.starts_with("x/y.md:1:4: "));
}

#[test]
fn statistics_count_by_rule() {
    let dir = Scratch::new("statistics");
    dir.write("a.txt", BAD).write("b.txt", BAD);
    let ran = dir.run(&["check", "--statistics", "--lang", "en", "-q"]).exits(1);
    assert_eq!(ran.out, "     2  TXT003   warning  doubled-word\n");
}

#[test]
fn settings_in_force_are_shown_as_a_configuration() {
    let dir = Scratch::new("show-config");
    dir.write(
        "exolint.toml",
        "select = [\"TXT\"]\nconfidence = \"high\"\n[rules.TXT003]\nseverity = \"info\"\n",
    );
    let ran = dir.run(&["check", "--show-config", "--confidence", "low"]).exits(0);
    let shown: toml::Table = toml::from_str(&ran.out).unwrap();
    assert_eq!(shown["confidence"].as_str(), Some("low"));
    assert_eq!(shown["select"][0].as_str(), Some("TXT"));
    assert_eq!(shown["rules"]["TXT003"]["severity"].as_str(), Some("info"));
    // What is shown can be used.
    dir.write("shown.toml", &ran.out).write("bad.txt", BAD);
    dir.run(&["check", "bad.txt", "--config", "shown.toml"]).exits(0);
}

#[test]
fn output_is_the_same_whatever_the_number_of_threads() {
    for format in ["text", "json", "concise"] {
        let args =
            ["check", "--isolated", "--format", format, "seeds", "--confidence", "low", "--lang", "en"];
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let one = binary::run_in(root, &args, b"", &[("RAYON_NUM_THREADS", "1")]);
        let eight = binary::run_in(root, &args, b"", &[("RAYON_NUM_THREADS", "8")]);
        assert_eq!((one.out, one.status), (eight.out, eight.status), "{format}");
    }
}

#[test]
fn seeds_are_reported_with_status_one() {
    let ran = run(&["check", "seeds"]).exits(1);
    assert!(ran.out.contains("┌─ seeds/"), "{}", ran.out);
}

#[test]
fn colour_only_when_asked_for_or_on_a_terminal() {
    let dir = Scratch::new("colour");
    dir.write("bad.txt", BAD);
    assert!(!dir.run(&["check", "bad.txt"]).out.contains('\x1b'));
    assert!(dir.run(&["check", "bad.txt", "--color", "always"]).out.contains('\x1b'));
    assert!(!dir.run(&["check", "bad.txt", "--color", "never"]).out.contains('\x1b'));
}

#[test]
fn a_rule_is_explained_in_both_languages() {
    let list = run(&["rule", "--isolated"]).exits(0);
    assert!(list.out.contains("TXT003"));
    let en = run(&["rule", "TXT003", "--lang", "en"]).exits(0).out;
    let zh = run(&["rule", "doubled-word", "--lang", "zh"]).exits(0).out;
    assert!(en.contains("reported:") && zh.contains("会报告:"), "{en}{zh}");
    let json = run(&["rule", "TXT003", "--format", "json"]).exits(0).json();
    assert_eq!(json["rules"][0]["code"], "TXT003");
    assert!(run(&["rule", "--all"]).exits(0).out.len() > en.len());
    let ran = run(&["rule", "TXT030"]).exits(2);
    assert!(ran.err.contains("did you mean `TXT0"), "{}", ran.err);
}

#[test]
fn inspect_shows_blocks_and_facts() {
    let text = run(&["inspect", "seeds/02-skin-repair.txt"]).exits(0).out;
    for part in ["\nblocks\n", "\nfacts\n", "\nrepairs\n"] {
        assert!(text.contains(part), "{part}");
    }
    let json = run(&["inspect", "seeds/02-skin-repair.txt", "--format", "json"]).exits(0).json();
    assert!(json["blocks"].as_array().is_some_and(|blocks| blocks.len() > 5));
    run(&["inspect", "seeds/none.txt"]).exits(2);
}

#[test]
fn init_writes_a_configuration_that_loads_and_never_overwrites() {
    let dir = Scratch::new("init");
    dir.run(&["init"]).exits(0);
    dir.write("good.txt", GOOD);
    dir.run(&["check"]).exits(0);
    let ran = dir.run(&["init"]).exits(2);
    assert!(ran.err.contains("--force"), "{}", ran.err);
    dir.run(&["init", "--force"]).exits(0);
    dir.run(&["init", "missing"]).exits(2);
}

#[test]
fn init_writes_the_hook_where_there_is_none_and_else_says_what_to_add() {
    let here =
        |name: &str| std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let dir = Scratch::new("init-hook");
    dir.write("reviews/a.txt", GOOD);
    assert_eq!(
        dir.run(&["init", "reviews"]).exits(0).out,
        "wrote reviews/exolint.toml\nwrote .pre-commit-config.yaml\nnow run: pre-commit install\n"
    );
    let hook = dir.read(".pre-commit-config.yaml");
    let version = env!("CARGO_PKG_VERSION");
    let lines = format!("    rev: v{version}\n    hooks:\n      - id: exolint\n");
    assert!(hook.starts_with("repos:\n  - repo: https://") && hook.ends_with(&lines), "{hook}");
    assert!(here(".pre-commit-hooks.yaml").contains("- id: exolint\n"));
    assert!(here("README.md").contains(&lines), "the README shows another hook");
    dir.run(&["init", "--force", "reviews"]).exits(0);
    assert_eq!(dir.read(".pre-commit-config.yaml"), hook);
    dir.write(".pre-commit-config.yaml", "repos: []\n");
    let out = dir.run(&["init", "--force"]).exits(0).out;
    assert!(out.contains("add to its repos") && out.contains("- id: exolint"), "{out}");
    assert_eq!(dir.read(".pre-commit-config.yaml"), "repos: []\n");
    let dir = Scratch::new("init-no-hook");
    dir.run(&["init", "--no-hook"]).exits(0);
    assert!(!dir.path.join(".pre-commit-config.yaml").exists());
}

#[test]
fn completions_are_written_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(run(&["completions", shell]).exits(0).out.contains("exolint"), "{shell}");
    }
}
