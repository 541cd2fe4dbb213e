//! Items that stand twice in one enumeration.

use super::doubling::Doubling;
use super::repeats::Repeat;
use crate::document::{Span, is_han};
use crate::finding::Confidence;

const JOINTS: &[char] = &['、', '和', '与', '及', '或'];

/// `甲、甲` and `甲和甲`: the text before the joint ends with what the text after it begins with.
pub fn repeated(text: &str, words: &Doubling, out: &mut Vec<Repeat>) {
    for (at, joint) in text.char_indices().filter(|(_, c)| JOINTS.contains(c)) {
        let (before, after) = (&text[..at], &text[at + joint.len_utf8()..]);
        let Some(length) = latin_item(before, after).or_else(|| han_item(before, after, joint, words)) else {
            continue;
        };
        let second_end = at + joint.len_utf8() + length;
        out.push(Repeat {
            span: Span::new(at - length, second_end),
            first: Span::new(at - length, at),
            second: Span::new(at, second_end),
            confidence: if joint == '、' { Confidence::High } else { Confidence::Medium },
            item: true,
        });
    }
}

fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '‑' | '/' | '+' | 'α'..='ω' | 'Ⅰ'..='Ⅻ')
}

/// Length of a Latin token that stands whole on both sides and goes on to nothing (`IL-1和IL-1受体` does).
fn latin_item(before: &str, after: &str) -> Option<usize> {
    let length: usize = after.chars().take(40).take_while(|c| is_token(*c)).map(char::len_utf8).sum();
    let token = &after[..length];
    let head = before.strip_suffix(token)?;
    let ends = after[length..]
        .chars()
        .next()
        .is_none_or(|c| !is_han(c) && !c.is_alphanumeric() || "等的均及和与".contains(c));
    let letters = token.chars().filter(char::is_ascii_alphabetic).count();
    let whole = !head.ends_with(is_token) && !head.ends_with(['抗', '非', ' ']);
    (letters >= 2 && ends && whole).then_some(length)
}

fn han_item(before: &str, after: &str, joint: char, words: &Doubling) -> Option<usize> {
    let sides = before.chars().rev().take(10).take_while(|c| is_han(*c)).count();
    let tail: Vec<char> = {
        let mut chars: Vec<char> = before.chars().rev().take(sides).collect();
        chars.reverse();
        chars
    };
    let right: Vec<char> = after.chars().take(10).take_while(|c| is_han(*c)).collect();
    let length = (2..=sides.min(right.len())).rev().find(|&n| tail[sides - n..] == right[..n])?;
    let item: String = right[..length].iter().collect();
    let next = after.chars().nth(length);
    let rest = &after[item.len()..];
    // 分子与分子之间, 人与人的关系: relations of one kind of thing to itself.
    let near: String = rest.chars().take(20).collect();
    let relation = near.contains("之间")
        || ["间", "的关系", "的相互", "的联系", "的接触", "-"].iter().any(|word| rest.starts_with(word))
        || before[..before.len() - item.len()].ends_with('-');
    let ends = !relation && next.is_none_or(|c| !is_han(c) || "等的均".contains(c));
    // 和 and 与 are also parts of words and prepositions: only an exact item counts there.
    let left = sides.checked_sub(length + 1).map(|k| tail[k]);
    let bounded = left.is_none_or(|c| !words.is_shared_noun(&item) && !words.is_prefix(c));
    // 主治医师、医师: two titles
    if left.is_some() && item.ends_with(['师', '员', '长', '授', '席', '任', '士', '生', '者', '人'])
    {
        return None;
    }
    // 桌子和桌子的主人, 患者及患者的家属: a thing and what belongs to it.
    if joint != '、' && next == Some('的') && (words.is_thing(&item) || words.is_shared_noun(&item)) {
        return None;
    }
    let numerals = item.chars().all(|c| "一二三四五六七八九十百千万零".contains(c));
    (ends && bounded && !numerals && (joint != '或' || left.is_none())).then_some(item.len())
}
