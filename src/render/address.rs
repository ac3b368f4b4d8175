//! Targets of links and sources of images: resolved, and only such as are safe to follow.

use html5ever::local_name;
use url::{ParseError, Url};

use super::{mail, plain_address};
use crate::blocks::is_ignorable;
use crate::document::{Arena, NodeId, Tag};

/// A `base` element with a longer address is not believed: every link of the page would repeat it.
const LONGEST_BASE: usize = 2048;

/// Resolves addresses of one page.
pub(super) struct Addresses {
    base: Option<Url>,
}

impl Addresses {
    pub(super) fn new(page: Option<&Url>) -> Addresses {
        Addresses { base: page.cloned() }
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
        match mail::target(href) {
            Some(address) => self.mail(&address),
            None => self.resolve(href, &["http", "https", "mailto"]),
        }
    }

    /// The target of a link to a mail address.
    pub(super) fn mail(&self, address: &str) -> Option<String> {
        self.resolve(&format!("mailto:{address}"), &["mailto"])
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

    /// The source of an image.
    pub(super) fn image(&self, source: &str) -> Option<String> {
        self.resolve(source, &["http", "https"])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
