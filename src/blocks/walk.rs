//! The walker: one pass over the document that cuts it into blocks and sums up the containers.

use html5ever::local_name;

use super::fold::{fold, is_ignorable, is_space, text_hash};
use super::lexicon::{Groups, Names, mix};
use super::markup;
use super::measure::measure;
use super::names::{NameReader, Words};
use super::{BlockFacts, Blocks, ContainerFacts, Kind, Mark, Sums, Within, page, repeat};
use crate::Document;
use crate::document::{Arena, Data, Element, NodeId, Tag, make_room};

/// Cuts a document into blocks and measures them.
///
/// Text behind the block number `max_blocks` is left out; [`Blocks::left_out`] counts its blocks.
pub(crate) fn flatten(document: &Document, max_blocks: usize) -> Blocks {
    let mut walker = Walker::new(document.arena());
    walker.max_blocks = max_blocks;
    walker.walk();
    let mut blocks = Blocks {
        blocks: walker.blocks,
        containers: walker.containers,
        text: walker.text,
        marks: walker.marks,
        vocabulary: walker.names.finish(),
        left_out: walker.left_out,
        page: page::PageFacts::default(),
    };
    repeat::measure(&mut blocks);
    blocks.page = page::measure(document, &blocks);
    blocks
}

/// What happens to an element when the walk leaves it.
enum Leave {
    /// A container ends.
    Container,
    /// An inline element ends; which counters it had raised.
    Inline { link: bool, bold: bool, code: bool },
}

enum Step {
    /// A node, and those behind it in its parent.
    Enter(NodeId),
    Leave(Leave),
}

/// A block under construction.
#[derive(Default)]
struct Open {
    first_text: Option<NodeId>,
    start: usize,
    /// Byte ranges of `text` that lie in links.
    link_spans: Vec<(usize, usize)>,
    groups: Groups,
    links: u32,
    fragment_links: u32,
    inline_tags: u32,
    images: u32,
    bold_chars: u32,
    code_chars: u32,
    times: u32,
    breaks: u32,
}

struct Walker<'a> {
    arena: &'a Arena,
    names: NameReader<'a>,
    blocks: Vec<BlockFacts>,
    containers: Vec<ContainerFacts>,
    text: String,
    marks: Vec<Mark>,
    steps: Vec<Step>,
    /// The innermost open container.
    current: u32,
    open: Open,
    /// Open links, bold and code elements.
    links: u32,
    bold: u32,
    code: u32,
    /// The current link leads within the page.
    fragment_link: bool,
    /// White space seen since the last text of the block.
    space: bool,
    /// `<br>` seen since the last text.
    breaks: u32,
    /// An inline element has ended, and another begun, since the last text.
    closed: bool,
    reopened: bool,
    after_breaks: bool,
    max_blocks: usize,
    left_out: usize,
}

impl<'a> Walker<'a> {
    fn new(arena: &'a Arena) -> Walker<'a> {
        let containers = arena.count(|tag| tag.is_block() || tag == Tag::Other) + 1;
        Walker {
            arena,
            names: NameReader::new(arena),
            // What pages need, nearly.
            blocks: Vec::with_capacity(containers / 2),
            containers: Vec::with_capacity(containers),
            text: String::with_capacity(arena.len() * 4),
            marks: vec![Mark::NONE; arena.len()],
            steps: Vec::new(),
            current: u32::MAX,
            open: Open::default(),
            links: 0,
            bold: 0,
            code: 0,
            fragment_link: false,
            space: false,
            breaks: 0,
            closed: false,
            reopened: false,
            after_breaks: false,
            max_blocks: usize::MAX,
            left_out: 0,
        }
    }

    fn walk(&mut self) {
        self.enter_container(NodeId::ROOT, Tag::Html, Default::default(), Within::default());
        self.push_children(NodeId::ROOT);
        while let Some(step) = self.steps.pop() {
            match step {
                Step::Enter(node) => {
                    self.steps.extend(self.arena.next_sibling(node).map(Step::Enter));
                    self.enter(node);
                }
                Step::Leave(leave) => self.leave(leave),
            }
        }
        self.flush();
        self.leave_container();
    }

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
        if tag == Tag::Template
            && self.arena.attr(id, &html5ever::LocalName::from("shadowrootmode")).is_some()
        {
            // A declarative shadow root: browsers show it in place of the host's own children.
            self.enter_container(id, tag, Default::default(), Within::SHADOW);
            self.steps.push(Step::Leave(Leave::Container));
            self.push_children(self.arena.template_of(id).unwrap_or(NodeId::NONE));
            return;
        }
        if tag.is_never_text() {
            self.never_text(tag);
            return;
        }
        match tag {
            Tag::Br => self.line_break(),
            Tag::Img => self.image(),
            Tag::Input => self.sums(|sums| sums.inputs += 1),
            _ if tag.is_block() || (tag == Tag::Other && self.holds_blocks(id)) => self.container(id, tag),
            _ => self.inline(id, tag),
        }
    }

    /// What is not text may still be an image, or may part two words.
    fn never_text(&mut self, tag: Tag) {
        match tag {
            Tag::Svg | Tag::Canvas => self.closed = true,
            Tag::Iframe | Tag::Video | Tag::Audio | Tag::Object | Tag::Embed => {
                self.image();
                self.flush();
            }
            Tag::Textarea => {
                self.flush();
                self.sums(|sums| sums.inputs += 1);
            }
            _ => {}
        }
    }

    fn image(&mut self) {
        self.sums(|sums| sums.images += 1);
        if self.open.first_text.is_some() {
            self.open.images += 1;
        }
    }

    fn sums(&mut self, change: impl FnOnce(&mut Sums)) {
        if let Some(container) = self.containers.get_mut(self.current as usize) {
            change(&mut container.sums);
        }
    }

    /// True for an unknown element that directly holds a block-level or another unknown element: a custom element
    /// used as a box. Others are inline, as the standard has it.
    fn holds_blocks(&self, id: NodeId) -> bool {
        self.arena.children(id).any(|child| {
            self.arena
                .get(child)
                .and_then(|node| node.element())
                .is_some_and(|element| element.tag.is_block() || element.tag == Tag::Other)
        })
    }

    fn container(&mut self, id: NodeId, tag: Tag) {
        self.flush();
        if tag == Tag::Hr {
            self.after_breaks = true;
            return;
        }
        let (names, words) = self.names.read(id);
        let within = markup::within(self.arena, id, tag, &names);
        self.enter_container(id, tag, (names, words), within);
        self.steps.push(Step::Leave(Leave::Container));
        self.push_children(id);
    }

    fn enter_container(&mut self, node: NodeId, tag: Tag, (names, words): (Names, Words), within: Within) {
        let (parent_within, path, depth) = match self.containers.get(self.current as usize) {
            Some(parent) => (parent.within, parent.path, parent.depth.saturating_add(1)),
            None => (Within::default(), 0, 0),
        };
        let signature = mix(names.signature, &[tag as u8]);
        let words = self.names.keep(tag, words);
        let index = u32::try_from(self.containers.len()).unwrap_or(u32::MAX);
        make_room(&mut self.containers);
        self.containers.push(ContainerFacts {
            node,
            tag,
            parent: self.current,
            depth,
            within: parent_within.with(within),
            groups: names.groups,
            words,
            signature,
            path: mix(path ^ signature, &[depth as u8]),
            first_block: self.blocks.len() as u32,
            end_block: self.blocks.len() as u32,
            sums: Sums { tags: 1, items: u32::from(tag == Tag::Li), ..Sums::default() },
            alike: 1,
            alike_index: 0,
            alike_good: 0.0,
            alike_links: 0.0,
            alike_words: 0.0,
        });
        self.current = index;
        self.after_breaks = false;
    }

    fn leave_container(&mut self) {
        let end = self.blocks.len() as u32;
        let Some(container) = self.containers.get_mut(self.current as usize) else { return };
        container.end_block = end;
        let (sums, parent) = (container.sums, container.parent);
        if let Some(parent) = self.containers.get_mut(parent as usize) {
            parent.sums.add(&sums);
        }
        self.current = parent;
        self.after_breaks = false;
    }

    fn inline(&mut self, id: NodeId, tag: Tag) {
        self.reopened |= self.closed;
        let link = tag == Tag::A && self.arena.attr(id, &local_name!("href")).is_some();
        let bold = matches!(tag, Tag::B | Tag::Strong | Tag::Em | Tag::I);
        let code = matches!(tag, Tag::Code | Tag::Kbd | Tag::Samp | Tag::Tt);
        self.links += u32::from(link);
        self.bold += u32::from(bold);
        self.code += u32::from(code);
        if link {
            self.open.links += 1;
            self.fragment_link =
                self.arena.attr(id, &local_name!("href")).is_some_and(|href| href.starts_with('#'));
            self.open.fragment_links += u32::from(self.fragment_link);
        }
        self.open.times += u32::from(tag == Tag::Time);
        self.open.inline_tags += 1;
        let (names, _) = self.names.read(id);
        self.open.groups = self.open.groups.with(names.groups);
        self.steps.push(Step::Leave(Leave::Inline { link, bold, code }));
        self.push_children(id);
    }

    fn leave(&mut self, leave: Leave) {
        match leave {
            Leave::Container => {
                self.flush();
                self.leave_container();
            }
            Leave::Inline { link, bold, code } => {
                self.links -= u32::from(link);
                self.bold -= u32::from(bold);
                self.code -= u32::from(code);
                self.closed = true;
                self.reopened = false;
            }
        }
    }

    fn line_break(&mut self) {
        if self.in_pre() {
            if self.open.first_text.is_some() {
                self.text.push('\n');
            }
            return;
        }
        self.breaks += 1;
        if self.breaks >= 2 && self.open.first_text.is_some() {
            self.flush();
            self.after_breaks = true;
        }
    }

    fn in_pre(&self) -> bool {
        self.containers.get(self.current as usize).is_some_and(|container| container.within.has(Within::PRE))
    }

    fn text(&mut self, id: NodeId, text: &str) {
        if self.in_pre() {
            self.preformatted(id, text);
            return;
        }
        if text.bytes().all(|byte| byte == b' ' || byte == b'\n') || text.chars().all(is_space) {
            self.space |= !text.is_empty();
            return;
        }
        self.begin(id);
        let start = self.text.len();
        let at_start = start == self.open.start;
        let gap = self.needs_gap(text);
        if !at_start {
            if self.breaks > 0 {
                self.text.push('\n');
                self.open.breaks += 1;
            } else if self.space || gap || text.starts_with(is_space) {
                self.text.push(' ');
            }
        }
        self.mark(id);
        self.breaks = 0;
        let from = self.text.len();
        fold(text, &mut self.text);
        self.space = text.ends_with(is_space);
        self.account(from);
    }

    /// Text in which white space counts.
    fn preformatted(&mut self, id: NodeId, text: &str) {
        if self.open.first_text.is_none() && text.trim().is_empty() {
            return;
        }
        self.begin(id);
        self.mark(id);
        let from = self.text.len();
        self.text.extend(text.chars().filter(|&c| c == '\n' || c == '\t' || !is_ignorable(c)));
        self.account(from);
    }

    fn mark(&mut self, id: NodeId) {
        let mark = Mark::new(self.blocks.len());
        if let Some(slot) = self.marks.get_mut(id.index()) {
            *slot = mark;
        }
    }

    /// True where two words would be glued that no reader sees glued: an element ends and another begins between
    /// them, without white space. One boundary alone (`<b>T</b>he`) glues.
    fn needs_gap(&self, text: &str) -> bool {
        self.closed
            && self.reopened
            && self.code == 0
            && text.chars().next().is_some_and(char::is_alphanumeric)
            && self.text.chars().next_back().is_some_and(char::is_alphanumeric)
    }

    fn begin(&mut self, id: NodeId) {
        if self.open.first_text.is_none() {
            self.open.first_text = Some(id);
            self.open.start = self.text.len();
            self.breaks = 0;
            self.space = false;
        }
    }

    /// Books the text added since `from` under what is open around it.
    fn account(&mut self, from: usize) {
        let to = self.text.len();
        if self.links > 0 {
            self.open.link_spans.push((from, to));
        }
        if self.bold > 0 || self.code > 0 {
            let chars = self.text.get(from..to).map_or(0, |added| added.chars().count()) as u32;
            self.open.bold_chars += if self.bold > 0 { chars } else { 0 };
            self.open.code_chars += if self.code > 0 { chars } else { 0 };
        }
        self.closed = false;
        self.reopened = false;
    }

    /// Ends the open block, if there is one.
    fn flush(&mut self) {
        let split = self.breaks >= 2 || self.after_breaks;
        self.space = false;
        self.closed = false;
        self.reopened = false;
        self.breaks = 0;
        self.after_breaks = false;
        let open = std::mem::take(&mut self.open);
        let Some(first_text) = open.first_text else { return };
        if self.blocks.len() >= self.max_blocks {
            self.text.truncate(open.start);
            self.left_out += 1;
            return;
        }
        let trimmed = self.text.trim_end().len().max(open.start);
        self.text.truncate(trimmed);
        let range = open.start..self.text.len();
        let text = self.text.get(range.clone()).unwrap_or("");
        let mut spans = open.link_spans.iter().peekable();
        let measured = measure(text, |at| {
            let at = at + range.start;
            while spans.peek().is_some_and(|(_, end)| *end <= at) {
                spans.next();
            }
            spans.peek().is_some_and(|(start, _)| *start <= at)
        });
        let text_hash = text_hash(text);
        self.text.push('\n');
        let Some(container) = self.containers.get_mut(self.current as usize) else { return };
        let kind = markup::kind_of(container.tag, container.within);
        container.sums.add(&Sums {
            words: measured.words,
            link_words: measured.link_words,
            good_words: measured.good_words,
            chars: measured.chars,
            blocks: 1,
            tags: open.inline_tags,
            links: open.links,
            images: 0,
            paragraphs: u32::from(kind == Kind::Paragraph && measured.words >= 10.0),
            headings: u32::from(matches!(kind, Kind::Heading(_))),
            items: 0,
            inputs: 0,
            commas: measured.commas,
            prices: measured.prices,
            times: open.times,
            long_blocks: u32::from(measured.words >= 10.0),
        });
        make_room(&mut self.blocks);
        self.blocks.push(BlockFacts {
            kind,
            container: self.current,
            first_text,
            text: range,
            measured,
            within: container.within,
            groups: open.groups.with(container.groups),
            links: open.links,
            inline_tags: open.inline_tags,
            images: open.images,
            bold_chars: open.bold_chars,
            code_chars: open.code_chars,
            times: open.times,
            breaks: open.breaks,
            split_by_breaks: split,
            fragment_links: open.fragment_links,
            text_hash,
            repeats: 1,
            repeated: 0,
            item: u32::MAX,
        });
    }
}
