//! From blocks to the facts of the front matter.

use super::label::{Field, FieldKind};
use super::people::{ListKind, People, Person};
use super::{Contribution, Holder, Keywords, LabelledDate, Metadata, Tables};
use super::{
    affiliation, article, contribution, date, doi, grant, holders, identifier, label, lists, postcode,
    run_in, scan, target,
};
use crate::document::{Block, BlockKind, Document, Format, Lang, Span};
use crate::parse::Data;
use crate::parse::header::{self, Header};
use std::collections::BTreeSet;

/// Read the facts of this family.
pub fn parse(document: &Document, data: &Data) -> Metadata {
    let tables = &data.metadata;
    let order = document.reading_order();
    let fields = label::fields(document, &order, tables);
    let text = document.text();
    let yaml = header::header(document);
    let in_yaml = |offset: usize| yaml.as_ref().is_some_and(|header| header.holds(offset));
    let kind_at = |offset: usize| document.block_at(offset).map(|b| b.kind);
    let prose = |offset: usize| {
        kind_at(offset)
            .is_some_and(|k| !matches!(k, BlockKind::Reference | BlockKind::Code | BlockKind::Furniture))
            || in_yaml(offset)
    };
    let in_list = |offset: usize| {
        kind_at(offset).is_none_or(|k| matches!(k, BlockKind::Reference | BlockKind::Code))
            && !in_yaml(offset)
    };
    // what stands in code is an example
    let example = |offset: usize| {
        document.format() == Format::Markdown && kind_at(offset) == Some(BlockKind::Code) && !in_yaml(offset)
    };
    let mut facts = Metadata {
        // page heads carry the article's own DOI
        dois: doi::scan(text).into_iter().filter(|doi| !in_list(doi.span.start)).collect(),
        identifiers: identifier::scan(text).into_iter().filter(|id| !example(id.span.start)).collect(),
        targets: target::targets(document),
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
            FieldKind::FirstAuthor | FieldKind::Corresponding | FieldKind::AuthorNote => {
                facts.postcodes.extend(postcode::postcodes(scan::after(value, 0, 600), base, tables));
            }
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
    if let Some(header) = &yaml {
        yaml_people(document, header, &mut facts);
    }
    lists::lists(document, &order, &mut facts, tables);
    affiliations(document, &order, &mut facts, tables);
    facts.postcodes.extend(postcode::labelled(text).into_iter().filter(|code| prose(code.span.start)));
    facts.postcodes.sort_by_key(|code| code.span);
    facts.postcodes.dedup_by_key(|code| code.span);
    facts.emails = holders::mailboxes(document, &order, &facts, tables);
    facts.emails.retain(|mailbox| prose(mailbox.email.span.start));
    if let Some(header) = yaml.as_ref().filter(|header| header.authors.len() <= 1_000) {
        let people = facts.people.iter().filter(|list| list.kind == ListKind::Authors);
        let people: Vec<_> = people.flat_map(|list| list.people.iter().map(|p| (p, list.lang))).collect();
        for mailbox in facts.emails.iter_mut().filter(|mailbox| header.holds(mailbox.email.span.start)) {
            let near = people.iter().rfind(|(person, _)| {
                header.holds(person.span.start) && person.span.start < mailbox.email.span.start
            });
            mailbox.holder = near.map(|(person, lang)| Holder {
                role: FieldKind::AuthorNote,
                person: (*person).clone(),
                lang: *lang,
            });
        }
    }
    facts
}

/// Authors, affiliations and the date of a YAML header.
fn yaml_people(document: &Document, header: &Header, facts: &mut Metadata) {
    if let Some(span) = header.date
        && let Some((date, length)) = date::date(document.slice(span))
        && !date.exists()
    {
        let span = Span::new(span.start, span.start + length);
        if facts.impossible_dates.iter().all(|(other, _)| !other.overlaps(span)) {
            facts.impossible_dates.push((span, date));
        }
    }
    if header.nested {
        return;
    }
    let mut people = Vec::new();
    for author in &header.authors {
        let printed = document.slice(author.name);
        let name = printed[..printed.find(['^', '[', '(', '*', '\\']).unwrap_or(printed.len())].trim_end();
        let marks =
            author.affiliation.map(|span| numbers(document.slice(span), span.start)).unwrap_or_default();
        if !name.is_empty() {
            let span = Span::new(author.name.start, author.name.start + name.len());
            people.push(Person { span, name: name.to_owned(), marks, starred: false });
        }
    }
    let (Some(first), Some(last)) = (people.first(), people.last()) else { return };
    let lang = Lang::of(&first.name);
    let span = Span::new(first.span.start, last.span.end);
    for place in &header.affiliations {
        let Some(span) = place.name.or(place.index) else { continue };
        let number =
            place.index.and_then(|index| numbers(document.slice(index), index.start).first().copied());
        facts.affiliations.push(affiliation::Affiliation { span, number, lang });
    }
    facts.people.push(People { kind: ListKind::Authors, lang, span, people, complete: true });
}

/// The numbers of `1, 2`; none when anything else stands there.
fn numbers(text: &str, base: usize) -> Vec<(u32, Span)> {
    let mut out = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive([',', ';', ' ', '&']) {
        let word = piece.trim_matches([',', ';', ' ', '&']);
        if let (false, Some(lead)) = (word.is_empty(), piece.find(word)) {
            let Some(value) = word.parse().ok().filter(|value| (1..1_000).contains(value)) else {
                return Vec::new();
            };
            out.push((value, Span::new(base + at + lead, base + at + lead + word.len())));
        }
        at += piece.len();
    }
    out
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
        let bracket = || rest.find(|c: char| scan::opens(c));
        let run_in = || run_in::names_end(text, tables).and_then(|end| end.checked_sub(from));
        let found = if from > 0 { run_in().or_else(bracket) } else { None };
        let lead = found.unwrap_or(0);
        let rest = &rest[lead..];
        if from > 0 && found.is_none() && !rest.contains("//") && !rest.contains(". ") {
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
        facts.postcodes.extend(postcode::postcodes(rest, base, tables));
    }
}
