//! Containers: lists, tables, quotations and the like, as the document opens and closes them.

use html5ever::local_name;

use super::{Context, State, Step, Walker};
use crate::document::{Element, NodeId, Tag};
use crate::render::event::{Item, Shape};
use crate::render::{Selection, code, list, table};

impl Walker<'_, '_> {
    pub(super) fn enter_container(&mut self, id: NodeId, element: &Element) {
        self.put_images();
        let before = self.state;
        self.state.container = self.next_container;
        self.next_container += 1;
        self.state.folds = element.tag == Tag::Details && self.folds();
        if !self.leaf.is_some_and(|leaf| leaf.context.is_code()) {
            self.end_leaf();
        }
        self.steps.push(Step::LeaveContainer(id, before));
        self.state.texts = self.texts;
        self.indent.clear();
        let tag = element.tag;
        let in_code = self.state.context.is_code();
        match tag {
            _ if !in_code && code::is_code_box(self.arena, id, tag) => {
                self.state.context = Context::Lines(id)
            }
            // One highlighter makes the lines items of a list.
            Tag::Ol | Tag::Ul | Tag::Li if in_code => {}
            Tag::Ul | Tag::Menu | Tag::Dir => self.outline.enter_list(None, false),
            Tag::Ol => self.enter_numbered(id),
            Tag::Li => {
                let note = self.note(id);
                let item = list::item(self.arena, id);
                self.outline.enter(Shape::Item(Item { note, ..item }));
            }
            Tag::Table if !in_code => self.enter_table(id),
            _ if self.notes.notes.contains_key(&id) => {
                let note = self.note(id);
                let start =
                    note.and_then(|note| self.notes.names.get(note)).and_then(|name| name.parse().ok());
                self.outline.enter(Shape::List { start: Some(start.unwrap_or(1)) });
                self.outline.enter(Shape::Item(Item { note, ..Item::default() }));
            }
            Tag::Thead => self.state.in_head = true,
            Tag::Tbody | Tag::Tfoot | Tag::Table => self.state.in_head = false,
            Tag::Tr => {
                self.state.in_head |= std::mem::take(&mut self.plain_header);
                self.outline.enter(Shape::Row);
            }
            Tag::Td | Tag::Th => {
                let header = tag == Tag::Th || self.state.in_head;
                self.outline.enter(Shape::Cell(table::cell(self.arena, id, header)));
            }
            Tag::Details if self.state.folds => {
                let open = self.arena.attr(id, &local_name!("open")).is_some();
                self.outline.enter(Shape::Details { open });
            }
            Tag::Summary if before.folds && self.state.container == before.container + 1 => {
                self.outline.enter(Shape::Summary);
            }
            _ => {
                if let Some(shape) = shape_of(tag) {
                    self.outline.enter(shape);
                }
            }
        }
        if let Some(level) = tag.heading_level() {
            self.state.context = Context::Heading(level);
        } else if tag.is_preformatted() && !in_code {
            self.state.context = Context::Pre(id);
        }
        self.state.depth = self.outline.depth();
        if self.state.depth != before.depth {
            self.end_leaf();
        }
        if self.is_silent(tag) {
            self.pass_over();
            return;
        }
        self.push_children(self.arena.template_of(id).unwrap_or(id));
    }

    /// True for a box of which nothing comes out: none of its blocks does, nor do those beside it, so that no formula
    /// or image can stand alone in it either.
    fn is_silent(&self, tag: Tag) -> bool {
        use Tag::{Aside, Div, Footer, Form, Header, Nav, Section, Table, Ul};
        let Some(facts) = self.blocks.container(self.state.container) else { return false };
        let before = |block: u32| self.chosen.get(block as usize).or(self.chosen.last()).copied();
        matches!(tag, Div | Section | Nav | Header | Footer | Aside | Form | Ul | Table)
            && !self.state.context.is_code()
            && facts.first_block < facts.end_block
            && before(facts.first_block.saturating_sub(1)) == before(facts.end_block.saturating_add(1))
    }

    /// Goes on behind what is in the container.
    fn pass_over(&mut self) {
        let Some(facts) = self.blocks.container(self.state.container) else { return };
        self.begun = facts.end_block as usize;
        let inner = self.blocks.containers.get(self.next_container as usize..).unwrap_or(&[]);
        self.next_container += inner.iter().take_while(|inner| inner.depth > facts.depth).count() as u32;
    }

    /// True for details that begin with a summary of one block, if more than that comes out: without a summary nobody
    /// would know what is folded away, and without the rest there is nothing to unfold.
    fn folds(&self) -> bool {
        let [Some(details), Some(summary)] =
            [self.state.container, self.next_container].map(|number| self.blocks.container(number))
        else {
            return false;
        };
        let chosen = |range: std::ops::Range<u32>| range.filter(|&block| self.selection.has(block as usize));
        summary.tag == Tag::Summary
            && summary.first_block == details.first_block
            && summary.end_block <= details.end_block
            && chosen(summary.first_block..summary.end_block).take(2).count() == 1
            && chosen(summary.end_block..details.end_block).next().is_some()
    }

    fn enter_table(&mut self, id: NodeId) {
        self.state.in_head = false;
        self.plain_header = false;
        if let table::Kind::Data { plain_header } = table::kind(self.arena, self.blocks, id) {
            self.state.muted |= !self.style.tables;
            self.plain_header = plain_header;
            self.outline.enter(Shape::Table);
        }
    }

    fn enter_numbered(&mut self, id: NodeId) {
        let (start, counts_down) = list::numbers(self.arena, id);
        self.outline.enter_list(Some(start), counts_down);
    }

    /// The number of the note that an element is; what stands in it then belongs to it.
    fn note(&mut self, id: NodeId) -> Option<usize> {
        let note = self.notes.notes.get(&id).copied();
        self.state.note = note.or(self.state.note);
        note
    }

    pub(super) fn leave_container(&mut self, id: NodeId, before: State) {
        self.put_images();
        let in_code = before.context.is_code() && before.context == self.state.context;
        if in_code && self.leaf.is_some() && self.texts == self.state.texts && code::is_line(self.arena, id) {
            self.empty_lines += 1;
        }
        if !in_code || before.depth != self.state.depth {
            self.end_leaf();
        }
        self.outline.leave(before.depth);
        self.state = before;
    }
}

/// How many blocks are chosen in front of each, and in all.
pub(super) fn running(selection: &Selection<'_>) -> Vec<u32> {
    let count = selection.blocks.blocks.len();
    let mut chosen = Vec::with_capacity(count + 1);
    chosen.push(0);
    let mut sum = 0;
    chosen.extend((0..count).map(|block| {
        sum += u32::from(selection.has(block));
        sum
    }));
    chosen
}

fn shape_of(tag: Tag) -> Option<Shape<'static>> {
    Some(match tag {
        Tag::Blockquote => Shape::Quote,
        Tag::Caption => Shape::Caption,
        Tag::Figure => Shape::Figure,
        Tag::Figcaption => Shape::Figcaption,
        Tag::Dl => Shape::Definitions,
        Tag::Dt => Shape::Term,
        Tag::Dd => Shape::Definition,
        _ => return None,
    })
}
