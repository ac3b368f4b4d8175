//! What the renderings cost beside the extraction:
//! `cargo run --release --example renderings -- SET_OR_CORPUS [--pages N] [--rounds N]`.
//!
//! Each round does all pages, one after another, on one thread; the median of the rounds counts. A page is extracted
//! with its address, so that links are resolved.

mod common;

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use clap::Parser;
use common::Wanted;
use unhusk::Extraction;
use unhusk::eval::GoldSet;

/// What the renderings cost beside the extraction.
#[derive(Parser)]
struct Args {
    /// A gold set or corpus folder.
    set: String,
    /// So many pages, spread over the set.
    #[arg(long, default_value_t = 150)]
    pages: usize,
    /// How often each page is done.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    #[command(flatten)]
    wanted: Wanted,
}

type Writer = fn(&Extraction) -> String;

/// JSON has the others in it, the roles of all blocks, posts and items.
const WRITERS: [(&str, Writer); 4] = [
    ("text", Extraction::text),
    ("html", Extraction::html),
    ("markdown", Extraction::markdown),
    ("json", Extraction::json),
];

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let set = GoldSet::open(&args.set)?;
    let step = (set.entries().len() / args.pages.max(1)).max(1);
    let mut pages = Vec::new();
    for entry in set.entries().iter().step_by(step).take(args.pages) {
        pages.push((entry.read()?, args.wanted.extractor(entry.page().url())));
    }
    // The first is the extraction itself.
    let mut seconds = vec![Vec::new(); WRITERS.len() + 1];
    for _ in 0..args.rounds.max(1) {
        let mut round = vec![0.0; WRITERS.len() + 1];
        for (html, extractor) in &pages {
            let start = Instant::now();
            let extraction = extractor.extract_bytes(black_box(html), None)?;
            round[0] += start.elapsed().as_secs_f64();
            for (spent, (_, write)) in round.iter_mut().skip(1).zip(WRITERS) {
                let start = Instant::now();
                black_box(write(&extraction));
                *spent += start.elapsed().as_secs_f64();
            }
        }
        seconds.iter_mut().zip(round).for_each(|(all, spent)| all.push(spent));
    }
    let medians: Vec<f64> = seconds.into_iter().map(median).collect();
    println!(
        "{} pages, {} rounds, {:.2} ms a page to extract",
        pages.len(),
        args.rounds,
        medians[0] * 1e3 / pages.len() as f64
    );
    for ((name, _), spent) in WRITERS.iter().zip(&medians[1..]) {
        println!("{name:>9} {:>5.1} % of that", spent / medians[0] * 100.0);
    }
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
