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
    signature: u64,
    count: u32,
    words: f32,
    good_words: f32,
    link_words: f32,
}

/// So many siblings alike make their member an item of a list.
const ITEMS_AT_LEAST: u32 = 3;

/// Fills in the facts about repetition.
pub(super) fn measure(blocks: &mut Blocks) {
    let mut rows = Rows::new(blocks.containers.len());
    let mut row_of: Vec<usize> = Vec::with_capacity(blocks.containers.len());
    for container in &mut blocks.containers {
        let number = rows.number(container.parent, container.signature);
        row_of.push(number);
        let Some(row) = rows.rows.get_mut(number) else { continue };
        container.alike_index = row.count;
        row.count += 1;
        row.words += container.sums.words;
        row.good_words += container.sums.good_words;
        row.link_words += container.sums.link_words;
    }
    // Parents come before their children, so that an item is known before what stands in it.
    let mut items: Vec<u32> = Vec::with_capacity(blocks.containers.len());
    for (index, (container, number)) in blocks.containers.iter_mut().zip(row_of).enumerate() {
        let row = rows.rows.get(number).copied().unwrap_or_default();
        container.alike = row.count;
        container.alike_good = ratio(row.good_words, row.words);
        container.alike_links = ratio(row.link_words, row.words);
        container.alike_words = row.words / row.count.max(1) as f32;
        let inherited = items.get(container.parent as usize).copied().unwrap_or(u32::MAX);
        items.push(if row.count >= ITEMS_AT_LEAST { index as u32 } else { inherited });
    }
    let mut texts: HashMap<u64, usize, RandomState> = HashMap::default();
    let mut counts: Vec<u32> = Vec::new();
    let mut text_of: Vec<usize> = Vec::with_capacity(blocks.blocks.len());
    for block in &mut blocks.blocks {
        let number = *texts.entry(block.text_hash).or_insert(counts.len());
        if number == counts.len() {
            counts.push(0);
        }
        text_of.push(number);
        let Some(count) = counts.get_mut(number) else { continue };
        block.repeated = *count;
        *count += 1;
    }
    for (block, number) in blocks.blocks.iter_mut().zip(text_of) {
        block.repeats = counts.get(number).copied().unwrap_or(1);
        block.item = items.get(block.container as usize).copied().unwrap_or(u32::MAX);
    }
}

/// The rows of siblings alike.
struct Rows {
    rows: Vec<Alike>,
    /// For each container the row of the child met last.
    last: Vec<Option<usize>>,
    /// The rows of each parent and signature, save the one of the last child: most have one row, and need no entry.
    others: HashMap<(u32, u64), usize, RandomState>,
}

impl Rows {
    fn new(containers: usize) -> Rows {
        Rows { rows: Vec::new(), last: vec![None; containers], others: HashMap::default() }
    }

    /// The row of the next container.
    fn number(&mut self, parent: u32, signature: u64) -> usize {
        let new = self.rows.len();
        let known = self.last.get(parent as usize).copied().flatten();
        let number = match known.and_then(|last| Some((last, self.rows.get(last)?.signature))) {
            None => new,
            Some((last, same)) if same == signature => last,
            Some((last, other)) => {
                self.others.insert((parent, other), last);
                *self.others.entry((parent, signature)).or_insert(new)
            }
        };
        if number == new {
            self.rows.push(Alike { signature, ..Alike::default() });
        }
        if let Some(last) = self.last.get_mut(parent as usize) {
            *last = Some(number);
        }
        number
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
