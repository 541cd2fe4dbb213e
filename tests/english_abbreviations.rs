//! English definitions against sentences written for this project, in the style of the abstracts of the
//! life sciences; prints precision, recall and F1, and with `EXOLINT_VERBOSE` every difference.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use exolint::parse::abbreviation::{Tables, extract, normal};

#[test]
fn english_definitions_are_found_with_their_boundaries() {
    let tables = Tables::load(&[]).unwrap();
    let verbose = std::env::var("EXOLINT_VERBOSE").is_ok();
    // a set of the same form elsewhere
    let text = match std::env::var("EXOLINT_ENGLISH") {
        Ok(path) => std::fs::read_to_string(path).unwrap(),
        Err(_) => include_str!("english_abbreviations.tsv").to_owned(),
    };
    let (mut hit, mut found, mut gold) = (0usize, 0usize, 0usize);
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let (sentence, pairs) = line.split_once('\t').unwrap();
        let wanted: Vec<(String, Vec<String>)> = pairs
            .split("; ")
            .filter_map(|pair| pair.split_once('='))
            .map(|(short, long)| (normal(short), long.trim().split('|').map(normal).collect()))
            .collect();
        let got: Vec<(String, String)> = extract(sentence, &tables)
            .into_iter()
            .filter_map(|f| f.en.map(|en| (normal(&f.short), normal(&sentence[en.range()]))))
            .collect();
        let right = |pair: &(String, String)| {
            wanted.iter().any(|(short, long)| *short == pair.0 && long.contains(&pair.1))
        };
        hit += got.iter().filter(|pair| right(pair)).count();
        found += got.len();
        gold += wanted.len();
        if verbose && (got.len() != wanted.len() || !got.iter().all(right)) {
            println!("{sentence}\n    want {wanted:?}\n    got  {got:?}");
        }
    }
    let precision = hit as f64 / found as f64;
    let recall = hit as f64 / gold as f64;
    let f1 = 2.0 * hit as f64 / (found + gold) as f64;
    println!(
        "English definitions: precision {precision:.3} recall {recall:.3} F1 {f1:.3} ({hit}, {found}, {gold})"
    );
    if std::env::var("EXOLINT_ENGLISH").is_err() {
        assert!(precision >= 0.98 && recall >= 0.95, "precision {precision:.3}, recall {recall:.3}");
    }
}
