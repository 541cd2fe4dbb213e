//! `--fix` over damaged copies of texts: what is damaged so that it can be mended safely comes back as it was,
//! nothing else changes, a second run changes nothing, and unsafe fixes wait for their flag.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod binary;

use binary::Scratch;
use exolint::document::Document;
use exolint::engine::Selection;
use exolint::finding::Finding;
use exolint::fix::Fixer;
use exolint::policy::Threshold;
use exolint::rules::Rules;
use exolint::source::Source;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The text after `--fix`.
fn fixed(name: &str, text: &str, unsafe_fixes: bool) -> String {
    let choose = |_: &Document, findings: Vec<Finding>| -> Vec<Finding> {
        findings.into_iter().filter(|finding| Threshold::default().shows(finding)).collect()
    };
    let selection = Selection::default();
    Fixer { rules: Rules::builtin(), selection: &selection, unsafe_fixes, choose: &choose }
        .fix(name, text)
        .text
}

/// Texts of a folder of this repository or beside it; a folder beside it may be absent.
fn texts(folder: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let Ok(entries) = std::fs::read_dir(&path) else {
        let required = std::env::var("EXOLINT_REQUIRE_SHARED").is_ok_and(|value| value == "1");
        assert!(!required, "{} is absent", path.display());
        eprintln!("skipped: no texts at {}", path.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        let source = Source::from_bytes(&name, std::fs::read(&path).ok()?).ok()?;
        matches!(path.extension()?.to_str()?, "txt" | "md").then(|| (name, source.text.to_string()))
    };
    paths.into_iter().filter_map(read).collect()
}

fn all_texts() -> Vec<(String, String)> {
    ["seeds", "../shared/seeds", "../shared/corpus/zh-txt", "../shared/corpus/en-txt"]
        .into_iter()
        .flat_map(texts)
        .collect()
}

/// Numbers without order, the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

/// Places of names such as `IL-6`: letters, hyphen, digit, with nothing of a word around.
fn names(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    for (at, _) in text.match_indices('-') {
        let start = bytes[..at].iter().rposition(|b| !b.is_ascii_uppercase()).map_or(0, |p| p + 1);
        let digits = bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        let end = at + 1 + digits;
        let letters = at - start;
        let lone =
            |byte: Option<&u8>| byte.is_none_or(|b| !b.is_ascii_alphanumeric() && !b"-/_.".contains(b));
        let before = start.checked_sub(1).and_then(|p| bytes.get(p));
        if (2..=4).contains(&letters) && (1..=2).contains(&digits) && lone(before) && lone(bytes.get(end)) {
            out.push((start, end));
        }
    }
    out
}

/// How many lines differ, when both have the same number of them.
fn lines_other(a: &str, b: &str) -> Option<Vec<usize>> {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split('\n').collect(), b.split('\n').collect());
    (a.len() == b.len()).then(|| (0..a.len()).filter(|&n| a[n] != b[n]).collect())
}

#[test]
fn what_was_damaged_safely_comes_back_and_nothing_else_changes() {
    let results: Vec<(usize, usize)> = all_texts()
        .par_iter()
        .map(|(name, text)| {
            // Fixed first, so that what is damaged is all there is to fix.
            let clean = fixed(name, text, false);
            assert_eq!(fixed(name, &clean, false), clean, "{name}: a second run changes something");
            let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ text.len() as u64);
            let mut places = names(&clean);
            while places.len() > 6 {
                places.remove(dice.below(places.len()));
            }
            let mut damaged = clean.clone();
            for (n, &(start, end)) in places.iter().enumerate().rev() {
                let name = &clean[start..end];
                let (letters, number) = name.split_once('-').unwrap();
                let other = if n % 2 == 0 {
                    format!("{letters}- {number}")
                } else {
                    let first = letters.chars().next().unwrap();
                    let wide = char::from_u32(u32::from(first) + 0xfee0).unwrap();
                    format!("{wide}{}-{number}", &letters[1..])
                };
                damaged.replace_range(start..end, &other);
            }
            let mended = fixed(name, &damaged, false);
            assert_eq!(fixed(name, &mended, false), mended, "{name}: a second run changes something");
            // Every line is as it was before the damage, or, where nothing was seen, as damaged.
            let other = lines_other(&mended, &clean).unwrap_or_else(|| panic!("{name}: a line came or went"));
            let (mended, damaged): (Vec<&str>, Vec<&str>) =
                (mended.split('\n').collect(), damaged.split('\n').collect());
            let clean: Vec<&str> = clean.split('\n').collect();
            for &n in &other {
                let known = mended[n] == damaged[n] || {
                    // Two damages in one line, one of them seen: letter by letter one of the two.
                    let bare = |line: &str| line.replace("- ", "-");
                    bare(mended[n]).chars().count() == bare(clean[n]).chars().count()
                };
                assert!(known, "{name}: line {} is new:\n{}\n{}", n + 1, clean[n], mended[n]);
            }
            (places.len(), other.len())
        })
        .collect();
    let (damages, left) = results.iter().fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    println!("{damages} damaged names in {} texts, {left} lines not mended", results.len());
    assert!(damages >= 20 && left * 10 <= damages * 3, "{damages} damaged, {left} left");
}

#[test]
fn unsafe_fixes_wait_for_their_flag() {
    let dir = Scratch::new("fix-unsafe");
    let offered = |ran: binary::Ran, safety: &str| {
        let json = ran.json();
        let all = json["findings"].as_array().unwrap().clone();
        all.iter().filter(|finding| finding["fix"]["safety"] == safety).count()
    };
    let mut all = 0;
    for (name, text) in texts("seeds") {
        dir.write(&name, text);
        let args =
            |more: &'static str| ["check", "--format", "json", "--isolated", more, &name].map(str::to_owned);
        let before = dir.run(&args("--quiet"));
        let (safe, waiting) = (offered(before, "unsafe"), offered(dir.run(&args("--fix")), "unsafe"));
        assert_eq!(safe, waiting, "{name}: an unsafe fix was made without its flag");
        all += waiting;
        let dropped = dir.run(&["check", "--isolated", "--quiet", "--fix", "--unsafe-fixes", &name]);
        let left = offered(dir.run(&args("--quiet")), "unsafe");
        assert!(left == 0 || dropped.err.contains("would bring a new error"), "{name}: {left} left");
    }
    assert!(all >= 5, "only {all} unsafe fixes are offered");
}

/// One text in many forms of bytes: the same change in each, all else byte for byte.
#[test]
fn bytes_outside_a_fix_stay_in_every_encoding() {
    let text = "标题\n\n外泌体降低IL- 6与HIF- 1α的水平，其余文字原样保留。\n\t末行　没有换行";
    let mended = text.replace("IL- 6", "IL-6").replace("HIF- 1", "HIF-1");
    let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    type Form = (&'static str, Box<dyn Fn(&str) -> Vec<u8>>);
    let forms: Vec<Form> = vec![
        ("utf8", Box::new(|t: &str| t.as_bytes().to_vec())),
        ("utf8-mark", Box::new(|t: &str| format!("\u{feff}{t}").into_bytes())),
        ("utf16-le", Box::new(move |t: &str| utf16(t, u16::to_le_bytes))),
        ("utf16-be", Box::new(move |t: &str| utf16(t, u16::to_be_bytes))),
        ("gb18030", Box::new(|t: &str| encoding_rs::GB18030.encode(t).0.into_owned())),
    ];
    let dir = Scratch::new("fix-encodings");
    for (name, form) in &forms {
        for (ends, end) in [("lf", "\n"), ("crlf", "\r\n"), ("mixed", "\r\n\n")] {
            let file = format!("{name}-{ends}.txt");
            let as_written = |text: &str| form(&text.replacen('\n', end, 2));
            dir.write(&file, as_written(text));
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mode = std::fs::Permissions::from_mode(0o604);
                std::fs::set_permissions(dir.path.join(&file), mode).unwrap();
            }
            dir.run(&["check", "--fix", "--select", "TXT006", &file]).exits(0);
            let bytes = std::fs::read(dir.path.join(&file)).unwrap();
            assert!(bytes == as_written(&mended), "{file}: {:?}", String::from_utf8_lossy(&bytes));
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mode = std::fs::metadata(dir.path.join(&file)).unwrap().permissions().mode();
                assert_eq!(mode & 0o777, 0o604, "{file}");
            }
        }
    }
}

/// The shared mutants, one defect per copy: a fixed point with and without the flag, and no line changed but
/// those of findings.
#[test]
fn shared_mutants_reach_a_fixed_point() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = root.join("../shared/corpus/make_mutants.py");
    let sources: Vec<PathBuf> = ["../shared/corpus/zh-txt", "../shared/corpus/en-txt"]
        .into_iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten())
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "md" || e == "txt"))
        .collect();
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fix-mutants");
    let _ = std::fs::remove_dir_all(&out);
    let types = "broken_bracket,reversed_range,duplicate_word,doi_corrupt,issn_checksum";
    let made = Command::new("python3")
        .arg(&script)
        .args([
            "--out".as_ref(),
            out.as_os_str(),
            "-n".as_ref(),
            "1".as_ref(),
            "--types".as_ref(),
            types.as_ref(),
        ])
        .args(&sources)
        .output();
    if !script.is_file() || made.is_err() {
        let required = std::env::var("EXOLINT_REQUIRE_SHARED").is_ok_and(|value| value == "1");
        assert!(!required, "no mutants could be made with {}", script.display());
        eprintln!("skipped: no mutants without {}", script.display());
        return;
    }
    let made = made.unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let mut mutants = Vec::new();
    let mut folders = vec![out];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "md" || e == "txt") {
                mutants.push(path);
            }
        }
    }
    assert!(mutants.len() >= 10, "only {} mutants", mutants.len());
    let changed: Vec<(bool, bool)> = mutants
        .par_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            let text = std::fs::read_to_string(path).unwrap();
            let both = [false, true].map(|unsafe_fixes| {
                let once = fixed(&name, &text, unsafe_fixes);
                assert_eq!(fixed(&name, &once, unsafe_fixes), once, "{name}: a second run changes something");
                once != text
            });
            (both[0], both[1])
        })
        .collect();
    let count = |of: fn(&(bool, bool)) -> bool| changed.iter().filter(|one| of(one)).count();
    println!(
        "{} mutants: {} changed by safe fixes, {} with unsafe ones",
        changed.len(),
        count(|c| c.0),
        count(|c| c.1)
    );
    assert!(count(|c| c.1) * 3 >= changed.len(), "unsafe fixes reach too few mutants");
}
