//! One block as users see it: its text, what was measured of it, and the verdict.

use super::Extraction;
use crate::blocks::{BlockFacts, Kind};
use crate::document::NodeId;
use crate::reasons::{self, Reason};
use crate::verdicts::{Role, features};

/// A block of the page with the verdict on it.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    pub(super) extraction: &'a Extraction,
    pub(super) index: usize,
}

impl<'a> Block<'a> {
    fn facts(&self) -> Option<&'a BlockFacts> {
        self.extraction.blocks.blocks.get(self.index)
    }

    /// Its number in document order, from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// What it is to a reader.
    pub fn role(&self) -> Role {
        self.extraction.roles().get(self.index).copied().unwrap_or(Role::Other)
    }

    /// The probability that it is content, 0…1.
    pub fn score(&self) -> f32 {
        self.extraction.judgement.scores.get(self.index).copied().unwrap_or(0.0)
    }

    /// What it is by its markup.
    pub fn kind(&self) -> Kind {
        self.facts().map_or(Kind::Paragraph, |facts| facts.kind)
    }

    /// 1…6 for a heading.
    pub fn heading_level(&self) -> Option<u8> {
        if let Kind::Heading(level) = self.kind() { Some(level) } else { None }
    }

    /// Its text, white space folded; a single line break in it is `\n`.
    pub fn text(&self) -> &'a str {
        self.facts().map_or("", |facts| self.extraction.blocks.text_of(facts))
    }

    /// Words by UAX #29, weighed by script and rounded: a Han character counts 0.6.
    pub fn words(&self) -> usize {
        self.facts().map_or(0, |facts| facts.measured.words.round() as usize)
    }

    /// Words per line of 80 characters after wrapping (Kohlschütter et al. 2010); about 10–16 for running text.
    pub fn text_density(&self) -> f32 {
        self.facts().map_or(0.0, features::text_density)
    }

    /// Characters per tag (Sun et al. 2011).
    pub fn chars_per_tag(&self) -> f32 {
        self.facts().map_or(0.0, features::chars_per_tag)
    }

    /// Words in links ÷ words, 0…1.
    pub fn link_ratio(&self) -> f32 {
        self.facts().map_or(0.0, features::link_ratio)
    }

    /// Where it stands, such as `/html/body/div[2]/p[3]`: the innermost block-level element around it.
    pub fn path(&self) -> String {
        let container = self.facts().and_then(|facts| self.extraction.blocks.container(facts.container));
        container.map_or_else(String::new, |container| self.extraction.document.path_of(container.node))
    }

    /// The line of the source where its text begins, from 1; `None` where the parser does not know it.
    pub fn line(&self) -> Option<u32> {
        let node = self.facts().map_or(NodeId::NONE, |facts| facts.first_text);
        self.extraction.document.line_of(node)
    }

    /// What moved its score most, strongest first; text density and link ratio are always among them. The first
    /// call explains the whole page.
    pub fn reasons(&self) -> &'a [Reason] {
        let all = self.extraction.reasons.get_or_init(|| reasons::of(&self.extraction.blocks));
        all.get(self.index).map_or(&[], Vec::as_slice)
    }
}
