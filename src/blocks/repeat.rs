//! What repeats: siblings that look alike, and texts that occur again in the page.
//!
//! A list of teasers, a thread of posts and a menu are all rows of siblings alike; what their rows hold tells them
//! apart.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::Blocks;
use super::ratio;

#[derive(Clone, Copy, Default)]
struct Alike {
    count: u32,
    words: f32,
    good_words: f32,
    link_words: f32,
}

/// So many siblings alike make their member an item of a list.
const ITEMS_AT_LEAST: u32 = 3;

/// Fills in the facts about repetition.
pub(super) fn measure(blocks: &mut Blocks) {
    let mut numbers: HashMap<(u32, u64), usize, RandomState> = HashMap::default();
    let mut rows: Vec<Alike> = Vec::new();
    let mut row_of: Vec<usize> = Vec::with_capacity(blocks.containers.len());
    for container in &mut blocks.containers {
        let number = *numbers.entry((container.parent, container.signature)).or_insert(rows.len());
        if number == rows.len() {
            rows.push(Alike::default());
        }
        row_of.push(number);
        let Some(row) = rows.get_mut(number) else { continue };
        container.alike_index = row.count;
        row.count += 1;
        row.words += container.sums.words;
        row.good_words += container.sums.good_words;
        row.link_words += container.sums.link_words;
    }
    // Parents come before their children, so that an item is known before what stands in it.
    let mut items: Vec<u32> = Vec::with_capacity(blocks.containers.len());
    for (index, (container, number)) in blocks.containers.iter_mut().zip(row_of).enumerate() {
        let row = rows.get(number).copied().unwrap_or_default();
        container.alike = row.count;
        container.alike_good = ratio(row.good_words, row.words);
        container.alike_links = ratio(row.link_words, row.words);
        container.alike_words = row.words / row.count.max(1) as f32;
        let inherited = items.get(container.parent as usize).copied().unwrap_or(u32::MAX);
        items.push(if row.count >= ITEMS_AT_LEAST { index as u32 } else { inherited });
    }
    let mut texts: HashMap<u64, u32, RandomState> = HashMap::default();
    for block in &mut blocks.blocks {
        let count = texts.entry(block.text_hash).or_default();
        block.repeated = *count;
        *count += 1;
    }
    for block in &mut blocks.blocks {
        block.repeats = texts.get(&block.text_hash).copied().unwrap_or(1);
        block.item = items.get(block.container as usize).copied().unwrap_or(u32::MAX);
    }
}

#[cfg(test)]
mod tests {
    use crate::blocks::by_hand::Hand;
    use crate::blocks::{Groups, Kind};
    use crate::document::Tag;

    #[test]
    fn siblings_alike_are_a_row_of_items() {
        let mut hand = Hand::new();
        let list = hand.container(0, Tag::Ul, Groups::default());
        for text in ["one two", "three four five six", "seven"] {
            let item = hand.container(list, Tag::Li, Groups::default());
            let inner = hand.container(item, Tag::Div, Groups::default());
            hand.block(inner, Kind::Paragraph, text, true);
        }
        let alone = hand.container(0, Tag::P, Groups::default());
        hand.block(alone, Kind::Paragraph, "one two", false);
        let blocks = hand.finish();
        let second = blocks.container(blocks.blocks[1].item).unwrap();
        assert_eq!((second.tag, second.alike, second.alike_index), (Tag::Li, 3, 1));
        assert_eq!((second.alike_words, second.alike_links, second.alike_good), (7.0 / 3.0, 1.0, 0.0));
        assert_eq!(blocks.blocks[3].item, u32::MAX);
        assert_eq!(blocks.blocks.iter().map(|block| block.repeats).collect::<Vec<_>>(), [2, 1, 1, 2]);
        assert_eq!(blocks.blocks.iter().map(|block| block.repeated).collect::<Vec<_>>(), [0, 0, 0, 1]);
    }
}
