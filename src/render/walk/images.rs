//! Images and media, which hold no text and yet have a place amid it.

use html5ever::local_name;

use super::Walker;
use crate::blocks::Within;
use crate::document::{NodeId, Tag};
use crate::render::event::{Event, Shape};
use crate::render::inlines::Mark;
use crate::render::media;

/// How far the surroundings of an image without text are searched for blocks.
const IMAGE_ANCESTORS: usize = 32;

/// What waits for the text after it, which may be of the same paragraph.
pub(super) struct Waiting<'a> {
    pub(super) event: Event<'a>,
    pub(super) link: Option<Mark>,
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
        let Some(source) = self.addresses.image(self.arena, id) else { return };
        // Pages that load images late repeat each in a `noscript`, at times of another size.
        let in_noscript =
            self.blocks.container(self.state.container).is_some_and(|f| f.within.has(Within::NOSCRIPT));
        let path = |source: &str| source.split('?').next().unwrap_or("").len();
        let is_same = source.get(..path(&source)) == self.last_source.get(..path(&self.last_source));
        if source == self.last_source || (in_noscript && is_same) {
            return;
        }
        self.last_source.clone_from(&source);
        let alt = self.arena.attr(id, &local_name!("alt")).unwrap_or("");
        let image = Event::Image { alt, source };
        let link = self.link().filter(|link| !self.is_worn(*link));
        if self.leaf.is_some() {
            self.put_inline(image, link);
        } else {
            self.images.push(Waiting { event: image, link });
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
        self.images.push(Waiting { event: Event::Media { label, source }, link: None });
        self.put_images();
    }

    /// An image amid text, with the white space on either side that the text has there.
    fn put_inline(&mut self, image: Event<'a>, link: Option<Mark>) {
        let spaced = self.rest.start < self.word;
        let is_last = self.word == self.rest.end;
        self.rest.start = self.word;
        let events = &mut self.outline.events;
        if spaced || is_last {
            self.inlines.put_literal(events, " ");
        }
        self.inlines.image(events, link, image);
        if spaced {
            self.inlines.put_literal(events, " ");
        }
    }

    /// Puts out the images that stand in no paragraph.
    pub(super) fn put_images(&mut self) {
        if self.images.is_empty() {
            return;
        }
        self.end_leaf();
        self.outline.open_leaf(Shape::Media);
        for waiting in std::mem::take(&mut self.images) {
            self.use_link(waiting.link);
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
    /// container that has blocks at all.
    fn is_among_chosen(&self) -> bool {
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
}
