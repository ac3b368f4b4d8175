//! Everything public can be sent to and shared by threads, and threads with a small stack are enough.

use std::thread;

use unhusk::{
    Block, Document, Error, Extraction, Extractor, ExtractorBuilder, Favour, Field, Item, Joined, Kind,
    Limit, Metadata, PageType, Post, Reason, Role, Source, Truncation, UnknownRole, eval,
};

const fn is_send_and_sync<T: Send + Sync>() {}

/// Checked by compiling.
macro_rules! assert_send_and_sync {
    ($($type:ty),* $(,)?) => { const _: () = { $(is_send_and_sync::<$type>();)* }; };
}

assert_send_and_sync! {
    Block<'static>, Document, Error, Extraction, Extractor, ExtractorBuilder, Favour, Field, Item, Joined<'static>, Kind,
    Limit, Metadata, PageType, Post, Reason, Role, Source, Truncation, UnknownRole,
    eval::Alignment, eval::EvalError, eval::FieldTally, eval::GoldEntry, eval::GoldPage, eval::GoldSet,
    eval::Expectation, eval::Outcome, eval::PageScores, eval::PredictedBlock, eval::Prediction, eval::Prf, eval::PrfMean,
    eval::Reliability, eval::Roles, eval::Scores, eval::Script, eval::Segments, eval::Summary, eval::Tally, eval::TrainingPage,
    eval::Words<'static>,
}

const PAGE: &str = include_str!("../corpus/blog/bare-html.html");

#[test]
fn one_extractor_gives_all_threads_the_same() {
    let extractor = Extractor::new();
    let alone = extractor.extract(PAGE).unwrap().json();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| (0..5).map(|_| extractor.extract(PAGE).unwrap().json()).collect::<Vec<_>>())
            })
            .collect();
        for thread in threads {
            assert!(thread.join().unwrap().iter().all(|json| *json == alone));
        }
    });
}

#[test]
fn eight_threads_extract_the_corpus_as_one_does() {
    let set = eval::GoldSet::open(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")).unwrap();
    let pages: Vec<Vec<u8>> = set.entries().iter().map(|entry| entry.read().unwrap()).collect();
    let extractor = Extractor::builder().include_comments(true).build().unwrap();
    let outputs = |page: &Vec<u8>| {
        let extraction = extractor.extract_bytes(page, None).unwrap();
        [extraction.text(), extraction.markdown(), extraction.html(), extraction.json()]
    };
    let alone: Vec<[String; 4]> = pages.iter().map(outputs).collect();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|number| {
                let (pages, alone, outputs) = (&pages, &alone, &outputs);
                // Each begins elsewhere, so that they are at different pages at the same time.
                scope.spawn(move || {
                    let order = (0..pages.len()).map(|at| (at + number * 11) % pages.len());
                    order.filter(|&at| outputs(&pages[at]) != alone[at]).count()
                })
            })
            .collect();
        assert!(threads.into_iter().all(|thread| thread.join().unwrap() == 0));
    });
}

#[test]
fn an_extraction_explains_itself_to_several_threads() {
    let extraction = unhusk::extract(PAGE);
    let reasons = || extraction.blocks().map(|block| block.reasons().to_vec()).collect::<Vec<_>>();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(reasons)).collect();
        let all: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert!(!all[0].is_empty() && all.iter().all(|one| *one == all[0]));
    });
}

#[test]
fn a_small_stack_is_enough_for_a_deep_page() {
    let thread = thread::Builder::new().stack_size(256 * 1024).spawn(|| {
        let sentence = "The lock keeper opens the gate at six, whatever the river does. ";
        let page = format!("{}<p>{}</p>", "<div>".repeat(20_000), sentence.repeat(5));
        let extraction = unhusk::extract(&page);
        let block =
            extraction.blocks().last().map(|block| (block.text().len(), block.path(), block.reasons().len()));
        let all = [extraction.text(), extraction.markdown(), extraction.html(), extraction.json()];
        (extraction.document().flattened(), block, all.map(|text| text.len()))
    });
    let (flattened, block, lengths) = thread.unwrap().join().unwrap();
    assert!(flattened > 19_000, "{flattened} elements were flattened");
    let (text, path, reasons) = block.expect("the page has a block");
    assert!(text > 300 && path.starts_with("…/div/div") && reasons > 0, "{text} {path} {reasons}");
    assert!(lengths[3] > 300);
}
