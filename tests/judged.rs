//! Real texts, judged by reading: every error and warning on the open corpus has a verdict in
//! `tests/judged.tsv`, and enough of them are right.
//!
//! Needs `../shared/corpus`; says so and does nothing where it is absent, unless
//! `EXOLINT_REQUIRE_SHARED=1`. Least shares: `EXOLINT_ERRORS_RIGHT`, `EXOLINT_WARNINGS_RIGHT`.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod binary;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

const CORPUS: &str = "../shared/corpus";
const FOLDERS: [&str; 3] = ["zh-txt", "en-txt", "nonpaper"];
const MOST_WARNINGS_ON_NONPAPER: usize = 5;

/// `(file, line, column, code)`.
type Key = (String, u64, u64, String);

fn least(name: &str, default: f64) -> f64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Errors and warnings with their severity and family; `None` where the corpus is absent.
fn reported() -> Option<Vec<(Key, String, String)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join(CORPUS).is_dir() {
        let required = std::env::var("EXOLINT_REQUIRE_SHARED").is_ok_and(|value| value == "1");
        assert!(!required, "{CORPUS} is absent");
        eprintln!("skipped: no corpus at {CORPUS}");
        return None;
    }
    let folders = FOLDERS.map(|folder| format!("{CORPUS}/{folder}"));
    let mut args = vec!["check", "--isolated", "--format", "json", "--lang", "en", "--severity", "warning"];
    args.extend(folders.iter().map(String::as_str));
    let json = binary::run(&args).json();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let rows = json["findings"].as_array()?.iter().map(|finding| {
        let start = &finding["range"]["start"];
        let path = text(&finding["path"]).trim_start_matches(CORPUS).trim_start_matches('/').to_owned();
        let at = |key: &str| start[key].as_u64().unwrap_or_default();
        let key = (path, at("line"), at("column"), text(&finding["code"]));
        (key, text(&finding["severity"]), text(&finding["family"]))
    });
    Some(rows.collect())
}

fn verdicts() -> HashMap<Key, String> {
    let table = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judged.tsv"));
    let mut out = HashMap::new();
    for (n, row) in table.unwrap_or_default().lines().enumerate().filter(|(_, row)| !row.trim().is_empty()) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [file, line, column, code, verdict] = cells[..] else {
            panic!("tests/judged.tsv:{}: five columns are wanted", n + 1)
        };
        assert!(
            ["right", "wrong", "unsure"].contains(&verdict),
            "tests/judged.tsv:{}: `{verdict}` is no verdict",
            n + 1
        );
        let number = |text: &str| text.parse().unwrap_or_else(|e| panic!("tests/judged.tsv:{}: {e}", n + 1));
        out.insert((file.to_owned(), number(line), number(column), code.to_owned()), verdict.to_owned());
    }
    out
}

#[test]
fn every_error_and_warning_is_judged_and_enough_are_right() {
    let Some(reported) = reported() else { return };
    let verdicts = verdicts();
    let mut counts: BTreeMap<(&str, &str), [usize; 3]> = BTreeMap::new();
    let mut unjudged = Vec::new();
    for (key, severity, family) in &reported {
        let Some(verdict) = verdicts.get(key) else {
            unjudged.push(format!("{}\t{}\t{}\t{}\t{severity}", key.0, key.1, key.2, key.3));
            continue;
        };
        let slot = ["right", "wrong", "unsure"].iter().position(|v| v == verdict).unwrap_or(2);
        for family in [family.as_str(), "all"] {
            counts.entry((severity, family)).or_default()[slot] += 1;
        }
    }
    let share = |[right, wrong, _]: [usize; 3]| right as f64 / (right + wrong).max(1) as f64;
    for ((severity, family), count) in &counts {
        let [right, wrong, unsure] = count;
        println!(
            "{severity:<8} {family:<13} {right:>4} right {wrong:>4} wrong {unsure:>4} unsure  {:.3}",
            share(*count)
        );
    }
    println!("{} reported, {} not judged", reported.len(), unjudged.len());
    assert!(unjudged.is_empty(), "\nwithout a verdict in tests/judged.tsv:\n{}", unjudged.join("\n"));
    for (severity, name, default) in
        [("error", "EXOLINT_ERRORS_RIGHT", 0.95), ("warning", "EXOLINT_WARNINGS_RIGHT", 0.85)]
    {
        let Some(count) = counts.get(&(severity, "all")) else { continue };
        assert!(share(*count) >= least(name, default), "{severity}s: {:.3} right", share(*count));
    }
}

#[test]
fn texts_that_are_no_manuscripts_stay_nearly_silent() {
    let Some(reported) = reported() else { return };
    let on: Vec<_> = reported.iter().filter(|(key, ..)| key.0.starts_with("nonpaper/")).collect();
    let errors = on.iter().filter(|(_, severity, _)| severity == "error").count();
    println!("nonpaper: {errors} errors, {} warnings", on.len() - errors);
    assert_eq!(errors, 0, "{on:#?}");
    assert!(on.len() <= MOST_WARNINGS_ON_NONPAPER, "{on:#?}");
}
