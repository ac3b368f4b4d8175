//! The pages before and behind one of several that an article is cut into.
//!
//! Blogs use `rel=next` for the next post as well. So where the page's own address is known, a neighbour's must be the
//! same but for a page number.

use std::collections::HashMap;

use url::Url;

use super::Source;
use super::fields::resolve;
use super::head::Head;
use super::page::Found;

/// Which neighbour of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Next,
    Previous,
}

impl Side {
    fn other(self) -> Side {
        match self {
            Side::Next => Side::Previous,
            Side::Previous => Side::Next,
        }
    }
}

/// The page that goes on where this one ends, or that ends where this one begins, by the `rel` of a link.
pub(super) fn neighbour(head: Head<'_>, side: Side, base: Option<&Url>, url: Option<&Url>) -> Found {
    let names: &[&str] = match side {
        Side::Next => &["next"],
        Side::Previous => &["prev", "previous"],
    };
    let links = |is_link: bool| {
        names.iter().flat_map(move |rel| head.rel(rel)).filter(move |link| link.is_link == is_link)
    };
    for link in links(true).chain(links(false)) {
        let Some(other) = resolve(link.href, base) else { continue };
        match url {
            Some(url) if !continues(url, &other, side) => {}
            None if !link.is_link => {}
            _ => {
                let source = if link.is_link { Source::Meta } else { Source::Visible };
                return Some((other.to_string(), source));
            }
        }
    }
    None
}

/// Numbers that nothing calls those of pages are ids where they are greater.
const MOST_PAGES: u64 = 99;

/// What a key of a query has in it that counts pages, or what stands on them.
const COUNTS: &[&str] = &[
    "page", "pagina", "seite", "side", "sida", "sivu", "strana", "strona", "stranica", "sayfa", "slide",
    "start", "offset", "skip",
];

/// Such keys of one or two letters, which stand in other words as well.
const SHORT_COUNTS: &[&str] = &["pg", "pn", "pi", "s", "st", "str", "from"];

fn continues(url: &Url, other: &Url, side: Side) -> bool {
    /// No query that tells pages apart is longer than this, in bytes.
    const LONGEST_QUERY: usize = 1000;
    let is_long = |url: &Url| url.query().is_some_and(|query| query.len() > LONGEST_QUERY);
    if is_long(url) || is_long(other) {
        return false;
    }
    // A part of a page is none: its comments, its teasers.
    if url.host_str() != other.host_str() || other.fragment().is_some_and(|part| !part.is_empty()) {
        return false;
    }
    let (path, to) = (url.path().trim_end_matches('/'), other.path().trim_end_matches('/'));
    let is_same = path == to && url.query() == other.query();
    !is_same && fits_query(url, other, side) && (path == to || fits_path(path, to, side))
}

/// True if `to` is the number of the page beside that of the number `from`.
fn is_beside(from: Option<u64>, to: Option<u64>, side: Side) -> bool {
    // The first page has no number, and some count from naught.
    match (from, to, side) {
        (Some(from), Some(to), Side::Next) => from.checked_add(1) == Some(to),
        (Some(from), Some(to), Side::Previous) => to.checked_add(1) == Some(from),
        (None, Some(to), Side::Next) => matches!(to, 1 | 2),
        (Some(from), None, Side::Previous) => matches!(from, 1 | 2),
        (None, Some(to), Side::Previous) => to <= 1,
        _ => false,
    }
}

/// True if nothing in a query tells of another page than one beside: keys may come and go, but of their values only
/// those that count may differ.
fn fits_query(url: &Url, other: &Url, side: Side) -> bool {
    let own: HashMap<_, _> = url.query_pairs().collect();
    let others: HashMap<_, _> = other.query_pairs().collect();
    // Beside a key that counts, another may say how many stand on a page.
    let counted = own
        .keys()
        .chain(others.keys())
        .any(|key| counts(&key.to_lowercase()) && own.get(key) != others.get(key));
    let is_fit = |key: &str, to: &str| {
        let name = key.to_lowercase();
        if ["cpage", "comment"].iter().any(|word| name.contains(word)) {
            return false;
        }
        let Some(from) = own.get(key) else {
            return if counts(&name) { side == Side::Next } else { counted || may_come(to, side) };
        };
        if from == to {
            return true;
        }
        let (from, to): (Option<u64>, Option<u64>) = (from.parse().ok(), to.parse().ok());
        if counts(&name) {
            return (from < to) == (side == Side::Next);
        }
        is_beside(from, to, side) && from.max(to) <= Some(MOST_PAGES)
    };
    let may_end = |key: &str, from: &str| {
        if counts(&key.to_lowercase()) {
            side == Side::Previous
        } else {
            counted || may_come(from, side.other())
        }
    };
    others.iter().all(|(key, to)| is_fit(key, to))
        && own.iter().all(|(key, from)| others.contains_key(key) || may_end(key, from))
}

/// True if a key that nothing says to count may have this value where the page beside has none: a number is that of a
/// page, or tells of another, as in `/view.php?id=823`.
fn may_come(value: &str, side: Side) -> bool {
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    !is_number || value.parse().is_ok_and(|number| is_beside(None, Some(number), side))
}

/// True for a key of a query that counts pages, or what stands on them.
fn counts(name: &str) -> bool {
    COUNTS.iter().any(|word| name.contains(word)) || SHORT_COUNTS.contains(&name)
}

/// True if two paths differ in the number of a page at the end.
fn fits_path(from: &str, to: &str, side: Side) -> bool {
    let paths = |path| [Some(Numbered::none(path)), Numbered::last(path)].into_iter().flatten();
    paths(from).any(|from| {
        paths(to).any(|to| {
            let counts = from.counts || to.counts;
            let is_small = from.number.max(to.number) <= Some(MOST_PAGES) && !ends_with_month(from.stem);
            from.stem == to.stem && (counts || is_small) && is_beside(from.number, to.number, side)
        })
    })
}

/// A path without the number of its page.
struct Numbered<'a> {
    stem: &'a str,
    number: Option<u64>,
    /// True where a word calls it that of a page.
    counts: bool,
}

impl<'a> Numbered<'a> {
    fn none(path: &'a str) -> Numbered<'a> {
        let path = bare(path);
        let stem = path.strip_suffix("/index").unwrap_or(path);
        Numbered { stem, number: None, counts: false }
    }

    fn last(path: &'a str) -> Option<Numbered<'a>> {
        const WORDS: [&str; 9] =
            ["/page", "/pagina", "/seite", "/sida", "/side", "-page", "-p", "/p", "/index"];
        let path = bare(path);
        let rest = path.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = path.get(rest.len()..)?.parse().ok()?;
        let rest = rest.trim_end_matches(['-', '_', '/', '.', ',']);
        let stem = WORDS.iter().find_map(|word| rest.strip_suffix(word));
        let counts = stem.is_some();
        Some(Numbered { stem: stem.unwrap_or(rest).trim_end_matches('/'), number: Some(number), counts })
    }
}

/// A path without the ending of its file.
fn bare(path: &str) -> &str {
    let is_ending = |end: &str| end.len() <= 5 && !end.contains('/');
    path.rsplit_once('.').filter(|(_, end)| is_ending(end)).map_or(path, |(stem, _)| stem)
}

/// True for what a month or a day follows in addresses: `/2024`, `/2024/05`.
fn ends_with_month(stem: &str) -> bool {
    let mut numbers = stem.rsplit(|c: char| !c.is_ascii_digit()).take(2);
    let is_year =
        |part: Option<&str>| part.is_some_and(|part| part.len() == 4 && part.starts_with(['1', '2']));
    let last = numbers.next();
    is_year(last) || (last.is_some_and(|part| matches!(part.len(), 1 | 2)) && is_year(numbers.next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(side: Side, a: &str, b: &str) -> bool {
        let (a, b) = (Url::parse(a), Url::parse(b));
        matches!((a, b), (Ok(a), Ok(b)) if continues(&a, &b, side))
    }

    #[test]
    fn the_next_page_differs_in_its_number() {
        for (page, next) in [
            ("https://a.example/owls", "https://a.example/owls/2"),
            ("https://a.example/owls/", "https://a.example/owls/page/2/"),
            ("https://a.example/owls/page/2/", "https://a.example/owls/page/3/"),
            ("https://a.example/owls/page/199/", "https://a.example/owls/page/200/"),
            ("https://a.example/owls?page=1", "https://a.example/owls?page=2"),
            ("https://a.example/owls.html", "https://a.example/owls-2.html"),
            ("https://a.example/owls", "https://a.example/owls?page=1"),
            ("https://a.example/owls", "https://a.example/owls?n=2"),
            ("https://a.example/owls", "https://a.example/owls?start=36&size=36"),
            ("https://a.example/owls?t=9&start=15", "https://a.example/owls?t=9&start=30"),
            ("https://a.example/owls?utm_source=x", "https://a.example/owls?page=2"),
            ("https://a.example/archives/822", "https://a.example/archives/822/2"),
            ("https://a.example/archives/822/2", "https://a.example/archives/822/3"),
            ("https://a.example/2024/05/20/", "https://a.example/2024/05/20/page/2/"),
        ] {
            assert!(is(Side::Next, page, next), "{page} {next}");
            assert!(!is(Side::Next, next, page), "{next} {page}");
            assert!(is(Side::Previous, next, page) || page.contains("?utm"), "{next} {page}");
        }
    }

    #[test]
    fn other_pages_are_no_neighbours() {
        for (page, next) in [
            ("https://a.example/owls", "https://a.example/hens"),
            ("https://a.example/owls", "https://a.example/owls"),
            ("https://a.example/owls/", "https://a.example/owls"),
            ("https://a.example/owls", "https://b.example/owls/2"),
            ("https://a.example/owls", "https://a.example/owls/7"),
            ("https://a.example/owls/2", "https://a.example/owls/4"),
            ("https://a.example/2024/05/owls", "https://a.example/2024/06/hens"),
            ("https://a.example/2024/05/20/", "https://a.example/2024/05/21/"),
            ("https://a.example/owls-2024-05-20", "https://a.example/owls-2024-05-21"),
            ("https://a.example/2024/05/", "https://a.example/2024/06/"),
            ("https://a.example/archives/822", "https://a.example/archives/823"),
            ("https://a.example/archives/822", "https://a.example/archives/829"),
            ("https://a.example/?p=822", "https://a.example/?p=823"),
            ("https://a.example/?p=22", "https://a.example/?p=29"),
            ("https://a.example/view.php", "https://a.example/view.php?id=823"),
            ("https://a.example/owls", "https://a.example/owls?cpage=2"),
            ("https://a.example/owls", "https://a.example/owls?page_b=2#teasers"),
        ] {
            assert!(!is(Side::Next, page, next), "{page} {next}");
        }
    }
}
