//! Short forms of a document: every spelling with its uses and definitions.

use super::extract::Order;
use super::hash::{Map, Set};
use super::shape;
use super::tables::Tables;
use super::tokens::{components, is_form, is_noise, tokens};
use crate::document::{Block, BlockKind, Document, Lang, Span, Zone};
use crate::finding::Confidence;
use crate::parse::mask::Masks;

/// A definition, in spans of the document's text.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The short form, folded.
    pub short: String,
    /// Its key.
    pub key: String,
    /// Where the short form stands.
    pub short_span: Span,
    /// The Chinese long form.
    pub zh: Option<Span>,
    /// The English long form.
    pub en: Option<Span>,
    /// All of it.
    pub span: Span,
    /// Which comes first.
    pub order: Order,
    /// True when the letters spell the short form.
    pub spelled: bool,
    /// Read from a list of abbreviations, a note or a heading: it defines, but is never compared.
    pub listed: bool,
    /// Read from a heading or title.
    pub heading: bool,
    /// Its zone.
    pub zone: Zone,
    /// How sure it is one.
    pub confidence: Confidence,
}

/// One use of a short form.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    /// Where it stands.
    pub span: Span,
    /// In which zone.
    pub zone: Zone,
    /// In keywords, where everything is named without definition.
    pub keyword: bool,
    /// In a heading or title.
    pub heading: bool,
    /// At the start of a sentence.
    pub sentence_start: bool,
    /// Inside a definition: its short form or its long form.
    pub in_definition: bool,
    /// A whole token, not a part of a compound.
    pub whole: bool,
}

/// One spelling of a short form.
#[derive(Debug, Clone)]
pub struct Spelling {
    /// As printed.
    pub text: String,
    /// Where, in order.
    pub uses: Vec<Use>,
}

impl Spelling {
    /// Uses as a whole token.
    pub fn whole(&self) -> impl Iterator<Item = &Use> {
        self.uses.iter().filter(|u| u.whole)
    }
}

/// A short form with all its spellings.
#[derive(Debug, Clone)]
pub struct Form {
    /// What its spellings share.
    pub key: String,
    /// Spellings, in order of first use.
    pub spellings: Vec<Spelling>,
    /// Indices of its definitions.
    pub definitions: Vec<usize>,
}

impl Form {
    /// All uses, in order of place.
    pub fn uses(&self) -> Vec<Use> {
        let mut uses: Vec<Use> = self.spellings.iter().flat_map(|s| s.uses.iter().copied()).collect();
        uses.sort_by_key(|u| u.span);
        uses
    }

    /// Count of uses outside definitions, as a whole token.
    pub fn count(&self) -> usize {
        self.spellings.iter().flat_map(Spelling::whole).filter(|u| !u.in_definition).count()
    }

    /// The spelling used most, as a whole token.
    pub fn usual(&self) -> &Spelling {
        let mut best = &self.spellings[0];
        for spelling in &self.spellings[1..] {
            if spelling.whole().count() > best.whole().count() {
                best = spelling;
            }
        }
        best
    }
}

/// Collects the forms of a document.
pub struct Collector<'a> {
    document: &'a Document,
    tables: &'a Tables,
    masks: &'a Masks,
    definitions: &'a [Definition],
    by_key: Map<String, usize>,
    forms: Vec<Form>,
    defined: Set<&'a str>,
    /// Some defined short form is written in small letters only (bp).
    small: bool,
}

impl<'a> Collector<'a> {
    /// A collector that knows the definitions.
    pub fn new(
        document: &'a Document,
        tables: &'a Tables,
        masks: &'a Masks,
        definitions: &'a [Definition],
    ) -> Self {
        let defined: Set<&str> = definitions.iter().map(|d| d.short.as_str()).collect();
        let small = defined.iter().any(|short| short.bytes().all(|b| b.is_ascii_lowercase()));
        let mut collector = Self {
            document,
            tables,
            masks,
            definitions,
            by_key: Map::default(),
            forms: Vec::new(),
            defined,
            small,
        };
        for (index, definition) in definitions.iter().enumerate() {
            collector.form(&definition.key).definitions.push(index);
        }
        collector
    }

    fn form(&mut self, key: &str) -> &mut Form {
        let index = match self.by_key.get(key) {
            Some(index) => *index,
            None => {
                self.forms.push(Form { key: key.to_owned(), spellings: Vec::new(), definitions: Vec::new() });
                self.by_key.insert(key.to_owned(), self.forms.len() - 1);
                self.forms.len() - 1
            }
        };
        &mut self.forms[index]
    }

    /// Read one block.
    pub fn block(&mut self, block: &Block) {
        let text = self.document.slice(block.span);
        let found = tokens(text);
        let shouting = shouting(text, &found);
        let keyword = block.kind == BlockKind::Keywords;
        // a scrap of a table that was taken for a paragraph is no running text either
        let scrap = text.chars().count() < 40
            && !text.ends_with(['。', '.', '；', ';', '：', ':', '!', '！', '?', '？']);
        let scrap = scrap && block.kind == BlockKind::Paragraph;
        let heading = scrap || matches!(block.kind, BlockKind::Heading | BlockKind::Title);
        for (index, span) in found.iter().enumerate() {
            let word = &text[span.range()];
            let plain = word.bytes().all(|b| b.is_ascii_lowercase());
            if plain && !(self.small && self.defined.contains(word)) || shouting[index] {
                continue;
            }
            let span = without_word(text, *span);
            let span = with_numeral(text, span, found.get(index + 1), block.lang);
            let token = &text[span.range()];
            let whole = self.is_form(token);
            let compound = token.chars().any(|c| shape::fold(c) == '-');
            if !whole && !compound {
                continue;
            }
            let place = span.shift(block.span.start);
            if self.masks.touches(place) {
                continue;
            }
            if is_author(token, &text[span.end..]) && !self.defined.contains(token) {
                continue;
            }
            let before = text[..span.start].trim_end();
            let sentence_start = before.is_empty()
                || before.ends_with(['。', '.', '!', '?', '！', '？', '；', ':', '：'])
                || before.ends_with(['"', '“']);
            let usage = Use {
                span: place,
                zone: block.zone(),
                keyword,
                heading: heading || is_model(&text[span.end..]) || is_item(before, &text[span.end..]),
                sentence_start,
                in_definition: self.in_definition(place),
                whole: true,
            };
            if whole {
                self.push(token, usage);
            }
            if !compound {
                continue;
            }
            for (at, part) in components(token) {
                if part.len() >= 2 && part.len() < token.len() && self.is_form(part) {
                    let span = Span::new(place.start + at, place.start + at + part.len());
                    self.push(part, Use { span, whole: false, ..usage });
                }
            }
        }
    }

    fn is_form(&self, token: &str) -> bool {
        let known = self.defined.contains(token);
        known
            || !is_noise(token)
                && (is_form(token)
                    || token.len() <= 8
                        && token.starts_with(|c: char| c.is_ascii_uppercase())
                        && self.tables.lexicon.lists(self.tables.stem(token)))
    }

    /// True inside the short form or a long form of a definition.
    fn in_definition(&self, span: Span) -> bool {
        let next = self.definitions.partition_point(|d| d.span.start <= span.start);
        self.definitions[..next].iter().rev().take(6).any(|d| {
            d.short_span.overlaps(span)
                || d.en.is_some_and(|en| en.overlaps(span))
                || d.zh.is_some_and(|zh| zh.overlaps(span))
        })
    }

    fn push(&mut self, token: &str, usage: Use) {
        let key = self.tables.key(token);
        if key.is_empty() {
            return;
        }
        let form = self.form(&key);
        match form.spellings.iter_mut().find(|s| s.text == token) {
            Some(spelling) => spelling.uses.push(usage),
            None => form.spellings.push(Spelling { text: token.to_owned(), uses: vec![usage] }),
        }
    }

    /// All forms that are used somewhere, and where each key stands.
    pub fn finish(self) -> (Vec<Form>, Map<String, usize>) {
        (self.forms, self.by_key)
    }
}

/// `LEO 435`, `UBC 807`: a model, a primer, a standard with its number.
fn is_model(after: &str) -> bool {
    let Some(rest) = after.strip_prefix(' ') else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let next = rest[digits..].chars().next();
    (3..=5).contains(&digits) && next.is_none_or(|c| c == ' ' || c == ')' || c == ',' || c == '）')
}

/// Alone between two enumerators, as a cell of a table or an item of a bare list: `(ii) HPTLC (iii)`.
fn is_item(before: &str, after: &str) -> bool {
    let counter = |inner: &str| {
        let letters = inner.len() <= 4 && inner.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
        let digits = inner.len() <= 2 && inner.bytes().all(|b| b.is_ascii_digit());
        !inner.is_empty() && (letters || digits)
    };
    let opens = |text: &str| {
        let text = text.trim_start();
        let inner = text.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        text.is_empty() || inner.is_some_and(|(inner, _)| counter(inner))
    };
    let closes =
        before.strip_suffix(')').and_then(|head| head.rsplit_once('(')).is_some_and(|(_, i)| counter(i));
    closes && opens(after)
}

/// `ZHAO等[20]`, `ZHAO et al`: a name, not a short form.
fn is_author(token: &str, after: &str) -> bool {
    let rest = after.trim_start();
    if rest.starts_with("et al") {
        return true;
    }
    // a surname in capitals before its given name: ZHAO Xiao-Ming1, WU Lei;
    if token.len() <= 8 && token.chars().all(|c| c.is_ascii_uppercase()) && after.starts_with(' ') {
        let end = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '-').unwrap_or(rest.len());
        let given = &rest[..end];
        let shape = given.starts_with(|c: char| c.is_ascii_uppercase())
            && given.chars().filter(|c| c.is_ascii_uppercase()).count() <= 2
            && given.len() >= 2
            && given.chars().any(|c| c.is_ascii_lowercase());
        let next = rest[end..].trim_start().chars().next();
        if shape && next.is_none_or(|c| c.is_ascii_digit() || matches!(c, ',' | '，' | ';' | '*' | '^')) {
            return true;
        }
    }
    let Some(rest) = rest.strip_prefix('等') else { return false };
    rest.trim_start().starts_with(['[', '［', '^', '(', '（', '【'])
}

/// `RAPD-based`, `TNF-induced`: the word after the hyphen is no part of the short form.
fn without_word(text: &str, span: Span) -> Span {
    let token = &text[span.range()];
    let Some(at) = token.rfind(|c: char| shape::fold(c) == '-') else { return span };
    let hyphen = token[at..].chars().next().map_or(1, char::len_utf8);
    let word = &token[at + hyphen..];
    let plain = word.chars().all(|c| c.is_ascii_lowercase());
    let common = word.len() >= 5 && !shape::names_greek(word)
        || matches!(word, "like" | "free" | "type" | "null" | "fold" | "test");
    if plain && common && at >= 2 { Span::new(span.start, span.start + at) } else { span }
}

/// `COL` and `II` are one token when a numeral follows a form in capitals.
fn with_numeral(text: &str, span: Span, next: Option<&Span>, lang: Lang) -> Span {
    let token = &text[span.range()];
    let capitals = token.len() >= 2 && token.chars().all(|c| c.is_ascii_uppercase());
    let Some(next) = next.filter(|next| capitals && text.get(span.end..next.start) == Some(" ")) else {
        return numeral_character(text, span, capitals);
    };
    let numeral = &text[next.range()];
    let is_numeral = matches!(numeral, "II" | "III" | "IV") && lang == Lang::Zh
        || numeral.chars().all(|c| shape::roman(c).is_some());
    if is_numeral { Span::new(span.start, next.end) } else { span }
}

/// The same for a single numeral character (`COL Ⅱ`), which is no token of its own.
fn numeral_character(text: &str, span: Span, capitals: bool) -> Span {
    let rest = &text[span.end..];
    let Some(c) = rest.strip_prefix(' ').and_then(|r| r.chars().next()) else { return span };
    let whole = capitals && shape::roman(c).is_some();
    if whole { Span::new(span.start, span.end + 1 + c.len_utf8()) } else { span }
}

/// Tokens that stand in a run of three or more words in capitals: a heading, not short forms.
fn shouting(text: &str, found: &[Span]) -> Vec<bool> {
    let loud = |span: &Span| {
        let token = &text[span.range()];
        token.len() >= 2 && token.chars().all(|c| c.is_ascii_uppercase() || c == '-')
    };
    let mut out = vec![false; found.len()];
    let mut from = 0;
    while from < found.len() {
        let mut to = from;
        while to < found.len()
            && loud(&found[to])
            && (to == from
                || text[found[to - 1].end..found[to].start].trim_matches([' ', ',', '，', '&']).is_empty())
        {
            to += 1;
        }
        let long = found[from..to].iter().filter(|s| s.len() >= 5).count();
        if to - from >= 3 && long * 2 >= to - from {
            out[from..to].fill(true);
        }
        from = to.max(from + 1);
    }
    out
}

impl Definition {
    /// True for `long form (SF)`.
    pub fn order_is_long(&self) -> bool {
        self.order == Order::LongFirst
    }
}
