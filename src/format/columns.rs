//! Columns of print side by side on one line, as layout-keeping extraction leaves them.
//!
//! Such lines cannot be read in order: the left column's sentence goes on in the next line, not in the right
//! column. They are set aside as a table, so that no rule reads across the gap, and the reader says so.

use super::furniture::Role;
use super::prepared::{Hint, Prepared};

/// Spaces that make a gap.
const GAP: usize = 3;
/// Least columns of text on either side of a gap.
const SIDE: u32 = 18;
/// Fewest lines with the same gap that make columns.
const LINES: usize = 16;

/// Set lines with two columns aside, with what stands between them; returns the first of them.
pub(super) fn mark(prepared: &Prepared, roles: &mut [Role]) -> Option<usize> {
    if prepared.markdown {
        return None;
    }
    let gaps: Vec<Option<u32>> = (0..roles.len()).map(|at| right_column(prepared, at)).collect();
    let mut starts: Vec<u32> = gaps.iter().flatten().copied().collect();
    if starts.len() < LINES {
        return None;
    }
    starts.sort_unstable();
    let near = |middle: u32| {
        starts.partition_point(|&s| s <= middle + 2) - starts.partition_point(|&s| s + 2 < middle)
    };
    // justified columns begin at one place, page by page: a table's cells do not fill so many lines
    let fit = |start: u32| near(start) >= LINES && near(start) * 8 >= starts.len();
    let columns: Vec<bool> = gaps.iter().map(|gap| gap.is_some_and(fit)).collect();
    let wide = prepared.lines.iter().filter(|line| line.width + u32::from(line.indent) > 2 * SIDE).count();
    let count = columns.iter().filter(|&&column| column).count();
    if count < LINES || count * 4 < wide {
        return None;
    }
    let first = columns.iter().position(|&column| column)?;
    let last = columns.iter().rposition(|&column| column)?;
    let beside = |at: usize| {
        let line = &prepared.lines[at];
        let near = columns[at.saturating_sub(3)..(at + 4).min(columns.len())].iter().any(|&column| column);
        near && (line.width < starts[starts.len() / 2] || u32::from(line.indent) > SIDE)
    };
    for at in first..=last {
        if roles[at] == Role::Text && (columns[at] || gaps[at].is_some() || beside(at)) {
            roles[at] = Role::Table;
        }
    }
    Some(first)
}

/// The column at which text goes on behind the last gap of a line, when both sides are text.
fn right_column(prepared: &Prepared, at: usize) -> Option<u32> {
    let line = &prepared.lines[at];
    if line.hint != Hint::None || line.width < 2 * SIDE {
        return None;
    }
    let text = prepared.line(at);
    let gap = memchr::memmem::rfind(text.as_bytes(), "   ".as_bytes())?;
    let left = text[..gap].trim_end_matches(' ');
    let right = &text[gap + GAP..];
    let columns = |text: &str| text.chars().map(|c| if c < '\u{2e80}' { 1 } else { 2 }).sum::<u32>();
    let (before, after) = (columns(left), columns(right));
    (before >= SIDE && after >= SIDE).then(|| u32::from(line.indent) + line.width - after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::plain::prepare;

    fn roles(text: &str) -> (Option<usize>, Vec<Role>) {
        let prepared = prepare(text);
        let mut roles = vec![Role::Text; prepared.lines.len()];
        (mark(&prepared, &mut roles), roles)
    }

    #[test]
    fn two_columns_are_set_aside() {
        let line = "The tendon heals by scar and its fibres     remain weak for months after the operation\n";
        let (first, found) = roles(&line.repeat(20));
        assert_eq!(first, Some(0));
        assert!(found.iter().all(|&role| role == Role::Table));
    }

    #[test]
    fn one_column_and_short_tables_stay() {
        let prose = "The tendon heals by scar and its fibres remain weak for months after the operation\n";
        let table = "Smith 2010, United Kingdom     24 patients, follow-up 12 months\n".repeat(8);
        let (first, found) = roles(&format!("{}{table}{}", prose.repeat(30), prose.repeat(30)));
        assert_eq!(first, None);
        assert!(found.iter().all(|&role| role == Role::Text));
    }
}
