//! Every form of the report: its golden copy over one seed, hostile names and texts, `--output`.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod binary;

use binary::Scratch;

const BAD: &str = "外泌体能够能够降低活性氧水平。\n";
/// Forms for programs, each with a snapshot of its own.
const FORMATS: [&str; 7] = ["jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "markdown"];

#[test]
fn golden_reports() {
    for format in FORMATS {
        let args = ["check", "--isolated", "seeds/02-skin-repair.txt", "--lang", "en", "--format", format];
        let report = binary::run(&args).exits(1).out.replace(env!("CARGO_PKG_VERSION"), "[version]");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(format, report));
    }
}

#[test]
fn one_run_writes_several_reports() {
    let dir = Scratch::new("outputs");
    dir.write("bad.txt", BAD);
    let args = [
        "check",
        "bad.txt",
        "--output",
        "sarif=r.sarif",
        "-o",
        "text=r.txt",
        "-o",
        "json=no/such/r.json",
        "-o",
        "junit=r.xml",
    ];
    let ran = dir.run(&[&args[..], &["--color", "always", "--lang", "en"]].concat()).exits(2);
    assert!(ran.err.contains("no/such/r.json: cannot be written: no such file or folder"), "{}", ran.err);
    assert!(ran.out.contains("\x1b["), "standard output is coloured");
    assert!(dir.read("r.txt").contains("[TXT003]") && !dir.read("r.txt").contains('\x1b'), "files are not");
    let sarif: serde_json::Value = serde_json::from_str(&dir.read("r.sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "TXT003");
    assert!(dir.read("r.xml").contains("<failure"));
    dir.run(&["check", "bad.txt", "--output", "sarif="]).exits(2);
    dir.run(&["check", "bad.txt", "--output", "word=r.doc"]).exits(2);
}

#[test]
fn files_without_findings_pass_in_junit() {
    let dir = Scratch::new("junit");
    dir.write("bad.txt", BAD).write("good.txt", "外泌体能够降低活性氧水平。\n");
    let ran = dir.run(&["check", "--format", "junit", "bad.txt", "good.txt", "gone.txt"]).exits(2);
    assert!(
        ran.out.contains("<testsuites name=\"exolint\" tests=\"3\" failures=\"1\" errors=\"1\""),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("<testcase name=\"exolint\" classname=\"good.txt\" time=\"0\"/>"),
        "{}",
        ran.out
    );
}

/// A name, and words that messages quote, that try to break out of every form.
const HOSTILE_NAME: &str =
    "x,y::z\n::error file=a::b\r%0A\x1b[31m<b a=\"'\">&amp;|`*[l](u)\u{202e}@team #1 https:evil.txt";
const HOSTILE_TEXT: &str = "# <script>alert(1)</script> | `x` [l](u) @team\n\n能够\x1b能够 the the <b>“]]>”</b>&amp;&lt;::set-output name=a::b\n\n\
    EV（MＭP-1）与（<i>vesicle</i>，UV)及（a\u{202e}b@x|y`z，UV)。\n";

#[test]
fn hostile_names_and_words_stay_words() {
    let hostile = Scratch::new("inject-hostile");
    hostile.write(HOSTILE_NAME, HOSTILE_TEXT);
    let benign = Scratch::new("inject-benign");
    benign.write("name.txt", HOSTILE_TEXT);
    for format in
        ["text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "markdown"]
    {
        let run =
            |dir: &Scratch| dir.run(&["check", "--format", format, "--lang", "en", "--confidence", "low"]);
        let (bad, good) = (run(&hostile), run(&benign));
        assert!([0, 1].contains(&bad.status) && bad.status == good.status, "{format}: {}", bad.err);
        for c in ['\x1b', '\r', '\x07'] {
            assert!(!bad.out.contains(c), "{format}: {c:?} in\n{}", bad.out);
        }
        assert_eq!(
            bad.out.lines().count(),
            good.out.lines().count(),
            "{format}: other lines than for a harmless name"
        );
        match format {
            "github" => {
                for line in bad.out.lines() {
                    assert!(
                        ["::error ", "::warning ", "::notice "].iter().any(|c| line.starts_with(c)),
                        "{line}"
                    );
                    // A property value ends at `,`, the properties at `::`.
                    let (properties, _) = line[2..].split_once("::").unwrap();
                    let names: Vec<&str> =
                        properties.split([' ', ',']).filter_map(|p| p.split_once('=')).map(|p| p.0).collect();
                    let known =
                        |n: &&str| ["file", "line", "col", "endColumn", "endLine", "title"].contains(n);
                    assert!(names.iter().filter(|n| known(n)).count() <= 6, "{line}");
                    assert!(properties.contains("file=x%2Cy%3A%3Az"), "{line}");
                }
            }
            "junit" | "checkstyle" => {
                let count = |text: &str| text.matches('<').count();
                assert_eq!(
                    count(&bad.out),
                    count(&good.out),
                    "{format}: other elements than for a harmless name"
                );
                assert!(
                    !bad.out.contains("<b") && !bad.out.contains("<i>") && !bad.out.contains("<script"),
                    "{}",
                    bad.out
                );
                assert!(!bad.out.contains('\u{202e}'), "{}", bad.out);
            }
            "markdown" => {
                assert!(
                    !bad.out.contains("<b") && !bad.out.contains("<i>") && !bad.out.contains("<script"),
                    "{}",
                    bad.out
                );
                assert!(
                    !bad.out.contains("@team") && !bad.out.replace("\\]", "").contains("](u)"),
                    "{}",
                    bad.out
                );
                for row in bad.out.lines().filter(|line| line.starts_with("| ")) {
                    let bars = row.replace("\\|", "").matches('|').count();
                    assert_eq!(bars, 5, "{row}");
                }
            }
            "sarif" => {
                let json = bad.json();
                let result = &json["runs"][0]["results"][0];
                let uri =
                    result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
                assert!(uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.~%".contains(&b)), "{uri}");
            }
            "json" | "gitlab" => {
                bad.json();
            }
            _ => {}
        }
    }
}

#[test]
fn a_name_of_four_thousand_characters_is_a_name_like_any_other() {
    let dir = Scratch::new("long-name");
    let name = format!("<script>::{}\n\x1b[31m.txt", "长".repeat(3_980));
    for format in [
        "text",
        "concise",
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "markdown",
        "html",
    ] {
        let args = ["check", "--isolated", "--format", format, "--stdin-filename", &name, "-"];
        let ran = dir.run_with(&args, BAD.as_bytes()).exits(1);
        assert!(ran.out.contains("TXT003") && !ran.out.contains('\x1b'), "{format}");
        let elements = ["html", "junit", "checkstyle", "markdown"].contains(&format);
        assert!(!elements || !ran.out.contains("<script>::长"), "{format}: the name opens an element");
    }
    // On a disk no name is so long: that is said, and the rest goes on.
    dir.write("bad.txt", BAD);
    let ran = dir.run(&["check", "--lang", "en", &name, "bad.txt"]).exits(2);
    assert!(ran.err.contains("cannot be read") && ran.out.contains("TXT003"), "{}", ran.err);
    assert!(ran.err.lines().count() == 1 && !ran.err.contains('\x1b'), "{}", ran.err);
}

/// What the README gives to editors reads every line of the concise form.
#[test]
fn the_readmes_problem_matcher_reads_the_concise_form() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, rest) = readme.split_once("\"regexp\": \"").unwrap();
    let (pattern, _) = rest.split_once("\",\n").unwrap();
    let pattern = regex::Regex::new(&pattern.replace("\\\\", "\\")).unwrap();
    let report =
        binary::run(&["check", "--isolated", "--format", "concise", "--quiet", "seeds"]).exits(1).out;
    let json = binary::run(&["check", "--isolated", "--format", "json", "seeds"]).exits(1).json();
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(report.lines().count(), findings.len());
    for (line, finding) in report.lines().zip(findings) {
        let parts = pattern.captures(line).unwrap_or_else(|| panic!("not read: {line}"));
        let start = &finding["range"]["start"];
        assert_eq!(&parts[1], finding["path"].as_str().unwrap());
        assert_eq!(&parts[2], start["line"].to_string());
        assert_eq!(&parts[3], start["column"].to_string());
        assert_eq!(&parts[4], finding["severity"].as_str().unwrap());
        assert_eq!(&parts[5], finding["code"].as_str().unwrap());
    }
}
