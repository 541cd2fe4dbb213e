//! Reference lists under bad input: cut, run together, huge, with absurd numbers; and the linear time
//! of reading them.

use exolint::format::read_text;
use exolint::parse::parse;
use exolint::parse::reference::References;
use exolint::rules::Rules;
use std::fmt::Write;
use std::time::{Duration, Instant};

fn references(text: &str) -> References {
    parse(&read_text("case.txt", text), &Rules::builtin().data).references
}

fn entry(number: usize) -> String {
    format!(
        "[{number}] Hall B, Moor C, Lind D, et al. Bone healing in small mammals, study {number}. \
         J Test Bone. {};{}({}):{number}-{}. doi:10.5555/test.{number}\n",
        1990 + number % 30,
        number % 80 + 1,
        number % 12 + 1,
        number + 9
    )
}

fn list(numbers: impl Iterator<Item = usize>) -> String {
    numbers.fold("References\n".to_owned(), |mut text, number| {
        let _ = write!(text, "{}", entry(number));
        text
    })
}

fn numbers(references: &References) -> Vec<Vec<u32>> {
    references.lists.iter().map(|list| list.entries.iter().filter_map(|e| e.number).collect()).collect()
}

#[test]
fn a_list_that_lost_its_beginning_is_read_from_its_first_number() {
    let found = references(&list(14..30));
    assert_eq!(numbers(&found), [(14..30).collect::<Vec<u32>>()]);
}

#[test]
fn two_lists_run_into_each_other_are_two_lists() {
    let text = list((1..9).chain(1..6));
    assert_eq!(numbers(&references(&text)), [(1..9).collect::<Vec<u32>>(), (1..6).collect()]);
}

#[test]
fn absurd_numbers_neither_panic_nor_allocate() {
    let text = format!(
        "{}[1-999999999] Moor C.\n[{}] Lind D. Rest. J Test. 2010;1:2-3.\n",
        list(1..6),
        "9".repeat(31)
    );
    let found = references(&text);
    assert_eq!(found.lists.len(), 1);
    assert_eq!(found.lists[0].last_number(), Some(5));
}

#[test]
fn marks_without_end_are_read_in_time() {
    let texts = [
        format!("References\n{}", "[".repeat(200_000)),
        format!(
            "References\n[1] Hall B. {}\n[2] Moor C. Rest. J Test. 2010;1:2-3.\n",
            "A b. ".repeat(100_000)
        ),
        format!("References\n[1] Hall B. {}\n", "(a ".repeat(100_000)),
        format!("References\n{}", "1 2 3 4 5 6 7 8 9 ".repeat(20_000)),
        format!("References\n[1] {}", "10.5555/".repeat(50_000)),
        format!("References\n[1] {}", "Hall, B., ".repeat(50_000)),
        format!("References\n[1] {}", "王一,".repeat(50_000)),
    ];
    for text in texts {
        let start = Instant::now();
        let _ = references(&text);
        assert!(start.elapsed() < Duration::from_secs(20), "{}", &text[..40]);
    }
}

#[test]
fn ten_thousand_entries_take_time_linear_in_their_number() {
    let time = |count: usize| {
        let text = list(1..count + 1);
        let start = Instant::now();
        let found = references(&text);
        assert_eq!(found.entries().count(), count);
        start.elapsed()
    };
    time(500);
    let (half, whole) = (time(5_000), time(10_000));
    // the factor asked for is 2.3; a busy machine gets some room here, the benchmark has none
    assert!(whole < half * 4, "{half:?} {whole:?}");
}

#[test]
fn every_form_gives_its_fields() {
    let text = "\
References
[1] Hall B, Moor C, et al. Bone healing in mice. J Test Bone. 2015;3(2):111-9.
[2] Hall B, Moor C. Bone healing in rats[J]. J Test Bone, 2016, 4(1): 21-29.
[3] Hall, B. C., & Moor, D. (2017). Bone healing in cats. Journal of Tests, 5(1), 31-39.
[4] Hall B, Moor C. Bone healing in dogs. J Test Bone 6, 41-49 (2018).
[5] B. C. Hall and D. Moor, “Bone healing in cows,” Journal of Tests, vol. 7, no. 1, pp. 51-59, 2019.
[6] 王一,李二,赵三,等.小鼠骨愈合的研究[J].测试骨科杂志,2020,8(1):61-69.
";
    let found = references(text);
    let read: Vec<String> = found
        .entries()
        .map(|entry| {
            let work = &entry.work;
            let text = |field: &Option<exolint::parse::reference::Field<String>>| {
                field.as_ref().map_or("-".to_owned(), |f| f.value.clone())
            };
            format!(
                "{:?} {} {} {} {} {}",
                work.style,
                work.first_author().map_or("-", |a| &a.family),
                work.year.as_ref().map_or(0, |y| y.value.year),
                text(&work.volume),
                work.pages.as_ref().map_or("-", |p| &p.value.first),
                text(&work.container),
            )
        })
        .collect();
    assert_eq!(
        read,
        [
            "Vancouver Hall 2015 3 111 J Test Bone",
            "Gbt7714 Hall 2016 4 21 J Test Bone",
            "AuthorDate Hall 2017 5 31 Journal of Tests",
            "Nature Hall 2018 6 41 J Test Bone",
            "Ieee Hall 2019 7 51 Journal of Tests",
            "Gbt7714 王一 2020 8 61 测试骨科杂志",
        ]
    );
}
