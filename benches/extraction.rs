//! Throughput of the extraction of definitions alone: `cargo bench --bench extraction -- TEXT...`.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use exolint::parse::abbreviation::{Tables, extract};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let text: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap() + "\n\n").collect();
    if text.is_empty() {
        println!("extraction: name texts to read");
        return;
    }
    let tables = Tables::load(&[]).unwrap();
    let blocks: Vec<&str> = text.split("\n\n").collect();
    let mut times: Vec<f64> = (0..15)
        .map(|_| {
            let start = Instant::now();
            for block in &blocks {
                black_box(extract(block, &tables));
            }
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let best = times[0];
    println!(
        "extraction alone: {:.4} s for {:.2} MB, {:.1} MB/s",
        best,
        text.len() as f64 / 1e6,
        text.len() as f64 / 1e6 / best
    );
}
