//! What the readers make of the front of a paper: titles, authors and affiliations without a label.

use exolint::document::{BlockKind, Document};
use exolint::format::read_text;

fn of_kind(document: &Document, kind: BlockKind) -> Vec<&str> {
    document.blocks().iter().filter(|b| b.kind == kind).map(|b| document.slice(b.span)).collect()
}

const BODY: &str = "Abstract: Boats carry letters between the islands. We review how their crews keep time.\n\n\
    Keywords: boat; letter; review\n\n1 Introduction\n\nLetters were slow in winter [1].";

/// The front over an abstract, as a PDF's text gives it: a blank line after every printed one.
fn printed(front: &[&str]) -> Document {
    let wrapped = [
        "The crews of the northern boats kept a log in which the hour",
        "of each landing was written, and a clerk on shore copied the",
        "log into a ledger that was sent to the capital every spring,",
        "so that the time of every letter can still be told today and",
        "set beside the weather that the keepers of the lights wrote",
        "down in books of their own, which are kept in the old tower.",
    ];
    read_text("a.txt", format!("{}\n\n{BODY}\n\n{}", front.join("\n\n"), wrapped.join("\n\n")))
}

#[test]
fn authors_and_affiliations_run_over_printed_lines() {
    let document = printed(&[
        "Letters by boat on the northern islands: a review of",
        "ledgers and logs",
        "Anna-Lisa Berg1, Tomas Eld2, Maria",
        "Sund-Holm1, Petra Vik3*",
        "1Department of History, Northport University, Northport",
        "1023, Norway. 2Institute of the Sea, Tarn",
        "University, Tarn, Sweden. 3School of Letters,",
        "Lund Hill College, Lund Hill, Denmark",
    ]);
    assert_eq!(
        of_kind(&document, BlockKind::Title),
        ["Letters by boat on the northern islands: a review of ledgers and logs"]
    );
    assert_eq!(
        of_kind(&document, BlockKind::Authors),
        ["Anna-Lisa Berg1, Tomas Eld2, Maria Sund-Holm1, Petra Vik3*"]
    );
    let places = of_kind(&document, BlockKind::Affiliation);
    assert_eq!(places.len(), 1, "{places:?}");
    assert!(
        places[0].contains("Northport 1023, Norway. 2Institute of the Sea, Tarn University"),
        "{places:?}"
    );
}

#[test]
fn affiliations_on_lines_of_their_own_stay_apart() {
    let document = printed(&[
        "Letters by boat on the northern islands",
        "Anna-Lisa Berg1, Tomas Eld2, Petra Vik3*",
        "1Department of History, Northport University, Norway",
        "2Institute of the Sea, Tarn University, Sweden",
        "3 Tide and Light Foundation, Lund Hill, Denmark",
    ]);
    assert_eq!(of_kind(&document, BlockKind::Affiliation).len(), 3);
}

#[test]
fn the_number_of_an_affiliation_may_stand_on_a_line_of_its_own() {
    let front = "Letters by boat on the northern islands\n\nAnna Berg 1,2,*, Tomas Eld 2 and Petra Vik 1\n\n1\n\n\
                 Department of History, Northport University, Norway\n\n2\n\nInstitute of the Sea, Tarn, Sweden\n\n";
    let document = read_text("a.txt", format!("{front}{BODY}"));
    assert_eq!(
        of_kind(&document, BlockKind::Affiliation),
        ["1 Department of History, Northport University, Norway", "2 Institute of the Sea, Tarn, Sweden"]
    );
}

#[test]
fn raised_numbers_in_carets_open_affiliations() {
    let front = "# Letters by boat on the northern islands\n\n**Anna Berg**^1^, **Tomas Eld**^2^\n\n\
                 ^1^ Department of History, Northport University, Norway\n^2^ Institute of the Sea, Tarn University, Sweden\n\n";
    let document = read_text("a.md", format!("{front}{BODY}"));
    assert_eq!(of_kind(&document, BlockKind::Affiliation).len(), 2);
}

#[test]
fn a_number_with_a_bar_begins_a_heading_under_an_open_line() {
    let text = format!(
        "Letters by boat\n\n{BODY}\n\nRoute days at sea cargo Northport 12 letters\n\nTarn 9 letters\n\n2 | LEDGERS\n\n\
         The ledgers were copied by hand [2]."
    );
    let document = read_text("a.txt", text);
    assert!(of_kind(&document, BlockKind::Heading).contains(&"2 | LEDGERS"), "{:?}", document.blocks());
}
