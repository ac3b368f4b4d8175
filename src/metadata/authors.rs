//! Who wrote the page.

use std::cell::LazyCell;
use std::collections::HashSet;
use std::iter;

use super::byline_labels::{after_by, behind_date, ends_by_another, is_by_another, labelled};
use super::date_text;
use super::firms::is_firm;
use super::head::property_value;
use super::names::{add, names, names_seen, uninvert};
use super::text::{element_text, fold, key, plain, tag};
use super::visible::{Spot, class_words};
use super::{Context, Source};
use crate::document::{Arena, NodeId, Tag};

/// Visible bylines stand within so many bytes of text from the title.
const NEAR: usize = 1500;

/// Shorter names of sites may begin a person's.
const LONG_NAME: usize = 6;

/// The longest byline that is kept, in bytes.
const LONGEST_BYLINE: usize = 1000;

/// Who is said to have written the page.
#[derive(Clone, Debug)]
pub(super) struct Signed {
    pub(super) names: Vec<String>,
    /// What the names were read from; `None` if that is too long.
    pub(super) byline: Option<String>,
    pub(super) source: Source,
}

/// The authors, from the first vocabulary that names a person; a firm comes behind them, the site itself last.
pub(super) fn find(context: &Context<'_>) -> Option<Signed> {
    let (mut firm, mut site) = (None, None);
    let seen = iter::once_with(|| (by_sight(context), Source::Visible));
    for (Said { mut names, texts }, source) in declared(context).chain(seen) {
        if names.is_empty() {
            continue;
        }
        // The site's name, or one that begins with it: an office of its own.
        let is_site = |name: &String| {
            let name = key(name);
            let begins = |site: &String| site.len() >= LONG_NAME && name.starts_with(site.as_str());
            context.page.sites.iter().any(|site| *site == name || begins(site))
        };
        if !names.iter().all(is_site) {
            names.retain(|name| !is_site(name));
        }
        let is_declared_firm = source == Source::JsonLd && !context.page.facts.author_is_person;
        let is_firm = is_declared_firm || names.iter().all(|name| is_firm(name));
        // Readers see words of all kinds in a byline's place: only a full name is surely a person's.
        let is_doubtful =
            source == Source::Visible && firm.is_some() && !names.iter().any(|name| is_full(name));
        let rank = if names.iter().all(is_site) {
            &mut site
        } else if is_firm || is_doubtful {
            &mut firm
        } else {
            return Some(Signed { byline: joined(&texts), names, source });
        };
        rank.get_or_insert_with(|| Signed { byline: joined(&texts), names, source });
    }
    firm.or(site)
}

/// True for a name of more than one word; in scripts without spaces it may be one.
fn is_full(name: &str) -> bool {
    name.contains(' ') || name.chars().all(|c| c > '\u{2E80}')
}

/// The texts of one byline: one, or a list that can be taken apart again. Signs that part them from what stands beside
/// them are no part of them.
fn joined(texts: &[String]) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for text in texts {
        let text = text.trim_matches([' ', ',', ';', '|', '·', '•', '-', '–', '—', '/']);
        if !text.is_empty() && !parts.contains(&text) {
            parts.push(text);
        }
    }
    let sign = if parts.iter().any(|text| text.contains(',')) { "; " } else { ", " };
    Some(parts.join(sign)).filter(|byline| !byline.is_empty() && byline.len() <= LONGEST_BYLINE)
}

/// Names, and the texts in which they stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) names: Vec<String>,
    texts: Vec<String>,
}

impl Said {
    /// The names in texts of a declaration.
    fn of(texts: impl Iterator<Item = String>, context: &Context<'_>) -> Said {
        let mut said = Said::default();
        texts.for_each(|text| said.add(&text, declared_names(&text, &text, context)));
        said
    }

    /// Adds a text with the names in it, unless it names nobody more.
    fn add(&mut self, text: &str, names: Vec<String>) {
        let before = self.names.len();
        names.iter().for_each(|name| add(&mut self.names, name));
        if self.names.len() > before {
            self.texts.push(fold(text));
        }
    }

    /// Itself if it names anybody.
    fn any(self) -> Option<Said> {
        (!self.names.is_empty()).then_some(self)
    }
}

/// The names in a declared text, or in what was made of it. The site's name is a single one, whatever signs are in it.
fn declared_names(text: &str, made: &str, context: &Context<'_>) -> Vec<String> {
    if context.page.sites.contains(&key(text)) { vec![fold(text)] } else { names(made, context.page.order) }
}

/// What each vocabulary says, one after another: most pages name their authors in the first.
fn declared(context: &Context<'_>) -> impl Iterator<Item = (Said, Source)> {
    const METAS: [&[&str]; 5] = [
        &["citation_author", "citation_authors"],
        &["dc.creator", "dcterms.creator", "dc.contributor.author", "dc.creator.personalname"],
        &[
            "author",
            "authors",
            "parsely-author",
            "sailthru.author",
            "article:author_name",
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
    let json = move || (Said::of(context.page.facts.authors.iter().cloned(), context), Source::JsonLd);
    let in_metas = move |keys: &[&str]| {
        let mut source = Source::Meta;
        let mut said = Said::default();
        for (value, from) in context.head().metas(keys) {
            source = from;
            let value = plain(value);
            let made = match from {
                // A paper's meta names one author, a library's may name several.
                Source::Citation | Source::DublinCore => uninvert(&value, from == Source::Citation),
                _ => value.clone(),
            };
            said.add(&value, declared_names(&value, &made, context));
        }
        (said, source)
    };
    let on_cards = move |[label, data]: [&str; 2]| {
        let is_author =
            context.head().metas(&[label]).any(|(label, _)| after_by(label).is_some_and(str::is_empty));
        let names = [data];
        let values = context.head().metas(&names).filter(|_| is_author).map(|(value, _)| value.to_owned());
        (Said::of(values, context), Source::Twitter)
    };
    let items = move || {
        let values = microdata(context).into_iter().map(|id| property_value(context.arena(), id, 300));
        (Said::of(values, context), Source::Microdata)
    };
    iter::once_with(json)
        .chain(METAS.into_iter().map(in_metas))
        .chain(LABELLED.into_iter().map(on_cards))
        .chain(iter::once_with(items))
        // The byline as one paper shows it, beside names that it marks.
        .chain(iter::once_with(move || in_metas(&["byl"])))
}

/// The elements that hold an author's name by microdata: of an author that is an item, its `name`.
fn microdata(context: &Context<'_>) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut item = None;
    for author in context.head().properties(&["author", "creator"]).take(20) {
        // The first item is the page's subject; those after it are replies and other pages.
        let of = item_of(context.arena(), author);
        if in_comment(context.arena(), author) || item.is_some_and(|item| item != of) {
            continue;
        }
        item = Some(of);
        match context.head().properties(&["name"]).find(|&name| is_within(context.arena(), name, author)) {
            Some(name) => found.push(name),
            None => found.push(author),
        }
    }
    found
}

/// The item that a property belongs to.
fn item_of(arena: &Arena, id: NodeId) -> Option<NodeId> {
    let mut up = arena.parent(id);
    while let Some(id) = up.filter(|&id| arena.attr(id, &html5ever::local_name!("itemscope")).is_none()) {
        up = arena.parent(id);
    }
    up
}

/// True inside of an item that is a comment, an answer or a review.
pub(super) fn in_comment(arena: &Arena, id: NodeId) -> bool {
    let mut up = arena.parent(id);
    while let Some(id) = up {
        let property = arena.attr(id, &html5ever::local_name!("itemprop"));
        let kind = arena.attr(id, &html5ever::local_name!("itemtype"));
        let is_one = property.is_some_and(|name| {
            matches!(name, "comment" | "review" | "reviews" | "suggestedAnswer" | "acceptedAnswer")
        });
        if is_one || kind.is_some_and(|kind| kind.ends_with("/Comment") || kind.ends_with("/Answer")) {
            return true;
        }
        up = arena.parent(id);
    }
    false
}

/// Bylines near the title: links to an author's page first, then class names, then lines that begin with `By`, then
/// users' names; last of all, an author's box anywhere.
pub(super) fn by_sight(context: &Context<'_>) -> Said {
    let near = |spot: &Spot| !spot.is_apart && context.visible().distance(spot.at) <= NEAR;
    let found = in_spots(context, |spot| near(spot) && spot.signs.author_link);
    let found = found.or_else(|| in_spots(context, |spot| near(spot) && spot.signs.author));
    let found = found.or_else(|| in_lines(context));
    let found = found.or_else(|| in_spots(context, |spot| near(spot) && spot.signs.user));
    found.or_else(|| the_only_one(context)).or_else(|| signed(context)).unwrap_or_default()
}

/// The names in the first of the elements that `fits` lets through, and in those close behind it.
fn in_spots(context: &Context<'_>, fits: impl Fn(&Spot) -> bool) -> Option<Said> {
    /// Names of one byline stand closer together than this, in bytes of text; the next byline is another's.
    const CLOSE: usize = 120;
    /// A byline has no more elements than this.
    const MOST: usize = 30;
    let mut found: Vec<String> = Vec::new();
    // The elements with names, none in another.
    let mut holders: Vec<NodeId> = Vec::new();
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
            let is_inner = |&holder: &NodeId| is_within(context.arena(), spot.node, holder);
            if holders.len() < MOST && !holders.iter().any(is_inner) {
                holders.push(spot.node);
            }
        }
        for name in these {
            // An inner element has the bare name, an outer one perhaps more; the bare one is right.
            found.retain(|have| !starts_with_name(have, &name));
            if !found.iter().any(|have| key(&name).contains(&key(have))) {
                add(&mut found, &name);
            }
            if spot.signs.user {
                return around(context, found, &holders).any();
            }
        }
    }
    around(context, found, &holders).any()
}

/// The names with the whole bylines that their elements are parts of: the outermost element around each that speaks of
/// the author, as long as it is as short as a byline.
fn around(context: &Context<'_>, names: Vec<String>, holders: &[NodeId]) -> Said {
    const LONGEST: usize = 200;
    const MOST_LEVELS: usize = 4;
    let spots = &context.visible().spots;
    let marked: HashSet<NodeId> = spots
        .iter()
        .filter(|spot| (spot.signs.author || spot.signs.author_link) && !spot.is_apart)
        .map(|spot| spot.node)
        .collect();
    let mut texts: Vec<String> = Vec::new();
    let mut taken: Vec<NodeId> = Vec::new();
    for &holder in holders {
        let mut text = element_text(context.arena(), holder, LONGEST);
        let mut widest = holder;
        let is_around = |up: &NodeId| marked.contains(up) || is_byline(context.arena(), *up);
        for up in context.arena().ancestors(holder).take(MOST_LEVELS).filter(is_around) {
            let wider = element_text(context.arena(), up, LONGEST);
            if wider.len() > LONGEST {
                break;
            }
            (text, widest) = (wider, up);
        }
        if !taken.contains(&widest) {
            taken.push(widest);
            texts.push(text);
        }
    }
    Said { names, texts }
}

/// True for an element whose class or id calls it a byline, whatever else it calls it.
fn is_byline(arena: &Arena, id: NodeId) -> bool {
    let is_box =
        tag(arena, id).is_some_and(|tag| !matches!(tag, Tag::Body | Tag::Html | Tag::Main | Tag::Article));
    is_box && class_words(arena, id).iter().any(|word| matches!(word.as_str(), "byline" | "bylines"))
}

/// True for an element in another or that itself, as far up as one looks.
fn is_within(arena: &Arena, id: NodeId, holder: NodeId) -> bool {
    id == holder || arena.ancestors(id).take(20).any(|up| up == holder)
}

fn starts_with_name(long: &str, name: &str) -> bool {
    long.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ') || rest.starts_with('/'))
}

/// Lines such as `By Ada Quist`, `Published 20 May 2024 by Ada Quist`, or `By` alone before a name.
fn in_lines(context: &Context<'_>) -> Option<Said> {
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
        let date = LazyCell::new(|| date_text::find(&line.text, context.page.order));
        let by_date = || behind(&line.text, date.as_ref()?.at.end);
        let Some(rest) = after_by(&line.text).or_else(by_date).or_else(|| labelled(&line.text)) else {
            continue;
        };
        let byline = if rest.is_empty() { lines.peek().map_or("", |line| line.text.as_str()) } else { rest };
        let is_name =
            byline.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii())
                || date.is_some();
        let found = if is_name { names_seen(byline, context.page.order) } else { Vec::new() };
        if !found.is_empty() {
            let next = if rest.is_empty() { byline } else { "" };
            return Some(Said { names: found, texts: vec![fold(&format!("{} {next}", line.text))] });
        }
    }
    None
}

/// What follows `by` in a line with a date that ends at `date_end`: right behind the date, in a part of its own, or, in
/// English, anywhere.
fn behind(line: &str, date_end: usize) -> Option<&str> {
    let after = line.get(date_end..)?;
    let in_part = || {
        let parts = after
            .split(['|', '·', '•'])
            .flat_map(|part| part.split(" - "))
            .flat_map(|part| part.split(" – "));
        parts.filter_map(|part| after_by(part.trim())).find(|rest| rest.starts_with(char::is_uppercase))
    };
    let anywhere = || line.rsplit_once(" by ").map(|(_, rest)| rest);
    let rest = behind_date(after).or_else(in_part).or_else(anywhere)?;
    rest.split('|').next()
}

/// An author's box under the text or beside it, if all such boxes of the page are one person's; links to authors'
/// pages go before boxes. Readers, and authors of other pages, are none of them.
fn the_only_one(context: &Context<'_>) -> Option<Said> {
    let linked = all_alike(context, |spot| spot.signs.author_link && !spot.is_apart);
    let is_any = |spot: &Spot| !spot.is_others && (spot.signs.author || spot.signs.author_link);
    linked.or_else(|| all_alike(context, is_any))
}

fn all_alike(context: &Context<'_>, fits: impl Fn(&Spot) -> bool) -> Option<Said> {
    let is_author = |spot: &&Spot| fits(spot) && !ends_by_another(&spot.before);
    let spots = context.visible().spots.iter().filter(is_author);
    let mut only: Option<Said> = None;
    for spot in spots.take(50) {
        let text = element_text(context.arena(), spot.node, 200);
        let found = if text.len() > 100 { Vec::new() } else { names_seen(&text, context.page.order) };
        match &only {
            _ if found.is_empty() => {}
            Some(have) if have.names != found => return None,
            Some(_) => {}
            None => only = Some(Said { names: found, texts: vec![text] }),
        }
    }
    only
}

/// A line further down that says who wrote: `Written by Ada Quist`. What is no full name may be anything.
fn signed(context: &Context<'_>) -> Option<Said> {
    let lines = context.visible().signatures.iter().filter(|line| !is_by_another(line));
    lines
        .map(|line| (line, names_seen(line, context.page.order)))
        .find(|(_, names)| !names.is_empty() && names.iter().all(|name| is_full(name)))
        .map(|(line, names)| Said { names, texts: vec![line.clone()] })
}
