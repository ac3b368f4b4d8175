//! How many posts a post stands under.

use std::collections::HashMap;

use html5ever::{LocalName, local_name};

use super::{above, units};
use crate::document::{Arena, NodeId};

/// The depth that the markup declares, or else how many posts are around.
pub(super) fn depth(arena: &Arena, unit: NodeId, root: NodeId, places: &HashMap<NodeId, usize>) -> usize {
    let kind = units::kind(arena, unit);
    // A thread is around its posts, a question around its answers: they stand side by side.
    let holds_all = |id: NodeId| match units::kind(arena, id) {
        "DiscussionForumPosting" => true,
        "Question" => kind == "Answer",
        _ => false,
    };
    let around = || above(arena, root).filter(|&id| places.contains_key(&id) && !holds_all(id)).count();
    declared(arena, unit, root).unwrap_or_else(around)
}

/// The depth that an element itself declares, as blogs and forums do: `depth-2` counts from 1, `data-depth="1"` from 0.
/// Others show it by boxes of class `indented`, or by an empty image of 40 pixels a step in a cell of class `ind`.
fn declared(arena: &Arena, unit: NodeId, root: NodeId) -> Option<usize> {
    let number = arena.attr(unit, &LocalName::from("data-depth")).and_then(|depth| depth.trim().parse().ok());
    let by_class = || {
        let around = [Some(unit), arena.parent(unit)];
        around.into_iter().flatten().find_map(|id| {
            let mut classes = arena.attr(id, &local_name!("class"))?.split_ascii_whitespace();
            let number: usize = classes.find_map(|class| class.strip_prefix("depth-"))?.parse().ok()?;
            number.checked_sub(1)
        })
    };
    let by_image = || {
        let first = |&id: &NodeId| {
            arena.children(id).find(|&id| arena.get(id).is_some_and(|node| node.element().is_some()))
        };
        let mut inner = std::iter::successors(Some(root), first).take(8);
        let cell = inner.find(|&id| arena.attr(id, &local_name!("class")) == Some("ind"))?;
        let width: usize = arena.attr(first(&cell)?, &local_name!("width"))?.parse().ok()?;
        Some(width / 40)
    };
    let by_boxes = || {
        let is_step = |&id: &NodeId| arena.attr(id, &local_name!("class")) == Some("indented");
        Some(above(arena, root).filter(is_step).count()).filter(|&steps| steps > 0)
    };
    number.or_else(by_class).or_else(by_image).or_else(by_boxes).filter(|&depth| depth < 1000)
}
