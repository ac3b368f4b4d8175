//! What kind of page it is.

use serde::Serialize;

use crate::blocks::{Blocks, Group, Within};

/// The kind of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PageType {
    /// News, a blog post, an essay, an encyclopedia entry.
    Article,
    /// A thread of posts, a question with answers.
    Forum,
    /// One product of a shop.
    Product,
    /// A shop's category or brand page.
    Collection,
    /// An index of articles, jobs, events, links.
    Listing,
    /// Technical documentation, a manual, guidance.
    Documentation,
    /// What a company or an office offers.
    Service,
}

impl PageType {
    /// The type's name in snake case, as in gold files.
    pub fn name(self) -> &'static str {
        match self {
            PageType::Article => "article",
            PageType::Forum => "forum",
            PageType::Product => "product",
            PageType::Collection => "collection",
            PageType::Listing => "listing",
            PageType::Documentation => "documentation",
            PageType::Service => "service",
        }
    }
}

/// Guesses the type from what the markup declares, from class names around the text, and from its form.
pub(super) fn guess(blocks: &Blocks, content: &[bool]) -> PageType {
    let declared = &blocks.page.declared;
    let sums = &blocks.page.sums;
    let chosen: Vec<_> =
        blocks.blocks.iter().zip(content).filter(|(_, is)| **is).map(|(block, _)| block).collect();
    let words: f32 = chosen.iter().map(|block| block.measured.words).sum::<f32>().max(1.0);
    let share = |test: &dyn Fn(&crate::blocks::BlockFacts) -> bool| {
        chosen.iter().filter(|block| test(block)).map(|block| block.measured.words).sum::<f32>() / words
    };
    let around = |groups: &'static [Group]| {
        move |block: &crate::blocks::BlockFacts| {
            block.groups.any(groups)
                || blocks.ancestors(block.container).take(4).any(|container| container.groups.any(groups))
        }
    };
    let good: f32 = chosen.iter().map(|block| block.measured.good_words).sum::<f32>() / words;
    let prices = sums.prices as f32;
    let in_items = share(&|block| {
        blocks.container(block.item).is_some_and(|item| item.alike >= 5 && item.alike_words < 60.0)
    });
    let code = share(&|block| block.within.has(Within::PRE) || block.code_chars > 0);
    let docs = share(&around(&[Group::Docs]));
    let forum = share(&around(&[Group::Forum]));
    if declared.forum || (forum > 0.7 && blocks.page.h1s <= 1 && !declared.article && !declared.og_article) {
        return PageType::Forum;
    }
    if declared.product || declared.og_product {
        return if in_items > 0.6 && prices > 12.0 { PageType::Collection } else { PageType::Product };
    }
    if declared.article || declared.og_article && good > 0.4 {
        return PageType::Article;
    }
    if prices >= 8.0 && in_items > 0.3 {
        return PageType::Collection;
    }
    if code > 0.15 || docs > 0.5 {
        return PageType::Documentation;
    }
    if declared.list || (in_items > 0.6 && good < 0.6) {
        return PageType::Listing;
    }
    if declared.business || declared.faq || (good < 0.6 && blocks.page.column_words < sums.good_words * 0.4) {
        return PageType::Service;
    }
    PageType::Article
}
