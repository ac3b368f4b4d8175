//! What the words of tags, class names, ids and roles say of a block, by a table of learned weights.
//!
//! A word tells at three reaches: at the block's own container, one to three containers up, farther up; once at each,
//! however often it comes there. `training/names.py` learns the table and sums up in the same way.
//!
//! The file is little-endian: `UHN1`, the number of words (32 bits), then for each word its hash (32 bits) and its
//! weights at the three reaches (8 bits each, signed, in units of 1/32).

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use crate::blocks::Blocks;

/// The weights of a word at the three reaches.
type Weights = [i8; 3];

/// Of the weights; 1/32, so that sums are exact.
const UNIT: f32 = 0.031_25;

/// The learned table.
#[derive(Default)]
pub(super) struct Names(HashMap<u32, Weights, RandomState>);

impl Names {
    /// The table that is linked in, read once.
    pub(super) fn get() -> &'static Names {
        static NAMES: LazyLock<Names> =
            LazyLock::new(|| Names::read(include_bytes!("model/names.bin")).unwrap_or_default());
        &NAMES
    }

    fn read(bytes: &[u8]) -> Option<Names> {
        let rest = bytes.strip_prefix(b"UHN1")?;
        let (count, rows) = rest.split_first_chunk::<4>()?;
        let rows: HashMap<u32, Weights, RandomState> = rows
            .as_chunks::<7>()
            .0
            .iter()
            .map(|&[a, b, c, d, own, near, far]| {
                (u32::from_le_bytes([a, b, c, d]), [own, near, far].map(|byte| i8::from_le_bytes([byte])))
            })
            .collect();
        (rows.len() == u32::from_le_bytes(*count) as usize).then_some(Names(rows))
    }

    /// For each container, what the words of its own names and of those around it say of the blocks in it: the
    /// larger, the likelier they are content.
    pub(super) fn sums(&self, blocks: &Blocks) -> Vec<f32> {
        let vocabulary = &blocks.vocabulary;
        let hashes = vocabulary.hashes();
        let word =
            |hash: &u32| Word { weights: self.0.get(hash).copied().unwrap_or_default(), counted: 0, open: 0 };
        let mut counter = Counter { words: hashes.iter().map(word).collect(), count: 0 };
        // The words of each container that the table has: most it does not know.
        let mut known: Vec<u32> = Vec::new();
        let mut ends: Vec<usize> = Vec::with_capacity(blocks.containers.len());
        for container in &blocks.containers {
            let in_table =
                |word: &&u32| counter.words.get(**word as usize).is_some_and(|word| word.weights != [0; 3]);
            known.extend(vocabulary.of(&container.words).iter().filter(in_table));
            ends.push(known.len());
        }
        let words = |index: u32| {
            let Some(&end) = ends.get(index as usize) else { return &[][..] };
            let start = (index as usize).checked_sub(1).and_then(|before| ends.get(before)).copied();
            known.get(start.unwrap_or(0)..end).unwrap_or(&[])
        };
        let parent = |index: u32| blocks.container(index).map_or(u32::MAX, |it| it.parent);
        let mut path: Vec<u32> = Vec::new();
        // For each container: the words of it and its ancestors at the far reach; what its children have from it.
        let mut far: Vec<i32> = Vec::with_capacity(blocks.containers.len());
        let mut below: Vec<i32> = Vec::with_capacity(blocks.containers.len());
        let mut sums = Vec::with_capacity(blocks.containers.len());
        let at = |sums: &[i32], index: u32| sums.get(index as usize).copied().unwrap_or(0);
        for (index, container) in blocks.containers.iter().enumerate() {
            let index = index as u32;
            // Containers come in the order of the document: all that is no ancestor has ended.
            while path.last().is_some_and(|&last| last != container.parent) {
                for &word in path.pop().map_or(&[][..], words) {
                    if let Some(word) = counter.words.get_mut(word as usize) {
                        word.open -= 1;
                    }
                }
            }
            path.push(index);
            let mut fresh = at(&far, container.parent);
            for &word in words(index) {
                if let Some(word) = counter.words.get_mut(word as usize) {
                    let [.., weight] = word.weights;
                    fresh += if word.open == 0 { i32::from(weight) } else { 0 };
                    word.open += 1;
                }
            }
            far.push(fresh);
            let near = [index, container.parent, parent(container.parent)];
            let beyond = parent(near[2]);
            below.push(counter.sum(near.map(words), |[_, near, _]| near) + at(&far, beyond));
            let own = counter.sum([words(index)], |[own, ..]| own);
            sums.push((own + at(&below, container.parent)) as f32 * UNIT);
        }
        sums
    }
}

/// Sums up weights of words, each once.
struct Counter {
    words: Vec<Word>,
    count: u32,
}

struct Word {
    weights: Weights,
    /// The last sum that it was counted in.
    counted: u32,
    /// How many of the open containers have it.
    open: u32,
}

impl Counter {
    fn sum<const N: usize>(&mut self, lists: [&[u32]; N], weight: impl Fn(Weights) -> i8) -> i32 {
        self.count += 1;
        let mut sum = 0;
        for list in lists {
            for &word in list {
                let Some(word) = self.words.get_mut(word as usize) else { continue };
                if word.counted != self.count {
                    word.counted = self.count;
                    sum += i32::from(weight(word.weights));
                }
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, blocks::flatten};

    #[test]
    fn the_table_is_there() {
        assert!(Names::get().0.len() > 1000);
        assert!(Names::read(b"UHN1\x02\0\0\0\0\0\0\0\0\0\0").is_none(), "a row is missing");
    }

    #[test]
    fn a_word_counts_once_at_each_reach() {
        let html =
            "<div class=far><div class=far><div><div class='near near'><div class=near><div><p class=own>x";
        let blocks = flatten(&Document::parse(html), usize::MAX);
        let hash = |name: &str| {
            let other = flatten(&Document::parse(&format!("<p class={name}>x")), usize::MAX);
            let last = other.vocabulary.of(&other.containers.last().unwrap().words)[1];
            other.vocabulary.hashes()[last as usize]
        };
        let weights = [("own", [1, 50, 50]), ("near", [50, 2, 50]), ("far", [50, 50, 4])];
        let names = Names(weights.into_iter().map(|(name, weights)| (hash(name), weights)).collect());
        let sums = names.sums(&blocks);
        assert_eq!(*sums.last().unwrap(), 7.0 * UNIT);
        // The div above sees no word of its own, both reaches as near, and `far` from four levels up.
        assert_eq!(sums[sums.len() - 2], (2.0 + 4.0) * UNIT);
    }
}
