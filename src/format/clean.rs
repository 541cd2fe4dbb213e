//! Characters that print as something else, or as nothing: an own table, since a compatibility
//! normal form would also turn full-width punctuation into ASCII.

/// True for a character that [`fold`] changes or that [`is_invisible`].
pub(super) fn is_unclean(c: char) -> bool {
    is_invisible(c) || fold(c).is_some()
}

/// Prints as nothing: soft hyphen, zero-width characters, the mark PDF tools leave for a soft
/// hyphen (U+FFFE) and control characters.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fffe}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || c.is_control() && !c.is_whitespace()
}

/// A hyphen that is meant only for a line end.
pub(super) fn is_soft_hyphen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{fffe}' | '\u{2043}')
}

/// What a compatibility character stands for: ligatures, Kangxi radicals and their supplement.
pub(super) fn fold(c: char) -> Option<&'static str> {
    match c {
        'ﬀ' => Some("ff"),
        'ﬁ' => Some("fi"),
        'ﬂ' => Some("fl"),
        'ﬃ' => Some("ffi"),
        'ﬄ' => Some("ffl"),
        'ﬅ' | 'ﬆ' => Some("st"),
        '\u{2f00}'..='\u{2fd5}' => {
            let index = c as usize - 0x2f00;
            let at = KANGXI.char_indices().nth(index)?;
            Some(&KANGXI[at.0..at.0 + at.1.len_utf8()])
        }
        '\u{2e80}'..='\u{2ef3}' => {
            let (_, to) = SUPPLEMENT.iter().find(|(from, _)| *from == c)?;
            Some(to)
        }
        _ => None,
    }
}

/// The 214 Kangxi radicals in order (U+2F00 …), as ordinary characters.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Radicals of the supplement block that extractions print for ordinary characters.
const SUPPLEMENT: [(char, &str); 42] = [
    ('⺀', "冫"),
    ('⺅', "亻"),
    ('⺈', "刀"),
    ('⺌', "小"),
    ('⺍', "小"),
    ('⺓', "幺"),
    ('⺝', "月"),
    ('⺟', "母"),
    ('⺠', "民"),
    ('⺡', "氵"),
    ('⺢', "水"),
    ('⺬', "示"),
    ('⺮', "竹"),
    ('⺼', "肉"),
    ('⻁', "虎"),
    ('⻄', "西"),
    ('⻅', "见"),
    ('⻆', "角"),
    ('⻉', "贝"),
    ('⻋', "车"),
    ('⻌', "辶"),
    ('⻓', "长"),
    ('⻔', "门"),
    ('⻘', "青"),
    ('⻙', "韦"),
    ('⻚', "页"),
    ('⻛', "风"),
    ('⻜', "飞"),
    ('⻝', "食"),
    ('⻢', "马"),
    ('⻣', "骨"),
    ('⻤', "鬼"),
    ('⻥', "鱼"),
    ('⻦', "鸟"),
    ('⻧', "卤"),
    ('⻨', "麦"),
    ('⻩', "黄"),
    ('⻫', "齐"),
    ('⻬', "齐"),
    ('⻮', "齿"),
    ('⻰', "龙"),
    ('⻳', "龟"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_and_ligatures_fold_to_ordinary_characters() {
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!(fold('\u{2f00}'), Some("一"));
        assert_eq!(fold('\u{2fbb}'), Some("骨"));
        assert_eq!(fold('\u{2fd5}'), Some("龠"));
        assert_eq!(fold('\u{2ee3}'), Some("骨"));
        assert_eq!(fold('ﬁ'), Some("fi"));
        assert_eq!(fold('骨'), None);
        assert_eq!(fold('（'), None);
    }
}
