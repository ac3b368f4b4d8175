//! Stage one: bytes, text or a foreign tree become a [`Document`], a flat tree of the page.
//!
//! This stage knows HTML and encodings, and nothing of blocks, scores or roles.

mod attributes;
mod decode;
mod node;
mod parse;
#[cfg(feature = "rcdom")]
mod rcdom;
mod sink;
mod tag;
mod tokenizer;

pub(crate) use node::{Arena, Data, Element, NodeId};
pub(crate) use tag::Tag;

use sink::Keep;

/// Elements nested deeper than this become siblings, as in browsers.
pub(crate) const DEPTH_CAP: u16 = 512;

/// A parsed page: a flat, immutable tree that can be extracted from any number of times and sent between threads.
///
/// What never is text (scripts, styles) and attributes that extraction does not read are not kept.
#[derive(Clone, Debug)]
pub struct Document {
    arena: Arena,
    encoding: Option<&'static str>,
    flattened: usize,
    source_bytes: usize,
}

impl Document {
    /// Parses a page. Any text is a page: there are no errors, as in browsers.
    pub fn parse(html: &str) -> Document {
        Document::parse_keeping(html, Keep::Needed)
    }

    /// Decodes and parses a page.
    ///
    /// `charset` is what the transport said (the `charset` of HTTP's `Content-Type`), if anything. A byte order
    /// mark goes before it; after it come the page's own declaration and detection.
    pub fn from_bytes(bytes: &[u8], charset: Option<&str>) -> Document {
        let (text, encoding) = decode::decode(bytes, charset);
        let mut document = Document::parse(&text);
        document.encoding = Some(encoding);
        document.source_bytes = bytes.len();
        document
    }

    /// Parses a page and keeps everything in it: scripts, styles, comments, all attributes. Later stages need
    /// none of that; comparisons with other parsers do.
    #[cfg(feature = "eval")]
    pub fn parse_everything(html: &str) -> Document {
        Document::parse_keeping(html, Keep::Everything)
    }

    fn parse_keeping(html: &str, keep: Keep) -> Document {
        let parsed = parse::parse(html, keep, DEPTH_CAP);
        Document {
            arena: parsed.arena,
            encoding: None,
            flattened: parsed.flattened,
            source_bytes: html.len(),
        }
    }

    /// Takes over a tree parsed elsewhere. Nothing is kept of the `RcDom`; it can be dropped at once.
    #[cfg(feature = "rcdom")]
    pub fn from_rcdom(dom: &markup5ever_rcdom::RcDom) -> Document {
        let arena = rcdom::copy(dom);
        Document { arena, encoding: None, flattened: 0, source_bytes: 0 }
    }

    /// The number of nodes in the tree: elements, texts, comments, the document itself.
    pub fn node_count(&self) -> usize {
        self.arena.len()
    }

    /// The encoding that [`Document::from_bytes`] decoded from, by its WHATWG name; `None` for other sources.
    pub fn encoding(&self) -> Option<&'static str> {
        self.encoding
    }

    /// How many elements were nested deeper than 512 and were made siblings instead. No text is lost by that.
    pub fn flattened(&self) -> usize {
        self.flattened
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

    /// A node's place as `/html/body/div[2]/p[3]`. A number stands where siblings share the name.
    pub(crate) fn path_of(&self, id: NodeId) -> String {
        let mut steps = Vec::new();
        let mut next = Some(id);
        while let Some(node) = next.and_then(|id| self.arena.get(id)) {
            let Some(element) = node.element() else { break };
            let name = &element.name.local;
            let same = |id: NodeId| {
                self.arena
                    .get(id)
                    .and_then(|node| node.element())
                    .is_some_and(|other| other.name.local == *name)
            };
            let mut number = 1;
            let mut others = false;
            let mut before = true;
            for sibling in self.arena.children(node.parent) {
                if Some(sibling) == next {
                    before = false;
                } else if same(sibling) {
                    others = true;
                    number += usize::from(before);
                }
            }
            steps.push(if others { format!("/{name}[{number}]") } else { format!("/{name}") });
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

#[cfg(feature = "eval")]
mod dump;
