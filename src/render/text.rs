//! Prints a stream as plain text.
//!
//! Raised and lowered digits stay raised and lowered, in the characters that Unicode has for them: 10⁶ must not come out
//! as 106, nor 1990 with a note as 19901. Nothing has to be told of what the digits mean, each stays one character, and
//! compatibility normalisation (NFKC) makes plain digits of them again where search wants these.

use super::event::{Event, Shape, Stream};
use super::math::Formula;

/// Writes the text. The words are those of the blocks; bullets, numbers and bars between cells come on top.
pub(super) fn write(stream: &Stream) -> String {
    let mut writer = Writer { out: String::new(), open: Vec::new(), stayed: 0, cells: 0, lift: None };
    for (index, event) in stream.events.iter().enumerate() {
        match event {
            Event::Open(shape @ (Shape::Sub | Shape::Sup)) => {
                writer.lift = lift(stream, index, *shape);
                writer.open(*shape);
            }
            Event::Open(Shape::Quoted) => {
                writer.text("\"");
                writer.open(Shape::Quoted);
            }
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
    /// What the text at hand is raised or lowered by.
    lift: Option<Lift>,
}

type Lift = fn(char) -> char;

/// How to raise or lower what the event opens: not at all unless all characters have such a form, or may stand between
/// those that have. A word is not lifted, though it may be made of letters that could be.
fn lift(stream: &Stream, open: usize, shape: Shape) -> Option<Lift> {
    let lift = if shape == Shape::Sub { lowered } else { raised };
    let mut is_lifted = false;
    let mut last = ' ';
    for event in stream.events.get(open..stream.end_of(open)).unwrap_or(&[]) {
        let Event::Text(text) = event else { continue };
        for c in text.chars() {
            let has_form = lift(c) != c;
            let is_word = last.is_alphabetic() && c.is_alphabetic();
            if is_word || !(has_form || c.is_whitespace() || matches!(c, ',' | '.' | '/')) {
                return None;
            }
            is_lifted |= has_form;
            last = c;
        }
    }
    is_lifted.then_some(lift)
}

fn raised(c: char) -> char {
    match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        '+' => '⁺',
        '-' | '−' | '–' => '⁻',
        '=' => '⁼',
        '(' => '⁽',
        ')' => '⁾',
        'n' => 'ⁿ',
        'i' => 'ⁱ',
        _ => c,
    }
}

fn lowered(c: char) -> char {
    match c {
        '0' => '₀',
        '1' => '₁',
        '2' => '₂',
        '3' => '₃',
        '4' => '₄',
        '5' => '₅',
        '6' => '₆',
        '7' => '₇',
        '8' => '₈',
        '9' => '₉',
        '+' => '₊',
        '-' | '−' | '–' => '₋',
        '=' => '₌',
        '(' => '₍',
        ')' => '₎',
        'n' => 'ₙ',
        'i' => 'ᵢ',
        _ => c,
    }
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
            Some(Shape::Sub | Shape::Sup) => self.lift = None,
            Some(Shape::Quoted) => self.text("\""),
            _ => {}
        }
        self.stayed = self.stayed.min(self.open.len());
    }

    fn text(&mut self, text: &str) {
        let begins = self.open.iter().skip(self.stayed).any(|open| open.shape.is_leaf());
        if begins {
            self.separate();
            self.mark_items();
        }
        self.stayed = self.open.len();
        match self.lift {
            Some(lift) => self.out.extend(text.chars().map(lift)),
            None => self.out.push_str(text),
        }
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
        if !self.open.iter().skip(self.stayed).any(|open| open.unmarked) {
            return;
        }
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
