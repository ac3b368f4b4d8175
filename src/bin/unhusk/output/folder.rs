//! A file for each page.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::{Sink, unfinished};
use crate::args::Format;
use crate::input::{Place, STDIN};
use crate::work::{Outcome, Product};

/// The sink.
#[derive(Clone)]
pub(super) struct Folder {
    root: PathBuf,
    ending: &'static str,
}

impl Folder {
    pub(super) fn new(root: &Path, format: Format) -> Folder {
        Folder { root: root.to_owned(), ending: format.ending() }
    }

    /// `dir/page.html` gives `dir/page.html.txt`, and row 7 of `dir/crawl.warc` gives `dir/crawl.warc/7.txt`: no
    /// two pages have the same, and none lies outside the folder.
    pub(super) fn path(&self, place: &Place) -> PathBuf {
        let source = if place.source == STDIN { "stdin" } else { &place.source };
        let inside = Path::new(source).components().filter_map(|component| match component {
            Component::Normal(name) => Some(name.to_owned()),
            Component::ParentDir => Some(OsString::from("_")),
            _ => None,
        });
        let mut path = self.root.clone();
        path.extend(inside);
        if place.offset.is_some() {
            path.push(place.row.to_string());
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".");
        name.push(self.ending);
        path.with_file_name(name)
    }
}

impl Sink for Folder {
    fn write(&mut self, outcome: Outcome) -> io::Result<()> {
        let Some(Product::Text(text)) = outcome.product else { return Ok(()) };
        let path = self.path(&outcome.place);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        // A file under its own name is whole.
        let begun = unfinished(&path);
        fs::write(&begun, text).and_then(|()| fs::rename(&begun, &path))
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}
