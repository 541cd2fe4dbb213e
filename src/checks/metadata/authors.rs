//! Author lists compared wherever they stand.

use crate::checks::{Check, Context, Kind, NoOptions};
use crate::document::Lang;
use crate::engine::Sink;
use crate::finding::{Confidence, Severity, arg};
use crate::parse::metadata::affiliation::Affiliation;
use crate::parse::metadata::people::is_latin;
use crate::parse::metadata::{FieldKind, ListKind, People, Person, pinyin};
use crate::rules::{Options, Scope};

/// `author-name-mismatch`.
pub const NAMES: Kind = Kind {
    name: "author-name-mismatch",
    scope: Scope::Document,
    fields: &["printed", "author", "name", "zh", "en"],
    variants: &["spelling", "order", "number"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Names) as Box<dyn Check>),
};

/// `lead-author-mismatch`.
pub const LEAD: Kind = Kind {
    name: "lead-author-mismatch",
    scope: Scope::Document,
    fields: &["printed", "author"],
    variants: &["unlisted", "corresponding"],
    build: |options: Options<'_>| options.read::<NoOptions>().map(|_| Box::new(Lead) as Box<dyn Check>),
};

struct Names;

impl Check for Names {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.metadata;
        let main = facts.authors(Lang::Zh).or_else(|| facts.list(ListKind::Citation, Lang::Zh));
        let Some(main) = main else { return english(cx, out) };
        let mut number_said = false;
        // per author: the places that name somebody else
        let mut wrong: Vec<(usize, &Person, Option<&'static str>)> = Vec::new();
        for list in facts.people.iter().filter(|list| !std::ptr::eq(*list, main)) {
            let whole = matches!(list.kind, ListKind::Authors | ListKind::Citation);
            if !whole {
                wrong.extend(single(main, list));
                continue;
            }
            match compare(cx, main, list) {
                Compared::Wrong(found) => wrong.extend(found),
                Compared::Number if !number_said && list.complete && main.complete => {
                    number_said = true;
                    let Some(last) = list.people.last() else { continue };
                    out.push(
                        cx.finding(last.span)
                            .variant("number")
                            .confidence(Confidence::Medium)
                            .arg("zh", main.people.len())
                            .arg("en", list.people.len())
                            .related(cx.place(main.people[0].span), Vec::new()),
                    );
                }
                _ => {}
            }
        }
        let mut order_said = false;
        for (index, author) in main.people.iter().enumerate() {
            let mut places = wrong.iter().filter(|w| w.0 == index);
            let Some((_, first, variant)) = places.next() else { continue };
            let mut finding = cx
                .finding(first.span)
                .arg("printed", first.name.as_str())
                .arg("author", author.name.as_str())
                .related(cx.place(author.span), vec![arg("name", author.name.as_str())]);
            if let Some(variant) = variant {
                finding = finding.variant(variant);
            }
            if *variant == Some("order") {
                // two names changed places: one cause
                if order_said {
                    continue;
                }
                order_said = true;
                for (_, other, _) in wrong.iter().filter(|w| w.0 != index && w.2 == Some("order")).take(20) {
                    finding = finding.related(cx.place(other.span), vec![arg("name", other.name.as_str())]);
                }
            }
            for (_, other, _) in places {
                finding = finding.related(cx.place(other.span), vec![arg("name", other.name.as_str())]);
            }
            for other in contributors(cx, first, main) {
                finding = finding.related(cx.place(other.0), vec![arg("name", other.1)]);
            }
            for list in facts.people.iter().filter(|l| l.kind == ListKind::Citation && l.lang == Lang::Zh) {
                if let Some(same) =
                    list.people.iter().find(|p| p.name == author.name && p.span != author.span)
                {
                    finding = finding.related(cx.place(same.span), vec![arg("name", same.name.as_str())]);
                }
            }
            out.push(finding);
        }
    }
}

/// The author line of an English text against its citation lines, `Ostlund M` against `Maren Ostlund`: one name
/// that differs by a letter where all others agree, or two that changed places.
fn english(cx: &Context<'_>, out: &mut Sink) {
    let facts = &cx.facts.metadata;
    let Some(main) = facts.authors(Lang::En) else { return };
    let words = |p: &Person| -> Vec<String> {
        let parts = p.name.split([' ', '-', '.', '\u{a0}']).filter(|word| word.chars().count() > 1);
        parts.map(str::to_lowercase).collect()
    };
    let shares = |a: &Person, b: &Person| {
        let (a, b) = (words(a), words(b));
        a.iter().any(|word| b.contains(word))
    };
    for list in facts.people.iter().filter(|l| l.kind == ListKind::Citation && l.lang == Lang::En) {
        let n = main.people.len();
        if n != list.people.len() || !(2..=100).contains(&n) {
            continue;
        }
        let pair = |index: usize| (&main.people[index], &list.people[index]);
        let wrong: Vec<usize> =
            (0..n).filter(|index| !shares(pair(*index).0, pair(*index).1)).take(3).collect();
        let (index, variant) = match wrong[..] {
            [index] => {
                let (a, b) = pair(index);
                let (a, b) = (words(a), words(b));
                let near = |x: &String| {
                    let alike = |y: &String| strsim::osa_distance(x, y) == 1 && x.chars().count() >= 4;
                    b.iter().any(alike)
                };
                if !a.iter().any(near) {
                    continue;
                }
                (index, "spelling")
            }
            [i, j] if shares(pair(i).0, pair(j).1) && shares(pair(j).0, pair(i).1) => (i, "order"),
            _ => continue,
        };
        let (author, printed) = pair(index);
        out.push(
            cx.finding(printed.span)
                .variant(variant)
                .confidence(Confidence::Medium)
                .arg("printed", printed.name.as_str())
                .arg("author", author.name.as_str())
                .related(cx.place(author.span), vec![arg("name", author.name.as_str())]),
        );
    }
}

/// Names in the statement of contributions that fit the Latin name and are nobody else's.
fn contributors<'a>(
    cx: &Context<'a>,
    printed: &Person,
    main: &People,
) -> Vec<(crate::document::Span, &'a str)> {
    let Some(statement) = &cx.facts.metadata.contribution else { return Vec::new() };
    statement
        .people
        .iter()
        .filter(|c| main.people.iter().all(|p| p.name != c.name))
        .filter(|c| {
            printed.name == c.name || pinyin::fits(&printed.name, &c.name, &cx.data.metadata).is_some()
        })
        .map(|c| (c.span, c.name.as_str()))
        .collect()
}

enum Compared<'a> {
    /// Authors of the main list whose counterpart names somebody else.
    Wrong(Vec<(usize, &'a Person, Option<&'static str>)>),
    /// The lists hold different numbers of names.
    Number,
    /// Nothing can be said.
    Unknown,
}

fn same(cx: &Context<'_>, main: &Person, other: &Person, lang: Lang) -> bool {
    if is_latin(&main.name) {
        // who prints it in another way is not told from another person
        let words = pinyin::words(&other.name);
        return main.name == other.name
            || pinyin::words(&main.name).iter().any(|word| word.len() > 1 && words.contains(word));
    }
    match lang {
        Lang::Zh => main.name == other.name,
        Lang::En => pinyin::fits(&other.name, &main.name, &cx.data.metadata).is_some(),
    }
}

fn compare<'a>(cx: &Context<'_>, main: &People, list: &'a People) -> Compared<'a> {
    let (n, m) = (main.people.len(), list.people.len());
    // long lists would be compared pair by pair
    if n > 200 || m > 200 {
        return Compared::Unknown;
    }
    if n != m {
        let matched =
            list.people.iter().filter(|p| main.people.iter().any(|q| same(cx, q, p, list.lang))).count();
        // only the last name may be one word, where the line breaks off; glued names are damage
        let whole = |p: &Person| {
            let guest = |q: &Person| is_latin(&q.name) && same(cx, q, p, list.lang);
            pinyin::is_pinyin(&p.name) || main.people.iter().any(guest)
        };
        let rest = &list.people[..m.saturating_sub(1)];
        let cut = list.people.last().is_some_and(|p| whole(p) || !p.name.contains(char::is_lowercase));
        let shape = list.lang == Lang::Zh || rest.iter().all(whole) && cut;
        return if matched > 0 && matched * 2 >= n.min(m) && shape {
            Compared::Number
        } else {
            Compared::Unknown
        };
    }
    let fits: Vec<bool> =
        main.people.iter().zip(&list.people).map(|(a, b)| same(cx, a, b, list.lang)).collect();
    let matched = fits.iter().filter(|fit| **fit).count();
    let mut wrong = Vec::new();
    for index in (0..n).filter(|index| !fits[*index] && !is_latin(&main.people[*index].name)) {
        let (a, b) = (&main.people[index], &list.people[index]);
        let elsewhere = (0..n).any(|j| j != index && same(cx, &main.people[j], b, list.lang) && !fits[j]);
        if elsewhere {
            if matched * 2 >= n {
                wrong.push((index, b, Some("order")));
            }
            continue;
        }
        let close = match list.lang {
            Lang::Zh => alike(&a.name, &b.name),
            Lang::En => {
                pinyin::surname_fits(&b.name, &a.name, &cx.data.metadata) && pinyin::is_pinyin(&b.name)
            }
        };
        let alone = matched + 1 == n && n >= 3 && (list.lang == Lang::Zh || pinyin::is_pinyin(&b.name));
        if close && (matched * 2 >= n - 1 || n == 1) || alone {
            wrong.push((index, b, (list.lang == Lang::Zh).then_some("spelling")));
        }
    }
    if wrong.len() * 2 > n.max(2) { Compared::Unknown } else { Compared::Wrong(wrong) }
}

/// A name after a label that is nearly, but not quite, an author's.
fn single<'a>(main: &People, list: &'a People) -> Option<(usize, &'a Person, Option<&'static str>)> {
    let person = list.people.first().filter(|_| list.lang == Lang::Zh && main.lang == Lang::Zh)?;
    if main.people.iter().any(|p| p.name == person.name || person.name.starts_with(&p.name)) {
        return None;
    }
    let index = main.people.iter().position(|p| alike(&p.name, &person.name))?;
    Some((index, person, Some("spelling")))
}

/// Two Chinese names of one length that differ in one character, or whose difference is one
/// character left out.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() == b.len() {
        let differ = a.iter().zip(&b).filter(|(x, y)| x != y).count();
        return differ == 1 && a.len() >= 2;
    }
    false
}

struct Lead;

impl Check for Lead {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.metadata;
        for lang in [Lang::Zh, Lang::En] {
            let Some(authors) = facts.authors(lang) else { continue };
            if let Some(first) = facts.list(ListKind::First, lang) {
                self.first(cx, authors, &first.people[0], out);
            }
            self.corresponding(cx, authors, out);
        }
    }
}

impl Lead {
    fn first(&self, cx: &Context<'_>, authors: &People, named: &Person, out: &mut Sink) {
        let leader = &authors.people[0];
        let text = cx.document.block_at(authors.span.start).map_or("", |b| cx.slice(b.span));
        let equal = text.contains(['#', '†', '‡', '△']) || text.contains("共同第一");
        let matches = |p: &Person| {
            p.name == named.name
                || named.name.starts_with(&p.name)
                || pinyin::words(&p.name) == pinyin::words(&named.name) && authors.lang == Lang::En
        };
        if matches(leader) || equal {
            return;
        }
        let listed = authors.people.iter().any(matches);
        let similar = authors.people.iter().any(|p| alike(&p.name, &named.name));
        if similar || !listed && (authors.lang == Lang::En || !authors.complete) {
            return;
        }
        let mut finding = cx
            .finding(named.span)
            .confidence(Confidence::Medium)
            .arg("printed", named.name.as_str())
            .arg("author", leader.name.as_str())
            .related(cx.place(leader.span), Vec::new());
        if listed {
            finding.severity = Severity::Info;
        } else {
            finding = finding.variant("unlisted");
        }
        out.push(finding);
    }

    fn corresponding(&self, cx: &Context<'_>, authors: &People, out: &mut Sink) {
        let facts = &cx.facts.metadata;
        let starred: Vec<&Person> = authors.people.iter().filter(|p| p.starred).collect();
        let Some(mark) = starred.first() else { return };
        // `CHENG Yanbei*, LUO Qinglan. *Department of …`: the star is the first author's affiliation
        let place = |item: &Affiliation| {
            let head = cx.document.text()[..item.span.start].trim_end_matches(' ');
            item.lang == authors.lang && (head.ends_with('*') || cx.slice(item.span).starts_with(['*', '＊']))
        };
        if facts.affiliations.iter().any(place) {
            return;
        }
        let fields = facts.fields.iter().filter(|f| f.kind == FieldKind::Corresponding);
        let values: Vec<&str> = fields.map(|f| cx.slice(f.value)).collect();
        let named = facts.people.iter().find(|l| l.kind == ListKind::Corresponding && l.lang == authors.lang);
        let Some(named) = named.and_then(|l| l.people.first()) else { return };
        let holds = |p: &Person| values.iter().any(|value| value.contains(&p.name));
        if starred.iter().any(|p| holds(p)) || starred.len() * 2 > authors.people.len().max(2) {
            return;
        }
        // another author of the list is named instead
        if authors.people.iter().any(|p| p.name == named.name) {
            out.push(
                cx.finding(named.span)
                    .variant("corresponding")
                    .confidence(Confidence::Medium)
                    .arg("printed", named.name.as_str())
                    .arg("author", mark.name.as_str())
                    .related(cx.place(mark.span), Vec::new()),
            );
        }
    }
}
