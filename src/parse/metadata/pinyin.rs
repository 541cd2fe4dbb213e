//! Chinese names against their pinyin.
//!
//! Readings come from the `pinyin` crate (all readings of a character) and from the table of names
//! (surname readings such as 单 Shan). Any reading counts: a rare one is never a contradiction.

use super::tables::Tables;
use ::pinyin::ToPinyinMulti;

/// How a pinyin name fits a Chinese one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Surname and every syllable fit.
    Full,
    /// The surname fits, and the initials.
    Initials,
}

/// Longest Chinese name compared, in characters; longer ones never fit.
const LONGEST: usize = 6;

/// Whether `latin` (any order, any style) can be the pinyin of `han`.
pub fn fits(latin: &str, han: &str, tables: &Tables) -> Option<Fit> {
    let chars: Vec<char> = han.chars().collect();
    if chars.len() < 2 || chars.len() > LONGEST {
        return None;
    }
    let words = words(latin);
    if words.is_empty() || words.len() > 8 {
        return None;
    }
    let mut best = None;
    for split in surname_lengths(&chars, tables) {
        let (family, given) = chars.split_at(split);
        for at in 1..words.len() {
            for (first, last) in [(&words[..at], &words[at..]), (&words[at..], &words[..at])] {
                if !family_fits(&first.concat(), family, tables) {
                    continue;
                }
                let fit = given_fits(&last.concat(), given, tables);
                if fit.is_some() && (best.is_none() || fit < best) {
                    best = fit;
                }
            }
        }
    }
    // all in one word: `WangJiaming`, as extraction leaves it
    if best.is_none() && words.len() == 1 {
        let word = &words[0];
        for split in surname_lengths(&chars, tables) {
            let (family, given) = chars.split_at(split);
            let cut = (1..word.len()).find(|at| {
                word.is_char_boundary(*at)
                    && family_fits(&word[..*at], family, tables)
                    && given_fits(&word[*at..], given, tables) == Some(Fit::Full)
            });
            if cut.is_some() {
                return Some(Fit::Full);
            }
        }
    }
    best
}

/// Whether the surname of `latin`, in first or last place, can be that of `han`.
pub fn surname_fits(latin: &str, han: &str, tables: &Tables) -> bool {
    let chars: Vec<char> = han.chars().take(LONGEST).collect();
    let words = words(latin);
    if chars.len() < 2 || words.len() < 2 {
        return false;
    }
    let family = |words: &[String]| {
        let joined = words.concat();
        surname_lengths(&chars, tables).any(|n| family_fits(&joined, &chars[..n], tables))
    };
    family(&words[..1]) || family(&words[words.len() - 1..]) || words.len() > 2 && family(&words[..2])
}

/// Whether a folded word is a reading of the surname of `han`.
pub fn surname_reads(word: &str, han: &str, tables: &Tables) -> bool {
    let chars: Vec<char> = han.chars().take(LONGEST).collect();
    chars.len() > 1 && surname_lengths(&chars, tables).any(|n| family_fits(word, &chars[..n], tables))
}

/// All readings of the surname of `han`, one for each length it may have.
pub fn surname_spellings(han: &str, tables: &Tables) -> Vec<String> {
    let chars: Vec<char> = han.chars().take(LONGEST).collect();
    if chars.len() < 2 || !is_name(han, tables) {
        return Vec::new();
    }
    let mut out = readings(chars[0], tables, true);
    if chars.len() > 2 && tables.is_compound_surname(chars[0], chars[1]) {
        let seconds = readings(chars[1], tables, true);
        let firsts = out.clone();
        out.extend(firsts.iter().flat_map(|one| seconds.iter().map(move |two| format!("{one}{two}"))));
    }
    out
}

/// Whether `han` has the length of a Chinese name and begins with a Chinese surname.
pub fn is_name(han: &str, tables: &Tables) -> bool {
    let chars: Vec<char> = han.chars().take(LONGEST).collect();
    let compound = |a: char, b: char| tables.is_compound_surname(a, b);
    match chars.as_slice() {
        [a, _] => tables.is_surname(*a),
        [a, b, _] => tables.is_surname(*a) || compound(*a, *b),
        [a, b, _, _] => compound(*a, *b),
        _ => false,
    }
}

/// Whether a folded word is one pinyin syllable.
pub fn is_syllable(word: &str) -> bool {
    SYLLABLES.binary_search(&word).is_ok()
}

/// Whether every part of `latin` is made of pinyin syllables (or is an initial after a surname).
pub fn is_pinyin(latin: &str) -> bool {
    let words = words(latin);
    words.len() >= 2
        && words.iter().all(|word| word.len() <= 2 || syllables(word))
        && words.iter().any(|word| word.len() > 1 && syllables(word))
}

/// Lengths the surname may have: two for a known compound, and always one.
fn surname_lengths<'a>(chars: &'a [char], tables: &'a Tables) -> impl Iterator<Item = usize> + 'a {
    let compound = chars.len() > 2 && tables.is_compound_surname(chars[0], chars[1]);
    // double surnames of married women and others: 张王, 欧阳
    let four = chars.len() >= 4;
    [2, 1].into_iter().filter(move |n| *n == 1 || compound || four)
}

fn family_fits(latin: &str, family: &[char], tables: &Tables) -> bool {
    spelt(latin, family, tables, true)
}

fn given_fits(latin: &str, given: &[char], tables: &Tables) -> Option<Fit> {
    if latin.is_empty() || given.is_empty() {
        return None;
    }
    if spelt(latin, given, tables, false) {
        return Some(Fit::Full);
    }
    initials(latin, given, tables).then_some(Fit::Initials)
}

/// Whether `latin` is one reading of each character, one after another.
fn spelt(latin: &str, han: &[char], tables: &Tables, surname: bool) -> bool {
    let Some((first, rest)) = han.split_first() else { return latin.is_empty() };
    readings(*first, tables, surname).iter().any(|reading| {
        latin.strip_prefix(reading.as_str()).is_some_and(|tail| spelt(tail, rest, tables, surname))
    })
}

/// Whether `latin` gives each character by a reading or its first letters, none left out; a single
/// initial may stand for a whole given name of two characters (`WANG Y`).
fn initials(latin: &str, given: &[char], tables: &Tables) -> bool {
    fn part(latin: &str, han: &[char], tables: &Tables) -> bool {
        let Some((first, rest)) = han.split_first() else { return latin.is_empty() };
        readings(*first, tables, false).iter().any(|reading| {
            let digraph = reading.get(..2).filter(|s| matches!(*s, "zh" | "ch" | "sh"));
            [Some(reading.as_str()), digraph, reading.get(..1)]
                .into_iter()
                .flatten()
                .any(|head| latin.strip_prefix(head).is_some_and(|tail| part(tail, rest, tables)))
        })
    }
    part(latin, given, tables)
        || (latin.len() == 1
            && given
                .first()
                .is_some_and(|c| readings(*c, tables, false).iter().any(|r| r.starts_with(latin))))
}

/// All readings of a character, without tones, ü in the ways it is printed.
fn readings(c: char, tables: &Tables, surname: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut add = |plain: &str| {
        let plain = fold(plain);
        for form in spellings(&plain) {
            if !out.contains(&form) {
                out.push(form);
            }
        }
    };
    if surname && let Some(only) = tables.one_reading(c) {
        add(only);
        return out;
    }
    if surname {
        tables.surname_readings(c).iter().for_each(|r| add(r));
    }
    tables.given_readings(c).iter().for_each(|r| add(r));
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        add(reading.plain());
    }
    out
}

/// The ways a syllable with ü is printed: lü, lv, lyu, lu; nüe, nue; and yu after j, q, x as it is.
fn spellings(plain: &str) -> Vec<String> {
    match plain {
        "lv" | "nv" => {
            let head = &plain[..1];
            [format!("{head}v"), format!("{head}u"), format!("{head}yu"), format!("{head}ue")].to_vec()
        }
        "lve" | "nve" => {
            let head = &plain[..1];
            [format!("{head}ve"), format!("{head}ue"), format!("{head}yue")].to_vec()
        }
        _ => vec![plain.to_owned()],
    }
}

/// Lower case letters only: tones dropped, ü as v.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        out.push(match c {
            'ā' | 'á' | 'ǎ' | 'à' => 'a',
            'ē' | 'é' | 'ě' | 'è' | 'ê' => 'e',
            'ī' | 'í' | 'ǐ' | 'ì' => 'i',
            'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
            'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
            'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
            'ń' | 'ň' | 'ǹ' => 'n',
            'a'..='z' => c,
            _ => continue,
        });
    }
    out
}

/// The words of a Latin name, folded. An apostrophe stays inside a word; blanks, commas, full stops
/// and hyphens part words; a capital after a small letter does too (`ZhiHong`, `WANGXiaoming` does not).
pub fn words(latin: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut last_small = false;
    for c in latin.chars().take(120) {
        let apart =
            c.is_whitespace() || matches!(c, ',' | '，' | '.' | '·' | '-' | '‐' | '‑' | '–' | '－' | '⁃');
        if (apart || (c.is_uppercase() && last_small)) && !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if !apart {
            word.push(c);
        }
        last_small = c.is_lowercase();
    }
    out.push(word);
    out.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect()
}

/// Whether a folded word can be cut into pinyin syllables.
fn syllables(word: &str) -> bool {
    let mut ends = vec![false; word.len() + 1];
    ends[0] = true;
    for at in 0..word.len() {
        if !ends[at] {
            continue;
        }
        for length in 1..=6.min(word.len() - at) {
            if SYLLABLES.binary_search(&&word[at..at + length]).is_ok() {
                ends[at + length] = true;
            }
        }
    }
    ends[word.len()]
}

/// The syllables of standard Chinese without tones (ü as v), sorted.
const SYLLABLES: &[&str] = &[
    "a", "ai", "an", "ang", "ao", "ba", "bai", "ban", "bang", "bao", "bei", "ben", "beng", "bi", "bian",
    "biao", "bie", "bin", "bing", "bo", "bu", "ca", "cai", "can", "cang", "cao", "ce", "cen", "ceng", "cha",
    "chai", "chan", "chang", "chao", "che", "chen", "cheng", "chi", "chong", "chou", "chu", "chua", "chuai",
    "chuan", "chuang", "chui", "chun", "chuo", "ci", "cong", "cou", "cu", "cuan", "cui", "cun", "cuo", "da",
    "dai", "dan", "dang", "dao", "de", "dei", "den", "deng", "di", "dia", "dian", "diao", "die", "ding",
    "diu", "dong", "dou", "du", "duan", "dui", "dun", "duo", "e", "ei", "en", "eng", "er", "fa", "fan",
    "fang", "fei", "fen", "feng", "fo", "fou", "fu", "ga", "gai", "gan", "gang", "gao", "ge", "gei", "gen",
    "geng", "gong", "gou", "gu", "gua", "guai", "guan", "guang", "gui", "gun", "guo", "ha", "hai", "han",
    "hang", "hao", "he", "hei", "hen", "heng", "hong", "hou", "hu", "hua", "huai", "huan", "huang", "hui",
    "hun", "huo", "ji", "jia", "jian", "jiang", "jiao", "jie", "jin", "jing", "jiong", "jiu", "ju", "juan",
    "jue", "jun", "ka", "kai", "kan", "kang", "kao", "ke", "kei", "ken", "keng", "kong", "kou", "ku", "kua",
    "kuai", "kuan", "kuang", "kui", "kun", "kuo", "la", "lai", "lan", "lang", "lao", "le", "lei", "leng",
    "li", "lia", "lian", "liang", "liao", "lie", "lin", "ling", "liu", "lo", "long", "lou", "lu", "luan",
    "lue", "lun", "luo", "lv", "lve", "lyu", "lyue", "ma", "mai", "man", "mang", "mao", "me", "mei", "men",
    "meng", "mi", "mian", "miao", "mie", "min", "ming", "miu", "mo", "mou", "mu", "na", "nai", "nan", "nang",
    "nao", "ne", "nei", "nen", "neng", "ni", "nian", "niang", "niao", "nie", "nin", "ning", "niu", "nong",
    "nou", "nu", "nuan", "nue", "nun", "nuo", "nv", "nve", "nyu", "o", "ou", "pa", "pai", "pan", "pang",
    "pao", "pei", "pen", "peng", "pi", "pian", "piao", "pie", "pin", "ping", "po", "pou", "pu", "qi", "qia",
    "qian", "qiang", "qiao", "qie", "qin", "qing", "qiong", "qiu", "qu", "quan", "que", "qun", "ran", "rang",
    "rao", "re", "ren", "reng", "ri", "rong", "rou", "ru", "rua", "ruan", "rui", "run", "ruo", "sa", "sai",
    "san", "sang", "sao", "se", "sen", "seng", "sha", "shai", "shan", "shang", "shao", "she", "shei", "shen",
    "sheng", "shi", "shou", "shu", "shua", "shuai", "shuan", "shuang", "shui", "shun", "shuo", "si", "song",
    "sou", "su", "suan", "sui", "sun", "suo", "ta", "tai", "tan", "tang", "tao", "te", "teng", "ti", "tian",
    "tiao", "tie", "ting", "tong", "tou", "tu", "tuan", "tui", "tun", "tuo", "wa", "wai", "wan", "wang",
    "wei", "wen", "weng", "wo", "wu", "xi", "xia", "xian", "xiang", "xiao", "xie", "xin", "xing", "xiong",
    "xiu", "xu", "xuan", "xue", "xun", "ya", "yai", "yan", "yang", "yao", "ye", "yi", "yin", "ying", "yo",
    "yong", "you", "yu", "yuan", "yue", "yun", "za", "zai", "zan", "zang", "zao", "ze", "zei", "zen", "zeng",
    "zha", "zhai", "zhan", "zhang", "zhao", "zhe", "zhei", "zhen", "zheng", "zhi", "zhong", "zhou", "zhu",
    "zhua", "zhuai", "zhuan", "zhuang", "zhui", "zhun", "zhuo", "zi", "zong", "zou", "zu", "zuan", "zui",
    "zun", "zuo",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_sorted() {
        assert!(SYLLABLES.is_sorted());
    }

    #[test]
    fn words_are_cut_at_blanks_hyphens_and_inner_capitals() {
        assert_eq!(words("TANG Zhi-Hong"), ["tang", "zhi", "hong"]);
        assert_eq!(words("FU Yu'an"), ["fu", "yuan"]);
        assert_eq!(words("LÜ Z.H."), ["lv", "z", "h"]);
        assert_eq!(words("ZhiHong"), ["zhi", "hong"]);
    }

    #[test]
    fn only_pinyin_is_pinyin() {
        assert!(
            is_pinyin("Tang Zhihong") && is_pinyin("OUYANG Xiu") && is_pinyin("LV Bu") && is_pinyin("LI X")
        );
        assert!(!is_pinyin("Greg Wilson") && !is_pinyin("Chan Tai Man Smith") && !is_pinyin("WANG"));
    }
}
