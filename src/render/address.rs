//! Targets of links and sources of images: resolved, and only such as are safe to follow.

use html5ever::{LocalName, local_name};
use url::{ParseError, Url};

use super::plain_address;
use crate::blocks::is_ignorable;
use crate::document::{Arena, NodeId, Tag};

/// A `base` element with a longer address is not believed: every link of the page would repeat it.
const LONGEST_BASE: usize = 2048;

/// How many siblings are searched for the `source` elements of a `picture`.
const PICTURE_SOURCES: usize = 16;

/// Attributes in which scripts that load images late keep the real source.
const LATE_SOURCES: [&str; 3] = ["data-src", "data-original", "data-lazy-src"];

/// Resolves addresses of one page.
pub(super) struct Addresses {
    base: Option<Url>,
    late: [LocalName; 3],
    late_set: LocalName,
}

impl Addresses {
    pub(super) fn new(page: Option<&Url>) -> Addresses {
        Addresses {
            base: page.cloned(),
            late: LATE_SOURCES.map(LocalName::from),
            late_set: LocalName::from("data-srcset"),
        }
    }

    /// Heeds the first `base` element of a page's head.
    pub(super) fn read_head(&mut self, arena: &Arena, head: NodeId) {
        let is_base = |id: &NodeId| {
            let element = arena.get(*id).and_then(|node| node.element());
            element.is_some_and(|element| element.tag == Tag::Base)
        };
        let hrefs =
            arena.children(head).filter(is_base).filter_map(|id| arena.attr(id, &local_name!("href")));
        let Some(href) = hrefs.take(1).find(|href| href.len() <= LONGEST_BASE) else { return };
        let resolved = match &self.base {
            Some(page) => page.join(href),
            None => Url::parse(href),
        };
        if let Some(url) = resolved.ok().filter(|url| matches!(url.scheme(), "http" | "https")) {
            self.base = Some(url);
        }
    }

    /// The target of a link; `None` for one that is not to be followed (a script, a file, nothing at all).
    pub(super) fn link(&self, href: &str) -> Option<String> {
        self.resolve(href, &["http", "https", "mailto"])
    }

    fn resolve(&self, address: &str, schemes: &[&str]) -> Option<String> {
        let address = address.trim();
        if address.is_empty() {
            return None;
        }
        if let Some(resolved) = plain_address::resolve(address, self.base.as_ref()) {
            return Some(resolved);
        }
        let resolved = match &self.base {
            Some(base) => base.join(address),
            None => Url::parse(address),
        };
        match resolved {
            Ok(url) => schemes.contains(&url.scheme()).then(|| url.into()),
            // Without a base a relative address stays as it is, less what no one can see. What that leaves is looked
            // at again: a soft hyphen may have stood in a scheme.
            Err(ParseError::RelativeUrlWithoutBase) => {
                let seen: String = address.chars().filter(|&c| !is_ignorable(c)).collect();
                let is_relative = Url::parse(&seen) == Err(ParseError::RelativeUrlWithoutBase);
                is_relative.then_some(seen)
            }
            Err(_) => None,
        }
    }

    /// The source of an image, wherever the page keeps it.
    pub(super) fn image(&self, arena: &Arena, image: NodeId) -> Option<String> {
        let source = |address: &str| self.resolve(address, &["http", "https"]);
        let late = self.late.iter().filter_map(|name| arena.attr(image, name)).find_map(source);
        let set = |id: NodeId, name: &LocalName| arena.attr(id, name).and_then(largest).and_then(source);
        late.or_else(|| set(image, &self.late_set))
            .or_else(|| arena.attr(image, &local_name!("src")).and_then(source))
            .or_else(|| set(image, &local_name!("srcset")))
            .or_else(|| {
                let sets = [local_name!("srcset"), self.late_set.clone()];
                picture_sources(arena, image).find_map(|id| sets.iter().find_map(|name| set(id, name)))
            })
    }
}

/// The `source` elements in front of an image.
fn picture_sources(arena: &Arena, image: NodeId) -> impl Iterator<Item = NodeId> {
    let before = |id: NodeId| arena.get(id).and_then(|node| node.previous.some());
    std::iter::successors(before(image), move |&id| before(id)).take(PICTURE_SOURCES).filter(|&id| {
        let element = arena.get(id).and_then(|node| node.element());
        element.is_some_and(|element| element.tag == Tag::Source)
    })
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
    fn only_safe_schemes_pass() {
        let page = Url::parse("https://example.org/a/b.html").ok();
        let addresses = Addresses::new(page.as_ref());
        assert_eq!(addresses.link("../c?d=1#e").as_deref(), Some("https://example.org/c?d=1#e"));
        assert_eq!(addresses.link("mailto:a@b.c").as_deref(), Some("mailto:a@b.c"));
        for bad in
            ["javascript:x", " java\nscript:x", "\u{1}javascript:x", "data:text/html,x", "file:///x", ""]
        {
            assert_eq!(addresses.link(bad), None, "{bad:?}");
            assert_eq!(Addresses::new(None).link(bad), None, "{bad:?} without a base");
        }
        for hidden in
            ["java\u{AD}script:x", "java\u{90}script:x", "\u{AD} javascript:x", "\u{E0001}data:text/html,x"]
        {
            assert_eq!(Addresses::new(None).link(hidden), None, "{hidden:?}");
        }
        assert_eq!(Addresses::new(None).link("/x\u{AD}y").as_deref(), Some("/xy"));
        assert_eq!(Addresses::new(None).link("/x y").as_deref(), Some("/x y"));
    }
}
