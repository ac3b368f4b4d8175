//! What the trainer reads of a page: the blocks' features, as the scorer itself computes them.

use crate::Document;
use crate::blocks::{Blocks, flatten, is_space};
use crate::document::NodeId;
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

    /// Cuts a page into blocks after the text of the blocks that are `cut` is taken out of it, and with it the elements
    /// that hold nothing else: a page whose author wrote less.
    pub fn shortened(mut document: Document, cut: &[bool]) -> TrainingPage {
        let blocks = flatten(&document, usize::MAX);
        let is_cut = |&id: &NodeId| {
            let block = blocks.mark(id).block();
            block.and_then(|block| cut.get(block)).copied().unwrap_or(false)
        };
        let arena = document.arena_mut();
        let texts: Vec<NodeId> = (0..arena.len()).map(NodeId::from_index).filter(is_cut).collect();
        for text in texts {
            let mut gone = text;
            while let Some(parent) = arena.parent(gone) {
                arena.detach(gone);
                let is_blank = |id| arena.text(id).is_some_and(|text| text.chars().all(is_space));
                if parent == NodeId::ROOT || !arena.children(parent).all(is_blank) {
                    break;
                }
                gone = parent;
            }
        }
        TrainingPage::new(&document)
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

    /// What the role model sees, block after block, if the content model gives these scores.
    ///
    /// They have to be those of a model that has not learned from the page: on others the text is less clear.
    pub fn role_features(&self, scores: &[f32]) -> Vec<f32> {
        Scorer::get().role_features(&self.blocks, scores)
    }

    /// What the type model sees of the page, by name, if the content model gives these scores, as for
    /// [`role_features`](Self::role_features).
    pub fn type_features(&self, scores: &[f32]) -> (Vec<String>, Vec<f32>) {
        Scorer::type_features(&self.blocks, scores)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortened_page_has_neither_the_text_nor_its_boxes() {
        let html = "<article><h1>Owls</h1><p>They sleep <b>by day</b>.</p><div> <div><p>They hunt by night.</p></div>\n\
            </div><p>They nest in barns. <img src=a.png></p></article><footer>Barn Press</footer>";
        let whole = TrainingPage::new(&Document::parse(html));
        assert_eq!(whole.len(), 5);
        let short = TrainingPage::shortened(Document::parse(html), &[false, true, true, true, false]);
        assert_eq!(short.texts(), ["Owls", "Barn Press"]);
        // Of the boxes only the paragraph with the picture is left, beside html, head, body, article, h1 and footer.
        let boxes = |page: &TrainingPage| page.names().len();
        assert_eq!((boxes(&whole), boxes(&short)), (11, 7));
        let same = TrainingPage::shortened(Document::parse(html), &[]);
        assert_eq!((same.texts(), same.features()), (whole.texts(), whole.features()));
    }
}
