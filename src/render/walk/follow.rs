//! The document's characters, followed in the text of their block, which says what of them comes out.

use super::Walker;
use crate::blocks::is_folded;

impl<'a> Walker<'a, '_> {
    /// Takes up the text of a block, without white space at its start; of preformatted text the empty lines only,
    /// not the first indentation.
    pub(super) fn take_up(&mut self, text: std::ops::Range<usize>, in_pre: bool) {
        self.rest = text.start.max(self.passed.min(text.end))..text.end;
        self.find_word(self.rest.start);
        if in_pre {
            let space = self.blocks.text.get(self.rest.start..self.word).unwrap_or("");
            self.rest.start += space.rfind('\n').map_or(0, |end| end + 1);
        } else {
            self.rest.start = self.word;
        }
    }

    /// Finds where white space from `start` on ends.
    pub(super) fn find_word(&mut self, start: usize) {
        let left = self.blocks.text.get(start..self.rest.end).unwrap_or("");
        self.word = self.rest.end - left.trim_start().len();
    }

    /// Puts out what a text node has given to its block.
    ///
    /// Each character of the node either comes next in the block's text, after white space perhaps, or is one that
    /// the block left out.
    pub(super) fn follow(&mut self, text: &str) {
        let keeps_space = self.leaf.is_some_and(|leaf| leaf.context.is_code());
        let source: &'a str = &self.blocks.text;
        let whole = text.trim_matches(' ');
        let is_next = |rest: &str| rest.starts_with(whole);
        if !whole.is_empty() && source.get(self.word..self.rest.end).is_some_and(is_next) && is_folded(whole)
        {
            self.put(self.word + whole.len(), keeps_space);
            return;
        }
        for word in text.split_whitespace() {
            if source.get(self.word..self.rest.end).is_some_and(|rest| rest.starts_with(word)) {
                self.put(self.word + word.len(), keeps_space);
                continue;
            }
            for c in word.chars() {
                if source.get(self.word..self.rest.end).is_some_and(|rest| rest.starts_with(c)) {
                    self.put(self.word + c.len_utf8(), keeps_space);
                }
            }
        }
    }

    /// Puts out the block's text up to `end`, with the white space in front of it.
    pub(super) fn put(&mut self, end: usize, keeps_space: bool) {
        let (space, word) = (self.rest.start..self.word, self.word..end);
        self.inlines.put(&mut self.outline.events, &self.applied, space, word, keeps_space);
        self.rest.start = end;
        self.find_word(end);
    }
}
