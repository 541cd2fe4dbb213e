//! What may be an English short form, and when letters that fit are believed.

use super::letters::Alignment;
use super::shape::Shape;
use super::tables::Tables;

/// Can this be a short form in English prose?
pub(super) fn english_short(text: &str, tables: &Tables) -> bool {
    let shape = Shape::of(text);
    let count = text.chars().filter(|c| c.is_alphanumeric()).count();
    let roman = text.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let words = text.split(' ').count();
    (2..=12).contains(&count)
        && !roman
        && shape.number < 4
        && shape.letters() > 0
        && !(words > 1 && shape.upper < 2)
        && !(shape.upper == 0 && shape.lower > 6)
        && !(shape.upper == 0 && tables.words.stop.contains(text))
        && !(text.contains('.') && shape.run > 1)
}

/// Is the alignment good enough for this kind of short form?
pub(super) fn believed(fit: &Alignment, short: &str, text: &str) -> bool {
    let long = text[fit.start..].trim_end();
    let shape = Shape::of(short);
    let letters = long.chars().filter(|c| c.is_alphanumeric()).count();
    if !fit.fits() || letters < fit.length + 2 || contains_word(long, short) {
        return false;
    }
    if shape.upper == 0 {
        let begins = long.to_lowercase().starts_with(short.trim_end_matches('s')) && short.len() >= 3;
        return fit.cost <= 0.1 * fit.length as f32 && (fit.initials >= 2 || !long.contains(' ')) || begins;
    }
    if long.contains(['(', ')', '（', '）']) && fit.cost > 0.4 {
        return false;
    }
    // a capitalised word is a short form of one word only when it begins it (`Trp`)
    true
}

fn contains_word(long: &str, short: &str) -> bool {
    long.split([' ', ',']).any(|word| word == short)
}
