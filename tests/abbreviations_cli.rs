//! `exolint abbreviations` and `exolint lexicon harvest`, driven as people drive them.

#![allow(clippy::unwrap_used)]

mod binary;

use binary::{Scratch, run};

const ONE: &str = "间充质干细胞（mesenchymal stem cells，MSCs）可分化。MSCs与MSC均见于骨髓，MSCs易得。\n\n\
    Quick zonal index (QZI) was read. The QZI fell.\n";
const TWO: &str =
    "用间充质干细胞（mesenchymal stem cells，MSCs）治疗。\n\nA quick zonal index (QZI) is new.\n";

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn the_table_of_the_example_texts_stays_as_it_is() {
    let ran = run(&["abbreviations", "seeds/02-skin-repair.txt", "seeds/04-kidney-vesicles.txt"]).exits(0);
    assert_eq!(ran.err, "");
    snapshot("abbreviations", &ran.out);
}

#[test]
fn json_holds_one_object_per_definition_and_all_uses() {
    let dir = Scratch::new("abbreviations-json");
    dir.write("one.txt", ONE).write("two.txt", TWO);
    let ran = dir.run(&["abbreviations", "--format", "json", "one.txt", "two.txt"]).exits(0);
    assert_eq!(ran.err, "");
    let json = ran.json();
    assert_eq!(json["schema_version"], 1);
    let definitions = json["definitions"].as_array().unwrap();
    assert_eq!(definitions.len(), 4);
    assert_eq!(
        definitions[0],
        serde_json::json!({
            "path": "one.txt",
            "range": {
                "start": {"line": 1, "column": 1, "utf16_column": 1, "byte": 0},
                "end": {"line": 1, "column": 36, "utf16_column": 36, "byte": 53},
            },
            "short": "MSCs",
            "long_zh": "间充质干细胞",
            "long_en": "mesenchymal stem cells",
            "confidence": "high",
        })
    );
    assert_eq!(definitions[3]["long_zh"], serde_json::Value::Null);
    let uses = json["uses"].as_array().unwrap();
    let of = |short: &str| -> Vec<(&str, u64, u64)> {
        let mine = uses.iter().filter(|u| u["short"] == short);
        mine.map(|u| {
            let start = &u["range"]["start"];
            (u["text"].as_str().unwrap(), start["line"].as_u64().unwrap(), start["column"].as_u64().unwrap())
        })
        .collect()
    };
    assert_eq!(of("MSCs"), [("MSCs", 1, 40), ("MSCs", 1, 54), ("MSC", 1, 45)]);
    assert_eq!(of("QZI"), [("QZI", 3, 39)]);
    let row = json["short_forms"].as_array().unwrap().iter().find(|row| row["short"] == "MSCs").unwrap();
    assert_eq!((row["definitions"].as_u64(), row["uses"].as_u64()), (Some(2), Some(3)));
    assert_eq!(row["documents"], serde_json::json!(["one.txt", "two.txt"]));
    assert_eq!(row["first"], "one.txt:1:1");
}

#[test]
fn what_cannot_be_read_goes_to_standard_error() {
    let dir = Scratch::new("abbreviations-trouble");
    dir.write("one.txt", ONE).write("paper.docx", b"PK\x03\x04").write("empty.txt", "");
    std::fs::create_dir(dir.path.join("nothing")).unwrap();
    let ran = dir.run(&["abbreviations", "one.txt", "gone.txt"]).exits(2);
    assert!(ran.out.starts_with("SHORT FORM") && ran.out.contains("mesenchymal stem cells"), "{}", ran.out);
    assert_eq!(ran.err, "error: gone.txt: cannot be read: no such file or folder\n");
    let ran = dir.run(&["abbreviations", "paper.docx"]);
    assert!(matches!(ran.status, 2 | 3) && ran.err.contains("paper.docx"), "{ran:?}");
    dir.run(&["abbreviations", "nothing"]).exits(3);
    dir.run(&["abbreviations"]).exits(2);
    dir.run(&["abbreviations", "one.txt", "--format", "yaml"]).exits(2);
    // a text without short forms is a table without rows
    let ran = dir.run(&["abbreviations", "empty.txt"]).exits(0);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    let bytes = [0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00, 0x0a];
    dir.write("odd.txt", bytes);
    assert!(dir.run(&["abbreviations", "odd.txt"]).status <= 3);
}

#[test]
fn harvest_proposes_what_the_lexicon_does_not_have() {
    let dir = Scratch::new("harvest");
    dir.write("one.txt", ONE).write("two.txt", TWO);
    let ran = dir.run(&["lexicon", "harvest", "one.txt", "two.txt"]).exits(0);
    assert_eq!(ran.err, "");
    snapshot("harvest", &ran.out);
    // the proposals are a lexicon file, once somebody has filled in kind and source
    let table: toml::Table = ran.out.parse().unwrap();
    assert_eq!(table["entry"][0]["short"][0].as_str(), Some("QZI"));
    let ran = dir.run(&["lexicon", "harvest", "--min-documents", "3", "."]).exits(0);
    assert!(ran.out.starts_with("# 0 proposals from 2 documents."), "{}", ran.out);
    let ran = dir.run(&["lexicon", "harvest", "one.txt", "gone.txt"]).exits(2);
    assert!(ran.out.contains("QZI") && ran.err.contains("gone.txt"), "{ran:?}");
    dir.run(&["lexicon", "harvest"]).exits(2);
    dir.run(&["lexicon", "harvest", "--min-documents", "many", "one.txt"]).exits(2);
    dir.run(&["lexicon", "reap", "one.txt"]).exits(2);
}
