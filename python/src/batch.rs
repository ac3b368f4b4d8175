//! Many pages at a time, as Arrow arrays that come and go by the PyCapsule interface, without a copy and without
//! Python's lock while they are worked on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::{Array, ArrayRef, RecordBatchReader as _, StructArray, make_array};
use arrow_data::ArrayData;
use arrow_data::transform::MutableArrayData;
use arrow_pyarrow::FromPyArrow as _;
use arrow_schema::{DataType, FieldRef, Fields};
use encoding_rs::Encoding;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use rayon::prelude::*;
use unhusk::Role;

use crate::columns::{Table, columns};
use crate::input::http;
use crate::options::Extractors;
use crate::record::{Columns, Record};

/// Extracts the pages of an array, or of the column `html` of a record batch or table.
#[pyfunction]
#[pyo3(signature = (pages, *, html="html", url="url", charset="charset", http=false, columns=vec![], roles=vec![], threads=None, **options))]
#[allow(clippy::too_many_arguments, reason = "Python's keywords")]
pub(crate) fn extract_batch(
    py: Python<'_>,
    pages: Pages,
    html: &str,
    url: &str,
    charset: &str,
    http: bool,
    columns: Vec<String>,
    roles: Vec<String>,
    threads: Option<usize>,
    options: Option<&Bound<'_, PyDict>>,
) -> PyResult<RecordBatch> {
    let work = Work {
        extractors: Extractors::new(options)?,
        http,
        columns: wanted(&columns, &roles)?,
        names: [html, url, charset].map(str::to_owned),
    };
    py.detach(|| {
        let pages = pages.whole()?;
        match threads {
            Some(0) => Err(PyValueError::new_err("threads is at least 1, or None for all cores")),
            Some(1) => work.run(&pages, false),
            // Not rayon's own pool: its threads are missing in a process that was forked, which would wait forever.
            several => {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(several.unwrap_or(0)).build();
                pool.map_err(crate::error)?.install(|| work.run(&pages, true))
            }
        }
    })
}

/// What comes by the Arrow PyCapsule interface.
pub(crate) enum Pages {
    /// An array or a record batch.
    Array(ArrayRef),
    /// A table.
    Stream(RecordBatchStreamReader),
}

impl<'py> FromPyObject<'_, 'py> for Pages {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Pages> {
        if object.hasattr("__arrow_c_array__")? {
            Ok(Pages::Array(make_array(ArrayData::from_pyarrow_bound(&object)?)))
        } else if object.hasattr("__arrow_c_stream__")? {
            Ok(Pages::Stream(RecordBatchStreamReader::from_pyarrow_bound(&object)?))
        } else {
            Err(PyTypeError::new_err("pages is no Arrow array, record batch or table"))
        }
    }
}

impl Pages {
    /// As one array, which for a table is one of structs.
    fn whole(self) -> PyResult<ArrayRef> {
        let stream = match self {
            Pages::Array(array) => return Ok(array),
            Pages::Stream(stream) => stream,
        };
        let kind = DataType::Struct(stream.schema().fields().clone());
        let mut parts = Vec::new();
        for batch in stream {
            parts.push(StructArray::from(batch.map_err(crate::error)?).into_data());
        }
        Ok(make_array(match parts.as_slice() {
            [] => ArrayData::new_empty(&kind),
            [only] => only.clone(),
            several => {
                let rows = several.iter().map(ArrayData::len).sum();
                let mut whole = MutableArrayData::new(several.iter().collect(), false, rows);
                for (index, part) in several.iter().enumerate() {
                    whole.try_extend(index, 0, part.len()).map_err(crate::error)?;
                }
                whole.freeze()
            }
        }))
    }
}

fn wanted(columns: &[String], roles: &[String]) -> PyResult<Columns> {
    let mut wanted = Columns::default();
    for column in columns {
        match column.as_str() {
            "markdown" => wanted.markdown = true,
            "html" => wanted.html = true,
            "comments" => wanted.comments = true,
            "blocks" => wanted.blocks = true,
            "reasons" => (wanted.blocks, wanted.reasons) = (true, true),
            other => {
                let known = "markdown, html, comments, blocks, reasons";
                return Err(PyValueError::new_err(format!("columns are {known}, not {other:?}")));
            }
        }
    }
    wanted.roles = roles
        .iter()
        .map(|role| role.parse::<Role>().map_err(|error| PyValueError::new_err(error.to_string())))
        .collect::<PyResult<_>>()?;
    Ok(wanted)
}

struct Work {
    extractors: Extractors,
    /// The pages are HTTP responses.
    http: bool,
    columns: Columns,
    /// Of the columns with pages, addresses and charsets.
    names: [String; 3],
}

/// A cell of a column of texts or bytes.
type Cells<'a> = Box<dyn Fn(usize) -> Option<&'a [u8]> + Sync + 'a>;

/// Everything known of the pages.
struct Input<'a> {
    html: Cells<'a>,
    /// Whether the pages are decoded.
    is_text: bool,
    url: Option<Cells<'a>>,
    charset: Option<Cells<'a>>,
    /// What went wrong before: these rows keep it.
    error: Option<Cells<'a>>,
}

impl Work {
    fn run(&self, pages: &ArrayRef, on_all_cores: bool) -> PyResult<RecordBatch> {
        let [html, url, charset] = self.names.each_ref().map(String::as_str);
        let batch = pages.as_struct_opt();
        fn column<'a>(batch: Option<&'a StructArray>, name: &str) -> Option<&'a ArrayRef> {
            batch.and_then(|batch| batch.column_by_name(name))
        }
        let cells_of = |name| column(batch, name).map(|column| cells(name, column)).transpose();
        let texts = match batch {
            None => pages,
            Some(_) => {
                column(batch, html).ok_or_else(|| PyValueError::new_err(format!("no column {html:?}")))?
            }
        };
        let input = Input {
            html: cells(html, texts)?,
            is_text: matches!(texts.data_type(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View),
            url: cells_of(url)?,
            charset: cells_of(charset)?,
            error: cells_of("error")?,
        };
        let record = |row| self.record(&input, row);
        let records: Vec<Record> = if on_all_cores {
            (0..pages.len()).into_par_iter().map(record).collect()
        } else {
            (0..pages.len()).map(record).collect()
        };
        let table = columns(&records.iter().collect::<Vec<_>>(), &self.columns).map_err(crate::error)?;
        let mut kept = Vec::new();
        for (field, array) in batch.into_iter().flat_map(|batch| batch.fields().iter().zip(batch.columns())) {
            let name = field.name();
            if name != html && name != charset && !table.iter().any(|(field, _)| field.name() == name) {
                kept.push((Arc::clone(field), Arc::clone(array)));
            }
        }
        RecordBatch::new(kept, table, pages.len())
    }

    /// One bad page is an error in its row, and no more.
    fn record(&self, input: &Input<'_>, row: usize) -> Record {
        let text = |cells: &Option<Cells<'_>>| {
            let cell = cells.as_ref().and_then(|cells| cells(row));
            cell.map(|cell| String::from_utf8_lossy(cell).into_owned())
        };
        if let Some(error) = text(&input.error) {
            return Record::failed(error);
        }
        let Some(html) = (input.html)(row) else { return Record::failed("html is null") };
        let work = || self.page(html, input.is_text, text(&input.url), text(&input.charset));
        match catch_unwind(AssertUnwindSafe(work)) {
            Ok(Ok(record)) => record,
            Ok(Err(error)) => Record::failed(error),
            Err(_) => Record::failed("the extractor panicked"),
        }
    }

    fn page(
        &self,
        html: &[u8],
        is_text: bool,
        url: Option<String>,
        charset: Option<String>,
    ) -> Result<Record, String> {
        let extractor = self.extractors.leniently(url.as_deref());
        let decode = |html: &[u8], charset: Option<String>| {
            let charset = charset.filter(|label| Encoding::for_label(label.trim().as_bytes()).is_some());
            extractor.extract_bytes(html, charset.as_deref())
        };
        let extraction = if self.http {
            match http::page(html, self.extractors.limit + 1)? {
                Ok(sent) => decode(&sent.html, sent.charset),
                Err(_) => return Ok(Record::default()),
            }
        } else if is_text {
            extractor.extract(std::str::from_utf8(html).unwrap_or(""))
        } else {
            decode(html, charset)
        };
        let extraction = extraction.map_err(|error| error.to_string())?;
        Ok(Record::new(&extraction, &self.columns))
    }
}

fn cells<'a>(name: &str, array: &'a ArrayRef) -> PyResult<Cells<'a>> {
    macro_rules! cells {
        ($array:expr, $bytes:expr) => {{
            let array = $array;
            Box::new(move |row| array.is_valid(row).then(|| $bytes(array.value(row))))
        }};
    }
    fn same(bytes: &[u8]) -> &[u8] {
        bytes
    }
    Ok(match array.data_type() {
        DataType::Utf8 => cells!(array.as_string::<i32>(), str::as_bytes),
        DataType::LargeUtf8 => cells!(array.as_string::<i64>(), str::as_bytes),
        DataType::Utf8View => cells!(array.as_string_view(), str::as_bytes),
        DataType::Binary => cells!(array.as_binary::<i32>(), same),
        DataType::LargeBinary => cells!(array.as_binary::<i64>(), same),
        DataType::BinaryView => cells!(array.as_binary_view(), same),
        DataType::Null => Box::new(|_| None),
        other => return Err(PyTypeError::new_err(format!("{name} holds {other}, not text or bytes"))),
    })
}

/// Columns of the same length. Any library that speaks the Arrow PyCapsule interface takes it:
/// `pyarrow.record_batch(batch)`, `polars.from_arrow(batch)`.
#[pyclass(frozen, module = "unhusk")]
pub(crate) struct RecordBatch(StructArray);

impl RecordBatch {
    pub(crate) fn new(kept: Vec<(FieldRef, ArrayRef)>, table: Table, rows: usize) -> PyResult<RecordBatch> {
        let table = table.into_iter().map(|(field, array)| (Arc::new(field), array));
        let (fields, arrays): (Vec<FieldRef>, Vec<ArrayRef>) = kept.into_iter().chain(table).unzip();
        let array = StructArray::try_new_with_length(Fields::from(fields), arrays, None, rows);
        Ok(RecordBatch(array.map_err(crate::error)?))
    }
}

#[pymethods]
impl RecordBatch {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        // The interface leaves it open to give what is there.
        drop(requested_schema);
        let array = FFI_ArrowArray::new(&self.0.to_data());
        Ok((self.__arrow_c_schema__(py)?, PyCapsule::new_with_value(py, array, c"arrow_array")?))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.0.data_type()).map_err(crate::error)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    #[getter]
    fn num_rows(&self) -> usize {
        self.0.len()
    }

    #[getter]
    fn column_names(&self) -> Vec<&str> {
        self.0.column_names()
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn __repr__(&self) -> String {
        format!("<unhusk.RecordBatch, {} rows: {}>", self.0.len(), self.0.column_names().join(", "))
    }
}
