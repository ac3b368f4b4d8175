//! Drives html5ever's tokenizer and tree builder, and spares them the work that no one would see the result of.
//!
//! Two things happen between tokenizer and builder. The content of scripts, styles and the like is skipped on the
//! input with `memchr`, because half of a page's bytes are such content and the tokenizer would walk it character
//! by character. And elements nested deeper than the cap are closed as soon as they are opened, because the
//! standard's algorithm takes time quadratic in the depth; browsers have such a cap as well.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{RawKind, State};
use html5ever::tokenizer::{
    Tag as TagToken, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{LocalName, QualName, TokenizerResult, local_name, ns};
use memchr::memmem;

use super::node::{Arena, Data, NodeId};
use super::sink::{Handle, Keep, Sink};
use super::tag::Tag;
use super::tokenizer;

/// What came of a parse.
pub(crate) struct Parsed {
    pub(crate) arena: Arena,
    /// How many elements stood deeper than the cap and became siblings.
    pub(crate) flattened: usize,
}

/// Parses a page.
pub(crate) fn parse(html: &str, keep: Keep, depth_cap: u16) -> Parsed {
    let sink = Sink::new(Arena::with_capacity(html.len()), NodeId::ROOT, keep);
    let builder =
        TreeBuilder::new(sink, TreeBuilderOpts { drop_doctype: false, ..TreeBuilderOpts::default() });
    let (sink, mut flattened) = run(builder, None, html, keep, depth_cap);
    let noscripts = sink.noscripts.take();
    let mut arena = sink.arena.into_inner();
    if keep == Keep::Needed {
        let (filled, more) = parse_noscripts(arena, noscripts, depth_cap);
        arena = filled;
        flattened += more;
    }
    arena.shrink();
    Parsed { arena, flattened }
}

/// Parses the contents of all `noscript` elements. Gives back the arena and how many elements were flattened.
pub(super) fn parse_noscripts(mut arena: Arena, noscripts: Vec<NodeId>, depth_cap: u16) -> (Arena, usize) {
    let mut flattened = 0;
    for noscript in noscripts {
        let (filled, more) = parse_noscript(arena, noscript, depth_cap);
        arena = filled;
        flattened += more;
    }
    (arena, flattened)
}

/// Parses the raw text of a `noscript` as what it would be without scripting, and puts it in its place.
///
/// The page itself is parsed with scripting on, as browsers do, so that an unclosed element in a `noscript` cannot
/// swallow what follows it.
fn parse_noscript(mut arena: Arena, noscript: NodeId, depth_cap: u16) -> (Arena, usize) {
    let raw = match arena.get(noscript).map(|node| (node.first_child, node.depth)) {
        Some((child, _)) => match arena.get(child).map(|node| &node.data) {
            Some(Data::Text(span)) => arena.str(*span).to_owned(),
            _ => return (arena, 0),
        },
        None => return (arena, 0),
    };
    if !raw.contains('<') {
        return (arena, 0);
    }
    while let Some(child) = arena.get(noscript).and_then(|node| node.first_child.some()) {
        arena.detach(child);
    }
    let root = arena.push(Data::Document, arena.get(noscript).map_or(0, |node| node.line));
    let sink = Sink::new(arena, root, Keep::Needed);
    let context = html5ever::tree_builder::create_element(
        &sink,
        QualName::new(None, ns!(html), local_name!("div")),
        Vec::new(),
    );
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new_for_fragment(sink, context, None, options);
    let initial = builder.tokenizer_state_for_context_elem(false);
    let (sink, flattened) = run(builder, Some(initial), &raw, Keep::Needed, depth_cap);
    let mut arena = sink.arena.into_inner();
    let html = arena.get(root).map_or(NodeId::NONE, |node| node.first_child);
    arena.move_children(html, noscript);
    (arena, flattened)
}

fn run(
    builder: TreeBuilder<Handle, Sink>,
    initial_state: Option<State>,
    html: &str,
    keep: Keep,
    depth_cap: u16,
) -> (Sink, usize) {
    let input = Rc::new(BufferQueue::default());
    let filter = Filter {
        builder,
        input: Rc::clone(&input),
        skip: false,
        skipped_lines: Cell::new(0),
        depth_cap,
        flattened: Cell::new(0),
        closed_early: RefCell::default(),
    };
    if keep == Keep::Needed {
        tokenizer::run(html, &filter);
        let flattened = filter.flattened.get();
        return (filter.builder.sink.finish(), flattened);
    }
    let tokenizer = Tokenizer::new(filter, TokenizerOpts { initial_state, ..TokenizerOpts::default() });
    input.push_back(StrTendril::from(html));
    // The tokenizer pauses at each script and each charset declaration; neither means anything here.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    let flattened = tokenizer.sink.flattened.get();
    (tokenizer.sink.builder.sink.finish(), flattened)
}

/// Stands between tokenizer and tree builder.
struct Filter {
    builder: TreeBuilder<Handle, Sink>,
    input: Rc<BufferQueue>,
    skip: bool,
    /// Line ends in what was skipped, which the tokenizer could not count.
    skipped_lines: Cell<u64>,
    depth_cap: u16,
    flattened: Cell<usize>,
    /// For each name, how many elements beyond the cap were closed whose own end tags are still to come.
    closed_early: RefCell<Vec<(LocalName, usize)>>,
}

impl TokenSink for Filter {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let line = line + self.skipped_lines.get();
        let Token::TagToken(tag) = token else { return self.builder.process_token(token, line) };
        match tag.kind {
            TagKind::EndTag if self.was_closed_early(&tag.name) => TokenSinkResult::Continue,
            TagKind::EndTag => self.builder.process_token(Token::TagToken(tag), line),
            TagKind::StartTag => self.process_start(tag, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Filter {
    fn process_start(&self, tag: TagToken, line: u64) -> TokenSinkResult<Handle> {
        let name = tag.name.clone();
        let skippable = self.skip && is_skippable(&tag);
        let self_closing = tag.self_closing;
        self.builder.sink.last.set(NodeId::NONE);
        let result = self.builder.process_token(Token::TagToken(tag), line);
        if let (TokenSinkResult::RawData(kind), true) = (&result, skippable) {
            self.skip_content(&name, *kind);
        }
        if matches!(result, TokenSinkResult::Continue) && !self_closing {
            self.close_if_too_deep(&name, line);
        }
        result
    }

    fn close_if_too_deep(&self, name: &LocalName, line: u64) {
        let last = self.builder.sink.last.get();
        let (depth, tag) = {
            let arena = self.builder.sink.arena.borrow();
            let Some(node) = arena.get(last) else { return };
            (node.depth, node.element().map_or(Tag::Other, |element| element.tag))
        };
        if depth <= self.depth_cap || tag.is_void() {
            return;
        }
        let end = TagToken {
            kind: TagKind::EndTag,
            name: name.clone(),
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        // An end tag's result asks nothing of the tokenizer, save after a script, which never gets here.
        let _ = self.builder.process_token(Token::TagToken(end), line);
        self.flattened.set(self.flattened.get() + 1);
        let mut closed = self.closed_early.borrow_mut();
        if let Some((_, count)) = closed.iter_mut().find(|(have, _)| have == name) {
            *count += 1;
        } else if closed.len() < 1000 {
            // A page that nests a thousand different names beyond the cap only loses the pairing of the rest.
            closed.push((name.clone(), 1));
        }
    }

    fn was_closed_early(&self, name: &LocalName) -> bool {
        let mut closed = self.closed_early.borrow_mut();
        match closed.iter_mut().find(|(have, count)| have == name && *count > 0) {
            Some((_, count)) => {
                *count -= 1;
                true
            }
            None => false,
        }
    }

    /// Drops the input up to the end tag, if it is certain where that is.
    fn skip_content(&self, name: &LocalName, kind: RawKind) {
        let Some(mut rest) = self.input.pop_front() else { return };
        if let Some(length) = content_length(rest.as_bytes(), name.as_bytes(), kind) {
            if let Some(skipped) = rest.as_bytes().get(..length) {
                self.skipped_lines.set(self.skipped_lines.get() + count_lines(skipped));
            }
            if let Ok(length) = u32::try_from(length) {
                rest.pop_front(length);
            }
        }
        self.input.push_front(rest);
    }
}

/// True for an element whose content is raw text that no stage reads. JSON-LD is read.
fn is_skippable(tag: &TagToken) -> bool {
    match tag.name {
        local_name!("style") | local_name!("iframe") | local_name!("noembed") | local_name!("noframes") => {
            true
        }
        local_name!("script") => !tag.attrs.iter().any(|attr| {
            attr.name.local == local_name!("type")
                && attr.value.trim().eq_ignore_ascii_case("application/ld+json")
        }),
        _ => false,
    }
}

/// How many bytes stand before the end tag `</name`, or `None` where only the tokenizer can tell.
///
/// A script with `<!--` in it may hold a `</script>` that does not end it; that, and a page that ends in the
/// middle, is left to the tokenizer.
fn content_length(input: &[u8], name: &[u8], kind: RawKind) -> Option<usize> {
    let mut from = 0;
    let end = loop {
        let at = from + memmem::find(input.get(from..)?, b"</")?;
        let after = input.get(at + 2..)?;
        let is_end = after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
            && matches!(after.get(name.len()), Some(b'\t' | b'\n' | b'\r' | b'\x0c' | b' ' | b'/' | b'>'));
        if is_end {
            break at;
        }
        from = at + 2;
    };
    let is_script = matches!(kind, RawKind::ScriptData);
    if is_script && memmem::find(input.get(..end)?, b"<!--").is_some() { None } else { Some(end) }
}

/// Counts `\n`, `\r\n` and lone `\r`, each as one line end.
fn count_lines(bytes: &[u8]) -> u64 {
    let feeds = memchr::memchr_iter(b'\n', bytes).count();
    let lone_returns = memchr::memchr_iter(b'\r', bytes)
        .filter(|&at| bytes.get(at + 1).is_none_or(|&next| next != b'\n'))
        .count();
    (feeds + lone_returns) as u64
}
