//! The HTML report without a browser: its golden data, and hostile names. `tests/html/run.sh` drives the
//! page in a browser.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod binary;

use binary::Scratch;
use serde_json::Value;
use std::fmt::Write;

/// The block of JSON the page draws from.
fn data(page: &str) -> Value {
    let (_, rest) = page.split_once("<script type=\"application/json\" id=\"data\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn golden_page() {
    let args = ["check", "--isolated", "seeds/02-skin-repair.txt", "--lang", "zh", "--format", "html"];
    let data = data(&binary::run(&args).exits(1).out);
    // one line per finding, block and map: what moves is seen, what stays does not fill the page
    let mut golden = String::new();
    for key in ["findings", "quantities", "notices"] {
        let _ = writeln!(golden, "{key}");
        data[key].as_array().unwrap().iter().for_each(|one| writeln!(golden, "  {one}").unwrap());
    }
    for document in data["documents"].as_array().unwrap() {
        let _ = writeln!(golden, "{} {}", document["path"], document["scheme"]);
        for key in ["maps", "forms", "text"] {
            let _ = writeln!(golden, " {key}");
            document[key].as_array().unwrap().iter().for_each(|one| writeln!(golden, "  {one}").unwrap());
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("html", golden));
}

#[test]
fn hostile_names_and_texts_stay_in_the_data() {
    let text = "# </script><script>alert(1)</script>\n\n能够能够 the the <b>&amp;</b> <!-- {{script}}\n";
    let name = "x</script><img src=x onerror=alert(1)>\n{{data}}\u{202e}.txt".replace('/', "∕");
    let page = |scratch: &str, name: &str| {
        let dir = Scratch::new(scratch);
        dir.write(name, text);
        dir.run(&["check", "--format", "html", "--lang", "en"]).exits(1).out
    };
    let (bad, good) = (page("html-hostile", &name), page("html-benign", "name.txt"));
    let count = |page: &str| page.matches('<').count();
    assert_eq!(count(&bad), count(&good), "no element more");
    assert_eq!(bad.matches("<script").count(), 3);
    assert!(!bad.contains("<img") && !bad.contains('\u{202e}') && !bad.contains("alert(1)<"));
    assert_eq!(bad.lines().count(), good.lines().count());
    let path = data(&bad)["documents"][0]["path"].as_str().unwrap().to_owned();
    assert!(path.contains("<img src=x onerror=alert(1)>␊{{data}}<U+202E>.txt"), "{path}");
}

#[test]
fn texts_are_kept_for_this_report_only_and_written_beside_others() {
    let dir = Scratch::new("html-output");
    dir.write("bad.txt", "外泌体能够能够降低活性氧水平。\n");
    let ran = dir.run(&["check", "bad.txt", "--format", "concise", "-o", "html=r.html"]).exits(1);
    assert!(ran.out.starts_with("bad.txt:1:"), "{}", ran.out);
    let page = dir.read("r.html");
    assert!(page.starts_with("<!doctype html>") && page.contains("script-src 'sha256-"));
    let data = data(&page);
    assert_eq!(data["findings"][0]["x"][1], data["documents"][0]["text"][0]["r"][1][0]);
}
