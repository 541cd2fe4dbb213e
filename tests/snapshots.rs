//! One golden report per form, of the real binary over `seeds/`.
//!
//! After a rule changed: `INSTA_UPDATE=always cargo test --test snapshots`, then read the difference.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod binary;

fn golden(name: &str, args: &[&str]) {
    let mut all = vec!["check", "--isolated"];
    all.extend(args);
    let report = binary::run(&all).exits(1).out;
    // A new version changes no report.
    let report = report.replace(env!("CARGO_PKG_VERSION"), "[version]");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, report));
}

#[test]
fn text_in_english() {
    golden("text.en", &["seeds", "--format", "text", "--lang", "en"]);
}

#[test]
fn text_in_chinese() {
    golden("text.zh", &["seeds", "--format", "text", "--lang", "zh"]);
}

#[test]
fn concise() {
    golden("concise", &["seeds", "--format", "concise", "--lang", "en"]);
}

#[test]
fn json() {
    golden("json", &["seeds/02-skin-repair.txt", "--format", "json", "--lang", "zh"]);
}
