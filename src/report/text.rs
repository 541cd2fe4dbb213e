//! The report for people, drawn by codespan-reporting.

use super::snippet::Snippets;
use super::{Report, Worded, clean, summary};
use crate::finding::{Finding, Safety, Severity};
use crate::rules::{Language, RuleError};
use codespan_reporting::diagnostic::{self, Diagnostic, Label};
use codespan_reporting::files::SimpleFile;
use codespan_reporting::term::{self, Styles, StylesWriter, termcolor::Ansi};

/// The whole report: every finding, notices, and a summary line. Coloured; `anstream` takes the
/// colour away where it is not wanted.
pub fn render(report: &Report<'_>, quiet: bool) -> Vec<u8> {
    let mut out = Vec::new();
    for finding in report.findings {
        if let Some(words) = Worded::new(finding, report.rules, report.language) {
            draw(&mut out, finding, &words, report.language);
        }
    }
    if !quiet {
        out.extend_from_slice(summary::text(report).as_bytes());
    }
    out
}

/// A broken configuration or rule file, with a caret.
pub fn render_error(error: &RuleError) -> Vec<u8> {
    let name = clean::line(&error.path);
    let mut diagnostic = Diagnostic::error().with_message(clean::prose(&error.message));
    if let Some(span) = &error.span {
        // The span may lie at the end of the text, or (an empty file) past it.
        let end = span.end.min(error.text.len());
        let label = Label::primary((), span.start.min(end)..end);
        diagnostic = diagnostic.with_label(label);
    } else {
        diagnostic = diagnostic.with_note(name.clone());
    }
    if let Some(hint) = &error.hint {
        diagnostic = diagnostic.with_note(format!("help: {}", clean::prose(hint)));
    }
    // Same number of bytes each, so the span stays right.
    let shown: String = error.text.chars().map(|c| if c == '\n' { c } else { same_length(c) }).collect();
    let mut out = Vec::new();
    emit(&mut out, &SimpleFile::new(name, shown), &diagnostic);
    out
}

fn draw(out: &mut Vec<u8>, finding: &Finding, words: &Worded<'_>, language: Language) {
    let mut places = vec![&finding.place];
    places.extend(finding.related.iter().map(|related| &related.place));
    let snippets = Snippets::new(&places);
    let mut labels: Vec<Label<usize>> = Vec::new();
    for segment in &finding.place.segments {
        if let Some((file, bytes)) = snippets.locate(&finding.place.path, segment) {
            labels.push(Label::primary(file, bytes));
        }
    }
    for related in &finding.related {
        let mut message = Some(words.related(related));
        for segment in &related.place.segments {
            if let Some((file, bytes)) = snippets.locate(&related.place.path, segment) {
                let label = Label::secondary(file, bytes);
                labels.push(match message.take() {
                    Some(message) => label.with_message(clean::prose(&message)),
                    None => label,
                });
            }
        }
    }
    let (severity, word) = match finding.severity {
        Severity::Error => (diagnostic::Severity::Error, "error"),
        Severity::Warning => (diagnostic::Severity::Warning, "warning"),
        Severity::Info => (diagnostic::Severity::Note, "note"),
    };
    let mut diagnostic = Diagnostic::new(severity)
        .with_code(&words.record.code)
        .with_message(clean::prose(&words.message()))
        .with_labels(labels);
    if let Some(help) = words.help() {
        diagnostic =
            diagnostic.with_note(format!("{}{}", say(language, "help: ", "说明："), clean::prose(&help)));
    }
    if let Some(note) = fix_note(finding, words, language) {
        diagnostic = diagnostic.with_note(note);
    }
    let mut buffer = Vec::new();
    emit(&mut buffer, &snippets, &diagnostic);
    // codespan knows no "info" and no Chinese: its severity word, always the first word before the
    // code, is exchanged for ours.
    let text = String::from_utf8_lossy(&buffer);
    let ours = format!("{}[", severity_word(finding.severity, language));
    out.extend_from_slice(text.replacen(&format!("{word}["), &ours, 1).as_bytes());
}

fn fix_note(finding: &Finding, words: &Worded<'_>, language: Language) -> Option<String> {
    let fix = finding.fix.as_ref()?;
    let edit = fix.edits.first()?;
    let kind = match fix.safety {
        Safety::Safe => say(language, "fix: ", "可自动修改："),
        Safety::Unsafe => say(language, "possible fix: ", "建议修改（须确认）："),
    };
    let message = words.fix().unwrap_or_else(|| match language {
        Language::En if edit.replacement.is_empty() => "delete it".to_owned(),
        Language::En => format!("write “{}”", edit.replacement),
        Language::Zh if edit.replacement.is_empty() => "删去".to_owned(),
        Language::Zh => format!("改为“{}”", edit.replacement),
    });
    Some(format!("{kind}{}", clean::prose(&message)))
}

fn say<'a>(language: Language, en: &'a str, zh: &'a str) -> &'a str {
    if language == Language::Zh { zh } else { en }
}

/// The word for a severity in a language.
pub fn severity_word(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::En) => "error",
        (Severity::Warning, Language::En) => "warning",
        (Severity::Info, Language::En) => "info",
        (Severity::Error, Language::Zh) => "错误",
        (Severity::Warning, Language::Zh) => "警告",
        (Severity::Info, Language::Zh) => "提示",
    }
}

fn emit<'f, F>(out: &mut Vec<u8>, files: &'f F, diagnostic: &Diagnostic<F::FileId>)
where
    F: codespan_reporting::files::Files<'f>,
{
    let styles = Styles::default();
    let config = term::Config::default();
    let mut buffer = Vec::new();
    let mut writer = StylesWriter::new(Ansi::new(&mut buffer), &styles);
    if term::emit_to_write_style(&mut writer, &config, files, diagnostic).is_err() {
        // A place without an excerpt must still be reported.
        buffer.clear();
        let plain = Diagnostic { labels: Vec::new(), ..diagnostic.clone() };
        let mut writer = StylesWriter::new(Ansi::new(&mut buffer), &styles);
        let _ = term::emit_to_write_style(&mut writer, &config, files, &plain);
    }
    out.append(&mut buffer);
}

/// A visible character that takes as many bytes, for hostile ones.
fn same_length(c: char) -> char {
    match (clean::is_hostile(c), c.len_utf8()) {
        (false, _) => c,
        (true, 1) => '?',
        (true, 2) => '¿',
        (true, 3) => '\u{fffd}',
        (true, _) => '🛇',
    }
}
