//! The little HTML that Markdown texts hold: tags told from text, nothing more.

use std::ops::Range;

/// A stretch of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Characters between tags, without a line end.
    Text(Range<usize>),
    /// A tag or comment.
    Tag(Range<usize>),
    /// A line end between tags.
    Newline,
}

/// Cut HTML into tags and text: linear, a tag that does not end is text.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = Token> + '_ {
    let bytes = html.as_bytes();
    // once no `>` is left, nothing ahead is a tag
    let last = memchr::memrchr(b'>', bytes);
    let mut at = 0;
    std::iter::from_fn(move || {
        let &byte = bytes.get(at)?;
        let start = at;
        if byte == b'\n' {
            at += 1;
            return Some(Token::Newline);
        }
        if byte == b'<'
            && last.is_some_and(|last| last > at)
            && let Some(end) = memchr::memchr(b'>', &bytes[at..])
        {
            at += end + 1;
            return Some(Token::Tag(start..at));
        }
        let from = at + 1;
        at = memchr::memchr2(b'<', b'\n', &bytes[from..]).map_or(bytes.len(), |end| from + end);
        Some(Token::Text(start..at))
    })
}

/// The name of a tag, and true when it opens.
pub(super) fn tag_name(tag: &str) -> (&str, bool) {
    let inner = tag.trim_start_matches('<');
    let (inner, open) = match inner.strip_prefix('/') {
        Some(rest) => (rest, false),
        None => (inner, true),
    };
    let end = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    (&inner[..end], open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_text() {
        let html = "<td>a<b</td>\n";
        let text: Vec<&str> = tokens(html)
            .filter_map(|t| if let Token::Text(range) = t { Some(&html[range]) } else { None })
            .collect();
        assert_eq!(text, ["a"]);
        assert_eq!(tag_name("</sup>"), ("sup", false));
        assert_eq!(tag_name("<td colspan=2>"), ("td", true));
    }
}
