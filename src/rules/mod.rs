//! Rules: records from TOML, each bound to one check.
//!
//! A record holds everything a user reads about a rule. Loading runs no code of the user's.

mod cases;
mod embedded;
mod error;
mod load;
mod message;
mod record;

pub use cases::{CaseFailure, run_cases};
pub use error::{RuleError, nearest};
pub use load::{Options, Overrides, load, load_lenient};
pub use message::{Language, placeholders, render};
pub use record::{Case, Family, NamedText, Record, Scope, Variant, Words};

use crate::checks::Check;
use crate::finding::Severity;
use crate::parse::Data;
use std::sync::{Arc, OnceLock};

/// A record with its check, ready to run.
pub struct Rule {
    /// The record.
    pub record: Record,
    /// The code, shared with findings.
    pub code: Arc<str>,
    /// The severity in force: the record's, or the user's.
    pub severity: Severity,
    /// True for the rules inside the binary.
    pub builtin: bool,
    /// What runs.
    pub check: Box<dyn Check>,
}

/// All rules of a run, and the data tables their parsers need.
pub struct Rules {
    /// In order of code.
    pub rules: Vec<Rule>,
    /// Lexicon, units, subjects and other tables.
    pub data: Data,
}

impl Rules {
    /// The rules and data inside the binary.
    ///
    /// # Panics
    /// When a built-in record is broken, in every build; [`Rules::try_builtin`] hands the error back.
    pub fn builtin() -> &'static Self {
        match Self::try_builtin() {
            Ok(rules) => rules,
            Err(error) => panic!("built-in rules are broken: {error}"),
        }
    }

    /// The rules and data inside the binary, or what is wrong with them.
    pub fn try_builtin() -> Result<&'static Self, &'static RuleError> {
        static BUILTIN: OnceLock<Result<Rules, RuleError>> = OnceLock::new();
        BUILTIN.get_or_init(|| load(&[], &Overrides::default())).as_ref()
    }

    /// The rule of a code as findings carry it.
    pub fn of_code(&self, code: &str) -> Option<&Rule> {
        let at = self.rules.binary_search_by(|rule| rule.record.code.as_str().cmp(code)).ok()?;
        self.rules.get(at)
    }

    /// The rule of a code or name.
    pub fn find(&self, code_or_name: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| {
            rule.record.code.eq_ignore_ascii_case(code_or_name) || rule.record.name == code_or_name
        })
    }
}
