//! Films, recordings and players, which come out as links.

use html5ever::{LocalName, local_name};
use url::Url;

use super::address::Addresses;
use crate::document::{Arena, NodeId, Tag};

/// How many `source` elements are looked at.
const SOURCES: usize = 8;

/// Sites whose frames show a film or play a recording. Other frames are adverts, forms and counters.
const HOSTS: &[&str] = &[
    "youtube.com",
    "youtube-nocookie.com",
    "vimeo.com",
    "dailymotion.com",
    "bilibili.com",
    "twitch.tv",
    "ted.com",
    "archive.org",
    "rutube.ru",
    "youku.com",
    "nicovideo.jp",
    "soundcloud.com",
    "spotify.com",
    "bandcamp.com",
    "mixcloud.com",
    "wistia.net",
    "loom.com",
];

/// What a link to an element's film or recording says, and where it leads.
pub(super) fn of<'a>(
    arena: &'a Arena,
    addresses: &Addresses,
    id: NodeId,
    tag: Tag,
) -> Option<(&'a str, String)> {
    let own = [local_name!("src"), LocalName::from("data-src")];
    let resolve = |source: &str| match source.trim().strip_prefix("//") {
        Some(rest) => addresses.link(&format!("https://{rest}")),
        None => addresses.link(source),
    };
    let own = own.iter().filter_map(|name| arena.attr(id, name)).find_map(resolve);
    let source = match tag {
        Tag::Iframe => own.filter(|source| is_player(source))?,
        _ => own.or_else(|| {
            let sources = arena.children(id).filter(|&id| is_source(arena, id)).take(SOURCES);
            let mut sources = sources.filter_map(|id| arena.attr(id, &local_name!("src")));
            sources.find_map(resolve)
        })?,
    };
    let labels = [local_name!("title"), local_name!("aria-label")];
    let label = labels.iter().filter_map(|name| arena.attr(id, name)).find(|label| !label.trim().is_empty());
    Some((label.unwrap_or(if tag == Tag::Audio { "Audio" } else { "Video" }), source))
}

fn is_source(arena: &Arena, id: NodeId) -> bool {
    arena.get(id).and_then(|node| node.element()).is_some_and(|element| element.tag == Tag::Source)
}

fn is_player(source: &str) -> bool {
    let Ok(url) = Url::parse(source) else { return false };
    let host = url.host_str().unwrap_or("");
    HOSTS.iter().any(|known| host.strip_suffix(known).is_some_and(|sub| sub.is_empty() || sub.ends_with('.')))
}
