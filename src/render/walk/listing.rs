//! Code of several lines that no `pre` holds: `br` ends its lines, and spaces that don't break indent them.

use super::{Context, Step, Walker};
use crate::document::{NodeId, Tag};
use crate::render::code;

impl Walker<'_, '_> {
    /// True for `code` that is a listing, where one can stand.
    pub(super) fn begins_listing(&self, id: NodeId) -> bool {
        self.state.context == Context::Flow && code::is_listing(self.arena, id) && !self.outline.is_in_cell()
    }

    pub(super) fn enter_listing(&mut self, id: NodeId) {
        self.put_images();
        self.end_leaf();
        self.steps.push(Step::LeaveListing(self.state.context));
        self.state.context = Context::Lines(id);
        self.push_children(id);
    }

    pub(super) fn leave_listing(&mut self, context: Context) {
        self.end_leaf();
        self.state.context = context;
    }

    /// Ends the lines of code after which the page has a break. True if the line at hand ended so.
    pub(super) fn end_listed_lines(&mut self, begins: bool) -> bool {
        let Context::Lines(id) = self.state.context else { return false };
        let breaks = self.gap.breaks;
        if begins {
            // Empty lines part blocks, which end the line in front of them. In other boxes of code lines are boxes.
            let element = self.arena.get(id).and_then(|node| node.element());
            if element.is_some_and(|element| element.tag == Tag::Code) {
                self.empty_lines = breaks.saturating_sub(1);
            }
            return false;
        }
        for _ in 0..breaks {
            self.literal("\n");
        }
        breaks > 0
    }
}
