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
    let mut rows: HashMap<(u32, u64), Alike, RandomState> = HashMap::default();
    for container in &mut blocks.containers {
        let row = rows.entry((container.parent, container.signature)).or_default();
        container.alike_index = row.count;
        row.count += 1;
        row.words += container.sums.words;
        row.good_words += container.sums.good_words;
        row.link_words += container.sums.link_words;
    }
    // Parents come before their children, so that an item is known before what stands in it.
    let mut items: Vec<u32> = Vec::with_capacity(blocks.containers.len());
    for (index, container) in blocks.containers.iter_mut().enumerate() {
        let row = rows.get(&(container.parent, container.signature)).copied().unwrap_or_default();
        container.alike = row.count;
        container.alike_good = ratio(row.good_words, row.words);
        container.alike_links = ratio(row.link_words, row.words);
        container.alike_words = row.words / row.count.max(1) as f32;
        let inherited = items.get(container.parent as usize).copied().unwrap_or(u32::MAX);
        items.push(if row.count >= ITEMS_AT_LEAST { index as u32 } else { inherited });
    }
    let mut texts: HashMap<u64, u32, RandomState> = HashMap::default();
    for block in &blocks.blocks {
        *texts.entry(block.text_hash).or_default() += 1;
    }
    for block in &mut blocks.blocks {
        block.repeats = texts.get(&block.text_hash).copied().unwrap_or(1);
        block.item = items.get(block.container as usize).copied().unwrap_or(u32::MAX);
    }
}
