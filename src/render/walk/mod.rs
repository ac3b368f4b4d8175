//! The walk: the document in order, and of it the chosen blocks as a stream of events.
//!
//! The words and the white space come from the blocks' own texts, so that no rule of folding is told twice: the
//! document's characters are followed in the block's text, and only say which marks are on which of them.

mod apart;
mod containers;
mod follow;
mod images;
mod listing;
mod marks;
mod quoted;

use images::Waiting;

use super::address::Addresses;
use super::event::{Shape, Stream};
use super::inlines::{Inlines, Mark};
use super::notes::{self, Notes};
use super::outline::Outline;
use super::sources::Sources;
use super::{Selection, Style, code, language, mail, math};
use crate::blocks::{Blocks, is_space};
use crate::document::{Arena, Data, Element, NodeId, Tag};

/// Walks the document.
pub(super) fn stream<'a>(selection: &Selection<'a>, style: &Style) -> Stream<'a> {
    let mut walker = Walker::new(selection, style);
    walker.push_children(NodeId::ROOT);
    while let Some(step) = walker.steps.pop() {
        match step {
            Step::Enter(id) => {
                walker.steps.extend(walker.arena.next_sibling(id).map(Step::Enter));
                walker.enter(id);
            }
            Step::LeaveInline { marks } => walker.marks.truncate(marks),
            Step::LeaveContainer(id, state) => walker.leave_container(id, state),
            Step::LeaveListing(context) => walker.leave_listing(context),
            Step::LeaveRuby => walker.literal(")"),
            Step::EndLine => walker.end_line(),
            Step::EndSkip => walker.skips = false,
        }
    }
    walker.put_images();
    walker.end_leaf();
    Stream {
        events: walker.outline.finish(),
        links: walker.links.into_iter().map(|link| link.target).collect(),
        notes: walker.notes.names,
        sets_dollars: math::sets_dollars(walker.arena, &walker.blocks.text),
    }
}

enum Step {
    /// A node, and those behind it in its parent.
    Enter(NodeId),
    LeaveInline {
        marks: usize,
    },
    LeaveContainer(NodeId, State),
    /// A listing ends in what was there before it.
    LeaveListing(Context),
    /// The reading of a character ends.
    LeaveRuby,
    /// What stands in a line of its own ends.
    EndLine,
    /// What is not to come out ends.
    EndSkip,
}

/// What kind of leaf text opens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Flow,
    Heading(u8),
    /// The element itself, so that two of them don't run together.
    Pre(NodeId),
    /// The same for code in a box of lines, whose white space the blocks have folded.
    Lines(NodeId),
}

impl Context {
    fn is_code(self) -> bool {
        matches!(self, Context::Pre(_) | Context::Lines(_))
    }
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
    /// The container can be folded, and the first container in it is what it folds up to.
    folds: bool,
    /// The note around.
    note: Option<usize>,
    /// Texts that had come out before this container.
    texts: usize,
    /// The container around, as the blocks know it.
    container: u32,
}

struct Link {
    target: String,
    uses: u32,
}

/// What stood between the last text and here.
#[derive(Clone, Copy, Default)]
struct Gap {
    space: bool,
    breaks: u32,
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
    sources: Sources<'a>,
    hidden: mail::Hidden,
    notes: Notes,
    steps: Vec<Step>,
    state: State,
    /// The number of the next container; they come in the order in which the blocks number them.
    next_container: u32,
    /// Blocks begun so far, chosen or not.
    begun: usize,
    /// How many blocks are chosen in front of each block, and in all.
    chosen: Vec<u32>,
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
    /// The row that comes next is a header, being in bold.
    plain_header: bool,
    /// Texts that have come out.
    texts: usize,
    /// Up to where in the blocks' text it has been passed over.
    passed: usize,
    /// Images and formulas that wait for their paragraph.
    images: Vec<Waiting<'a>>,
    last_source: String,
    /// What stands here does not come out.
    skips: bool,
    gap: Gap,
    /// A formula came last, so that what follows goes on with its paragraph, though it is of another block; or an image
    /// for which the line has ended already.
    joins: bool,
    /// The script that says the same as the formula before it.
    formula_script: NodeId,
    /// The formula that came last, with no text since.
    last_formula: String,
    /// White space in a box of code that is yet to come out, and lines of it that hold nothing.
    indent: Vec<&'a str>,
    empty_lines: u32,
    /// How much may still be looked at for line numbers in vain.
    patience: usize,
}

impl<'a, 's> Walker<'a, 's> {
    fn new(selection: &'s Selection<'a>, style: &'s Style<'s>) -> Walker<'a, 's> {
        let chosen = containers::running(selection);
        let mut outline = Outline::default();
        // Paragraphs are three events each.
        outline.events.reserve(chosen.last().map_or(0, |&all| 4 * all as usize));
        Walker {
            arena: selection.document.arena(),
            blocks: selection.blocks,
            selection,
            style,
            addresses: Addresses::new(style.base),
            sources: Sources::new(selection.document.arena()),
            hidden: mail::Hidden::new(),
            notes: notes::find(selection, style.base),
            steps: Vec::new(),
            state: State {
                depth: 0,
                context: Context::Flow,
                muted: false,
                in_head: false,
                folds: false,
                note: None,
                texts: 0,
                container: 0,
            },
            next_container: 1,
            begun: 0,
            chosen,
            outline,
            inlines: Inlines::new(&selection.blocks.text),
            marks: Vec::new(),
            applied: Vec::new(),
            links: Vec::new(),
            leaf: None,
            rest: 0..0,
            word: 0,
            plain_header: false,
            texts: 0,
            passed: 0,
            images: Vec::new(),
            last_source: String::new(),
            skips: false,
            gap: Gap::default(),
            joins: false,
            formula_script: NodeId::NONE,
            last_formula: String::new(),
            indent: Vec::new(),
            empty_lines: 0,
            patience: code::patience(selection.document.arena()),
        }
    }

    /// The first child brings the others with it, one at a time: a page may have very many side by side.
    fn push_children(&mut self, node: NodeId) {
        self.steps.extend(self.arena.first_child(node).map(Step::Enter));
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
        let tag = element.tag;
        let is_container = self.blocks.container(self.next_container).is_some_and(|facts| facts.node == id);
        if self.skips {
            self.next_container += u32::from(is_container);
            if is_container || !(tag.is_never_text() || tag.is_block() || tag.is_void()) {
                self.push_children(self.arena.template_of(id).unwrap_or(id));
            }
            return;
        }
        if tag == Tag::A && self.notes.miss(self.arena, id) {
            self.notes.search(self.selection);
        }
        if self.stands_apart(id, element, is_container) {
            return;
        }
        if matches!(tag, Tag::Hr | Tag::Object | Tag::Embed | Tag::Textarea) {
            self.gap.breaks = 2;
        }
        match tag {
            _ if is_container => self.enter_container(id, element),
            Tag::Head => self.addresses.read_head(self.arena, id),
            Tag::Img => self.image(id),
            Tag::Audio | Tag::Video | Tag::Iframe => self.media(id, tag),
            Tag::Br => {
                self.gap.breaks += 1;
                if let Some(waiting) = self.images.last_mut() {
                    waiting.ends_line = true;
                }
            }
            _ if tag.is_never_text() || tag.is_block() || tag.is_void() => {}
            Tag::Code if self.begins_listing(id) => self.enter_listing(id),
            _ => {
                self.steps.push(Step::LeaveInline { marks: self.marks.len() });
                if self.state.context.is_code() && self.leaf.is_some() && code::follows_line(self.arena, id) {
                    self.literal("\n");
                }
                if tag == Tag::Rt && self.leaf.is_some() && !self.has_parentheses(id) {
                    self.literal("(");
                    self.steps.push(Step::LeaveRuby);
                }
                if quoted::is_head(self.arena, id) {
                    self.steps.push(Step::EndLine);
                }
                self.enter_inline(id, tag);
                self.push_children(id);
            }
        }
    }

    /// True for the reading of a character that the page itself puts between parentheses, or that is empty.
    fn has_parentheses(&self, reading: NodeId) -> bool {
        let before = self.arena.get(reading).and_then(|node| node.previous.some());
        let before = before.and_then(|id| self.arena.get(id)).and_then(|node| node.element());
        let is_empty = self.arena.children(reading).all(|id| self.blocks.mark(id).block().is_none());
        is_empty || before.is_some_and(|element| element.tag == Tag::Rp)
    }

    fn text(&mut self, id: NodeId, text: &'a str) {
        let Some(block) = self.blocks.mark(id).block() else { return self.space(text) };
        self.begun = block + 1;
        if self.skips {
            return self.pass(block, text);
        }
        if self.state.muted || !self.selection.has(block) {
            self.end_leaf();
            return;
        }
        self.texts += 1;
        self.last_formula.clear();
        if self.joins {
            self.join(block, text);
        }
        let begins = self.leaf.is_none_or(|leaf| leaf.block != block);
        let ends_line = self.end_listed_lines(begins);
        if begins {
            // A block may hold nothing but characters that don't show.
            let shown = self.blocks.blocks.get(block).map_or("", |facts| self.blocks.text_of(facts));
            if shown.trim().is_empty() {
                return;
            }
            self.begin_leaf(block);
            if self.joins {
                self.join(block, text);
            }
        }
        self.gap = Gap { space: text.ends_with(is_space), breaks: 0 };
        if let Some(address) = self.hidden.behind(self.arena, id) {
            self.put_instead(block, text, address);
        } else if matches!(self.state.context, Context::Lines(_)) {
            self.put_line(text, begins || ends_line);
        } else {
            self.apply_marks();
            self.follow(text);
        }
    }

    /// White space of no block.
    fn space(&mut self, text: &'a str) {
        if self.skips {
            return;
        }
        self.gap.space |= text.ends_with(is_space);
        if self.state.context.is_code() {
            self.indent.push(text);
        }
    }

    fn begin_leaf(&mut self, block: usize) {
        let Some(facts) = self.blocks.blocks.get(block) else { return };
        let context = self.state.context;
        let in_code = context.is_code();
        let in_pre = matches!(context, Context::Pre(_));
        let indent = if in_pre { std::mem::take(&mut self.indent) } else { Vec::new() };
        if in_code && self.leaf.is_some_and(|leaf| leaf.context == context) {
            for _ in 0..=std::mem::take(&mut self.empty_lines) {
                self.literal("\n");
            }
        } else {
            if in_code || self.gap.breaks > 1 {
                self.put_images();
            }
            self.end_leaf();
            let shape = match context {
                Context::Flow => Shape::Paragraph,
                Context::Heading(level) => Shape::Heading(level),
                Context::Pre(id) | Context::Lines(id) => {
                    Shape::Pre { language: language::of(self.arena, id) }
                }
            };
            self.outline.open_leaf(shape);
            self.put_waiting();
        }
        self.put_indent(&indent);
        self.take_up(facts.text.clone(), in_pre);
        self.use_link(self.link());
        self.leaf = Some(Leaf { block, context });
    }

    /// White space in front of a line of preformatted text that is an element of its own.
    fn put_indent(&mut self, pieces: &[&'a str]) {
        let first = pieces.iter().rposition(|piece| piece.contains('\n')).unwrap_or(0);
        for piece in pieces.get(first..).unwrap_or(&[]) {
            let line = piece.rfind('\n').and_then(|end| piece.get(end + 1..)).unwrap_or(piece);
            self.inlines.put_literal(&mut self.outline.events, line);
        }
    }

    /// A line break where the paragraph at hand goes on.
    fn end_line(&mut self) {
        if self.leaf.is_some() && !self.skips && self.word < self.rest.end {
            self.inlines.end(&mut self.outline.events);
            self.inlines.line_break(&mut self.outline.events);
            self.rest.start = self.word;
        }
    }

    fn end_leaf(&mut self) {
        self.inlines.end(&mut self.outline.events);
        self.outline.close_leaf();
        self.leaf = None;
        self.rest = 0..0;
        self.joins = false;
        self.indent.clear();
        self.empty_lines = 0;
    }

    fn literal(&mut self, text: &'static str) {
        self.inlines.put_literal(&mut self.outline.events, text);
    }
}
