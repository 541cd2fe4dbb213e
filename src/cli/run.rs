//! From paths to findings: the part of a run that touches the file system.

use super::progress::Progress;
use crate::baseline::Baseline;
use crate::config::{Config, Loaded, PerFile};
use crate::discover::{self, Excludes, Input};
use crate::document::Document;
use crate::engine::{self, Analysis, Selection, Summary};
use crate::finding::{Finding, Localised};
use crate::report::html::Exhibit;
use crate::report::{Notice, NoticeKind, Summary as Counts};
use crate::rules::{Language, Rule, RuleError, Rules, Scope, render};
use crate::source::{Source, SourceSpan};
use crate::suppress::{self, Cover, Suppression};
use crate::{format, parse, policy};
use globset::{GlobBuilder, GlobMatcher};
use rayon::prelude::*;
use std::collections::HashSet;
use std::io::{ErrorKind, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a run is asked to read.
pub struct Request<'a> {
    /// The working directory.
    pub cwd: &'a Path,
    /// Files, folders, `-`.
    pub paths: &'a [PathBuf],
    /// Apply exclude patterns to files named explicitly, too.
    pub force_exclude: bool,
    /// Name of the text on standard input.
    pub stdin_name: &'a str,
    /// The configuration.
    pub config: &'a Config,
    /// The rules.
    pub loaded: &'a Loaded,
    /// Which of them run.
    pub selection: &'a Selection,
    /// Which of those do not run over some files.
    pub per_file: &'a PerFile,
    /// Lowest severity and confidence shown.
    pub threshold: policy::Threshold,
    /// Known findings.
    pub baseline: Option<&'a Baseline>,
    /// Keep what the HTML report shows of each document (its text included).
    pub exhibits: bool,
    /// Show a progress bar when it takes long.
    pub progress: bool,
}

/// What a run came to.
#[derive(Default)]
pub struct Outcome {
    /// Names of the documents read.
    pub files: Vec<String>,
    /// Findings shown.
    pub findings: Vec<Finding>,
    /// Notices, by path.
    pub notices: Vec<Notice>,
    /// Counts.
    pub counts: Counts,
    /// Named files left out by exclude patterns.
    pub excluded: usize,
    /// Entries of the baseline whose finding is gone.
    pub stale: Vec<String>,
    /// The documents as the HTML report shows them, by path; empty when not asked for.
    pub exhibits: Vec<Exhibit>,
}

/// A text on its way into analysis.
enum Text<'a> {
    File(&'a Input),
    Stdin(Result<Vec<u8>, std::io::Error>),
}

/// What became of one text.
struct Read {
    path: Arc<str>,
    result: Result<Analysis, Notice>,
    notices: Vec<Notice>,
    suppressions: Vec<Suppression>,
    exhibit: Option<Exhibit>,
}

/// Read, analyse and choose what is shown. The result does not depend on the number of threads.
pub fn run(request: &Request<'_>) -> Result<Outcome, RuleError> {
    let config = request.config;
    let excludes = excludes(config)?;
    let corpus = corpus_files(request, &excludes)?;
    let (stdin, paths): (Vec<&PathBuf>, Vec<&PathBuf>) =
        request.paths.iter().partition(|path| path.as_os_str() == "-");
    let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
    let found = discover::discover(request.cwd, &paths, &excludes, request.force_exclude);
    let mut outcome = Outcome { notices: found.notices, excluded: found.excluded, ..Outcome::default() };

    let mut texts: Vec<Text<'_>> = found.files.iter().map(Text::File).collect();
    if !stdin.is_empty() {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        texts.push(Text::Stdin(read.map(|_| bytes)));
    }
    let rules = &request.loaded.rules;
    let read: Vec<Read> = Progress::show(texts.len(), request.progress, |progress| {
        let one = |text| {
            let read = analyse(text, request, request.selection, request.exhibits);
            progress.step();
            read
        };
        texts.into_par_iter().map(one).collect()
    });

    let passed: HashSet<&Path> = found.files.iter().map(|file| file.absolute.as_path()).collect();
    let mut summary = Summary::default();
    let mut findings = Vec::new();
    let mut suppressions = Vec::new();
    for (n, one) in read.into_iter().enumerate() {
        outcome.notices.extend(one.notices);
        suppressions.extend(one.suppressions);
        outcome.exhibits.extend(one.exhibit);
        match one.result {
            Err(notice) => outcome.notices.push(notice),
            Ok(analysis) => {
                outcome.counts.files += 1;
                outcome.files.push(one.path.to_string());
                outcome.notices.extend(told(&analysis, rules, &one.path));
                findings.extend(analysis.findings);
                // In a declared corpus only its own documents are compared.
                let compared = match (&corpus, found.files.get(n)) {
                    (Some(corpus), Some(file)) => corpus.all.contains(&file.absolute),
                    (Some(_), None) => false,
                    (None, _) => true,
                };
                if compared {
                    summary.merge(analysis.summary);
                }
            }
        }
    }
    let mut across = match &corpus {
        Some(corpus) => {
            let others: Vec<&Input> =
                corpus.files.iter().filter(|file| !passed.contains(file.absolute.as_path())).collect();
            for one in summarise(&others, request) {
                match one.result {
                    Err(notice) => outcome.notices.push(notice),
                    Ok(analysis) => summary.merge(analysis.summary),
                }
            }
            let names: HashSet<&str> = found.files.iter().map(|file| file.name.as_str()).collect();
            let mut across = engine::corpus(&summary, rules, request.selection);
            // Reported only where one of its documents was passed.
            across.retain(|finding| {
                let mut places =
                    std::iter::once(&finding.place).chain(finding.related.iter().map(|r| &r.place));
                places.any(|place| names.contains(&*place.path))
            });
            across
        }
        None => engine::corpus(&summary, rules, request.selection),
    };
    findings.append(&mut across);
    engine::sort(&mut findings);
    let in_root = |path: &str| root_path(request.cwd, &config.root, path);
    policy::fingerprint(&mut findings, in_root);
    suppressions.extend(ignored(config, &outcome.files, &paths, request.cwd)?);
    let runs = |rule: &Rule, path: &str| request.per_file.runs(request.selection, rule, path);
    let mut applied = suppress::apply(findings, &suppressions, rules, &runs, &in_root);
    outcome.counts.suppressed = applied.suppressed;
    policy::fingerprint(&mut applied.problems, in_root);
    findings = applied.kept;
    findings.append(&mut applied.problems);
    engine::sort(&mut findings);
    if let Some(baseline) = request.baseline {
        let files: HashSet<String> = outcome.files.iter().map(|file| in_root(file)).collect();
        let runs = |rule: &Rule, path: &str| runs(rule, &config.root.join(path).to_string_lossy());
        let applied = baseline.apply(findings, rules, &runs, &|path| files.contains(path));
        findings = applied.kept;
        outcome.counts.baselined = applied.baselined;
        outcome.notices.extend(stale(applied.stale.len()));
        outcome.stale = applied.stale;
    }
    let all = findings.len();
    findings.retain(|finding| request.threshold.shows(finding));
    outcome.counts.hidden = all - findings.len();
    outcome.counts.count(&findings);
    outcome.findings = findings;
    outcome.exhibits.sort_by(|a, b| a.path.cmp(&b.path));
    outcome.counts.unreadable =
        outcome.notices.iter().filter(|notice| notice.kind == NoticeKind::Unreadable).count();
    let order = |n: &Notice| (n.path.clone(), n.kind, n.code.clone(), n.message.en.clone());
    outcome.notices.sort_by_key(order);
    Ok(outcome)
}

/// What is said of entries of the baseline that nothing needs any more.
fn stale(n: usize) -> Option<Notice> {
    let message = Localised {
        en: format!(
            "{n} entries of the baseline are stale: their findings are gone; --prune-baseline takes them out"
        ),
        zh: format!("基线中有 {n} 条已无对应问题；可用 --prune-baseline 清除"),
    };
    (n > 0).then_some(Notice { kind: NoticeKind::Skipped, path: None, code: None, message })
}

/// The `[[ignore]]` tables that this run can judge, as suppressions.
pub fn ignored(
    config: &Config,
    files: &[String],
    paths: &[PathBuf],
    cwd: &Path,
) -> Result<Vec<Suppression>, RuleError> {
    let mut out = Vec::new();
    for (item, table) in config.file.ignored_findings() {
        let glob = match &table.path {
            Some(pattern) => {
                let glob = GlobBuilder::new(pattern).literal_separator(true).build();
                Some(glob.map_err(|e| config.error(item, format!("this path cannot be read: {}", e.kind())))?)
            }
            None => None,
        };
        let glob = glob.map(|glob| glob.compile_matcher());
        let Some((shown, text, span)) = config.source(&item.span()) else { continue };
        let document = format::read_text(shown, text);
        let span = SourceSpan { source: 0, start: span.start, end: span.end };
        let place = document.place_of_source(&[span], table.code.clone());
        // Whether it is unused only a run over all it means can tell: the one file it names, or everything.
        let literal = table.path.as_ref().is_some_and(|path| !path.contains(['*', '?', '[', '{']));
        let everything = paths.iter().any(|path| config.root.starts_with(discover::absolute(cwd, path)));
        let ran =
            |glob: &GlobMatcher| files.iter().any(|file| glob.is_match(root_path(cwd, &config.root, file)));
        let judged = everything || (literal && glob.as_ref().is_some_and(ran));
        out.push(Suppression {
            cover: Cover::Config { paths: glob, text: table.text.clone() },
            codes: vec![table.code.clone()],
            reason: Some(table.reason.clone()),
            place,
            delete: None,
            judged,
        });
    }
    Ok(out)
}

/// The exclude patterns of a configuration.
pub fn excludes(config: &Config) -> Result<Excludes, RuleError> {
    let patterns = &config.file.exclude;
    Excludes::new(&config.root, patterns.iter().map(|p| p.get_ref().as_str())).map_err(|(n, message)| {
        match patterns.get(n) {
            Some(pattern) => config.error(pattern, format!("this exclude pattern cannot be read: {message}")),
            None => RuleError::new(&config.shown(), "", None, message),
        }
    })
}

/// The documents of a declared corpus.
struct Corpus {
    files: Vec<Input>,
    all: HashSet<PathBuf>,
}

fn corpus_files(request: &Request<'_>, excludes: &Excludes) -> Result<Option<Corpus>, RuleError> {
    let config = request.config;
    let include = &config.file.corpus.include;
    if include.is_empty() {
        return Ok(None);
    }
    let globs =
        discover::globs(include.iter().map(|p| p.get_ref().as_str())).map_err(
            |(n, message)| match include.get(n) {
                Some(pattern) => config.error(pattern, format!("this pattern cannot be read: {message}")),
                None => RuleError::new(&config.shown(), "", None, message),
            },
        )?;
    let found = discover::discover(request.cwd, std::slice::from_ref(&config.root), excludes, false);
    let files: Vec<Input> = found
        .files
        .into_iter()
        .filter(|file| file.absolute.strip_prefix(&config.root).is_ok_and(|path| globs.is_match(path)))
        .map(|file| Input { name: relative(request.cwd, &file.absolute), ..file })
        .collect();
    let all = files.iter().map(|file| file.absolute.clone()).collect();
    Ok(Some(Corpus { files, all }))
}

/// Read documents for their summaries only.
fn summarise(files: &[&Input], request: &Request<'_>) -> Vec<Read> {
    let rules = &request.loaded.rules;
    let ignore = rules.rules.iter().filter(|rule| rule.record.scope == Scope::Document);
    let mut selection = request.selection.clone();
    selection.ignore.extend(ignore.map(|rule| rule.record.code.clone()));
    files.par_iter().map(|file| analyse(Text::File(file), request, &selection, false)).collect()
}

fn analyse(text: Text<'_>, request: &Request<'_>, selection: &Selection, exhibit: bool) -> Read {
    let rules = &request.loaded.rules;
    let (name, bytes) = match text {
        Text::File(input) => (input.name.as_str(), std::fs::read(&input.path)),
        Text::Stdin(bytes) => (request.stdin_name, bytes),
    };
    let own = request.per_file.selection(name, selection);
    let selection = own.as_ref().unwrap_or(selection);
    let path = Arc::from(name);
    let document = match document(name, bytes) {
        Ok(document) => document,
        Err(notice) => {
            let result = Err(notice);
            return Read { path, result, notices: Vec::new(), suppressions: Vec::new(), exhibit: None };
        }
    };
    let mut notices: Vec<Notice> = remark(name, &document).into_iter().collect();
    // One text that trips a check must not take the others with it.
    let result = catch_unwind(AssertUnwindSafe(|| {
        let facts = parse::parse(&document, &rules.data);
        let analysis = engine::analyse_facts(&document, &facts, rules, selection);
        (analysis, exhibit.then(|| Exhibit::new(&document, &facts, &rules.data)))
    }));
    let (result, exhibit) = match result {
        Ok((analysis, exhibit)) => (Ok(analysis), exhibit),
        Err(_) => {
            let notice = Notice::new(
                NoticeKind::Unreadable,
                name,
                "an error inside exolint ended the check of this file; please report it",
                "exolint 内部出错，本文件未能查完；请反馈给开发者",
            );
            (Err(notice), None)
        }
    };
    let mut suppressions = suppress::read(&document);
    match sidecar(name) {
        Ok(more) => suppressions.extend(more),
        Err(notice) => notices.push(notice),
    }
    Read { path, result, notices, suppressions, exhibit }
}

/// The suppressions in the file beside a document.
pub fn sidecar(document: &str) -> Result<Vec<Suppression>, Notice> {
    let name = format!("{document}{}", suppress::sidecar::ENDING);
    let text = match std::fs::read(&name) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        // A name too long for one more ending has no such file, either.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidFilename) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(discover::unreadable(&name, &error)),
    };
    suppress::sidecar::read(&name, &text, document).map_err(|error| {
        let at = error
            .span
            .as_ref()
            .map(|span| error.text.get(..span.start).map_or(1, |before| before.matches('\n').count() + 1));
        let hint = error.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
        let line = |word: &str, end: &str| at.map(|n| format!("{word}{n}{end}")).unwrap_or_default();
        Notice::new(
            NoticeKind::Unreadable,
            &name,
            format!("{}{}{hint}", line("line ", ": "), error.message),
            format!("{}{}{hint}", line("第", "行："), error.message),
        )
    })
}

/// Bytes to a document, or the notice that says why not.
pub fn document(name: &str, bytes: std::io::Result<Vec<u8>>) -> Result<Document, Notice> {
    let bytes = bytes.map_err(|error| discover::unreadable(name, &error))?;
    let source = Source::from_bytes(name, bytes).map_err(|error| {
        let zh = "看起来是二进制文件，不是文本";
        Notice::new(NoticeKind::Unreadable, name, error.to_string(), zh)
    })?;
    Ok(format::read(source))
}

/// What a reader of the report should know of a text.
fn remark(name: &str, document: &Document) -> Option<Notice> {
    let source = document.source();
    if source.text.trim().is_empty() {
        return Some(Notice::new(NoticeKind::Skipped, name, "the file is empty", "文件为空"));
    }
    source.lossy.then(|| {
        Notice::new(
            NoticeKind::Skipped,
            name,
            "some bytes could not be decoded and were read as U+FFFD",
            "部分字节无法解码，已按 U+FFFD 读取",
        )
    })
}

/// Abstentions and findings beyond the limit, as notices.
fn told<'a>(
    analysis: &'a Analysis,
    rules: &'a Rules,
    path: &'a Arc<str>,
) -> impl Iterator<Item = Notice> + 'a {
    let abstained = analysis.abstentions.iter().filter_map(|abstention| {
        let record = &rules.find(&abstention.code)?.record;
        let words = record.labels.get(abstention.label)?;
        let say = |language: Language| render(language.pick(words), &[&abstention.args], language);
        Some(Notice {
            kind: NoticeKind::Abstained,
            path: Some(abstention.path.to_string()),
            code: Some(abstention.code.clone()),
            message: Localised { en: say(Language::En), zh: say(Language::Zh) },
        })
    });
    let dropped = analysis.dropped.iter().map(move |(code, n)| Notice {
        kind: NoticeKind::Skipped,
        path: Some(path.to_string()),
        code: Some(code.clone()),
        message: Localised {
            en: format!("{n} more findings of this rule in this file are not listed"),
            zh: format!("本文件中该规则另有 {n} 处未逐一列出"),
        },
    });
    abstained.chain(dropped)
}

/// A file's name for a fingerprint: relative to the configuration, so that it is the same from every
/// working directory.
pub fn root_path(cwd: &Path, root: &Path, name: &str) -> String {
    let absolute = discover::absolute(cwd, Path::new(name));
    absolute.strip_prefix(root).map_or_else(|_| name.to_owned(), discover::display_name)
}

fn relative(cwd: &Path, absolute: &Path) -> String {
    discover::display_name(absolute.strip_prefix(cwd).unwrap_or(absolute))
}
