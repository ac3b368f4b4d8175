//! The arena: nodes in one `Vec`, linked by index, with all text in one buffer.
//!
//! A tree of reference-counted cells costs an allocation a node, cannot be sent to another thread and must be
//! taken apart with care when it is deep. Here a document is a few flat vectors, dropped in constant stack.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use html5ever::LocalName;

use super::node::{Attr, Data, Element, Name, Node, NodeId, Span, TOLD_BY_TAG};
use super::tag::Tag;

/// The flat tree. Every access is checked: a link that leads nowhere reads as "no node".
#[derive(Clone, Debug)]
pub(crate) struct Arena {
    nodes: Vec<Node>,
    attrs: Vec<Attr>,
    /// Names of elements that no tag tells, each once, and where each of them stands.
    names: Vec<Name>,
    name_numbers: HashMap<Name, u32, RandomState>,
    text: String,
    /// Bytes of the text buffer that are copies made to lengthen a text.
    copied: usize,
    /// Where values of attributes met last stand, each at its hash: most classes come many times on a page.
    values: Vec<Span>,
}

/// So many values of attributes are remembered.
const VALUES: usize = 256;

/// So many bytes may be copied in lengthening texts before it counts how much text there is.
const FREE_COPIES: usize = 64 << 10;

impl Arena {
    pub(crate) fn with_capacity(source_bytes: usize) -> Arena {
        let mut nodes = Vec::with_capacity(source_bytes / 96 + 16);
        nodes.push(Node::new(Data::Document, 0));
        Arena {
            nodes,
            attrs: Vec::with_capacity(source_bytes / 192),
            names: Vec::new(),
            name_numbers: HashMap::default(),
            text: String::with_capacity(source_bytes / 4),
            copied: 0,
            values: vec![Span::default(); VALUES],
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The number of elements with a tag of some kind.
    pub(crate) fn count(&self, is_one: impl Fn(Tag) -> bool) -> usize {
        self.nodes.iter().filter(|node| node.element().is_some_and(|element| is_one(element.tag))).count()
    }

    /// Makes room for what the rest of a page will need if it is like the part that was read.
    pub(crate) fn foresee(&mut self, read: usize, page: usize) {
        make_room_for(&mut self.nodes, read, page);
        make_room_for(&mut self.attrs, read, page);
    }

    pub(crate) fn get(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    fn get_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.index())
    }

    pub(crate) fn push(&mut self, data: Data, line: u32) -> NodeId {
        let id = NodeId::from_index(self.nodes.len());
        make_room(&mut self.nodes);
        self.nodes.push(Node::new(data, line));
        id
    }

    /// Adds an attribute to the element that is pushed next.
    pub(crate) fn push_attr(&mut self, local: LocalName, value: &str) {
        let value = self.store_value(value);
        make_room(&mut self.attrs);
        self.attrs.push(Attr { local, value });
    }

    /// How many attributes there are.
    pub(crate) fn attrs_len(&self) -> usize {
        self.attrs.len()
    }

    /// Adds an element whose attributes are those pushed since there were `attrs_start`.
    pub(crate) fn push_element(&mut self, tag: Tag, name: Name, attrs_start: usize, line: u32) -> NodeId {
        let is_html = name.ns == html5ever::ns!(html);
        let is_told = is_html && tag != Tag::Other;
        let element = Element {
            // `svg` and `math` are elements we know although they are not HTML; everything else foreign is `Other`.
            tag: if is_html || matches!(tag, Tag::Svg | Tag::Math) { tag } else { Tag::Other },
            has_template: false,
            integration_point: false,
            name: if is_told { TOLD_BY_TAG } else { self.number_of(name) },
            attrs_start: attrs_start as u32,
            attrs_end: self.attrs.len() as u32,
        };
        self.push(Data::Element(element), line)
    }

    fn number_of(&mut self, name: Name) -> u32 {
        if let Some(&number) = self.name_numbers.get(&name) {
            return number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.clone());
        self.name_numbers.insert(name, number);
        number
    }

    /// An element's name without its namespace.
    pub(crate) fn local_name(&self, element: &Element) -> &str {
        self.names.get(element.name as usize).map_or(element.tag.name(), |name| &name.local)
    }

    /// The namespace of an element.
    #[cfg(feature = "eval")]
    pub(crate) fn namespace(&self, element: &Element) -> html5ever::Namespace {
        self.names.get(element.name as usize).map_or(html5ever::ns!(html), |name| name.ns.clone())
    }

    /// Gives the element pushed last a root for what a template holds.
    pub(crate) fn push_template(&mut self, id: NodeId, line: u32) {
        self.push(Data::Document, line);
        if let Some(element) = self.element_mut(id) {
            element.has_template = true;
        }
    }

    /// The root of what an element holds as a template, which was pushed right behind it.
    pub(crate) fn template_of(&self, id: NodeId) -> Option<NodeId> {
        let has_one = self.get(id).and_then(Node::element).is_some_and(|element| element.has_template);
        has_one.then(|| NodeId::from_index(id.index() + 1))
    }

    pub(crate) fn element_mut(&mut self, id: NodeId) -> Option<&mut Element> {
        match &mut self.get_mut(id)?.data {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }

    /// Adds text to the buffer. Buffers over 4 GiB cannot be addressed; what would not fit is left out, which the
    /// parser prevents by its input limit.
    pub(crate) fn store(&mut self, text: &str) -> Span {
        let start = self.text.len();
        let Ok(end) = u32::try_from(start + text.len()) else { return Span::default() };
        if self.text.capacity() - start < text.len() {
            self.text.reserve_exact(text.len().max(start / 2));
        }
        self.text.push_str(text);
        Span { start: start as u32, end }
    }

    /// Adds an attribute's value to the buffer if it isn't there.
    fn store_value(&mut self, value: &str) -> Span {
        let place = value_hash(value) % VALUES;
        let known = self.values.get(place).copied().unwrap_or_default();
        if self.str(known) == value {
            return known;
        }
        let span = self.store(value);
        if let Some(known) = self.values.get_mut(place) {
            *known = span;
        }
        span
    }

    pub(crate) fn str(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Lengthens a text node, which is free of copying while its text is the last in the buffer. Gives false where
    /// copying would cost more than the text so far allows: text that goes to two places in turn, as misplaced text
    /// in tables does, would otherwise be copied over and over.
    fn extend_text(&mut self, id: NodeId, more: &str) -> bool {
        let Some(Data::Text(span)) = self.get(id).map(|node| node.data) else { return false };
        let span = if span.end as usize == self.text.len() {
            let added = self.store(more);
            Span { start: span.start, end: added.end.max(span.end) }
        } else {
            if self.copied + span.len() > FREE_COPIES + (self.text.len() - self.copied) {
                return false;
            }
            self.copied += span.len();
            let mut whole = String::with_capacity(span.len() + more.len());
            whole.push_str(self.str(span));
            whole.push_str(more);
            self.store(&whole)
        };
        if let Some(node) = self.get_mut(id) {
            node.data = Data::Text(span);
        }
        true
    }

    pub(crate) fn append_text(&mut self, parent: NodeId, text: &str, line: u32) {
        let last = self.get(parent).map_or(NodeId::NONE, |node| node.last_child);
        if !self.is_text(last) || !self.extend_text(last, text) {
            let span = self.store(text);
            let id = self.push(Data::Text(span), line);
            self.append(parent, id);
        }
    }

    pub(crate) fn insert_text_before(&mut self, sibling: NodeId, text: &str, line: u32) {
        let previous = self.get(sibling).map_or(NodeId::NONE, |node| node.previous);
        if !self.is_text(previous) || !self.extend_text(previous, text) {
            let span = self.store(text);
            let id = self.push(Data::Text(span), line);
            self.insert_before(sibling, id);
        }
    }

    pub(crate) fn is_text(&self, id: NodeId) -> bool {
        matches!(self.get(id), Some(Node { data: Data::Text(_), .. }))
    }

    pub(crate) fn append(&mut self, parent: NodeId, child: NodeId) {
        self.detach(child);
        let (last, depth) = self.get(parent).map_or((NodeId::NONE, 0), |node| (node.last_child, node.depth));
        if let Some(node) = self.get_mut(child) {
            node.parent = parent;
            node.previous = last;
            node.depth = depth.saturating_add(1);
        }
        self.put_behind(parent, last, child);
        if let Some(node) = self.get_mut(parent) {
            node.last_child = child;
        }
    }

    /// Makes `next` what comes behind `previous`, or the first child where nothing stands in front of it.
    fn put_behind(&mut self, parent: NodeId, previous: NodeId, next: NodeId) {
        match previous.some() {
            Some(previous) => {
                if let Some(node) = self.get_mut(previous) {
                    node.next = next;
                }
            }
            None => {
                if let Some(node) = self.get_mut(parent) {
                    node.first_child = next;
                }
            }
        }
    }

    pub(crate) fn insert_before(&mut self, sibling: NodeId, child: NodeId) {
        self.detach(child);
        let Some((parent, previous, depth)) =
            self.get(sibling).map(|node| (node.parent, node.previous, node.depth))
        else {
            return;
        };
        if let Some(node) = self.get_mut(child) {
            node.parent = parent;
            node.depth = depth;
            node.previous = previous;
            node.next = sibling;
        }
        if let Some(node) = self.get_mut(sibling) {
            node.previous = child;
        }
        self.put_behind(parent, previous, child);
    }

    pub(crate) fn detach(&mut self, id: NodeId) {
        let Some(node) = self.get_mut(id) else { return };
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        node.parent = NodeId::NONE;
        node.previous = NodeId::NONE;
        node.next = NodeId::NONE;
        if parent == NodeId::NONE {
            return;
        }
        self.put_behind(parent, previous, next);
        match next.some() {
            Some(next) => {
                if let Some(node) = self.get_mut(next) {
                    node.previous = previous;
                }
            }
            None => {
                if let Some(node) = self.get_mut(parent) {
                    node.last_child = previous;
                }
            }
        }
    }

    pub(crate) fn move_children(&mut self, from: NodeId, to: NodeId) {
        while let Some(child) = self.first_child(from) {
            self.append(to, child);
        }
    }

    /// Adds attributes to an element. They move to the end of the list, so that this costs as much as all of them.
    pub(crate) fn add_attrs(&mut self, id: NodeId, more: &[Attr]) {
        let all = [self.attrs_of(id), more].concat();
        let start = self.attrs.len() as u32;
        self.attrs.extend(all);
        let end = self.attrs.len() as u32;
        if let Some(element) = self.element_mut(id) {
            element.attrs_start = start;
            element.attrs_end = end;
        }
    }

    /// The root of what a template holds, which is as deep as the template.
    pub(crate) fn template_contents(&mut self, id: NodeId) -> NodeId {
        let Some(contents) = self.template_of(id) else { return NodeId::NONE };
        let depth = self.get(id).map_or(0, |node| node.depth);
        if let Some(contents) = self.get_mut(contents) {
            contents.depth = depth;
        }
        contents
    }

    pub(crate) fn attrs_of(&self, id: NodeId) -> &[Attr] {
        self.get(id)
            .and_then(Node::element)
            .and_then(|element| self.attrs.get(element.attrs_start as usize..element.attrs_end as usize))
            .unwrap_or(&[])
    }

    pub(crate) fn attr(&self, id: NodeId, name: &LocalName) -> Option<&str> {
        self.attrs_of(id).iter().find(|attr| attr.local == *name).map(|attr| self.str(attr.value))
    }

    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.get(id)?.parent.some()
    }

    /// The nodes around another, the innermost first.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.parent(id), |&id| self.parent(id))
    }

    /// A node and those around it, the innermost first.
    pub(crate) fn with_ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::once(id).chain(self.ancestors(id))
    }

    /// The tag of an element.
    pub(crate) fn tag_of(&self, id: NodeId) -> Option<Tag> {
        self.get(id).and_then(Node::element).map(|element| element.tag)
    }

    /// The text of a text node.
    pub(crate) fn text(&self, id: NodeId) -> Option<&str> {
        match self.get(id)?.data {
            Data::Text(span) => Some(self.str(span)),
            _ => None,
        }
    }

    pub(crate) fn first_child(&self, id: NodeId) -> Option<NodeId> {
        self.get(id)?.first_child.some()
    }

    pub(crate) fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        self.get(id)?.next.some()
    }

    /// The children of a node, last first: as a stack of things to do wants them.
    pub(crate) fn children_reversed(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let last = self.get(id).and_then(|node| node.last_child.some());
        std::iter::successors(last, |&child| self.get(child)?.previous.some())
    }

    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.first_child(id), |&child| self.next_sibling(child))
    }

    /// Gives back what the guess at capacity took too much, and what only building the tree asks for.
    pub(crate) fn shrink(&mut self) {
        self.name_numbers = HashMap::default();
        self.values = Vec::new();
        // To move what fits nearly would cost more than it gives back.
        if self.nodes.capacity() > 2 * self.nodes.len() {
            self.nodes.shrink_to_fit();
        }
        if self.attrs.capacity() > 2 * self.attrs.len() {
            self.attrs.shrink_to_fit();
        }
        if self.text.capacity() > 2 * self.text.len() {
            self.text.shrink_to_fit();
        }
    }
}

/// Of the length and both ends of a value, where values that are alike differ.
fn value_hash(value: &str) -> usize {
    let end = |chunk: Option<&[u8; 8]>| chunk.map_or(0, |bytes| u64::from_le_bytes(*bytes));
    let bytes = value.as_bytes();
    let short =
        if bytes.len() < 8 { bytes.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)) } else { 0 };
    let ends = end(bytes.first_chunk()) ^ end(bytes.last_chunk()).rotate_left(29) ^ short;
    ((ends ^ bytes.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize
}

/// Lets a list grow that is nearly full when `read` of the `page`'s bytes are read; by half where that isn't known.
fn make_room_for<T>(list: &mut Vec<T>, read: usize, page: usize) {
    let have = list.len();
    if list.capacity() - have < 32 {
        let all = if (1..page).contains(&read) {
            (have as f64 * (page as f64 / read as f64) * 1.03) as usize + 64
        } else {
            have + have / 2
        };
        list.reserve_exact(all.clamp(have + have / 8, 2 * have + 64) - have);
    }
}

/// Lets a full list grow by half instead of to twice its size: while it grows, both stand in memory.
pub(crate) fn make_room<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact(list.len() / 2 + 16);
    }
}
