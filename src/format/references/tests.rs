use super::*;

#[test]
fn headings_of_lists_come_in_many_dresses() {
    for text in [
        "参考文献",
        "参 考 文 献：",
        "4 参考文献 References",
        "**References**",
        "【参考文献】",
        "五、参考文献",
        "LITERATURE CITED",
        "References:",
    ] {
        assert!(is_heading(text), "{text}");
    }
    for text in ["参考文献表明", "文献筛选", "References to other work", "1 文献检索"] {
        assert!(!is_heading(text), "{text}");
    }
}

#[test]
fn entry_numbers_are_read() {
    let read = |text| number(text).map(|n| (n.value, n.bracketed));
    assert_eq!(read("[12] Smith J"), Some((12, true)));
    assert_eq!(read("- [3] 王某"), Some((3, true)));
    assert_eq!(read("［4］李某"), Some((4, true)));
    assert_eq!(read("7. Jones K"), Some((7, false)));
    assert_eq!(read("8、Jones K"), Some((8, false)));
    assert_eq!(read("(9) Jones"), Some((9, false)));
    assert_eq!(read("2019, 25(3)"), None);
    assert_eq!(read("10.1000/x"), None);
    assert_eq!(read("[J]. Cell"), None);
}
