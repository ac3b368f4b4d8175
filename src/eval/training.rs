//! What the trainer reads of a page: the blocks' features, as the scorer itself computes them.

use crate::Document;
use crate::blocks::{Blocks, flatten};
use crate::verdicts::Scorer;
use crate::verdicts::features::{feature_names, features};
use crate::verdicts::page::Page;

/// A page on its way to the trainer.
#[derive(Clone, Debug)]
pub struct TrainingPage {
    blocks: Blocks,
}

impl TrainingPage {
    /// Cuts a page into blocks.
    pub fn new(document: &Document) -> TrainingPage {
        TrainingPage { blocks: flatten(document, usize::MAX) }
    }

    /// The number of blocks.
    pub fn len(&self) -> usize {
        self.blocks.blocks.len()
    }

    /// True for a page without text.
    pub fn is_empty(&self) -> bool {
        self.blocks.blocks.is_empty()
    }

    /// The blocks' texts in document order.
    pub fn texts(&self) -> Vec<&str> {
        self.blocks.blocks.iter().map(|block| self.blocks.text_of(block)).collect()
    }

    /// The blocks' words, weighed by script.
    pub fn words(&self) -> Vec<f32> {
        self.blocks.blocks.iter().map(|block| block.measured.words).collect()
    }

    /// For each block the number of its container.
    pub fn containers(&self) -> Vec<u32> {
        self.blocks.blocks.iter().map(|block| block.container).collect()
    }

    /// For each container, parents first, its parent (`u32::MAX` for none) and the hashes of the words that its tag,
    /// class, id and role are made of.
    pub fn names(&self) -> Vec<(u32, Vec<u32>)> {
        let vocabulary = &self.blocks.vocabulary;
        let hash = |&number: &u32| vocabulary.hashes().get(number as usize).copied();
        let words = |words| vocabulary.of(words).iter().filter_map(hash).collect();
        self.blocks.containers.iter().map(|container| (container.parent, words(&container.words))).collect()
    }

    /// The index of the headline's block.
    pub fn headline(&self) -> Option<usize> {
        Some(self.blocks.page.headline as usize).filter(|&index| index < self.len())
    }

    /// The features, block after block.
    pub fn features(&self) -> Vec<f32> {
        let page = Page::new(&self.blocks);
        let mut values = Vec::new();
        for index in 0..self.len() {
            features(&page, index, &mut values);
        }
        values
    }

    /// What the role model sees, block after block, and which blocks the scorer takes for content.
    pub fn role_features(&self) -> (Vec<bool>, Vec<f32>) {
        Scorer::get().role_features(&self.blocks)
    }

    /// What the type model sees of the page, by name.
    pub fn type_features(&self) -> (Vec<String>, Vec<f32>) {
        Scorer::get().type_features(&self.blocks)
    }

    /// The names of the features.
    pub fn feature_names() -> Vec<String> {
        feature_names()
    }

    /// The names of the role model's features.
    pub fn role_feature_names() -> Vec<String> {
        Scorer::role_feature_names()
    }
}
