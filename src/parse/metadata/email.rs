//! E-mail addresses, whole and damaged.
//!
//! Look-ahead: 64 bytes before the `@`, 128 after it.

use super::scan;
use crate::document::Span;

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// A full-width mark inside.
    FullWidth,
    /// White space beside the `@` or a dot.
    Space,
    /// The host has no dot, a comma for a dot, two dots, or ends in no domain.
    Host,
    /// Nothing, or only a dot, before the `@`.
    Local,
    /// No `@`, after a label that announces an address.
    Missing,
}

/// An address as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    /// Where it stands.
    pub span: Span,
    /// What is wrong with it.
    pub fault: Option<Fault>,
    /// Lower case, blanks removed.
    pub normal: String,
    /// True when a word such as E-mail announces it.
    pub announced: bool,
}

/// Every address of a text.
pub fn scan(text: &str) -> Vec<Email> {
    let mut out: Vec<Email> = Vec::new();
    for (at, sign) in text.match_indices(['@', '＠']) {
        if out.last().is_some_and(|last| at < last.span.end) {
            continue;
        }
        out.extend(read(text, at, sign));
    }
    out.extend(missing(text));
    out.sort_by_key(|email| email.span);
    out
}

/// `E-mail: name163.com`: what a label with a colon announces ends in a domain and holds no `@`.
fn missing(text: &str) -> Vec<Email> {
    let mut out = Vec::new();
    for word in ["mail", "MAIL", "邮箱", "信箱"] {
        for at in memchr::memmem::find_iter(text.as_bytes(), word) {
            let before = scan::before(text, at, 2);
            let han = !word.is_ascii();
            // mail: alone may be a server
            if !han && !before.ends_with(['e', 'E', '-', '‐', '–']) {
                continue;
            }
            let after = scan::after(text, at + word.len(), 96);
            let lead = after.trim_start_matches([' ', '】', ']', '*', '_', '\u{a0}']);
            let Some(rest) = lead.strip_prefix([':', '：']) else { continue };
            let body = rest.trim_start_matches([' ', '*', '_', '\u{a0}', '\u{3000}']);
            let start = at + word.len() + after.len() - body.len();
            let sign = |c: char| matches!(c, '#' | '◎' | '®' | '©' | 'ⓐ' | '&' | '￠');
            let length: usize =
                body.chars().take_while(|c| is_local(*c) || sign(*c)).map(char::len_utf8).sum();
            let token = body[..length].trim_end_matches(['.', '-', '_']);
            let next = body[token.len()..].trim_start_matches([' ', '.']).chars().next();
            let lower = token.to_ascii_lowercase();
            let page = ["www", "http", "mail.", "smtp.", "imap.", "pop.", "_at_", "-at-", ".at."];
            let odd =
                next.is_some_and(|c| matches!(c, '@' | '＠' | '/' | '(' | '[' | '<' | '{' | '\\' | '='));
            let parts = lower.split('.').filter(|part| !part.is_empty()).count();
            let named = lower.chars().next().is_some_and(|c| c.is_ascii_alphanumeric()) && parts >= 2;
            if odd
                || !named
                || !known_end(lower.rsplit(sign).next().unwrap_or_default())
                || page.iter().any(|word| lower.contains(word))
            {
                continue;
            }
            let span = Span::new(start, start + token.len());
            out.push(Email { span, fault: Some(Fault::Missing), normal: lower, announced: true });
        }
    }
    out
}

fn is_local(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '.' | '_' | '-' | '+' | '%' | '．' | '＿' | '－' | '０'..='９' | 'ａ'..='ｚ')
}

fn read(text: &str, at: usize, sign: &str) -> Option<Email> {
    let head = scan::before(text, at, 64);
    let gap_before = head.len() - head.trim_end_matches([' ', '\u{a0}', '\u{3000}']).len();
    let head = &head[..head.len() - gap_before];
    let local: usize = head.chars().rev().take_while(|c| is_local(*c)).map(char::len_utf8).sum();
    let start = at - gap_before - local;
    let (start, split) = split_local(text, start, at - gap_before);
    let (announced, colon) = announced(scan::before(text, start, 24));
    // `a@@b.com`
    let more: usize =
        scan::after(text, at + sign.len(), 8).chars().take_while(|c| *c == '@').map(char::len_utf8).sum();
    let sign = text.get(at..at + sign.len() + more)?;
    let body = scan::after(text, at + sign.len(), 128);
    let gap_after = body.len() - body.trim_start_matches([' ', '\u{a0}', '\u{3000}']).len();
    let body = &body[gap_after..];
    let mut host = 0;
    for c in body.chars() {
        let next = body[host + c.len_utf8()..].chars().next();
        let goes_on = next.is_some_and(|n| n.is_ascii_alphanumeric());
        let dot = matches!(c, '．' | '。' | ',' | '，') && goes_on && known_end(&body[host + c.len_utf8()..]);
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') || dot {
            host += c.len_utf8();
        } else {
            break;
        }
    }
    while body[..host].ends_with(['.', '-']) {
        host -= 1;
    }
    // `a@b.com3`: the raised number of what follows was glued on
    let bare = body[..host].trim_end_matches(|c: char| c.is_ascii_digit());
    if host - bare.len() <= 2 && bare.contains('.') && known_end(bare.rsplit('.').next().unwrap_or_default())
    {
        host = bare.len();
    }
    let whole_host = host;
    if announced {
        host += far_end(&body[..host], &body[host..]);
    }
    let name: String = body[..host].chars().filter(|c| *c != ' ').collect();
    let around = gap_before > 0 || gap_after > 0;
    if around && !(announced && gap_before <= 2 && gap_after <= 2) {
        return None;
    }
    let spaced = around || host > whole_host || split;
    let whole = &text[start..at + sign.len() + gap_after + host];
    let wide = whole.chars().any(|c| !c.is_ascii() && !c.is_whitespace());
    let last = name.rsplit('.').next().unwrap_or_default();
    let lower = name.to_ascii_lowercase();
    let mistyped = MISTYPED.iter().any(|end| lower.ends_with(end))
        || lower.ends_with(".cm") && KNOWN.iter().any(|host| lower.starts_with(host));
    let domain = last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic()) && !mistyped;
    let dotted = name.contains(['.', '．', '。', ',', '，']);
    let fault = if local == 0 || head.ends_with('.') || text[start..].starts_with('.') {
        announced.then_some(Fault::Local)
    } else if more > 0 {
        (announced && dotted).then_some(Fault::Host)
    } else if wide && dotted {
        Some(Fault::FullWidth)
    } else if name.contains(',') || name.contains("..") {
        Some(Fault::Host)
    } else if !dotted || !domain {
        let provider = KNOWN.iter().any(|host| lower.starts_with(host));
        let digit_domain = dotted && last.bytes().any(|b| b.is_ascii_alphabetic());
        // `E-mail: name@hospital`; not user@host, not me@localhost
        let word = colon && name.len() >= 4 && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
        let host_alone = word && !matches!(lower.as_str(), "localhost" | "host" | "domain" | "example");
        if !(announced && (dotted || provider || host_alone) || provider && digit_domain) {
            return None;
        }
        Some(Fault::Host)
    } else if spaced {
        Some(Fault::Space)
    } else {
        None
    };
    if fault.is_none() && (name.is_empty() || local == 0 || more > 0) {
        return None;
    }
    let normal = whole.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    Some(Email { span: Span::new(start, start + whole.len()), fault, normal, announced })
}

/// Ends that no domain has, and that differ from one that is common by a letter.
const MISTYPED: &[&str] = &[
    ".con", ".cmo", ".ocm", ".corn", ".cim", ".vom", ".comn", ".conm", ".coom", ".comm", ".c om", ".edu.en",
    ".com.en", ".ac.en", ".edu.cm", ".ent", ".nte",
];

/// `gu yz_@…`, `gu 2010@…`: the part before the `@` begins further left, when a label stands before it and the
/// cut is one that no two words have.
fn split_local(text: &str, start: usize, end: usize) -> (usize, bool) {
    let head = scan::before(text, start, 48);
    let Some(head) = head.strip_suffix(' ') else { return (start, false) };
    let piece: usize = head.chars().rev().take_while(|c| is_local(*c)).map(char::len_utf8).sum();
    let token = &head[head.len() - piece..];
    let from = start - 1 - piece;
    let (before, local) = (&head[..head.len() - piece], &text[start..end]);
    let small = token
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-'));
    let cut = token.ends_with(['.', '_', '-'])
        || local.starts_with(['.', '_', '-'])
        || local.bytes().all(|b| b.is_ascii_digit());
    let begins = token.starts_with(|c: char| c.is_ascii_lowercase());
    let label = announced(scan::before(before, before.len(), 24));
    if small && cut && begins && local.len() > 1 && piece > 1 && label.1 {
        (from, true)
    } else {
        (start, false)
    }
}

/// Bytes of `. com`, ` .cn` and the like after a host that a blank cuts.
fn far_end(host: &str, rest: &str) -> usize {
    let trimmed = rest.strip_prefix(' ').unwrap_or(rest);
    let Some(tail) = trimmed.strip_prefix('.') else { return 0 };
    let word = tail.strip_prefix(' ').unwrap_or(tail);
    let length = word.bytes().take_while(u8::is_ascii_lowercase).count();
    let end = &word[..length];
    let blank = rest.len() - trimmed.len() + tail.len() - word.len() == 1;
    let next = word[length..].chars().next();
    let apart = !next.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '@' | '＠' | '_' | '-'));
    let fits = if known_end(host) && host.contains('.') {
        end == "cn"
    } else {
        matches!(end, "com" | "cn" | "net" | "org" | "edu" | "ac")
    };
    if !(blank && apart && fits && !host.is_empty()) {
        return 0;
    }
    let mut taken = rest.len() - word.len() + length;
    for more in [".cn", ".edu.cn", ".com.cn", ".ac.cn"] {
        if rest[taken..].starts_with(more) {
            taken += more.len();
        }
    }
    taken
}

/// Providers whose name alone shows that an address is meant.
const KNOWN: &[&str] = &[
    "163.", "126.", "qq.", "sina.", "sohu.", "gmail.", "hotmail.", "outlook.", "yahoo.", "foxmail.", "yeah.",
    "139.", "163", "qq", "126", "gmail", "hotmail",
];

/// True when a top-level domain, or a host that ends in one, stands at the start.
fn known_end(text: &str) -> bool {
    let end =
        text.bytes().take(48).take_while(|b| b.is_ascii_alphanumeric() || *b == b'.' || *b == b'-').count();
    let name = text[..end].trim_end_matches(['.', '-']);
    let last = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(
        last.as_str(),
        "com" | "cn" | "net" | "org" | "edu" | "gov" | "ac" | "jp" | "uk" | "de" | "hk" | "tw"
    )
}

/// Whether a word that announces an address stands right before, and whether with a colon.
fn announced(before: &str) -> (bool, bool) {
    let trimmed = before.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '：' | ']' | '】' | '(' | '（' | '<' | '*' | '_' | '\\')
    });
    let lower = trimmed.to_ascii_lowercase();
    let found = ["mail", "邮箱", "信箱", "邮件", "mails", "e-mail地址", "mail address"]
        .iter()
        .any(|word| lower.ends_with(word));
    (found, found && before[trimmed.len()..].contains([':', '：']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<Fault>)> {
        scan(text).into_iter().map(|mail| (text[mail.span.range()].to_owned(), mail.fault)).collect()
    }

    #[test]
    fn addresses_and_their_faults() {
        for (text, mail, fault) in [
            ("E-mail：li.ming@example.org。", "li.ming@example.org", None),
            ("(chen_x@mail.example.com)", "chen_x@mail.example.com", None),
            ("E-mail: wang＠example.com", "wang＠example.com", Some(Fault::FullWidth)),
            ("E-mail: wang@163。com", "wang@163。com", Some(Fault::FullWidth)),
            ("Email: zhao@ example.net", "zhao@ example.net", Some(Fault::Space)),
            ("E-mail: qian@163.c0m", "qian@163.c0m", Some(Fault::Host)),
            ("E-mail: li@example.com3 北京", "li@example.com", None),
            ("E-mail: sun@example,com", "sun@example,com", Some(Fault::Host)),
            ("邮箱：@example.com", "@example.com", Some(Fault::Local)),
            ("E-mail: wang@hospital", "wang@hospital", Some(Fault::Host)),
            ("E-mail: wang@example.con", "wang@example.con", Some(Fault::Host)),
            ("E-mail: wang@example. com", "wang@example. com", Some(Fault::Space)),
            ("E-mail: wang@example .edu.cn", "wang@example .edu.cn", Some(Fault::Space)),
            ("E-mail: wang@example.com .cn；", "wang@example.com .cn", Some(Fault::Space)),
            ("E-mail: wang_ li@example.com", "wang_ li@example.com", Some(Fault::Space)),
            ("E-mail: wang 2010@example.com", "wang 2010@example.com", Some(Fault::Space)),
            ("E-mail: Wang Li wang@example.com", "wang@example.com", None),
            ("E-mail: wang@example.com. net", "wang@example.com", None),
            ("E-mail：wang2010163.com，电话", "wang2010163.com", Some(Fault::Missing)),
            ("邮箱: wang#example.edu.cn", "wang#example.edu.cn", Some(Fault::Missing)),
        ] {
            assert_eq!(read(text), [(mail.to_owned(), fault)], "{text}");
        }
    }

    #[test]
    fn other_uses_of_the_sign_are_silent() {
        for text in [
            "@param x",
            "react@18.2.0",
            "npm i @scope/pkg",
            "N@C电极",
            "user@host",
            "mail: root@localhost",
            "Mail: mail.example.com",
            "E-mail: www.example.com",
            "E-mail: wang(at)example.com",
            "E-mail: wang_at_example.com",
            "E-mail address of the author",
            "E-mail: 见文末",
            "见 @某人",
            "@",
            "a@",
            "5 @ 3",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
        assert!(scan(&"@".repeat(50_000)).is_empty());
        scan(&"a@b.".repeat(50_000));
    }
}
