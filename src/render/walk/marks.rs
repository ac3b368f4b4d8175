//! Marks on text: links, emphasis, code, as the document opens and closes them.

use html5ever::local_name;

use super::{Context, Link, Walker};
use crate::document::{NodeId, Tag};
use crate::render::event::Shape;
use crate::render::inlines::Mark;

/// A link around many blocks is repeated in so many of them, then left out: its target may be long.
const LINK_REPEATS: u32 = 16;

/// How far around a link a heading is looked for, and the section that may have its name.
const HEADING_ANCESTORS: usize = 4;

impl Walker<'_, '_> {
    pub(super) fn enter_inline(&mut self, id: NodeId, tag: Tag) {
        let shape = match tag {
            Tag::A if self.notes.references.contains_key(&id) => {
                Shape::Reference(self.notes.references.get(&id).copied().unwrap_or(0))
            }
            Tag::A if self.leads_to_its_heading(id) => return,
            Tag::A if self.style.links => {
                let href = self.arena.attr(id, &local_name!("href"));
                let target = match self.hidden.of(self.arena, id) {
                    Some(address) => self.addresses.mail(&address),
                    None => href.and_then(|href| self.addresses.link(href)),
                };
                let Some(target) = target else { return };
                self.links.push(Link { target, uses: 0 });
                Shape::Link(self.links.len() - 1)
            }
            Tag::B | Tag::Strong if !self.is_light(id) => Shape::Strong,
            Tag::I | Tag::Em => Shape::Emphasis,
            Tag::Del | Tag::S | Tag::Strike => Shape::Struck,
            Tag::Q if !self.has_quotation_marks(id) => Shape::Quoted,
            Tag::Code | Tag::Kbd | Tag::Samp | Tag::Tt => Shape::Code,
            Tag::Sub => Shape::Sub,
            Tag::Sup => Shape::Sup,
            Tag::Span | Tag::Font => return self.enter_styled(id),
            _ => return,
        };
        self.mark(id, shape);
    }

    /// Editors, and what is copied from them, say by style what others say by elements.
    fn enter_styled(&mut self, id: NodeId) {
        let weight = self.style_of(id, "font-weight");
        let is_heavy = |weight: &str| weight.starts_with("bold") || weight.starts_with(['6', '7', '8', '9']);
        if weight.is_some_and(is_heavy) {
            self.mark(id, Shape::Strong);
        }
        let style = self.style_of(id, "font-style");
        if style.is_some_and(|style| style.starts_with("italic") || style.starts_with("oblique")) {
            self.mark(id, Shape::Emphasis);
        }
    }

    /// What an element's own style says of a property.
    fn style_of(&self, id: NodeId, property: &str) -> Option<&str> {
        let (_, after) = self.arena.attr(id, &local_name!("style"))?.split_once(property)?;
        Some(after.trim_start().strip_prefix(':')?.trim_start())
    }

    /// Puts a mark on the text that follows, unless one of its kind is there.
    fn mark(&mut self, id: NodeId, shape: Shape<'static>) {
        let kind = std::mem::discriminant(&shape);
        if self.marks.iter().any(|mark| std::mem::discriminant(&mark.shape) == kind) {
            return;
        }
        let element = if shape == Shape::Code { u32::try_from(id.index()).unwrap_or(0) } else { 0 };
        self.marks.push(Mark { shape, element });
    }

    /// True for a link of a heading's words to the heading itself.
    fn leads_to_its_heading(&self, link: NodeId) -> bool {
        if !matches!(self.state.context, Context::Heading(_)) {
            return false;
        }
        let href = self.arena.attr(link, &local_name!("href"));
        let Some(target) = href.and_then(|href| href.strip_prefix('#')) else { return false };
        let mut around = self.arena.with_ancestors(link).take(HEADING_ANCESTORS);
        around.any(|id| self.arena.attr(id, &local_name!("id")) == Some(target))
    }

    /// True where the page has put the marks itself, outside of the element or in it.
    fn has_quotation_marks(&self, id: NodeId) -> bool {
        const MARKS: [char; 16] =
            ['"', '\'', '“', '”', '„', '‟', '‘', '’', '‚', '«', '»', '‹', '›', '「', '『', '《'];
        let before = self.arena.get(id).and_then(|node| self.arena.text(node.previous));
        let first = self.arena.first_child(id).and_then(|id| self.arena.text(id));
        before.is_some_and(|text| text.ends_with(MARKS))
            || first.is_some_and(|text| text.trim_start().starts_with(MARKS))
    }

    /// True for `<b style="font-weight: normal">`, in which one editor wraps all that is copied from it.
    fn is_light(&self, id: NodeId) -> bool {
        let weight = self.style_of(id, "font-weight");
        weight.is_some_and(|weight| weight.starts_with("normal") || weight.starts_with("400"))
    }

    pub(super) fn link(&self) -> Option<Mark> {
        self.marks.iter().copied().find(|mark| matches!(mark.shape, Shape::Link(_)))
    }

    pub(super) fn use_link(&mut self, link: Option<Mark>) {
        if let Some(Mark { shape: Shape::Link(index), .. }) = link
            && let Some(link) = self.links.get_mut(index)
        {
            link.uses += 1;
        }
    }

    pub(super) fn is_worn(&self, mark: Mark) -> bool {
        let Shape::Link(index) = mark.shape else { return false };
        self.links.get(index).is_some_and(|link| link.uses > LINK_REPEATS)
    }

    pub(super) fn apply_marks(&mut self) {
        let context = self.leaf.map_or(Context::Flow, |leaf| leaf.context);
        let mut applied = std::mem::take(&mut self.applied);
        applied.clear();
        if !context.is_code() {
            let in_heading = matches!(context, Context::Heading(_));
            let kept = |mark: &Mark| !(self.is_worn(*mark) || in_heading && mark.shape == Shape::Strong);
            applied.extend(self.marks.iter().copied().filter(kept));
            applied.sort_by_key(|mark| mark.shape == Shape::Code);
        }
        self.applied = applied;
    }
}
