//! `letters-do-not-match`: a hint, hidden unless low confidence is asked for.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::abbreviation::{normal, squash};
use crate::rules::Scope;

/// The English long form does not spell the short form, and no lexicon entry says why.
pub const KIND: Kind = Kind {
    name: "letters-do-not-match",
    scope: Scope::Document,
    fields: &["short", "long"],
    variants: &["number"],
    build: |options| options.read::<NoOptions>().map(|_| Box::new(Letters) as Box<dyn Check>),
};

struct Letters;

impl Check for Letters {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let lexicon = &cx.data.abbreviation.lexicon;
        for definition in &cx.facts.abbreviations.definitions {
            let Some(en) = definition.en.filter(|_| !definition.listed) else { continue };
            let number = other_number(&definition.short, cx.slice(en))
                && definition.zh.is_none_or(|zh| other_number(&definition.short, cx.slice(zh)));
            if definition.spelled && !number {
                continue;
            }
            let long = squash(cx.slice(en));
            let accepted = lexicon
                .of_key(&definition.key)
                .any(|entry| entry.irregular || entry.en.iter().any(|name| squash(name) == long));
            if accepted {
                continue;
            }
            let finding = cx
                .finding(definition.short_span)
                .confidence(if number { Confidence::Medium } else { Confidence::Low })
                .arg("short", definition.short.as_str())
                .arg("long", normal(cx.slice(en)))
                .related(cx.place(en), Vec::new());
            out.push(if number { finding.variant("number") } else { finding });
        }
    }
}

/// `receptor 43 (GPR41)`: letters that fit, and another number at the end of both.
fn other_number(short: &str, long: &str) -> bool {
    let tail = |text: &str| {
        let text = text.trim_end();
        text[text.trim_end_matches(|c: char| c.is_ascii_digit()).len()..].to_owned()
    };
    let (one, two) = (tail(short), tail(long));
    if one.is_empty() || two.is_empty() || one == two || one.len() > 4 || two.len() > 4 {
        return false;
    }
    let letters: Vec<char> =
        short.chars().filter(char::is_ascii_alphabetic).flat_map(char::to_lowercase).collect();
    let han = long.chars().any(crate::document::is_han);
    let heads: Vec<char> = long
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_lowercase)
        .collect();
    // the letters begin words of the long form, in their order, the first one its first
    let mut at = 0;
    let all = letters.iter().all(|letter| match heads[at..].iter().position(|head| head == letter) {
        Some(step) => {
            at += step + 1;
            true
        }
        None => false,
    });
    letters.len() >= 2 && (han || all && heads.first() == letters.first())
}
