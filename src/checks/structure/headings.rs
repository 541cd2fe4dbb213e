//! Numbers of headings.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::BlockKind;
use crate::engine::Sink;
use crate::finding::{Confidence, Finding, arg};
use crate::parse::structure::heading::{Heading, Style, number};
use crate::rules::{Options, Scope};

/// `heading-number-out-of-order`.
pub const NUMBERS: Kind = Kind {
    name: "heading-number-out-of-order",
    scope: Scope::Document,
    fields: &["number", "expected", "last", "count"],
    variants: &["repeated", "unnumbered"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Numbers) as Box<dyn Check>),
};

/// More slips than this, or one heading in four, are a text whose headings were not all recognised.
const MOST: usize = 3;
/// A gap wider than this is no slip of numbering.
const GAP: u32 = 3;

struct Numbers;

impl Check for Numbers {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let headings = &cx.facts.structure.headings;
        let mut found = Vec::new();
        for style in [Style::Arabic, Style::Han, Style::Chapter] {
            let row: Vec<&Heading> = headings.iter().filter(|h| h.style == style).collect();
            // Arabic numbers below Chinese ones begin again and again
            let nested = style == Style::Arabic && headings.iter().any(|h| h.style != Style::Arabic);
            if row.len() >= 3 && !nested {
                slips(cx, &row, &mut found);
            }
        }
        if found.len() > MOST || found.len() * 4 > headings.len() {
            if !found.is_empty() {
                out.abstain("many", vec![arg("count", found.len())]);
            }
            return;
        }
        for finding in found {
            out.push(finding);
        }
        if let Some(finding) = unnumbered(cx) {
            out.push(finding);
        }
    }
}

/// The one section whose own number was lost, while those of its parts and of its neighbours stand.
fn unnumbered(cx: &Context<'_>) -> Option<Finding> {
    let headings = &cx.facts.structure.headings;
    let arabic = || headings.iter().filter(|h| h.style == Style::Arabic);
    let chapter = |n: u32| arabic().find(|h| h.path == [n]);
    let mut bare = headings
        .iter()
        .enumerate()
        .filter(|(_, h)| h.style == Style::Arabic && h.path.len() == 2 && h.path[1] == 1)
        .filter(|(_, h)| chapter(h.path[0]).is_none());
    let (at, part) = bare.next()?;
    let number = part.path[0];
    let after = chapter(number + 1)?;
    // more than one: the sections of this text carry no numbers
    if bare.next().is_some() || after.span < part.span || number > 1 && chapter(number - 1).is_none() {
        return None;
    }
    let from = at.checked_sub(1).map_or(0, |before| headings[before].block + 1);
    let order = cx.document.reading_order();
    let title = order.get(from..part.block)?.iter().rfind(|block| block.kind == BlockKind::Heading)?;
    Some(
        cx.finding(title.span)
            .variant("unnumbered")
            .confidence(Confidence::Medium)
            .arg("expected", number.to_string())
            .arg("number", cx.slice(part.span))
            .arg("last", cx.slice(after.span))
            .related(cx.place(part.span), vec![arg("last", cx.slice(part.span))])
            .labelled(cx.place(after.span), "again", vec![arg("last", cx.slice(after.span))]),
    )
}

fn slips(cx: &Context<'_>, row: &[&Heading], out: &mut Vec<Finding>) {
    for pair in row.windows(2) {
        let (last, next) = (&pair[0].path, &pair[1].path);
        let depth = next.len();
        let show = |path: &[u32]| match (pair[1].style, path) {
            (Style::Arabic, _) | (_, [] | [_, _, ..]) => {
                path.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
            }
            (_, [n]) => chinese_numeral(*n),
        };
        let finding = || {
            cx.finding(pair[1].span)
                .confidence(Confidence::Medium)
                .arg("number", cx.slice(pair[1].span))
                .arg("last", cx.slice(pair[0].span))
                .related(cx.place(pair[0].span), vec![arg("last", cx.slice(pair[0].span))])
        };
        if next == last && depth > 1 || depth == 1 && next == last && next[0] > 0 {
            out.push(finding().variant("repeated"));
            continue;
        }
        // the parents agree, and the last number goes up by more than one
        let before = if depth <= last.len() { last[depth - 1] } else { 0 };
        let parents = depth <= last.len() + 1 && next[..depth - 1] == last[..(depth - 1).min(last.len())];
        if !parents || next[depth - 1] <= before + 1 || next[depth - 1] - before > GAP {
            continue;
        }
        let mut expected = next.clone();
        expected[depth - 1] = before + 1;
        // the missing one may stand where the reader saw no heading
        if stands_between(cx, pair[0], pair[1], &expected) {
            continue;
        }
        out.push(finding().arg("expected", show(&expected)));
    }
}

/// One to ninety-nine in Chinese numerals.
fn chinese_numeral(n: u32) -> String {
    let digit = |d: u32| "一二三四五六七八九".chars().nth(d.saturating_sub(1) as usize).filter(|_| d > 0);
    let tens: String = match n / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        t => digit(t).into_iter().chain(['十']).collect(),
    };
    tens.chars().chain(digit(n % 10)).collect()
}

fn stands_between(cx: &Context<'_>, last: &Heading, next: &Heading, expected: &[u32]) -> bool {
    let order = cx.document.reading_order();
    let shown = expected.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
    let han = expected.last().map_or_else(String::new, |n| format!("{}、", chinese_numeral(*n)));
    order.get(last.block..next.block).unwrap_or_default().iter().any(|block| {
        let text = cx.slice(block.span);
        let starts = number(text.trim_start()).is_some_and(|(_, path, _)| path == expected);
        // run into the paragraph before it: `…。2.3 途径`
        let inside = block.kind == BlockKind::Paragraph
            && [
                format!(" {shown} "),
                format!("。{shown} "),
                format!("。{shown}"),
                format!("\u{3000}{shown}\u{3000}"),
            ]
            .iter()
            .any(|form| text.contains(form.as_str()));
        starts || inside || next.style == Style::Han && text.contains(han.as_str())
    })
}
