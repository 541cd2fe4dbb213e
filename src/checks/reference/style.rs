//! One convention per list: marks that most entries set one way and a few another.
//!
//! Judged per mark and language, across entries and never inside one; a list whose entries are mixed
//! inside themselves is spoilt by recognition, and says nothing about the author's habits.

use crate::checks::{Check, Context};
use crate::document::{Lang, MarkKind, Span, is_han};
use crate::engine::Sink;
use crate::finding::{Confidence, Localised};
use crate::parse::reference::{List, NameKind, Style, Work};
use std::collections::BTreeMap;

/// Mixed conventions, one finding per list, language and mark.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Inconsistent {
    /// Fewest entries of a language that make a habit.
    least: usize,
    /// Greatest share of exceptions, in percent; above it the list has no habit.
    exceptions: usize,
}

impl Default for Inconsistent {
    fn default() -> Self {
        Self { least: 10, exceptions: 30 }
    }
}

/// A mark whose form may vary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    EtAl,
    Separator,
    TypeCode,
    CodeBrackets,
    YearSpace,
    PagesSpace,
    LastPage,
    Capitals,
    Italics,
}

impl Mark {
    fn words(self) -> Localised {
        let (en, zh) = match self {
            Self::EtAl => ("“et al.” / 等", "“等”/“et al.”的写法"),
            Self::Separator => ("the comma between names", "著者之间的逗号"),
            Self::TypeCode => ("the type code", "文献类型标识"),
            Self::CodeBrackets => ("the brackets of the type code", "类型标识的方括号"),
            Self::YearSpace => ("the space after the year's mark", "年份后标点的空格"),
            Self::PagesSpace => ("the space before the pages", "页码前的空格"),
            Self::LastPage => ("the last page", "终止页码的写法"),
            Self::Capitals => ("capitals of family names", "姓氏大小写"),
            Self::Italics => ("italics of the journal", "刊名斜体"),
        };
        Localised { en: en.to_owned(), zh: zh.to_owned() }
    }

    /// Marks that recognition of printed pages spoils.
    fn fragile(self) -> bool {
        matches!(
            self,
            Self::Separator | Self::CodeBrackets | Self::YearSpace | Self::PagesSpace | Self::Italics
        )
    }
}

/// One entry's form of a mark: its name in both languages, and where it stands.
type Seen = (&'static str, &'static str, Span);

impl Check for Inconsistent {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for list in &cx.facts.references.lists {
            let noisy = noisy(cx, list);
            let mut seen: BTreeMap<(Mark, u8), Vec<Seen>> = BTreeMap::new();
            for work in list.entries.iter().flat_map(|entry| entry.works()) {
                let lang = u8::from(work.lang == Lang::En);
                for (mark, form) in observe(cx, work) {
                    if !(noisy && mark.fragile()) {
                        seen.entry((mark, lang)).or_default().push(form);
                    }
                }
            }
            for ((mark, _), forms) in seen {
                self.judge(cx, mark, &forms, out);
            }
        }
    }
}

impl Inconsistent {
    fn judge(&self, cx: &Context<'_>, mark: Mark, forms: &[Seen], out: &mut Sink) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (form, _, _) in forms {
            *counts.entry(form).or_default() += 1;
        }
        let Some(usual) = counts.iter().max_by_key(|(_, n)| **n).map(|(form, _)| *form) else { return };
        let others: Vec<&Seen> = forms.iter().filter(|(form, _, _)| *form != usual).collect();
        let few = others.len() * 100 <= forms.len() * self.exceptions;
        // a single slip of a space is the extraction's as often as the author's
        let few = few && others.len() > usize::from(mark.fragile());
        let (Some(first), true) = (others.first(), forms.len() >= self.least && few) else { return };
        let words = |en: &str| {
            let zh = forms.iter().find(|(f, _, _)| *f == en).map_or("", |(_, zh, _)| zh);
            Localised { en: en.to_owned(), zh: zh.to_owned() }
        };
        let mut finding = cx
            .finding(first.2)
            .confidence(Confidence::Medium)
            .arg("mark", mark.words())
            .arg("usual", words(usual))
            .arg("other", words(first.0))
            .arg("count", others.len())
            .arg("total", forms.len());
        for other in others.iter().skip(1).take(9) {
            finding = finding.related(cx.place(other.2), vec![]);
        }
        out.push(finding);
    }
}

/// True when more than one entry in twelve sets the same mark two ways inside itself.
fn noisy(cx: &Context<'_>, list: &List) -> bool {
    let mixed = |work: &&Work| {
        let kinds: Vec<bool> = commas(cx, work).map(|(_, wide, space)| wide || space).collect();
        kinds.contains(&true) && kinds.contains(&false)
    };
    let works = || list.entries.iter().flat_map(|entry| entry.works());
    let damaged = works().filter(|w| w.year.as_ref().is_some_and(|y| y.value.damaged)).count();
    works().filter(mixed).count() * 12 > works().count() || damaged > 1
}

/// Commas between the names of a work: place, full width, followed by a space.
fn commas<'a>(cx: &Context<'a>, work: &'a Work) -> impl Iterator<Item = (Span, bool, bool)> + use<'a> {
    let document = cx.document;
    work.authors.windows(2).filter_map(move |pair| {
        let between = Span::new(pair[0].span.end, pair[1].span.start.max(pair[0].span.end));
        let text = document.slice(between);
        let comma = text.chars().find(|c| matches!(c, ',' | '，'))?;
        Some((between, comma == '，', text.ends_with([' ', '\n'])))
    })
}

fn observe(cx: &Context<'_>, work: &Work) -> Vec<(Mark, Seen)> {
    let mut out = Vec::new();
    let text = cx.document.text();
    if let Some(et_al) = work.et_al {
        let after = text[et_al.end..].chars().next();
        let before = text[..et_al.start].trim_end().chars().next_back();
        let form = if cx.slice(et_al).starts_with('等') {
            if before.is_some_and(is_han) {
                ("without comma", "“等”前无逗号")
            } else {
                ("with comma", "“等”前有逗号")
            }
        } else if after == Some('.') {
            ("with full stop", "带句点")
        } else {
            ("without full stop", "不带句点")
        };
        out.push((Mark::EtAl, (form.0, form.1, et_al)));
    }
    if let Some((span, wide, _)) = commas(cx, work).next() {
        let form = if wide { ("full width", "全角") } else { ("half width", "半角") };
        out.push((Mark::Separator, (form.0, form.1, span)));
    }
    let article = work.container.is_some() && (work.volume.is_some() || work.pages.is_some());
    if let (true, Some(title)) =
        (article && matches!(work.style, Style::Gbt7714 | Style::Vancouver), &work.title)
    {
        let form = match &work.type_code {
            Some(code) => ("given", "有", code.span),
            None => ("left out", "无", tail(cx, title.span)),
        };
        out.push((Mark::TypeCode, form));
    }
    if let Some(code) = &work.type_code {
        let wide = text[..code.span.start].ends_with('［');
        let form = if wide { ("full width", "全角") } else { ("half width", "半角") };
        out.push((Mark::CodeBrackets, (form.0, form.1, code.span)));
    }
    numbers(cx, work, &mut out);
    if let Some(author) = work.first_author().filter(|a| a.kind == NameKind::Latin) {
        let letters: Vec<char> = author.family.chars().filter(|c| c.is_alphabetic()).collect();
        if letters.len() >= 3 && author.confidence == Confidence::High {
            let capitals = letters.iter().all(|c| c.is_uppercase());
            let form = if capitals {
                ("all capitals", "全部大写")
            } else {
                ("first letter only", "仅首字母大写")
            };
            out.push((Mark::Capitals, (form.0, form.1, author.span)));
        }
    }
    if let Some(container) = work.container.as_ref().filter(|_| work.volume.is_some()) {
        let signs = text[..container.span.start].ends_with(['*', '_']);
        let italics = signs || cx.document.is_marked(container.span, MarkKind::Emphasis);
        let form = if italics { ("italic", "斜体") } else { ("upright", "正体") };
        out.push((Mark::Italics, (form.0, form.1, container.span)));
    }
    out
}

/// Spaces between the numbers, and the way the last page is written.
fn numbers(cx: &Context<'_>, work: &Work, out: &mut Vec<(Mark, Seen)>) {
    let spaced = |from: Span, to: Span| {
        let between = cx.document.text().get(from.end..to.start)?;
        (between.len() <= 4).then(|| {
            if between.ends_with(char::is_whitespace) {
                ("a space", "有空格")
            } else {
                ("no space", "无空格")
            }
        })
    };
    if let (Some(year), Some(volume)) = (&work.year, &work.volume)
        && let Some(form) = spaced(year.span, volume.span)
    {
        out.push((Mark::YearSpace, (form.0, form.1, Span::new(year.span.start, volume.span.end))));
    }
    let before = work.issue.as_ref().or(work.volume.as_ref());
    if let (Some(before), Some(pages)) = (before, &work.pages)
        && let Some(form) = spaced(before.span, pages.span)
    {
        out.push((Mark::PagesSpace, (form.0, form.1, Span::new(before.span.start, pages.span.end))));
    }
    if let Some(pages) = &work.pages
        && let Some(last) = &pages.value.last
    {
        let first = &pages.value.first;
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        // only where the two pages share digits can the last be shortened
        let shared = first.len() >= 2
            && (last.len() < first.len() || (last.len() == first.len() && last[..1] == first[..1]));
        if digits(first) && digits(last) && shared {
            let form =
                if last.len() < first.len() { ("abbreviated", "省略") } else { ("in full", "完整") };
            out.push((Mark::LastPage, (form.0, form.1, pages.span)));
        }
    }
}

/// The last characters of a span, where a type code would follow.
fn tail(cx: &Context<'_>, span: Span) -> Span {
    let text = cx.slice(span);
    let at = text.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    Span::new(span.start + at, span.end)
}
