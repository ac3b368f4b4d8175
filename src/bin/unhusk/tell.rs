//! What people are told while it runs and at the end, all on standard error.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::work::{Outcome, Passed};

/// The bar and the counts.
pub(crate) struct Teller {
    bar: ProgressBar,
    /// Bytes read of files.
    read: Arc<AtomicU64>,
    start: Instant,
    pub(crate) extracted: u64,
    pub(crate) failed: u64,
    passed: BTreeMap<Passed, u64>,
}

impl Teller {
    /// `bytes` is the size of all files, if it is known.
    pub(crate) fn new(bytes: Option<u64>, read: Arc<AtomicU64>) -> Teller {
        // Indicatif draws nothing where standard error is no terminal.
        let (bar, template) = match bytes {
            Some(bytes) => (ProgressBar::new(bytes), "{bar:40} {percent:>3} %  {msg}  {eta} left"),
            None => (ProgressBar::new_spinner(), "{spinner} {msg}"),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Teller { bar, read, start: Instant::now(), extracted: 0, failed: 0, passed: BTreeMap::new() }
    }

    pub(crate) fn count(&mut self, outcome: &Outcome) {
        match (&outcome.error, outcome.passed) {
            (Some(error), _) => {
                self.failed += 1;
                self.complain(&format!("{}: {error}", outcome.place));
            }
            (None, Some(why)) => *self.passed.entry(why).or_default() += 1,
            (None, None) => self.extracted += 1,
        }
        if !self.bar.is_hidden() {
            self.bar.set_position(self.read.load(Ordering::Relaxed));
            let pages = self.pages();
            self.bar.set_message(format!("{pages} pages  {:.0} pages/s", self.rate()));
        }
    }

    /// One line, whatever the message holds.
    pub(crate) fn complain(&self, what: &str) {
        let line = what.split_whitespace().collect::<Vec<_>>().join(" ");
        self.bar.suspend(|| eprintln!("error: {line}"));
    }

    fn pages(&self) -> u64 {
        self.extracted + self.failed
    }

    fn rate(&self) -> f64 {
        self.pages() as f64 / self.start.elapsed().as_secs_f64().max(1e-9)
    }

    /// What came of it all. Of one page there is nothing to tell.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
        if self.pages() + self.passed.values().sum::<u64>() == 1 {
            return;
        }
        let mut line =
            format!("{} pages: {} extracted, {} failed", self.pages(), self.extracted, self.failed);
        for (why, count) in &self.passed {
            let why = match why {
                Passed::Input(why) => why.name(),
                Passed::OtherType => "of other types",
            };
            line.push_str(&format!("; passed over {count} {why}"));
        }
        let seconds = self.start.elapsed().as_secs_f64();
        eprintln!("{line}; {seconds:.1} s, {:.0} pages/s", self.rate());
    }
}
