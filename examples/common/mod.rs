//! What the examples share: options that mean the same in each, complaints that do not stop the work, and the
//! way from an extraction to a prediction.
#![allow(dead_code, reason = "each example uses a part")]

use std::fmt::Display;
use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use unhusk::eval::Prediction;
use unhusk::{Extraction, Extractor};

use favour::FavourArg;

#[path = "../../src/bin/unhusk/favour.rs"]
pub(crate) mod favour;

/// Tells of what could not be done, one line each on stderr, and remembers that there was something.
#[derive(Debug, Default)]
pub(crate) struct Complaints {
    any: AtomicBool,
}

impl Complaints {
    pub(crate) fn add(&self, what: impl Display) {
        self.any.store(true, Ordering::Relaxed);
        // One line, whatever the message holds.
        let line = what.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        eprintln!("error: {line}");
    }

    /// Does an example's work; what makes it stop is complained of.
    pub(crate) fn run(work: impl FnOnce(&Complaints) -> Result<(), String>) -> ExitCode {
        let complaints = Complaints::default();
        if let Err(error) = work(&complaints) {
            complaints.add(error);
        }
        complaints.exit_code()
    }

    /// 2 if anything was complained of.
    pub(crate) fn exit_code(&self) -> ExitCode {
        if self.any.load(Ordering::Relaxed) { ExitCode::from(2) } else { ExitCode::SUCCESS }
    }
}

/// Writes to stdout. A reader that has seen enough, such as `head`, is no error.
pub(crate) fn print(text: &str, complaints: &Complaints) {
    let mut out = io::stdout().lock();
    let newline = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let written = out.write_all(text.as_bytes()).and_then(|()| out.write_all(newline.as_bytes()));
    if let Err(error) = written.and_then(|()| out.flush())
        && error.kind() != ErrorKind::BrokenPipe
    {
        complaints.add(format_args!("stdout: {error}"));
    }
}

/// What is asked of the text, in each example that measures it.
#[derive(Clone, Copy, Args)]
pub(crate) struct Wanted {
    /// What to favour where it is unclear whether a block belongs to the text.
    #[arg(long, value_enum, default_value_t = FavourArg::Balance)]
    favour: FavourArg,
    /// Begin the text with the headline, as some gold does.
    #[arg(long)]
    title: bool,
}

impl Wanted {
    /// An extractor for a page from this address. Addresses come from many hands; one that is none is passed over,
    /// since only links depend on it.
    pub(crate) fn extractor(self, url: Option<&str>) -> Extractor {
        let builder = || Extractor::builder().favour(self.favour.into()).include_title(self.title);
        let with_url = url.and_then(|url| builder().url(url).build().ok());
        with_url.or_else(|| builder().build().ok()).unwrap_or_default()
    }
}

/// The extraction in the form in which it is compared and written to predictions.
pub(crate) fn prediction(extraction: &Extraction, with_blocks: bool) -> Prediction {
    let metadata = extraction.metadata();
    let mut prediction = Prediction::new(extraction.text())
        .authors(metadata.authors().iter().cloned())
        .page_type(extraction.page_type().name())
        .confidence((f64::from(extraction.confidence()) * 1e4).round() / 1e4);
    if let Some(language) = metadata.language() {
        prediction = prediction.language(language);
    }
    if let Some(title) = metadata.title() {
        prediction = prediction.title(title);
    }
    if let Some(title) = metadata.declared_title() {
        prediction = prediction.declared_title(title);
    }
    if let Some(byline) = metadata.byline() {
        prediction = prediction.byline(byline);
    }
    if let Some(site) = metadata.site_name() {
        prediction = prediction.site(site);
    }
    if let Some(date) = metadata.date() {
        prediction = prediction.date(date);
    }
    if with_blocks {
        for block in extraction.blocks() {
            let score = (f64::from(block.score()) * 1e4).round() / 1e4;
            prediction = prediction.scored_block(block.role().name(), score, block.text());
        }
    }
    prediction
}

/// A progress bar on a terminal, nothing elsewhere.
pub(crate) fn progress(pages: usize) -> ProgressBar {
    let bar = ProgressBar::new(pages as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} pages  {per_sec}  {eta} left") {
        bar.set_style(style);
    }
    bar
}
