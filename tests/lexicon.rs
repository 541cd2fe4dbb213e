//! The lexicon is whole: sources, no collisions, and every entry is found by its names.

#![allow(clippy::unwrap_used)]

use exolint::parse::DataFile;
use exolint::parse::abbreviation::{Tables, key, squash};
use std::collections::BTreeMap;

#[test]
fn entries_have_a_source_a_kind_and_names() {
    let tables = Tables::load(&[]).unwrap();
    assert!(tables.lexicon.entries().len() >= 300);
    for entry in tables.lexicon.entries() {
        assert!(!entry.short.is_empty(), "{entry:?}");
        assert!(!entry.source.is_empty() && !entry.kind.is_empty(), "{entry:?}");
        assert!(
            entry.symbol || entry.well_known || !entry.zh.is_empty() || !entry.en.is_empty(),
            "no long form: {entry:?}"
        );
    }
}

#[test]
fn two_entries_share_a_short_form_only_as_homonyms() {
    let tables = Tables::load(&[]).unwrap();
    let mut seen: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, entry) in tables.lexicon.entries().iter().enumerate() {
        for short in &entry.short {
            // spelling counts here: Cat and CAT are two things
            seen.entry(short.clone()).or_default().push(index);
        }
    }
    let mut collisions = Vec::new();
    for (short, mut entries) in seen {
        entries.dedup();
        let all = tables.lexicon.entries();
        if entries.len() > 1 && entries.iter().any(|index| !all[*index].homonym) {
            collisions.push(short);
        }
    }
    assert!(collisions.is_empty(), "{collisions:?}");
}

#[test]
fn entries_are_found_by_every_name() {
    let tables = Tables::load(&[]).unwrap();
    for entry in tables.lexicon.entries() {
        for short in &entry.short {
            assert!(tables.lexicon.of_short(short).any(|e| e.source == entry.source), "{short}");
        }
        for en in &entry.en {
            assert!(tables.lexicon.of_en(en).any(|e| e.source == entry.source), "{en}");
        }
    }
    assert_eq!(key("TNF-α"), key("TNFα"));
    assert_eq!(squash("tumour necrosis factor-α"), squash("tumor necrosis factor alpha"));
}

#[test]
fn a_users_file_extends_the_lexicon_and_a_wrong_key_is_refused() {
    let own = |text: &str| DataFile { path: "own.toml".to_owned(), text: text.to_owned() };
    let file = own(
        "[[entry]]\nshort = [\"QZX\"]\nen = [\"quick zonal index\"]\nkind = \"measure\"\nsource = \"ours\"\n",
    );
    let tables = Tables::load(&[file]).unwrap();
    assert!(tables.lexicon.of_en("Quick zonal indexes").next().is_none());
    assert!(tables.lexicon.of_en("quick zonal index").next().is_some());
    let error = Tables::load(&[own("[[entry]]\nshort = [\"QZX\"]\nshrot = []\n")]).unwrap_err();
    assert!(error.message.contains("shrot"), "{error}");
}
