//! Two hundred names: Chinese, pinyin in the orders and styles journals print, and how they fit.

use exolint::parse::metadata::{Tables, pinyin};

#[test]
fn two_hundred_names_are_judged_right() {
    let tables = Tables::load(&[]).unwrap();
    let rows: Vec<Vec<&str>> =
        include_str!("pinyin.tsv").lines().map(|line| line.split('\t').collect()).collect();
    assert!(rows.len() >= 200, "{} names", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let got = match pinyin::fits(row[1], row[0], &tables) {
            Some(pinyin::Fit::Full) => "full",
            Some(pinyin::Fit::Initials) => "initials",
            None => "none",
        };
        if got != row[2] {
            wrong.push(format!("{} {}: {got} instead of {}", row[0], row[1], row[2]));
        }
    }
    println!("pinyin: {} of {} right", rows.len() - wrong.len(), rows.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
