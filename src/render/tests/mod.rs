//! Tests of the writers: a table of cases, and properties that hold for any page.

mod properties;

use serde::Deserialize;
use url::Url;

use super::{Selection, Style, html, markdown, text};
use crate::blocks::{Blocks, flatten};
use crate::document::Document;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// A fragment of a page, and what comes of it when all blocks are chosen but those whose text holds `drop`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    why: String,
    /// What comes out has other words than the blocks: TeX for MathML, names of notes, labels of films.
    #[serde(default)]
    own_words: bool,
    input: String,
    drop: Option<String>,
    base: Option<String>,
    #[serde(default = "yes")]
    links: bool,
    #[serde(default = "yes")]
    images: bool,
    #[serde(default = "yes")]
    tables: bool,
    text: String,
    markdown: String,
    html: String,
}

fn yes() -> bool {
    true
}

/// A page ready to be printed.
struct Page {
    document: Document,
    blocks: Blocks,
    chosen: Vec<bool>,
}

impl Page {
    fn new(input: &str, chosen: impl Fn(&str) -> bool) -> Page {
        let document = Document::parse(input);
        let blocks = flatten(&document, usize::MAX);
        let chosen = blocks.blocks.iter().map(|block| chosen(blocks.text_of(block))).collect();
        Page { document, blocks, chosen }
    }

    fn selection(&self) -> Selection<'_> {
        Selection { document: &self.document, blocks: &self.blocks, chosen: &self.chosen }
    }

    /// The words of the chosen blocks.
    fn words(&self) -> Vec<&str> {
        let blocks = self.blocks.blocks.iter().zip(&self.chosen).filter(|(_, chosen)| **chosen);
        blocks.flat_map(|(block, _)| self.blocks.text_of(block).split_whitespace()).collect()
    }
}

const PLAIN: Style<'_> = Style { links: true, images: true, tables: true, base: None };

fn cases() -> Vec<Case> {
    let cases: Cases = toml::from_str(include_str!("cases.toml")).expect("the cases are TOML");
    cases.case
}

#[test]
fn every_case_comes_out_as_written() {
    let mut failures = String::new();
    for case in cases() {
        let page = Page::new(&case.input, |text| case.drop.as_ref().is_none_or(|drop| !text.contains(drop)));
        let base = case.base.as_deref().map(|base| Url::parse(base).expect("the base is a URL"));
        let style =
            Style { links: case.links, images: case.images, tables: case.tables, base: base.as_ref() };
        let selection = page.selection();
        for (form, expected, got) in [
            ("text", &case.text, text(&selection, &style)),
            ("markdown", &case.markdown, markdown(&selection, &style)),
            ("html", &case.html, html(&selection, &style)),
        ] {
            if expected.trim_end() != got {
                failures += &format!("{} as {form}\n--- expected\n{expected}\n--- got\n{got}\n\n", case.name);
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_case_says_why_it_is_there_and_is_there_once() {
    let cases = cases();
    let mut names: Vec<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "two cases of one name: {names:?}");
    assert!(cases.len() >= 250 && cases.iter().all(|case| !case.why.is_empty()));
}
