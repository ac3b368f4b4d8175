//! One page: the library's types under their own names.

use std::time::Duration;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyDict, PyString};
use unhusk::{Document, Field};

use crate::options::Extractors;
use crate::parts::{Item, Post, name};

/// A page: text, or bytes to be decoded.
#[derive(FromPyObject)]
pub(crate) enum Html<'py> {
    #[pyo3(annotation = "str")]
    Text(Bound<'py, PyString>),
    #[pyo3(annotation = "bytes")]
    Bytes(PyBackedBytes),
}

/// Extracts what the author of a page wrote.
#[pyfunction]
#[pyo3(signature = (html, url=None, *, charset=None, **options))]
pub(crate) fn extract(
    py: Python<'_>,
    html: Html<'_>,
    url: Option<&str>,
    charset: Option<&str>,
    options: Option<&Bound<'_, PyDict>>,
) -> PyResult<Extraction> {
    let extractor = Extractors::new(options)?.strictly(url).map_err(crate::error)?;
    let extraction = match html {
        Html::Text(text) => {
            // Halves of surrogate pairs, which Python's text can hold, become U+FFFD.
            let text = text.to_string_lossy();
            py.detach(|| extractor.extract(&text))
        }
        Html::Bytes(bytes) => py.detach(|| extractor.extract_bytes(&bytes, charset)),
    };
    Ok(Extraction(extraction.map_err(crate::error)?))
}

/// Whether a page probably holds an article, by a look at its paragraphs.
#[pyfunction]
#[pyo3(signature = (html, *, charset=None))]
pub(crate) fn is_probably_readable(py: Python<'_>, html: Html<'_>, charset: Option<&str>) -> bool {
    match html {
        Html::Text(text) => {
            let text = text.to_string_lossy();
            py.detach(|| Document::parse(&text).is_probably_readable())
        }
        Html::Bytes(bytes) => py.detach(|| Document::from_bytes(&bytes, charset).is_probably_readable()),
    }
}

/// What was found on a page.
#[pyclass(frozen, module = "unhusk")]
pub(crate) struct Extraction(pub(crate) unhusk::Extraction);

#[pymethods]
impl Extraction {
    #[getter]
    fn text(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.text())
    }

    #[getter]
    fn markdown(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.markdown())
    }

    #[getter]
    fn html(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.html())
    }

    #[getter]
    fn json(&self, py: Python<'_>) -> String {
        py.detach(|| self.0.json())
    }

    #[pyo3(signature = (name=""))]
    fn report(&self, py: Python<'_>, name: &str) -> String {
        py.detach(|| self.0.report(name))
    }

    #[getter]
    fn metadata(slf: &Bound<'_, Self>) -> Metadata {
        Metadata(slf.clone().unbind())
    }

    #[getter]
    fn blocks(slf: &Bound<'_, Self>) -> Vec<Block> {
        let count = slf.get().0.blocks().len();
        (0..count).map(|index| Block { of: slf.clone().unbind(), index }).collect()
    }

    #[getter]
    fn comments(&self) -> Vec<&str> {
        self.0.comments()
    }

    #[getter]
    fn comment_posts(&self, py: Python<'_>) -> Vec<Post> {
        py.detach(|| self.0.comment_posts().into_iter().map(Post).collect())
    }

    #[getter]
    fn posts(&self, py: Python<'_>) -> Vec<Post> {
        py.detach(|| self.0.posts().into_iter().map(Post).collect())
    }

    #[getter]
    fn items(&self, py: Python<'_>) -> Vec<Item> {
        py.detach(|| self.0.items().into_iter().map(Item).collect())
    }

    #[getter]
    fn reading_time(&self) -> Duration {
        self.0.reading_time()
    }

    #[getter]
    fn confidence(&self) -> f32 {
        self.0.confidence()
    }

    #[getter]
    fn page_type(&self) -> &'static str {
        self.0.page_type().name()
    }

    #[getter]
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[getter]
    fn truncated(&self) -> Vec<String> {
        self.0.truncated().iter().map(|cut| cut.limit().to_string()).collect()
    }

    fn __repr__(&self) -> String {
        let title = self.0.metadata().title().unwrap_or("");
        format!("<unhusk.Extraction {:?}, {} blocks>", title, self.0.blocks().len())
    }
}

/// A block of the page with the verdict on it.
#[pyclass(frozen, module = "unhusk")]
pub(crate) struct Block {
    of: Py<Extraction>,
    index: usize,
}

impl Block {
    fn get<T: Default>(&self, value: impl FnOnce(unhusk::Block<'_>) -> T) -> T {
        self.of.get().0.block(self.index).map(value).unwrap_or_default()
    }
}

#[pymethods]
impl Block {
    #[getter]
    fn index(&self) -> usize {
        self.index
    }

    #[getter]
    fn role(&self) -> &'static str {
        self.get(|block| block.role().name())
    }

    #[getter]
    fn kind(&self) -> &'static str {
        self.get(|block| block.kind().name())
    }

    #[getter]
    fn heading_level(&self) -> Option<u8> {
        self.get(|block| block.heading_level())
    }

    #[getter]
    fn score(&self) -> f32 {
        self.get(|block| block.score())
    }

    #[getter]
    fn text(&self) -> String {
        self.get(|block| block.text().to_owned())
    }

    #[getter]
    fn words(&self) -> usize {
        self.get(|block| block.words())
    }

    #[getter]
    fn text_density(&self) -> f32 {
        self.get(|block| block.text_density())
    }

    #[getter]
    fn chars_per_tag(&self) -> f32 {
        self.get(|block| block.chars_per_tag())
    }

    #[getter]
    fn link_ratio(&self) -> f32 {
        self.get(|block| block.link_ratio())
    }

    #[getter]
    fn path(&self) -> String {
        self.get(|block| block.path())
    }

    #[getter]
    fn line(&self) -> Option<u32> {
        self.get(|block| block.line())
    }

    #[getter]
    fn reasons(&self, py: Python<'_>) -> Vec<Reason> {
        py.detach(|| self.get(|block| block.reasons().iter().cloned().map(Reason).collect()))
    }

    fn __repr__(&self) -> String {
        self.get(|block| format!("<unhusk.Block {}, {}: {:?}>", self.index, block.role(), block.text()))
    }
}

/// One thing that moved a block's score.
#[pyclass(frozen, module = "unhusk")]
pub(crate) struct Reason(unhusk::Reason);

#[pymethods]
impl Reason {
    #[getter]
    fn name(&self) -> &str {
        self.0.name()
    }

    #[getter]
    fn value(&self) -> f32 {
        self.0.value()
    }

    #[getter]
    fn contribution(&self) -> f32 {
        self.0.contribution()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("<unhusk.Reason {}>", self.0)
    }
}

/// What a page says of itself.
#[pyclass(frozen, module = "unhusk")]
pub(crate) struct Metadata(Py<Extraction>);

impl Metadata {
    fn get(&self) -> unhusk::Metadata<'_> {
        self.0.get().0.metadata()
    }
}

#[pymethods]
impl Metadata {
    #[getter]
    fn subtitle(&self) -> Option<String> {
        self.get().subtitle().map(str::to_owned)
    }

    #[getter]
    fn organisations(&self) -> Vec<String> {
        self.get().organisations().to_vec()
    }

    #[getter]
    fn date(&self) -> Option<String> {
        self.get().date().map(str::to_owned)
    }

    #[getter]
    fn sections(&self) -> Vec<String> {
        self.get().sections().to_vec()
    }

    #[getter]
    fn is_free(&self) -> Option<bool> {
        self.get().is_free()
    }

    #[getter]
    fn previous_page(&self) -> Option<String> {
        self.get().previous_page().map(str::to_owned)
    }

    #[getter]
    fn title(&self) -> Option<String> {
        self.get().title().map(str::to_owned)
    }

    #[getter]
    fn declared_title(&self) -> Option<String> {
        self.get().declared_title().map(str::to_owned)
    }

    #[getter]
    fn byline(&self) -> Option<String> {
        self.get().byline().map(str::to_owned)
    }

    #[getter]
    fn authors(&self) -> Vec<String> {
        self.get().authors().to_vec()
    }

    #[getter]
    fn published(&self) -> Option<String> {
        self.get().published().map(str::to_owned)
    }

    #[getter]
    fn modified(&self) -> Option<String> {
        self.get().modified().map(str::to_owned)
    }

    #[getter]
    fn site_name(&self) -> Option<String> {
        self.get().site_name().map(str::to_owned)
    }

    #[getter]
    fn language(&self) -> Option<String> {
        self.get().language().map(str::to_owned)
    }

    #[getter]
    fn canonical_url(&self) -> Option<String> {
        self.get().canonical_url().map(str::to_owned)
    }

    #[getter]
    fn image(&self) -> Option<String> {
        self.get().image().map(str::to_owned)
    }

    #[getter]
    fn description(&self) -> Option<String> {
        self.get().description().map(str::to_owned)
    }

    #[getter]
    fn tags(&self) -> Vec<String> {
        self.get().tags().to_vec()
    }

    #[getter]
    fn licence(&self) -> Option<String> {
        self.get().licence().map(str::to_owned)
    }

    #[getter]
    fn next_page(&self) -> Option<String> {
        self.get().next_page().map(str::to_owned)
    }

    fn source(&self, field: &str) -> PyResult<Option<String>> {
        let found = Field::ALL.iter().copied().find(|known| name(known) == field);
        let field = found.ok_or_else(|| PyValueError::new_err(format!("metadata has no field {field:?}")))?;
        Ok(self.get().source(field).map(|source| name(&source)))
    }

    fn __repr__(&self) -> String {
        format!("<unhusk.Metadata {:?}>", self.get().title().unwrap_or(""))
    }
}
