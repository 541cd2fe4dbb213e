//! The names at the start of an entry.
//!
//! Four forms of Latin names are read: `Smith JA` (Vancouver, GB/T 7714), `Smith, J. A.` (author–date),
//! `J. A. Smith` (worded) and full names; Chinese names and institutions; and names whose parts the
//! extraction glued (`SmithJA`).

use super::{Author, han, imprint, latin};
use crate::document::{Span, is_han};

/// The names of an entry; offsets count from the start of the entry's text.
#[derive(Debug, Default)]
pub(super) struct Heads {
    pub authors: Vec<Author>,
    pub et_al: Option<Span>,
    /// Where the names end and the rest begins.
    pub end: usize,
    /// True when a mark that ends a list of names follows (full stop, colon, quotation mark, year).
    pub closed: bool,
}

/// Most bytes that a list of names may take.
const LONGEST: usize = 3_000;
/// Most bytes before the `(year)` of an author–date entry.
const DATED: usize = 1_000;

/// Reads the names at the start of `text`; none when it does not begin with names.
pub(super) fn heads(text: &str) -> Heads {
    let lead =
        text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || "*_\"[［".contains(c)).len();
    let rest = clip(&text[lead..], LONGEST);
    // a line end inside the names is a blank
    let joined = rest.contains('\n').then(|| rest.replace('\n', " "));
    let rest = joined.as_deref().unwrap_or(rest);
    let mut out = if rest.chars().take(12).any(is_han) { han::heads(rest) } else { latin::heads(rest) };
    for author in &mut out.authors {
        author.span = author.span.shift(lead);
    }
    out.et_al = out.et_al.map(|span| span.shift(lead));
    out.end += lead;
    out
}

/// Where the `(year)` of an author–date entry stands, when `text` begins with one: only names before.
pub(super) fn dated_head(text: &str) -> Option<usize> {
    let window = clip(text, DATED);
    let trimmed = window.trim_start();
    if !begins(trimmed) {
        return None;
    }
    let open = window.char_indices().find_map(|(at, c)| {
        let inside = window[at..].strip_prefix(['(', '（'])?;
        let (after, _) = imprint::year(inside.trim_start()).ok()?;
        after.trim_start().starts_with([')', '）', ',', '，', ';', '；']).then_some((at, c)).map(|x| x.0)
    })?;
    let head = window[..open].trim_end();
    let found = heads(head);
    let rest = head[found.end.min(head.len())..].trim_matches(|c: char| !c.is_alphanumeric());
    (!found.authors.is_empty() && rest.is_empty()).then_some(open)
}

/// True when a text may begin with a name: a capital, a Han character, or particles (`van der Rooij D`).
fn begins(text: &str) -> bool {
    let mut rest = text;
    for _ in 0..4 {
        if rest.starts_with(|c: char| c.is_uppercase() || is_han(c) || c == '[') {
            return true;
        }
        let word = rest.len() - rest.trim_start_matches(char::is_lowercase).len();
        let next = rest[word..].trim_start_matches([' ', '\'', '’']);
        if !(1..=4).contains(&word) || next.len() + word == rest.len() {
            return false;
        }
        rest = next;
    }
    false
}

/// True when a text begins with names and a year without brackets, `Smith J, Lee K. 2015. Title`, or
/// with an institution and a year in brackets, `World Bone Organization (2015)`. Weaker than
/// [`dated_head`]: only at the start of a line after a finished entry.
pub(super) fn loosely_dated(text: &str) -> bool {
    let window = clip(text.trim_start(), DATED);
    if !begins(window) {
        return false;
    }
    let found = heads(window);
    let rest = window.get(found.end..).unwrap_or("");
    let mark = |c: char| c.is_whitespace() || ".．,，、。".contains(c);
    let after = rest.trim_start_matches(mark);
    // a mark or a blank stands between the names and the year
    let apart = after.len() < rest.len() || window[..found.end].ends_with(mark);
    let plain = apart
        && !found.authors.is_empty()
        && imprint::year(after)
            .is_ok_and(|(next, _)| next.starts_with(['.', '．', ':', '：', ',', '，', '。']));
    let institution = window.find(['(', '（']).is_some_and(|open| {
        let (head, inside) = window.split_at(open);
        let inside = inside.trim_start_matches(['(', '（']);
        let year = imprint::year(inside).is_ok_and(|(next, _)| next.starts_with([')', '）', ',', '，']));
        let words = head.split_whitespace().count();
        let bare = !head.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | ':' | ';' | '。'));
        year && bare && words <= 8 && head.trim().chars().count() >= 2 && head.len() <= 120
    });
    plain || institution
}

/// True when a text begins like an author–date entry.
pub(crate) fn opens_dated(text: &str) -> bool {
    dated_head(text).is_some() || roughly_dated(text)
}

/// True when a text begins like a damaged author–date entry: a surname, a comma, an initial, and a
/// year in brackets not far behind.
pub(super) fn roughly_dated(text: &str) -> bool {
    let window = clip(text.trim_start(), 400);
    let surname = window.len() - window.trim_start_matches(|c: char| c.is_alphabetic() || c == '-').len();
    let rest = window[surname..].trim_start();
    let Some(rest) = rest.strip_prefix([',', '，']) else { return false };
    let mut chars = rest.trim_start().chars();
    let initial = chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.');
    let year = window
        .char_indices()
        .any(|(at, c)| matches!(c, '(' | '（') && imprint::year(&window[at + c.len_utf8()..]).is_ok());
    surname > 1 && window.starts_with(char::is_uppercase) && initial && year
}

/// The first `limit` bytes, cut between characters.
pub(crate) fn clip(text: &str, limit: usize) -> &str {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let found = heads(text);
        let names: Vec<String> = found
            .authors
            .iter()
            .map(|a| format!("{}|{}", a.family, a.given).trim_end_matches('|').to_owned())
            .collect();
        let more = if found.et_al.is_some() { " +" } else { "" };
        format!(
            "{}{more} → {}",
            names.join("; "),
            text[found.end.min(text.len())..].trim().chars().take(12).collect::<String>()
        )
    }

    #[test]
    fn latin_forms() {
        assert_eq!(
            show("SMITH JA, DE LA CRUZ M, et al. A study of"),
            "SMITH|JA; DE LA CRUZ|M + → A study of"
        );
        assert_eq!(show("Hall B.Bone and more"), "Hall|B → Bone and mor");
        assert_eq!(show("Hall B C,Moor D. Bone"), "Hall|B C; Moor|D → Bone");
        assert_eq!(show("Hall, B. C., & Moor, D. (2019). Bone"), "Hall|B. C.; Moor|D. → (2019). Bone");
        assert_eq!(
            show("Hall,B.C.,Moor,D.,&Li,E.F.(2Oo4).Bone"),
            "Hall|B.C.; Moor|D.; Li|E.F. → (2Oo4).Bone"
        );
        assert_eq!(show("B. C. Hall and D.-E. Moor, “Bone,” J"), "Hall|B. C.; Moor|D.-E. → “Bone,” J");
        assert_eq!(show("B. C. Hall, D. Moor et al., “Bone,” J"), "Hall|B. C.; Moor|D. + → “Bone,” J");
        assert_eq!(show("Hall B, van der Berg CD: Bone.  J"), "Hall|B; van der Berg|CD → Bone.  J");
        assert_eq!(show("Hall B, Moor C (2003) Bone. J"), "Hall|B; Moor|C → (2003) Bone.");
        assert_eq!(show("World Bone Organization.Bone"), "World Bone Organization → Bone");
        assert_eq!(show("Bone loss in mice and men. Nature"), " → Bone loss in");
        assert_eq!(show("HallB,MoorCD， Lee E，etal.Bone"), "Hall|B; Moor|CD; Lee|E + → Bone");
        assert_eq!(
            show("Hall B, St. John P; Bone Test Consortium. Bone"),
            "Hall|B; St. John|P; Bone Test Consortium → Bone"
        );
        assert_eq!(show("O'Hara B, D’Arcy C-L. Bone"), "O'Hara|B; D’Arcy|C-L → Bone");
        assert_eq!(
            show("Hall, B., Moor, C., and Lee, D. (2010) Bone"),
            "Hall|B.; Moor|C.; Lee|D. → (2010) Bone"
        );
    }

    #[test]
    fn han_forms() {
        assert_eq!(show("王一,李二三,赵四,等.骨"), "王一; 李二三; 赵四 + → 骨");
        assert_eq!(show("王一, 李二三等. 骨"), "王一; 李二三 + → 骨");
        assert_eq!(show("王 一，李二三．骨的研究"), "王一; 李二三 → 骨的研究");
        assert_eq!(show("王一，李二三（2018）骨"), "王一; 李二三 → （2018）骨");
        assert_eq!(show("中华骨科学会关节学组.骨关节炎指南"), "中华骨科学会关节学组 → 骨关节炎指南");
        assert_eq!(show("老年人骨折诊治共识[J].中华"), " → 老年人骨折诊治共识[J]");
        assert_eq!(show("骨（2015年版）[J]"), " → 骨（2015年版）[J]");
        assert_eq!(show("王一,Miller B,赵四.骨"), "王一; Miller|B; 赵四 → 骨");
    }

    #[test]
    fn a_year_without_brackets_dates() {
        for text in [
            "Lund H, Okoro R, Castel K, 2015. Growth of roots",
            "Lund HJ, 1982. Plant growth",
            "Lund HJ, Okoro RB, 2005. Plant growth",
            "Lund H, Okoro R, et al., 2006. Roots",
            "王一二, 2022. 根的生长",
            "王一二, 李三, 2016. 根的生长",
        ] {
            assert!(loosely_dated(text), "{text}: {}", show(text));
        }
    }

    #[test]
    fn dated_heads() {
        assert!(dated_head("Hall, B. C., & Moor, D. (2019). Bone").is_some());
        assert!(dated_head("Psychology (2019) was a good year").is_none());
        assert!(dated_head("王一，李二三（2018）骨").is_some());
        assert!(dated_head("In 1999 (2000) x").is_none());
    }
}
