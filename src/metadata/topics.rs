//! What a page is about: its tags, and the sections of the site that it stands in.

use super::Source;
use super::head::{Head, Link, property_value};
use super::json_ld::Facts;
use super::text::{element_text, fold, plain, tag};
use super::visible::has_word;
use crate::document::{Arena, NodeId, Tag};

/// A page has no more tags or sections than this.
const MOST: usize = 50;

/// The longest name of a tag or a section, in characters.
const LONGEST: usize = 80;

type Names = Option<(Vec<String>, Source)>;

/// The page's tags or keywords, each once: from the first vocabulary that has any.
pub(super) fn tags(head: Head<'_>, facts: &Facts, title: Option<NodeId>) -> Names {
    const METAS: &[(&[&str], Source)] = &[
        (&["citation_keywords", "citation_keyword"], Source::Citation),
        (&["dc.subject", "dcterms.subject"], Source::DublinCore),
        (&["news_keywords", "keywords", "parsely-tags", "sailthru.tags"], Source::Meta),
    ];
    let open_graph = ["article:tag", "og:article:tag", "og:video:tag", "article.tag"];
    let in_metas = || METAS.iter().find_map(|(names, source)| listed(metas(head, names), *source));
    let items = || head.properties(&["keywords"]).map(|id| property_value(head.arena, id, 500)).collect();
    listed(metas(head, &open_graph), Source::OpenGraph)
        .or_else(|| listed(facts.tags.clone(), Source::JsonLd))
        .or_else(in_metas)
        .or_else(|| listed(items(), Source::Microdata))
        .or_else(|| shown(head, title, head.rel("tag").filter(|link| !link.is(CATEGORY))))
        // Some write here what only their own programs use.
        .or_else(|| listed(metas(head, &["tags"]), Source::Meta))
}

/// The sections of the site, each once: from the first vocabulary that has any.
pub(super) fn sections(head: Head<'_>, facts: &Facts, title: Option<NodeId>) -> Names {
    let open_graph = ["article:section", "og:article:section", "article.section", "article:category"];
    let items = || {
        let ids = head.properties(&["articlesection"]).take(MOST);
        ids.map(|id| property_value(head.arena, id, 200)).collect()
    };
    listed(metas(head, &open_graph), Source::OpenGraph)
        .or_else(|| listed(facts.sections.clone(), Source::JsonLd))
        .or_else(|| listed(metas(head, &["parsely-section", "section", "prism.section"]), Source::Meta))
        .or_else(|| listed(items(), Source::Microdata))
        .or_else(|| shown(head, title, head.rel(CATEGORY)))
        .or_else(|| listed(metas(head, &["category", "categories"]), Source::Meta))
}

fn metas(head: Head<'_>, names: &[&str]) -> Vec<String> {
    head.metas(names).map(|(value, _)| plain(value)).collect()
}

/// The names in lists of these.
fn listed(values: Vec<String>, source: Source) -> Names {
    named(values.iter().flat_map(|value| value.split([',', ';', '，', '、'])), source)
}

/// Names, each once.
fn named<'a>(values: impl Iterator<Item = &'a str>, source: Source) -> Names {
    let mut names: Vec<String> = Vec::new();
    for name in values.map(fold) {
        let is_name =
            (1..=LONGEST).contains(&name.chars().count()) && name.chars().any(char::is_alphanumeric);
        let is_new = |have: &String| have.to_lowercase() != name.to_lowercase();
        if is_name && names.len() < MOST && names.iter().all(is_new) {
            names.push(name);
        }
    }
    (!names.is_empty()).then_some((names, source))
}

/// WordPress calls the links to categories `category tag`.
const CATEGORY: &str = "category";

/// The texts of links, as far as they are those of the page and not of another that it teases.
fn shown<'a>(head: Head<'a>, title: Option<NodeId>, links: impl Iterator<Item = Link<'a>>) -> Names {
    let arena = head.arena;
    let own = title.and_then(|title| place(arena, title).article);
    let links = links.take(4 * MOST).map(|link| (link.node, place(arena, link.node)));
    let links: Vec<(NodeId, Place)> = links.filter(|(_, place)| !place.is_apart).collect();
    // Where the title stands in none, one article is the page's, and several are others.
    let mut articles: Vec<NodeId> = links.iter().filter_map(|(_, place)| place.article).collect();
    articles.dedup();
    let is_own = |article: NodeId| own.map_or(articles.len() == 1, |own| own == article);
    let of_page = links.iter().filter(|(_, place)| place.article.is_none_or(is_own));
    let texts: Vec<String> = of_page.map(|(id, _)| element_text(arena, *id, LONGEST)).collect();
    named(texts.iter().map(String::as_str), Source::Visible)
}

/// Where on the page something stands.
#[derive(Clone, Copy)]
struct Place {
    /// The `article` around it.
    article: Option<NodeId>,
    /// True in a box of other pages.
    is_apart: bool,
}

fn place(arena: &Arena, id: NodeId) -> Place {
    /// Links stand no deeper in their article, and not deeper in a box.
    const UP: usize = 30;
    const APART: &[&str] = &[
        "related",
        "recommended",
        "recommendations",
        "popular",
        "recent",
        "latest",
        "similar",
        "sidebar",
        "teaser",
    ];
    let mut found = Place { article: None, is_apart: false };
    for id in arena.with_ancestors(id).take(UP) {
        match tag(arena, id) {
            Some(Tag::Article) => {
                found.article = Some(id);
                break;
            }
            Some(Tag::Body) => break,
            _ => found.is_apart |= has_word(arena, id, APART),
        }
    }
    found
}
