//! Identifiers as printed: the check functions against the labelled set.

mod support;

use exolint::format::read_text;
use exolint::parse::metadata::{article, checkdigit, identifier};
use exolint::rules::Rules;

#[test]
fn check_functions_equal_the_labels() {
    let Some(text) = support::gold("identifiers/ids.tsv") else { return };
    let (mut rows, mut right, mut wrong) = (0, 0, Vec::new());
    let mut without_context = 0;
    for line in text.lines().skip(1) {
        let [kind, value, valid, origin] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        rows += 1;
        let got = match kind {
            "issn" => checkdigit::issn(value),
            "orcid" => checkdigit::orcid(value),
            "article_no" => article::valid(value),
            "nsfc" => checkdigit::nsfc(value),
            other => panic!("unknown kind {other}"),
        };
        if got == (valid == "1") {
            right += 1;
        } else {
            wrong.push(format!("{kind} {value}: {got} instead of {valid}"));
        }
        if origin.starts_with("noctx") && valid == "0" {
            without_context += 1;
            let sentence = format!("采样参数依次为{value}，其余设置不变。");
            assert!(identifier::scan(&sentence).is_empty(), "{value}");
            let document = read_text("a.txt", sentence);
            let selection =
                exolint::engine::Selection { select: vec!["MET".to_owned()], ..Default::default() };
            let found = exolint::engine::analyse(&document, Rules::builtin(), &selection).findings;
            assert!(found.is_empty(), "{value}: {found:?}");
        }
    }
    println!("identifiers: {right} of {rows} right; {without_context} without context silent");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(rows > 0);
}
