//! One walk that collects what a page says about itself: `<meta>`, `<link>`, microdata, JSON-LD, headings.

use html5ever::local_name;

use super::Source;
use super::text::{attribute, element_text, following, plain};
use crate::document::{Arena, Data, NodeId, Tag};

/// More than this many of one kind is noise or an attack.
const MOST: usize = 2000;

/// A `<link>` or an `<a>` with a `rel`.
pub(super) struct Link<'a> {
    pub(super) rel: String,
    pub(super) href: &'a str,
    /// True for `<link>`, false for `<a>`.
    pub(super) is_link: bool,
    pub(super) node: NodeId,
}

/// What the walk found.
#[derive(Default)]
pub(super) struct Head<'a> {
    /// `name` or `property` in lower case, with `content`.
    metas: Vec<(String, &'a str)>,
    pub(super) links: Vec<Link<'a>>,
    /// `itemprop` or RDFa `property`, in lower case and without prefix, of elements.
    properties: Vec<(String, NodeId)>,
    pub(super) title: Option<String>,
    pub(super) base: Option<&'a str>,
    pub(super) language: Option<&'a str>,
    /// The texts of JSON-LD scripts.
    pub(super) scripts: Vec<&'a str>,
    pub(super) h1s: Vec<NodeId>,
    /// `h2` and `h3`, for pages without `h1`.
    pub(super) lower_headings: Vec<NodeId>,
}

impl<'a> Head<'a> {
    pub(super) fn scan(arena: &'a Arena) -> Head<'a> {
        let mut head = Head::default();
        let mut at = Some(NodeId::ROOT);
        while let Some(id) = at {
            if let Some(Data::Element(element)) = arena.get(id).map(|node| &node.data) {
                head.element(arena, id, element.tag);
            }
            at = following(arena, id, NodeId::ROOT, true);
        }
        head
    }

    fn element(&mut self, arena: &'a Arena, id: NodeId, tag: Tag) {
        match tag {
            Tag::Meta => self.meta(arena, id),
            Tag::Link | Tag::A => {
                if let (Some(rel), Some(href)) =
                    (attribute(arena, id, &local_name!("rel")), attribute(arena, id, &local_name!("href")))
                    && self.links.len() < MOST
                {
                    let rel = rel.to_ascii_lowercase();
                    self.links.push(Link { rel, href, is_link: tag == Tag::Link, node: id });
                }
            }
            Tag::Base if self.base.is_none() => self.base = attribute(arena, id, &local_name!("href")),
            Tag::Html if self.language.is_none() => {
                self.language = attribute(arena, id, &local_name!("lang"))
            }
            Tag::Title if self.title.is_none() => {
                self.title = Some(plain(&element_text(arena, id, 2000))).filter(|title| !title.is_empty());
            }
            Tag::Script => {
                let is_json = attribute(arena, id, &local_name!("type"))
                    .is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"));
                let child = arena.get(id).and_then(|node| arena.get(node.first_child)).map(|node| &node.data);
                if let (true, Some(Data::Text(span))) = (is_json, child) {
                    self.scripts.push(arena.str(*span));
                }
            }
            Tag::H1 if self.h1s.len() < MOST => self.h1s.push(id),
            Tag::H2 | Tag::H3 if self.lower_headings.len() < MOST => self.lower_headings.push(id),
            _ => {}
        }
        let property = match attribute(arena, id, &local_name!("itemprop")) {
            None if tag != Tag::Meta => attribute(arena, id, &local_name!("property")),
            name => name,
        };
        for name in property.into_iter().flat_map(str::split_whitespace) {
            if self.properties.len() < MOST {
                let name = name.rsplit([':', '/']).next().unwrap_or(name);
                self.properties.push((name.to_ascii_lowercase(), id));
            }
        }
    }

    fn meta(&mut self, arena: &'a Arena, id: NodeId) {
        let Some(content) = attribute(arena, id, &local_name!("content")) else { return };
        // `property` may list several names; a `name` is one, whatever is in it.
        let name = attribute(arena, id, &local_name!("name"));
        let directive = attribute(arena, id, &local_name!("http-equiv"));
        let names = name.into_iter().chain(directive);
        let property = attribute(arena, id, &local_name!("property"));
        for name in names.chain(property.into_iter().flat_map(str::split_whitespace)) {
            if self.metas.len() < MOST {
                self.metas.push((meta_name(name), content));
            }
        }
    }

    /// The values of the metas with one of the names; the names' order goes before the page's.
    pub(super) fn metas(&self, names: &[&str]) -> impl Iterator<Item = (&'a str, Source)> {
        names.iter().flat_map(move |&name| {
            self.metas
                .iter()
                .filter(move |(have, _)| have == name)
                .map(move |&(_, value)| (value, source(name)))
        })
    }

    /// The values of the metas whose name has one of the words in it.
    pub(super) fn metas_like(&self, words: &[&str]) -> impl Iterator<Item = &'a str> {
        self.metas
            .iter()
            .filter(|(name, _)| words.iter().any(|word| name.contains(word)))
            .map(|&(_, value)| value)
    }

    /// The elements with one of the item properties.
    pub(super) fn properties(&self, names: &[&str]) -> impl Iterator<Item = NodeId> {
        names.iter().flat_map(move |&name| {
            self.properties.iter().filter(move |(have, _)| have == name).map(|&(_, id)| id)
        })
    }

    /// The links with a `rel` of that name.
    pub(super) fn rel(&self, name: &str) -> impl Iterator<Item = &Link<'a>> {
        self.links.iter().filter(move |link| link.rel.split_ascii_whitespace().any(|rel| rel == name))
    }
}

/// A meta's name in lower case; Dublin Core's may be written with a colon.
fn meta_name(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    match name.split_once(':') {
        Some((prefix @ ("dc" | "dcterms" | "dcterm"), rest)) => {
            format!("{}.{rest}", if prefix == "dc" { "dc" } else { "dcterms" })
        }
        _ => name,
    }
}

/// Which vocabulary a meta's name belongs to.
fn source(name: &str) -> Source {
    let prefix = name.split([':', '.', '_']).next().unwrap_or(name);
    match prefix {
        "og" | "article" | "book" | "video" => Source::OpenGraph,
        "twitter" => Source::Twitter,
        "dc" | "dcterms" => Source::DublinCore,
        "citation" => Source::Citation,
        _ => Source::Meta,
    }
}

/// The value of an element with an item property: where microdata puts it, or else its text.
pub(super) fn property_value(arena: &Arena, id: NodeId, limit: usize) -> String {
    for name in [&local_name!("content"), &local_name!("datetime")] {
        if let Some(value) = attribute(arena, id, name) {
            return plain(value);
        }
    }
    element_text(arena, id, limit)
}
