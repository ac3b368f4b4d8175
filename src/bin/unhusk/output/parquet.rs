//! Parquet: one file, or a folder of parts of which each is whole once it has its name.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader as _, SerializedFileReader};

use super::{Sink, begun};
use crate::columns::{Table, columns, numbers, texts};
use crate::input::Place;
use crate::record::{Columns, Record};
use crate::work::{Outcome, Product, Row};

/// Rows are turned into columns so many at a time, or when their texts are so long.
const BATCH: usize = 512;
const BATCH_BYTES: usize = 16 << 20;
/// A row group is written once it is so long; until then it is in memory.
const GROUP_BYTES: usize = 64 << 20;
/// Rows of a part. An interruption that cannot be caught loses a part at most.
const PART_ROWS: usize = 20_000;

/// Under this name a part's metadata says which row is its last.
const LAST: &str = "unhusk.last";

/// A file.
pub(super) struct Part {
    /// Where it is written, and the name that it gets once it is whole.
    begun: PathBuf,
    path: PathBuf,
    columns: Columns,
    writer: Option<ArrowWriter<File>>,
    rows: Vec<Row>,
    /// The length of their texts.
    bytes: usize,
    last: Option<Place>,
    /// Rows taken in all.
    count: usize,
}

impl Part {
    pub(super) fn create(path: &Path, columns: &Columns) -> io::Result<Part> {
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let (begun, path) = begun(path)?;
        let file = File::create(&begun)?;
        let schema = batch(&[], columns)?.schema();
        let writer = ArrowWriter::try_new(file, schema, Some(properties)).map_err(of_parquet)?;
        Ok(Part {
            begun,
            path,
            columns: columns.clone(),
            writer: Some(writer),
            rows: Vec::new(),
            bytes: 0,
            last: None,
            count: 0,
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        let batch = batch(&self.rows, &self.columns)?;
        self.rows.clear();
        self.bytes = 0;
        let Some(writer) = &mut self.writer else { return Ok(()) };
        writer.write(&batch).map_err(of_parquet)?;
        if writer.in_progress_size() > GROUP_BYTES {
            writer.flush().map_err(of_parquet)?;
        }
        Ok(())
    }
}

impl Sink for Part {
    fn write(&mut self, outcome: Outcome) -> io::Result<()> {
        let Some(Product::Row(row)) = outcome.product else { return Ok(()) };
        self.last = Some(outcome.place);
        self.count += 1;
        self.bytes += row.record.text.as_ref().map_or(0, String::len);
        self.rows.push(*row);
        if self.rows.len() >= BATCH || self.bytes >= BATCH_BYTES { self.flush() } else { Ok(()) }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.flush()?;
        let Some(mut writer) = self.writer.take() else { return Ok(()) };
        if let Some(last) = &self.last {
            let value = serde_json::json!([last.source, last.row]).to_string();
            writer.append_key_value_metadata(KeyValue::new(LAST.to_owned(), value));
        }
        writer.close().map_err(of_parquet)?;
        if self.begun == self.path { Ok(()) } else { fs::rename(&self.begun, &self.path) }
    }
}

/// A folder of files.
pub(super) struct Parts {
    root: PathBuf,
    columns: Columns,
    /// The number of the next part.
    next: usize,
    part: Option<Part>,
}

impl Parts {
    /// Opens a folder; to resume, the last part says where to go on. Otherwise earlier parts are removed.
    pub(super) fn open(root: &Path, columns: &Columns, resume: bool) -> io::Result<(Parts, Option<Place>)> {
        let mut next = 0;
        while name(root, next).exists() {
            if !resume {
                fs::remove_file(name(root, next))?;
            }
            next += 1;
        }
        let after = if resume && next > 0 { last_of(&name(root, next - 1))? } else { None };
        let next = if resume { next } else { 0 };
        Ok((Parts { root: root.to_owned(), columns: columns.clone(), next, part: None }, after))
    }
}

impl Sink for Parts {
    fn write(&mut self, outcome: Outcome) -> io::Result<()> {
        if outcome.product.is_none() {
            return Ok(());
        }
        let part = match &mut self.part {
            Some(part) => part,
            none => {
                let part = Part::create(&name(&self.root, self.next), &self.columns)?;
                self.next += 1;
                none.insert(part)
            }
        };
        part.write(outcome)?;
        if part.count >= PART_ROWS { self.finish() } else { Ok(()) }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.part.take().map_or(Ok(()), |mut part| part.finish())
    }
}

fn name(root: &Path, number: usize) -> PathBuf {
    root.join(format!("part-{number:05}.parquet"))
}

/// Which row a part ends with.
fn last_of(path: &Path) -> io::Result<Option<Place>> {
    let reader = SerializedFileReader::new(File::open(path)?).map_err(of_parquet)?;
    let pairs = reader.metadata().file_metadata().key_value_metadata();
    let last = pairs.into_iter().flatten().find(|pair| pair.key == LAST);
    let last = last.and_then(|pair| serde_json::from_str(pair.value.as_deref()?).ok());
    Ok(last.map(|(source, row)| Place { source, row, offset: None }))
}

/// Where each row comes from, and then what every row holds.
fn batch(rows: &[Row], wanted: &Columns) -> io::Result<RecordBatch> {
    let mut table: Table = vec![
        texts("source", rows.iter().map(|row| Some(row.place.source.as_str()))),
        numbers("row", rows.iter().map(|row| Some(row.place.row))),
        numbers("offset", rows.iter().map(|row| row.place.offset)),
        texts("id", rows.iter().map(|row| row.id.as_deref())),
        texts("url", rows.iter().map(|row| row.url.as_deref())),
    ];
    let records = rows.iter().map(|row| &row.record).collect::<Vec<&Record>>();
    table.extend(columns(&records, wanted).map_err(io::Error::other)?);
    let (fields, arrays): (Vec<_>, Vec<_>) = table.into_iter().unzip();
    let schema: SchemaRef = Arc::new(Schema::new(fields));
    RecordBatch::try_new(schema, arrays).map_err(io::Error::other)
}

fn of_parquet(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}
