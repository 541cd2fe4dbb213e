//! Chinese quantities against the labelled set: both ends, unit and kind, and the traps.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod support;

use exolint::parse::evidence::{Form, Quantity, Tables, quantity, unit::Unit};
use serde_json::Value;

fn kind(quantity: &Quantity) -> &'static str {
    match (quantity.form, quantity.low, quantity.high) {
        (Form::Years, ..) => "year_range",
        (Form::Decade, ..) => "decade",
        (Form::Spread, ..) => "mean_sd",
        (Form::Tolerance, ..) => "tolerance",
        (Form::Period | Form::Point | Form::Label, ..) => "not_a_range",
        (Form::Range, ..) if quantity.approximate => "approx_range",
        (Form::Range, ..) => "range",
        (Form::Value, None, Some(_)) if quantity.high_inclusive => "le",
        (Form::Value, None, Some(_)) => "lt",
        (Form::Value, Some(_), None) if quantity.low_inclusive => "ge",
        (Form::Value, Some(_), None) => "gt",
        (Form::Value, ..) if quantity.approximate => "approx",
        (Form::Value, ..) => "value",
    }
}

#[test]
fn quantities_of_chinese_texts() {
    let Some(text) = support::gold("quantities-zh/gold.jsonl") else { return };
    let tables = Tables::load(&[]).unwrap();
    let read_unit = |text: &str| tables.units.read(text, 0).map(|(unit, _)| unit);
    let (mut right, mut all, mut trapped) = ([0; 4], 0, 0);
    let mut report = String::new();
    for line in text.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let words = record["text"].as_str().unwrap();
        let byte = |at: &Value| {
            words.char_indices().nth(at.as_u64().unwrap() as usize).map_or(words.len(), |(at, _)| at)
        };
        let (start, end) = (byte(&record["start"]), byte(&record["end"]));
        let mut found = Vec::new();
        quantity::scan(words, &tables.units, &mut found);
        let overlapping = found.iter().find(|q| q.core.start < end && start < q.core.end);
        let gold_kind = record["kind"].as_str().unwrap();
        if gold_kind == "not_a_range" {
            let taken = found
                .iter()
                .filter(|q| q.core.start < end && start < q.core.end)
                .any(|q| q.form == Form::Range || q.low.is_none() || q.high.is_none());
            trapped += usize::from(taken);
            if taken {
                report.push_str(&format!("trapped {}: {:?}\n", record["id"], record["surface"]));
            }
            continue;
        }
        all += 1;
        let number = |name: &str| record.get(name).and_then(Value::as_f64);
        let gold_unit = record["unit"].as_str().unwrap().trim_end_matches("代");
        let Some(q) = overlapping else {
            report.push_str(&format!("missed {}: {:?} in {words}\n", record["id"], record["surface"]));
            continue;
        };
        let unit: Option<Unit> = read_unit(gold_unit);
        let ends = match gold_kind {
            "mean_sd" | "tolerance" => (number("value"), number("value")),
            _ => (number("lo"), number("hi")),
        };
        let spread = number("spread");
        let tests = [
            q.low == ends.0 && q.spread == spread,
            q.high == ends.1 && (record["descending"] == true) == q.descending,
            unit == Some(q.unit),
            kind(q) == gold_kind
                || (gold_kind == "range"
                    && kind(q) == "approx_range"
                    && words[..start].trim_end().ends_with('约')),
        ];
        for (count, test) in right.iter_mut().zip(tests) {
            *count += usize::from(test);
        }
        if tests != [true; 4] {
            report.push_str(&format!(
                "{}: {:?} {gold_kind} → {} {:?} {:?} {} {tests:?}\n",
                record["id"],
                record["surface"],
                kind(q),
                q.low,
                q.high,
                tables.units.show(&q.unit)
            ));
        }
    }
    println!("{report}quantities: {all}; lo, hi, unit, kind right: {right:?}; traps taken: {trapped}");
    assert!(right.iter().all(|count| *count as f64 >= 0.95 * all as f64));
    assert_eq!(trapped, 0);
}
