//! What the verdict says of itself: reasons that add up, and a confidence that knows what it has not seen.

use unhusk::eval::GoldSet;
use unhusk::{Extractor, Favour, PageType, extract};

/// Every page of the corpus, with its name.
fn corpus_pages() -> Vec<(String, String)> {
    let set = GoldSet::open(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")).unwrap();
    let read = |page: Vec<u8>| String::from_utf8_lossy(&page).into_owned();
    let pages: Vec<_> =
        set.entries().iter().map(|entry| (entry.id().to_owned(), read(entry.read().unwrap()))).collect();
    assert!(pages.len() > 50, "{} pages", pages.len());
    pages
}

#[test]
fn the_reasons_of_every_block_add_up_to_its_score() {
    for (name, page) in corpus_pages() {
        let extraction = extract(&page);
        for block in extraction.blocks() {
            let sum: f32 = block.reasons().iter().map(|reason| reason.contribution()).sum();
            let score = 1.0 / (1.0 + (-sum).exp());
            assert!((score - block.score()).abs() < 1e-3, "{name}: {score} for {}", block.score());
            for always in ["text_density", "link_ratio"] {
                assert!(block.reasons().iter().any(|reason| reason.name() == always), "{name}: no {always}");
            }
        }
    }
}

/// Pages unlike those that the models have seen.
fn unlike() -> Vec<(&'static str, String)> {
    let line = "The dyke at Ost has held for three hundred years, through eleven storm floods. ";
    let code = "for (i = 0; i < n; i++) { total += weight[i] * value[i]; }\n";
    let row = "<tr><td>Ost<td>1,204<td>17.5<td>yes";
    vec![
        ("nothing", String::new()),
        ("five words", "<p>Only five words stand here.".to_owned()),
        ("one sentence", format!("<p>{line}")),
        ("one pre", format!("<pre>{}</pre>", code.repeat(2000))),
        ("plain text", line.repeat(500)),
        ("one table", format!("<table>{}</table>", row.repeat(400))),
    ]
}

#[test]
fn pages_unlike_all_others_are_less_sure_than_articles() {
    let article = include_str!("../corpus/news/wire-video.html");
    let usual = extract(article).confidence();
    for (name, page) in unlike() {
        let extraction = extract(&page);
        let confidence = extraction.confidence();
        assert!(confidence + 0.1 < usual, "{name}: {confidence}, an article {usual}");
    }
    assert_eq!(extract("").confidence(), 0.0);
    assert_eq!(extract("").page_type(), PageType::Article);
}

#[test]
fn the_type_of_a_page_is_the_same_whatever_is_favoured() {
    let pages = corpus_pages();
    let types = |favour| {
        let extractor = Extractor::builder().favour(favour).build().unwrap();
        pages.iter().map(|(_, page)| extractor.extract(page).unwrap().page_type()).collect::<Vec<_>>()
    };
    let usual = types(Favour::Balance);
    assert_eq!(types(Favour::Precision), usual);
    assert_eq!(types(Favour::Recall), usual);
}

#[test]
fn a_paragraph_that_has_the_titles_words_is_text() {
    let page = "<title>The dyke at Ost</title><nav><ul><li><a href=/>Home</a><li><a href=/sea>Sea</a></ul></nav><article>\
        <p>The dyke at Ost has held for three hundred years, through eleven storm floods. It is made of clay, straw and \
        patience, and each spring the village walks its length.<p>Every farm owes a day of work in March. Whoever does not \
        come pays for the beer, and nobody has ever minded, since the beer is good and the spade is heavy.</article>";
    let extraction = extract(page);
    assert!(extraction.text().starts_with("The dyke at Ost has held"), "{}", extraction.text());
    assert!(extraction.blocks().all(|block| block.role() != unhusk::Role::Title));
}

#[test]
fn a_title_that_is_all_the_text_is_left() {
    let sentence = "The dyke at Ost has held for three hundred years, through eleven storm floods, and each spring the village \
        walks its length with spades.";
    let alone = extract(&format!("<title>Ost</title><body><h1>{sentence}</h1>"));
    assert_eq!(alone.text().trim(), sentence);
    let with_more = extract(&format!(
        "<title>Ost</title><body><h1>The dyke</h1><p>{sentence}</p><p>{sentence} Every farm owes a day.</p>"
    ));
    assert!(!with_more.text().contains("The dyke\n"), "{}", with_more.text());
}
