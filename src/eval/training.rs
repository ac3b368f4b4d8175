//! What the trainer reads of a page: the blocks' features, as the scorer itself computes them.

use crate::Document;
use crate::blocks::{Blocks, flatten};
use crate::verdicts::Scorer;
use crate::verdicts::context::{Scored, second_pass, second_pass_names};
use crate::verdicts::features::{Page, first_pass, first_pass_names};

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

    /// The index of the headline's block.
    pub fn headline(&self) -> Option<usize> {
        Some(self.blocks.page.headline as usize).filter(|&index| index < self.len())
    }

    /// The features of the first pass, block after block.
    pub fn first_pass(&self) -> Vec<f32> {
        let page = Page::new(&self.blocks);
        let mut values = Vec::new();
        for index in 0..self.len() {
            first_pass(&page, index, &mut values);
        }
        values
    }

    /// The features that the second pass adds, block after block, given the first pass's scores.
    pub fn second_pass(&self, scores: &[f32]) -> Vec<f32> {
        let scored = Scored::new(&self.blocks, scores);
        let mut values = Vec::new();
        for index in 0..self.len() {
            second_pass(&scored, index, &mut values);
        }
        values
    }

    /// What the role model sees, block after block, and which blocks the scorer takes for content.
    pub fn role_features(&self) -> (Vec<bool>, Vec<f32>) {
        Scorer::get().role_features(&self.blocks)
    }

    /// The names of the first pass's features.
    pub fn first_pass_names() -> Vec<String> {
        first_pass_names()
    }

    /// The names of the features that the second pass adds.
    pub fn second_pass_names() -> Vec<String> {
        second_pass_names()
    }
}
