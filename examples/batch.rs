//! Extracts all pages of a folder or gold set into a predictions file, one page a line.
//!
//! ```text
//! cargo run --release --example batch -- SET_OR_DIR --out predictions.jsonl --blocks
//! ```

mod common;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use clap::Parser;
use rayon::prelude::*;
use unhusk::eval::{EvalError, GoldEntry, GoldSet, Prediction};

use common::{Complaints, Wanted};

/// Extracts all pages of a folder or gold set.
#[derive(Parser)]
struct Args {
    /// A folder of pages, or a gold set, whose pages stand in html/ and their addresses in gold.jsonl.
    #[arg(value_name = "SET_OR_DIR")]
    folder: PathBuf,
    /// The predictions file.
    #[arg(long)]
    out: PathBuf,
    /// Write every block with its role and score.
    #[arg(long)]
    blocks: bool,
    #[command(flatten)]
    wanted: Wanted,
}

/// A page to extract.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Page {
    id: String,
    path: PathBuf,
    url: Option<String>,
}

/// So many pages are in memory at a time, whatever the size of the folder.
const AT_A_TIME: usize = 1024;

fn main() -> ExitCode {
    let args = Args::parse();
    Complaints::run(|complaints| run(&args, complaints))
}

fn run(args: &Args, complaints: &Complaints) -> Result<(), String> {
    let pages = pages(&args.folder, complaints)?;
    if pages.is_empty() {
        return Err(format!("{}: holds no pages", args.folder.display()));
    }
    let of_out = |error: io::Error| format!("{}: {error}", args.out.display());
    let mut out = BufWriter::new(File::create(&args.out).map_err(of_out)?);
    let failed = AtomicUsize::new(0);
    let bar = common::progress(pages.len());
    let start = Instant::now();
    for part in pages.chunks(AT_A_TIME) {
        let lines: Vec<String> = part
            .par_iter()
            .map(|page| {
                let prediction = extract(page, args.wanted, args.blocks);
                if let Some(error) = prediction.error() {
                    failed.fetch_add(1, Ordering::Relaxed);
                    bar.suspend(|| complaints.add(error));
                }
                bar.inc(1);
                serde_json::to_string(&prediction).map_err(|error| error.to_string())
            })
            .collect::<Result<_, _>>()?;
        for line in lines {
            writeln!(out, "{line}").map_err(of_out)?;
        }
    }
    out.flush().map_err(of_out)?;
    bar.finish_and_clear();
    let seconds = start.elapsed().as_secs_f64();
    let (count, failed) = (pages.len(), failed.into_inner());
    eprintln!("{count} pages, {failed} failed, {seconds:.2} s, {:.0} pages/s", count as f64 / seconds);
    Ok(())
}

fn extract(page: &Page, wanted: Wanted, blocks: bool) -> Prediction {
    let extraction = fs::read(&page.path).map_err(|error| error.to_string()).and_then(|bytes| {
        wanted.extractor(page.url.as_deref()).extract_bytes(&bytes, None).map_err(|error| error.to_string())
    });
    match extraction {
        Ok(extraction) => common::prediction(&extraction, blocks),
        Err(error) => Prediction::failed(format!("{}: {error}", page.path.display())),
    }
    .with_id(&page.id)
}

/// The pages by id. In a set the id is the file's name, elsewhere the path in the folder.
fn pages(folder: &Path, complaints: &Complaints) -> Result<Vec<Page>, String> {
    let is_set = folder.join("gold.jsonl").is_file();
    let root = if is_set { folder.join("html") } else { folder.to_owned() };
    // Elsewhere than in a set, gold beside the pages is welcome for its addresses, but nobody promised any.
    let gold = match GoldSet::open(folder) {
        Ok(gold) => Some(gold),
        Err(error) if is_set => return Err(error.to_string()),
        Err(_) => None,
    };
    let mut files = html_files(&root)?;
    let mut urls = HashMap::new();
    if let Some(gold) = &gold {
        let url_of = |entry: &GoldEntry| Some((entry.html().to_owned(), entry.page().url()?.to_owned()));
        urls.extend(gold.entries().iter().filter_map(url_of));
        for error in gold.errors().iter().filter(|_| is_set) {
            match error {
                // A line of its own tells of it, as of any page that cannot be read.
                EvalError::NoHtml { html, .. } => files.push(html.clone()),
                error => complaints.add(error),
            }
        }
    }
    let mut pages: Vec<Page> = files
        .into_iter()
        .map(|path| Page { id: id_of(&path, &root), url: urls.get(&path).cloned(), path })
        .collect();
    pages.sort();
    Ok(pages)
}

fn id_of(path: &Path, root: &Path) -> String {
    let stem = path.with_extension("");
    let inside = stem.strip_prefix(root).unwrap_or(&stem);
    inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// All `.html` and `.htm` files in the folder and its subfolders, folders by such a name included: they are asked
/// for as pages and so give an error.
fn html_files(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let list = fs::read_dir(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        for entry in list.map_err(|error| format!("{}: {error}", folder.display()))? {
            let path = entry.path();
            if path.extension().is_some_and(|extension| extension == "html" || extension == "htm") {
                files.push(path);
            } else if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            }
        }
    }
    Ok(files)
}
