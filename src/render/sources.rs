//! Where the source of an image stands.
//!
//! Pages that load images late keep the source in an attribute of their own, and in `src` something small that stands
//! in for it. Of such attributes three are common and a hundred are in use.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use html5ever::{LocalName, local_name};

use super::address::Addresses;
use crate::document::{Arena, NodeId, Tag, may_hold_image};

/// How many siblings are searched for the `source` elements of a `picture`.
const PICTURE_SOURCES: usize = 16;

/// Attributes in which scripts that load images late keep the real source.
const LATE_SOURCES: [&str; 3] = ["data-src", "data-original", "data-lazy-src"];

/// Finds the sources of one page's images.
pub(super) struct Sources<'a> {
    arena: &'a Arena,
    late: [LocalName; 3],
    late_set: LocalName,
    /// What stands in for several images, each of which has another source besides.
    shared: OnceCell<HashSet<&'a str>>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(arena: &'a Arena) -> Sources<'a> {
        Sources {
            arena,
            late: LATE_SOURCES.map(LocalName::from),
            late_set: LocalName::from("data-srcset"),
            shared: OnceCell::new(),
        }
    }

    /// The source of an image, wherever the page keeps it; `None` where there is nothing but a stand-in.
    pub(super) fn of(&self, addresses: &Addresses, image: NodeId) -> Option<String> {
        let arena = self.arena;
        let real = |source: &str| addresses.image(source).filter(|_| !is_stand_in(source));
        let set = |id: NodeId, name: &LocalName| arena.attr(id, name).and_then(largest).and_then(real);
        let late = self.late.iter().filter_map(|name| arena.attr(image, name)).find_map(real);
        let source =
            || arena.attr(image, &local_name!("src")).filter(|source| !self.is_shared(image, source));
        late.or_else(|| set(image, &self.late_set))
            .or_else(|| source().and_then(real))
            .or_else(|| set(image, &local_name!("srcset")))
            .or_else(|| {
                picture_sources(arena, image).find_map(|id| {
                    set(id, &local_name!("srcset"))
                        .or_else(|| set(id, &self.late_set))
                        .or_else(|| others(arena, id).find_map(real))
                })
            })
            .or_else(|| others(arena, image).find_map(real))
    }

    /// True for the source of an image that other images have as well, although each has another besides.
    fn is_shared(&self, image: NodeId, source: &str) -> bool {
        // Of pages without such images most need not be searched: a set of sizes has the source among them.
        let own = other(self.arena, image);
        own.is_some_and(|own| !own.contains(source))
            && self.shared.get_or_init(|| shared(self.arena)).contains(source)
    }
}

fn shared(arena: &Arena) -> HashSet<&str> {
    let mut first = HashMap::new();
    let mut shared = HashSet::new();
    for id in (0..arena.len()).map(NodeId::from_index).filter(|&id| arena.tag_of(id) == Some(Tag::Img)) {
        let Some(source) = arena.attr(id, &local_name!("src")) else { continue };
        let Some(other) = other(arena, id) else { continue };
        if *first.entry(source).or_insert(other) != other {
            shared.insert(source);
        }
    }
    shared
}

/// What an image has besides its source: a set of them, or an address in another attribute.
fn other(arena: &Arena, image: NodeId) -> Option<&str> {
    arena.attr(image, &local_name!("srcset")).or_else(|| others(arena, image).next())
}

/// The addresses in attributes that are no standard's, of sets of them the largest.
fn others(arena: &Arena, id: NodeId) -> impl Iterator<Item = &str> {
    let attrs = arena.attrs_of(id).iter().filter(|attr| {
        !matches!(attr.local, local_name!("src") | local_name!("srcset")) && may_hold_image(&attr.local)
    });
    attrs.filter_map(|attr| largest(arena.str(attr.value))).filter(|value| is_address(value))
}

/// True for what can be nothing but an address: attributes of such names hold sizes, words and scripts as well.
fn is_address(value: &str) -> bool {
    let is_marked = |c: char| matches!(c, '<' | '>' | '{' | '}' | '"' | '\'');
    let path = value.split(['?', '#']).next().unwrap_or("");
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_image = ["jpg", "jpeg", "png", "gif", "webp", "avif", "svg"];
    !value.contains(is_marked)
        && (["https://", "http://", "/", "./", "../"].iter().any(|start| value.starts_with(start))
            || is_image.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// True for the address of a stand-in, by its file's name: words that say so, and nothing else but sizes. Words that may
/// be what a photograph shows, or whom, say so only of drawings.
fn is_stand_in(address: &str) -> bool {
    const LONGEST_NAME: usize = 64;
    let path = address.split(['?', '#']).next().unwrap_or("");
    let file = path.rsplit('/').next().filter(|file| file.len() <= LONGEST_NAME).unwrap_or("");
    let name = file.rsplit_once('.').map_or(file, |(name, _)| name);
    let words = || name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let is_one_of = |word: &str, list: &[&str]| list.iter().any(|known| word.eq_ignore_ascii_case(known));
    let ending = file.get(name.len()..).unwrap_or("");
    let is_drawing = [".gif", ".png", ".svg"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    let says_so = |word: &str| is_one_of(word, STAND_INS) || is_drawing && is_one_of(word, DRAWN);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_sure = words().any(|word| is_one_of(word, STAND_INS));
    let is_size = |word: &str| match word.split_once(['x', 'X']) {
        Some((width, height)) => is_number(width) && is_number(height),
        None => is_sure && is_number(word),
    };
    words().any(says_so) && words().all(|word| says_so(word) || is_one_of(word, FILLERS) || is_size(word))
}

/// Words in the names of stand-ins.
const STAND_INS: &[&str] =
    &["1x1", "lazy", "lazyload", "loader", "loading", "placeholder", "spacer", "transparent"];

/// The same for drawings.
const DRAWN: &[&str] = &["blank", "dummy", "empty", "gray", "grey", "pixel"];

/// Words that may stand beside them.
const FILLERS: &[&str] = &["bg", "default", "gif", "image", "img", "load", "photo", "px", "trans"];

/// The `source` elements in front of an image.
fn picture_sources(arena: &Arena, image: NodeId) -> impl Iterator<Item = NodeId> {
    let before = |id: NodeId| arena.get(id).and_then(|node| node.previous.some());
    std::iter::successors(before(image), move |&id| before(id))
        .take(PICTURE_SOURCES)
        .filter(|&id| arena.tag_of(id) == Some(Tag::Source))
}

/// The candidate of a `srcset` with the greatest width or density.
fn largest(set: &str) -> Option<&str> {
    let mut best: Option<(f32, &str)> = None;
    let mut rest = set;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if rest.is_empty() {
            return best.map(|(_, address)| address);
        }
        let (address, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        // A comma at the end of an address ends the candidate; others belong to the address.
        let bare = address.trim_end_matches(',');
        let (size, after) = if bare.len() < address.len() {
            (1.0, after)
        } else {
            let (descriptor, after) = after.split_once(',').unwrap_or((after, ""));
            let number = descriptor.trim().trim_end_matches(['w', 'x', 'h']);
            (number.parse().unwrap_or(1.0), after)
        };
        if best.is_none_or(|(most, _)| size > most) {
            best = Some((size, bare));
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_candidate_of_a_srcset_wins() {
        assert_eq!(largest("a.jpg 320w, b.jpg 1024w,c.jpg 640w"), Some("b.jpg"));
        assert_eq!(largest("a,b.jpg, c.jpg 2x"), Some("c.jpg"));
        assert_eq!(largest("only.jpg"), Some("only.jpg"));
        assert_eq!(largest(" , "), None);
    }

    #[test]
    fn stand_ins_are_known_by_their_names() {
        for stand_in in [
            "/img/1x1.trans.gif",
            "blank.gif",
            "https://a.example/lazy/placeholder-600x400.svg?v=2",
            "Lazy_Loading.PNG",
            "/tmpl/loading-32.gif",
            "/grey.gif#x",
        ] {
            assert!(is_stand_in(stand_in), "{stand_in}");
        }
        for image in [
            "/img/pixel-10.jpg",
            "/team/gray.jpg",
            "/team/blank-02.png",
            "/img/grey-seal.jpg",
            "/loading/dock.png",
            "/default.png",
            "photo.jpg",
            "600x400.png",
            "",
        ] {
            assert!(!is_stand_in(image), "{image}");
        }
    }

    #[test]
    fn attributes_of_images_hold_more_than_addresses() {
        for address in ["https://a.example/i", "//a.example/i", "/i.png", "i/a.JPG?w=1"] {
            assert!(is_address(address), "{address}");
        }
        for other in ["16/9", "lazyloaded", "<p>/a.png", "{/a.png}", "An owl.", ""] {
            assert!(!is_address(other), "{other}");
        }
    }
}
