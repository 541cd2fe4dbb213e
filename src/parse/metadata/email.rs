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
    let announced = announced(scan::before(text, start, 24));
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
    let name = &body[..host];
    let spaced = gap_before > 0 || gap_after > 0;
    if spaced && !(announced && gap_before <= 2 && gap_after <= 2) {
        return None;
    }
    let whole = &text[start..at + sign.len() + gap_after + host];
    let wide = whole.chars().any(|c| !c.is_ascii() && !c.is_whitespace());
    let last = name.rsplit('.').next().unwrap_or_default();
    let domain = last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic());
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
        let provider = KNOWN.iter().any(|host| name.to_ascii_lowercase().starts_with(host));
        let digit_domain = dotted && last.bytes().any(|b| b.is_ascii_alphabetic());
        if !(announced && (dotted || provider) || provider && digit_domain) {
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

/// True when a word that announces an address stands right before.
fn announced(before: &str) -> bool {
    let trimmed = before.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '：' | ']' | '】' | '(' | '（' | '<' | '*' | '_' | '\\')
    });
    let lower = trimmed.to_ascii_lowercase();
    ["mail", "邮箱", "信箱", "邮件", "mails", "e-mail地址", "mail address"]
        .iter()
        .any(|word| lower.ends_with(word))
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
