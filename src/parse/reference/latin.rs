//! Latin names at the start of an entry.

use super::author::Heads;
use super::imprint;
use super::{Author, NameKind};
use crate::document::{Span, is_han};
use crate::finding::Confidence;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of, satisfy, space0, space1};
use nom::combinator::{map, not, opt, peek, recognize, verify};
use nom::multi::{many_m_n, many0, many1};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Offset, Parser};

type Read<'a, T> = IResult<&'a str, T>;

/// Reads Latin names one after another, or an institution.
pub(super) fn heads(text: &str) -> Heads {
    let mut out = Heads::default();
    let mut rest = text;
    let mut style = None;
    loop {
        let start = text.offset(rest);
        let Some((after, name, form)) = next_name(rest, style, out.authors.is_empty()) else {
            // `Zhang Z; Test Consortium.`: an institution closes the list
            let short =
                |group: &Heads| group.authors.iter().all(|a| a.family.split_whitespace().count() <= 8);
            let listed = matches!(style, Some(Form::Vancouver | Form::Glued));
            if let Some(group) = group(rest).filter(|group| listed && short(group)) {
                out.authors
                    .extend(group.authors.into_iter().map(|a| Author { span: a.span.shift(start), ..a }));
                out.end = start + group.end;
                out.closed = true;
                return out;
            }
            break;
        };
        let printed = &text[start..text.offset(after)];
        let (family, given) = name;
        let confidence = match form {
            Form::Vancouver | Form::Inverted | Form::Initials => Confidence::High,
            Form::Glued | Form::Full | Form::InvertedFull => Confidence::Medium,
        };
        let span = Span::new(start, start + printed.trim_end().len());
        out.authors.push(Author {
            span,
            family: family.trim().to_owned(),
            given: given.trim().to_owned(),
            kind: NameKind::Latin,
            confidence,
        });
        style = style.or(Some(form));
        out.end = text.offset(after);
        if let Ok((end, range)) = et_al(after) {
            let start = text.offset(range);
            out.et_al = Some(Span::new(start, start + range.len()));
            out.end = text.offset(end);
            out.closed = true;
            return out;
        }
        match separator(after) {
            Ok((next, _)) => rest = next,
            Err(_) => break,
        }
    }
    let after = text[out.end..].trim_start();
    out.closed = out.authors.is_empty()
        || after.is_empty()
        || after.starts_with(['.', '．', ':', '：', '“', '"', '(', '（', '[', '［'])
        || (matches!(style, Some(Form::Initials | Form::Inverted)) && !after.is_empty())
        || imprint::year_follows(after);
    if out.authors.is_empty() {
        return group(text).unwrap_or_default();
    }
    if !out.closed {
        return until_et_al(text, out).unwrap_or_default();
    }
    let sign = after.chars().next().filter(|c| ".．:：,，".contains(*c));
    out.end = text.len() - after.len() + sign.map_or(0, char::len_utf8);
    out
}

/// The names before one that could not be read, when `et al.` closes the list soon after.
fn until_et_al(text: &str, mut out: Heads) -> Option<Heads> {
    let rest = super::author::clip(&text[out.end..], 300);
    let at = rest.char_indices().find_map(|(at, c)| {
        let fresh = matches!(c, ' ' | ',' | '，' | '、');
        (fresh && et_al(&rest[at..]).is_ok()).then_some(at)
    })?;
    // a full stop before it ends the names: what follows is another sentence
    if rest[..at].contains(". ") || rest[..at].contains(['[', '(', '“']) {
        return None;
    }
    let (after, words) = et_al(&rest[at..]).ok()?;
    let start = text.offset(words);
    out.et_al = Some(Span::new(start, start + words.len()));
    out.end = text.offset(after);
    out.closed = true;
    Some(out)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Vancouver,
    Inverted,
    Initials,
    Glued,
    Full,
    InvertedFull,
}

type Name<'a> = (&'a str, &'a str);

fn next_name<'a>(text: &'a str, style: Option<Form>, first: bool) -> Option<(&'a str, Name<'a>, Form)> {
    let text = text.trim_start();
    // the form of the first name is tried first for the others
    let mut order =
        [Form::Vancouver, Form::Inverted, Form::Initials, Form::InvertedFull, Form::Glued, Form::Full];
    if let Some(at) = style.and_then(|style| order.iter().position(|form| *form == style)) {
        order[..=at].rotate_right(1);
    }
    order.into_iter().find_map(|form| {
        // a capitalised word pair after a comma is a title as often as a name
        if form == Form::Full && !first && style != Some(Form::Full) && style != Some(Form::Vancouver) {
            return None;
        }
        let parsed = match form {
            Form::Vancouver => vancouver(text),
            Form::Inverted => inverted(text),
            Form::Initials => initials_first(text),
            Form::Glued => glued(text, first),
            Form::Full => full(text),
            Form::InvertedFull => inverted_full(text),
        };
        parsed.ok().map(|(rest, name)| (rest, name, form))
    })
}

/// What may follow a name.
fn boundary(text: &str) -> Read<'_, ()> {
    let end = text.trim_start();
    let word_end = end.is_empty()
        || end.starts_with([
            ',', '，', '、', ';', '；', '.', '．', ':', '：', '(', '（', '&', '“', '"', '[', '［',
        ])
        || end.starts_with("and ")
        || (end.starts_with("and") && end[3..].starts_with(char::is_uppercase))
        || end.starts_with("et al")
        || end.starts_with("etal")
        || end.starts_with("与")
        || end.starts_with("等");
    if word_end {
        Ok((text, ()))
    } else {
        Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Not)))
    }
}

fn letter(c: char) -> bool {
    c.is_alphabetic() && !is_han(c)
        || matches!(c, '\'' | '’' | '‘' | '´' | '`' | '-' | '\u{2010}' | '\u{2011}' | '\u{ad}')
}

/// One word of a family name, capital first.
fn family_word(text: &str) -> Read<'_, &str> {
    verify(take_while1(letter), |word: &str| {
        word.chars().next().is_some_and(char::is_uppercase)
            || word.starts_with(['\'', '’', '‘'])
            || word.starts_with("d'")
            || word.starts_with("d’")
    })
    .parse(text)
}

fn particle(text: &str) -> Read<'_, &str> {
    let names = [
        "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ten", "ter",
        "el", "al", "bin", "ibn", "zu", "af", "av", "st",
    ];
    verify(take_while1(|c: char| c.is_ascii_lowercase()), move |word: &str| names.contains(&word)).parse(text)
}

/// `van der Berg`, `DE SANTANA SANTOS`, `O’Connor-Hall`.
fn family(text: &str) -> Read<'_, &str> {
    recognize((
        many0(terminated(particle, space1)),
        opt((tag("St."), space1)),
        family_word,
        many_m_n(0, 3, preceded(space1, alt((terminated(particle, peek(space1)), not_initials)))),
    ))
    .parse(text)
}

/// A further word of a family name: not initials, which are short and all capitals, unless it is a
/// particle in capitals before another word.
fn not_initials(text: &str) -> Read<'_, &str> {
    let (rest, word) = family_word(text)?;
    let next = rest.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let particle = ["DE", "LA", "VAN", "DER", "DEN", "VON", "DI", "DA", "DOS", "DEL", "DU", "EL", "AL", "LE"]
        .contains(&word);
    let long = word.chars().count() > 3 || word.chars().any(char::is_lowercase);
    if long || (particle && next.chars().count() >= 3) {
        return Ok((rest, word));
    }
    Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Verify)))
}

/// `JA`, `J A`, `X-L`, `NDE M`, `JF Jr`, without full stops.
fn initials(text: &str) -> Read<'_, &str> {
    let capitals = |text| {
        recognize((
            take_while_m_n(1, 3, char::is_uppercase),
            opt((one_of("-‐‑–"), take_while_m_n(1, 2, char::is_alphabetic))),
        ))
        .parse(text)
    };
    let suffix = alt((tag("Jr"), tag("Sr"), tag("III"), tag("II"), tag("2nd"), tag("3rd")));
    recognize((
        capitals,
        many_m_n(0, 4, preceded(space1, terminated(capitals, initials_end))),
        opt((space1, suffix, opt(char('.')))),
        take_while_m_n(0, 1, |c: char| c.is_ascii_digit()),
    ))
    .parse(text)
}

/// Initials end before anything but a small letter, or before `and` that was glued to them.
fn initials_end(text: &str) -> Read<'_, ()> {
    let glued =
        text.starts_with("and ") || (text.starts_with("and") && text[3..].starts_with(char::is_uppercase));
    if glued || !text.starts_with(char::is_lowercase) {
        return Ok((text, ()));
    }
    Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Not)))
}

/// `Smith JA`.
pub(super) fn vancouver(text: &str) -> Read<'_, Name<'_>> {
    terminated((family, preceded(space1, initials)), boundary).parse(text)
}

/// `Smith, J. A.`; the comma may lack its space.
fn inverted(text: &str) -> Read<'_, Name<'_>> {
    let suffix = opt((space0, char(','), space0, alt((tag("Jr."), tag("Sr."), tag("III"), tag("II")))));
    let dotted = recognize((dotted_initials, suffix));
    let bare = verify(initials, |i: &str| i.chars().filter(|c| c.is_alphabetic()).count() <= 3);
    let comma = (space0, one_of(",，"), space0);
    let given = alt((
        dotted,
        terminated(
            bare,
            peek(alt((tag("."), tag(","), tag("，"), tag(" &"), tag("&"), tag(" ("), tag("(")))),
        ),
    ));
    map((family, comma, given), |(family, _, given)| (family, given)).parse(text)
}

/// `J. A.`, `J.-A.`, `J.A.`, and with the stop lost after one: `G D.`, `GR.`.
fn dotted_initials(text: &str) -> Read<'_, &str> {
    let one = (
        take_while_m_n(1, 2, char::is_uppercase),
        opt(take_while_m_n(1, 2, char::is_lowercase)),
        one_of(".．"),
    );
    let lost = (satisfy(char::is_uppercase), space1, peek(satisfy(char::is_uppercase)));
    let part = alt((recognize(one), recognize(lost)));
    recognize(many1(terminated(part, (space0, opt(one_of("-‐‑–")))))).parse(text)
}

/// `J. A. Smith`.
fn initials_first(text: &str) -> Read<'_, Name<'_>> {
    map(terminated((dotted_initials, space0, family), boundary), |(given, _, family)| (family, given))
        .parse(text)
}

/// `Smith, Jane &`: a given name in full, before `&`, a semicolon or the year.
fn inverted_full(text: &str) -> Read<'_, Name<'_>> {
    let given = recognize((
        verify(family_word, |w: &str| w.chars().any(char::is_lowercase)),
        many_m_n(0, 2, preceded(space1, alt((dotted_initials, family_word)))),
    ));
    let end = peek((space0, alt((tag("&"), tag(";"), tag("；"), tag("("), tag("（"), tag(". (")))));
    map((family, space0, one_of(",，"), space1, given, end), |(family, _, _, _, given, _)| (family, given))
        .parse(text)
}

/// `SmithJA`, `SMITHJA` (the whole as family name).
pub(super) fn glued(text: &str, first: bool) -> Read<'_, Name<'_>> {
    let (rest, word) = terminated(family_word, boundary).parse(text)?;
    let split =
        word.rfind(char::is_lowercase).map(|at| at + word[at..].chars().next().map_or(1, char::len_utf8));
    let fail = Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Verify)));
    match split {
        Some(at)
            if at < word.len()
                && word[at..].chars().all(|c| c.is_uppercase() || c == '-')
                && word.len() - at <= 4 =>
        {
            let (family, given) = word.split_at(at);
            if family.chars().count() < 2 { fail } else { Ok((rest, (family, given))) }
        }
        None if word.chars().count() >= if first { 5 } else { 3 } && rest.starts_with([',', '，']) => {
            Ok((rest, (word, "")))
        }
        _ => fail,
    }
}

/// `Mary E Smith`, `Ali Reza Karimi`: the last word is taken for the family name.
pub(super) fn full(text: &str) -> Read<'_, Name<'_>> {
    let word = |text| {
        alt((recognize((satisfy(char::is_uppercase), opt(char('.')), peek(space1))), family_word)).parse(text)
    };
    let (rest, words) =
        terminated(recognize((word, many_m_n(1, 3, preceded(space1, word)))), boundary).parse(text)?;
    let split = words.rfind(' ').unwrap_or(0);
    let (given, family) = words.split_at(split);
    let short = words.split(' ').all(|w| w.chars().count() <= 14);
    if !short || family.trim().chars().count() < 2 || is_group(words) {
        return Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Verify)));
    }
    Ok((rest, (family.trim(), given)))
}

/// Between two names: `,`, `;`, `&`, `and`, alone or together, also `…` before the last.
fn separator(text: &str) -> Read<'_, &str> {
    let and = alt((
        tag("and "),
        tag("&amp;"),
        tag("&"),
        tag("与"),
        tag("和"),
        recognize((tag("and"), peek(satisfy(char::is_uppercase)))),
    ));
    // `Smith NA., Lee K`: a full stop slipped in
    let comma = recognize((
        opt(terminated(one_of(".．"), peek(one_of(",，;；")))),
        many1(one_of(",，、;；")),
        space0,
    ));
    let dots = alt((tag("..."), tag("…"), tag(". . ."), tag("..")));
    recognize((
        space0,
        alt((
            recognize((comma, opt((dots, space0, opt(one_of(",，")), space0)), opt(and))),
            recognize((
                take_while(|c| c == ' '),
                alt((tag("and "), tag("&"), recognize((tag("and"), peek(satisfy(char::is_uppercase)))))),
            )),
        )),
        space0,
    ))
    .parse(text)
}

/// `, et al.` after a name; gives the words themselves.
fn et_al(text: &str) -> Read<'_, &str> {
    let lead = take_while(|c: char| c.is_whitespace() || ",，、;；".contains(c));
    let latin = recognize((
        alt((tag("et"), tag("Et"), tag("ET"))),
        take_while_m_n(0, 2, |c: char| c == ' ' || c == '.'),
        alt((tag("al"), tag("Al"), tag("AL"), tag("aI"))),
    ));
    // `等` after Latin names is for a rule to say
    let words = alt((latin, tag("等人"), tag("等")));
    let (rest, words) =
        preceded(lead, terminated(words, peek(not(satisfy(char::is_alphabetic))))).parse(text)?;
    let (rest, _) = take_while_m_n(0, 2, |c: char| ".．:：,，".contains(c)).parse(rest)?;
    Ok((rest, words))
}

/// True for the words of an institution.
fn is_group(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "Organization",
        "Organisation",
        "Society",
        "Association",
        "Committee",
        "Group",
        "Institute",
        "Center",
        "Centre",
        "Agency",
        "Ministry",
        "Department",
        "University",
        "Consortium",
        "Collaboration",
        "Network",
        "Panel",
        "Council",
        "Federation",
        "Board",
        "Commission",
        "Foundation",
        "Team",
        "Investigators",
        "Service",
        "Academy",
        "Initiative",
        "College",
        "Bank",
        "Administration",
        "Government",
        "Office",
        "Nations",
        "Union",
        "Programme",
        "Program",
    ];
    text.split(|c: char| !c.is_alphabetic()).any(|word| WORDS.contains(&word))
}

/// An institution: words up to the first full stop, one of them telling.
fn group(text: &str) -> Option<Heads> {
    let stop = text.char_indices().find_map(|(at, c)| {
        let abbreviation = c == '.' && text[..at].ends_with(|c: char| c.is_uppercase());
        let year = c == '(' && imprint::year(text[at + 1..].trim_start()).is_ok();
        ((c == '.' && !abbreviation) || c == '．' || year).then_some((at, c))
    });
    let (at, sign) = stop?;
    let name = text[..at].trim_end();
    let short = name.split_whitespace().count() <= 20 && name.len() <= 220;
    if !short || !is_group(name) || !text.starts_with(char::is_uppercase) {
        return None;
    }
    let author = Author {
        span: Span::new(0, name.len()),
        family: name.to_owned(),
        given: String::new(),
        kind: NameKind::Group,
        confidence: Confidence::Medium,
    };
    let end = if sign == '(' { at } else { at + sign.len_utf8() };
    Some(Heads { authors: vec![author], et_al: None, end, closed: true })
}
