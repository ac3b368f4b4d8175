//! Items by the page's repeated markup: the elements alike that make up its list.

use std::collections::HashMap;

use super::{Item, MOST, Page, shown};
use crate::blocks::{ContainerFacts, Within};

/// Fewer elements alike are no list.
const LEAST: usize = 3;

/// Elements that look alike, or stand beside each other.
#[derive(Default)]
struct Row {
    /// True where the members are siblings that may look different.
    is_mixed: bool,
    members: Vec<u32>,
    /// How many members have a link, a price, an image, a heading of their own.
    links: usize,
    prices: usize,
    images: usize,
    headings: usize,
    words: f32,
    /// Words weighed by how likely they are content.
    content: f32,
}

/// How plainly a row must be a list of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plain {
    /// On a page of lists, any row of at least three.
    Anything,
    /// A row of things with prices, or one of short texts that makes up most of the page's content.
    OffersOrPage,
    /// A row of things with prices.
    Offers,
}

/// The items of the row that looks most like a list of such.
pub(super) fn list(page: &Page<'_>, plain: Plain) -> Vec<Item> {
    let blocks = page.look.blocks.blocks.iter().zip(page.look.scores);
    let content: f32 = blocks.map(|(block, score)| block.measured.words * score).sum();
    let mut best: Option<(f32, Row)> = None;
    for row in rows(page).into_iter().filter(|row| row.is_plain(plain, content)) {
        let weight = row.weight();
        if weight > best.as_ref().map_or(0.0, |(most, _)| *most) {
            best = Some((weight, row));
        }
    }
    let Some((_, row)) = best else { return Vec::new() };
    let nodes = row.members.iter().filter_map(|&index| page.look.blocks.container(index));
    let items: Vec<Item> = nodes.take(MOST).filter_map(|member| shown::read(page, member.node)).collect();
    if items.len() < LEAST { Vec::new() } else { items }
}

/// The rows of the page, in the order in which they begin.
fn rows(page: &Page<'_>) -> Vec<Row> {
    let blocks = page.look.blocks;
    // Words so far, and words weighed by their score, so that each container's are a difference.
    let mut sums = vec![(0.0_f32, 0.0_f32)];
    for (block, score) in blocks.blocks.iter().zip(page.look.scores) {
        let (words, content) = sums.last().copied().unwrap_or_default();
        let more = block.measured.words;
        sums.push((words + more, content + more * score));
    }
    let at = |index: u32| sums.get(index as usize).copied().unwrap_or_default();
    let mut places: HashMap<(bool, u64), usize> = HashMap::new();
    let mut rows: Vec<Row> = Vec::new();
    for (index, container) in blocks.containers.iter().enumerate() {
        let beside =
            [Within::NAV, Within::FOOTER, Within::ASIDE, Within::DIALOG, Within::SELECT, Within::FORM];
        let sums = &container.sums;
        // A link around a whole card is no link within it, and one on an image has no words.
        let shows = sums.links + sums.images + sums.prices > 0 || sums.link_words > 0.0;
        if !shows || beside.iter().any(|&place| container.within.has(place)) {
            continue;
        }
        // Classes may differ by item, so that siblings count as alike as well.
        let sibling = (u64::from(container.parent) << 16) | container.tag as u64;
        for key in [(false, container.path), (true, sibling)] {
            let place = *places.entry(key).or_insert(rows.len());
            if place == rows.len() {
                rows.push(Row { is_mixed: key.0, ..Row::default() });
            }
            if let Some(row) = rows.get_mut(place) {
                let ((from, from_content), (to, to_content)) =
                    (at(container.first_block), at(container.end_block));
                row.add(index, container, to - from, to_content - from_content);
            }
        }
    }
    rows
}

impl Row {
    fn add(&mut self, index: usize, member: &ContainerFacts, words: f32, content: f32) {
        self.members.push(u32::try_from(index).unwrap_or(u32::MAX));
        self.links += usize::from(member.sums.links > 0 || member.sums.link_words > 0.0);
        self.prices += usize::from(member.sums.prices > 0);
        self.images += usize::from(member.sums.images > 0);
        self.headings += usize::from(member.sums.headings > 0);
        self.words += words;
        self.content += content;
    }

    fn is_plain(&self, plain: Plain, content: f32) -> bool {
        const MANY: usize = 5;
        const SHORT: f32 = 60.0;
        let is_offer = self.prices + 1 >= MANY && 4 * self.prices >= 3 * self.members.len();
        let is_page = self.members.len() >= MANY
            && 4 * self.links >= 3 * self.members.len()
            && self.words < SHORT * self.members.len() as f32
            && 2.0 * self.content > content;
        match plain {
            Plain::Anything => true,
            Plain::OffersOrPage => is_offer || is_page,
            Plain::Offers => is_offer,
        }
    }

    /// How much it looks like a list of items; 0 for what is none. Each member counts for what it shows, and less
    /// the more of it is not content.
    fn weight(&self) -> f32 {
        let count = self.members.len() as f32;
        let mean = self.words / count.max(1.0);
        if self.members.len() < LEAST || !(1.0..400.0).contains(&mean) {
            return 0.0;
        }
        let shown = self.links + 2 * self.prices + self.images + self.headings;
        // An advertisement among the items is not one of them.
        let shown = shown as f32 * if self.is_mixed { 0.9 } else { 1.0 };
        let content = 0.2 + self.content / self.words.max(1.0);
        // Of rows that show the same, the one whose members hold more.
        shown * content * (1.0 + (mean / 40.0).min(1.0))
    }
}
