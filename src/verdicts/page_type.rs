//! What kind of page it is.

use serde::Serialize;

use super::features::{Columns, log, put_row, whole_page};
use super::page::Page;
use crate::blocks::{BlockFacts, Group, Kind, Within, ratio};

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
    /// All types, in the order of the type model's outputs.
    pub(crate) const ALL: [PageType; 7] = [
        PageType::Article,
        PageType::Forum,
        PageType::Product,
        PageType::Collection,
        PageType::Listing,
        PageType::Documentation,
        PageType::Service,
    ];

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

/// What the type is told by: the page as a whole, the blocks of the text, and what its containers are called.
pub(super) fn type_features(page: &Page<'_>, content: &[bool], out: &mut impl Columns) {
    whole_page(page, out);
    let blocks = page.blocks;
    let chosen: Vec<&BlockFacts> =
        blocks.blocks.iter().zip(content).filter(|(_, is)| **is).map(|(block, _)| block).collect();
    let sum = |value: &dyn Fn(&BlockFacts) -> f32| chosen.iter().map(|block| value(block)).sum::<f32>();
    let words = sum(&|block| block.measured.words);
    let share = |test: &dyn Fn(&BlockFacts) -> bool| {
        ratio(sum(&|block| if test(block) { block.measured.words } else { 0.0 }), words)
    };
    let count = chosen.len() as f32;
    out.put("text.words", log(words));
    out.put("text.blocks", log(count));
    out.put("text.page_share", ratio(words, blocks.page.sums.words));
    out.put("text.words_per_block", ratio(words, count));
    out.put("text.link_ratio", ratio(sum(&|block| block.measured.link_words), words));
    out.put("text.good_ratio", ratio(sum(&|block| block.measured.good_words), words));
    out.put("text.prices", ratio(sum(&|block| block.measured.prices as f32), count));
    out.put("text.times", ratio(sum(&|block| block.times as f32), count));
    out.put("text.digits", ratio(sum(&|block| block.measured.digits as f32), words));
    out.put("text.code", share(&|block| block.within.has(Within::PRE) || block.code_chars > 0));
    for (name, is) in [
        ("heading", (|kind| matches!(kind, Kind::Heading(_))) as fn(Kind) -> bool),
        ("paragraph", |kind| kind == Kind::Paragraph),
        ("list_item", |kind| kind == Kind::ListItem),
        ("cell", |kind| kind == Kind::TableCell),
        ("quote", |kind| kind == Kind::Quote),
        ("definition", |kind| matches!(kind, Kind::Term | Kind::Definition)),
    ] {
        out.put_of("text", name, share(&|block| is(block.kind)));
    }
    let item = |block: &BlockFacts| blocks.container(block.item).filter(|item| item.alike >= 5);
    out.put("text.in_items", share(&|block| item(block).is_some()));
    out.put("text.in_short_items", share(&|block| item(block).is_some_and(|item| item.alike_words < 60.0)));
    for (family, item) in ["largest_row", "largest_row_of_sentences"].into_iter().zip(page.rows) {
        let item = blocks.container(item);
        put_row(family, item, out);
        out.put_of(family, "images", item.map_or(0.0, |item| item.sums.images as f32));
        out.put_of(family, "prices", item.map_or(0.0, |item| item.sums.prices as f32));
    }
    for (number, (group, name)) in Group::ALL.iter().enumerate() {
        let near = |block: &BlockFacts| {
            let levels = page.levels.get(block.container as usize);
            levels.and_then(|levels| levels.get(number)).is_some_and(|&level| level < 4)
        };
        out.put_of("text_near", name, share(&near));
        let called = blocks.containers.iter().filter(|container| container.groups.has(*group)).count();
        out.put_of("called", name, log(called as f32));
    }
}
