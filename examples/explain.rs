//! Shows what was made of every block of a page, and why.
//!
//! ```text
//! cargo run --release --example explain -- PAGE.html --html report.html
//! ```

mod common;
#[path = "../src/bin/unhusk/explain.rs"]
mod explain;

use std::fs;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use unhusk::Extractor;

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

fn main() -> ExitCode {
    let args = Args::parse();
    Complaints::run(|complaints| run(&args, complaints))
}

fn run(args: &Args, complaints: &Complaints) -> Result<(), String> {
    let failed = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let bytes = fs::read(&args.page).map_err(|error| failed(&args.page, &error))?;
    let extraction =
        Extractor::new().extract_bytes(&bytes, None).map_err(|error| failed(&args.page, &error))?;
    let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    common::print(&explain::table(&extraction, colours), complaints);
    if let Some(path) = &args.html {
        let name = args.page.file_name().unwrap_or_default().to_string_lossy();
        fs::write(path, extraction.report(&name)).map_err(|error| failed(path, &error))?;
    }
    Ok(())
}
