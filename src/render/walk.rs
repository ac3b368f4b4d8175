//! The walk: the document in order, and of it the chosen blocks as a stream of events.
//!
//! The words and the white space come from the blocks' own texts, so that no rule of folding is told twice: the
//! document's characters are followed in the block's text, and only say which marks are on which of them.

use html5ever::local_name;

use super::address::Addresses;
use super::event::{Event, Shape, Stream};
use super::inlines::{Inlines, Mark};
use super::outline::Outline;
use super::{Selection, Style, language, table};
use crate::blocks::Blocks;
use crate::document::{Arena, Data, Element, NodeId, Tag};

/// A link around many blocks is repeated in so many of them, then left out: its target may be long.
const LINK_REPEATS: u32 = 16;

/// How far the surroundings of an image without text are searched for blocks.
const IMAGE_ANCESTORS: usize = 32;

/// Walks the document.
pub(super) fn stream<'a>(selection: &Selection<'a>, style: &Style) -> Stream<'a> {
    let mut walker = Walker::new(selection, style);
    walker.push_children(NodeId::ROOT);
    while let Some(step) = walker.steps.pop() {
        match step {
            Step::Enter(id) => walker.enter(id),
            Step::LeaveInline { marks } => walker.marks.truncate(marks),
            Step::LeaveContainer(state) => walker.leave_container(state),
        }
    }
    walker.put_images();
    walker.end_leaf();
    Stream {
        events: walker.outline.finish(),
        links: walker.links.into_iter().map(|link| link.target).collect(),
    }
}

enum Step {
    Enter(NodeId),
    LeaveInline { marks: usize },
    LeaveContainer(State),
}

/// What kind of leaf text opens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Flow,
    Heading(u8),
    /// The element itself, so that two of them don't run together.
    Pre(NodeId),
}

/// What holds up to the end of a container.
#[derive(Clone, Copy)]
struct State {
    /// Containers of the output.
    depth: usize,
    context: Context,
    /// Nothing here comes out.
    muted: bool,
    in_head: bool,
    /// The container around, as the blocks know it.
    container: u32,
}

struct Link {
    target: String,
    uses: u32,
}

/// An image that waits for the text after it, which may be of the same paragraph.
struct Waiting<'a> {
    image: Event<'a>,
    link: Option<Mark>,
}

/// The leaf that is open.
#[derive(Clone, Copy)]
struct Leaf {
    block: usize,
    context: Context,
}

struct Walker<'a, 's> {
    arena: &'a Arena,
    blocks: &'a Blocks,
    selection: &'s Selection<'a>,
    style: &'s Style<'s>,
    addresses: Addresses,
    steps: Vec<Step>,
    state: State,
    /// The number of the next container; they come in the order in which the blocks number them.
    next_container: u32,
    /// Blocks begun so far, chosen or not.
    begun: usize,
    outline: Outline<'a>,
    inlines: Inlines<'a>,
    /// The marks that are open in the document, at most one of a kind.
    marks: Vec<Mark>,
    /// Those that go on the text at hand, in the order in which they nest.
    applied: Vec<Mark>,
    links: Vec<Link>,
    leaf: Option<Leaf>,
    /// What is left of the text of the leaf's block.
    rest: std::ops::Range<usize>,
    /// Where in it the next character stands that is not white space.
    word: usize,
    images: Vec<Waiting<'a>>,
    last_source: String,
}

impl<'a, 's> Walker<'a, 's> {
    fn new(selection: &'s Selection<'a>, style: &'s Style<'s>) -> Walker<'a, 's> {
        Walker {
            arena: selection.document.arena(),
            blocks: selection.blocks,
            selection,
            style,
            addresses: Addresses::new(style.base),
            steps: Vec::new(),
            state: State { depth: 0, context: Context::Flow, muted: false, in_head: false, container: 0 },
            next_container: 1,
            begun: 0,
            outline: Outline::default(),
            inlines: Inlines::new(&selection.blocks.text),
            marks: Vec::new(),
            applied: Vec::new(),
            links: Vec::new(),
            leaf: None,
            rest: 0..0,
            word: 0,
            images: Vec::new(),
            last_source: String::new(),
        }
    }

    fn push_children(&mut self, node: NodeId) {
        self.steps.extend(self.arena.children_reversed(node).map(Step::Enter));
    }

    fn enter(&mut self, id: NodeId) {
        let Some(node) = self.arena.get(id) else { return };
        match &node.data {
            Data::Text(span) => self.text(id, self.arena.str(*span)),
            Data::Element(element) => self.element(id, element),
            _ => {}
        }
    }

    fn element(&mut self, id: NodeId, element: &Element) {
        let is_container = self.blocks.container(self.next_container).is_some_and(|facts| facts.node == id);
        match element.tag {
            _ if is_container => self.enter_container(id, element),
            Tag::Head => self.addresses.read_head(self.arena, id),
            Tag::Img => self.image(id),
            tag if tag.is_never_text() || tag.is_block() || tag.is_void() => {}
            tag => {
                self.steps.push(Step::LeaveInline { marks: self.marks.len() });
                self.enter_inline(id, tag);
                self.push_children(id);
            }
        }
    }

    // Containers.

    fn enter_container(&mut self, id: NodeId, element: &Element) {
        self.put_images();
        let before = self.state;
        self.state.container = self.next_container;
        self.next_container += 1;
        if !matches!(self.leaf, Some(Leaf { context: Context::Pre(_), .. })) {
            self.end_leaf();
        }
        self.steps.push(Step::LeaveContainer(before));
        let tag = element.tag;
        match tag {
            Tag::Ul | Tag::Menu | Tag::Dir => self.outline.enter_list(None),
            Tag::Ol => {
                let start =
                    self.arena.attr(id, &local_name!("start")).and_then(|start| start.trim().parse().ok());
                self.outline.enter_list(Some(start.unwrap_or(1)));
            }
            Tag::Table if table::is_data(self.arena, self.blocks, id) => {
                self.state.muted |= !self.style.tables;
                self.outline.enter(Shape::Table);
            }
            Tag::Thead => self.state.in_head = true,
            Tag::Tbody | Tag::Tfoot | Tag::Table => self.state.in_head = false,
            Tag::Td | Tag::Th => {
                let header = tag == Tag::Th || self.state.in_head;
                self.outline.enter(Shape::Cell(table::cell(self.arena, id, header)));
            }
            _ => {
                if let Some(shape) = shape_of(tag) {
                    self.outline.enter(shape);
                }
            }
        }
        if let Some(level) = tag.heading_level() {
            self.state.context = Context::Heading(level);
        } else if tag.is_preformatted() && !matches!(self.state.context, Context::Pre(_)) {
            self.state.context = Context::Pre(id);
        }
        self.state.depth = self.outline.depth();
        if self.state.depth != before.depth {
            self.end_leaf();
        }
        self.push_children(if tag == Tag::Template { element.template } else { id });
    }

    fn leave_container(&mut self, before: State) {
        self.put_images();
        let in_pre = matches!(before.context, Context::Pre(_)) && before.context == self.state.context;
        if !in_pre || before.depth != self.state.depth {
            self.end_leaf();
        }
        self.outline.leave(before.depth);
        self.state = before;
    }

    // Leaves.

    fn text(&mut self, id: NodeId, text: &str) {
        let Some(block) = self.blocks.mark(id).block() else { return };
        self.begun = block + 1;
        if self.state.muted || !self.selection.has(block) {
            self.end_leaf();
            return;
        }
        if self.leaf.is_none_or(|leaf| leaf.block != block) {
            // A block may hold nothing but characters that don't show.
            let text = self.blocks.blocks.get(block).map_or("", |facts| self.blocks.text_of(facts));
            if text.trim().is_empty() {
                return;
            }
            self.begin_leaf(block);
        }
        self.apply_marks();
        self.follow(text);
    }

    fn begin_leaf(&mut self, block: usize) {
        let Some(facts) = self.blocks.blocks.get(block) else { return };
        let context = self.state.context;
        let in_pre = matches!(context, Context::Pre(_));
        if in_pre && self.leaf.is_some_and(|leaf| leaf.context == context) {
            self.inlines.put_literal(&mut self.outline.events, "\n");
        } else {
            if in_pre {
                self.put_images();
            }
            self.end_leaf();
            let shape = match context {
                Context::Flow => Shape::Paragraph,
                Context::Heading(level) => Shape::Heading(level),
                Context::Pre(id) => Shape::Pre { language: language::of(self.arena, id) },
            };
            self.outline.open_leaf(shape);
            for waiting in std::mem::take(&mut self.images) {
                self.use_link(waiting.link);
                self.inlines.image(&mut self.outline.events, waiting.link, waiting.image);
                self.inlines.end(&mut self.outline.events);
                self.inlines.put_literal(&mut self.outline.events, " ");
            }
        }
        self.take_up(facts.text.clone(), in_pre);
        self.use_link(self.link());
        self.leaf = Some(Leaf { block, context });
    }

    fn end_leaf(&mut self) {
        self.inlines.end(&mut self.outline.events);
        self.outline.close_leaf();
        self.leaf = None;
        self.rest = 0..0;
    }

    /// Takes up the text of a block, without white space at its start; of preformatted text the empty lines only,
    /// not the first indentation.
    fn take_up(&mut self, text: std::ops::Range<usize>, in_pre: bool) {
        self.rest = text;
        self.find_word(self.rest.start);
        if in_pre {
            let space = self.blocks.text.get(self.rest.start..self.word).unwrap_or("");
            self.rest.start += space.rfind('\n').map_or(0, |end| end + 1);
        } else {
            self.rest.start = self.word;
        }
    }

    /// Finds where white space from `start` on ends.
    fn find_word(&mut self, start: usize) {
        let left = self.blocks.text.get(start..self.rest.end).unwrap_or("");
        self.word = self.rest.end - left.trim_start().len();
    }

    /// Puts out what a text node has given to its block.
    ///
    /// Each character of the node either comes next in the block's text, after white space perhaps, or is one that
    /// the block left out.
    fn follow(&mut self, text: &str) {
        let keeps_space = matches!(self.leaf, Some(Leaf { context: Context::Pre(_), .. }));
        let source: &'a str = &self.blocks.text;
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            if !source.get(self.word..self.rest.end).is_some_and(|rest| rest.starts_with(c)) {
                continue;
            }
            let end = self.word + c.len_utf8();
            let space = self.rest.start..self.word;
            self.inlines.put(&mut self.outline.events, &self.applied, space, self.word..end, keeps_space);
            self.rest.start = end;
            self.find_word(end);
        }
    }

    // Marks.

    fn enter_inline(&mut self, id: NodeId, tag: Tag) {
        let shape = match tag {
            Tag::A if self.style.links => {
                let href = self.arena.attr(id, &local_name!("href"));
                let Some(target) = href.and_then(|href| self.addresses.link(href)) else { return };
                self.links.push(Link { target, uses: 0 });
                Shape::Link(self.links.len() - 1)
            }
            Tag::B | Tag::Strong if !self.is_light(id) => Shape::Strong,
            Tag::I | Tag::Em => Shape::Emphasis,
            Tag::Code | Tag::Kbd | Tag::Samp | Tag::Tt => Shape::Code,
            Tag::Sub => Shape::Sub,
            Tag::Sup => Shape::Sup,
            _ => return,
        };
        let kind = std::mem::discriminant(&shape);
        if self.marks.iter().any(|mark| std::mem::discriminant(&mark.shape) == kind) {
            return;
        }
        let element = if shape == Shape::Code { u32::try_from(id.index()).unwrap_or(0) } else { 0 };
        self.marks.push(Mark { shape, element });
    }

    /// True for `<b style="font-weight: normal">`, in which one editor wraps all that is copied from it.
    fn is_light(&self, id: NodeId) -> bool {
        let style = self.arena.attr(id, &local_name!("style")).unwrap_or("");
        let weight = style.split_once("font-weight").map(|(_, after)| after.trim_start_matches([' ', ':']));
        weight.is_some_and(|weight| weight.starts_with("normal") || weight.starts_with("400"))
    }

    fn link(&self) -> Option<Mark> {
        self.marks.iter().copied().find(|mark| matches!(mark.shape, Shape::Link(_)))
    }

    fn use_link(&mut self, link: Option<Mark>) {
        if let Some(Mark { shape: Shape::Link(index), .. }) = link
            && let Some(link) = self.links.get_mut(index)
        {
            link.uses += 1;
        }
    }

    fn is_worn(&self, mark: Mark) -> bool {
        let Shape::Link(index) = mark.shape else { return false };
        self.links.get(index).is_some_and(|link| link.uses > LINK_REPEATS)
    }

    fn apply_marks(&mut self) {
        let context = self.leaf.map_or(Context::Flow, |leaf| leaf.context);
        let mut applied = std::mem::take(&mut self.applied);
        applied.clear();
        if !matches!(context, Context::Pre(_)) {
            let in_heading = matches!(context, Context::Heading(_));
            let kept = |mark: &Mark| !(self.is_worn(*mark) || in_heading && mark.shape == Shape::Strong);
            applied.extend(self.marks.iter().copied().filter(kept));
            applied.sort_by_key(|mark| mark.shape == Shape::Code);
        }
        self.applied = applied;
    }

    // Images.

    fn image(&mut self, id: NodeId) {
        let in_pre = matches!(self.state.context, Context::Pre(_));
        if !self.style.images || self.state.muted || in_pre || self.is_pixel(id) || !self.is_among_chosen() {
            return;
        }
        let Some(source) = self.addresses.image(self.arena, id) else { return };
        // Pages that load images late repeat each in a `noscript`.
        if source == self.last_source {
            return;
        }
        self.last_source.clone_from(&source);
        let alt = self.arena.attr(id, &local_name!("alt")).unwrap_or("");
        let image = Event::Image { alt, source };
        let link = self.link().filter(|link| !self.is_worn(*link));
        if self.leaf.is_some() {
            self.put_inline(image, link);
        } else {
            self.images.push(Waiting { image, link });
        }
    }

    /// An image amid text, with the white space on either side that the text has there.
    fn put_inline(&mut self, image: Event<'a>, link: Option<Mark>) {
        let spaced = self.rest.start < self.word;
        let is_last = self.word == self.rest.end;
        self.rest.start = self.word;
        let events = &mut self.outline.events;
        if spaced || is_last {
            self.inlines.put_literal(events, " ");
        }
        self.inlines.image(events, link, image);
        if spaced {
            self.inlines.put_literal(events, " ");
        }
    }

    /// Puts out the images that stand in no paragraph.
    fn put_images(&mut self) {
        if self.images.is_empty() {
            return;
        }
        self.end_leaf();
        self.outline.open_leaf(Shape::Media);
        for waiting in std::mem::take(&mut self.images) {
            self.use_link(waiting.link);
            self.inlines.image(&mut self.outline.events, waiting.link, waiting.image);
        }
        self.end_leaf();
    }

    fn is_pixel(&self, id: NodeId) -> bool {
        [local_name!("width"), local_name!("height")]
            .iter()
            .any(|name| matches!(self.arena.attr(id, name).map(str::trim), Some("0" | "1" | "0px" | "1px")))
    }

    /// True where the blocks on either side are chosen, as far as the image's surroundings reach: the nearest
    /// container that has blocks at all.
    fn is_among_chosen(&self) -> bool {
        let around = self
            .blocks
            .ancestors(self.state.container)
            .take(IMAGE_ANCESTORS)
            .map(|facts| facts.first_block as usize..facts.end_block as usize)
            .find(|range| !range.is_empty());
        let Some(around) = around else { return false };
        let before = self.begun.checked_sub(1).filter(|block| around.contains(block));
        let after = Some(self.begun).filter(|block| around.contains(block));
        [before, after].into_iter().flatten().all(|block| self.selection.has(block))
    }
}

fn shape_of(tag: Tag) -> Option<Shape<'static>> {
    Some(match tag {
        Tag::Li => Shape::Item,
        Tag::Blockquote => Shape::Quote,
        Tag::Tr => Shape::Row,
        Tag::Caption => Shape::Caption,
        Tag::Figure => Shape::Figure,
        Tag::Figcaption => Shape::Figcaption,
        Tag::Dl => Shape::Definitions,
        Tag::Dt => Shape::Term,
        Tag::Dd => Shape::Definition,
        _ => return None,
    })
}
