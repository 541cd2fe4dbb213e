//! `undefined-short-forms`: one finding per document.

use super::names;
use crate::checks::{Check, Context, Kind};
use crate::document::{Span, Zone};
use crate::engine::Sink;
use crate::finding::{Confidence, arg};
use crate::parse::abbreviation::{Definition, Entry, Form, Slip, components, singular};
use crate::rules::Scope;
use serde::Deserialize;

/// Short forms a reader meets without ever being told what they stand for.
pub const KIND: Kind = Kind {
    name: "undefined-short-forms",
    scope: Scope::Document,
    fields: &["shorts", "count", "short", "uses"],
    variants: &["once", "other-text"],
    build: |options| options.read::<Undefined>().map(|check| Box::new(check) as Box<dyn Check>),
};

/// What may go without definition.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Undefined {
    /// Short forms that need no definition here.
    allow: Vec<String>,
    /// Uses from which a form is a warning.
    warn_from: usize,
}

impl Default for Undefined {
    fn default() -> Self {
        Self { allow: Vec::new(), warn_from: 2 }
    }
}

impl Check for Undefined {
    fn document(&self, cx: &Context<'_>, out: &mut Sink) {
        let facts = &cx.facts.abbreviations;
        // a text that defines nothing does not follow the habit at all
        if facts.definitions.iter().filter(|d| !d.listed && d.confidence >= Confidence::Medium).count() == 0 {
            return;
        }
        // codons and repeat motifs are no short forms
        let bases = |form: &Form| {
            form.key.len() <= 6 && form.key.chars().all(|c| matches!(c, 'a' | 'c' | 'g' | 't' | 'u'))
        };
        let sequences = facts.forms.iter().filter(|form| bases(form)).count() >= 4;
        let slips = &cx.facts.abbreviations.slips;
        let mut found: Vec<Wanting<'_>> = Vec::new();
        for form in &facts.forms {
            let slipped =
                |slip: &Slip| slip.key == form.key || form.spellings.iter().any(|s| s.text == slip.likely);
            if slips.iter().any(slipped) || sequences && bases(form) {
                continue;
            }
            found.extend(self.wanting(cx, form));
        }
        // what is used again comes first
        found.sort_by_key(|form| !form.firm);
        let Some(first) = found.first() else { return };
        let names: Vec<String> = found.iter().map(|form| form.text.clone()).collect();
        let mut finding = cx
            .finding(first.place)
            .confidence(Confidence::Medium)
            .arg("count", names.len())
            .arg("short", first.text.as_str())
            .arg("uses", first.uses)
            .arg("shorts", names);
        let weak = !found.iter().any(|form| form.firm);
        if weak {
            finding = finding.variant("once");
        } else if !cx.is_manuscript() {
            finding = finding.variant("other-text");
        }
        for form in &found {
            for (text, place) in &form.spellings {
                if *place != first.place {
                    let args = vec![arg("short", *text), arg("uses", form.uses)];
                    finding = finding.related(cx.place(*place), args);
                }
            }
        }
        out.push(finding);
    }
}

/// A form that nothing explains.
struct Wanting<'a> {
    text: String,
    uses: usize,
    place: Span,
    /// The first use of each spelling.
    spellings: Vec<(&'a str, Span)>,
    /// Used again, or in an abstract.
    firm: bool,
}

fn counted(usage: &crate::parse::abbreviation::Use) -> bool {
    let zone = matches!(usage.zone, Zone::Body | Zone::AbstractEn | Zone::AbstractZh);
    zone && !usage.in_definition && !usage.keyword && !usage.heading && usage.whole
}

impl Undefined {
    /// The form with its uses when it should be defined.
    fn wanting<'a>(&self, cx: &Context<'_>, form: &'a Form) -> Option<Wanting<'a>> {
        let known = self.unexplained(cx, form)?;
        let text = cx.document.text();
        let tables = &cx.data.abbreviation;
        let mut uses = 0;
        let mut firm = false;
        let mut prose = false;
        let mut spellings: Vec<(&str, Span)> = Vec::new();
        for spelling in &form.spellings {
            let mut first = None;
            for usage in spelling.whole().filter(|u| counted(u)) {
                match names::role(text, usage.span, tables) {
                    names::Role::Part => continue,
                    names::Role::Name if !known => return None,
                    names::Role::Name => continue,
                    names::Role::Plain => {}
                }
                uses += 1;
                firm |= usage.zone != Zone::Body;
                prose |= names::in_prose(text, usage.span);
                first.get_or_insert(usage.span);
            }
            spellings.extend(first.map(|span| (spelling.text.as_str(), span)));
        }
        let usual = form.usual().text.clone();
        firm |= uses >= self.warn_from;
        // two letters that the field does not know may stand for anything
        firm &= known || usual.contains('-') || singular(&usual).chars().count() >= 3;
        let compound = usual.contains('-');
        if !(firm || uses > 0 && (known || prose || compound)) {
            return None;
        }
        let place = spellings.iter().find(|(text, _)| *text == usual).or(spellings.first())?.1;
        Some(Wanting { text: usual, uses, place, spellings, firm })
    }

    /// `Some(known)` when nothing explains the form: known to the lexicon or not.
    fn unexplained(&self, cx: &Context<'_>, form: &Form) -> Option<bool> {
        let facts = &cx.facts.abbreviations;
        let tables = &cx.data.abbreviation;
        if !form.definitions.is_empty() || form.spellings.is_empty() {
            return None;
        }
        let text = form.usual().text.as_str();
        let allowed = |short: &str| {
            tables.is_place(short)
                || tables.is_place(&capitalised(short))
                || is_formula(short)
                || is_ordinal(short)
                || tables.known.contains(short)
                || tables.known.contains(singular(short))
                || self.allow.iter().any(|a| a == short || a == singular(short))
        };
        if allowed(text) || !form.spellings.iter().flat_map(|s| s.whole()).any(counted) {
            return None;
        }
        // derived from a defined form, or made of defined ones: TNF-α, iMSCs, Th17, MSC-Exos
        let derived = facts.definitions.iter().any(|d| {
            d.key.len() >= 2
                && (form.key.starts_with(&d.key) || form.key.ends_with(&d.key))
                && form.key != d.key
        });
        let part_of = |d: &Definition| components(&d.short).any(|(_, part)| singular(part) == singular(text));
        if text.contains('-') && self.resolved(cx, text) || facts.definitions.iter().any(part_of) {
            return None;
        }
        // printed once in brackets after a word, it has been introduced, in whatever words
        if form
            .spellings
            .iter()
            .flat_map(|s| s.whole())
            .any(|u| names::introduced(cx.document.text(), u.span))
        {
            return None;
        }
        let mut entries = tables.lexicon.of_key(&form.key).peekable();
        if entries.peek().is_some() {
            // its other name is defined: PINP beside P1NP
            let alias = |entry: &Entry| {
                let others = entry.short.iter().filter_map(|short| facts.form(&tables.key(short)));
                others.into_iter().any(|other| !other.definitions.is_empty())
            };
            let free = entries.any(|entry| entry.is_name() || alias(entry)) || derived && !text.contains('-');
            return (!free).then_some(true);
        }
        if text.contains('-') {
            return self.compound(cx, text).then_some(false);
        }
        let stem = singular(text);
        let upper = stem.chars().filter(|c| c.is_ascii_uppercase()).count();
        let plain = stem.chars().all(|c| c.is_ascii_alphabetic());
        let length = stem.chars().count();
        if derived || !plain || upper < 2 || !(2..=6).contains(&length) || upper * 2 <= length {
            return None;
        }
        // the stem of numbered genes is a name like them: LRG beside LRG1
        if facts.forms.iter().any(|other| {
            let rest = other.key.strip_prefix(&form.key).unwrap_or("");
            rest.len() <= 3 && rest.bytes().any(|b| b.is_ascii_digit()) && !other.spellings.is_empty()
        }) {
            return None;
        }
        // names printed in capitals occur as words elsewhere
        let lower = stem.to_ascii_lowercase();
        let title = format!("{}{}", &stem[..1], &lower[1..]);
        if length >= 3 && (has_word(cx.document.text(), &lower) || has_word(cx.document.text(), &title)) {
            return None;
        }
        Some(false)
    }

    /// A compound of which every part with capitals is defined.
    fn resolved(&self, cx: &Context<'_>, text: &str) -> bool {
        let tables = &cx.data.abbreviation;
        components(text).all(|(_, part)| {
            let capitals = part.chars().filter(|c| c.is_ascii_uppercase()).count();
            let form = cx.facts.abbreviations.form(&tables.key(part));
            capitals == 0 || form.is_some_and(|f| !f.definitions.is_empty())
        })
    }

    /// A compound with a part that nothing explains beside a part that is explained.
    fn compound(&self, cx: &Context<'_>, text: &str) -> bool {
        let facts = &cx.facts.abbreviations;
        let tables = &cx.data.abbreviation;
        let mut defined = false;
        let mut odd = 0;
        for (_, part) in components(text) {
            let id = tables.key(part);
            let upper = part.chars().filter(|c| c.is_ascii_uppercase()).count();
            let plain = part.chars().all(|c| c.is_ascii_alphabetic());
            let form = facts.form(&id);
            if form.is_some_and(|f| !f.definitions.is_empty()) {
                defined = true;
            } else if plain
                && upper >= 2
                && part.chars().count() <= 7
                && !tables.known.contains(singular(part))
                && !tables.lexicon.of_key(&id).any(Entry::is_name)
            {
                // a part that also stands alone is reported by itself
                let alone = form.is_some_and(|f| f.spellings.iter().any(|s| s.whole().any(counted)));
                odd += usize::from(!alone);
            }
        }
        defined && odd > 0
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_string() + &chars.as_str().to_ascii_lowercase())
}

/// `XIIth`, or the panels `C-F`.
fn is_ordinal(text: &str) -> bool {
    let stem = ["th", "st", "nd", "rd"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or("");
    !stem.is_empty() && stem.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
        || components(text).all(|(_, part)| part.chars().count() == 1)
}

/// A chemical formula of common elements (NaOCl, CaCl2): two-letter symbols give it away.
fn is_formula(text: &str) -> bool {
    const ELEMENTS: [&str; 36] = [
        "H", "B", "C", "N", "O", "F", "P", "S", "K", "I", "Na", "Mg", "Al", "Si", "Cl", "Ca", "Ti", "Cr",
        "Mn", "Fe", "Co", "Ni", "Cu", "Zn", "As", "Se", "Br", "Sr", "Ag", "Cd", "Sn", "Ba", "Pt", "Au", "Hg",
        "Pb",
    ];
    let mut rest = text;
    let mut two = false;
    while !rest.is_empty() {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if digits.len() < rest.len() {
            rest = digits;
            continue;
        }
        let long = rest.get(..2).filter(|s| ELEMENTS.contains(s));
        let Some(symbol) = long.or_else(|| rest.get(..1).filter(|s| ELEMENTS.contains(s))) else {
            return false;
        };
        two |= symbol.len() == 2;
        rest = &rest[symbol.len()..];
    }
    two
}

/// True when a word stands in a text between characters that are no letters.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).take(64).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-');
        !letter(before) && !letter(after)
    })
}
