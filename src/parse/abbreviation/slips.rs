//! Likely slips: an unknown form one slip away from a defined or frequent one.

use super::forms::{Definition, Form};
use super::hash::Map;
use super::shape::{key, singular};
use super::tables::Tables;
use super::tokens::{components, tokens};
use super::{Abbreviations, squash};
use crate::document::{BlockKind, Document, Span, Zone};
use crate::finding::Confidence;

/// Characters that printing and reading take for one another; pairs of look-alikes of Latin type.
const LOOK_ALIKES: [(char, char); 18] = [
    ('C', 'G'),
    ('O', 'Q'),
    ('O', '0'),
    ('o', '0'),
    ('O', 'D'),
    ('I', 'l'),
    ('I', '1'),
    ('l', '1'),
    ('S', '5'),
    ('B', '8'),
    ('Z', '2'),
    ('E', 'F'),
    ('U', 'V'),
    ('V', 'Y'),
    ('P', 'R'),
    ('c', 'e'),
    ('M', 'N'),
    ('D', '0'),
];

/// A form that is probably another one.
#[derive(Debug, Clone)]
pub struct Slip {
    /// Its key.
    pub key: String,
    /// Its spelling.
    pub text: String,
    /// The form that was meant.
    pub likely: String,
    /// Which kind of slip.
    pub variant: &'static str,
    /// Where it stands, in order.
    pub places: Vec<Span>,
    /// Where the right form stands first.
    pub right: Span,
    /// How sure.
    pub confidence: Confidence,
}

/// A form that others may be slips of, with its spellings as characters.
struct Target<'a> {
    form: &'a Form,
    count: usize,
    spellings: Vec<Vec<char>>,
}

/// All likely slips of a document.
pub fn find(document: &Document, tables: &Tables, facts: &Abbreviations) -> Vec<Slip> {
    let chars = |text: &str| -> Vec<char> { singular(text).chars().collect() };
    let targets: Vec<Target<'_>> = facts
        .forms
        .iter()
        .filter(|form| !form.spellings.is_empty())
        .map(|form| (form, form.count()))
        .filter(|(form, count)| {
            !form.definitions.is_empty() || *count >= 2 && !tables.known.contains(&form.key.to_uppercase())
        })
        .map(|(form, count)| {
            let spellings = form.spellings.iter().map(|spelling| chars(&spelling.text)).collect();
            Target { form, count, spellings }
        })
        .collect();
    let cx = Reading { document, tables, facts };
    let mut slips: Vec<Slip> = facts.forms.iter().filter_map(|form| slip_of(&cx, form, &targets)).collect();
    let parts: Vec<Slip> =
        facts.forms.iter().filter_map(|form| slip_in_compound(&cx, form, &targets)).collect();
    for part in parts {
        let inside = |place: &Span| slips.iter().any(|slip| slip.places.iter().any(|p| p.overlaps(*place)));
        if !part.places.iter().any(inside) {
            slips.push(part);
        }
    }
    elsewhere(&cx, &targets, &mut slips);
    slips
}

/// A part of a compound, with two letters of a defined form swapped: `TRC-T` where TCR is defined.
fn slip_in_compound(cx: &Reading<'_>, form: &Form, targets: &[Target<'_>]) -> Option<Slip> {
    let spelling = form.spellings.first()?;
    if !form.definitions.is_empty()
        || form.spellings.iter().any(|s| s.whole().next().is_some())
        || spelling.text.len() < 3
    {
        return None;
    }
    let uses: usize = form.spellings.iter().map(|s| s.uses.len()).sum();
    let chars: Vec<char> = singular(&spelling.text).chars().collect();
    // a form the field knows is itself, but once beside a form that the text lives on
    let listed = cx.tables.lexicon.of_key(&form.key).next().is_some();
    let least = if listed { 5 } else { 1 };
    for target in targets.iter().filter(|target| !target.form.definitions.is_empty()) {
        if target.count < least || listed && uses > 1 {
            continue;
        }
        let often: usize = target.form.spellings.iter().map(|s| s.uses.len()).sum();
        let meant = target.spellings.iter().zip(&target.form.spellings);
        let swapped = meant.into_iter().find(|(right, _)| slip(&chars, right) == Some("transposed"));
        let Some((_, right)) = swapped.filter(|_| uses * 2 <= often) else { continue };
        return Some(Slip {
            key: form.key.clone(),
            text: spelling.text.clone(),
            likely: likely(&spelling.text, &right.text),
            variant: "transposed",
            places: spelling.uses.iter().map(|u| u.span).collect(),
            right: cx.facts.definitions_of(target.form).next()?.short_span,
            confidence: Confidence::Medium,
        });
    }
    None
}

/// Defined forms of four capitals or more with two letters swapped, in the parts of a text where uses
/// are not counted: the reference list, acknowledgements, front matter.
fn elsewhere(cx: &Reading<'_>, targets: &[Target<'_>], slips: &mut Vec<Slip>) {
    let capitals =
        |text: &str| (4..=10).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase());
    let sorted = |text: &str| {
        let mut letters = text.as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    let mut by_letters: Map<Vec<u8>, (&Target<'_>, &str)> = Map::default();
    for target in targets.iter().filter(|t| !t.form.definitions.is_empty() && t.count >= 2) {
        for spelling in &target.form.spellings {
            let stem = singular(&spelling.text);
            if capitals(stem) {
                by_letters.insert(sorted(stem), (target, stem));
            }
        }
    }
    if by_letters.is_empty() {
        return;
    }
    for block in cx.document.blocks() {
        if !matches!(block.zone(), Zone::References | Zone::Back | Zone::Front)
            || block.kind == BlockKind::Authors
        {
            continue;
        }
        let text = cx.document.slice(block.span);
        let parts = tokens(text).into_iter().flat_map(|span| {
            let parts = components(&text[span.range()]);
            parts.map(move |(at, part)| Span::new(span.start + at, span.start + at + part.len()))
        });
        for span in parts {
            let token = &text[span.range()];
            let stem = singular(token);
            if !capitals(stem) || cx.tables.known.contains(stem) || cx.tables.lexicon.lists(stem) {
                continue;
            }
            let Some((target, right)) = by_letters.get(&sorted(stem)) else { continue };
            let (a, b): (Vec<char>, Vec<char>) = (stem.chars().collect(), right.chars().collect());
            let known = cx.facts.form(&key(stem)).is_some();
            if known || slip(&a, &b) != Some("transposed") {
                continue;
            }
            let Some(definition) = cx.facts.definitions_of(target.form).next() else { continue };
            slips.push(Slip {
                key: key(stem),
                text: token.to_owned(),
                likely: likely(token, right),
                variant: "transposed",
                places: vec![span.shift(block.span.start)],
                right: definition.short_span,
                confidence: Confidence::Medium,
            });
        }
    }
}

/// What a form is judged by.
struct Reading<'a> {
    document: &'a Document,
    tables: &'a Tables,
    facts: &'a Abbreviations,
}

fn slip_of(cx: &Reading<'_>, form: &Form, targets: &[Target<'_>]) -> Option<Slip> {
    let facts = cx.facts;
    let lexicon = &cx.tables.lexicon;
    if form.spellings.is_empty() {
        return None;
    }
    let text = form.usual().text.as_str();
    let chars: Vec<char> = singular(text).chars().collect();
    if !(3..=16).contains(&text.chars().count()) || text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let free = cx.tables.known.contains(singular(text));
    let count = form.spellings.iter().flat_map(|s| s.whole()).count();
    if count == 0 {
        return None;
    }
    for target in targets {
        let meant = target
            .spellings
            .iter()
            .zip(&target.form.spellings)
            .find_map(|(right, spelling)| slip(&chars, right).map(|variant| (variant, spelling)));
        let Some((variant, right)) = meant.filter(|_| target.form.key != form.key) else { continue };
        // what everybody knows is itself, but once beside a defined form that the text lives on
        if free
            && !(variant == "transposed"
                && count == 1
                && target.count >= 4
                && !target.form.definitions.is_empty())
        {
            continue;
        }
        let listed = lexicon.of_key(&form.key).next().is_some();
        let defined = !target.form.definitions.is_empty();
        let mut own = facts.definitions_of(form).filter(|d| !d.listed).peekable();
        if own.peek().is_some() {
            // defined itself: only when its long form is the other one's
            let same = variant != "letter-lost" && own.any(|d| names(cx, d, target.form));
            // defined, never used, while its letters are used in another order: the definition has the slip
            let orphan = variant == "transposed" && form.count() == 0 && !defined && target.count >= 2;
            if !same && !orphan {
                continue;
            }
        } else {
            let often = target.count + usize::from(defined);
            let rare = if variant == "transposed" {
                count * 2 <= often || count == 1 && defined
            } else {
                count <= often
            };
            // in a compound once, and its right form only in compounds: TRC-T beside TCR-T
            let rare = rare
                || variant == "transposed"
                    && count == 1
                    && target.form.uses().len() >= 2
                    && text.contains('-');
            // a form the field knows is another form, unless it is met once beside a defined one
            if !rare || listed && !(variant == "transposed" && count == 1 && defined && target.count >= 2) {
                continue;
            }
            // a shorter form is often another form: met once, beside one that the text lives on
            let often = if singular(&right.text).chars().count() >= 5 { 3 } else { 8 };
            if variant == "letter-lost" && !(defined && count == 1 && target.count >= often) {
                continue;
            }
            if variant == "look-alike" && !defined && count > 1 && target.count < 4 * count {
                continue;
            }
        }
        let mut places: Vec<Span> = form.spellings.iter().flat_map(|s| s.whole()).map(|u| u.span).collect();
        places.sort();
        let same = facts.definitions_of(form).next().is_some();
        let first = right.uses.first().map(|u| u.span)?;
        return Some(Slip {
            key: form.key.clone(),
            likely: likely(text, &right.text),
            variant: if same && defined { "same-long-form" } else { variant },
            places,
            right: facts.definitions_of(target.form).next().map_or(first, |d| d.short_span),
            confidence: if defined { Confidence::High } else { Confidence::Medium },
            text: text.to_owned(),
        });
    }
    if free { None } else { from_lexicon(cx, form, text, count) }
}

/// The likely form keeps the plural s of the slip.
fn likely(text: &str, right: &str) -> String {
    let stem = singular(right);
    if singular(text).len() < text.len() { format!("{stem}s") } else { stem.to_owned() }
}

/// A definition's long form is the target's, by the text itself or by the lexicon.
fn names(cx: &Reading<'_>, definition: &Definition, target: &Form) -> bool {
    let facts = cx.facts;
    let lexicon = &cx.tables.lexicon;
    let en = definition.en.map(|span| squash(cx.document.slice(span)));
    let zh = definition.zh.map(|span| squash(cx.document.slice(span)));
    let by_text = facts.definitions_of(target).any(|other| {
        en.is_some() && other.en.map(|span| squash(cx.document.slice(span))) == en
            || zh.is_some() && other.zh.map(|span| squash(cx.document.slice(span))) == zh
    });
    by_text
        || lexicon.of_key(&target.key).any(|entry| {
            entry.en.iter().any(|name| Some(squash(name)) == en)
                || entry.zh.iter().any(|name| Some(squash(name)) == zh)
        })
}

/// A letter for a digit, where the lexicon knows the form with the digit (`Rapl` for `Rap1`).
fn from_lexicon(cx: &Reading<'_>, form: &Form, text: &str, count: usize) -> Option<Slip> {
    let lexicon = &cx.tables.lexicon;
    if count > 3 || !form.definitions.is_empty() || lexicon.of_key(&form.key).next().is_some() {
        return None;
    }
    let last = text.chars().last()?;
    let digit = match last {
        'l' | 'I' => '1',
        'O' | 'o' => '0',
        'S' => '5',
        'Z' => '2',
        'B' => '8',
        _ => return None,
    };
    let stem = &text[..text.len() - last.len_utf8()];
    let candidate = format!("{stem}{digit}");
    if !lexicon.lists(&candidate) || key(&candidate) == form.key {
        return None;
    }
    let mut places: Vec<Span> = form.spellings.iter().flat_map(|s| s.whole()).map(|u| u.span).collect();
    places.sort();
    let right = *places.first()?;
    Some(Slip {
        key: form.key.clone(),
        text: text.to_owned(),
        likely: candidate,
        variant: "look-alike",
        places,
        right,
        confidence: Confidence::Medium,
    })
}

/// How one text may come from another by one slip.
fn slip(text: &[char], right: &[char]) -> Option<&'static str> {
    if text.len() + 1 == right.len() && text.len() >= 3 {
        return letter_lost(text, right).then_some("letter-lost");
    }
    // one slip leaves one of the ends as it was
    let ends = text.first() == right.first() || text.last() == right.last();
    if text.len() != right.len() || text.len() < 2 || !ends && text.len() > 2 {
        return None;
    }
    let mut differing = (0..text.len()).filter(|i| text[*i] != right[*i]);
    match (differing.next(), differing.next(), differing.next()) {
        (Some(i), Some(j), None) if j == i + 1 && text[i] == right[j] && text[j] == right[i] => {
            let letters = text[i].is_alphabetic() && text[j].is_alphabetic();
            (letters && (text.len() > 2 || text.iter().all(char::is_ascii))).then_some("transposed")
        }
        (Some(i), None, None) => {
            let pair = |x: char, y: char| LOOK_ALIKES.contains(&(x, y)) || LOOK_ALIKES.contains(&(y, x));
            // the number of a family member is no slip: IL-1 is not IL-I, E2F1 not E2Fl
            let digits = text[i].is_ascii_digit() && right[i].is_ascii_digit();
            (!digits && text.len() > 2 && pair(text[i], right[i])).then_some("look-alike")
        }
        _ => None,
    }
}

/// One capital inside `right` is missing.
fn letter_lost(text: &[char], right: &[char]) -> bool {
    let capitals = |list: &[char]| list.iter().all(char::is_ascii_uppercase);
    let same = text.iter().zip(right).take_while(|(a, b)| a == b).count();
    capitals(text)
        && capitals(right)
        && same >= 1
        && same + 1 < right.len()
        && text[same..] == right[same + 1..]
}
