//! Fills the arena from html5ever's tree builder.
//!
//! The tree builder calls these methods through a shared reference, hence the cells. `append` and its kin are the
//! standard's insertion steps; what they build is compared node for node with `RcDom` in `tests/tree`.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, Namespace, QualName, local_name, ns};

use super::arena::Arena;
use super::attributes;
use super::node::{Attr, Data, Name, NodeId, Span};
use super::tag::Tag;

/// What the sink keeps of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// What some later stage reads.
    Needed,
    /// Every attribute, and what stands in scripts, styles and comments: for comparison with other parsers.
    Everything,
}

/// A node as the tree builder holds it: an element's name goes along, because the builder asks for names far
/// more often than for anything else and can be given a reference only to what it holds itself.
#[derive(Clone, Debug)]
pub(crate) struct Handle {
    pub(crate) id: NodeId,
    pub(crate) ns: Namespace,
    pub(crate) local: LocalName,
}

/// An element's name, borrowed from its handle.
#[derive(Debug)]
pub(crate) struct HandleName<'a>(&'a Handle);

impl ElemName for HandleName<'_> {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

/// The tree sink.
pub(crate) struct Sink {
    pub(crate) arena: RefCell<Arena>,
    keep: Keep,
    /// Where in the page the tokenizer is.
    pub(crate) at: Cell<usize>,
    page_bytes: usize,
    line: Cell<u32>,
    /// The element made last, for the depth cap.
    pub(crate) last: Cell<NodeId>,
    /// The `noscript` elements, whose text is parsed again at the end.
    pub(crate) noscripts: RefCell<Vec<NodeId>>,
    /// How many nodes the builder has looked at or made: a measure of its work.
    pub(crate) steps: Cell<u64>,
    /// The formatting elements made for the current token, the standard's copies among them.
    pub(crate) formatting: RefCell<Vec<LocalName>>,
    /// Bytes in their attributes.
    pub(crate) formatting_bytes: Cell<usize>,
    /// Bytes of the longest attribute that was left out.
    pub(crate) long_attribute: Cell<usize>,
    max_attribute: usize,
    /// The names of elements that [`Tag`] does not know.
    unknown: RefCell<HashSet<LocalName>>,
    /// The names of attributes of which there may be any number.
    of_many: RefCell<HashSet<LocalName>>,
    root: NodeId,
}

/// An element has at most so many attributes once later tags have added theirs.
const MAX_ADDED_ATTRIBUTES: usize = 1024;

/// So many unknown names of elements are kept. html5ever looks names up in a table of this size, which becomes
/// slow with more of them in use, for all threads.
const MAX_UNKNOWN_NAMES: usize = 4096;

/// The same for names of attributes, of which one page has a handful.
const MAX_OF_MANY: usize = 64;

impl Sink {
    /// A sink for a page of so many bytes.
    pub(crate) fn new(
        arena: Arena,
        root: NodeId,
        keep: Keep,
        max_attribute: usize,
        page_bytes: usize,
    ) -> Sink {
        Sink {
            arena: RefCell::new(arena),
            keep,
            at: Cell::new(0),
            page_bytes,
            line: Cell::new(0),
            last: Cell::new(NodeId::NONE),
            noscripts: RefCell::default(),
            steps: Cell::new(0),
            formatting: RefCell::default(),
            formatting_bytes: Cell::new(0),
            long_attribute: Cell::new(0),
            max_attribute,
            unknown: RefCell::default(),
            of_many: RefCell::default(),
            root,
        }
    }

    fn anonymous(&self, id: NodeId) -> Handle {
        Handle { id, ns: ns!(), local: local_name!("") }
    }

    fn keeps(&self, element: &LocalName, attr: &Attribute) -> bool {
        if self.keep == Keep::Everything {
            return true;
        }
        let fits = attr.value.len() <= self.max_attribute;
        if !fits && attributes::is_read(element, &attr.name.local) && !attr.value.starts_with("data:") {
            self.long_attribute.set(self.long_attribute.get().max(attr.value.len()));
        }
        fits && attributes::is_read(element, &attr.name.local) && self.admits(&attr.name.local)
    }

    /// True for the name of an attribute if the tree does not get too many by it.
    fn admits(&self, name: &LocalName) -> bool {
        if !attributes::is_of_many(name) {
            return true;
        }
        let mut names = self.of_many.borrow_mut();
        names.contains(name) || (names.len() < MAX_OF_MANY && names.insert(name.clone()))
    }

    fn step(&self) {
        self.steps.set(self.steps.get() + 1);
    }

    /// The name under which the tree keeps an element, and the tag of that name.
    fn kept_name(&self, name: QualName) -> (Tag, Name) {
        let mut name = Name::from(name);
        let mut tag = Tag::from_local_name(&name.local);
        if tag != Tag::Other {
            return (tag, name);
        }
        if name.ns == ns!(html) && name.local.starts_with(|c: char| c.is_ascii_uppercase()) {
            // The filter's way to have an element treated as an ordinary one.
            name.local = LocalName::from(name.local.to_ascii_lowercase());
            tag = Tag::from_local_name(&name.local);
        } else if self.keep == Keep::Needed {
            let mut unknown = self.unknown.borrow_mut();
            if unknown.len() < MAX_UNKNOWN_NAMES {
                unknown.insert(name.local.clone());
            } else if !unknown.contains(&name.local) {
                name.local = LocalName::from("unknown");
            }
        }
        (tag, name)
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = HandleName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.anonymous(self.root)
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> HandleName<'a> {
        self.step();
        HandleName(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        let mut arena = self.arena.borrow_mut();
        arena.foresee(self.at.get(), self.page_bytes);
        let element_name = name.local.clone();
        let attrs_start = arena.attrs_len();
        for attr in attrs {
            if self.keeps(&element_name, &attr) {
                arena.push_attr(attr.name.local, &attr.value);
            }
        }
        self.step();
        let (ns, local) = (name.ns.clone(), name.local.clone());
        let (tag, name) = self.kept_name(name);
        let id = arena.push_element(tag, name, attrs_start, self.line.get());
        if flags.template {
            arena.push_template(id, self.line.get());
        }
        if flags.mathml_annotation_xml_integration_point
            && let Some(element) = arena.element_mut(id)
        {
            element.integration_point = true;
        }
        let tag = arena.get(id).and_then(|node| node.element()).map_or(Tag::Other, |element| element.tag);
        if tag.is_formatting() {
            let bytes: usize = arena.attrs_of(id).iter().map(|attr| attr.value.len()).sum();
            self.formatting_bytes.set(self.formatting_bytes.get() + bytes);
            self.formatting.borrow_mut().push(local.clone());
        }
        if tag == Tag::Noscript {
            self.noscripts.borrow_mut().push(id);
        }
        self.last.set(id);
        Handle { id, ns, local }
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        let mut arena = self.arena.borrow_mut();
        let span = if self.keep == Keep::Everything { arena.store(&text) } else { Span::default() };
        let id = arena.push(Data::Comment(span), self.line.get());
        self.anonymous(id)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        let id = self.arena.borrow_mut().push(Data::Instruction, self.line.get());
        self.anonymous(id)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let mut arena = self.arena.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => arena.append(parent.id, node.id),
            NodeOrText::AppendText(text) => arena.append_text(parent.id, &text, self.line.get()),
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.arena.borrow().get(element.id).is_some_and(|node| node.parent != NodeId::NONE);
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {
        let mut arena = self.arena.borrow_mut();
        let id = arena.push(Data::Doctype, self.line.get());
        arena.append(self.root, id);
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        let contents = self.arena.borrow_mut().template_contents(target.id);
        self.anonymous(contents)
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        self.step();
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let mut arena = self.arena.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => arena.insert_before(sibling.id, node.id),
            NodeOrText::AppendText(text) => arena.insert_text_before(sibling.id, &text, self.line.get()),
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        let mut arena = self.arena.borrow_mut();
        let have = arena.attrs_of(target.id);
        let mut missing: Vec<Attribute> = attrs
            .into_iter()
            .filter(|attr| self.keeps(&target.local, attr))
            .filter(|attr| !have.iter().any(|have| have.local == attr.name.local))
            .collect();
        missing.truncate(MAX_ADDED_ATTRIBUTES.saturating_sub(have.len()));
        if !missing.is_empty() {
            let missing: Vec<Attr> = missing.into_iter().map(|attr| store_attr(&mut arena, attr)).collect();
            arena.add_attrs(target.id, &missing);
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.arena.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.arena.borrow_mut().move_children(node.id, new_parent.id);
    }

    fn is_mathml_annotation_xml_integration_point(&self, target: &Handle) -> bool {
        let arena = self.arena.borrow();
        arena.get(target.id).and_then(|node| node.element()).is_some_and(|element| element.integration_point)
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(u32::try_from(line).unwrap_or(u32::MAX));
    }

    /// A declarative shadow root stays a template here; the walker enters it by its `shadowrootmode`.
    fn allow_declarative_shadow_roots(&self, _: &Handle) -> bool {
        false
    }
}

fn store_attr(arena: &mut Arena, attr: Attribute) -> Attr {
    let value = arena.store(&attr.value);
    Attr { local: attr.name.local, value }
}
