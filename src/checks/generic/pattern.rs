//! `pattern`: every match of a regular expression is a finding.

use super::zones::{LangName, Pattern, Scope, ZoneName, matches};
use crate::checks::{Check, Context, Kind};
use crate::engine::Sink;
use crate::finding::{Confidence, Safety};
use crate::rules::{Options, Scope as RuleScope};
use serde::Deserialize;

/// The kind. Options: `pattern`, `except`, `replace`, `zones`, `languages`, `confidence`.
pub const KIND: Kind = Kind {
    name: "pattern",
    scope: RuleScope::Document,
    fields: &["text", "replacement"],
    variants: &[],
    build,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    /// What is reported.
    pattern: Pattern,
    /// Matches that also match this are right.
    except: Option<Pattern>,
    /// Proposed text; `$1` stands for a group.
    replace: Option<String>,
    /// True when the replacement cannot change the meaning.
    #[serde(default)]
    safe: bool,
    #[serde(default)]
    zones: Vec<ZoneName>,
    #[serde(default)]
    languages: Vec<LangName>,
    #[serde(default = "high")]
    confidence: Confidence,
}

fn high() -> Confidence {
    Confidence::High
}

struct PatternCheck {
    given: Given,
    scope: Scope,
}

fn build(options: Options<'_>) -> Result<Box<dyn Check>, toml::de::Error> {
    let given: Given = options.read()?;
    let scope = Scope { zones: given.zones.clone(), languages: given.languages.clone() };
    Ok(Box::new(PatternCheck { given, scope }))
}

impl Check for PatternCheck {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let regex = &self.given.pattern.0;
        for span in matches(cx, &self.scope, regex) {
            let text = cx.slice(span);
            if self.given.except.as_ref().is_some_and(|except| except.0.is_match(text)) {
                continue;
            }
            let replacement =
                self.given.replace.as_ref().map(|replace| regex.replace(text, replace.as_str()).into_owned());
            let mut finding = cx
                .finding(span)
                .confidence(self.given.confidence)
                .arg("text", text)
                .arg("replacement", replacement.clone().unwrap_or_default());
            if let Some(replacement) = replacement {
                let safety = if self.given.safe { Safety::Safe } else { Safety::Unsafe };
                finding = finding.fix(cx.document, safety, span, replacement);
            }
            out.push(finding);
        }
    }
}
