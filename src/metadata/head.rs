//! One walk that collects what a page says about itself: `<meta>`, `<link>`, microdata, JSON-LD, headings.

use html5ever::{LocalName, local_name};
use url::Url;

use super::Source;
use super::date_order::Votes;
use super::fields::resolve;
use super::text::{attribute, element_text, following, plain, tag};
use crate::document::{Arena, Data, NodeId, Tag, is_json_ld};

/// More than this many of one kind is noise or an attack.
const MOST: usize = 2000;

/// A `<link>` or an `<a>` with a `rel`.
#[derive(Clone, Debug)]
struct Rel {
    /// In lower case.
    rel: String,
    node: NodeId,
}

/// A `<link>` or an `<a>` with the `rel` that was asked for.
#[derive(Clone, Copy)]
pub(super) struct Link<'a> {
    /// In lower case.
    rel: &'a str,
    pub(super) href: &'a str,
    /// True for `<link>`, false for `<a>`.
    pub(super) is_link: bool,
    pub(super) node: NodeId,
}

impl Link<'_> {
    /// True if its `rel` has that name, whatever else it has.
    pub(super) fn is(&self, name: &str) -> bool {
        self.rel.split_ascii_whitespace().any(|rel| rel == name)
    }
}

/// Where on the page things stand that speak of it. Values are read from the page when they are asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// `name` or `property` in lower case.
    metas: Vec<(String, NodeId)>,
    links: Vec<Rel>,
    /// `itemprop` or RDFa `property`, in lower case and without prefix, of elements.
    properties: Vec<(String, NodeId)>,
    pub(super) title: Option<String>,
    base: Option<NodeId>,
    html: Option<NodeId>,
    pub(super) body: Option<NodeId>,
    scripts: Vec<NodeId>,
    pub(super) h1s: Vec<NodeId>,
    /// What its dates say of their order.
    pub(super) votes: Votes,
    /// `h2` and `h3`, for pages without `h1`.
    pub(super) lower_headings: Vec<NodeId>,
    /// Links to licences of Creative Commons.
    licences: Vec<NodeId>,
}

impl Index {
    pub(super) fn scan(arena: &Arena) -> Index {
        let mut index = Index::default();
        let mut at = Some(NodeId::ROOT);
        while let Some(id) = at {
            match arena.get(id).map(|node| &node.data) {
                Some(Data::Element(element)) => index.element(arena, id, element.tag),
                Some(Data::Text(text)) => index.votes.look(arena.str(*text)),
                _ => {}
            }
            at = following(arena, id, NodeId::ROOT, true);
        }
        index
    }

    fn element(&mut self, arena: &Arena, id: NodeId, tag: Tag) {
        match tag {
            Tag::Title if self.title.is_none() => {
                self.title = Some(plain(&element_text(arena, id, 2000))).filter(|title| !title.is_empty());
            }
            Tag::H1 if self.h1s.len() < MOST => self.h1s.push(id),
            Tag::H2 | Tag::H3 if self.lower_headings.len() < MOST => self.lower_headings.push(id),
            _ => {}
        }
        // One look at the attributes of an element for all that they may say; most have none.
        let [mut rel, mut href, mut item, mut property] = [None; 4];
        for attr in arena.attrs_of(id) {
            match attr.local {
                local_name!("rel") => rel = Some(attr.value),
                local_name!("href") => href = Some(attr.value),
                local_name!("itemprop") => item = Some(attr.value),
                local_name!("property") => property = Some(attr.value),
                _ => {}
            }
        }
        match tag {
            Tag::Meta => self.meta(arena, id),
            Tag::Link | Tag::A => {
                let leads_to_licence = |href| {
                    memchr::memmem::find(arena.str(href).as_bytes(), b"creativecommons.org/").is_some()
                };
                if tag == Tag::A && self.licences.len() < MOST && href.is_some_and(leads_to_licence) {
                    self.licences.push(id);
                }
                if let (Some(rel), Some(_)) = (rel, href)
                    && self.links.len() < MOST
                {
                    self.links.push(Rel { rel: arena.str(rel).to_ascii_lowercase(), node: id });
                }
            }
            Tag::Base if self.base.is_none() && href.is_some() => self.base = Some(id),
            Tag::Html if self.html.is_none() => self.html = Some(id),
            Tag::Body if self.body.is_none() => self.body = Some(id),
            Tag::Script => {
                let is_json = attribute(arena, id, &local_name!("type")).is_some_and(is_json_ld);
                if is_json && self.scripts.len() < MOST {
                    self.scripts.push(id);
                }
            }
            _ => {}
        }
        let names = item.or(property.filter(|_| tag != Tag::Meta));
        for name in names.into_iter().flat_map(|names| arena.str(names).split_whitespace()) {
            if self.properties.len() < MOST {
                let name = name.rsplit([':', '/']).next().unwrap_or(name);
                self.properties.push((name.to_ascii_lowercase(), id));
            }
        }
    }

    fn meta(&mut self, arena: &Arena, id: NodeId) {
        if attribute(arena, id, &local_name!("content")).is_none() {
            return;
        }
        // `property` may list several names; a `name` is one, whatever is in it.
        let name = attribute(arena, id, &local_name!("name"));
        let directive = attribute(arena, id, &local_name!("http-equiv"));
        let names = name.into_iter().chain(directive);
        let property = attribute(arena, id, &local_name!("property"));
        for name in names.chain(property.into_iter().flat_map(str::split_whitespace)) {
            if self.metas.len() < MOST {
                self.metas.push((meta_name(name), id));
            }
        }
    }
}

/// An index with the page that it is of.
#[derive(Clone, Copy)]
pub(super) struct Head<'a> {
    pub(super) arena: &'a Arena,
    pub(super) index: &'a Index,
}

impl<'a> Head<'a> {
    /// The values of the metas with one of the names; the names' order goes before the page's.
    pub(super) fn metas(self, names: &[&str]) -> impl Iterator<Item = (&'a str, Source)> {
        names.iter().flat_map(move |&name| {
            let fits = self.index.metas.iter().filter(move |(have, _)| have == name);
            fits.filter_map(move |&(_, id)| Some((self.content(id)?, source(name))))
        })
    }

    /// The values of the metas whose name has one of the words in it.
    pub(super) fn metas_like(self, words: &[&str]) -> impl Iterator<Item = &'a str> {
        let fits = self.index.metas.iter().filter(|(name, _)| words.iter().any(|word| name.contains(word)));
        fits.filter_map(move |&(_, id)| self.content(id))
    }

    fn content(self, id: NodeId) -> Option<&'a str> {
        attribute(self.arena, id, &local_name!("content"))
    }

    /// The elements with one of the item properties.
    pub(super) fn properties(self, names: &[&str]) -> impl Iterator<Item = NodeId> {
        names.iter().flat_map(move |&name| {
            self.index.properties.iter().filter(move |(have, _)| have == name).map(|&(_, id)| id)
        })
    }

    /// The values of metas with that item property, as far as no box of the page makes it that of another thing.
    pub(super) fn items_of_page(self, name: &str) -> impl Iterator<Item = &'a str> {
        /// Boxes are nested no deeper.
        const UP: usize = 50;
        let item_scope = LocalName::from("itemscope");
        let is_box = move |at: NodeId| {
            let is_root = matches!(tag(self.arena, at), Some(Tag::Html | Tag::Body));
            !is_root && self.arena.attr(at, &item_scope).is_some()
        };
        let metas = self
            .index
            .properties
            .iter()
            .filter(move |(have, id)| have == name && tag(self.arena, *id) == Some(Tag::Meta));
        let of_page = metas.filter(move |(_, id)| !self.arena.with_ancestors(*id).take(UP).any(&is_box));
        of_page.filter_map(move |&(_, id)| self.content(id))
    }

    /// The links to licences.
    pub(super) fn licences(self) -> impl Iterator<Item = NodeId> {
        self.index.licences.iter().copied()
    }

    /// The links with a `rel` of that name.
    pub(super) fn rel(self, name: &str) -> impl Iterator<Item = Link<'a>> {
        let fits = move |link: &&Rel| link.rel.split_ascii_whitespace().any(|rel| rel == name);
        self.index.links.iter().filter(fits).filter_map(move |link| {
            let href = attribute(self.arena, link.node, &local_name!("href"))?;
            let is_link = tag(self.arena, link.node) == Some(Tag::Link);
            Some(Link { rel: &link.rel, href, is_link, node: link.node })
        })
    }

    pub(super) fn title(self) -> Option<&'a str> {
        self.index.title.as_deref()
    }

    /// What addresses on the page are relative to: its `base`, or else where it came from.
    pub(super) fn base_of(self, url: Option<&Url>) -> Option<Url> {
        let base = self.index.base.and_then(|id| attribute(self.arena, id, &local_name!("href")));
        base.and_then(|base| resolve(base, url)).or_else(|| url.cloned())
    }

    /// The root's `lang`, and what XHTML has in its place.
    pub(super) fn languages(self) -> impl Iterator<Item = &'a str> {
        let names = [local_name!("lang"), LocalName::from("xml:lang")];
        let html = self.index.html.into_iter();
        html.flat_map(move |id| {
            names.clone().into_iter().filter_map(move |name| attribute(self.arena, id, &name))
        })
    }

    /// The texts of JSON-LD scripts.
    pub(super) fn scripts(self) -> impl Iterator<Item = &'a str> {
        self.index.scripts.iter().filter_map(move |&id| {
            let child = self.arena.get(self.arena.get(id)?.first_child)?;
            if let Data::Text(span) = &child.data { Some(self.arena.str(*span)) } else { None }
        })
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
