//! Chinese definitions against the labelled set; prints precision, recall and F1.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

use exolint::parse::abbreviation::{Found, Tables, extract, normal};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    text: String,
    start: usize,
    end: usize,
    label: String,
    #[serde(default)]
    zh: Vec<String>,
    #[serde(default)]
    en: Option<String>,
    #[serde(default)]
    sf: Vec<String>,
}

fn bare(text: &str) -> String {
    normal(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

#[derive(Default)]
struct Score {
    hit: usize,
    found: usize,
    gold: usize,
}

impl Score {
    fn add(&mut self, hit: bool, found: bool, gold: bool) {
        self.hit += usize::from(hit);
        self.found += usize::from(found);
        self.gold += usize::from(gold);
    }

    fn f1(&self) -> f64 {
        2.0 * self.hit as f64 / (self.found + self.gold).max(1) as f64
    }

    fn show(&self, name: &str) {
        let precision = self.hit as f64 / self.found.max(1) as f64;
        let recall = self.hit as f64 / self.gold.max(1) as f64;
        println!("{name}: precision {precision:.3} recall {recall:.3} F1 {:.3}", self.f1());
    }
}

#[test]
fn chinese_definitions_reach_the_asked_scores() {
    let folder = std::env::var("EXOLINT_GOLD").unwrap_or_else(|_| "../shared/gold".to_owned());
    let path = format!("{folder}/abbr-zh/gold.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        assert!(std::env::var("EXOLINT_REQUIRE_SHARED").is_err(), "{path} is missing");
        println!("skipped: {path} is missing");
        return;
    };
    let tables = Tables::load(&[]).unwrap();
    let verbose = std::env::var("EXOLINT_VERBOSE").is_ok();
    let (mut pairs, mut bounds) = (Score::default(), Score::default());
    let (mut none, mut taken) = (0, 0);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let row: Row = serde_json::from_str(line).unwrap();
        let offsets: Vec<usize> = row.text.char_indices().map(|(at, _)| at).chain([row.text.len()]).collect();
        let (start, end) = (offsets[row.start], offsets[row.end]);
        let all = extract(&row.text, &tables);
        let found: Option<&Found> =
            all.iter().find(|f| start <= f.short_span.start && f.short_span.end <= end);
        let slice = |span: Option<exolint::document::Span>| span.map_or("", |s| &row.text[s.range()]);
        if row.label == "gloss" {
            continue;
        }
        if row.label == "none" {
            none += 1;
            taken += usize::from(found.is_some());
        }
        let gold = row.label.starts_with("def");
        let short_right = found.is_some_and(|f| row.sf.iter().any(|sf| bare(sf) == bare(&f.short)));
        let en_right = found.is_some_and(|f| bare(slice(f.en)) == bare(row.en.as_deref().unwrap_or("")));
        pairs.add(gold && short_right && en_right, found.is_some(), gold);
        let zh_found = found.is_some_and(|f| f.zh.is_some());
        let zh_right = found.is_some_and(|f| row.zh.iter().any(|zh| bare(zh) == bare(slice(f.zh))));
        bounds.add(gold && zh_right, zh_found, gold);
        if verbose && (gold != found.is_some() || gold && !(short_right && en_right && zh_right)) {
            println!(
                "{} want {:?} {:?} {:?}\n     got {:?} {:?} {:?}\n     {}",
                row.label,
                row.zh,
                row.en,
                row.sf,
                found.map(|f| slice(f.zh)),
                found.map(|f| slice(f.en)),
                found.map(|f| &f.short),
                &row.text[..end]
            );
        }
    }
    pairs.show("English and short form");
    bounds.show("Chinese boundary");
    println!("none taken for a definition: {taken} of {none}");
    assert!(pairs.f1() >= 0.95, "pairs {:.3}", pairs.f1());
    assert!(bounds.f1() >= 0.85, "boundary {:.3}", bounds.f1());
    assert!(taken * 42 <= 3 * none, "none {taken} of {none}");
}
