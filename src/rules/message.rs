//! Rendering a record's words with a finding's arguments.

use crate::finding::{Arg, Args};
use serde::{Deserialize, Serialize};

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Chinese.
    Zh,
}

impl Language {
    /// The words in this language; the other one's when they are missing (users' rules).
    pub fn pick(self, words: &crate::finding::Localised) -> &str {
        let (first, second) = match self {
            Self::En => (&words.en, &words.zh),
            Self::Zh => (&words.zh, &words.en),
        };
        if first.is_empty() { second } else { first }
    }
}

/// The names between braces in a template.
pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// Fill `{name}` from the first argument of that name; unknown names stay as they are (loading has
/// refused them in records). Braces inside argument values are not read again.
pub fn render(template: &str, args: &[&Args], language: Language) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match args.iter().flat_map(|args| args.iter()).find(|(key, _)| key == name) {
            Some((_, value)) => push_arg(&mut out, value, language),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn push_arg(out: &mut String, value: &Arg, language: Language) {
    match value {
        Arg::Text(text) => out.push_str(text),
        Arg::Number(number) => out.push_str(&number.to_string()),
        Arg::Localised(words) => out.push_str(language.pick(words)),
        Arg::List(items) => {
            let separator = if language == Language::Zh { "、" } else { ", " };
            out.push_str(&items.join(separator));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::arg;

    #[test]
    fn values_are_not_read_as_templates() {
        let args = vec![arg("a", "{b}"), arg("b", 7usize), arg("c", vec!["x".to_owned(), "y".to_owned()])];
        assert_eq!(render("{a} {b} {c} {d", &[&args], Language::En), "{b} 7 x, y {d");
        assert_eq!(render("{c}", &[&args], Language::Zh), "x、y");
        assert_eq!(placeholders("{a} and {b}").collect::<Vec<_>>(), ["a", "b"]);
    }
}
