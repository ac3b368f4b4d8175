//! What the top of a page shows for the site: its logo, its banner, the link to its front page.

use html5ever::local_name;
use url::Url;

use super::byline_words::has;
use super::fields::resolve;
use super::text::{attribute, element_text, fold, following, key, tag};
use super::title::same_name;
use super::visible::class_words;
use crate::document::{Arena, NodeId, Tag};

/// Names are no longer than this, in bytes.
pub(super) const LONGEST: usize = 80;

/// Shorter labels of hosts may stand for anything.
pub(super) const SHORTEST_LABEL: usize = 4;

/// What links to the front page and logos say in place of a name, by its key.
const LABELS: &str = "\
    home homepage frontpage mainpage start startpage backtohome gotohomepage startseite zurstartseite hauptseite \
    zurück accueil pagedaccueil retouràlaccueil inicio páginaprincipal portada início páginainicial \
    paginainiziale paginaprincipale startpagina startsida startsidan hem hjem forside forsiden tilforsiden etusivu \
    etusivulle stronagłówna domů úvod главная главнаястраница головна anasayfa 首页 首頁 主页 主頁 ホーム トップ \
    トップページ 홈 logo image icon menu menü menú";

/// What the top of a page has for the site: a logo, a link to the front page.
pub(super) struct Banner {
    pub(super) text: String,
    /// False for the text in place of an image, which may say more than the name.
    is_text: bool,
    /// True for what names the site even where nothing else does.
    pub(super) is_sure: bool,
}

impl Banner {
    // Each gives the name in a part of the title that the banner shows as well.

    /// All of the part, as the banner has it.
    pub(super) fn same<'a>(&self, part: &'a str) -> Option<&'a str> {
        (key(part) == key(&self.text)).then_some(part)
    }

    /// One end of the part, which says more of the site.
    pub(super) fn end_of<'a>(&self, part: &'a str) -> Option<&'a str> {
        if self.is_text && part.strip_suffix(&self.text)?.ends_with(char::is_whitespace) {
            return part.get(part.len() - self.text.len()..);
        }
        None
    }

    /// The other end.
    pub(super) fn start_of<'a>(&self, part: &'a str) -> Option<&'a str> {
        let (name, rest) = part.split_at_checked(self.text.len())?;
        let own = key(&self.text);
        let adds = rest.starts_with([',', '.', '，', '、', ':', '：']) || is_version(rest);
        (key(name) == own && (adds || same_name(&key(part), &own))).then_some(name)
    }

    /// All of the part: the banner has it shorter, or has more than the name.
    pub(super) fn much_of<'a>(&self, part: &'a str) -> Option<&'a str> {
        const LEAST: usize = 4;
        const MOST_CERTAIN: usize = 6;
        let (name, own) = (key(part), key(&self.text));
        let is_part =
            is_short(part) && own.len() >= LEAST && (name.starts_with(&own) || name.ends_with(&own));
        (is_part || (name.len() >= MOST_CERTAIN && own.contains(&name))).then_some(part)
    }

    /// True if it names no site, but says what a link or a picture is.
    pub(super) fn is_label(&self) -> bool {
        let key = key(&self.text);
        let is_picture = || self.text.split(' ').any(|word| word.eq_ignore_ascii_case("logo"));
        let has_letter = key.chars().any(char::is_alphabetic);
        !has_letter || self.text.contains('©') || has(LABELS, &key) || is_picture()
    }
}

/// The banners of a page, in its order.
pub(super) fn banners(arena: &Arena, host: Option<&Url>) -> Vec<Banner> {
    /// The banner stands at the top.
    const NODES: usize = 5000;
    const MOST: usize = 24;
    let next = |id: &NodeId| following(arena, *id, NodeId::ROOT, true);
    let ids = std::iter::successors(Some(NodeId::ROOT), next).take(NODES);
    let looked_at = ids.filter_map(|id| {
        let leads_home = tag(arena, id) == Some(Tag::A) && leads_home(arena, id, host);
        let is_root = matches!(tag(arena, id), Some(Tag::Html | Tag::Body));
        let named = named(arena, id).filter(|_| !is_root);
        let is_sure = named.is_some_and(|named| leads_home || is_banner(arena, id, host, named));
        (leads_home || named.is_some()).then_some((id, named.is_some(), is_sure))
    });
    let mut found: Vec<Banner> = Vec::new();
    for (id, is_named, is_sure) in looked_at.take(MOST) {
        let parent = arena.get(id).map_or(NodeId::NONE, |node| node.parent);
        let is_heading = matches!(tag(arena, parent), Some(Tag::H1 | Tag::H2));
        let (is_text, is_sure) = (is_named || is_heading, is_sure || (is_heading && !is_named));
        let text = element_text(arena, id, LONGEST);
        if text.len() <= LONGEST {
            found.push(Banner { text: without_logo(&text), is_text, is_sure });
        }
        let label = label(arena, id).or_else(|| attribute(arena, id, &local_name!("title")));
        let label = label.map(|label| without_logo(&fold(label)));
        found.extend(label.map(|text| Banner { text, is_text: false, is_sure: false }));
    }
    found.retain(|banner| !key(&banner.text).is_empty() && banner.text.len() <= LONGEST);
    found
}

/// `The Barn logo` says what the picture is.
fn without_logo(text: &str) -> String {
    let is_logo = |word: &str| word.eq_ignore_ascii_case("logo");
    let bare = match (text.split_once(' '), text.rsplit_once(' ')) {
        (_, Some((name, word))) if is_logo(word) => name,
        (Some((word, name)), _) if is_logo(word) => name,
        _ => text,
    };
    bare.trim().to_owned()
}

/// True if an element whose name is that of a banner is one: its links lead home, and there are not many.
fn is_banner(arena: &Arena, id: NodeId, host: Option<&Url>, named: Named) -> bool {
    /// A banner's picture may be drawn by many nodes.
    const NEAR: usize = 100;
    const MOST_LINKS: usize = 2;
    /// A link stands close around its logo.
    const AROUND: usize = 4;
    let next = |at: &NodeId| following(arena, *at, id, true);
    let within = std::iter::successors(following(arena, id, id, true), next).take(NEAR);
    let is_link = |at: &NodeId| tag(arena, *at) == Some(Tag::A);
    let mut links = within.filter(is_link);
    let Some(link) = links.next().or_else(|| arena.with_ancestors(id).take(AROUND).find(is_link)) else {
        return named == Named::Site;
    };
    let href = attribute(arena, link, &local_name!("href")).unwrap_or_default();
    let leads_there = || match named {
        Named::Site => stays(href, host),
        Named::Perhaps => stays(href, host) && is_entrance(href),
    };
    (leads_home(arena, link, host) || leads_there()) && links.count() < MOST_LINKS
}

/// True for an address of the page's own site.
fn stays(href: &str, host: Option<&Url>) -> bool {
    let main = |url: &Url| labels(url).find(|label| label.len() >= SHORTEST_LABEL);
    let of_site = |url: Url| host.is_none_or(|host| url.host() == host.host() || main(&url) == main(host));
    !href.starts_with('#') && (!href.contains("//") || resolve(href, host).is_some_and(of_site))
}

/// True for a front page that is asked for with a query, or in one of the site's languages: `/?from=logo`, `/en/`.
fn is_entrance(href: &str) -> bool {
    let path =
        href.split_once("//").map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let name = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    let is_tag = |(at, byte): (usize, u8)| match at {
        2 => matches!(byte, b'-' | b'_'),
        _ => byte.is_ascii_alphabetic(),
    };
    matches!(name.len(), 0 | 2 | 5) && name.bytes().enumerate().all(is_tag)
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

/// How surely an element's class or id says that it names the site.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    /// It has a banner's own name.
    Site,
    /// It has a word that names colours, makes of goods and pictures of carts as well.
    Perhaps,
}

/// Whether an element names the site, by its class or id.
fn named(arena: &Arena, id: NodeId) -> Option<Named> {
    const OWN: [&str; 9] = [
        "logo",
        "branding",
        "masthead",
        "site-branding",
        "site-logo",
        "header-logo",
        "page-logo",
        "logo-image",
        "navbar-brand",
    ];
    let names = [local_name!("class"), local_name!("id")];
    let may_be = |name: &str| {
        let has = |word: &str| memchr::memmem::find(name.as_bytes(), word.as_bytes()).is_some();
        has("ogo") || has("rand") || has("site") || has("Site") || has("masthead") || has("Masthead")
    };
    if !names.iter().filter_map(|name| attribute(arena, id, name)).any(may_be) {
        return None;
    }
    let words = class_words(arena, id);
    let has = |word: &str| words.iter().any(|have| have == word);
    let values = names.iter().filter_map(|name| attribute(arena, id, name));
    let is_own = values.flat_map(str::split_ascii_whitespace).any(|name| OWN.contains(&name));
    if is_own || (has("site") && (has("title") || has("name"))) {
        return Some(Named::Site);
    }
    ["logo", "brand", "branding", "masthead"].into_iter().any(has).then_some(Named::Perhaps)
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

/// The labels of a host below its top-level domain, as keys, the last first.
pub(super) fn labels(host: &Url) -> impl Iterator<Item = String> {
    host.host_str().unwrap_or_default().rsplit('.').skip(1).map(key)
}

/// True for a part of a title that may be a name: what has more words is a sentence.
pub(super) fn is_short(part: &str) -> bool {
    const MOST_WORDS: usize = 6;
    part.split_whitespace().count() <= MOST_WORDS
}

/// True for ` 2.6` and ` v2`, which follow the name of what is documented.
pub(super) fn is_version(rest: &str) -> bool {
    let rest = rest.strip_prefix(' ').map(|rest| rest.strip_prefix('v').unwrap_or(rest));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
