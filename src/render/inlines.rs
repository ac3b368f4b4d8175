//! What is inside a leaf: text, and the marks (links, emphasis, code) on it.
//!
//! A mark opens only when text in it comes, and white space always goes to the outermost place it can: Markdown
//! knows no emphasis that begins or ends with a space. Code goes innermost, since Markdown knows no marks in it.

use std::borrow::Cow;
use std::ops::Range;

use super::event::{Event, Shape};

/// A mark on text: a shape, and which of the page's elements it comes from where that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) shape: Shape<'static>,
    pub(super) element: u32,
}

impl Mark {
    /// Two pieces of code without space between are one: their fences would run into each other.
    fn goes_on(self, next: Mark, glued: bool) -> bool {
        self.shape == next.shape && (self.element == next.element || (glued && self.shape == Shape::Code))
    }
}

/// Builds the inline part of a stream.
pub(super) struct Inlines<'a> {
    source: &'a str,
    /// Text that is yet to become an event.
    run: Range<usize>,
    open: Vec<(Mark, usize)>,
}

impl<'a> Inlines<'a> {
    pub(super) fn new(source: &'a str) -> Inlines<'a> {
        Inlines { source, run: 0..0, open: Vec::new() }
    }

    /// Adds a character, or more, and the white space in front of it.
    pub(super) fn put(
        &mut self,
        events: &mut Vec<Event<'a>>,
        marks: &[Mark],
        space: Range<usize>,
        word: Range<usize>,
        keeps_space: bool,
    ) {
        let breaks = !keeps_space && self.source.get(space.clone()).is_some_and(|space| space.contains('\n'));
        let common = self.common(marks, space.is_empty());
        if !breaks && common == self.open.len() && common == marks.len() {
            self.extend(events, space.start..word.end);
            return;
        }
        self.close(events, common);
        if breaks {
            self.flush(events);
            events.push(Event::Break);
        } else {
            self.extend(events, space);
        }
        self.open(events, marks, common);
        self.extend(events, word);
    }

    /// Adds an image. Of the marks on it only a link matters; emphasis goes on around it.
    pub(super) fn image(&mut self, events: &mut Vec<Event<'a>>, link: Option<Mark>, image: Event<'a>) {
        self.make_room(events, link);
        if self.open.is_empty() {
            self.open(events, link.as_slice(), 0);
        }
        self.flush(events);
        events.push(image);
    }

    /// Ends the marks that are not to be on an image: white space in front of it then stands outside of them.
    pub(super) fn make_room(&mut self, events: &mut Vec<Event<'a>>, link: Option<Mark>) {
        let is_link = |mark: &&(Mark, usize)| matches!(mark.0.shape, Shape::Link(_));
        let goes_on = self.open.iter().find(is_link).map(|(mark, _)| *mark) == link;
        let around = self.open.iter().take_while(|(mark, _)| goes_on && mark.shape != Shape::Code).count();
        self.close(events, around);
    }

    /// Adds text that does not stand in the document.
    pub(super) fn put_literal(&mut self, events: &mut Vec<Event<'a>>, text: impl Into<Cow<'a, str>>) {
        self.flush(events);
        let text = text.into();
        if !text.is_empty() {
            events.push(Event::Text(text));
        }
    }

    /// Adds white space of the source.
    pub(super) fn put_space(&mut self, events: &mut Vec<Event<'a>>, space: Range<usize>) {
        self.extend(events, space);
    }

    /// Adds a line break that does not stand in the source.
    pub(super) fn line_break(&mut self, events: &mut Vec<Event<'a>>) {
        self.flush(events);
        events.push(Event::Break);
    }

    /// Ends all marks.
    pub(super) fn end(&mut self, events: &mut Vec<Event<'a>>) {
        self.close(events, 0);
        self.flush(events);
    }

    fn common(&mut self, marks: &[Mark], glued: bool) -> usize {
        let mut common = 0;
        for ((have, _), want) in self.open.iter_mut().zip(marks) {
            if !have.goes_on(*want, glued) {
                break;
            }
            have.element = want.element;
            common += 1;
        }
        common
    }

    fn extend(&mut self, events: &mut Vec<Event<'a>>, range: Range<usize>) {
        if self.run.end == range.start && !self.run.is_empty() {
            self.run.end = range.end;
        } else {
            self.flush(events);
            self.run = range;
        }
    }

    fn flush(&mut self, events: &mut Vec<Event<'a>>) {
        let run = std::mem::take(&mut self.run);
        if let Some(text) = self.source.get(run).filter(|text| !text.is_empty()) {
            events.push(Event::Text(text.into()));
        }
    }

    fn open(&mut self, events: &mut Vec<Event<'a>>, marks: &[Mark], from: usize) {
        for mark in marks.iter().skip(from) {
            self.flush(events);
            self.open.push((*mark, events.len()));
            events.push(Event::Open(mark.shape));
        }
    }

    fn close(&mut self, events: &mut Vec<Event<'a>>, depth: usize) {
        while self.open.len() > depth {
            self.flush(events);
            let Some((_, at)) = self.open.pop() else { return };
            events.push(Event::Close(at));
        }
    }
}
