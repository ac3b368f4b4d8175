//! Posts and items of a page, and pages put together: what the library gives beside the text and the blocks.

use std::collections::HashMap;

use pyo3::prelude::*;
use serde::Serialize;

use crate::extraction::Extraction;

/// A value's name as in the library's JSON.
pub(crate) fn name(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    value.as_ref().and_then(|value| value.as_str()).unwrap_or_default().to_owned()
}

/// A post of a thread, an answer, or a reader's comment.
#[pyclass(frozen, module = "unhusk")]
pub(crate) struct Post(pub(crate) unhusk::Post);

#[pymethods]
impl Post {
    #[getter]
    fn author(&self) -> Option<&str> {
        self.0.author()
    }

    #[getter]
    fn date(&self) -> Option<&str> {
        self.0.date()
    }

    #[getter]
    fn depth(&self) -> usize {
        self.0.depth()
    }

    #[getter]
    fn is_question(&self) -> bool {
        self.0.is_question()
    }

    #[getter]
    fn is_accepted(&self) -> bool {
        self.0.is_accepted()
    }

    #[getter]
    fn text(&self) -> &str {
        self.0.text()
    }

    fn __repr__(&self) -> String {
        format!("<unhusk.Post by {}: {:?}>", self.0.author().unwrap_or("nobody named"), self.0.text())
    }
}

/// A product of a shop, or an entry of an index.
#[pyclass(frozen, module = "unhusk")]
pub(crate) struct Item(pub(crate) unhusk::Item);

#[pymethods]
impl Item {
    #[getter]
    fn title(&self) -> &str {
        self.0.title()
    }

    #[getter]
    fn url(&self) -> Option<&str> {
        self.0.url()
    }

    #[getter]
    fn price(&self) -> Option<&str> {
        self.0.price()
    }

    #[getter]
    fn currency(&self) -> Option<&str> {
        self.0.currency()
    }

    #[getter]
    fn image(&self) -> Option<&str> {
        self.0.image()
    }

    #[getter]
    fn source(&self) -> String {
        name(&self.0.source())
    }

    fn __repr__(&self) -> String {
        format!("<unhusk.Item {:?}>", self.0.title())
    }
}

/// Puts the pages of one article together.
#[pyfunction]
pub(crate) fn join(py: Python<'_>, pages: Vec<Py<Extraction>>) -> Joined {
    let order: Vec<usize> = py.detach(|| {
        let given = extractions(&pages);
        let places: HashMap<*const unhusk::Extraction, usize> =
            given.iter().enumerate().map(|(place, page)| (std::ptr::from_ref(*page), place)).collect();
        let joined = unhusk::join(&given);
        joined.pages().filter_map(|page| places.get(&std::ptr::from_ref(page)).copied()).collect()
    });
    Joined {
        pages: order.into_iter().filter_map(|at| pages.get(at).map(|page| page.clone_ref(py))).collect(),
    }
}

/// Pages of one article in their order, without what each of them repeats.
#[pyclass(frozen, module = "unhusk")]
pub(crate) struct Joined {
    pages: Vec<Py<Extraction>>,
}

#[pymethods]
impl Joined {
    #[getter]
    fn text(&self, py: Python<'_>) -> String {
        py.detach(|| unhusk::join(&extractions(&self.pages)).text())
    }

    #[getter]
    fn markdown(&self, py: Python<'_>) -> String {
        py.detach(|| unhusk::join(&extractions(&self.pages)).markdown())
    }

    #[getter]
    fn html(&self, py: Python<'_>) -> String {
        py.detach(|| unhusk::join(&extractions(&self.pages)).html())
    }

    #[getter]
    fn pages(&self, py: Python<'_>) -> Vec<Py<Extraction>> {
        self.pages.iter().map(|page| page.clone_ref(py)).collect()
    }

    fn __repr__(&self) -> String {
        format!("<unhusk.Joined, {} pages>", self.pages.len())
    }
}

fn extractions(pages: &[Py<Extraction>]) -> Vec<&unhusk::Extraction> {
    pages.iter().map(|page| &page.get().0).collect()
}
