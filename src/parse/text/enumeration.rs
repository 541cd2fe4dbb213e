//! Items that stand twice in one enumeration, with others between them.

use super::repeats::Repeat;
use crate::document::{Span, is_han};
use crate::finding::Confidence;
use std::collections::HashMap;

/// Fewest items of an enumeration: of two, the pair beside each other is read elsewhere.
const FEWEST: usize = 3;
/// How far around an enumeration a word is looked for that makes it a row of answers, in bytes.
const AROUND: usize = 48;
/// `分别为IL-6、IL-8、IL-6`: one item for each of several groups.
const ROWS: &[&str] = &["分别", "依次", "各自", "respectively", "versus", "相应", "序列", "顺序", "主编"];
/// Answers that several groups may share.
const ANSWERS: &str = "阳性 阴性 升高 降低 增加 减少 不变 上升 下降 增高 减低 正常 异常 轻度 中度 重度 其他 其它 同上 良好 一般 男性 女性";
/// Longest item, in characters.
const LONGEST: usize = 12;

/// An item and where it stands.
type Item<'t> = (usize, &'t str);

/// Enumerations of symbols (`IL-6, TNF-α and IL-6`), in both languages.
pub fn symbols(text: &str, out: &mut Vec<Repeat>) {
    let mut run: Vec<Item<'_>> = Vec::new();
    let mut end = 0;
    for (at, token) in tokens(text) {
        if matches!(token, "and" | "or") && !run.is_empty() && at - end <= 2 {
            continue;
        }
        if !run.is_empty() && !is_joint(&text[end..at]) {
            close(text, &mut run, out);
        }
        if is_symbol(token) {
            run.push((at, token));
        } else {
            close(text, &mut run, out);
        }
        end = at + token.len();
        // `IL-1受体`: the symbol is part of a longer name, and the last of its run
        let next = text[end..].chars().next();
        if next.is_some_and(|c| is_han(c) && !"等的均及和与或表呈水在为是都以".contains(c)) {
            run.pop();
            close(text, &mut run, out);
        }
    }
    close(text, &mut run, out);
}

fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '‑' | '–' | '/' | '+' | '_' | '.' | 'α'..='ω' | 'Ⅰ'..='Ⅻ')
}

fn tokens(text: &str) -> impl Iterator<Item = Item<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_token)?;
        let length = text[start..].find(|c| !is_token(c)).unwrap_or(text.len() - start);
        at = start + length;
        Some((start, text[start..at].trim_end_matches('.')))
    })
}

/// A name with two letters or more, and a digit or two capitals; no decimal, path or address.
fn is_symbol(token: &str) -> bool {
    let letters = token.bytes().filter(u8::is_ascii_alphabetic).count();
    let capitals = token.bytes().filter(u8::is_ascii_uppercase).count();
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    letters >= 2
        && (capitals >= 2 || capitals >= 1 && digits > 0)
        && !token.contains(['.', '_'])
        && token.len() <= 24
}

fn is_joint(between: &str) -> bool {
    if between.len() > 12 {
        return false;
    }
    let between = between.trim();
    matches!(
        between,
        "、" | ","
            | "，"
            | "and"
            | "or"
            | ", and"
            | ", or"
            | "和"
            | "与"
            | "及"
            | "或"
            | "以及"
            | "、和"
            | "、及"
            | "，和"
            | "，以及"
    )
}

fn close(text: &str, run: &mut Vec<Item<'_>>, out: &mut Vec<Repeat>) {
    if run.len() >= FEWEST {
        report(text, run, out);
    }
    run.clear();
}

/// One finding for each item that stood before; none where most stand twice: that is a row of answers.
fn report(text: &str, run: &[Item<'_>], out: &mut Vec<Repeat>) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    let around = |at: usize, back: usize, ahead: usize| {
        let mut from = at.saturating_sub(back);
        let mut to = (at + ahead).min(text.len());
        while !text.is_char_boundary(from) {
            from += 1;
        }
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        &text[from..to]
    };
    let sides = [around(first.0, AROUND, 0), around(last.0, 0, last.1.len() + AROUND)];
    if ROWS.iter().any(|word| sides.iter().any(|side| side.contains(word))) {
        return;
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut twice = Vec::new();
    for (index, (_, item)) in run.iter().enumerate() {
        if let Some(earlier) = seen.insert(item, index) {
            twice.push((earlier, index));
        }
    }
    if twice.len() > 2 || twice.len() * 3 > run.len() {
        return;
    }
    for (earlier, later) in twice {
        // 老年男性、女性、青年男性、女性: each stands behind its own neighbour
        let neighbour = |index: usize| index.checked_sub(1).and_then(|k| run[k].1.chars().next_back());
        if later - earlier < 2 || neighbour(earlier) == neighbour(later) && run[earlier].1.chars().all(is_han)
        {
            continue;
        }
        let span = |(at, item): Item<'_>| Span::new(at, at + item.len());
        let (first, second) = (span(run[earlier]), span(run[later]));
        out.push(Repeat { span: second, first, second, confidence: Confidence::Medium, item: true });
    }
}

/// Enumerations of Chinese words joined by 、 (疼痛、肿胀、疼痛和僵硬). The first and the last item are read only
/// where a mark or a word of listing bounds them.
pub fn words(text: &str, out: &mut Vec<Repeat>) {
    let mut run: Vec<Item<'_>> = Vec::new();
    let mut start = 0;
    let mut listed = false;
    let flush = |run: &mut Vec<Item<'_>>, out: &mut Vec<Repeat>| {
        if run.len() >= FEWEST {
            report(text, run, out);
        }
        run.clear();
    };
    for (at, c) in text.char_indices().filter(|(_, c)| ends_item(*c)) {
        let piece = &text[start..at];
        if c == '、' {
            // 天津、重庆等5个厂和北京、上海: one list ends and another begins
            if listed && (piece.contains('等') || piece.chars().count() > LONGEST) {
                flush(&mut run, out);
            }
            push(&mut run, if listed { (start, piece) } else { opening(piece, start) });
            listed = true;
        } else {
            if listed {
                for item in closing(piece, start) {
                    push(&mut run, item);
                }
            }
            flush(&mut run, out);
            listed = false;
        }
        start = at + c.len_utf8();
    }
    flush(&mut run, out);
}

fn push<'t>(run: &mut Vec<Item<'t>>, (at, item): Item<'t>) {
    let blanks = item.len() - item.trim_start().len();
    let item = item.trim();
    let length = item.chars().count();
    let plain = (2..=LONGEST).contains(&length) && item.chars().all(is_han);
    let answer = ANSWERS.split(' ').any(|answer| item.ends_with(answer));
    if plain && !answer {
        run.push((at + blanks, item));
    }
}

fn ends_item(c: char) -> bool {
    matches!(
        c,
        '、' | '，'
            | '。'
            | '；'
            | '：'
            | '！'
            | '？'
            | '（'
            | '）'
            | '('
            | ')'
            | '['
            | ']'
            | ','
            | ';'
            | ':'
            | '“'
            | '”'
            | '\n'
            | '《'
            | '》'
    )
}

/// The first item: behind the last word of listing.
fn opening(piece: &str, start: usize) -> Item<'_> {
    let behind = ["包括", "如", "包含", "即", "例如", "表现为", "有", "出现", "含"]
        .iter()
        .filter_map(|word| piece.rfind(word).map(|at| at + word.len()))
        .max()
        .unwrap_or(0);
    (start + behind, &piece[behind..])
}

/// The last items: before 等, and around 和.
fn closing(piece: &str, start: usize) -> Vec<Item<'_>> {
    let piece = &piece[..piece.find('等').unwrap_or(piece.len())];
    match piece.char_indices().find(|(_, c)| matches!(c, '和' | '与' | '及')) {
        Some((at, joint)) => {
            let left = piece[..at].trim_end_matches('以');
            let right = at + joint.len_utf8();
            vec![(start, left), (start + right, &piece[right..])]
        }
        None => vec![(start, piece)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        symbols(text, &mut out);
        words(text, &mut out);
        out.iter().map(|repeat| &text[repeat.span.range()]).collect()
    }

    #[test]
    fn an_item_comes_again_after_others() {
        assert_eq!(found("表达CD29、CD44、CD90、CD29等标志。"), ["CD29"]);
        assert_eq!(found("Levels of IL-6, TNF-α, IL-1β and IL-6 rose."), ["IL-6"]);
        assert_eq!(found("主要症状包括疼痛、肿胀、僵硬、疼痛和跛行。"), ["疼痛"]);
    }

    #[test]
    fn rows_of_answers_and_longer_names_are_left_alone() {
        for text in [
            "三组分别加入IL-6、IL-8、IL-6。",
            "检测IL-1、IL-6、IL-1受体。",
            "老年男性、女性，青年男性、女性。",
            "Boston, MA, USA, and Austin, TX, USA",
            "结果为阳性、阴性、阳性。",
            "IL-6, IL-8 and IL-10",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
        symbols(&"IL-6、".repeat(100_000), &mut Vec::new());
        words(&"疼痛、".repeat(100_000), &mut Vec::new());
    }
}
