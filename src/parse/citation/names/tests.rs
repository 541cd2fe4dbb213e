use super::*;

fn tables() -> (Tables, metadata::Tables) {
    (Tables::load(&[]).unwrap(), metadata::Tables::load(&[]).unwrap())
}

fn inside(head: &str) -> Option<(Vec<&str>, bool, NamesKind)> {
    let (tables, people) = tables();
    let names = bracketed(head, &tables, &people)?;
    Some((names.spans.iter().map(|s| &head[s.range()]).collect(), names.more, names.kind))
}

fn before(head: &str) -> Option<(Vec<&str>, bool, NamesKind)> {
    let (tables, people) = tables();
    let names = running(head, true, &tables, &people, &|name| name == "何平")?;
    Some((names.spans.iter().map(|s| &head[s.range()]).collect(), names.more, names.kind))
}

#[test]
fn names_in_brackets() {
    use NamesKind::{Group, Several, Single};
    assert_eq!(inside("Moor, Hall, & Lind, "), Some((vec!["Moor", "Hall", "Lind"], false, Several)));
    assert_eq!(inside("see also van der Moor et al., "), Some((vec!["van der Moor"], true, Several)));
    assert_eq!(inside("Mooretal.,"), Some((vec!["Moor"], true, Several)));
    assert_eq!(inside("Moor and Hall-Lind "), Some((vec!["Moor", "Hall-Lind"], false, Several)));
    assert_eq!(inside("J. A. Moor & O’Hall B, "), Some((vec!["Moor", "O’Hall"], false, Several)));
    assert_eq!(inside("Moor, J. A., "), Some((vec!["Moor"], false, Single)));
    assert_eq!(inside("何平，李文海等，"), Some((vec!["何平", "李文海"], true, Several)));
    assert_eq!(inside("参见何平和李文海，"), Some((vec!["何平", "李文海"], false, Several)));
    assert_eq!(inside("何平,李文,& Moor,"), Some((vec!["何平", "李文", "Moor"], false, Several)));
    assert_eq!(inside("Moor等，"), Some((vec!["Moor"], true, Several)));
    assert_eq!(inside("国家骨科委员会，"), Some((vec!["国家骨科委员会"], false, Group)));
    assert_eq!(inside("World Bone Organization, "), Some((vec!["World Bone Organization"], false, Group)));
    assert_eq!(inside("the mean of all years, "), None);
    assert_eq!(inside("in mice, "), None);
    assert_eq!(inside("January "), None);
    assert_eq!(inside(""), None);
}

#[test]
fn names_in_running_text() {
    use NamesKind::{Several, Single};
    assert_eq!(before("as shown by Moor et al. "), Some((vec!["Moor"], true, Several)));
    assert_eq!(
        before("In mice, Moor, Hall, and Lind "),
        Some((vec!["Moor", "Hall", "Lind"], false, Several))
    );
    assert_eq!(before("In Ocimum, Moor "), Some((vec!["Moor"], false, Single)));
    assert_eq!(before("此后何平"), Some((vec!["何平"], false, Single)));
    assert_eq!(before("而李文海等"), Some((vec!["李文海"], true, Several)));
    assert_eq!(before("，李文海和王青"), None);
    assert_eq!(before("in the years "), None);
}
