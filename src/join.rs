//! An article on several pages, put together again.

use std::borrow::Borrow;
use std::collections::HashMap;

use crate::extraction::Extraction;

/// Pages of one article in their order, without what each of them repeats.
#[derive(Clone, Debug)]
pub struct Joined<'a> {
    pages: Vec<(&'a Extraction, Vec<bool>)>,
}

/// Puts the pages of one article together: in the order of their links to the next page, those that no link leads to
/// in the order given. The blocks at the head of a page that are those of the first page's head come out once, and so
/// do those at the tail. The pages may be extractions or references to them.
///
/// ```
/// # fn main() -> Result<(), unhusk::Error> {
/// let page = |number: u32, rest: &str| {
///     let html = format!("<title>Dykes</title><h1>Dykes</h1><article>{rest}</article>");
///     let url = format!("https://coast.example/dykes/{number}");
///     unhusk::Extractor::builder().url(url).build()?.extract(&html)
/// };
/// let first = page(1, "<p>The dyke at Ost has held for three hundred years, through eleven storm floods.</p>
///     <a rel=next href=/dykes/2>Next</a>")?;
/// let second = page(2, "<p>It is made of clay, of straw and of patience, and the village walks its length.</p>")?;
/// let pages = [second, first];
/// let joined = unhusk::join(&pages);
/// assert!(joined.text().starts_with("The dyke at Ost") && joined.text().ends_with("walks its length."));
/// # Ok(())
/// # }
/// ```
pub fn join<E: Borrow<Extraction>>(pages: &[E]) -> Joined<'_> {
    let pages: Vec<&Extraction> = pages.iter().map(Borrow::borrow).collect();
    let ordered: Vec<&Extraction> =
        order(&pages).into_iter().filter_map(|index| pages.get(index).copied()).collect();
    let mut chosen: Vec<Vec<bool>> = ordered.iter().map(|page| page.included()).collect();
    let heads = ordered.first().zip(chosen.first()).map(|(page, chosen)| texts(page, chosen));
    let tails = ordered.last().zip(chosen.last()).map(|(page, chosen)| texts(page, chosen));
    let last = ordered.len().saturating_sub(1);
    for (number, (page, chosen)) in ordered.iter().zip(&mut chosen).enumerate() {
        let own = texts(page, chosen);
        if let Some(heads) = heads.as_ref().filter(|_| number > 0) {
            let same = own.iter().zip(heads).take_while(|(own, head)| own.1 == head.1).count();
            // A page that only repeats the first is no head.
            own.iter()
                .take(same)
                .filter(|_| same < own.len())
                .for_each(|&(block, _)| drop_block(chosen, block));
        }
        if let Some(tails) = tails.as_ref().filter(|_| number < last) {
            let pairs = own.iter().rev().zip(tails.iter().rev());
            let same = pairs.take_while(|(own, tail)| own.1 == tail.1).count();
            own.iter()
                .rev()
                .take(same)
                .filter(|_| same < own.len())
                .for_each(|&(block, _)| drop_block(chosen, block));
        }
    }
    Joined { pages: ordered.into_iter().zip(chosen).collect() }
}

impl Joined<'_> {
    /// The text of all pages.
    pub fn text(&self) -> String {
        self.each(Extraction::text_of, "\n\n")
    }

    /// The Markdown of all pages.
    pub fn markdown(&self) -> String {
        self.each(Extraction::markdown_of, "\n\n")
    }

    /// The HTML of all pages.
    pub fn html(&self) -> String {
        self.each(Extraction::html_of, "\n")
    }

    /// The pages in their order, first to last.
    pub fn pages(&self) -> impl ExactSizeIterator<Item = &Extraction> {
        self.pages.iter().map(|(page, _)| *page)
    }

    fn each(&self, write: impl Fn(&Extraction, &[bool]) -> String, between: &str) -> String {
        let parts = self.pages.iter().map(|(page, chosen)| write(page, chosen));
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
    }
}

/// The chosen blocks of a page with their texts.
fn texts<'a>(page: &'a Extraction, chosen: &[bool]) -> Vec<(usize, &'a str)> {
    let blocks = page.blocks().zip(chosen).filter(|(_, chosen)| **chosen);
    blocks.map(|(block, _)| (block.index(), block.text())).collect()
}

fn drop_block(chosen: &mut [bool], block: usize) {
    if let Some(chosen) = chosen.get_mut(block) {
        *chosen = false;
    }
}

/// The numbers of the pages as their links to the next order them.
fn order(pages: &[&Extraction]) -> Vec<usize> {
    let mut by_url: HashMap<&str, usize> = HashMap::new();
    for (index, page) in pages.iter().enumerate() {
        for url in [page.url(), page.metadata().canonical_url()].into_iter().flatten() {
            by_url.entry(bare(url)).or_insert(index);
        }
    }
    let next_of = |page: &Extraction| {
        let next = page.metadata().next_page()?;
        by_url.get(bare(next)).copied()
    };
    let nexts: Vec<Option<usize>> = pages.iter().copied().map(next_of).collect();
    let is_first = |index: &usize| !nexts.contains(&Some(*index));
    let mut ordered = Vec::new();
    let mut seen = vec![false; pages.len()];
    // Pages whose links go in a circle have no first; they come as they were given.
    for start in (0..pages.len()).filter(is_first).chain(0..pages.len()) {
        let mut at = Some(start);
        while let Some(index) = at.filter(|&index| seen.get(index) == Some(&false)) {
            if let Some(seen) = seen.get_mut(index) {
                *seen = true;
            }
            ordered.push(index);
            at = nexts.get(index).copied().flatten();
        }
    }
    ordered
}

/// An address without what changes nothing.
fn bare(url: &str) -> &str {
    let url = url.split('#').next().unwrap_or(url);
    url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/')
}
