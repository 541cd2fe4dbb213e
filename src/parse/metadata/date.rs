//! Calendar dates as journals print them.

use super::scan;
use serde::Serialize;
use std::fmt;

/// A day; `day` is 0 when only year and month are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month as printed, also when there is no such month.
    pub month: u8,
    /// Day as printed.
    pub day: u8,
}

impl Date {
    /// True when the calendar has such a day (Gregorian leap years).
    pub fn exists(self) -> bool {
        let leap =
            self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        let days = match self.month {
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            1..=12 => 31,
            _ => return false,
        };
        self.day <= days
    }

    /// True when this date is certainly before the other; a missing day decides nothing.
    pub fn before(self, other: Self) -> bool {
        if self.day == 0 || other.day == 0 {
            return (self.year, self.month) < (other.year, other.month);
        }
        self < other
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        if self.day > 0 { write!(f, "-{:02}", self.day) } else { Ok(()) }
    }
}

/// The date at the start of `text` and its length in bytes. Reads at most 48 bytes: `2021-02-03`,
/// `2021.2.3`, `2021/02/03`, `2021年2月3日`, `3 March 2021`, `3rd Mar. 2021`, `March 3, 2021`,
/// `28-06-2017`, with full-width digits too.
pub fn date(text: &str) -> Option<(Date, usize)> {
    let text = scan::after(text, 0, 48);
    numeric(text).or_else(|| day_first(text)).or_else(|| day_month(text)).or_else(|| month_day(text))
}

/// The separator between two parts of a numeric date.
fn separator(text: &str, han: char) -> Option<usize> {
    let lead = scan::blanks(text);
    let c = text[lead..].chars().next()?;
    let fits = c == han || matches!(c, '-' | '.' | '/' | '–' | '—' | '－' | '．' | '‐' | '‑');
    fits.then(|| {
        let at = lead + c.len_utf8();
        at + scan::blanks(&text[at..])
    })
}

fn numeric(text: &str) -> Option<(Date, usize)> {
    let (year, digits, mut at) = scan::number(text)?;
    if digits != 4 || !(1900..2100).contains(&year) {
        return None;
    }
    let lead = scan::blanks(&text[at..]);
    let han = text[at + lead..].starts_with('年');
    at += separator(&text[at..], '年')?;
    let (month, digits, length) = scan::number(&text[at..])?;
    if digits > 2 {
        return None;
    }
    at += length;
    let month = u8::try_from(month).ok()?;
    let only = Date { year: year as u16, month, day: 0 };
    if han {
        let lead = scan::blanks(&text[at..]);
        if !text[at + lead..].starts_with('月') {
            return None;
        }
        at += lead + '月'.len_utf8();
        let lead = scan::blanks(&text[at..]);
        let Some((day, digits, length)) = scan::number(&text[at + lead..]) else { return Some((only, at)) };
        let tail = &text[at + lead + length..];
        let blank = scan::blanks(tail);
        if digits > 2 || !tail[blank..].starts_with(['日', '号']) {
            return Some((only, at));
        }
        let end = at + lead + length + blank + '日'.len_utf8();
        return Some((Date { day: day as u8, ..only }, end));
    }
    let Some(gap) = separator(&text[at..], '月') else { return Some((only, at)) };
    match scan::number(&text[at + gap..]) {
        Some((day, digits, length)) if digits <= 2 => {
            Some((Date { day: day as u8, ..only }, at + gap + length))
        }
        _ => Some((only, at)),
    }
}

/// `28-06-2017`: day before month, as many English journals print it. Read only when the first part
/// cannot be a month or the parts are equal, or both orders exist and day first is as likely: the
/// order of two such dates in one text is compared in the same way.
fn day_first(text: &str) -> Option<(Date, usize)> {
    let (day, digits, mut at) = scan::number(text)?;
    if digits > 2 {
        return None;
    }
    at += separator(&text[at..], '-')?;
    let (month, digits, length) = scan::number(&text[at..])?;
    if digits > 2 {
        return None;
    }
    at += length;
    at += separator(&text[at..], '-')?;
    let (year, digits, length) = scan::number(&text[at..])?;
    if digits != 4 || !(1900..2100).contains(&year) {
        return None;
    }
    let (day, month) = if month > 12 && day <= 12 { (month, day) } else { (day, month) };
    Some((Date { year: year as u16, month: month as u8, day: day as u8 }, at + length))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// An English month, whole or cut to three or four letters, with an optional full stop.
fn month(text: &str) -> Option<(u8, usize)> {
    let length = text.bytes().take(10).take_while(u8::is_ascii_alphabetic).count();
    let word = text[..length].to_ascii_lowercase();
    let index = MONTHS.iter().position(|name| {
        *name == word
            || (matches!(word.len(), 3 | 4) && name.starts_with(&word))
            || (word == "sept" && *name == "september")
    })?;
    let stop = usize::from(text[length..].starts_with('.'));
    Some((index as u8 + 1, length + stop))
}

fn year_after(text: &str) -> Option<(u16, usize)> {
    let lead = text.len() - text.trim_start_matches([' ', ',', '，', '\u{a0}', '-', '/']).len();
    let (year, digits, length) = scan::number(&text[lead..])?;
    (digits == 4 && (1900..2100).contains(&year)).then_some((year as u16, lead + length))
}

fn day_month(text: &str) -> Option<(Date, usize)> {
    let (day, digits, mut at) = scan::number(text)?;
    if digits > 2 {
        return None;
    }
    if ["st", "nd", "rd", "th"].iter().any(|end| text[at..].starts_with(end)) {
        at += 2;
    }
    at += text[at..].len() - text[at..].trim_start_matches([' ', '-', '/', '\u{a0}']).len();
    let (month, length) = month(&text[at..])?;
    at += length;
    let (year, length) = year_after(&text[at..])?;
    Some((Date { year, month, day: day as u8 }, at + length))
}

fn month_day(text: &str) -> Option<(Date, usize)> {
    let (month, mut at) = month(text)?;
    at += scan::blanks(&text[at..]);
    if let Some((year, digits, length)) = scan::number(&text[at..])
        && digits == 4
    {
        let year = u16::try_from(year).ok().filter(|y| (1900..2100).contains(y))?;
        return Some((Date { year, month, day: 0 }, at + length));
    }
    let (day, digits, length) = scan::number(&text[at..])?;
    if digits > 2 {
        return None;
    }
    at += length;
    if ["st", "nd", "rd", "th"].iter().any(|end| text[at..].starts_with(end)) {
        at += 2;
    }
    let (year, length) = year_after(&text[at..])?;
    Some((Date { year, month, day: day as u8 }, at + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(u16, u8, u8, usize)> {
        date(text).map(|(d, length)| (d.year, d.month, d.day, length))
    }

    #[test]
    fn dates_are_read_in_the_forms_journals_print() {
        for text in [
            "2021-02-03",
            "2021.2.3",
            "2021/02/03",
            "2021年2月3日",
            "２０２１－０２－０３",
            "3 February 2021",
            "3rd Feb. 2021",
            "February 3, 2021",
            "Feb 3rd, 2021",
            "2021 年 2 月 3 日",
            "03-02-2021",
            "3-Feb-2021",
        ] {
            let (date, length) = date(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((date.year, date.month, date.day, length), (2021, 2, 3, text.len()), "{text}");
        }
        assert_eq!(read("2021年3月起"), Some((2021, 3, 0, "2021年3月".len())));
        assert_eq!(read("2021年13月"), Some((2021, 13, 0, "2021年13月".len())));
        assert_eq!(read("May 2020"), Some((2020, 5, 0, 8)));
        for text in
            ["", "2021", "20211-02-03", "1234-56-78", "12 mg", "Mayor 3, 2021", "年", "2021年", "13 of 2021"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_calendar_decides_which_days_exist() {
        let d = |year, month, day| Date { year, month, day }.exists();
        assert!(d(2020, 2, 29) && d(2000, 2, 29) && d(2021, 12, 31));
        assert!(!d(2021, 2, 29) && !d(1900, 2, 29) && !d(2021, 13, 1) && !d(2021, 4, 31) && !d(2021, 0, 1));
    }
}
