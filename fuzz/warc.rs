//! What must hold of the reader that the program has for WARC files, gzip, JSON Lines and pages, for any bytes. The
//! fuzz target calls it, and so does the program's test.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::input::{self, Item, Packing, Reading};

/// More than this is no page that small inputs can hold, unless it was packed to be large.
const LIMIT: usize = 1 << 20;

/// Reads the bytes behind the first, which chooses how they are packed, from `file`: the reader goes back in files.
pub(crate) fn warc(bytes: &[u8], file: &Path) {
    let (first, bytes) = bytes.split_first().unwrap_or((&0, &[]));
    let packing = [Packing::Warc, Packing::Auto, Packing::Jsonl, Packing::Html][usize::from(first % 4)];
    fs::write(file, bytes).expect("the file can be written");
    let reading = Reading { packing, limit: LIMIT, read: Arc::default() };
    let mut before = None;
    for item in input::open(file, &reading) {
        let row = item.place().row;
        assert!(before.is_none_or(|before| before < row), "row {row} comes behind {before:?}");
        before = Some(row);
        if let Item::Page(page) = item {
            assert!(page.html.len() <= LIMIT + 1, "{} bytes", page.html.len());
        }
    }
}
