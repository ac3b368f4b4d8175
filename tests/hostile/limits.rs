//! Each limit: what comes out within it, what is said, and the error in strict mode.

use unhusk::{Error, Extraction, Extractor, ExtractorBuilder, Limit};

const SENTENCE: &str =
    "The lock keeper opens the gate at six, whatever the river does, and shuts it at nine. ";

fn page(paragraphs: usize) -> String {
    format!("<title>Locks</title><h1>Locks</h1>{}", format!("<p>{SENTENCE}{SENTENCE}</p>").repeat(paragraphs))
}

/// Extracts within a limit, and checks that strict mode gives the same numbers as an error.
fn beyond(page: &str, limit: Limit, set: fn(ExtractorBuilder) -> ExtractorBuilder) -> Extraction {
    let extraction = set(Extractor::builder()).build().unwrap().extract(page).unwrap();
    let [cut] = extraction.truncated() else { panic!("{:?}", extraction.truncated()) };
    assert_eq!(cut.limit(), limit);
    assert!(cut.actual() > cut.allowed(), "{cut:?}");
    let strict = set(Extractor::builder()).strict(true).build().unwrap().extract(page);
    let error = Error::Limit { limit, allowed: cut.allowed(), actual: cut.actual() };
    assert_eq!(strict.err(), Some(error));
    let json: serde_json::Value = serde_json::from_str(&extraction.json()).unwrap();
    assert_eq!(json["truncated"][0]["allowed"].as_u64(), Some(cut.allowed()));
    extraction
}

#[test]
fn a_page_within_all_limits_is_whole() {
    let extraction = Extractor::builder().strict(true).build().unwrap().extract(&page(100)).unwrap();
    assert_eq!(extraction.text().matches("lock keeper").count(), 200);
    assert!(extraction.truncated().is_empty());
    assert!(!extraction.json().contains("truncated"));
}

#[test]
fn input_bytes() {
    let whole = page(100);
    let extraction = beyond(&whole, Limit::InputBytes, |builder| builder.max_input_bytes(5000));
    let cut = extraction.truncated()[0];
    assert_eq!((cut.allowed(), cut.actual(), cut.at()), (5000, whole.len() as u64, Some(5000)));
    let kept = extraction.text().matches("lock keeper").count();
    assert!((50..60).contains(&kept), "{kept}");
    // In the middle of a character, what is left of it goes too.
    let extractor = Extractor::builder().max_input_bytes(6).build().unwrap();
    let extraction = extractor.extract("<p>äöü").unwrap();
    assert_eq!(extraction.truncated()[0].at(), Some(5));
}

#[test]
fn nodes() {
    let whole = page(1000);
    let extraction = beyond(&whole, Limit::Nodes, |builder| builder.max_nodes(500));
    let cut = extraction.truncated()[0];
    let at = cut.at().unwrap();
    assert_eq!(cut.allowed(), 500);
    // All that stands before the place is there, and nothing behind it.
    let before = whole[..at].matches("lock keeper").count();
    assert_eq!(extraction.text().matches("lock keeper").count(), before);
    assert!((400..600).contains(&before), "{before}");
    assert!(extraction.document().node_count() < 510);
}

#[test]
fn steps_are_the_same_each_time() {
    let run = || beyond(&page(1000), Limit::Steps, |builder| builder.max_steps(5_000)).truncated()[0];
    assert_eq!(run(), run());
    assert!(run().at().unwrap() > 1000);
}

#[test]
fn depth_loses_no_text_and_is_no_error() {
    let deep = format!("{}{}", "<div>".repeat(100), page(10));
    let extractor = Extractor::builder().max_depth(50).strict(true).build().unwrap();
    let extraction = extractor.extract(&deep).unwrap();
    assert!(extraction.document().flattened() >= 50);
    assert_eq!(
        extraction.blocks().map(|block| block.text().matches("lock keeper").count()).sum::<usize>(),
        20
    );
    assert_eq!(unhusk::extract(&deep).document().flattened(), 0);
}

/// End tags that close nothing make the builder look through all open elements. A page may have some, 500 deep;
/// with too many for its length, what is open deep down is closed, and later elements are nested less deep.
#[test]
fn depth_is_less_where_looking_up_takes_long() {
    let deep = |end_tags: usize| {
        let search = format!("<span>{SENTENCE}</y>").repeat(end_tags);
        unhusk::extract(&format!("{}{search}{}", "<div>".repeat(500), page(10)))
    };
    for (end_tags, flattened) in [(4, 0..=0), (5_000, 4_000..=6_000)] {
        let extraction = deep(end_tags);
        let found = extraction.document().flattened();
        assert!(flattened.contains(&found), "{found} of {end_tags}");
        assert!(extraction.truncated().is_empty());
        let kept = extraction.blocks().map(|block| block.text().matches("lock keeper").count());
        assert_eq!(kept.sum::<usize>(), end_tags + 20);
    }
}

/// Void elements and siblings are no depth; what is void in HTML nests in `svg`.
#[test]
fn depth_is_that_of_open_elements() {
    let flattened = |page: &str| unhusk::extract(page).document().flattened();
    assert_eq!(flattened(&"<br><img><p>a</p><li>b".repeat(2000)), 0);
    assert_eq!(flattened(&"<div>a</div>".repeat(2000)), 0);
    assert!(flattened(&format!("<svg>{}", "<br/><g>".repeat(2000))) <= 2000);
    assert!(flattened(&format!("<svg>{}", "<source>".repeat(2000))) > 1000);
    assert!(flattened(&format!("<math>{}", "<mrow>".repeat(2000))) > 1000);
}

#[test]
fn attribute_bytes() {
    let with = |address: &str| format!("{}<p><a href='{address}'>gate</a></p>", page(3));
    let long = with(&format!("https://a.example/{}", "x".repeat(5000)));
    let extraction = beyond(&long, Limit::AttributeBytes, |builder| builder.max_attribute_bytes(1000));
    assert!(extraction.text().contains("gate") && !extraction.html().contains("xxx"));
    let data = Extractor::builder().max_attribute_bytes(1000).strict(true).build().unwrap();
    let data = data.extract(&with(&format!("data:image/png;base64,{}", "x".repeat(5000)))).unwrap();
    assert!(data.truncated().is_empty());
}

#[test]
fn blocks() {
    let extraction = beyond(&page(100), Limit::Blocks, |builder| builder.max_blocks(10));
    assert_eq!(extraction.blocks().len(), 10);
    let cut = extraction.truncated()[0];
    assert_eq!((cut.allowed(), cut.actual(), cut.at()), (10, 101, None));
    assert_eq!(extraction.text().matches("lock keeper").count(), 18);
    assert!(extraction.html().matches("lock keeper").count() == 18);
}

#[test]
fn output_bytes() {
    let extraction = beyond(&page(100), Limit::OutputBytes, |builder| builder.max_output_bytes(1000));
    assert!(extraction.text().len() <= 1000 + 20, "{}", extraction.text().len());
    for text in [extraction.text(), extraction.markdown(), extraction.html()] {
        assert_eq!(text.matches("lock keeper").count(), 10);
    }
    assert_eq!(extraction.blocks().len(), 101);
}
