//! Check digits of ISSN, ORCID and ISBN, and the shapes of grant and registration numbers.
//!
//! Sources: ISO 3297 (ISSN, modulus 11, weights 8 to 2), ISO 7064 MOD 11-2 (ORCID), ISO 2108 (ISBN).

/// Digits of an identifier; hyphens and dashes of any kind are skipped, `X` counts ten.
fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars()
        .filter(|c| !is_dash(*c) && *c != ' ')
        .map(|c| match c {
            'X' | 'x' | 'Ｘ' => Some(10),
            '０'..='９' => Some(c as u32 - '０' as u32),
            _ => c.to_digit(10),
        })
        .collect()
}

/// Hyphens and dashes that stand in printed identifiers.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | '﹣' | '⁃' | '\u{ad}')
}

/// True when the last of eight digits fits the first seven (`1673-9388`).
pub fn issn(text: &str) -> bool {
    let Some(digits) = digits(text) else { return false };
    digits.len() == 8
        && digits[..7].iter().all(|d| *d < 10)
        && digits.iter().zip((1..=8).rev()).map(|(digit, weight)| digit * weight).sum::<u32>() % 11 == 0
}

/// The check digit that seven digits ask for.
pub fn issn_expected(text: &str) -> Option<char> {
    let digits = digits(text)?;
    if digits.len() != 8 {
        return None;
    }
    let total: u32 = digits[..7].iter().zip((2..=8).rev()).map(|(digit, weight)| digit * weight).sum();
    digit_or_x((11 - total % 11) % 11)
}

/// True when the last of sixteen digits fits the first fifteen (`0000-0002-1825-0097`).
pub fn orcid(text: &str) -> bool {
    let Some(digits) = digits(text) else { return false };
    digits.len() == 16
        && digits[..15].iter().all(|d| *d < 10)
        && orcid_expected(text) == digit_or_x(digits[15])
}

/// The check digit that fifteen digits ask for.
pub fn orcid_expected(text: &str) -> Option<char> {
    let digits = digits(text)?;
    if digits.len() != 16 {
        return None;
    }
    let total = digits[..15].iter().fold(0, |total, digit| (total + digit) * 2 % 11);
    digit_or_x((12 - total) % 11)
}

fn digit_or_x(value: u32) -> Option<char> {
    if value == 10 { Some('X') } else { char::from_digit(value, 10) }
}

/// True for an ISBN of ten or thirteen digits whose check digit fits.
pub fn isbn(text: &str) -> bool {
    let Some(digits) = digits(text) else { return false };
    match digits.len() {
        10 => {
            digits[..9].iter().all(|d| *d < 10)
                && digits.iter().zip((1..=10).rev()).map(|(d, weight)| d * weight).sum::<u32>() % 11 == 0
        }
        13 => {
            digits.iter().all(|d| *d < 10)
                && digits.iter().zip([1, 3].into_iter().cycle()).map(|(d, weight)| d * weight).sum::<u32>()
                    % 10
                    == 0
        }
        _ => false,
    }
}

/// True for the number of a project of the National Natural Science Foundation of China: eight
/// digits, a letter and seven digits, or eleven digits.
pub fn nsfc(number: &str) -> bool {
    let bytes = number.as_bytes();
    let all = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    match bytes.len() {
        8 => (bytes[0].is_ascii_digit() || bytes[0].is_ascii_uppercase()) && all(&bytes[1..]),
        11 => all(bytes),
        _ => false,
    }
}

/// The year of approval inside a number of that foundation (its second and third digit).
pub fn nsfc_year(number: &str) -> Option<u16> {
    if !nsfc(number) {
        return None;
    }
    let year: u16 = number.get(1..3)?.parse().ok()?;
    Some(if year >= 86 { 1900 + year } else { 2000 + year })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_follow_their_standards() {
        assert!(issn("0378-5955") && issn("2434－561X") && issn("03785955"));
        assert!(!issn("0378-5956") && !issn("0378-595") && !issn("０378-5956") && !issn(""));
        assert_eq!((issn_expected("0378-5950"), issn_expected("2434-5610")), (Some('5'), Some('X')));
        assert!(orcid("0000-0002-1825-0097") && orcid("0000-0002-1694-233X"));
        assert!(!orcid("0000-0002-1825-0079"));
        assert_eq!(orcid_expected("0000-0002-1825-0090"), Some('7'));
        assert!(isbn("0-306-40615-2") && isbn("978-0-306-40615-7") && !isbn("978-0-306-40615-8"));
    }

    #[test]
    fn grant_numbers_have_three_shapes() {
        for good in ["81234567", "U1234567", "51812345678"] {
            assert!(nsfc(good), "{good}");
        }
        for bad in ["812345", "8123456789", "UU234567", ""] {
            assert!(!nsfc(bad), "{bad}");
        }
        assert_eq!((nsfc_year("81934567"), nsfc_year("39934567")), (Some(2019), Some(1999)));
    }
}
