//! Front matter no journal prints: silence or a finding, and time that grows with the text.

use exolint::engine::{Selection, analyse};
use exolint::format::read_text;
use exolint::rules::Rules;
use std::time::{Duration, Instant};

fn run(text: &str) -> (Vec<String>, Duration) {
    run_as("a.txt", text)
}

fn run_as(name: &str, text: &str) -> (Vec<String>, Duration) {
    let document = read_text(name, text);
    let selection = Selection { select: vec!["MET".to_owned(), "STR".to_owned()], ..Selection::default() };
    let start = Instant::now();
    let found = analyse(&document, Rules::builtin(), &selection).findings;
    (found.iter().map(|f| f.code.to_string()).collect(), start.elapsed())
}

#[test]
fn dates_that_do_not_exist_are_reported() {
    assert_eq!(run("收稿日期：2021-02-30").0, ["MET015"]);
    assert_eq!(run("检索截至2021年13月。").0, ["MET015"]);
    assert!(run("收稿日期：").0.is_empty());
}

#[test]
fn an_identifier_may_end_the_file() {
    for text in [
        "DOI",
        "DOI：",
        "DOI：10.",
        "DOI：10.5555",
        "DOI：10.5555/",
        "ORCID 0000-0002-1825-009",
        "ISSN 0378-595",
        "ISBN 978",
        "文章编号：9999-9994(2022",
        "E-mail：",
        "E-mail：a@",
        "E-mail：a@b.",
        "CRD4202",
        "中图分类号：",
        "基金项目：国家自然科学基金（",
        "图",
        "图1",
        "Fig.",
        "关键词",
        "收稿日期：2021-",
        "引用本文：程砚北.",
        "作者贡献：",
        "第一作者：",
        "（1.",
    ] {
        run(text);
    }
    assert_eq!(run("ORCID 0000-0002-1825-0098").0, ["MET005"]);
    assert_eq!(run("ISSN 0378-5956").0, ["MET004"]);
}

#[test]
fn endless_front_matter_takes_linear_time() {
    let names: String = (0..10_000).map(|n| format!("王小明{}，", n % 7)).collect();
    let latin: String = (0..10_000).map(|n| format!("WANG Xiaoming{}, ", n % 7)).collect();
    let hostile = [
        format!("题名\n\n{names}\n\n（1.某大学，某地 990001）\n\n摘要：略。\n\n作者贡献：{names}"),
        format!("Title\n\n{latin}\n\n1 University, City\n\nAbstract: none.\n"),
        format!("题名\n\n{}，李明1\n\n摘要：略。", "王".repeat(1_000)),
        format!("Title\n\n{} Wang, Li Ming1\n\nAbstract: none.", "X".repeat(100_000)),
        "第一作者：程砚北。E-mail：a@b.cn\n\n".repeat(5_000),
        "关键词：甲；乙\n\nKey words: a; b\n\n".repeat(5_000),
        "收稿日期：2021-02-03；录用日期：2020-02-03\n\n".repeat(5_000),
        "基金项目：国家自然科学基金（8212345）".repeat(5_000),
        "图1-".repeat(40_000),
        "10.5555/a ".repeat(20_000),
        "ORCID 0000-0002-1825-0098 ".repeat(10_000),
        "（1.大学；2.医院；".repeat(10_000),
        "(".repeat(100_000),
        "2021年13月".repeat(20_000),
        "E-mail: a163.com ".repeat(20_000),
        "E-mail: a b@c. com ".repeat(20_000),
        "邮编：12345，长沙 12345；".repeat(10_000),
        format!("Title\n\n{}\n\nAbstract: none.", "Ann Lee,1 ".repeat(10_000)),
        format!("题名\n\n{}王小明1\n\n摘要：略。", "Ann Lee，王小明1，".repeat(5_000)),
        format!("Title\n\n{}\n\nAbstract: none.", "Ann Lee a,b,c, ".repeat(10_000)),
        format!("a Department, {}", "b Institute, China ".repeat(10_000)),
        "ORCID 0000-0002-1825-009 ".repeat(10_000),
    ];
    for text in hostile {
        let (_, time) = run(&text);
        let head: String = text.chars().take(20).collect();
        assert!(time < Duration::from_secs(20), "{head}: {time:?}");
        println!("{head}: {} kB in {time:?}", text.len() / 1_000);
    }
}

#[test]
fn endless_headers_and_links_take_linear_time() {
    let authors: String = (0..10_000)
        .map(|n| format!("  - name: Ann Lee{n}\n    email: a{n}@example.org\n    affiliation: {}\n", n % 9))
        .collect();
    let hostile = [
        format!("---\ntitle: x\nauthors:\n{authors}---\n\nText.\n"),
        format!("---\n{}\n---\n\nText.\n", "title: the the\n".repeat(10_000)),
        "[0000-0002-1825-0097](https://orcid.org/0000-0002-1694-233X) ".repeat(5_000),
        "[10.5555/a](https://doi.org/10.5555a) ".repeat(5_000),
        "[a]: doi:1O.5555/b\n".repeat(10_000),
        "<a href=\"https://doi.org/10.5555/a\">".repeat(5_000),
    ];
    for text in hostile {
        let (_, time) = run_as("a.md", &text);
        let head: String = text.chars().take(20).collect();
        assert!(time < Duration::from_secs(20), "{head}: {time:?}");
        println!("{head}: {} kB in {time:?}", text.len() / 1_000);
    }
}
