//! The items of corpus pages, by `items.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use unhusk::Extractor;
use unhusk::eval::GoldSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    title: String,
    url: Option<String>,
    price: Option<String>,
    currency: Option<String>,
    image: Option<String>,
}

#[test]
fn items_of_corpus_pages() {
    let expected: BTreeMap<String, Vec<Expected>> = toml::from_str(include_str!("items.toml")).unwrap();
    let corpus = GoldSet::open(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).unwrap();
    for (id, expected) in expected {
        let entry = corpus.entries().iter().find(|entry| entry.id() == id).expect(&id);
        let builder = Extractor::builder();
        let builder = entry.page().url().map_or(builder.clone(), |url| builder.url(url));
        let extraction = builder.build().unwrap().extract_bytes(&entry.read().unwrap(), None).unwrap();
        let found = extraction.items();
        let titles: Vec<&str> = found.iter().map(|item| item.title()).collect();
        assert_eq!(titles, expected.iter().map(|item| item.title.as_str()).collect::<Vec<_>>(), "{id}");
        for (found, expected) in found.iter().zip(&expected) {
            let found_fields = [found.url(), found.price(), found.currency(), found.image()];
            let fields = [&expected.url, &expected.price, &expected.currency, &expected.image];
            assert_eq!(found_fields, fields.map(Option::as_deref), "{id}: {}", expected.title);
        }
    }
}

/// The same items stand in the page's JSON.
#[test]
fn json_has_the_items() {
    let page = include_str!("../corpus/shop/shopify-shoe.html");
    let json: serde_json::Value = serde_json::from_str(&unhusk::extract(page).json()).unwrap();
    let item = &json["items"][0];
    assert_eq!(item["title"], "Marram Mid Waxed Boot");
    assert_eq!(item["source"], "json_ld");
}
