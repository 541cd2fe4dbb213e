//! DOIs, PubMed numbers, addresses and full dates inside an entry, and the mask that hides them from
//! the parsers of volume and pages.

use super::author::clip;
use super::normal::fold_width;
use crate::document::is_han;
use std::ops::Range;

/// What stands in an entry besides words: found once, hidden from the other parsers.
#[derive(Debug, Default)]
pub(super) struct Identifiers {
    /// Everything that is meant as a DOI, malformed ones too.
    pub dois: Vec<Range<usize>>,
    pub pmid: Option<Range<usize>>,
    pub url: Option<Range<usize>>,
    /// Full dates with their normal form, and whether they stand in square brackets (cited dates).
    pub dates: Vec<(Range<usize>, String, bool)>,
    /// All stretches to hide, labels (`DOI:`) included.
    hidden: Vec<Range<usize>>,
}

/// Longest identifier read, in bytes.
const LONGEST: usize = 2_048;

/// Stands for a hidden byte.
pub(super) const HIDDEN: char = '\u{1}';

impl Identifiers {
    /// Scans an entry once.
    pub fn read(text: &str) -> Self {
        let mut found = Self::default();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let rest = &text[at..];
            let inside = text[..at].chars().next_back().is_some_and(|p| p.is_ascii_alphanumeric());
            let hit = match c {
                'h' | 'H' | 'w' | 'W' if !inside => found.address(rest, at),
                'd' | 'D' if !inside || text[..at].ends_with(char::is_lowercase) => {
                    found.labelled_doi(rest, at)
                }
                'a' | 'A' if !inside => found.preprint(rest, at),
                'p' | 'P' if !inside => found.pubmed(rest, at),
                '1' if !inside => found.bare_doi(rest, at).or_else(|| found.date(text, rest, at)),
                '2' if !inside => found.date(text, rest, at),
                _ => None,
            };
            at += hit.unwrap_or(c.len_utf8());
        }
        found
    }

    /// The text with every hidden stretch replaced, byte for byte, so that offsets stay.
    pub fn mask(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for range in &self.hidden {
            if range.start < at {
                continue;
            }
            plain(&mut out, &text[at..range.start]);
            out.extend(std::iter::repeat_n(HIDDEN, range.len()));
            at = range.end;
        }
        plain(&mut out, &text[at..]);
        out
    }

    fn address(&mut self, rest: &str, at: usize) -> Option<usize> {
        let head = rest.get(..4)?.to_ascii_lowercase();
        let known = match head.as_str() {
            "http" => rest[4..].trim_start_matches(['s', 'S']).starts_with([':', '：', ';']),
            "www." => true,
            _ => false,
        };
        if !known {
            return None;
        }
        let rest = clip(rest, LONGEST);
        let body = rest.find(|c: char| {
            c.is_whitespace() || is_han(c) || "<>\"“”，。；、［］".contains(c) || (!c.is_ascii() && c != '：')
        });
        let len = closed(&rest[..body.unwrap_or(rest.len())]);
        if let Some(doi) = rest[..len].find("doi.org/").filter(|doi| doi + 8 < len) {
            self.dois.push(at + doi + 8..at + len);
        } else {
            self.url.get_or_insert(at..at + len);
        }
        self.hide(at, len)
    }

    /// `DOI: 10.…`, also with look-alikes in the label (`D0I`, `DOl`, `DO1`).
    fn labelled_doi(&mut self, rest: &str, at: usize) -> Option<usize> {
        let mut chars = rest.chars();
        chars.next()?;
        matches!(chars.next()?, 'o' | 'O' | '0').then_some(())?;
        matches!(chars.next()?, 'i' | 'I' | 'l' | '1' | '|').then_some(())?;
        let after = chars.as_str();
        let value = after.trim_start_matches(|c: char| c.is_whitespace() || ":：.=".contains(c));
        let gap = after.len() - value.len();
        let value = value.strip_prefix("doi:").unwrap_or(value);
        let start = rest.len() - value.len();
        // `https://doi.org/…` is read as an address
        if gap == 0 || gap > 8 || value.starts_with("http") || value.starts_with("org") {
            return (gap > 0 && gap <= 8).then_some(start);
        }
        let shape = value
            .starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'l' | 'I' | 'O' | 'o' | '１'))
            && value.chars().take(6).any(|c| matches!(c, '.' | '．'));
        if !shape {
            return None;
        }
        let len = doi_length(value);
        self.dois.push(at + start..at + start + len);
        self.hide(at, start + len)
    }

    /// A DOI without label; `1O.1234/…` and `10.12/x…` are meant as one too.
    fn bare_doi(&mut self, rest: &str, at: usize) -> Option<usize> {
        let registrant = rest.strip_prefix("10.").or_else(|| rest.strip_prefix("1O."))?;
        let digits = registrant.bytes().take_while(u8::is_ascii_digit).count();
        let tail = registrant[digits..].strip_prefix('/');
        let shape = match tail {
            Some(_) if (4..=9).contains(&digits) => true,
            Some(tail) => (2..4).contains(&digits) && tail.starts_with(|c: char| c.is_ascii_alphabetic()),
            // the slash is lost: `10.1234j.bone.2019.01.002`
            None => {
                (4..=5).contains(&digits)
                    && registrant[digits..].starts_with(|c: char| c.is_ascii_lowercase())
                    && registrant[digits..].bytes().take(40).filter(u8::is_ascii_digit).count() >= 4
            }
        };
        shape.then_some(())?;
        let len = doi_length(rest);
        self.dois.push(at..at + len);
        self.hide(at, len)
    }

    fn pubmed(&mut self, rest: &str, at: usize) -> Option<usize> {
        let head = rest.get(..4)?;
        if !head.eq_ignore_ascii_case("pmid") {
            return None;
        }
        let value = rest[4..].trim_start_matches(|c: char| c.is_whitespace() || ":：".contains(c));
        let digits = value.bytes().take_while(u8::is_ascii_digit).count();
        let start = rest.len() - value.len();
        if !(1..=9).contains(&digits) || start > 8 {
            return None;
        }
        self.pmid.get_or_insert(at + start..at + start + digits);
        self.hide(at, start + digits)
    }

    /// `arXiv:2002.06563`: its number is no year.
    fn preprint(&mut self, rest: &str, at: usize) -> Option<usize> {
        if !rest.get(..5)?.eq_ignore_ascii_case("arxiv") {
            return None;
        }
        let value = rest[5..].trim_start_matches(|c: char| c.is_whitespace() || ":：".contains(c));
        let len = value.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b'v')).count();
        let len = value[..len].trim_end_matches('.').len();
        let start = rest.len() - value.len();
        (len >= 7 && start <= 8).then_some(())?;
        self.hidden.push(at + start..at + start + len);
        Some(start + len)
    }

    /// `2020-09-10`, `2020/09/10`, `2020年2月20日`.
    fn date(&mut self, text: &str, rest: &str, at: usize) -> Option<usize> {
        let (len, value) = full_date(rest)?;
        let bracketed = text[..at].trim_end().ends_with(['[', '［']);
        self.dates.push((at..at + len, value, bracketed));
        self.hide(at, len)
    }

    fn hide(&mut self, at: usize, len: usize) -> Option<usize> {
        self.hidden.push(at..at + len);
        Some(len)
    }
}

/// Adds text with line ends and tabs as spaces.
fn plain(out: &mut String, text: &str) {
    out.extend(text.chars().map(|c| if matches!(c, '\n' | '\t' | '\r') { ' ' } else { c }));
}

/// Length of a DOI that starts `text`, less the punctuation of the sentence. A space after a slash or
/// a full stop, as line ends leave it, does not end it when the DOI goes on in the same manner.
fn doi_length(text: &str) -> usize {
    let stop = |c: char| c.is_whitespace() || is_han(c) || "<>\"“”，；。、［］）".contains(c);
    let text = clip(text, LONGEST);
    let mut len = text.find(stop).unwrap_or(text.len());
    // what goes on after a break must hold a digit or be short, and the break must stand inside
    for _ in 0..2 {
        let (head, tail) = text.split_at(len);
        let Some(next) = tail.strip_prefix(' ') else { break };
        let word = &next[..next.find(stop).unwrap_or(next.len())];
        let broken = head.ends_with(['/', '-', '_']) && word.starts_with(|c: char| c.is_ascii_alphanumeric())
            || word.starts_with('/') && word.len() > 1;
        // after the slash of the registrant something must follow
        let bare = head.ends_with('/') && head.matches('/').count() == 1;
        if !broken || !(bare || word.bytes().any(|b| b.is_ascii_digit())) {
            break;
        }
        len += 1 + word.len();
    }
    closed(&text[..len])
}

/// Length without closing punctuation that the sentence owns; a bracket stays when it has its pair.
fn closed(text: &str) -> usize {
    let mut kept = text;
    while let Some(last) = kept.chars().next_back() {
        let pair = match last {
            '.' | ',' | ';' | ':' | '*' | '\'' | '?' | '：' => None,
            ')' => Some('('),
            ']' => Some('['),
            '}' => Some('{'),
            _ => break,
        };
        if pair.is_some_and(|open| kept.matches(open).count() >= kept.matches(last).count()) {
            break;
        }
        kept = &kept[..kept.len() - last.len_utf8()];
    }
    kept.len()
}

/// A full date at the start of `text`: its length and `YYYY-MM-DD`.
fn full_date(text: &str) -> Option<(usize, String)> {
    let mut parts = [0u32; 3];
    let mut at = 0;
    for (index, part) in parts.iter_mut().enumerate() {
        let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        let sizes = if index == 0 { 4..=4 } else { 1..=2 };
        if !sizes.contains(&digits) {
            return None;
        }
        *part = text[at..at + digits].parse().ok()?;
        at += digits;
        let spaces = text[at..].len() - text[at..].trim_start_matches(' ').len();
        let sign = text[at + spaces..].chars().next();
        match (index, sign.map(fold_width)) {
            (0, Some('-' | '/' | '年')) | (1, Some('-' | '/' | '月')) => {
                at += spaces + sign.map_or(0, char::len_utf8);
                at += text[at..].len() - text[at..].trim_start_matches(' ').len();
            }
            (2, Some('日')) => at += spaces + '日'.len_utf8(),
            (2, _) => {}
            _ => return None,
        }
    }
    let plausible =
        (1800..=2100).contains(&parts[0]) && (1..=12).contains(&parts[1]) && (1..=31).contains(&parts[2]);
    plausible.then(|| (at, format!("{:04}-{:02}-{:02}", parts[0], parts[1], parts[2])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doi(text: &str) -> Option<&str> {
        Identifiers::read(text).dois.first().map(|range| &text[range.clone()])
    }

    #[test]
    fn dois_with_and_without_label() {
        assert_eq!(doi("x. DOI:10.1000/abc.12."), Some("10.1000/abc.12"));
        assert_eq!(doi("DOl: 10.1000/abc(1)2)"), Some("10.1000/abc(1)2"));
        assert_eq!(doi("https://doi.org/10.1000/x9"), Some("10.1000/x9"));
        assert_eq!(doi("10.1000/q7 王"), Some("10.1000/q7"));
        assert_eq!(doi("doi: 1O.1000/q7."), Some("1O.1000/q7"));
        assert_eq!(doi("DOI: 10.1000/ q7.3."), Some("10.1000/ q7.3"));
        assert_eq!(doi("2019;10(3):5"), None);
        assert_eq!(doi("10.12345 nm"), None);
        assert_eq!(doi("x. 10.1000j.bone.2019.01.002"), Some("10.1000j.bone.2019.01.002"));
    }

    #[test]
    fn dates_and_masks() {
        let text = "题名[EB/OL]. (2020-09-10)[2023-8-2]. http://a.b/c.";
        let found = Identifiers::read(text);
        let dates: Vec<_> = found.dates.iter().map(|(_, d, b)| (d.as_str(), *b)).collect();
        assert_eq!(dates, [("2020-09-10", false), ("2023-08-02", true)]);
        let masked = found.mask(text);
        assert_eq!(masked.len(), text.len());
        assert!(!masked.contains("http"));
    }
}
