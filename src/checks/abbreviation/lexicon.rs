//! `long-form-contradicts-lexicon`.

use super::compare::{Relation, english, shared};
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::{Confidence, Severity};
use crate::parse::abbreviation::{Definition, Entry, Lexicon, key, normal, squash, words};
use crate::rules::Scope;

/// A definition whose long form belongs to another short form, or nearly to this one.
pub const KIND: Kind = Kind {
    name: "long-form-contradicts-lexicon",
    scope: Scope::Document,
    fields: &["short", "long", "expected", "usual", "source"],
    variants: &["other-entry", "word-differs", "word-missing", "other-short", "translation", "misspelt"],
    build: |options| options.read::<NoOptions>().map(|_| Box::new(Contradiction) as Box<dyn Check>),
};

struct Contradiction;

/// What the lexicon has against a definition.
struct Objection<'a> {
    variant: &'static str,
    span: Span,
    entry: &'a Entry,
    expected: String,
    usual: String,
    severity: Severity,
    confidence: Confidence,
}

impl Check for Contradiction {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let lexicon = &cx.data.abbreviation.lexicon;
        let slips = &cx.facts.abbreviations.slips;
        let definitions = &cx.facts.abbreviations.definitions;
        for definition in definitions {
            // a list of short forms repeats what the text explains
            let repeats = |other: &Definition| !other.listed && other.key == definition.key;
            if definition.confidence < Confidence::Medium
                || definition.listed && definitions.iter().any(repeats)
            {
                continue;
            }
            let Some(objection) = objection(cx, lexicon, definition) else { continue };
            // a slip of the short form is reported as that
            if slips.iter().any(|slip| slip.key == definition.key) {
                continue;
            }
            let mut finding = cx
                .finding(objection.span)
                .variant(objection.variant)
                .confidence(objection.confidence)
                .arg("short", definition.short.as_str())
                .arg("long", normal(cx.slice(objection.span)))
                .arg("expected", objection.expected)
                .arg("usual", objection.usual)
                .arg("source", objection.entry.source.as_str());
            finding.severity = objection.severity;
            finding = finding.related(cx.place(definition.short_span), Vec::new());
            if let (Some(zh), true) = (definition.zh, Some(objection.span) == definition.en)
                && !lexicon.of_zh(cx.slice(zh)).any(|e| std::ptr::eq(e, objection.entry))
            {
                finding = finding.labelled(cx.place(zh), "chinese", Vec::new());
            }
            out.push(finding);
        }
    }
}

/// True when this check reports the long form of a definition as a wrong one.
pub(super) fn reports(cx: &Context<'_>, definition: &Definition) -> bool {
    let slipped = cx.facts.abbreviations.slips.iter().any(|slip| slip.key == definition.key);
    !definition.listed
        && definition.confidence >= Confidence::Medium
        && !slipped
        && objection(cx, &cx.data.abbreviation.lexicon, definition).is_some_and(|objection| {
            objection.severity >= Severity::Warning
                && matches!(objection.variant, "other-entry" | "word-differs")
        })
}

fn objection<'a>(cx: &Context<'_>, lexicon: &'a Lexicon, definition: &Definition) -> Option<Objection<'a>> {
    let own: Vec<&Entry> = lexicon.of_key(&definition.key).collect();
    if own.iter().any(|entry| entry.homonym) {
        return None;
    }
    let zh = definition.zh.map(|span| (span, cx.slice(span)));
    let en = definition.en.map(|span| (span, cx.slice(span)));
    let accepts = |entry: &Entry| {
        en.is_some_and(|(_, text)| entry.en.iter().any(|e| agrees(e, text)))
            || en.is_none() && zh.is_some_and(|(_, text)| entry.zh.iter().any(|z| ends(text, z)))
    };
    if own.iter().any(|entry| accepts(entry)) {
        return translation(lexicon, definition, &own, zh);
    }
    if let Some((span, text)) = en {
        let other = lexicon.of_en(text).find(|entry| !entry.homonym);
        if let Some(entry) = other {
            // a short form that its own letters explain is the author's choice, unless the thing has a name
            let own_choice = own.is_empty() && definition.spelled && !entry.is_name();
            if compound(definition, entry) || own_choice {
                return None;
            }
            return Some(foreign(definition, &own, entry, span, entry.en.first()));
        }
        for entry in own {
            if let Some(objection) = near(cx, entry, definition, span, text, zh.map(|z| z.1)) {
                return Some(objection);
            }
        }
        return None;
    }
    let (span, text) = zh?;
    // the left end is uncertain: the longest accepted name at its end decides
    let entry = suffixes(text).find_map(|name| lexicon.of_zh(name).find(|entry| !entry.homonym))?;
    let whole = entry.zh.iter().any(|name| squash(name) == squash(text));
    // with more words before it, the term may be another one: only a term of its own is judged
    if compound(definition, entry)
        || !whole
        || own.iter().any(|own| own.zh.iter().any(|name| chinese_near(name, text)))
    {
        return None;
    }
    Some(foreign(definition, &own, entry, span, entry.zh.first()))
}

/// The short form has the entry's own inside it: EPC-Exo beside Exo, hUC-MSC beside MSC.
fn compound(definition: &Definition, entry: &Entry) -> bool {
    entry.short.iter().any(|short| {
        let short = key(short);
        short.len() >= 2 && definition.key.len() > short.len() && definition.key.contains(&short)
    })
}

/// The long form is another entry's.
fn foreign<'a>(
    definition: &Definition,
    own: &[&Entry],
    entry: &'a Entry,
    span: Span,
    _name: Option<&String>,
) -> Objection<'a> {
    let usual = entry.short.iter().take(3).cloned().collect::<Vec<_>>().join(" / ");
    let near = entry.short.iter().any(|short| key(short).contains(&definition.key));
    let known = own.first();
    let expected = known.map(|own| names(own)).unwrap_or_default();
    match known {
        Some(_) => Objection {
            variant: "other-entry",
            span,
            entry,
            expected,
            usual,
            severity: Severity::Error,
            confidence: if near { Confidence::Medium } else { Confidence::High },
        },
        None => Objection {
            variant: "other-short",
            span,
            entry,
            expected,
            usual,
            severity: if near || definition.spelled { Severity::Info } else { Severity::Warning },
            confidence: Confidence::Medium,
        },
    }
}

/// The long form is nearly the right one.
fn near<'a>(
    cx: &Context<'_>,
    entry: &'a Entry,
    definition: &Definition,
    span: Span,
    text: &str,
    zh: Option<&str>,
) -> Option<Objection<'a>> {
    let given = words(text);
    let best = entry
        .en
        .iter()
        .map(|name| (overlap(&words(name), &given), name))
        // of names that share as much, the one that reads most like what is printed
        .max_by(|a, b| {
            let far = |name: &str| strsim::osa_distance(&squash(name), &squash(text));
            a.0.total_cmp(&b.0).then_with(|| far(b.1).cmp(&far(a.1)))
        })?;
    let right = words(best.1);
    let supported = zh.is_some_and(|zh| entry.zh.iter().any(|name| ends(zh, name)));
    let objection = |variant, severity, confidence| Objection {
        variant,
        span,
        entry,
        expected: best.1.clone(),
        usual: definition.short.clone(),
        severity,
        confidence,
    };
    let missing: Vec<&String> = right.iter().filter(|w| !given.contains(w)).collect();
    let extra: Vec<&String> = given.iter().filter(|w| !right.contains(w)).collect();
    // epithelial for endothelial is another word, however few letters differ
    let real = |list: &[&String]| list.len() == 1 && list.iter().all(|word| cx.data.text.words.has(word));
    let other_word = real(&missing) && real(&extra) && strsim::osa_distance(missing[0], extra[0]) > 2;
    if !other_word && english(best.1, text) == Relation::Spelling {
        return Some(objection("misspelt", Severity::Info, Confidence::Medium));
    }
    // the long form may have been cut at a wrong letter: an accepted one ends in what was read
    if missing.is_empty()
        || definition.zh.is_none() && entry.en.iter().any(|name| ends_alike(&words(name), &given))
    {
        return None;
    }
    // the missing number stands in the short form itself (COVID-19)
    if missing.iter().all(|word| {
        word.chars().all(|c| c.is_ascii_digit())
            && definition.key.contains(&word[word.len().saturating_sub(2)..])
    }) {
        return None;
    }
    if best.0 < 0.5 {
        // nothing in common, but the Chinese name is this entry's: the English is not
        return (supported && !definition.spelled && !entry.irregular && given.len() > 1)
            .then(|| objection("word-differs", Severity::Warning, Confidence::Medium));
    }
    if extra.is_empty() {
        return (right.len() > 2 || supported)
            .then(|| objection("word-missing", Severity::Warning, Confidence::Medium));
    }
    let close = missing.iter().zip(&extra).all(|(a, b)| strsim::osa_distance(a, b) <= 2);
    if close || missing.len() > 2 {
        return None;
    }
    // one word in place of another that begins with the same letter: tissue for tumor
    let swapped =
        missing.len() == 1 && extra.len() == 1 && missing[0].chars().next() == extra[0].chars().next();
    let severity = if swapped || supported { Severity::Error } else { Severity::Warning };
    Some(objection("word-differs", severity, if swapped { Confidence::High } else { Confidence::Medium }))
}

/// English agrees, Chinese is another entry's.
fn translation<'a>(
    lexicon: &'a Lexicon,
    definition: &Definition,
    own: &[&Entry],
    zh: Option<(Span, &str)>,
) -> Option<Objection<'a>> {
    let (span, text) = zh?;
    definition.en?;
    if own.iter().any(|entry| entry.zh.is_empty() || entry.zh.iter().any(|name| chinese_near(name, text))) {
        return None;
    }
    let entry =
        lexicon.of_zh(text).find(|entry| !entry.homonym && !own.iter().any(|o| std::ptr::eq(*o, *entry)))?;
    Some(Objection {
        variant: "translation",
        span,
        entry,
        expected: own.first().and_then(|o| o.zh.first().cloned()).unwrap_or_default(),
        usual: entry.short.first().cloned().unwrap_or_default(),
        severity: Severity::Warning,
        confidence: Confidence::Medium,
    })
}

/// The given words are the last words of an accepted name, but for a slip in one of them.
fn ends_alike(name: &[String], given: &[String]) -> bool {
    name.len() > given.len()
        && name[name.len() - given.len()..].iter().zip(given).all(|(a, b)| strsim::osa_distance(a, b) <= 2)
}

fn names(entry: &Entry) -> String {
    match (entry.zh.first(), entry.en.first()) {
        (Some(zh), Some(en)) => format!("{zh} ({en})"),
        (Some(name), None) | (None, Some(name)) => name.clone(),
        (None, None) => String::new(),
    }
}

/// The accepted name, or it with more words before it.
fn agrees(name: &str, text: &str) -> bool {
    match english(name, text) {
        Relation::Same => true,
        Relation::Spelling => false,
        Relation::Extended => squash(text).len() > squash(name).len(),
        Relation::Different => {
            let (right, given) = (words(name), words(text));
            right.iter().all(|word| given.contains(word))
        }
    }
}

fn ends(text: &str, name: &str) -> bool {
    squash(text).ends_with(&squash(name))
}

/// Share of the right words that are given.
fn overlap(right: &[String], given: &[String]) -> f64 {
    let both = right.iter().filter(|word| given.contains(word)).count();
    both as f64 / right.len().max(given.len()).max(1) as f64
}

/// Two Chinese names that share most of their characters.
fn chinese_near(name: &str, text: &str) -> bool {
    let (a, b) = (squash(name), squash(text));
    // 肌钙蛋白I is not 肌钙蛋白T
    let tail = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let (one, two) = (tail(&a), tail(&b));
    if !one.is_empty() && !two.is_empty() && !one.contains(&two) && !two.contains(&one) {
        return false;
    }
    shared(&a, &b) * 10 >= a.chars().count().min(b.chars().count()) * 7
}

/// The text and its ends, longest first.
fn suffixes(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().map(|(at, _)| &text[at..]).take_while(|rest| rest.chars().count() >= 3)
}
