//! "Never cited" on texts extracted from PDF, against the JATS of the same articles: its `xref`s are
//! the truth.
//!
//! Needs `../shared/corpus`; says so and does nothing where it is absent, unless
//! `EXOLINT_REQUIRE_SHARED=1`.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

use exolint::engine::{self, Selection};
use exolint::format::read_text;
use exolint::rules::Rules;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const CORPUS: &str = "../shared/corpus";
/// Articles whose extracted text cites in square brackets.
const BRACKETED: [(&str, &str); 4] = [
    ("PMC1397864", "PMC1397864.pymupdf.txt"),
    ("PMC4889806", "PMC4889806.pdfium.txt"),
    ("PMC5376420", "PMC5376420.pymupdf4llm.md"),
    ("PMC5771181", "PMC5771181.pymupdf.txt"),
];
/// Superscripts glued to words, and round brackets.
const LOOSE: [(&str, &str); 2] =
    [("PMC5885087", "PMC5885087.pdfium.txt"), ("PMC4575751", "PMC4575751.pymupdf4llm.md")];
/// Entries deleted per article.
const DELETED: usize = 10;

fn read(path: &str) -> Option<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(CORPUS).join(path);
    match std::fs::read_to_string(&file) {
        Ok(text) => Some(text),
        Err(error) => {
            let required = std::env::var("EXOLINT_REQUIRE_SHARED").is_ok_and(|value| value == "1");
            assert!(!required, "{}: {error}", file.display());
            eprintln!("skipped: no corpus at {CORPUS}");
            None
        }
    }
}

/// The numbers that no `xref` cites, and the number of references.
fn truth(jats: &str) -> (BTreeSet<u32>, u32) {
    let ids: BTreeMap<&str, u32> = jats
        .split("<ref id=\"")
        .skip(1)
        .zip(1..)
        .map(|(rest, number)| (rest.split('"').next().unwrap(), number))
        .collect();
    let mut cited: BTreeSet<u32> = BTreeSet::new();
    let mut before: Option<(u32, &str)> = None;
    for rest in jats.split("<xref").skip(1) {
        let (tag, tail) = rest.split_once('>').unwrap();
        let rids = tag.split("rid=\"").nth(1).and_then(|r| r.split('"').next()).unwrap_or("");
        let numbers: Vec<u32> = rids.split(' ').filter_map(|rid| ids.get(rid).copied()).collect();
        let after = tail.split_once("</xref>").map_or("", |(_, after)| after);
        for number in numbers {
            // a range names its ends only: `<xref>3</xref>–<xref>5</xref>`
            if let Some((first, between)) = before {
                let dash = between.trim().replace("<sup>", "").replace("</sup>", "");
                if matches!(dash.as_str(), "-" | "–" | "&#x2013;" | "&#x02013;" | "&#8211;") {
                    cited.extend(first..number);
                }
            }
            cited.insert(number);
            before = Some((number, after));
        }
    }
    let last = ids.len() as u32;
    ((1..=last).filter(|n| !cited.contains(n)).collect(), last)
}

/// The entries that the linter reports as never cited.
fn reported(name: &str, text: &str) -> BTreeSet<u32> {
    let document = read_text(name, text);
    let analysis = engine::analyse(&document, Rules::builtin(), &Selection::only("CIT005"));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok();
    analysis
        .findings
        .iter()
        .filter(|finding| finding.confidence >= exolint::finding::Confidence::Medium)
        .flat_map(|f| std::iter::once(&f.place).chain(f.related.iter().map(|r| &r.place)))
        .filter_map(|place| digits(&place.text))
        .collect()
}

/// The text without any marker of `number`: single numbers and members of ranges alike.
fn without(text: &str, number: u32) -> String {
    let mut list = text.lines().rev().filter(|line| {
        let line = line.trim_matches(|c: char| !c.is_alphabetic());
        line.eq_ignore_ascii_case("references")
    });
    let end = list.next().map_or(text.len(), |line| line.as_ptr() as usize - text.as_ptr() as usize);
    let (mut out, mut rest) = (String::with_capacity(text.len()), &text[..end]);
    while let Some(open) = rest.find('[') {
        let inner = &rest[open + 1..];
        let Some(close) = inner.find(']').filter(|close| *close < 60) else {
            out.push_str(&rest[..=open]);
            rest = inner;
            continue;
        };
        let numbers = expand(&inner[..close]);
        out.push_str(&rest[..open]);
        if numbers.contains(&number) {
            let kept: Vec<String> =
                numbers.iter().filter(|n| **n != number).map(ToString::to_string).collect();
            if !kept.is_empty() {
                out.push_str(&format!("[{}]", kept.join(", ")));
            }
        } else {
            out.push_str(&rest[open..open + close + 2]);
        }
        rest = &inner[close + 1..];
    }
    out + rest + &text[end..]
}

/// The numbers of a marker's body; none when it holds anything else.
fn expand(body: &str) -> Vec<u32> {
    let mut out = Vec::new();
    for part in body.split([',', ';']) {
        let ends: Option<Vec<u32>> = part.split(['-', '–', '—']).map(|end| end.trim().parse().ok()).collect();
        match ends.as_deref() {
            Some([one]) => out.push(*one),
            Some([first, last]) if first <= last && last - first < 60 => out.extend(*first..=*last),
            _ => return Vec::new(),
        }
    }
    out
}

#[test]
fn never_cited_agrees_with_the_published_markup() {
    let (mut right, mut wrong, mut missed) = (0usize, 0usize, 0usize);
    for (article, file) in BRACKETED {
        let (Some(jats), Some(text)) =
            (read(&format!("jats/{article}.xml")), read(&format!("en-txt/{file}")))
        else {
            return;
        };
        let (uncited, last) = truth(&jats);
        let clean = reported(file, &text);
        println!("{file}: reported {clean:?}, true {uncited:?}");
        assert!(clean.is_subset(&uncited), "{file}: {clean:?} beyond {uncited:?}");
        for step in 0..DELETED {
            let number = 2 + (last - 3) * step as u32 / DELETED as u32;
            let found = reported(file, &without(&text, number));
            let mut expected = uncited.clone();
            expected.insert(number);
            right += usize::from(found.contains(&number));
            missed += usize::from(!found.contains(&number));
            let false_ones: Vec<_> = found.difference(&expected).collect();
            wrong += false_ones.len();
            if !found.contains(&number) || !false_ones.is_empty() {
                println!("{file} without [{number}]: found {found:?}, expected {expected:?}");
            }
        }
    }
    let precision = right as f64 / (right + wrong).max(1) as f64;
    let recall = right as f64 / (right + missed).max(1) as f64;
    println!("never cited, markers of one entry deleted: precision {precision:.3}, recall {recall:.3}");
    assert!(precision >= 0.95 && recall >= 0.95);
}

#[test]
fn loose_forms_are_right_or_abstain() {
    for (article, file) in LOOSE {
        let (Some(jats), Some(text)) =
            (read(&format!("jats/{article}.xml")), read(&format!("en-txt/{file}")))
        else {
            return;
        };
        let (uncited, _) = truth(&jats);
        let document = read_text(file, text.as_str());
        let selection = Selection { select: vec!["CIT".to_owned()], ..Selection::default() };
        let analysis = engine::analyse(&document, Rules::builtin(), &selection);
        let found = reported(file, &text);
        let others: Vec<_> = analysis.findings.iter().filter(|f| &*f.code != "CIT005").collect();
        println!("{file}: reported {found:?}, true {uncited:?}, {} abstentions", analysis.abstentions.len());
        assert!(found.is_subset(&uncited), "{file}: {found:?}");
        assert!(others.is_empty(), "{file}: {others:#?}");
    }
}
