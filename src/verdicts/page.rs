//! What the features of several blocks need, computed once a page: running sums, sections, rows, paths.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::cues;
use super::features::of_container;
use super::names::Names;
use super::role::Role;
use crate::blocks::{BlockFacts, Blocks, ContainerFacts, Group, Kind, ratio};

/// What several blocks' features need and is computed once a page.
pub(crate) struct Page<'a> {
    pub(super) blocks: &'a Blocks,
    /// Running sums over the blocks in front: words, link words, good words.
    prefix: Vec<[f32; 3]>,
    /// For each block, the nearest heading in front of it.
    pub(super) heading: Vec<u32>,
    /// For each block, where its section begins and ends.
    pub(super) sections: Vec<(u32, u32)>,
    /// For each container and group of class words, how many levels up the nearest container of that group is.
    pub(super) levels: Vec<Levels>,
    /// For each container its parent, and the features that the blocks in it have in common.
    pub(super) containers: Vec<(u32, [f32; 12])>,
    /// For each container, how many levels above it the nearest common ancestor with the main part stands, and that with
    /// the column.
    pub(super) common: Vec<[u8; 2]>,
    /// For each block, the run of blocks with texts that occur again in which it stands.
    pub(super) copies: Vec<(u32, u32)>,
    /// For each container, what the words of its names and of those around it say.
    pub(super) names: Vec<f32>,
    /// For each path of tags and classes, the sums over its blocks.
    pub(super) paths: HashMap<u64, OnPath, RandomState>,
    /// For each block, what the heading in front of it announces.
    pub(super) announced: Vec<Option<Role>>,
    /// An item of the row that makes up most of the page, by words and by words in good sentences; `u32::MAX` for
    /// none.
    pub(super) rows: [u32; 2],
    pub(super) main: (u32, u32),
    pub(super) column: (u32, u32),
}

impl<'a> Page<'a> {
    pub(crate) fn new(blocks: &'a Blocks) -> Page<'a> {
        let mut prefix = Vec::with_capacity(blocks.blocks.len() + 1);
        let mut sum = [0.0; 3];
        prefix.push(sum);
        for block in &blocks.blocks {
            sum[0] += block.measured.words;
            sum[1] += block.measured.link_words;
            sum[2] += block.measured.good_words;
            prefix.push(sum);
        }
        let mut paths: HashMap<u64, OnPath, RandomState> = HashMap::default();
        for block in &blocks.blocks {
            if let Some(container) = blocks.container(block.container) {
                let sums = paths.entry(container.path).or_default();
                sums.blocks += 1;
                sums.words += block.measured.words;
                sums.link_words += block.measured.link_words;
                sums.good_words += block.measured.good_words;
            }
        }
        let heading = headings_before(&blocks.blocks);
        let extent = |index: u32| {
            blocks.container(index).map_or((0, 0), |container| (container.first_block, container.end_block))
        };
        Page {
            blocks,
            prefix,
            announced: announced(blocks, &heading),
            heading,
            sections: sections(&blocks.blocks),
            levels: levels(&blocks.containers),
            containers: blocks
                .containers
                .iter()
                .map(|container| {
                    // No block asks a container that has none.
                    let has_blocks = container.first_block < container.end_block;
                    let sums = &blocks.page.sums;
                    (container.parent, if has_blocks { of_container(container, sums) } else { [0.0; _] })
                })
                .collect(),
            common: common(blocks, [blocks.page.main, blocks.page.column]),
            copies: copies(&blocks.blocks),
            names: Names::get().sums(blocks),
            paths,
            rows: [
                largest_row(&blocks.containers, |item| item.alike_words),
                largest_row(&blocks.containers, |item| item.alike_words * item.alike_good),
            ],
            main: extent(blocks.page.main),
            column: extent(blocks.page.column),
        }
    }

    pub(super) fn block(&self, index: usize, offset: isize) -> Option<&BlockFacts> {
        self.blocks.blocks.get(index.checked_add_signed(offset)?)
    }

    /// Words, link words and good words of the blocks `from..to`.
    pub(super) fn sums(&self, from: usize, to: usize) -> [f32; 3] {
        let last = self.prefix.len().saturating_sub(1);
        let (Some(start), Some(end)) = (self.prefix.get(from.min(last)), self.prefix.get(to.min(last)))
        else {
            return [0.0; 3];
        };
        [end[0] - start[0], end[1] - start[1], end[2] - start[2]]
    }

    /// The sums over the blocks on the path of a block's container.
    pub(super) fn path_of(&self, container: u32) -> OnPath {
        let container = self.blocks.container(container);
        container.and_then(|container| self.paths.get(&container.path)).copied().unwrap_or_default()
    }
}

/// The sums over the blocks of a path.
#[derive(Clone, Copy, Default)]
pub(super) struct OnPath {
    pub(super) blocks: u32,
    pub(super) words: f32,
    link_words: f32,
    pub(super) good_words: f32,
}

impl OnPath {
    pub(super) fn link_ratio(&self) -> f32 {
        ratio(self.link_words, self.words)
    }

    pub(super) fn good_ratio(&self) -> f32 {
        ratio(self.good_words, self.words)
    }
}

/// So many levels or more, or no common ancestor.
pub(super) const MANY: u8 = 50;

/// For each container, how many levels above it the nearest common ancestor with each of the others stands.
fn common(blocks: &Blocks, others: [u32; 2]) -> Vec<[u8; 2]> {
    let others = others.map(|other| blocks.container(other));
    let mut all: Vec<[u8; 2]> = Vec::with_capacity(blocks.containers.len());
    for container in &blocks.containers {
        // Parents come before their children.
        let above = all.get(container.parent as usize).copied().unwrap_or([MANY; 2]);
        let mut levels = above.map(|levels| (levels + 1).min(MANY));
        for (level, other) in levels.iter_mut().zip(others) {
            let holds = |other: &ContainerFacts| {
                container.first_block <= other.first_block
                    && container.end_block >= other.end_block
                    && container.depth <= other.depth
            };
            if other.is_some_and(holds) {
                *level = 0;
            }
        }
        all.push(levels);
    }
    all
}

/// How many levels up the nearest container of each group is; as many more as make up whole words.
pub(super) type Levels = [u8; Group::ALL.len().next_multiple_of(8)];

/// No container of that group within so many levels.
pub(super) const FAR: u8 = 12;

fn levels(containers: &[ContainerFacts]) -> Vec<Levels> {
    let mut all: Vec<Levels> = Vec::with_capacity(containers.len());
    for container in containers {
        // Parents come before their children.
        let mut levels = all.get(container.parent as usize).copied().unwrap_or([FAR; _]);
        for (number, eight) in levels.as_chunks_mut::<8>().0.iter_mut().enumerate() {
            let own = container.groups.0 >> (8 * number);
            *eight = level_down(u64::from_le_bytes(*eight), own as u8).to_le_bytes();
        }
        all.push(levels);
    }
    all
}

/// The levels of eight groups, a byte each, for a container one level down that itself is of the groups in `own`, a bit
/// each: 0 for these, one more for the others, but at most [`FAR`].
fn level_down(levels: u64, own: u8) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let more = levels + ONES;
    // The high bit of each byte that is beyond.
    let beyond = (more + (0x7F - FAR as u64) * ONES) & (0x80 * ONES);
    let levels = more - (beyond >> 7);
    if own == 0 {
        return levels;
    }
    // Each byte with the bit of its group, then all its bits.
    let bits = (u64::from(own) * ONES) & 0x8040_2010_0804_0201;
    let high = (((bits & (0x7F * ONES)) + 0x7F * ONES) | bits) & (0x80 * ONES);
    levels & !((high >> 7) * 0xFF)
}

/// An item of the row of siblings alike with most of what `weigh` gives for an item's mean. Many small items outweigh a few large ones: three
/// columns alike are the page's layout, not a list.
fn largest_row(containers: &[ContainerFacts], weigh: impl Fn(&ContainerFacts) -> f32) -> u32 {
    let mut best = (0.0, u32::MAX);
    for (index, item) in containers.iter().enumerate().filter(|(_, item)| item.alike >= 3) {
        let count = item.alike as f32;
        let weight = weigh(item) * count * count.min(12.0);
        if weight > best.0 {
            best = (weight, index as u32);
        }
    }
    best.1
}

/// What the heading in front of each block announces.
fn announced(blocks: &Blocks, headings: &[u32]) -> Vec<Option<Role>> {
    let mut last = (u32::MAX, None);
    let mut announced = Vec::with_capacity(headings.len());
    for (index, &before) in headings.iter().enumerate() {
        let block = blocks.blocks.get(index);
        let own = block.is_some_and(|block| matches!(block.kind, Kind::Heading(_)));
        let heading = if own { index as u32 } else { before };
        if last.0 != heading {
            let text = blocks.blocks.get(heading as usize).filter(|block| block.measured.words <= 8.0);
            let role = text.and_then(|block| cues::heading_role(&blocks.text_of(block).to_lowercase()));
            last = (heading, role);
        }
        announced.push(last.1);
    }
    announced
}

fn headings_before(blocks: &[BlockFacts]) -> Vec<u32> {
    let mut last = u32::MAX;
    blocks
        .iter()
        .enumerate()
        .map(|(index, block)| {
            let before = last;
            if matches!(block.kind, Kind::Heading(_)) {
                last = index as u32;
            }
            before
        })
        .collect()
}

/// A part of a page that is there twice, once for small screens, is a run of blocks of which each has a copy.
fn copies(blocks: &[BlockFacts]) -> Vec<(u32, u32)> {
    let mut runs = vec![(0, 0); blocks.len()];
    let mut start = 0;
    for run in blocks.chunk_by(|a, b| a.repeats > 1 && b.repeats > 1) {
        let end = start + run.len();
        if run.first().is_some_and(|block| block.repeats > 1)
            && let Some(part) = runs.get_mut(start..end)
        {
            part.fill((start as u32, end as u32));
        }
        start = end;
    }
    runs
}

/// A section runs from a heading to the next.
fn sections(blocks: &[BlockFacts]) -> Vec<(u32, u32)> {
    let mut sections = vec![(0, 0); blocks.len()];
    let mut start = 0;
    for end in 1..=blocks.len() {
        let ends = blocks.get(end).is_none_or(|block| matches!(block.kind, Kind::Heading(_)));
        if ends {
            if let Some(part) = sections.get_mut(start..end) {
                part.fill((start as u32, end as u32));
            }
            start = end;
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::Groups;
    use crate::blocks::by_hand::Hand;
    use crate::document::Tag;

    #[test]
    fn sections_run_from_heading_to_heading() {
        let mut hand = Hand::new();
        for (kind, text) in [
            (Kind::Paragraph, "a"),
            (Kind::Heading(2), "b"),
            (Kind::Paragraph, "c"),
            (Kind::Heading(3), "d"),
            (Kind::Heading(3), "e"),
        ] {
            hand.block(0, kind, text, false);
        }
        assert_eq!(sections(&hand.finish().blocks), [(0, 1), (1, 3), (1, 3), (3, 4), (4, 5)]);
    }

    #[test]
    fn levels_count_up_to_far() {
        let levels = [0, 1, 10, 11, FAR, FAR, 5, 7];
        let down = |own| level_down(u64::from_le_bytes(levels), own).to_le_bytes();
        assert_eq!(down(0), [1, 2, 11, FAR, FAR, FAR, 6, 8]);
        assert_eq!(down(0b1001_0001), [0, 2, 11, FAR, 0, FAR, 6, 0]);
        assert_eq!(down(0xFF), [0; 8]);
    }

    #[test]
    fn copies_stand_in_runs() {
        let mut hand = Hand::new();
        for text in ["a", "b", "c", "a", "b", "d"] {
            hand.block(0, Kind::Paragraph, text, false);
        }
        assert_eq!(copies(&hand.finish().blocks), [(0, 2), (0, 2), (0, 0), (3, 5), (3, 5), (0, 0)]);
    }

    #[test]
    fn the_largest_row_is_no_layout_of_columns() {
        let mut hand = Hand::new();
        for _ in 0..3 {
            let column = hand.container(0, Tag::Div, Groups(1 << Group::Section as u64));
            hand.block(column, Kind::Paragraph, "some words of a column that go on", false);
        }
        let list = hand.container(0, Tag::Ul, Groups::default());
        for _ in 0..10 {
            let item = hand.container(list, Tag::Li, Groups::default());
            hand.block(item, Kind::ListItem, "three short words", false);
        }
        let blocks = hand.finish();
        let item = largest_row(&blocks.containers, |item| item.alike_words);
        assert_eq!(blocks.container(item).map(|item| (item.tag, item.alike)), Some((Tag::Li, 10)));
    }
}
