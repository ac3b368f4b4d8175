//! Prints a stream as plain text.

use super::event::{Event, Shape, Stream};
use super::math::Formula;

/// Writes the text. The words are those of the blocks; bullets, numbers and bars between cells come on top.
pub(super) fn write(stream: &Stream) -> String {
    let mut writer = Writer { out: String::new(), open: Vec::new(), stayed: 0, cells: 0 };
    for event in &stream.events {
        match event {
            Event::Open(shape) => writer.open(*shape),
            Event::Close(_) => writer.close(),
            Event::Text(text) => writer.text(text),
            Event::Break => writer.line_break(),
            Event::Formula(formula) => writer.formula(formula),
            Event::Image { .. } | Event::Media { .. } => {}
        }
    }
    writer.out.truncate(writer.out.trim_end().len());
    writer.out
}

struct Open<'a> {
    shape: Shape<'a>,
    /// Of a list: the number of the next item.
    number: i64,
    /// Of an item: its marker is yet to be written.
    unmarked: bool,
}

struct Writer<'a> {
    out: String,
    open: Vec<Open<'a>>,
    /// How many of the open shapes have stayed open since the last text.
    stayed: usize,
    /// Cells of the row that have ended since the last text.
    cells: usize,
}

impl<'a> Writer<'a> {
    fn open(&mut self, shape: Shape<'a>) {
        let number = if let Shape::List { start: Some(start) } = shape { i64::from(start) } else { 0 };
        self.open.push(Open { shape, number, unmarked: matches!(shape, Shape::Item(_)) });
    }

    fn close(&mut self) {
        match self.open.pop().map(|open| open.shape) {
            Some(Shape::Cell(_)) => self.cells += 1,
            Some(Shape::Row) => self.cells = 0,
            _ => {}
        }
        self.stayed = self.stayed.min(self.open.len());
    }

    fn text(&mut self, text: &str) {
        let begins = self.open.iter().skip(self.stayed).any(|open| open.shape.is_leaf());
        let in_code = matches!(self.open.last(), Some(Open { shape: Shape::Pre { .. }, .. }));
        // Around images that are not printed there may be a space too many.
        if text == " " && !in_code && (begins || self.out.ends_with([' ', '\n'])) {
            return;
        }
        if begins {
            self.separate();
            self.mark_items();
        }
        self.stayed = self.open.len();
        self.out.push_str(text);
    }

    fn formula(&mut self, formula: &Formula) {
        if self.out.ends_with('$') {
            self.text(" ");
        }
        self.text(&formula.delimited());
    }

    /// A row stays on its line.
    fn line_break(&mut self) {
        let in_row = self.open.iter().any(|open| open.shape == Shape::Row);
        self.out.push(if in_row { ' ' } else { '\n' });
    }

    /// Parts the text from the one before by what both stand in.
    fn separate(&mut self) {
        let stayed = || self.open.iter().take(self.stayed).map(|open| open.shape);
        let within = stayed().next_back();
        let separator = match within {
            _ if self.out.is_empty() => "",
            _ if stayed().any(|shape| matches!(shape, Shape::Cell(_))) => " ",
            Some(Shape::Row) => " | ",
            Some(Shape::List { .. } | Shape::Item(_) | Shape::Table | Shape::Definitions) => "\n",
            _ => "\n\n",
        };
        self.out.push_str(separator);
        let empty = self.cells.saturating_sub(usize::from(within == Some(Shape::Row)));
        self.out.extend(std::iter::repeat_n("| ", empty));
        self.cells = 0;
    }

    /// Writes the markers of the items that begin here.
    fn mark_items(&mut self) {
        let mut list = None;
        let mut level = 0_usize;
        for open in &mut self.open {
            match open.shape {
                Shape::List { start } => {
                    list = start.is_some().then_some(&mut open.number);
                    level += 1;
                }
                // There is no room for lists in a row.
                Shape::Row => return,
                Shape::Item(item) if open.unmarked => {
                    open.unmarked = false;
                    if self.out.is_empty() || self.out.ends_with('\n') {
                        self.out.extend(std::iter::repeat_n("  ", level.saturating_sub(1)));
                    }
                    match list.take() {
                        Some(number) => {
                            *number = item.number.map_or(*number, i64::from);
                            self.out.push_str(&format!("{number}. "));
                            *number += 1;
                        }
                        None => self.out.push_str("- "),
                    }
                    self.out.push_str(match item.checked {
                        Some(true) => "[x] ",
                        Some(false) => "[ ] ",
                        None => "",
                    });
                }
                _ => {}
            }
        }
    }
}
