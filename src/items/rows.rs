//! Items by the page's repeated markup: the elements alike that make up its list.

use std::collections::HashMap;

use super::{Item, MOST, Page, parts, shown};
use crate::blocks::{ContainerFacts, Within};
use crate::document::Tag;

/// Fewer elements alike are no list.
const LEAST: usize = 3;

/// So many are hardly anything else.
const MANY: usize = 5;

/// Elements that look alike, or stand beside each other.
#[derive(Default)]
pub(super) struct Row {
    /// True where the members are siblings that may look different.
    is_mixed: bool,
    pub(super) members: Vec<u32>,
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

/// The items of the row that looks most like a list of such, and can be read as one.
pub(super) fn list(page: &Page<'_>, plain: Plain) -> Vec<Item> {
    /// More rows are not read, nor such as weigh less than a third of the first.
    const TRIES: usize = 4;
    let scored = page.look.blocks.blocks.iter().zip(page.look.scores);
    let content: f32 = scored.map(|(block, score)| block.measured.words * score).sum();
    let rows = rows(page, plain);
    let weighed = rows.iter().filter(|row| row.is_plain(plain, content)).map(|row| (row.weight(), row));
    let mut best: Vec<(f32, &Row)> = weighed.filter(|(weight, _)| *weight > 0.0).collect();
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    let least = best.first().map_or(0.0, |(weight, _)| weight / 3.0);
    let blocks = page.look.blocks;
    let first =
        |row: &Row| blocks.container(row.members.first().copied()?).map(|it| (it.first_block, it.end_block));
    let mut tried: Vec<&Row> = Vec::new();
    for (_, row) in best.iter().take_while(|(weight, _)| *weight >= least) {
        // Boxes around the same items.
        let is_same = |other: &&Row| {
            let pair = first(row).zip(first(other));
            let nests = pair.is_some_and(|(a, b)| a.0.max(b.0) < a.1.min(b.1));
            nests && row.members.len() == other.members.len()
        };
        if tried.iter().any(is_same) {
            continue;
        }
        if tried.len() == TRIES {
            break;
        }
        tried.push(row);
        let wholes = parts::wholes(page, &row.members, &best);
        for members in wholes.into_iter().chain([row.members.as_slice()]) {
            let nodes = members.iter().filter_map(|&index| page.look.blocks.container(index));
            let items = shown::read(page, nodes.take(MOST).map(|member| member.node));
            // Further down, a few boxes alike are the page's own.
            let least = if tried.len() > 1 { MANY } else { LEAST };
            if items.len() >= least {
                return items;
            }
        }
    }
    Vec::new()
}

/// The rows of the page, in the order in which they begin.
fn rows(page: &Page<'_>, plain: Plain) -> Vec<Row> {
    let blocks = page.look.blocks;
    // Words so far, and words weighed by their score, so that each container's are a difference.
    let mut sums = vec![(0.0_f32, 0.0_f32)];
    for (block, score) in blocks.blocks.iter().zip(page.look.scores) {
        let (words, content) = sums.last().copied().unwrap_or_default();
        let more = block.measured.words;
        sums.push((words + more, content + more * score));
    }
    let at = |index: u32| sums.get(index as usize).copied().unwrap_or_default();
    let busy = busy(&blocks.containers, plain);
    let mut places: HashMap<(bool, u64), usize> = HashMap::new();
    let mut rows: Vec<Row> = Vec::new();
    for (index, container) in blocks.containers.iter().enumerate() {
        let beside = [Within::NAV, Within::FOOTER, Within::ASIDE, Within::DIALOG, Within::SELECT];
        let sums = &container.sums;
        // A link around a whole card is no link within it, and one on an image has no words.
        let shows = sums.links + sums.images + sums.prices > 0 || sums.link_words > 0.0;
        let is_busy = busy.get(index).is_some_and(|is_busy| *is_busy);
        if !shows || is_busy || beside.iter().any(|&place| container.within.has(place)) {
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
    // Where the parts of items take turns, a part that looks like its own kind is a row by itself.
    rows.retain(|row| !row.is_mixed || !parts::take_turns(blocks, &row.members));
    rows
}

/// For each container whether it stands in a form that is to be filled in: shops put whole pages into one, or the cards
/// that can be compared. Of a thread's posts any form counts.
fn busy(containers: &[ContainerFacts], plain: Plain) -> Vec<bool> {
    let mut busy: Vec<bool> = Vec::with_capacity(containers.len());
    for container in containers {
        let sums = &container.sums;
        let is_filled_in = plain == Plain::Offers || 2 * sums.inputs > sums.links + sums.images;
        let is_filled_in = container.tag == Tag::Form && is_filled_in;
        let is_around = busy.get(container.parent as usize).is_some_and(|is_busy| *is_busy);
        busy.push(is_filled_in || is_around);
    }
    busy
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
