//! The fields that need no weighing: site, language, addresses, description, second title.

use html5ever::local_name;
use url::Url;

use super::Source;
use super::byline_labels::after_by;
use super::date_text::{Order, find_all};
use super::head::{Head, property_value};
use super::json_ld::Facts;
use super::page::Found;
use super::signature::is_all;
use super::text::{attribute, element_text, following, key, plain};
use super::visible::class_words;
use crate::document::NodeId;

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
    (found.map(|(name, source)| (without_signs(&name), source)), keys)
}

/// A name that was made of two, of which one is empty: `The Barn |`.
fn without_signs(name: &str) -> String {
    let signs = [' ', '|', '｜', '-', '–', '—', '·', '•', '«', '»', ':'];
    Some(name.trim_matches(signs)).filter(|bare| !bare.is_empty()).unwrap_or(name).to_owned()
}

/// True for an application's name that is the page's title: as long as a title, and declared as one.
fn is_title(head: Head<'_>, name: &str) -> bool {
    const LONGEST_NAME: usize = 4;
    let is_same = |(value, _): (&str, Source)| key(&plain(value)) == key(name);
    name.split_whitespace().count() > LONGEST_NAME && head.metas(&["og:title", "twitter:title"]).any(is_same)
}

/// The language as a BCP 47 tag, as the page writes it.
pub(super) fn language(head: Head<'_>, facts: &Facts, title: Option<NodeId>) -> Found {
    const METAS: &[&str] = &[
        "content-language",
        "language",
        "dc.language",
        "dcterms.language",
        "og:locale",
        "citation_language",
        "locale",
    ];
    let declared = head.languages().map(|language| (language, Source::Meta));
    let all = declared
        .chain(head.metas(METAS))
        .chain(facts.language.iter().map(|language| (language.as_str(), Source::JsonLd)))
        .chain(around(head, title).map(|language| (language, Source::Meta)));
    let all: Vec<(&str, Source)> = all.collect();
    let by = |read: fn(&str) -> Option<String>| {
        all.iter().find_map(|(value, source)| Some((read(value)?, *source)))
    };
    by(language_tag).or_else(|| by(language_named))
}

/// The language of the boxes around the title, the innermost first; without a title, that of the body.
fn around(head: Head<'_>, title: Option<NodeId>) -> impl Iterator<Item = &str> {
    /// Boxes are nested no deeper where it is the article's.
    const UP: usize = 50;
    let inner = title.or(head.index.body).into_iter();
    let boxes = inner.flat_map(move |id| head.arena.with_ancestors(id)).take(UP);
    boxes.filter_map(move |id| attribute(head.arena, id, &local_name!("lang")))
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

/// The tag of a language that is called by its name.
fn language_named(value: &str) -> Option<String> {
    let name = value.to_lowercase();
    let (tag, _) = LANGUAGES.iter().find(|(_, names)| names.split(' ').any(|have| have == name))?;
    Some((*tag).to_owned())
}

/// Languages by the names that some pages have in place of tags, in English and in themselves.
const LANGUAGES: [(&str, &str); 21] = [
    ("ar", "arabic العربية"),
    ("cs", "czech čeština"),
    ("da", "danish dansk"),
    ("de", "german deutsch"),
    ("en", "english"),
    ("es", "spanish español"),
    ("fi", "finnish suomi"),
    ("fr", "french français"),
    ("it", "italian italiano"),
    ("ja", "japanese 日本語"),
    ("ko", "korean 한국어"),
    ("nl", "dutch nederlands"),
    ("no", "norwegian norsk"),
    ("pl", "polish polski"),
    ("pt", "portuguese português"),
    ("ru", "russian русский"),
    ("sv", "swedish svenska"),
    ("tr", "turkish türkçe"),
    ("uk", "ukrainian українська"),
    ("vi", "vietnamese"),
    ("zh", "chinese 中文"),
];

/// Makes an address absolute. Only addresses that lead to pages and files do: no `javascript:`, no `data:`.
pub(crate) fn resolve(address: &str, base: Option<&Url>) -> Option<Url> {
    let address = address.trim();
    let url = match base {
        Some(base) => base.join(address),
        // The page's own scheme stands before it, and that is nearly always this one.
        None if address.starts_with("//") => Url::parse(&format!("https:{address}")),
        None => Url::parse(address),
    };
    url.ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// The address that stands for a page's where that is not known: the one that it calls its own. It must name one page of
/// one host. A text that is taken over names its origin, and a site's root stands in templates.
pub(super) fn own_address(head: Head<'_>) -> Option<Url> {
    fn host(url: &Url) -> &str {
        let host = url.host_str().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }
    let own = resolve(head.rel("canonical").find(|link| link.is_link)?.href, None)?;
    let mut others = head.metas(&["og:url", "twitter:url"]).filter_map(|(url, _)| resolve(url, None));
    let names_page = host(&own).contains('.') && own.path() != "/";
    (names_page && others.all(|other| host(&other) == host(&own))).then_some(own)
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
    let items = head.items_of_page("image").map(|url| (url, Source::Microdata));
    metas
        .chain(json)
        .chain(links)
        .chain(items)
        .find_map(|(url, source)| Some((resolve(url, base)?.to_string(), source)))
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
    .or_else(|| {
        let items = head.items_of_page("description").map(plain);
        Some((items.into_iter().find(|text| !text.is_empty())?, Source::Microdata))
    })
}

/// The second title: declared, or the element behind the title that its class calls so. `titles` are what it would repeat.
pub(super) fn subtitle(
    head: Head<'_>,
    facts: &Facts,
    title: Option<NodeId>,
    titles: &[&Found],
    order: Order,
) -> Found {
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
        Some((element_text(head.arena, id, LONGEST), Source::Visible))
    };
    let repeats = |text: &str| titles.iter().copied().flatten().any(|(title, _)| key(title) == key(text));
    let is_title = |(text, _): &(String, Source)| {
        !text.is_empty() && text.len() <= LONGEST && !repeats(text) && !is_byline(text, order)
    };
    declared.filter(is_title).or_else(|| item().filter(is_title)).or_else(|| seen().filter(is_title))
}

/// True for a date or a byline where the second title should stand.
fn is_byline(text: &str, order: Order) -> bool {
    /// What stands beside a date: `by Ada Quist`, and the time.
    const MOST_WORDS: usize = 5;
    const LONGEST: usize = 160;
    let mut rest = text.to_owned();
    if text.len() > LONGEST || is_all(text, None, order) {
        return text.len() <= LONGEST;
    }
    for found in find_all(text, order).into_iter().rev() {
        rest.replace_range(found.at, " ");
    }
    let words = rest.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    rest != text && (words <= MOST_WORDS || after_by(text).is_some())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        assert_eq!(language_tag("en_US").as_deref(), Some("en-US"));
        assert_eq!(language_tag("de, en").as_deref(), Some("de"));
        assert_eq!(language_tag("English"), None);
        assert_eq!(language_named("English").as_deref(), Some("en"));
        assert_eq!(language_named("Français").as_deref(), Some("fr"));
        assert_eq!(language_named("Owlish"), None);
        assert_eq!(language_tag("utf-8"), None);
        assert_eq!(language_tag(""), None);
    }
}
