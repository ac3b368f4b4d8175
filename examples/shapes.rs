//! Times the stages on pages made to be slow, each at a size, twice and four times that size.
//!
//! `cargo run --release --example shapes -- [--bytes N] [NAME...]`: a linear stage takes twice as long for twice as
//! much. `N` is the size of the largest page, 2,000,000 by default; `NAME` is a part of a shape's name.

use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use clap::Parser;
use unhusk::{Document, Extractor};

#[path = "../tests/hostile/shapes.rs"]
mod shapes;

use shapes::{SHAPES, Shape, words};

/// Times the stages on pages made to be slow.
#[derive(Parser)]
struct Args {
    /// The size of the largest page of each shape, in bytes.
    #[arg(long, default_value_t = 2_000_000)]
    bytes: usize,
    /// Shapes whose names hold one of these; all if none is given.
    names: Vec<String>,
}

const STAGES: [&str; 6] = ["parse", "judge", "text", "markdown", "html", "json"];

fn main() {
    let args = Args::parse();
    println!(
        "ms: parse, judge and text at n, 2n and 4n; words: those of the page that stand in some block; cut: a"
    );
    println!(
        "limit was met; s/10MB: of parse, judge and text, and with Markdown, HTML and JSON; then the time of"
    );
    println!("each stage at 4n and how often as long as at 2n (* above 2.3)\n");
    println!(
        "{:36} {:>5} {:>18} {:>6} {:>4} {:>7} {:>6}",
        "shape", "MB", "ms", "words", "cut", "s/10MB", "all"
    );
    let chosen = |shape: &&Shape| {
        args.names.is_empty() || args.names.iter().any(|name| shape.name.contains(name.as_str()))
    };
    for shape in SHAPES.iter().filter(chosen) {
        report(shape, args.bytes);
    }
}

fn report(shape: &Shape, bytes: usize) {
    let n = (bytes / shape.unit).max(4);
    let runs = [n / 4, n / 2, n].map(|n| {
        let page = (shape.page)(n);
        let first = run(&page);
        // The shorter the run, the more what else the machine does shows: take the best of several.
        let again = (if first.0.iter().sum::<Duration>() < Duration::from_millis(300) { 2 } else { 0 }, 0).0;
        (0..again).map(|_| run(&page)).fold((page.len(), first.0, first.1), |(length, best, kept), next| {
            let times = std::array::from_fn(|stage| best[stage].min(next.0[stage]));
            (length, times, kept)
        })
    });
    let sum = |times: &[Duration]| times.iter().sum::<Duration>().as_secs_f64();
    let [one, two, four] = runs.each_ref().map(|(_, times, _)| sum(&times[..3]) * 1e3);
    let (length, times, (kept, cut)) = &runs[2];
    let milliseconds = format!("{one:.0}, {two:.0}, {four:.0}");
    let [text, all] = [3, 6].map(|stages| sum(&times[..stages]) / *length as f64 * 1e7);
    let megabytes = *length as f64 / 1e6;
    print!("{:36} {megabytes:5.1} {milliseconds:>18} {kept:>6} {cut:>4} {text:7.2} {all:6.2} ", shape.name);
    for (stage, name) in STAGES.iter().enumerate() {
        let [half, whole] = [runs[1].1[stage].as_secs_f64(), times[stage].as_secs_f64()];
        let ratio = whole / half.max(1e-9);
        let mark = if ratio > 2.3 && whole > 0.02 { "*" } else { "" };
        print!(" {name} {:.0} ×{ratio:.1}{mark}", whole * 1e3);
    }
    println!();
}

/// The time of each stage, how many of the page's words some block has, and whether a limit was met.
fn run(page: &str) -> ([Duration; 6], (String, &'static str)) {
    let extractor = Extractor::new();
    let (document, parse) = time(|| Document::parse(page));
    let (extraction, judge) = time(|| extractor.extract_document(&document));
    let (_, text) = time(|| extraction.text());
    let (_, markdown) = time(|| extraction.markdown());
    let (_, html) = time(|| extraction.html());
    let (_, json) = time(|| extraction.json());
    let found: usize = extraction.blocks().map(|block| words(block.text())).sum();
    let wanted = words(page);
    let kept = if found == wanted { "all".to_owned() } else { format!("{found}/{wanted}") };
    let cut = if extraction.truncated().is_empty() { "no" } else { "yes" };
    ([parse, judge, text, markdown, html, json], (kept, cut))
}

fn time<T>(action: impl FnOnce() -> T) -> (T, Duration) {
    let start = now();
    let value = action();
    (value, now().saturating_sub(start))
}

/// The time this thread has run for, where the system tells it, so that other programs do not show; else the time.
fn now() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|stat| stat.split(' ').next()?.parse().ok())
        .map_or_else(|| START.elapsed(), Duration::from_nanos)
}
