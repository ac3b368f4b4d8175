//! Shows what was made of every block of a page, and why.
//!
//! ```text
//! cargo run --release --example explain -- PAGE.html --html report.html
//! ```

#[path = "../common/mod.rs"]
mod common;
mod report;

use std::fmt::Write as _;
use std::fs;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use unhusk::{Block, Extraction, Extractor, Reason, Role};

use common::Complaints;

/// Shows what was made of every block of a saved page, and why.
#[derive(Parser)]
struct Args {
    /// The page.
    page: PathBuf,
    /// Write the page's text, coloured by role, to this file.
    #[arg(long, value_name = "REPORT.html")]
    html: Option<PathBuf>,
}

/// So many characters of a block's text are shown in the table.
const TEXT_CHARS: usize = 48;

fn main() -> ExitCode {
    let args = Args::parse();
    let complaints = Complaints::default();
    if let Err(error) = run(&args, &complaints) {
        complaints.add(error);
    }
    complaints.exit_code()
}

fn run(args: &Args, complaints: &Complaints) -> Result<(), String> {
    let failed = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let bytes = fs::read(&args.page).map_err(|error| failed(&args.page, &error))?;
    let extraction =
        Extractor::new().extract_bytes(&bytes, None).map_err(|error| failed(&args.page, &error))?;
    let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    common::print(&table(&extraction, colours), complaints);
    if let Some(path) = &args.html {
        let name = args.page.file_name().unwrap_or_default().to_string_lossy();
        fs::write(path, report::write(&extraction, &name)).map_err(|error| failed(path, &error))?;
    }
    Ok(())
}

/// Two lines a block: the verdict with the measures, and below it the reasons.
fn table(extraction: &Extraction, colours: bool) -> String {
    let mut out = String::new();
    let count = extraction.blocks().len();
    let content = extraction.blocks().filter(|block| block.role() == Role::Content).count();
    let _ = writeln!(
        out,
        "{}, confidence {:.2}, {content} of {count} blocks are content\n",
        extraction.page_type().name(),
        extraction.confidence()
    );
    let _ = writeln!(
        out,
        "{:>4}  {:<14}  {:<10}  {:>5}  {:>7}  {:>4}  {:>5}  text",
        "no", "role", "kind", "score", "density", "link", "words"
    );
    for block in extraction.blocks() {
        let (on, off) = if colours { (colour(block.role()), "\x1b[0m") } else { ("", "") };
        let _ = writeln!(
            out,
            "{:>4}  {on}{:<14}{off}  {:<10}  {:>5.2}  {:>7.1}  {:>4.2}  {:>5}  {on}{}{off}",
            block.index(),
            block.role().name(),
            kind(&block),
            block.score(),
            block.text_density(),
            block.link_ratio(),
            block.words(),
            beginning(block.text()),
        );
        let _ = writeln!(out, "      {}", reasons(&block).join("  "));
    }
    out
}

/// `heading 2`, `paragraph`.
fn kind(block: &Block<'_>) -> String {
    match block.heading_level() {
        Some(level) => format!("{} {level}", block.kind().name()),
        None => block.kind().name().to_owned(),
    }
}

/// Each reason as `name=value +contribution`.
fn reasons(block: &Block<'_>) -> Vec<String> {
    block.reasons().iter().map(reason).collect()
}

fn reason(reason: &Reason) -> String {
    // These two stand for no feature and have no value.
    if matches!(reason.name(), "base" | "others") {
        format!("{} {:+.2}", reason.name(), reason.contribution())
    } else {
        format!("{}={} {:+.2}", reason.name(), short(reason.value()), reason.contribution())
    }
}

/// At most two decimals, and none where they are zeros.
fn short(value: f32) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn beginning(text: &str) -> String {
    let mut chars = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let mut start: String = chars.by_ref().take(TEXT_CHARS).collect();
    if chars.next().is_some() {
        start.push('…');
    }
    start
}

/// The terminal's own colours, so that they suit light and dark ones.
fn colour(role: Role) -> &'static str {
    match role {
        Role::Content => "\x1b[32m",
        Role::Title | Role::Byline => "\x1b[36m",
        Role::Comment => "\x1b[35m",
        Role::Navigation | Role::Breadcrumb | Role::Pagination => "\x1b[34m",
        Role::Recommendation | Role::Advert => "\x1b[33m",
        _ => "\x1b[90m",
    }
}
