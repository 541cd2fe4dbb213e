//! Page ranges that run backwards.

use crate::checks::{Check, Context};
use crate::engine::Sink;
use crate::finding::{Confidence, Severity};

/// The last page below the first; `281-9` and `1099-106` are abbreviated and right.
pub(super) struct Reversed;

impl Check for Reversed {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        for work in cx.facts.references.entries().flat_map(|entry| entry.works()) {
            let Some(pages) = &work.pages else { continue };
            let Some(last) = &pages.value.last else { continue };
            if pages.confidence == Confidence::Low || !reversed(&pages.value.first, last) {
                continue;
            }
            // abbreviated and still smaller: a digit may be lost instead
            let short = last.len() < pages.value.first.len();
            let confidence = if short { Confidence::Medium } else { Confidence::High };
            let mut finding = cx
                .finding(pages.span)
                .confidence(confidence)
                .arg("first", pages.value.first.as_str())
                .arg("last", last.as_str())
                .arg("pages", format!("{}-{last}", pages.value.first));
            finding.severity = Severity::Warning;
            out.push(finding);
        }
    }
}

/// True when a range of pages runs backwards, an abbreviated last page filled up from the first.
fn reversed(first: &str, last: &str) -> bool {
    let split = |page: &str| {
        let digits = page.find(|c: char| c.is_ascii_digit()).unwrap_or(page.len());
        let (prefix, number) = page.split_at(digits);
        let plain = number.bytes().all(|b| b.is_ascii_digit()) && (1..=9).contains(&number.len());
        plain.then(|| (prefix.to_ascii_lowercase(), number.to_owned()))
    };
    let (Some((prefix, from)), Some((other, to))) = (split(first), split(last)) else { return false };
    if prefix != other && !other.is_empty() {
        return false;
    }
    let full = if to.len() < from.len() { format!("{}{to}", &from[..from.len() - to.len()]) } else { to };
    match (from.parse::<u64>(), full.parse::<u64>()) {
        (Ok(from), Ok(to)) => to < from,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::reversed;

    #[test]
    fn abbreviated_last_pages_are_legal() {
        assert!(!reversed("281", "9"));
        assert!(!reversed("1099", "106"));
        assert!(!reversed("1101", "8"));
        assert!(!reversed("e1", "e50"));
        assert!(!reversed("S129", "35"));
        assert!(!reversed("330", "330"));
        assert!(!reversed("1098", "1102"));
        assert!(reversed("281", "209"));
        assert!(reversed("S135", "S129"));
        assert!(reversed("189", "12"));
    }
}
