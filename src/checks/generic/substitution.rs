//! `substitution`: words that should be other words, each with the contexts in which it is right.

use super::zones::{LangName, Scope, ZoneName};
use crate::checks::{Check, Context, Kind};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::{Confidence, Safety};
use crate::rules::{Options, Scope as RuleScope};
use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;
use serde::de::Error as _;

/// The kind. Options: `pairs` (from, to, and contexts), `also` (more of them), `except` (words of `pairs` that are
/// left alone), `zones`, `languages`, `confidence`, `safe`, `skip-quoted`.
pub const KIND: Kind =
    Kind { name: "substitution", scope: RuleScope::Document, fields: &["from", "to"], variants: &[], build };

/// One word and what should stand instead. A context list matches when the text before (after) the
/// word ends (starts) with one of its items.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Pair {
    from: String,
    to: String,
    /// Right after these.
    #[serde(default)]
    not_after: Vec<String>,
    /// Right before these.
    #[serde(default)]
    not_before: Vec<String>,
    /// Wrong only after these.
    #[serde(default)]
    only_after: Vec<String>,
    /// Wrong only before these.
    #[serde(default)]
    only_before: Vec<String>,
    /// Wrong only where one of these stands within 20 characters, in the same sentence.
    #[serde(default)]
    only_near: Vec<String>,
}

/// How far `only-near` looks, in characters.
const NEAR: usize = 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    pairs: Vec<Pair>,
    #[serde(default)]
    also: Vec<Pair>,
    #[serde(default)]
    except: Vec<String>,
    #[serde(default)]
    zones: Vec<ZoneName>,
    #[serde(default)]
    languages: Vec<LangName>,
    #[serde(default)]
    safe: bool,
    /// Leave alone what stands in quotation marks or is a title (“…”, 《…》, 「…」).
    #[serde(default, rename = "skip-quoted")]
    skip_quoted: bool,
    #[serde(default = "high")]
    confidence: Confidence,
}

fn high() -> Confidence {
    Confidence::High
}

struct Substitution {
    given: Given,
    scope: Scope,
    words: AhoCorasick,
}

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    let mut given: Given = options.read()?;
    given.pairs.retain(|pair| {
        !given.except.contains(&pair.from) && !given.also.iter().any(|own| own.from == pair.from)
    });
    given.pairs.append(&mut given.also);
    if let Some(pair) = given.pairs.iter().find(|pair| pair.from.is_empty() || pair.from == pair.to) {
        return Err(toml::de::Error::custom(format!(
            "the pair from `{}` to `{}` changes nothing",
            pair.from, pair.to
        )));
    }
    let words = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(given.pairs.iter().map(|pair| &pair.from))
        .map_err(toml::de::Error::custom)?;
    let scope = Scope { zones: given.zones.clone(), languages: given.languages.clone() };
    Ok(Box::new(Substitution { given, scope, words }))
}

impl Pair {
    fn applies(&self, before: &str, after: &str) -> bool {
        let ends = |list: &[String]| list.iter().any(|word| before.ends_with(word.as_str()));
        let starts = |list: &[String]| list.iter().any(|word| after.starts_with(word.as_str()));
        !ends(&self.not_after)
            && !starts(&self.not_before)
            && (self.only_after.is_empty() || ends(&self.only_after))
            && (self.only_before.is_empty() || starts(&self.only_before))
            && (self.only_near.is_empty() || self.is_near(before, after))
            && !continues(before.chars().next_back(), self.from.chars().next())
            && !continues(self.from.chars().next_back(), after.chars().next())
    }
}

impl Pair {
    fn is_near(&self, before: &str, after: &str) -> bool {
        let stop = |c: &char| !matches!(c, '。' | '；' | '\n');
        let left = before.chars().rev().take(NEAR).take_while(stop).map(char::len_utf8).sum::<usize>();
        let right = after.chars().take(NEAR).take_while(stop).map(char::len_utf8).sum::<usize>();
        let sides = [&before[before.len() - left..], &after[..right]];
        self.only_near.iter().any(|word| sides.iter().any(|side| side.contains(word.as_str())))
    }
}

/// Longest quotation, in characters on each side of a word.
const QUOTED: usize = 80;

/// True when a quotation mark is open before a word and closed behind it.
fn is_quoted(before: &str, after: &str) -> bool {
    const MARKS: [(char, char); 5] = [('“', '”'), ('《', '》'), ('「', '」'), ('‘', '’'), ('『', '』')];
    MARKS.iter().any(|(open, close)| {
        let mark = |c: &char| c == open || c == close;
        before.chars().rev().take(QUOTED).find(mark) == Some(*open)
            && after.chars().take(QUOTED).find(mark) == Some(*close)
    })
}

/// True when two neighbouring characters belong to one Latin word.
fn continues(left: Option<char>, right: Option<char>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    letter(left) && letter(right)
}

impl Check for Substitution {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for block in self.scope.blocks(cx) {
            let text = cx.document.slice(block.span);
            for found in self.words.find_iter(text) {
                let pair = &self.given.pairs[found.pattern().as_usize()];
                let span = Span::new(found.start(), found.end()).shift(block.span.start);
                let applies = pair.applies(&text[..found.start()], &text[found.end()..]);
                let quoted =
                    self.given.skip_quoted && is_quoted(&text[..found.start()], &text[found.end()..]);
                if !applies || quoted || cx.facts.masks.touches(span) {
                    continue;
                }
                let safety = if self.given.safe { Safety::Safe } else { Safety::Unsafe };
                out.push(
                    cx.finding(span)
                        .confidence(self.given.confidence)
                        .arg("from", pair.from.as_str())
                        .arg("to", pair.to.as_str())
                        .fix(cx.document, safety, span, pair.to.as_str()),
                );
            }
        }
    }
}
