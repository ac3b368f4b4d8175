//! The program `unhusk`, run as people run it: what it reads, what it writes, and what it says of bad input.

#[path = "../../fuzz/warc.rs"]
mod check;
mod formats;
mod fuzzed;
#[path = "../../src/bin/unhusk/input/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the program uses the rest")]
mod input;
mod resume;
mod setup;
mod trouble;
mod warc;
