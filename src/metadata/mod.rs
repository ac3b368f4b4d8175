//! What the page says of itself: title, authors, dates, site, addresses, tags, licence.
//!
//! The same thing is said in many vocabularies, none of which is to be trusted alone. For each field the sources
//! are asked in order of how often they are right, and the one that answered is kept beside the value.

mod authors;
mod byline_words;
mod date_text;
mod dates;
mod fields;
mod head;
mod json_ld;
mod marks;
mod months;
mod names;
mod repair;
mod text;
mod title;
mod visible;

use std::collections::BTreeMap;

use html5ever::local_name;
use serde::Serialize;
use url::Url;

use crate::Document;
use crate::document::NodeId;
use date_text::Order;
use head::{Head, property_value};
use text::{element_text, key, plain};
use title::{Candidate, Heading};
use visible::Visible;

/// A field of [`Metadata`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Field {
    /// [`Metadata::title`].
    Title,
    /// [`Metadata::authors`].
    Authors,
    /// [`Metadata::published`].
    Published,
    /// [`Metadata::modified`].
    Modified,
    /// [`Metadata::site_name`].
    SiteName,
    /// [`Metadata::language`].
    Language,
    /// [`Metadata::canonical_url`].
    CanonicalUrl,
    /// [`Metadata::image`].
    Image,
    /// [`Metadata::description`].
    Description,
    /// [`Metadata::tags`].
    Tags,
    /// [`Metadata::licence`].
    Licence,
    /// [`Metadata::next_page`].
    NextPage,
}

/// Where in the page a value was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Source {
    /// A `<script type="application/ld+json">`.
    JsonLd,
    /// A meta of the Open Graph protocol: `og:…`, `article:…`.
    OpenGraph,
    /// A meta of Dublin Core: `dc.…`, `dcterms.…`.
    DublinCore,
    /// A meta for Twitter cards: `twitter:…`.
    Twitter,
    /// A meta for scholarly indexes: `citation_…`.
    Citation,
    /// An element with an `itemprop` or an RDFa `property`.
    Microdata,
    /// Another meta, a `<link>`, the `<title>` or the page's `lang`.
    Meta,
    /// What readers see: a heading, a byline, a dateline, a link.
    Visible,
    /// The page's address.
    Url,
}

/// What a page says of itself. Texts are without markup, their white space folded; addresses are absolute.
///
/// In JSON it is an object with a key for each field and, under `sources`, where each value was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Metadata {
    title: Option<String>,
    authors: Vec<String>,
    published: Option<String>,
    modified: Option<String>,
    site_name: Option<String>,
    language: Option<String>,
    canonical_url: Option<String>,
    image: Option<String>,
    description: Option<String>,
    tags: Vec<String>,
    licence: Option<String>,
    next_page: Option<String>,
    sources: BTreeMap<Field, Source>,
}

impl Metadata {
    /// The title, without the name of the site.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The authors' names, each once, without "By", roles and credentials.
    pub fn authors(&self) -> &[String] {
        &self.authors
    }

    /// When the page was published, in ISO 8601: `2024-05-20`, or with time and offset where the page gives them
    /// (`2024-05-20T10:15:30+02:00`). Between 1990 and 2100; never the date of a change.
    pub fn published(&self) -> Option<&str> {
        self.published.as_deref()
    }

    /// When the page was changed last, in the same form as [`Metadata::published`].
    pub fn modified(&self) -> Option<&str> {
        self.modified.as_deref()
    }

    /// The name of the site.
    pub fn site_name(&self) -> Option<&str> {
        self.site_name.as_deref()
    }

    /// The language as a BCP 47 tag, as the page declares it: `en`, `pt-BR`.
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// The address that the page calls its own.
    pub fn canonical_url(&self) -> Option<&str> {
        self.canonical_url.as_deref()
    }

    /// The address of the image that stands for the page.
    pub fn image(&self) -> Option<&str> {
        self.image.as_deref()
    }

    /// The summary that the page gives to search engines and networks.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Tags or keywords, each once, at most 50.
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// The address of the licence, or its name where the page gives no address.
    pub fn licence(&self) -> Option<&str> {
        self.licence.as_deref()
    }

    /// The address of the page on which the text goes on.
    pub fn next_page(&self) -> Option<&str> {
        self.next_page.as_deref()
    }

    /// Where the value of a field was found; `None` where there is no value.
    pub fn source(&self, field: Field) -> Option<Source> {
        self.sources.get(&field).copied()
    }

    fn keep<T>(&mut self, field: Field, found: Option<(T, Source)>) -> Option<T> {
        let (value, source) = found?;
        self.sources.insert(field, source);
        Some(value)
    }
}

/// Reads a page's metadata. `url` is where the page came from, if that is known.
pub(crate) fn read(document: &Document, url: Option<&Url>) -> Metadata {
    let arena = document.arena();
    let head = Head::scan(arena);
    let base = match head.base {
        Some(base) => fields::resolve(base, url).or_else(|| url.cloned()),
        None => url.cloned(),
    };
    let base = base.as_ref();

    let (facts, headings) = {
        let titles = title_keys(document, &head);
        let urls: Vec<String> = [url.map(Url::to_string)]
            .into_iter()
            .flatten()
            .chain(head.rel("canonical").map(|link| link.href.to_owned()))
            .chain(head.metas(&["og:url"]).map(|(url, _)| url.to_owned()))
            .take(5)
            .collect();
        (json_ld::read(&head.scripts, &titles, &urls), headings(document, &head))
    };
    let mut metadata = Metadata::default();
    // Where the address is not given, the page's own idea of it names the host as well.
    let canonical = fields::canonical(&head, &facts, base);
    let host = url.cloned().or_else(|| canonical.as_ref().and_then(|(url, _)| Url::parse(url).ok()));
    let (site, site_keys) = fields::site(&head, &facts, host.as_ref());

    let banners = |id: NodeId| is_banner(document, id, base);
    let texts: Vec<Heading> =
        headings.iter().map(|(id, text)| Heading { text: text.clone(), is_banner: banners(*id) }).collect();
    let chosen = title::choose(&candidates(document, &head, &facts), &texts, &site_keys);
    let title_node = anchor(&head, document, chosen.as_ref(), &headings);
    metadata.title = metadata.keep(Field::Title, chosen.map(|(text, source, _)| (text, source)));

    let language = fields::language(&head, &facts);
    let order = Order::of_language(language.as_ref().map(|(tag, _)| tag.as_str()));
    let visible = Visible::look(arena, title_node);
    let authors = authors::find(&authors::Context {
        arena,
        head: &head,
        facts: &facts,
        visible: &visible,
        order,
        sites: &site_keys,
    });
    let dates =
        dates::Context { arena, head: &head, facts: &facts, visible: &visible, order, url: host.as_ref() };
    metadata.authors = metadata.keep(Field::Authors, authors).unwrap_or_default();
    metadata.published = metadata.keep(Field::Published, dates.published());
    metadata.modified = metadata.keep(Field::Modified, dates.modified());
    metadata.site_name = metadata.keep(Field::SiteName, site);
    metadata.language = metadata.keep(Field::Language, language);
    metadata.canonical_url = metadata.keep(Field::CanonicalUrl, canonical);
    metadata.image = metadata.keep(Field::Image, fields::image(&head, &facts, base));
    metadata.description = metadata.keep(Field::Description, fields::description(&head, &facts));
    metadata.tags = metadata.keep(Field::Tags, fields::tags(arena, &head, &facts)).unwrap_or_default();
    metadata.licence = metadata.keep(Field::Licence, fields::licence(&head, &facts, base));
    metadata.next_page = metadata.keep(Field::NextPage, fields::next_page(&head, base, url));
    metadata
}

/// The `h1`s of the page that speak of its subject, with their texts.
fn headings(document: &Document, head: &Head<'_>) -> Vec<(NodeId, String)> {
    const MOST: usize = 20;
    let arena = document.arena();
    let ids = head.h1s.iter().copied().take(10 * MOST).filter(|&id| !visible::is_aside(arena, id)).take(MOST);
    let mut found: Vec<(NodeId, String)> = ids.map(|id| (id, element_text(arena, id, 500))).collect();
    found.retain(|(_, text)| !key(text).is_empty());
    found
}

/// True for a heading that names the site: by its class or its parent's, or because it links to the front page.
fn is_banner(document: &Document, id: NodeId, base: Option<&Url>) -> bool {
    let arena = document.arena();
    let parent = arena.get(id).map_or(NodeId::NONE, |node| node.parent);
    let named = [id, parent].iter().any(|&id| {
        let words = visible::class_words(arena, id);
        let has = |word: &str| words.iter().any(|have| have == word);
        has("logo") || has("brand") || (has("site") && (has("title") || has("name") || has("heading")))
    });
    let link = text::following(arena, id, id, true).into_iter().chain([parent]);
    let href = link.filter_map(|id| arena.attr(id, &local_name!("href"))).next();
    let leads_home = href.is_some_and(|href| {
        fields::resolve(href, base).map_or(href.trim() == "/", |url| {
            url.path() == "/" && url.query().is_none() && url.fragment().is_none()
        })
    });
    named || leads_home
}

/// No page names itself more often than this.
const MOST_CANDIDATES: usize = 40;

const TITLE_METAS: [&str; 8] = [
    "og:title",
    "citation_title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "sailthru.title",
    "parsely-title",
    "title",
];

fn title_keys(document: &Document, head: &Head<'_>) -> Vec<String> {
    let mut titles: Vec<String> = headings(document, head).iter().map(|(_, text)| key(text)).collect();
    titles.extend(head.metas(&TITLE_METAS).map(|(value, _)| key(&plain(value))));
    titles.retain(|title| !title.is_empty());
    titles.truncate(MOST_CANDIDATES);
    titles
}

fn candidates(document: &Document, head: &Head<'_>, facts: &json_ld::Facts) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let metas = |names: &[&str]| -> Vec<Candidate> {
        head.metas(names).map(|(value, source)| Candidate { text: plain(value), source }).collect()
    };
    candidates.extend(head.title.iter().map(|text| Candidate { text: text.clone(), source: Source::Meta }));
    candidates.extend(metas(&TITLE_METAS));
    candidates
        .extend(facts.titles.iter().map(|text| Candidate { text: text.clone(), source: Source::JsonLd }));
    let items = head.properties(&["headline"]).take(5).map(|id| property_value(document.arena(), id, 500));
    candidates.extend(items.map(|text| Candidate { text, source: Source::Microdata }));
    candidates.retain(|candidate| !candidate.text.is_empty() && candidate.text.len() <= 1000);
    candidates.truncate(MOST_CANDIDATES);
    candidates
}

/// Where the title stands on the page: the heading chosen, another that says the same, or the first.
fn anchor(
    head: &Head<'_>,
    document: &Document,
    chosen: Option<&(String, Source, Option<usize>)>,
    headings: &[(NodeId, String)],
) -> Option<NodeId> {
    if let Some(&(id, _)) = chosen.and_then(|(.., index)| headings.get((*index)?)) {
        return Some(id);
    }
    let title = key(&chosen?.0);
    let lower = head.lower_headings.iter().take(200).copied();
    lower
        .filter(|&id| key(&element_text(document.arena(), id, 500)) == title)
        .chain(headings.iter().map(|(id, _)| *id))
        .next()
}

#[cfg(test)]
mod tests;
