//! The numbers of a citation line: `2024, 28(12): 1901-1908`.

use super::scan;
use crate::document::Span;

/// Year, issue and pages of a citation line, each with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CitationNumbers {
    /// Year.
    pub year: (u32, Span),
    /// Issue.
    pub issue: Option<(u32, Span)>,
    /// First page.
    pub first: (u32, Span),
    /// Last page.
    pub last: Option<(u32, Span)>,
}

/// The first `year, volume(issue): pages` of a text at `base`; reads at most 4,000 bytes.
pub fn citation_numbers(text: &str, base: usize) -> Option<CitationNumbers> {
    let text = scan::after(text, 0, 4_000);
    let mut at = 0;
    while let Some(step) = text[at..].find(|c: char| scan::digit(c).is_some()) {
        let start = at + step;
        let (value, count, length) = scan::number(&text[start..])?;
        at = start + length;
        let alone = !text[..start].ends_with(char::is_alphanumeric);
        if count == 4
            && alone
            && (1950..2100).contains(&value)
            && let Some(found) = rest(text, at, base, (value, Span::new(base + start, base + at)))
        {
            return Some(found);
        }
    }
    None
}

fn rest(text: &str, mut at: usize, base: usize, year: (u32, Span)) -> Option<CitationNumbers> {
    let skip = |at: usize, marks: &[char]| {
        let tail = &text[at..];
        at + tail.len() - tail.trim_start_matches(|c: char| c.is_whitespace() || marks.contains(&c)).len()
    };
    let number = |at: usize| {
        scan::number(&text[at..]).map(|(v, _, n)| ((v, Span::new(base + at, base + at + n)), at + n))
    };
    let after = skip(at, &[',', '，', ';', '；']);
    if after == at {
        return None;
    }
    at = after;
    let mut issue = None;
    if let Some((_, end)) = number(at) {
        at = end;
    }
    at = skip(at, &[]);
    if text[at..].starts_with(scan::opens) {
        at += text[at..].chars().next()?.len_utf8();
        let (value, end) = number(skip(at, &[]))?;
        issue = Some(value);
        at = end + text[end..].find(scan::closes).filter(|gap| *gap < 8)?;
        at += text[at..].chars().next()?.len_utf8();
    }
    at = skip(at, &[]);
    if !text[at..].starts_with([':', '：']) {
        return None;
    }
    at = skip(at, &[':', '：']);
    let (first, end) = number(at)?;
    let last = scan::dash(&text[end..]).and_then(|dash| number(end + dash)).map(|(value, _)| value);
    Some(CitationNumbers { year, issue, first, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citation_lines_give_year_issue_and_pages() {
        for text in
            ["某刊, 2024, 28(12): 1901-1908.", "J. 2024;28(12):1901–1908", "某刊，2024，28（12）：1901-1908"]
        {
            let n = citation_numbers(text, 0).unwrap();
            assert_eq!(
                (n.year.0, n.issue.map(|i| i.0), n.first.0, n.last.map(|l| l.0)),
                (2024, Some(12), 1901, Some(1908)),
                "{text}"
            );
        }
        assert_eq!(citation_numbers("2024年, 无", 0), None);
    }
}
