//! `cases.toml`: pages and fragments with the items that are to be found on them.

use serde::Deserialize;
use url::Url;

use super::price;
use super::{Item, Look, Place, items};
use crate::Document;
use crate::blocks::flatten;
use crate::metadata::{Cache, Metadata};
use crate::verdicts::PageType;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    page: Vec<Case>,
    price: Vec<Written>,
}

/// A page of `https://shop.example/lamps`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    /// The type of the page.
    r#type: String,
    html: String,
    /// For each item title, address, price with currency, image and source, `-` for none.
    items: Vec<String>,
}

/// A text with the price in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    text: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    host: String,
    /// Amount and currency, missing where there is none.
    price: Option<String>,
}

fn cases() -> Cases {
    toml::from_str(include_str!("cases.toml")).expect("the table is in order")
}

fn line(item: &Item) -> String {
    let or_dash = |text: Option<&str>| text.unwrap_or("-").to_owned();
    let price = item.price().map(|price| format!("{price} {}", item.currency().unwrap_or("-")));
    let source = serde_json::to_value(item.source()).expect("a source is a string");
    let (url, image) = (or_dash(item.url()), or_dash(item.image()));
    let source = source.as_str().unwrap_or_default().to_owned();
    [item.title().to_owned(), url, price.unwrap_or("-".to_owned()), image, source].join(" | ")
}

#[test]
fn items_of_pages() {
    let cases = cases().page;
    let mut wrong = Vec::new();
    for case in cases {
        let document = Document::parse(&case.html);
        let (blocks, cache) = (flatten(&document, usize::MAX), Cache::default());
        let url = Url::parse("https://shop.example/lamps").ok();
        let page_type = match case.r#type.as_str() {
            "product" => PageType::Product,
            "collection" => PageType::Collection,
            "listing" => PageType::Listing,
            "article" => PageType::Article,
            other => panic!("{other}"),
        };
        let found = items(Look {
            arena: document.arena(),
            blocks: &blocks,
            scores: &vec![1.0; blocks.blocks.len()],
            page_type,
            metadata: Metadata::new(&document, url.as_ref(), &cache),
        });
        let found: Vec<String> = found.iter().map(line).collect();
        if found != case.items {
            wrong.push(format!("{}: {found:#?}", case.why));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn prices_as_people_write_them() {
    for case in cases().price {
        let url = Url::parse(&format!("https://{}/", case.host)).ok();
        let place = Place::of(url.as_ref(), Some(&case.language));
        let found = price::find(&case.text, &place);
        let found = found.map(|it| format!("{} {}", it.amount, it.currency.as_deref().unwrap_or("-")));
        assert_eq!(found, case.price, "{} {} {}", case.text, case.language, case.host);
    }
}

/// Much of one thing must not take more than its share of time: these pages take minutes where it does.
#[test]
fn pages_of_one_thing() {
    for piece in [
        "<li><a href=/x>Lamp</a> $5</li>",
        "<div><a href=/x>Lamp</a>",
        "<div itemscope itemtype=https://schema.org/Product><b itemprop=name>Lamp</b>",
        "<script type=application/ld+json>{\"@type\":\"Product\",\"name\":\"Lamp\",\"offers\":[{},{},{}]}</script>",
        "<p>1 2 3.4 5,6 $ $ $ ",
    ] {
        let document = Document::parse(&piece.repeat(20_000));
        let (blocks, cache) = (flatten(&document, usize::MAX), Cache::default());
        for page_type in [PageType::Collection, PageType::Product] {
            items(Look {
                arena: document.arena(),
                blocks: &blocks,
                scores: &[],
                page_type,
                metadata: Metadata::new(&document, None, &cache),
            });
        }
    }
}
