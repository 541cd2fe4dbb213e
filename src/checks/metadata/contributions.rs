//! Who did what, against who is listed.

use super::authors::alike;
use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Lang, Span};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::metadata::people::is_latin;
use crate::parse::metadata::{Contribution, Contributor, People, Person, contribution_initials, pinyin};
use crate::rules::{Options, Scope};
use std::collections::BTreeSet;

/// `author-without-contribution`.
pub const WITHOUT: Kind = Kind {
    name: "author-without-contribution",
    scope: Scope::Document,
    fields: &["authors", "count", "name"],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Without) as Box<dyn Check>),
};

/// `contributor-not-author`.
pub const STRANGER: Kind = Kind {
    name: "contributor-not-author",
    scope: Scope::Document,
    fields: &["name", "author"],
    variants: &["similar"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Stranger) as Box<dyn Check>),
};

/// The statement against the author line.
struct Matched<'a> {
    authors: &'a People,
    /// Authors the statement does not name.
    missing: Vec<&'a Person>,
    /// Names of the statement that are no author's, with the missing author each one resembles.
    strangers: Vec<(&'a Contributor, Option<&'a Person>)>,
}

fn matched<'a>(cx: &Context<'a>) -> Option<Matched<'a>> {
    let facts = &cx.facts.metadata;
    let statement = facts.contribution.as_ref()?;
    let text = cx.document.slice(statement.span);
    let authors = facts.authors(statement.lang).filter(|list| list.complete && list.people.len() >= 2)?;
    if authors.people.len() > 500 {
        return None;
    }
    let named = |p: &Person| match statement.lang {
        // a Latin name in a Chinese line may be written in Chinese here
        Lang::Zh => is_latin(&p.name) || text.contains(p.name.as_str()),
        Lang::En => english(statement, text, p),
    };
    let missing: Vec<&Person> = authors.people.iter().filter(|p| !named(p)).collect();
    // a statement that names few of the authors is no list of all
    let present = authors.people.len() - missing.len();
    if present == 0 || present * 2 < authors.people.len() {
        return None;
    }
    let mut strangers = Vec::new();
    // somebody with a Latin name in the author line may be written in Chinese in the statement
    if statement.lang == Lang::Zh && !authors.people.iter().any(|p| is_latin(&p.name)) {
        let known: BTreeSet<&str> = authors.people.iter().map(|p| p.name.as_str()).collect();
        let mut seen = BTreeSet::new();
        // `张明：撰写；李雷：检索`: where names stand before colons, only those are names
        let colon = |c: &Contributor| text[c.span.end - statement.span.start..].starts_with(['：', ':']);
        let by_colon =
            statement.people.iter().filter(|c| known.contains(c.name.as_str()) && colon(c)).count();
        for person in &statement.people {
            let author = known.iter().any(|name| person.name.contains(name));
            if author || !seen.insert(person.name.as_str()) {
                continue;
            }
            let row = || statement.people.iter().filter(|c| c.row == person.row);
            let in_row = row().any(|c| known.contains(c.name.as_str()));
            let leads = person.acts || row().any(|c| c.acts && c.span.start > person.span.start);
            let like = missing.iter().copied().find(|p| resembles(&p.name, &person.name));
            if by_colon * 2 >= present && !colon(person) && like.is_none() {
                continue;
            }
            if (in_row || person.acts) && (leads || like.is_some()) {
                strangers.push((person, like));
            }
        }
    }
    Some(Matched { authors, missing, strangers })
}

/// One character changed, or the same surname and length.
fn resembles(a: &str, b: &str) -> bool {
    alike(a, b) || a.chars().next() == b.chars().next() && a.chars().count() == b.chars().count()
}

/// Whether an English statement names a person: in full, by surname, or by initials in any order.
fn english(statement: &Contribution, text: &str, person: &Person) -> bool {
    if text.contains(person.name.as_str()) {
        return true;
    }
    let words: Vec<&str> = person.name.split([' ', '-', '\u{a0}']).filter(|w| !w.is_empty()).collect();
    if words.iter().any(|w| w.chars().count() >= 4 && text.contains(w)) {
        return true;
    }
    let initial = |w: Option<&&str>| w.and_then(|w| w.chars().next()).map(|c| c.to_ascii_uppercase());
    let (Some(first), Some(last)) = (initial(words.first()), initial(words.last())) else { return true };
    contribution_initials(text, statement.span.start)
        .iter()
        .any(|(letters, _)| letters.contains(first) && letters.contains(last))
}

struct Without;

impl Check for Without {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let Some(found) = matched(cx) else { return };
        let Some(statement) = &cx.facts.metadata.contribution else { return };
        let missing: Vec<&&Person> = found
            .missing
            .iter()
            .filter(|p| found.strangers.iter().all(|(_, like)| like.is_none_or(|like| like.name != p.name)))
            .collect();
        if missing.is_empty() {
            return;
        }
        let names: Vec<String> = missing.iter().map(|p| p.name.clone()).collect();
        let mut finding = cx
            .finding(shown(cx, statement.label))
            .confidence(if statement.lang == Lang::Zh { Confidence::High } else { Confidence::Medium })
            .arg("count", names.len())
            .arg("authors", names);
        for person in missing.iter().take(20) {
            finding = finding.related(cx.place(person.span), vec![arg("name", person.name.as_str())]);
        }
        out.push(finding);
    }
}

/// The label, or the first words where the whole block had to serve as one.
fn shown(cx: &Context<'_>, label: Span) -> Span {
    let length: usize = cx.slice(label).chars().take(20).map(char::len_utf8).sum();
    Span::new(label.start, label.start + length)
}

struct Stranger;

impl Check for Stranger {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let Some(found) = matched(cx) else { return };
        // a name that the English author line has is the subject of another rule
        let english = cx.facts.metadata.authors(Lang::En);
        for (person, like) in &found.strangers {
            let other = english.is_some_and(|list| {
                list.people.len() == found.authors.people.len()
                    && list.people.iter().zip(&found.authors.people).any(|(en, zh)| {
                        pinyin::fits(&en.name, &person.name, &cx.data.metadata).is_some()
                            && pinyin::fits(&en.name, &zh.name, &cx.data.metadata).is_none()
                    })
            });
            if other {
                continue;
            }
            let finding = cx.finding(person.span).arg("name", person.name.as_str());
            out.push(match like {
                Some(author) => finding
                    .variant("similar")
                    .arg("author", author.name.as_str())
                    .related(cx.place(author.span), vec![arg("author", author.name.as_str())]),
                None => finding.confidence(Confidence::Medium),
            });
        }
    }
}
