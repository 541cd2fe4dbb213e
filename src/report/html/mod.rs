//! The HTML report: one page without network, that works from disk and can be sent to an author.
//!
//! The page is a fixed frame, style and script, and one block of JSON. Everything that comes from
//! documents is in that block, with `<` escaped, and reaches the page as text nodes only. The policy
//! in its head allows exactly this style and this script.

mod citations;
mod data;
mod exhibit;
mod findings;
mod forms;
mod hash;
mod quantities;
mod text;

pub use exhibit::{Anchor, Exhibit};

use super::Report;
use crate::rules::Language;

const FRAME: &str = include_str!("assets/page.html");
const STYLE: &str = concat!(
    include_str!("assets/style.css"),
    include_str!("assets/findings.css"),
    include_str!("assets/charts.css"),
    include_str!("assets/print.css"),
);
/// The words of the page itself, in both languages.
const WORDS: &str = include_str!("assets/words.json");
const SCRIPT: &str = concat!(
    "(() => {\n'use strict';\n",
    include_str!("assets/base.js"),
    include_str!("assets/filter.js"),
    include_str!("assets/findings.js"),
    include_str!("assets/text.js"),
    include_str!("assets/citations.js"),
    include_str!("assets/quantities.js"),
    include_str!("assets/forms.js"),
    include_str!("assets/main.js"),
    "})();\n",
);

/// The whole page.
pub fn render(report: &Report<'_>) -> Vec<u8> {
    let lang = match report.language {
        Language::En => "en",
        Language::Zh => "zh-CN",
    };
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'",
        hash::source(SCRIPT),
        hash::source(STYLE)
    );
    let data = inert(&serde_json::to_string(&data::data(report)).unwrap_or_default());
    let words = inert(WORDS.trim());
    let fill = |name: &str| match name {
        "lang" => lang,
        "policy" => policy.as_str(),
        "version" => env!("CARGO_PKG_VERSION"),
        "style" => STYLE,
        "words" => words.as_str(),
        "data" => data.as_str(),
        "script" => SCRIPT,
        _ => "",
    };
    let mut out = String::with_capacity(FRAME.len() + STYLE.len() + SCRIPT.len() + data.len());
    // The frame is cut once: what is filled in is never read again.
    for part in FRAME.split("{{") {
        match part.split_once("}}") {
            Some((name, rest)) => {
                out.push_str(fill(name));
                out.push_str(rest);
            }
            None => out.push_str(part),
        }
    }
    out.into_bytes()
}

/// JSON that cannot end the element it stands in.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_word_of_the_page_stands_in_both_languages() {
        let words: BTreeMap<String, BTreeMap<String, String>> =
            serde_json::from_str(WORDS).unwrap_or_else(|error| panic!("{error}"));
        for (name, word) in &words {
            let langs: Vec<&str> = word.keys().map(String::as_str).collect();
            assert_eq!(langs, ["en", "zh"], "{name}");
            assert!(word.values().all(|text| !text.is_empty()), "{name}");
            assert!(
                SCRIPT.contains(&format!("'{name}'"))
                    || FRAME.contains(&format!("\"{name}\""))
                    || name.contains('.'),
                "{name} is not used"
            );
        }
        for used in SCRIPT.split("say('").skip(1).filter_map(|rest| rest.split('\'').next()) {
            assert!(words.contains_key(used) || used.ends_with('.'), "{used} has no words");
        }
    }

    #[test]
    fn the_page_asks_for_nothing_from_elsewhere() {
        for banned in ["http:", "https:", "@import", "url(", "innerHTML", "insertAdjacent", "eval(", "fetch("]
        {
            assert!(!STYLE.contains(banned), "style: {banned}");
            let script = SCRIPT.replace("http://www.w3.org/2000/svg", "");
            assert!(!script.contains(banned), "script: {banned}");
        }
        assert!(!SCRIPT.contains("</"), "the script must not hold an end tag");
        assert!(!STYLE.contains("</"));
    }

    #[test]
    fn json_cannot_leave_its_element() {
        assert_eq!(inert(r#"["</script><!--&"]"#), r#"["\u003c/script\u003e\u003c!--\u0026"]"#);
    }
}
