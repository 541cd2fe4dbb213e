//! Title, authors and affiliations: lines without a label before the running text.

use super::furniture::Role;
use super::labels::{self, Topic};
use super::people::{affiliation, is_banner, is_open_place, own_mark, person_or_place};
use super::prepared::{Break, Hint, Prepared};
use super::references::Entry;
use super::shape::ends_sentence;
use super::{headings, layout};
use crate::document::BlockKind;

/// Most lines a document's front may have.
const FRONT: usize = 160;

/// The kind of each line that belongs to the front without a label saying so, and the first line
/// after the front.
pub(super) fn mark(
    prepared: &Prepared,
    roles: &[Role],
    entries: &[Entry],
    spaced: bool,
) -> (Vec<Option<BlockKind>>, usize) {
    let mut kinds = vec![None; roles.len()];
    let is_text = |at: usize| roles[at] == Role::Text && entries[at] == Entry::Outside;
    let label = |at: usize| if is_text(at) { labels::find(prepared.line(at)) } else { None };
    let limit = roles.len().min(FRONT);
    let body = (0..limit).find(|&at| is_text(at) && begins_body(prepared, at)).unwrap_or(limit);
    let front_label = |at: &usize| label(*at).is_some_and(|l| l.topic != Topic::Part);
    let end = (0..body).rev().find(front_label).map_or(0, |at| at + 1);
    let first_label = (0..end).find(front_label).unwrap_or(end);
    title(prepared, &is_text, &mut kinds, (first_label, body), spaced);
    let mut keywords = false;
    for at in 0..end {
        if let Some(label) = label(at) {
            keywords = label.topic == Topic::Keywords;
        } else if keywords && is_text(at) {
            // `…；` and then `老年人；生活质量` look like names
            keywords = prepared.line(at - 1).ends_with([';', '；', ',', '，', '、']);
            if keywords {
                continue;
            }
        }
        if is_text(at) && kinds[at].is_none() && label(at).is_none() {
            let before = at.checked_sub(1).and_then(|before| kinds[before]);
            kinds[at] = if goes_on(prepared, at, before) { before } else { person_or_place(prepared, at) };
            // two names alone, between the title and their affiliation
            let next = (at + 1..end.min(at + 3)).find(|&next| is_text(next));
            let place =
                || next.is_some_and(|next| affiliation(prepared.line(next)) == Some(BlockKind::Affiliation));
            if kinds[at].is_none()
                && before == Some(BlockKind::Title)
                && two_names(prepared.line(at))
                && place()
            {
                kinds[at] = Some(BlockKind::Authors);
            }
        }
    }
    other_title(prepared, &is_text, &mut kinds, end);
    // a second front in English, before its abstract, wherever it stands
    for at in 1..roles.len() {
        let english = label(at).is_some_and(|l| l.topic == Topic::Abstract && !l.zh);
        let titled = kinds[at.saturating_sub(40)..at]
            .iter()
            .zip(&prepared.lines[at.saturating_sub(40)..at])
            .any(|(kind, line)| *kind == Some(BlockKind::Title) && !line.is_zh());
        if english && kinds[at].is_none() && !titled {
            english_front(prepared, &is_text, &mut kinds, at);
        }
    }
    (kinds, end)
}

/// `Maria A. Almeida, John Orrin`: two names and nothing else.
fn two_names(text: &str) -> bool {
    let names: Vec<&str> = text.split(", ").flat_map(|part| part.split(" and ")).collect();
    let name = |text: &str| {
        let words = text.split(' ').collect::<Vec<_>>();
        (2..=4).contains(&words.len()) && words.iter().all(|word| word.starts_with(char::is_uppercase))
    };
    names.len() == 2 && names.into_iter().all(name)
}

/// A title in the other language stands above its authors.
fn other_title(
    prepared: &Prepared,
    is_text: &dyn Fn(usize) -> bool,
    kinds: &mut [Option<BlockKind>],
    end: usize,
) {
    let first = (0..end).find(|&at| kinds[at] == Some(BlockKind::Title)).map(|at| prepared.lines[at].is_zh());
    let fits = |at: usize, kinds: &[Option<BlockKind>]| {
        let line = &prepared.lines[at];
        let text = prepared.line(at);
        is_text(at)
            && kinds[at].is_none()
            && labels::find(text).is_none()
            && first != Some(line.is_zh())
            && line.letters + line.han >= 12
            && line.width <= layout::PARAGRAPH
            && !text.starts_with(|c: char| c.is_ascii_digit() || c == '|')
            && !ends_sentence(text)
            && !headings::is_named(text)
            && !is_banner(prepared, at)
    };
    for at in (1..end).rev() {
        let named = (at + 1..end).find(|&next| is_text(next)).and_then(|next| kinds[next]);
        if matches!(named, Some(BlockKind::Authors)) && fits(at, kinds) {
            kinds[at] = Some(BlockKind::Title);
            if fits(at - 1, kinds) && prepared.lines[at - 1].width > 40 {
                kinds[at - 1] = Some(BlockKind::Title);
            }
            return;
        }
    }
}

/// A numbered or named section heading, or a paragraph of prose without a label.
fn begins_body(prepared: &Prepared, at: usize) -> bool {
    let text = prepared.line(at);
    let line = &prepared.lines[at];
    if headings::is_named(text) {
        return true;
    }
    headings::number(text).is_some_and(|n| {
        n.level == 1
            && n.parts[0] <= 1
            && n.style != headings::Style::HanBracket
            && headings::is_heading_text(&text[n.skip..], line.width)
            && line.width < 40
            && affiliation(text).is_none()
    })
}

/// The first lines, when what follows shows that they are a title.
fn title(
    prepared: &Prepared,
    is_text: &dyn Fn(usize) -> bool,
    kinds: &mut [Option<BlockKind>],
    (first_label, body): (usize, usize),
    spaced: bool,
) {
    let lines = prepared.lines.len();
    let candidate = |at: usize| {
        let line = &prepared.lines[at];
        is_text(at)
            && line.width >= 8
            && line.letters + line.han >= 4
            && !is_banner(prepared, at)
            && person_or_place(prepared, at).is_none()
            && labels::find(prepared.line(at)).is_none()
    };
    // what stands over a banner (`Review article`) is the journal's; an address is one only at the very top
    let first_line = (0..lines.min(12)).find(|&at| candidate(at)).unwrap_or(0);
    let over = |at: usize| at < first_line || !prepared.line(at).starts_with("http");
    let banner = (0..lines.min(12))
        .rev()
        .find(|&at| is_text(at) && is_banner(prepared, at) && over(at))
        .map_or(0, |at| at + 1);
    let heading = (banner..lines.min(12)).find(|&at| {
        is_text(at)
            && matches!(prepared.lines[at].hint, Hint::Heading(1 | 2))
            && prepared.lines[at].width >= 12
            && !is_banner(prepared, at)
    });
    let Some(first) = (heading.unwrap_or(banner)..lines.min(24).min(body)).find(|&at| candidate(at)) else {
        return;
    };
    for (at, kind) in kinds.iter_mut().enumerate().take(first) {
        if is_text(at)
            && (is_banner(prepared, at) || at < banner && labels::find(prepared.line(at)).is_none())
        {
            *kind = Some(BlockKind::FrontMatter);
        }
    }
    let text = prepared.line(first);
    let line = &prepared.lines[first];
    let evident = line.hint == Hint::Heading(1) && first == heading.unwrap_or(first)
        || first < first_label && first_label < body.max(1)
        || (first + 1..lines.min(first + 4)).any(|at| is_text(at) && person_or_place(prepared, at).is_some());
    // `… of the genus Ocimum L.` over its authors is a title
    let over_authors = (first + 1..lines.min(first + 3))
        .find(|&at| is_text(at))
        .is_some_and(|at| person_or_place(prepared, at) == Some(BlockKind::Authors));
    let one = !text.trim_end_matches(['.', '。']).contains(['。', '；']) && !text.contains(". ");
    let sentence = ends_sentence(text)
        && !text.ends_with(['?', '？', ':', '：'])
        && !(over_authors && one && !line.is_zh());
    if !evident
        || sentence
        || line.width > layout::PARAGRAPH
        || first > first_label && first_label > 0
        || headings::is_named(text)
    {
        return;
    }
    kinds[first] = Some(BlockKind::Title);
    for (at, kind) in kinds.iter_mut().enumerate().take(first + 4).skip(first + 1) {
        let here = &prepared.lines[at];
        let wraps = here.brk <= Break::Line || spaced && here.brk <= Break::Blank;
        let same = here.is_zh() == line.is_zh() && wraps && here.hint == Hint::None;
        let other = !is_text(at)
            || labels::find(prepared.line(at)).is_some()
            || person_or_place(prepared, at).is_some()
            || ends_sentence(prepared.line(at))
            || prepared.lines[at - 1].width < 24
            || line.hint != Hint::None && here.brk != Break::Soft;
        if !same || other {
            break;
        }
        *kind = Some(BlockKind::Title);
    }
}

/// True when an affiliation wraps: its line ended with a comma, or in a word that ends none.
fn goes_on(prepared: &Prepared, at: usize, before: Option<BlockKind>) -> bool {
    if before != Some(BlockKind::Affiliation) || prepared.lines[at].brk >= Break::Block {
        return false;
    }
    let (last, text) = (prepared.line(at - 1), prepared.line(at));
    is_open_place(last, text)
        && !own_mark(text)
        && prepared.lines[at - 1].hint == prepared.lines[at].hint
        && prepared.lines[at].is_zh() == prepared.lines[at - 1].is_zh()
}

/// English title, authors and affiliations above an English abstract.
fn english_front(
    prepared: &Prepared,
    is_text: &dyn Fn(usize) -> bool,
    kinds: &mut [Option<BlockKind>],
    abstract_at: usize,
) {
    let mut first = abstract_at;
    while first > 0 && abstract_at - first < 16 {
        let at = first - 1;
        let line = &prepared.lines[at];
        let text = prepared.line(at);
        let sentence = line.width > 50 && text.ends_with(['.', '。']) && affiliation(text).is_none();
        let mine = is_text(at)
            && !line.is_zh()
            && kinds[at].is_none_or(|kind| kind != BlockKind::Title)
            && labels::find(text).is_none_or(|l| l.topic == Topic::Field);
        if !mine
            || sentence
            || line.width > 1_600
            || headings::is_named(text)
            || matches!(line.hint, Hint::Heading(n) if n > 2)
        {
            break;
        }
        first = at;
        if matches!(line.hint, Hint::Heading(_)) {
            break;
        }
    }
    while first < abstract_at && labels::find(prepared.line(first)).is_some() {
        first += 1;
    }
    let mut title_done = false;
    for at in first..abstract_at {
        if labels::find(prepared.line(at)).is_some() {
            title_done = true;
            continue;
        }
        let kind = match at {
            _ if at > 0 && goes_on(prepared, at, kinds[at - 1]) => kinds[at - 1],
            _ => person_or_place(prepared, at),
        };
        match kind {
            Some(kind) => {
                kinds[at] = Some(kind);
                title_done = true;
            }
            None if !title_done && at - first < 4 => kinds[at] = Some(BlockKind::Title),
            None => {
                // an affiliation goes on, or something else of the front
                kinds[at] = kinds[at - 1]
                    .filter(|kind| *kind == BlockKind::Affiliation)
                    .or(Some(BlockKind::FrontMatter));
            }
        }
    }
}
