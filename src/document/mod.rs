//! Stage one: bytes, text or a foreign tree become a [`Document`], a flat tree of the page.
//!
//! This stage knows HTML and encodings, and nothing of blocks, scores or roles.

mod arena;
mod attributes;
mod decode;
mod filter;
mod limits;
mod node;
mod parse;
mod path;
#[cfg(feature = "rcdom")]
mod rcdom;
mod sink;
mod tag;
mod tokenizer;

pub(crate) use arena::{Arena, make_room};
pub(crate) use attributes::may_hold_image;
pub use limits::{Limit, Truncation};
pub(crate) use limits::{MAX_DEPTH, ParseLimits};
pub(crate) use node::{Data, Element, NodeId, Span};
pub(crate) use parse::floor_char_boundary;
pub(crate) use tag::Tag;
pub(crate) use tokenizer::is_json_ld;

use std::sync::OnceLock;

use parse::Parsed;
use sink::Keep;

/// A parsed page: a flat, immutable tree that can be extracted from any number of times and sent between threads.
///
/// What never is text (scripts, styles) and attributes that extraction does not read are not kept.
#[derive(Clone, Debug)]
pub struct Document {
    arena: Arena,
    encoding: Option<&'static str>,
    flattened: usize,
    truncations: Vec<Truncation>,
    source_bytes: usize,
    /// For each element its number among siblings of its name, from 1; 0 where it is the only one. Made when the
    /// first path is asked for.
    numbers: OnceLock<Vec<u32>>,
}

impl Document {
    /// Parses a page. Any text is a page: there are no errors, as in browsers.
    pub fn parse(html: &str) -> Document {
        Document::parse_within(html, ParseLimits::default())
    }

    pub(crate) fn parse_within(html: &str, limits: ParseLimits) -> Document {
        Document::new(parse::parse(html, Keep::Needed, limits), limits, html.len())
    }

    /// Decodes and parses a page.
    ///
    /// `charset` is what the transport said (the `charset` of HTTP's `Content-Type`), if anything. A byte order
    /// mark goes before it; after it come the page's own declaration and detection.
    pub fn from_bytes(bytes: &[u8], charset: Option<&str>) -> Document {
        Document::from_bytes_within(bytes, charset, ParseLimits::default())
    }

    pub(crate) fn from_bytes_within(bytes: &[u8], charset: Option<&str>, limits: ParseLimits) -> Document {
        let (text, encoding) = decode::decode(bytes, charset);
        let mut document = Document::parse_within(&text, limits);
        document.encoding = Some(encoding);
        document.source_bytes = bytes.len();
        document
    }

    /// Parses a page and keeps everything in it: scripts, styles, comments, all attributes. Later stages need
    /// none of that; comparisons with other parsers do.
    #[cfg(feature = "eval")]
    pub fn parse_everything(html: &str) -> Document {
        let limits = ParseLimits::default();
        Document::new(parse::parse(html, Keep::Everything, limits), limits, html.len())
    }

    fn new(parsed: Parsed, limits: ParseLimits, source_bytes: usize) -> Document {
        let mut truncations: Vec<Truncation> = parsed.stopped.into_iter().collect();
        if parsed.long_attribute > 0 {
            let (allowed, actual) = (limits.attribute_bytes as u64, parsed.long_attribute as u64);
            truncations.push(Truncation::new(Limit::AttributeBytes, allowed, actual, None));
        }
        Document {
            arena: parsed.arena,
            encoding: None,
            flattened: parsed.flattened,
            truncations,
            source_bytes,
            numbers: OnceLock::new(),
        }
    }

    /// Takes over a tree parsed elsewhere. Nothing is kept of the `RcDom`; it can be dropped at once.
    ///
    /// What is nested more than 512 deep becomes siblings, as in a page that is parsed here, and
    /// [`Document::flattened`] counts it. A tree of more than four million nodes is cut, and
    /// [`Document::truncated`] says so.
    #[cfg(feature = "rcdom")]
    pub fn from_rcdom(dom: &markup5ever_rcdom::RcDom) -> Document {
        let limits = ParseLimits::default();
        Document::new(rcdom::copy(dom, limits), limits, 0)
    }

    /// The number of nodes in the tree: elements, texts, comments, the document itself.
    pub fn node_count(&self) -> usize {
        self.arena.len()
    }

    /// The encoding that [`Document::from_bytes`] decoded from, by its WHATWG name; `None` for other sources.
    pub fn encoding(&self) -> Option<&'static str> {
        self.encoding
    }

    /// How many elements were nested deeper than the limit and were made siblings instead. No text is lost by that.
    ///
    /// The limit is 512 if not [set lower](crate::ExtractorBuilder::max_depth), and is halved, down to 16, where
    /// looking for what its tags close takes too long for the length of the page.
    pub fn flattened(&self) -> usize {
        self.flattened
    }

    /// The limits that the page went beyond; empty for a page that was read whole.
    pub fn truncated(&self) -> &[Truncation] {
        &self.truncations
    }

    /// The size of the source in bytes; 0 where it is not known.
    pub fn source_bytes(&self) -> usize {
        self.source_bytes
    }

    /// For changing a document before it is cut into blocks.
    #[cfg(feature = "eval")]
    pub(crate) fn arena_mut(&mut self) -> &mut Arena {
        &mut self.arena
    }

    pub(crate) fn arena(&self) -> &Arena {
        &self.arena
    }

    /// The source line of a node, where the parser told it.
    pub(crate) fn line_of(&self, id: NodeId) -> Option<u32> {
        self.arena.get(id).map(|node| node.line).filter(|&line| line > 0)
    }

    /// One line a node, indented by depth: the tree as tests compare it.
    ///
    /// Comments, all attributes and the text of scripts and styles are part of it if the page was
    /// [parsed whole](Document::parse_everything); else just what extraction reads.
    #[cfg(feature = "eval")]
    pub fn dump(&self) -> String {
        dump::dump(&self.arena)
    }
}

#[cfg(feature = "eval")]
mod dump;
