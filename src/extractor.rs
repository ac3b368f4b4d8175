//! The pipeline in a screenful: document → blocks → verdicts → extraction.

use std::borrow::Cow;

use crate::blocks::flatten;
use crate::document::{Document, Limit, MAX_DEPTH, Truncation, floor_char_boundary};
use crate::error::Error;
use crate::extraction::Extraction;
use crate::options::{Favour, Options};
use crate::verdicts::Scorer;

/// Extracts a page's text with default options.
///
/// ```
/// let page = "<title>Dykes</title><h1>Dykes</h1><p>The dyke at Ost has held for three hundred years, through \
///     eleven storm floods. It is made of clay, straw and patience.</p><ul><li><a href='/'>Home</a></ul>";
/// let extraction = unhusk::extract(page);
/// assert!(extraction.text().starts_with("The dyke at Ost"));
/// ```
///
/// For many pages, or other options, build an [`Extractor`] once and use it for all.
pub fn extract(html: &str) -> Extraction {
    let extractor = Extractor::default();
    extractor.run(Cow::Owned(Document::parse(html)), None)
}

/// A reusable extractor. It holds no state between pages and can be shared by threads.
#[derive(Clone, Debug, Default)]
pub struct Extractor {
    options: Options,
}

impl Extractor {
    /// An extractor with default options.
    pub fn new() -> Extractor {
        Extractor::default()
    }

    /// Sets options.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder::default()
    }

    /// Extracts from text.
    ///
    /// # Errors
    ///
    /// Only in strict mode: [`Error::Limit`] for a page that goes beyond a limit. Otherwise such a page is read as
    /// far as the limit goes, and [`Extraction::truncated`] says how far.
    pub fn extract(&self, html: &str) -> Result<Extraction, Error> {
        let read = floor_char_boundary(html, self.options.max_input_bytes);
        let cut = self.cut(html.len(), read.len())?;
        self.finish(Document::parse_within(read, self.options.parse), cut)
    }

    /// Decodes and extracts. `charset` is what the transport said, if anything; see [`Document::from_bytes`].
    ///
    /// # Errors
    ///
    /// [`Error::Charset`] for a charset that the WHATWG encoding standard does not know, and what
    /// [`Extractor::extract`] says.
    pub fn extract_bytes(&self, bytes: &[u8], charset: Option<&str>) -> Result<Extraction, Error> {
        if let Some(label) = charset
            && encoding_rs::Encoding::for_label(label.trim().as_bytes()).is_none()
        {
            return Err(Error::Charset { label: label.to_owned() });
        }
        let read = bytes.get(..self.options.max_input_bytes).unwrap_or(bytes);
        let cut = self.cut(bytes.len(), read.len())?;
        self.finish(Document::from_bytes_within(read, charset, self.options.parse), cut)
    }

    /// Extracts from a parsed document, which may be used again.
    pub fn extract_document(&self, document: &Document) -> Extraction {
        self.run(Cow::Borrowed(document), None)
    }

    /// What to say of a page of which not all is read; an error in strict mode, before anything is read.
    fn cut(&self, actual: usize, read: usize) -> Result<Option<Truncation>, Error> {
        if actual == read {
            return Ok(None);
        }
        let (allowed, actual) = (self.options.max_input_bytes as u64, actual as u64);
        let cut = Truncation::new(Limit::InputBytes, allowed, actual, Some(read));
        if self.options.strict { Err(cut.into()) } else { Ok(Some(cut)) }
    }

    fn finish(&self, document: Document, cut: Option<Truncation>) -> Result<Extraction, Error> {
        // Nothing need be done with a page that is refused.
        if let (true, Some(first)) = (self.options.strict, document.truncated().first()) {
            return Err((*first).into());
        }
        let extraction = self.run(Cow::Owned(document), cut);
        match extraction.truncated().first() {
            Some(first) if self.options.strict => Err((*first).into()),
            _ => Ok(extraction),
        }
    }

    fn run(&self, document: Cow<'_, Document>, cut: Option<Truncation>) -> Extraction {
        let blocks = flatten(&document, self.options.max_blocks);
        let judgement = Scorer::get().judge(&blocks, self.options.favour);
        Extraction::new(document.into_owned(), blocks, judgement, &self.options, cut)
    }
}

/// Sets the options of an [`Extractor`].
#[derive(Clone, Debug, Default)]
pub struct ExtractorBuilder {
    options: Options,
    url: Option<String>,
}

impl ExtractorBuilder {
    /// The page's own URL, against which links are resolved.
    ///
    /// # Default
    ///
    /// None: relative links stay as they are.
    pub fn url(mut self, url: impl Into<String>) -> ExtractorBuilder {
        self.url = Some(url.into());
        self
    }

    /// Whether to favour precision or recall.
    ///
    /// # Default
    ///
    /// [`Favour::Balance`].
    pub fn favour(mut self, favour: Favour) -> ExtractorBuilder {
        self.options.favour = favour;
        self
    }

    /// Whether the headline comes out as the first line of the text.
    ///
    /// # Default
    ///
    /// `false`: it is in the metadata. Where the page has no other text, it comes out in any case.
    pub fn include_title(mut self, yes: bool) -> ExtractorBuilder {
        self.options.title = yes;
        self
    }

    /// Whether readers' comments come out with the text.
    ///
    /// # Default
    ///
    /// `false`: [`Extraction::comments`] gives them apart.
    pub fn include_comments(mut self, yes: bool) -> ExtractorBuilder {
        self.options.comments = yes;
        self
    }

    /// Whether Markdown and HTML keep links. The words of a link are kept in any case.
    ///
    /// # Default
    ///
    /// `true`.
    pub fn include_links(mut self, yes: bool) -> ExtractorBuilder {
        self.options.links = yes;
        self
    }

    /// Whether Markdown and HTML keep images.
    ///
    /// # Default
    ///
    /// `true`.
    pub fn include_images(mut self, yes: bool) -> ExtractorBuilder {
        self.options.images = yes;
        self
    }

    /// Whether data tables come out.
    ///
    /// # Default
    ///
    /// `true`.
    pub fn include_tables(mut self, yes: bool) -> ExtractorBuilder {
        self.options.tables = yes;
        self
    }

    /// The most bytes of a page that are read. A gibibyte is the most in any case.
    ///
    /// # Default
    ///
    /// 64 MiB.
    pub fn max_input_bytes(mut self, bytes: usize) -> ExtractorBuilder {
        self.options.max_input_bytes = bytes;
        self
    }

    /// The most nodes of a page's tree: elements, texts, comments. A node takes about 100 bytes of memory, and
    /// every later stage adds to that. Reading ends at the limit.
    ///
    /// # Default
    ///
    /// 4,000,000. Pages have a few thousand.
    pub fn max_nodes(mut self, nodes: usize) -> ExtractorBuilder {
        self.options.parse.nodes = nodes;
        self
    }

    /// The deepest that elements are nested. Deeper ones become siblings, as in browsers: their text stays, and
    /// [`Document::flattened`] counts them. No error in strict mode.
    ///
    /// Where looking for what its tags close takes more than four steps for each byte of a page, and 262,144 beyond
    /// that, the limit is halved, if need be several times, down to 16.
    ///
    /// # Default
    ///
    /// 512, which is also the most; below 16 counts as 16. Pages have up to 40.
    pub fn max_depth(mut self, depth: u16) -> ExtractorBuilder {
        self.options.parse.depth = depth.clamp(16, MAX_DEPTH);
        self
    }

    /// The most bytes of an attribute's value. An attribute with a longer one is left out. `data:` addresses may
    /// have any length: they are left out without being counted as beyond a limit, since nothing reads them.
    ///
    /// # Default
    ///
    /// 64 KiB.
    pub fn max_attribute_bytes(mut self, bytes: usize) -> ExtractorBuilder {
        self.options.parse.attribute_bytes = bytes;
        self
    }

    /// The most work that building the tree may take. A step is a token, a node made, or a node looked at by the
    /// standard's algorithm, which for misnested and deep pages looks at many. Steps are the same on every machine;
    /// a second is some hundred million. Reading ends at the limit.
    ///
    /// # Default
    ///
    /// 4,000,000,000. Pages take a tenth for each byte, and up to 0.7; those made to be slow up to about 16.
    pub fn max_steps(mut self, steps: u64) -> ExtractorBuilder {
        self.options.parse.steps = steps;
        self
    }

    /// The most blocks of a page. To judge a block takes some microseconds. Text behind the last one is left out.
    ///
    /// # Default
    ///
    /// 1,000,000. Pages have a few hundred.
    pub fn max_blocks(mut self, blocks: usize) -> ExtractorBuilder {
        self.options.max_blocks = blocks;
        self
    }

    /// The most bytes of text that come out, counted as the texts of the blocks. Markup, addresses and the list of
    /// blocks in JSON come on top. The block that would go beyond the limit and all behind it are left out of the
    /// text; [`Extraction::blocks`] still has them.
    ///
    /// # Default
    ///
    /// 64 MiB.
    pub fn max_output_bytes(mut self, bytes: usize) -> ExtractorBuilder {
        self.options.max_output_bytes = bytes;
        self
    }

    /// Whether a page beyond a limit is an error instead of being cut. An [`extract_document`] call cannot fail:
    /// there, limits cut in any case.
    ///
    /// [`extract_document`]: Extractor::extract_document
    ///
    /// # Default
    ///
    /// `false`.
    pub fn strict(mut self, yes: bool) -> ExtractorBuilder {
        self.options.strict = yes;
        self
    }

    /// Builds the extractor.
    ///
    /// # Errors
    ///
    /// [`Error::Url`] if the page's URL is not an absolute URL.
    pub fn build(mut self) -> Result<Extractor, Error> {
        if let Some(url) = self.url {
            match url::Url::parse(&url) {
                Ok(parsed) => self.options.url = Some(parsed),
                Err(error) => return Err(Error::Url { url, reason: error.to_string() }),
            }
        }
        Ok(Extractor { options: self.options })
    }
}
