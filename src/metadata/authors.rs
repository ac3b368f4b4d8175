//! Who wrote the page.

use std::cell::LazyCell;
use std::iter;

use super::date_text::{self, Order};
use super::head::property_value;
use super::names::{add, after_by, ends_by_another, is_by_another, names, names_seen, uninvert};
use super::text::{element_text, key, plain};
use super::visible::Spot;
use super::{Context, Source};
use crate::document::{Arena, NodeId};

/// Visible bylines stand within so many bytes of text from the title.
const NEAR: usize = 1500;

/// Shorter names of sites may begin a person's.
const LONG_NAME: usize = 6;

/// The authors, from the first vocabulary that names a person; a firm or the site itself comes last.
pub(super) fn find(context: &Context<'_>) -> Option<(Vec<String>, Source)> {
    let mut signed_by_firm = None;
    for (found, source) in declared(context).chain(iter::once_with(|| (by_sight(context), Source::Visible))) {
        if found.is_empty() {
            continue;
        }
        let mut found = found;
        // The site's name, or one that begins with it: an office of its own.
        let is_site = |name: &String| {
            let name = key(name);
            let begins = |site: &String| site.len() >= LONG_NAME && name.starts_with(site.as_str());
            context.page.sites.iter().any(|site| *site == name || begins(site))
        };
        if !found.iter().all(is_site) {
            found.retain(|name| !is_site(name));
        }
        if found.iter().all(is_site) || (source == Source::JsonLd && !context.page.facts.author_is_person) {
            signed_by_firm.get_or_insert((found, source));
        } else {
            return Some((found, source));
        }
    }
    signed_by_firm
}

/// What each vocabulary says, one after another: most pages name their authors in the first.
fn declared(context: &Context<'_>) -> impl Iterator<Item = (Vec<String>, Source)> {
    const METAS: [&[&str]; 5] = [
        &["citation_author", "citation_authors"],
        &["dc.creator", "dcterms.creator", "dc.contributor.author", "dc.creator.personalname"],
        &[
            "author",
            "authors",
            "parsely-author",
            "sailthru.author",
            "article:author_name",
            "byl",
            "article.author",
            "shareaholic:article_author_name",
            "rbauthors",
            "cxenseparse:author",
            "dable:author",
        ],
        &["article:author", "og:article:author", "og:author", "book:author"],
        &["twitter:creator:name"],
    ];
    const LABELLED: [[&str; 2]; 2] =
        [["twitter:label1", "twitter:data1"], ["twitter:label2", "twitter:data2"]];
    let json = || listed(context.page.facts.authors.iter().map(String::as_str), context.page.order);
    let in_metas = |keys| {
        let mut source = Source::Meta;
        let mut found = Vec::new();
        for (value, from) in context.head().metas(keys) {
            source = from;
            let value = plain(value);
            let value =
                if matches!(from, Source::Citation | Source::DublinCore) { uninvert(&value) } else { value };
            for name in names(&value, context.page.order) {
                add(&mut found, &name);
            }
        }
        (found, source)
    };
    let on_cards = |[label, data]: [&str; 2]| {
        let is_author =
            context.head().metas(&[label]).any(|(label, _)| after_by(label).is_some_and(str::is_empty));
        let names = [data];
        let values = context.head().metas(&names).filter(|_| is_author).map(|(value, _)| value);
        (listed(values, context.page.order), Source::Twitter)
    };
    let items = || {
        let mut found = Vec::new();
        for id in microdata(context) {
            for name in names(&property_value(context.arena(), id, 300), context.page.order) {
                add(&mut found, &name);
            }
        }
        (found, Source::Microdata)
    };
    iter::once_with(move || (json(), Source::JsonLd))
        .chain(METAS.into_iter().map(in_metas))
        .chain(LABELLED.into_iter().map(on_cards))
        .chain(iter::once_with(items))
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
        let mut up = context.arena().get(id).and_then(|node| node.parent.some());
        for _ in 0..20 {
            match up {
                Some(id) if id == ancestor => return true,
                Some(id) => up = context.arena().get(id).and_then(|node| node.parent.some()),
                None => return false,
            }
        }
        false
    };
    let mut found = Vec::new();
    let mut item = None;
    for author in context.head().properties(&["author", "creator"]).take(20) {
        // The first item is the page's subject; those after it are replies and other pages.
        let of = item_of(context.arena(), author);
        if in_comment(context.arena(), author) || item.is_some_and(|item| item != of) {
            continue;
        }
        item = Some(of);
        match context.head().properties(&["name"]).find(|&name| within(name, author)) {
            Some(name) => found.push(name),
            None => found.push(author),
        }
    }
    found
}

/// The item that a property belongs to.
fn item_of(arena: &Arena, id: NodeId) -> Option<NodeId> {
    let mut up = arena.get(id).and_then(|node| node.parent.some());
    while let Some(id) = up.filter(|&id| arena.attr(id, &html5ever::local_name!("itemscope")).is_none()) {
        up = arena.get(id).and_then(|node| node.parent.some());
    }
    up
}

/// True inside of an item that is a comment, an answer or a review.
pub(super) fn in_comment(arena: &Arena, id: NodeId) -> bool {
    let mut up = arena.get(id).and_then(|node| node.parent.some());
    while let Some(id) = up {
        let property = arena.attr(id, &html5ever::local_name!("itemprop"));
        let kind = arena.attr(id, &html5ever::local_name!("itemtype"));
        let is_one = property.is_some_and(|name| {
            matches!(name, "comment" | "review" | "reviews" | "suggestedAnswer" | "acceptedAnswer")
        });
        if is_one || kind.is_some_and(|kind| kind.ends_with("/Comment") || kind.ends_with("/Answer")) {
            return true;
        }
        up = arena.get(id).and_then(|node| node.parent.some());
    }
    false
}

/// Bylines near the title: links to an author's page first, then class names, then lines that begin with `By`, then
/// users' names; last of all, an author's box anywhere.
pub(super) fn by_sight(context: &Context<'_>) -> Vec<String> {
    let near = |spot: &Spot| !spot.is_apart && context.visible().distance(spot.at) <= NEAR;
    let found = in_spots(context, |spot| near(spot) && spot.signs.author_link);
    let found = found.or_else(|| in_spots(context, |spot| near(spot) && spot.signs.author));
    let found = found.or_else(|| in_lines(context));
    let found = found.or_else(|| in_spots(context, |spot| near(spot) && spot.signs.user));
    found.or_else(|| the_only_one(context)).or_else(|| signed(context)).unwrap_or_default()
}

/// The names in the first of the elements that `fits` lets through, and in those close behind it.
fn in_spots(context: &Context<'_>, fits: impl Fn(&Spot) -> bool) -> Option<Vec<String>> {
    /// Names of one byline stand closer together than this, in bytes of text; the next byline is another's.
    const CLOSE: usize = 120;
    let mut found: Vec<String> = Vec::new();
    let mut last = None;
    let by = |spot: &&Spot| fits(spot) && !ends_by_another(&spot.before);
    for spot in context.visible().spots.iter().filter(by) {
        if last.is_some_and(|last| spot.at > last + CLOSE) {
            break;
        }
        let text = element_text(context.arena(), spot.node, 300);
        let these = if text.len() > 250 { Vec::new() } else { names_seen(&text, context.page.order) };
        if !these.is_empty() {
            last = Some(spot.at);
        }
        for name in these {
            // An inner element has the bare name, an outer one perhaps more; the bare one is right.
            found.retain(|have| !starts_with_name(have, &name));
            if !found.iter().any(|have| key(&name).contains(&key(have))) {
                add(&mut found, &name);
            }
            if spot.signs.user {
                return Some(found).filter(|found| !found.is_empty());
            }
        }
    }
    Some(found).filter(|found| !found.is_empty())
}

fn starts_with_name(long: &str, name: &str) -> bool {
    long.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ') || rest.starts_with('/'))
}

/// Lines such as `By Ada Quist`, `Published 20 May 2024 by Ada Quist`, or `By` alone before a name.
fn in_lines<'a>(context: &Context<'a>) -> Option<Vec<String>> {
    let visible = context.visible();
    let mut lines = visible
        .lines
        .iter()
        .filter(|line| visible.distance(line.at) <= NEAR && line.text.len() < 150)
        .peekable();
    while let Some(line) = lines.next() {
        if is_by_another(&line.text) {
            continue;
        }
        let has_date = LazyCell::new(|| date_text::find(&line.text, context.page.order).is_some());
        let first_part = |rest: &'a str| rest.split('|').next().unwrap_or(rest);
        let dated = || line.text.rsplit_once(" by ").map(|(_, rest)| first_part(rest)).filter(|_| *has_date);
        let Some(rest) = after_by(&line.text).or_else(dated).or_else(|| labelled(&line.text)) else {
            continue;
        };
        let byline = if rest.is_empty() { lines.peek().map_or("", |line| line.text.as_str()) } else { rest };
        let is_name =
            byline.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii())
                || *has_date;
        let found = if is_name { names_seen(byline, context.page.order) } else { Vec::new() };
        if !found.is_empty() {
            return Some(found);
        }
    }
    None
}

/// What follows a label amid a line, as East Asian papers put it: `2024-05-20 来源：晚报 记者：李明`.
fn labelled(line: &str) -> Option<&str> {
    const LABELS: [&str; 6] = ["作者：", "作者:", "记者：", "记者:", "記者：", "기자:"];
    let after = LABELS.iter().find_map(|label| line.split_once(label))?.1;
    after.split_whitespace().next()
}

/// An author's box under the text or beside it, if all such boxes of the page are one person's; links to authors'
/// pages go before boxes.
fn the_only_one(context: &Context<'_>) -> Option<Vec<String>> {
    let linked = all_alike(context, |spot| spot.signs.author_link && !spot.is_apart);
    linked.or_else(|| all_alike(context, |spot| spot.signs.author || spot.signs.author_link))
}

fn all_alike(context: &Context<'_>, fits: impl Fn(&Spot) -> bool) -> Option<Vec<String>> {
    let is_author = |spot: &&Spot| fits(spot) && !ends_by_another(&spot.before);
    let spots = context.visible().spots.iter().filter(is_author);
    let mut only: Option<Vec<String>> = None;
    for spot in spots.take(50) {
        let text = element_text(context.arena(), spot.node, 200);
        let found = if text.len() > 100 { Vec::new() } else { names_seen(&text, context.page.order) };
        match &only {
            _ if found.is_empty() => {}
            Some(have) if *have != found => return None,
            _ => only = Some(found),
        }
    }
    only
}

/// A line further down that says who wrote: `Written by Ada Quist`.
fn signed(context: &Context<'_>) -> Option<Vec<String>> {
    let mut found = context.visible().signatures.iter().map(|line| names_seen(line, context.page.order));
    found.find(|found| !found.is_empty())
}
