//! Times the stages on pages made to be slow, each at a size, twice and four times that size.
//!
//! `cargo run --release --example shapes -- [--bytes N] [--rounds N] [--text] [NAME...]`: a linear stage takes twice as
//! long for twice as much. Of each stage and size the fastest round counts: a single run on a machine with other work
//! measures that work too.

use std::fs;
use std::sync::LazyLock;
use std::thread;
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
    /// How often each page is timed; the fastest counts.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// No Markdown, HTML and JSON, which take most of the time.
    #[arg(long)]
    text: bool,
    /// Shapes whose names hold one of these; all if none is given.
    names: Vec<String>,
}

const STAGES: [&str; 6] = ["parse", "judge", "text", "markdown", "html", "json"];

/// So many of them lead to text.
const TO_TEXT: usize = 3;

/// Shorter times tell nothing of growth.
const TOO_SHORT: Duration = Duration::from_millis(20);

/// What came of a shape.
struct Outcome {
    name: &'static str,
    /// Seconds for 10 MB, up to the text.
    seconds: f64,
    /// How often as long twice as much takes, at most.
    growth: f64,
    keeps_all: bool,
}

fn main() {
    let args = Args::parse();
    println!(
        "ms: parse, judge and text at n, 2n and 4n, and how often as long as the one before (– if too short"
    );
    println!(
        "to tell); words: those of the page that stand in some block; cut: a limit was met; s/10MB: of parse,"
    );
    println!("judge and text, and of all stages; then each stage at 4n and how often as long as at 2n\n");
    println!(
        "{:39} {:>5} {:>14} {:>10} {:>6} {:>4} {:>7} {:>6}",
        "shape", "MB", "ms", "ratios", "words", "cut", "s/10MB", "all"
    );
    let chosen = |shape: &&Shape| {
        args.names.is_empty() || args.names.iter().any(|name| shape.name.contains(name.as_str()))
    };
    let outcomes: Vec<Outcome> = SHAPES.iter().filter(chosen).map(|shape| report(shape, &args)).collect();
    let kept = outcomes.iter().filter(|outcome| outcome.keeps_all).count();
    let fast = outcomes.iter().filter(|outcome| outcome.seconds <= 2.0).count();
    println!("\n{} shapes: {kept} keep all words, {fast} take at most 2 s for 10 MB", outcomes.len());
    if let Some(slowest) = outcomes.iter().max_by(|a, b| a.seconds.total_cmp(&b.seconds)) {
        println!("slowest: {}, {:.2} s for 10 MB", slowest.name, slowest.seconds);
    }
    if let Some(steepest) = outcomes.iter().max_by(|a, b| a.growth.total_cmp(&b.growth)) {
        println!("steepest: {}, ×{:.2} for twice as much", steepest.name, steepest.growth);
    }
}

fn report(shape: &Shape, args: &Args) -> Outcome {
    let n = (args.bytes / shape.unit).max(4);
    let pages = [n / 4, n / 2, n].map(|n| (shape.page)(n));
    let mut best = [[Duration::MAX; STAGES.len()]; 3];
    for _ in 0..args.rounds {
        for (page, best) in pages.iter().zip(&mut best) {
            let times = run(page, args.text);
            *best = std::array::from_fn(|stage| best[stage].min(times[stage]));
        }
    }
    let sum = |times: &[Duration]| times.iter().sum::<Duration>();
    let to_text = best.map(|times| sum(&times[..TO_TEXT]));
    let growth = [(0, 1), (1, 2)].map(|(less, more)| growth(to_text[less], to_text[more]));
    let ratios = growth.map(|growth| growth.map_or_else(|| "–".to_owned(), |growth| format!("{growth:.1}")));
    let [_, half, whole] = best;
    let length = pages[2].len();
    let [text, all] =
        [TO_TEXT, STAGES.len()].map(|stages| sum(&whole[..stages]).as_secs_f64() / length as f64 * 1e7);
    let (found, wanted, cut) = outcome(&pages[2]);
    let kept = if found == wanted { "all".to_owned() } else { format!("{found}/{wanted}") };
    print!(
        "{:39} {:5.1} {:>14} {:>10} {kept:>6} {:>4} {text:7.2} {all:6.2} ",
        shape.name,
        length as f64 / 1e6,
        to_text.map(|time| time.as_millis().to_string()).join(", "),
        ratios.join(", "),
        if cut { "yes" } else { "no" },
    );
    for (stage, name) in STAGES.iter().enumerate().take(if args.text { TO_TEXT } else { STAGES.len() }) {
        print!(" {name} {}", whole[stage].as_millis());
        if let Some(growth) = self::growth(half[stage], whole[stage]) {
            print!(" ×{growth:.1}");
        }
    }
    println!();
    Outcome {
        name: shape.name,
        seconds: text,
        growth: growth.into_iter().flatten().fold(0.0, f64::max),
        keeps_all: found == wanted,
    }
}

/// How often as long twice as much takes, where the times are long enough to tell.
fn growth(less: Duration, more: Duration) -> Option<f64> {
    (less >= TOO_SHORT).then(|| more.as_secs_f64() / less.as_secs_f64())
}

/// The time of each stage.
fn run(page: &str, text_only: bool) -> [Duration; STAGES.len()] {
    let extractor = Extractor::new();
    let (document, parse) = time(|| Document::parse(page));
    let (extraction, judge) = time(|| extractor.extract_document(&document));
    let (_, text) = time(|| extraction.text());
    if text_only {
        return [parse, judge, text, Duration::ZERO, Duration::ZERO, Duration::ZERO];
    }
    let (_, markdown) = time(|| extraction.markdown());
    let (_, html) = time(|| extraction.html());
    let (_, json) = time(|| extraction.json());
    [parse, judge, text, markdown, html, json]
}

/// How many of the page's words some block has, of how many, and whether a limit was met.
fn outcome(page: &str) -> (usize, usize, bool) {
    let document = Document::parse(page);
    let extraction = Extractor::new().extract_document(&document);
    let found = extraction.blocks().map(|block| words(block.text())).sum();
    (found, words(page), !extraction.truncated().is_empty())
}

fn time<T>(action: impl FnOnce() -> T) -> (T, Duration) {
    let start = now();
    let value = action();
    (value, now().saturating_sub(start))
}

/// The time this thread has run for, where the system tells it, so that other programs do not show; else the time.
fn now() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    // The count is brought up to date when a thread comes to rest, else every few milliseconds.
    thread::sleep(Duration::from_micros(1));
    fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|stat| stat.split(' ').next()?.parse().ok())
        .map_or_else(|| START.elapsed(), Duration::from_nanos)
}
