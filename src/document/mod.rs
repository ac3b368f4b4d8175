//! Stage one: bytes, text or a foreign tree become a [`Document`], a flat tree of the page.
//!
//! This stage knows HTML and encodings, and nothing of blocks, scores or roles.

mod attributes;
mod decode;
mod filter;
mod limits;
mod node;
mod parse;
#[cfg(feature = "rcdom")]
mod rcdom;
mod sink;
mod tag;
mod tokenizer;

pub use limits::{Limit, Truncation};
pub(crate) use limits::{MAX_DEPTH, ParseLimits};
pub(crate) use node::{Arena, Data, Element, NodeId};
pub(crate) use parse::floor_char_boundary;
pub(crate) use tag::Tag;

use std::collections::HashMap;
use std::sync::OnceLock;

use html5ever::LocalName;

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

    /// How many elements were nested deeper than the limit (512, if not set lower) and were made siblings instead. No text is lost by that.
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

    pub(crate) fn arena(&self) -> &Arena {
        &self.arena
    }

    /// The source line of a node, where the parser told it.
    pub(crate) fn line_of(&self, id: NodeId) -> Option<u32> {
        self.arena.get(id).map(|node| node.line).filter(|&line| line > 0)
    }

    /// A node's place as `/html/body/div[2]/p[3]`. A number stands where siblings share the name; `…` stands for
    /// the outer part of a path of more than 64 steps.
    pub(crate) fn path_of(&self, id: NodeId) -> String {
        let numbers = self.numbers.get_or_init(|| numbers(&self.arena));
        let mut steps = Vec::new();
        let mut next = Some(id);
        while let Some(node) = next.and_then(|id| self.arena.get(id)) {
            let Some(element) = node.element() else { break };
            if steps.len() == MAX_PATH_STEPS {
                steps.push("…".to_owned());
                break;
            }
            let name = shown_name(&element.name.local);
            steps.push(match next.and_then(|id| numbers.get(id.index())) {
                Some(&number) if number > 0 => format!("/{name}[{number}]"),
                _ => format!("/{name}"),
            });
            next = node.parent.some();
        }
        steps.reverse();
        steps.concat()
    }

    /// One line a node, indented by depth: the tree as tests compare it.
    ///
    /// With `everything`, attributes and the text of scripts and styles are part of it; without, just what
    /// extraction reads.
    #[cfg(feature = "eval")]
    pub fn dump(&self) -> String {
        dump::dump(&self.arena)
    }
}

/// An element's name as paths have it: any character may stand in a name, and it may be as long as the page.
fn shown_name(name: &str) -> String {
    let shown = |c: char| if c.is_alphanumeric() || "-_.:".contains(c) { c } else { '_' };
    name.chars().take(40).map(shown).collect()
}

/// So many steps of a path are written.
const MAX_PATH_STEPS: usize = 64;

fn numbers(arena: &Arena) -> Vec<u32> {
    let mut numbers = vec![0; arena.len()];
    for parent in (0..arena.len()).map(NodeId::from_index) {
        let mut seen: HashMap<&LocalName, (NodeId, u32)> = HashMap::new();
        for child in arena.children(parent) {
            let Some(element) = arena.get(child).and_then(|node| node.element()) else { continue };
            let (first, count) = seen.entry(&element.name.local).or_insert((child, 0));
            *count += 1;
            // The first gets its number when there is a second.
            for (id, number) in [(*first, 1), (child, *count)].into_iter().skip(usize::from(*count < 2) * 2) {
                if let Some(slot) = numbers.get_mut(id.index()) {
                    *slot = number;
                }
            }
        }
    }
    numbers
}

#[cfg(feature = "eval")]
mod dump;
