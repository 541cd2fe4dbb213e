//! Checks of the metadata family.

mod addresses;
mod authors;
mod contacts;
mod contributions;
mod dates;
mod grants;
mod identifiers;
mod journal;
mod languages;
mod marks;
mod terms;
mod titles;

use super::Kind;

/// The kinds of this family.
pub const KINDS: &[Kind] = &[
    contacts::DUPLICATE,
    contacts::MALFORMED,
    identifiers::DOI,
    identifiers::LINK,
    identifiers::OWN_DOI,
    identifiers::CHECK_DIGIT,
    identifiers::REGISTRATION,
    journal::ARTICLE,
    journal::CLASS,
    journal::CODE,
    grants::NUMBER,
    grants::FUNDERS,
    grants::SETS,
    dates::ORDER,
    dates::IMPOSSIBLE,
    addresses::MARKS,
    addresses::POSTCODE,
    authors::NAMES,
    authors::LEAD,
    contributions::WITHOUT,
    contributions::STRANGER,
    languages::KEYWORDS,
    languages::ABSTRACT,
    titles::KIND,
    marks::MARKS,
    terms::KIND,
];
