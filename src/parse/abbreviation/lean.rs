//! The lexicon files of the binary are read at every start: a reader for the few forms of TOML that
//! they use. Anything else is left to the full reader.

use super::lexicon::Entry;

/// The entries of a file that holds nothing but `[[entry]]` tables with strings, lists of strings and
/// `true`, one key on a line; `None` otherwise.
pub fn entries(text: &str) -> Option<Vec<Entry>> {
    let mut out: Vec<Entry> = Vec::new();
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line == "[[entry]]" {
            out.push(Entry::default());
            continue;
        }
        let (name, value) = line.split_once(" = ")?;
        let entry = out.last_mut()?;
        match name {
            "short" => entry.short = list(value)?,
            "zh" => entry.zh = list(value)?,
            "en" => entry.en = list(value)?,
            "kind" => entry.kind = string(value)?.to_owned(),
            "source" => entry.source = string(value)?.to_owned(),
            "irregular" => entry.irregular = truth(value)?,
            "homonym" => entry.homonym = truth(value)?,
            "well_known" => entry.well_known = truth(value)?,
            "symbol" => entry.symbol = truth(value)?,
            _ => return None,
        }
    }
    (!out.is_empty() && out.iter().all(|entry| !entry.short.is_empty())).then_some(out)
}

fn truth(value: &str) -> Option<bool> {
    (value == "true").then_some(true)
}

fn string(value: &str) -> Option<&str> {
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains(['"', '\\'])).then_some(inner)
}

fn list(value: &str) -> Option<Vec<String>> {
    let mut rest = value.strip_prefix('[')?.strip_suffix(']')?;
    let mut out = Vec::with_capacity(4);
    while !rest.is_empty() {
        let body = rest.strip_prefix('"')?;
        let end = body.find('"')?;
        if body[..end].contains('\\') {
            return None;
        }
        out.push(body[..end].to_owned());
        rest = &body[end + 1..];
        rest = rest.strip_prefix(", ").or(rest.is_empty().then_some(""))?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::builtin;
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct File {
        entry: Vec<Entry>,
    }

    #[test]
    fn it_reads_every_file_of_ours_as_the_full_reader_does() {
        for (path, text) in builtin::FILES {
            let lean = entries(text);
            let full = toml::from_str::<File>(text).map(|file| file.entry).ok();
            assert!(lean.is_some(), "{path} holds a form that the lean reader leaves to the full one");
            assert_eq!(lean, full, "{path}");
        }
    }

    #[test]
    fn other_forms_are_left_to_the_full_reader() {
        for text in [
            "",
            "short = [\"A\"]",
            "[[entry]]\nshort = [\"A\",\"B\"]\n",
            "[[entry]]\nshort = ['A']\n",
            "[[entry]]\nshort = [\"A\\\"\"]\n",
            "[[entry]]\nshort = [\"A\"]\nshrot = []\n",
            "[[entry]]\nshort = [\"A\"]\nhomonym = false\n",
            "[[entry]]\nen = [\"a\"]\n",
            "[[entry]]\nshort = [\"A\"] # usual\n",
        ] {
            assert_eq!(entries(text), None, "{text}");
        }
    }
}
