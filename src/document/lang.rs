//! Which script a stretch of text is written in.

use serde::Serialize;

/// The two languages the linter reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English, and any text without Han characters.
    En,
}

impl Lang {
    /// Chinese when Han characters carry at least about a quarter of the words: one Han character
    /// counts as much as three letters. Looks at the first 4,000 bytes.
    pub fn of(text: &str) -> Self {
        let (mut han, mut letters) = (0usize, 0usize);
        for (at, c) in text.char_indices() {
            if at > 4_000 {
                break;
            }
            if is_han(c) {
                han += 1;
            } else if c.is_alphabetic() {
                letters += 1;
            }
        }
        if han > 0 && han * 9 >= letters { Lang::Zh } else { Lang::En }
    }
}

/// True for Han ideographs (not for CJK punctuation).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{323af}' | '\u{2e80}'..='\u{2fd5}' | '〇' | '々')
}

/// True for full-width punctuation used in Chinese text.
pub fn is_cjk_punctuation(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' | '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}
