//! How long each stage takes, on a small, a median and a large page of the corpus.
//!
//! A fast wrong answer is worth nothing: before a page is timed, its text is compared with gold.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use unhusk::eval::{GoldSet, words};
use unhusk::{Document, Extraction, Extractor};

/// Size, group and file.
const PAGES: [(&str, &str, &str); 3] = [
    ("small", "blog", "bare-html"),
    ("median", "world", "de-zeitung"),
    ("large", "docs", "docusaurus-guide"),
];

/// The words F1 that a page must have whose gold sets no floor.
const FLOOR: f64 = 0.8;

type Writer = fn(&Extraction) -> String;

const WRITERS: [(&str, Writer); 3] =
    [("text", Extraction::text), ("markdown", Extraction::markdown), ("html", Extraction::html)];

struct Page {
    name: String,
    html: String,
}

/// Reads a page and checks that its text is right.
fn page(group: &str, name: &str) -> Page {
    let folder = format!("{}/corpus/{group}", env!("CARGO_MANIFEST_DIR"));
    let set = GoldSet::open(&folder).unwrap_or_else(|error| panic!("{error}"));
    let id = format!("{group}/{name}");
    let entry = set.entries().iter().find(|entry| entry.id() == id);
    let entry =
        entry.unwrap_or_else(|| panic!("{folder}/{name}.html is not there, or its gold is unreadable"));
    let bytes = entry.read().unwrap_or_else(|error| panic!("{error}"));
    let html = String::from_utf8(bytes).unwrap_or_else(|_| panic!("{id} is not UTF-8"));
    let gold = entry.page().text().unwrap_or_else(|| panic!("{id} has no gold text"));
    let f1 = words::score(&unhusk::extract(&html).text(), gold).f1;
    let floor = entry.page().floor().unwrap_or(FLOOR);
    assert!(f1 >= floor, "{id}: words F1 {f1:.4} is below {floor}: what is wrong needs no timing");
    Page { name: id, html }
}

fn pipeline(criterion: &mut Criterion) {
    let extractor = Extractor::new();
    for (size, group, name) in PAGES {
        let page = page(group, name);
        let html = page.html.as_str();
        let document = Document::parse(html);
        let extraction = extractor.extract_document(&document);
        let mut group = criterion.benchmark_group(size);
        group.throughput(Throughput::Bytes(html.len() as u64));
        let id = |stage| BenchmarkId::new(stage, &page.name);
        group.bench_function(id("parse"), |b| b.iter(|| Document::parse(black_box(html))));
        group.bench_function(id("parse everything"), |b| {
            b.iter(|| Document::parse_everything(black_box(html)));
        });
        group.bench_function(id("extract parsed"), |b| {
            b.iter(|| extractor.extract_document(black_box(&document)));
        });
        group.bench_function(id("extract"), |b| b.iter(|| extractor.extract(black_box(html))));
        for (writer, write) in WRITERS {
            group.bench_function(id(writer), |b| b.iter(|| write(black_box(&extraction))));
        }
        group.finish();
    }
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
