//! The structure around the leaves: which containers the document has open, and which of them the output has.
//!
//! A container opens in the output only when a leaf in it does, so that nothing comes out empty, and closes only
//! when a leaf outside it opens. Empty table cells are the exception: they hold the columns apart.

use super::event::{Cell, Event, Item, Shape};

/// Lists, quotations and tables nested deeper than this are dissolved.
const DEEPEST: usize = 64;

/// A container that the document has open.
struct Entry<'a> {
    id: u32,
    shape: Shape<'a>,
    /// Of a list: the item that began last.
    last_item: Option<u32>,
    /// Of a list that counts down: the number of the next item.
    next: Option<i32>,
}

/// Builds the block structure of a stream.
#[derive(Default)]
pub(super) struct Outline<'a> {
    pub(super) events: Vec<Event<'a>>,
    wanted: Vec<Entry<'a>>,
    /// The containers open in the output: their identity and their `Open`.
    open: Vec<(u32, usize)>,
    leaf: Option<usize>,
    ids: u32,
    /// Cells of the present row that stayed empty, since the last one that did not.
    skipped: Vec<Cell>,
}

impl<'a> Outline<'a> {
    /// How many containers the document has open; what [`Outline::leave`] takes.
    pub(super) fn depth(&self) -> usize {
        self.wanted.len()
    }

    /// True in a table's cell.
    pub(super) fn is_in_cell(&self) -> bool {
        self.wanted.iter().any(|entry| matches!(entry.shape, Shape::Cell(_)))
    }

    fn top(&self) -> Option<Shape<'a>> {
        self.wanted.last().map(|entry| entry.shape)
    }

    /// Begins a container. One that can't stand here vanishes: its content stays where it is.
    pub(super) fn enter(&mut self, shape: Shape<'a>) {
        let deepest = self.wanted.len() >= DEEPEST;
        match (shape, self.top()) {
            (Shape::Item(_), Some(Shape::List { .. }))
            | (Shape::Caption | Shape::Row, Some(Shape::Table))
            | (Shape::Cell(_), Some(Shape::Row))
            | (Shape::Figcaption, Some(Shape::Figure))
            | (Shape::Term | Shape::Definition, Some(Shape::Definitions))
            | (Shape::Summary, Some(Shape::Details { .. })) => self.push(shape),
            (
                Shape::List { .. }
                | Shape::Quote
                | Shape::Table
                | Shape::Figure
                | Shape::Definitions
                | Shape::Details { .. },
                _,
            ) if !deepest => {
                self.make_room();
                self.push(shape);
            }
            _ => {}
        }
    }

    fn push(&mut self, mut shape: Shape<'a>) {
        self.ids += 1;
        let id = self.ids;
        if let (Shape::Item(item), Some(list)) = (&mut shape, self.wanted.last_mut()) {
            list.last_item = Some(id);
            if let Some(next) = &mut list.next {
                *next = item.number.unwrap_or(*next);
                item.number = Some(*next);
                *next = next.saturating_sub(1);
            }
        }
        self.wanted.push(Entry { id, shape, last_item: None, next: None });
    }

    /// Puts in what the markup left out between a container and what stands in it directly, such as the item
    /// between two lists.
    fn make_room(&mut self) {
        loop {
            match self.top() {
                Some(Shape::List { .. }) => self.push(Shape::Item(Item::default())),
                Some(Shape::Table) => self.push(Shape::Row),
                Some(Shape::Row) => self.push(Shape::Cell(Cell { header: false, columns: 1, rows: 1 })),
                Some(Shape::Definitions) => self.push(Shape::Definition),
                _ => return,
            }
        }
    }

    /// Begins a list, which may count down. Directly in another it belongs to the item in front, as browsers show it.
    pub(super) fn enter_list(&mut self, start: Option<i32>, counts_down: bool) {
        let before = self.wanted.last().and_then(|entry| entry.last_item);
        if let (Some(Shape::List { .. }), Some(id)) = (self.top(), before)
            && self.wanted.len() < DEEPEST
        {
            self.wanted.push(Entry { id, shape: Shape::Item(Item::default()), last_item: None, next: None });
        }
        let depth = self.wanted.len();
        self.enter(Shape::List { start });
        if let Some(list) = self.wanted.get_mut(depth..).and_then(<[_]>::last_mut) {
            list.next = start.filter(|_| counts_down);
        }
    }

    /// Ends containers until `depth` are left.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.wanted.len() > depth {
            let Some(entry) = self.wanted.pop() else { return };
            let place = self.open.iter().rposition(|&(id, _)| id == entry.id);
            match (entry.shape, place) {
                (Shape::Cell(cell), None) => self.skipped.push(cell),
                (Shape::Row, Some(place)) => {
                    self.close_containers(place + 1);
                    self.put_skipped();
                }
                (Shape::Row, None) => self.skipped.clear(),
                _ => {}
            }
        }
    }

    /// Opens a leaf in the containers that the document has open.
    pub(super) fn open_leaf(&mut self, shape: Shape<'a>) {
        let depth = self.wanted.len();
        self.make_room();
        let common = self.wanted.iter().zip(&self.open).take_while(|(want, have)| want.id == have.0).count();
        self.close_containers(common);
        for index in common..self.wanted.len() {
            let Some((id, shape)) = self.wanted.get(index).map(|entry| (entry.id, entry.shape)) else {
                break;
            };
            if let Shape::Cell(_) = shape {
                self.put_skipped();
            }
            let at = self.open(shape);
            self.open.push((id, at));
        }
        self.wanted.truncate(depth);
        self.leaf = Some(self.open(shape));
    }

    pub(super) fn close_leaf(&mut self) {
        if let Some(leaf) = self.leaf.take() {
            self.events.push(Event::Close(leaf));
        }
    }

    /// Ends everything and gives the events.
    pub(super) fn finish(mut self) -> Vec<Event<'a>> {
        self.close_containers(0);
        self.events
    }

    fn open(&mut self, shape: Shape<'a>) -> usize {
        self.events.push(Event::Open(shape));
        self.events.len() - 1
    }

    fn close_containers(&mut self, depth: usize) {
        self.close_leaf();
        while self.open.len() > depth {
            let Some((_, at)) = self.open.pop() else { return };
            self.events.push(Event::Close(at));
        }
    }

    fn put_skipped(&mut self) {
        for cell in std::mem::take(&mut self.skipped) {
            let at = self.open(Shape::Cell(cell));
            self.events.push(Event::Close(at));
        }
    }
}
