//! Entries whose work was retracted, corrected or put in doubt, by the user's own list.

use super::{name_of, stand_in};
use crate::checks::{Check, Context};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::reference::{Entry, NoticeKind, RetractionNotice, Retractions};

/// Retracted works: those of the file given with `--retractions`, and those named in the options.
pub(super) struct Retracted {
    own: Retractions,
}

/// The options of the rule.
#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Options {
    works: Vec<Known>,
}

/// A work the user knows of.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    #[serde(default)]
    doi: String,
    #[serde(default)]
    pmid: String,
    kind: NoticeKind,
    #[serde(default)]
    date: String,
}

impl Retracted {
    pub(super) fn new(options: Options) -> Self {
        let mut own = Retractions::default();
        for known in options.works {
            own.add(&known.doi, &known.pmid, RetractionNotice { kind: known.kind, date: known.date });
        }
        Self { own }
    }
}

impl Check for Retracted {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        if self.own.is_empty() && cx.data.retractions.is_empty() {
            return;
        }
        for entry in cx.facts.references.entries() {
            for work in entry.works() {
                let doi = work.doi.as_ref().map(|doi| doi.value.as_str());
                let pmid = work.pmid.as_ref().map(|pmid| pmid.value.as_str());
                let notice = cx.data.retractions.find(doi, pmid).or_else(|| self.own.find(doi, pmid));
                let Some(notice) = notice else { continue };
                if says_so(cx, entry) {
                    break;
                }
                let place =
                    work.doi.as_ref().or(work.pmid.as_ref()).map_or(stand_in(cx, entry), |id| id.span);
                let date = if notice.date.is_empty() { "?" } else { notice.date.as_str() };
                let mut finding = cx
                    .finding(place)
                    .confidence(Confidence::High)
                    .arg("entry", name_of(cx, entry))
                    .arg("date", date);
                finding = match notice.kind {
                    NoticeKind::Retraction => finding,
                    NoticeKind::Concern => finding.variant("concern"),
                    NoticeKind::Correction => finding.variant("correction"),
                    NoticeKind::Reinstatement => finding.variant("reinstatement"),
                };
                for marker in cited(cx, entry).take(5) {
                    finding = finding.related(cx.place(marker), vec![arg("entry", name_of(cx, entry))]);
                }
                out.push(finding);
                break;
            }
        }
    }
}

/// The markers that cite an entry.
fn cited<'a>(cx: &Context<'a>, entry: &'a Entry) -> impl Iterator<Item = Span> + use<'a> {
    let markers = cx.facts.citations.markers.iter();
    markers.filter(|m| entry.number.is_some_and(|n| m.numbers().any(|x| x == n))).map(|m| m.span)
}

/// True when the entry, or a sentence that cites it, says that it was retracted.
fn says_so(cx: &Context<'_>, entry: &Entry) -> bool {
    let text = cx.document.text();
    let told = |stretch: &str| {
        let lower = stretch.to_lowercase();
        [
            "retract",
            "withdrawn",
            "expression of concern",
            "撤稿",
            "撤回",
            "撤销",
            "关注声明",
            "erratum",
            "更正",
        ]
        .iter()
        .any(|word| lower.contains(word))
    };
    // the identifiers of an entry may hold such a word by chance
    let ids = entry.work.dois.iter().chain(&entry.work.url).map(|field| field.span.start).min();
    let words = Span::new(entry.span.start, ids.unwrap_or(entry.span.end).max(entry.span.start));
    told(cx.slice(words))
        || cited(cx, entry).any(|marker| {
            let ends = |c: char| matches!(c, '。' | '；' | '\n' | '!' | '?' | '！' | '？');
            let stop = |window: &str| window.rfind(ends).into_iter().chain(window.rfind(". ")).max();
            // a sentence is at most 600 bytes here
            let mut from = marker.start.saturating_sub(600);
            while !text.is_char_boundary(from) {
                from += 1;
            }
            let from = from + stop(&text[from..marker.start]).map_or(0, |at| at + 1);
            let mut to = (marker.end + 600).min(text.len());
            while !text.is_char_boundary(to) {
                to -= 1;
            }
            let tail = &text[marker.end..to];
            let end = tail.find(ends).into_iter().chain(tail.find(". ")).min().unwrap_or(tail.len());
            // the stop may have fallen inside a character's bytes: step to its end
            let from = (from..=marker.start).find(|at| text.is_char_boundary(*at)).unwrap_or(marker.start);
            told(&text[from..marker.end + end])
        })
}
