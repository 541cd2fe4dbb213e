//! ISSN, ORCID, ISBN and registration numbers in running text, each only in its context.

use super::checkdigit::{self, is_dash};
use super::scan;
use crate::document::Span;

/// Kind of an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentifierKind {
    /// Serial number of a journal.
    Issn,
    /// Identifier of a researcher.
    Orcid,
    /// Number of a book.
    Isbn,
}

/// An identifier as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// Which.
    pub kind: IdentifierKind,
    /// Where it stands.
    pub span: Span,
    /// True when its check digit fits.
    pub valid: bool,
}

/// How far before an ORCID iD the word may stand, in bytes.
const ORCID_BEFORE: usize = 240;
/// How far before an ISSN or ISBN the word may stand, in bytes.
const NEAR: usize = 24;

/// All identifiers of a text that stand in their context.
pub fn scan(text: &str) -> Vec<Identifier> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut orcid_word: Option<usize> = None;
    let mut words = memchr::memmem::find_iter(bytes, "rcid").map(|at| (at, false)).collect::<Vec<_>>();
    words.extend(memchr::memmem::find_iter(bytes, "RCID").map(|at| (at, true)));
    words.sort_unstable();
    let mut words = words.into_iter().map(|(at, _)| at).peekable();
    while at < bytes.len() {
        let Some(step) = bytes[at..].iter().position(u8::is_ascii_digit) else { break };
        let start = at + step;
        let run = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        at = start + run;
        while words.peek().is_some_and(|word| *word < start) {
            orcid_word = words.next();
        }
        let before = bytes[..start].last().copied().unwrap_or(b' ');
        if before == b'-' && start > 1 && bytes[start - 2].is_ascii_digit() {
            continue;
        }
        if run == 4 || run == 16 {
            let near = orcid_word.is_some_and(|word| start - word <= ORCID_BEFORE)
                || words.peek().is_some_and(|word| word.saturating_sub(start) <= 40);
            if near && let Some(end) = groups(text, start, 4) {
                let span = Span::new(start, end);
                out.push(Identifier {
                    kind: IdentifierKind::Orcid,
                    span,
                    valid: checkdigit::orcid(&text[span.range()]),
                });
                at = end;
                continue;
            }
            if let Some(end) = cut_orcid(text, start) {
                out.push(Identifier {
                    kind: IdentifierKind::Orcid,
                    span: Span::new(start, end),
                    valid: false,
                });
                at = end;
                continue;
            }
        }
        if run == 4
            && let Some(end) = groups(text, start, 2)
            && issn_context(scan::before(text, start, NEAR))
        {
            let span = Span::new(start, end);
            out.push(Identifier {
                kind: IdentifierKind::Issn,
                span,
                valid: checkdigit::issn(&text[span.range()]),
            });
            at = end;
            continue;
        }
        if isbn_context(scan::before(text, start, NEAR)) {
            let body = scan::after(text, start, 24);
            let length: usize = body
                .chars()
                .take_while(|c| c.is_ascii_digit() || is_dash(*c) || matches!(c, ' ' | 'X' | 'x'))
                .map(char::len_utf8)
                .sum();
            let printed = body[..length].trim_end_matches(|c: char| is_dash(c) || c == ' ');
            let digits = printed.chars().filter(|c| c.is_ascii_digit() || matches!(c, 'X' | 'x')).count();
            if digits == 10 || digits == 13 {
                let span = Span::new(start, start + printed.len());
                out.push(Identifier { kind: IdentifierKind::Isbn, span, valid: checkdigit::isbn(printed) });
                at = span.end.max(at);
            }
        }
    }
    out
}

/// The end of what stands right after the word ORCID and begins like an iD, yet has not its sixteen digits.
fn cut_orcid(text: &str, start: usize) -> Option<usize> {
    let before = scan::before(text, start, 24).to_ascii_lowercase();
    let word = before.rfind("orcid").map(|at| &before[at + 5..])?;
    let word =
        word.trim_start_matches(".org").trim_start_matches([' ', '#', ':', '：', '/', '(', '（', '"', '\'']);
    let word = word.strip_prefix("id").unwrap_or(word);
    if !word.trim_matches([' ', ':', '：', '(', '（', ')', '）', '/']).is_empty() {
        return None;
    }
    let body = scan::after(text, start, 32);
    let printed = body.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | 'X'));
    let printed = body[..body.len() - printed.len()].trim_end_matches('-');
    let digits = printed.bytes().filter(|b| *b != b'-').count();
    let next = body[printed.len()..].chars().next();
    let whole = next.is_none_or(|c| !c.is_ascii_alphanumeric() && !is_dash(c));
    let zeros = printed.starts_with("0000-") || printed.starts_with("0009-");
    (zeros && whole && printed.matches('-').count() >= 2 && (11..=19).contains(&digits) && digits != 16)
        .then_some(start + printed.len())
}

/// Where ORCID iDs stand in a text that is known to hold one.
pub(super) fn orcids(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(step) = text[at..].bytes().position(|b| b.is_ascii_digit()) {
            let start = at + step;
            if let Some(end) = groups(text, start, 4) {
                at = end;
                return Some((start, end));
            }
            at = start + text[start..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'-').count();
        }
        None
    })
}

/// The end of `count` groups of four digits parted by dashes (the last may end in X); sixteen digits
/// in one run count as four groups.
fn groups(text: &str, start: usize, count: usize) -> Option<usize> {
    let mut at = start;
    for group in 0..count {
        if group > 0 {
            let dash = text[at..].chars().next().filter(|c| is_dash(*c));
            match dash {
                Some(c) => at += c.len_utf8(),
                None if count == 4 && at - start == group * 4 => {}
                None => return None,
            }
        }
        let last = group + 1 == count;
        for place in 0..4 {
            let b = *text.as_bytes().get(at)?;
            let x = last && place == 3 && matches!(b, b'X' | b'x');
            if !(b.is_ascii_digit() || x) {
                return None;
            }
            at += 1;
        }
    }
    let next = text[at..].chars().next();
    let goes_on = next.is_some_and(|c| {
        c.is_ascii_digit()
            || (is_dash(c)
                && text[at + c.len_utf8()..].starts_with(|d: char| d.is_ascii_digit())
                && count == 4)
    });
    (!goes_on).then_some(at)
}

/// True when the word ISSN (or 文章编号) stands right before.
fn issn_context(before: &str) -> bool {
    let lower = before.to_ascii_lowercase();
    let tail = lower.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '：' | '.' | '(' | '（' | ']' | '】' | '*' | '·' | '-')
    });
    let tail = tail.trim_end_matches("online").trim_end_matches("print").trim_end();
    tail.ends_with("issn") || tail.ends_with("文章编号") || tail.ends_with("article id")
}

fn isbn_context(before: &str) -> bool {
    let lower = before.to_ascii_lowercase();
    let tail = lower
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '1' | '3' | '0'));
    tail.ends_with("isbn")
}

/// A trial or review registration number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Where it stands.
    pub span: Span,
    /// The register.
    pub register: &'static str,
    /// True when its shape is the register's.
    pub valid: bool,
    /// The year inside, where there is one.
    pub year: Option<u16>,
}

/// Registers: prefix, the least number of digits that shows a number is meant.
const REGISTERS: &[(&str, usize)] = &[("ChiCTR", 4), ("ITMCTR", 4), ("NCT", 5), ("CRD4", 5), ("INPLASY", 5)];

/// All registration numbers of a text.
pub fn registrations(text: &str) -> Vec<Registration> {
    let mut out = Vec::new();
    for (register, least) in REGISTERS {
        for at in memchr::memmem::find_iter(text.as_bytes(), register) {
            if text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
                continue;
            }
            let body = scan::after(text, at + register.len(), 48);
            let gap = body.len() - body.trim_start_matches([' ', ':', '：']).len();
            let token: usize = body[gap..]
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                .map(char::len_utf8)
                .sum();
            let raw = body[gap..gap + token].trim_end_matches('-');
            let digits = raw.bytes().filter(u8::is_ascii_digit).count();
            if digits < *least || *register == "NCT" && !raw.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let all = raw.bytes().all(|b| b.is_ascii_digit());
            let valid = gap <= 1
                && match *register {
                    "ChiCTR" => {
                        all && digits == 10
                            || raw.rsplit_once('-').is_some_and(|(head, tail)| {
                                tail.len() == 8
                                    && tail.bytes().all(|b| b.is_ascii_digit())
                                    && head.bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
                            })
                    }
                    "ITMCTR" => all && digits == 10,
                    "NCT" => all && digits == 8,
                    "CRD4" => all && matches!(digits, 10 | 11),
                    _ => all && matches!(digits, 9 | 10),
                };
            let year = match *register {
                "ChiCTR" | "ITMCTR" => two_digit_year(raw),
                "CRD4" => raw.get(..4),
                "INPLASY" => raw.get(..4),
                _ => None,
            };
            let year = year
                .and_then(|y| y.parse::<u16>().ok())
                .map(|y| if y < 100 { 2000 + y } else { y })
                .filter(|y| valid && (1990..2100).contains(y));
            out.push(Registration {
                span: Span::new(at, at + register.len() + gap + raw.len()),
                register,
                valid,
                year,
            });
        }
    }
    out.sort_by_key(|r| r.span);
    out
}

/// Both forms begin their number with the last two digits of the year.
fn two_digit_year(raw: &str) -> Option<&str> {
    raw.rsplit_once('-').map_or(raw, |(_, tail)| tail).get(..2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(IdentifierKind, String, bool)> {
        scan(text).into_iter().map(|i| (i.kind, text[i.span.range()].to_owned(), i.valid)).collect()
    }

    #[test]
    fn identifiers_need_their_word() {
        use IdentifierKind::*;
        let t = |k, s: &str, v| (k, s.to_owned(), v);
        assert_eq!(read("ISSN 0378-5955"), [t(Issn, "0378-5955", true)]);
        assert_eq!(read("文章编号：0378-5956(2020)01-0001-05"), [t(Issn, "0378-5956", false)]);
        assert_eq!(read("10.5555/j.issn.2434-561X.2020.01"), [t(Issn, "2434-561X", true)]);
        assert_eq!(
            read("ORCID: 0000-0002-1825-0098 (张三); https://orcid.org/0000-0002-1825-0097"),
            [t(Orcid, "0000-0002-1825-0098", false), t(Orcid, "0000-0002-1825-0097", true)]
        );
        assert_eq!(read("ISBN 978-0-306-40615-8"), [t(Isbn, "978-0-306-40615-8", false)]);
        assert_eq!(read("参数为1010-2020-3030-5050，见0378-5956。"), []);
        assert_eq!(read("ORCID iD: 0000-0002-1825-009,"), [t(Orcid, "0000-0002-1825-009", false)]);
        assert_eq!(read("orcid.org/0000-0002-18225-0097"), [t(Orcid, "0000-0002-18225-0097", false)]);
        assert_eq!(read("ORCID of the author, phone 0000-000-000000"), []);
        scan(&"1234-".repeat(20_000));
    }

    #[test]
    fn registration_numbers_have_the_shape_of_their_register() {
        for (text, valid) in [
            ("ChiCTR2000012345", true),
            ("ChiCTR-IOR-15006789", true),
            ("ChiCTR20000123", false),
            ("NCT01234567", true),
            ("NCT0123456", false),
            ("CRD42021234567", true),
            ("CRD420212", false),
            ("INPLASY202110012", true),
        ] {
            let found = registrations(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].valid, valid, "{text}");
        }
        assert!(registrations("ChiCTR 是注册中心；NCTC 929 细胞").is_empty());
        assert_eq!(registrations("CRD42021234567")[0].year, Some(2021));
    }
}
