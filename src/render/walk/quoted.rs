//! The words at the head of a quote that say whose it is: a line of their own.

use crate::document::{Arena, Data, NodeId, Tag};
use crate::metadata::{element_text, tag};

/// True for a `cite` with which a quote begins, where the quote's own text goes on right behind it: forums put it there,
/// and only their style sheets part the two.
pub(super) fn is_head(arena: &Arena, id: NodeId) -> bool {
    /// What says who wrote is shorter than this, in bytes.
    const LONGEST: usize = 300;
    if tag(arena, id) != Some(Tag::Cite) || !begins_quote(arena, id) {
        return false;
    }
    let next = arena.next_sibling(id).and_then(|next| arena.get(next));
    let Some(Data::Text(text)) = next.map(|node| &node.data) else { return false };
    // Without a space or a sign, `Ada wrote` and what she wrote would be one word.
    arena.str(*text).starts_with(char::is_alphanumeric)
        || element_text(arena, id, LONGEST).ends_with([':', '：'])
}

/// True for the first element in a quote, or in a box that is the first in it.
fn begins_quote(arena: &Arena, id: NodeId) -> bool {
    /// Boxes between the quote and its text.
    const LEVELS: usize = 2;
    let mut at = id;
    for _ in 0..=LEVELS {
        let Some(node) = arena.get(at) else { return false };
        let before = node.previous.some().and_then(|id| arena.get(id));
        let is_first = before.is_none_or(|before| match &before.data {
            Data::Text(text) => arena.str(*text).trim().is_empty() && before.previous.some().is_none(),
            _ => false,
        });
        if !is_first {
            return false;
        }
        at = node.parent;
        match tag(arena, at) {
            Some(Tag::Blockquote) => return true,
            Some(Tag::Div | Tag::P) => {}
            _ => return false,
        }
    }
    false
}
