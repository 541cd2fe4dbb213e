//! `--fix`, `--unsafe-fixes`, `--diff`.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod binary;

use binary::Scratch;
use std::path::{Path, PathBuf};

/// One safe fix (a stray space) and one unsafe one (a doubled word).
const TEXT: &str = "外泌体能够能够降低HIF- 1α的水平。\n";

#[test]
fn safe_fixes_are_applied_and_unsafe_ones_only_on_request() {
    let dir = Scratch::new("fix");
    dir.write("a.txt", TEXT);
    let diff = dir.run(&["check", "a.txt", "--diff"]).exits(1);
    assert!(
        diff.out.contains("-外泌体能够能够降低HIF- 1α") && diff.out.contains("+外泌体能够能够降低HIF-1α"),
        "{}",
        diff.out
    );
    assert_eq!(dir.read("a.txt"), TEXT, "--diff changes nothing");
    let ran = dir.run(&["check", "a.txt", "--fix", "--lang", "en"]).exits(1);
    assert_eq!(dir.read("a.txt"), "外泌体能够能够降低HIF-1α的水平。\n");
    assert_eq!(ran.err, "note: applied 1 fixes in 1 files\n");
    assert!(
        ran.out.contains("TXT003") && !ran.out.contains("TXT006"),
        "what is left is reported\n{}",
        ran.out
    );
    dir.run(&["check", "a.txt", "--fix", "--unsafe-fixes"]).exits(0);
    assert_eq!(dir.read("a.txt"), "外泌体能够降低HIF-1α的水平。\n");
    dir.run(&["check", "a.txt", "--diff", "--unsafe-fixes"]).exits(0);
}

#[test]
fn encoding_mark_line_ends_and_permissions_stay() {
    let dir = Scratch::new("fix-bytes");
    let text = "甲。\r\n外泌体降低HIF- 1α的水平，为确保检测能够成功而多写几句中文。\r\n乙。";
    let mended = text.replace("HIF- 1", "HIF-1");
    let utf16 = |text: &str| -> Vec<u8> {
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let gb = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    dir.write("bom.txt", format!("\u{feff}{text}")).write("wide.txt", utf16(text)).write("gb.txt", gb(text));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |mode| std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(dir.path.join("gb.txt"), mode(0o640)).unwrap();
        std::os::unix::fs::symlink("gb.txt", dir.path.join("link.txt")).unwrap();
    }
    dir.run(&["check", "--fix"]);
    let bytes = |name: &str| std::fs::read(dir.path.join(name)).unwrap();
    assert_eq!(String::from_utf8(bytes("bom.txt")).unwrap(), format!("\u{feff}{mended}"));
    assert_eq!(bytes("wide.txt"), utf16(&mended));
    assert_eq!(bytes("gb.txt"), gb(&mended));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(dir.path.join("gb.txt")).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(dir.path.join("link.txt").is_symlink());
    }
    let left: Vec<PathBuf> = std::fs::read_dir(&dir.path).unwrap().flatten().map(|e| e.path()).collect();
    assert!(!left.iter().any(|path| path.to_string_lossy().contains("exolint-")), "{left:?}");
}

#[test]
fn suppressed_and_known_findings_are_not_fixed() {
    let dir = Scratch::new("fix-keep");
    let text = format!("<!-- exolint-ignore[TXT006]: 引文如此 -->\n\n{TEXT}");
    dir.write("a.md", &text).write("b.txt", TEXT);
    dir.run(&["check", "b.txt", "--write-baseline", "known.json"]).exits(0);
    dir.run(&["check", "--fix", "--unsafe-fixes", "--select", "TXT006,SUP", "--baseline", "known.json"]);
    assert_eq!((dir.read("a.md"), dir.read("b.txt")), (text, TEXT.to_owned()));
    // A suppression nothing needs is deleted, its line with it.
    dir.write("c.md", "一段。\n\n<!-- exolint-ignore[TXT006]: 已改 -->\n另一段。\n");
    dir.run(&["check", "c.md", "--fix"]);
    assert_eq!(dir.read("c.md"), "一段。\n\n另一段。\n");
}

/// Every text of a folder, fixed to the end: a second run changes nothing, and nothing but the places of
/// fixes differs.
fn reaches_a_fixed_point(from: &Path, name: &str) {
    let dir = Scratch::new(name);
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), dir.path.join(entry.file_name())).unwrap();
        }
    }
    for more in [&[][..], &["--unsafe-fixes"]] {
        let args = |first: &'static str| [&["check", "--isolated", "-q", first], more].concat();
        dir.run(&args("--fix"));
        let again = dir.run(&args("--diff"));
        assert_eq!((again.out.as_str(), again.status), ("", 0), "{}", again.err);
    }
}

#[test]
fn fixing_the_seeds_reaches_a_fixed_point() {
    reaches_a_fixed_point(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"), "fix-seeds");
}

#[test]
fn fixing_real_texts_reaches_a_fixed_point() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (n, folder) in
        ["../shared/seeds", "../shared/corpus/en-txt", "../shared/corpus/zh-txt"].into_iter().enumerate()
    {
        let folder = root.join(folder);
        if folder.is_dir() {
            reaches_a_fixed_point(&folder, &format!("fix-real-{n}"));
        } else {
            let required = std::env::var("EXOLINT_REQUIRE_SHARED").is_ok_and(|value| value == "1");
            assert!(!required, "{} is absent", folder.display());
            eprintln!("skipped: no texts at {}", folder.display());
        }
    }
}
