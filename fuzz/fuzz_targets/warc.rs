//! `cargo fuzz run warc`: what the program reads pages from, by the same code.
#![no_main]
#![allow(dead_code, unused_imports, reason = "the program uses the rest")]

use std::path::PathBuf;
use std::sync::LazyLock;

#[path = "../warc.rs"]
mod check;
#[path = "../../src/bin/unhusk/input/mod.rs"]
mod input;

static FILE: LazyLock<PathBuf> =
    LazyLock::new(|| std::env::temp_dir().join(format!("unhusk-fuzz-{}", std::process::id())));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::warc(bytes, &FILE));
