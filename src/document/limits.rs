//! What a page may cost, and the record of a limit that was met.

use std::fmt;

use serde::Serialize;

use crate::Error;

/// A limit that ends or thins out the reading of a page. Each is set on the [builder](crate::ExtractorBuilder).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Limit {
    /// Bytes of the page that are read.
    InputBytes,
    /// Nodes of the tree.
    Nodes,
    /// Bytes of an attribute's value; longer ones are left out.
    AttributeBytes,
    /// Steps that building the tree takes.
    Steps,
    /// Blocks of the page.
    Blocks,
    /// Bytes of text that come out.
    OutputBytes,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Limit::InputBytes => "bytes of input",
            Limit::Nodes => "nodes",
            Limit::AttributeBytes => "bytes in an attribute",
            Limit::Steps => "steps",
            Limit::Blocks => "blocks",
            Limit::OutputBytes => "bytes of text",
        })
    }
}

/// A limit that a page went beyond, with both numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Truncation {
    limit: Limit,
    allowed: u64,
    actual: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<usize>,
}

impl Truncation {
    pub(crate) fn new(limit: Limit, allowed: u64, actual: u64, at: Option<usize>) -> Truncation {
        Truncation { limit, allowed, actual, at }
    }

    pub(crate) fn with_place(self, at: usize) -> Truncation {
        Truncation { at: Some(at), ..self }
    }

    pub(crate) fn without_place(self) -> Truncation {
        Truncation { at: None, ..self }
    }

    /// Which limit it was.
    pub fn limit(&self) -> Limit {
        self.limit
    }

    /// The limit's number, in the unit that [`Limit`] names.
    pub fn allowed(&self) -> u64 {
        self.allowed
    }

    /// What the page has of it. Where reading ended at the limit this is what it had until there, so at least this.
    pub fn actual(&self) -> u64 {
        self.actual
    }

    /// The byte of the page, decoded to UTF-8, at which reading ended; `None` for limits that do not end it.
    pub fn at(&self) -> Option<usize> {
        self.at
    }
}

impl From<Truncation> for Error {
    fn from(cut: Truncation) -> Error {
        Error::Limit { limit: cut.limit, allowed: cut.allowed, actual: cut.actual }
    }
}

/// The limits of the parse.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ParseLimits {
    pub(crate) nodes: usize,
    pub(crate) depth: u16,
    pub(crate) attribute_bytes: usize,
    pub(crate) steps: u64,
}

impl Default for ParseLimits {
    fn default() -> ParseLimits {
        ParseLimits { nodes: 4_000_000, depth: MAX_DEPTH, attribute_bytes: 64 << 10, steps: 4_000_000_000 }
    }
}

/// Elements nested deeper than this become siblings, as in browsers.
pub(crate) const MAX_DEPTH: u16 = 512;
