//! The cap on depth: how many elements may be open at a time.
//!
//! An element beyond the cap is closed at once, and its own end tag is passed over when it comes. Looking for what
//! a tag closes, the builder may go through all open elements, and a page can have it do so at every tag. When that
//! has taken [`FREE_STEPS`] beyond what the page's length allows, the cap is halved: what is open beyond is closed,
//! and what follows becomes siblings sooner. That may happen again, down to [`LOWEST_CAP`].

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use html5ever::LocalName;
use html5ever::tree_builder::Tracer;

use super::Filter;
use crate::document::node::NodeId;
use crate::document::sink::Handle;
use crate::document::tag::Tag;

/// Steps that any page may take.
pub(in crate::document) const FREE_STEPS: u64 = 1 << 18;

/// Steps that a page may take for each of its bytes. Real pages take 0.1, and up to 0.7.
const STEPS_PER_BYTE: u64 = 4;

/// The cap is not lowered below this.
const LOWEST_CAP: u16 = 16;

/// So many names of elements that were closed early are told apart. A page that nests more of them beyond the cap
/// only loses the pairing of the rest.
const MAX_NAMES: usize = 100;

/// What is known of depth.
pub(super) struct Depth {
    cap: Cell<u16>,
    flattened: Cell<usize>,
    /// For each name, how many elements beyond the cap were closed whose own end tags are still to come.
    closed_early: RefCell<Vec<(LocalName, usize)>>,
    /// The element made last was too deep, and no end tag has led up again.
    deep: Cell<bool>,
    /// The cap is halved at so many steps and what the page's length allows.
    allowed: Cell<u64>,
}

impl Depth {
    pub(super) fn new(cap: u16, allowed: u64) -> Depth {
        Depth {
            cap: Cell::new(cap),
            flattened: Cell::new(0),
            closed_early: RefCell::default(),
            deep: Cell::new(false),
            allowed: Cell::new(allowed),
        }
    }

    pub(super) fn flattened(&self) -> usize {
        self.flattened.get()
    }

    /// How many more steps the cap stands for, once `bytes` of the page are read and `steps` taken.
    pub(super) fn steps_left(&self, steps: u64, bytes: usize) -> u64 {
        (self.allowed.get() + STEPS_PER_BYTE * bytes as u64).saturating_sub(steps)
    }

    pub(super) fn is_deep(&self) -> bool {
        self.deep.get()
    }

    /// Notes an end tag that may have closed something.
    pub(super) fn led_up(&self) {
        self.deep.set(false);
    }

    /// True for the end tag of an element that was closed when it began, which is thereby done with.
    pub(super) fn was_closed_early(&self, name: &LocalName) -> bool {
        let mut closed = self.closed_early.borrow_mut();
        match closed.iter_mut().find(|(have, count)| have == name && *count > 0) {
            Some((_, count)) => {
                *count -= 1;
                true
            }
            None => false,
        }
    }

    fn note_closed_early(&self, name: LocalName) {
        self.flattened.set(self.flattened.get() + 1);
        let mut closed = self.closed_early.borrow_mut();
        if let Some((_, count)) = closed.iter_mut().find(|(have, _)| *have == name) {
            *count += 1;
        } else if closed.len() < MAX_NAMES {
            closed.push((name, 1));
        }
    }
}

impl Filter {
    /// Closes the element made last if it is beyond the cap. `name` is the page's, `fed_name` the builder's.
    pub(super) fn close_if_too_deep(&self, name: LocalName, fed_name: LocalName, line: u64) {
        let last = self.builder.sink.last.get();
        let (depth, tag) = {
            let arena = self.builder.sink.arena.borrow();
            let Some(node) = arena.get(last) else { return };
            (node.depth, node.element().map_or(Tag::Other, |element| element.tag))
        };
        if tag.is_void() {
            return;
        }
        let is_deep = depth > self.depth.cap.get();
        self.depth.deep.set(is_deep);
        if is_deep {
            self.end(fed_name, line);
            self.depth.note_closed_early(name);
        }
    }

    /// Halves the cap if the builder has taken too many steps, and closes what is open beyond it.
    pub(super) fn lower_cap_if_slow(&self, line: u64) {
        if self.steps_left() > 0 {
            return;
        }
        self.depth.allowed.set(self.depth.allowed.get() + FREE_STEPS);
        let cap = (self.depth.cap.get() / 2).max(LOWEST_CAP);
        self.depth.cap.set(cap);
        let open = OpenElements::default();
        self.builder.trace_handles(&open);
        for handle in open.list.borrow().iter().skip(usize::from(cap)).rev() {
            self.depth.note_closed_early(LocalName::from(handle.local.to_ascii_lowercase()));
            self.end(handle.local.clone(), line);
        }
    }
}

/// The open elements as the builder lists them, the outermost first. Behind them it has active formatting elements
/// and a few others; those not open come last here, where their end tags close nothing.
#[derive(Default)]
struct OpenElements {
    list: RefCell<Vec<Handle>>,
    seen: RefCell<HashSet<NodeId>>,
}

impl Tracer for OpenElements {
    type Handle = Handle;

    fn trace_handle(&self, node: &Handle) {
        // The document has no name.
        if !node.local.is_empty() && self.seen.borrow_mut().insert(node.id) {
            self.list.borrow_mut().push(node.clone());
        }
    }
}
