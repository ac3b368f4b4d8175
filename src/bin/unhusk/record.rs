//! A page's extraction as a row: what the program writes as JSON lines and Parquet, and what the Python package
//! gives as Arrow. It is one file for both, so that their rows are the same.

use serde::Serialize;
use unhusk::{Extraction, Role};

/// What a row holds besides the columns that every row has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) markdown: bool,
    pub(crate) html: bool,
    pub(crate) comments: bool,
    pub(crate) blocks: bool,
    /// The blocks come with their reasons.
    pub(crate) reasons: bool,
    /// The text is that of the blocks with these roles, if there are any, instead of the content.
    pub(crate) roles: Vec<Role>,
}

/// A row. A page that could not be extracted has an `error` and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Record {
    pub(crate) text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) markdown: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) html: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) declared_title: Option<String>,
    pub(crate) subtitle: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) byline: Option<String>,
    pub(crate) organisations: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) site_name: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) canonical_url: Option<String>,
    pub(crate) image: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) sections: Vec<String>,
    pub(crate) licence: Option<String>,
    pub(crate) is_free: Option<bool>,
    pub(crate) next_page: Option<String>,
    pub(crate) previous_page: Option<String>,
    pub(crate) page_type: Option<&'static str>,
    pub(crate) confidence: Option<f32>,
    /// The limits that the page went beyond.
    pub(crate) truncated: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) comments: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) blocks: Option<Vec<BlockRecord>>,
    pub(crate) error: Option<String>,
}

/// A block of a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct BlockRecord {
    pub(crate) role: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) score: f32,
    pub(crate) text: String,
    pub(crate) words: u64,
    pub(crate) text_density: f32,
    pub(crate) link_ratio: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reasons: Option<Vec<ReasonRecord>>,
}

/// A reason of a block.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ReasonRecord {
    pub(crate) name: String,
    pub(crate) value: f32,
    pub(crate) contribution: f32,
}

impl Record {
    pub(crate) fn new(extraction: &Extraction, columns: &Columns) -> Record {
        let metadata = extraction.metadata();
        let own = |value: Option<&str>| value.map(str::to_owned);
        Record {
            text: Some(text(extraction, &columns.roles)),
            markdown: columns.markdown.then(|| extraction.markdown()),
            html: columns.html.then(|| extraction.html()),
            title: own(metadata.title()),
            declared_title: own(metadata.declared_title()),
            subtitle: own(metadata.subtitle()),
            authors: metadata.authors().to_vec(),
            byline: own(metadata.byline()),
            organisations: metadata.organisations().to_vec(),
            published: own(metadata.published()),
            modified: own(metadata.modified()),
            site_name: own(metadata.site_name()),
            language: own(metadata.language()),
            canonical_url: own(metadata.canonical_url()),
            image: own(metadata.image()),
            description: own(metadata.description()),
            tags: metadata.tags().to_vec(),
            sections: metadata.sections().to_vec(),
            licence: own(metadata.licence()),
            is_free: metadata.is_free(),
            next_page: own(metadata.next_page()),
            previous_page: own(metadata.previous_page()),
            page_type: Some(extraction.page_type().name()),
            confidence: Some(extraction.confidence()),
            truncated: extraction.truncated().iter().map(|cut| cut.limit().to_string()).collect(),
            comments: columns
                .comments
                .then(|| extraction.comments().into_iter().map(str::to_owned).collect()),
            blocks: columns.blocks.then(|| blocks(extraction, columns.reasons)),
            error: None,
        }
    }

    pub(crate) fn failed(error: impl Into<String>) -> Record {
        Record { error: Some(error.into()), ..Record::default() }
    }
}

/// The content, or the blocks with these roles, parted by an empty line.
pub(crate) fn text(extraction: &Extraction, roles: &[Role]) -> String {
    if roles.is_empty() {
        return extraction.text();
    }
    let chosen = extraction.blocks().filter(|block| roles.contains(&block.role()));
    chosen.map(|block| block.text()).collect::<Vec<_>>().join("\n\n")
}

fn blocks(extraction: &Extraction, with_reasons: bool) -> Vec<BlockRecord> {
    let reasons = |block: unhusk::Block<'_>| {
        let reason = |reason: &unhusk::Reason| ReasonRecord {
            name: reason.name().to_owned(),
            value: reason.value(),
            contribution: reason.contribution(),
        };
        block.reasons().iter().map(reason).collect()
    };
    let record = |block: unhusk::Block<'_>| BlockRecord {
        role: block.role().name(),
        kind: block.kind().name(),
        score: block.score(),
        text: block.text().to_owned(),
        words: block.words() as u64,
        text_density: block.text_density(),
        link_ratio: block.link_ratio(),
        reasons: with_reasons.then(|| reasons(block)),
    };
    extraction.blocks().map(record).collect()
}
