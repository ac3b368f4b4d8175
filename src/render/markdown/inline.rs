//! What is inside a leaf, as Markdown.
//!
//! Whether a `*` is read as emphasis depends on what is beside it: where it would not be read, the text goes without
//! it, since words matter more than their weight.

use std::ops::Range;

use super::escape::{self, Around, Dollars};
use super::flank::{Side, opens, side};
use crate::render::event::{Event, Shape, Stream};
use crate::render::html::one_line;
use crate::render::math::{self, Formula};

/// Where a leaf is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// On lines of its own.
    Block,
    Heading,
    Cell,
    /// On lines of its own, all of it strong.
    Term,
}

/// Prints the events of a leaf. Line ends in the result are hard line breaks.
pub(super) fn render(stream: &Stream, content: Range<usize>, place: Place) -> String {
    let events = stream.events.get(content.clone()).unwrap_or(&[]);
    let mut printer = Printer {
        stream,
        events,
        start: content.start,
        ends: ends(events, content.start),
        written: vec![false; events.len()],
        place,
        out: String::new(),
        code: None,
        code_ended: false,
        in_link: false,
        in_reference: false,
        after_reference: false,
        begins_line: false,
        after_mark: false,
        dollars: dollars(events, stream.sets_dollars),
    };
    if place == Place::Term {
        printer.out.push_str("**");
    }
    for (index, event) in events.iter().enumerate() {
        printer.event(index, event);
    }
    printer.put_code();
    if place == Place::Term {
        printer.out.push_str("**");
    }
    printer.out
}

/// For each event that opens something, where that ends.
fn ends(events: &[Event], start: usize) -> Vec<usize> {
    let mut ends = vec![events.len(); events.len()];
    for (index, event) in events.iter().enumerate() {
        if let Event::Close(open) = event
            && let Some(end) = open.checked_sub(start).and_then(|open| ends.get_mut(open))
        {
            *end = index;
        }
    }
    ends
}

struct Printer<'s, 'a> {
    stream: &'s Stream<'a>,
    events: &'s [Event<'a>],
    /// The number of the first event in the stream.
    start: usize,
    ends: Vec<usize>,
    /// For each event that opens emphasis, whether it has been written.
    written: Vec<bool>,
    place: Place,
    out: String,
    /// The code at hand.
    code: Option<String>,
    /// It has ended, but code right after it would go on with it: their fences would run into each other.
    code_ended: bool,
    in_link: bool,
    /// The text is a note's name, which has been written.
    in_reference: bool,
    after_reference: bool,
    /// The note's name stands at the start of a line.
    begins_line: bool,
    dollars: Dollars,
    /// The last that was written ends emphasis.
    after_mark: bool,
}

impl Printer<'_, '_> {
    fn event(&mut self, index: usize, event: &Event) {
        if self.in_reference {
            if let Event::Close(open) = event
                && let Some(Shape::Reference(_)) = self.stream.shape(*open)
            {
                self.in_reference = false;
                self.after_reference = true;
            }
            return;
        }
        let after_mark = std::mem::take(&mut self.after_mark);
        match event {
            Event::Open(shape @ (Shape::Strong | Shape::Emphasis | Shape::Struck)) => {
                self.after_mark = after_mark;
                if !after_mark && self.can_mark(index, *shape) {
                    self.put_code();
                    self.out.push_str(delimiter(*shape));
                    if let Some(written) = self.written.get_mut(index) {
                        *written = true;
                    }
                    self.after_mark = false;
                }
            }
            Event::Open(Shape::Link(_)) => {
                self.put_code();
                // Right behind a note's name it would be taken for a link's target.
                if std::mem::take(&mut self.after_reference) && self.out.ends_with(']') {
                    self.out.push(' ');
                }
                self.out.push('[');
                self.in_link = true;
            }
            Event::Open(Shape::Code) => {
                self.code_ended = false;
                self.code.get_or_insert_default();
            }
            Event::Open(Shape::Reference(note)) => {
                self.put_code();
                self.begins_line = self.out.is_empty() || self.out.ends_with('\n');
                self.out.push_str(&format!("[^{}]", self.stream.note(*note)));
                self.in_reference = true;
            }
            // Readers raise a note's name by themselves.
            Event::Open(Shape::Sup) if self.is_reference(index + 1) => {}
            Event::Open(shape @ (Shape::Sub | Shape::Sup)) => {
                self.put_code();
                self.out.push_str(if *shape == Shape::Sub { "<sub>" } else { "<sup>" });
            }
            Event::Open(Shape::Quoted) => {
                self.put_code();
                self.out.push('"');
            }
            Event::Open(_) => self.after_mark = after_mark,
            Event::Close(open) => {
                self.after_mark = after_mark;
                self.close(*open);
            }
            Event::Text(text) => {
                self.put_code();
                match &mut self.code {
                    Some(code) => code.push_str(text),
                    None => self.text(index, text),
                }
            }
            Event::Break => {
                self.put_code();
                self.line_break();
            }
            Event::Image { alt, source } => {
                self.put_code();
                self.out.push('!');
                self.target(alt, source);
            }
            Event::Media { label, source } => {
                self.put_code();
                self.target(label, source);
            }
            Event::Formula(formula) => {
                self.put_code();
                self.formula(formula);
            }
        }
    }

    fn close(&mut self, open: usize) {
        match self.stream.shape(open) {
            Some(Shape::Sup) if self.is_reference((open + 1).saturating_sub(self.start)) => {}
            Some(shape @ (Shape::Sub | Shape::Sup)) => {
                self.put_code();
                self.out.push_str(if shape == Shape::Sub { "</sub>" } else { "</sup>" });
                self.after_mark = false;
            }
            Some(shape @ (Shape::Strong | Shape::Emphasis | Shape::Struck)) => {
                let place = open.checked_sub(self.start);
                if place.and_then(|place| self.written.get(place)) == Some(&true) {
                    self.put_code();
                    self.out.push_str(delimiter(shape));
                    self.after_mark = true;
                }
            }
            Some(Shape::Link(link)) => {
                self.put_code();
                self.out.push_str("](");
                escape::push_target(&mut self.out, self.stream.link(link));
                self.out.push(')');
                self.in_link = false;
                self.after_mark = false;
            }
            Some(Shape::Quoted) => {
                self.put_code();
                self.out.push('"');
                self.after_mark = false;
            }
            Some(Shape::Code) => {
                self.code_ended = true;
                self.after_mark = false;
            }
            _ => {}
        }
    }

    fn is_reference(&self, index: usize) -> bool {
        matches!(self.events.get(index), Some(Event::Open(Shape::Reference(_))))
    }

    /// Writes code that has ended.
    fn put_code(&mut self) {
        if std::mem::take(&mut self.code_ended) {
            self.end_code();
        }
    }

    fn end_code(&mut self) {
        if let Some(code) = self.code.take().filter(|code| !code.is_empty()) {
            escape::push_code(&mut self.out, &code, self.place == Place::Cell);
        }
    }

    fn text(&mut self, index: usize, text: &str) {
        // A space put in beside an image may meet one that was there.
        let text = if self.out.ends_with([' ', '\n']) { text.trim_start() } else { text };
        let (next, unsure) = self.next(index);
        // Right behind a note's name these would make it a link, or the note itself.
        let is_behind = std::mem::take(&mut self.after_reference);
        if is_behind && (text.starts_with(['(', '[']) || (self.begins_line && text.starts_with(':'))) {
            self.out.push('\\');
        }
        let mut rest = text;
        while let Some((before, formula, after)) = math::in_text(rest, self.stream.sets_dollars) {
            let around = self.around('[');
            escape::push(&mut self.out, before, around);
            self.formula(&formula);
            rest = after;
        }
        let around = Around { unsure, ..self.around(next) };
        escape::push(&mut self.out, rest, around);
    }

    /// The character behind the text of an event, and whether there is emphasis in between.
    fn next(&self, index: usize) -> (char, bool) {
        let mut unsure = false;
        for (index, event) in self.events.iter().enumerate().skip(index + 1) {
            let next = match event {
                _ if self.is_emphasis(event) => None,
                Event::Break => Some('\n'),
                Event::Text(text) => text.chars().next(),
                Event::Open(Shape::Sup) if self.is_reference(index + 1) => Some('['),
                Event::Open(Shape::Link(_) | Shape::Reference(_)) | Event::Media { .. } => Some('['),
                Event::Open(Shape::Sub | Shape::Sup) => Some('<'),
                Event::Open(Shape::Code) => Some('`'),
                Event::Open(Shape::Quoted) => Some('"'),
                Event::Image { .. } => Some('!'),
                Event::Formula(_) => return ('$', true),
                Event::Close(open) => match self.stream.shape(*open) {
                    Some(Shape::Link(_)) => Some(']'),
                    Some(Shape::Sub | Shape::Sup) => Some('<'),
                    Some(Shape::Quoted) => Some('"'),
                    _ => None,
                },
                _ => None,
            };
            match next {
                Some(next) => return (next, unsure),
                None => unsure = true,
            }
        }
        ('\n', unsure)
    }

    /// A formula between dollar signs, if it can stand there.
    fn formula(&mut self, formula: &Formula) {
        if self.out.ends_with('$') {
            self.out.push(' ');
        }
        if self.place == Place::Cell && formula.tex.contains('|') {
            let tex = formula.tex.replace("\\|", "\\Vert ").replace('|', "\\vert ");
            return self.formula(&Formula { tex: tex.trim_end().to_owned(), ..*formula });
        }
        if formula.can_be_delimited() {
            let tex = harmless(&formula.tex);
            self.out.push_str(&Formula { tex, ..*formula }.delimited());
        } else {
            let around = self.around('[');
            escape::push(&mut self.out, &formula.tex, around);
        }
    }

    fn around(&self, next: char) -> Around {
        Around {
            next,
            unsure: next == '[',
            in_link: self.in_link,
            in_cell: self.place == Place::Cell,
            in_heading: self.place == Place::Heading,
            dollars: self.dollars,
            lines: matches!(self.place, Place::Block | Place::Term),
        }
    }

    fn line_break(&mut self) {
        let in_code = self.code.is_some();
        self.end_code();
        self.out.push_str(match self.place {
            Place::Block | Place::Term => "\\\n",
            Place::Heading => " ",
            Place::Cell => "<br>",
        });
        if in_code {
            self.code = Some(String::new());
        }
    }

    fn target(&mut self, label: &str, source: &str) {
        self.out.push('[');
        let around = Around { in_link: true, lines: false, ..self.around('[') };
        escape::push(&mut self.out, &one_line(label), around);
        self.out.push_str("](");
        escape::push_target(&mut self.out, source);
        self.out.push(')');
    }

    /// True where both delimiters of an emphasis would be read as such.
    fn can_mark(&self, open: usize, shape: Shape) -> bool {
        if self.place == Place::Term && shape == Shape::Strong {
            return false;
        }
        let Some(&end) = self.ends.get(open) else { return false };
        // Delimiters of a kind side by side are read as one.
        let beyond = shape != Shape::Struck;
        let out = if beyond { self.out.trim_end_matches('*') } else { &self.out };
        let before = match self.code {
            Some(_) => Side::Mark,
            None => out.chars().next_back().map_or(Side::Space, side),
        };
        let (first, last) = (self.forward(open + 1, beyond), self.backward(end, beyond));
        let after = self.forward(end + 1, beyond);
        opens(before, first) && opens(after, last)
    }

    /// What comes first from an event on, `beyond` emphasis or not.
    fn forward(&self, from: usize, beyond: bool) -> Side {
        let mut events = self.events.iter().skip(from);
        match events.find(|event| !beyond || !self.is_emphasis(event)) {
            None | Some(Event::Break) => Side::Space,
            Some(Event::Text(text)) => text.chars().next().map_or(Side::Space, side),
            Some(_) => Side::Mark,
        }
    }

    /// What comes last in front of an event, `beyond` emphasis or not.
    fn backward(&self, to: usize, beyond: bool) -> Side {
        let mut events = self.events.get(..to).unwrap_or(&[]).iter().rev();
        match events.find(|event| !beyond || !self.is_emphasis(event)) {
            None | Some(Event::Break) => Side::Space,
            Some(Event::Text(text)) => text.chars().next_back().map_or(Side::Space, side),
            Some(_) => Side::Mark,
        }
    }

    /// True for events that write asterisks or nothing.
    fn is_emphasis(&self, event: &Event) -> bool {
        let shape = match event {
            Event::Open(shape) => Some(*shape),
            Event::Close(open) => self.stream.shape(*open),
            _ => None,
        };
        matches!(shape, Some(Shape::Strong | Shape::Emphasis | Shape::Plain))
    }
}

fn delimiter(shape: Shape) -> &'static str {
    match shape {
        Shape::Strong => "**",
        Shape::Struck => "~~",
        _ => "*",
    }
}

/// TeX that is no HTML, no character reference and no link to readers who know no formulas: a space more, which TeX
/// ignores.
fn harmless(tex: &str) -> String {
    let mut out = String::with_capacity(tex.len());
    let mut chars = tex.chars();
    let mut last = ' ';
    while let Some(c) = chars.next() {
        let is_read = match last {
            '<' => c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'),
            '&' => c == '#' || is_reference(c, chars.as_str()),
            ']' => matches!(c, '(' | '[' | ':'),
            _ => false,
        };
        if is_read {
            out.push(' ');
        }
        out.push(c);
        last = c;
    }
    out
}

/// True if the name that begins so ends with a semicolon. The longest name there is has 31 letters.
fn is_reference(first: char, rest: &str) -> bool {
    let mut name = rest.chars().take(32).skip_while(char::is_ascii_alphanumeric);
    first.is_ascii_alphabetic() && name.next() == Some(';')
}

/// What the dollar signs of a leaf may come to.
fn dollars(events: &[Event], sets_dollars: bool) -> Dollars {
    let mut count = 0;
    let mut in_code = false;
    for event in events {
        match event {
            Event::Formula(_) => return Dollars::All,
            Event::Text(text) => {
                let signs = text.bytes().filter(|&byte| byte == b'$').count();
                if (in_code && signs > 0) || math::in_text(text, sets_dollars).is_some() {
                    return Dollars::All;
                }
                count += signs;
            }
            Event::Open(Shape::Code) => in_code = true,
            Event::Close(_) => in_code = false,
            _ => {}
        }
    }
    if count > 1 { Dollars::Ends } else { Dollars::Harmless }
}
