//! The site's name on pages that declare none: what stands beside the title in `<title>`, checked against the page's
//! banner and host, or else the banner.

use html5ever::local_name;
use url::Url;

use super::fields::resolve;
use super::page::Found;
use super::text::{attribute, element_text, fold, following, key, tag};
use super::title::{parts, same_name};
use super::visible::class_words;
use super::{Context, Source};
use crate::document::{Arena, NodeId, Tag};

/// Names are no longer than this, in bytes.
const LONGEST: usize = 80;

/// The site's name as the page shows it.
pub(super) fn shown(context: &Context<'_>) -> Found {
    let title = key(context.metadata.title().unwrap_or_default());
    let host = context.page.host.as_ref();
    let tab = context.head().title().unwrap_or_default();
    let banners = banners(context.arena(), host);
    let pieces: Vec<&str> = parts(tab).into_iter().flat_map(|part| part.split('／')).map(str::trim).collect();
    let is_name = |part: &str| {
        let name = key(part);
        !name.is_empty() && name != title && part.len() <= LONGEST
    };
    // The name ends the title more often than it begins it.
    let others = || pieces.iter().rev().copied().filter(|part| pieces.len() > 1 && is_name(part));
    let in_both =
        |name: NameIn| others().find_map(|part| banners.iter().find_map(|banner| name(banner, part)));
    let of_host = || others().filter(|part| !is_host(&key(part), host)).find_map(|part| by_host(part, host?));
    let of_banner = || {
        let shown = |banner: &&Banner| banner.is_text && is_name(&banner.text);
        banners.iter().find(shown).map(|banner| (banner.text.clone(), Source::Visible))
    };
    let host_itself = || others().find(|part| is_host(&key(part), host));
    let other_end = || beside(tab, &pieces, &title).filter(|part| is_name(part));
    let of_tab = |name: &str| (fold(name), Source::Meta);
    let confirmed = in_both(Banner::same)
        .or_else(|| in_both(Banner::end_of))
        .or_else(|| in_both(Banner::start_of))
        .or_else(|| in_both(Banner::much_of))
        .or_else(of_host);
    confirmed.map(of_tab).or_else(of_banner).or_else(|| host_itself().or_else(other_end).map(of_tab))
}

/// True for the host itself, which stands for a name where there is none.
pub(super) fn is_host(name: &str, host: Option<&Url>) -> bool {
    let host = host.and_then(Url::host_str).unwrap_or_default();
    !host.is_empty() && (name == key(host) || name == key(host.strip_prefix("www.").unwrap_or(host)))
}

/// Finds the site's name in a part of the title, by a banner.
type NameIn = for<'a> fn(&Banner, &'a str) -> Option<&'a str>;

/// What the top of a page has for the site: a logo, a link to the front page.
struct Banner {
    text: String,
    /// False for the text in place of an image, which may say more than the name.
    is_text: bool,
}

impl Banner {
    // Each gives the name in a part of the title that the banner shows as well.

    /// All of the part, as the banner has it.
    fn same<'a>(&self, part: &'a str) -> Option<&'a str> {
        (key(part) == key(&self.text)).then_some(part)
    }

    /// One end of the part, which says more of the site.
    fn end_of<'a>(&self, part: &'a str) -> Option<&'a str> {
        if self.is_text && part.strip_suffix(&self.text)?.ends_with(char::is_whitespace) {
            return part.get(part.len() - self.text.len()..);
        }
        None
    }

    /// The other end.
    fn start_of<'a>(&self, part: &'a str) -> Option<&'a str> {
        let (name, rest) = part.split_at_checked(self.text.len())?;
        let own = key(&self.text);
        let adds = rest.starts_with([',', '.', '，', '、', ':', '：']) || is_version(rest);
        (key(name) == own && (adds || same_name(&key(part), &own))).then_some(name)
    }

    /// All of the part: the banner has it shorter, or has more than the name.
    fn much_of<'a>(&self, part: &'a str) -> Option<&'a str> {
        const LEAST: usize = 4;
        const MOST_CERTAIN: usize = 6;
        let (name, own) = (key(part), key(&self.text));
        let is_part = own.len() >= LEAST && (name.starts_with(&own) || name.ends_with(&own));
        (is_part || (name.len() >= MOST_CERTAIN && own.contains(&name))).then_some(part)
    }
}

/// The banners of a page, in its order.
fn banners(arena: &Arena, host: Option<&Url>) -> Vec<Banner> {
    /// The banner stands at the top.
    const NODES: usize = 5000;
    const MOST: usize = 12;
    let next = |id: &NodeId| following(arena, *id, NodeId::ROOT, true);
    let ids = std::iter::successors(Some(NodeId::ROOT), next).take(NODES);
    let looked_at = ids.filter_map(|id| {
        let leads_home = tag(arena, id) == Some(Tag::A) && leads_home(arena, id, host);
        let is_named = is_named(arena, id);
        (leads_home || is_named).then_some((id, is_named))
    });
    let mut found: Vec<Banner> = Vec::new();
    for (id, is_named) in looked_at.take(MOST) {
        let parent = arena.get(id).map_or(NodeId::NONE, |node| node.parent);
        let is_text = is_named || matches!(tag(arena, parent), Some(Tag::H1 | Tag::H2));
        found.push(Banner { text: element_text(arena, id, LONGEST), is_text });
        let label = label(arena, id).or_else(|| attribute(arena, id, &local_name!("title")));
        found.extend(label.map(|label| Banner { text: fold(label), is_text: false }));
    }
    found.retain(|banner| !key(&banner.text).is_empty() && banner.text.len() <= LONGEST);
    found
}

/// The text in place of the first image in an element.
fn label(arena: &Arena, id: NodeId) -> Option<&str> {
    /// Around a logo there is little.
    const NEAR: usize = 10;
    let next = |at: &NodeId| following(arena, *at, id, true);
    let within = std::iter::successors(following(arena, id, id, true), next).take(NEAR);
    let mut images = within.filter(|&at| tag(arena, at) == Some(Tag::Img));
    images.find_map(|at| attribute(arena, at, &local_name!("alt")))
}

/// True for an element whose class or id says that it holds the site's name.
fn is_named(arena: &Arena, id: NodeId) -> bool {
    let names = [local_name!("class"), local_name!("id")];
    let may_be = |name: &str| {
        let has = |word: &str| memchr::memmem::find(name.as_bytes(), word.as_bytes()).is_some();
        has("ogo") || has("rand") || has("site") || has("Site") || has("masthead") || has("Masthead")
    };
    if !names.iter().filter_map(|name| attribute(arena, id, name)).any(may_be) {
        return false;
    }
    let words = class_words(arena, id);
    let has = |word: &str| words.iter().any(|have| have == word);
    has("logo")
        || has("brand")
        || has("branding")
        || has("masthead")
        || (has("site") && (has("title") || has("name")))
}

/// True for a link to the site's front page.
fn leads_home(arena: &Arena, id: NodeId, host: Option<&Url>) -> bool {
    let is_home = |rel: &str| rel.split_ascii_whitespace().any(|rel| rel == "home");
    attribute(arena, id, &local_name!("rel")).is_some_and(is_home)
        || attribute(arena, id, &local_name!("href")).is_some_and(|href| is_front(href, host))
}

fn is_front(href: &str, host: Option<&Url>) -> bool {
    let is_index = |path: &str| {
        let name = path.trim_start_matches("./").trim_start_matches('/');
        let is_file = name.starts_with("index.") || name.starts_with("default.");
        name.is_empty() || (is_file && !name.contains(['/', '?', '#']))
    };
    let of_host = |url: Url| {
        url.query().is_none() && is_index(url.path()) && host.is_none_or(|host| url.host() == host.host())
    };
    // Most links lead elsewhere, as their path shows at once.
    let path = match href.split_once("//") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => href,
    };
    is_index(href) || (is_index(path) || path.starts_with('.')) && resolve(href, host).is_some_and(of_host)
}

/// The name in a part of the title that the page's host has as well.
fn by_host<'a>(part: &'a str, host: &Url) -> Option<&'a str> {
    /// Shorter labels may begin other words.
    const LABEL: usize = 5;
    let labels = host.host_str()?.rsplit('.').skip(1).map(key).filter(|label| label.len() >= LABEL);
    let cuts = part
        .char_indices()
        .filter(|(at, c)| matches!(c, ',' | '，' | ':') || part.get(*at..).is_some_and(is_version));
    let shorter = cuts.filter_map(|(at, _)| part.get(..at));
    let names: Vec<&str> = shorter.chain([part]).collect();
    let mut labels = labels.flat_map(|label| names.iter().map(move |name| (*name, label.clone())));
    let is_its = |name: &str, label: &str| {
        let name = key(name);
        same_name(&name, label) || name.starts_with(label)
    };
    labels.find(|(name, label)| is_its(name, label)).map(|(name, _)| name)
}

/// The part at the other end of a title than the page's own.
fn beside<'a>(tab: &str, pieces: &[&'a str], title: &str) -> Option<&'a str> {
    let (tab, first, last) = (key(tab), *pieces.first()?, *pieces.last()?);
    if title.is_empty() || pieces.len() < 2 || tab == title {
        None
    } else if tab.starts_with(title) || title.starts_with(&key(first)) {
        Some(last)
    } else if tab.ends_with(title) || title.ends_with(&key(last)) {
        Some(first)
    } else {
        None
    }
}

/// True for ` 2.6` and ` v2`, which follow the name of what is documented.
fn is_version(rest: &str) -> bool {
    let rest = rest.strip_prefix(' ').map(|rest| rest.strip_prefix('v').unwrap_or(rest));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
