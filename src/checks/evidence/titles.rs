//! Statements against the title of the one work they cite.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Span, is_han};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::citation::Marker;
use crate::parse::reference::Entry;
use crate::rules::{Options, Scope};

/// Species, model or cell source that the title excludes.
pub const WORDS: Kind = Kind {
    name: "statement-against-title",
    scope: Scope::Document,
    fields: &["said", "titled", "kind", "number"],
    variants: &["source", "agent"],
    build: |options| boxed(options, Words),
};

/// A symbol that the title spells another way, by a confusion of characters.
pub const SYMBOLS: Kind = Kind {
    name: "symbol-against-title",
    scope: Scope::Document,
    fields: &["said", "titled", "number"],
    variants: &[],
    build: |options| boxed(options, Symbols),
};

fn boxed(options: Options<'_>, check: impl Check + 'static) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(check))
}

/// Longest stretch that is taken for the statement of one citation, in bytes.
const LONGEST: usize = 900;

/// What is said of one cited work.
struct Statement<'a> {
    span: Span,
    number: u32,
    title: Span,
    /// The authors stand right before the marker: what follows is theirs.
    led: bool,
    text: &'a str,
}

/// The statements that cite exactly one work whose title is known.
fn statements<'a>(cx: &Context<'a>) -> Vec<Statement<'a>> {
    let markers = &cx.facts.citations.markers;
    let mut out = Vec::new();
    for (n, marker) in markers.iter().enumerate() {
        if !marker.in_order() {
            continue;
        }
        let mut numbers = marker.numbers();
        let (Some(number), None) = (numbers.next(), numbers.next()) else { continue };
        let Some(entry) = entry(cx, marker, number) else { continue };
        let Some(title) = entry.work.title.as_ref() else { continue };
        let Some((span, led)) = segment(cx, markers, n) else { continue };
        out.push(Statement { span, number, title: title.span, led, text: cx.document.slice(span) });
    }
    out
}

fn entry<'a>(cx: &Context<'a>, marker: &Marker, number: u32) -> Option<&'a Entry> {
    let list = cx.facts.references.list_for(marker.span.start)?;
    let mut entries = list.numbered(number);
    let first = entries.next()?;
    entries.next().is_none().then_some(first)
}

/// The clause that a marker supports: after it when it follows the authors' names, before it otherwise;
/// never across another marker or a full stop.
fn segment(cx: &Context<'_>, markers: &[Marker], n: usize) -> Option<(Span, bool)> {
    let text = cx.document.text();
    let marker = &markers[n];
    let sentence = cx.facts.evidence.sentence_at(marker.span.start)?.span;
    let head = text.get(sentence.start..marker.span.start)?;
    if follows_authors(head) {
        let end = markers.get(n + 1).map_or(sentence.end, |next| next.span.start.min(sentence.end));
        let body = text.get(marker.span.end..end)?;
        let stop = body.find(['；', ';', '。']).unwrap_or(body.len());
        let stop = if end < sentence.end && stop == body.len() { last_clause(body) } else { stop };
        let span = Span::new(marker.span.end, marker.span.end + stop);
        return (span.len() > 6 && span.len() <= LONGEST).then_some((span, true));
    }
    let from = match n.checked_sub(1).and_then(|n| markers.get(n)) {
        Some(previous) if previous.span.end > sentence.start => previous.span.end,
        _ => sentence.start,
    };
    let body = text.get(from..marker.span.start)?;
    let from = from + body.rfind(['；', ';', '。']).map_or(0, |at| at + 1);
    let mut from = from;
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let span = Span::new(from, marker.span.start);
    // a statement led by other authors belongs to them
    let led = ["等", "et al"].iter().any(|word| cx.slice(span).contains(word));
    (span.len() > 6 && span.len() <= LONGEST && !led).then_some((span, false))
}

/// Cut before the last clause: it belongs to the next marker.
fn last_clause(body: &str) -> usize {
    body.rfind(['，', ',', '、']).unwrap_or(body.len())
}

/// `李明等`, `SMITH 等`, `Smith et al.`, `王某团队` right before the marker.
fn follows_authors(head: &str) -> bool {
    let head = head.trim_end_matches([' ', '^', '[', '［', '\u{a0}']);
    ["等", "等人", "团队", "课题组", "et al.", "et al", "学者", "colleagues", "coworkers"]
        .iter()
        .any(|word| head.ends_with(word))
}

struct Words;

impl Check for Words {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let table = &cx.data.evidence.words;
        for statement in statements(cx) {
            let title = cx.slice(statement.title);
            let said = table.find(statement.text);
            let titled = table.find(title);
            let mut found = false;
            for kind in (0..table.kinds()).filter(|kind| !table.is_for_titles(*kind)) {
                let Some((a, b)) = table.contradiction(kind, &said, &titled) else { continue };
                let place = a.span.shift(statement.span.start);
                let other = b.span.shift(statement.title.start);
                let finding = cx
                    .finding(place)
                    .confidence(Confidence::Medium)
                    .arg("said", cx.slice(place))
                    .arg("titled", cx.slice(other))
                    .arg("kind", table.kind_name(kind))
                    .arg("number", statement.number)
                    .related(cx.place(other), Vec::new());
                out.push(if kind < FIRM { finding } else { finding.variant("source") });
                found = true;
            }
            if !found && let Some((place, other)) = agent(&statement, title) {
                out.push(
                    cx.finding(place)
                        .variant("agent")
                        .confidence(Confidence::Medium)
                        .arg("said", cx.slice(place))
                        .arg("titled", cx.slice(other))
                        .arg("number", statement.number)
                        .related(cx.place(other), Vec::new()),
                );
            }
        }
    }
}

/// Kinds of the built-in table that leave no room: species and model. Sources are often named loosely.
const FIRM: u16 = 2;

const CELLS: &[&str] =
    &["间充质干细胞", "间充质基质细胞", "干细胞", "祖细胞", "mesenchymal stem cells", "stem cells", "MSCs"];
const VESICLES: &[&str] = &[
    "外泌",
    "囊泡",
    "微泡",
    "胞外体",
    "分泌物",
    "exo",
    "Exo",
    "vesicle",
    "EVs",
    "secretome",
    "条件培养",
    "旁分泌",
];

/// The statement credits cells, the title their vesicles: cells right at its beginning, no vesicle in it.
fn agent(statement: &Statement<'_>, title: &str) -> Option<(Span, Span)> {
    const TITLED: &[&str] =
        &["Exosomes", "exosomes", "Extracellular vesicles", "extracellular vesicles", "外泌体"];
    if !statement.led || VESICLES.iter().any(|word| statement.text.contains(word)) {
        return None;
    }
    // only titles about the vesicles themselves: they open with them
    let word = TITLED.iter().find(|word| title.starts_with(**word))?;
    let opening: usize = statement.text.char_indices().nth(24).map_or(statement.text.len(), |(at, _)| at);
    let (at, cells) = CELLS.iter().find_map(|cells| Some((statement.text[..opening].find(cells)?, cells)))?;
    let start = statement.span.start + at;
    Some((
        Span::new(start, start + cells.len()),
        Span::new(statement.title.start, statement.title.start + word.len()),
    ))
}

struct Symbols;

impl Check for Symbols {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for statement in statements(cx) {
            let title = cx.slice(statement.title);
            let titled: Vec<Span> = tokens(title).collect();
            let mut seen: Vec<&str> = Vec::new();
            for token in tokens(statement.text) {
                let said = &statement.text[token.range()];
                if seen.contains(&said) || titled.iter().any(|other| same(said, &title[other.range()])) {
                    continue;
                }
                let Some(other) = titled.iter().find(|other| confused(said, &title[other.range()])) else {
                    continue;
                };
                seen.push(said);
                let place = token.shift(statement.span.start);
                let other = other.shift(statement.title.start);
                let mut finding = cx
                    .finding(place)
                    .confidence(Confidence::Medium)
                    .arg("said", said)
                    .arg("titled", cx.slice(other))
                    .arg("number", statement.number)
                    .labelled(cx.place(other), "title", vec![arg("titled", cx.slice(other))]);
                for again in again(cx, place, said) {
                    finding = finding.related(cx.place(again), Vec::new());
                }
                out.push(finding);
            }
        }
    }
}

/// Other places of a symbol in its block.
fn again(cx: &Context<'_>, place: Span, said: &str) -> Vec<Span> {
    let Some(block) = cx.document.block_at(place.start) else { return Vec::new() };
    let text = cx.slice(block.span);
    text.match_indices(said)
        .map(|(at, _)| Span::new(at, at + said.len()).shift(block.span.start))
        .filter(|span| *span != place)
        .take(10)
        .collect()
}

/// Latin tokens of at least four characters that hold a letter and a digit, or a capital inside.
fn tokens(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        while at < bytes.len() {
            let start = at;
            while at < bytes.len() && (bytes[at].is_ascii_alphanumeric()) {
                at += 1;
            }
            if at > start {
                let word = &bytes[start..at];
                let letters = word.iter().filter(|b| b.is_ascii_alphabetic()).count();
                let digits = word.len() - letters;
                if word.len() >= 4 && letters >= 3 && digits >= 1 {
                    return Some(Span::new(start, at));
                }
            } else {
                at += 1;
            }
        }
        None
    })
}

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// Near in shape: with look-alikes folded the two are closer than as printed, and at most one apart.
fn confused(a: &str, b: &str) -> bool {
    if a.len().abs_diff(b.len()) > 1 || a.len() < 5 || !a.is_ascii() || a.chars().any(is_han) {
        return false;
    }
    let (x, y) = (fold(a), fold(b));
    let folded = strsim::levenshtein(&x, &y);
    let printed = strsim::levenshtein(&a.to_ascii_lowercase(), &b.to_ascii_lowercase());
    folded < printed && folded <= 1
}

/// Characters that are read for each other.
fn fold(word: &str) -> String {
    word.to_ascii_lowercase()
        .chars()
        .map(|c| match c {
            '1' | 'i' | 'l' => 'l',
            '0' | 'o' => 'o',
            '5' | 's' => 's',
            '8' | 'b' => 'b',
            '2' | 'z' => 'z',
            '9' | 'g' | 'q' => 'g',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes() {
        assert!(confused("Alkbh5", "AlkbhS"));
        assert!(confused("YTHD1F2", "YTHDIF2"));
        assert!(confused("Mett14", "Mettl4"));
        assert!(confused("Met17", "Mettl7"));
        assert!(!confused("RUNX2", "RUNX3"));
        assert!(!confused("SAMP6", "SAMP8"));
        assert!(!confused("CXCL12", "CXCL11"));
    }
}
