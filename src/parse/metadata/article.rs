//! 文章编号, the article number of Chinese journals: `ISSN(YYYY)NN-PPPP-CC`.
//!
//! Norm of CAJ-CD: issue in two digits (or `S0`, `S1` …), first page in four or five, number of pages
//! in two. Look-ahead: 64 bytes.

use super::checkdigit;
use super::scan;
use crate::document::Span;

/// An article number as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleNumber {
    /// The whole number.
    pub span: Span,
    /// The ISSN in it.
    pub issn: Span,
    /// Where the year stands.
    pub year_span: Span,
    /// The year.
    pub year: u16,
    /// Where the issue stands.
    pub issue_span: Span,
    /// The issue; `None` for a supplement (`S1`).
    pub issue: Option<u32>,
    /// Where the first page stands.
    pub page_span: Span,
    /// The first page.
    pub page: u32,
    /// Where the number of pages stands.
    pub count_span: Span,
    /// The number of pages.
    pub count: u32,
    /// True for a form of the journal that was not filled in (`00-0000-00`).
    pub blank: bool,
}

/// The article number at the start of `text`.
pub fn article_number(text: &str) -> Option<ArticleNumber> {
    let text = scan::after(text, 0, 64);
    let (_, four, mut at) = scan::number(text)?;
    at += scan::dash(&text[at..])?;
    let (_, three, length) = scan::number(&text[at..])?;
    at += length;
    match three {
        4 => {}
        3 if text[at..].starts_with(['X', 'x', 'Ｘ']) => at += text[at..].chars().next()?.len_utf8(),
        _ => return None,
    }
    let issn = Span::new(0, at);
    at += scan::blanks(&text[at..]);
    let open = text[at..].chars().next().filter(|c| scan::opens(*c) || *c == '[')?;
    at += open.len_utf8();
    at += scan::blanks(&text[at..]);
    let (year, digits, length) = scan::number(&text[at..])?;
    let year_span = Span::new(at, at + length);
    at += length;
    at += scan::blanks(&text[at..]);
    let close = text[at..].chars().next().filter(|c| scan::closes(*c) || *c == ']')?;
    at += close.len_utf8();
    at += scan::blanks(&text[at..]);
    if digits != 4 || four != 4 {
        return None;
    }
    let issue_at = at;
    let supplement = text[at..].starts_with(['S', 's', '增', 'Z', 'z']);
    if supplement {
        at += text[at..].chars().next()?.len_utf8();
    }
    let (issue, _, length) = scan::number(&text[at..])?;
    at += length;
    let issue_span = Span::new(issue_at, at);
    at += scan::dash(&text[at..])?;
    let (page, _, length) = scan::number(&text[at..])?;
    let page_span = Span::new(at, at + length);
    at += length;
    at += scan::dash(&text[at..])?;
    let (count, digits, length) = scan::number(&text[at..])?;
    let count_span = Span::new(at, at + length);
    at += length;
    (digits <= 3).then_some(ArticleNumber {
        span: Span::new(0, at),
        issn,
        year_span,
        year: year as u16,
        issue_span,
        issue: (!supplement).then_some(issue),
        page_span,
        page,
        count_span,
        count,
        blank: page == 0 || count == 0,
    })
}

impl ArticleNumber {
    /// The same number, moved by `offset`.
    #[must_use]
    pub fn shift(mut self, offset: usize) -> Self {
        for span in [
            &mut self.span,
            &mut self.issn,
            &mut self.year_span,
            &mut self.issue_span,
            &mut self.page_span,
            &mut self.count_span,
        ] {
            *span = span.shift(offset);
        }
        self
    }
}

/// True for a whole article number with a right ISSN.
pub fn valid(text: &str) -> bool {
    let text = text.trim();
    article_number(text).is_some_and(|n| n.span.end == text.len() && checkdigit::issn(&text[n.issn.range()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_numbers_are_read_in_either_width() {
        for text in
            ["9999-9994(2024)12-1901-08", "9999－9994（2024）12－1901－08", "9999-9994 (2024) 12-1901-08"]
        {
            let n = article_number(text).unwrap();
            assert_eq!((n.year, n.issue, n.page, n.count), (2024, Some(12), 1901, 8), "{text}");
            assert_eq!(n.span.len(), text.len());
            assert!(valid(text));
        }
        assert_eq!(article_number("9999-9994(2024)S1-0101-03").unwrap().issue, None);
        assert!(article_number("9999-9994(2024)00-0000-00").unwrap().blank);
        for text in ["", "9999-9994", "9999-9994(24)12-1901-08", "9999-9994(2024)12-1901"] {
            assert!(article_number(text).is_none(), "{text}");
        }
        assert!(!valid("9999-9992(2024)12-1901-08"));
    }
}
