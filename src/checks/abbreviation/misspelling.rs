//! `likely-misspelt-short-form`: an unknown form one slip away from a defined or frequent one.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::{Confidence, Safety, Severity, arg};
use crate::parse::abbreviation::{Form, key, singular, squash};
use crate::rules::Scope;

/// Two letters swapped, or one read for another.
pub const KIND: Kind = Kind {
    name: "likely-misspelt-short-form",
    scope: Scope::Document,
    fields: &["short", "likely", "uses"],
    variants: &["transposed", "look-alike", "letter-lost", "same-long-form"],
    build: |options| options.read::<NoOptions>().map(|_| Box::new(Misspelling) as Box<dyn Check>),
};

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

struct Misspelling;

/// A form that is probably another one.
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

impl Check for Misspelling {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for slip in find(cx) {
            let Some(first) = slip.places.first() else { continue };
            let mut finding = cx
                .finding(*first)
                .variant(slip.variant)
                .confidence(slip.confidence)
                .arg("short", slip.text.as_str())
                .arg("likely", slip.likely.as_str())
                .arg("uses", slip.places.len())
                .fix(cx.document, Safety::Unsafe, *first, slip.likely.clone());
            finding.severity = Severity::Warning;
            for place in slip.places.iter().skip(1).take(12) {
                finding = finding.labelled(cx.place(*place), "again", vec![arg("short", slip.text.as_str())]);
            }
            out.push(finding.related(cx.place(slip.right), vec![arg("short", slip.likely.as_str())]));
        }
    }
}

/// All likely slips of a document.
pub fn find(cx: &Context<'_>) -> Vec<Slip> {
    let facts = &cx.facts.abbreviations;
    let mut slips = Vec::new();
    let targets: Vec<&Form> = facts
        .forms
        .iter()
        .filter(|form| {
            let known = cx.data.abbreviation.known.contains(&form.key.to_uppercase());
            let frequent = form.count() >= 2 && !known;
            !form.spellings.is_empty() && (!form.definitions.is_empty() || frequent)
        })
        .collect();
    for form in &facts.forms {
        if let Some(slip) = slip_of(cx, form, &targets) {
            slips.push(slip);
        }
    }
    slips
}

fn slip_of(cx: &Context<'_>, form: &Form, targets: &[&Form]) -> Option<Slip> {
    let facts = &cx.facts.abbreviations;
    let lexicon = &cx.data.abbreviation.lexicon;
    if form.spellings.is_empty() {
        return None;
    }
    let text = form.usual().text.clone();
    let length = text.chars().count();
    if !(3..=16).contains(&length)
        || text.starts_with(|c: char| c.is_ascii_digit())
        || cx.data.abbreviation.known.contains(singular(&text))
    {
        return None;
    }
    let listed = lexicon.of_key(&form.key).next().is_some();
    let count = form.spellings.iter().flat_map(|s| s.whole()).count();
    if count == 0 {
        return None;
    }
    for target in targets {
        if target.key == form.key {
            continue;
        }
        let meant = target.spellings.iter().find_map(|spelling| {
            slip(singular(&text), singular(&spelling.text)).map(|variant| (variant, spelling))
        });
        let Some((variant, right)) = meant else { continue };
        let defined = !target.definitions.is_empty();
        let mut own = facts.definitions_of(form).filter(|d| !d.listed).peekable();
        if own.peek().is_some() {
            // defined itself: only when its long form is the other one's
            let same = variant != "letter-lost" && own.any(|d| names(cx, d, target));
            // defined, never used, while its letters are used in another order: the definition has the slip
            let orphan = variant == "transposed" && form.count() == 0 && !defined && target.count() >= 2;
            if !same && !orphan {
                continue;
            }
        } else {
            let often = target.count() + usize::from(defined);
            let rare = if variant == "transposed" {
                count * 2 <= often || count == 1 && defined
            } else {
                count <= often
            };
            // a form the field knows is another form, unless it is met once beside a defined one
            if !rare || listed && !(variant == "transposed" && count == 1 && defined && target.count() >= 2) {
                continue;
            }
            // a shorter form is often another form: met once, beside one that the text lives on
            let often = if singular(&right.text).chars().count() >= 5 { 3 } else { 8 };
            if variant == "letter-lost" && !(defined && count == 1 && target.count() >= often) {
                continue;
            }
            if variant == "look-alike" && !defined && count > 1 && target.count() < 4 * count {
                continue;
            }
        }
        let mut places: Vec<Span> = form.spellings.iter().flat_map(|s| s.whole()).map(|u| u.span).collect();
        places.sort();
        let same = facts.definitions_of(form).next().is_some();
        let first = right.uses.first().map(|u| u.span)?;
        return Some(Slip {
            key: form.key.clone(),
            likely: likely(&text, &right.text),
            variant: if same && defined { "same-long-form" } else { variant },
            places,
            right: facts.definitions_of(target).next().map_or(first, |d| d.short_span),
            confidence: if defined { Confidence::High } else { Confidence::Medium },
            text,
        });
    }
    from_lexicon(cx, form, &text, count)
}

/// The likely form keeps the plural s of the slip.
fn likely(text: &str, right: &str) -> String {
    let stem = singular(right);
    if singular(text).len() < text.len() { format!("{stem}s") } else { stem.to_owned() }
}

/// A definition's long form is the target's, by the text itself or by the lexicon.
fn names(cx: &Context<'_>, definition: &crate::parse::abbreviation::Definition, target: &Form) -> bool {
    let facts = &cx.facts.abbreviations;
    let lexicon = &cx.data.abbreviation.lexicon;
    let en = definition.en.map(|span| squash(cx.slice(span)));
    let zh = definition.zh.map(|span| squash(cx.slice(span)));
    let by_text = facts.definitions_of(target).any(|other| {
        en.is_some() && other.en.map(|span| squash(cx.slice(span))) == en
            || zh.is_some() && other.zh.map(|span| squash(cx.slice(span))) == zh
    });
    by_text
        || lexicon.of_key(&target.key).any(|entry| {
            entry.en.iter().any(|name| Some(squash(name)) == en)
                || entry.zh.iter().any(|name| Some(squash(name)) == zh)
        })
}

/// A letter for a digit, where the lexicon knows the form with the digit (`Rapl` for `Rap1`).
fn from_lexicon(cx: &Context<'_>, form: &Form, text: &str, count: usize) -> Option<Slip> {
    let lexicon = &cx.data.abbreviation.lexicon;
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

/// How `text` may come from `right` by one slip.
fn slip(text: &str, right: &str) -> Option<&'static str> {
    let (a, b): (Vec<char>, Vec<char>) = (text.chars().collect(), right.chars().collect());
    if a.len() + 1 == b.len() && a.len() >= 3 {
        return letter_lost(&a, &b).then_some("letter-lost");
    }
    if a.len() != b.len() || a.len() < 2 {
        return None;
    }
    let differing: Vec<usize> = (0..a.len()).filter(|i| a[*i] != b[*i]).collect();
    match differing.as_slice() {
        [i, j] if *j == i + 1 && a[*i] == b[*j] && a[*j] == b[*i] => {
            let letters = a[*i].is_alphabetic() && a[*j].is_alphabetic();
            (letters && (a.len() > 2 || text.is_ascii())).then_some("transposed")
        }
        [i] => {
            let pair = |x: char, y: char| LOOK_ALIKES.contains(&(x, y)) || LOOK_ALIKES.contains(&(y, x));
            // the number of a family member is no slip: IL-1 is not IL-I, E2F1 not E2Fl
            let digits = a[*i].is_ascii_digit() && b[*i].is_ascii_digit();
            (!digits && a.len() > 2 && pair(a[*i], b[*i])).then_some("look-alike")
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
