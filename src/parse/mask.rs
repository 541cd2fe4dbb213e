//! Stretches that are not prose: URLs, e-mail addresses, DOIs, inline code.
//!
//! Every family asks [`Masks`] before it reads a bracket, a number or a short form, so that the `[1]`
//! of an address or the `10` of a DOI is never taken for something else.

use crate::document::{Document, MarkKind, Span};
use memchr::{memchr_iter, memmem};
use serde::Serialize;

/// Longest address read, in bytes; what is longer is cut there.
const LONGEST: usize = 2_048;

/// What a masked stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MaskKind {
    /// `http://…`, `https://…`, `www.…`.
    Url,
    /// `name@host`.
    Email,
    /// `10.1234/…`, with or without `doi:` before it.
    Doi,
    /// Inline code.
    Code,
}

/// One masked stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mask {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: MaskKind,
}

/// All masked stretches, ordered and disjoint.
#[derive(Debug, Default)]
pub struct Masks {
    list: Vec<Mask>,
}

impl Masks {
    /// All stretches in order.
    pub fn all(&self) -> &[Mask] {
        &self.list
    }

    /// The stretch that holds an offset.
    pub fn at(&self, offset: usize) -> Option<&Mask> {
        let next = self.list.partition_point(|mask| mask.span.start <= offset);
        let mask = self.list.get(next.checked_sub(1)?)?;
        (offset < mask.span.end).then_some(mask)
    }

    /// True when any part of `span` is masked.
    pub fn touches(&self, span: Span) -> bool {
        let next = self.list.partition_point(|mask| mask.span.end <= span.start);
        self.list.get(next).is_some_and(|mask| mask.span.overlaps(span))
    }
}

/// Find the masked stretches of a document.
pub fn parse(document: &Document) -> Masks {
    let text = document.text();
    let mut list = Vec::new();
    for prefix in ["http", "www.", "HTTP"] {
        let mut end = 0;
        for start in memmem::find_iter(text.as_bytes(), prefix) {
            let rest = &text[start..];
            let scheme = rest.get(4..).is_some_and(|r| r.starts_with("://") || r.starts_with("s://"));
            // A start inside the address before it would be measured again and again.
            if start >= end && (scheme || rest.starts_with("www.")) {
                end = start + address_length(rest);
                list.push(Mask { span: Span::new(start, end), kind: MaskKind::Url });
            }
        }
    }
    for at in memchr_iter(b'@', text.as_bytes()) {
        list.extend(email_at(text, at).map(|span| Mask { span, kind: MaskKind::Email }));
    }
    for at in memmem::find_iter(text.as_bytes(), "10.") {
        list.extend(doi_at(text, at).map(|span| Mask { span, kind: MaskKind::Doi }));
    }
    let code = document.marks().iter().filter(|mark| mark.kind == MarkKind::Code);
    list.extend(code.map(|mark| Mask { span: mark.span, kind: MaskKind::Code }));
    list.sort_by_key(|mask| (mask.span.start, std::cmp::Reverse(mask.span.end)));
    let mut end = 0;
    list.retain(|mask| {
        let keep = mask.span.start >= end;
        end = if keep { mask.span.end } else { end };
        keep
    });
    Masks { list }
}

/// Length of the address at the start of `text`: graphic ASCII, less closing punctuation that the
/// sentence owns.
fn address_length(text: &str) -> usize {
    let graphic =
        text.bytes().take(LONGEST).take_while(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"'));
    let mut length = graphic.count();
    let bytes = text.as_bytes();
    while length > 0 {
        let last = bytes[length - 1];
        let unpaired = |open: u8| {
            // An address seldom holds more than a few brackets: look back at most 256 bytes.
            let window = &bytes[length.saturating_sub(256)..length];
            let count = |c: u8| window.iter().filter(|&&b| b == c).count();
            count(last) > count(open)
        };
        let sentence = match last {
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*' => true,
            b')' => unpaired(b'('),
            b']' => unpaired(b'['),
            _ => false,
        };
        if !sentence {
            break;
        }
        length -= 1;
    }
    length
}

fn email_at(text: &str, at: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+' | b'%');
    let before = bytes[..at].iter().rev().take(64).take_while(|b| local(b)).count();
    let host = bytes[at + 1..]
        .iter()
        .take(253)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let mut after = host.count();
    while after > 0 && !bytes[at + after].is_ascii_alphanumeric() {
        after -= 1;
    }
    let name = &text[at + 1..at + 1 + after];
    (before > 0 && name.contains('.')).then(|| Span::new(at - before, at + 1 + after))
}

/// `10.` + 4 to 9 digits (and sub-prefixes) + `/` + suffix; full-width marks belong to it when
/// graphic ASCII goes on after them (they are a defect that another rule reports).
fn doi_at(text: &str, at: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    if at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'.') {
        return None;
    }
    let rest = &text[at + 3..];
    let digits = rest.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let prefix =
        digits + rest[digits..].bytes().take(10).take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    if !(4..=9).contains(&digits) || rest.as_bytes().get(prefix) != Some(&b'/') {
        return None;
    }
    let start = at + 3 + prefix + 1;
    let length = address_length(&text[start..]);
    (length > 0).then(|| Span::new(at, start + length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::read_text;

    fn masked(text: &str) -> Vec<(MaskKind, String)> {
        let document = read_text("a.txt", text);
        let masks = parse(&document);
        masks.all().iter().map(|m| (m.kind, document.slice(m.span).to_owned())).collect()
    }

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        assert_eq!(
            masked("见 https://example.org/a(b)[1]。另见(www.example.com/x)."),
            [
                (MaskKind::Url, "https://example.org/a(b)[1]".to_owned()),
                (MaskKind::Url, "www.example.com/x".to_owned())
            ]
        );
        assert_eq!(
            masked("E-mail：li.ming@example.org。"),
            [(MaskKind::Email, "li.ming@example.org".to_owned())]
        );
        assert_eq!(
            masked("doi:10.5555/abc(12)34-5; 10.2 nm"),
            [(MaskKind::Doi, "10.5555/abc(12)34-5".to_owned())]
        );
        assert_eq!(
            masked("https://doi.org/10.5555/1."),
            [(MaskKind::Url, "https://doi.org/10.5555/1".to_owned())]
        );
    }

    #[test]
    fn hostile_text_is_cheap() {
        let document = read_text(
            "a.txt",
            "@".repeat(100_000)
                + &"10.".repeat(50_000)
                + &"http".repeat(50_000)
                + &"www.".repeat(100_000)
                + &"http://))".repeat(50_000),
        );
        assert!(parse(&document).all().len() < 1_000);
    }
}
