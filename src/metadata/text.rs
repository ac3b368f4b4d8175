//! What all fields share: folding white space, comparing texts loosely, and reading an element's text.

use html5ever::LocalName;

use crate::Document;
use crate::blocks::{is_folded, is_ignorable};
use crate::document::{Arena, Data, NodeId, Tag};

/// White space becomes single spaces, none at the ends; characters that have no width are dropped.
pub(crate) fn fold(text: &str) -> String {
    let trimmed = text.trim_ascii();
    if is_folded(trimmed) {
        return trimmed.to_owned();
    }
    let mut folded = String::with_capacity(text.len().min(1 << 10));
    for word in text.split_whitespace() {
        let start = folded.len();
        if !folded.is_empty() {
            folded.push(' ');
        }
        let before = folded.len();
        if word.is_ascii() && !word.bytes().any(|byte| byte.is_ascii_control()) {
            folded.push_str(word);
        } else {
            folded.extend(word.chars().filter(|c| !is_invisible(*c)));
        }
        // A word of nothing but such characters leaves no space, either.
        if folded.len() == before {
            folded.truncate(start);
        }
    }
    folded
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}') || (is_ignorable(c) && !c.is_whitespace())
}

/// Letters and digits in lower case: equal for texts that differ in punctuation and spacing only.
pub(crate) fn key(text: &str) -> String {
    if text.is_ascii() {
        let mut key = String::with_capacity(text.len());
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        letters.for_each(|byte| key.push(byte.to_ascii_lowercase().into()));
        return key;
    }
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A value as the author meant it: many sites escape twice, or leave markup in.
pub(crate) fn plain(text: &str) -> String {
    let has_markup = text.contains("</") || text.contains("<br");
    let has_entity = text.split_once('&').is_some_and(|(_, rest)| rest.contains(';'));
    if !has_markup && !has_entity {
        return fold(text);
    }
    let document =
        if has_markup { Document::parse(text) } else { Document::parse(&text.replace('<', "&lt;")) };
    element_text(document.arena(), NodeId::ROOT, text.len())
}

/// The node after `id` in document order, without leaving `root`.
pub(crate) fn following(arena: &Arena, id: NodeId, root: NodeId, into_children: bool) -> Option<NodeId> {
    following_leaving(arena, id, root, into_children, |_| {})
}

/// As [`following`]; `leave` is told each node that ends on the way, innermost first.
pub(crate) fn following_leaving(
    arena: &Arena,
    id: NodeId,
    root: NodeId,
    into_children: bool,
    mut leave: impl FnMut(NodeId),
) -> Option<NodeId> {
    let mut node = arena.get(id)?;
    if into_children && let Some(child) = node.first_child.some() {
        return Some(child);
    }
    let mut at = id;
    while at != root {
        leave(at);
        if let Some(next) = node.next.some() {
            return Some(next);
        }
        at = node.parent.some()?;
        node = arena.get(at)?;
    }
    leave(root);
    None
}

/// The tag of an element.
pub(crate) fn tag(arena: &Arena, id: NodeId) -> Option<Tag> {
    arena.tag_of(id)
}

/// True for what starts and ends a line.
pub(crate) fn breaks_line(tag: Tag) -> bool {
    tag.is_block() || tag == Tag::Br
}

/// The text in an element with white space folded, of at most about `limit` bytes: one that is longer was cut, or ends
/// with a long piece.
pub(crate) fn element_text(arena: &Arena, root: NodeId, limit: usize) -> String {
    text_of(arena, root, limit, false)
}

/// The same of an element that may be a title. Brand and name often stand in elements of their own, told apart by style
/// alone: a capital that begins an element right behind the end of another begins a word. A long piece is cut as well,
/// since there may be many titles around one.
pub(crate) fn title_text(arena: &Arena, root: NodeId, limit: usize) -> String {
    text_of(arena, root, limit, true)
}

fn text_of(arena: &Arena, root: NodeId, limit: usize, parts_names: bool) -> String {
    /// White space and all, no piece within the limit is longer than so many times it.
    const INDENTED: usize = 4;
    let mut text = String::new();
    let mut at = Some(root);
    let (mut left_one, mut entered_one) = (false, false);
    while let Some(id) = at.filter(|_| text.trim_end().len() <= limit) {
        let mut enter = true;
        match arena.get(id).map(|node| &node.data) {
            Some(Data::Text(span)) => {
                let part = arena.str(*span);
                let part = if parts_names { head(part, INDENTED * limit) } else { part };
                let is_glued = text.ends_with(char::is_lowercase) && part.starts_with(char::is_uppercase);
                if parts_names && left_one && entered_one && is_glued {
                    text.push(' ');
                }
                push_folded(&mut text, part);
                (left_one, entered_one) = (false, false);
            }
            Some(Data::Element(element)) => {
                // A reading would stand amid the words it is the reading of.
                let is_reading = matches!(element.tag, Tag::Rt | Tag::Rp);
                enter = id == root || !(is_reading || element.tag.is_never_text());
                if breaks_line(element.tag) {
                    push_folded(&mut text, " ");
                }
                entered_one = true;
            }
            _ => {}
        }
        at = following_leaving(arena, id, root, enter, |left| {
            if let Some(tag) = tag(arena, left) {
                (left_one, entered_one) = (true, false);
                if breaks_line(tag) {
                    push_folded(&mut text, " ");
                }
            }
        });
    }
    fold(&text)
}

/// The first bytes of a text, without a part of a character.
fn head(text: &str, length: usize) -> &str {
    let mut ends = (0..=length).rev();
    ends.find_map(|end| text.get(..end)).filter(|_| text.len() > length).unwrap_or(text)
}

/// Adds a text without the white space around it, but for one space: lines are indented, and that counts for no limit.
fn push_folded(text: &mut String, part: &str) {
    let rest = part.trim_start();
    let has_space = text.is_empty() || text.ends_with(char::is_whitespace);
    if rest.len() < part.len() && !has_space {
        text.push(' ');
    }
    let bare = rest.trim_end();
    text.push_str(bare);
    if bare.len() < rest.len() {
        text.push(' ');
    }
}

/// An attribute's value where it says something.
pub(crate) fn attribute<'a>(arena: &'a Arena, id: NodeId, name: &LocalName) -> Option<&'a str> {
    arena.attr(id, name).map(trimmed).filter(|value| !value.is_empty())
}

/// A value without white space at its ends, where most have none.
fn trimmed(value: &str) -> &str {
    match value.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => value,
        _ => value.trim(),
    }
}

/// Gives `take` the words of class names or an id, in lower case: they are parted by signs and by capitals.
pub(crate) fn split_name(names: &str, mut take: impl FnMut(&str)) {
    let mut word = String::new();
    if names.is_ascii() {
        let (mut start, mut lower) = (0, false);
        for (at, byte) in names.bytes().chain([b' ']).enumerate() {
            let is_sign = !byte.is_ascii_alphanumeric();
            if is_sign || (byte.is_ascii_uppercase() && lower) {
                let part = names.get(start..at).filter(|part| !part.is_empty());
                match part {
                    Some(part) if part.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                        word.clear();
                        word.push_str(part);
                        word.make_ascii_lowercase();
                        take(&word);
                    }
                    Some(part) => take(part),
                    None => {}
                }
                start = at + usize::from(is_sign);
            }
            lower = byte.is_ascii_lowercase();
        }
        return;
    }
    let mut lower = false;
    for c in names.chars() {
        if !word.is_empty() && (!c.is_alphanumeric() || (c.is_uppercase() && lower)) {
            take(&word);
            word.clear();
        }
        lower = c.is_lowercase();
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
    }
    if !word.is_empty() {
        take(&word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_twice_and_marked_up() {
        assert_eq!(plain("Fish &amp; chips"), "Fish & chips");
        assert_eq!(plain("<p>One</p><p>two</p>"), "One two");
        assert_eq!(plain("Vec<T> &amp; friends"), "Vec<T> & friends");
        assert_eq!(plain(" a\n\u{AD}b\u{200B} "), "a b");
    }

    #[test]
    fn words_of_names() {
        let mut words = Vec::new();
        split_name("entryDate post-by__AUTHOR x1", |word| words.push(word.to_owned()));
        assert_eq!(words, ["entry", "date", "post", "by", "author", "x1"]);
    }

    #[test]
    fn blocks_part_text() {
        let document = Document::parse("<h1>One<br>two <div>three</div>four<b>five</b></h1>");
        assert_eq!(element_text(document.arena(), NodeId::ROOT, 1000), "One two three fourfive");
        assert_eq!(element_text(document.arena(), NodeId::ROOT, 7), "One two three");
    }

    #[test]
    fn a_title_ends_near_its_limit() {
        let document = Document::parse(&format!("<h1>{}</h1>", "€".repeat(10_000)));
        assert_eq!(title_text(document.arena(), NodeId::ROOT, 10), "€".repeat(13));
    }

    #[test]
    fn indentation_counts_for_no_limit() {
        let blank = " ".repeat(100);
        let document =
            Document::parse(&format!("<ul>{blank}<li>\n{blank}One{blank}</li>{blank}<li>two</ul>"));
        assert_eq!(element_text(document.arena(), NodeId::ROOT, 20), "One two");
    }
}
