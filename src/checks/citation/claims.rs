//! A study that is introduced as another but cited by the number before, and claims of many studies that cite none.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::{Block, BlockKind, Span, Zone};
use crate::engine::Sink;
use crate::finding::Confidence;
use crate::parse::citation::Marker;
use crate::rules::{Options, Scope};
use aho_corasick::{AhoCorasick, MatchKind};

/// `another-study-same-number`.
pub const ANOTHER: Kind = Kind {
    name: "another-study-same-number",
    scope: Scope::Document,
    fields: &["number", "words"],
    variants: &[],
    build: |options| boxed(options, Another),
};

/// `claim-without-citation`.
pub const CLAIM: Kind = Kind {
    name: "claim-without-citation",
    scope: Scope::Document,
    fields: &["words"],
    variants: &[],
    build: |options| {
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(MANY).ok();
        boxed(options, Claim { finder })
    },
};

fn boxed(options: Options<'_>, check: impl Check + 'static) -> Result<Box<dyn Check>, toml::de::Error> {
    options.read::<NoOptions>()?;
    Ok(Box::new(check))
}

/// Words that begin the report of a further study.
const FURTHER: &[&str] = &[
    "另一项研究",
    "另一研究",
    "另有研究",
    "另有学者",
    "另有报道",
    "另有文献",
    "另外有研究",
    "有研究也",
    "还有研究",
    "也有研究",
    "亦有研究",
    "其他研究",
    "其他学者",
    "也有学者",
    "还有学者",
    "Another study",
    "another study",
    "A further study",
    "Other authors",
    "Another group",
    "another group",
    "Other studies",
    "A different study",
];

/// The further study is one of the same authors, or the words speak of the same work.
const SAME_GROUP: &[&str] = &[
    "该研究",
    "该团队",
    "该课题组",
    "该作者",
    "同一",
    "他们的另",
    "其另",
    "same group",
    "same authors",
    "same study",
    "their other",
    "also by",
];

/// Longest stretch between the two markers, in bytes.
const STRETCH: usize = 2_400;

struct Another;

impl Check for Another {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let text = cx.document.text();
        for pair in cx.facts.citations.markers.windows(2) {
            let (first, second) = (&pair[0], &pair[1]);
            let (Some(number), Some(again)) = (only(first), only(second)) else { continue };
            if number != again || second.span.start.saturating_sub(first.span.end) > STRETCH {
                continue;
            }
            let together =
                cx.document.block_at(first.span.start).is_some_and(|block| second.span.end <= block.span.end);
            let Some(between) = text.get(first.span.end..second.span.start).filter(|_| together) else {
                continue;
            };
            let Some((at, words)) = FURTHER.iter().find_map(|words| Some((between.find(words)?, words)))
            else {
                continue;
            };
            // the words begin a sentence or a clause, and nothing says that the authors are the same
            let opens = between[..at].trim_end().ends_with(['。', '.', '；', ';', '，', ',', '：', '!'])
                || between[..at].trim().is_empty();
            if !opens || SAME_GROUP.iter().any(|words| between.contains(words)) {
                continue;
            }
            let place = Span::new(first.span.end + at, first.span.end + at + words.len());
            out.push(
                cx.finding(second.span)
                    .confidence(Confidence::Medium)
                    .arg("number", number)
                    .arg("words", *words)
                    .labelled(cx.place(place), "words", Vec::new())
                    .labelled(cx.place(first.span), "first", Vec::new()),
            );
        }
    }
}

/// The one number of an undamaged marker of the running text.
fn only(marker: &Marker) -> Option<u32> {
    let mut numbers = marker.numbers();
    let number = numbers.next().filter(|_| marker.in_order() && marker.damage.is_none())?;
    numbers.next().is_none().then_some(number)
}

struct Claim {
    finder: Option<AhoCorasick>,
}

/// Fewest citations of a text that is asked for more.
const CITES: usize = 8;

impl Check for Claim {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let citations = &cx.facts.citations;
        if citations.markers.len() + citations.author_years.items.len() < CITES {
            return;
        }
        // what stands before the first citation is a box, a note or an abstract of another form
        let numbered = citations.markers.iter().map(|marker| marker.span.start);
        let dated = citations.author_years.items.iter().map(|item| item.span.start);
        let first = numbered.chain(dated).min().unwrap_or(0);
        let mut closing = false;
        for block in cx.document.blocks() {
            if block.kind == BlockKind::Heading {
                closing = closes(cx.slice(block.span));
            }
            if block.zone() == Zone::Body
                && block.kind == BlockKind::Paragraph
                && !closing
                && block.span.end > first
            {
                self.paragraph(cx, block, out);
            }
        }
    }
}

impl Claim {
    fn paragraph(&self, cx: &Context<'_>, block: &Block, out: &mut Sink) {
        let text = cx.slice(block.span);
        let Some((place, end)) = self.finder.as_ref().and_then(|finder| claim(finder, text)) else { return };
        let cited = cites(cx, block.span);
        let (place, end) = (place.shift(block.span.start), block.span.start + end);
        // what was cited before may be what the claim sums up
        if cited.iter().any(|at| *at < end) {
            return;
        }
        let next = cited.first().copied();
        let led = next.is_some_and(|at| {
            let between = cx
                .document
                .text()
                .get(end..at)
                .unwrap_or("")
                .trim_end_matches([' ', '^', '[', '［', '(', '（']);
            let example = ["例如", "比如", "如 ", "For example", "for example", "For instance", "e.g."];
            let names = ["等", "等人", "et al.", "et al", "团队", "课题组"];
            names.iter().any(|word| between.ends_with(word))
                && !example.iter().any(|word| between.contains(word))
        });
        if next.is_none() || led {
            out.push(cx.finding(place).confidence(Confidence::Medium).arg("words", cx.slice(place)));
        }
    }
}

/// A heading under which what was cited before is summed up.
fn closes(heading: &str) -> bool {
    let lower = heading.to_ascii_lowercase();
    [
        "结论",
        "小结",
        "总结",
        "展望",
        "结语",
        "摘要",
        "conclusion",
        "summary",
        "outlook",
        "perspective",
        "future",
        "abstract",
        "concluding",
        "highlights",
        "limitation",
        "局限",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

/// Where the block cites, in order: markers of every form, and numbers that may be ones.
fn cites(cx: &Context<'_>, span: Span) -> Vec<usize> {
    let citations = &cx.facts.citations;
    let inside = |at: usize| at >= span.start && at < span.end;
    let mut out: Vec<usize> =
        citations.markers.iter().map(|marker| marker.span.start).filter(|at| inside(*at)).collect();
    out.extend(citations.author_years.items.iter().map(|item| item.span.start).filter(|at| inside(*at)));
    out.extend(citations.strange.iter().map(|span| span.start).filter(|at| inside(*at)));
    let text = cx.slice(span);
    let raised = |c: char| matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹');
    out.extend(text.match_indices(raised).map(|(at, _)| span.start + at));
    out.extend(text.match_indices(['[', '［', '【']).map(|(at, _)| span.start + at));
    out.sort_unstable();
    out
}

/// Words for many.
const MANY: &[&str] = &[
    "大量",
    "多项",
    "众多",
    "诸多",
    "许多",
    "越来越多的",
    "越来越多",
    "Numerous ",
    "numerous ",
    "Many ",
    "many ",
    "A large number of ",
    "a large number of ",
    "Countless ",
    "countless ",
    "Extensive ",
    "A growing body of ",
    "a growing body of ",
    "Accumulating ",
    "Multiple ",
    "multiple ",
];

/// The first claim of the paragraph: its words, and the end of its sentence.
fn claim(finder: &AhoCorasick, text: &str) -> Option<(Span, usize)> {
    let (at, len) = finder.find_iter(text).find_map(|many| {
        let rest = &text[many.end()..];
        let rest = if text[many.range()].is_ascii() { english(rest) } else { chinese(rest) }?;
        Some((many.start(), text.len() - rest.len() - many.start()))
    })?;
    let stop = text[at..]
        .find(['。', '！', '？'])
        .or_else(|| text[at..].find(". "))
        .map_or(text.len(), |stop| at + stop);
    // a colon lists the studies; a question is no claim
    (!text[at..stop].contains(['：', ':'])).then_some((Span::new(at, at + len), stop))
}

/// What follows `大量…研究…证实`.
fn chinese(text: &str) -> Option<&str> {
    const WORK: &[&str] = &[
        "研究结果",
        "研究",
        "实验",
        "证据",
        "临床试验",
        "文献",
        "动物实验",
        "临床研究",
        "基础研究",
        "体外实验",
        "试验",
    ];
    const SAYS: &[&str] = &["已经", "已", "均", "都", "结果", "也", "充分"];
    const SHOW: &[&str] = &["证明", "证实", "表明", "显示", "发现", "提示"];
    let rest = text.strip_prefix('的').unwrap_or(text);
    let work = WORK.iter().filter(|work| rest.starts_with(**work)).max_by_key(|work| work.len())?;
    let mut rest = &rest[work.len()..];
    while let Some(word) = SAYS.iter().find(|word| rest.starts_with(**word)) {
        rest = &rest[word.len()..];
    }
    SHOW.iter().find_map(|show| rest.strip_prefix(show))
}

/// What follows `numerous … studies have shown`.
fn english(text: &str) -> Option<&str> {
    const WORK: &[&str] = &["studies", "experiments", "trials", "reports", "evidence", "investigations"];
    const SHOW: &[&str] = &[
        "have shown",
        "have demonstrated",
        "have proved",
        "have proven",
        "have confirmed",
        "have reported",
        "have revealed",
        "have found",
        "has shown",
        "has demonstrated",
        "show that",
        "demonstrate that",
        "indicate that",
        "suggests that",
        "indicates that",
        "have indicated",
        "have suggested",
        "suggest that",
        "confirm that",
    ];
    let mut window = 60.min(text.len());
    while !text.is_char_boundary(window) {
        window -= 1;
    }
    let head = &text[..window];
    let (work, word) = WORK.iter().find_map(|work| Some((head.find(work)?, work)))?;
    // at most three words before the noun: `many in vitro studies`
    let between = &text[..work];
    let other =
        [",", ".", ";", " of ", " with ", " in the", " from "].iter().any(|word| between.contains(word));
    let near = between.split_whitespace().count() <= 3 && !other;
    let after = text[work + word.len()..].trim_start();
    SHOW.iter().find_map(|show| after.strip_prefix(show)).filter(|_| near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims() {
        let finder = AhoCorasick::new(MANY).unwrap();
        let claim = |text| claim(&finder, text);
        assert!(claim("大量研究已证实该法有效。其他。").is_some());
        assert!(claim("大量的骨被吸收。研究表明如此。").is_none());
        assert!(claim("Numerous in vitro studies have shown that it works. More follows.").is_some());
        assert!(claim("Many patients in these studies have shown nothing.").is_none());
        assert!(claim("é").is_none() && claim("").is_none());
    }
}
