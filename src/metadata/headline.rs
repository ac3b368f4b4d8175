//! Where the title may be taken from, and where on the page it stands.

use html5ever::local_name;
use url::Url;

use super::Source;
use super::fields::resolve;
use super::head::{Head, property_value};
use super::json_ld::Facts;
use super::page::Found;
use super::text::{element_text, following, key, plain};
use super::title::{self, Candidate, Heading};
use super::visible;
use crate::document::{Arena, NodeId};

/// No page names itself more often than this.
const MOST_CANDIDATES: usize = 40;

/// What is longer is no title, in bytes.
const LONGEST: usize = 1000;

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

/// The `h1`s of the page that speak of its subject, with their texts.
pub(super) fn headings(head: Head<'_>) -> Vec<(NodeId, String)> {
    const MOST: usize = 20;
    let arena = head.arena;
    let ids = || head.index.h1s.iter().copied().take(10 * MOST);
    let read = |id: NodeId| (id, element_text(arena, id, 500));
    let is_title = |(_, text): &(NodeId, String)| !key(text).is_empty() && text.len() <= LONGEST;
    let of_page = ids().filter(|&id| !visible::is_aside(arena, id)).take(MOST).map(read);
    let mut found: Vec<(NodeId, String)> = of_page.filter(is_title).collect();
    if found.is_empty() {
        // Some show the page itself in a box that others have for what comes up before it.
        let tab = key(head.title().unwrap_or_default());
        found.extend(ids().take(MOST).map(read).filter(is_title).find(|(_, text)| key(text) == tab));
    }
    found
}

/// The headings as the choice of a title sees them.
pub(super) fn weighed(arena: &Arena, headings: &[(NodeId, String)], base: Option<&Url>) -> Vec<Heading> {
    let weigh = |(id, text): &(NodeId, String)| Heading {
        text: text.clone(),
        is_banner: is_banner(arena, *id, base),
    };
    headings.iter().map(weigh).collect()
}

/// True for a heading that names the site: by its class or its parent's, or because it links to the front page.
fn is_banner(arena: &Arena, id: NodeId, base: Option<&Url>) -> bool {
    let parent = arena.get(id).map_or(NodeId::NONE, |node| node.parent);
    let named = [id, parent].iter().any(|&id| {
        let words = visible::class_words(arena, id);
        let has = |word: &str| words.iter().any(|have| have == word);
        has("logo") || has("brand") || (has("site") && (has("title") || has("name") || has("heading")))
    });
    let link = following(arena, id, id, true).into_iter().chain([parent]);
    let href = link.filter_map(|id| arena.attr(id, &local_name!("href"))).next();
    let leads_home = href.is_some_and(|href| {
        resolve(href, base).map_or(href.trim() == "/", |url| {
            url.path() == "/" && url.query().is_none() && url.fragment().is_none()
        })
    });
    named || leads_home
}

/// Keys of all titles that the page gives itself, by which its subject is known among others.
pub(super) fn keys(head: Head<'_>, headings: &[(NodeId, String)]) -> Vec<String> {
    let mut titles: Vec<String> = headings.iter().map(|(_, text)| key(text)).collect();
    titles.extend(head.metas(&TITLE_METAS).map(|(value, _)| key(&plain(value))));
    titles.retain(|title| !title.is_empty());
    titles.truncate(MOST_CANDIDATES);
    titles
}

/// The title as the page declares it, whole: the first that is more than the site's name, or else the first.
pub(super) fn declared(head: Head<'_>, facts: &Facts, sites: &[String]) -> Found {
    const METAS: [&str; 8] = [
        "dc.title",
        "dcterms.title",
        "og:title",
        "citation_title",
        "twitter:title",
        "sailthru.title",
        "parsely-title",
        "title",
    ];
    let tab = key(head.title().unwrap_or_default());
    // A `headline` may be a description, and a `name` that of the site: the tab's title tells which is the page's.
    let (known, other): (Vec<&String>, Vec<&String>) =
        facts.titles.iter().partition(|text| tab.contains(&key(text)));
    let json = known.into_iter().chain(other).map(|text| (text.clone(), Source::JsonLd));
    let metas = head.metas(&METAS).map(|(value, source)| (plain(value), source));
    let title = head.title().map(|text| (text.to_owned(), Source::Meta));
    let items = head.properties(&["headline"]).take(5).map(|id| property_value(head.arena, id, 500));
    let items = items.map(|text| (text, Source::Microdata));
    let mut titles: Vec<(String, Source)> = json.chain(metas).chain(title).chain(items).collect();
    titles.retain(|(text, _)| !key(text).is_empty() && text.len() <= LONGEST);
    let of_page = titles.iter().position(|(text, _)| !title::is_site(&key(text), sites));
    (!titles.is_empty()).then(|| titles.swap_remove(of_page.unwrap_or(0)))
}

/// The titles that the page declares, those most often right first.
pub(super) fn candidates(head: Head<'_>, facts: &Facts) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    candidates.extend(head.title().map(|text| Candidate { text: text.to_owned(), source: Source::Meta }));
    candidates
        .extend(head.metas(&TITLE_METAS).map(|(value, source)| Candidate { text: plain(value), source }));
    candidates
        .extend(facts.titles.iter().map(|text| Candidate { text: text.clone(), source: Source::JsonLd }));
    let items = head.properties(&["headline"]).take(5).map(|id| property_value(head.arena, id, 500));
    candidates.extend(items.map(|text| Candidate { text, source: Source::Microdata }));
    candidates.retain(|candidate| !candidate.text.is_empty() && candidate.text.len() <= LONGEST);
    candidates.truncate(MOST_CANDIDATES);
    candidates
}

/// The title of a chapter on a page whose `h1` is that of the book: the page is called `Chapter - Book`, and a lower
/// heading is the chapter's.
pub(super) fn chapter(
    head: Head<'_>,
    candidates: &[Candidate],
    headings: &[(NodeId, String)],
) -> Option<(String, Source, Option<usize>)> {
    const MOST: usize = 12;
    let is_heading = |part: &str| headings.iter().any(|(_, text)| key(text) == key(part));
    let mut splits = title::splits(&candidates.first()?.text);
    let is_book =
        |(chapter, book): &(&str, &str)| is_heading(book) && !is_heading(chapter) && !key(chapter).is_empty();
    let (chapter, book) = splits.find(is_book)?;
    // What another title is alone is no book, and before it stands the site's name.
    if candidates.iter().skip(1).any(|other| key(&other.text) == key(book)) {
        return None;
    }
    let lower = head.index.lower_headings.iter().filter(|&&id| !visible::is_aside(head.arena, id)).take(MOST);
    let mut texts = lower.map(|&id| element_text(head.arena, id, 500));
    Some((title::trim(&texts.find(|text| key(text) == key(chapter))?), Source::Visible, None))
}

/// The title of a page without `h1`: the lower heading with which `<title>` begins, before what the page is a part of, as
/// in `Heading: The manual`.
pub(super) fn lower(
    head: Head<'_>,
    candidates: &[Candidate],
    headings: &[(NodeId, String)],
    sites: &[String],
) -> Option<(String, Source, Option<usize>)> {
    const MOST: usize = 12;
    let tab = &candidates.first().filter(|_| headings.is_empty())?.text;
    let starts: Vec<String> = title::splits(tab).map(|(before, _)| key(before)).collect();
    let ids = head.index.lower_headings.iter().filter(|&&id| !visible::is_aside(head.arena, id)).take(MOST);
    let mut texts = ids.map(|&id| element_text(head.arena, id, 500));
    let is_start = |name: &String| !name.is_empty() && starts.contains(name) && !title::is_site(name, sites);
    Some((title::trim(&texts.find(|text| is_start(&key(text)))?), Source::Visible, None))
}

/// Where the title stands on the page: the heading chosen, another that says the same, or the first.
pub(super) fn anchor(
    head: Head<'_>,
    chosen: Option<&(String, Source, Option<usize>)>,
    headings: &[(NodeId, String)],
) -> Option<NodeId> {
    let (title, _, index) = chosen?;
    if let Some(&(id, _)) = index.and_then(|index| headings.get(index)) {
        return Some(id);
    }
    let title = key(title);
    let lower = head.index.lower_headings.iter().take(200).copied();
    lower
        .filter(|&id| key(&element_text(head.arena, id, 500)) == title)
        .chain(headings.iter().map(|(id, _)| *id))
        .next()
}
