//! The block of JSON that the page draws from.

use super::citations::Chapter;
use super::exhibit::Exhibit;
use super::findings::{Findings, jump, localised};
use super::quantities;
use super::text::{blocks, visible};
use crate::report::{Report, clean};
use crate::rules::Rules;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Bytes of text that a page holds; a browser on a small machine still opens it.
const TEXTS: usize = 24 << 20;

/// Everything the page shows.
pub fn data(report: &Report<'_>) -> Value {
    let mut findings = Findings::new(report);
    let listed: Vec<Value> = report
        .findings
        .iter()
        .filter(|finding| report.rules.of_code(&finding.code).is_some())
        .enumerate()
        .filter_map(|(number, finding)| findings.add(number, finding))
        .collect();
    let codes: BTreeSet<&str> = report.findings.iter().map(|finding| &*finding.code).collect();
    let with_text = within_budget(report.exhibits, &findings);
    let mut documents: Vec<Value> = report
        .exhibits
        .iter()
        .enumerate()
        .map(|(n, exhibit)| {
            let text = with_text[n].then(|| blocks(exhibit, &findings.marks[n]));
            document(exhibit, text)
        })
        .collect();
    let notices: Vec<Value> = report
        .notices
        .iter()
        .map(|notice| {
            json!({
                "k": notice.kind,
                "p": notice.path.as_deref().map(clean::line),
                "c": notice.code.as_deref(),
                "m": localised(&notice.message),
            })
        })
        .collect();
    documents.extend(findings.strangers.iter().map(|path| json!({ "path": clean::line(path) })));
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "lang": report.language,
        "summary": report.summary,
        "rules": rules(report.rules, &codes),
        "documents": documents,
        "findings": listed,
        "quantities": charts(report),
        "notices": notices,
    })
}

/// Which documents bring their text: all while the budget lasts, those with findings first.
fn within_budget(exhibits: &[Exhibit], findings: &Findings<'_>) -> Vec<bool> {
    let mut order: Vec<usize> = (0..exhibits.len()).collect();
    order.sort_by_key(|n| findings.marks[*n].iter().all(Vec::is_empty));
    let mut out = vec![false; exhibits.len()];
    let mut left = TEXTS;
    for n in order {
        let len = exhibits[n].len();
        if len <= left {
            left -= len;
            out[n] = true;
        }
    }
    out
}

fn rules(rules: &Rules, codes: &BTreeSet<&str>) -> Value {
    let mut out = Map::new();
    for code in codes {
        let Some(rule) = rules.of_code(code) else { continue };
        let about = rule.record.about.as_ref().map(localised);
        out.insert(
            (*code).to_owned(),
            json!({ "name": rule.record.name, "family": rule.record.family().word(), "about": about }),
        );
    }
    Value::Object(out)
}

fn document(exhibit: &Exhibit, text: Option<Value>) -> Value {
    let forms: Vec<Value> = exhibit
        .forms
        .iter()
        .map(|form| {
            let definitions: Vec<Value> = form
                .definitions
                .iter()
                .map(|d| {
                    json!({
                        "zh": d.zh.as_deref().map(clean::prose),
                        "en": d.en.as_deref().map(clean::prose),
                        "a": d.anchor.map(|anchor| jump(exhibit, anchor)),
                    })
                })
                .collect();
            let others: Vec<Value> =
                form.others.iter().map(|(text, count)| json!([clean::prose(text), count])).collect();
            json!({
                "s": clean::prose(&form.short),
                "k": clean::prose(&form.key),
                "u": form.uses,
                "a": form.first.map(|anchor| jump(exhibit, anchor)),
                "d": definitions,
                "o": others,
            })
        })
        .collect();
    json!({
        "path": clean::line(&exhibit.path),
        "title": exhibit.title.as_deref().map(clean::prose),
        "lang": exhibit.lang,
        "scheme": exhibit.scheme,
        "maps": exhibit.chapters.iter().map(|chapter| map(exhibit, chapter)).collect::<Vec<_>>(),
        "forms": forms,
        "text": text,
    })
}

fn map(exhibit: &Exhibit, chapter: &Chapter) -> Value {
    let points: Vec<Value> = chapter
        .points
        .iter()
        .map(|point| json!([point.paragraph, point.number, point.state, jump(exhibit, point.anchor)]))
        .collect();
    let uncited: Vec<Value> = chapter
        .uncited
        .iter()
        .map(|(number, anchor)| json!([number, anchor.map(|anchor| jump(exhibit, anchor))]))
        .collect();
    let sections: Vec<Value> =
        chapter.sections.iter().map(|(at, words)| json!([at, clean::prose(words)])).collect();
    json!({
        "last": chapter.last,
        "paragraphs": chapter.paragraphs,
        "points": points,
        "uncited": uncited,
        "sections": sections,
        "other": chapter.other_order,
    })
}

fn charts(report: &Report<'_>) -> Value {
    let groups = quantities::groups(report.exhibits, &report.rules.data.evidence);
    let charts = groups.iter().map(|group| {
        let bars: Vec<Value> = group
            .bars
            .iter()
            .map(|bar| {
                json!({
                    "d": bar.document,
                    "k": bar.stated.kind,
                    "lo": bar.low,
                    "hi": bar.high,
                    "about": bar.stated.approximate,
                    "t": visible(&bar.stated.printed),
                    "a": jump(&report.exhibits[bar.document], bar.stated.anchor),
                })
            })
            .collect();
        let ranges: Vec<Value> = group
            .ranges
            .iter()
            .map(|range| json!({ "lo": range.low, "hi": range.high, "source": range.source }))
            .collect();
        json!({
            "subject": localised(group.subject),
            "property": localised(group.property),
            "unit": group.unit,
            "bars": bars,
            "ranges": ranges,
        })
    });
    Value::Array(charts.collect())
}
