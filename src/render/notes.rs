//! Footnotes: which links lead to a note, and which elements are the notes they lead to.
//!
//! A link counts as a reference if it is raised or says that it is one, and if the element that it leads to stands in a
//! block-level element further down that is the note of no other link's target. Both must come out; else both stay what
//! they are without notes, a raised link and a paragraph or item.

use std::collections::{HashMap, HashSet};

use html5ever::local_name;
use url::{Position, Url};

use super::Selection;
use crate::document::{Arena, Element, NodeId, Tag};

/// How many elements around a link or a target are looked at.
const AROUND: usize = 4;

/// How many elements around a note are looked at for what can hold none.
const ANCESTORS: usize = 64;

/// Longer names are none.
const LONGEST_NAME: usize = 16;

/// What was found of notes.
#[derive(Default)]
pub(super) struct Notes {
    /// The number of the note that a link leads to.
    pub(super) references: HashMap<NodeId, usize>,
    /// The number of the note that an element is.
    pub(super) notes: HashMap<NodeId, usize>,
    /// What each note is called.
    pub(super) names: Vec<String>,
    /// The page's address, whole and without its host: some links within a page begin with it.
    page: [String; 2],
    searched: bool,
}

/// A link that looks like a reference: the link, its target's name, its block and its text.
struct Reference<'a> {
    link: NodeId,
    target: &'a str,
    block: usize,
    text: String,
}

/// Finds references and notes that both come out, unless there is no link within the page. Those with the page's own
/// address are not looked for: [`Notes::miss`] tells when one comes.
pub(super) fn find(selection: &Selection, page: Option<&Url>) -> Notes {
    let page =
        page.map(|page| [&page[..Position::AfterQuery], &page[Position::BeforePath..Position::AfterQuery]]);
    let mut found = Notes { page: page.unwrap_or_default().map(str::to_owned), ..Notes::default() };
    let mut blocks = selection.blocks.blocks.iter().enumerate();
    if blocks.any(|(index, block)| block.fragment_links > 0 && selection.has(index)) {
        found.search(selection);
    }
    found
}

impl Notes {
    pub(super) fn search(&mut self, selection: &Selection) {
        self.searched = true;
        let references = self.references(selection);
        let elements = notes(selection, &references);
        let mut taken: HashSet<String> = HashSet::new();
        for reference in references {
            let Some(&(note, first_block)) = elements.get(reference.target) else { continue };
            // A link back from the note, or within it, is none.
            if reference.block >= first_block {
                continue;
            }
            let number = *self.notes.entry(note).or_insert_with(|| {
                let name = name(&reference.text, self.names.len() + 1, &taken);
                taken.insert(name.to_ascii_lowercase());
                self.names.push(name);
                self.names.len() - 1
            });
            self.references.insert(reference.link, number);
        }
    }

    /// True for a link within the page by its address, where none has been looked for.
    pub(super) fn miss(&self, arena: &Arena, link: NodeId) -> bool {
        let href = || arena.attr(link, &local_name!("href")).filter(|href| !href.starts_with('#'));
        !self.searched && href().is_some_and(|href| self.fragment(href).is_some())
    }

    /// The name in the page that a link leads to.
    pub(super) fn fragment<'a>(&self, href: &'a str) -> Option<&'a str> {
        if let Some(name) = href.strip_prefix('#') {
            return Some(name);
        }
        let length = self.page.iter().find(|page| !page.is_empty() && href.starts_with(page.as_str()))?.len();
        href.get(length..)?.strip_prefix('#')
    }

    /// All links of the page that come out and look like references, in document order.
    fn references<'a>(&self, selection: &Selection<'a>) -> Vec<Reference<'a>> {
        let arena = selection.document.arena();
        let mut references = Vec::new();
        for id in (0..arena.len()).map(NodeId::from_index) {
            if arena.tag_of(id) != Some(Tag::A) {
                continue;
            }
            let Some(target) = arena.attr(id, &local_name!("href")).and_then(|href| self.fragment(href))
            else {
                continue;
            };
            // Links hold no links, and to a reader of Markdown a reference is one.
            let in_link = || {
                arena.ancestors(id).take(ANCESTORS).any(|id| {
                    arena.tag_of(id) == Some(Tag::A) && arena.attr(id, &local_name!("href")).is_some()
                })
            };
            if target.is_empty() || !is_reference(arena, id) || in_link() {
                continue;
            }
            let (text, block) = start_of(selection, id);
            if let Some(block) = block.filter(|&block| selection.has(block)) {
                references.push(Reference { link: id, target, block, text });
            }
        }
        references
    }

    /// True for what leads back from a note to its reference, for the sign with which a heading links to itself, and for the
    /// links with which wikis edit what is under a heading.
    /// `in_note` is the name of the note around, if it is one.
    pub(super) fn is_back_link(
        &self,
        arena: &Arena,
        id: NodeId,
        element: &Element,
        in_note: Option<&str>,
        in_heading: bool,
    ) -> bool {
        let is_link = element.tag == Tag::A;
        if !is_link && element.tag != Tag::Span {
            return false;
        }
        let class = arena.attr(id, &local_name!("class")).unwrap_or("");
        let says = |name: &str| {
            matches!(
                name,
                "mw-cite-backlink"
                    | "fn-bracket"
                    | "footnote-backref"
                    | "footnote-back"
                    | "reversefootnote"
                    | "footnote-return"
                    | "fn-backref"
            )
        };
        if class.split_ascii_whitespace().take(8).any(|name| name == "mw-editsection") {
            return short_text(arena, id, 8 * LONGEST_NAME).is_some();
        }
        if class.split_ascii_whitespace().take(8).any(says)
            || arena.attr(id, &local_name!("role")) == Some("doc-backlink")
        {
            // A letter for each reference, or a few words; more is a note in an element that was never closed.
            return short_text(arena, id, 8 * LONGEST_NAME).is_some_and(|text| {
                text.len() <= 2 * LONGEST_NAME
                    || text.split_whitespace().all(|word| word.chars().count() <= 3)
            });
        }
        let href = arena.attr(id, &local_name!("href")).filter(|_| is_link);
        let Some(target) = href.and_then(|href| self.fragment(href)) else { return false };
        let Some(text) = short_text(arena, id, 2 * LONGEST_NAME) else { return false };
        let text = text.trim().trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '.'));
        // Documentation has them behind the terms of definitions, too: links to what they stand in.
        let names = |id: NodeId| arena.attr(id, &local_name!("id")) == Some(target);
        let is_anchor = class.split_ascii_whitespace().take(8).any(|name| {
            matches!(name, "headerlink" | "header-anchor" | "heading-anchor" | "anchor-link" | "permalink")
        }) || !target.is_empty() && arena.ancestors(id).take(3).any(names);
        let is_sign = |c: char| match c {
            '↩' | '↑' | '⏎' | '⤴' | '↵' | '^' | '\u{FE0E}' | '\u{FE0F}' | ' ' => true,
            '¶' | '§' | '#' | '🔗' => in_heading || is_anchor,
            _ => false,
        };
        !text.is_empty() && (text.chars().all(is_sign) || in_note == Some(text))
    }
}

/// What a note is called: as its reference has it, unless another is called so or Markdown can't.
fn name(text: &str, number: usize, taken: &HashSet<String>) -> String {
    let own = text.trim_matches(|c: char| !c.is_alphanumeric());
    let fits =
        (1..=LONGEST_NAME).contains(&own.len()) && own.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let name = if fits { own.to_owned() } else { number.to_string() };
    if taken.contains(&name.to_ascii_lowercase()) { format!("note-{number}") } else { name }
}

/// True for a link that is raised or says that it leads to a note.
fn is_reference(arena: &Arena, link: NodeId) -> bool {
    if arena.attr(link, &local_name!("role")) == Some("doc-noteref") {
        return true;
    }
    let around = arena.ancestors(link).take(AROUND).take_while(|&id| !is_block(arena, id));
    let inner = arena.children(link).take(2).filter(|&id| arena.tag_of(id) == Some(Tag::Sup));
    let says = |id: NodeId| {
        let class = arena.attr(id, &local_name!("class")).unwrap_or("");
        let is_note = |name: &str| {
            matches!(
                name,
                "footnote-ref"
                    | "footnote-anchor"
                    | "footnote-reference"
                    | "footnoteref"
                    | "noteref"
                    | "fn-ref"
                    | "ltx_note_mark"
            )
        };
        arena.tag_of(id) == Some(Tag::Sup) || class.split_ascii_whitespace().take(8).any(is_note)
    };
    [link].into_iter().chain(around).chain(inner).any(says)
}

/// The text at the start of an element, and the block that it went to.
fn start_of(selection: &Selection, id: NodeId) -> (String, Option<usize>) {
    let arena = selection.document.arena();
    let mut text = String::new();
    let mut block = None;
    let mut steps = vec![id];
    for _ in 0..2 * LONGEST_NAME {
        let Some(id) = steps.pop() else { break };
        if let Some(part) = arena.text(id) {
            text.extend(part.chars().take(2 * LONGEST_NAME));
            block = block.or(selection.blocks.mark(id).block());
        }
        steps.extend(arena.children(id).take(AROUND).collect::<Vec<_>>().into_iter().rev());
    }
    (text, block)
}

/// For each target's name, the element that is its note and the note's first block.
fn notes<'a>(selection: &Selection<'a>, references: &[Reference<'a>]) -> HashMap<&'a str, (NodeId, usize)> {
    let arena = selection.document.arena();
    let wanted: HashSet<&str> = references.iter().map(|reference| reference.target).collect();
    let mut elements: HashMap<&str, NodeId> = HashMap::new();
    if wanted.is_empty() {
        return HashMap::new();
    }
    for id in (0..arena.len()).map(NodeId::from_index) {
        let names = [arena.attr(id, &local_name!("id")), arena.attr(id, &local_name!("name"))];
        for name in names.into_iter().flatten() {
            if let Some(&name) = wanted.get(name) {
                elements.entry(name).or_insert(id);
            }
        }
    }
    let mut holders: HashMap<NodeId, Vec<&str>> = HashMap::new();
    for (name, id) in elements {
        let holder = arena.with_ancestors(id).take(AROUND).find(|&id| is_block(arena, id));
        if let Some(holder) = holder.filter(|&holder| can_be_note(arena, holder)) {
            holders.entry(holder).or_default().push(name);
        }
    }
    let mut notes = HashMap::new();
    for container in &selection.blocks.containers {
        let Some([name]) = holders.get(&container.node).map(Vec::as_slice) else { continue };
        let mut range = container.first_block as usize..container.end_block as usize;
        if range.any(|block| selection.has(block)) {
            notes.insert(*name, (container.node, container.first_block as usize));
        }
    }
    notes
}

/// True for an item, a paragraph or a box that stands where a list may stand.
fn can_be_note(arena: &Arena, id: NodeId) -> bool {
    use Tag::*;
    matches!(arena.tag_of(id), Some(Li | P | Div | Aside | Section))
        && !arena.ancestors(id).take(ANCESTORS).filter_map(|id| arena.tag_of(id)).any(|tag| {
            matches!(tag, Li | Td | Th | Blockquote | Dd | Dt | Figure | Pre | H1 | H2 | H3 | H4 | H5 | H6)
        })
}

fn is_block(arena: &Arena, id: NodeId) -> bool {
    arena.tag_of(id).is_some_and(Tag::is_block)
}

/// True for a note's name at the start of the note `in_note`, where its marker says it again.
pub(super) fn is_own_name(arena: &Arena, id: NodeId, tag: Tag, in_note: Option<&str>) -> bool {
    if in_note.is_none() || !matches!(tag, Tag::Sup | Tag::Span) {
        return false;
    }
    let text = short_text(arena, id, 2 * LONGEST_NAME);
    text.is_some_and(|text| {
        in_note == Some(text.trim_matches(|c: char| c.is_whitespace() || "[]().:".contains(c)))
    })
}

/// The text of an element that holds no more than `longest` bytes.
fn short_text(arena: &Arena, id: NodeId, longest: usize) -> Option<String> {
    let mut text = String::new();
    let mut steps = vec![id];
    for _ in 0..4 * longest {
        let Some(id) = steps.pop() else { return Some(text) };
        text.push_str(arena.text(id).unwrap_or(""));
        if text.len() > longest {
            return None;
        }
        steps.extend(arena.children_reversed(id).take(longest));
    }
    None
}
