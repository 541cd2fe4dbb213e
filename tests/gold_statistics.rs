//! Test statistics against an exact oracle, and GRIM against published vectors.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod support;

use exolint::checks::evidence::distribution::{bounds, judge};
use exolint::parse::evidence::statistic::{self, Test};

#[test]
fn recomputed_p_values() {
    let Some(text) = support::gold("nhst-zh/oracle.tsv") else { return };
    let (mut all, mut read, mut right, mut decisions) = (0, 0, 0, 0);
    let mut report = String::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let (surface, kind) = (fields[1], fields[2]);
        let (error, decision) = (fields[9] == "1", fields[10] == "1");
        all += 1;
        let (mut statistics, mut values) = (Vec::new(), Vec::new());
        statistic::scan(surface, &mut statistics, &mut values);
        let Some(found) = statistics.first().filter(|s| s.p.is_some()) else {
            report.push_str(&format!("not read: {surface}\n"));
            continue;
        };
        let wanted = match kind {
            "t" => Test::T,
            "F" => Test::F,
            "r" => Test::R,
            _ => Test::Chi2,
        };
        let p = values[found.p.unwrap()];
        let Some(range) = bounds(found.test, found.df, found.number.value, found.number.half_unit()) else {
            report.push_str(&format!("not computed: {surface}\n"));
            continue;
        };
        read += usize::from(found.test == wanted);
        let verdict = judge(p.relation, p.number.value, p.number.decimals, range);
        right += usize::from(verdict.error == error);
        decisions += usize::from(verdict.decision == decision);
        if verdict.error != error || verdict.decision != decision {
            report.push_str(&format!("{surface} {range:?} → {verdict:?}, not {error} {decision}\n"));
        }
    }
    println!("{report}statistics: {all}; read {read}; verdict right {right}; decision right {decisions}");
    assert!(right as f64 >= 0.995 * all as f64);
    assert!(decisions as f64 >= 0.995 * all as f64);
}

#[test]
fn grim_and_debit_vectors() {
    use exolint::checks::evidence::grim::{debit, grim};
    use exolint::parse::evidence::number::number;
    let Some(text) = support::gold("grim-scrutiny/vectors.jsonl") else { return };
    let (mut all, mut right) = (0, 0);
    for line in text.lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let x = record["x"].as_str().unwrap();
        let n = record["n"].as_u64().unwrap();
        let mean = number(x, 0).unwrap();
        let possible = if record["kind"] == "debit" {
            let sd = number(record["sd"].as_str().unwrap(), 0).unwrap();
            debit(mean.value, mean.half_unit(), sd.value, sd.half_unit(), n as f64)
        } else {
            let digits: u64 = x.replace('.', "").parse().unwrap();
            let more = if record["percent"] == true { 2 } else { 0 };
            let items = record["items"].as_u64().unwrap();
            grim(digits, u32::from(mean.decimals) + more, n, items)
        };
        all += 1;
        right += usize::from(possible == record["expected"].as_bool().unwrap());
    }
    println!("grim and debit: {right}/{all}");
    assert_eq!(right, all);
}
