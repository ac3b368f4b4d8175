//! Pages from files, folders and standard input, one after another, whatever they are packed in.

mod files;
mod headers;
pub(crate) mod http;
mod jsonl;
mod stream;
mod tape;
mod warc;

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use serde::Serialize;

pub(crate) use files::expand;
use jsonl::Lines;
use stream::{Stream, WARC};
use tape::Raw;
use warc::Records;

/// Where a page stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    /// The file.
    pub(crate) source: String,
    /// The number of the record or line in the file, from 0.
    pub(crate) row: u64,
    /// The byte at which the record, its gzip member, or the (unpacked) line begins; `None` for a file that is a
    /// page.
    pub(crate) offset: Option<u64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offset {
            Some(offset) => write!(f, "{}, row {}, byte {offset}", self.source, self.row),
            None => f.write_str(&self.source),
        }
    }
}

/// A page before extraction.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) place: Place,
    pub(crate) id: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) charset: Option<String>,
    pub(crate) html: Vec<u8>,
}

/// Why a record is no page, though nothing is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Skipped {
    /// Its content type is not HTML's.
    NotHtml,
    /// A redirect or an error.
    Status,
    /// A request, metadata, a revisit.
    OtherRecord,
}

impl Skipped {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Skipped::NotHtml => "not HTML",
            Skipped::Status => "with another HTTP status than 2xx",
            Skipped::OtherRecord => "other WARC records",
        }
    }
}

/// What stands at a place.
#[derive(Debug)]
pub(crate) enum Item {
    Page(Page),
    Failed { place: Place, id: Option<String>, url: Option<String>, message: String },
    Skipped(Skipped, Place),
}

impl Item {
    pub(crate) fn place(&self) -> &Place {
        match self {
            Item::Page(page) => &page.place,
            Item::Failed { place, .. } | Item::Skipped(_, place) => place,
        }
    }
}

/// What inputs are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Packing {
    /// By content and name.
    #[default]
    Auto,
    /// Each file is a page.
    Html,
    Warc,
    Jsonl,
}

/// How inputs are read.
#[derive(Clone)]
pub(crate) struct Reading {
    pub(crate) packing: Packing,
    /// The most bytes of a page.
    pub(crate) limit: usize,
    /// Counts what was read of files.
    pub(crate) read: Arc<AtomicU64>,
}

/// The name of standard input, in arguments and in places.
pub(crate) const STDIN: &str = "-";

/// All items of an input. A file that cannot be read gives one that says so.
pub(crate) fn open(path: &Path, reading: &Reading) -> Box<dyn Iterator<Item = Item> + Send> {
    let source = path.to_string_lossy().into_owned();
    match try_open(path, &source, reading) {
        Ok(items) => items,
        Err(error) => Box::new(std::iter::once(failed(source, &error))),
    }
}

fn failed(source: String, error: &io::Error) -> Item {
    let place = Place { source, row: 0, offset: None };
    Item::Failed { place, id: None, url: None, message: error.to_string() }
}

fn try_open(
    path: &Path,
    source: &str,
    reading: &Reading,
) -> io::Result<Box<dyn Iterator<Item = Item> + Send>> {
    let raw = if path.as_os_str() == STDIN {
        Raw::Stdin(io::stdin())
    } else {
        Raw::File(File::open(path)?, Arc::clone(&reading.read))
    };
    let mut stream = Stream::new(raw)?;
    let packing = match reading.packing {
        Packing::Auto => guess(&mut stream, path)?,
        packing => packing,
    };
    let source = source.to_owned();
    Ok(match packing {
        Packing::Warc => Box::new(Records::new(stream, source, reading.limit)),
        Packing::Jsonl => Box::new(Lines::new(stream, source, reading.limit)),
        Packing::Html | Packing::Auto => Box::new(std::iter::once(html(stream, source, reading.limit))),
    })
}

/// From the file's first bytes, and its name where they leave it open.
fn guess(stream: &mut Stream, path: &Path) -> io::Result<Packing> {
    let start = stream.peek(64)?;
    if start.starts_with(WARC) || files::is_called(path, &["warc"]) {
        return Ok(Packing::Warc);
    }
    let is_object = start.trim_ascii_start().starts_with(b"{") && !files::is_called(path, &["html", "htm"]);
    Ok(if is_object || files::is_called(path, &["jsonl", "ndjson"]) { Packing::Jsonl } else { Packing::Html })
}

fn html(stream: Stream, source: String, limit: usize) -> Item {
    let mut html = Vec::new();
    // A byte more than the limit tells the extractor that it was passed.
    match stream.join().take(limit as u64 + 1).read_to_end(&mut html) {
        Ok(_) => {
            let place = Place { source, row: 0, offset: None };
            Item::Page(Page { place, id: None, url: None, charset: None, html })
        }
        Err(error) => failed(source, &error),
    }
}

/// A path given, or found in a folder; or why there is none.
pub(crate) type Found = Result<PathBuf, (PathBuf, io::Error)>;

/// All items of all inputs, in order.
pub(crate) fn items(found: Vec<Found>, reading: Reading) -> impl Iterator<Item = Item> + Send {
    found.into_iter().flat_map(move |found| match found {
        Ok(path) => open(&path, &reading),
        Err((path, error)) => Box::new(std::iter::once(failed(path.to_string_lossy().into_owned(), &error))),
    })
}
