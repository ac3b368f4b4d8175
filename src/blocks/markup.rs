//! What markup alone says: of all that stands in an element, and of the kind of a block.

use html5ever::local_name;

use super::lexicon::Names;
use super::{Kind, Within};
use crate::document::{Arena, NodeId, Tag};

/// The mark that an element sets on all that stands in it.
pub(super) fn within(arena: &Arena, id: NodeId, tag: Tag, names: &Names) -> Within {
    let mut within = match tag {
        Tag::Nav => Within::NAV,
        Tag::Footer => Within::FOOTER,
        Tag::Header => Within::HEADER,
        Tag::Aside => Within::ASIDE,
        Tag::Main => Within::MAIN,
        Tag::Article => Within::ARTICLE,
        Tag::Form | Tag::Search | Tag::Fieldset => Within::FORM,
        Tag::Td | Tag::Th => Within::TABLE,
        Tag::Figure => Within::FIGURE,
        Tag::Li => Within::LIST,
        Tag::Blockquote => Within::QUOTE,
        Tag::Pre | Tag::Listing | Tag::Xmp | Tag::Plaintext => Within::PRE,
        Tag::Button => Within::BUTTON,
        Tag::Select | Tag::Option => Within::SELECT,
        Tag::Dl => Within::DEFINITIONS,
        Tag::Details => Within::DETAILS,
        Tag::Dialog => Within::DIALOG,
        Tag::Noscript => Within::NOSCRIPT,
        Tag::Section => Within::SECTION,
        Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => Within::HEADING,
        _ => Within::default(),
    };
    if arena.attrs_of(id).is_empty() {
        return within;
    }
    if let Some(role) = arena.attr(id, &local_name!("role")) {
        within = within.with(match role {
            "navigation" | "menu" | "menubar" => Within::NAV,
            "contentinfo" => Within::FOOTER,
            "banner" => Within::HEADER,
            "complementary" => Within::ASIDE,
            "main" => Within::MAIN,
            "article" => Within::ARTICLE,
            "form" | "search" => Within::FORM,
            "button" => Within::BUTTON,
            "dialog" | "alertdialog" => Within::DIALOG,
            _ => Within::default(),
        });
    }
    if names.hides || is_hidden(arena, id) {
        within = within.with(Within::HIDDEN);
    }
    if arena.attr(id, &local_name!("aria-hidden")) == Some("true") {
        within = within.with(Within::ARIA_HIDDEN);
    }
    within
}

fn is_hidden(arena: &Arena, id: NodeId) -> bool {
    // React streams parts of a page into hidden boxes and moves them into place by script.
    let streamed = || {
        arena
            .attr(id, &local_name!("id"))
            .and_then(|id| id.strip_prefix("S:"))
            .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let attribute = arena.attr(id, &local_name!("hidden")).is_some() && !streamed();
    let style = arena.attr(id, &local_name!("style")).is_some_and(|style| {
        let style: String =
            style.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    });
    attribute || style
}

/// The kind of a block that stands in such a container.
pub(super) fn kind_of(tag: Tag, within: Within) -> Kind {
    if let Some(level) = tag.heading_level() {
        return Kind::Heading(level);
    }
    match tag {
        _ if within.has(Within::PRE) => Kind::Code,
        Tag::Figcaption | Tag::Caption => Kind::Caption,
        Tag::Dt => Kind::Term,
        Tag::Dd => Kind::Definition,
        Tag::Li => Kind::ListItem,
        Tag::Blockquote => Kind::Quote,
        Tag::Td | Tag::Th => Kind::TableCell,
        Tag::Figure => Kind::Figure,
        _ if within.has(Within::QUOTE) => Kind::Quote,
        _ => Kind::Paragraph,
    }
}
