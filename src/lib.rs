//! unhusk.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod blocks;
mod document;
#[cfg(feature = "eval")]
pub mod eval;

pub use document::Document;
