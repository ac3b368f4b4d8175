//! The words that a page's tags, class names, ids and roles are made of, each once, and which container has which.
//!
//! The lexicon knows some five hundred words by their meaning; a page's own vocabulary keeps all, for a scorer that
//! has learned what they say. Words are kept as hashes: nothing asks for their letters.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;

use super::lexicon::stem;
use crate::document::Tag;

/// The words of a page's names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    /// The hash of each word.
    hashes: Vec<u32>,
    numbers: HashMap<u32, u32, RandomState>,
    /// The words of one container after another, by number. A word may come twice.
    of_containers: Vec<u32>,
}

impl Vocabulary {
    /// The hash of each word, by its number.
    pub(crate) fn hashes(&self) -> &[u32] {
        &self.hashes
    }

    /// The words of a container, by number.
    pub(crate) fn of(&self, words: &Range<u32>) -> &[u32] {
        self.of_containers.get(words.start as usize..words.end as usize).unwrap_or(&[])
    }

    /// The number of a word; one of digits only has none.
    pub(super) fn number(&mut self, word: &[u8]) -> Option<u32> {
        let word = stem(word);
        (word.len() > 1).then(|| self.number_of(hash(word, FOR_WORDS)))
    }

    /// Keeps a container's tag and words.
    pub(super) fn add(&mut self, tag: Tag, words: impl Iterator<Item = u32>) -> Range<u32> {
        let start = self.of_containers.len() as u32;
        let tag = self.number_of(hash(tag.name().as_bytes(), FOR_TAGS));
        self.of_containers.push(tag);
        self.of_containers.extend(words);
        start..self.of_containers.len() as u32
    }

    fn number_of(&mut self, hash: u32) -> u32 {
        *self.numbers.entry(hash).or_insert_with(|| {
            self.hashes.push(hash);
            self.hashes.len() as u32 - 1
        })
    }
}

/// Seeds, so that no tag has the hash of a word.
const FOR_WORDS: u32 = 0x811C_9DC5;
const FOR_TAGS: u32 = 0x7461_6721;

/// FNV-1a of 32 bits. The trained table has these hashes: a change here asks for a new training.
fn hash(bytes: &[u8], seed: u32) -> u32 {
    bytes.iter().fold(seed, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
