//! The reader in the program's own process, on what the fuzz target found and on records cut off and broken anywhere.

use std::fs;

use crate::check::warc;
use crate::setup::{Folder, PAGE, gzip, response};

/// Each input that the fuzz target `warc` has found.
#[test]
fn what_fuzzing_found_is_mended() {
    let folder = Folder::new();
    for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/found")).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("warc-")) {
            warc(&fs::read(&path).unwrap(), &folder.path("x"));
        }
    }
}

/// The first byte chooses the packing: WARC, whatever it is, JSON Lines, a page.
#[test]
fn records_cut_off_and_broken_anywhere_are_read_to_their_end() {
    let folder = Folder::new();
    let record = response(1, PAGE);
    for whole in [[&record[..], &record[..]].concat(), [gzip(&record), gzip(&record)].concat()] {
        for at in (0..whole.len()).step_by(whole.len() / 60) {
            for packing in 0..3 {
                let cut = [&[packing][..], &whole[..at]].concat();
                warc(&cut, &folder.path("x"));
                let mut broken = [&[packing][..], &whole[..]].concat();
                broken[at + 1] ^= 0x41;
                warc(&broken, &folder.path("x"));
            }
        }
    }
}
