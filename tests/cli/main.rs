//! The program `unhusk`, run as people run it: what it reads, what it writes, and what it says of bad input.

mod formats;
mod resume;
mod setup;
mod trouble;
mod warc;
