//! The Python package `unhusk`: the library's API under the same names, and whole batches of pages as Arrow.
//!
//! How a page becomes a row, and how pages are read from WARC and JSON lines, is the program's code, so that both
//! give the same rows.

mod batch;
mod extraction;
mod options;
mod pages;
mod parts;

#[path = "../../src/bin/unhusk/columns.rs"]
mod columns;
#[allow(dead_code, reason = "the program uses more of it")]
#[path = "../../src/bin/unhusk/input/mod.rs"]
mod input;
#[path = "../../src/bin/unhusk/record.rs"]
mod record;

use pyo3::prelude::*;

pyo3::create_exception!(
    unhusk,
    Error,
    pyo3::exceptions::PyValueError,
    "What can go wrong: a wrong option, or in strict mode a page over a limit."
);

#[pymodule]
fn _unhusk(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("Error", module.py().get_type::<Error>())?;
    module.add("ROLES", unhusk::Role::ALL.map(unhusk::Role::name))?;
    module.add_class::<extraction::Extraction>()?;
    module.add_class::<extraction::Block>()?;
    module.add_class::<extraction::Metadata>()?;
    module.add_class::<extraction::Reason>()?;
    module.add_class::<parts::Item>()?;
    module.add_class::<parts::Post>()?;
    module.add_class::<parts::Joined>()?;
    module.add_class::<batch::RecordBatch>()?;
    module.add_class::<pages::Pages>()?;
    module.add_function(wrap_pyfunction!(extraction::extract, module)?)?;
    module.add_function(wrap_pyfunction!(extraction::is_probably_readable, module)?)?;
    module.add_function(wrap_pyfunction!(parts::join, module)?)?;
    module.add_function(wrap_pyfunction!(batch::extract_batch, module)?)?;
    module.add_function(wrap_pyfunction!(pages::read, module)?)
}

/// An error of the library as Python sees it.
fn error(error: impl std::fmt::Display) -> PyErr {
    Error::new_err(error.to_string())
}
