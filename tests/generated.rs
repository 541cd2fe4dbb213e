//! What is written from the rule records, types and command line is committed and compared here: the README's
//! table of rules and its picture of a report, the pages in `docs/rules/`, the JSON schemas in `docs/schemas/`
//! and the manual pages in `docs/man/`.
//!
//! After a rule changed: `EXOLINT_UPDATE=1 cargo test --test generated`.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod binary;

use clap::CommandFactory;
use exolint::cli::schema::{What, schema};
use exolint::rules::{Case, Language, Rule, Rules, Scope};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compare, or write when `EXOLINT_UPDATE=1`; names what differs.
fn settle(expected: &BTreeMap<PathBuf, String>) -> Vec<String> {
    let update = std::env::var("EXOLINT_UPDATE").is_ok_and(|value| value == "1");
    let mut stale = Vec::new();
    for (path, text) in expected {
        if std::fs::read_to_string(path).is_ok_and(|old| old == *text) {
            continue;
        }
        if update {
            let _ = path.parent().map(std::fs::create_dir_all);
            std::fs::write(path, text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        } else {
            stale.push(path.display().to_string());
        }
    }
    stale
}

#[track_caller]
fn assert_fresh(stale: &[String]) {
    assert!(
        stale.is_empty(),
        "\nout of date; run EXOLINT_UPDATE=1 cargo test --test generated\n{}",
        stale.join("\n")
    );
}

#[test]
fn the_readme() {
    assert_fresh(&settle(&in_readme("output", &picture())));
    let mut table = String::from("\n| rule | severity | what it reports | 报告内容 |\n|---|---|---|---|\n");
    for rule in Rules::builtin().rules.iter().filter(|rule| rule.record.profiles.is_empty()) {
        row(&mut table, rule);
    }
    let optional: Vec<&Rule> =
        Rules::builtin().rules.iter().filter(|rule| !rule.record.profiles.is_empty()).collect();
    if !optional.is_empty() {
        table.push_str("\nOnly with their profile (`--profile NAME`) or selected by name:\n\n| rule | profile | what it reports | 报告内容 |\n|---|---|---|---|\n");
        for rule in optional {
            row(&mut table, rule);
        }
    }
    assert_fresh(&settle(&in_readme("rules", &table)));
}

/// The README with the part between two marks replaced.
fn in_readme(part: &str, text: &str) -> BTreeMap<PathBuf, String> {
    // One test after another changes the same file.
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let begin = format!("<!-- {part}: generated, see tests/generated.rs -->\n");
    let end = format!("<!-- end of {part} -->");
    let (before, rest) = readme.split_once(&begin).unwrap_or_else(|| panic!("README.md: no {begin}"));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("README.md: no {end}"));
    BTreeMap::from([(path, format!("{before}{begin}{text}{end}{after}"))])
}

/// The first error, the first finding across documents and the last line of the report over `seeds/`, and one
/// finding in Chinese.
fn picture() -> String {
    let report = |lang: &str| binary::run(&["check", "--isolated", "seeds", "--lang", lang]).exits(1).out;
    let (english, chinese) = (report("en"), report("zh"));
    let find = |report: &str, wanted: &dyn Fn(&str) -> bool| {
        report.split("\n\n").find(|part| wanted(part)).map(str::to_owned).unwrap_or_default()
    };
    let across = |part: &str| part.matches("┌─").count() > 2 && part.contains("[EVD");
    let parts = [
        find(&english, &|part| part.starts_with("error[ABB")),
        find(&english, &|part| part.starts_with("warning[CIT")),
        find(&english, &across),
        find(&chinese, &|part| part.starts_with("错误[CIT")),
        english.lines().last().unwrap_or_default().to_owned(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("\n```text\n{}\n```\n\n", parts.join("\n\n"))
}

fn row(table: &mut String, rule: &Rule) {
    let record = &rule.record;
    let second = if record.profiles.is_empty() {
        record.severity.word().to_owned()
    } else {
        record.profiles.join(", ")
    };
    let cell =
        |words: &exolint::finding::Localised, language: Language| cell(first_sentence(language.pick(words)));
    let (en, zh) = record
        .about
        .as_ref()
        .map_or_else(Default::default, |about| (cell(about, Language::En), cell(about, Language::Zh)));
    let _ = writeln!(
        table,
        "| [{0}](docs/rules/{0}.md) {1} | {second} | {en} | {zh} |",
        record.code, record.name
    );
}

/// Up to the first full stop that ends a sentence.
fn first_sentence(text: &str) -> &str {
    let text = text.trim();
    let zh = text.find('。').map(|at| at + '。'.len_utf8());
    let en = text.find(". ").map(|at| at + 1);
    let end = zh.into_iter().chain(en).chain(text.find("\n\n")).min().unwrap_or(text.len());
    &text[..end]
}

fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|").replace('<', "&lt;")
}

#[test]
fn a_page_for_every_rule() {
    let folder = root().join("docs/rules");
    let options = options();
    let mut pages = BTreeMap::new();
    for rule in &Rules::builtin().rules {
        let page = page(rule, options.get(&rule.record.code));
        pages.insert(folder.join(format!("{}.md", rule.record.code)), page);
    }
    let mut stale = settle(&pages);
    for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
        if !pages.contains_key(&entry.path()) {
            if std::env::var("EXOLINT_UPDATE").is_ok_and(|value| value == "1") {
                std::fs::remove_file(entry.path()).unwrap();
            } else {
                stale.push(format!("{} is the page of no rule", entry.path().display()));
            }
        }
    }
    assert_fresh(&stale);
}

#[test]
fn json_schemas() {
    let all = [("config", What::Config), ("rules", What::Rules), ("report", What::Report)];
    let path = |name: &str| root().join(format!("docs/schemas/{name}.json"));
    assert_fresh(&settle(&all.map(|(name, what)| (path(name), schema(what))).into()));
}

#[test]
fn manual_pages() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("man");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    clap_mangen::generate_to(exolint::cli::Args::command().disable_help_subcommand(true), &folder).unwrap();
    let pages = std::fs::read_dir(&folder).unwrap().flatten();
    let page = |entry: std::fs::DirEntry| {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        (root().join("docs/man").join(entry.file_name()), text)
    };
    assert_fresh(&settle(&pages.map(page).collect()));
}

/// The options of every rule as written in its file.
fn options() -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for entry in std::fs::read_dir(root().join("rules")).unwrap().flatten() {
        let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
        let Ok(table) = toml::from_str::<toml::Table>(&text) else { continue };
        for rule in table.get("rule").and_then(toml::Value::as_array).into_iter().flatten() {
            if let (Some(code), Some(options)) =
                (rule.get("code").and_then(toml::Value::as_str), rule.get("options"))
            {
                out.insert(code.to_owned(), toml::to_string_pretty(options).unwrap());
            }
        }
    }
    out
}

fn page(rule: &Rule, options: Option<&String>) -> String {
    let record = &rule.record;
    let mut out = format!("# {} {}\n\n", record.code, record.name);
    let scope = match record.scope {
        Scope::Document => "one document · 单个文档",
        Scope::Corpus => "across documents · 跨文档",
    };
    let _ = writeln!(
        out,
        "{} · {} · {scope} · since {}",
        record.family().word(),
        record.severity.word(),
        record.since
    );
    if !record.profiles.is_empty() {
        let _ = writeln!(
            out,
            "\nOnly with `--profile {}` or selected by name · 仅在启用该配置或指名选择时运行",
            record.profiles.join(",")
        );
    }
    for (title, language, message, variant) in
        [("English", Language::En, "Message", "Variant"), ("中文", Language::Zh, "消息", "变体")]
    {
        let _ = writeln!(out, "\n## {title}\n");
        for words in record.about.iter().chain(&record.help) {
            let _ = writeln!(out, "{}\n", prose(language.pick(words)));
        }
        let _ = writeln!(out, "{message}: {}", code(language.pick(&record.message)));
        for (name, words) in &record.variant {
            let text = words.message.as_ref().map_or("", |m| language.pick(m));
            let severity = words.severity.unwrap_or(record.severity).word();
            let _ = writeln!(out, "\n{variant} `{name}` ({severity}): {}", code(text));
        }
    }
    if let Some(options) = options {
        let _ = writeln!(
            out,
            "\n## Options · 选项\n\n```toml\n[rules.{}.options]\n{}```",
            record.code,
            shorten(options)
        );
    }
    cases(&mut out, "Reported · 会报告", &record.flag);
    cases(&mut out, "Not reported · 不报告", &record.pass);
    out
}

/// Word lists of rules can be very long; a page shows their beginning.
fn shorten(options: &str) -> String {
    let lines: Vec<&str> = options.lines().collect();
    let mut out: String = lines
        .iter()
        .take(40)
        .map(|line| format!("{}\n", line.chars().take(200).collect::<String>()))
        .collect();
    if lines.len() > 40 {
        out.push_str("# …\n");
    }
    out
}

fn prose(text: &str) -> String {
    text.trim().replace('<', "&lt;")
}

fn code(text: &str) -> String {
    if text.is_empty() { "–".to_owned() } else { format!("`{}`", text.replace('`', "'")) }
}

fn cases(out: &mut String, title: &str, cases: &[Case]) {
    if cases.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n## {title}");
    for case in cases.iter().take(6) {
        let named = case.documents.iter().map(|d| format!("{}:\n{}", d.name, d.text.trim_end()));
        let texts: Vec<String> =
            case.text.iter().map(|text| text.trim_end().to_owned()).chain(named).collect();
        let fence = if texts.iter().any(|text| text.contains("```")) { "~~~~" } else { "```" };
        let _ = writeln!(out, "\n{fence}text\n{}\n{fence}", texts.join("\n\n"));
        if let Some(note) = &case.note {
            let _ = writeln!(out, "\n{}", prose(note));
        }
    }
}
