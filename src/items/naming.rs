//! Which of the texts of a row's members are their titles. Topics, authors, badges and buttons are headings and links as
//! well, but unlike titles they are the same in many members.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use html5ever::local_name;

use super::card::Card;
use super::price;
use super::{LONGEST_TITLE, Page};
use crate::document::{Arena, NodeId, Tag};
use crate::metadata::{attribute, fold, following, key, tag, title_text};

/// Most titles are shorter, in bytes.
const LONGEST: usize = 300;

/// The words of ratings.
const RATING: &str = "\
    out of star stars rating ratings rated review reviews customer customers vote votes \
    von stern sterne sternen bewertung bewertungen rezensionen sur étoile étoiles avis note de estrella estrellas \
    valoraciones opiniones reseñas su stella stelle recensioni van ster sterren beoordelingen";

/// Parts of the addresses of those who wrote or made things, and of what things are ordered under.
const SHELVES: [&str; 18] = [
    "artist",
    "artists",
    "author",
    "authors",
    "brand",
    "brands",
    "categories",
    "category",
    "member",
    "members",
    "tag",
    "tags",
    "topic",
    "topics",
    "user",
    "users",
    "vendor",
    "vendors",
];

/// A heading or a link that may be a title.
struct Name {
    node: NodeId,
    text: String,
    /// The same for those that look alike.
    look: u64,
    /// Leads to an author, a topic, a brand.
    is_shelf: bool,
}

/// A member of a row.
pub(super) struct Member {
    pub(super) card: Card,
    headings: Vec<Name>,
    links: Vec<Name>,
}

/// What the members of a row have in common.
#[derive(Default)]
pub(super) struct Common {
    /// Most members have headings.
    is_headed: bool,
    /// How many of the texts that look alike differ, as a share.
    differ: HashMap<u64, f32>,
    /// Lines and images that most members have.
    most: HashSet<u64>,
}

/// The title of an item, and where it stands.
pub(super) struct Title {
    pub(super) text: String,
    pub(super) place: Place,
}

/// Where the title of an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Heading(NodeId),
    Link(NodeId),
    Line,
    /// In no text of its own: it is what the image shows.
    Image,
}

impl Member {
    pub(super) fn of(page: &Page<'_>, root: NodeId) -> Member {
        /// Headings or links of a member that are looked at.
        const MOST_NAMES: usize = 200;
        let arena = page.look.arena;
        let card = Card::of(arena, root);
        let names = |ids: &[NodeId]| {
            let names = ids.iter().take(MOST_NAMES).map(|&id| Name::of(arena, id));
            names.filter(|name| name.text.len() <= LONGEST_TITLE).collect::<Vec<Name>>()
        };
        let (mut headings, mut links) = (names(&card.headings), names(&card.links));
        // A headline may speak of money, but a link with a price in it is around the whole card.
        headings.retain(|name| is_name(page, &name.text) || is_headline(&name.text));
        links.retain(|name| is_name(page, &name.text));
        Member { card, headings, links }
    }

    /// The title: a heading; else the link that says most; else, in a card that is all one link, the first line of
    /// words; else what the image shows.
    pub(super) fn title(&self, page: &Page<'_>, common: &Common) -> Option<Title> {
        let arena = page.look.arena;
        let heading = common.own(&self.headings).next().filter(|_| common.is_headed);
        if let Some(name) = heading {
            return Some(Title { text: name.text.clone(), place: Place::Heading(name.node) });
        }
        let pictured = self.card.images.iter().find_map(|&image| link_around(arena, image));
        let target = pictured.and_then(|link| target(arena, link));
        // The link of the image comes again with the title.
        let weight = |name: &Name| {
            let is_of_image = target.is_some() && self::target(arena, name.node) == target;
            (is_of_image, is_of_image && Some(name.node) != pictured, name.text.len())
        };
        let own = common.own(&self.links).map(|name| (weight(name), name));
        let link = own.reduce(|best, next| if next.0 > best.0 { next } else { best });
        if let Some((_, name)) = link {
            let inner = Card::of(arena, name.node);
            let line = inner.text.trim().contains('\n').then(|| line(page, &inner.text, common)).flatten();
            return Some(Title {
                text: line.unwrap_or_else(|| name.text.clone()),
                place: Place::Link(name.node),
            });
        }
        if let Some(text) = line(page, &self.card.text, common) {
            return Some(Title { text, place: Place::Line });
        }
        let described = self.card.images.iter().find_map(|&id| attribute(arena, id, &local_name!("alt")));
        let any = || self.headings.first().or(self.links.first()).map(|name| name.text.clone());
        let text = described.map(fold).or_else(any)?;
        Some(Title { text, place: Place::Image })
    }
}

impl Name {
    fn of(arena: &Arena, id: NodeId) -> Name {
        /// Longer classes, in bytes, are not looked at: there may be many links in one element.
        const LONGEST_CLASS: usize = 512;
        let class = |id: NodeId| attribute(arena, id, &local_name!("class"));
        let mut look = DefaultHasher::new();
        for id in std::iter::once(id).chain(above(arena, id).take(1)) {
            tag(arena, id).map(|tag| tag as u8).hash(&mut look);
            class(id).filter(|class| class.len() <= LONGEST_CLASS).hash(&mut look);
        }
        let rel = attribute(arena, id, &local_name!("rel")).unwrap_or_default();
        let is_shelf = rel.split_ascii_whitespace().any(|rel| matches!(rel, "author" | "category" | "tag"))
            || inner_link(arena, id).and_then(|link| target(arena, link)).is_some_and(leads_to_shelf);
        Name { node: id, text: title_text(arena, id, LONGEST), look: look.finish(), is_shelf }
    }
}

impl Common {
    pub(super) fn of(page: &Page<'_>, members: &[Member]) -> Common {
        /// Fewer that are alike tell nothing.
        const FEW: usize = 3;
        /// Lines and images of a member that are looked at.
        const FIRST: usize = 12;
        let mut texts: HashMap<u64, (usize, HashSet<u64>)> = HashMap::new();
        let mut counts: HashMap<u64, usize> = HashMap::new();
        for member in members {
            for name in member.headings.iter().chain(&member.links) {
                let (count, different) = texts.entry(name.look).or_default();
                *count += 1;
                different.insert(hash(&key(&name.text)));
            }
            let lines = member.card.text.lines().filter(|line| !line.trim().is_empty()).take(FIRST);
            let lines = lines.map(|line| hash(&key(line)));
            let images =
                member.card.images.iter().take(FIRST).flat_map(|&id| super::shown::sources(page, id));
            let of_member: HashSet<u64> = lines.chain(images.map(|source| hash(&source))).collect();
            of_member.into_iter().for_each(|it| *counts.entry(it).or_default() += 1);
        }
        let share = |(count, different): (usize, HashSet<u64>)| {
            if count < FEW { 1.0 } else { different.len() as f32 / count as f32 }
        };
        let differ = texts.into_iter().map(|(look, of_look)| (look, share(of_look))).collect();
        let is_most = |count: usize| count >= FEW && 2 * count > members.len();
        let most = counts.into_iter().filter(|(_, count)| is_most(*count)).map(|(it, _)| it).collect();
        let headed = members.iter().filter(|member| !member.headings.is_empty()).count();
        Common { is_headed: 3 * headed >= members.len(), differ, most }
    }

    /// True for the address of an image, or a line, that most members have.
    pub(super) fn has(&self, text: &str) -> bool {
        self.most.contains(&hash(text))
    }

    /// Those names that may be the member's own, in their order.
    fn own<'a>(&self, names: &'a [Name]) -> impl Iterator<Item = &'a Name> {
        /// Of names that look alike so many differ where they are titles.
        const LEAST: f32 = 0.5;
        /// Two may be called the same.
        const NEAR: f32 = 0.8;
        let share = |name: &Name| self.differ.get(&name.look).copied().unwrap_or(1.0);
        let is_shelf = names.iter().all(|name| name.is_shelf);
        let of_item = move |name: &&Name| is_shelf || !name.is_shelf;
        let most = names.iter().filter(of_item).map(share).fold(0.0, f32::max);
        let least = LEAST.max(NEAR * most);
        names.iter().filter(of_item).filter(move |name| share(name) >= least)
    }
}

/// The first line that may be a title.
fn line(page: &Page<'_>, text: &str, common: &Common) -> Option<String> {
    let lines = text.lines().map(fold).filter(|line| line.len() <= LONGEST);
    let mut named = lines.filter(|line| line.split(' ').count() > 1 && !common.has(&key(line)));
    named.find(|line| is_name(page, line))
}

/// True for what may be the name of something: no rating, no price.
fn is_name(page: &Page<'_>, text: &str) -> bool {
    const MOST_PRICES: usize = 10;
    let is_price = || {
        let mut prices = price::all(text, &page.place).take(MOST_PRICES);
        prices.any(|(_, at)| !price::is_amid_sentence(text, &at))
    };
    !key(text).is_empty() && !is_rating(text) && !is_price()
}

/// True for so many words that a number among them is not what they are about.
fn is_headline(text: &str) -> bool {
    const MANY: usize = 6;
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).count() >= MANY
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

fn leads_to_shelf(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or("");
    let mut parts = path.trim_end_matches('/').rsplit('/').skip(1).take(2);
    parts.any(|part| SHELVES.contains(&part))
}

/// The link that holds a node.
pub(super) fn link_around(arena: &Arena, id: NodeId) -> Option<NodeId> {
    above(arena, id).find(|&id| tag(arena, id) == Some(Tag::A))
}

/// What a link leads to, without the place in the page.
pub(super) fn target(arena: &Arena, link: NodeId) -> Option<&str> {
    let href = attribute(arena, link, &local_name!("href"))?;
    href.split('#').next().filter(|target| !target.is_empty() && !target.starts_with("javascript:"))
}

/// An element, or the first near one in it, that is a link.
pub(super) fn inner_link(arena: &Arena, root: NodeId) -> Option<NodeId> {
    const MOST_NODES: usize = 100;
    let nodes = std::iter::successors(Some(root), |&id| following(arena, id, root, true));
    nodes.take(MOST_NODES).find(|&id| target(arena, id).is_some())
}

/// The elements around a node, innermost first; an item's parts are not far apart.
pub(super) fn above(arena: &Arena, id: NodeId) -> impl Iterator<Item = NodeId> {
    const FAR: usize = 12;
    arena.ancestors(id).take(FAR)
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
