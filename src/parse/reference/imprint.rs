//! Year, volume, issue and pages: the numbers at the end of an entry.
//!
//! Four orders are read: year first (`2019, 25(3): 281-309`), volume first (`25(3), 281-309`, with
//! the year elsewhere), the year between the two (`25 (2019) 281–309`) and worded (`vol. 25, no. 3, pp. 281-309, 2019`).

use super::normal::{fold_width, is_dash};
use super::{Pages, Year};
use crate::document::is_han;
use nom::branch::alt;
use nom::bytes::complete::{tag_no_case, take_while, take_while_m_n};
use nom::character::complete::{char, none_of, one_of, satisfy};
use nom::combinator::{opt, recognize, verify};
use nom::multi::many0_count;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Offset, Parser};
use std::ops::Range;

/// A value with its bytes in the entry.
pub(super) type Found<T> = (Range<usize>, T);

/// The numbers of an entry.
#[derive(Debug, Clone, Default)]
pub(super) struct Imprint {
    pub year: Option<Found<Year>>,
    pub volume: Option<Found<String>>,
    pub issue: Option<Found<String>>,
    pub pages: Option<Found<Pages>>,
    /// From the first to the last of them.
    pub range: Range<usize>,
    /// `vol.`, `no.`, `pp.` are written out.
    pub worded: bool,
    /// The year stands in brackets between volume and pages, and a comma before the journal: `42 (2017) 60–88`.
    pub between: bool,
}

impl Imprint {
    fn score(&self) -> usize {
        usize::from(self.year.is_some())
            + 2 * usize::from(self.volume.is_some())
            + usize::from(self.issue.is_some())
            + 3 * usize::from(self.pages.is_some())
    }
}

/// Reads the numbers in `text[from..]`, a masked entry; `dated` when the year stands elsewhere.
pub(super) fn read(text: &str, from: usize, dated: bool) -> Imprint {
    if let Some(found) = worded(text, from) {
        return found;
    }
    let mut best = Imprint { range: text.len()..text.len(), ..Imprint::default() };
    let mut previous = text[..from].chars().next_back().unwrap_or(' ');
    let mut skip_to = from;
    for (at, c) in text[from..].char_indices().map(|(at, c)| (at + from, c)) {
        let fresh = !previous.is_alphanumeric() || (is_han(previous) && c.is_ascii_digit());
        let before = std::mem::replace(&mut previous, c);
        if !fresh || at < skip_to || !(c.is_ascii_alphanumeric() || c == '(' || c == '（') {
            continue;
        }
        let rest = &text[at..];
        let first = year_first(text, rest)
            .ok()
            .filter(|(_, found)| found.volume.is_some() || found.pages.is_some() || separated(&text[..at]));
        let second = if first.is_none() || dated { volume_first(text, rest).ok() } else { None };
        let second = second.filter(|_| before != '.' || dated);
        let third = if dated { None } else { year_between(text, rest).ok() };
        for (_, found) in [first, second, third].into_iter().flatten() {
            let whole = found.volume.is_some() && found.pages.is_some();
            // of equals the later one; a complete one is not overtaken by its own tail
            if found.score() >= best.score() && (found.year.is_some() || whole) {
                skip_to = if found.score() >= 6 { found.range.end } else { skip_to };
                best = found;
            }
        }
    }
    best
}

/// True when a year alone may stand here: after a mark, not inside the words of a title.
fn separated(before: &str) -> bool {
    let last = before.trim_end().chars().next_back();
    last.is_some_and(|c| ",，.．;；:：(（)）]］”*_\u{1}".contains(c))
}

type Read<'a, T> = IResult<&'a str, T>;

fn space(text: &str) -> Read<'_, &str> {
    take_while(|c: char| c.is_whitespace() || "*_$~{}".contains(c) && !c.is_alphanumeric()).parse(text)
}

fn year_first<'a>(text: &str, rest: &'a str) -> Read<'a, Imprint> {
    let start = text.len() - rest.len();
    let (after, year) = year(rest)?;
    let year_range = start..start + rest.offset(after);
    let (after, _) = opt(month).parse(after)?;
    let mut out =
        Imprint { year: Some((year_range.clone(), year)), range: year_range.clone(), ..Imprint::default() };
    // `2013(12):1713-7`: no volume
    let mut separator = (space, opt(one_of(",，;；.．:：")), space);
    let (tail, _) = separator.parse(after)?;
    let direct = after.trim_start().starts_with(['(', '（']);
    if let Ok((end, numbers)) = numbers(text, if direct { after } else { tail }) {
        out.volume = numbers.0;
        out.issue = numbers.1;
        out.pages = numbers.2;
        out.range = start..text.len() - end.len();
        return Ok((end, out));
    }
    // `2019: 281-309`, pages of a book
    let pages_only = preceded(
        (space, one_of(":：.．"), space, opt(alt((tag_no_case("pp."), tag_no_case("p.")))), space),
        pages,
    );
    if let Ok((end, (from, value))) = located(pages_only, text, after)
        && value.last.is_some()
    {
        out.pages = Some((from, value));
        out.range = start..text.len() - end.len();
        return Ok((end, out));
    }
    Ok((after, out))
}

fn volume_first<'a>(text: &str, rest: &'a str) -> Read<'a, Imprint> {
    let start = text.len() - rest.len();
    let (end, (volume, issue, pages)) = numbers(text, rest)?;
    let volume_first = volume.is_some() && pages.is_some();
    if !volume_first {
        return Err(nom::Err::Error(nom::error::Error::new(rest, nom::error::ErrorKind::Verify)));
    }
    let range = start..text.len() - end.len();
    let mut out = Imprint { volume, issue, pages, range, ..Imprint::default() };
    // `25, 281-309 (2019)`
    let trailing = delimited((space, one_of("(（")), year, one_of(")）"));
    if let Ok((end, (range, value))) = located(trailing, text, end) {
        let inner = text[range.clone()].find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        out.year = Some((range.start + inner..range.start + inner + 4, value));
        out.range.end = range.end;
        return Ok((end, out));
    }
    Ok((end, out))
}

/// `42 (2017) 60–88`, `25(3) (2019) e6201`, `78 (2019).`
fn year_between<'a>(text: &str, rest: &'a str) -> Read<'a, Imprint> {
    let start = text.len() - rest.len();
    let fail = || nom::Err::Error(nom::error::Error::new(rest, nom::error::ErrorKind::Verify));
    // a year in this place is a title's
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(fail());
    }
    let (after, (volume_range, _)) = located(volume, text, rest)?;
    let (after, issue_range) = opt(preceded(space, |r| located(issue, text, r))).parse(after)?;
    let bracketed = delimited((space, one_of("(（")), year, one_of(")）"));
    let (after, (year_range, value)) = located(bracketed, text, after)?;
    let inner_year = text[year_range.clone()].find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let year_range = year_range.start + inner_year..year_range.start + inner_year + 4;
    let (end, page_range) =
        opt(preceded((space, opt(one_of(",:")), space), |r| located(pages, text, r))).parse(after)?;
    let closed = end.trim_start().chars().next().is_none_or(|c| ".,;".contains(c) || c == '\u{1}');
    if page_range.is_none() && !closed {
        return Err(fail());
    }
    Ok((
        end,
        Imprint {
            year: Some((year_range, value)),
            volume: Some((volume_range.clone(), clean(&text[volume_range]))),
            issue: issue_range.map(|(range, value)| (inner(text, range), value)),
            pages: page_range,
            range: start..text.len() - end.len(),
            worded: false,
            between: true,
        },
    ))
}

type Numbers = (Option<Found<String>>, Option<Found<String>>, Option<Found<Pages>>);

/// `25(3): 281-309`, `25: 281`, `(12): 1713-7`, `25(3)`.
fn numbers<'a>(text: &str, rest: &'a str) -> Read<'a, Numbers> {
    let fail = |kind| Err(nom::Err::Error(nom::error::Error::new(rest, kind)));
    let (after, volume_range) = opt(|r| located(volume, text, r)).parse(rest)?;
    let (after, issue_range) = opt(preceded(space, |r| located(issue, text, r))).parse(after)?;
    let comma = one_of(":：,，;；");
    let separator =
        (space, comma, space, opt(alt((tag_no_case("pp."), tag_no_case("pp"), tag_no_case("p.")))), space);
    let stop = (space, one_of(".．"), space);
    let colon = opt(preceded(alt((recognize(separator), recognize(stop))), |r| located(pages, text, r)));
    let before_pages = after;
    let (after, mut page_range) = { colon }.parse(after)?;
    // `10. 71-74`: a full stop counts only before a range
    if let Some((range, value)) = &page_range {
        let sign = text[text.len() - before_pages.len()..range.start].trim();
        let stop = sign.starts_with(['.', '．']);
        if stop && (value.last.is_none() || volume_range.is_none()) {
            page_range = None;
        }
    }
    let after = if page_range.is_some() { after } else { before_pages };
    let volume = volume_range.map(|(range, _)| (range.clone(), clean(&text[range])));
    let issue = issue_range.map(|(range, value)| (inner(text, range), value));
    match (&volume, &issue, &page_range) {
        (None, None, _) | (Some(_), None, None) => fail(nom::error::ErrorKind::Verify),
        // a lone issue needs pages: `2013(12):1713-7`
        (None, Some(_), None) => fail(nom::error::ErrorKind::Verify),
        _ => Ok((after, (volume, issue, page_range))),
    }
}

/// The range without the brackets and spaces around it.
fn inner(text: &str, range: Range<usize>) -> Range<usize> {
    let edge = |c: char| c.is_whitespace() || "()（）".contains(c);
    let whole = &text[range.clone()];
    let start = whole.len() - whole.trim_start_matches(edge).len();
    range.start + start..range.start + start + whole.trim_matches(edge).len()
}

fn clean(text: &str) -> String {
    text.chars().map(fold_width).filter(|c| !c.is_whitespace()).collect()
}

/// Runs a parser and gives the bytes it took, without white space at their start.
fn located<'a, T>(
    mut parser: impl Parser<&'a str, Output = T, Error = nom::error::Error<&'a str>>,
    text: &str,
    rest: &'a str,
) -> Read<'a, (Range<usize>, T)> {
    let (after, value) = parser.parse(rest)?;
    let start = text.len() - rest.len();
    let end = text.len() - after.len();
    let taken = &text[start..end];
    let lead =
        taken.len() - taken.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != '（').len();
    Ok((after, (start + lead..end, value)))
}

/// True when a comma and a year with a mark after it begin a text, as after the names of
/// `Lund H, Okoro R, 2015. Title`.
pub(super) fn year_follows(text: &str) -> bool {
    let after = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '，'));
    year(after).is_ok_and(|(next, _)| next.starts_with(['.', '．', ':', '：', ',', '，', '。']))
}

/// Four digits from 1500 to 2099, letters that look like digits among them allowed when at least two
/// are digits, with a suffix letter.
pub(super) fn year(text: &str) -> Read<'_, Year> {
    let digit =
        |c: char| c.is_ascii_digit() || matches!(c, 'O' | 'o' | 'l' | 'I') || ('０'..='９').contains(&c);
    let (rest, printed) = take_while_m_n(4, 4, digit).parse(text)?;
    let fail = Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Digit)));
    let sure = printed.chars().filter(|c| fold_width(*c).is_ascii_digit()).count();
    let value = printed.chars().fold(0u16, |value, c| {
        let digit = match fold_width(c) {
            'O' | 'o' => 0,
            'l' | 'I' => 1,
            c => c.to_digit(10).unwrap_or(0),
        };
        value * 10 + u16::try_from(digit).unwrap_or(0)
    });
    if sure < 2 || !(1500..2100).contains(&value) {
        return fail;
    }
    let suffix = rest.chars().next().filter(char::is_ascii_lowercase);
    let (rest, suffix) = match suffix {
        Some(c) if !rest[1..].starts_with(|c: char| c.is_alphanumeric()) => (&rest[1..], Some(c)),
        Some(_) => return fail,
        None => (rest, None),
    };
    if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return fail;
    }
    Ok((rest, Year { year: value, suffix, damaged: sure < 4 }))
}

/// `Jun`, ` June 20`, `, Mar.` after a year.
fn month(text: &str) -> Read<'_, &str> {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let word = verify(take_while_m_n(3, 9, |c: char| c.is_ascii_alphabetic()), move |word: &str| {
        names.iter().any(|name| word.get(..3).is_some_and(|w| w.eq_ignore_ascii_case(name)))
    });
    let season = opt(preceded(one_of("-–/"), take_while_m_n(3, 9, |c: char| c.is_ascii_alphabetic())));
    let day = opt(preceded(space, terminated(take_while_m_n(1, 2, |c: char| c.is_ascii_digit()), space)));
    recognize((space, opt(char(',')), space, word, opt(char('.')), season, day)).parse(text)
}

/// `25`, `2O`, `A12`, `31 Suppl 1`, `47B`; letters that look like digits are kept as printed.
fn volume(text: &str) -> Read<'_, &str> {
    let digits = |low| take_while_m_n(low, 5, |c: char| c.is_ascii_digit() || matches!(c, 'O' | 'l'));
    let plain = recognize((
        opt(alt((tag_no_case("vol."), tag_no_case("vol ")))),
        space,
        take_while_m_n(0, 2, |c: char| c.is_ascii_uppercase()),
        verify(digits(1), |d: &str| d.bytes().any(|b| b.is_ascii_digit())),
        opt((satisfy(|c| c.is_ascii_uppercase()), nom::combinator::not(satisfy(char::is_alphanumeric)))),
        opt(supplement),
    ));
    terminated(plain, nom::combinator::not(satisfy(char::is_alphanumeric))).parse(text)
}

fn supplement(text: &str) -> Read<'_, &str> {
    let word = alt((tag_no_case("suppl"), tag_no_case("pt"), tag_no_case("part")));
    recognize((space, word, opt(char('.')), space, take_while_m_n(0, 3, |c: char| c.is_ascii_alphanumeric())))
        .parse(text)
}

/// `(3)`, `(19-20)`, `(Suppl 4)`, `（12）`.
fn issue(text: &str) -> Read<'_, String> {
    let body = recognize(many0_count(verify(none_of("()（）[]\n"), |c: &char| {
        !is_han(*c) || "期增刊专辑特".contains(*c)
    })));
    let (rest, body) = delimited(one_of("(（"), body, one_of(")）")).parse(text)?;
    let body = body.trim();
    let numeric = body.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let lower = body.to_ascii_lowercase();
    let wordy = [
        "suppl", "s", "z", "增", "专", "c", "database", "web ", "issue", "part", "pt", "winter", "autumn",
        "fall",
    ]
    .iter()
    .any(|w| lower.starts_with(w));
    if body.len() > 24
        || body.is_empty()
        || !(numeric || wordy)
        || year(body).is_ok_and(|(r, _)| r.is_empty())
    {
        return Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Verify)));
    }
    Ok((rest, body.chars().map(|c| if is_dash(c) { '-' } else { fold_width(c) }).collect()))
}

/// `281-309`, `281-9`, `e12956`, `S129-S135`, `74-78,84`, `168-171+176`, `1763`.
fn pages(text: &str) -> Read<'_, Pages> {
    let page = |text| {
        let prefix = take_while_m_n(0, 4, |c: char| c.is_ascii_alphabetic());
        let digits = take_while_m_n(1, 18, |c: char| c.is_ascii_digit());
        let suffix = take_while_m_n(0, 2, |c: char| c.is_ascii_alphabetic());
        terminated(
            recognize((prefix, opt(char('-')), digits, suffix)),
            nom::combinator::not(satisfy(|c| c.is_alphanumeric() && !is_han(c))),
        )
        .parse(text)
    };
    let number_word = alt((tag_no_case("article id "), tag_no_case("article ")));
    let (rest, _) = opt(number_word).parse(text)?;
    let (rest, first) = page(rest)?;
    let dash = |text| recognize((space, satisfy(is_dash), take_while_m_n(0, 1, is_dash), space)).parse(text);
    let (rest, last): (&str, Option<&str>) = opt(preceded(dash, page)).parse(rest)?;
    // further stretches, `,84` and `+176`, but not a year that follows
    let more = recognize((one_of(",，+"), page, opt(preceded(dash, page))));
    let (rest, _) = if last.is_some() {
        many0_count(verify(more, |s: &str| {
            year(s.trim_start_matches([',', '，', '+'])).is_err() || s.starts_with('+')
        }))
        .parse(rest)?
    } else {
        (rest, 0)
    };
    let article = last.is_none();
    Ok((rest, Pages { first: first.to_owned(), last: last.map(str::to_owned), article }))
}

/// `vol. 25, no. 3, pp. 281-309, 2019`: each part where it stands.
fn worded(text: &str, from: usize) -> Option<Imprint> {
    let tail = &text[from..];
    let at = ["vol.", "Vol."].iter().filter_map(|word| tail.find(word)).min()?;
    let mut out = Imprint { worded: true, range: from + at..text.len(), ..Imprint::default() };
    let mut rest = &tail[at..];
    let (after, (range, _)) = located(volume, text, rest).ok()?;
    let digits = inner_number(text, range);
    out.volume = Some((digits.clone(), clean(&text[digits])));
    rest = after;
    let number = preceded(
        (one_of(",，"), space, alt((tag_no_case("no."), tag_no_case("iss."))), space),
        take_while(|c: char| c.is_ascii_alphanumeric() || is_dash(c)),
    );
    if let Ok((after, (range, value))) = located(number, text, rest) {
        let start = range.end - value.len();
        out.issue =
            Some((start..range.end, value.chars().map(|c| if is_dash(c) { '-' } else { c }).collect()));
        rest = after;
    }
    let label = opt(alt((tag_no_case("pp."), tag_no_case("p."))));
    if let Ok((after, (range, value))) =
        located(preceded((one_of(",，"), space, label, space), pages), text, rest)
    {
        let lone_year = value.article && year(&value.first).is_ok();
        if !lone_year {
            let start =
                text[range.clone()].find(value.first.as_str()).map_or(range.start, |x| range.start + x);
            out.pages = Some((start..range.end, value));
            rest = after;
        }
    }
    let start = text.len() - rest.len();
    let found = rest.match_indices(|c: char| c.is_ascii_digit()).find_map(|(at, _)| {
        let fresh = !rest[..at].ends_with(|c: char| c.is_alphanumeric());
        let (after, value) = year(&rest[at..]).ok().filter(|_| fresh)?;
        Some((start + at..text.len() - after.len(), value))
    });
    out.range.end = found.as_ref().map_or(start, |(range, _)| range.end);
    out.year = found;
    Some(out)
}

fn inner_number(text: &str, range: Range<usize>) -> Range<usize> {
    let lead = text[range.clone()].rfind(['.', ' ']).map_or(0, |at| at + 1);
    range.start + lead..range.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, dated: bool) -> String {
        let found = read(text, 0, dated);
        let year = found.year.map_or(String::new(), |(_, y)| y.year.to_string());
        let text = |x: Option<Found<String>>| x.map_or(String::new(), |(_, v)| v);
        let pages =
            found.pages.map_or(String::new(), |(_, p)| format!("{}-{}", p.first, p.last.unwrap_or_default()));
        format!("{year}|{}|{}|{pages}", text(found.volume), text(found.issue))
    }

    #[test]
    fn orders_of_numbers() {
        assert_eq!(show("Bone. 2019;25(3):281-309.", false), "2019|25|3|281-309");
        assert_eq!(show("杂志，2015，8：385-401．", false), "2015|8||385-401");
        assert_eq!(show("Maydica, 2005.50: 367-376.", false), "2005|50||367-376");
        assert_eq!(show("学报,2013(12):1713-7", false), "2013||12|1713-7");
        assert_eq!(show("Res,2016,2016: 1083738.", false), "2016|2016||1083738-");
        assert_eq!(show("JAMA. 2012 June 20; 307(23): 2493-2494", false), "2012|307|23|2493-2494");
        assert_eq!(show("Cell Prolif. 2021; 54(1):e12956.", false), "2021|54|1|e12956-");
        assert_eq!(show("杂志, 2021,40(1): 74-78,84.", false), "2021|40|1|74-78");
        assert_eq!(show("Neurosci 23: 3959.", true), "|23||3959-");
        assert_eq!(show("Psychology, 71(4),810-832.", true), "|71|4|810-832");
        assert_eq!(show("Nature 25, 281–309 (2019).", false), "2019|25||281-309");
        assert_eq!(show("” Science, vol. 190, no. 4217, pp. 880–881, 1975.", false), "1975|190|4217|880-881");
        assert_eq!(show("Lancet, vol. 6, Article ID 18798, 2016.", false), "2016|6||18798-");
        assert_eq!(show("Circulation 2000, 151(4):247-251.", false), "2000|151|4|247-251");
        assert_eq!(show("BMC Proc, 2014, 8(Suppl 4): 06.", false), "2014|8|Suppl 4|06-");
        assert_eq!(show("北京: 科学出版社, 2016: 12-15.", false), "2016|||12-15");
        assert_eq!(show("AIDS，2017，31：S129-S135.", false), "2017|31||S129-S135");
        assert_eq!(show("J Sci. 2O17;5(2):11-9.", false), "2017|5|2|11-9");
        assert_eq!(show("Adv Psych,2O(5),757-769.", true), "|2O|5|757-769");
        assert_eq!(
            show("Acids Res,2013,41(Database issue): D808-15.", false),
            "2013|41|Database issue|D808-15"
        );
        assert_eq!(show("Med. Image Anal. 42 (2017) 60–88.", false), "2017|42||60-88");
        assert_eq!(show("PeerJ. 2019 (2019) e6201.", false), "2019|2019||e6201-");
        assert_eq!(show("J. Mach. Learn. Res. 15 (2014) 1929–1958.", false), "2014|15||1929-1958");
        assert_eq!(show("Comput. Biol. Med. 111 (2019).", false), "2019|111||");
        assert_eq!(show("no numbers here", false), "|||");
    }
}
