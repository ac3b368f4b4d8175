//! Which elements hold one post each, by what they call themselves.

use html5ever::{LocalName, local_name};

use super::above;
use crate::document::{Arena, NodeId, Tag, floor_char_boundary};

/// So many bytes of an element's class names are looked at.
const LONGEST_NAMES: usize = 250;

/// No id and no class that calls an element a post is longer than this, in bytes.
const LONGEST_NAME: usize = 64;

/// The element that holds the post in which a node stands.
pub(super) fn of(arena: &Arena, node: NodeId) -> Option<NodeId> {
    let inner = above(arena, node).find_map(|id| {
        let named = named_by(arena, id);
        is_unit(arena, named).then_some(named)
    })?;
    // A post has its number at its head and in its text as well.
    let Some(number) = number(arena, inner) else { return Some(inner) };
    let is_comment = is_comment(arena, inner);
    let is_same = |id: &NodeId| {
        is_unit(arena, *id)
            && self::number(arena, *id) == Some(number)
            && (!is_comment || self::is_comment(arena, *id))
    };
    let outer = above(arena, inner).filter(is_same).last().unwrap_or(inner);
    Some(next_element(arena, outer).filter(is_same).unwrap_or(outer))
}

/// The element before a post that holds its head: it has the same number.
pub(super) fn head(arena: &Arena, unit: NodeId) -> Option<NodeId> {
    let number = number(arena, unit)?;
    let before = elements_before(arena, unit).next()?;
    (is_unit(arena, before) && self::number(arena, before) == Some(number)).then_some(before)
}

/// The elements that stand before one, as far as one looks, the nearest first.
pub(super) fn elements_before(arena: &Arena, id: NodeId) -> impl Iterator<Item = NodeId> {
    const FAR: usize = 12;
    let previous = |id: NodeId| arena.get(id)?.previous.some();
    let before = std::iter::successors(previous(id), move |&id| previous(id)).take(FAR);
    before.filter(|&id| arena.get(id).is_some_and(|node| node.element().is_some()))
}

/// True for what is called a comment on something else.
pub(super) fn is_comment(arena: &Arena, id: NodeId) -> bool {
    let names = [&local_name!("class"), &local_name!("id"), &local_name!("itemtype")];
    let mut values = names.into_iter().filter_map(|name| arena.attr(id, name));
    values.any(|value| {
        let value = floor_char_boundary(value, LONGEST_NAMES).to_ascii_lowercase();
        value.contains("comment") || value.contains("comtr")
    })
}

/// The definition of a term is named by it.
fn named_by(arena: &Arena, id: NodeId) -> NodeId {
    let tag = |id: NodeId| crate::metadata::tag(arena, id);
    if tag(id) != Some(Tag::Dd) {
        return id;
    }
    elements_before(arena, id).find(|&id| tag(id) == Some(Tag::Dt)).unwrap_or(id)
}

fn next_element(arena: &Arena, id: NodeId) -> Option<NodeId> {
    let mut behind = std::iter::successors(arena.next_sibling(id), |&id| arena.next_sibling(id)).take(4);
    behind.find(|&id| arena.get(id).is_some_and(|node| node.element().is_some()))
}

/// What microdata calls an element, without the address of the vocabulary.
pub(super) fn kind(arena: &Arena, id: NodeId) -> &str {
    let kind = arena.attr(id, &local_name!("itemtype")).unwrap_or("");
    kind.rsplit('/').next().unwrap_or(kind)
}

/// True for an element that holds one post.
pub(super) fn is_unit(arena: &Arena, id: NodeId) -> bool {
    let attribute = |name: &LocalName| arena.attr(id, name).unwrap_or("");
    if matches!(
        kind(arena, id),
        "Comment" | "UserComments" | "Answer" | "Question" | "DiscussionForumPosting"
    ) {
        return true;
    }
    // The text of a post, whatever its class says.
    if attribute(&local_name!("itemprop")) == "text" {
        return false;
    }
    numbered(attribute(&local_name!("id"))).is_some()
        || attribute(&local_name!("class")).split_ascii_whitespace().take(20).any(is_called)
}

fn is_called(class: &str) -> bool {
    if class.len() > LONGEST_NAME {
        return false;
    }
    matches!(
        class.to_ascii_lowercase().as_str(),
        "comment"
            | "comment-item"
            | "post"
            | "message"
            | "reply"
            | "answer"
            | "question"
            | "postbit"
            | "postcontainer"
            | "forum-post"
            | "forumpost"
            | "timeline-comment"
            | "comment-thread"
            | "comtr"
            | "type-topic"
            | "type-reply"
            | "qa-q-view"
            | "qa-a-list-item"
            | "qa-c-list-item"
    )
}

/// The number in an id that calls an element a post.
fn numbered(id: &str) -> Option<&str> {
    if id.len() > LONGEST_NAME {
        return None;
    }
    let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = id.get(stem.len()..).filter(|number| !number.is_empty())?;
    let stem = stem.trim_end_matches(['-', '_', '/']).to_ascii_lowercase();
    let is_post = matches!(
        stem.trim_start_matches("div-"),
        "comment"
            | "post"
            | "post_id"
            | "p"
            | "pid"
            | "msg"
            | "message"
            | "messageview"
            | "answer"
            | "reply"
            | "question"
            | "discussion"
            | "edit"
            | "entry"
            | "c"
            | "elcomment"
    );
    is_post.then_some(number)
}

/// The number of a post, by which its parts belong together: that of its id, or of a class `post-17`.
pub(super) fn number(arena: &Arena, id: NodeId) -> Option<&str> {
    let of_class = || {
        let mut classes = arena.attr(id, &local_name!("class"))?.split_ascii_whitespace().take(20);
        classes.find_map(|class| {
            let number = class.strip_prefix("post-").filter(|number| !number.is_empty())?;
            number.bytes().all(|byte| byte.is_ascii_digit()).then_some(number)
        })
    };
    arena.attr(id, &local_name!("id")).and_then(numbered).or_else(of_class)
}
