//! The events between the walk and the writers.
//!
//! The walk promises that every `Open` has its `Close`, that containers hold what HTML lets them hold (a list only
//! items, a table only captions and rows, a row only cells, details begin with a summary), that leaves hold inline events only, and that nothing
//! is empty but a table cell.

use std::borrow::Cow;

use super::math::Formula;

/// The columns and rows that a table cell covers, and whether it is a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) header: bool,
    /// 1…1000.
    pub(super) columns: u16,
    /// 1…1000.
    pub(super) rows: u16,
}

/// What is special about an item of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    /// A number other than the one that follows the item in front.
    pub(super) number: Option<i32>,
    /// Whether its box is ticked, where it has one.
    pub(super) checked: Option<bool>,
    /// It is the note of this number in [`Stream::notes`].
    pub(super) note: Option<usize>,
}

/// What an event opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape<'a> {
    /// A list with bullets, or with numbers from `start`.
    List {
        start: Option<i32>,
    },
    Item(Item),
    Quote,
    Table,
    Caption,
    Row,
    Cell(Cell),
    Figure,
    Figcaption,
    Definitions,
    Term,
    Definition,
    /// What a click unfolds. It begins with its summary.
    Details {
        open: bool,
    },
    Summary,
    /// A leaf, as are the next three.
    Paragraph,
    /// A paragraph of images alone.
    Media,
    Heading(u8),
    /// Preformatted text; the language is empty where it is not known.
    Pre {
        language: &'a str,
    },
    /// Inline, as are the rest; the number of its target in [`Stream::links`].
    Link(usize),
    /// Leads to the note of this number in [`Stream::notes`].
    Reference(usize),
    Emphasis,
    Strong,
    Struck,
    /// A quotation amid text, to which browsers put the marks.
    Quoted,
    Sub,
    Sup,
    Code,
    /// No mark at all.
    Plain,
}

impl Shape<'_> {
    /// True for what holds text directly.
    pub(super) fn is_leaf(self) -> bool {
        matches!(self, Shape::Paragraph | Shape::Media | Shape::Heading(_) | Shape::Pre { .. })
    }
}

/// One step of the stream.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Event<'a> {
    Open(Shape<'a>),
    /// Ends what the event of this number opened.
    Close(usize),
    /// Text to be escaped. Line ends stand in preformatted text only.
    Text(Cow<'a, str>),
    /// A line break in a leaf; text stands on both sides.
    Break,
    Image {
        /// As in the source, white space and all.
        alt: &'a str,
        source: String,
    },
    /// A film, a recording, a page within the page.
    Media {
        label: &'a str,
        source: String,
    },
    Formula(Formula),
}

/// What came of a walk.
#[derive(Clone, Debug, Default)]
pub(super) struct Stream<'a> {
    pub(super) events: Vec<Event<'a>>,
    pub(super) links: Vec<String>,
    /// What the notes are called; no two alike.
    pub(super) notes: Vec<String>,
    /// A script of the page makes formulas of what stands between single dollar signs.
    pub(super) sets_dollars: bool,
}

impl<'a> Stream<'a> {
    /// What the event of this number opens.
    pub(super) fn shape(&self, index: usize) -> Option<Shape<'a>> {
        match self.events.get(index) {
            Some(Event::Open(shape)) => Some(*shape),
            _ => None,
        }
    }

    pub(super) fn link(&self, index: usize) -> &str {
        self.links.get(index).map_or("", String::as_str)
    }

    pub(super) fn note(&self, index: usize) -> &str {
        self.notes.get(index).map_or("", String::as_str)
    }

    /// The number of the event that ends what `open` opens.
    pub(super) fn end_of(&self, open: usize) -> usize {
        let rest = self.events.get(open..).unwrap_or(&[]);
        let length = rest.iter().position(|event| *event == Event::Close(open));
        length.map_or(self.events.len(), |length| open + length)
    }
}
