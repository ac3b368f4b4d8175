//! The fields that need no weighing: site, language, addresses, description, tags, licence.

use url::Url;

use super::Source;
use super::head::{Head, property_value};
use super::json_ld::Facts;
use super::page::Found;
use super::text::{element_text, fold, following, key, plain};
use super::visible::class_words;
use crate::document::NodeId;

/// A page has no more tags or sections than this.
const MOST: usize = 50;

fn first_meta(head: Head<'_>, names: &[&str]) -> Found {
    head.metas(names).map(|(value, source)| (plain(value), source)).find(|(value, _)| !value.is_empty())
}

/// The site's name and, for telling titles from it, keys of all names it goes by.
pub(super) fn site(head: Head<'_>, facts: &Facts, url: Option<&Url>) -> (Found, Vec<String>) {
    let names = [
        "og:site_name",
        "og:site",
        "apple-mobile-web-app-title",
        "citation_journal_title",
        "dc.publisher",
        "twitter:site:name",
    ];
    let mut keys: Vec<String> = head.metas(&names).map(|(value, _)| key(&plain(value))).collect();
    let application = first_meta(head, &["application-name"]).filter(|(name, _)| !is_title(head, name));
    keys.extend(application.iter().map(|(name, _)| key(name)));
    keys.extend(facts.sites.iter().map(|site| key(site)));
    keys.extend(head.metas(&["twitter:site"]).map(|(value, _)| key(value)));
    if let Some(host) = url.and_then(Url::host_str) {
        let host = host.strip_prefix("www.").unwrap_or(host);
        keys.push(key(host));
        // The longest label is the name in nearly all hosts: `news.barn.co.uk`.
        keys.extend(host.rsplit('.').skip(1).filter(|label| label.len() > 3).map(key));
    }
    keys.retain(|key| !key.is_empty());
    let found = first_meta(head, &["og:site_name"])
        .or(application)
        .or_else(|| facts.sites.first().map(|site| (site.clone(), Source::JsonLd)))
        .or_else(|| first_meta(head, &["apple-mobile-web-app-title", "dc.publisher"]));
    (found, keys)
}

/// True for an application's name that is the page's title: as long as a title, and declared as one.
fn is_title(head: Head<'_>, name: &str) -> bool {
    const LONGEST_NAME: usize = 4;
    let is_same = |(value, _): (&str, Source)| key(&plain(value)) == key(name);
    name.split_whitespace().count() > LONGEST_NAME && head.metas(&["og:title", "twitter:title"]).any(is_same)
}

/// The language as a BCP 47 tag, as the page writes it.
pub(super) fn language(head: Head<'_>, facts: &Facts) -> Found {
    let metas =
        ["content-language", "language", "dc.language", "dcterms.language", "og:locale", "citation_language"];
    let declared = head.languages().map(|language| (language.to_owned(), Source::Meta));
    let all = declared
        .chain(head.metas(&metas).map(|(value, source)| (value.to_owned(), source)))
        .chain(facts.language.iter().map(|language| (language.clone(), Source::JsonLd)));
    all.filter_map(|(value, source)| Some((language_tag(&value)?, source))).next()
}

fn language_tag(value: &str) -> Option<String> {
    let tag = value.split([',', ';']).next()?.trim().replace('_', "-");
    let mut subtags = tag.split('-');
    let primary = subtags.next()?;
    // Some put the encoding there.
    let is_tag = (2..=3).contains(&primary.len())
        && !primary.eq_ignore_ascii_case("utf")
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|subtag| {
            (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    is_tag.then_some(tag)
}

/// Makes an address absolute. Only addresses that lead to pages and files do: no `javascript:`, no `data:`.
pub(crate) fn resolve(address: &str, base: Option<&Url>) -> Option<Url> {
    let address = address.trim();
    let url = match base {
        Some(base) => base.join(address),
        None => Url::parse(address),
    };
    url.ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

pub(super) fn canonical(head: Head<'_>, facts: &Facts, base: Option<&Url>) -> Found {
    let link = head.rel("canonical").filter(|link| link.is_link).map(|link| (link.href, Source::Meta));
    let metas = head.metas(&["og:url", "twitter:url"]);
    let json = facts.url.iter().map(|url| (url.as_str(), Source::JsonLd));
    link.chain(metas).chain(json).find_map(|(url, source)| Some((resolve(url, base)?.to_string(), source)))
}

pub(super) fn image(head: Head<'_>, facts: &Facts, base: Option<&Url>) -> Found {
    let metas = head.metas(&[
        "og:image:secure_url",
        "og:image",
        "og:image:url",
        "twitter:image",
        "twitter:image:src",
        "thumbnail",
    ]);
    let json = facts.image.iter().map(|url| (url.as_str(), Source::JsonLd));
    let links = head.rel("image_src").map(|link| (link.href, Source::Meta));
    metas.chain(json).chain(links).find_map(|(url, source)| Some((resolve(url, base)?.to_string(), source)))
}

pub(super) fn description(head: Head<'_>, facts: &Facts) -> Found {
    first_meta(
        head,
        &[
            "og:description",
            "description",
            "twitter:description",
            "dc.description",
            "dcterms.abstract",
            "citation_abstract",
        ],
    )
    .or_else(|| facts.description.clone().map(|text| (text, Source::JsonLd)))
}

/// The page's tags or keywords, each once: from the first vocabulary that has any.
pub(super) fn tags(head: Head<'_>, facts: &Facts) -> Option<(Vec<String>, Source)> {
    let arena = head.arena;
    let mut kinds: Vec<(Vec<String>, Source)> = Vec::new();
    let metas = |names: &[&str]| head.metas(names).map(|(value, _)| plain(value)).collect::<Vec<_>>();
    kinds.push((metas(&["article:tag", "og:article:tag", "og:video:tag"]), Source::OpenGraph));
    kinds.push((facts.tags.clone(), Source::JsonLd));
    kinds.push((metas(&["citation_keywords", "citation_keyword"]), Source::Citation));
    kinds.push((metas(&["dc.subject", "dcterms.subject"]), Source::DublinCore));
    kinds.push((metas(&["news_keywords", "keywords", "parsely-tags", "sailthru.tags"]), Source::Meta));
    kinds.push((
        head.properties(&["keywords"]).map(|id| property_value(arena, id, 500)).collect(),
        Source::Microdata,
    ));
    kinds.push((
        head.rel("tag").take(MOST).map(|link| element_text(arena, link.node, 80)).collect(),
        Source::Visible,
    ));
    first_list(kinds)
}

/// The sections of the site, each once: from the first vocabulary that has any.
pub(super) fn sections(head: Head<'_>, facts: &Facts) -> Option<(Vec<String>, Source)> {
    let metas = |names: &[&str]| head.metas(names).map(|(value, _)| plain(value)).collect::<Vec<_>>();
    let items = head.properties(&["articlesection"]).take(MOST).map(|id| property_value(head.arena, id, 200));
    first_list(vec![
        (metas(&["article:section", "og:article:section"]), Source::OpenGraph),
        (facts.sections.clone(), Source::JsonLd),
        (metas(&["parsely-section", "section"]), Source::Meta),
        (items.collect(), Source::Microdata),
    ])
}

/// The first kind that holds any names, each once.
fn first_list(kinds: Vec<(Vec<String>, Source)>) -> Option<(Vec<String>, Source)> {
    for (values, source) in kinds {
        let mut names: Vec<String> = Vec::new();
        for name in values.iter().flat_map(|value| value.split([',', ';', '，', '、'])).map(fold) {
            let is_name = (1..=80).contains(&name.chars().count()) && name.chars().any(char::is_alphanumeric);
            let is_new = |have: &String| have.to_lowercase() != name.to_lowercase();
            if is_name && names.len() < MOST && names.iter().all(is_new) {
                names.push(name);
            }
        }
        if !names.is_empty() {
            return Some((names, source));
        }
    }
    None
}

/// The second title: declared, or the element behind the title that its class calls so.
pub(super) fn subtitle(head: Head<'_>, facts: &Facts, title: Option<NodeId>) -> Found {
    /// The nodes behind the title among which it is searched.
    const NEAR: usize = 40;
    const WORDS: [&str; 8] =
        ["subtitle", "subheadline", "subheading", "subhead", "dek", "deck", "standfirst", "sottotitolo"];
    let declared = facts.subtitle.clone().map(|text| (text, Source::JsonLd));
    let item = || {
        let id = head.properties(&["alternativeheadline"]).next()?;
        Some((property_value(head.arena, id, LONGEST), Source::Microdata))
    };
    let seen = || {
        let next = |id: &NodeId| following(head.arena, *id, NodeId::ROOT, true);
        let after =
            std::iter::successors(following(head.arena, title?, NodeId::ROOT, false), next).take(NEAR);
        let is_named = |id: &NodeId| class_words(head.arena, *id).iter().any(|word| WORDS.contains(&&**word));
        let id = after.into_iter().find(is_named)?;
        Some((element_text(head.arena, id, LONGEST + 1), Source::Visible))
    };
    let is_title = |(text, _): &(String, Source)| !text.is_empty() && text.len() <= LONGEST;
    declared.filter(is_title).or_else(|| item().filter(is_title)).or_else(|| seen().filter(is_title))
}

/// The length of the longest second title, in bytes.
const LONGEST: usize = 400;

/// Whether the page says that it can be read without paying.
pub(super) fn is_free(head: Head<'_>, facts: &Facts) -> Option<(bool, Source)> {
    let json = facts.is_free.map(|is_free| (is_free, Source::JsonLd));
    json.or_else(|| {
        let tiers = head.metas(&["article:content_tier", "og:article:content_tier"]);
        tiers
            .filter_map(|(tier, source)| match tier.to_ascii_lowercase().as_str() {
                "free" => Some((true, source)),
                "metered" | "locked" => Some((false, source)),
                _ => None,
            })
            .next()
    })
}

/// The licence's address, or its name where no address is given.
pub(super) fn licence(head: Head<'_>, facts: &Facts, base: Option<&Url>) -> Found {
    let links = head.rel("license").map(|link| (link.href, Source::Meta));
    let json = facts.licence.iter().map(|url| (url.as_str(), Source::JsonLd));
    let metas = head.metas(&["dcterms.license", "dc.rights.license", "dcterms.rights", "dc.rights"]);
    links.chain(json).chain(metas).find_map(|(value, source)| match resolve(value, base) {
        // What has no scheme is a name, unless it came from a link.
        Some(url) if source == Source::Meta || value.contains("://") => Some((url.to_string(), source)),
        _ if source == Source::DublinCore => Some((plain(value), source)),
        _ => None,
    })
}

/// The page that goes on where this one ends, or that ends where this one begins, by the `rel` of a link.
///
/// Blogs use `rel=next` for the next post as well. So where the page's own address is known, the next one must be
/// the same but for a page number.
pub(super) fn neighbour(head: Head<'_>, rel: &str, base: Option<&Url>, url: Option<&Url>) -> Found {
    let links = head.rel(rel).filter(|link| link.is_link).chain(head.rel(rel).filter(|link| !link.is_link));
    for link in links {
        let Some(next) = resolve(link.href, base) else { continue };
        match url {
            Some(url) if !continues(url, &next) => {}
            None if !link.is_link => {}
            _ => {
                let source = if link.is_link { Source::Meta } else { Source::Visible };
                return Some((next.to_string(), source));
            }
        }
    }
    None
}

fn continues(url: &Url, next: &Url) -> bool {
    if url.host_str() != next.host_str() || (url.path() == next.path() && url.query() == next.query()) {
        return false;
    }
    let stem = |url: &Url| -> String {
        let path = url.path().trim_end_matches('/');
        let path = path
            .rsplit_once('.')
            .filter(|(_, end)| end.len() <= 5 && !end.contains('/'))
            .map_or(path, |(stem, _)| stem);
        let path = path.trim_end_matches(|c: char| c.is_ascii_digit());
        let path = path.trim_end_matches(['-', '_', '/', '.', ',']);
        let path = ["/page", "/pagina", "/seite", "-page", "-p", "/p", "/index"]
            .iter()
            .find_map(|end| path.strip_suffix(end))
            .unwrap_or(path);
        path.trim_end_matches('/').to_owned()
    };
    stem(url) == stem(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        assert_eq!(language_tag("en_US").as_deref(), Some("en-US"));
        assert_eq!(language_tag("de, en").as_deref(), Some("de"));
        assert_eq!(language_tag("English"), None);
        assert_eq!(language_tag("utf-8"), None);
        assert_eq!(language_tag(""), None);
    }

    #[test]
    fn the_next_page_differs_in_its_number() {
        let is_next = |a: &str, b: &str| {
            let (a, b) = (Url::parse(a), Url::parse(b));
            matches!((a, b), (Ok(a), Ok(b)) if continues(&a, &b))
        };
        for (page, next) in [
            ("https://a.example/owls", "https://a.example/owls/2"),
            ("https://a.example/owls/", "https://a.example/owls/page/2/"),
            ("https://a.example/owls/page/2/", "https://a.example/owls/page/3/"),
            ("https://a.example/owls?page=1", "https://a.example/owls?page=2"),
            ("https://a.example/owls.html", "https://a.example/owls-2.html"),
        ] {
            assert!(is_next(page, next), "{page} {next}");
        }
        for (page, next) in [
            ("https://a.example/owls", "https://a.example/hens"),
            ("https://a.example/owls", "https://a.example/owls"),
            ("https://a.example/owls", "https://b.example/owls/2"),
            ("https://a.example/2024/05/owls", "https://a.example/2024/06/hens"),
        ] {
            assert!(!is_next(page, next), "{page} {next}");
        }
    }
}
