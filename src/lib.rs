//! exolint: a linter for review manuscripts.
//!
//! One way through the house: discover → source → format → parse → checks → report. Everything
//! between [`source::Source`] and [`finding::Finding`] is pure; the command line, tests and editors
//! call the same [`engine::analyse`] and [`engine::corpus`].

pub mod baseline;
pub mod checks;
pub mod cli;
pub mod config;
pub mod discover;
pub mod document;
pub mod engine;
pub mod finding;
pub mod fix;
pub mod format;
pub mod parse;
pub mod policy;
pub mod report;
pub mod rules;
pub mod source;
pub mod suppress;
