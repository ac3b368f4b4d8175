//! A declared list and the row that the page shows, put together: many lists for search engines hold no more than names
//! and addresses, or only the first few.

use std::collections::HashMap;

use super::{Item, is_offer};
use crate::metadata::key;

/// What is declared, completed by what is shown; or what is shown, where that holds it and is much more, or where it is
/// on offer and the declared list is of something else.
pub(super) fn joined(mut declared: Vec<Item>, mut shown: Vec<Item>) -> Vec<Item> {
    let pairs = pairs(&declared, &shown);
    let is_more = shown.len() >= 2 * declared.len() && 2 * pairs.len() >= declared.len();
    let is_other = pairs.is_empty() && !is_offer(&declared) && is_offer(&shown);
    let takes_shown = is_more || is_other;
    for (at, place) in pairs {
        if let (Some(declared), Some(shown)) = (declared.get_mut(at), shown.get_mut(place)) {
            if takes_shown { shown.complete(declared) } else { declared.complete(shown) }
        }
    }
    if takes_shown { shown } else { declared }
}

/// Which of those declared are which of those shown, by their places.
fn pairs(declared: &[Item], shown: &[Item]) -> Vec<(usize, usize)> {
    let (of_declared, of_shown) = (pages(declared), pages(shown));
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, item) in shown.iter().enumerate() {
        for mark in marks(item, &of_shown) {
            places.entry(mark).or_insert(place);
        }
    }
    let pairs = declared.iter().enumerate().filter_map(|(at, item)| {
        let marks = marks(item, &of_declared);
        Some((at, marks.iter().find_map(|mark| places.get(mark).copied())?))
    });
    pairs.collect()
}

/// How many items lead to each page.
fn pages(items: &[Item]) -> HashMap<&str, usize> {
    let mut pages = HashMap::new();
    items.iter().filter_map(page).for_each(|page| *pages.entry(page).or_default() += 1);
    pages
}

/// Where an item leads to, without the place in the page.
fn page(item: &Item) -> Option<&str> {
    item.url()?.split('#').next()
}

/// By which an item is known again: its address, the page that no other leads to, then its name.
fn marks(item: &Item, pages: &HashMap<&str, usize>) -> Vec<String> {
    let alone = page(item).filter(|page| pages.get(page) == Some(&1));
    let addresses = item.url().into_iter().chain(alone).map(str::to_owned);
    addresses.chain([key(&item.title)]).collect()
}
