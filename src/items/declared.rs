//! Items that JSON-LD declares: the entries of an `ItemList`, or products with their offers.

use serde_json::{Map, Value};

use super::price::{self, Price};
use super::{Item, MOST, Page};
use crate::metadata::{Source, plain};

type Object = Map<String, Value>;

/// Bounds the walk over what scripts hold.
const MOST_VALUES: usize = 100_000;

/// Keys under which products stand that the page recommends beside its own.
const BESIDE: [&str; 6] =
    ["isRelatedTo", "isSimilarTo", "isAccessoryOrSparePartFor", "review", "breadcrumb", "hasVariant"];

/// What scripts declare, in the order of the page.
#[derive(Default)]
struct Found {
    lists: Vec<Vec<Value>>,
    products: Vec<Object>,
}

/// The items of the list that the page declares, or else all of its products.
pub(super) fn list(page: &Page<'_>) -> Vec<Item> {
    let found = read(page);
    let lists = found.lists.iter().map(|list| -> Vec<Item> {
        list.iter()
            .filter_map(Value::as_object)
            .take(MOST)
            .filter_map(|entry| of_entry(page, entry))
            .collect()
    });
    let longest = lists.max_by_key(Vec::len).filter(|list| list.len() > 1);
    longest.unwrap_or_else(|| {
        found.products.iter().take(MOST).filter_map(|product| of_product(page, product)).collect()
    })
}

/// The product that the page is of: the one that is called as the page, or the only one.
pub(super) fn product(page: &Page<'_>) -> Option<Item> {
    let found = read(page);
    let mut all: Vec<Item> = found.products.iter().filter_map(|product| of_product(page, product)).collect();
    let own = all.iter().position(|item| page.is_subject(&item.title));
    own.or_else(|| (all.len() == 1).then_some(0)).map(|own| all.swap_remove(own))
}

fn read(page: &Page<'_>) -> Found {
    let mut found = Found::default();
    let mut stack = page.look.metadata.json_ld();
    stack.reverse();
    for _ in 0..MOST_VALUES {
        match stack.pop() {
            None => break,
            Some(Value::Array(items)) => stack.extend(items.into_iter().rev()),
            Some(Value::Object(object)) => {
                let is = |kind: &str| types(&object).any(|have| have == kind);
                if is("ItemList") || is("OfferCatalog") {
                    found.lists.extend(object.get("itemListElement").and_then(Value::as_array).cloned());
                } else if is_product(&object) {
                    found.products.push(object);
                } else {
                    let inner = object.into_iter().rev();
                    let inner = inner.filter(|(name, _)| !BESIDE.contains(&name.as_str()));
                    stack.extend(inner.map(|(_, value)| value).filter(|v| v.is_array() || v.is_object()));
                }
            }
            Some(_) => {}
        }
    }
    found
}

fn is_product(object: &Object) -> bool {
    const PRODUCTS: [&str; 7] =
        ["Product", "ProductGroup", "ProductModel", "IndividualProduct", "SomeProducts", "Vehicle", "Car"];
    types(object).any(|kind| PRODUCTS.contains(&kind))
}

/// An entry of a list: the thing itself, or a `ListItem` around it. A menu may be declared as a list, too.
fn of_entry(page: &Page<'_>, entry: &Object) -> Option<Item> {
    const MENU: [&str; 4] = ["SiteNavigationElement", "WPFooter", "WPHeader", "WPSideBar"];
    let inner = entry.get("item").and_then(Value::as_object);
    if types(inner.unwrap_or(entry)).chain(types(entry)).any(|kind| MENU.contains(&kind)) {
        return None;
    }
    let mut item = of_product(page, inner.unwrap_or(entry)).or_else(|| of_product(page, entry))?;
    let url = || text(entry.get("item")).or_else(|| text(entry.get("url")));
    item.url = item.url.or_else(|| page.address(&url()?));
    Some(item)
}

fn of_product(page: &Page<'_>, thing: &Object) -> Option<Item> {
    let name = text(thing.get("name")).or_else(|| text(thing.get("headline")))?;
    let mut item = Item::new(&name, Source::JsonLd)?;
    let offers = thing.get("offers");
    let variants = variants(thing);
    let url = text(thing.get("url")).or_else(|| text(first(offers)?.get("url")));
    let url = url.or_else(|| text(thing.get("@id")).filter(|id| id.starts_with("http")));
    item.url = url.and_then(|url| page.address(&url));
    let images = std::iter::once(thing).chain(variants.iter().copied()).map(|thing| thing.get("image"));
    item.image = images.filter_map(image).find_map(|image| page.address(&image));
    let of_variants = || {
        let prices = variants.iter().filter_map(|variant| of_offers(page, variant.get("offers")?));
        prices.min_by(|a, b| a.value().total_cmp(&b.value()))
    };
    item.costs(offers.and_then(|offers| of_offers(page, offers)).or_else(of_variants));
    Some(item)
}

/// The products that a group is of: one in each size and colour.
fn variants(thing: &Object) -> Vec<&Object> {
    const MOST_VARIANTS: usize = 1000;
    let all: &[Value] = match thing.get("hasVariant") {
        Some(Value::Array(all)) => all,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    all.iter().filter_map(Value::as_object).take(MOST_VARIANTS).collect()
}

/// The price of the first offer that has one.
fn of_offers(page: &Page<'_>, offers: &Value) -> Option<Price> {
    const MOST_OFFERS: usize = 100;
    let mut stack = vec![offers];
    for _ in 0..MOST_OFFERS {
        match stack.pop()? {
            Value::Array(offers) => stack.extend(offers.iter().rev()),
            Value::Object(offer) => {
                let currency = text(offer.get("priceCurrency"));
                let amount = ["lowPrice", "price"].iter().find_map(|name| text(offer.get(*name)));
                let place = &page.place;
                if let Some(price) = amount.and_then(|it| price::declared(&it, currency.as_deref(), place)) {
                    return Some(price);
                }
                stack.extend(
                    ["priceSpecification", "offers"].iter().rev().filter_map(|name| offer.get(*name)),
                );
            }
            _ => {}
        }
    }
    None
}

fn first(value: Option<&Value>) -> Option<&Object> {
    match value? {
        Value::Array(items) => items.first()?.as_object(),
        other => other.as_object(),
    }
}

/// The address of the first image.
fn image(value: Option<&Value>) -> Option<String> {
    let address = |one: &Value| {
        let of = |object: &Object| text(object.get("url")).or_else(|| text(object.get("contentUrl")));
        one.as_object().map_or_else(|| text(Some(one)), of)
    };
    match value? {
        Value::Array(items) => items.iter().find_map(address),
        one => address(one),
    }
}

/// A string or a number.
fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => plain(text),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The names of an object's types without the vocabulary's prefix.
fn types(object: &Object) -> impl Iterator<Item = &str> {
    let types: &[Value] = match object.get("@type") {
        Some(Value::Array(types)) => types,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    types.iter().filter_map(Value::as_str).map(|name| name.rsplit([':', '/']).next().unwrap_or(name))
}
