//! Numbers of headings.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::BlockKind;
use crate::engine::Sink;
use crate::finding::{Confidence, Finding, arg};
use crate::parse::structure::heading::{Heading, Style, number};
use crate::rules::{Options, Scope};
use std::collections::{BTreeSet, HashMap};

/// `heading-number-out-of-order`.
pub const NUMBERS: Kind = Kind {
    name: "heading-number-out-of-order",
    scope: Scope::Document,
    fields: &["number", "expected", "last", "count"],
    variants: &["repeated", "parent", "style", "unnumbered"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Numbers) as Box<dyn Check>),
};

/// More slips than this, or one heading in four, are a text whose headings were not all recognised.
const MOST: usize = 3;
/// A gap wider than this is no slip of numbering.
const GAP: u32 = 3;
/// Fewest headings of one kind that make a row.
const ROW: usize = 3;

struct Numbers;

impl Check for Numbers {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let headings = &cx.facts.structure.headings;
        let mut found = Vec::new();
        // One heading numbered as no other is: its neighbours' row goes on over it.
        let odd = strangers(headings);
        for index in &odd {
            let (last, next) = (&headings[index - 1], &headings[*index]);
            found.push(finding(cx, last, next).variant("style"));
        }
        let row: Vec<&Heading> =
            headings.iter().enumerate().filter(|(index, _)| !odd.contains(index)).map(|(_, h)| h).collect();
        slips(cx, &row, !odd.is_empty(), &mut found);
        if found.len() > MOST || found.len() > 1 && found.len() * 4 > headings.len() {
            out.abstain("many", vec![arg("count", found.len())]);
            return;
        }
        found.sort_by_key(|finding| finding.place.range.start.byte);
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

/// Places in the list whose heading is numbered in another style than the one before and the one after, and
/// holds the number between theirs.
fn strangers(headings: &[Heading]) -> BTreeSet<usize> {
    let one = |h: &Heading| match h.path.as_slice() {
        [n] => Some(*n),
        _ => None,
    };
    let mut counts = [0; 5];
    for heading in headings.iter().filter(|h| h.path.len() == 1) {
        counts[rank(heading.style)] += 1;
    }
    let fits = |index: usize| {
        let (a, b, c) = (&headings[index - 1], &headings[index], &headings[index + 1]);
        let (Some(x), Some(y), Some(z)) = (one(a), one(b), one(c)) else { return false };
        // `一、` with `1、 2、` below it is no stranger
        let lone = counts[rank(b.style)] == 1;
        lone && a.style == c.style && a.style != b.style && y == x + 1 && z == y + 1
    };
    (1..headings.len().saturating_sub(1)).filter(|index| fits(*index)).collect()
}

/// How high a style stands: what is higher begins those below anew. Arabic numbers of several levels are one.
fn rank(style: Style) -> usize {
    match style {
        Style::Chapter => 0,
        Style::Roman => 1,
        Style::Han => 2,
        Style::HanBracket => 3,
        Style::Arabic => 4,
    }
}

/// The state of one style: the heading before, and every number given since the row began.
#[derive(Default)]
struct Row<'h> {
    last: Option<&'h Heading>,
    path: Vec<u32>,
    used: HashMap<&'h [u32], &'h Heading>,
    /// The last one was a repeat: the next may skip its number.
    after_repeat: bool,
}

fn slips(cx: &Context<'_>, headings: &[&Heading], odd: bool, out: &mut Vec<Finding>) {
    let mut rows: [Row<'_>; 5] = Default::default();
    let mut counts = [usize::from(odd); 5];
    for heading in headings {
        counts[rank(heading.style)] += 1;
    }
    for next in headings {
        let rank = rank(next.style);
        for row in &mut rows[rank + 1..] {
            *row = Row::default();
        }
        if counts[rank] < ROW {
            continue;
        }
        step(cx, next, &mut rows[rank], out);
    }
}

fn finding(cx: &Context<'_>, last: &Heading, next: &Heading) -> Finding {
    cx.finding(next.span)
        .confidence(Confidence::Medium)
        .arg("number", cx.slice(next.span))
        .arg("last", cx.slice(last.span))
        .related(cx.place(last.span), vec![arg("last", cx.slice(last.span))])
}

fn step<'h>(cx: &Context<'_>, next: &'h Heading, row: &mut Row<'h>, out: &mut Vec<Finding>) {
    let path = &next.path;
    let depth = path.len();
    let Some(last) = row.last else {
        row.begin(next);
        return;
    };
    let here = row.path.clone();
    // a new row: 1 again, or 0
    if depth == 1 && path[0] <= 1 && here != *path {
        row.begin(next);
        return;
    }
    if let Some(twin) = row.used.get(path.as_slice())
        && path[depth - 1] > 0
    {
        out.push(finding(cx, twin, next).variant("repeated"));
        row.last = Some(next);
        row.after_repeat = true;
        // `1 2 3 2 5`: the second 2 stands for 4
        if here != *path && here.len() == depth {
            row.path[depth - 1] += 1;
        }
        return;
    }
    // `2.2` between `3.1` and `3.3`
    let stray = depth > 1
        && here.len() == depth
        && path[0] + 1 == here[0]
        && path[1..depth - 1] == here[1..depth - 1]
        && path[depth - 1] == here[depth - 1] + 1;
    if stray {
        let mut expected = path.clone();
        expected[0] = here[0];
        out.push(finding(cx, last, next).variant("parent").arg("expected", show(next.style, &expected)));
        row.path = expected;
        row.last = Some(next);
        return;
    }
    // the parents agree, and the last number goes up by more than one
    let before = if depth <= here.len() { here[depth - 1] } else { 0 };
    let parents = depth <= here.len() + 1 && path[..depth - 1] == here[..(depth - 1).min(here.len())];
    let allowed = before + 1 + u32::from(row.after_repeat);
    if parents && path[depth - 1] > allowed && path[depth - 1] - before <= GAP {
        let mut expected = path.clone();
        expected[depth - 1] = before + 1;
        // the missing one may stand where the reader saw no heading
        if !stands_between(cx, last, next, &expected) {
            out.push(finding(cx, last, next).arg("expected", show(next.style, &expected)));
        }
    }
    row.go_on(next);
}

impl<'h> Row<'h> {
    fn begin(&mut self, next: &'h Heading) {
        *self = Row::default();
        self.go_on(next);
    }

    fn go_on(&mut self, next: &'h Heading) {
        self.last = Some(next);
        self.path.clone_from(&next.path);
        self.used.insert(&next.path, next);
        self.after_repeat = false;
    }
}

/// A number as a heading of this style prints it.
fn show(style: Style, path: &[u32]) -> String {
    match (style, path) {
        (Style::Han | Style::HanBracket | Style::Chapter, [n]) => chinese_numeral(*n),
        (Style::Roman, [n]) => roman_numeral(*n),
        _ => path.iter().map(u32::to_string).collect::<Vec<_>>().join("."),
    }
}

/// One to thirty-nine in Roman numerals.
fn roman_numeral(n: u32) -> String {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    "X".repeat((n / 10) as usize) + ONES[(n % 10) as usize]
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
