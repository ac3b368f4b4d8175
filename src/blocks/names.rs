//! Reading the class, id and role of elements, each distinct value once.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::RandomState;
use html5ever::local_name;

use super::lexicon::{Lexicon, Names};
use super::vocabulary::Vocabulary;
use crate::document::{Arena, NodeId, Span, Tag};

/// Where the words of some values are in a [`NameReader`]: of the class, the id and the role.
#[derive(Clone, Copy, Default)]
pub(super) struct Words([(usize, usize); 3]);

/// Keeps what it has read on a page.
pub(super) struct NameReader<'a> {
    arena: &'a Arena,
    /// What each value says by where it stands, and where its words are in `words`.
    known: HashMap<Span, (Names, (usize, usize)), RandomState>,
    words: Vec<u32>,
    vocabulary: Vocabulary,
}

impl<'a> NameReader<'a> {
    pub(super) fn new(arena: &'a Arena) -> NameReader<'a> {
        NameReader {
            arena,
            known: HashMap::with_capacity_and_hasher(arena.len() / 16, RandomState::default()),
            words: Vec::new(),
            vocabulary: Vocabulary::default(),
        }
    }

    /// What an element's class, id and role say, and their words.
    pub(super) fn read(&mut self, id: NodeId) -> (Names, Words) {
        let (mut names, mut words) = (Names::default(), Words::default());
        let mut values = [None; 3];
        for attr in self.arena.attrs_of(id) {
            let place = match attr.local {
                local_name!("class") => 0,
                local_name!("id") => 1,
                local_name!("role") => 2,
                _ => continue,
            };
            if let Some(value) = values.get_mut(place).filter(|value| value.is_none()) {
                *value = Some(attr.value).filter(|value| value.len() > 0);
            }
        }
        for ((value, signs), range) in values.into_iter().zip([true, false, true]).zip(&mut words.0) {
            let Some(value) = value else { continue };
            let (read, at) = self.value(value);
            *range = at;
            names.groups = names.groups.with(read.groups);
            names.hides |= read.hides;
            if signs {
                names.signature = names.signature.wrapping_mul(31).wrapping_add(read.signature);
            }
        }
        (names, words)
    }

    fn value(&mut self, at: Span) -> (Names, (usize, usize)) {
        if let Some(&known) = self.known.get(&at) {
            return known;
        }
        let value = self.arena.str(at);
        let start = self.words.len();
        let read = Lexicon::get().read(value, |word| self.words.extend(self.vocabulary.number(word)));
        let new = (read, (start, self.words.len()));
        self.known.insert(at, new);
        new
    }

    /// Keeps a container's tag and words in the vocabulary, and says where.
    pub(super) fn keep(&mut self, tag: Tag, words: Words) -> Range<u32> {
        let words = words.0.iter().filter_map(|&(start, end)| self.words.get(start..end));
        self.vocabulary.add(tag, words.flatten().copied())
    }

    /// The vocabulary of all that was read.
    pub(super) fn finish(self) -> Vocabulary {
        self.vocabulary
    }
}
