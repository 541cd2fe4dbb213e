//! E-mail addresses.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Lang;
use crate::engine::Sink;
use crate::finding::{Confidence, Safety, Severity, arg};
use crate::parse::metadata::email::Fault;
use crate::parse::metadata::{Holder, Mailbox, pinyin};
use crate::rules::{Options, Scope};
use std::collections::BTreeMap;

/// `duplicate-email`.
pub const DUPLICATE: Kind = Kind {
    name: "duplicate-email",
    scope: Scope::Document,
    fields: &["address", "first", "second", "name"],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Duplicate) as Box<dyn Check>),
};

/// `malformed-email`.
pub const MALFORMED: Kind = Kind {
    name: "malformed-email",
    scope: Scope::Document,
    fields: &["address"],
    variants: &["space", "full-width", "no-at"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Malformed) as Box<dyn Check>),
};

struct Duplicate;

impl Check for Duplicate {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let mut by_address: BTreeMap<&str, Vec<(&Mailbox, &Holder)>> = BTreeMap::new();
        for mailbox in &cx.facts.metadata.emails {
            if let Some(holder) = mailbox.holder.as_ref().filter(|_| mailbox.email.fault.is_none()) {
                by_address.entry(&mailbox.email.normal).or_default().push((mailbox, holder));
            }
        }
        for (address, uses) in by_address {
            let local = address.split('@').next().unwrap_or_default();
            if cx.data.metadata.shared_mailboxes.iter().any(|shared| shared == local) {
                continue;
            }
            let (first, rest) = match uses.split_first() {
                Some((first, rest)) if !rest.is_empty() => (first, rest),
                _ => continue,
            };
            let Some(second) = rest.iter().find(|other| different(cx, first.1, other.1)) else { continue };
            let mut finding = cx
                .finding(first.0.email.span)
                .arg("address", cx.slice(first.0.email.span))
                .arg("first", first.1.person.name.as_str())
                .arg("second", second.1.person.name.as_str());
            for (mailbox, holder) in rest {
                let name = vec![arg("name", holder.person.name.as_str())];
                finding = finding.related(cx.place(mailbox.email.span), name);
            }
            out.push(finding);
        }
    }
}

/// Two names of one script that are not the same person; names of two scripts only when both stand in
/// author lines that can be compared.
fn different(cx: &Context<'_>, a: &Holder, b: &Holder) -> bool {
    if a.lang == b.lang {
        let bare = |name: &str| pinyin::words(name).concat();
        return a.person.name != b.person.name
            && (a.lang == Lang::Zh || bare(&a.person.name) != bare(&b.person.name))
            && !(a.lang == Lang::En && turned(&a.person.name) == turned(&b.person.name));
    }
    let (zh, en) = if a.lang == Lang::Zh { (a, b) } else { (b, a) };
    if pinyin::fits(&en.person.name, &zh.person.name, &cx.data.metadata).is_some() {
        return false;
    }
    // the Latin name must be another author's
    let authors = cx.facts.metadata.authors(Lang::Zh);
    authors.is_some_and(|list| {
        list.people.iter().any(|p| {
            p.name != zh.person.name && pinyin::fits(&en.person.name, &p.name, &cx.data.metadata).is_some()
        })
    })
}

/// The words of a Latin name in one order, whatever order they are printed in.
fn turned(name: &str) -> Vec<String> {
    let mut words = pinyin::words(name);
    words.sort();
    words
}

struct Malformed;

impl Check for Malformed {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for mailbox in &cx.facts.metadata.emails {
            let Some(fault) = mailbox.email.fault else { continue };
            let span = mailbox.email.span;
            let mut finding = cx.finding(span).arg("address", cx.slice(span));
            finding = match fault {
                Fault::Space => {
                    finding.severity = Severity::Info;
                    let joined: String = cx.slice(span).chars().filter(|c| !c.is_whitespace()).collect();
                    finding.variant("space").confidence(Confidence::Medium).fix(
                        cx.document,
                        Safety::Unsafe,
                        span,
                        joined,
                    )
                }
                Fault::FullWidth => finding.variant("full-width"),
                Fault::Missing => finding.variant("no-at").confidence(Confidence::Medium),
                Fault::Host | Fault::Local => finding.confidence(Confidence::Medium),
            };
            out.push(finding);
        }
    }
}
