//! The site's name on pages that declare none: what stands beside the title in `<title>`, checked against the page's
//! banner and host, or else the banner.

use url::Url;

use super::banner::{Banner, LONGEST, SHORTEST_LABEL, banners, is_short, is_version, labels};
use super::page::Found;
use super::text::{fold, key};
use super::title::{parts, same_name};
use super::{Context, Source};

/// The site's name as the page shows it. Where the page declares one as well, it is the host or the title.
pub(super) fn shown(context: &Context<'_>, declared: Option<&str>) -> Found {
    let title = key(context.metadata.title().unwrap_or_default());
    let host = context.page.host.as_ref();
    // With a capital a host is the name as the site writes it.
    let is_written =
        declared.is_some_and(|name| is_host(&key(name), host) && name.chars().any(char::is_uppercase));
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
    let not_host = || others().filter(|part| !is_host(&key(part), host));
    let of_host = || {
        not_host()
            .find_map(|part| by_host(part, host?))
            .or_else(|| not_host().find(|part| is_short(part) && has_word_of(part, host)))
    };
    let host_shows = || {
        let label = labels(host?).find(|label| label.len() >= SHORTEST_LABEL)?;
        let is_its = |banner: &&Banner| {
            is_name(&banner.text) && spelt(&banner.text).iter().any(|name| same_name(name, &label))
        };
        let (sure, other): (Vec<&Banner>, Vec<&Banner>) = banners.iter().partition(|banner| banner.is_sure);
        let banner = sure.into_iter().chain(other).find(is_its)?;
        Some((banner.text.clone(), Source::Visible))
    };
    let of_banner = || {
        let shown = |banner: &&Banner| banner.is_sure && is_name(&banner.text) && !banner.is_label();
        let banner = banners.iter().find(shown)?;
        Some((banner.text.clone(), Source::Visible))
    };
    let host_itself = || others().find(|part| is_host(&key(part), host));
    let other_end = || beside(tab, &pieces, &title).filter(|part| is_name(part) && is_short(part));
    let of_tab = |name: &str| (fold(name), Source::Meta);
    let confirmed = in_both(Banner::same)
        .or_else(|| in_both(Banner::end_of))
        .or_else(|| in_both(Banner::start_of))
        .or_else(|| in_both(Banner::much_of))
        .or_else(of_host);
    let seen = || host_shows().or_else(of_banner);
    let confirmed = confirmed.map(of_tab);
    if is_written {
        return confirmed;
    }
    confirmed.or_else(seen).or_else(|| host_itself().or_else(other_end).map(of_tab))
}

/// True for the host itself, which stands for a name where there is none.
pub(super) fn is_host(name: &str, host: Option<&Url>) -> bool {
    let host = host.and_then(Url::host_str).unwrap_or_default();
    !host.is_empty() && (name == key(host) || name == key(host.strip_prefix("www.").unwrap_or(host)))
}

/// True for a declared name that is the title of the tab, with the page's title in it.
pub(super) fn is_tab(name: &str, tab: &str) -> bool {
    key(name) == key(tab) && parts(tab).len() > 1
}

/// Finds the site's name in a part of the title, by a banner.
type NameIn = for<'a> fn(&Banner, &'a str) -> Option<&'a str>;

/// The keys of a name as hosts may spell it: `The Barn & Pond` is `thebarnandpond` as well.
fn spelt(name: &str) -> [String; 2] {
    [key(name), key(&name.replace('&', "and"))]
}

/// True for a part of the title that has a label of the host as one of its words.
fn has_word_of(part: &str, host: Option<&Url>) -> bool {
    let is_label = |word: &str| {
        let word = key(word);
        word.len() >= LABEL && host.is_some_and(|host| labels(host).any(|label| label == word))
    };
    part.split_whitespace().any(is_label)
}

/// Shorter labels may begin other words.
const LABEL: usize = 5;

/// The name in a part of the title that the page's host has as well.
fn by_host<'a>(part: &'a str, host: &Url) -> Option<&'a str> {
    let labels = labels(host).filter(|label| label.len() >= LABEL);
    let cuts = part
        .char_indices()
        .filter(|(at, c)| matches!(c, ',' | '，' | ':') || part.get(*at..).is_some_and(is_version));
    let shorter = cuts.filter_map(|(at, _)| part.get(..at));
    let names: Vec<&str> = shorter.chain([part]).collect();
    let mut labels = labels.flat_map(|label| names.iter().map(move |name| (*name, label.clone())));
    let is_its = |name: &str, label: &str| {
        spelt(name).iter().any(|name| same_name(name, label) || name.starts_with(label))
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
