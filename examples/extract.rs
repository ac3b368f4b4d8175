//! Extracts a saved page.
//!
//! ```text
//! cargo run --release --example extract -- PAGE.html --format markdown
//! ```

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use unhusk::Extractor;

use common::Complaints;
use common::favour::FavourArg;

/// Extracts what the author of a saved page wrote.
#[derive(Parser)]
struct Args {
    /// The page.
    page: PathBuf,
    /// What to write.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The address the page was saved from, against which links are resolved.
    #[arg(long)]
    url: Option<String>,
    /// What to favour where it is unclear whether a block belongs to the text.
    #[arg(long, value_enum, default_value_t = FavourArg::Balance)]
    favour: FavourArg,
    /// The charset that the transport named.
    #[arg(long, value_name = "LABEL")]
    charset: Option<String>,
    /// Begin with the headline.
    #[arg(long)]
    title: bool,
    /// Include readers' comments.
    #[arg(long)]
    comments: bool,
}

/// The forms of the answer.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Markdown,
    Html,
    Json,
}

fn main() -> ExitCode {
    let args = Args::parse();
    Complaints::run(|complaints| {
        common::print(&run(&args)?, complaints);
        Ok(())
    })
}

fn run(args: &Args) -> Result<String, String> {
    let mut builder = Extractor::builder()
        .favour(args.favour.into())
        .include_title(args.title)
        .include_comments(args.comments);
    if let Some(url) = &args.url {
        builder = builder.url(url);
    }
    let extractor = builder.build().map_err(|error| error.to_string())?;
    let of_page = |error: &dyn std::fmt::Display| format!("{}: {error}", Path::display(&args.page));
    let bytes = fs::read(&args.page).map_err(|error| of_page(&error))?;
    let extraction =
        extractor.extract_bytes(&bytes, args.charset.as_deref()).map_err(|error| of_page(&error))?;
    Ok(match args.format {
        Format::Text => extraction.text(),
        Format::Markdown => extraction.markdown(),
        Format::Html => extraction.html(),
        Format::Json => extraction.json(),
    })
}
