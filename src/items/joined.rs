//! A declared list and the row that the page shows, put together: many lists for search engines hold no more than names
//! and addresses, or only the first few.

use std::collections::HashMap;

use super::{Item, is_offer};
use crate::metadata::key;

/// What is declared, completed by what is shown; or what is shown, where that holds it and is much more, or where it is
/// on offer and the declared list is of something else.
pub(super) fn joined(mut declared: Vec<Item>, mut shown: Vec<Item>) -> Vec<Item> {
    let mut places: HashMap<String, usize> = HashMap::new();
    for (place, item) in shown.iter().enumerate() {
        for mark in marks(item) {
            places.entry(mark).or_insert(place);
        }
    }
    let pairs = declared.iter().enumerate().filter_map(|(at, item)| {
        let place = marks(item).into_iter().find_map(|mark| places.get(&mark))?;
        Some((at, *place))
    });
    let pairs: Vec<(usize, usize)> = pairs.collect();
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

/// By which an item is known again: its address, then its name.
fn marks(item: &Item) -> Vec<String> {
    let address = item.url.as_deref().and_then(|url| url.split('#').next());
    address.map(str::to_owned).into_iter().chain([key(&item.title)]).collect()
}
