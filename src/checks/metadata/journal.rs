//! What the journal gives a paper: 文章编号, 中图分类号, 文献标识码.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::metadata::{FieldKind, citation_numbers};
use crate::rules::{Options, Scope};

/// `inconsistent-article-number`.
pub const ARTICLE: Kind = Kind {
    name: "inconsistent-article-number",
    scope: Scope::Document,
    fields: &["number", "printed", "expected"],
    variants: &["year", "issue", "first-page", "pages", "early", "shape", "blank"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Article) as Box<dyn Check>),
};

/// `malformed-class-number`.
pub const CLASS: Kind = Kind {
    name: "malformed-class-number",
    scope: Scope::Document,
    fields: &["number"],
    variants: &["empty"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Class) as Box<dyn Check>),
};

/// `malformed-document-code`.
pub const CODE: Kind = Kind {
    name: "malformed-document-code",
    scope: Scope::Document,
    fields: &["code"],
    variants: &[],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Code) as Box<dyn Check>),
};

struct Article;

impl Check for Article {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.metadata;
        for field in facts.fields.iter().filter(|f| f.kind == FieldKind::ArticleNumber) {
            let value = cx.slice(field.value);
            let read = facts.article_numbers.iter().any(|n| field.value.contains(n.span));
            let token: usize = value.chars().take_while(|c| !c.is_whitespace()).map(char::len_utf8).sum();
            // an ISSN begins it, yet the rest does not follow the norm
            let shaped = value.chars().take(4).all(|c| c.is_ascii_digit())
                && value.chars().nth(4).is_some_and(crate::parse::metadata::checkdigit::is_dash);
            if !read && shaped && token >= 9 {
                let span = Span::new(field.value.start, field.value.start + token);
                out.push(
                    cx.finding(span)
                        .variant("shape")
                        .confidence(Confidence::Medium)
                        .arg("number", cx.slice(span)),
                );
            }
        }
        let Some(number) = facts.article_numbers.first() else { return };
        if number.blank {
            let text = cx.slice(number.span);
            out.push(cx.finding(number.span).variant("blank").arg("number", text));
            return;
        }
        let received = facts.dates.iter().find(|d| d.kind == FieldKind::Received && d.date.exists());
        if let Some(date) = received.filter(|d| d.date.year > number.year) {
            out.push(
                cx.finding(number.year_span)
                    .variant("early")
                    .arg("number", cx.slice(number.span))
                    .arg("printed", usize::from(number.year))
                    .arg("expected", usize::from(date.date.year))
                    .related(cx.place(date.span), Vec::new()),
            );
        }
        let citations = facts.fields.iter();
        let citations =
            citations.filter(|f| matches!(f.kind, FieldKind::CitationZh | FieldKind::CitationEn)).take(4);
        let mut said: Vec<&'static str> = Vec::new();
        for cited in citations.filter_map(|f| citation_numbers(cx.slice(f.value), f.value.start)) {
            let mut compare = |variant, span: Span, printed: u32, at: Span, expected: u32| {
                if printed != expected && !said.contains(&variant) {
                    said.push(variant);
                    out.push(
                        cx.finding(span)
                            .variant(variant)
                            .arg("number", cx.slice(number.span))
                            .arg("printed", printed)
                            .arg("expected", expected)
                            .related(cx.place(at), vec![arg("printed", cx.slice(at))]),
                    );
                }
            };
            compare("year", number.year_span, number.year.into(), cited.year.1, cited.year.0);
            if let (Some(issue), Some(cited)) = (number.issue, cited.issue) {
                compare("issue", number.issue_span, issue, cited.1, cited.0);
            }
            compare("first-page", number.page_span, number.page, cited.first.1, cited.first.0);
            if let Some(last) = cited.last
                && last.0 >= cited.first.0
            {
                compare("pages", number.count_span, number.count, last.1, last.0 - cited.first.0 + 1);
            }
        }
    }
}

struct Class;

impl Check for Class {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let tables = &cx.data.metadata;
        for field in cx.facts.metadata.fields.iter().filter(|f| f.kind == FieldKind::Class) {
            let value = cx.slice(field.value);
            let mut start = 0;
            for piece in value.split([';', '；', ',', '，', '、', ' ', '\u{3000}', '/']).take(12) {
                let from = field.value.start + start;
                start += piece.len();
                start += value[start..].chars().next().map_or(0, char::len_utf8);
                let piece = piece.trim_end_matches(['.', '。', '*', '\\']);
                let code = piece.bytes().all(|b| b.is_ascii_graphic())
                    && piece.bytes().any(|b| b.is_ascii_digit())
                    && piece.len() <= 20;
                if piece.is_empty() {
                    continue;
                }
                if !code {
                    break;
                }
                let finding = cx.finding(Span::new(from, from + piece.len())).arg("number", piece);
                if tables.class_empty.iter().any(|empty| piece.starts_with(empty.as_str())) {
                    out.push(finding.variant("empty").confidence(Confidence::Medium));
                } else if !class_number(piece, &tables.class_letters) {
                    out.push(finding.confidence(Confidence::Medium));
                }
            }
        }
    }
}

/// A letter of a main class (two for T and others), then digits, full stops and auxiliary signs.
fn class_number(text: &str, letters: &str) -> bool {
    let mut chars = text.chars();
    if !chars.next().is_some_and(|c| letters.contains(c)) {
        return false;
    }
    let rest = chars.as_str();
    let rest = rest.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(rest);
    let mut last_digit = false;
    for c in rest.chars() {
        let fits = c.is_ascii_digit()
            || matches!(c, '.' | '-' | '+' | '=' | '(' | ')' | ':' | '"' | '[' | ']' | '{' | '}')
            // letters of another class after a sign: R-33, G206+T
            || c.is_ascii_uppercase() && !last_digit;
        if !fits {
            return false;
        }
        last_digit = c.is_ascii_digit();
    }
    rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '='))
}

struct Code;

impl Check for Code {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for field in cx.facts.metadata.fields.iter().filter(|f| f.kind == FieldKind::DocumentCode) {
            let value = cx.slice(field.value);
            let token: usize =
                value.chars().take_while(|c| c.is_alphanumeric()).take(8).map(char::len_utf8).sum();
            let code = &value[..token];
            let right = matches!(code, "A" | "B" | "C" | "D" | "E" | "Ａ" | "Ｂ" | "Ｃ" | "Ｄ" | "Ｅ");
            // a longer word is no code at all: the field is empty, and another one follows
            if right || code.is_empty() || code.chars().count() > 1 {
                continue;
            }
            let span = Span::new(field.value.start, field.value.start + token);
            out.push(cx.finding(span).arg("code", code).confidence(Confidence::Medium));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_numbers_have_a_shape() {
        let letters = "ABCDEFGHIJKNOPQRSTUVXZ";
        for good in ["R681", "R318.08", "TP391.41", "Q785", "R-332", "F830.9", "S858.31", "O6-39", "R737.9+1"]
        {
            assert!(class_number(good, letters), "{good}");
        }
        for bad in ["r681", "M12", "R68l", "681", "R", "RO81x"] {
            assert!(!class_number(bad, letters), "{bad}");
        }
    }
}
