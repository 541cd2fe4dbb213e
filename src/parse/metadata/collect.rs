//! From blocks to the facts of the front matter.

use super::label::{Field, FieldKind};
use super::people::{self, ListKind, People};
use super::{Contribution, Holder, Keywords, LabelledDate, Mailbox, Metadata, Tables};
use super::{affiliation, article, contribution, date, doi, email, grant, identifier, label, pinyin, scan};
use crate::document::{Block, BlockKind, Document, Lang, Span, is_han};
use crate::parse::Data;
use std::collections::{BTreeMap, BTreeSet};

/// Blocks of a file that may belong to its front matter when nothing else tells.
const FRONT: usize = 40;
/// Blocks before an abstract in which its authors may stand.
const BEFORE_ABSTRACT: usize = 8;
/// Blocks an e-mail address may be away from the label of its holder.
const HOLDER: usize = 4;

/// Read the facts of this family.
pub fn parse(document: &Document, data: &Data) -> Metadata {
    let tables = &data.metadata;
    let order = document.reading_order();
    let fields = label::fields(document, &order, tables);
    let text = document.text();
    let prose = |offset: usize| {
        document
            .block_at(offset)
            .is_some_and(|b| !matches!(b.kind, BlockKind::Reference | BlockKind::Code | BlockKind::Furniture))
    };
    let in_list = |offset: usize| {
        let block = document.block_at(offset);
        block.is_none_or(|b| matches!(b.kind, BlockKind::Reference | BlockKind::Code))
    };
    let mut facts = Metadata {
        // page heads carry the article's own DOI
        dois: doi::scan(text).into_iter().filter(|doi| !in_list(doi.span.start)).collect(),
        identifiers: identifier::scan(text),
        registrations: identifier::registrations(text).into_iter().filter(|r| prose(r.span.start)).collect(),
        impossible_dates: impossible_dates(text, &fields).into_iter().filter(|d| prose(d.0.start)).collect(),
        ..Metadata::default()
    };
    for field in &fields {
        let value = document.slice(field.value);
        let base = field.value.start;
        match field.kind {
            kind if kind.is_date() => facts.dates.extend(labelled_date(field, value)),
            FieldKind::ArticleNumber => {
                facts.article_numbers.extend(article::article_number(value).map(|n| n.shift(base)));
            }
            FieldKind::Funding => {
                let lang = Lang::of(document.slice(field.label));
                facts.grants.extend(grant::grants(value, base, lang, tables));
            }
            FieldKind::KeywordsZh | FieldKind::KeywordsEn => facts.keywords.extend(keywords(field, value)),
            FieldKind::AbstractZh => facts.abstracts.push((Lang::Zh, field.label)),
            FieldKind::AbstractEn => facts.abstracts.push((Lang::En, field.label)),
            _ => {}
        }
    }
    let labelled: BTreeSet<usize> = fields.iter().map(|f| order[f.block].span.start).collect();
    for block in &order {
        if block.kind == BlockKind::Abstract && facts.abstracts.iter().all(|(lang, _)| *lang != block.lang) {
            facts.abstracts.push((block.lang, block.span));
        }
        if block.lang == Lang::En
            && facts.abstracts.iter().all(|(lang, _)| *lang != Lang::En)
            && structured(document.slice(block.span))
        {
            let label: usize = document.slice(block.span).chars().take(10).map(char::len_utf8).sum();
            facts.abstracts.push((Lang::En, Span::new(block.span.start, block.span.start + label)));
        }
        if block.kind == BlockKind::Funding && !labelled.contains(&block.span.start) {
            facts.grants.extend(grant::grants(
                document.slice(block.span),
                block.span.start,
                block.lang,
                tables,
            ));
        }
    }
    facts.contribution = statement(document, &order, &fields, tables);
    facts.fields = fields;
    lists(document, &order, &mut facts, tables);
    affiliations(document, &order, &mut facts, tables);
    facts.emails = mailboxes(document, &order, &facts, tables);
    facts.emails.retain(|mailbox| prose(mailbox.email.span.start));
    facts
}

/// True for the first part of an abstract in parts: `BACKGROUND: …`, `Objective: …`.
fn structured(text: &str) -> bool {
    let head = text.trim_start_matches(['*', '_', ' ']);
    ["BACKGROUND", "OBJECTIVE", "Background", "Objective", "AIM", "Aim"].iter().any(|word| {
        head.strip_prefix(word)
            .is_some_and(|rest| rest.trim_start_matches(['*', '_', 'S', 's']).starts_with([':', '：']))
    })
}

fn labelled_date(field: &Field, value: &str) -> Option<LabelledDate> {
    let head = scan::after(value, 0, 24);
    let lead = head.find(|c: char| c.is_alphanumeric())?;
    let (date, length) = date::date(&value[lead..])?;
    let start = field.value.start + lead;
    Some(LabelledDate { kind: field.kind, label: field.label, span: Span::new(start, start + length), date })
}

/// `2021年13月`, `2021-02-30` anywhere; other forms only where a label announces a date.
fn impossible_dates(text: &str, fields: &[Field]) -> Vec<(Span, date::Date)> {
    let mut out = Vec::new();
    let mut starts: Vec<usize> = fields.iter().filter(|f| f.kind.is_date()).map(|f| f.value.start).collect();
    starts.sort_unstable();
    for prefix in ["19", "20"] {
        for at in memchr::memmem::find_iter(text.as_bytes(), prefix) {
            if text[..at]
                .ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '_' | '–'))
            {
                continue;
            }
            let Some(shape) = text.as_bytes().get(at + 2..at + 4) else { continue };
            if !shape.iter().all(u8::is_ascii_digit) {
                continue;
            }
            let Some((date, length)) = date::date(&text[at..]) else { continue };
            let printed = &text[at..at + length];
            let next = starts.partition_point(|start| *start <= at);
            let labelled = next > 0 && at <= starts[next - 1] + 12;
            let han = printed.contains('月');
            let dashed =
                printed.matches('-').count() == 2 && printed.len() >= 8 && (1..=12).contains(&date.month);
            let alone = !text[at + length..]
                .starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '_'));
            if !date.exists() && (labelled || han || dashed) && alone && date.day < 100 {
                out.push((Span::new(at, at + length), date));
            }
        }
    }
    out.sort_by_key(|(span, _)| *span);
    out
}

fn keywords(field: &Field, value: &str) -> Option<Keywords> {
    let lang = if field.kind == FieldKind::KeywordsZh { Lang::Zh } else { Lang::En };
    let semicolons = value.contains([';', '；']);
    let cut = |c: char| match c {
        ';' | '；' => true,
        ',' | '，' | '、' | '|' => !semicolons,
        _ => false,
    };
    let mut items = Vec::new();
    let mut start = 0;
    for (at, c) in value.char_indices().chain(std::iter::once((value.len(), ';'))) {
        if !cut(c) && at < value.len() {
            continue;
        }
        let piece = &value[start..at];
        let kept = piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '。' | '*' | '_'));
        if !kept.is_empty() {
            let lead = piece.find(kept).unwrap_or(0);
            let from = field.value.start + start + lead;
            items.push(Span::new(from, from + kept.len()));
        }
        start = (at + c.len_utf8()).min(value.len());
    }
    Some(Keywords { lang, label: field.label, items })
}

fn statement(
    document: &Document,
    order: &[&Block],
    fields: &[Field],
    tables: &Tables,
) -> Option<Contribution> {
    let field = fields.iter().find(|field| field.kind == FieldKind::Contribution && !field.value.is_empty());
    let (label, span) = match field {
        Some(field) => {
            // one line per author may follow
            let more =
                order[field.block + 1..].iter().take_while(|b| b.kind == BlockKind::Contribution).last();
            let end = more.map_or(field.value.end, |b| b.span.end).max(field.value.end);
            (field.label, Span::new(field.value.start, end))
        }
        None => {
            let block = order.iter().find(|b| b.kind == BlockKind::Contribution)?;
            (block.span, block.span)
        }
    };
    let text = document.slice(span);
    let lang = Lang::of(text);
    let people = if lang == Lang::Zh { contribution::chinese(text, span.start, tables) } else { Vec::new() };
    Some(Contribution { label, span, lang, people })
}

/// All lists of people.
fn lists(document: &Document, order: &[&Block], facts: &mut Metadata, tables: &Tables) {
    let body = order.iter().position(|b| b.kind == BlockKind::Heading && b.marker.is_some() && b.level > 0);
    let front = body.unwrap_or(FRONT).min(FRONT);
    let mut candidate = vec![false; order.len()];
    let labelled: BTreeSet<usize> = facts.fields.iter().map(|f| f.block).collect();
    let abstracts =
        facts.fields.iter().filter(|f| matches!(f.kind, FieldKind::AbstractZh | FieldKind::AbstractEn));
    let abstracts: BTreeSet<usize> = abstracts.map(|f| f.block).collect();
    for (index, block) in order.iter().enumerate() {
        candidate[index] = index < front || block.kind == BlockKind::Authors;
        let begins = block.kind == BlockKind::Abstract || abstracts.contains(&index);
        if begins {
            candidate[index.saturating_sub(BEFORE_ABSTRACT)..index].fill(true);
        }
    }
    for (at, block) in order.iter().enumerate().filter(|(at, _)| candidate[*at]) {
        if labelled.contains(&at) || block.span.len() > 60_000 {
            continue;
        }
        let found = author_line(document, block, tables);
        facts.people.extend(found.into_iter().filter(|_| !matches!(block.kind, BlockKind::Reference)));
    }
    for field in facts.fields.clone() {
        let value = document.slice(field.value);
        let base = field.value.start;
        match field.kind {
            FieldKind::CitationZh | FieldKind::CitationEn => {
                facts.people.extend(citation(value, base, tables));
            }
            FieldKind::FirstAuthor | FieldKind::Corresponding => {
                let kind = if field.kind == FieldKind::FirstAuthor {
                    ListKind::First
                } else {
                    ListKind::Corresponding
                };
                if let Some((person, lang)) = people::first(value, base, tables) {
                    facts.people.push(People {
                        kind,
                        lang,
                        span: person.span,
                        people: vec![person],
                        complete: false,
                    });
                }
            }
            _ => {}
        }
    }
    let orcids: Vec<Span> = facts
        .identifiers
        .iter()
        .filter(|id| id.kind == identifier::IdentifierKind::Orcid)
        .map(|id| id.span)
        .collect();
    for span in orcids {
        let after = scan::after(document.text(), span.end, 40);
        let gap = after.len() - after.trim_start_matches([' ', '/']).len();
        if after[gap..].starts_with(['(', '（']) {
            let base = span.end + gap;
            if let Some((person, lang)) = people::first(&after[gap..], base, tables) {
                let list = People {
                    kind: ListKind::Orcid,
                    lang,
                    span: person.span,
                    people: vec![person],
                    complete: false,
                };
                facts.people.push(list);
            }
        }
    }
}

/// The authors in a block, when it is an author line.
fn author_line(document: &Document, block: &Block, tables: &Tables) -> Option<People> {
    let text = document.slice(block.span);
    let own = block.kind == BlockKind::Authors;
    let make = |lang, people: Vec<people::Person>, complete| {
        let span = Span::new(people.first()?.span.start, people.last()?.span.end);
        Some(People { kind: ListKind::Authors, lang, span, people, complete })
    };
    if let Some(at) = text.find("//") {
        // `English title // AUTHOR One1, AUTHOR Two2. 1. Affiliation`
        let from = at + 2;
        let (people, complete) = people::latin(&text[from..], block.span.start + from)?;
        let fits = people.first().is_some_and(|p| pinyin::is_pinyin(&p.name));
        return if fits { make(Lang::En, people, complete) } else { None };
    }
    if matches!(block.kind, BlockKind::Title | BlockKind::Abstract | BlockKind::Keywords | BlockKind::Caption)
    {
        return None;
    }
    if text.contains(is_han) {
        // affiliations may follow in the same block, in brackets
        let stop = text.char_indices().find(|(at, c)| {
            scan::opens(*c) && {
                let rest = &text[at + c.len_utf8()..];
                rest.chars().take(8).filter(|c| is_han(*c)).count() >= 3
            }
        });
        let head = &text[..stop.map_or(text.len(), |(at, _)| at)];
        let (people, complete) = people::chinese(head, block.span.start, tables)?;
        let marked = people.iter().any(|p| p.starred || !p.marks.is_empty());
        let enough = people.len() >= 2 || marked || own;
        return if enough { make(Lang::Zh, people, complete) } else { None };
    }
    let (people, complete) = people::latin(text, block.span.start)?;
    let chinese = people.iter().filter(|p| pinyin::is_pinyin(&p.name)).count();
    let enough = own || people.len() >= 2 && chinese * 5 >= people.len() * 4 && text.len() < 4_000;
    if enough { make(Lang::En, people, complete) } else { None }
}

/// The authors of a citation line.
fn citation(value: &str, base: usize, tables: &Tables) -> Option<People> {
    let first = value.find(char::is_alphabetic)?;
    let text = &value[first..];
    let base = base + first;
    if text.starts_with(is_han) {
        let stop = text.find(['.', '．', '。', '[', '('])?;
        let (people, complete) = people::chinese(&text[..stop], base, tables)?;
        let span = Span::new(people.first()?.span.start, people.last()?.span.end);
        return Some(People { kind: ListKind::Citation, lang: Lang::Zh, span, people, complete });
    }
    let stop = title_start(text).unwrap_or(0);
    let (people, complete) = people::latin(&text[..stop], base)?;
    let span = Span::new(people.first()?.span.start, people.last()?.span.end);
    Some(People { kind: ListKind::Citation, lang: Lang::En, span, people, complete })
}

/// Where the names of an English citation end: at a bracket, or at a full stop before a word of
/// three letters and more. Reads at most 2,000 bytes.
fn title_start(text: &str) -> Option<usize> {
    let text = scan::after(text, 0, 2_000);
    let bracket = text.find(['(', '（', '[']);
    let stop = text.match_indices(". ").map(|(at, _)| at).find(|at| {
        let word: String = text[at + 2..].chars().take_while(|c| c.is_alphabetic()).collect();
        word.len() >= 3 && word.chars().skip(1).any(char::is_lowercase) || word.len() >= 6
    });
    match (bracket, stop) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn affiliations(document: &Document, order: &[&Block], facts: &mut Metadata, tables: &Tables) {
    let lists: Vec<Span> =
        facts.people.iter().filter(|l| l.kind == ListKind::Authors).map(|l| l.span).take(50).collect();
    let mut near = 0usize;
    let other = facts
        .fields
        .iter()
        .filter(|f| !f.kind.is_date() && !matches!(f.kind, FieldKind::Email | FieldKind::Orcid));
    let other: BTreeSet<usize> = other.map(|f| f.block).collect();
    for (index, block) in order.iter().enumerate() {
        let holds = lists.iter().find(|list| block.span.contains(**list));
        if holds.is_some() {
            near = 24;
        } else {
            near = near.saturating_sub(1);
        }
        if matches!(block.kind, BlockKind::Abstract | BlockKind::Heading | BlockKind::Keywords)
            && holds.is_none()
        {
            near = 0;
        }
        let text = document.slice(block.span);
        let own = block.kind == BlockKind::Affiliation;
        let plain = matches!(
            block.kind,
            BlockKind::Paragraph
                | BlockKind::FrontMatter
                | BlockKind::ListItem
                | BlockKind::Authors
                | BlockKind::Heading
                | BlockKind::Title
        );
        let before = index < 8 && plain && text.starts_with(['(', '（']);
        if !(own || plain && near > 0 || before) {
            continue;
        }
        // the part of an author line after the names
        let from = holds.map_or(0, |list| list.end - block.span.start);
        let rest = &text[from..];
        let lead = rest.find(|c: char| scan::opens(c)).filter(|_| from > 0).unwrap_or(0);
        let rest = &rest[lead..];
        if from > 0 && lead == 0 && !rest.contains("//") && !rest.contains(". ") {
            continue;
        }
        if other.contains(&index) {
            continue;
        }
        // `6) Data Group / name@host`: the next number of the list tells as much as a word does
        let next = facts.affiliations.last().and_then(|a| a.number).map(|n| n.0 + 1);
        let goes_on = next.is_some()
            && rest.len() < 600
            && affiliation::items(rest, 0).first().and_then(|a| a.number).map(|n| n.0) == next;
        if !own && !goes_on && !affiliation::looks_like(rest) {
            continue;
        }
        let base = block.span.start + from + lead;
        facts.affiliations.extend(affiliation::items(rest, base));
        facts.postcodes.extend(affiliation::postcodes(rest, base, tables));
    }
}

/// Addresses with the person named before them.
fn mailboxes(document: &Document, order: &[&Block], facts: &Metadata, tables: &Tables) -> Vec<Mailbox> {
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
