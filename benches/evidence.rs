//! Throughput of the evidence family on one core: its parser and its checks, over real or generated texts,
//! beside `rg` and `wc -m` on the same bytes in the same run.
//!
//! usage: `cargo bench --bench evidence -- [TEXT...]`; without texts the example reviews of `seeds/`.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use exolint::checks::Context;
use exolint::engine::Sink;
use exolint::parse;
use exolint::rules::{Family, Rules, Scope};
use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 9;

fn main() {
    let mut paths: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    if paths.is_empty() {
        let seeds = std::fs::read_dir("seeds").unwrap();
        paths = seeds.map(|entry| entry.unwrap().path().display().to_string()).collect();
        paths.sort();
    }
    let rules = Rules::builtin();
    let texts: Vec<(String, String)> =
        paths.iter().filter_map(|path| Some((path.clone(), std::fs::read_to_string(path).ok()?))).collect();
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    let documents: Vec<_> = texts
        .iter()
        .map(|(path, text)| exolint::format::read_text(path, text.clone()))
        .map(|document| (parse::parse(&document, &rules.data), document))
        .collect();
    // short inputs are read often enough to be measured
    let again = (8_000_000 / bytes.max(1)).max(1);
    let rate = |time: Duration| bytes as f64 * again as f64 / time.as_secs_f64() / 1e6;

    let reading = median(|| {
        for _ in 0..again {
            for (facts, document) in &documents {
                black_box(parse::evidence::parse(document, &rules.data, &facts.masks));
            }
        }
    });
    let mut slowest: Vec<(Duration, &str)> = Vec::new();
    let mut checking = Duration::ZERO;
    for rule in rules.rules.iter().filter(|rule| rule.record.family() == Family::Evidence) {
        let spent = median(|| {
            for _ in 0..again {
                for (facts, document) in &documents {
                    let cx = Context { document, facts, data: &rules.data, corpus_declared: false };
                    match rule.record.scope {
                        Scope::Document => rule.check.document(&cx, black_box(&mut Sink::default())),
                        Scope::Corpus => rule.check.summarise(&cx, black_box(&mut Vec::new())),
                    }
                }
            }
        });
        checking += spent;
        slowest.push((spent, &rule.record.code));
    }
    println!(
        "{} texts, {:.2} MB, read {again} times; medians of {ROUNDS} rounds",
        texts.len(),
        bytes as f64 / 1e6
    );
    println!("parse   {:8.1} MB/s", rate(reading));
    println!("checks  {:8.1} MB/s", rate(checking));
    println!("family  {:8.1} MB/s", rate(reading + checking));
    slowest.sort_by(|a, b| b.cmp(a));
    for (spent, code) in slowest.iter().take(6) {
        println!("    {code} {:8.1} MB/s", rate(*spent));
    }
    let all: String =
        texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n").repeat(again);
    let file = std::env::temp_dir().join(format!("exolint-evidence-{}.txt", std::process::id()));
    std::fs::write(&file, all).unwrap();
    for (name, args) in [("rg", ["-c", r"\d+ ?nm"]), ("wc", ["-m", "--"])] {
        let mut ran = true;
        let spent = median(|| {
            let mut command = Command::new(name);
            let status = command.args(args).arg(&file).stdout(Stdio::null()).stderr(Stdio::null()).status();
            ran &= status.is_ok();
        });
        if ran {
            println!("{name} {}  {:8.1} MB/s", args[0], rate(spent));
        } else {
            println!("{name} is not installed");
        }
    }
    let _ = std::fs::remove_file(file);
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}
