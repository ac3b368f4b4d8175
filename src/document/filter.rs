//! Stands between tokenizer and tree builder, and keeps both from work that grows faster than the page.
//!
//! The standard's algorithm takes time quadratic in the depth of a page, and in the number of formatting
//! elements that are never closed. Bounds on both keep every page linear; a page within them
//! becomes the very tree that the standard asks for. Where a bound is met, no text is lost:
//!
//! - Elements deeper than the cap are closed as soon as they are opened, so that they become siblings. The cap is
//!   lowered for a page on which looking through the open elements takes too long; `filter/depth.rs` says when.
//! - Formatting elements (`b`, `font`, `a`, …) that the standard opens again in each new block are ended for good
//!   once the page has had more such copies than twice its tokens.
//! - Once more than [`MAX_FORMATTING`] formatting elements are active at a time, or [`MAX_MARKERS`] elements have
//!   been seen that may leave a mark in the list of those, formatting elements are ordinary ones from there on.
//!
//! "Ordinary" is done by feeding the tag's name in capitals: the standard has no rule for such a name, and no page
//! can have one, as the tokenizer lowers all letters. The sink lowers them again.

mod depth;

use std::cell::Cell;

use html5ever::tokenizer::{Tag as TagToken, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{Tracer, TreeBuilder};
use html5ever::{LocalName, local_name};

use super::attributes::is_read;
use super::limits::{Limit, ParseLimits, Truncation};
use super::node::NodeId;
use super::sink::{Handle, Sink};
use super::tag::Tag;
use depth::Depth;
pub(super) use depth::FREE_STEPS;

/// So many formatting elements may be active at a time.
const MAX_FORMATTING: usize = 64;

/// So many elements of a page may leave a mark in the list of active formatting elements for good.
const MAX_MARKERS: usize = 1000;

/// A formatting element has at most so many attributes, once the page has had [`SPARE_ATTRIBUTES`] more than that.
const MAX_FORMATTING_ATTRIBUTES: usize = 16;

/// See [`MAX_FORMATTING_ATTRIBUTES`].
const SPARE_ATTRIBUTES: usize = 512;

/// The filter. It owns the tree builder.
pub(super) struct Filter {
    pub(super) builder: TreeBuilder<Handle, Sink>,
    tokens: Cell<u64>,
    limits: ParseLimits,
    pub(super) stopped: Cell<Option<Truncation>>,
    depth: Depth,
    /// Formatting elements have become ordinary ones.
    plain: Cell<bool>,
    /// Formatting elements begun.
    formatting: Cell<usize>,
    /// What opening formatting elements again has cost so far.
    reopened: Cell<u64>,
    markers: Cell<usize>,
    /// Attributes of formatting elements beyond what each may have.
    attributes: Cell<usize>,
    /// Templates begun and not ended.
    templates: Cell<usize>,
}

impl Filter {
    /// `free_steps` is how many steps the page may take that its length does not account for.
    pub(super) fn new(builder: TreeBuilder<Handle, Sink>, limits: ParseLimits, free_steps: u64) -> Filter {
        Filter {
            builder,
            tokens: Cell::new(0),
            limits,
            stopped: Cell::new(None),
            depth: Depth::new(limits.depth, free_steps),
            plain: Cell::new(false),
            formatting: Cell::new(0),
            reopened: Cell::new(0),
            markers: Cell::new(0),
            attributes: Cell::new(0),
            templates: Cell::new(0),
        }
    }

    /// How many elements were closed for being too deep.
    pub(super) fn flattened(&self) -> usize {
        self.depth.flattened()
    }

    /// How many steps the page may still take before elements may be nested less deep.
    pub(super) fn steps_left(&self) -> u64 {
        self.depth.steps_left(self.builder.sink.steps.get(), self.builder.sink.at.get())
    }

    /// How many tokens there were.
    pub(super) fn tokens(&self) -> u64 {
        self.tokens.get()
    }

    /// Ends the parse if a limit is reached; what has been read stays.
    fn is_stopped(&self) -> bool {
        if self.stopped.get().is_some() {
            return true;
        }
        let nodes = self.builder.sink.arena.borrow().len();
        let steps = self.builder.sink.steps.get() + self.tokens.get();
        let stop = if nodes > self.limits.nodes {
            (Limit::Nodes, self.limits.nodes as u64, nodes as u64)
        } else if steps > self.limits.steps {
            (Limit::Steps, self.limits.steps, steps)
        } else {
            return false;
        };
        self.stopped.set(Some(Truncation::new(stop.0, stop.1, stop.2, Some(self.builder.sink.at.get()))));
        true
    }
}

impl TokenSink for Filter {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        if matches!(token, Token::ParseError(_) | Token::EOFToken) {
            return self.builder.process_token(token, line);
        }
        if self.is_stopped() {
            return TokenSinkResult::Continue;
        }
        self.tokens.set(self.tokens.get() + 1);
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.process_start(tag, line),
            Token::TagToken(tag) => self.process_end(tag, line),
            _ => {
                let result = self.builder.process_token(token, line);
                self.bound_reopened(0, &result, line);
                result
            }
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
    fn process_start(&self, mut tag: TagToken, line: u64) -> TokenSinkResult<Handle> {
        let name = tag.name.clone();
        self.count_markers(&name);
        let is_plain = self.is_plain(&name);
        let is_formatting = !is_plain && is_formatting(&name);
        if is_plain {
            tag.name = capitals(&name);
        }
        if is_formatting && name != local_name!("a") {
            self.bound_attributes(&mut tag);
        }
        let (fed_name, self_closing) = (tag.name.clone(), tag.self_closing);
        self.builder.sink.last.set(NodeId::NONE);
        let result = self.builder.process_token(Token::TagToken(tag), line);
        if is_formatting {
            self.count_formatting();
        }
        self.bound_reopened(usize::from(is_formatting), &result, line);
        if matches!(result, TokenSinkResult::Continue) {
            if !self_closing {
                self.close_if_too_deep(name, fed_name, line);
            }
            self.lower_cap_if_slow(line);
        }
        result
    }

    fn process_end(&self, mut tag: TagToken, line: u64) -> TokenSinkResult<Handle> {
        if self.depth.was_closed_early(&tag.name) {
            return TokenSinkResult::Continue;
        }
        self.depth.led_up();
        if self.plain.get() && self.becomes_plain(&tag.name) {
            tag.name = capitals(&tag.name);
        }
        if tag.name == local_name!("template") {
            self.templates.set(self.templates.get().saturating_sub(1));
        }
        let result = self.builder.process_token(Token::TagToken(tag), line);
        self.bound_reopened(0, &result, line);
        if matches!(result, TokenSinkResult::Continue) {
            self.lower_cap_if_slow(line);
        }
        result
    }

    /// Leaves a formatting element's attributes out if there are too many: with each new such element the builder
    /// sorts and compares those of all that are active.
    fn bound_attributes(&self, tag: &mut TagToken) {
        let more = tag.attrs.len().saturating_sub(MAX_FORMATTING_ATTRIBUTES);
        let sum = self.attributes.get() + more;
        if more == 0 || sum <= SPARE_ATTRIBUTES {
            self.attributes.set(sum);
            return;
        }
        let name = tag.name.clone();
        tag.attrs.sort_by_key(|attr| !is_read(&name, &attr.name.local));
        tag.attrs.truncate(MAX_FORMATTING_ATTRIBUTES);
    }

    /// True for a start tag that is to be an ordinary element's.
    fn is_plain(&self, name: &LocalName) -> bool {
        if self.plain.get() && self.becomes_plain(name) {
            return true;
        }
        // So deep down, an element is closed at once and what it would close, of the same kind, is closed already.
        // Looking for that takes the builder a walk up the whole tree.
        self.depth.is_deep()
            && looks_up(Tag::from_local_name(name))
            && !self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn becomes_plain(&self, name: &LocalName) -> bool {
        is_formatting(name) || leaves_marker(name) || (self.templates.get() > 0 && is_cell(name))
    }

    fn count_markers(&self, name: &LocalName) {
        if *name == local_name!("template") {
            self.templates.set(self.templates.get() + 1);
        } else if leaves_marker(name) || (self.templates.get() > 0 && is_cell(name)) {
            self.markers.set(self.markers.get() + 1);
            if self.markers.get() > MAX_MARKERS {
                self.plain.set(true);
            }
        }
    }

    /// Counts the active formatting elements now and then. Must follow the start of one.
    fn count_formatting(&self) {
        self.formatting.set(self.formatting.get() + 1);
        if self.formatting.get().is_multiple_of(MAX_FORMATTING / 4) {
            let census =
                Census { last: self.builder.sink.last.get(), found: Cell::new(0), between: Cell::new(0) };
            self.builder.trace_handles(&census);
            if census.found.get() == 2 && census.between.get() > MAX_FORMATTING {
                self.plain.set(true);
            }
        }
    }

    /// Ends formatting elements that were opened again, if that has happened too often. `begun` of those made last
    /// are new ones.
    fn bound_reopened(&self, begun: usize, result: &TokenSinkResult<Handle>, line: u64) {
        let sink = &self.builder.sink;
        let bytes = sink.formatting_bytes.take();
        let mut made = sink.formatting.borrow_mut();
        if made.len() <= begun {
            made.clear();
            return;
        }
        let cost = self.reopened.get() + (made.len() - begun) as u64 + bytes as u64 / 32;
        self.reopened.set(cost);
        let names = std::mem::take(&mut *made);
        drop(made);
        if cost > 1024 + 2 * self.tokens.get() && matches!(result, TokenSinkResult::Continue) {
            for name in names.into_iter().rev() {
                self.end(name, line);
            }
            sink.formatting.borrow_mut().clear();
            sink.formatting_bytes.set(0);
        }
    }

    /// An end tag that is not in the page. What it results in asks nothing of the tokenizer, save after a script.
    fn end(&self, name: LocalName, line: u64) {
        let tag = TagToken {
            kind: TagKind::EndTag,
            name,
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        let _ = self.builder.process_token(Token::TagToken(tag), line);
    }
}

/// Finds how many elements the builder has in its list of active formatting elements. It goes over its stack of
/// open elements first, of which `last` is the top, and then over the list, at the end of which `last` is again.
struct Census {
    last: NodeId,
    found: Cell<usize>,
    between: Cell<usize>,
}

impl Tracer for Census {
    type Handle = Handle;

    fn trace_handle(&self, node: &Handle) {
        self.found.set(self.found.get() + usize::from(node.id == self.last));
        self.between.set(self.between.get() + usize::from(self.found.get() == 1));
    }
}

fn capitals(name: &LocalName) -> LocalName {
    LocalName::from(name.to_ascii_uppercase())
}

/// True for the standard's formatting elements.
pub(super) fn is_formatting(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("a")
            | local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}

/// True for an element that sets a mark in the list of active formatting elements, which stays there if something
/// around the element ends first.
fn leaves_marker(name: &LocalName) -> bool {
    matches!(*name, local_name!("object") | local_name!("applet") | local_name!("marquee"))
}

/// The same for what ends before its mark goes only if a template around it ends first.
fn is_cell(name: &LocalName) -> bool {
    matches!(*name, local_name!("td") | local_name!("th") | local_name!("caption"))
}

/// True for an element whose start tag makes the builder look for something to close, far up if need be, and that
/// has no other rules of its own.
fn looks_up(tag: Tag) -> bool {
    use Tag::*;
    tag.heading_level().is_some()
        || matches!(
            tag,
            Address
                | Article
                | Aside
                | Blockquote
                | Center
                | Dd
                | Details
                | Dialog
                | Dir
                | Div
                | Dl
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Header
                | Hgroup
                | Li
                | Main
                | Menu
                | Nav
                | Ol
                | P
                | Search
                | Section
                | Summary
                | Ul
        )
}
