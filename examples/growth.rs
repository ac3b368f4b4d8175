//! How time and memory grow with the page: `cargo run --release --example growth -- [--largest BYTES]`.
//!
//! The pages are those of the corpus one behind another, from 10 KB to 50 MB, so that they hold what real pages hold.
//! Time is of the whole extraction with text and metadata, the best of several; memory is the peak beyond the page.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use clap::Parser;
use peak_alloc::PeakAlloc;
use unhusk::Extractor;
use unhusk::eval::GoldSet;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// How time and memory grow with the page.
#[derive(Parser)]
struct Args {
    /// The size of the largest page, in bytes.
    #[arg(long, default_value_t = 50_000_000)]
    largest: usize,
}

/// The sizes, in units of 10 KB.
const SIZES: [usize; 7] = [1, 10, 100, 1000, 2000, 4000, 5000];

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let mut source = String::new();
    for entry in GoldSet::open(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))?.entries() {
        source += &String::from_utf8_lossy(&entry.read()?);
    }
    // The defaults would cut off the largest.
    let extractor = Extractor::builder()
        .max_input_bytes(usize::MAX)
        .max_nodes(usize::MAX)
        .max_blocks(usize::MAX)
        .max_steps(u64::MAX)
        .build()?;
    println!("{:>10} {:>9} {:>10} {:>12}", "bytes", "ms", "ms per MB", "memory");
    for size in SIZES.map(|size| size * 10_000).into_iter().filter(|size| *size <= args.largest) {
        let page: String = source.chars().cycle().take(size).collect();
        let (mut best, mut peak) = (f64::INFINITY, 0);
        for _ in 0..(10_000_000 / size).clamp(2, 200) {
            let before = MEMORY.current_usage();
            MEMORY.reset_peak_usage();
            let start = Instant::now();
            let extraction = extractor.extract(&page)?;
            black_box((extraction.text(), extraction.metadata().title()));
            best = best.min(start.elapsed().as_secs_f64());
            peak = MEMORY.peak_usage().saturating_sub(before);
        }
        let megabytes = page.len() as f64 / 1e6;
        let memory = peak as f64 / page.len() as f64;
        println!(
            "{:>10} {:>9.1} {:>10.1} {:>10.1} ×",
            page.len(),
            best * 1e3,
            best * 1e3 / megabytes,
            memory
        );
    }
    Ok(())
}
