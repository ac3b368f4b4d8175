//! Items: what a shop's or an index's page offers or lists, each with its link, price and image.
//!
//! What a page declares of them (JSON-LD, microdata) goes before what its repeated markup shows, since shops keep
//! the former right for search engines.

mod asked;
mod card;
mod declared;
mod joined;
mod microdata;
mod money;
mod naming;
mod parts;
mod price;
mod rows;
mod shown;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use serde::Serialize;
use url::Url;

use crate::blocks::Blocks;
use crate::document::Arena;
use crate::metadata::{Metadata, Source, address, key};
use crate::verdicts::PageType;
use money::Place;
use price::Price;
use rows::Plain;

/// No page lists more than this.
const MOST: usize = 1000;

/// In bytes; what is longer is a text.
const LONGEST_TITLE: usize = 500;

/// A product of a shop, or an entry of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    title: String,
    url: Option<String>,
    price: Option<String>,
    currency: Option<String>,
    image: Option<String>,
    source: Source,
}

impl Item {
    /// Its name, white space folded.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The address that it leads to: absolute, http or https.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// What it costs, as a decimal number without grouping: `1299.00`. Of a range the lower end, of several sizes or
    /// colours the cheapest; of a reduced price what is to be paid now. A sum for a month or a measure only where no
    /// other is shown. `None` where no price is shown, or one of zero.
    pub fn price(&self) -> Option<&str> {
        self.price.as_deref()
    }

    /// The price's currency as an ISO 4217 code, `EUR`. A `$`, `kr`, `¥` or `Rs` that may be of several countries
    /// goes by the ending of the page's host and the region of its language, and without such hints `$` is `USD`,
    /// `¥` is `JPY`, `Rs` is `INR`, and `kr` is none.
    pub fn currency(&self) -> Option<&str> {
        self.currency.as_deref()
    }

    /// The address of its image: absolute, http or https.
    pub fn image(&self) -> Option<&str> {
        self.image.as_deref()
    }

    /// Where it was found: `JsonLd`, `Microdata`, `OpenGraph`, or `Visible` for what readers see.
    pub fn source(&self) -> Source {
        self.source
    }

    /// An item, if it has a name that says something.
    fn new(title: &str, source: Source) -> Option<Item> {
        let is_name = !key(title).is_empty() && title.len() <= LONGEST_TITLE;
        let title = title.to_owned();
        is_name.then_some(Item { title, url: None, price: None, currency: None, image: None, source })
    }

    /// Takes over what another reading of the same item has found besides.
    fn complete(&mut self, other: &Item) {
        self.url = self.url.take().or_else(|| other.url.clone());
        self.image = self.image.take().or_else(|| other.image.clone());
        if self.price.is_none() {
            self.price.clone_from(&other.price);
            self.currency.clone_from(&other.currency);
        }
    }

    fn costs(&mut self, price: Option<Price>) {
        if let Some(price) = price {
            self.price = Some(price.amount);
            self.currency = price.currency;
        }
    }
}

/// What items are searched in.
pub(crate) struct Look<'a> {
    pub(crate) arena: &'a Arena,
    pub(crate) blocks: &'a Blocks,
    /// How likely each block is content.
    pub(crate) scores: &'a [f32],
    pub(crate) page_type: PageType,
    pub(crate) metadata: Metadata<'a>,
}

/// A page with what is needed to read addresses and prices on it.
struct Page<'a> {
    look: Look<'a>,
    base: Option<Url>,
    place: Place,
}

impl Page<'_> {
    fn address(&self, address: &str) -> Option<String> {
        self::address(address, self.base.as_ref()).map(String::from)
    }

    /// Whether a name is that of the page itself.
    fn is_subject(&self, name: &str) -> bool {
        self.look.metadata.title().is_some_and(|title| {
            let (title, name) = (key(title), key(name));
            !name.is_empty() && (title.contains(&name) || name.contains(&title))
        })
    }
}

/// The items of a page in their order, each once.
///
/// The page's type is a guess, so that a list which is plainly one counts on a page of any type.
pub(crate) fn items(look: Look<'_>) -> Vec<Item> {
    let place = Place::of(look.metadata.host(), look.metadata.language());
    let page = Page { base: look.metadata.base(), place, look };
    let mut found = match page.look.page_type {
        // What else its page shows is recommended beside it.
        PageType::Product => product(&page).into_iter().collect(),
        PageType::Collection | PageType::Listing => {
            let declared = [declared::list, microdata::list];
            let declared = declared.iter().map(|list| list(&page)).find(|items| items.len() > 1);
            let shown = rows::list(&page, Plain::Anything);
            match declared {
                Some(declared) => joined::joined(declared, shown),
                None => shown,
            }
        }
        page_type => {
            let declared = [declared::list, microdata::list];
            let declared = declared.iter().map(|list| list(&page)).find(|items| is_offer(items));
            // A thread's posts are alike, too.
            let is_thread = page_type == PageType::Forum;
            declared.unwrap_or_else(|| {
                rows::list(&page, if is_thread { Plain::Offers } else { Plain::OffersOrPage })
            })
        }
    };
    if found.is_empty() {
        let own = declared::product(&page).or_else(|| microdata::product(&page));
        found.extend(own.filter(|item| item.price.is_some() && page.is_subject(&item.title)));
    }
    let mut seen = HashSet::new();
    found.retain(|item| seen.insert((item.url.clone(), item.title.clone())));
    found.truncate(MOST);
    found
}

/// True for a list of which half has a price.
fn is_offer(items: &[Item]) -> bool {
    items.len() > 1 && 2 * items.iter().filter(|item| item.price.is_some()).count() >= items.len()
}

/// The product that a page is of.
fn product(page: &Page<'_>) -> Option<Item> {
    let declared = declared::product(page).or_else(|| microdata::product(page));
    let mut item = match declared {
        Some(item) => item,
        None => Item::new(page.look.metadata.title()?, Source::Visible)?,
    };
    if item.price.is_none() {
        item.costs(shown::in_metas(page).or_else(|| shown::near_title(page)));
    }
    let address = || page.look.metadata.canonical_url().or_else(|| page.look.metadata.url());
    item.url = item.url.or_else(|| address().map(str::to_owned));
    item.image = item.image.or_else(|| page.look.metadata.image().map(str::to_owned));
    // Without a price, a declaration or a picture it is any page.
    (item.source != Source::Visible || item.price.is_some()).then_some(item)
}
