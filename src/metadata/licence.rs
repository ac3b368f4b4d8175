//! The licence of a page's text, and what is none: lines of copyright, the licences of pictures.

use html5ever::local_name;
use url::Url;

use super::Source;
use super::fields::resolve;
use super::head::Head;
use super::json_ld::Facts;
use super::page::Found;
use super::text::{attribute, key, plain, tag};
use super::visible::has_word;
use crate::document::{Arena, NodeId, Tag};

/// The licence's address, or its name where no address is given.
pub(super) fn licence(head: Head<'_>, facts: &Facts, base: Option<&Url>) -> Found {
    let absolute = |value: &str| resolve(value, base).map(|url| url.to_string());
    let links = || {
        // One that stands on the page itself has no address.
        let mut links = head.rel("license").filter(|link| !link.href.starts_with('#'));
        links.find_map(|link| Some((absolute(link.href)?, Source::Meta)))
    };
    let json = || {
        let value = facts.licence.as_deref()?;
        let name = || named(value).filter(|name| names_licence(name));
        let own = || absolute(value).filter(|_| value.starts_with('/'));
        Some((address_in(value).or_else(own).or_else(name)?, Source::JsonLd))
    };
    let metas = || {
        let licences = head.metas(&["dcterms.license", "dc.rights.license"]);
        let rights = head.metas(&["dcterms.rights", "dc.rights"]).filter(|(value, _)| names_licence(value));
        licences
            .chain(rights)
            .find_map(|(value, source)| Some((address_in(value).or_else(|| named(value))?, source)))
    };
    links().or_else(json).or_else(metas).or_else(|| in_foot(head, base))
}

/// The first address in a text.
fn address_in(value: &str) -> Option<String> {
    let start = value.find("https://").or_else(|| value.find("http://"))?;
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ')' | ']' | ',' | ';');
    let address = value.get(start..)?.split(ends).next()?;
    resolve(address.trim_end_matches('.'), None).map(|url| url.to_string())
}

fn named(value: &str) -> Option<String> {
    Some(plain(value)).filter(|name| !key(name).is_empty())
}

/// True for rights that speak of a licence; most only reserve them.
fn names_licence(rights: &str) -> bool {
    const WORDS: [&str; 14] = [
        "creativecommons",
        "publicdomain",
        "copyleft",
        "licen",
        "lizenz",
        "lisens",
        "lisans",
        "лиценз",
        "ліценз",
        "许可协议",
        "授权协议",
        "授權條款",
        "ライセンス",
        "라이선스",
    ];
    const NAMES: [&str; 8] = ["CC", "CC0", "GPL", "AGPL", "LGPL", "GFDL", "MIT", "BSD"];
    let squeezed = key(rights);
    let mut words = rights.split(|c: char| !c.is_alphanumeric());
    WORDS.iter().any(|word| squeezed.contains(word)) || words.any(|word| NAMES.contains(&word))
}

/// The one licence of Creative Commons that the page's foot links to. Elsewhere it is that of a picture.
fn in_foot(head: Head<'_>, base: Option<&Url>) -> Found {
    /// Pages that link to more say under which licence each picture is.
    const MOST: usize = 10;
    let mut found: Option<String> = None;
    for id in head.licences().take(MOST) {
        let href = attribute(head.arena, id, &local_name!("href"))?;
        let Some(url) = resolve(href, base).filter(is_licence) else { continue };
        match &found {
            Some(have) if !is_same(have, url.as_str()) => return None,
            _ if !is_in_foot(head.arena, id) => return None,
            Some(_) => {}
            None => found = Some(url.to_string()),
        }
    }
    found.map(|url| (url, Source::Visible))
}

fn is_licence(url: &Url) -> bool {
    let path = url.path();
    let name = ["/licenses/", "/publicdomain/"].iter().find_map(|part| path.strip_prefix(part));
    let host = url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host));
    host == Some("creativecommons.org") && name.is_some_and(|name| !name.is_empty())
}

/// True if two addresses of licences differ in scheme and closing slash only.
fn is_same(a: &str, b: &str) -> bool {
    let bare = |url: &'_ str| {
        url.trim_start_matches("http").trim_start_matches('s').trim_end_matches('/').to_owned()
    };
    bare(a) == bare(b)
}

fn is_in_foot(arena: &Arena, id: NodeId) -> bool {
    /// A foot is no deeper than this.
    const UP: usize = 12;
    let around = || arena.with_ancestors(id).take(UP);
    let is_box = |id: NodeId| matches!(tag(arena, id), Some(Tag::Figure | Tag::Figcaption | Tag::Article));
    let is_foot = |id: NodeId| {
        tag(arena, id) == Some(Tag::Footer) || has_word(arena, id, &["footer", "colophon", "foot"])
    };
    !around().any(is_box) && around().any(is_foot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_that_are_a_licence() {
        for rights in
            ["CC BY 4.0", "Creative Commons BY", "MIT license", "unter freier Lizenz", "Public domain"]
        {
            assert!(names_licence(rights), "{rights}");
        }
        for rights in
            ["All rights reserved", "Copyright The Barn 2026", "© Barn Media", "The Barn", "未经许可"]
        {
            assert!(!names_licence(rights), "{rights}");
        }
    }
}
