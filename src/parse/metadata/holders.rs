//! E-mail addresses and the people they belong to.

use super::label::{Field, FieldKind};
use super::people::{self, ListKind};
use super::{Holder, Mailbox, Metadata, Tables, email, scan};
use crate::document::{Block, Document, Lang, Span};
use std::collections::BTreeMap;

/// Blocks an e-mail address may be away from the label of its holder.
const HOLDER: usize = 4;

/// Addresses with the person named before them.
pub(super) fn mailboxes(
    document: &Document,
    order: &[&Block],
    facts: &Metadata,
    tables: &Tables,
) -> Vec<Mailbox> {
    let mut out = Vec::new();
    let text = document.text();
    let known: Vec<(&str, Lang)> = facts
        .people
        .iter()
        .filter(|list| matches!(list.kind, ListKind::Authors | ListKind::Citation))
        .flat_map(|list| list.people.iter().map(move |p| (p.name.as_str(), list.lang)))
        .take(400)
        .collect();
    let roles = facts.fields.iter().filter(|f| {
        matches!(f.kind, FieldKind::FirstAuthor | FieldKind::Corresponding | FieldKind::AuthorNote)
    });
    let roles: Vec<&Field> = roles.collect();
    let index: BTreeMap<usize, usize> = order.iter().enumerate().map(|(at, b)| (b.span.start, at)).collect();
    for email in email::scan(text) {
        let block = document.block_at(email.span.start).and_then(|b| index.get(&b.span.start)).copied();
        let holder = block.and_then(|block| {
            let upto = roles.partition_point(|f| f.block <= block);
            let field = roles[..upto].iter().rev().take(8).find(|f| {
                block - f.block <= HOLDER && (f.block < block || f.label.start < email.span.start)
            })?;
            let end =
                if field.block == block { email.span.start } else { field.value.end.max(field.value.start) };
            let from = field.value.start.min(end);
            let words = scan::before(text, end, (end - from).min(600));
            let base = end - words.len();
            let (person, lang) = holder_in(words, base, &known, tables)?;
            Some(Holder { role: field.kind, person, lang })
        });
        out.push(Mailbox { email, holder });
    }
    out
}

/// The one person named in the words before an address. `王某，教授；赵某，教授。E-mail：a；b` names two:
/// nobody can tell whose each address is.
fn holder_in(
    words: &str,
    base: usize,
    known: &[(&str, Lang)],
    tables: &Tables,
) -> Option<(people::Person, Lang)> {
    let named = |text: &str, offset: usize| -> Vec<(usize, &str, Lang)> {
        let mut out: Vec<(usize, &str, Lang)> = Vec::new();
        for (name, lang) in known {
            if let Some(at) = text.rfind(name)
                && !out.iter().any(|(_, other, _)| other == name)
            {
                out.push((offset + at, *name, *lang));
            }
        }
        out
    };
    let cut = words.rfind('@').map_or(0, |at| at + 1);
    let mut found = named(&words[cut..], cut);
    if found.is_empty() && cut > 0 {
        // a second address of the same person, or the second of a row of addresses
        found = named(&words[..cut], 0);
    }
    match found.as_slice() {
        [] if cut == 0 => people::first(words, base, tables),
        [(at, name, lang)] => {
            let span = Span::new(base + at, base + at + name.len());
            let person = people::Person { span, name: (*name).to_owned(), marks: Vec::new(), starred: false };
            Some((person, *lang))
        }
        _ => None,
    }
}
