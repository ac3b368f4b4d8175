//! What stands apart from the text around it: formulas, which come out as TeX, and what does not come out at all, such
//! as line numbers. Of either the blocks may hold words, which are passed over.

use super::images::Waiting;
use super::{Context, Gap, Step, Walker};
use crate::blocks::{is_ignorable, is_space};
use crate::document::{Element, NodeId};
use crate::render::event::Event;
use crate::render::math::{self, Formula};
use crate::render::{code, list, notes};

/// How far the surroundings of a formula are searched for blocks that come out.
const FORMULA_ANCESTORS: usize = 8;

impl<'a> Walker<'a, '_> {
    /// Deals with an element that stands apart; false for any other.
    pub(super) fn stands_apart(&mut self, id: NodeId, element: &Element, is_container: bool) -> bool {
        let in_code = self.state.context.is_code();
        let formula = if in_code { None } else { math::of(self.arena, id, element) };
        if let Some((formula, script)) = formula {
            let twin = if script == NodeId::NONE { id } else { script };
            let is_repeated = twin == self.formula_script
                || (element.tag == crate::document::Tag::Img && formula.tex == self.last_formula);
            self.formula_script = twin;
            if !is_repeated && !self.state.muted && self.formula_comes_out(id) {
                self.last_formula.clone_from(&formula.tex);
                self.put_formula(formula);
            }
        } else {
            let note = self.state.note.and_then(|note| self.notes.names.get(note)).map(String::as_str);
            let in_heading = matches!(self.state.context, Context::Heading(_));
            let goes = code::is_gutter(self.arena, id, element.tag, in_code, &mut self.patience)
                || code::is_button(self.arena, id, element.tag, in_code)
                || list::is_own_number(self.arena, id, element.tag)
                || self.notes.is_back_link(self.arena, id, element, note, in_heading)
                || (self.texts == self.state.texts && notes::is_own_name(self.arena, id, element.tag, note));
            if !goes {
                return false;
            }
        }
        self.next_container += u32::from(is_container);
        self.skips = true;
        self.steps.push(Step::EndSkip);
        self.push_children(id);
        true
    }

    /// True where a block in the formula is chosen, or the text goes on around it, or no text but its own is in its
    /// blocks and what stands before and behind it is chosen.
    fn formula_comes_out(&self, id: NodeId) -> bool {
        let mut own = self.begun..self.begun;
        let mut chars = 0;
        let mut steps = vec![id];
        while let Some(id) = steps.pop() {
            if let Some(block) = self.blocks.mark(id).block() {
                if self.selection.has(block) {
                    return true;
                }
                own = own.start.min(block)..block + 1;
                let text = self.arena.text(id).unwrap_or("");
                chars += text.chars().filter(|c| !c.is_whitespace()).count();
            }
            steps.extend(self.arena.children_reversed(id));
        }
        if self.leaf.is_some() {
            return true;
        }
        let own_blocks = self.blocks.blocks.get(own.clone()).unwrap_or(&[]);
        if own_blocks.iter().map(|block| block.measured.chars as usize).sum::<usize>() > chars {
            return false;
        }
        let mut around = self.blocks.ancestors(self.state.container).take(FORMULA_ANCESTORS);
        let around = around.find_map(|facts| {
            let range = facts.first_block as usize..facts.end_block as usize;
            let before = own.start.checked_sub(1).filter(|block| range.contains(block));
            let after = Some(own.end).filter(|block| range.contains(block));
            before.or(after).map(|_| [before, after])
        });
        around.is_some_and(|around| around.into_iter().flatten().all(|block| self.selection.has(block)))
    }

    /// A formula in the paragraph at hand, or in the one that follows.
    fn put_formula(&mut self, formula: Formula) {
        let gap = std::mem::take(&mut self.gap);
        let link = self.link().filter(|link| !self.is_worn(*link));
        if self.leaf.is_some() && gap.breaks > 1 {
            self.end_leaf();
        }
        if self.leaf.is_some() {
            self.inlines.make_room(&mut self.outline.events, link);
            self.put_gap(gap);
            self.inlines.image(&mut self.outline.events, link, Event::Formula(formula));
            self.joins = true;
        } else {
            self.images.push(Waiting::new(Event::Formula(formula), link));
        }
    }

    pub(super) fn put_gap(&mut self, gap: Gap) {
        if gap.breaks > 0 {
            self.inlines.line_break(&mut self.outline.events);
        } else if gap.space {
            self.literal(" ");
        }
    }

    /// Behind a formula, or an image on a line of its own: goes on with its paragraph.
    pub(super) fn join(&mut self, block: usize, text: &str) {
        self.joins = false;
        let Some(leaf) = self.leaf else { return };
        let gap = Gap { space: self.gap.space || text.starts_with(is_space), ..self.gap };
        if leaf.block != block {
            let facts = self
                .blocks
                .blocks
                .get(block)
                .filter(|_| gap.breaks < 2 && leaf.context == self.state.context);
            let Some(facts) = facts else { return };
            self.take_up(facts.text.clone(), false);
            self.leaf = Some(super::Leaf { block, ..leaf });
        }
        // The white space that the block has here was in front of the formula, or is in the gap.
        self.rest.start = self.word;
        let link = self.link();
        self.inlines.make_room(&mut self.outline.events, link);
        self.put_gap(gap);
    }

    /// Puts out what has waited for this paragraph.
    pub(super) fn put_waiting(&mut self) {
        for waiting in std::mem::take(&mut self.images) {
            self.use_link(waiting.link);
            self.joins = matches!(waiting.event, Event::Formula(_));
            self.inlines.image(&mut self.outline.events, waiting.link, waiting.event);
            self.inlines.end(&mut self.outline.events);
            if !self.joins {
                self.put_gap(Gap { space: true, breaks: u32::from(waiting.ends_line) });
            }
        }
    }

    /// Passes over what a text node has given to its block.
    pub(super) fn pass(&mut self, block: usize, text: &str) {
        let Some(range) = self.blocks.blocks.get(block).map(|facts| facts.text.clone()) else { return };
        let source: &'a str = &self.blocks.text;
        let is_open = self.leaf.is_some_and(|leaf| leaf.block == block);
        let mut at = if is_open { self.rest.start } else { range.start.max(self.passed.min(range.end)) };
        let in_pre = matches!(self.state.context, Context::Pre(_));
        let word = text.trim_start();
        // The space in front of it is that of what follows.
        self.joins |= is_open && !self.state.context.is_code() && self.rest.start < self.word;
        if is_open && in_pre && !word.is_empty() {
            let end = self.word.saturating_sub(text.len() - word.len()).max(at);
            self.inlines.put_space(&mut self.outline.events, at..end);
        }
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            let ahead = source.get(at..range.end).unwrap_or("").trim_start();
            if ahead.starts_with(c) {
                at = range.end - ahead.len() + c.len_utf8();
            }
        }
        let space = text.get(text.trim_end().len()..).filter(|_| in_pre && !word.is_empty()).unwrap_or("");
        if source.get(at..range.end).is_some_and(|rest| rest.starts_with(space)) {
            at += space.len();
        }
        self.passed = at;
        if is_open {
            self.rest.start = at;
            self.find_word(at);
        }
    }

    /// Puts out something in place of a text node.
    pub(super) fn put_instead(&mut self, block: usize, text: &str, instead: String) {
        let keeps_space = self.leaf.is_some_and(|leaf| leaf.context.is_code());
        self.apply_marks();
        let (space, word) = (self.rest.start..self.word, self.word..self.word);
        self.inlines.put(&mut self.outline.events, &self.applied, space, word, keeps_space);
        self.inlines.put_literal(&mut self.outline.events, instead);
        self.rest.start = self.word;
        self.pass(block, text);
    }

    /// Puts out a text node of a line of code, with the white space in front of it, as the document has them.
    pub(super) fn put_line(&mut self, text: &'a str, begins: bool) {
        let mut begins = begins;
        let pieces = std::mem::take(&mut self.indent);
        for piece in pieces.into_iter().chain([text]) {
            let piece = piece.trim_end_matches(['\n', '\r']);
            let space = piece.len() - piece.trim_start().len();
            let ends = piece.get(..space).and_then(|space| space.rfind('\n')).filter(|_| begins);
            let piece = ends.and_then(|end| piece.get(end + 1..)).unwrap_or(piece);
            begins &= piece.trim().is_empty();
            for run in piece.split_inclusive(is_odd) {
                let plain = run.trim_end_matches(is_odd);
                self.inlines.put_literal(&mut self.outline.events, plain);
                if run.ends_with(char::is_whitespace) && plain.len() < run.len() {
                    self.literal(" ");
                }
            }
        }
    }
}

/// Not to stand in code as it is: spaces of layout become spaces, others go.
fn is_odd(c: char) -> bool {
    !matches!(c, '\n' | '\t' | ' ') && (c.is_whitespace() || is_ignorable(c))
}
