//! Names of cited authors right before a marker: `Smith et al. [5]`, `李云龙等[14]`, `Garcia 和 Ito（2019）[3]`.
//!
//! Looks at most [`LOOK_BACK`] bytes back from each marker.

use super::marker::Marker;
use super::tables::Tables;
use crate::document::{Document, Span, is_han};
use serde::Serialize;

/// Most bytes looked at before a marker.
const LOOK_BACK: usize = 120;

/// What joins a name to its marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Joint {
    /// `等`, `et al.`: the name is the first author's.
    EtAl,
    /// `团队`, `课题组`, `and colleagues`: the name may be any author's.
    Team,
    /// Two names: the first is the first author's.
    Pair,
}

/// A name before a marker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name as printed; for Chinese the whole run of Han characters before the joint, at most 8.
    pub span: Span,
    /// True for a run of Han characters.
    pub han: bool,
    /// What joins it to the marker.
    pub joint: Joint,
    /// Year in brackets between the two.
    pub year: Option<(Span, u16)>,
    /// Index of the marker.
    pub marker: usize,
    /// True when running text goes on after the marker: the sentence tells what the authors did.
    pub tells: bool,
}

/// The names before markers of the running text.
pub fn named(document: &Document, markers: &[Marker], tables: &Tables) -> Vec<Named> {
    let mut out = Vec::new();
    for (index, marker) in markers.iter().enumerate().filter(|(_, marker)| marker.in_order()) {
        let Some(block) = document.block_at(marker.span.start) else { continue };
        let mut from = marker.span.start.saturating_sub(LOOK_BACK).max(block.span.start);
        while !document.text().is_char_boundary(from) {
            from += 1;
        }
        let head = Span::new(from, marker.span.start);
        let whole = from == block.span.start;
        if let Some(mut found) = read(document.slice(head), whole, tables) {
            found.span = found.span.shift(from);
            found.year = found.year.map(|(span, year)| (span.shift(from), year));
            found.marker = index;
            let after = &document.text()[marker.span.end..block.span.end.max(marker.span.end)];
            // the caret that closes a raised marker is no part of the sentence
            let after = after.trim_start_matches(['}', '$', '^']);
            let next = after.trim_start_matches(super::body::is_blank).chars().next();
            found.tells = next.is_some_and(char::is_alphanumeric);
            out.push(found);
        }
    }
    out
}

/// Read backwards from the end of `head`; `whole` says that nothing of the block stands before it.
fn read(head: &str, whole: bool, tables: &Tables) -> Option<Named> {
    // `^` and `$^{` raise the marker that follows
    let head = head.trim_end();
    let head = head.strip_suffix(['^', '{']).map_or(head, |rest| rest.trim_end_matches(['^', '$', ' ', '{']));
    let (rest, year) = year_before(head.trim_end());
    let (rest, joint) = joint_before(rest);
    let joint = joint?;
    let rest = rest.trim_end_matches([' ', ',', '，', '_', '*', '\u{a0}']);
    let make = |span, han, joint| Named { span, han, joint, year, marker: 0, tells: false };
    if rest.ends_with(is_han) {
        if joint == Joint::Pair {
            return None;
        }
        let run: usize = rest.chars().rev().take(8).take_while(|c| is_han(*c)).map(char::len_utf8).sum();
        return Some(make(Span::new(rest.len() - run, rest.len()), true, joint));
    }
    let second = latin_name(rest, whole, tables)?;
    // two names: the first of them counts
    let before = rest[..second.start].trim_end();
    for word in ["and", "&", "和", "与", "及"] {
        if let Some(first) = before.strip_suffix(word) {
            let first = first.trim_end_matches([' ', '_', '*', '\u{a0}']);
            // `结果与Rossi等[4]一致`: no name before the word, which means "with"
            if let Some(span) = latin_name(first, whole, tables) {
                return Some(make(span, false, Joint::Pair));
            }
            if word.is_ascii() || joint == Joint::Pair {
                return None;
            }
        }
    }
    (joint != Joint::Pair).then(|| make(second, false, joint))
}

/// `（2019）`, `(2019a)`, `in 2019`, `于2019年` at the end.
fn year_before(head: &str) -> (&str, Option<(Span, u16)>) {
    let none = (head, None);
    let bare = head.trim_end_matches([',', ' ', '\u{a0}']);
    for (lead, mark) in [(" in ", ""), ("在", "年"), ("于", "年")] {
        let Some(body) = bare.strip_suffix(mark) else { continue };
        let at = body.len().saturating_sub(4);
        let Some(Ok(year)) = body.get(at..).map(str::parse::<u16>) else { continue };
        if let Some(rest) =
            body[..at].trim_end_matches(if mark.is_empty() { '\0' } else { ' ' }).strip_suffix(lead)
            && (1800..2100).contains(&year)
        {
            return (rest.trim_end(), Some((Span::new(at, at + 4), year)));
        }
    }
    let Some(inner) = head.strip_suffix([')', '）']) else { return none };
    let Some(open) = inner.rfind(['(', '（']) else { return none };
    let inside = &inner[open..];
    let start = open + inside.chars().next().map_or(1, char::len_utf8);
    let digits = &inner[start..];
    let plain = digits.trim_end_matches('年').trim_end_matches(|c: char| c.is_ascii_lowercase());
    match plain.parse::<u16>() {
        Ok(year) if plain.len() == 4 && (1800..2100).contains(&year) => {
            (head[..open].trim_end(), Some((Span::new(start, start + 4), year)))
        }
        _ => none,
    }
}

/// What stands between name and marker; `Pair` stands for nothing at all.
fn joint_before(head: &str) -> (&str, Option<Joint>) {
    const JOINTS: [(&str, Joint); 25] = [
        ("研究团队", Joint::Team),
        ("课题组", Joint::Team),
        ("研究组", Joint::Team),
        ("团队", Joint::Team),
        ("及其同事", Joint::Team),
        ("及同事", Joint::Team),
        ("等学者", Joint::EtAl),
        ("等研究者", Joint::EtAl),
        ("等人", Joint::EtAl),
        ("等", Joint::EtAl),
        ("et al.,", Joint::EtAl),
        ("et al.", Joint::EtAl),
        ("et al,", Joint::EtAl),
        ("et al", Joint::EtAl),
        ("et.al.", Joint::EtAl),
        ("et.al", Joint::EtAl),
        ("et al .", Joint::EtAl),
        ("_et al_", Joint::EtAl),
        ("_et al._", Joint::EtAl),
        ("and colleagues", Joint::Team),
        ("and co-workers", Joint::Team),
        ("and coworkers", Joint::Team),
        ("and associates", Joint::Team),
        ("'s group", Joint::Team),
        ("’s group", Joint::Team),
    ];
    let head = head.trim_end_matches([' ', '\u{a0}']);
    for (word, joint) in JOINTS {
        if let Some(rest) = head.strip_suffix(word) {
            // `等团队`, `等人的研究团队`
            let rest = rest.strip_suffix('等').unwrap_or(rest);
            let glued = word.starts_with("et") && rest.ends_with(|c: char| c.is_ascii_lowercase());
            return if glued { (head, None) } else { (rest, Some(joint)) };
        }
    }
    (head, Some(Joint::Pair))
}

/// A name in Latin letters at the end: capitalised words, initials and particles, at most five.
pub(super) fn latin_name(head: &str, whole: bool, tables: &Tables) -> Option<Span> {
    let mut start = head.len();
    let mut capital = false;
    for _ in 0..5 {
        let before = head[..start].trim_end_matches([' ', '\u{a0}']);
        let length: usize = before
            .chars()
            .rev()
            .take(32)
            .take_while(|c| c.is_alphabetic() && *c < '\u{250}' || matches!(c, '-' | '‐' | '\'' | '’' | '.'))
            .map(char::len_utf8)
            .sum();
        let word = &before[before.len() - length..];
        let bare = word.trim_matches('.');
        let upper = bare.chars().next().is_some_and(char::is_uppercase);
        // a full stop ends a sentence, save after an initial
        let sentence = word.ends_with('.') && bare.chars().count() > 2;
        let particle = tables.particles.contains(word);
        if length == 0
            || sentence && start != head.len()
            || !(upper || particle)
            || tables.openings.contains(bare)
        {
            break;
        }
        capital |= upper && bare.chars().count() > 1;
        start = before.len() - length;
        let joined = head[..start].ends_with([' ', '\u{a0}']);
        if !joined {
            break;
        }
    }
    // a particle alone begins no name
    let mut text = head.get(start..)?;
    while let Some((first, rest)) = text.split_once([' ', '\u{a0}']) {
        let opens = !first.chars().next().is_some_and(char::is_uppercase) && !whole;
        if !(opens && first.chars().count() < 2) {
            break;
        }
        text = rest.trim_start();
    }
    let start = head.len() - text.len();
    (capital && start < head.len()).then(|| Span::new(start, head.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(head: &str) -> Option<(String, Joint, Option<u16>)> {
        let tables = Tables::load(&[]).unwrap();
        read(head, true, &tables)
            .map(|n| (head[n.span.range()].to_owned(), n.joint, n.year.map(|(_, year)| year)))
    }

    #[test]
    fn names_before_markers() {
        let some = |name: &str, joint, year| Some((name.to_owned(), joint, year));
        assert_eq!(name("一致，Takeda等"), some("Takeda", Joint::EtAl, None));
        assert_eq!(name("修复。Mora 等人"), some("Mora", Joint::EtAl, None));
        assert_eq!(name("治疗中,李云峰等"), some("李云峰", Joint::EtAl, None));
        assert_eq!(name("In Van der Berg et al."), some("Van der Berg", Joint::EtAl, None));
        assert_eq!(name("shown. Orsini and Blum"), some("Orsini", Joint::Pair, None));
        assert_eq!(
            name("Pereira dos Santos 等（2019）"),
            some("Pereira dos Santos", Joint::EtAl, Some(2019))
        );
        assert_eq!(name("by O’Neill and colleagues"), some("O’Neill", Joint::Team, None));
        assert_eq!(name("first shown by Lund et al. in 1993"), some("Lund", Joint::EtAl, Some(1993)));
        assert_eq!(name("最早由Lund等于1993年"), some("Lund", Joint::EtAl, Some(1993)));
        assert_eq!(name("训练。Lund等$^{"), some("Lund", Joint::EtAl, None));
        assert_eq!(name("余翔团队").map(|n| n.1), Some(Joint::Team));
        assert_eq!(name("本研究结果与Moretti等"), some("Moretti", Joint::EtAl, None));
        assert_eq!(name("本研究结果与Moretti"), None);
        assert_eq!(name("cells in the liver"), None);
        assert_eq!(name("as shown by Brown"), None);
        assert_eq!(name(""), None);
    }
}
