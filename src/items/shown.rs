//! What an element that shows an item says: its title, its link, its price, its image.

use html5ever::{LocalName, local_name};

use super::price::{self, Price};
use super::{Item, Page};
use crate::document::{Arena, Data, NodeId, Tag};
use crate::metadata::{
    Source, attribute, breaks_line, class_words, fold, following_leaving, key, tag, title_text,
};

/// More of an item than so many nodes is not looked at.
const MOST_NODES: usize = 3000;

/// The longest title, in bytes.
const LONGEST: usize = 300;

/// What says of money that it is paid to those who work, not by those who buy.
const PAY: [&str; 9] =
    ["salary", "gehalt", "a year", "per year", "per annum", "p.a.", "im jahr", "pro jahr", "par an"];

/// The words of ratings.
const RATING: &str = "\
    out of star stars rating ratings rated review reviews customer customers vote votes \
    von stern sterne sternen bewertung bewertungen rezensionen sur étoile étoiles avis note de estrella estrellas \
    valoraciones opiniones reseñas su stella stelle recensioni van ster sterren beoordelingen";

/// Words in the class of a price that is no longer asked.
const PAST: [&str; 12] = [
    "old",
    "was",
    "compare",
    "regular",
    "original",
    "strike",
    "strikethrough",
    "crossed",
    "before",
    "list",
    "msrp",
    "rrp",
];

/// Reads the element at `root` as one item. `None` where it has no title or leads nowhere.
pub(super) fn read(page: &Page<'_>, root: NodeId) -> Option<Item> {
    let arena = page.look.arena;
    let mut seen = Seen::default();
    let mut at = Some(root);
    let mut left = Vec::new();
    for _ in 0..MOST_NODES {
        let Some(id) = at else { break };
        let enter = seen.enter(arena, id);
        left.clear();
        at = following_leaving(arena, id, root, enter, |id| left.push(id));
        left.iter().for_each(|&id| seen.leave(arena, id));
    }
    let text = |id: NodeId| title_text(arena, id, LONGEST);
    let names = |text: &str| {
        !key(text).is_empty() && !is_rating(text) && price::find_apart(text, &page.place).is_none()
    };
    let says = |id: NodeId| names(&text(id));
    // A heading is the title; else the link that says most.
    let heading = seen.headings.iter().copied().find(|&id| says(id));
    let longest =
        seen.links.iter().copied().filter(|&id| says(id)).max_by_key(|&id| text(id).len().min(LONGEST));
    let of_image = || {
        let alt = attribute(arena, seen.image?, &local_name!("alt"))?;
        Some(fold(alt))
    };
    // In a card that is all one link, the first line of words.
    let line = || {
        let lines = seen.text.lines().map(str::trim).filter(|line| line.len() <= LONGEST);
        let mut named = lines.filter(|line| line.split_whitespace().count() > 1);
        named.find(|line| !is_rating(line) && price::find_apart(line, &page.place).is_none()).map(fold)
    };
    let title = heading.or(longest).map(text).or_else(line).or_else(of_image)?;
    let mut item = Item::new(&title, Source::Visible)?;
    let address = |id: NodeId| page.address(attribute(arena, id, &local_name!("href"))?);
    // The link in the heading, around it, or with its words; else the only place that links lead to.
    let titled = heading.and_then(|heading| {
        seen.links.iter().copied().find(|&link| within(arena, link, heading) || within(arena, heading, link))
    });
    let around = || above(arena, root).find(|&id| tag(arena, id) == Some(Tag::A)).and_then(address);
    let only = || {
        let mut all = seen.links.iter().filter_map(|&id| address(id));
        let first = all.next()?;
        all.all(|other| other == first).then_some(first)
    };
    let own = titled.or(longest.filter(|_| heading.is_none())).and_then(address);
    item.url = own.or_else(only).or_else(around);
    item.image = seen.image.and_then(|id| image(page, id));
    let is_pay = |line: &str| {
        let line = line.to_lowercase();
        PAY.iter().any(|word| line.contains(word))
    };
    let prices = seen.text.lines().filter(|line| !is_pay(line));
    item.costs(prices.filter_map(|line| price::find_apart(line, &page.place)).next());
    item.url.is_some().then_some(item)
}

/// True for what says how well an item is rated: `4.7 out of 5 stars (58,483)`, `12 Bewertungen`.
fn is_rating(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let mut is_any = false;
    let all = words.by_ref().all(|word| {
        is_any = true;
        let word = word.to_lowercase();
        RATING.split_ascii_whitespace().any(|have| have == word)
    });
    is_any && all && text.contains(|c: char| c.is_ascii_digit())
}

/// What a walk over an item has met.
#[derive(Default)]
struct Seen {
    headings: Vec<NodeId>,
    links: Vec<NodeId>,
    image: Option<NodeId>,
    /// The text but for prices that are past, a line for each block.
    text: String,
    /// The element in which a past price stands.
    past: Option<NodeId>,
}

impl Seen {
    fn enter(&mut self, arena: &Arena, id: NodeId) -> bool {
        match arena.get(id).map(|node| &node.data) {
            Some(Data::Text(span)) => {
                if self.past.is_none() {
                    self.text.extend(arena.str(*span).chars().map(|c| if c == '\n' { ' ' } else { c }));
                }
                true
            }
            Some(Data::Element(element)) => {
                if element.tag.is_never_text() {
                    return false;
                }
                if breaks_line(element.tag) {
                    self.text.push('\n');
                }
                match element.tag {
                    Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => self.headings.push(id),
                    Tag::A if attribute(arena, id, &local_name!("href")).is_some() => self.links.push(id),
                    Tag::Img if self.image.is_none() => self.image = Some(id),
                    // Cents set small beside the whole.
                    Tag::Sup if self.text.ends_with(|c: char| c.is_ascii_digit()) => self.text.push('.'),
                    _ => {}
                }
                if self.past.is_none() && is_past(arena, id, element.tag) {
                    self.past = Some(id);
                }
                true
            }
            _ => true,
        }
    }

    fn leave(&mut self, arena: &Arena, id: NodeId) {
        if self.past == Some(id) {
            self.past = None;
            self.text.push('\n');
        }
        if tag(arena, id).is_some_and(breaks_line) {
            self.text.push('\n');
        }
    }
}

/// True for a price that was asked before: struck through, or called so.
fn is_past(arena: &Arena, id: NodeId, tag: Tag) -> bool {
    if matches!(tag, Tag::Del | Tag::S | Tag::Strike) {
        return true;
    }
    let words = class_words(arena, id);
    let has = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    has(&["rrp", "msrp"]) || has(&["price", "prices", "money", "amount"]) && has(&PAST)
}

/// The image's address, wherever the page keeps it.
fn image(page: &Page<'_>, id: NodeId) -> Option<String> {
    let late = ["data-src", "data-original", "data-lazy-src"].map(LocalName::from);
    let own = [local_name!("src")];
    late.iter()
        .chain(&own)
        .filter_map(|name| attribute(page.look.arena, id, name))
        .find_map(|source| page.address(source))
}

fn within(arena: &Arena, inner: NodeId, outer: NodeId) -> bool {
    inner == outer || above(arena, inner).any(|id| id == outer)
}

/// The elements around a node, innermost first; an item's parts are not far apart.
fn above(arena: &Arena, id: NodeId) -> impl Iterator<Item = NodeId> {
    const FAR: usize = 12;
    let parent = |id: NodeId| arena.get(id).and_then(|node| node.parent.some());
    std::iter::successors(parent(id), move |&id| parent(id)).take(FAR)
}

/// The price that a product's page gives to networks.
pub(super) fn in_metas(page: &Page<'_>) -> Option<Price> {
    let metas = &page.look.metadata;
    let amount = metas.meta(&["product:sale_price:amount", "product:price:amount", "og:price:amount"])?;
    let names = ["product:sale_price:currency", "product:price:currency", "og:price:currency"];
    price::declared(amount, metas.meta(&names), &page.place)
}

/// The first price behind a product's title that stands alone: of several in one place, one is that of before.
pub(super) fn near_title(page: &Page<'_>) -> Option<Price> {
    /// So many blocks behind the title.
    const NEAR: usize = 30;
    let blocks = &page.look.blocks;
    let headline = blocks.page.headline as usize;
    let near = blocks.blocks.iter().skip(headline.saturating_add(1)).take(NEAR);
    let is_past = |id: NodeId| {
        let own = above(page.look.arena, id).take(4);
        own.into_iter()
            .any(|id| tag(page.look.arena, id).is_some_and(|tag| is_past(page.look.arena, id, tag)))
    };
    near.filter(|block| !is_past(block.first_text))
        .find_map(|block| price::only(blocks.text_of(block), &page.place))
}
