//! What the tree is made of: nodes, elements, attributes, and where their texts stand.

use html5ever::{LocalName, Namespace, QualName};

use super::tag::Tag;

/// The index of a node in its document's arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct NodeId(u32);

impl NodeId {
    /// The document node, the first of every arena.
    pub(crate) const ROOT: NodeId = NodeId(0);
    /// "No such node" in a link.
    pub(crate) const NONE: NodeId = NodeId(u32::MAX);

    pub(crate) fn from_index(index: usize) -> NodeId {
        NodeId(u32::try_from(index).unwrap_or(u32::MAX))
    }

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }

    /// `None` for [`NodeId::NONE`].
    pub(crate) fn some(self) -> Option<NodeId> {
        (self != NodeId::NONE).then_some(self)
    }
}

/// A piece of the document's text buffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    pub(crate) fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// An element's name as the parser gave it, where its [`Tag`] doesn't say it: foreign elements and unknown ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Name {
    pub(crate) ns: Namespace,
    pub(crate) local: LocalName,
}

impl From<QualName> for Name {
    fn from(name: QualName) -> Name {
        Name { ns: name.ns, local: name.local }
    }
}

/// What a node is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Data {
    Document,
    Doctype,
    #[cfg_attr(
        not(feature = "eval"),
        expect(dead_code, reason = "only the dump for comparison shows comments")
    )]
    Comment(Span),
    Instruction,
    Text(Span),
    Element(Element),
}

/// An element. Name and attributes stand in lists of the arena: most elements have a name that the tag tells, and a node
/// that holds nothing but numbers takes little room and no work when it is dropped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element {
    pub(crate) tag: Tag,
    pub(super) has_template: bool,
    pub(crate) integration_point: bool,
    /// Where in [`Arena::names`] its name stands; [`TOLD_BY_TAG`] for an HTML element that the tag names.
    pub(super) name: u32,
    pub(super) attrs_start: u32,
    pub(super) attrs_end: u32,
}

/// See [`Element::name`].
pub(super) const TOLD_BY_TAG: u32 = u32::MAX;

/// An attribute: its name and where its value stands in the text buffer. No stage asks for its namespace.
#[derive(Clone, Debug)]
pub(crate) struct Attr {
    pub(crate) local: LocalName,
    pub(crate) value: Span,
}

/// A node with its links.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) data: Data,
    pub(crate) parent: NodeId,
    pub(crate) previous: NodeId,
    pub(crate) next: NodeId,
    pub(crate) first_child: NodeId,
    pub(crate) last_child: NodeId,
    /// Line of the source where the node began, from 1; 0 where unknown.
    pub(crate) line: u32,
    /// Ancestors at the time the node was put into the tree; 65,535 stands for more.
    pub(crate) depth: u16,
}

impl Node {
    pub(crate) fn new(data: Data, line: u32) -> Node {
        Node {
            data,
            parent: NodeId::NONE,
            previous: NodeId::NONE,
            next: NodeId::NONE,
            first_child: NodeId::NONE,
            last_child: NodeId::NONE,
            line,
            depth: 0,
        }
    }

    pub(crate) fn element(&self) -> Option<&Element> {
        match &self.data {
            Data::Element(element) => Some(element),
            _ => None,
        }
    }
}
