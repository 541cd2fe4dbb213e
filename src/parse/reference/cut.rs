//! Cutting a list's region into entries, also where the text is damaged: several entries on one
//! line, an entry over several lines, labels that lost a bracket.

use super::label::{self, Form, Label};
use super::normal::opens_entry;
use crate::document::{Document, SegmentKind, Span};

/// Where an entry begins, with its label.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    pub at: usize,
    pub label: Option<Label>,
    /// The number that the labels around it leave to an entry without one.
    pub implied: Option<u32>,
}

/// One list found in a region; a region holds several when numbers begin again at 1.
pub(super) struct Cut {
    pub form: Option<Form>,
    pub starts: Vec<Start>,
    /// Where the last entry ends, when it does not reach to the next list.
    pub end: Option<usize>,
}

/// Cuts the region of `blocks` (adjacent, in order) into entries.
pub(super) fn cut(document: &Document, blocks: &[Span]) -> Vec<Cut> {
    let lines = line_starts(document, blocks);
    let Some(form) = majority(&lines) else {
        let (starts, end) =
            keyed(document, blocks).unwrap_or_else(|| (unnumbered(document, blocks, &lines), None));
        return vec![Cut { form: None, starts, end }];
    };
    if form == Form::Footnote {
        let starts = lines
            .into_iter()
            .filter(|s| s.label.is_some_and(|l| l.form == form))
            .map(|s| Start { at: s.at, label: s.label, implied: None })
            .collect();
        return vec![Cut { form: Some(form), starts, end: None }];
    }
    numbered(document, blocks, &lines, form)
}

/// A printed line's start.
#[derive(Debug, Clone, Copy)]
struct Line {
    at: usize,
    /// True where a block begins.
    block: bool,
    label: Option<Label>,
}

/// Starts of blocks and of printed lines inside them, each with the label that stands there.
fn line_starts(document: &Document, blocks: &[Span]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let source = &document.source().text;
    for block in blocks {
        let mut push = |at: usize, block: bool| {
            if lines.last().is_none_or(|last: &Line| last.at < at) {
                lines.push(Line { at, block, label: None });
            }
        };
        push(block.start, true);
        let first = document.segments().partition_point(|s| s.span.end <= block.start);
        let mut end = None;
        for segment in document.segments()[first..].iter().take_while(|s| s.span.start < block.end) {
            if segment.kind == SegmentKind::Inserted {
                continue;
            }
            let gap = end.and_then(|end| source.get(end..segment.source.start));
            if gap.is_some_and(|gap| gap.contains('\n')) && segment.span.start > block.start {
                push(segment.span.start, false);
            }
            end = Some(segment.source.end);
        }
        let text = document.slice(*block);
        for (at, _) in text.match_indices('\n') {
            push(block.start + at + 1, false);
        }
    }
    lines.sort_by_key(|line| line.at);
    let end = blocks.last().map_or(0, |b| b.end);
    for line in &mut lines {
        line.label = label::label(document.slice(Span::new(line.at, end.max(line.at))));
    }
    lines
}

/// The form of label the list uses: the one with the most steps from one number to the next.
fn majority(lines: &[Line]) -> Option<Form> {
    let forms = [Form::Bracket, Form::Stop, Form::Bare, Form::Footnote];
    let mut best = None;
    for form in forms {
        let labels = || lines.iter().filter_map(|l| Some((l.block, l.label.filter(|x| x.form == form)?)));
        let count = labels().count();
        if form == Form::Footnote {
            if count * 2 > lines.len() {
                return Some(form);
            }
            continue;
        }
        let numbers: Vec<u32> = labels().filter_map(|(_, l)| l.number).collect();
        let steps = numbers.windows(2).filter(|w| w[1] == w[0].wrapping_add(1)).count();
        // one or two labels are a list when every block carries one, from 1
        let tiny = numbers.first() == Some(&1) && count == lines.iter().filter(|l| l.block).count();
        // bare numbers at line starts are common in any text
        let enough = steps >= if form == Form::Bare { 2 } else { 1 } || (tiny && form != Form::Bare);
        if enough && best.is_none_or(|(most, _)| steps > most) {
            best = Some((steps, form));
        }
    }
    best.map(|(_, form)| form)
}

/// Cuts a numbered list: labels at line starts first, then labels inside lines that fill a gap.
fn numbered(document: &Document, blocks: &[Span], lines: &[Line], form: Form) -> Vec<Cut> {
    let strong: Vec<(usize, Label, bool)> = lines
        .iter()
        .filter_map(|l| Some((l.at, l.label.filter(|x| x.form == form && x.number.is_some())?, l.block)))
        .collect();
    let mut cuts = vec![Cut { form: Some(form), starts: Vec::new(), end: None }];
    let mut expected = 1u32;
    let region_end = blocks.last().map_or(0, |b| b.end);
    let mut from = blocks.first().map_or(0, |b| b.start);
    for (index, (at, found, block)) in strong.iter().enumerate() {
        let number = found.number.unwrap_or(0);
        let next = strong.get(index + 1).and_then(|(_, l, _)| l.number);
        let text = document.slice(Span::new((at + found.skipped + found.len).min(region_end), region_end));
        if !accepted(found, number, expected, next, *block, text) {
            continue;
        }
        if number == 1 && expected > 3 && next.is_none_or(|n| n == 2) {
            weak(document, from, *at, form, expected, u32::MAX, &mut cuts);
            cuts.push(Cut { form: Some(form), starts: Vec::new(), end: None });
        } else if number > expected {
            let gap = usize::try_from(number - expected).unwrap_or(usize::MAX);
            let bare = unlabelled(document, lines, from, *at, region_end);
            match cuts.last_mut() {
                // as many entries without a number as numbers are missing
                Some(cut) if bare.len() == gap => {
                    let numbers = expected..number;
                    let starts = bare.into_iter().zip(numbers);
                    cut.starts.extend(starts.map(|(at, n)| Start { at, label: None, implied: Some(n) }));
                }
                _ => weak(document, from, *at, form, expected, number, &mut cuts),
            }
        }
        if let Some(cut) = cuts.last_mut() {
            cut.starts.push(Start { at: *at, label: Some(*found), implied: None });
        }
        // a number out of order does not move the count backwards for good
        expected = if number >= expected || next == Some(number + 1) { number + 1 } else { expected };
        from = at + found.skipped + found.len;
    }
    match cuts.last_mut() {
        // numbers came loose from entries before: those after the last number go on
        Some(cut) if cut.starts.iter().any(|start| start.implied.is_some()) => {
            let bare = unlabelled(document, lines, from, region_end, region_end);
            let starts = bare.into_iter().zip(expected..);
            cut.starts.extend(starts.map(|(at, n)| Start { at, label: None, implied: Some(n) }));
        }
        _ => weak(document, from, region_end, form, expected, u32::MAX, &mut cuts),
    }
    cuts.retain(|cut| !cut.starts.is_empty());
    cuts
}

/// Blocks of a numbered list between two labels that begin like entries and carry no number.
fn unlabelled(document: &Document, lines: &[Line], from: usize, to: usize, end: usize) -> Vec<usize> {
    let first = lines.partition_point(|line| line.at < from);
    let blocks = lines[first..].iter().take_while(|line| line.at < to).filter(|line| line.block);
    let opens = |line: &&Line| line.label.is_none() && opens_entry(document.slice(Span::new(line.at, end)));
    blocks.filter(opens).map(|line| line.at).collect()
}

/// True when a label at a line start begins an entry.
fn accepted(found: &Label, number: u32, expected: u32, next: Option<u32>, block: bool, text: &str) -> bool {
    if number == expected {
        return true;
    }
    let follows = next == Some(number.wrapping_add(1)) || next.is_none();
    match found.form {
        // a bracketed number at a line start that is not `[2017]`
        Form::Bracket => {
            number < expected.saturating_add(100) && (!found.damaged || follows) && opens_entry(text)
        }
        Form::Stop => {
            let near = number < expected.saturating_add(10);
            // a line that begins with a page number: the number that is due comes right after
            let stray = next == Some(expected) && number > expected + 1;
            near && !stray
                && opens_entry(text)
                && (follows || (number > expected && number <= expected + 3) || block)
        }
        Form::Bare => {
            let head = super::author::clip(text, 400);
            let dated = head.bytes().filter(u8::is_ascii_digit).count() >= 6;
            let near = number > expected && number < expected.saturating_add(6);
            let next_but_one = block && number <= expected + 2 && dated;
            !found.damaged && near && (follows || next_but_one) && opens_entry(text)
        }
        Form::Footnote => true,
    }
}

/// Looks inside a stretch for the labels `expected..before`, each where an entry plausibly ends and
/// another begins.
fn weak(
    document: &Document,
    from: usize,
    to: usize,
    form: Form,
    mut expected: u32,
    before: u32,
    cuts: &mut [Cut],
) {
    let Some(cut) = cuts.last_mut() else { return };
    let text = document.slice(Span::new(from, to.max(from)));
    let mut position = 0;
    while expected < before && position < text.len() {
        let Some((at, label)) = inline_label(text, position, form, expected) else { return };
        cut.starts.push(Start { at: from + at, label: Some(label), implied: None });
        position = at + label.len;
        expected += 1;
    }
}

/// The next place at which the label `number` stands inside `text`.
fn inline_label(text: &str, from: usize, form: Form, number: u32) -> Option<(usize, Label)> {
    let digits = number.to_string();
    let rest = &text[from..];
    for (at, _) in rest.match_indices(digits.as_str()) {
        let before = &rest[..at];
        let open = if form == Form::Bracket {
            let trimmed = before.trim_end_matches(' ');
            let last = trimmed.chars().next_back().filter(|c| "[［【〔".contains(*c));
            let Some(last) = last else { continue };
            trimmed.len() - last.len_utf8()
        } else {
            at
        };
        let Some(label) = label::label(&rest[open..]) else { continue };
        let after = &rest[(open + label.skipped + label.len).min(rest.len())..];
        if label.form != form || label.number != Some(number) || label.damaged || !opens_entry(after) {
            continue;
        }
        let ends = rest[..open].trim_end();
        let spaced = ends.len() < open;
        let terminal = ends.ends_with(['.', '．', '。', ']', ')', ';', '；', '/'])
            || (form == Form::Bracket && ends.ends_with(|c: char| c.is_alphanumeric()))
            // a DOI or an address has no closing mark
            || ends.rsplit(' ').next().is_some_and(|word| word.contains('/') && word.len() > 8);
        if terminal && (spaced || form == Form::Bracket) && open > 20 {
            return Some((from + open, label));
        }
    }
    None
}

/// Entries named by words, `[smith2019]:`, one a block; what follows the last is not of the list.
fn keyed(document: &Document, blocks: &[Span]) -> Option<(Vec<Start>, Option<usize>)> {
    let key = |block: &Span| label::key(document.slice(*block));
    let starts: Vec<Start> = blocks
        .iter()
        .filter_map(|b| Some(Start { at: b.start, label: Some(key(b)?), implied: None }))
        .collect();
    let last = blocks.iter().rposition(|block| key(block).is_some())?;
    (starts.len() >= 3 && starts.len() * 2 > last).then(|| (starts, Some(blocks[last].end)))
}

/// Entries of a list without numbers: blocks, less those that go on the one before, and entries that
/// stand inside a block.
fn unnumbered(document: &Document, blocks: &[Span], lines: &[Line]) -> Vec<Start> {
    let mut starts: Vec<Start> = Vec::new();
    let dated = |text: &str| super::author::dated_head(text).is_some();
    let end = blocks.last().map_or(0, |b| b.end);
    // where author–date heads are common, that form decides: printed lines may be blocks of their own
    let strong = |line: &&Line| dated(document.slice(Span::new(line.at, end)));
    let loose = |text: &str| super::author::loosely_dated(text);
    let weak = |line: &&Line| loose(document.slice(Span::new(line.at, end)));
    let heads = lines.iter().filter(|line| strong(line) || weak(line)).count();
    let author_date = heads >= 3 && heads * 8 >= lines.len();
    for (nth, line) in lines.iter().enumerate() {
        let text = document.slice(Span::new(line.at, end));
        let before = starts.last().map(|s| document.slice(Span::new(s.at, line.at)).trim_end());
        let begins = match before {
            None => true,
            Some(_) if text.trim_start().starts_with(['[', '［']) => false,
            Some(before) if author_date => {
                // names broken over two lines have no year before them
                dated(text) && has_year(before)
                    || ended(before) && (loose(text) || line.block && super::author::roughly_dated(text))
            }
            Some(before) => line.block && (ended(before) || opens_entry(text)),
        };
        if begins {
            starts.push(Start { at: line.at, label: label::key(text), implied: None });
        }
        if author_date {
            let stop = lines.get(nth + 1).map_or(end, |next| next.at);
            inside(document, line.at, stop, &mut starts);
        }
    }
    starts
}

/// Entries of an author–date list that begin inside a line.
fn inside(document: &Document, from: usize, to: usize, starts: &mut Vec<Start>) {
    let text = document.slice(Span::new(from, to));
    for (at, c) in text.char_indices() {
        if c != '.' && c != '．' {
            continue;
        }
        let next = at + c.len_utf8();
        let rest = text[next..].trim_start();
        let begin = from + text.len() - rest.len();
        let open = starts.last().map_or(from, |s| s.at);
        // an entry without a year is not over
        let over = || ended(document.slice(Span::new(open, from + next)));
        if begin > open + 60 && over() && super::author::dated_head(rest).is_some() {
            starts.push(Start { at: begin, label: None, implied: None });
        }
    }
}

/// True when a text holds four digits in a row.
fn has_year(text: &str) -> bool {
    let tail = text.len().saturating_sub(600);
    text.as_bytes()[tail..].windows(4).any(|four| four.iter().all(u8::is_ascii_digit))
}

/// True when a text reads as a finished entry: it holds a year and ends with a closing mark.
fn ended(text: &str) -> bool {
    let last = text.chars().next_back();
    // an entry's year stands near its start or its end
    let tail = text.len().saturating_sub(600);
    last.is_some_and(|c| ".．。]］)）>/』」】".contains(c) || c.is_ascii_digit())
        && text.as_bytes()[tail..].iter().filter(|b| b.is_ascii_digit()).count() >= 4
}
