//! The options of an extractor, which every function takes as keywords by the names they have in Rust.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use unhusk::{Extractor, ExtractorBuilder, Favour};

/// An extractor for each page, with its address.
pub(crate) struct Extractors {
    builder: ExtractorBuilder,
    without_url: Extractor,
    /// The most bytes of a page.
    pub(crate) limit: usize,
}

impl Extractors {
    pub(crate) fn new(keywords: Option<&Bound<'_, PyDict>>) -> PyResult<Extractors> {
        let mut builder = Extractor::builder();
        let mut limit = 64 << 20;
        for (key, value) in keywords.into_iter().flatten() {
            builder = match key.extract::<String>()?.as_str() {
                "favour" => builder.favour(favour(&value.extract::<String>()?)?),
                "include_title" => builder.include_title(value.extract()?),
                "include_comments" => builder.include_comments(value.extract()?),
                "include_links" => builder.include_links(value.extract()?),
                "include_images" => builder.include_images(value.extract()?),
                "include_tables" => builder.include_tables(value.extract()?),
                "strict" => builder.strict(value.extract()?),
                "max_nodes" => builder.max_nodes(value.extract()?),
                "max_depth" => builder.max_depth(value.extract()?),
                "max_attribute_bytes" => builder.max_attribute_bytes(value.extract()?),
                "max_steps" => builder.max_steps(value.extract()?),
                "max_blocks" => builder.max_blocks(value.extract()?),
                "max_output_bytes" => builder.max_output_bytes(value.extract()?),
                "max_input_bytes" => {
                    limit = value.extract()?;
                    builder.max_input_bytes(limit)
                }
                other => return Err(PyTypeError::new_err(format!("there is no option {other:?}"))),
            };
        }
        let without_url = builder.clone().build().map_err(crate::error)?;
        Ok(Extractors { builder, without_url, limit })
    }

    /// An error if the address is none.
    pub(crate) fn strictly(&self, url: Option<&str>) -> Result<Extractor, unhusk::Error> {
        url.map_or_else(|| Ok(self.without_url.clone()), |url| self.builder.clone().url(url).build())
    }

    /// An address that is none is passed over, since only links depend on it.
    pub(crate) fn leniently(&self, url: Option<&str>) -> Extractor {
        self.strictly(url).unwrap_or_else(|_| self.without_url.clone())
    }
}

fn favour(name: &str) -> PyResult<Favour> {
    Ok(match name {
        "balance" => Favour::Balance,
        "precision" => Favour::Precision,
        "recall" => Favour::Recall,
        _ => {
            let message = format!("favour is balance, precision or recall, not {name:?}");
            return Err(PyValueError::new_err(message));
        }
    })
}
