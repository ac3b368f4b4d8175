//! The features of a block: the one place where each is defined.
//!
//! A feature is written by name and value, in an order that never depends on the page. Scoring takes the values,
//! the trainer and the explanations take the names as well.

use memchr::{memchr, memchr2_iter, memchr3};

use super::page::{FAR, MANY, Page};
use super::role::Role;
use crate::blocks::{BlockFacts, ContainerFacts, Group, Kind, Sums, Within, ratio};
use crate::document::Tag;

/// Takes features in their order.
pub(crate) trait Columns {
    fn put(&mut self, name: &'static str, value: f32);

    /// One of a numbered or named family, such as `ancestor2.words`.
    fn put_of(&mut self, family: &'static str, member: &'static str, value: f32);

    /// All of a family.
    fn put_all(&mut self, family: &'static str, members: impl Iterator<Item = &'static str>, values: &[f32]) {
        for (member, value) in members.zip(values) {
            self.put_of(family, member, *value);
        }
    }

    /// Those of the page as a whole.
    fn put_page(&mut self, page: &Page<'_>)
    where
        Self: Sized,
    {
        whole_page(page, self);
    }
}

/// Keeps the values.
impl Columns for Vec<f32> {
    fn put(&mut self, _: &'static str, value: f32) {
        self.push(value);
    }

    fn put_of(&mut self, _: &'static str, _: &'static str, value: f32) {
        self.push(value);
    }
}

/// Keeps the names.
#[derive(Default)]
pub(crate) struct NameList(pub(crate) Vec<String>);

impl Columns for NameList {
    fn put(&mut self, name: &'static str, _: f32) {
        self.0.push(name.to_owned());
    }

    fn put_of(&mut self, family: &'static str, member: &'static str, _: f32) {
        self.0.push(format!("{family}.{member}"));
    }
}

/// `ln(1 + x)`: counts spread over orders of magnitude.
pub(super) fn log(value: f32) -> f32 {
    (1.0 + value.max(0.0)).ln()
}

fn flag(value: bool) -> f32 {
    f32::from(u8::from(value))
}

/// The features of a block, in their order.
pub(crate) fn features(page: &Page<'_>, index: usize, out: &mut impl Columns) {
    let Some(block) = page.block(index, 0) else { return };
    text(page, block, out);
    markup(page, block, out);
    ancestors(page, block, out);
    items(page, index, block, out);
    position(page, index, block, out);
    neighbours(page, index, block, out);
    out.put_page(page);
}

/// The names of the features, in their order.
pub(crate) fn feature_names() -> Vec<String> {
    let blocks = crate::blocks::flatten(&crate::Document::parse("<p>x"), usize::MAX);
    let mut names = NameList::default();
    features(&Page::new(&blocks), 0, &mut names);
    names.0
}

/// Text density by Kohlschütter et al. 2010: words per wrapped line.
pub(crate) fn text_density(block: &BlockFacts) -> f32 {
    let measured = &block.measured;
    // The last line is not full and would pull a long text's density down.
    if measured.lines > 1 {
        measured.words / (measured.chars as f32 / 80.0 + 1.0).max(1.0)
    } else {
        measured.words
    }
}

/// Link ratio: words in links ÷ words.
pub(crate) fn link_ratio(block: &BlockFacts) -> f32 {
    ratio(block.measured.link_words, block.measured.words)
}

/// Text density by Sun et al. 2011: characters per tag.
pub(crate) fn chars_per_tag(block: &BlockFacts) -> f32 {
    block.measured.chars as f32 / (1 + block.inline_tags) as f32
}

fn text(page: &Page<'_>, block: &BlockFacts, out: &mut impl Columns) {
    let measured = &block.measured;
    let chars = measured.chars.max(1) as f32;
    let tokens = measured.tokens.max(1) as f32;
    out.put("words", measured.words);
    out.put("link_ratio", link_ratio(block));
    out.put("link_words", measured.link_words);
    out.put("text_density", text_density(block));
    out.put("chars_per_tag", chars_per_tag(block));
    out.put("good_words", measured.good_words);
    out.put("good_ratio", ratio(measured.good_words, measured.words));
    out.put("sentences", measured.sentences as f32);
    out.put("ends_sentence", flag(measured.ends_sentence));
    out.put("ends_with_colon", flag(measured.ends_with_colon));
    out.put("commas", measured.commas as f32);
    out.put("commas_per_word", measured.commas as f32 / tokens);
    out.put("digits", measured.digits as f32 / chars);
    out.put("marks", measured.marks as f32 / chars);
    out.put("uppercase", measured.uppercase as f32 / chars);
    out.put("capitalised", measured.capitalised as f32 / tokens);
    out.put("word_length", chars / tokens);
    out.put("longest_run", measured.longest_run as f32);
    out.put("prices", measured.prices as f32);
    out.put("links", block.links as f32);
    out.put("inline_tags", block.inline_tags as f32);
    out.put("block_images", block.images as f32);
    out.put("bold", block.bold_chars as f32 / chars);
    out.put("code", block.code_chars as f32 / chars);
    out.put("times", block.times as f32);
    out.put("breaks", block.breaks as f32);
    out.put("split_by_breaks", flag(block.split_by_breaks));
    out.put("fragment_links", ratio(block.fragment_links as f32, block.links as f32));
    out.put("repeats", block.repeats as f32);
    out.put("repeated", block.repeated as f32);
    out.put("repeated_later", block.repeats.saturating_sub(block.repeated + 1) as f32);
    let text = page.blocks.text_of(block);
    out.put("starts_lower", flag(text.chars().next().is_some_and(char::is_lowercase)));
    out.put("has_at", flag(memchr(b'@', text.as_bytes()).is_some()));
    out.put("has_copyright", flag(memchr(0xC2, text.as_bytes()).is_some() && text.contains('©')));
    out.put("has_bar", flag(has_bar(text)));
    out.put("has_year", flag(has_year(text)));
    out.put("asks_for_script", flag(block.within.has(Within::NOSCRIPT) && speaks_of_script(text)));
}

/// Where a page speaks of JavaScript to those who have none, it asks for it, in any language.
fn speaks_of_script(text: &str) -> bool {
    /// In words of eight letters each, what such a notice has at most.
    const LONGEST: usize = 60 * 8;
    const NAME: &[u8] = b"javascript";
    let bytes = text.as_bytes();
    bytes.len() <= LONGEST && bytes.windows(NAME.len()).any(|word| word.eq_ignore_ascii_case(NAME))
}

/// A mark that parts the items of a line.
fn has_bar(text: &str) -> bool {
    // The first bytes of the marks in UTF-8: most texts have none of them.
    memchr3(b'|', 0xC2, 0xE2, text.as_bytes()).is_some() && text.contains(['|', '·', '•', '»', '›'])
}

/// A year from 1950 to 2049 as a number of its own.
fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() <= 400
        && memchr2_iter(b'1', b'2', bytes).any(|at| {
            let is_year = matches!(
                bytes.get(at..at + 4),
                Some([b'1', b'9', b'5'..=b'9', b'0'..=b'9'] | [b'2', b'0', b'0'..=b'4', b'0'..=b'9'])
            );
            let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
            is_year && !digit(at + 4) && (at == 0 || !digit(at - 1))
        })
}

fn markup(page: &Page<'_>, block: &BlockFacts, out: &mut impl Columns) {
    let container = page.blocks.container(block.container);
    let tag = container.map_or(Tag::Other, |container| container.tag);
    let level = if let Kind::Heading(level) = block.kind { f32::from(level) } else { 0.0 };
    out.put("heading_level", level);
    out.put("is_p", flag(tag == Tag::P));
    out.put("is_div", flag(matches!(tag, Tag::Div | Tag::Section | Tag::Center)));
    out.put("is_cell", flag(tag == Tag::Td));
    out.put("is_caption", flag(block.kind == Kind::Caption));
    out.put("is_term", flag(block.kind == Kind::Term));
    out.put("is_definition", flag(block.kind == Kind::Definition));
    out.put("is_custom", flag(tag == Tag::Other));
    out.put("depth", container.map_or(0.0, |container| f32::from(container.depth)));
    for (mark, name) in Within::ALL {
        out.put_of("within", name, flag(block.within.has(*mark)));
    }
    out.put("names", page.names.get(block.container as usize).copied().unwrap_or(0.0));
    let levels = page.levels.get(block.container as usize).copied().unwrap_or([FAR; _]);
    let mut near = [0.0; Group::ALL.len()];
    for (number, (place, level)) in near.iter_mut().zip(levels).enumerate() {
        *place = if block.groups.0 >> number & 1 == 1 { 0.0 } else { f32::from(level) };
    }
    out.put_all("class", Group::ALL.iter().map(|(_, name)| *name), &near);
}

const ANCESTORS: [&str; 7] =
    ["ancestor0", "ancestor1", "ancestor2", "ancestor3", "ancestor4", "ancestor5", "ancestor6"];

fn ancestors(page: &Page<'_>, block: &BlockFacts, out: &mut impl Columns) {
    let mut next = block.container;
    for family in ANCESTORS {
        let (parent, values) = page.containers.get(next as usize).copied().unwrap_or((u32::MAX, [0.0; _]));
        out.put_all(family, ANCESTOR.into_iter(), &values);
        next = parent;
    }
}

/// The features of a block's container and of each of its ancestors, in the order of [`of_container`].
const ANCESTOR: [&str; 12] = [
    "words",
    "link_ratio",
    "good_words",
    "good_ratio",
    "blocks",
    "page_share",
    "good_share",
    "words_per_block",
    "chars_per_tag",
    "paragraphs",
    "images_per_block",
    "alike",
];

/// What a container's blocks, and those of the containers in it, have as features in common.
pub(super) fn of_container(container: &ContainerFacts, total: &Sums) -> [f32; ANCESTOR.len()] {
    let sums = &container.sums;
    let blocks = sums.blocks as f32;
    [
        log(sums.words),
        sums.link_ratio(),
        log(sums.good_words),
        sums.good_ratio(),
        log(blocks),
        ratio(sums.words, total.words),
        ratio(sums.good_words, total.good_words),
        ratio(sums.words, blocks),
        ratio(sums.chars as f32, sums.tags as f32),
        sums.paragraphs as f32,
        ratio(sums.images as f32, blocks),
        container.alike as f32,
    ]
}

fn items(page: &Page<'_>, index: usize, block: &BlockFacts, out: &mut impl Columns) {
    let own = page.blocks.container(block.container);
    let alike = page.path_of(block.container);
    let total = &page.blocks.page.sums;
    out.put("path.blocks", alike.blocks as f32);
    out.put("path.words", ratio(alike.words, alike.blocks as f32));
    out.put("path.link_ratio", alike.link_ratio());
    out.put("path.good_ratio", alike.good_ratio());
    out.put("path.page_share", ratio(alike.words, total.words));
    out.put("path.good_share", ratio(alike.good_words, total.good_words));
    for (family, item) in ["largest_row", "largest_row_of_sentences"].into_iter().zip(page.rows) {
        let item = page.blocks.container(item);
        let parent = item.map_or(u32::MAX, |item| item.parent);
        let row = page.blocks.container(parent);
        let inside = row.is_some_and(|row| (row.first_block..row.end_block).contains(&(index as u32)));
        out.put_of(family, "inside", flag(inside));
        put_row(family, item, out);
        let words = item.map_or(0.0, |item| item.alike_words * item.alike as f32);
        out.put_of(family, "page_share", ratio(words, total.words));
    }
    out.put("own.alike_good", own.map_or(0.0, |own| own.alike_good));
    out.put("own.alike_links", own.map_or(0.0, |own| own.alike_links));
    out.put("own.alike_words", own.map_or(0.0, |own| own.alike_words));
    let item = page.blocks.container(block.item);
    out.put("item.alike", item.map_or(0.0, |item| item.alike as f32));
    out.put("item.index", item.map_or(-1.0, |item| item.alike_index as f32));
    out.put("item.good", item.map_or(0.0, |item| item.alike_good));
    out.put("item.links", item.map_or(0.0, |item| item.alike_links));
    out.put("item.words", item.map_or(0.0, |item| item.alike_words));
    out.put("item.blocks", item.map_or(0.0, |item| item.sums.blocks as f32));
    out.put("item.images", item.map_or(0.0, |item| item.sums.images as f32));
    out.put("item.prices", item.map_or(0.0, |item| item.sums.prices as f32));
    out.put("item.times", item.map_or(0.0, |item| item.sums.times as f32));
    out.put("item.headings", item.map_or(0.0, |item| item.sums.headings as f32));
    let levels = item.zip(own).map_or(-1.0, |(item, own)| f32::from(own.depth) - f32::from(item.depth));
    out.put("item.levels_up", levels);
    // The row that holds the items: a list's share of the page tells a listing from a list beside an article.
    let row = item.and_then(|item| page.blocks.container(item.parent));
    out.put("row.page_share", row.map_or(0.0, |row| ratio(row.sums.words, page.blocks.page.sums.words)));
    out.put("row.words", row.map_or(0.0, |row| log(row.sums.words)));
    out.put("row.link_ratio", row.map_or(0.0, |row| row.sums.link_ratio()));
    let outer =
        item.and_then(|item| page.blocks.container(item.parent)).and_then(|row| outer_item(page, row));
    out.put("outer.alike", outer.map_or(0.0, |outer| outer.alike as f32));
    out.put("outer.words", outer.map_or(0.0, |outer| outer.alike_words));
    out.put("outer.good", outer.map_or(0.0, |outer| outer.alike_good));
    out.put("outer.links", outer.map_or(0.0, |outer| outer.alike_links));
}

/// What the items of a row that look like `item` have in common.
pub(super) fn put_row(family: &'static str, item: Option<&ContainerFacts>, out: &mut impl Columns) {
    out.put_of(family, "items", item.map_or(0.0, |item| item.alike as f32));
    out.put_of(family, "words", item.map_or(0.0, |item| item.alike_words));
    out.put_of(family, "links", item.map_or(0.0, |item| item.alike_links));
    out.put_of(family, "good", item.map_or(0.0, |item| item.alike_good));
}

/// The item around a row, when lists nest.
fn outer_item<'a>(page: &'a Page<'_>, row: &'a ContainerFacts) -> Option<&'a ContainerFacts> {
    let mut container = row;
    // Sixteen levels are as far as nested lists of real pages are apart.
    for _ in 0..16 {
        if container.alike >= 3 {
            return Some(container);
        }
        container = page.blocks.container(container.parent)?;
    }
    None
}

fn position(page: &Page<'_>, index: usize, block: &BlockFacts, out: &mut impl Columns) {
    let count = page.blocks.blocks.len().max(1) as f32;
    let at = index as f32;
    let [before, _, good_before] = page.sums(0, index);
    let facts = &page.blocks.page;
    let (start, end) = page.copies.get(index).copied().unwrap_or((0, 0));
    let [words, ..] = page.sums(start as usize, end as usize);
    out.put("copies.blocks", (end - start) as f32);
    out.put("copies.words", log(words));
    out.put("position", at / count);
    out.put("index", at);
    out.put("from_end", count - at);
    out.put("words_before", ratio(before, facts.sums.words));
    out.put("good_before", ratio(good_before, facts.sums.good_words));
    let headline = if facts.headline == u32::MAX { -1000.0 } else { at - facts.headline as f32 };
    out.put("from_headline", headline.clamp(-1000.0, 1000.0));
    out.put("is_headline", flag(facts.headline == index as u32));
    let title_match = facts.title_match.get(index).copied().unwrap_or_default();
    out.put("title_match", f32::from(title_match as u8));
    let common = page.common.get(block.container as usize).copied().unwrap_or([MANY; 2]);
    for (family, (start, end), common) in [("main", page.main, common[0]), ("column", page.column, common[1])]
    {
        let (start, end) = (start as f32, end as f32);
        let inside = at >= start && at < end;
        out.put_of(family, "inside", flag(inside));
        let distance = if at < start {
            at - start
        } else if at >= end {
            at - end + 1.0
        } else {
            0.0
        };
        out.put_of(family, "distance", distance.clamp(-1000.0, 1000.0));
        out.put_of(family, "position", if inside { (at - start) / (end - start).max(1.0) } else { -1.0 });
        out.put_of(family, "common", common.into());
    }
}

const BEFORE: [(&str, isize); 4] = [("before1", -1), ("before2", -2), ("before3", -3), ("before4", -4)];
const AFTER: [(&str, isize); 4] = [("after1", 1), ("after2", 2), ("after3", 3), ("after4", 4)];

fn neighbours(page: &Page<'_>, index: usize, block: &BlockFacts, out: &mut impl Columns) {
    let path =
        |block: &BlockFacts| page.blocks.container(block.container).map_or(0, |container| container.path);
    for (family, offset) in BEFORE.into_iter().chain(AFTER) {
        let other = page.block(index, offset);
        out.put_of(family, "words", other.map_or(-1.0, |other| other.measured.words));
        out.put_of(family, "link_ratio", other.map_or(-1.0, link_ratio));
        out.put_of(family, "good_words", other.map_or(-1.0, |other| other.measured.good_words));
        let level =
            |other: &BlockFacts| if let Kind::Heading(level) = other.kind { f32::from(level) } else { 0.0 };
        out.put_of(family, "heading_level", other.map_or(-1.0, level));
        out.put_of(family, "same_path", other.map_or(-1.0, |other| flag(path(other) == path(block))));
    }
    for (family, reach) in [("window3", 3), ("window8", 8), ("window20", 20)] {
        let [words, links, good] = page.sums(index.saturating_sub(reach), index + reach + 1);
        out.put_of(family, "words", words);
        out.put_of(family, "link_ratio", ratio(links, words));
        out.put_of(family, "good_ratio", ratio(good, words));
    }
    let [words_before, links_before, good_before] = page.sums(index.saturating_sub(8), index);
    out.put("before8.good_ratio", ratio(good_before, words_before));
    out.put("before8.link_ratio", ratio(links_before, words_before));
    let [words_after, links_after, good_after] = page.sums(index + 1, index + 9);
    out.put("after8.good_ratio", ratio(good_after, words_after));
    out.put("after8.link_ratio", ratio(links_after, words_after));
    let heading = page.heading.get(index).copied().unwrap_or(u32::MAX);
    out.put(
        "heading.distance",
        if heading == u32::MAX { 1000.0 } else { (index as f32 - heading as f32).min(1000.0) },
    );
    let announced = page.announced.get(index).copied().flatten();
    for (role, name) in [
        (Role::Recommendation, "recommendation"),
        (Role::Comment, "comment"),
        (Role::CommentForm, "comment_form"),
        (Role::Share, "share"),
        (Role::Form, "form"),
        (Role::Navigation, "navigation"),
    ] {
        out.put_of("heading_announces", name, flag(announced == Some(role)));
    }
    let facts = page.blocks.blocks.get(heading as usize);
    out.put("heading.link_ratio", facts.map_or(0.0, link_ratio));
    out.put(
        "heading.level",
        facts.map_or(0.0, |facts| if let Kind::Heading(n) = facts.kind { f32::from(n) } else { 0.0 }),
    );
    out.put("heading.words", facts.map_or(0.0, |facts| facts.measured.words));
    let (start, end) = page.sections.get(index).copied().unwrap_or((0, 0));
    let [words, links, good] = page.sums(start as usize, end as usize);
    out.put("section.words", log(words));
    out.put("section.link_ratio", ratio(links, words));
    out.put("section.good_ratio", ratio(good, words));
    out.put("section.blocks", (end - start) as f32);
}

/// The features that are the same for all blocks of a page.
pub(super) fn whole_page(page: &Page<'_>, out: &mut impl Columns) {
    let facts = &page.blocks.page;
    let sums = &facts.sums;
    let blocks = sums.blocks.max(1) as f32;
    out.put("page.words", log(sums.words));
    out.put("page.link_ratio", sums.link_ratio());
    out.put("page.good_ratio", sums.good_ratio());
    out.put("page.good_words", log(sums.good_words));
    out.put("page.blocks", log(blocks));
    out.put("page.paragraphs", sums.paragraphs as f32 / blocks);
    out.put("page.headings", sums.headings as f32 / blocks);
    out.put("page.items", sums.items as f32 / blocks);
    out.put("page.images", sums.images as f32 / blocks);
    out.put("page.prices", sums.prices as f32 / blocks);
    out.put("page.times", sums.times as f32 / blocks);
    out.put("page.inputs", log(sums.inputs as f32));
    out.put("page.words_per_block", sums.words / blocks);
    out.put("page.h1s", facts.h1s as f32);
    out.put("page.articles", facts.articles as f32);
    out.put("page.column_share", ratio(facts.column_words, sums.good_words));
    out.put("page.column_words", log(facts.column_words));
    out.put("page.unspaced", facts.unspaced);
    let main = page.blocks.container(facts.main).map(|main| main.sums).unwrap_or_default();
    out.put("page.main_share", ratio(main.words, sums.words));
    out.put("page.main_link_ratio", main.link_ratio());
    out.put("page.headline_in_title", flag(facts.headline_in_title));
    let declared = &facts.declared;
    out.put("page.declares_article", flag(declared.article));
    out.put("page.declares_product", flag(declared.product));
    out.put("page.declares_list", flag(declared.list));
    out.put("page.declares_forum", flag(declared.forum));
    out.put("page.declares_faq", flag(declared.faq));
    out.put("page.declares_business", flag(declared.business));
    out.put("page.og_article", flag(declared.og_article));
    out.put("page.og_product", flag(declared.og_product));
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::blocks::by_hand::Hand;
    use crate::blocks::{Blocks, Groups};

    /// The named features of a block.
    fn named(blocks: &Blocks, index: usize) -> HashMap<String, f32> {
        let page = Page::new(blocks);
        let (mut names, mut values) = (NameList::default(), Vec::new());
        features(&page, index, &mut names);
        features(&page, index, &mut values);
        assert_eq!(names.0.len(), values.len());
        names.0.into_iter().zip(values).collect()
    }

    #[test]
    fn a_block_sees_itself_and_what_stands_around_it() {
        let mut hand = Hand::new();
        let article = hand.container(0, Tag::Article, Groups(1 << Group::Article as u64));
        let inner = hand.container(article, Tag::Div, Groups::default());
        hand.block(inner, Kind::Heading(2), "Related", false);
        hand.block(inner, Kind::Paragraph, "The mill stood by the river. Nobody used it.", false);
        let menu = hand.container(0, Tag::Ul, Groups(1 << Group::Nav as u64));
        let last = hand.block(menu, Kind::ListItem, "Home", true);
        let blocks = hand.finish();

        let text = named(&blocks, 1);
        assert_eq!((text["words"], text["sentences"], text["link_ratio"]), (9.0, 2.0, 0.0));
        assert_eq!((text["class.Article"], text["class.Nav"]), (1.0, f32::from(FAR)));
        assert_eq!((text["before1.heading_level"], text["after1.link_ratio"]), (2.0, 1.0));
        assert_eq!((text["heading.distance"], text["heading_announces.recommendation"]), (1.0, 1.0));
        assert_eq!(text["ancestor0.page_share"], 10.0 / 11.0);
        let link = named(&blocks, last);
        assert_eq!((link["class.Nav"], link["link_ratio"], link["from_end"]), (0.0, 1.0, 1.0));
    }

    #[test]
    fn pages_ask_for_script_where_there_is_none() {
        let asks = |html: &str| {
            let blocks = crate::blocks::flatten(&crate::Document::parse(html), usize::MAX);
            named(&blocks, 0)["asks_for_script"] == 1.0
        };
        assert!(asks("<body><noscript><p>Bitte aktivieren Sie JavaScript in Ihrem Browser.</p></noscript>"));
        assert!(!asks("<p>JavaScript has no integers.</p>"));
        assert!(!asks("<body><noscript><p>Thirty owls were counted.</p></noscript>"));
    }
}
