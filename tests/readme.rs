//! The README's first program prints what the README says. That it compiles and runs is a documentation test.

use std::fmt::Write as _;

use unhusk::Extractor;

const README: &str = include_str!("../README.md");

fn between<'a>(text: &'a str, open: &str, close: &str) -> &'a str {
    let (_, rest) = text.split_once(open).unwrap_or_else(|| panic!("no {open:?} in the README"));
    rest.split_once(close).map(|(inside, _)| inside).unwrap_or_else(|| panic!("no {close:?} after {open:?}"))
}

#[test]
fn the_first_program_prints_what_is_said() {
    let page = between(README, "r#\"", "\"#;");
    let extractor = Extractor::builder().url(between(README, ".url(\"", "\")")).build().unwrap();
    let extraction = extractor.extract(page).unwrap();
    let mut printed = format!("title: {:?}\n{}\n\n", extraction.metadata().title(), extraction.markdown());
    for block in extraction.blocks() {
        writeln!(printed, "{}: {}", block.role(), block.text()).unwrap();
    }
    assert_eq!(printed, between(README, "It prints:\n\n```text\n", "```"));
}
