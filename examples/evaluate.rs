//! Extracts the pages of gold sets or of the corpus and prints how good the answers are.
//!
//! ```text
//! cargo run --release --example evaluate -- corpus --by-type --worst 10
//! ```

mod common;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use rayon::prelude::*;
use serde::Serialize;
use unhusk::eval::{GoldEntry, GoldPage, GoldSet, PageScores, Prediction, Reliability, Scores, Summary};

use common::{Complaints, Wanted};

/// Extracts the pages of gold sets or of the corpus and measures the answers.
#[derive(Parser)]
struct Args {
    /// Gold sets, a corpus, or groups of one.
    #[arg(required = true, value_name = "SET_OR_CORPUS")]
    sets: Vec<PathBuf>,
    /// A row for each type of page; JSON has them in any case.
    #[arg(long)]
    by_type: bool,
    /// A row for each language that pages declare.
    #[arg(long)]
    by_language: bool,
    /// The F1 that was expected beside that which was measured, from the most doubtful pages on.
    #[arg(long)]
    reliability: bool,
    /// List so many pages with the lowest words F1.
    #[arg(long, value_name = "N", default_value_t = 0)]
    worst: usize,
    /// Write JSON, with the scores of each page.
    #[arg(long)]
    json: bool,
    /// Measure these answers, one JSON object a line as `batch` writes them, in place of extracting.
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    #[command(flatten)]
    wanted: Wanted,
}

/// What `--json` writes.
#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    scores: &'a Scores,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    languages: BTreeMap<&'a str, Summary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reliability: Option<Reliability>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    worst: Vec<&'a PageScores>,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let complaints = Complaints::default();
    let sets: Vec<GoldSet> = args.sets.iter().filter_map(|path| open(path, &complaints)).collect();
    if sets.is_empty() {
        return complaints.exit_code();
    }
    let answers = args.predictions.as_deref().map(|path| read(path, &complaints));
    let scores = measure(&sets, args.wanted, answers.as_ref(), &complaints);
    let report = Report {
        scores: &scores,
        languages: args.by_language.then(|| scores.by_language()).into_iter().flatten().collect(),
        reliability: args.reliability.then(|| scores.reliability(12)),
        worst: scores.worst(args.worst),
    };
    if args.json {
        match serde_json::to_string_pretty(&report) {
            Ok(json) => common::print(&json, &complaints),
            Err(error) => complaints.add(error),
        }
    } else {
        common::print(&table(&report, &args), &complaints);
    }
    complaints.exit_code()
}

fn open(path: &Path, complaints: &Complaints) -> Option<GoldSet> {
    match GoldSet::open(path) {
        Ok(set) => {
            set.errors().iter().for_each(|error| complaints.add(error));
            Some(set)
        }
        Err(error) => {
            complaints.add(error);
            None
        }
    }
}

/// The predictions of a file by their ids.
fn read(path: &Path, complaints: &Complaints) -> HashMap<String, Prediction> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| {
        complaints.add(format_args!("{}: {error}", path.display()));
        String::new()
    });
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let parsed = lines.filter_map(|(line, number)| match serde_json::from_str::<Prediction>(line) {
        Ok(prediction) => Some((prediction.id()?.to_owned(), prediction)),
        Err(error) => {
            complaints.add(format_args!("{}:{number}: {error}", path.display()));
            None
        }
    });
    parsed.collect()
}

fn measure(
    sets: &[GoldSet],
    wanted: Wanted,
    answers: Option<&HashMap<String, Prediction>>,
    complaints: &Complaints,
) -> Scores {
    let entries: Vec<(&str, &GoldEntry)> =
        sets.iter().flat_map(|set| set.entries().iter().map(|entry| (set.name(), entry))).collect();
    let bar = common::progress(entries.len());
    let pages: Vec<PageScores> = entries
        .par_iter()
        .map(|(set, entry)| {
            let answer = match answers {
                Some(answers) => {
                    let none = || format!("no prediction for {}", entry.id());
                    answers.get(entry.id()).cloned().ok_or_else(none)
                }
                None => predict(entry, wanted),
            };
            let predicted = answer.unwrap_or_else(|error| {
                bar.suspend(|| complaints.add(&error));
                Prediction::failed(error)
            });
            bar.inc(1);
            PageScores::measure(set, &with_text(entry), &predicted)
        })
        .collect();
    bar.finish_and_clear();
    let mut scores = Scores::default();
    pages.into_iter().for_each(|page| scores.push(page));
    scores
}

fn predict(entry: &GoldEntry, wanted: Wanted) -> Result<Prediction, String> {
    let bytes = entry.read().map_err(|error| error.to_string())?;
    let extractor = wanted.extractor(entry.page().url());
    let extraction = extractor
        .extract_bytes(&bytes, None)
        .map_err(|error| format!("{}: {error}", entry.html().display()))?;
    Ok(common::prediction(&extraction, true))
}

/// The gold with its text; where a set has HTML in its place, with all the text in that, content or not.
fn with_text(entry: &GoldEntry) -> GoldPage {
    let mut page = entry.page().clone();
    if let (None, Some(html)) = (page.text(), page.expected_html()) {
        let extraction = unhusk::extract(html);
        let texts: Vec<&str> = extraction.blocks().map(|block| block.text()).collect();
        page.set_text(texts.join("\n"));
    }
    page
}

fn table(report: &Report<'_>, args: &Args) -> String {
    let mut table = if args.by_type { format!("{:#}", report.scores) } else { report.scores.to_string() };
    if args.by_language {
        table.push_str(&format!("\n{}", report.scores.language_table()));
    }
    if let Some(reliability) = &report.reliability {
        table.push_str(&format!("\n{reliability}"));
    }
    if !report.worst.is_empty() {
        table.push_str("\nworst pages\n");
        report.worst.iter().for_each(|page| table.push_str(&format!("{page}\n")));
    }
    table
}
