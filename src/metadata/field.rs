//! The names of what a page says of itself, and of where it says so.

use serde::Serialize;

/// A field of [`Metadata`](super::Metadata).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Field {
    /// [`Metadata::title`](super::Metadata::title).
    Title,
    /// [`Metadata::declared_title`](super::Metadata::declared_title).
    DeclaredTitle,
    /// [`Metadata::subtitle`](super::Metadata::subtitle).
    Subtitle,
    /// [`Metadata::authors`](super::Metadata::authors).
    Authors,
    /// [`Metadata::byline`](super::Metadata::byline).
    Byline,
    /// [`Metadata::organisations`](super::Metadata::organisations).
    Organisations,
    /// [`Metadata::published`](super::Metadata::published).
    Published,
    /// [`Metadata::modified`](super::Metadata::modified).
    Modified,
    /// [`Metadata::site_name`](super::Metadata::site_name).
    SiteName,
    /// [`Metadata::language`](super::Metadata::language).
    Language,
    /// [`Metadata::canonical_url`](super::Metadata::canonical_url).
    CanonicalUrl,
    /// [`Metadata::image`](super::Metadata::image).
    Image,
    /// [`Metadata::description`](super::Metadata::description).
    Description,
    /// [`Metadata::tags`](super::Metadata::tags).
    Tags,
    /// [`Metadata::sections`](super::Metadata::sections).
    Sections,
    /// [`Metadata::licence`](super::Metadata::licence).
    Licence,
    /// [`Metadata::is_free`](super::Metadata::is_free).
    IsFree,
    /// [`Metadata::next_page`](super::Metadata::next_page).
    NextPage,
    /// [`Metadata::previous_page`](super::Metadata::previous_page).
    PreviousPage,
}

impl Field {
    /// Every field.
    pub const ALL: &[Field] = &[
        Field::Title,
        Field::DeclaredTitle,
        Field::Subtitle,
        Field::Authors,
        Field::Byline,
        Field::Organisations,
        Field::Published,
        Field::Modified,
        Field::SiteName,
        Field::Language,
        Field::CanonicalUrl,
        Field::Image,
        Field::Description,
        Field::Tags,
        Field::Sections,
        Field::Licence,
        Field::IsFree,
        Field::NextPage,
        Field::PreviousPage,
    ];
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
    /// The text itself: only for a language, and only with the feature `detect-language`.
    Detected,
}
