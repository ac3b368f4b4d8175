//! unhusk beside other extractors and beside the floors of parsing: the same pages, one thread, one run.
//!
//! ```text
//! cargo run --release --manifest-path benches/peers/Cargo.toml -- SET_OR_CORPUS [--pages N] [--rounds N] [--stripped]
//! ```
//!
//! Each round runs all contestants page by page, so that a slow minute of the machine hits all alike; the median
//! of the rounds counts. Quality stands beside speed, because returning nothing is fast.

mod contestants;

use std::collections::HashMap;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use clap::Parser;
use contestants::{ALL, Page};
use peak_alloc::PeakAlloc;
use unhusk::eval::{GoldSet, words};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Compares speed, memory and quality of extractors on a gold set or corpus.
#[derive(Parser)]
struct Args {
    /// A gold set or corpus folder.
    set: String,
    /// So many pages, spread over the set.
    #[arg(long, default_value_t = 300)]
    pages: usize,
    /// How often each page is done.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Take scripts, styles and comments out of the pages first.
    #[arg(long)]
    stripped: bool,
    /// Only the contestants whose name holds this; the arena parse always runs.
    #[arg(long)]
    only: Option<String>,
}

/// What came of one contestant.
#[derive(Default)]
struct Result {
    /// Seconds of each round.
    rounds: Vec<f64>,
    f1: f64,
    /// Peak memory beyond the page itself, divided by the page's bytes, of each page.
    memory: Vec<f64>,
    /// Pages that take more than three times their bytes and a megabyte.
    heavy: usize,
    panics: usize,
}

fn main() {
    let args = Args::parse();
    let pages = read(&args);
    let bytes: usize = pages.iter().map(|page| page.html.len()).sum();
    println!("{} pages, {:.1} MB, {} rounds, one thread\n", pages.len(), bytes as f64 / 1e6, args.rounds);
    std::panic::set_hook(Box::new(|_| {}));
    let chosen: Vec<_> = ALL
        .iter()
        .enumerate()
        .filter(|(number, one)| *number == 0 || args.only.as_ref().is_none_or(|only| one.name.contains(only)))
        .map(|(_, one)| one)
        .collect();
    let mut results: Vec<Result> = chosen.iter().map(|_| Result::default()).collect();
    for round in 0..args.rounds {
        let mut seconds = vec![0.0; chosen.len()];
        for page in &pages {
            for (number, one) in chosen.iter().enumerate() {
                let before = MEMORY.current_usage();
                MEMORY.reset_peak_usage();
                let start = Instant::now();
                let text = std::panic::catch_unwind(|| (one.run)(page));
                seconds[number] += start.elapsed().as_secs_f64();
                if round == 0 {
                    let used = MEMORY.peak_usage().saturating_sub(before) as f64;
                    results[number].heavy += usize::from(used > 3.0 * page.html.len() as f64 + 1e6);
                    results[number].memory.push(used / page.html.len().max(1) as f64);
                    results[number].panics += usize::from(text.is_err());
                    results[number].f1 += words::score(&text.unwrap_or_default(), &page.gold).f1;
                }
            }
        }
        for (result, seconds) in results.iter_mut().zip(seconds) {
            result.rounds.push(seconds);
        }
    }
    let base = median(results[0].rounds.clone());
    println!("| contestant | time | pages/s | words F1 | memory, median | over 3 × + 1 MB | panics |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for (one, result) in chosen.iter().zip(results) {
        let seconds = median(result.rounds);
        let quality =
            if one.floor { "–".to_owned() } else { format!("{:.3}", result.f1 / pages.len() as f64) };
        println!(
            "| {} | {:.2} | {:.0} | {quality} | {:.1} × | {} | {} |",
            one.name,
            seconds / base,
            pages.len() as f64 / seconds,
            median(result.memory),
            result.heavy,
            result.panics
        );
    }
    if args.only.is_none() {
        match resiliparse(&pages, args.rounds) {
            Some((seconds, f1)) => println!(
                "| resiliparse (Python wheel) | {:.2} | {:.0} | {f1:.3} | – | – | – |",
                seconds / base,
                pages.len() as f64 / seconds
            ),
            None => println!("\nresiliparse is left out: `pip install resiliparse` brings it in"),
        }
    }
}

fn read(args: &Args) -> Vec<Page> {
    let set = GoldSet::open(&args.set).unwrap_or_else(|error| {
        eprintln!("{error}");
        std::process::exit(2)
    });
    let entries: Vec<_> = set.entries().iter().filter(|entry| entry.page().text().is_some()).collect();
    let step = (entries.len() / args.pages.max(1)).max(1);
    let pages = entries.into_iter().step_by(step).take(args.pages);
    pages
        .filter_map(|entry| {
            let html = String::from_utf8_lossy(&entry.read().ok()?).into_owned();
            let html = if args.stripped { strip(&html) } else { html };
            let gold = entry.page().text()?.to_owned();
            Some(Page { html, url: entry.page().url().map(str::to_owned), gold })
        })
        .collect()
}

/// Takes out scripts, styles and comments, as some pipelines store pages.
fn strip(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    let lower = |text: &str| text.to_ascii_lowercase();
    let all = lower(html);
    while let Some(at) = {
        let here = html.len() - rest.len();
        ["<script", "<style", "<!--"].iter().filter_map(|open| all[here..].find(open)).min()
    } {
        let here = html.len() - rest.len() + at;
        kept.push_str(&rest[..at]);
        let close = if all[here..].starts_with("<script") {
            "</script>"
        } else if all[here..].starts_with("<style") {
            "</style>"
        } else {
            "-->"
        };
        let Some(end) = all[here..].find(close) else { return kept };
        rest = &html[here + end + close.len()..];
    }
    kept.push_str(rest);
    kept
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// Seconds for all pages, median of the rounds, and words F1.
fn resiliparse(pages: &[Page], rounds: usize) -> Option<(f64, f64)> {
    let folder = std::env::temp_dir().join(format!("unhusk-peers-{}", std::process::id()));
    std::fs::create_dir_all(&folder).ok()?;
    let mut list = String::new();
    for (number, page) in pages.iter().enumerate() {
        let path = folder.join(format!("{number}.html"));
        std::fs::write(&path, &page.html).ok()?;
        list.push_str(&format!("{}\n", path.display()));
    }
    let mut times = Vec::new();
    let mut f1 = 0.0;
    for _ in 0..rounds {
        let mut child = Command::new("python3")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/resiliparse_peer.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        child.stdin.take()?.write_all(list.as_bytes()).ok()?;
        let output = child.wait_with_output().ok()?;
        let answer: HashMap<String, serde_json::Value> = serde_json::from_slice(&output.stdout).ok()?;
        times.push(answer["seconds"].as_array()?.iter().filter_map(serde_json::Value::as_f64).sum());
        let texts = answer["texts"].as_array()?;
        let scores = texts.iter().zip(pages);
        f1 = scores.map(|(text, page)| words::score(text.as_str().unwrap_or(""), &page.gold).f1).sum();
    }
    let _ = std::fs::remove_dir_all(folder);
    Some((median(times), f1 / pages.len() as f64))
}
