//! Prints a stream as Markdown: CommonMark 0.31 with what GitHub's dialect adds: tables, strikethrough, tasks, notes and
//! formulas.
//!
//! Here are the blocks: what stands at the start of each line, and where empty lines go.

mod escape;
mod flank;
mod grid;
mod inline;

use std::borrow::Cow;

use grid::Grid;
use inline::Place;

use super::event::{Event, Shape, Stream};

/// Writes the Markdown.
pub(super) fn write(stream: &Stream) -> String {
    let stream = &*without_code_that_ends_links(stream);
    let mut writer = Writer {
        stream,
        loose: loose_lists(stream),
        out: String::new(),
        prefix: String::new(),
        frames: vec![Frame {
            shape: None,
            prefix: 0,
            tight: false,
            number: 0,
            other_marker: false,
            last_list: None,
        }],
        begins: true,
    };
    let mut index = 0;
    while let Some(event) = stream.events.get(index) {
        index = match event {
            Event::Open(Shape::Table) => writer.table(index),
            Event::Open(shape) if shape.is_leaf() => writer.leaf(index, *shape),
            Event::Open(shape) => writer.open(index, *shape),
            Event::Close(_) => writer.close(index),
            // Inline events come in leaves only.
            Event::Text(_) | Event::Break | Event::Image { .. } | Event::Media { .. } | Event::Formula(_) => {
                index + 1
            }
        };
    }
    writer.out
}

/// ``[`]: x`](y)`` at the start of a line would define a link and show nothing. Nothing can be escaped in code, so
/// code with such a bracket goes as text where it stands in a link.
fn without_code_that_ends_links<'s, 'a>(stream: &'s Stream<'a>) -> Cow<'s, Stream<'a>> {
    let mut plain = Cow::Borrowed(stream);
    let (mut in_link, mut code) = (false, None);
    for (index, event) in stream.events.iter().enumerate() {
        match event {
            Event::Open(Shape::Link(_)) => in_link = true,
            Event::Open(Shape::Code) if in_link => code = Some(index),
            Event::Text(text) if text.contains(']') => {
                if let Some(open) = code.take().and_then(|open| plain.to_mut().events.get_mut(open)) {
                    *open = Event::Open(Shape::Plain);
                }
            }
            Event::Close(open) => match stream.shape(*open) {
                Some(Shape::Link(_)) => in_link = false,
                Some(Shape::Code) => code = None,
                _ => {}
            },
            _ => {}
        }
    }
    plain
}

/// An open container.
struct Frame<'a> {
    shape: Option<Shape<'a>>,
    /// The length of the line prefix in front of it.
    prefix: usize,
    /// No empty lines between the blocks in it.
    tight: bool,
    /// Of a list: the number of the next item.
    number: u32,
    /// Of a list: whether it has the other marker, to be kept apart from the list in front.
    other_marker: bool,
    /// The last block in it, if that was a list: whether it is numbered, and its marker.
    last_list: Option<(bool, bool)>,
}

struct Writer<'s, 'a> {
    stream: &'s Stream<'a>,
    /// For each event that opens a list, whether its items need empty lines between them.
    loose: Vec<bool>,
    out: String,
    /// What stands in front of every line.
    prefix: String,
    frames: Vec<Frame<'a>>,
    /// The next block begins on this line: it is the first of all or of an item or quotation.
    begins: bool,
}

impl<'a> Writer<'_, 'a> {
    fn open(&mut self, index: usize, shape: Shape<'a>) -> usize {
        let prefix = self.prefix.len();
        let mut frame = Frame {
            shape: Some(shape),
            prefix,
            tight: false,
            number: 0,
            other_marker: false,
            last_list: None,
        };
        match shape {
            Shape::List { start } => {
                let start = start.map(number_of);
                let numbered = start.is_some();
                let last = self.frames.last_mut().and_then(|parent| parent.last_list.take());
                frame.tight = !self.loose.get(index).copied().unwrap_or(true);
                frame.number = start.unwrap_or(0);
                frame.other_marker = last.is_some_and(|(same, other)| same == numbered && !other);
                // A list that starts elsewhere than at 1 cannot end a paragraph.
                self.separate(start.is_some_and(|start| start != 1));
                self.begins = true;
            }
            Shape::Item(item) => {
                frame.tight = self.frames.last().is_some_and(|list| list.tight);
                let skips = self.skip_to(item.number);
                self.separate(skips);
                let marker = self.marker();
                match item.note {
                    Some(note) => {
                        self.out.push_str(&format!("[^{}]: ", self.stream.note(note)));
                        self.prefix.push_str("    ");
                    }
                    None => {
                        self.out.push_str(&marker);
                        self.prefix.extend(std::iter::repeat_n(' ', marker.len()));
                    }
                }
                // A box can stand in front of text only.
                if let Some(Event::Open(Shape::Paragraph)) = self.stream.events.get(index + 1) {
                    self.out.push_str(match item.checked {
                        Some(true) => "[x] ",
                        Some(false) => "[ ] ",
                        None => "",
                    });
                }
                self.begins = true;
            }
            Shape::Quote => {
                self.separate(false);
                self.out.push_str("> ");
                self.prefix.push_str("> ");
                self.begins = true;
            }
            _ => {}
        }
        self.frames.push(frame);
        index + 1
    }

    /// Has the next item's number be another than the one that follows, which takes another list, of the other
    /// marker. True if so.
    fn skip_to(&mut self, number: Option<i32>) -> bool {
        let Some(list) = self.frames.last_mut() else { return false };
        let Some(number) = number.map(number_of).filter(|&number| number != list.number) else {
            return false;
        };
        list.number = number;
        // The first item begins a list anyway.
        if !self.begins {
            list.other_marker = !list.other_marker;
        }
        true
    }

    /// The marker of the next item of the list at hand.
    fn marker(&mut self) -> String {
        let Some(list) = self.frames.last_mut() else { return String::from("- ") };
        match (list.shape, list.other_marker) {
            (Some(Shape::List { start: Some(_) }), other) => {
                let number = list.number;
                list.number = number_of(i32::try_from(number).unwrap_or(i32::MAX).saturating_add(1));
                format!("{number}{} ", if other { ')' } else { '.' })
            }
            (_, true) => String::from("* "),
            (_, false) => String::from("- "),
        }
    }

    fn close(&mut self, index: usize) -> usize {
        if let Some(frame) = self.frames.pop() {
            self.prefix.truncate(frame.prefix);
            if let (Some(Shape::List { start }), Some(parent)) = (frame.shape, self.frames.last_mut()) {
                parent.last_list = Some((start.is_some(), frame.other_marker));
            }
        }
        self.begins = false;
        index + 1
    }

    /// Begins a new line for a new block, after an empty one unless the list is tight.
    fn separate(&mut self, always_empty: bool) {
        if std::mem::take(&mut self.begins) {
            return;
        }
        let tight = self.frames.last().is_some_and(|frame| frame.tight);
        if !tight || always_empty {
            self.out.push('\n');
            self.out.push_str(self.prefix.trim_end());
        }
        self.next_line();
    }

    fn next_line(&mut self) {
        self.out.push('\n');
        self.out.push_str(&self.prefix);
    }

    /// Lines of a block of their own.
    fn block(&mut self, text: &str) {
        self.separate(false);
        if let Some(frame) = self.frames.last_mut() {
            frame.last_list = None;
        }
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.next_line();
            }
            if line.is_empty() {
                self.out.truncate(self.out.trim_end_matches(' ').len());
            }
            self.out.push_str(line);
        }
    }

    /// Writes the leaf that the event opens and returns the number of the event after it.
    fn leaf(&mut self, index: usize, shape: Shape<'a>) -> usize {
        let end = self.stream.end_of(index);
        let content = index + 1..end;
        let text = match shape {
            Shape::Heading(level) => {
                let marks: String = std::iter::repeat_n('#', usize::from(level)).collect();
                format!("{marks} {}", inline::render(self.stream, content, Place::Heading))
            }
            Shape::Pre { language } => fenced(self.stream, content, language),
            _ => {
                let around = self.frames.last().and_then(|frame| frame.shape);
                let in_term = matches!(around, Some(Shape::Term | Shape::Summary));
                let place = if in_term { Place::Term } else { Place::Block };
                inline::render(self.stream, content, place)
            }
        };
        self.block(&text);
        end + 1
    }

    /// Writes a table, its captions before or after the rows as they stand.
    fn table(&mut self, table: usize) -> usize {
        let mut grid = Grid::default();
        let mut index = table + 1;
        while let Some(event) = self.stream.events.get(index) {
            match event {
                Event::Close(open) if *open == table => break,
                Event::Close(open) => match self.stream.shape(*open) {
                    Some(Shape::Row) => grid.end_row(),
                    Some(Shape::Cell(_)) => grid.end_cell(),
                    _ => {}
                },
                Event::Open(Shape::Caption) => self.grid(&mut grid),
                Event::Open(Shape::Cell(cell)) => grid.begin_cell(*cell),
                Event::Open(shape) if shape.is_leaf() => {
                    let end = self.stream.end_of(index);
                    if grid.is_in_cell() {
                        grid.text(&inline::render(self.stream, index + 1..end, Place::Cell));
                        index = end;
                    } else {
                        index = self.leaf(index, *shape) - 1;
                    }
                }
                _ => {}
            }
            index += 1;
        }
        self.grid(&mut grid);
        index + 1
    }

    fn grid(&mut self, grid: &mut Grid) {
        let text = std::mem::take(grid).write();
        if !text.is_empty() {
            self.block(&text);
        }
    }
}

/// Markdown's numbers have no sign and nine digits.
fn number_of(number: i32) -> u32 {
    u32::try_from(number).unwrap_or(1).min(999_999_999)
}

/// Code between fences longer than any in it.
fn fenced(stream: &Stream, content: std::ops::Range<usize>, language: &str) -> String {
    let mut code = String::new();
    for event in stream.events.get(content).unwrap_or(&[]) {
        if let Event::Text(text) = event {
            code.push_str(text);
        }
    }
    let longest = escape::backtick_runs(&code).max().unwrap_or(0);
    let fence: String = std::iter::repeat_n('`', (longest + 1).max(3)).collect();
    format!("{fence}{language}\n{code}\n{fence}")
}

/// For each list, whether an item of it holds more than a paragraph and lists after that.
fn loose_lists(stream: &Stream) -> Vec<bool> {
    let mut loose = vec![false; stream.events.len()];
    // The open containers: the event and whether anything stands in them.
    let mut open: Vec<(usize, Shape, bool)> = Vec::new();
    for (index, event) in stream.events.iter().enumerate() {
        match event {
            Event::Open(shape) => {
                let list = open.len().checked_sub(2).and_then(|list| open.get(list)).map(|(list, ..)| *list);
                if let (Shape::Item(item), Some((parent, ..))) = (shape, open.last())
                    && item.note.is_some()
                    && let Some(loose) = loose.get_mut(*parent)
                {
                    *loose = true;
                }
                if let Some((_, Shape::Item(_), filled)) = open.last_mut() {
                    let fits = match shape {
                        Shape::List { .. } => true,
                        Shape::Paragraph | Shape::Media | Shape::Heading(_) => !*filled,
                        _ => false,
                    };
                    *filled = true;
                    if let Some(list) = list.filter(|_| !fits).and_then(|list| loose.get_mut(list)) {
                        *list = true;
                    }
                }
                open.push((index, *shape, false));
            }
            Event::Close(_) => {
                open.pop();
            }
            _ => {}
        }
    }
    loose
}
