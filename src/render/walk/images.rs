//! Images and media, which hold no text and yet have a place amid it.

use html5ever::local_name;

use super::{Gap, Walker};
use crate::blocks::{Kind, Within};
use crate::document::{NodeId, Tag};
use crate::render::event::{Event, Shape};
use crate::render::inlines::Mark;
use crate::render::media;

/// How far the surroundings of an image without text are searched for blocks.
const IMAGE_ANCESTORS: usize = 32;

/// How far a figure is looked for around an image, and how many of its blocks are.
const FIGURE_ANCESTORS: usize = 8;
const FIGURE_BLOCKS: usize = 16;

/// What waits for the text after it, which may be of the same paragraph.
pub(super) struct Waiting<'a> {
    pub(super) event: Event<'a>,
    pub(super) link: Option<Mark>,
    /// A line ends behind it.
    pub(super) ends_line: bool,
}

impl<'a> Waiting<'a> {
    pub(super) fn new(event: Event<'a>, link: Option<Mark>) -> Waiting<'a> {
        Waiting { event, link, ends_line: false }
    }
}

impl<'a> Walker<'a, '_> {
    pub(super) fn image(&mut self, id: NodeId) {
        let in_code = self.state.context.is_code();
        if !self.style.images
            || self.state.muted
            || in_code
            || self.is_pixel(id)
            || self.is_on_button(id)
            || !self.is_among_chosen()
        {
            return;
        }
        let Some(source) = self.sources.of(&self.addresses, id) else { return };
        // Pages that load images late repeat each in a `noscript`, at times of another size.
        let in_noscript =
            self.blocks.container(self.state.container).is_some_and(|f| f.within.has(Within::NOSCRIPT));
        let path = |source: &str| source.split('?').next().unwrap_or("").len();
        let is_same = source.get(..path(&source)) == self.last_source.get(..path(&self.last_source));
        let alt = self.arena.attr(id, &local_name!("alt")).unwrap_or("");
        if source == self.last_source || (in_noscript && is_same) {
            self.say_instead(alt);
            return;
        }
        self.last_source.clone_from(&source);
        let image = Event::Image { alt, source };
        let link = self.link().filter(|link| !self.is_worn(*link));
        if self.leaf.is_some() {
            self.put_inline(image, link);
        } else {
            self.gap = Gap::default();
            self.images.push(Waiting::new(image, link));
        }
    }

    /// Of an image that is repeated at once, what the first says; the second, if the first says nothing.
    fn say_instead(&mut self, more: &'a str) {
        // Behind an image that has come out are the ends of its link and its paragraph.
        const BEHIND: usize = 4;
        let waiting = self.images.last_mut().map(|waiting| &mut waiting.event);
        let came_out = self.outline.events.iter_mut().rev().take(BEHIND);
        if let Some(Event::Image { alt, .. }) =
            waiting.into_iter().chain(came_out).find(|event| matches!(event, Event::Image { .. }))
            && alt.trim().is_empty()
        {
            *alt = more;
        }
    }

    /// A film or a recording, on a line of its own.
    pub(super) fn media(&mut self, id: NodeId, tag: Tag) {
        self.gap.breaks = 2;
        let in_code = self.state.context.is_code();
        if !self.style.links || self.state.muted || in_code || !self.is_among_chosen() {
            return;
        }
        let Some((label, source)) = media::of(self.arena, &self.addresses, id, tag) else { return };
        if source == self.last_source {
            return;
        }
        self.put_images();
        self.end_leaf();
        self.last_source.clone_from(&source);
        self.images.push(Waiting::new(Event::Media { label, source }, None));
        self.put_images();
    }

    /// An image amid text. White space in front of it stands outside of a link that is on the image alone; what is behind
    /// it comes with the text there.
    fn put_inline(&mut self, image: Event<'a>, link: Option<Mark>) {
        let gap = std::mem::take(&mut self.gap);
        self.inlines.make_room(&mut self.outline.events, link);
        // White space that the page has on one side of it is put on both.
        let is_spaced = gap.space || self.rest.start < self.word || self.word == self.rest.end;
        self.put_gap(Gap { space: is_spaced, ..gap });
        // The block's text has the same break in front of its next word.
        self.joins = gap.breaks > 0 && self.word < self.rest.end;
        self.inlines.image(&mut self.outline.events, link, image);
    }

    /// Puts out the images that stand in no paragraph.
    pub(super) fn put_images(&mut self) {
        if self.images.is_empty() {
            return;
        }
        self.end_leaf();
        self.outline.open_leaf(Shape::Media);
        let mut ends_line = false;
        for waiting in std::mem::take(&mut self.images) {
            self.use_link(waiting.link);
            self.inlines.make_room(&mut self.outline.events, waiting.link);
            if std::mem::replace(&mut ends_line, waiting.ends_line) {
                self.inlines.line_break(&mut self.outline.events);
            }
            self.inlines.image(&mut self.outline.events, waiting.link, waiting.event);
        }
        self.end_leaf();
    }

    /// True for the icon of a button, which nobody can press in the output.
    fn is_on_button(&self, id: NodeId) -> bool {
        let parent = self.arena.get(id).and_then(|node| self.arena.get(node.parent));
        parent.and_then(|node| node.element()).is_some_and(|element| element.tag == Tag::Button)
    }

    fn is_pixel(&self, id: NodeId) -> bool {
        [local_name!("width"), local_name!("height")]
            .iter()
            .any(|name| matches!(self.arena.attr(id, name).map(str::trim), Some("0" | "1" | "0px" | "1px")))
    }

    /// True where the blocks on either side are chosen, as far as the image's surroundings reach: the nearest
    /// container that has blocks at all. In a figure the caption decides: labels and credits beside an image say nothing of it.
    fn is_among_chosen(&self) -> bool {
        if self.has_chosen_caption() {
            return true;
        }
        let around = self
            .blocks
            .ancestors(self.state.container)
            .take(IMAGE_ANCESTORS)
            .map(|facts| facts.first_block as usize..facts.end_block as usize)
            .find(|range| !range.is_empty());
        let Some(around) = around else { return false };
        let before = self.begun.checked_sub(1).filter(|block| around.contains(block));
        let after = Some(self.begun).filter(|block| around.contains(block));
        [before, after].into_iter().flatten().all(|block| self.selection.has(block))
    }

    /// True in a figure whose caption is chosen.
    fn has_chosen_caption(&self) -> bool {
        let mut around = self.blocks.ancestors(self.state.container).take(FIGURE_ANCESTORS);
        let Some(figure) = around.find(|facts| facts.tag == Tag::Figure) else { return false };
        let mut range =
            (figure.first_block..figure.end_block).take(FIGURE_BLOCKS).map(|block| block as usize);
        let is_caption =
            |block: usize| self.blocks.blocks.get(block).is_some_and(|facts| facts.kind == Kind::Caption);
        range.any(|block| self.selection.has(block) && is_caption(block))
    }
}
