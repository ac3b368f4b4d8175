//! A walk over an element that shows an item, and what it meets: headings, links, images, the text in lines, and what
//! the markup says of the sums in it.

use html5ever::local_name;

use super::asked::{Rank, Sum, sums};
use super::money::{Place, sign_after};
use crate::document::{Arena, Data, NodeId, Tag};
use crate::metadata::{attribute, breaks_line, class_words, following_leaving, tag};

/// More of an item than so many nodes is not looked at.
const MOST_NODES: usize = 3000;

/// What calls an element a price.
const PRICE: [&str; 4] = ["price", "prices", "money", "amount"];

/// Words in the class of a price that is no longer asked.
const PAST: [&str; 7] = ["before", "compare", "high", "list", "original", "previous", "regular"];

/// The same in the class of any element.
const PAST_ALONE: [&str; 8] =
    ["crossed", "linethrough", "msrp", "old", "rrp", "strike", "strikethrough", "was"];

/// Words in the class of a price that is asked now.
const NOW: [&str; 7] = ["current", "discounted", "final", "now", "reduced", "sale", "special"];

/// Words in the class of the cents beside the whole.
const CENTS: [&str; 8] = ["cent", "cents", "centavos", "centimes", "decimal", "decimals", "fraction", "sup"];

/// What a walk has met.
#[derive(Default)]
pub(super) struct Card {
    pub(super) headings: Vec<NodeId>,
    pub(super) links: Vec<NodeId>,
    pub(super) images: Vec<NodeId>,
    /// A line for each block.
    pub(super) text: String,
    /// Where in the text which rank begins.
    ranks: Vec<(usize, Rank)>,
    /// The elements around that say something of sums.
    open: Vec<(NodeId, Rank)>,
    /// An element has begun or ended since the last text, and may hold cents.
    is_border: bool,
    is_cents: bool,
}

impl Card {
    /// What is in an element.
    pub(super) fn of(arena: &Arena, root: NodeId) -> Card {
        Card::walk(arena, root, root, |nodes, _| nodes < MOST_NODES)
    }

    /// What follows a node up to the end of the page, as long as it `is_near` by the number of nodes and the text so far.
    pub(super) fn walk(
        arena: &Arena,
        from: NodeId,
        root: NodeId,
        is_near: impl Fn(usize, &str) -> bool,
    ) -> Card {
        let mut card = Card::default();
        let mut at = Some(from);
        let mut left = Vec::new();
        let mut nodes = 0;
        while let Some(id) = at.filter(|_| is_near(nodes, &card.text)) {
            nodes += 1;
            let enter = card.enter(arena, id);
            left.clear();
            at = following_leaving(arena, id, root, enter, |id| left.push(id));
            left.iter().for_each(|&id| card.leave(arena, id));
        }
        card
    }

    /// The sums in those lines of the text that are of prices, and are not the title.
    pub(super) fn sums(&self, title: &str, place: &Place, is_of_prices: impl Fn(&str) -> bool) -> Vec<Sum> {
        sums(&self.text, title, place, is_of_prices, |at| self.rank(at))
    }

    /// What the markup says of a place in the text.
    fn rank(&self, at: usize) -> Rank {
        let behind = self.ranks.partition_point(|(from, _)| *from <= at);
        behind.checked_sub(1).and_then(|last| self.ranks.get(last)).map_or(Rank::Plain, |(_, rank)| *rank)
    }

    fn enter(&mut self, arena: &Arena, id: NodeId) -> bool {
        match arena.get(id).map(|node| &node.data) {
            Some(Data::Text(span)) => {
                self.write(arena.str(*span));
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
                    Tag::Img => self.images.push(id),
                    _ => {}
                }
                self.look(arena, id, element.tag);
                true
            }
            _ => true,
        }
    }

    /// What an element says of the sums in it, whatever is said around it.
    fn look(&mut self, arena: &Arena, id: NodeId, tag: Tag) {
        let words = class_words(arena, id);
        let has = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
        let is_struck = || {
            let style = attribute(arena, id, &local_name!("style"));
            style.is_some_and(|style| style.contains("line-through"))
        };
        let is_price = has(&PRICE);
        let is_through = || words.windows(2).any(|two| two == ["line", "through"]);
        let rank = if matches!(tag, Tag::Del | Tag::S | Tag::Strike) || is_through() || is_struck() {
            Some(Rank::Struck)
        } else if has(&PAST_ALONE) || is_price && has(&PAST) {
            Some(Rank::Past)
        } else {
            (tag == Tag::Ins || is_price && has(&NOW)).then_some(Rank::Now)
        };
        if let Some(rank) = rank {
            self.open.push((id, rank));
            self.ranks.push((self.text.len(), rank));
        }
        self.is_border = true;
        self.is_cents = matches!(tag, Tag::Sup | Tag::Small) || has(&CENTS);
    }

    fn write(&mut self, part: &str) {
        let is_digit = |c: char| c.is_ascii_digit();
        if self.is_border && self.is_cents && is_two_digits(part) && is_whole(&self.text) {
            let end = self.text.trim_end().len();
            self.text.truncate(end);
            self.ranks.iter_mut().rev().take_while(|(at, _)| *at > end).for_each(|(at, _)| *at = end);
            self.text.push('.');
        } else if self.is_border
            && self.text.ends_with(is_digit)
            && (part.starts_with(is_digit) || sign_after(part).is_some())
        {
            // Numbers in elements of their own are two.
            self.text.push('\t');
        }
        self.text.extend(part.chars().map(|c| if c == '\n' { ' ' } else { c }));
        if !part.trim().is_empty() {
            (self.is_border, self.is_cents) = (false, false);
        }
    }

    fn leave(&mut self, arena: &Arena, id: NodeId) {
        if self.open.last().is_some_and(|(open, _)| *open == id) {
            self.open.pop();
            let around = self.open.last().map_or(Rank::Plain, |(_, rank)| *rank);
            self.ranks.push((self.text.len(), around));
        }
        if let Some(tag) = tag(arena, id) {
            (self.is_border, self.is_cents) = (true, false);
            if breaks_line(tag) {
                self.text.push('\n');
            }
        }
    }
}

/// True for a text that ends in a number without cents, in the same line.
fn is_whole(text: &str) -> bool {
    /// As far back as a point would be.
    const CENTS: usize = 3;
    let number = text.trim_end();
    let is_apart = text.get(number.len()..).is_some_and(|gap| gap.contains('\n'));
    let mut end = number.bytes().rev().take(CENTS);
    !is_apart
        && number.ends_with(|c: char| c.is_ascii_digit())
        && !end.any(|byte| matches!(byte, b'.' | b','))
}

/// Cents, written apart from the whole.
fn is_two_digits(text: &str) -> bool {
    let text = text.trim();
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())
}
