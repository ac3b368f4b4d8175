//! What the page says of itself: title, authors, dates, site, addresses, tags, licence.
//!
//! The same thing is said in many vocabularies, none of which is to be trusted alone. For each field the sources
//! are asked in order of how often they are right, and the one that answered is kept beside the value.

mod authors;
mod banner;
mod byline_labels;
mod byline_words;
mod calendar;
mod date_address;
mod date_machine;
mod date_order;
mod date_text;
mod date_words;
mod dateline;
mod dates;
#[cfg(feature = "detect-language")]
mod detect;
mod eras;
mod field;
mod fields;
mod firms;
mod head;
mod headline;
mod json_ld;
mod licence;
mod local_day;
mod marks;
mod months;
mod names;
mod neighbours;
mod page;
mod repair;
mod schema;
mod signature;
mod site;
mod text;
mod title;
mod topics;
mod visible;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use serde::{Serialize, Serializer};
use url::Url;

use crate::Document;
#[cfg(feature = "detect-language")]
use crate::blocks::Blocks;
use authors::Signed;
use page::{Found, Page};
use visible::Visible;

pub use field::{Field, Source};
pub(crate) use fields::resolve as address;
pub(crate) use signature::PostBounds;
pub(crate) use text::{
    attribute, breaks_line, element_text, fold, following, following_leaving, key, plain, split_name, tag,
    title_text,
};
pub(crate) use visible::class_words;

/// What a page says of itself. Texts are without markup, their white space folded; addresses are absolute.
///
/// It is a view of the extraction: a field is read when it is first asked for, and kept. Only authors, dates and the
/// site's name take a look at the visible page, and only where nothing else names them or a time is in UTC, so that they
/// cost nothing unless asked for.
///
/// In JSON it is an object with a key for each field and, under `sources`, where each value was found.
#[derive(Clone, Copy)]
pub struct Metadata<'a> {
    document: &'a Document,
    url: Option<&'a Url>,
    cache: &'a Cache,
    #[cfg(feature = "detect-language")]
    text: Option<(&'a Blocks, &'a [bool])>,
}

type Names = Option<(Vec<String>, Source)>;

/// What has been read of a page's metadata so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cache {
    page: OnceLock<Page>,
    visible: OnceLock<Visible>,
    /// The dates in lines near the title, each with its label.
    dated: OnceLock<Vec<(String, String)>>,
    #[cfg(feature = "detect-language")]
    detected: OnceLock<Found>,
    authors: OnceLock<Option<Signed>>,
    site_name: OnceLock<Found>,
    published: OnceLock<Found>,
    modified: OnceLock<Found>,
}

impl<'a> Metadata<'a> {
    /// The metadata of a document. `url` is where the page came from, if that is known.
    pub(crate) fn new(document: &'a Document, url: Option<&'a Url>, cache: &'a Cache) -> Metadata<'a> {
        Metadata {
            document,
            url,
            cache,
            #[cfg(feature = "detect-language")]
            text: None,
        }
    }

    /// The same with the text by which a language is known that the page does not declare.
    #[cfg(feature = "detect-language")]
    pub(crate) fn with_text(self, blocks: &'a Blocks, chosen: &'a [bool]) -> Metadata<'a> {
        Metadata { text: Some((blocks, chosen)), ..self }
    }

    /// The title, without the name of the site.
    pub fn title(&self) -> Option<&'a str> {
        text(&self.page().title)
    }

    /// The title as the page declares it, uncut: with the site's name where the page has it there. `None` where it
    /// declares none; a heading is no declaration.
    ///
    /// Of several declarations the first in this order: `headline` or `name` in JSON-LD, Dublin Core, Open Graph, metas
    /// for scholarly indexes and Twitter's cards, other metas, `<title>`, microdata's `headline`. The former are written
    /// for programs that want the article's title, `<title>` for a browser's tab. One that is no more than the site's
    /// name comes last, and of `headline` and `name` the one that `<title>` has in it goes first.
    pub fn declared_title(&self) -> Option<&'a str> {
        text(&self.page().declared_title)
    }

    /// A second title that goes on where the first ends, by `alternativeHeadline` or the class of an element under
    /// the title. No date, no byline, and not the title again.
    pub fn subtitle(&self) -> Option<&'a str> {
        text(&self.page().subtitle)
    }

    /// The authors' names, each once, without "By", roles and credentials. An organisation is among them only if
    /// the page names no person.
    pub fn authors(&self) -> &'a [String] {
        self.found_authors().map_or(&[], |signed| &signed.names)
    }

    /// What [`Metadata::authors`] was read from, uncut: with "By", roles, dates and what else stands there. White space
    /// is folded.
    ///
    /// It is of the same [`source`](Metadata::source). Names that the page declares one by one are joined by `, `, or by
    /// `; ` where any of them holds a comma. Of what only readers see, it is the text of the element that class or link
    /// call the author's, or else of the whole line. `None` if that is longer than 1,000 bytes.
    pub fn byline(&self) -> Option<&'a str> {
        self.found_authors().and_then(|signed| signed.byline.as_deref())
    }

    /// The authors that JSON-LD declares to be organisations.
    pub fn organisations(&self) -> &'a [String] {
        &self.page().facts.organisations
    }

    /// When the page was published, in ISO 8601: `2024-05-20`, or with time and offset where the page gives them
    /// (`2024-05-20T10:15:30+02:00`). From 1990 on, never later than tomorrow; never the date of a change.
    ///
    /// Of a time that is declared in UTC and falls on another day there than where the page was written, it is what the
    /// page or its address shows, if there is a time zone in which both are true.
    pub fn published(&self) -> Option<&'a str> {
        text(self.found_published())
    }

    /// When the page was changed last, in the same form as [`Metadata::published`].
    pub fn modified(&self) -> Option<&'a str> {
        text(self.found_modified())
    }

    /// The one date to sort pages by: that of publication or, on a page that gives none, that of the last change.
    pub fn date(&self) -> Option<&'a str> {
        self.published().or_else(|| self.modified())
    }

    /// The name of the site: as the page declares it, or else what `<title>` has beside the title, as the page's banner
    /// and host confirm it, or else the banner. What declares no more than the host in small letters, or all of
    /// `<title>`, gives way to these.
    pub fn site_name(&self) -> Option<&'a str> {
        text(self.found_site_name())
    }

    /// The language as a BCP 47 tag, as the page declares it: `en`, `pt-BR`; that of the title's box where nothing speaks
    /// for the page. With the feature `detect-language`,
    /// that of the text where the page declares none.
    pub fn language(&self) -> Option<&'a str> {
        text(self.found_language())
    }

    /// The address that the page calls its own.
    pub fn canonical_url(&self) -> Option<&'a str> {
        text(&self.page().canonical_url)
    }

    /// The address of the image that stands for the page.
    pub fn image(&self) -> Option<&'a str> {
        text(&self.page().image)
    }

    /// The summary that the page gives to search engines and networks.
    pub fn description(&self) -> Option<&'a str> {
        text(&self.page().description)
    }

    /// Tags or keywords, each once, at most 50. Links to categories are [`Metadata::sections`].
    pub fn tags(&self) -> &'a [String] {
        list(&self.page().tags)
    }

    /// The sections of the site that the page stands in, each once, at most 50.
    pub fn sections(&self) -> &'a [String] {
        list(&self.page().sections)
    }

    /// The address of the licence, or its name where the page gives no address. Reserved rights are none, nor are the
    /// licences of pictures.
    pub fn licence(&self) -> Option<&'a str> {
        text(&self.page().licence)
    }

    /// False for a page that declares itself to be behind a paywall, true for one that declares that it is not.
    pub fn is_free(&self) -> Option<bool> {
        self.page().is_free.map(|(is_free, _)| is_free)
    }

    /// The address of the page on which the text goes on: the page's own but for a number that counts pages, and so not
    /// the next post of a blog.
    pub fn next_page(&self) -> Option<&'a str> {
        text(&self.page().next_page)
    }

    /// The address of the page on which the text began or went on.
    pub fn previous_page(&self) -> Option<&'a str> {
        text(&self.page().previous_page)
    }

    /// Where the value of a field was found; `None` where there is no value.
    pub fn source(&self, field: Field) -> Option<Source> {
        let page = self.page();
        let of = |found: &Found| found.as_ref().map(|(_, source)| *source);
        let of_list = |found: &Names| found.as_ref().map(|(_, source)| *source);
        match field {
            Field::Title => of(&page.title),
            Field::DeclaredTitle => of(&page.declared_title),
            Field::Subtitle => of(&page.subtitle),
            Field::Authors => self.found_authors().map(|signed| signed.source),
            Field::Byline => self.byline().and_then(|_| self.source(Field::Authors)),
            Field::Organisations => (!page.facts.organisations.is_empty()).then_some(Source::JsonLd),
            Field::Published => of(self.found_published()),
            Field::Modified => of(self.found_modified()),
            Field::SiteName => of(self.found_site_name()),
            Field::Language => of(self.found_language()),
            Field::CanonicalUrl => of(&page.canonical_url),
            Field::Image => of(&page.image),
            Field::Description => of(&page.description),
            Field::Tags => of_list(&page.tags),
            Field::Sections => of_list(&page.sections),
            Field::Licence => of(&page.licence),
            Field::IsFree => page.is_free.map(|(_, source)| source),
            Field::NextPage => of(&page.next_page),
            Field::PreviousPage => of(&page.previous_page),
        }
    }

    /// Where the page came from, if that is known.
    pub(crate) fn url(&self) -> Option<&'a str> {
        self.url.map(Url::as_str)
    }

    /// The address that names the page's host.
    pub(crate) fn host(&self) -> Option<&'a Url> {
        self.page().host.as_ref()
    }

    /// What addresses on the page are relative to.
    pub(crate) fn base(&self) -> Option<Url> {
        self.page().base.clone()
    }

    /// The values in the page's JSON-LD.
    pub(crate) fn json_ld(&self) -> Vec<serde_json::Value> {
        self.context().head().scripts().flat_map(repair::values).collect()
    }

    /// The value of the first meta with one of the names.
    pub(crate) fn meta(&self, names: &[&str]) -> Option<&'a str> {
        self.context().head().metas(names).map(|(value, _)| value).next()
    }

    /// Who wrote one post of a thread, and when.
    pub(crate) fn signature(&self, post: &PostBounds<'_>) -> (Option<String>, Option<String>) {
        signature::read(self.document.arena(), post, self.page().order)
    }

    /// True for a line that says no more than who wrote a post, and when.
    pub(crate) fn is_signature(&self, line: &str, author: Option<&str>) -> bool {
        signature::is_all(line, author, self.page().order)
    }

    /// True for a line beside such that says nothing at all.
    pub(crate) fn is_idle(&self, line: &str) -> bool {
        signature::is_idle(line, self.page().order)
    }

    /// True for a text with a date in it.
    pub(crate) fn has_date(&self, text: &str) -> bool {
        date_text::find(text, self.page().order).is_some()
    }

    /// True for a line below a post that says no more than when it was written or changed.
    pub(crate) fn is_note(&self, line: &str, author: Option<&str>) -> bool {
        signature::is_note(line, author, self.page().order)
    }

    fn page(&self) -> &'a Page {
        self.cache.page.get_or_init(|| Page::read(self.document, self.url))
    }

    fn visible(&self) -> &'a Visible {
        let look = || Visible::look(self.document.arena(), self.page().title_node);
        self.cache.visible.get_or_init(look)
    }

    #[cfg(not(feature = "detect-language"))]
    fn found_language(&self) -> &'a Found {
        &self.page().language
    }

    #[cfg(feature = "detect-language")]
    fn found_language(&self) -> &'a Found {
        let declared = &self.page().language;
        let Some((blocks, chosen)) = self.text.filter(|_| declared.is_none()) else { return declared };
        self.cache.detected.get_or_init(|| {
            let texts = blocks.blocks.iter().zip(chosen).filter(|(_, chosen)| **chosen);
            let found = detect::language(texts.map(|(block, _)| blocks.text_of(block)));
            found.map(|tag| (tag, Source::Detected))
        })
    }

    fn found_site_name(&self) -> &'a Found {
        let page = self.page();
        let tab = self.context().head().title().unwrap_or_default();
        let is_name = |(name, _): &(String, Source)| {
            !site::is_host(&text::key(name), page.host.as_ref()) && !site::is_tab(name, tab)
        };
        if page.site_name.as_ref().is_some_and(is_name) {
            return &page.site_name;
        }
        let declared = || page.site_name.clone();
        let shown = || site::shown(&self.context(), text(&page.site_name)).or_else(declared);
        self.cache.site_name.get_or_init(shown)
    }

    fn found_authors(&self) -> Option<&'a Signed> {
        self.cache.authors.get_or_init(|| authors::find(&self.context())).as_ref()
    }

    fn found_published(&self) -> &'a Found {
        self.cache.published.get_or_init(|| dates::published(&self.context()))
    }

    fn found_modified(&self) -> &'a Found {
        self.cache.modified.get_or_init(|| dates::modified(&self.context()))
    }

    fn context(&self) -> Context<'a> {
        Context { metadata: *self, page: self.page() }
    }
}

/// What authors and dates are searched in: what was read of the page, and the visible page when it is needed.
struct Context<'a> {
    metadata: Metadata<'a>,
    page: &'a Page,
}

impl<'a> Context<'a> {
    fn arena(&self) -> &'a crate::document::Arena {
        self.metadata.document.arena()
    }

    fn head(&self) -> head::Head<'a> {
        head::Head { arena: self.arena(), index: &self.page.index }
    }

    fn visible(&self) -> &'a Visible {
        self.metadata.visible()
    }
}

fn text(found: &Found) -> Option<&str> {
    found.as_ref().map(|(text, _)| text.as_str())
}

fn list(found: &Names) -> &[String] {
    found.as_ref().map_or(&[], |(list, _)| list)
}

/// All fields, by the names that JSON has for them.
#[derive(Debug, Serialize)]
struct Fields<'a> {
    title: Option<&'a str>,
    declared_title: Option<&'a str>,
    subtitle: Option<&'a str>,
    authors: &'a [String],
    byline: Option<&'a str>,
    organisations: &'a [String],
    published: Option<&'a str>,
    modified: Option<&'a str>,
    site_name: Option<&'a str>,
    language: Option<&'a str>,
    canonical_url: Option<&'a str>,
    image: Option<&'a str>,
    description: Option<&'a str>,
    tags: &'a [String],
    sections: &'a [String],
    licence: Option<&'a str>,
    is_free: Option<bool>,
    next_page: Option<&'a str>,
    previous_page: Option<&'a str>,
    sources: BTreeMap<Field, Source>,
}

impl Metadata<'_> {
    fn fields(&self) -> Fields<'_> {
        Fields {
            title: self.title(),
            declared_title: self.declared_title(),
            subtitle: self.subtitle(),
            authors: self.authors(),
            byline: self.byline(),
            organisations: self.organisations(),
            published: self.published(),
            modified: self.modified(),
            site_name: self.site_name(),
            language: self.language(),
            canonical_url: self.canonical_url(),
            image: self.image(),
            description: self.description(),
            tags: self.tags(),
            sections: self.sections(),
            licence: self.licence(),
            is_free: self.is_free(),
            next_page: self.next_page(),
            previous_page: self.previous_page(),
            sources: Field::ALL.iter().filter_map(|&field| Some((field, self.source(field)?))).collect(),
        }
    }
}

impl Serialize for Metadata<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.fields().serialize(serializer)
    }
}

impl fmt::Debug for Metadata<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fields().fmt(f)
    }
}

#[cfg(test)]
mod tests;
