//! `check --fix` and `--diff`: fixes on files.

use super::output::Output;
use super::run::{self, Request};
use crate::baseline::Baseline;
use crate::discover::{self, Input, io_words};
use crate::document::Document;
use crate::finding::Finding;
use crate::fix::{Fixed, Fixer, encode};
use crate::report::clean;
use crate::rules::{Rule, RuleError};
use crate::source::Source;
use crate::{policy, suppress};
use rayon::prelude::*;
use std::io::Write;
use std::path::Path;

/// What the fixes of a run came to.
#[derive(Default)]
pub struct Done {
    /// Fixes applied.
    pub fixes: usize,
    /// Files changed, or that would be.
    pub files: usize,
    /// True when a file could not be written.
    pub trouble: bool,
}

/// Fix all files of a run, or print what would change.
pub fn run(
    request: &Request<'_>,
    unsafe_fixes: bool,
    diff: bool,
    output: &mut Output,
) -> Result<Done, RuleError> {
    let excludes = run::excludes(request.config)?;
    let found = discover::discover(request.cwd, request.paths, &excludes, request.force_exclude);
    let choose = |document: &Document, findings: Vec<Finding>| chosen(request, document, findings);
    let fixer =
        Fixer { rules: &request.loaded.rules, selection: request.selection, unsafe_fixes, choose: &choose };
    let fixed: Vec<Option<(Source, Vec<u8>, Fixed)>> = found
        .files
        .par_iter()
        .map(|input| {
            let bytes = std::fs::read(&input.path).ok()?;
            let source = Source::from_bytes(&input.name, bytes.clone()).ok()?;
            let fixed = fixer.fix(&input.name, &source.text);
            Some((source, bytes, fixed))
        })
        .collect();
    let mut done = Done::default();
    for (input, fixed) in found.files.iter().zip(fixed) {
        let Some((source, bytes, fixed)) = fixed else { continue };
        if !fixed.dropped.is_empty() {
            let codes = fixed.dropped.join(", ");
            output.note(&format!("{}: left out, since it would bring a new error: {codes}", input.name));
        }
        if fixed.text == source.text {
            continue;
        }
        if diff {
            output.print(unified(&input.name, &source.text, &fixed.text).as_bytes());
        } else if let Err(message) = write(input, &source, &bytes, &fixed.text) {
            output.trouble(&format!("{}: not changed: {message}", input.name));
            done.trouble = true;
            continue;
        }
        done.files += 1;
        done.fixes += fixed.applied.values().sum::<usize>();
    }
    Ok(done)
}

/// The findings of one document that count: neither suppressed, known nor hidden.
fn chosen(request: &Request<'_>, document: &Document, mut findings: Vec<Finding>) -> Vec<Finding> {
    let rules = &request.loaded.rules;
    let in_root = |path: &str| run::root_path(request.cwd, &request.config.root, path);
    policy::fingerprint(&mut findings, in_root);
    let runs = |rule: &Rule, path: &str| request.per_file.runs(request.selection, rule, path);
    if let Some(own) = request.per_file.selection(&document.source().path, request.selection) {
        findings.retain(|finding| rules.of_code(&finding.code).is_some_and(|rule| own.runs(rule)));
    }
    let mut suppressions = suppress::read(document);
    let files = [document.source().path.to_string()];
    suppressions.extend(run::sidecar(&document.source().path).unwrap_or_default());
    suppressions.extend(run::ignored(request.config, &files, &[], request.cwd).unwrap_or_default());
    let mut applied = suppress::apply(findings, &suppressions, rules, &runs, &in_root);
    let mut findings = applied.kept;
    findings.append(&mut applied.problems);
    if let Some(baseline) = request.baseline {
        findings = Baseline::apply(baseline, findings, rules, &runs, &|_| false).kept;
    }
    findings.retain(|finding| request.threshold.shows(finding));
    findings
}

fn unified(name: &str, before: &str, after: &str) -> String {
    let name = clean::line(name);
    similar::TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(1)
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string()
}

/// Put the new text in the place of the old one at once: a reader sees one or the other.
fn write(input: &Input, source: &Source, bytes: &[u8], text: &str) -> Result<(), String> {
    // Only when writing the text back as it was would give the very same bytes.
    if encode(source, &source.text).as_deref() != Some(bytes) {
        return Err("its bytes could not be written back as they were".to_owned());
    }
    let bytes = encode(source, text).ok_or("a character of the fix has no form in its encoding")?;
    // A link stays a link: the file behind it is written.
    let path = std::fs::canonicalize(&input.path).map_err(|e| io_words(&e).0)?;
    let swap = |temporary: &Path| -> std::io::Result<()> {
        let permissions = std::fs::metadata(&path)?.permissions();
        let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(temporary)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        std::fs::set_permissions(temporary, permissions)?;
        std::fs::rename(temporary, &path)
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let short: String = name.chars().take(40).collect();
    let temporary = path.with_file_name(format!(".{short}.exolint-{}", std::process::id()));
    swap(&temporary).map_err(|error| {
        let _ = std::fs::remove_file(&temporary);
        io_words(&error).0
    })
}
