//! Signs on titles and names, and the notes that explain them.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Block, BlockKind, Span};
use crate::engine::Sink;
use crate::finding::{Confidence, Severity};
use crate::parse::metadata::ListKind;
use crate::rules::{Options, Scope};
use std::collections::BTreeSet;

/// `mark-without-note`.
pub const MARKS: Kind = Kind {
    name: "mark-without-note",
    scope: Scope::Document,
    fields: &["mark"],
    variants: &["author", "unused"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Marks) as Box<dyn Check>),
};

/// Signs that call a note.
const SIGNS: &[char] = &['*', '＊', '#', '△', '▲', '☆', '★', '†', '‡', '§', '¶', '¤', '※', '①', '②', '③'];
/// Signs that need no word: everybody knows the corresponding author's star.
const KNOWN: &[char] = &['*', '＊', '①', '②', '③', '§', '¶'];
/// Words of a note that may stand without its sign.
const NOTES: &[&str] = &[
    "共同第一",
    "同等贡献",
    "并列第一",
    "共同通",
    "通信作者",
    "通讯作者",
    "责任作者",
    "ontributed equally",
    "qual contribution",
    "orrespond",
    "eceased",
];
/// What a note begins with after its sign.
const BEGINS: &[&str] = &[
    "通信作者",
    "通讯作者",
    "共同第一作者",
    "基金项目",
    "Correspond",
    "These authors",
    "Both authors",
    "Current address",
];

struct Marks;

impl Check for Marks {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.metadata;
        let lists: Vec<_> = facts.people.iter().filter(|l| l.kind == ListKind::Authors).take(8).collect();
        let people = || lists.iter().flat_map(|list| &list.people);
        // raised signs were kept, and the notes stand in this file
        let numbered = facts.affiliations.iter().any(|item| item.number.is_some())
            && people().any(|person| !person.marks.is_empty());
        if !numbered {
            return;
        }
        let carries = |block: &Block| {
            block.kind == BlockKind::Title
                || block.kind == BlockKind::Authors
                || lists.iter().any(|list| block.span.contains(list.span))
        };
        let (mut called, mut noted) = (BTreeSet::new(), BTreeSet::new());
        let mut explained = false;
        for block in cx.document.blocks() {
            let text = cx.slice(block.span);
            let signs = text.chars().filter(|c| SIGNS.contains(c)).map(folded);
            if carries(block) {
                called.extend(signs);
            } else if block.kind != BlockKind::Code {
                noted.extend(signs);
            }
            explained |= block.zone() != crate::document::Zone::References
                && NOTES.iter().any(|word| text.contains(word));
        }
        for block in cx.document.blocks().iter().filter(|block| block.kind == BlockKind::Title).take(4) {
            let text = cx.slice(block.span).trim_end();
            let Some(sign) = text.chars().next_back().filter(|c| SIGNS.contains(c)) else { continue };
            if !noted.contains(&folded(sign)) && text.chars().filter(|c| *c == sign).count() == 1 {
                let end = block.span.start + text.len();
                report(cx, Span::new(end - sign.len_utf8(), end), None, out);
                break;
            }
        }
        let span = lists.first().map(|list| list.span);
        let Some(span) = span.filter(|_| !explained) else { return self.unused(cx, &called, out) };
        // the star is the corresponding author's, who can be reached where an address stands
        let known = |c: char| matches!(c, '*' | '＊') && facts.emails.is_empty() || !KNOWN.contains(&c);
        let end = cx.document.block_at(span.start).map_or(span.end, |block| block.span.end);
        let text = upto(cx.slice(Span::new(span.start, end)), span.len() + 8);
        let sign =
            text.char_indices().find(|(_, c)| SIGNS.contains(c) && known(*c) && !noted.contains(&folded(*c)));
        if let Some((at, sign)) = sign {
            let start = span.start + at;
            let length: usize = text[at..].chars().take_while(|c| *c == sign).map(char::len_utf8).sum();
            report(cx, Span::new(start, start + length), Some("author"), out);
        }
    }
}

/// At most `bytes` bytes of a text: the last name and the signs after it.
fn upto(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

impl Marks {
    /// A note whose sign nobody carries.
    fn unused(&self, cx: &Context<'_>, called: &BTreeSet<char>, out: &mut Sink) {
        for block in cx.document.blocks().iter().filter(|b| b.kind != BlockKind::Code) {
            let text = cx.slice(block.span);
            let Some(sign) = text.chars().next().filter(|c| SIGNS.contains(c)) else { continue };
            let rest = text[sign.len_utf8()..].trim_start();
            if BEGINS.iter().any(|word| rest.starts_with(word)) && !called.contains(&folded(sign)) {
                let span = Span::new(block.span.start, block.span.start + sign.len_utf8());
                report(cx, span, Some("unused"), out);
                return;
            }
        }
    }
}

fn folded(sign: char) -> char {
    if sign == '＊' { '*' } else { sign }
}

fn report(cx: &Context<'_>, span: Span, variant: Option<&'static str>, out: &mut Sink) {
    let mut finding = cx.finding(span).confidence(Confidence::Medium).arg("mark", cx.slice(span));
    finding.severity = Severity::Info;
    out.push(match variant {
        Some(name) => finding.variant(name),
        None => finding,
    });
}
