//! Tries mangled pages without end and keeps those on which something breaks.
//!
//! `cargo run --release --example fuzz -- --seconds 60`: seeds are the corpus, the shapes that are made to be slow and
//! what was found before. Inputs are cut, joined, repeated and sprinkled with pieces of markup; each goes through the
//! functions of `fuzz/check.rs`, as with `cargo fuzz`, which learns from what its inputs reach and needs more tools.
//! What breaks is written to `fuzz/found`.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::time::{Duration, Instant};

use clap::Parser;

#[path = "../fuzz/check.rs"]
mod check;
#[path = "../tests/tree/compare.rs"]
mod compare;
#[path = "../tests/hostile/shapes.rs"]
#[allow(dead_code, reason = "only the pages are used")]
mod shapes;

/// Tries mangled pages without end and keeps those on which something breaks.
#[derive(Parser)]
struct Args {
    /// How long to go on.
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Where the random numbers begin: another seed gives other inputs.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The longest input, in bytes.
    #[arg(long, default_value_t = 2000)]
    longest: usize,
}

/// Pieces of markup that have rules of their own, each between quotes and with escapes as libFuzzer has them.
fn pieces() -> Vec<Vec<u8>> {
    let lines = include_str!("../fuzz/html.dict").lines();
    lines.filter_map(|line| line.strip_prefix('"')?.strip_suffix('"')).map(unescaped).collect()
}

fn unescaped(piece: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = piece.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'\\' => match rest.next() {
                Some(b'x') => {
                    let digits: Vec<u8> = rest.by_ref().take(2).collect();
                    let digits = std::str::from_utf8(&digits).expect("digits are ASCII");
                    u8::from_str_radix(digits, 16).expect("digits behind \\x")
                }
                escaped => escaped.expect("a sign behind a backslash"),
            },
            byte => byte,
        });
    }
    bytes
}

/// Marsaglia's xorshift (2003).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound.max(1)
    }
}

fn main() {
    let args = Args::parse();
    let (seeds, pieces) = (seeds(), pieces());
    let mut random = Random(args.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let start = Instant::now();
    let (mut runs, mut found) = (0_u64, 0);
    let mut slowest = (Duration::ZERO, 0);
    let mut pool: Vec<Vec<u8>> = Vec::new();
    while start.elapsed().as_secs() < args.seconds {
        let input = mangled(&seeds, &pieces, &pool, args.longest, &mut random);
        for (target, check) in check::TARGETS {
            let before = Instant::now();
            let result = panic::catch_unwind(AssertUnwindSafe(|| check(&input)));
            let took = before.elapsed();
            if took > slowest.0 {
                slowest = (took, input.len());
                keep(&format!("slow-{target}"), &input);
            }
            runs += 1;
            if result.is_err() {
                found += 1;
                keep(target, &input);
            }
        }
        // Some inputs are mangled on.
        if random.below(8) == 0 {
            let at = random.below(512);
            if at < pool.len() { pool[at] = input } else { pool.push(input) }
        }
        if runs % 200_000 == 0 {
            println!("{runs} runs, {found} broke, slowest {slowest:?}, {} s", start.elapsed().as_secs());
        }
    }
    println!("{runs} runs, {found} broke, slowest {slowest:?}, {} s", start.elapsed().as_secs());
}

fn seeds() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds: Vec<Vec<u8>> =
        shapes::SHAPES.iter().map(|shape| (shape.page)(200 / shape.unit + 1).into_bytes()).collect();
    let mut folders = vec![root.join("corpus"), root.join("fuzz/found")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "html" || kind == "bin") {
                seeds.extend(fs::read(path));
            }
        }
    }
    seeds
}

fn mangled(
    seeds: &[Vec<u8>],
    pieces: &[Vec<u8>],
    pool: &[Vec<u8>],
    longest: usize,
    random: &mut Random,
) -> Vec<u8> {
    let mut input = Vec::new();
    for _ in 0..=random.below(2) {
        let source = match random.below(4) {
            0 if !pool.is_empty() => &pool[random.below(pool.len())],
            1 => &Vec::new(),
            _ => &seeds[random.below(seeds.len())],
        };
        let start = random.below(source.len());
        let length = random.below(longest).min(source.len() - start);
        input.extend(&source[start..start + length]);
    }
    for _ in 0..1 << random.below(6) {
        let at = random.below(input.len() + 1);
        let end = (at + (1 << random.below(7))).min(input.len());
        match random.below(8) {
            0 => drop(input.drain(at..end.max(at))),
            1 if at < end => {
                let piece = input[at..end].to_vec();
                let to = random.below(input.len() + 1);
                input.splice(to..to, piece.repeat(1 + random.below(3)));
            }
            2 if at < input.len() => input[at] = random.below(256) as u8,
            _ => {
                let piece = &pieces[random.below(pieces.len())];
                input.splice(
                    at..at,
                    piece.repeat(if random.below(20) == 0 { 1 + random.below(40) } else { 1 }),
                );
            }
        }
    }
    input.truncate(longest);
    input.insert(0, random.below(128) as u8);
    input
}

fn keep(target: &str, input: &[u8]) {
    let mut hasher = DefaultHasher::new();
    input.hash(&mut hasher);
    let name = format!(
        "{}/{target}-{:016x}.bin",
        if target.starts_with("slow") { "target" } else { "fuzz/found" },
        hasher.finish()
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    if let Err(error) = folder.and_then(|()| fs::write(&path, input)) {
        eprintln!("{name}: {error}");
    }
}
