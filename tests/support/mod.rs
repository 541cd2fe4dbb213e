//! What tests over shared material need.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

/// A file of the gold sets: `EXOLINT_GOLD`, or `../shared/gold`. `None`, with a word on stderr, when it is
/// not there; a failure instead where `EXOLINT_REQUIRE_SHARED=1`.
pub fn gold(path: &str) -> Option<String> {
    let root = std::env::var("EXOLINT_GOLD").unwrap_or_else(|_| "../shared/gold".to_owned());
    let file = std::path::Path::new(&root).join(path);
    match std::fs::read_to_string(&file) {
        Ok(text) => Some(text),
        Err(error) => {
            let required = std::env::var("EXOLINT_REQUIRE_SHARED").is_ok_and(|value| value == "1");
            assert!(!required, "{}: {error}", file.display());
            eprintln!("skipped: no gold set at {}", file.display());
            None
        }
    }
}
