//! The rule files inside the binary.

/// `(name shown in errors, text)` of every built-in rule file.
pub const RULE_FILES: &[(&str, &str)] = &[
    ("rules/citation.toml", include_str!("../../rules/citation.toml")),
    ("rules/reference.toml", include_str!("../../rules/reference.toml")),
    ("rules/abbreviation.toml", include_str!("../../rules/abbreviation.toml")),
    ("rules/evidence.toml", include_str!("../../rules/evidence.toml")),
    ("rules/metadata.toml", include_str!("../../rules/metadata.toml")),
    ("rules/structure.toml", include_str!("../../rules/structure.toml")),
    ("rules/suppression.toml", include_str!("../../rules/suppression.toml")),
    ("rules/text.toml", include_str!("../../rules/text.toml")),
    ("rules/confusion.toml", include_str!("../../rules/confusion.toml")),
    ("rules/terms.toml", include_str!("../../rules/terms.toml")),
];
