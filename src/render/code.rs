//! Program code as pages show it: line numbers beside it, buttons that copy it, and boxes that are not even `pre`.

use html5ever::local_name;

use crate::document::{Arena, NodeId, Tag};

/// So much of an element's text is looked at for anything but digits.
const LONGEST_GUTTER: usize = 64 << 10;

/// So much text, and as many elements, are looked at on a page for what turns out to hold something else: in elements
/// nested in each other the same would be looked at once for each.
const IN_VAIN: usize = 16 * LONGEST_GUTTER;

/// How far around a button code is looked for: elements up, and siblings on either side.
const NEAR: usize = 8;

/// What may still be looked at in vain in a document.
pub(super) fn patience(arena: &Arena) -> usize {
    IN_VAIN + 4 * arena.len()
}

/// True for an element that holds the numbers of lines: one that says so, and a table's cell in front of code, if
/// nothing stands in it but digits.
pub(super) fn is_gutter(arena: &Arena, id: NodeId, tag: Tag, in_code: bool, patience: &mut usize) -> bool {
    let suspect = match tag {
        Tag::Td | Tag::Th => is_in_front_of_code(arena, id) || says_numbers(arena, id),
        Tag::Span | Tag::A | Tag::Div | Tag::Pre | Tag::Code | Tag::B | Tag::I | Tag::Em | Tag::Small => {
            (in_code || matches!(tag, Tag::Div | Tag::Pre)) && says_numbers(arena, id)
        }
        _ => false,
    };
    (suspect && holds_only_digits(arena, id, patience)) || (in_code && is_counted(arena, id))
}

/// True for an element at the start of a line of code that holds the line's number by what the lines beside it begin
/// with, whatever it is called: `41` where the next begins with `42`. Of these lines one has code behind its number.
fn is_counted(arena: &Arena, id: NodeId) -> bool {
    let Some(line) = arena.parent(id) else { return false };
    let Some((first, number, mut has_code)) = counted(arena, line) else { return false };
    let next = |id: NodeId| arena.next_sibling(id);
    let previous = |id: NodeId| arena.get(id).and_then(|node| node.previous.some());
    let after = std::iter::successors(next(line), |&id| next(id)).take(NEAR / 2);
    let before = std::iter::successors(previous(line), |&id| previous(id)).take(NEAR / 2);
    let after = after.filter(|&id| arena.tag_of(id).is_some()).find_map(|id| counted(arena, id));
    let before = before.filter(|&id| arena.tag_of(id).is_some()).find_map(|id| counted(arena, id));
    let goes_on = after.is_some_and(|(_, after, _)| after == number.saturating_add(1));
    let went_before = before.is_some_and(|(_, before, _)| before.saturating_add(1) == number);
    has_code |= after.is_some_and(|(.., code)| code) || before.is_some_and(|(.., code)| code);
    first == id && has_code && (goes_on || went_before)
}

/// The element that a line begins with, the number that is all of it, and whether more follows.
///
/// It is asked of each element in the line, so it looks at no long text.
fn counted(arena: &Arena, line: NodeId) -> Option<(NodeId, u32, bool)> {
    const LONG: usize = 256;
    let shows = |&id: &NodeId| match arena.text(id) {
        Some(text) => text.len() > LONG || !text.trim().is_empty(),
        None => arena.tag_of(id).is_some_and(|tag| !tag.is_never_text()),
    };
    let mut children = arena.children(line).take(NEAR).filter(shows);
    let first = children.next().filter(|&id| arena.tag_of(id).is_some())?;
    let mut texts = arena.children(first);
    let number = texts.next().and_then(|id| arena.text(id)).filter(|text| text.len() <= LONG)?;
    if texts.next().is_some() {
        return None;
    }
    Some((first, number.trim().parse().ok()?, children.next().is_some()))
}

fn says_numbers(arena: &Arena, id: NodeId) -> bool {
    let class = arena.attr(id, &local_name!("class")).unwrap_or("");
    class.split_ascii_whitespace().take(NEAR).any(|name| {
        matches!(
            name,
            "gutter"
                | "lineno"
                | "linenos"
                | "linenodiv"
                | "linenumber"
                | "line-number"
                | "line-numbers"
                | "line-numbers-rows"
                | "lnt"
                | "ln"
                | "blob-num"
                | "hljs-ln-numbers"
                | "rouge-gutter"
                | "react-syntax-highlighter-line-number"
                | "crayon-nums"
        )
    })
}

/// True where the cell behind this one holds preformatted text.
fn is_in_front_of_code(arena: &Arena, cell: NodeId) -> bool {
    let next = |id: NodeId| arena.next_sibling(id);
    let mut after = std::iter::successors(next(cell), |&id| next(id)).take(2);
    let Some(code) = after.find(|&id| arena.tag_of(id).is_some()) else { return false };
    let first = |&id: &NodeId| arena.children(id).take(2).find(|&id| arena.tag_of(id).is_some());
    std::iter::successors(Some(code), first)
        .take(4)
        .any(|id| arena.tag_of(id).is_some_and(Tag::is_preformatted))
}

fn holds_only_digits(arena: &Arena, id: NodeId, patience: &mut usize) -> bool {
    if *patience == 0 {
        return false;
    }
    let mut steps = vec![id];
    let (mut seen, mut digits) = (0, 0);
    while let Some(id) = steps.pop() {
        let text = arena.text(id).unwrap_or("");
        let before = seen;
        seen += text.len() + 1;
        let is_other = |byte: u8| !byte.is_ascii_digit() && !byte.is_ascii_whitespace();
        let other = text.bytes().take(LONGEST_GUTTER).position(is_other);
        if seen > LONGEST_GUTTER || other.is_some() {
            *patience = patience.saturating_sub(before + other.unwrap_or(0) + 1);
            return false;
        }
        digits += text.bytes().filter(u8::is_ascii_digit).count();
        steps.extend(arena.children_reversed(id));
    }
    digits > 0
}

/// True for a button in code or beside it.
pub(super) fn is_button(arena: &Arena, id: NodeId, tag: Tag, in_code: bool) -> bool {
    let is_button = tag == Tag::Button
        || (tag == Tag::Other
            && arena
                .get(id)
                .and_then(|node| node.element())
                .is_some_and(|e| arena.local_name(e) == "clipboard-copy"));
    is_button && (in_code || is_beside_code(arena, id))
}

fn is_beside_code(arena: &Arena, id: NodeId) -> bool {
    arena.with_ancestors(id).take(3).any(|id| {
        let next = |id: NodeId| arena.next_sibling(id);
        let previous = |id: NodeId| arena.get(id).and_then(|node| node.previous.some());
        let after = std::iter::successors(next(id), |&id| next(id)).take(NEAR / 2);
        let before = std::iter::successors(previous(id), |&id| previous(id)).take(NEAR / 2);
        after.chain(before).any(|id| arena.tag_of(id).is_some_and(Tag::is_preformatted))
    })
}

/// True for a box whose rows or boxes are lines of code although no `pre` says so.
pub(super) fn is_code_box(arena: &Arena, id: NodeId, tag: Tag) -> bool {
    if !matches!(tag, Tag::Table | Tag::Div) {
        return false;
    }
    let class = arena.attr(id, &local_name!("class")).unwrap_or("");
    class.split_ascii_whitespace().take(NEAR).any(|name| {
        matches!(
            name,
            "syntaxhighlighter" | "dp-highlighter" | "js-file-line-container" | "hljs-ln" | "crayon-table"
        )
    })
}

/// True for `code` whose lines only `br` parts, if nothing stands beside it in its block: a listing, although no `pre`
/// says so.
pub(super) fn is_listing(arena: &Arena, id: NodeId) -> bool {
    /// Of a listing's children so many are looked at for the end of a line.
    const CHILDREN: usize = 64;
    let children = || arena.children(id).take(CHILDREN);
    let is_filled = |&id: &NodeId| arena.text(id).is_none_or(|text| !text.trim().is_empty());
    let lines = children().filter(is_filled).skip_while(|&id| arena.tag_of(id) == Some(Tag::Br));
    let has_lines = lines.skip_while(|&id| arena.tag_of(id) != Some(Tag::Br)).nth(1).is_some();
    let is_beside = |id: NodeId| match arena.tag_of(id) {
        Some(tag) => !(tag.is_block() || tag.is_never_text()),
        None => arena.text(id).is_some_and(|text| !text.trim().is_empty()),
    };
    let parent = arena.get(id).map_or(NodeId::NONE, |node| node.parent);
    let next = |id: NodeId| arena.next_sibling(id);
    let previous = |id: NodeId| arena.get(id).and_then(|node| node.previous.some());
    let nearest = |step: &dyn Fn(NodeId) -> Option<NodeId>| {
        let mut beside = std::iter::successors(step(id), |&id| step(id)).take(NEAR);
        beside.find(|&id| is_beside(id) || arena.tag_of(id).is_some_and(Tag::is_block))
    };
    has_lines
        && arena.tag_of(parent).is_some_and(Tag::is_block)
        && ![nearest(&next), nearest(&previous)].into_iter().flatten().any(is_beside)
}

/// True for an element that is a line of code: a row, or a box with text directly in it.
pub(super) fn is_line(arena: &Arena, id: NodeId) -> bool {
    match arena.tag_of(id) {
        Some(Tag::Tr) => true,
        Some(Tag::Div | Tag::Li | Tag::P) => {
            let is_filled = |id: NodeId| arena.text(id).is_some() || arena.tag_of(id) == Some(Tag::Br);
            arena.children(id).take(NEAR).any(is_filled)
        }
        _ => false,
    }
}

/// True for an element in code that is called a line and stands right behind another, where no line ends: to those who
/// see the page both are boxes.
pub(super) fn follows_line(arena: &Arena, id: NodeId) -> bool {
    let class = |id: NodeId| arena.attr(id, &local_name!("class")).unwrap_or("");
    let is_line = |name: &str| name.split(['-', '_']).any(|word| word == "line");
    let Some(previous) = arena.get(id).and_then(|node| node.previous.some()) else { return false };
    let mut names = class(id).split_ascii_whitespace().take(NEAR).filter(|name| is_line(name));
    let is_like =
        names.any(|name| class(previous).split_ascii_whitespace().take(NEAR).any(|other| other == name));
    let last = |&id: &NodeId| arena.get(id).and_then(|node| node.last_child.some());
    let end = std::iter::successors(Some(previous), last).take(NEAR).last();
    is_like && !end.and_then(|id| arena.text(id)).is_some_and(|text| text.ends_with('\n'))
}
