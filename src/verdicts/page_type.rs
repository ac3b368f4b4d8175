//! What kind of page it is.

use serde::Serialize;

use super::features::{Columns, log, put_row, whole_page};
use super::page::Page;
use crate::blocks::{BlockFacts, Blocks, Group, Kind, Within, ratio};

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

/// A feature's name, and which blocks' words it is a share of.
type Share<'a> = (&'static str, &'a dyn Fn(&BlockFacts) -> bool);

/// What the type is told by: the page as a whole, the blocks of the text, and what its containers are called.
pub(super) fn type_features(page: &Page<'_>, content: &[bool], out: &mut impl Columns) {
    whole_page(page, out);
    let blocks = page.blocks;
    let chosen: Vec<&BlockFacts> =
        blocks.blocks.iter().zip(content).filter(|(_, is)| **is).map(|(block, _)| block).collect();
    let item = |block: &BlockFacts| blocks.container(block.item).filter(|item| item.alike >= 5);
    let is = |kind: fn(Kind) -> bool| move |block: &BlockFacts| kind(block.kind);
    // Shares of the words, by what their blocks are.
    let shares: [Share<'_>; 9] = [
        ("code", &|block| block.within.has(Within::PRE) || block.code_chars > 0),
        ("heading", &is(|kind| matches!(kind, Kind::Heading(_)))),
        ("paragraph", &is(|kind| kind == Kind::Paragraph)),
        ("list_item", &is(|kind| kind == Kind::ListItem)),
        ("cell", &is(|kind| kind == Kind::TableCell)),
        ("quote", &is(|kind| kind == Kind::Quote)),
        ("definition", &is(|kind| matches!(kind, Kind::Term | Kind::Definition))),
        ("in_items", &|block| item(block).is_some()),
        ("in_short_items", &|block| item(block).is_some_and(|item| item.alike_words < 60.0)),
    ];
    // One pass over the blocks: on large pages, many would wait for memory.
    let (mut words, mut link_words, mut good_words) = (0.0, 0.0, 0.0);
    let (mut prices, mut times, mut digits) = (0.0, 0.0, 0.0);
    let mut shared = [0.0; 9];
    for block in &chosen {
        words += block.measured.words;
        link_words += block.measured.link_words;
        good_words += block.measured.good_words;
        prices += block.measured.prices as f32;
        times += block.times as f32;
        digits += block.measured.digits as f32;
        for (sum, (_, test)) in shared.iter_mut().zip(&shares) {
            *sum += if test(block) { block.measured.words } else { 0.0 };
        }
    }
    let count = chosen.len() as f32;
    out.put("text.words", log(words));
    out.put("text.blocks", log(count));
    out.put("text.page_share", ratio(words, blocks.page.sums.words));
    out.put("text.words_per_block", ratio(words, count));
    out.put("text.link_ratio", ratio(link_words, words));
    out.put("text.good_ratio", ratio(good_words, words));
    out.put("text.prices", ratio(prices, count));
    out.put("text.times", ratio(times, count));
    out.put("text.digits", ratio(digits, words));
    for ((name, _), sum) in shares.iter().zip(shared) {
        out.put_of("text", name, ratio(sum, words));
    }
    for (family, item) in ["largest_row", "largest_row_of_sentences"].into_iter().zip(page.rows) {
        let item = blocks.container(item);
        put_row(family, item, out);
        out.put_of(family, "images", item.map_or(0.0, |item| item.sums.images as f32));
        out.put_of(family, "prices", item.map_or(0.0, |item| item.sums.prices as f32));
    }
    let (near, called) = (words_near(page, &chosen), called(blocks));
    for (number, (_, name)) in Group::ALL.iter().enumerate() {
        out.put_of("text_near", name, ratio(near.get(number).copied().unwrap_or(0.0), words));
        out.put_of("called", name, log(called.get(number).copied().unwrap_or(0) as f32));
    }
}

/// For each group the words of the blocks that have it at most three levels up.
fn words_near(page: &Page<'_>, blocks: &[&BlockFacts]) -> [f32; Group::ALL.len()] {
    let mut words = [0.0; Group::ALL.len()];
    for block in blocks {
        for (sum, level) in
            words.iter_mut().zip(page.levels.get(block.container as usize).into_iter().flatten())
        {
            *sum += if *level < 4 { block.measured.words } else { 0.0 };
        }
    }
    words
}

/// For each group how many elements are called so.
fn called(blocks: &Blocks) -> [u32; Group::ALL.len()] {
    let mut called = [0; Group::ALL.len()];
    for groups in blocks.containers.iter().map(|container| container.groups).filter(|groups| groups.0 != 0) {
        for (count, (group, _)) in called.iter_mut().zip(Group::ALL) {
            *count += u32::from(groups.has(*group));
        }
    }
    called
}
