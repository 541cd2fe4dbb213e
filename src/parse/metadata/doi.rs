//! DOIs, whole and damaged.
//!
//! Shape: `10.` + registrant of 4 to 9 digits + `/` + suffix (99.3 % of registered DOIs fit the ASCII
//! form). Closing punctuation belongs to the sentence. Look-ahead: 256 bytes.

use super::scan;
use crate::document::Span;

/// Longest DOI read, in bytes.
const LONGEST: usize = 256;

/// What is wrong with a DOI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// A full-width mark, letter or digit inside.
    FullWidth,
    /// A letter in the place of a digit of `10.`.
    Letter,
    /// The registrant has fewer than four digits.
    Prefix,
    /// The registrant has more digits than any in use.
    Long,
    /// No `/` between registrant and suffix.
    Slash,
    /// White space inside.
    Space,
}

/// A DOI as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doi {
    /// Where it stands.
    pub span: Span,
    /// What is wrong with it.
    pub fault: Option<Fault>,
    /// The DOI as it is likely meant, lower case; empty when that is not known.
    pub normal: String,
}

/// Every DOI of a text: those announced by the word `doi`, and bare ones.
pub fn scan(text: &str) -> Vec<Doi> {
    let bytes = text.as_bytes();
    let mut out: Vec<Doi> = Vec::new();
    let mut at = 0;
    while let Some(step) = memchr::memchr3(b'1', b'I', b'l', &bytes[at..]) {
        let start = at + step;
        at = start + 1;
        if start > 0 && (bytes[start - 1].is_ascii_alphanumeric() || matches!(bytes[start - 1], b'.' | b'-'))
        {
            continue;
        }
        if !matches!(bytes.get(start + 1), Some(b'0' | b'O' | b'o'))
            || !(bytes.get(start + 2) == Some(&b'.') || text[start + 2..].starts_with('．'))
        {
            continue;
        }
        if let Some(doi) = read(text, start, announced(scan::before(text, start, 24))) {
            at = doi.span.end.max(at);
            out.push(doi);
        }
    }
    out
}

/// True when the word DOI stands right before.
fn announced(before: &str) -> bool {
    let trimmed = before.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, ':' | '：' | '/' | ']' | '】' | '[' | '【' | '(' | '（' | '.' | '*' | '_')
    });
    let lower = trimmed.to_ascii_lowercase();
    lower.ends_with("doi")
        || lower.ends_with("doi.org")
        || lower.ends_with("doi number")
        || lower.ends_with("doi号")
}

fn read(text: &str, start: usize, announced: bool) -> Option<Doi> {
    let body = scan::after(text, start, LONGEST);
    let mut length = token(body);
    // the caller saw `10.`
    let stop = 2;
    let dot = body[stop..].chars().next().map_or(0, char::len_utf8);
    let raw = &body[..length.max(stop + dot)];
    let head = &raw[..stop];
    let mut at = stop + dot;
    let digits = raw[at..].chars().take_while(|c| scan::digit(*c).is_some()).count();
    at += raw[at..].chars().take(digits).map(char::len_utf8).sum::<usize>();
    // registrants may be divided: 10.1000.10/
    let tail = &raw[at..];
    let divided = tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let slash = tail[divided..].chars().next();
    let whole = matches!(slash, Some('/' | '／'));
    let suffix = if whole { &tail[divided + slash.map_or(0, char::len_utf8)..] } else { tail };
    let rich = suffix.len() >= 6
        && suffix.chars().any(|c| c.is_ascii_alphabetic())
        && suffix.chars().any(|c| c.is_ascii_digit())
        && suffix.contains(['.', '-', '(', '（']);
    let letter = head != "10";
    let fault = if letter {
        ((4..=9).contains(&digits) && whole && !suffix.is_empty()).then_some(Fault::Letter)?
    } else if digits == 0 {
        // `10. 1234/abc`: only where the word DOI says so
        let rest = &body[at..];
        let gap = scan::blanks(rest);
        let (_, count, bytes) = scan::number(&rest[gap..])?;
        let after = &rest[gap + bytes..];
        if !(announced && gap > 0 && (4..=9).contains(&count) && after.starts_with('/')) {
            return None;
        }
        length = at + gap + bytes + token(after);
        Fault::Space
    } else if whole && digits >= 4 {
        if suffix.is_empty() {
            if !announced {
                return None;
            }
            // `10.1234/ abc`: the suffix stands after a blank
            let rest = &body[length..];
            let gap = scan::blanks(rest);
            let next = &rest[gap..][..token(&rest[gap..])];
            if gap == 0 || gap > 2 || !next.bytes().any(|b| b.is_ascii_digit()) {
                return None;
            }
            length += gap + next.len();
            Fault::Space
        } else if raw.chars().any(is_wide) {
            Fault::FullWidth
        } else if digits > 9 {
            return None;
        } else if digits > 5 && divided == 0 {
            Fault::Long
        } else {
            return Some(Doi {
                span: Span::new(start, start + length),
                fault: None,
                normal: raw.to_ascii_lowercase(),
            });
        }
    } else if whole {
        (announced && !suffix.is_empty() || rich).then_some(Fault::Prefix)?
    } else {
        let meant = digits >= 4 && (announced || rich && slash.is_some_and(|c| c.is_ascii_alphabetic()));
        // `doi:10.12345678901`: more digits than a registrant has
        (meant && suffix.len() >= 2 || announced && digits >= 7).then_some(Fault::Slash)?
    };
    let raw = &body[..length];
    let normal = match fault {
        Fault::FullWidth => narrow(raw),
        Fault::Letter => format!("10{}", &raw[stop..]),
        Fault::Space => raw.chars().filter(|c| !c.is_whitespace()).collect(),
        Fault::Prefix | Fault::Long | Fault::Slash => String::new(),
    };
    Some(Doi {
        span: Span::new(start, start + length),
        fault: Some(fault),
        normal: normal.to_ascii_lowercase(),
    })
}

/// Length of the DOI-like token at the start of `text`: graphic ASCII and full-width forms of it.
fn token(text: &str) -> usize {
    let end = text
        .char_indices()
        .find(|(at, c)| {
            let ascii = c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '|' | '\\' | '`');
            // a full-width mark belongs to the DOI only when ASCII goes on after it
            let wide = is_wide(*c) && {
                let next = text[at + c.len_utf8()..].chars().next();
                next.is_some_and(|n| n.is_ascii_alphanumeric() || is_wide(n) || matches!(n, '-' | '.'))
            };
            !(ascii || wide)
        })
        .map_or(text.len(), |(at, _)| at);
    let mut length = end;
    while let Some(last) = text[..length].chars().next_back() {
        let head = &text[..length];
        let unpaired =
            |open: &[char], close: &[char]| head.matches(close).count() > head.matches(open).count();
        let sentence = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '，' | '；' | '：' | '．' => true,
            ')' | '）' => unpaired(&['(', '（'], &[')', '）']),
            ']' => unpaired(&['['], &[']']),
            _ => false,
        };
        if !sentence {
            break;
        }
        length -= last.len_utf8();
    }
    length
}

/// Full-width forms of ASCII, and the dashes that stand for a hyphen; not the comma, full stop and
/// colon of a Chinese sentence.
fn is_wide(c: char) -> bool {
    matches!(c, '（' | '）' | '／' | '．' | '－' | '＿' | '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '＜' | '＞')
}

fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<Fault>)> {
        scan(text).into_iter().map(|doi| (text[doi.span.range()].to_owned(), doi.fault)).collect()
    }

    #[test]
    fn whole_dois_end_where_the_sentence_goes_on() {
        for (text, doi) in [
            ("DOI：10.5555/j.abc.2023.01.001。", "10.5555/j.abc.2023.01.001"),
            ("(doi:10.5555/S0140-6736(20)30183-5).", "10.5555/S0140-6736(20)30183-5"),
            ("https://doi.org/10.5555/ab_c;", "10.5555/ab_c"),
            ("10.1000.10/123, and", "10.1000.10/123"),
        ] {
            assert_eq!(read(text), [(doi.to_owned(), None)], "{text}");
        }
    }

    #[test]
    fn damaged_dois_say_what_is_wrong() {
        for (text, fault) in [
            ("DOI: 10.5555/xyz.（2022）03-0101-04", Fault::FullWidth),
            ("doi 10.5555／abc．2021．0130", Fault::FullWidth),
            ("DOI 1O.5555/abc.12", Fault::Letter),
            ("DOI: 10.55/abc.12", Fault::Prefix),
            ("10.55/j.issn.9999-9994.2020", Fault::Prefix),
            ("doi: 10.5555abc.12", Fault::Slash),
            ("10.55555j.issn.9999-9994.2020", Fault::Slash),
            ("DOI: 10. 5555/abc.12", Fault::Space),
        ] {
            let got = read(text);
            assert_eq!(got.len(), 1, "{text}");
            assert_eq!(got[0].1, Some(fault), "{text}");
        }
        assert_eq!(scan("DOI: 10.5555/xyz.（2022）03-01")[0].normal, "10.5555/xyz.(2022)03-01");
    }

    #[test]
    fn numbers_are_no_dois() {
        for text in
            ["10.5 mm", "10.1234", "以10.25/3计", "v10.0.1/2", "10.12 kg/m2", "DOI 系统", "10.", "1O."]
        {
            assert_eq!(read(text), [], "{text}");
        }
        assert!(scan(&"10.1234/".repeat(20_000)).len() < 20_001);
    }
}
