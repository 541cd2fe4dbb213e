//! How two long forms relate.

use crate::checks::Context;
use crate::parse::abbreviation::{Definition, squash, words};
use std::collections::HashMap;

/// How one long form relates to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The same words.
    Same,
    /// One says more than the other, at its beginning or end.
    Extended,
    /// One or two letters differ.
    Spelling,
    /// Other words.
    Different,
}

/// Compare two English long forms.
pub fn english(a: &str, b: &str) -> Relation {
    let (left, right) = (squash(a), squash(b));
    if left == right {
        return Relation::Same;
    }
    let (long, short) = if left.len() >= right.len() { (&left, &right) } else { (&right, &left) };
    if long.starts_with(short.as_str()) || long.ends_with(short.as_str()) {
        return Relation::Extended;
    }
    let (one, two) = (content(a), content(b));
    // the same words in another order, with other small words or other endings
    if one.len() == two.len() && alike(&one, &two) && alike(&two, &one) {
        return Relation::Same;
    }
    let distance = strsim::osa_distance(&left, &right);
    // digits are never a slip of spelling: interleukin 6 is not interleukin 8
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if digits(&left) == digits(&right) && distance <= if short.len() < 12 { 1 } else { 2 + short.len() / 24 }
    {
        return Relation::Spelling;
    }
    Relation::Different
}

/// Compare two Chinese long forms; their left ends are uncertain.
pub fn chinese(a: &str, b: &str) -> Relation {
    let (left, right) = (squash(a), squash(b));
    if left == right {
        return Relation::Same;
    }
    let (long, short) = if left.len() >= right.len() { (&left, &right) } else { (&right, &left) };
    if long.contains(short.as_str()) {
        return Relation::Extended;
    }
    let shared = shared(&left, &right);
    let least = left.chars().count().min(right.chars().count());
    if shared * 2 >= least { Relation::Spelling } else { Relation::Different }
}

/// Compare two definitions of one short form by what they have in common; `None` when that is nothing.
pub fn definitions(cx: &Context<'_>, a: &Definition, b: &Definition) -> Option<Relation> {
    if let (Some(x), Some(y)) = (a.en, b.en) {
        return Some(english(cx.slice(x), cx.slice(y)));
    }
    let (Some(x), Some(y)) = (a.zh, b.zh) else { return None };
    Some(match chinese(cx.slice(x), cx.slice(y)) {
        // two translations of one term share characters
        Relation::Spelling => Relation::Extended,
        // one of the two is explained in English, too: the Chinese may be a free rendering
        Relation::Different if a.en.is_some() || b.en.is_some() => Relation::Extended,
        relation => relation,
    })
}

/// Characters that two texts share, each counted as often as it stands in both.
pub fn shared(a: &str, b: &str) -> usize {
    let mut counts: HashMap<char, usize> = HashMap::new();
    for c in a.chars() {
        *counts.entry(c).or_default() += 1;
    }
    b.chars()
        .filter(|c| {
            counts.get_mut(c).is_some_and(|n| {
                let left = *n > 0;
                *n = n.saturating_sub(1);
                left
            })
        })
        .count()
}

/// The words that carry meaning.
fn content(text: &str) -> Vec<String> {
    const SMALL: [&str; 12] = ["and", "of", "the", "in", "to", "for", "with", "a", "an", "on", "by", "or"];
    words(text).into_iter().filter(|word| !SMALL.contains(&word.as_str())).collect()
}

/// Every word of `some` has one in `all` that is equal or begins like it (microscopy, micrograph).
fn alike(some: &[String], all: &[String]) -> bool {
    let stem = |a: &str, b: &str| {
        let shared = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
        shared >= 5 && shared * 2 >= a.len().min(b.len())
    };
    some.iter().all(|word| all.iter().any(|other| word == other || stem(word, other)))
}

/// The long form as a reader would quote it: English, else Chinese.
pub fn long_text(cx: &Context<'_>, definition: &Definition) -> String {
    let text = |span| crate::parse::abbreviation::normal(cx.slice(span));
    match (definition.zh, definition.en) {
        (Some(zh), Some(en)) => format!("{} ({})", text(zh), text(en)),
        (Some(span), None) | (None, Some(span)) => text(span),
        (None, None) => String::new(),
    }
}
