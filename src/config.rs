//! `exolint.toml`.
