//! What the attributes of lists and items say.

use html5ever::local_name;

use super::event::Item;
use crate::document::{Arena, NodeId, Tag};

/// How deep in an item the box stands that can be ticked.
const BOX_DEPTH: usize = 3;

/// The number of a numbered list's first item, and whether the others count down from it.
pub(super) fn numbers(arena: &Arena, list: NodeId) -> (i32, bool) {
    let start = arena.attr(list, &local_name!("start")).and_then(|start| start.trim().parse().ok());
    if arena.attr(list, &local_name!("reversed")).is_none() {
        return (start.unwrap_or(1), false);
    }
    let items = || arena.children(list).filter(|&id| arena.tag_of(id) == Some(Tag::Li)).count();
    (start.unwrap_or_else(|| i32::try_from(items()).unwrap_or(i32::MAX)), true)
}

/// What is special about an item.
pub(super) fn item(arena: &Arena, item: NodeId) -> Item {
    let parent = arena.get(item).map_or(NodeId::NONE, |node| node.parent);
    let value = arena.attr(item, &local_name!("value")).filter(|_| arena.tag_of(parent) == Some(Tag::Ol));
    Item {
        number: value.and_then(|value| value.trim().parse().ok()),
        checked: checked(arena, item),
        note: None,
    }
}

/// True for an element at the start of a numbered list's item that says the item's number again: `39.`
pub(super) fn is_own_number(arena: &Arena, id: NodeId, tag: Tag) -> bool {
    /// Items further down than this are not counted up to.
    const MOST: usize = 1000;
    if !matches!(tag, Tag::Span | Tag::B | Tag::Strong | Tag::Div) {
        return false;
    }
    let Some(item) = arena.parent(id).filter(|&id| arena.tag_of(id) == Some(Tag::Li)) else { return false };
    let Some(list) = arena.parent(item).filter(|&id| arena.tag_of(id) == Some(Tag::Ol)) else { return false };
    let mut children = arena.children(id);
    let text = children.next().and_then(|id| arena.text(id)).filter(|text| text.len() < 16);
    let number = text.and_then(|text| text.trim().strip_suffix(['.', ')'])?.parse::<i32>().ok());
    let Some(number) = number.filter(|_| children.next().is_none()) else { return false };
    let before = |id: NodeId| {
        let previous = |id: NodeId| arena.get(id).and_then(|node| node.previous.some());
        std::iter::successors(previous(id), move |&id| previous(id)).take(MOST)
    };
    let shows = |id: NodeId| match arena.text(id) {
        Some(text) => !text.trim().is_empty(),
        None => arena.tag_of(id).is_some_and(|tag| !tag.is_never_text()),
    };
    // To number those that count down, all items would be counted, for each of them.
    if arena.attr(list, &local_name!("reversed")).is_some() {
        return false;
    }
    let (start, _) = numbers(arena, list);
    let place = number.checked_sub(start).and_then(|place| usize::try_from(place).ok());
    place.is_some_and(|place| {
        place <= MOST && before(item).filter(|&id| arena.tag_of(id) == Some(Tag::Li)).count() == place
    }) && !before(id).any(shows)
}

/// Whether the box at the start of an item is ticked; `None` without one.
fn checked(arena: &Arena, item: NodeId) -> Option<bool> {
    let is_something = |id: &NodeId| arena.text(*id).is_none_or(|text| !text.trim().is_empty());
    let first = |&id: &NodeId| arena.children(id).take(4).find(is_something);
    let input = std::iter::successors(first(&item), first)
        .take(BOX_DEPTH)
        .find(|&id| arena.tag_of(id) == Some(Tag::Input))?;
    let kind = arena.attr(input, &local_name!("type")).unwrap_or("");
    kind.eq_ignore_ascii_case("checkbox").then(|| arena.attr(input, &local_name!("checked")).is_some())
}
