//! Which files a run reads.

use crate::format;
use crate::report::{Notice, NoticeKind};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use ignore::WalkBuilder;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::HashSet;
use std::io;
use std::path::{Component, Path, PathBuf};

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// Its name in reports: as the user wrote it, `/` between folders.
    pub name: String,
    /// Absolute, without `.` and `..`: tells whether two inputs are one file.
    pub absolute: PathBuf,
}

/// What the paths of a run came to.
#[derive(Debug, Default)]
pub struct Found {
    /// Files in order of name, each once.
    pub files: Vec<Input>,
    /// What could not be read or is passed over.
    pub notices: Vec<Notice>,
    /// Files named and left out by an exclude pattern.
    pub excluded: usize,
}

/// Exclude patterns, in the form of `.gitignore` lines.
pub struct Excludes {
    root: PathBuf,
    patterns: Gitignore,
}

impl Excludes {
    /// Patterns relative to `root`; the error says which is broken.
    pub fn new<'a>(root: &Path, patterns: impl Iterator<Item = &'a str>) -> Result<Self, (usize, String)> {
        let mut builder = GitignoreBuilder::new(root);
        for (n, pattern) in patterns.enumerate() {
            builder.add_line(None, pattern).map_err(|e| (n, e.to_string()))?;
        }
        let patterns = builder.build().map_err(|e| (0, e.to_string()))?;
        Ok(Self { root: root.to_path_buf(), patterns })
    }

    /// True for an absolute path that is left out.
    pub fn matches(&self, absolute: &Path, is_dir: bool) -> bool {
        absolute
            .strip_prefix(&self.root)
            .is_ok_and(|path| self.patterns.matched_path_or_any_parents(path, is_dir).is_ignore())
    }
}

/// Globs over paths relative to the configuration (`[corpus] include`).
pub fn globs<'a>(patterns: impl Iterator<Item = &'a str>) -> Result<GlobSet, (usize, String)> {
    let mut builder = GlobSetBuilder::new();
    for (n, pattern) in patterns.enumerate() {
        let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
        let glob = GlobBuilder::new(pattern)
            .literal_separator(true)
            .build()
            .map_err(|e| (n, e.kind().to_string()))?;
        builder.add(glob);
    }
    builder.build().map_err(|e| (0, e.to_string()))
}

/// Find the files of `paths`. A walked folder yields the files that have a reader; a file named
/// explicitly always counts, unless `force_exclude` and an exclude pattern say otherwise.
pub fn discover(cwd: &Path, paths: &[PathBuf], excludes: &Excludes, force_exclude: bool) -> Found {
    let mut found = Found::default();
    for path in paths {
        let absolute = absolute(cwd, path);
        let name = display_name(path);
        let metadata = match std::fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) => {
                found.notices.push(unreadable(&name, &error));
                continue;
            }
        };
        if force_exclude && excludes.matches(&absolute, metadata.is_dir()) {
            found.excluded += 1;
            continue;
        }
        if metadata.is_dir() {
            walk(cwd, path, excludes, &mut found);
        } else if let Some((en, zh)) = way_out(&name) {
            found.notices.push(Notice::new(NoticeKind::Unreadable, &name, en, zh));
        } else {
            found.files.push(Input { path: path.clone(), name, absolute });
        }
    }
    found.files.sort_by(|a, b| a.name.cmp(&b.name));
    let mut seen = HashSet::new();
    found.files.retain(|file| seen.insert(file.absolute.clone()));
    found.notices.sort_by(|a, b| (&a.path, a.kind).cmp(&(&b.path, b.kind)));
    found
}

fn walk(cwd: &Path, folder: &Path, excludes: &Excludes, found: &mut Found) {
    let mut builder = WalkBuilder::new(folder);
    builder.ignore(false).git_global(false).git_exclude(true).follow_links(false).sort_by_file_name(Ord::cmp);
    for entry in builder.build() {
        match entry {
            Ok(entry) => {
                let Some(kind) = entry.file_type() else { continue };
                if !kind.is_file() || !has_reader(entry.path()) {
                    continue;
                }
                let absolute = absolute(cwd, entry.path());
                if !excludes.matches(&absolute, false) {
                    let name = display_name(entry.path());
                    found.files.push(Input { path: entry.path().to_path_buf(), name, absolute });
                }
            }
            Err(error) => {
                let name = path_of(&error).map_or_else(|| display_name(folder), display_name);
                match error.io_error() {
                    Some(io) => found.notices.push(unreadable(&name, io)),
                    None => found.notices.push(Notice::new(
                        NoticeKind::Skipped,
                        &name,
                        error.to_string(),
                        error.to_string(),
                    )),
                }
            }
        }
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

fn has_reader(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    format::readers().iter().any(|reader| reader.extensions().contains(&extension.as_str()))
}

/// For a file of a known format that has no reader: what to do instead, in both languages.
pub fn way_out(name: &str) -> Option<(String, String)> {
    let (stem, extension) = name.rsplit_once('.')?;
    if has_reader(Path::new(name)) {
        return None;
    }
    let convert = |what: (&str, &str), command: String| {
        Some((
            format!("{} cannot be read yet; convert it first, for example with `{command}`", what.0),
            format!("暂不能读取{}；请先转换，例如：`{command}`", what.1),
        ))
    };
    let pandoc =
        |what, from: &str| convert(what, format!("pandoc -f {from} -t markdown {name} -o {stem}.md"));
    match extension.to_ascii_lowercase().as_str() {
        "docx" => pandoc(("Word files (.docx)", "Word 文档（.docx）"), "docx"),
        "odt" => pandoc(("OpenDocument texts (.odt)", "OpenDocument 文档（.odt）"), "odt"),
        "rtf" => pandoc(("RTF files (.rtf)", "RTF 文档（.rtf）"), "rtf"),
        "epub" => pandoc(("EPUB files (.epub)", "EPUB 文件（.epub）"), "epub"),
        "html" | "htm" | "xhtml" => pandoc(("HTML pages (.html)", "HTML 页面（.html）"), "html"),
        "xml" | "nxml" => pandoc(("JATS files (.xml)", "JATS 文件（.xml）"), "jats"),
        "tex" | "ltx" => pandoc(("LaTeX files (.tex)", "LaTeX 文件（.tex）"), "latex"),
        "pdf" => convert(("PDF files (.pdf)", "PDF 文件（.pdf）"), format!("pdftotext {name} {stem}.txt")),
        "doc" | "wps" => convert(
            ("old Word files (.doc, .wps)", "旧版 Word/WPS 文档（.doc、.wps）"),
            format!("soffice --headless --convert-to txt:Text {name}"),
        ),
        "bib" | "ris" | "enw" | "nbib" => Some((
            "reference databases are no texts and cannot be read yet; name the text with its reference list"
                .to_owned(),
            "暂不能读取文献库文件；请指定带有参考文献表的正文文件".to_owned(),
        )),
        _ => None,
    }
}

/// A notice for something that could not be opened.
pub fn unreadable(name: &str, error: &io::Error) -> Notice {
    let (en, zh) = io_words(error);
    Notice::new(NoticeKind::Unreadable, name, format!("cannot be read: {en}"), format!("无法读取：{zh}"))
}

/// An input/output error in words, in both languages.
pub fn io_words(error: &io::Error) -> (String, String) {
    let (en, zh) = match error.kind() {
        io::ErrorKind::NotFound => ("no such file or folder", "文件或文件夹不存在"),
        io::ErrorKind::PermissionDenied => ("permission denied", "没有读取权限"),
        io::ErrorKind::IsADirectory => ("it is a folder", "这是一个文件夹"),
        io::ErrorKind::InvalidFilename => ("the name is too long or not allowed", "文件名过长或不合法"),
        _ => return (error.to_string(), error.to_string()),
    };
    (en.to_owned(), zh.to_owned())
}

/// A path as shown: without a leading `./`, `/` between folders, unreadable bytes replaced.
pub fn display_name(path: &Path) -> String {
    let name = path.to_string_lossy();
    let name = if std::path::MAIN_SEPARATOR == '\\' { name.replace('\\', "/") } else { name.into_owned() };
    match name.strip_prefix("./") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => name,
    }
}

/// Absolute and without `.` and `..`, by its words alone: links are not followed.
pub fn absolute(cwd: &Path, path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in cwd.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_absolute_paths() {
        assert_eq!(display_name(Path::new("./a/b.txt")), "a/b.txt");
        assert_eq!(absolute(Path::new("/x/y"), Path::new("../z/./a")), Path::new("/x/z/a"));
    }

    #[test]
    fn known_formats_without_a_reader_name_a_way_out() {
        assert!(way_out("a.pdf").is_some_and(|(en, _)| en.contains("pdftotext a.pdf a.txt")));
        assert!(way_out("a.txt").is_none());
        assert!(way_out("notes").is_none());
    }

    #[test]
    fn excludes_are_gitignore_lines() {
        let excludes = Excludes::new(Path::new("/p"), ["drafts/", "*.bak.txt", "/top.txt"].into_iter());
        let excludes = excludes.unwrap_or_else(|e| panic!("{e:?}"));
        for (path, out) in [
            ("/p/drafts/a.txt", true),
            ("/p/x/drafts/a.txt", true),
            ("/p/a.bak.txt", true),
            ("/p/top.txt", true),
            ("/p/x/top.txt", false),
            ("/elsewhere/drafts/a.txt", false),
        ] {
            assert_eq!(excludes.matches(Path::new(path), false), out, "{path}");
        }
    }
}
