//! Stage two: a [`Document`](crate::Document) becomes a flat list of blocks in document order, with facts.
//!
//! A block is a run of text between block-level boundaries. Everything here is measured and never changes; what it
//! means is decided by the next stage, beside it.

mod ascii;
#[cfg(test)]
pub(crate) mod by_hand;
mod fold;
mod lexicon;
mod markup;
mod measure;
mod names;
mod page;
mod repeat;
mod title;
mod vocabulary;
mod walk;

pub(crate) use fold::{is_folded, is_ignorable, is_space};
pub(crate) use lexicon::{Group, Groups};
pub(crate) use measure::TextFacts;
pub(crate) use page::PageFacts;
pub(crate) use vocabulary::Vocabulary;
pub(crate) use walk::flatten;

use std::fmt;

use serde::Serialize;

use crate::document::{NodeId, Tag};

/// What kind of block it is, by its markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Kind {
    /// A heading, with its level 1…6.
    Heading(u8),
    /// Running text: a `p`, or text directly in a `div`, or what stands between two `<br><br>`.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A quotation.
    Quote,
    /// Preformatted text.
    Code,
    /// A cell of a table.
    TableCell,
    /// A caption of a figure or a table.
    Caption,
    /// A term of a definition list.
    Term,
    /// A definition in a definition list.
    Definition,
    /// Text directly in a figure.
    Figure,
}

impl Kind {
    /// The kind's name in snake case, without the level of a heading.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Heading(_) => "heading",
            Kind::Paragraph => "paragraph",
            Kind::ListItem => "list_item",
            Kind::Quote => "quote",
            Kind::Code => "code",
            Kind::TableCell => "table_cell",
            Kind::Caption => "caption",
            Kind::Term => "term",
            Kind::Definition => "definition",
            Kind::Figure => "figure",
        }
    }
}

/// The name, and the level of a heading: `paragraph`, `heading 2`.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Heading(level) => f.pad(&format!("heading {level}")),
            other => f.pad(other.name()),
        }
    }
}

/// Where a block or container stands: a set of the semantic elements around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Within(pub(crate) u32);

macro_rules! within {
    ($($name:ident $bit:literal),* $(,)?) => {
        impl Within {
            $(pub(crate) const $name: Within = Within(1 << $bit);)*
            /// Every mark, with its name.
            pub(crate) const ALL: &[(Within, &'static str)] = &[$((Within::$name, stringify!($name))),*];
        }
    };
}

within! {
    NAV 0, FOOTER 1, HEADER 2, ASIDE 3, MAIN 4, ARTICLE 5, FORM 6, TABLE 7, FIGURE 8, LIST 9, QUOTE 10, PRE 11,
    BUTTON 12, SELECT 13, LABEL 14, DEFINITIONS 15, DETAILS 16, DIALOG 17, NOSCRIPT 18, HIDDEN 19, SECTION 20,
    HEADING 21, ARIA_HIDDEN 22, SHADOW 23,
}

impl Within {
    pub(crate) fn has(self, mark: Within) -> bool {
        self.0 & mark.0 != 0
    }

    pub(crate) fn with(self, other: Within) -> Within {
        Within(self.0 | other.0)
    }
}

/// The facts of one block.
#[derive(Clone, Debug)]
pub(crate) struct BlockFacts {
    pub(crate) kind: Kind,
    /// The innermost block-level element around it.
    pub(crate) container: u32,
    /// Its first text node.
    pub(crate) first_text: NodeId,
    /// Its text, in [`Blocks::text`].
    pub(crate) text: std::ops::Range<usize>,
    pub(crate) measured: TextFacts,
    pub(crate) within: Within,
    /// The groups of the inline elements in the block and of its own container.
    pub(crate) groups: Groups,
    pub(crate) links: u32,
    pub(crate) inline_tags: u32,
    pub(crate) images: u32,
    /// Characters in bold, strong or emphasised text.
    pub(crate) bold_chars: u32,
    /// Characters in `code`, `kbd`, `samp`.
    pub(crate) code_chars: u32,
    /// `<time>` elements.
    pub(crate) times: u32,
    /// Single line breaks.
    pub(crate) breaks: u32,
    /// True where `<br><br>` or `<hr>` ended or began it.
    pub(crate) split_by_breaks: bool,
    /// True when its links lead to places in the same page only.
    pub(crate) fragment_links: u32,
    /// A hash of its text without case and digits.
    pub(crate) text_hash: u64,
    /// How many blocks of the page have the same hash.
    pub(crate) repeats: u32,
    /// How many of those come before it.
    pub(crate) repeated: u32,
    /// The nearest container that has siblings which look alike, itself or an ancestor; `u32::MAX` for none.
    pub(crate) item: u32,
}

/// The facts of one block-level element, with sums over all the blocks in it.
#[derive(Clone, Debug)]
pub(crate) struct ContainerFacts {
    pub(crate) node: NodeId,
    pub(crate) tag: Tag,
    pub(crate) parent: u32,
    pub(crate) depth: u16,
    pub(crate) within: Within,
    /// The groups of its own class, id and role.
    pub(crate) groups: Groups,
    /// Its tag and the words of those, in the page's [`Vocabulary`].
    pub(crate) words: std::ops::Range<u32>,
    /// A hash of its tag and class names: equal for elements that look alike.
    pub(crate) signature: u64,
    /// The signature of the whole path to it.
    pub(crate) path: u64,
    pub(crate) first_block: u32,
    pub(crate) end_block: u32,
    pub(crate) sums: Sums,
    /// How many siblings have its signature, itself included.
    pub(crate) alike: u32,
    /// Its number among them, from 0.
    pub(crate) alike_index: u32,
    /// Of the words of those siblings, the share in good sentences.
    pub(crate) alike_good: f32,
    /// Of the words of those siblings, the share in links.
    pub(crate) alike_links: f32,
    /// Mean words of those siblings.
    pub(crate) alike_words: f32,
}

/// Sums over the blocks of a container.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums {
    pub(crate) words: f32,
    pub(crate) link_words: f32,
    pub(crate) good_words: f32,
    pub(crate) chars: u32,
    pub(crate) blocks: u32,
    pub(crate) tags: u32,
    pub(crate) links: u32,
    pub(crate) images: u32,
    pub(crate) paragraphs: u32,
    pub(crate) headings: u32,
    pub(crate) items: u32,
    pub(crate) inputs: u32,
    pub(crate) commas: u32,
    pub(crate) prices: u32,
    pub(crate) times: u32,
    /// Blocks of at least ten words.
    pub(crate) long_blocks: u32,
}

impl Sums {
    pub(crate) fn add(&mut self, other: &Sums) {
        self.words += other.words;
        self.link_words += other.link_words;
        self.good_words += other.good_words;
        self.chars += other.chars;
        self.blocks += other.blocks;
        self.tags += other.tags;
        self.links += other.links;
        self.images += other.images;
        self.paragraphs += other.paragraphs;
        self.headings += other.headings;
        self.items += other.items;
        self.inputs += other.inputs;
        self.commas += other.commas;
        self.prices += other.prices;
        self.times += other.times;
        self.long_blocks += other.long_blocks;
    }

    pub(crate) fn link_ratio(&self) -> f32 {
        ratio(self.link_words, self.words)
    }

    pub(crate) fn good_ratio(&self) -> f32 {
        ratio(self.good_words, self.words)
    }
}

/// `a / b`, 0 where `b` is 0.
pub(crate) fn ratio(a: f32, b: f32) -> f32 {
    if b > 0.0 { a / b } else { 0.0 }
}

/// Which block a text node's text went to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark(u32);

impl Mark {
    const NONE: Mark = Mark(u32::MAX);

    fn new(block: usize) -> Mark {
        Mark(u32::try_from(block).unwrap_or(u32::MAX))
    }

    /// The block that the text node belongs to.
    pub(crate) fn block(self) -> Option<usize> {
        (self != Mark::NONE).then_some(self.0 as usize)
    }
}

/// A page as a list of blocks.
#[derive(Clone, Debug)]
pub(crate) struct Blocks {
    pub(crate) blocks: Vec<BlockFacts>,
    pub(crate) containers: Vec<ContainerFacts>,
    /// The blocks' texts with white space folded; a single line break in a block is `\n`.
    pub(crate) text: String,
    /// For each node of the document, the block its text belongs to.
    marks: Vec<Mark>,
    pub(crate) vocabulary: Vocabulary,
    /// How many more blocks the page has than may be.
    pub(crate) left_out: usize,
    pub(crate) page: PageFacts,
}

impl Blocks {
    /// The text of a block.
    pub(crate) fn text_of(&self, block: &BlockFacts) -> &str {
        self.text.get(block.text.clone()).unwrap_or("")
    }

    /// The block that is the page's title.
    pub(crate) fn title(&self) -> Option<usize> {
        Some(self.page.headline as usize).filter(|&index| index < self.blocks.len())
    }

    /// Where the text of a node went.
    pub(crate) fn mark(&self, node: NodeId) -> Mark {
        self.marks.get(node.index()).copied().unwrap_or(Mark::NONE)
    }

    pub(crate) fn container(&self, index: u32) -> Option<&ContainerFacts> {
        self.containers.get(index as usize)
    }

    /// A container and its ancestors, innermost first.
    pub(crate) fn ancestors(&self, index: u32) -> impl Iterator<Item = &ContainerFacts> {
        let mut next = index;
        std::iter::from_fn(move || {
            let container = self.container(next)?;
            next = container.parent;
            Some(container)
        })
    }
}
