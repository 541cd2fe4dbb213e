//! Comparing a name of the text with an author of the list: capitals, accents, particles, compound
//! surnames, and pinyin against Chinese characters.

use crate::document::is_han;
use crate::parse::metadata::{self, pinyin};
use crate::parse::reference::{Author, NameKind};

/// How a name in the text compares with an author of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// The same name.
    Same,
    /// Differs by this many letters.
    Near(usize),
    /// Another name.
    Other,
    /// Names in different scripts, or what cannot be compared.
    Unknown,
}

/// Surnames as Hong Kong, Taiwan and Singapore spell them that are also pinyin of other surnames.
const OTHER_SPELLINGS: [&str; 24] = [
    "chang", "chao", "cheng", "chu", "tang", "lai", "man", "pang", "chou", "kao", "ko", "lo", "pai", "tai",
    "tu", "ho", "hung", "kuo", "lu", "chi", "chen", "fan", "lin", "yu",
];

/// Compare a name of the text with an author of the list.
pub fn compare(name: &str, author: &Author, tables: &metadata::Tables) -> Match {
    let han = name.chars().any(is_han);
    match author.kind {
        NameKind::Group => Match::Unknown,
        NameKind::Han if han => compare_han(name, &author.family),
        NameKind::Latin if !han => compare_latin(name, author),
        NameKind::Han => latin_against_han(name, &author.family, tables),
        NameKind::Latin => han_against_latin(name, author, tables),
    }
}

/// `Zhang` or `Zhang San` in the text, 张三 in the list. Any reading of the surname is right; other
/// ways of spelling Chinese, Korean or Japanese names cannot be compared.
fn latin_against_han(name: &str, family: &str, tables: &metadata::Tables) -> Match {
    let han: String = family.chars().filter(|c| !c.is_whitespace()).collect();
    let words = pinyin::words(name);
    if words.is_empty() || !pinyin::is_name(&han, tables) {
        return Match::Unknown;
    }
    let reads = |word: &str| pinyin::surname_reads(word, &han, tables);
    if pinyin::fits(name, &han, tables).is_some() || words.iter().any(|word| reads(word)) {
        return Match::Same;
    }
    if words.len() > 1 && reads(&words[..2].concat()) {
        return Match::Same;
    }
    let long = words.iter().filter(|word| word.chars().count() > 1);
    let settled = |word: &String| {
        pinyin::is_syllable(word) && !OTHER_SPELLINGS.contains(&word.as_str()) || western(word)
    };
    if long.clone().count() > 0 && long.clone().all(settled) { Match::Other } else { Match::Unknown }
}

/// 张三 in the text, `ZHANG S` in the list. The surname decides: given names may be English ones.
fn han_against_latin(name: &str, author: &Author, tables: &metadata::Tables) -> Match {
    if !pinyin::is_name(name, tables) {
        return Match::Unknown;
    }
    let printed = format!("{} {}", author.family, author.given);
    let words = pinyin::words(&printed);
    if pinyin::fits(&printed, name, tables).is_some() {
        return Match::Same;
    }
    let Some(family) = pinyin::words(&author.family).into_iter().next() else { return Match::Unknown };
    let reads = words.iter().any(|word| pinyin::surname_reads(word, name, tables))
        || author.family.chars().count() > 1
            && pinyin::surname_reads(&pinyin::words(&author.family).concat(), name, tables);
    let settled = pinyin::is_syllable(&family)
        && family.len() > 1
        && !OTHER_SPELLINGS.contains(&family.as_str())
        && pinyin::words(&author.family).len() == 1;
    if !reads && settled { Match::Other } else { Match::Unknown }
}

/// True for a word that no way of spelling Chinese, Korean or Japanese names gives.
fn western(word: &str) -> bool {
    let pairs =
        ["th", "ck", "rd", "ll", "st", "ff", "rt", "rn", "rs", "ld", "nd", "br", "gr", "dr", "fr", "pr"];
    word.len() >= 5 && pairs.iter().any(|pair| word.contains(pair))
}

fn compare_han(name: &str, family: &str) -> Match {
    let family: Vec<char> = family.chars().filter(|c| !c.is_whitespace()).collect();
    let name: Vec<char> = name.chars().collect();
    // a surname alone, 王等
    if name == family || name.len() == 1 && family.first() == name.first() {
        return Match::Same;
    }
    let differ = name.iter().zip(&family).filter(|(a, b)| a != b).count();
    if name.len() == family.len() && name.len() > 2 && differ == 1 && name[0] == family[0] {
        return Match::Near(1);
    }
    Match::Other
}

fn compare_latin(name: &str, author: &Author) -> Match {
    let family = fold(&author.family);
    let given = fold(&author.given);
    if family.chars().count() < 2 {
        return Match::Unknown;
    }
    let words: Vec<String> =
        name.split([' ', '\u{a0}']).map(fold).filter(|word| word.chars().count() > 1).collect();
    let whole: String = words.concat();
    if words.is_empty() {
        return Match::Unknown;
    }
    let parts: Vec<String> = author.family.split([' ', '-', '\u{a0}', '‐']).map(fold).collect();
    let both = [format!("{family}{given}"), format!("{given}{family}")];
    let plain = umlauts(&family);
    let same = words.contains(&family)
        || plain.chars().count() > 3 && words.iter().chain([&whole]).any(|word| umlauts(word) == plain)
        || whole == family
        || both.contains(&whole)
        || words.iter().any(|word| word.chars().count() > 2 && (parts.contains(word) || *word == given))
        // initials glued to the family name in the list, or the name glued to a word in the text
        || family.strip_prefix(whole.as_str()).is_some_and(|rest| rest.len() <= 3 && glued_initials(&author.family, rest))
        || words.iter().any(|word| family.len() > 4 && word.ends_with(&family));
    if same {
        return Match::Same;
    }
    let nearest = words.iter().chain([&whole]).map(|word| {
        let longest = word.chars().count().max(family.chars().count());
        let distance = strsim::damerau_levenshtein(word, &family);
        if word.len() > 2 && look_alike(word) == look_alike(&family) {
            // one letter to the eye, whatever the count says
            return Match::Near(1);
        }
        if distance == 1 && longest >= 4 || distance == 2 && longest >= 7 {
            Match::Near(distance)
        } else {
            Match::Other
        }
    });
    nearest.fold(Match::Other, better)
}

/// A folded name with the pairs of letters that are read for one letter: Kern and Kem, Clark and Dark.
fn look_alike(folded: &str) -> String {
    folded.replace("rn", "m").replace("cl", "d").replace("vv", "w")
}

/// `WangXY`: the rest of the family name as printed is capitals.
fn glued_initials(family: &str, rest: &str) -> bool {
    let upper = family.chars().any(char::is_lowercase);
    upper && family.chars().rev().take(rest.chars().count()).all(char::is_uppercase)
}

/// A folded name with `ue`, `oe`, `ae` as the umlauts without their dots: Mueller is Müller.
pub fn umlauts(folded: &str) -> String {
    if folded.len() < 5 {
        return folded.to_owned();
    }
    folded.replace("ue", "u").replace("oe", "o").replace("ae", "a")
}

/// Lower case without accents, hyphens, apostrophes and spaces.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' => out.push('a'),
            'æ' => out.push_str("ae"),
            'ç' | 'ć' | 'č' | 'ĉ' => out.push('c'),
            'ď' | 'đ' | 'ð' => out.push('d'),
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => out.push('e'),
            'ğ' | 'ĝ' | 'ģ' => out.push('g'),
            'ì'..='ï' | 'ī' | 'į' | 'ı' | 'ǐ' => out.push('i'),
            'ł' | 'ľ' | 'ĺ' | 'ļ' => out.push('l'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' | 'ǒ' => out.push('o'),
            'œ' => out.push_str("oe"),
            'ř' | 'ŕ' => out.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => out.push('s'),
            'ß' => out.push_str("ss"),
            'ť' | 'ţ' | 'ț' => out.push('t'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ǔ' | 'ų' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
    out
}

/// The better of two comparisons.
pub fn better(one: Match, two: Match) -> Match {
    let rank = |m: Match| match m {
        Match::Same => (0, 0),
        Match::Near(distance) => (1, distance),
        Match::Other => (2, 0),
        Match::Unknown => (3, 0),
    };
    if rank(two) < rank(one) { two } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::finding::Confidence;

    fn author(family: &str, given: &str) -> Author {
        Author {
            span: Span::new(0, 0),
            family: family.to_owned(),
            given: given.to_owned(),
            kind: if family.chars().any(is_han) { NameKind::Han } else { NameKind::Latin },
            confidence: Confidence::High,
        }
    }

    #[test]
    fn names_compare_over_capitals_accents_and_particles() {
        let tables = metadata::Tables::load(&[]).unwrap();
        for (name, family, given) in [
            ("SMITH", "Smith", "J"),
            ("Müller", "Muller", "A"),
            ("Van der Berg", "van der Berg", "K"),
            ("Berg", "van der Berg", "K"),
            ("García-López", "Garcia Lopez", "M"),
            ("Santos", "Pereira Dos Santos", "T"),
            ("Xiaoming Li", "Li", "X"),
            ("Wu", "WuF", ""),
            ("何平", "何平", ""),
            ("O’Neill", "O'NEILL", "P"),
        ] {
            assert_eq!(compare(name, &author(family, given), &tables), Match::Same, "{name} {family}");
        }
        assert_eq!(compare("HOLMGRE", &author("HOLMGREN", "S"), &tables), Match::Near(1));
        assert_eq!(compare("Vasqez", &author("Vasquez", "S"), &tables), Match::Near(1));
        assert_eq!(compare("Bem", &author("Bern", "S"), &tables), Match::Near(1));
        assert_eq!(compare("何苹苹", &author("何平平", ""), &tables), Match::Other);
        assert_eq!(compare("Vasquez", &author("Holmgren", "S"), &tables), Match::Other);
        assert_eq!(compare("Li", &author("Liu", "S"), &tables), Match::Other);
    }

    #[test]
    fn pinyin_is_compared_with_characters() {
        let tables = metadata::Tables::load(&[]).unwrap();
        for (name, family, given, expected) in [
            ("Li", "李明", "", Match::Same),
            ("Li Ming", "李明", "", Match::Same),
            ("Ouyang", "欧阳明远", "", Match::Same),
            ("Shan", "单文", "", Match::Same),
            ("Zhou", "李明", "", Match::Other),
            ("Holgersten", "李明", "", Match::Other),
            // Hong Kong and Korean spellings
            ("Lee", "李明", "", Match::Unknown),
            ("Cheng", "郑文", "", Match::Unknown),
            ("Tanaka", "田中一郎", "", Match::Unknown),
            ("李明", "Li", "M", Match::Same),
            ("李明", "LI", "Ming", Match::Same),
            ("李明", "Li", "T", Match::Unknown),
            ("李明", "Zhou", "M", Match::Other),
            ("李明", "Lee", "M", Match::Unknown),
            ("欧阳明", "Ouyang", "M", Match::Same),
            ("史密斯", "Smith", "J", Match::Unknown),
        ] {
            assert_eq!(compare(name, &author(family, given), &tables), expected, "{name} {family} {given}");
        }
    }
}
