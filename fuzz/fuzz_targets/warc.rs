//! `cargo fuzz run warc`: what the program reads pages from, by the same code.
#![no_main]
#![allow(dead_code, unused_imports, reason = "the program uses the rest")]

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

#[path = "../../src/bin/unhusk/input/mod.rs"]
mod input;

use input::{Item, Packing, Reading};

/// The reader goes back in files, so that it gets one.
static FILE: LazyLock<PathBuf> =
    LazyLock::new(|| std::env::temp_dir().join(format!("unhusk-fuzz-{}", std::process::id())));

/// More than this is no page that small inputs can hold, unless it was packed to be large.
const LIMIT: usize = 1 << 20;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (first, bytes) = bytes.split_first().unwrap_or((&0, &[]));
    let packing = [Packing::Warc, Packing::Auto, Packing::Jsonl, Packing::Html][usize::from(first % 4)];
    fs::write(&*FILE, bytes).expect("the file can be written");
    let reading = Reading { packing, limit: LIMIT, read: Arc::default() };
    let mut before = None;
    for item in input::open(&FILE, &reading) {
        let row = item.place().row;
        assert!(before.is_none_or(|before| before < row), "row {row} comes behind {before:?}");
        before = Some(row);
        if let Item::Page(page) = item {
            assert!(page.html.len() <= LIMIT + 1, "{} bytes", page.html.len());
        }
    }
});
