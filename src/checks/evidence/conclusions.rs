//! A conclusion about a numbered factor that the text before it does not know.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Span;
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::rules::{Options, Scope};

/// The kind.
pub const KIND: Kind = Kind {
    name: "conclusion-about-another",
    scope: Scope::Document,
    fields: &["concluded", "evidence"],
    variants: &[],
    build,
};

struct Conclusions;

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(Conclusions))
}

/// Words that open a conclusion.
const OPENINGS: &[&str] = &[
    "因此",
    "由此可见",
    "由此",
    "可见",
    "所以",
    "综上",
    "故",
    "Therefore",
    "Thus",
    "Hence",
    "Consequently",
    "It follows",
    "Taken together",
    "These results",
    "These findings",
    "This suggests",
    "This indicates",
];

/// Families whose members differ by their number only.
const STEMS: &[&str] = &[
    "mir", "mirna", "microrna", "il", "mmp", "cxcl", "cxcr", "ccl", "ccr", "sirt", "bmp", "fgf", "smad",
    "tlr", "stat", "hsp", "wnt", "adamts", "caspase", "bcl", "pparγ", "irf", "traf", "nox", "timp", "foxo",
    "kdm", "hdac", "mettl", "gata", "notch",
];

/// A member of a family: its stem and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Member<'a> {
    stem: &'static str,
    number: &'a str,
    span: Span,
}

impl Check for Conclusions {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let sentences = &cx.facts.evidence.sentences;
        for pair in sentences.windows(2) {
            let (before, sentence) = (&pair[0], &pair[1]);
            if before.block != sentence.block {
                continue;
            }
            let text = cx.slice(sentence.span);
            if !OPENINGS.iter().any(|word| text.starts_with(word)) {
                continue;
            }
            // 亦、其他: the conclusion goes beyond the evidence on purpose
            let beyond = ["亦", "也", "同样", "其他", "also", "other", "another", "likewise"];
            if beyond.iter().any(|word| text.contains(word)) {
                continue;
            }
            let concluded = members(text);
            if concluded.is_empty() {
                continue;
            }
            let evidence = members(cx.slice(before.span));
            for member in &concluded {
                let Some(other) = evidence.iter().find(|other| other.stem == member.stem) else { continue };
                let repeated = |one: &Member<'_>, all: &[Member<'_>]| {
                    all.iter().any(|other| other.stem == one.stem && other.number == one.number)
                };
                // the member of the evidence is gone from the conclusion, the concluded one is new to the text
                if repeated(member, &evidence)
                    || repeated(other, &concluded)
                    || known(cx, member, sentence.span.start)
                {
                    continue;
                }
                let (place, source) =
                    (member.span.shift(sentence.span.start), other.span.shift(before.span.start));
                out.push(
                    cx.finding(place)
                        .confidence(Confidence::Medium)
                        .arg("concluded", cx.slice(place))
                        .arg("evidence", cx.slice(source))
                        .related(cx.place(source), Vec::new()),
                );
                break;
            }
        }
    }
}

/// The text before `end` names the member somewhere.
fn known(cx: &Context<'_>, member: &Member<'_>, end: usize) -> bool {
    let text = &cx.document.text()[..end];
    text.match_indices(member.number).any(|(at, number)| {
        let whole = !text[at + number.len()..].starts_with(|c: char| c.is_ascii_digit())
            && !text[..at].ends_with(|c: char| c.is_ascii_digit());
        // `miR-21/124`, `IL-4、10`: a number of a list counts as well
        let mut from = at.saturating_sub(24);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        whole && text[from..at].to_ascii_lowercase().contains(member.stem)
    })
}

/// The numbered members of the families in a sentence.
fn members(text: &str) -> Vec<Member<'_>> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let letters = bytes[at..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let start = at;
        at += letters;
        let hyphen = usize::from(bytes.get(at) == Some(&b'-'));
        let digits = bytes[at + hyphen..].iter().take_while(|b| b.is_ascii_digit()).count();
        let glued = start > 0 && bytes[start - 1].is_ascii_alphanumeric();
        if digits == 0 || glued || letters > 8 {
            continue;
        }
        let word = text[start..start + letters].to_ascii_lowercase();
        if let Some(stem) = STEMS.iter().find(|stem| **stem == word) {
            // microRNA-7 and miR-7 are one
            let stem = if matches!(*stem, "mirna" | "microrna") { "mir" } else { stem };
            let number = at + hyphen;
            out.push(Member {
                stem,
                number: &text[number..number + digits],
                span: Span::new(start, number + digits),
            });
            at = number + digits;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families() {
        let found = members("miR-21-5p和MMP13、microRNA-7；Fig. 2，IL");
        let found: Vec<(&str, &str)> = found.iter().map(|member| (member.stem, member.number)).collect();
        assert_eq!(found, [("mir", "21"), ("mmp", "13"), ("mir", "7")]);
        assert!(members("é").is_empty());
    }
}
