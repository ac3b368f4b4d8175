//! Pages out of WARC files, JSON lines and saved pages, batch by batch, as the program reads them.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::BinaryArray;
use arrow_schema::Field;
use pyo3::prelude::*;

use crate::batch::RecordBatch;
use crate::columns::{Table, numbers, texts};
use crate::input::{self, Item, Packing, Place, Reading};

/// Reads a file, or every file of a folder, as batches with `source`, `row`, `offset`, `id`, `url`, `charset`, `html`
/// and `error`. What holds no page is passed over.
#[pyfunction]
#[pyo3(signature = (path, *, rows=256, max_bytes=64 << 20))]
pub(crate) fn read(path: PathBuf, rows: usize, max_bytes: usize) -> Pages {
    let found = input::expand(&[path]);
    let reading = Reading { packing: Packing::Auto, limit: max_bytes, read: Arc::default() };
    let items = input::items(found, reading);
    Pages { items: Mutex::new(Box::new(items)), rows: rows.max(1) }
}

/// Batches of pages.
#[pyclass(frozen, module = "unhusk")]
pub(crate) struct Pages {
    items: Mutex<Box<dyn Iterator<Item = Item> + Send>>,
    rows: usize,
}

/// A batch ends early when its pages are so long.
const BATCH_BYTES: usize = 64 << 20;

#[pymethods]
impl Pages {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<RecordBatch>> {
        py.detach(|| {
            let mut items = self.items.lock().unwrap_or_else(PoisonError::into_inner);
            let mut rows = Vec::new();
            let mut bytes = 0;
            while rows.len() < self.rows && bytes < BATCH_BYTES {
                match items.next() {
                    None => break,
                    Some(Item::Skipped(..)) => {}
                    Some(item) => {
                        let row = Row::from(item);
                        bytes += row.html.as_ref().map_or(0, Vec::len);
                        rows.push(row);
                    }
                }
            }
            if rows.is_empty() { Ok(None) } else { batch(&rows).map(Some) }
        })
    }
}

struct Row {
    place: Place,
    id: Option<String>,
    url: Option<String>,
    charset: Option<String>,
    html: Option<Vec<u8>>,
    error: Option<String>,
}

impl From<Item> for Row {
    fn from(item: Item) -> Row {
        let empty = |place| Row { place, id: None, url: None, charset: None, html: None, error: None };
        match item {
            Item::Page(page) => Row {
                id: page.id,
                url: page.url,
                charset: page.charset,
                html: Some(page.html),
                ..empty(page.place)
            },
            Item::Failed { place, id, url, message } => Row { id, url, error: Some(message), ..empty(place) },
            Item::Skipped(_, place) => empty(place),
        }
    }
}

fn batch(rows: &[Row]) -> PyResult<RecordBatch> {
    let text = |name, value: fn(&Row) -> Option<&str>| texts(name, rows.iter().map(|row| value(row)));
    let html: BinaryArray = rows.iter().map(|row| row.html.as_deref()).collect();
    let table: Table = vec![
        text("source", |row| Some(&row.place.source)),
        numbers("row", rows.iter().map(|row| Some(row.place.row))),
        numbers("offset", rows.iter().map(|row| row.place.offset)),
        text("id", |row| row.id.as_deref()),
        text("url", |row| row.url.as_deref()),
        text("charset", |row| row.charset.as_deref()),
        (Field::new("html", arrow_schema::DataType::Binary, true), Arc::new(html)),
        text("error", |row| row.error.as_deref()),
    ];
    RecordBatch::new(Vec::new(), table, rows.len())
}
