//! The words of class names and ids that tell what a box around the title holds.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use html5ever::local_name;

use super::text::split_name;
use crate::document::{Arena, NodeId, Span};

/// What the words of an element's class and id speak of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    bits: u16,
    /// How many words there are; names of very many words are a page's state, not a box's name.
    pub(super) words: u16,
}

impl Marks {
    /// Boxes that speak of other things than the page's subject.
    pub(super) const APART: u16 = 1;
    /// An author, or a box with the author in it.
    pub(super) const AUTHOR: u16 = 1 << 1;
    /// Beside an author's word: something about the author, not the name.
    pub(super) const ABOUT_AUTHOR: u16 = 1 << 2;
    pub(super) const DATE: u16 = 1 << 3;
    pub(super) const PUBLISHED: u16 = 1 << 4;
    pub(super) const MODIFIED: u16 = 1 << 5;
    pub(super) const NAME: u16 = 1 << 6;
    /// A user of a forum.
    pub(super) const USER: u16 = 1 << 7;
    /// The name of a user of a forum.
    pub(super) const USER_NAME: u16 = 1 << 8;
    /// A post and what belongs to it.
    pub(super) const POST: u16 = 1 << 9;
    /// Of what stands apart: what readers wrote, and other pages.
    pub(super) const OTHERS: u16 = 1 << 10;

    /// True if a word of one of the kinds is among them.
    pub(super) fn has(self, kinds: u16) -> bool {
        self.bits & kinds != 0
    }

    pub(super) fn read(arena: &Arena, id: NodeId) -> Marks {
        Marks::read_by(arena, id, |names| Marks::of(arena.str(names)))
    }

    /// As [`Marks::read`], with what has been read before kept in `known`.
    pub(super) fn read_known(
        arena: &Arena,
        id: NodeId,
        known: &mut HashMap<Span, Marks, RandomState>,
    ) -> Marks {
        Marks::read_by(arena, id, |names| *known.entry(names).or_insert_with(|| Marks::of(arena.str(names))))
    }

    fn read_by(arena: &Arena, id: NodeId, mut of: impl FnMut(Span) -> Marks) -> Marks {
        let mut marks = Marks::default();
        for attr in arena.attrs_of(id) {
            if !matches!(attr.local, local_name!("class") | local_name!("id")) {
                continue;
            }
            let more = of(attr.value);
            marks.bits |= more.bits;
            marks.words = marks.words.saturating_add(more.words);
        }
        marks
    }

    fn of(names: &str) -> Marks {
        let mut marks = Marks::default();
        split_name(names, |word| {
            marks.words = marks.words.saturating_add(1);
            if word.len() >= SHORTEST {
                marks.bits |= KINDS.of(word);
            }
        });
        marks
    }
}

/// The length of the shortest word in the table.
const SHORTEST: usize = 3;

const WORDS: [(u16, &str); 11] = [
    (
        Marks::APART,
        "\
    sidebar newsletter breadcrumb breadcrumbs nav navigation menu carousel modal cookie consent footer",
    ),
    (
        Marks::APART | Marks::OTHERS,
        "\
    comment comments commentlist disqus related recommended recommendations popular trending latest recent \
    teaser teasers upnext suggested review reviews testimonial testimonials similar replies",
    ),
    (
        Marks::AUTHOR,
        "\
    author authors authorname byline byl writer contributor contributors auteur autor autorname autore autoren \
    verfasser redakteur redacteur skribent forfatter reporter journalist zuozhe yazar creator bylines",
    ),
    (
        Marks::ABOUT_AUTHOR,
        "\
    bio description desc image img avatar photo thumb thumbnail social title job position role \
    time icon count stats rank info2 reputation picture twitter email website label box about biography \
    headshot follow posts excerpt text",
    ),
    (
        Marks::DATE,
        "\
    date published publish pubdate posted timestamp datetime dateline time datum fecha data shijian \
    created submitted",
    ),
    (
        Marks::PUBLISHED,
        "\
    published publish pubdate posted created pub publication dateline",
    ),
    (
        Marks::MODIFIED,
        "\
    modified updated update lastmod edited revised",
    ),
    (Marks::NAME, "name"),
    (Marks::USER, "user poster"),
    (Marks::USER_NAME, "username bigusername nickname postername"),
    (Marks::POST, "entry meta post"),
];

/// The table of the words.
struct Kinds {
    of_words: HashMap<&'static str, u16, RandomState>,
    /// For each byte, the lengths of the words that begin with it, a bit each: most words need not be looked up.
    lengths: [u32; 256],
}

impl Kinds {
    fn of(&self, word: &str) -> u16 {
        let first = word.bytes().next().unwrap_or(0);
        let lengths = self.lengths.get(usize::from(first)).copied().unwrap_or(0);
        if word.len() >= 32 || lengths >> word.len() & 1 == 0 {
            return 0;
        }
        self.of_words.get(word).copied().unwrap_or(0)
    }
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    let mut kinds = Kinds { of_words: HashMap::default(), lengths: [0; 256] };
    for (kind, words) in WORDS {
        for word in words.split_ascii_whitespace() {
            *kinds.of_words.entry(word).or_insert(0) |= kind;
            let first = word.bytes().next().unwrap_or(0);
            if let Some(lengths) = kinds.lengths.get_mut(usize::from(first)) {
                *lengths |= 1 << word.len();
            }
        }
    }
    kinds
});
