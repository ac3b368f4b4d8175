//! Blocks made by hand, for tests of what comes after the walk: no HTML, no parser.

use super::measure::measure;
use super::{BlockFacts, Blocks, ContainerFacts, Groups, Kind, PageFacts, Sums, Vocabulary, Within, repeat};
use crate::document::{NodeId, Tag};

/// A page under construction. The root is container 0.
pub(crate) struct Hand(Blocks);

impl Hand {
    pub(crate) fn new() -> Hand {
        let mut hand = Hand(Blocks {
            blocks: Vec::new(),
            containers: Vec::new(),
            text: String::new(),
            marks: Vec::new(),
            vocabulary: Vocabulary::default(),
            left_out: 0,
            page: PageFacts { headline: u32::MAX, ..PageFacts::default() },
        });
        hand.container(u32::MAX, Tag::Body, Groups::default());
        hand
    }

    /// Adds a container and gives its number. Elements of one tag and one set of groups look alike.
    pub(crate) fn container(&mut self, parent: u32, tag: Tag, groups: Groups) -> u32 {
        let (depth, path) = self.0.container(parent).map_or((0, 0), |outer| (outer.depth + 1, outer.path));
        let words = self.0.vocabulary.add(tag, std::iter::empty());
        let signature = groups.0.wrapping_mul(31) + tag as u64;
        self.0.containers.push(ContainerFacts {
            node: NodeId::NONE,
            tag,
            parent,
            depth,
            within: Within::default(),
            groups,
            words,
            signature,
            path: path.wrapping_mul(31) + signature,
            first_block: self.0.blocks.len() as u32,
            end_block: self.0.blocks.len() as u32,
            sums: Sums { tags: 1, ..Sums::default() },
            alike: 1,
            alike_index: 0,
            alike_good: 0.0,
            alike_links: 0.0,
            alike_words: 0.0,
        });
        self.0.containers.len() as u32 - 1
    }

    /// Adds a block to a container, all of it a link or none of it, and gives its number.
    pub(crate) fn block(&mut self, container: u32, kind: Kind, text: &str, linked: bool) -> usize {
        let start = self.0.text.len();
        self.0.text.push_str(text);
        let measured = measure(text, |_| linked);
        let index = self.0.blocks.len();
        self.0.blocks.push(BlockFacts {
            kind,
            container,
            first_text: NodeId::NONE,
            text: start..start + text.len(),
            measured,
            within: Within::default(),
            groups: self.0.container(container).map(|container| container.groups).unwrap_or_default(),
            links: u32::from(linked),
            inline_tags: u32::from(linked),
            images: 0,
            bold_chars: 0,
            code_chars: 0,
            times: 0,
            breaks: 0,
            split_by_breaks: false,
            fragment_links: 0,
            text_hash: text
                .bytes()
                .fold(7, |hash: u64, byte| hash.wrapping_mul(31).wrapping_add(u64::from(byte))),
            repeats: 1,
            repeated: 0,
            item: u32::MAX,
        });
        let sums = Sums {
            words: measured.words,
            link_words: measured.link_words,
            good_words: measured.good_words,
            chars: measured.chars,
            blocks: 1,
            ..Sums::default()
        };
        let mut at = container;
        while let Some(around) = self.0.containers.get_mut(at as usize) {
            around.sums.add(&sums);
            around.end_block = index as u32 + 1;
            at = around.parent;
        }
        index
    }

    /// The page, with what repeats in it.
    pub(crate) fn finish(mut self) -> Blocks {
        repeat::measure(&mut self.0);
        self.0.page.sums = self.0.containers[0].sums;
        self.0
    }
}
