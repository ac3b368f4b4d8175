//! The options of an extractor.

use serde::Serialize;

use crate::document::ParseLimits;

/// Which of precision and recall to favour when it is unclear whether a block belongs to the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Favour {
    /// The best F1.
    #[default]
    Balance,
    /// Rather miss a block than take one too many.
    Precision,
    /// Rather take a block too many than miss one.
    Recall,
}

/// What an extractor does; set by its builder.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) url: Option<url::Url>,
    pub(crate) favour: Favour,
    pub(crate) title: bool,
    pub(crate) comments: bool,
    pub(crate) links: bool,
    pub(crate) images: bool,
    pub(crate) tables: bool,
    pub(crate) max_input_bytes: usize,
    pub(crate) parse: ParseLimits,
    pub(crate) max_blocks: usize,
    pub(crate) max_output_bytes: usize,
    pub(crate) strict: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            url: None,
            favour: Favour::Balance,
            title: false,
            comments: false,
            links: true,
            images: true,
            tables: true,
            max_input_bytes: 64 << 20,
            parse: ParseLimits::default(),
            max_blocks: 1_000_000,
            max_output_bytes: 64 << 20,
            strict: false,
        }
    }
}
