//! What the author of a web page wrote, and what every other block of the page is.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod blocks;
mod document;
mod error;
#[cfg(feature = "eval")]
pub mod eval;
mod extraction;
mod extractor;
mod metadata;
mod options;
mod reasons;
mod render;
mod verdicts;

pub use blocks::Kind;
pub use document::Document;
pub use error::Error;
pub use extraction::{Block, Extraction};
pub use extractor::{Extractor, ExtractorBuilder, extract};
pub use metadata::{Field, Metadata, Source};
pub use options::Favour;
pub use reasons::Reason;
pub use verdicts::{PageType, Role, UnknownRole};
