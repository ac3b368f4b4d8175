//! What elements that show items say: title, link, price, image.

use html5ever::{LocalName, local_name};

use super::asked::{Rank, Sum};
use super::card::Card;
use super::naming::{Common, Member, Place, above, link_around};
use super::price::{self, Price};
use super::{Item, Page};
use crate::document::{Arena, NodeId, Tag};
use crate::metadata::{Source, attribute, fold, key, tag};

/// What says of money that it is paid to those who work, not by those who buy.
const PAY: [&str; 9] =
    ["salary", "gehalt", "a year", "per year", "per annum", "p.a.", "im jahr", "pro jahr", "par an"];

/// A line of this says that a card offers work.
const JOB: [&str; 13] = [
    "full-time",
    "full time",
    "fulltime",
    "part-time",
    "part time",
    "vollzeit",
    "teilzeit",
    "temps plein",
    "temps partiel",
    "jornada completa",
    "tempo pieno",
    "heltid",
    "полная занятость",
];

/// Reads the members of a row as items, but for those that have no title or lead nowhere.
pub(super) fn read(page: &Page<'_>, roots: impl Iterator<Item = NodeId>) -> Vec<Item> {
    let roots: Vec<NodeId> = roots.collect();
    let members: Vec<Member> = roots.iter().map(|&root| Member::of(page, root)).collect();
    let common = Common::of(page, &members);
    let read = members.iter().zip(roots).filter_map(|(member, root)| item(page, member, root, &common));
    let mut items: Vec<(Item, bool)> = read.collect();
    // The picture of an item and its text may be two members; but items with prices or images of their own
    // are several, though they lead to one place.
    items.dedup_by(|(next, is_written), (last, was_written)| {
        let is_both =
            next.price.is_some() && last.price.is_some() || next.image.is_some() && last.image.is_some();
        let is_other = is_both && *is_written && *was_written && key(&next.title) != key(&last.title);
        let is_same = next.url == last.url && !is_other;
        if is_same && *is_written && !*was_written {
            std::mem::swap(next, last);
            *was_written = true;
        }
        if is_same {
            last.complete(next);
        }
        is_same
    });
    items.into_iter().map(|(item, _)| item).collect()
}

/// A member as an item, and whether its title is written rather than what its image shows.
fn item(page: &Page<'_>, member: &Member, root: NodeId, common: &Common) -> Option<(Item, bool)> {
    let (arena, card) = (page.look.arena, &member.card);
    let title = member.title(page, common)?;
    let mut item = Item::new(&title.text, Source::Visible)?;
    let address = |id: NodeId| page.address(attribute(arena, id, &local_name!("href"))?);
    // The link in the heading, around it, or with its words; else that of the image, or the only place that links
    // lead to.
    let titled = match title.place {
        Place::Heading(heading) => card
            .links
            .iter()
            .copied()
            .find(|&link| within(arena, link, heading) || within(arena, heading, link)),
        Place::Link(link) => Some(link),
        Place::Line | Place::Image => None,
    };
    let pictured = || card.images.iter().find_map(|&image| address(link_around(arena, image)?));
    let around = || link_around(arena, root).and_then(address);
    let only = || {
        let mut all = card.links.iter().filter_map(|&id| address(id));
        let first = all.next()?;
        all.all(|other| other == first).then_some(first)
    };
    item.url = titled.and_then(address).or_else(only).or_else(pictured).or_else(around);
    let mut images = card.images.iter().flat_map(|&id| sources(page, id));
    item.image = images.find(|source| !common.has(source));
    item.costs(card_price(page, card, &title.text));
    item.url.is_some().then_some((item, title.place != Place::Image))
}

/// What is to be paid for the item of a card. A sum in its title is not that.
fn card_price(page: &Page<'_>, card: &Card, title: &str) -> Option<Price> {
    let mut lines = card.text.lines().map(str::trim);
    if lines.any(|line| JOB.contains(&line.to_lowercase().as_str())) {
        return None;
    }
    let is_pay = |line: &str| {
        let line = line.to_lowercase();
        PAY.iter().any(|word| line.contains(word))
    };
    let sums = card.sums(title, &page.place, |line| !is_pay(line));
    surest(sums.iter().filter(|sum| sum.rank > Rank::Never)).map(|sum| sum.price.clone())
}

/// Of several sums the first of those that are most surely the price.
fn surest<'a>(sums: impl Iterator<Item = &'a Sum>) -> Option<&'a Sum> {
    sums.reduce(|best, next| if next.rank > best.rank { next } else { best })
}

/// The addresses of an image: those that scripts put in late go before the one that stands in till then.
pub(super) fn sources(page: &Page<'_>, id: NodeId) -> impl Iterator<Item = String> {
    const LATE: [&str; 4] = ["data-src", "data-original", "data-lazy-src", "data-srcset"];
    /// Siblings before the image that may be its `source` elements.
    const SOURCES: usize = 16;
    let arena = page.look.arena;
    let of = move |id: NodeId, name: LocalName| {
        let value = attribute(arena, id, &name)?;
        let is_set = name.ends_with("srcset");
        // Of a set of sizes the first will do.
        let address =
            if is_set { value.split_ascii_whitespace().next()?.trim_end_matches(',') } else { value };
        page.address(address)
    };
    let before = |id: NodeId| arena.get(id).and_then(|node| node.previous.some());
    let siblings = std::iter::successors(before(id), move |&id| before(id)).take(SOURCES);
    let sources = siblings.filter(|&id| tag(arena, id) == Some(Tag::Source));
    let own = LATE.map(LocalName::from).into_iter().chain([local_name!("src"), local_name!("srcset")]);
    let sets = || [LocalName::from("data-srcset"), local_name!("srcset")];
    own.filter_map(move |name| of(id, name))
        .chain(sources.flat_map(move |id| sets().into_iter().filter_map(move |name| of(id, name))))
}

fn within(arena: &Arena, inner: NodeId, outer: NodeId) -> bool {
    inner == outer || above(arena, inner).any(|id| id == outer)
}

/// The price that a product's page gives to networks.
pub(super) fn in_metas(page: &Page<'_>) -> Option<Price> {
    let metas = &page.look.metadata;
    let amount = metas.meta(&["product:sale_price:amount", "product:price:amount", "og:price:amount"])?;
    let names = ["product:sale_price:currency", "product:price:currency", "og:price:currency"];
    price::declared(amount, metas.meta(&names), &page.place)
}

/// The price behind a product's title. Where two stand in one line and nothing tells them apart, it is neither.
pub(super) fn near_title(page: &Page<'_>) -> Option<Price> {
    /// So far behind the title it may stand, in nodes, bytes and lines.
    const NODES: usize = 1500;
    const BYTES: usize = 20_000;
    const LINES: usize = 30;
    /// So many lines hold what else is said of it.
    const TOGETHER: usize = 5;
    let blocks = &page.look.blocks;
    let headline = blocks.blocks.get(blocks.page.headline as usize)?.first_text;
    let is_near = |nodes: usize, text: &str| nodes < NODES && text.len() < BYTES;
    let card = Card::walk(page.look.arena, headline, NodeId::ROOT, is_near);
    let title = card.text.lines().map(fold).find(|line| !line.is_empty())?;
    let mut sums = card.sums(&title, &page.place, |_| true);
    sums.retain(|sum| (1..=LINES).contains(&sum.line) && sum.rank > Rank::Never);
    let is_clear = |sum: &&Sum| {
        let beside = sums.iter().filter(|other| other.line == sum.line);
        beside.filter(|other| other.price != sum.price).all(|other| other.rank < sum.rank)
    };
    let clear: Vec<&Sum> = sums.iter().filter(is_clear).collect();
    let first = clear.first()?.line;
    surest(clear.into_iter().filter(|sum| sum.line <= first + TOGETHER)).map(|sum| sum.price.clone())
}
