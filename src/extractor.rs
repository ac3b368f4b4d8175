//! The pipeline in a screenful: document → blocks → verdicts → extraction.

use std::borrow::Cow;

use crate::blocks::flatten;
use crate::document::Document;
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
    /// Only in strict mode: [`Error::InputTooLong`] for a page over the limit. Otherwise such a page is cut at the
    /// limit and [`Extraction::truncated`] says where.
    pub fn extract(&self, html: &str) -> Result<Extraction, Error> {
        let limit = self.options.max_input_bytes;
        if html.len() <= limit {
            return Ok(self.run(Cow::Owned(Document::parse(html)), None));
        }
        self.refuse(html.len())?;
        let mut end = limit;
        while !html.is_char_boundary(end) {
            end -= 1;
        }
        Ok(self.run(Cow::Owned(Document::parse(html.get(..end).unwrap_or(""))), Some(end)))
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
        let limit = self.options.max_input_bytes;
        if bytes.len() <= limit {
            return Ok(self.run(Cow::Owned(Document::from_bytes(bytes, charset)), None));
        }
        self.refuse(bytes.len())?;
        let document = Document::from_bytes(bytes.get(..limit).unwrap_or(bytes), charset);
        Ok(self.run(Cow::Owned(document), Some(limit)))
    }

    /// Extracts from a parsed document, which may be used again.
    pub fn extract_document(&self, document: &Document) -> Extraction {
        self.run(Cow::Borrowed(document), None)
    }

    fn refuse(&self, actual: usize) -> Result<(), Error> {
        if self.options.strict {
            return Err(Error::InputTooLong { limit: self.options.max_input_bytes, actual });
        }
        Ok(())
    }

    fn run(&self, document: Cow<'_, Document>, truncated: Option<usize>) -> Extraction {
        let blocks = flatten(&document);
        let judgement = Scorer::get().judge(&blocks, self.options.favour);
        Extraction::new(document.into_owned(), blocks, judgement, &self.options, truncated)
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
    /// `false`: it is in the metadata.
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

    /// The most bytes of a page that are read.
    ///
    /// # Default
    ///
    /// 64 MiB.
    pub fn max_input_bytes(mut self, bytes: usize) -> ExtractorBuilder {
        self.options.max_input_bytes = bytes;
        self
    }

    /// Whether a page beyond a limit is an error instead of being cut.
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
