//! Facts of the front matter: labelled fields, people, identifiers, dates, grants.

pub mod affiliation;
pub mod article;
pub mod checkdigit;
mod citation_line;
mod collect;
mod contribution;
pub mod date;
pub mod doi;
pub mod email;
pub mod grant;
mod holders;
pub mod identifier;
pub mod label;
mod latin;
mod lists;
pub mod people;
pub mod pinyin;
pub mod postcode;
mod run_in;
mod scan;
mod tables;
pub mod target;

pub use citation_line::{CitationNumbers, citation_numbers};
pub use collect::parse;
pub use contribution::{Contribution, Contributor, printed_initials as contribution_initials};
pub use label::{Field, FieldKind};
pub use people::{ListKind, People, Person};
pub use tables::{Tables, Term, Translation};

use super::Inspected;
use crate::document::{Lang, Span};
use crate::finding::Confidence;

/// Facts of this family.
#[derive(Debug, Default)]
pub struct Metadata {
    /// Labelled fields, in reading order.
    pub fields: Vec<Field>,
    /// E-mail addresses outside references and code.
    pub emails: Vec<Mailbox>,
    /// DOIs outside references and code.
    pub dois: Vec<doi::Doi>,
    /// ISSN, ORCID and ISBN in their context, anywhere.
    pub identifiers: Vec<identifier::Identifier>,
    /// Identifiers in the addresses of links, anywhere.
    pub targets: Vec<target::Target>,
    /// Registration numbers outside references.
    pub registrations: Vec<identifier::Registration>,
    /// 文章编号 after their label.
    pub article_numbers: Vec<article::ArticleNumber>,
    /// Labelled dates.
    pub dates: Vec<LabelledDate>,
    /// Dates outside references that the calendar lacks.
    pub impossible_dates: Vec<(Span, date::Date)>,
    /// Grants of all funding statements.
    pub grants: Vec<grant::Grant>,
    /// Lists of people.
    pub people: Vec<People>,
    /// Affiliations.
    pub affiliations: Vec<affiliation::Affiliation>,
    /// Postcodes whose place is known.
    pub postcodes: Vec<postcode::Postcode>,
    /// Lines of keywords.
    pub keywords: Vec<Keywords>,
    /// First Chinese and first English abstract (the label, or the first characters).
    pub abstracts: Vec<(Lang, Span)>,
    /// The statement of contributions.
    pub contribution: Option<Contribution>,
}

/// An e-mail address and whose it is.
#[derive(Debug, Clone)]
pub struct Mailbox {
    /// The address.
    pub email: email::Email,
    /// The person named before it.
    pub holder: Option<Holder>,
}

/// Whose address it is.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The label that names the person's part.
    pub role: FieldKind,
    /// The person.
    pub person: Person,
    /// Script of the name.
    pub lang: Lang,
}

/// A date with its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LabelledDate {
    /// What happened.
    pub kind: FieldKind,
    /// The label.
    pub label: Span,
    /// The date.
    pub span: Span,
    /// Its value.
    pub date: date::Date,
}

/// A line of keywords.
#[derive(Debug, Clone)]
pub struct Keywords {
    /// Language of the label.
    pub lang: Lang,
    /// The label.
    pub label: Span,
    /// The keywords.
    pub items: Vec<Span>,
}

impl Metadata {
    /// The author line of a language: the first one, longest first when there are several.
    pub fn authors(&self, lang: Lang) -> Option<&People> {
        self.list(ListKind::Authors, lang)
    }

    /// The first list of a kind and language.
    pub fn list(&self, kind: ListKind, lang: Lang) -> Option<&People> {
        self.people.iter().find(|list| list.kind == kind && list.lang == lang)
    }

    /// The first field of a kind.
    pub fn field(&self, kind: FieldKind) -> Option<&Field> {
        self.fields.iter().find(|field| field.kind == kind)
    }

    /// The latest year the front matter names: dates, 文章编号.
    pub fn year(&self) -> Option<u16> {
        let dates = self.dates.iter().filter(|d| d.date.exists()).map(|d| d.date.year);
        let numbers = self.article_numbers.iter().filter(|n| !n.blank).map(|n| n.year);
        dates.chain(numbers).max()
    }

    /// Adds all facts for `inspect`.
    pub fn inspect(&self, out: &mut Vec<Inspected>) {
        let mut push = |kind, span: Span, value: String, confidence| {
            out.push(Inspected { kind, span, value, confidence });
        };
        let high = Confidence::High;
        for field in &self.fields {
            push("field", field.label, format!("{:?}", field.kind), high);
        }
        for mailbox in &self.emails {
            let holder = mailbox.holder.as_ref().map_or("?", |h| h.person.name.as_str());
            push("email", mailbox.email.span, format!("{} ({holder})", mailbox.email.normal), high);
        }
        for doi in &self.dois {
            push(
                "doi",
                doi.span,
                doi.fault.map_or(doi.normal.clone(), |f| format!("{f:?}: {}", doi.normal)),
                high,
            );
        }
        for id in &self.identifiers {
            push(
                "identifier",
                id.span,
                format!("{:?} {}", id.kind, if id.valid { "valid" } else { "invalid" }),
                high,
            );
        }
        for number in &self.registrations {
            push("registration", number.span, format!("{} {}", number.register, number.valid), high);
        }
        for number in &self.article_numbers {
            push(
                "article-number",
                number.span,
                format!("{} p. {} + {}", number.year, number.page, number.count),
                high,
            );
        }
        for date in &self.dates {
            push("date", date.span, format!("{:?} {}", date.kind, date.date), high);
        }
        for grant in &self.grants {
            push("grant", grant.span, format!("{} ({})", grant.number, grant.name), high);
        }
        for list in &self.people {
            for person in &list.people {
                let marks: Vec<String> = person.marks.iter().map(|m| m.0.to_string()).collect();
                let value = format!(
                    "{:?} {} [{}]{}",
                    list.kind,
                    person.name,
                    marks.join(","),
                    if person.starred { "*" } else { "" }
                );
                push("person", person.span, value, high);
            }
        }
        for item in &self.affiliations {
            push("affiliation", item.span, item.number.map_or("-".to_owned(), |n| n.0.to_string()), high);
        }
        for line in &self.keywords {
            push("keywords", line.label, format!("{:?} {}", line.lang, line.items.len()), high);
        }
        for (lang, span) in &self.abstracts {
            push("abstract", *span, format!("{lang:?}"), high);
        }
        if let Some(contribution) = &self.contribution {
            for person in &contribution.people {
                push("contributor", person.span, person.name.clone(), Confidence::Medium);
            }
        }
    }
}
