//! Facts of the page as a whole: where its headline is, which part holds most of its sentences, what it says it is.

use html5ever::local_name;
use memchr::memmem;

use super::{BlockFacts, Blocks, Kind, Sums, ratio};
use crate::Document;
use crate::document::{Arena, Data, NodeId, Tag};

/// The page's facts.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageFacts {
    /// Sums over the whole page.
    pub(crate) sums: Sums,
    /// The block that is most likely the headline; `u32::MAX` for none.
    pub(crate) headline: u32,
    /// True when the headline agrees with the document's title.
    pub(crate) headline_in_title: bool,
    /// The smallest container that holds at least 60 % of the words in good sentences.
    pub(crate) main: u32,
    /// The container with most good sentences in its own blocks and those of its children.
    pub(crate) column: u32,
    /// Good-sentence words of that.
    pub(crate) column_words: f32,
    /// What the page's markup declares it to be.
    pub(crate) declared: Declared,
    /// Share of characters of scripts without spaces.
    pub(crate) unspaced: f32,
    /// Number of `h1` blocks.
    pub(crate) h1s: u32,
    /// Number of `article` elements.
    pub(crate) articles: u32,
    /// For each block, whether the title holds its text: 0 no, 1 a part, 2 most of the title.
    pub(crate) title_match: Vec<u8>,
}

/// What JSON-LD, Open Graph and microdata declare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Declared {
    pub(crate) article: bool,
    pub(crate) product: bool,
    pub(crate) list: bool,
    pub(crate) forum: bool,
    pub(crate) og_article: bool,
    pub(crate) og_product: bool,
    pub(crate) faq: bool,
    pub(crate) business: bool,
}

pub(super) fn measure(document: &Document, blocks: &Blocks) -> PageFacts {
    let arena = document.arena();
    let (title, declared) = head(arena);
    let mut facts = PageFacts {
        sums: blocks.containers.first().map(|root| root.sums).unwrap_or_default(),
        headline: u32::MAX,
        main: 0,
        column: 0,
        declared,
        ..PageFacts::default()
    };
    facts.title_match = title_matches(blocks, &title);
    facts.h1s = blocks.blocks.iter().filter(|block| block.kind == Kind::Heading(1)).count() as u32;
    facts.articles =
        blocks.containers.iter().filter(|container| container.tag == Tag::Article).count() as u32;
    find_headline(blocks, &mut facts);
    find_main(blocks, &mut facts);
    find_column(blocks, &mut facts);
    let unspaced = if blocks.text.is_ascii() {
        0
    } else {
        blocks.text.chars().filter(|&c| ('\u{0E00}'..='\u{9FFF}').contains(&c)).count()
    };
    facts.unspaced = ratio(unspaced as f32, facts.sums.chars as f32);
    facts
}

/// Lower case, letters and digits only.
fn squash(text: &str, squashed: &mut Vec<u8>) {
    squashed.clear();
    if text.is_ascii() {
        squashed.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()).filter(u8::is_ascii_alphanumeric));
    } else {
        let mut buffer = [0; 4];
        for c in text.chars().filter(|c| c.is_alphanumeric()) {
            if c.is_ascii() {
                squashed.push(c.to_ascii_lowercase() as u8);
                continue;
            }
            for lower in c.to_lowercase() {
                squashed.extend_from_slice(lower.encode_utf8(&mut buffer).as_bytes());
            }
        }
    }
}

/// The pairs of letters that a squashed text is made of: no block that begins with another is a part of it.
struct Pairs([u64; 16]);

impl Pairs {
    fn new(squashed: &[u8]) -> Pairs {
        let mut pairs = Pairs([0; 16]);
        for pair in squashed.windows(2) {
            let (word, bit) = Pairs::place(pair);
            if let Some(word) = pairs.0.get_mut(word) {
                *word |= bit;
            }
        }
        pairs
    }

    /// A place that other pairs may share.
    fn place(pair: &[u8]) -> (usize, u64) {
        let hash = pair.iter().fold(0, |hash, &byte| hash * 37 + usize::from(byte));
        (hash / 64 % 16, 1 << (hash % 64))
    }

    /// False where the first two letters of a text are not among the pairs.
    fn begin(&self, text: &str) -> bool {
        let mut letters = text.chars().filter(|c| c.is_alphanumeric());
        let (Some(first), Some(second)) = (letters.next(), letters.next()) else { return true };
        let (Ok(first), Ok(second)) = (u8::try_from(first), u8::try_from(second)) else { return true };
        if !(first.is_ascii() && second.is_ascii()) {
            return true;
        }
        let (word, bit) = Pairs::place(&[first.to_ascii_lowercase(), second.to_ascii_lowercase()]);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }
}

fn title_matches(blocks: &Blocks, title: &str) -> Vec<u8> {
    let mut squashed = Vec::new();
    // Each block is looked for in the title: one of a megabyte must not be searched a hundred thousand times.
    squash(
        title.char_indices().nth(1000).and_then(|(end, _)| title.get(..end)).unwrap_or(title),
        &mut squashed,
    );
    let title = squashed.clone();
    let (pairs, in_text) = (Pairs::new(&title), memmem::Finder::new(&title));
    let rare = rarest(&title);
    let mut text = squashed;
    let matches = |block: &BlockFacts| {
        let full = blocks.text_of(block);
        if full.len() > 400 || full.len() < 4 || title.is_empty() {
            return 0;
        }
        // Most texts are neither a part of the title nor have it as a part: the one would begin with letters that stand
        // in the title, the other would hold its rarest letter. A text in ASCII becomes no longer.
        let is_shorter = || full.len() < title.len() && full.is_ascii();
        let holds = || rare.is_none_or(|rare| holds_letter(full.as_bytes(), rare)) && !is_shorter();
        if !pairs.begin(full) && !holds() {
            return 0;
        }
        squash(full, &mut text);
        let length = text.len();
        if length < 4 || length > title.len() || memmem::find(&title, &text).is_none() {
            u8::from(length > 8 && length >= title.len() && in_text.find(&text).is_some()) * 2
        } else if length * 2 >= title.len() {
            2
        } else {
            1
        }
    };
    blocks.blocks.iter().map(matches).collect()
}

/// The letter or digit of a squashed text that is rarest in most languages' texts. `i` and `k` are none: other letters
/// become these in lower case.
fn rarest(squashed: &[u8]) -> Option<u8> {
    const RARE_FIRST: &[u8] = b"qxzj7698543012wyvfgbphmuldcnotsrae";
    RARE_FIRST.iter().copied().find(|letter| squashed.contains(letter))
}

/// True for a text that has the letter in either case.
fn holds_letter(text: &[u8], letter: u8) -> bool {
    memchr::memchr2(letter, letter.to_ascii_uppercase(), text).is_some()
}

fn find_headline(blocks: &Blocks, facts: &mut PageFacts) {
    let matches = |index: usize| facts.title_match.get(index).copied().unwrap_or(0);
    let rank = |(index, block): (usize, &BlockFacts)| -> u32 {
        let agreement = u32::from(matches(index)) * 4;
        let level = match block.kind {
            Kind::Heading(1) => 7,
            Kind::Heading(2) => 4,
            Kind::Heading(3) => 2,
            _ => 0,
        };
        let title_class = u32::from(block.groups.has(super::Group::Title)) * 2;
        // A headline is no link in a list and stands in no menu.
        let linked = block.measured.link_words > block.measured.words * 0.5;
        let aside = block.within.has(super::Within::NAV)
            || block.within.has(super::Within::ASIDE)
            || block.within.has(super::Within::FOOTER)
            || block.groups.has(super::Group::Breadcrumb);
        (agreement + level + title_class).saturating_sub(u32::from(linked) * 4 + u32::from(aside) * 6)
    };
    let mut best = (5, u32::MAX);
    for (index, block) in blocks.blocks.iter().enumerate() {
        let rank = rank((index, block));
        if rank > best.0 {
            best = (rank, index as u32);
        }
    }
    facts.headline = best.1;
    facts.headline_in_title = matches(best.1 as usize) > 0;
}

fn find_main(blocks: &Blocks, facts: &mut PageFacts) {
    let wanted = facts.sums.good_words * 0.6;
    if wanted <= 0.0 {
        return;
    }
    let mut depth = 0;
    for (index, container) in blocks.containers.iter().enumerate() {
        if container.sums.good_words >= wanted && container.depth >= depth {
            depth = container.depth;
            facts.main = index as u32;
        }
    }
}

fn find_column(blocks: &Blocks, facts: &mut PageFacts) {
    let mut direct = vec![0.0_f32; blocks.containers.len()];
    for block in &blocks.blocks {
        let parent = blocks.container(block.container).map_or(u32::MAX, |container| container.parent);
        for index in [block.container, parent] {
            if let Some(sum) = direct.get_mut(index as usize) {
                *sum += block.measured.good_words;
            }
        }
    }
    for (index, &words) in direct.iter().enumerate() {
        if words > facts.column_words {
            facts.column_words = words;
            facts.column = index as u32;
        }
    }
}

/// The document's title and what its markup declares. One pass in arena order, which is near document order.
fn head(arena: &Arena) -> (String, Declared) {
    let mut title = String::new();
    let mut declared = Declared::default();
    for index in 0..arena.len() {
        let id = NodeId::from_index(index);
        let Some(element) = arena.get(id).and_then(|node| node.element()) else { continue };
        match element.tag {
            Tag::Title if title.is_empty() => title = text_child(arena, id).to_owned(),
            Tag::Meta => meta(arena, id, &mut title, &mut declared),
            Tag::Script => {
                if arena
                    .attr(id, &local_name!("type"))
                    .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
                {
                    json_ld(text_child(arena, id), &mut declared);
                }
            }
            _ => {
                if let Some(kind) = arena.attr(id, &local_name!("itemtype")) {
                    declare(kind, &mut declared);
                }
            }
        }
    }
    (title, declared)
}

fn meta(arena: &Arena, id: NodeId, title: &mut String, declared: &mut Declared) {
    let name = arena.attr(id, &local_name!("property")).or_else(|| arena.attr(id, &local_name!("name")));
    let content = arena.attr(id, &local_name!("content")).unwrap_or("");
    match name {
        Some("og:title") if title.is_empty() => content.clone_into(title),
        Some("og:type") => {
            declared.og_article |= content.eq_ignore_ascii_case("article");
            declared.og_product |= content.to_ascii_lowercase().contains("product");
        }
        _ => {}
    }
}

/// Looks for type names without parsing: broken JSON-LD declares as well.
fn json_ld(text: &str, declared: &mut Declared) {
    for at in memmem::find_iter(text.as_bytes(), b"\"@type\"").take(200) {
        let rest = text.get(at + 7..).unwrap_or("");
        let end = rest.char_indices().nth(60).map_or(rest.len(), |(at, _)| at);
        let value = rest.get(..end).unwrap_or("");
        let value = value.trim_start_matches([' ', ':', '\n', '\r', '\t', '[', '"']);
        declare(value.split('"').next().unwrap_or(""), declared);
    }
}

fn declare(kind: &str, declared: &mut Declared) {
    let kind = kind.rsplit('/').next().unwrap_or(kind);
    match kind {
        "Article"
        | "NewsArticle"
        | "BlogPosting"
        | "ReportageNewsArticle"
        | "TechArticle"
        | "Recipe"
        | "OpinionNewsArticle"
        | "ScholarlyArticle"
        | "Review"
        | "LiveBlogPosting" => declared.article = true,
        "Product" | "ProductGroup" | "IndividualProduct" | "Book" => declared.product = true,
        "ItemList" | "CollectionPage" | "OfferCatalog" | "SearchResultsPage" | "Blog" => declared.list = true,
        "DiscussionForumPosting" | "QAPage" | "Question" | "Answer" | "Comment" => declared.forum = true,
        "FAQPage" => declared.faq = true,
        "LocalBusiness"
        | "Service"
        | "ProfessionalService"
        | "MedicalBusiness"
        | "Dentist"
        | "LegalService" => {
            declared.business = true;
        }
        _ => {}
    }
}

fn text_child(arena: &Arena, id: NodeId) -> &str {
    let child = arena.get(id).map_or(NodeId::NONE, |node| node.first_child);
    match arena.get(child).map(|node| &node.data) {
        Some(Data::Text(span)) => arena.str(*span),
        _ => "",
    }
}
