//! All that is known of a page as one JSON object. Its keys are a promise: [`Extraction::json`] lists them.

use serde::Serialize;

use super::Extraction;
use crate::document::Truncation;
use crate::items::Item;
use crate::metadata::Metadata;
use crate::posts::Post;
use crate::verdicts::{PageType, Role};

/// The version of the JSON.
const SCHEMA: u32 = 2;

#[derive(Serialize)]
struct Json<'a> {
    schema: u32,
    page_type: PageType,
    confidence: f32,
    metadata: Metadata<'a>,
    text: String,
    markdown: String,
    comments: Vec<Post>,
    posts: Vec<Post>,
    items: Vec<Item>,
    reading_seconds: u64,
    blocks: Vec<JsonBlock<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    truncated: &'a [Truncation],
    flattened: usize,
}

#[derive(Serialize)]
struct JsonBlock<'a> {
    role: Role,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    score: f32,
    text: &'a str,
    words: usize,
    text_density: f32,
    link_ratio: f32,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
}

pub(super) fn write(extraction: &Extraction) -> String {
    let blocks = extraction.blocks().map(|block| JsonBlock {
        role: block.role(),
        kind: block.kind().name(),
        level: block.heading_level(),
        score: block.score(),
        text: block.text(),
        words: block.words(),
        text_density: block.text_density(),
        link_ratio: block.link_ratio(),
        path: block.path(),
        line: block.line(),
    });
    let json = Json {
        schema: SCHEMA,
        page_type: extraction.page_type(),
        confidence: extraction.confidence(),
        metadata: extraction.metadata(),
        text: extraction.text(),
        markdown: extraction.markdown(),
        comments: extraction.comment_posts(),
        posts: extraction.posts(),
        items: extraction.items(),
        reading_seconds: extraction.reading_time().as_secs(),
        blocks: blocks.collect(),
        truncated: extraction.truncated(),
        flattened: extraction.document().flattened(),
    };
    // Serialising strings, numbers and lists of them has no way to fail.
    serde_json::to_string_pretty(&json).unwrap_or_default()
}
