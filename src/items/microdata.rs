//! Items that microdata declares: elements with an `itemtype` of products.

use html5ever::local_name;

use super::price;
use super::{Item, MOST, Page};
use crate::document::{Arena, NodeId, Tag};
use crate::metadata::{Source, attribute, element_text, following, tag};

/// All the products of the page.
pub(super) fn list(page: &Page<'_>) -> Vec<Item> {
    scopes(page.look.arena).filter_map(|scope| read(page, scope)).take(MOST).collect()
}

/// The product that the page is of: the one that is called as the page, or the only one.
pub(super) fn product(page: &Page<'_>) -> Option<Item> {
    let mut all = list(page);
    let own = all.iter().position(|item| page.is_subject(&item.title));
    own.or_else(|| (all.len() == 1).then_some(0)).map(|own| all.swap_remove(own))
}

/// The products that stand in no other product.
fn scopes(arena: &Arena) -> impl Iterator<Item = NodeId> {
    let mut at = Some(NodeId::ROOT);
    std::iter::from_fn(move || {
        while let Some(id) = at {
            let is_scope = is_product(arena, id);
            at = following(arena, id, NodeId::ROOT, !is_scope);
            if is_scope {
                return Some(id);
            }
        }
        None
    })
}

fn is_product(arena: &Arena, id: NodeId) -> bool {
    let kind = attribute(arena, id, &local_name!("itemtype"));
    kind.is_some_and(|kinds| {
        kinds
            .split_ascii_whitespace()
            .any(|kind| kind.rsplit('/').next().is_some_and(|kind| kind == "Product"))
    })
}

/// What the properties in a product say; those of its reviews and of products within it are not its own.
fn read(page: &Page<'_>, scope: NodeId) -> Option<Item> {
    let arena = page.look.arena;
    let [mut name, mut url, mut image, mut amount, mut currency] = [const { None::<String> }; 5];
    let mut at = following(arena, scope, scope, true);
    while let Some(id) = at {
        let kind = attribute(arena, id, &local_name!("itemtype"));
        let is_own = kind.is_none_or(|kind| kind.ends_with("Offer"));
        let names = attribute(arena, id, &local_name!("itemprop")).unwrap_or_default();
        for property in names.split_ascii_whitespace() {
            let slot = match property {
                "name" if is_own => &mut name,
                "url" => &mut url,
                "image" => &mut image,
                "price" | "lowPrice" => &mut amount,
                "priceCurrency" => &mut currency,
                _ => continue,
            };
            if slot.is_none() {
                *slot = value(arena, id);
            }
        }
        at = following(arena, id, scope, is_own || kind.is_some_and(|kind| kind.ends_with("AggregateOffer")));
    }
    let mut item = Item::new(&name?, Source::Microdata)?;
    item.url = url.and_then(|url| page.address(&url));
    item.image = image.and_then(|image| page.address(&image));
    item.costs(amount.and_then(|amount| price::declared(&amount, currency.as_deref(), &page.place)));
    Some(item)
}

/// The value of a property, by the kind of its element.
fn value(arena: &Arena, id: NodeId) -> Option<String> {
    /// Names and prices are shorter, in bytes.
    const LONGEST: usize = 500;
    let of = |name| attribute(arena, id, &name).map(str::to_owned);
    let held = of(local_name!("content")).or_else(|| match tag(arena, id) {
        Some(Tag::A | Tag::Link) => of(local_name!("href")),
        Some(Tag::Img) => of(local_name!("src")),
        Some(Tag::Meta) => None,
        _ => Some(element_text(arena, id, LONGEST)),
    });
    // The name of a thing is often a link to it.
    let is_name = attribute(arena, id, &local_name!("itemprop")) == Some("name");
    let shown = is_name.then(|| element_text(arena, id, LONGEST)).filter(|text| !text.is_empty());
    shown.or(held).filter(|value| !value.is_empty())
}
