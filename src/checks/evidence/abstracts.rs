//! The Chinese abstract against the English one.

use super::close;
use super::skeleton::is_slip;
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Lang, Span, Zone};
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::evidence::number::number;
use crate::parse::evidence::{Form, Quantity, Relation};
use crate::rules::{Options, Scope};

/// The kind.
pub const KIND: Kind = Kind {
    name: "abstracts-against-each-other",
    scope: Scope::Document,
    fields: &["zh", "en"],
    variants: &["databases"],
    build,
};

struct Abstracts;

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(Abstracts))
}

/// What kind of number: only numbers of one kind are set against each other.
#[derive(Debug, Clone, PartialEq)]
enum Class {
    Measure(String),
    Percent,
    P(Relation),
    Plain,
    Decimal,
    Year,
}

struct Item {
    class: Class,
    values: Vec<f64>,
    span: Span,
}

/// Most numbers of one kind that may differ before the abstracts are simply different texts.
const MOST: usize = 2;

impl Check for Abstracts {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        super::databases::compare(cx, out);
        let zh = items(cx, Zone::AbstractZh);
        let en = items(cx, Zone::AbstractEn);
        if zh.is_empty() || en.is_empty() {
            return;
        }
        limits(cx, &zh, &en, out);
        let (zh_all, en_all) = (numbers(cx, Zone::AbstractZh), numbers(cx, Zone::AbstractEn));
        let only = |items: &[Item], others: &[f64]| -> Vec<usize> {
            (0..items.len())
                .filter(|n| {
                    !items[*n].values.iter().all(|value| others.iter().any(|other| close(*value, *other)))
                })
                .collect()
        };
        let (left, right) = (only(&zh, &en_all), only(&en, &zh_all));
        let mut classes: Vec<&Class> = Vec::new();
        for n in &left {
            if !classes.contains(&&zh[*n].class) {
                classes.push(&zh[*n].class);
            }
        }
        for class in classes {
            let of = |items: &[Item], which: &[usize]| -> Vec<Span> {
                which.iter().filter(|n| items[**n].class == *class).map(|n| items[*n].span).collect()
            };
            let (a, b) = (of(&zh, &left), of(&en, &right));
            // a number that only one abstract gives is an omission, not a contradiction, unless the other
            // gives nearly its digits
            let pairs: Vec<(&Span, &Span)> = if a.len() == b.len() && a.len() <= MOST {
                a.iter().zip(&b).collect()
            } else {
                let slip = |zh: &Span| b.iter().find(|en| is_slip(cx.slice(*zh), cx.slice(**en)));
                a.iter().filter_map(|zh| Some((zh, slip(zh)?))).take(MOST).collect()
            };
            for (zh, en) in pairs {
                out.push(
                    cx.finding(*zh)
                        .confidence(Confidence::Medium)
                        .arg("zh", cx.slice(*zh))
                        .arg("en", cx.slice(*en))
                        .related(cx.place(*en), Vec::new()),
                );
            }
        }
    }
}

/// `P<0.05` and `P<0.01`: in abstracts that give equally many, one place where they differ.
fn limits(cx: &Context<'_>, zh: &[Item], en: &[Item], out: &mut Sink) {
    let of = |items: &[Item]| -> Vec<(Span, Relation, f64)> {
        let p = items.iter().filter_map(|item| match item.class {
            Class::P(relation) => Some((item.span, relation, *item.values.first()?)),
            _ => None,
        });
        p.collect()
    };
    let (a, b) = (of(zh), of(en));
    if a.len() != b.len() || a.len() < 2 {
        return;
    }
    let mut differ = a.iter().zip(&b).filter(|(a, b)| a.1 != b.1 || !close(a.2, b.2));
    let (Some((zh, en)), None) = (differ.next(), differ.next()) else { return };
    // values that stand on one side only are reported with the other numbers
    if zh.1 == en.1
        && zh.1 != Relation::Equal
        && (a.iter().any(|p| close(p.2, en.2)) || b.iter().any(|p| close(p.2, zh.2)))
    {
        out.push(
            cx.finding(zh.0)
                .confidence(Confidence::Medium)
                .arg("zh", cx.slice(zh.0))
                .arg("en", cx.slice(en.0))
                .related(cx.place(en.0), Vec::new()),
        );
    }
}

/// The numbers of an abstract that carry a unit, a decimal or three digits.
fn items(cx: &Context<'_>, zone: Zone) -> Vec<Item> {
    let facts = &cx.facts.evidence;
    let units = &cx.data.evidence.units;
    let mut out = Vec::new();
    for sentence in facts.sentences.iter().filter(|sentence| sentence.zone == zone) {
        for quantity in facts.quantities_in(sentence.span) {
            let counted = units.dimension(&quantity.unit).is_some_and(|name| COUNTED.contains(&name));
            let people = units.dimension(&quantity.unit).is_some_and(|name| PEOPLE.contains(&name));
            let least = if people { SAID } else { 100.0 };
            let long = quantity.low.or(quantity.high).is_some_and(|value| value >= least);
            if matches!(quantity.form, Form::Label | Form::Years | Form::Decade) || (counted && !long) {
                continue;
            }
            let unit = units.show(&quantity.unit);
            let class = match unit.as_str() {
                "%" => Class::Percent,
                _ if counted => Class::Plain,
                _ => Class::Measure(units.dimension(&quantity.unit).map_or(unit, str::to_owned)),
            };
            out.push(Item { class, values: printed(quantity), span: quantity.core });
        }
        let inside = |span: Span| sentence.span.contains(span);
        for p in facts.p_values.iter().filter(|p| inside(p.span)) {
            out.push(Item { class: Class::P(p.relation), values: vec![p.number.value], span: p.span });
        }
        plain(cx, sentence.span, &mut out);
    }
    out
}

/// Years, and decimals without a unit, that are in no other item: ratios, intervals, coefficients.
fn plain(cx: &Context<'_>, sentence: Span, out: &mut Vec<Item>) {
    let text = cx.slice(sentence);
    let bytes = text.as_bytes();
    let known = out.len();
    let mut at = 0;
    while at < bytes.len() {
        let starts = bytes[at].is_ascii_digit()
            && !at.checked_sub(1).is_some_and(|before| {
                bytes[before].is_ascii_alphanumeric() || matches!(bytes[before], b'.' | b'-' | b'/')
            });
        let Some(found) = starts.then(|| number(text, at)).flatten() else {
            at += 1;
            continue;
        };
        let span = Span::new(at, at + found.len).shift(sentence.start);
        let year = found.len == 4 && found.is_year_like();
        let class = match (year, found.decimals) {
            (true, _) => Some(Class::Year),
            (false, 2..) => Some(Class::Decimal),
            _ => None,
        };
        if let Some(class) = class
            && !out[..known].iter().any(|item| item.span.overlaps(span))
        {
            out.push(Item { class, values: vec![found.value], span });
        }
        at += found.len.max(1);
    }
}

/// Dimensions of people and things counted, of which two digits are compared.
const PEOPLE: &[&str] = &["cases", "persons", "animals", "articles"];
/// Smallest of them: lower ones are often said in words.
const SAID: f64 = 21.0;

/// Dimensions of counting words: English has many nouns for them.
const COUNTED: &[&str] = &[
    "articles",
    "cases",
    "persons",
    "animals",
    "strains",
    "samples",
    "kinds",
    "items",
    "pieces",
    "strips",
    "occurrences",
    "groups",
    "institutions",
    "score",
    "passages",
    "layers",
    "fold",
];

fn printed(quantity: &Quantity) -> Vec<f64> {
    let mut values: Vec<f64> = [quantity.low, quantity.high].into_iter().flatten().collect();
    for value in &mut values {
        *value *= quantity.unit.multiplier;
    }
    values.dedup();
    values
}

/// Every number of an abstract, however it is said.
fn numbers(cx: &Context<'_>, zone: Zone) -> Vec<f64> {
    let units = &cx.data.evidence.units;
    let mut out = Vec::new();
    for sentence in cx.facts.evidence.sentences.iter().filter(|sentence| sentence.zone == zone) {
        let text = cx.slice(sentence.span);
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let digit = crate::parse::evidence::number::digit(bytes, at).is_some();
            match digit.then(|| number(text, at)).flatten() {
                Some(found) => {
                    out.push(found.value);
                    at += found.len;
                }
                None => at += 1,
            }
        }
        for quantity in cx.facts.evidence.quantities_in(sentence.span) {
            out.extend(printed(quantity));
            // the same length in another unit: 0.1 μm and 100 nm
            let scale = units.scale(&quantity.unit);
            for factor in [1e-3, 1e3, 1e-6, 1e6, 1e-4, 1e4] {
                if scale > 0.0 {
                    out.extend(
                        [quantity.low, quantity.high].into_iter().flatten().map(|value| value * factor),
                    );
                }
            }
        }
        if sentence.lang == Lang::En {
            out.extend(words(text));
        } else {
            out.extend(han(text));
        }
    }
    out
}

/// Number words of English.
fn words(text: &str) -> impl Iterator<Item = f64> + '_ {
    const WORDS: &[(&str, f64)] = &[
        ("one", 1.0),
        ("two", 2.0),
        ("three", 3.0),
        ("four", 4.0),
        ("five", 5.0),
        ("six", 6.0),
        ("seven", 7.0),
        ("eight", 8.0),
        ("nine", 9.0),
        ("ten", 10.0),
        ("eleven", 11.0),
        ("twelve", 12.0),
        ("fifteen", 15.0),
        ("twenty", 20.0),
        ("thirty", 30.0),
        ("forty", 40.0),
        ("fifty", 50.0),
        ("sixty", 60.0),
        ("seventy", 70.0),
        ("eighty", 80.0),
        ("ninety", 90.0),
        ("hundred", 100.0),
        ("half", 50.0),
        ("third", 3.0),
        ("quarter", 25.0),
        ("decade", 10.0),
        ("double", 2.0),
        ("twice", 2.0),
    ];
    let mut tens = 0.0;
    text.split(|c: char| !c.is_ascii_alphabetic())
        .flat_map(move |word| {
            let value =
                WORDS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
            // forty-six is 46, too
            let both = value.filter(|value| *value < 10.0 && tens > 0.0).map(|value| value + tens);
            tens = value.filter(|value| (20.0..=90.0).contains(value)).unwrap_or(0.0);
            [value, both]
        })
        .flatten()
}

/// Number words of Chinese.
fn han(text: &str) -> impl Iterator<Item = f64> + '_ {
    text.char_indices().filter_map(|(at, _)| {
        let (value, _) = crate::parse::evidence::number::han_number(&text[at..])?;
        Some(f64::from(value))
    })
}
