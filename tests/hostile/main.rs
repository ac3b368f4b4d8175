//! What is hostile must not crash, hang or lose text, and nothing in it may harm a reader.

use rayon::prelude::*;
use unhusk::{Error, Extractor, Limit};

#[path = "../../fuzz/check.rs"]
#[allow(dead_code, reason = "each test uses a part")]
mod check;
#[path = "../tree/compare.rs"]
#[allow(dead_code, reason = "each test uses a part")]
mod compare;
mod deep;
mod limits;
mod safety;
mod shapes;

use shapes::{SHAPES, words};

/// Every shape, at a size at which what grows faster than the page would not end.
#[test]
fn no_shape_loses_text() {
    let failed: Vec<String> = SHAPES
        .par_iter()
        .filter_map(|shape| {
            let page = (shape.page)(100_000 / shape.unit);
            let extraction = unhusk::extract(&page);
            let found: usize = extraction.blocks().map(|block| words(block.text())).sum();
            let wanted = words(&page);
            (found != wanted).then(|| format!("{}: {found} of {wanted} words", shape.name))
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The tree builder may take 16 steps for each byte of a page, and a few for a page of any length.
#[test]
fn no_shape_takes_many_steps() {
    let failed: Vec<String> = SHAPES
        .par_iter()
        .filter_map(|shape| {
            let page = (shape.page)(200_000 / shape.unit);
            let most = 3_000_000 + 16 * page.len() as u64;
            let extractor = Extractor::builder().max_steps(most).strict(true).build().unwrap();
            let error = extractor.extract(&page).err()?;
            matches!(error, Error::Limit { limit: Limit::Steps, .. })
                .then(|| format!("{}: {error}, with {} bytes", shape.name, page.len()))
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// A thread with a small stack is enough for every shape in release; a debug build's frames are larger.
#[test]
fn no_shape_takes_much_stack() {
    let stack = if cfg!(debug_assertions) { 2 << 20 } else { 256 << 10 };
    let run = move || {
        for shape in SHAPES {
            let extraction = unhusk::extract(&(shape.page)(20_000 / shape.unit));
            let forms = [extraction.text(), extraction.markdown(), extraction.html(), extraction.json()];
            let _ = extraction.blocks().map(|block| block.reasons().len()).sum::<usize>();
            drop((extraction, forms));
        }
    };
    std::thread::Builder::new().stack_size(stack).spawn(run).unwrap().join().unwrap();
}

/// Each input that a fuzz target has found, as its name says: `TARGET-what.bin`. Those of `warc`, which needs the
/// feature `cli`, are run by `cargo test --features cli --test cli`.
#[test]
fn what_fuzzing_found_is_mended() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/found");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let target = name.split('-').next().unwrap_or("");
        match check::TARGETS.iter().find(|(known, _)| target == *known) {
            Some((_, check)) => check(&bytes),
            None => assert!(target == "warc" || name == "README.md", "{name} is no input"),
        }
    }
}
