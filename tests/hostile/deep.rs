//! Pages that nest deep and make the tree builder look through all of that again and again, of random tags: where
//! depth is lowered for that, elements are closed in every state the tree builder can be in.

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::RcDom;
use rayon::prelude::*;
use unhusk::{Document, Extractor};

use crate::shapes::{SHAPES, words};

/// What is open from the beginning on.
const OPEN: &[&str] =
    &["<div>", "<span>", "<section>", "<ul><li>", "<b>", "<x-y>", "<table><tr><td>", "<svg><g>"];

/// What follows, with a word behind each.
const PIECES: &[&str] = &[
    "</p>",
    "</y>",
    "</div>",
    "</span>",
    "</g>",
    "</b>",
    "</table>",
    "</form>",
    "</svg>",
    "<div>",
    "<span>",
    "<p>",
    "<b>",
    "<i id=a>",
    "<a href=b>",
    "<nobr>",
    "<li>",
    "<dd>",
    "<h2>",
    "<form>",
    "<button>",
    "<object>",
    "<table>",
    "<tr>",
    "<td>",
    "<caption>",
    "<colgroup>",
    "<svg>",
    "<g>",
    "<foreignObject>",
    "<math>",
    "<mi>",
    "<ruby>",
    "<rt>",
    "<pre>",
    "<br>",
    "</body>",
    "</html>",
    "<template>",
    "</template>",
    "<select>",
    "<option>",
    "</select>",
];

/// A page of 6,000 words, the same for a number in every run.
fn page(number: u64) -> String {
    let mut state = (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    // A few kinds of tags for each page, so that pages are not all alike.
    let open: Vec<&str> = (0..2).map(|_| OPEN[next(OPEN.len())]).collect();
    let pieces: Vec<&str> = (0..6).map(|_| PIECES[next(PIECES.len())]).collect();
    let mut page = String::from("<!DOCTYPE html><title>w</title><body>");
    (0..500).for_each(|_| page.push_str(open[next(open.len())]));
    for word in 0..6000 {
        page.push_str(pieces[next(pieces.len())]);
        page.push_str(&format!("w{word}w "));
    }
    page
}

#[test]
fn no_deep_page_loses_text() {
    let results: Vec<(u64, usize, usize, usize)> = (0..400)
        .into_par_iter()
        .map(|number| {
            let page = page(number);
            let document = Document::parse(&page);
            let _ = unhusk::extract(&page).json();
            (number, document.flattened(), words(&document.dump()), words(&page))
        })
        .collect();
    let failed: Vec<_> = results.iter().filter(|(_, _, found, wanted)| found != wanted).collect();
    assert!(failed.is_empty(), "number, flattened, words found and wanted: {failed:?}");
    let flattened = results.iter().filter(|(_, flattened, ..)| *flattened > 100).count();
    assert!(flattened > 100, "{flattened} pages are deep");
}

/// The same page read by html5ever, which has no cap.
fn from_rcdom(page: &str) -> Document {
    let dom = html5ever::parse_document(RcDom::default(), Default::default());
    Document::from_rcdom(&dom.one(page))
}

#[test]
fn a_tree_parsed_elsewhere_is_flattened_alike() {
    let mut shapes = 0;
    for shape in SHAPES.iter().filter(|shape| shape.name.starts_with("nested ")) {
        let page = (shape.page)(1200);
        let document = from_rcdom(&page);
        let extraction = Extractor::new().extract_document(&document);
        let deepest = extraction.blocks().map(|block| block.path().matches('/').count()).max();
        assert!(deepest <= Some(513), "{}: {deepest:?}", shape.name);
        let found: usize = extraction.blocks().map(|block| words(block.text())).sum();
        assert_eq!(found, words(&page), "{}", shape.name);
        shapes += usize::from(document.flattened() > 0);
    }
    assert!(shapes > 15, "{shapes}");
    let page = "<div>w1w <br><div>w2w <section>w3w</section></div>".repeat(600);
    assert_eq!(from_rcdom(&page).dump(), Document::parse(&page).dump());
}
