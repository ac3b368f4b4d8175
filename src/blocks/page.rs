//! Facts of the page as a whole: where its headline is, which part holds most of its sentences, what it says it is.

use html5ever::local_name;
use memchr::memmem;

use super::title::{TitleMatch, title_matches};
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
    /// For each block how it agrees with the title.
    pub(crate) title_match: Vec<TitleMatch>,
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
    let Head { title, site, declared } = head(arena);
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
    find_headline(blocks, &site, &mut facts);
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

fn find_headline(blocks: &Blocks, site: &str, facts: &mut PageFacts) {
    /// Words of a title that is no heading.
    const LONGEST: f32 = 25.0;
    let matches = |index: usize| facts.title_match.get(index).copied().unwrap_or_default();
    let rank = |(index, block): (usize, &BlockFacts)| -> u32 {
        let agreement = match matches(index) {
            TitleMatch::None => 0,
            TitleMatch::Inside => 2,
            TitleMatch::LaterPart => 4,
            TitleMatch::Most => 7,
            TitleMatch::FirstPart => 8,
            TitleMatch::Whole => 10,
        };
        let level = match block.kind {
            Kind::Heading(1) => 7,
            Kind::Heading(2) => 4,
            Kind::Heading(3) => 2,
            _ => 0,
        };
        let title_class = u32::from(block.groups.has(super::Group::Title)) * 2;
        // A headline is no link in a list and stands in no menu. It may link to its own page.
        let linked = match matches(index) {
            _ if block.measured.link_words <= block.measured.words * 0.5 => 0,
            TitleMatch::Whole | TitleMatch::FirstPart => 2,
            _ => 4,
        };
        let aside = block.within.has(super::Within::NAV)
            || block.within.has(super::Within::ASIDE)
            || block.within.has(super::Within::FOOTER)
            || block.groups.has(super::Group::Breadcrumb);
        // The site's name stands over all its pages.
        if matches(index) != TitleMatch::Whole && blocks.text_of(block) == site {
            return 0;
        }
        // A paragraph may have the title's words in it and is text.
        if !matches!(block.kind, Kind::Heading(_)) && block.measured.words > LONGEST {
            return 0;
        }
        (agreement + level + title_class).saturating_sub(linked + u32::from(aside) * 6)
    };
    let mut best = (5, u32::MAX);
    for (index, block) in blocks.blocks.iter().enumerate() {
        let rank = rank((index, block));
        if rank > best.0 {
            best = (rank, index as u32);
        }
    }
    facts.headline = best.1;
    facts.headline_in_title = matches(best.1 as usize) != TitleMatch::None;
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

/// The document's title, the site's name, and what the markup declares.
#[derive(Default)]
struct Head {
    title: String,
    site: String,
    declared: Declared,
}

/// Reads what the page says of itself. One pass in arena order, which is near document order.
fn head(arena: &Arena) -> Head {
    let mut head = Head::default();
    for index in 0..arena.len() {
        let id = NodeId::from_index(index);
        let Some(element) = arena.get(id).and_then(|node| node.element()) else { continue };
        match element.tag {
            Tag::Title if head.title.is_empty() => text_child(arena, id).clone_into(&mut head.title),
            Tag::Meta => meta(arena, id, &mut head),
            Tag::Script => {
                if arena
                    .attr(id, &local_name!("type"))
                    .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
                {
                    json_ld(text_child(arena, id), &mut head.declared);
                }
            }
            _ => {
                if let Some(kind) = arena.attr(id, &local_name!("itemtype")) {
                    declare(kind, &mut head.declared);
                }
            }
        }
    }
    head
}

fn meta(arena: &Arena, id: NodeId, head: &mut Head) {
    let name = arena.attr(id, &local_name!("property")).or_else(|| arena.attr(id, &local_name!("name")));
    let content = arena.attr(id, &local_name!("content")).unwrap_or("");
    match name {
        Some("og:title") if head.title.is_empty() => content.clone_into(&mut head.title),
        Some("og:site_name") => content.trim().clone_into(&mut head.site),
        Some("og:type") => {
            head.declared.og_article |= content.eq_ignore_ascii_case("article");
            head.declared.og_product |= content.to_ascii_lowercase().contains("product");
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

#[cfg(test)]
mod tests {
    fn headline(head: &str, body: &str) -> Option<String> {
        let html = format!("<head>{head}</head><body>{body}<p>They sleep by day and hunt by night.</p>");
        let blocks = crate::blocks::flatten(&crate::Document::parse(&html), usize::MAX);
        blocks.title().map(|index| blocks.text_of(&blocks.blocks[index]).to_owned())
    }

    #[test]
    fn the_headline_is_what_agrees_with_the_title_and_not_the_sites_name() {
        let name = "<h1>The Barn Book</h1>";
        for (why, head, body, expected) in [
            (
                "the title's first part before a later one",
                "<title>Owls - The Barn Book</title>",
                "<h1>The Barn Book</h1><h1><a href=#>Owls</a></h1>",
                Some("Owls"),
            ),
            (
                "the site says what it is called",
                "<title>The Barn Book: Owls at dusk</title><meta property=og:site_name \
                content='The Barn Book'>",
                "<h1>The Barn Book</h1><h2>Owls at dusk</h2>",
                Some("Owls at dusk"),
            ),
            (
                "on its front page the name is the title",
                "<title>The Barn Book</title><meta property=og:site_name \
                content='The Barn Book'>",
                name,
                Some("The Barn Book"),
            ),
            (
                "a word of the title is not the title",
                "<title>How owls hunt</title>",
                "<h2>Owls</h2><h1>How owls hunt by night</h1>",
                Some("How owls hunt by night"),
            ),
            (
                "a paragraph that has the title in it is text",
                "<title>Owls hunt mice</title>",
                "<p>Owls hunt mice wherever there are barns, and barns stand wherever there is hay, and there is hay \
                wherever people keep cows, so that cows feed owls, as it were.</p>",
                None,
            ),
        ] {
            assert_eq!(headline(head, body).as_deref(), expected, "{why}");
        }
    }
}
