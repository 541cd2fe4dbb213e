//! Chinese words that stand twice: which never do on purpose, and where two words merely meet.

use crate::document::is_han;
use crate::finding::Confidence;
use crate::parse::DataFile;
use crate::rules::RuleError;
use serde::Deserialize;
use std::collections::HashSet;

/// The built-in table: path for messages, text.
const BUILT_IN: (&str, &str) =
    ("rules/data/doubling.toml", include_str!("../../../rules/data/doubling.toml"));
/// What counts as a stop: a block without one is a heading, a table's head or a picture's labels.
const STOPS: &[char] = &['。', '，', '；', '：', '！', '？', '、', ',', '.', ';'];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    doubling: Words,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Words {
    carriers: String,
    never: String,
    echoes: String,
    invite: String,
    singles: Vec<Given>,
    open: String,
    parted: String,
    endings: String,
    heads: Vec<Given>,
    verbs: Vec<Given>,
    items: String,
    prefixes: String,
    things: String,
}

/// A word or character with the contexts in which its doubling is language.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Given {
    char: Option<char>,
    word: String,
    after: String,
    unless: String,
    before: String,
    not: String,
}

#[derive(Debug)]
struct Entry {
    word: String,
    after: Vec<String>,
    unless: String,
    before: Vec<String>,
    not: Vec<String>,
}

impl Entry {
    fn new(given: Given) -> Self {
        Self {
            word: given.char.map_or(given.word, String::from),
            after: list(&given.after),
            unless: given.unless,
            before: list(&given.before),
            not: list(&given.not),
        }
    }

    /// True when the text behind begins with what makes a longer word.
    fn goes_on(&self, after: &str) -> bool {
        starts(after, &self.before) && !starts(after, &self.not)
    }
}

/// The words of doubling.
#[derive(Debug, Default)]
pub struct Doubling {
    carriers: HashSet<String>,
    never: HashSet<String>,
    echoes: HashSet<String>,
    invite: HashSet<char>,
    singles: Vec<Entry>,
    open: HashSet<char>,
    parted: Vec<String>,
    endings: HashSet<char>,
    heads: Vec<Entry>,
    verbs: Vec<Entry>,
    items: Vec<String>,
    prefixes: HashSet<char>,
    things: HashSet<char>,
}

fn list(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn starts(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.starts_with(word.as_str()))
}

impl Doubling {
    /// The built-in table and the user's files that hold one.
    pub fn load(user: &[DataFile]) -> Result<Self, RuleError> {
        let mut out = Self::default();
        out.add(BUILT_IN.0, BUILT_IN.1)?;
        for file in user.iter().filter(|file| file.text.lines().any(|line| line.trim() == "[doubling]")) {
            out.add(&file.path, &file.text)?;
        }
        Ok(out)
    }

    fn add(&mut self, path: &str, text: &str) -> Result<(), RuleError> {
        let file: File = toml::from_str(text).map_err(|error| RuleError::from_toml(path, text, &error))?;
        let words = file.doubling;
        self.carriers.extend(list(&words.carriers));
        self.never.extend(list(&words.never));
        self.echoes.extend(list(&words.echoes));
        self.invite.extend(words.invite.chars());
        self.singles.extend(words.singles.into_iter().map(Entry::new));
        self.open.extend(words.open.chars());
        self.parted.extend(list(&words.parted));
        self.endings.extend(words.endings.chars());
        self.heads.extend(words.heads.into_iter().map(Entry::new));
        self.verbs.extend(words.verbs.into_iter().map(Entry::new));
        self.items.extend(list(&words.items));
        self.prefixes.extend(words.prefixes.chars());
        self.things.extend(words.things.chars());
        Ok(())
    }

    /// True for a word that is doubled by mistake wherever it stands, names and titles included.
    pub fn is_sure(&self, word: &str) -> bool {
        self.carriers.contains(word) || self.singles.iter().any(|single| single.word == word)
    }

    /// True for a noun that may end one item and be the next.
    pub fn is_shared_noun(&self, item: &str) -> bool {
        self.items.iter().any(|noun| item.ends_with(noun.as_str()))
    }

    /// True for a character before a noun that makes another item of it.
    pub fn is_prefix(&self, c: char) -> bool {
        self.prefixes.contains(&c)
    }

    /// True for a thing or person: 桌子和桌子的主人 are two.
    pub fn is_thing(&self, item: &str) -> bool {
        item.chars().next_back().is_some_and(|c| self.things.contains(&c))
    }

    /// None when `word`, twice between `before` and `after`, is language; else how sure it is that it is a slip.
    /// Looks at a few characters on both sides.
    pub fn judge(&self, word: &str, before: &str, after: &str) -> Option<Confidence> {
        let first = word.chars().next()?;
        let left = before.chars().next_back();
        if word.len() == first.len_utf8() {
            return self.judge_single(word, before, after);
        }
        // 酒精 and 酒精-年龄 are two names
        if after.starts_with(['-', '_', '－', '‐']) {
            return None;
        }
        // 一个一个, 两个两个, 三三三三, 去年一年一些, 很多很多
        let length = word.chars().count();
        let counted = length == 2 && "一二三四五六七八九十百千两几半每很极".contains(first);
        if counted || word.chars().all(|c| c == first) || length <= 3 && word.contains('一') {
            return None;
        }
        // 想着想着
        let carrier = self.carriers.contains(word);
        if self.never.contains(word) || !carrier && length == 2 && word.ends_with('着') {
            return None;
        }
        if self.verbs.iter().any(|verb| word == verb.word && verb.goes_on(after)) {
            return None;
        }
        if carrier {
            return Some(Confidence::High);
        }
        let told = ["表明", "显示", "发现", "证实", "结果", "的"].iter().any(|verb| after.starts_with(verb));
        if self.echoes.contains(word) && left.is_some_and(|c| self.invite.contains(&c)) && !told {
            return None;
        }
        // A compound may end with the first half only where something stands before it.
        let modified = left.is_some_and(|c| (is_han(c) || c.is_alphanumeric()) && !self.open.contains(&c));
        let heads = || self.heads.iter().filter(|head| word.ends_with(head.word.as_str()));
        let meets = heads().any(|head| head.goes_on(after));
        let ending = heads().next().is_none()
            && !starts(after, &self.parted)
            && after.chars().next().is_some_and(|c| self.endings.contains(&c));
        if meets || ending {
            return (!modified).then_some(Confidence::Medium);
        }
        let alone = after.chars().next().is_none_or(|c| !is_han(c)) || starts(after, &self.parted);
        Some(if alone { Confidence::High } else { Confidence::Medium })
    }

    fn judge_single(&self, word: &str, before: &str, after: &str) -> Option<Confidence> {
        let single = self.singles.iter().find(|single| single.word == word)?;
        // 实实在在, 从从容容
        let pair = |mut chars: std::iter::Take<std::str::Chars<'_>>| match (chars.next(), chars.next()) {
            (Some(a), Some(b)) => a == b && is_han(a),
            _ => false,
        };
        let back: String = before.chars().rev().take(2).collect();
        if word != "的" && (pair(back.chars().take(2)) || pair(after.chars().take(2))) {
            return None;
        }
        if after.starts_with(word) || starts(after, &single.before) {
            return None;
        }
        // 目的的 holds a noun that ends in 的; 指标的的 does not
        let noun = single.after.iter().any(|end| {
            before
                .strip_suffix(end.as_str())
                .is_some_and(|rest| !rest.chars().next_back().is_some_and(|c| single.unless.contains(c)))
        });
        (!noun).then_some(Confidence::High)
    }
}

/// True for a text that holds a stop: what has none is no sentence.
pub fn has_stop(text: &str) -> bool {
    text.contains(STOPS)
}
