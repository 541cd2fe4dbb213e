//! `exolint check`.

use super::fix;
use super::output::{Output, cwd, language};
use super::run::{self, Outcome, Request};
use super::watch::Watch;
use super::{ConfigArgs, STATUS_NOTHING_READ, STATUS_TROUBLE};
use crate::baseline::Baseline;
use crate::config::{Config, FailOn, LanguageChoice, Loaded, PerFile, nearest_selector, profiles, selects};
use crate::discover::{absolute, io_words};
use crate::engine::Selection;
use crate::finding::{Confidence, Severity};
use crate::policy::{Stage, Threshold};
use crate::report::{self, Format, Report, clean, render_as};
use clap::ValueEnum;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What the exit status means, for the help.
pub const STATUS: &str = "\
Exit status:
  0  nothing at or above --fail-on
  1  a finding at or above it
  2  the usage or configuration is wrong, or something named could not be read
  3  no document was read";

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders; `-` reads standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// Form of the report
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Write a report to a file, too; may be given several times
    #[arg(long = "output", short, value_name = "FORMAT=FILE", value_parser = target)]
    outputs: Vec<(Format, PathBuf)>,
    /// Language of the report [default: by the locale]
    #[arg(long, value_enum)]
    lang: Option<LanguageChoice>,
    /// Run only these rules: codes, prefixes, names, families or ALL (replaces the configuration's)
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    select: Vec<String>,
    /// Do not run these rules (added to the configuration's)
    #[arg(long, value_delimiter = ',', value_name = "RULE")]
    ignore: Vec<String>,
    /// What is shown (draft: sure errors and warnings; submission: the default; audit: every hint), or a set of
    /// rules that is off otherwise, such as systematic-review
    #[arg(long = "profile", value_delimiter = ',', value_name = "NAME")]
    profiles: Vec<String>,
    /// Lowest severity shown [default: info, or the profile's]
    #[arg(long, value_enum)]
    severity: Option<Severity>,
    /// Lowest confidence shown [default: medium, or the profile's]
    #[arg(long, value_enum)]
    confidence: Option<Confidence>,
    /// Lowest severity that makes the exit status 1 [default: warning]
    #[arg(long, value_enum)]
    fail_on: Option<FailOn>,
    /// Leave out notes and the summary
    #[arg(long, short)]
    quiet: bool,
    /// Apply exclude patterns to files named explicitly, too
    #[arg(long)]
    force_exclude: bool,
    #[command(flatten)]
    config: ConfigArgs,
    /// Name under which standard input is checked; its extension chooses the reader
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    stdin_filename: String,
    /// A CSV list of retracted works (columns as in Retraction Watch)
    #[arg(long, value_name = "FILE.csv")]
    retractions: Option<std::path::PathBuf>,
    /// Apply safe fixes, then report what is left
    #[arg(long)]
    fix: bool,
    /// With --fix or --diff: unsafe fixes, too. They need a person's eye
    #[arg(long)]
    unsafe_fixes: bool,
    /// Print what --fix would change, and change nothing
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
    /// Show only what is not in this baseline
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all findings shown to a baseline and exit with status 0
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "prune_baseline"])]
    write_baseline: Option<PathBuf>,
    /// Take entries whose finding is gone out of the baseline
    #[arg(long)]
    prune_baseline: bool,
    /// Report how often each rule was reported instead of the findings
    #[arg(long)]
    statistics: bool,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["write_baseline", "prune_baseline", "diff", "show_config"])]
    watch: bool,
    /// Print the settings in force and check nothing
    #[arg(long)]
    show_config: bool,
}

/// `FORMAT=FILE` of `--output`.
fn target(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, file) =
        text.split_once('=').ok_or("a form and a file are wanted, such as sarif=report.sarif")?;
    if file.is_empty() {
        return Err("the file has no name".to_owned());
    }
    Ok((Format::from_str(format, false)?, PathBuf::from(file)))
}

/// Run the command; hands back the exit status.
pub fn run(args: &Args, output: &mut Output) -> u8 {
    if args.watch { watch(args, output) } else { once(args, output) }
}

/// Check, wait for a change, and check again; ended by a signal, or by a reader that went away.
fn watch(args: &Args, output: &mut Output) -> u8 {
    let cwd = cwd();
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        output.trouble("--watch: standard input never changes; name a file");
        return STATUS_TROUBLE;
    }
    let mut watch = Watch {
        cwd: &cwd,
        paths: &args.paths,
        config: args.config.config.as_deref(),
        isolated: args.config.isolated,
        force_exclude: args.force_exclude,
        written: args.outputs.iter().map(|(_, path)| absolute(&cwd, path)).collect(),
        settings: BTreeSet::new(),
    };
    // Looked at before the check: what changes meanwhile is checked again.
    let mut seen = watch.look();
    loop {
        let status = once(args, output);
        if output.closed() {
            return status;
        }
        if !args.quiet {
            output.note("waiting for changes; Ctrl-C ends it");
        }
        let now = watch.wait(&seen);
        if !args.quiet {
            output.note(&format!("changed: {}", watch.changed(&seen, &now).join(", ")));
        }
        seen = now;
    }
}

fn once(args: &Args, output: &mut Output) -> u8 {
    let cwd = cwd();
    let Some((config, mut loaded)) = args.config.load(&[], output) else { return STATUS_TROUBLE };
    if !retractions(args, &config, &mut loaded, output) {
        return STATUS_TROUBLE;
    }
    let Some(selection) = selection(args, &config, &loaded, output) else { return STATUS_TROUBLE };
    let settings = Settings::new(args, &config, &selection);
    if args.show_config {
        output.print(settings.show(&config).as_bytes());
        return 0;
    }
    let Some(baseline) = known(args, &config, output) else { return STATUS_TROUBLE };
    let per_file = match PerFile::new(&cwd, &config) {
        Ok(per_file) => per_file,
        Err(error) => {
            output.rule_error(&error);
            return STATUS_TROUBLE;
        }
    };
    let request = Request {
        cwd: &cwd,
        baseline: baseline.as_ref().map(|(_, baseline)| baseline),
        paths: &args.paths,
        force_exclude: args.force_exclude,
        stdin_name: &args.stdin_filename,
        config: &config,
        loaded: &loaded,
        selection: &selection,
        per_file: &per_file,
        threshold: settings.threshold,
        exhibits: args.format == Format::Html
            || args.outputs.iter().any(|(format, _)| *format == Format::Html),
        progress: !args.quiet,
    };
    let mut fixed = fix::Done::default();
    if args.fix || args.diff {
        fixed = match fix::run(&request, args.unsafe_fixes, args.diff, output) {
            Ok(done) => done,
            Err(error) => {
                output.rule_error(&error);
                return STATUS_TROUBLE;
            }
        };
        if args.diff {
            return u8::from(fixed.files > 0);
        }
        if !args.quiet && fixed.fixes > 0 {
            output.note(&format!("applied {} fixes in {} files", fixed.fixes, fixed.files));
        }
    }
    let outcome = match run::run(&request) {
        Ok(outcome) => outcome,
        Err(error) => {
            output.rule_error(&error);
            return STATUS_TROUBLE;
        }
    };
    let language = language(args.lang, &config);
    if let Some(path) = &args.write_baseline {
        let known = Baseline::of(&outcome.findings, |path| run::root_path(&cwd, &config.root, path));
        if !save(&known, path, output) {
            return STATUS_TROUBLE;
        }
        output.unreadable(&outcome.notices, language);
        output.print(format!("wrote {} findings to {}\n", outcome.findings.len(), path.display()).as_bytes());
        return if outcome.counts.unreadable > 0 { STATUS_TROUBLE } else { 0 };
    }
    if let Some((path, baseline)) = baseline
        && args.prune_baseline
        && !save(&baseline.without(&outcome.stale), &path, output)
    {
        return STATUS_TROUBLE;
    }
    output.unreadable(&outcome.notices, language);
    let report = Report {
        files: &outcome.files,
        findings: &outcome.findings,
        notices: &outcome.notices,
        summary: outcome.counts,
        rules: &loaded.rules,
        language,
        exhibits: &outcome.exhibits,
    };
    output.print(&render(args, &report));
    let mut lost = false;
    for (format, path) in &args.outputs {
        let mut bytes = render_as(&report, *format, args.quiet);
        if *format == Format::Text {
            bytes = anstream::adapter::strip_bytes(&bytes).into_vec();
        }
        if let Err(error) = std::fs::write(path, bytes) {
            lost = true;
            output.trouble(&format!("{}: cannot be written: {}", path.display(), io_words(&error).0));
        }
    }
    if lost || fixed.trouble {
        STATUS_TROUBLE
    } else {
        status(&outcome, settings.fail_on, !loaded.broken.is_empty())
    }
}

/// Reads the list of retracted works that is in force; false after an error was reported.
fn retractions(args: &Args, config: &Config, loaded: &mut Loaded, output: &mut Output) -> bool {
    let configured = config.file.retractions.as_ref();
    let path = args.retractions.clone().or(configured.map(|path| config.root.join(path.get_ref())));
    let Some(path) = path else { return true };
    match super::refs::retractions(&path) {
        Ok(list) => {
            loaded.rules.data.retractions = list;
            return true;
        }
        Err(message) => match configured.filter(|_| args.retractions.is_none()) {
            Some(name) => output.rule_error(&config.error(name, message)),
            None => output.trouble(&message),
        },
    }
    false
}

/// The baseline in force, with its path; `None` after an error was reported.
fn known(args: &Args, config: &Config, output: &mut Output) -> Option<Option<(PathBuf, Baseline)>> {
    let configured = config.file.baseline.as_ref().map(|path| config.root.join(path.get_ref()));
    let Some(path) = args.baseline.clone().or(configured).filter(|_| args.write_baseline.is_none()) else {
        return Some(None);
    };
    let read = std::fs::read_to_string(&path).map_err(|e| format!("cannot be read: {}", io_words(&e).0));
    match read.and_then(|text| Baseline::read(&text)) {
        Ok(baseline) => Some(Some((path, baseline))),
        Err(message) => {
            output.trouble(&format!("{}: {message}", path.display()));
            None
        }
    }
}

fn save(baseline: &Baseline, path: &Path, output: &mut Output) -> bool {
    let written = std::fs::write(path, baseline.write());
    if let Err(error) = &written {
        output.trouble(&format!("{}: cannot be written: {}", path.display(), io_words(error).0));
    }
    written.is_ok()
}

fn render(args: &Args, report: &Report<'_>) -> Vec<u8> {
    if args.statistics && matches!(args.format, Format::Text | Format::Concise) {
        let mut out = report::summary::statistics(report);
        if !args.quiet {
            out.push_str(&report::summary::text(report));
        }
        return out.into_bytes();
    }
    render_as(report, args.format, args.quiet)
}

fn status(outcome: &Outcome, fail_on: FailOn, broken_rules: bool) -> u8 {
    if broken_rules || outcome.counts.unreadable > 0 {
        STATUS_TROUBLE
    } else if outcome.findings.iter().any(|finding| fail_on.reaches(finding.severity)) {
        1
    } else if outcome.counts.files == 0 && outcome.excluded == 0 {
        // Every named file excluded is what --force-exclude was asked for, not a mistake.
        STATUS_NOTHING_READ
    } else {
        0
    }
}

/// Which rules run; `None` after an unknown selector was reported.
fn selection(args: &Args, config: &Config, loaded: &Loaded, output: &mut Output) -> Option<Selection> {
    let rules = &loaded.rules;
    for (option, names) in [("--select", &args.select), ("--ignore", &args.ignore)] {
        for name in names {
            if !selects(rules, name) && loaded.broken.is_empty() {
                let hint = nearest_selector(rules, name)
                    .map(|n| format!("; did you mean `{n}`?"))
                    .unwrap_or_default();
                output.trouble(&format!(
                    "{option}: `{name}` selects no rule{hint} (`exolint rule` lists all rules)"
                ));
                return None;
            }
        }
    }
    for name in &args.profiles {
        if !profiles(rules).any(|profile| profile == name) {
            let known: BTreeSet<&str> = profiles(rules).collect();
            let known = known.into_iter().collect::<Vec<_>>().join(", ");
            output.trouble(&format!("--profile: there is no profile `{name}`; there are {known}"));
            return None;
        }
    }
    if args.profiles.iter().filter_map(|name| Stage::named(name)).count() > 1 {
        output.trouble("--profile: one of draft, submission and audit is enough");
        return None;
    }
    let file = &config.file;
    let written =
        |list: &[toml::Spanned<String>]| list.iter().map(|s| s.get_ref().clone()).collect::<Vec<_>>();
    let mut ignore: Vec<String> = file.ignored_rules().map(|(_, name)| name.clone()).collect();
    ignore.extend(args.ignore.iter().cloned());
    let mut profiles = written(&file.profiles);
    profiles.extend(args.profiles.iter().cloned());
    profiles.retain(|name| Stage::named(name).is_none());
    Some(Selection {
        select: if args.select.is_empty() { written(&file.select) } else { args.select.clone() },
        ignore,
        profiles,
        corpus_declared: !file.corpus.include.is_empty(),
    })
}

/// What is in force: the command line over the configuration over the defaults.
struct Settings<'a> {
    threshold: Threshold,
    fail_on: FailOn,
    lang: LanguageChoice,
    selection: &'a Selection,
}

impl<'a> Settings<'a> {
    fn new(args: &Args, config: &Config, selection: &'a Selection) -> Self {
        let file = &config.file;
        let asked = args.profiles.iter().find_map(|name| Stage::named(name)).map(Stage::threshold);
        let configured = file.profiles.iter().find_map(|name| Stage::named(name.get_ref()));
        let configured = configured.map(Stage::threshold).unwrap_or_default();
        let severity = args.severity.or(asked.map(|of| of.severity)).or(file.severity);
        let confidence = args.confidence.or(asked.map(|of| of.confidence)).or(file.confidence);
        Self {
            threshold: Threshold {
                severity: severity.unwrap_or(configured.severity),
                confidence: confidence.unwrap_or(configured.confidence),
            },
            fail_on: args.fail_on.or(file.fail_on).unwrap_or_default(),
            lang: args.lang.or(file.lang).unwrap_or_default(),
            selection,
        }
    }

    /// As a configuration file that gives the same settings.
    fn show(&self, config: &Config) -> String {
        let file = &config.file;
        let list = |spanned: &[toml::Spanned<String>]| {
            spanned.iter().map(|s| s.get_ref().clone()).collect::<Vec<_>>()
        };
        let mut table = toml::Table::new();
        let mut put = |key: &str, value: Result<toml::Value, toml::ser::Error>| {
            if let Ok(value) = value {
                table.insert(key.to_owned(), value);
            }
        };
        put("lang", toml::Value::try_from(self.lang));
        put("select", toml::Value::try_from(&self.selection.select));
        put("ignore", toml::Value::try_from(&self.selection.ignore));
        if let Some(baseline) = &file.baseline {
            put("baseline", toml::Value::try_from(baseline.get_ref()));
        }
        if let Some(retractions) = &file.retractions {
            put("retractions", toml::Value::try_from(retractions.get_ref()));
        }
        put("profiles", toml::Value::try_from(&self.selection.profiles));
        put("severity", toml::Value::try_from(self.threshold.severity));
        put("confidence", toml::Value::try_from(self.threshold.confidence));
        put("fail-on", toml::Value::try_from(self.fail_on));
        put("exclude", toml::Value::try_from(list(&file.exclude)));
        put("rule-files", toml::Value::try_from(list(&file.rule_files)));
        put("data-files", toml::Value::try_from(list(&file.data_files)));
        let per_file = file.per_file_ignores.iter();
        let per_file: toml::Table =
            per_file.map(|(pattern, rules)| (pattern.get_ref().clone(), list(rules).into())).collect();
        put("per-file-ignores", Ok(per_file.into()));
        let mut corpus = toml::Table::new();
        corpus.insert("include".to_owned(), list(&file.corpus.include).into());
        put("corpus", Ok(corpus.into()));
        let mut rules = toml::Table::new();
        for (code, settings) in &file.rules {
            let mut rule = toml::Table::new();
            if let Some(severity) = settings.severity {
                rule.insert("severity".to_owned(), severity.word().into());
            }
            if let Some(options) = &settings.options {
                rule.insert("options".to_owned(), options.clone().into());
            }
            rules.insert(code.get_ref().clone(), rule.into());
        }
        put("rules", Ok(rules.into()));
        let origin = match &config.path {
            Some(path) => format!("# settings in force, with {}\n", clean::line(&path.display().to_string())),
            None => "# settings in force; no configuration file\n".to_owned(),
        };
        origin + &toml::to_string_pretty(&table).unwrap_or_default()
    }
}
