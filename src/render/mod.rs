//! Last stage: the chosen blocks of a document as text, Markdown or HTML.
//!
//! The document is walked once and never changed. What comes of the walk is a short stream of events (a list opens,
//! a paragraph opens, text, a link closes) in which all nesting is already sound; three small writers print it.

mod address;
mod code;
mod event;
mod html;
mod inlines;
mod language;
mod list;
mod mail;
mod markdown;
mod math;
mod mathml;
mod media;
mod notes;
mod outline;
mod plain_address;
mod sources;
mod table;
mod text;
mod walk;

#[cfg(test)]
mod tests;

use url::Url;

use crate::blocks::Blocks;
use crate::document::Document;

/// What comes out beside the words.
pub(crate) struct Style<'a> {
    /// Links keep their targets.
    pub(crate) links: bool,
    pub(crate) images: bool,
    /// Without it, data tables are left out altogether.
    pub(crate) tables: bool,
    /// The page's URL, against which links are resolved.
    pub(crate) base: Option<&'a Url>,
}

/// Which blocks of which document come out.
pub(crate) struct Selection<'a> {
    pub(crate) document: &'a Document,
    pub(crate) blocks: &'a Blocks,
    /// For each block, whether it comes out.
    pub(crate) chosen: &'a [bool],
}

impl Selection<'_> {
    fn has(&self, block: usize) -> bool {
        self.chosen.get(block).copied().unwrap_or(false)
    }
}

/// Plain text: blocks parted by an empty line, list items and table rows by a line break. It shows neither links nor
/// images, so that no address has to be resolved.
pub(crate) fn text(selection: &Selection, style: &Style) -> String {
    let style = Style { links: false, images: false, ..*style };
    text::write(&walk::stream(selection, &style))
}

/// Markdown: CommonMark with the tables, notes, tasks and formulas of GitHub's dialect.
pub(crate) fn markdown(selection: &Selection, style: &Style) -> String {
    markdown::write(&walk::stream(selection, style))
}

/// HTML that needs no cleaning: a fixed set of elements and attributes, everything escaped.
pub(crate) fn html(selection: &Selection, style: &Style) -> String {
    html::write(&walk::stream(selection, style))
}
