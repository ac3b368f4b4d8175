//! `cargo fuzz run decode`.
#![no_main]
#![allow(dead_code, reason = "each target uses a part")]

#[path = "../check.rs"]
mod check;
#[path = "../../tests/tree/compare.rs"]
mod compare;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check::decode(bytes));
