//! Who wrote the page.

use super::Source;
use super::date_text::Order;
use super::head::{Head, property_value};
use super::json_ld::Facts;
use super::names::{add, after_by, names, uninvert};
use super::text::{element_text, key, plain};
use super::visible::Visible;
use crate::document::{Arena, NodeId};

/// Visible bylines stand within so many bytes of text from the title.
const NEAR: usize = 1500;

pub(super) struct Context<'a> {
    pub(super) arena: &'a Arena,
    pub(super) head: &'a Head<'a>,
    pub(super) facts: &'a Facts,
    pub(super) visible: &'a Visible,
    pub(super) order: Order,
    /// Keys of the site's names.
    pub(super) sites: &'a [String],
}

/// The authors, from the first vocabulary that names a person; a site that signs itself comes last.
pub(super) fn find(context: &Context<'_>) -> Option<(Vec<String>, Source)> {
    let mut signed_by_site = None;
    for (found, source) in
        declared(context).into_iter().chain(std::iter::once_with(|| (by_sight(context), Source::Visible)))
    {
        if found.is_empty() {
            continue;
        }
        if found.iter().all(|name| context.sites.contains(&key(name))) {
            signed_by_site.get_or_insert((found, source));
        } else {
            return Some((found, source));
        }
    }
    signed_by_site
}

fn declared(context: &Context<'_>) -> Vec<(Vec<String>, Source)> {
    let json = listed(context.facts.authors.iter().map(String::as_str), context.order);
    let mut all = vec![(json, Source::JsonLd)];
    for keys in [
        &["citation_author", "citation_authors"] as &[&str],
        &["dc.creator", "dcterms.creator", "dc.contributor.author", "dc.creator.personalname"],
        &[
            "author",
            "parsely-author",
            "sailthru.author",
            "article:author_name",
            "byl",
            "article.author",
            "shareaholic:article_author_name",
            "rbauthors",
            "cxenseparse:author",
        ],
        &["article:author", "og:article:author", "og:author", "book:author"],
        &["twitter:creator:name"],
    ] {
        let mut source = Source::Meta;
        let mut found = Vec::new();
        for (value, from) in context.head.metas(keys) {
            source = from;
            let value = plain(value);
            let value =
                if matches!(from, Source::Citation | Source::DublinCore) { uninvert(&value) } else { value };
            for name in names(&value, context.order) {
                add(&mut found, &name);
            }
        }
        all.push((found, source));
    }
    let mut item = Vec::new();
    for id in microdata(context) {
        for name in names(&property_value(context.arena, id, 300), context.order) {
            add(&mut item, &name);
        }
    }
    all.push((item, Source::Microdata));
    all
}

fn listed<'a>(values: impl Iterator<Item = &'a str>, order: Order) -> Vec<String> {
    let mut found = Vec::new();
    for value in values {
        for name in names(value, order) {
            add(&mut found, &name);
        }
    }
    found
}

/// The elements that hold an author's name by microdata: of an author that is an item, its `name`.
fn microdata(context: &Context<'_>) -> Vec<NodeId> {
    let within = |id: NodeId, ancestor: NodeId| {
        let mut up = context.arena.get(id).and_then(|node| node.parent.some());
        for _ in 0..20 {
            match up {
                Some(id) if id == ancestor => return true,
                Some(id) => up = context.arena.get(id).and_then(|node| node.parent.some()),
                None => return false,
            }
        }
        false
    };
    let mut found = Vec::new();
    for author in context.head.properties(&["author", "creator"]).take(20) {
        if in_comment(context.arena, author) {
            continue;
        }
        match context.head.properties(&["name"]).find(|&name| within(name, author)) {
            Some(name) => found.push(name),
            None => found.push(author),
        }
    }
    found
}

/// True inside of an item that is a comment or a review.
pub(super) fn in_comment(arena: &Arena, id: NodeId) -> bool {
    let mut up = arena.get(id).and_then(|node| node.parent.some());
    while let Some(id) = up {
        if arena.attr(id, &html5ever::local_name!("itemprop")).is_some_and(|name| {
            matches!(name, "comment" | "review" | "reviews" | "suggestedAnswer" | "acceptedAnswer")
        }) {
            return true;
        }
        up = arena.get(id).and_then(|node| node.parent.some());
    }
    false
}

/// Bylines near the title: `rel=author` first, then class names, then lines that begin with `By`.
fn by_sight(context: &Context<'_>) -> Vec<String> {
    let visible = context.visible;
    let near = |at: usize| visible.distance(at) <= NEAR;
    let mut found = Vec::new();
    for by_rel in [true, false] {
        let spots = visible.spots.iter().filter(|spot| near(spot.at));
        let mut at = None;
        for spot in spots.filter(|spot| if by_rel { spot.signs.rel_author } else { spot.signs.author }) {
            // Names of one byline stand close together; the next byline is another's.
            if at.is_some_and(|at| spot.at > at + 120) && !found.is_empty() {
                break;
            }
            let text = element_text(context.arena, spot.node, 300);
            if text.len() > 250 {
                continue;
            }
            let these = names(&text, context.order);
            if !these.is_empty() {
                at = Some(spot.at);
            }
            for name in these {
                if !found.iter().any(|have: &String| key(&name).contains(&key(have))) {
                    add(&mut found, &name);
                }
            }
        }
        if !found.is_empty() {
            return found;
        }
    }
    let mut lines = visible.lines.iter().filter(|line| near(line.at) && line.text.len() < 150);
    while let Some(line) = lines.next() {
        let Some(rest) = after_by(&line.text) else { continue };
        // `By` may stand alone, with the name in the next line.
        let byline = if rest.is_empty() { lines.next().map_or("", |line| line.text.as_str()) } else { rest };
        if byline.starts_with(char::is_uppercase) || byline.starts_with(|c: char| !c.is_ascii()) {
            found = names(byline, context.order);
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}
