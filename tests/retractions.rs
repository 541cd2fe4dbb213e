//! The list of retracted works, driven through the binary: from the command line, from the
//! configuration, large, wrong and absent.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod binary;

use binary::Scratch;
use std::fmt::Write;
use std::time::Duration;

const HEADER: &str = "Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDate,OriginalPaperDOI,\
    OriginalPaperPubMedID,RetractionNature,Reason\n";

const TEXT: &str = "Grafts heal slowly [1]. Loading helps [2], and so does warmth [3].\n\nReferences\n\
    [1] Archer P. Healing of grafts. Sample J Med. 2018;3(1):1-9. doi:10.5555/sjm.2018.001\n\
    [2] Bowyer Q. Loading. Sample J Med. 2019;4(1):10-19. doi:10.5555/sjm.2019.010\n\
    [3] Cutler R. Rest. Sample J Med. 2020;5(1):20-29. doi:10.5555/sjm.2020.020\n";

fn row(number: usize, doi: &str, kind: &str) -> String {
    format!(
        "{number},\"Title, {number}\",1/2/2021 0:00,10.5555/r.{number},1/1/2019 0:00,{doi},0,{kind},+Error\n"
    )
}

/// A list of some length, its last row about a work of the text.
fn list(rows: usize) -> String {
    let mut out = HEADER.to_owned();
    for number in 0..rows {
        let _ = write!(out, "{}", row(number, &format!("10.5555/other.{number}"), "Retraction"));
    }
    out + &row(rows, "10.5555/SJM.2019.010", "Retraction")
}

fn check(dir: &Scratch, more: &[&str]) -> binary::Ran {
    let mut args = vec!["check", "--lang", "en", "--format", "json", "--select", "REF012", "a.txt"];
    args.extend(more);
    dir.run(&args)
}

#[test]
fn a_list_is_named_on_the_command_line_or_in_the_configuration() {
    let dir = Scratch::new("retractions-named");
    dir.write("a.txt", TEXT).write("lists/rw.csv", list(3));
    assert_eq!(check(&dir, &[]).exits(0).codes(), Vec::<String>::new());
    let ran = check(&dir, &["--retractions", "lists/rw.csv"]).exits(1);
    assert_eq!(ran.codes(), ["REF012"]);
    assert_eq!(ran.json()["findings"][0]["range"]["start"]["line"], 5);
    dir.write("exolint.toml", "retractions = \"lists/rw.csv\"\n");
    assert_eq!(check(&dir, &[]).exits(1).codes(), ["REF012"]);
    // a file named on the command line takes its place
    dir.write("empty.csv", format!("{HEADER}{}", row(1, "10.5555/none", "Retraction")));
    assert_eq!(check(&dir, &["--retractions", "empty.csv"]).exits(0).codes(), Vec::<String>::new());
    let shown = dir.run(&["check", "--show-config", "a.txt"]).exits(0);
    assert!(shown.out.contains("retractions = \"lists/rw.csv\""), "{}", shown.out);
}

#[test]
fn a_configuration_names_its_list_relative_to_itself() {
    let dir = Scratch::new("retractions-extended");
    dir.write("a.txt", TEXT).write("shared/rw.csv", list(1));
    dir.write("shared/base.toml", "retractions = \"rw.csv\"\n");
    dir.write("exolint.toml", "extend = \"shared/base.toml\"\n");
    assert_eq!(check(&dir, &[]).exits(1).codes(), ["REF012"]);
}

#[test]
fn a_wrong_or_absent_list_is_said_and_nothing_is_checked() {
    let dir = Scratch::new("retractions-wrong");
    dir.write("a.txt", TEXT);
    let absent = check(&dir, &["--retractions", "no.csv"]).exits(2);
    assert!(absent.err.contains("no.csv"), "{}", absent.err);
    for (name, content, word) in [
        ("columns.csv", "a,b\n1,2\n".as_bytes().to_vec(), "OriginalPaperDOI"),
        ("empty.csv", Vec::new(), "empty.csv"),
        ("header.csv", HEADER.as_bytes().to_vec(), "header.csv"),
        ("binary.csv", (0u8..=255).cycle().take(20_000).collect(), "binary.csv"),
    ] {
        dir.write(name, content);
        let ran = check(&dir, &["--retractions", name]).exits(2);
        assert!(ran.err.contains(word) && ran.out.is_empty(), "{name}: {}\n{}", ran.err, ran.out);
    }
    dir.write("exolint.toml", "retractions = \"columns.csv\"\n");
    let ran = check(&dir, &[]).exits(2);
    assert!(ran.err.contains("exolint.toml") && ran.err.contains("columns.csv"), "{}", ran.err);
    dir.write("exolint.toml", "retractions = 3\n");
    check(&dir, &[]).exits(2);
}

#[test]
fn broken_rows_are_passed_over() {
    let dir = Scratch::new("retractions-broken");
    let text =
        format!("{HEADER}1,\"open quote,,\n\n,,,,,,,,\n{}", row(2, "10.5555/sjm.2019.010", "Retraction"));
    dir.write("a.txt", TEXT).write("rw.csv", text);
    let ran = check(&dir, &["--retractions", "rw.csv"]);
    assert!((0..=2).contains(&ran.status), "{}", ran.err);
    let short = format!("{HEADER}1,short\n{}", row(2, "10.5555/sjm.2019.010", "Retraction"));
    dir.write("short.csv", short);
    assert_eq!(check(&dir, &["--retractions", "short.csv"]).exits(1).codes(), ["REF012"]);
}

#[test]
fn a_hundred_thousand_rows_are_read_in_time() {
    let dir = Scratch::new("retractions-many");
    dir.write("a.txt", TEXT).write("rw.csv", list(100_000));
    let without = check(&dir, &[]).exits(0);
    let ran = check(&dir, &["--retractions", "rw.csv"]).exits(1);
    assert_eq!(ran.codes(), ["REF012"]);
    let cost = ran.took.saturating_sub(without.took);
    println!("100,000 rows: {cost:?} more");
    // built for speed it takes a second at most; without, ten
    let limit = if cfg!(debug_assertions) { 10 } else { 1 };
    assert!(cost < Duration::from_secs(limit), "{cost:?}");
}
