//! What the author of a web page wrote, and what every other block of the page is.
//!
//! A page is cut into [blocks](Block): runs of text such as paragraphs, list items, headings and cells. Each block
//! gets a score, the probability that it is content, and a [`Role`]: content, byline, navigation, recommendation,
//! advert and so on. The content comes out as plain text, Markdown, HTML or JSON, with the page's [`Metadata`].
//!
//! # Example
//!
//! ```
//! use unhusk::{Extractor, Role};
//!
//! # fn main() -> Result<(), unhusk::Error> {
//! let page = r#"<title>The dyke at Ost | Coast Weekly</title>
//!     <nav><a href="/">Home</a> <a href="/sea">Sea</a> <a href="/land">Land</a></nav>
//!     <article><h1>The dyke at Ost</h1>
//!     <p>The dyke at Ost has held for three hundred years, through eleven storm floods.</p>
//!     <p>It is made of clay, straw and <a href="/patience">patience</a>. Each spring
//!     the village walks its length.</p></article>
//!     <footer>© 2024 Coast Weekly. All rights reserved.</footer>"#;
//!
//! let extractor = Extractor::builder().url("https://coast.example/dyke").build()?;
//! let extraction = extractor.extract(page)?;
//!
//! assert!(extraction.text().starts_with("The dyke at Ost has held"));
//! assert!(extraction.markdown().contains("[patience](https://coast.example/patience)"));
//! assert_eq!(extraction.metadata().title(), Some("The dyke at Ost"));
//!
//! let first = extraction.blocks().next().map(|block| (block.text(), block.role()));
//! assert_eq!(first, Some(("Home Sea Land", Role::Navigation)));
//! # Ok(())
//! # }
//! ```
//!
//! [`extract`] does the same with default options in one call. [`Extractor::extract_bytes`] decodes first, and
//! [`Extractor::extract_document`] takes a [`Document`] that is already parsed.
//!
//! # The pipeline
//!
//! Data flows one way, and no stage changes what an earlier one found.
//!
//! 1. **Document**: bytes are decoded and parsed as browsers do, into a flat tree without scripts and styles.
//! 2. **Blocks**: one walk over the tree gives the blocks in document order, with what can be measured on each:
//!    words, links, density, class names, what stands around it.
//! 3. **Verdicts**: boosted trees score each block by its measures and those of what stands around it. From the
//!    scores follow how much of the page is content, the roles, the [`PageType`] and the
//!    [confidence](Extraction::confidence). [`Block::reasons`] says what moved a score.
//! 4. **Metadata**: read from the head, from JSON-LD and from the visible page; [`Metadata::source`] says which.
//! 5. **Render**: [`Extraction::text`], [`Extraction::markdown`], [`Extraction::html`] and [`Extraction::json`]
//!    write the same choice of blocks in four forms, each when it is asked for.
//!
//! A page as such is never an error, however broken; a page without content gives empty text. [`Error`] is for
//! wrong options and, in strict mode, for limits.
//!
//! # What the HTML may hold
//!
//! [`Extraction::html`] writes a fixed set of elements, each with a fixed set of attributes, and escapes everything
//! that comes from the page. It holds no script, no style and no event handler. Links lead to `http`, `https` and
//! `mailto` only, and images to `http` and `https`; a relative address stays as it is when no
//! [URL of the page](ExtractorBuilder::url) is known.
//!
//! # Threads
//!
//! Every public type is [`Send`] and [`Sync`]. An [`Extractor`] keeps nothing between pages: build one and share it
//! by reference. Nothing recurses over the document, so that threads with a small stack are enough.
//!
//! # Features
//!
//! - `rcdom` (on by default): `Document::from_rcdom`, for programs that already hold an `RcDom`.
//! - `detect-language`: the language of a page that declares none, by its text.
//! - `eval`: the module `eval`, with gold files and metrics.
//! - `cli`: the program `unhusk`; it adds nothing to the library.
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::panic
    )
)]

mod blocks;
mod document;
mod error;
#[cfg(feature = "eval")]
pub mod eval;
mod extraction;
mod extractor;
mod items;
mod join;
mod metadata;
mod options;
mod posts;
mod readable;
mod reasons;
mod render;
mod report;
mod verdicts;

pub use blocks::Kind;
pub use document::{Document, Limit, Truncation};
pub use error::Error;
pub use extraction::{Block, Extraction};
pub use extractor::{Extractor, ExtractorBuilder, extract};
pub use items::Item;
pub use join::{Joined, join};
pub use metadata::{Field, Metadata, Source};
pub use options::Favour;
pub use posts::Post;
pub use reasons::Reason;
pub use verdicts::{PageType, Role, UnknownRole};

/// The README's programs compile and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
